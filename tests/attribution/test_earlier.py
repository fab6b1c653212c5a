"""What the line of earlier incidents promises: who tells it, when, and nothing that weighs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stopa.attribution.earlier import earlier
from stopa.knowledge import Knowledge, Record
from stopa.model.actor import Campaign, Stamp
from stopa.model.evidence import Where
from stopa.model.statement import Fact
from stopa.model.when import When
from tests.attribution.made import reading

NOTHING = Record(Stamp("none", "0", "0" * 64))
FACT = Fact(
    "X-1", "a", "prior_incident", "In 2019 the mail of the ministry was read.", Where("a"), ""
)


def test_what_a_document_tells_is_kept_with_its_year() -> None:
    told = replace(reading("a", ()), facts=(FACT, replace(FACT, id="X-2", slot="victim")))
    (found,) = earlier((told,), (), Knowledge(NOTHING))
    assert (found.what, found.when, found.basis, found.source) == (
        FACT.value,
        When("2019"),
        "X-1",
        "documents",
    )


def test_several_years_are_a_span_and_no_year_is_no_date() -> None:
    facts = (
        replace(FACT, value="Between 2014 and 2017 it happened twice."),
        replace(FACT, id="X-2", value="It had happened before."),
    )
    told = replace(reading("a", ()), facts=facts)
    assert [one.when for one in earlier((told,), (), Knowledge(NOTHING))] == [
        When("2014/2017"),
        None,
    ]


def test_campaigns_of_the_actors_of_the_case_are_told_and_no_others() -> None:
    record = replace(
        NOTHING,
        campaigns=(
            Campaign("C1", "Long Sheet", "ATT&CK", seen=When("2021-02/2021-05"), actors=("G1",)),
            Campaign("C2", "Other", "ATT&CK", actors=("G2",)),
        ),
    )
    (found,) = earlier((), ("G1",), Knowledge(record))
    assert (found.what, found.of, found.basis) == ("Long Sheet", "G1", "C1")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("In March, seven men of Karst were charged over their part in the group.", False),
        ("Ministries have increasingly been the target of Karst in recent years.", False),
        ("2. Earlier Attacks on the Ministry", False),
        ("Two men were charged over the breach of the mills.", True),
        ("Attacks have been on the rise since the leak of 2019.", True),
        ("The ministry of Velden had been attacked before, in the spring.", True),
    ],
)
def test_a_charge_a_trend_and_a_heading_are_no_incident(text: str, told: bool) -> None:
    paper = replace(reading("a", ()), facts=(replace(FACT, value=text),))
    assert bool(earlier((paper,), (), Knowledge(NOTHING))) is told
