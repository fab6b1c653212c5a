"""What the promotion rules promise: each step by its own criteria, met or not met, and by what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stopa.attribution import assess
from stopa.knowledge import Knowledge
from stopa.model.assessment import Assessment, Credibility, HypothesisKind, Observation
from stopa.model.evidence import Reliability
from stopa.model.when import When
from tests.attribution.made import NOBODY, seen

# Three families that only APT28 is documented with, and techniques that few others share.
ITEMS = ("S0251", "S0023", "S0243", "T1092", "T1137.002", "T1557.004", "T1596", "T1550.001")


def _assess(observations: tuple[Observation, ...], knowledge: Knowledge) -> Assessment:
    return assess(observations, (), NOBODY, knowledge)


def _met(made: Assessment) -> dict[str, bool]:
    return {step.step: step.met for step in made.promotions}


def test_nothing_is_promoted_out_of_nothing(knowledge: Knowledge) -> None:
    made = _assess((), knowledge)
    assert _met(made) == {
        "activity cluster": False,
        "temporary group": False,
        "named actor": False,
    }
    assert not any(step.met for step in made.depth)


def test_linked_events_are_a_cluster_and_no_more(knowledge: Knowledge) -> None:
    assert _met(_assess(tuple(seen(i) for i in ITEMS), knowledge)) == {
        "activity cluster": True,
        "temporary group": False,
        "named actor": False,
    }


@pytest.mark.parametrize(
    "entities",
    [
        [()] * 8,  # bare ids, or records without a host
        [(f"host pc{n}",) for n in range(8)],
        [("host pc0",), ("host pc0",), *((f"host pc{n}",) for n in range(1, 7))],
    ],
)
def test_what_does_not_hang_together_is_no_activity(
    entities: list[tuple[str, ...]], knowledge: Knowledge
) -> None:
    dated = tuple(
        replace(seen(i, entities=named), when=When("2023-01-10" if n else "2023-09-10"))
        for n, (i, named) in enumerate(zip(ITEMS, entities, strict=True))
    )
    made = _assess(dated, knowledge)
    assert not any(_met(made).values())
    assert not any(step.met for step in made.depth if step.name == "cluster")
    _, group, _ = made.promotions
    told = {c.name: (c.met, c.by) for c in group.criteria}
    assert not told["linked events"][0]
    assert told["linked events"][1]
    assert not told["six months of activity"][0]


def test_a_chain_of_hosts_and_accounts_links_what_shares_no_single_one(
    knowledge: Knowledge,
) -> None:
    chain = [("host a",), ("host a", "account x\\eva"), ("account x\\eva", "host b"), ("host b",)]
    found = tuple(seen(i, entities=e) for i, e in zip(ITEMS[3:7], chain, strict=True))
    made = _assess(found, knowledge)
    assert _met(made)["activity cluster"]
    (linked,) = made.promotions[0].criteria
    assert linked.by[0] == "4 of 4 sightings share account x\\eva, host a, host b"


def test_the_tags_of_one_rule_are_not_linked_by_themselves(knowledge: Knowledge) -> None:
    tags = tuple(replace(seen(i), share=0.5) for i in ITEMS[3:5])
    assert not _met(_assess(tags, knowledge))["activity cluster"]
    assert _met(_assess((*tags, seen(ITEMS[5])), knowledge))["activity cluster"]


def test_doubtful_sightings_on_one_host_are_no_activity(knowledge: Knowledge) -> None:
    doubtful = tuple(seen(i, credibility=Credibility.DOUBTFUL) for i in ITEMS)
    assert not _met(_assess(doubtful, knowledge))["activity cluster"]


def test_one_actor_is_asked_of_all_belief(knowledge: Knowledge) -> None:
    made = _assess(tuple(seen(i) for i in ITEMS[3:5]), knowledge)
    (one,) = [c for c in made.promotions[1].criteria if c.name == "one actor"]
    first = next(h for h in made.hypotheses if h.actor)
    undetermined = next(h for h in made.hypotheses if h.kind is HypothesisKind.UNDETERMINED)
    assert undetermined.posterior > 0.5
    assert not one.met
    assert f"{round(first.posterior * 100)} % of all belief" in one.by[0]


def test_six_months_of_one_actor_are_a_temporary_group(knowledge: Knowledge) -> None:
    dated = tuple(
        replace(seen(i), when=When("2023-01-10" if n else "2023-09-10"))
        for n, i in enumerate(ITEMS)
    )
    assert _met(_assess(dated, knowledge)) == {
        "activity cluster": True,
        "temporary group": True,
        "named actor": False,
    }


def test_a_step_is_met_only_when_every_criterion_is(knowledge: Knowledge) -> None:
    reliable = tuple(
        replace(seen(i, root=f"root {n % 3}"), reliability=Reliability.COMPLETELY)
        for n, i in enumerate(ITEMS)
    )
    for step in _assess(reliable, knowledge).promotions:
        assert step.met == all(c.met for c in step.criteria)
        assert all(c.by for c in step.criteria if c.met)


def test_organ_and_state_need_evidence_of_their_own(knowledge: Knowledge) -> None:
    made = _assess(tuple(seen(i) for i in ITEMS), knowledge)
    steps = {step.name: step.met for step in made.depth}
    assert steps["cluster"]
    assert not steps["organ"]
    assert not steps["state"]
