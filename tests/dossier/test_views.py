"""What each view is made of, before it is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from stopa.dossier import (
    before,
    calibration,
    cards,
    clocks,
    firmness,
    matches,
    opinions,
    ranking,
    sayings,
    techniques,
    timeline,
)
from stopa.dossier.budget import Excerpts
from stopa.dossier.index import index
from stopa.dossier.totals import totals
from stopa.model.assessment import Change, ReliabilityBin, Shift
from stopa.model.dossier import Excerpt
from stopa.model.statement import Act
from tests.dossier.sample import empty, large, sample, without_technical_evidence
from tests.dossier.sample_logs import DAYS, START


@pytest.mark.parametrize(
    ("source", "lane"),
    [
        ("windows/process_creation/sysmon", "host"),
        ("linux/auditd", "host"),
        ("windows/antivirus", "malware"),
        ("aws/cloudtrail", "identity"),
        ("m365/exchange", "mail"),
        ("azure/signinlogs", "identity"),
        ("zeek/dns", "network"),
        ("proxy", "network"),
        ("mail/message", "mail"),
        ("something nobody knows", "host"),
        ("", "host"),
    ],
)
def test_a_log_source_has_its_lane(source: str, lane: str) -> None:
    assert timeline.lane_of(source) == lane


def test_a_day_without_events_is_a_gap() -> None:
    drawn = timeline.timeline(index(sample()))
    assert drawn
    identity = next(lane for lane in drawn.lanes if lane.id == "identity")
    begins = START.date() + timeline.ONE_DAY * 170
    assert identity.gaps[0].first == drawn.first
    assert identity.gaps[0].last == begins - timeline.ONE_DAY
    logged = {START.date() + timeline.ONE_DAY * day for day in range(DAYS)}
    host = next(lane for lane in drawn.lanes if lane.id == "host")
    silent = {gap.first + timeline.ONE_DAY * n for gap in host.gaps
              for n in range((gap.last - gap.first).days + 1)}  # fmt: skip
    assert not silent & set(host.days)
    assert logged - silent == set(host.days)


def test_a_lane_that_no_log_falls_into_is_named_not_drawn() -> None:
    drawn = timeline.timeline(index(sample()))
    assert drawn
    assert drawn.silent == ("Malware",)
    alone = timeline.timeline(index(without_technical_evidence()))
    assert alone
    assert alone.lanes == ()


def test_a_stated_date_far_away_does_not_stretch_the_drawing() -> None:
    drawn = timeline.timeline(index(sample()))
    assert drawn
    assert drawn.first == date(2022, 1, 1)
    assert any(mark.when.edtf == "2015/.." for mark in drawn.said)


def test_nothing_with_a_date_gives_no_timeline() -> None:
    assert timeline.timeline(index(empty())) is None


@pytest.mark.parametrize(("year", "place"), [(1990, 0), (2090, 100)])
def test_a_moment_outside_the_drawing_stands_at_its_edge(year: int, place: int) -> None:
    drawn = timeline.timeline(index(sample()))
    assert drawn
    assert timeline.percent(datetime(year, 1, 1, tzinfo=UTC), drawn) == place


def test_clocks_are_told_from_the_one_that_is_ahead() -> None:
    ahead, even = clocks.apart(index(sample()))
    assert (ahead.ahead, ahead.behind, ahead.by) == ("zeek (sensor-2)", "windows (dc01)", "7.2 s")
    assert (ahead.low, ahead.high, ahead.agree) == ("6.9 s", "7.6 s", False)
    assert (even.ahead, even.behind, even.agree) == ("windows (ws14)", "windows (dc01)", True)
    assert (even.low, even.high) == ("−0.30 s", "0.40 s")
    assert clocks.comparable(index(sample()))
    assert not clocks.comparable(index(empty()))


def test_a_technique_observed_counts_every_finding_of_its_rules() -> None:
    tagged = next(o for o in sample().observations if o.value == "T1558.003")
    one = replace(tagged, basis=tagged.basis[:1])
    made = replace(sample(), observations=(one,))
    card = next(cards.cards(index(made), Excerpts(index(made), 10_000)))
    assert card["rules"] == ["a1f0c3d2-0005"]


def test_the_worst_rules_come_first_and_each_finding_counts_once() -> None:
    groups = matches.groups(index(sample()))
    ranks = [matches.rank(group.card.level) for group in groups]
    assert ranks == sorted(ranks)
    assert sum(group.count for group in groups) == len(sample().findings)


def test_a_page_without_a_script_prints_a_bounded_number_of_findings() -> None:
    groups = matches.groups(index(large(2_000)))
    assert sum(len(group.shown) for group in groups) <= matches.ROWS
    assert sum(group.count for group in groups) == 2_000


def test_accusations_come_first_and_each_report_stands_under_its_root() -> None:
    branches = sayings.branches(index(sample()))
    assert branches[0].root.act is Act.ACCUSE
    assert [report.label for report in branches[0].reports] == [
        "Government of Velden",
        "Velden Post",
        "Harbour Wire",
        "Daily Digest",
    ]
    assert branches[0].reports[1].upstream == "Government of Velden"


def test_a_sentence_falls_into_runs_and_loses_nothing() -> None:
    for said in index(sample()).statements.values():
        runs = list(sayings.runs(said))
        assert "".join(run.text for run in runs) == said.sentence
        assert [run.text for run in runs if run.quoted] == [
            quotation.text for quotation in said.quotations if quotation.text in said.sentence
        ]


def test_observed_claimed_and_expected_are_kept_apart() -> None:
    cells = {
        c.technique.id: c for column in techniques.columns(index(sample())) for c in column.cells
    }
    assert cells["T1003.001"].findings == 3
    assert cells["T1003.001"].claims == ()
    assert cells["T1566.001"].findings == 0
    assert cells["T1566.001"].claims
    assert cells["T1090.003"].expected == ("H1",)
    assert cells["T1090.003"].findings == 0


def test_what_no_rule_looks_at_was_unseen_not_absent() -> None:
    columns = techniques.in_both_editions(index(sample()))
    unseen = {cell.technique.id: cell.unseen for column in columns for cell in column.cells}
    assert unseen["T1090.003"]  # expected, and no rule looks for it
    assert unseen["T1505.003"]
    assert not unseen["T1078"]  # a rule looked, nothing matched
    assert not unseen["T1204.002"]  # a rule speaks of the whole technique
    assert not unseen["T1598.003"]  # observed, whatever the rules say of themselves
    unknown = techniques.in_both_editions(index(replace(sample(), watched=None)))
    assert not any(cell.unseen for column in unknown for cell in column.cells)
    none = techniques.in_both_editions(index(replace(sample(), watched=(), findings=())))
    assert all(cell.unseen for column in none for cell in column.cells)


def test_what_editions_18_and_19_call_differently_has_a_column_of_each() -> None:
    columns = techniques.in_both_editions(index(sample()))
    own = {column.tactic: column.edition for column in columns if column.edition}
    assert own == {"defense-evasion": "18", "stealth": "19", "defense-impairment": "19"}
    held = {column.tactic: {cell.technique.id for cell in column.cells} for column in columns}
    assert held["defense-evasion"] == held["stealth"] | held["defense-impairment"]
    assert "T1070.001" in held["defense-impairment"]
    once = techniques.named_once(columns, "18")
    assert once["T1070.001"] == ("defense-evasion", "18")
    assert techniques.named_once(columns, "19")["T1070.001"] == ("defense-impairment", "19")
    assert techniques.edition(index(sample())) == "18"


def test_tactics_stand_in_the_order_of_attack() -> None:
    order = [column.tactic for column in techniques.columns(index(sample()))]
    assert order == sorted(order, key=techniques.TACTICS.index)


def test_the_matrix_is_the_assessments_own() -> None:
    table = ranking.matrix(index(sample()))
    assert table
    assert [column.id for column in table.columns] == ["H1", "H2", "H3", "H4", "H5"]
    assert table.rows[0].cells[0] == ranking.Cell("CC", "++", "fits very well")
    assert ranking.matrix(index(empty())) is None


@pytest.mark.parametrize(("weight", "told"), [(0.0, "×1.0"), (1.31, "×3.7"), (-0.66, "÷1.9"),
                                              (3.0, "×20"), (999.0, "×485165195")])  # fmt: skip
def test_a_weight_is_told_as_a_factor(weight: float, told: str) -> None:
    assert ranking.factor(weight) == told


def test_what_it_hangs_on_is_cited() -> None:
    said = firmness.hangs_on(index(sample()))
    assert said
    assert said.text == "Without two observations of all, another known actor would fit best."
    assert len(said.cites) == 2
    assert firmness.hangs_on(index(empty())) is None


def test_the_broad_shifts_come_first_and_say_when_nothing_is_left() -> None:
    outcomes = firmness.outcomes(index(sample()))
    assert outcomes[0].change is Change.INDEPENDENT
    assert outcomes[0].told == "Nothing technical would be left; over 99 % would stay undecided."
    assert [outcome.changed for outcome in outcomes].count(True) == 2


def test_the_bytes_of_the_sample_add_up() -> None:
    assert totals(sample().coverage).unaccounted == 0
    short = replace(sample().coverage[0], event_bytes=0)
    assert totals((short,)).unaccounted == sample().coverage[0].event_bytes


def test_an_analysts_view_stands_beside_the_computed_one() -> None:
    held = opinions.opinions(index(sample()))
    assert held
    assert [view.who for view in held.standings] == ["computed", "Anna Brant", "Petr Dolak"]
    assert [view.own for view in held.standings] == [None, 1, 2]
    computed, brant, dolak = (view.sums for view in held.standings)
    salt = held.columns.index("H3")
    assert brant[salt].against > computed[salt].against == dolak[salt].against
    assert brant[salt].differs
    assert not any(one.differs for one in dolak)
    assert held.who == ("computed", "Anna Brant", "Petr Dolak")
    said = {dispute.held for dispute in held.disputes}
    assert ("· tells nothing", "−− fits very badly", "+ fits") in said
    assert opinions.opinions(index(empty())) is None


@pytest.mark.parametrize(
    ("cases", "correct", "low", "high"),
    [(0, 0.0, 0.0, 1.0), (10, 0.5, 0.2366, 0.7634), (1, 1.0, 0.2065, 1.0), (100, 0.0, 0.0, 0.037)],
)
def test_few_cases_leave_much_open(cases: int, correct: float, low: float, high: float) -> None:
    found = calibration.interval(ReliabilityBin(0.0, 1.0, cases, 0.5, correct))
    assert found == pytest.approx((low, high), abs=5e-4)


def test_the_diagram_has_a_point_for_each_bin_with_cases() -> None:
    none = ReliabilityBin(0.0, 0.2, 0, 0.0, 0.0)
    drawn = calibration.diagram((none, *sample().assessment.reliability))
    assert drawn.count("<circle") == len(sample().assessment.reliability)
    assert ">40</text>" in drawn


def test_earlier_incidents_lead_to_the_text_or_to_the_actor() -> None:
    told, known, undated = before.earlier(index(sample()))
    assert told.is_told
    assert told.link == sample().readings[0].facts[0].id
    assert known.link == "actor:glass-heron"
    strip = before.strip((told, known, undated), None)
    assert strip.count("<rect") == 2
    assert before.strip((undated,), None) == ""


def test_an_observation_names_the_rules_all_of_whose_findings_it_rests_on() -> None:
    many = large(2_000)
    of_rule = [f.id for f in many.findings if f.rule == many.findings[0].rule]
    some = [f.id for f in many.findings if f.rule != many.findings[0].rule][:5]
    seen = replace(many.observations[0], basis=(*of_rule, *some))
    at = index(replace(many, observations=(seen,)))
    card = next(cards.cards(at, Excerpts(at, 10_000)))
    assert card["rules"] == [many.findings[0].rule]
    assert card["more"] == len(of_rule) + len(some) - cards.BASIS


def test_a_span_is_counted_as_the_script_counts_it() -> None:
    said = sample().readings[0].statements[0]
    where = replace(said.where, span=(12, 15))
    text = "\U0001f98a fox and \U0001f98a"
    at = index(replace(sample(), excerpts=(Excerpt(where, text, start=10),)))
    assert Excerpts(at, 10_000).shown(where) == {"quoted": 0, "span": (3, 6)}


def test_a_shift_without_one_file_names_it_and_leads_to_it() -> None:
    firm = sample().assessment.sensitivity
    assert firm
    sha256 = sample().evidence[0].sha256
    without = replace(firm, shifts=(Shift(Change.ROOT, sha256, None, 0.0, 1.0, changed=False),))
    weighed = replace(sample().assessment, sensitivity=without)
    (outcome,) = firmness.outcomes(index(replace(sample(), assessment=weighed)))
    assert outcome.what == sample().evidence[0].name
    assert outcome.cite
    assert outcome.cite.id == f"E-{sha256}"
