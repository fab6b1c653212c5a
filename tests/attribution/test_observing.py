"""What observing promises: one observation for one thing, cited, with its two Admiralty signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from stopa.attribution import observe
from stopa.attribution.grounds import weight
from stopa.knowledge import Knowledge
from stopa.model.assessment import Credibility, Observation, ObservationKind
from stopa.model.evidence import Evidence, Reliability, Where
from stopa.model.rule import Finding, Match, RuleCard
from stopa.model.statement import Act, Comparison, MentionKind
from tests.attribution.made import NOBODY, mention, party, reading, root, said

LOG = Evidence("a" * 64, "log.evtx", 10, reliability=Reliability.USUALLY)


def _card(rule: str, level: str, *techniques: str) -> RuleCard:
    return RuleCard(rule, rule, level, "stable", "us", techniques=techniques)


def _findings(rule: str, count: int) -> list[Finding]:
    return [
        Finding(
            f"F-{rule}-{n:06}", rule, Where(LOG.sha256, record=n),
            datetime(2024, 3, 1 + n % 9, tzinfo=UTC), None, None, (),
        )
        for n in range(count)
    ]  # fmt: skip


def _observed(
    findings: list[Finding], cards: list[RuleCard], knowledge: Knowledge
) -> dict[str, Observation]:
    made = observe(findings, {c.id: c for c in cards}, (), NOBODY, (LOG,), knowledge)
    return {o.value: o for o in made}


def test_a_hundred_thousand_findings_are_one_observation(knowledge: Knowledge) -> None:
    made = _observed(_findings("r", 100_000), [_card("r", "high", "T1059.001")], knowledge)
    assert list(made) == ["T1059.001"]
    one = made["T1059.001"]
    assert 0 < len(one.basis) == len(one.cites) <= 50
    assert "100000 findings of 1 rule" in one.label
    assert one.when is not None
    assert one.when.edtf == "2024-03-01/2024-03-09"
    assert one.reliability is Reliability.USUALLY


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (("informational",), Credibility.IMPROBABLE),
        (("low",), Credibility.DOUBTFUL),
        (("low", "low"), Credibility.DOUBTFUL),
        (("medium",), Credibility.POSSIBLY_TRUE),
        (("high", "medium"), Credibility.PROBABLY_TRUE),
    ],
)
def test_credibility_is_what_the_rules_can_bear(
    levels: tuple[str, ...], expected: Credibility, knowledge: Knowledge
) -> None:
    cards = [_card(f"r{n}", level, "T1059.001") for n, level in enumerate(levels)]
    findings = [f for card in cards for f in _findings(card.id, 3)]
    assert _observed(findings, cards, knowledge)["T1059.001"].credibility is expected


def test_techniques_that_rest_on_the_same_findings_weigh_as_one(knowledge: Knowledge) -> None:
    cards = [
        _card("r", "high", "T1190", "T1505.003"),
        _card("s", "high", "T1059.001"),
        _card("t", "high", "T1105", "T1059.001"),
    ]
    findings = [f for card in cards for f in _findings(card.id, 2)]
    made = _observed(findings, cards, knowledge)
    shares = {value: one.share for value, one in made.items()}
    assert shares == {"T1190": 0.5, "T1505.003": 0.5, "T1059.001": 1.0, "T1105": 1.0}
    assert "shared by 2 techniques" in made["T1190"].label
    alone = _observed(_findings("s", 2), cards, knowledge)["T1059.001"]
    assert weight(made["T1190"]) == pytest.approx(weight(alone) / 2)


def test_an_observation_has_what_most_of_its_findings_name(knowledge: Knowledge) -> None:
    card = _card("r", "high", "T1059.001")
    hosts = ("GATE", "gate", "gate", "other")
    people = ("NT AUTHORITY\\SYSTEM", "KARST\\eva", "karst\\eva", "root")
    findings = [
        replace(f, host=host, user=user, matched=(Match("ip", "198.51.100.7"), Match("x", "::1")))
        for f, host, user in zip(_findings("r", 4), hosts, people, strict=True)
    ]
    (one,) = _observed(findings, [card], knowledge).values()
    assert one.entities == ("account karst\\eva", "address 198.51.100.7", "host gate")


def test_a_rule_tagged_for_edition_19_meets_the_profile_of_edition_18(knowledge: Knowledge) -> None:
    made = _observed(_findings("r", 1), [_card("r", "high", "T1685")], knowledge)
    assert list(made) == ["T1562.001"]


def test_confirmed_is_only_what_another_root_saw_as_well(knowledge: Knowledge) -> None:
    card, findings = _card("r", "high", "T1059.001"), _findings("r", 2)
    report = reading("d" * 64, (), (mention("d" * 64, MentionKind.TECHNIQUE, "x", ("T1059.001",)),))
    made = observe(findings, {"r": card}, (report,), NOBODY, (LOG,), knowledge)
    assert {o.credibility for o in made} == {Credibility.CONFIRMED}
    assert len({o.root for o in made}) == 2
    alone = observe(findings, {"r": card}, (), NOBODY, (LOG,), knowledge)
    assert {o.credibility for o in alone} == {Credibility.POSSIBLY_TRUE}


def test_reports_that_share_a_root_confirm_nothing(knowledge: Knowledge) -> None:
    statements = {d: said(d, Act.ACCUSE, party("Prague", "CZE"), None) for d in "abc"}
    readings = tuple(
        reading(d, (s,), (mention(d, MentionKind.SOFTWARE, "ShadowPad", ("S0596",)),))
        for d, s in statements.items()
    )
    chained = Comparison(
        (
            root("one", Act.ACCUSE, (statements["a"], statements["b"])),
            root("two", Act.ACCUSE, (statements["b"], statements["c"])),
        ),
        (),
    )
    (one,) = observe((), {}, readings, chained, (), knowledge)
    assert one.credibility is Credibility.POSSIBLY_TRUE
    apart = observe((), {}, readings, NOBODY, (), knowledge)
    assert len({o.root for o in apart}) == 3
    assert {o.credibility for o in apart} == {Credibility.CONFIRMED}


def test_a_name_that_can_mean_two_things_is_not_counted(knowledge: Knowledge) -> None:
    unclear = mention("d", MentionKind.SOFTWARE, "Hydra", ("S0001", "S0002"))
    clear = mention("d", MentionKind.SOFTWARE, "ShadowPad", ("S0596", "MALPEDIA-1"), 50)
    made = observe((), {}, (reading("d", (), (unclear, clear)),), NOBODY, (), knowledge)
    assert [(o.kind, o.value) for o in made] == [(ObservationKind.SOFTWARE, "S0596")]


def test_a_finding_of_an_unknown_rule_says_nothing(knowledge: Knowledge) -> None:
    assert _observed(_findings("gone", 3), [], knowledge) == {}


def test_every_observation_cites_its_bytes(knowledge: Knowledge) -> None:
    made = _observed(_findings("r", 5), [_card("r", "low", "T1059", "T1105")], knowledge)
    assert all(o.cites and o.basis for o in made.values())


@pytest.mark.parametrize("turn", [1, -1], ids=["in order", "from the end"])
def test_a_long_chain_of_reports_is_one_source(knowledge: Knowledge, turn: int) -> None:
    names = [f"d{number:05}" for number in range(3000)]
    statements = [said(d, Act.ACCUSE, party("Prague", "CZE"), None) for d in names]
    pairs = list(pairwise(statements))[::turn]
    roots = tuple(root(f"{n:05}", Act.ACCUSE, pair) for n, pair in enumerate(pairs))
    heard = (mention(names[-1], MentionKind.SOFTWARE, "ShadowPad", ("S0596",)),)
    readings = tuple(reading(d, (), heard if d == names[-1] else ()) for d in names)
    (one,) = observe((), {}, readings, Comparison(roots, ()), (), knowledge)
    assert one.root == names[0]
