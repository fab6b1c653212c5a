"""What the ranking promises: fit by reports, exact reasons, and nothing out of nothing."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from stopa.attribution.conflict import clash
from stopa.attribution.features import CITED, PLAIN, meet, preference, table
from stopa.attribution.fitting import fit_calibration, fit_choice, fit_known, folds
from stopa.attribution.parameters import parameters
from stopa.attribution.profiles import (
    Profiles,
    Report,
    Uses,
    build,
    extend,
    from_knowledge,
    year_of,
)
from stopa.attribution.ranking import (
    calibrated,
    explain_items,
    open_set,
    rank_items,
    softmax,
    weights_of,
)
from stopa.knowledge import Knowledge

OLD, NEW, OTHER = Report("old", 2015.0), Report("new", 2023.0), Report("other", 2020.0)
USES: Uses = {
    "G1": {"T1001": (OLD, NEW), "T1002": (OLD,), "S0001": (NEW,)},
    "G2": {"T1001": (OTHER,), "T1003": (OTHER,), "S0002": (OTHER,)},
    "G3": {"T1003": (OLD,), "T1004": (OLD,), "S0003": (OLD,)},
}


def _profiles() -> Profiles:
    return build(USES, cited=True)


def test_the_actor_whose_own_malware_was_seen_comes_first() -> None:
    ranking = rank_items({"S0001": 1.0, "T1001": 1.0}, _profiles(), parameters().cited, 2023.0)
    assert ranking.candidates[0].actor == "G1"
    assert sum(c.probability for c in ranking.candidates) == pytest.approx(1, abs=1e-5)


def test_nothing_seen_leaves_what_was_there_before() -> None:
    ranking = rank_items({}, _profiles(), parameters().cited, 2023.0)
    assert all(c.probability == c.prior for c in ranking.candidates)
    assert explain_items({}, _profiles(), parameters().cited, 2023.0).values == {}


def test_an_item_nobody_used_changes_no_order_and_has_no_ratio() -> None:
    ratios = explain_items({"T9999": 1.0, "S0001": 1.0}, _profiles(), parameters().cited, 2023.0)
    assert "T9999" not in ratios.values
    assert ratios.of("T9999", "G1") == 0.0
    assert ratios.of("S0001", "G1") > 0 > ratios.of("S0001", "G2")


def test_a_reason_is_what_leaving_the_item_out_would_change() -> None:
    items = {"S0001": 1.0, "T1001": 1.0, "T1003": 0.5}
    met = meet(items, _profiles(), 2023.0)
    for item, without in met.without.items():
        left = {i: w for i, w in items.items() if i != item}
        # the damping of the set stays that of the whole set: one item is left out, not forgotten
        damping = np.sqrt(sum(items.values())) / np.sqrt(max(1.0, sum(left.values())))
        expected = table(left, _profiles(), 2023.0)
        expected[:, :3] /= damping
        expected[:, CITED.index("breadth")] = met.table[:, CITED.index("breadth")]
        assert np.allclose(without, expected), item


def test_a_lesser_weight_says_less() -> None:
    raw = msgspec.structs.replace(parameters().cited, calibration=())  # which rises in steps
    ranked = [rank_items({"S0001": w, "T1001": w}, _profiles(), raw, 2023.0) for w in (0.1, 1.0)]
    first = [next(c.probability for c in r.candidates if c.actor == "G1") for r in ranked]
    assert first[0] < first[1]


def test_knowledge_without_citations_asks_nothing_of_dates() -> None:
    bare = build({o: dict.fromkeys(i, (Report("x"),)) for o, i in USES.items()}, cited=False)
    assert meet({"T1001": 1.0}, bare, 2023.0).names == PLAIN
    assert meet({"T1001": 1.0}, _profiles(), 2023.0).names == CITED
    assert rank_items({"S0002": 1.0}, bare, parameters().plain).candidates[0].actor == "G2"


def test_planted_names_that_the_way_of_working_does_not_bear_out_are_a_conflict() -> None:
    many = {f"G{n}": {f"T1{n:03}": (OLD,), f"T2{n:03}": (OLD,)} for n in range(10, 40)}
    profiles = build({**USES, **many}, cited=True)
    fit = parameters().cited
    honest = clash({"S0001": 1.0, "T1001": 1.0, "T1002": 1.0}, profiles, fit, 2023.0)
    planted = clash({"S0003": 1.0, "T1001": 1.0, "T1002": 1.0}, profiles, fit, 2023.0)
    mixed = clash({"S0001": 1.0, "S0003": 1.0, "T1001": 1.0}, profiles, fit, 2023.0)
    assert honest.supported
    assert not honest.flagged
    assert planted.flagged
    assert planted.actor == "G3"
    assert mixed.flagged
    assert mixed.owners == ("G1", "G3")


def test_without_names_of_malware_there_is_no_conflict() -> None:
    assert clash({"T1001": 1.0}, _profiles(), parameters().cited, None).score == 0.0
    assert clash({}, _profiles(), parameters().cited, None).score == 0.0


def test_weights_find_what_decides_and_drop_what_may_not_count_against() -> None:
    draw = np.random.default_rng(7)
    tables = [draw.normal(size=(6, 3)) for _ in range(120)]
    truths = [int((t[:, 0] - t[:, 1]).argmax()) for t in tables]
    weights = fit_choice(tables, truths, ("technique", "malware", "items"))
    assert weights["technique"] > 0.3
    assert weights["malware"] == 0.0, "it would count against, and may not"
    flipped = fit_choice(tables, truths, ("technique", "items", "malware"))
    assert flipped["items"] < -0.3, "a long profile may count against"


def test_known_and_unknown_are_told_apart_by_what_differs() -> None:
    rows = [{"top": float(n), "size": 1.0 + n % 3} for n in range(40)]
    weights = fit_known(rows, [n >= 20 for n in range(40)])
    assert weights["top"] > 0
    assert abs(weights["size"]) < weights["top"]


def test_a_tool_that_anyone_can_obtain_is_not_exclusive() -> None:
    items, exclusive = {"S0001": 1.0}, CITED.index("exclusive")
    assert table(items, _profiles(), 2023.0)[0, exclusive] > 0
    free = build(USES, cited=True, public=frozenset({"S0001"}))
    found = table(items, free, 2023.0)
    assert not found[:, exclusive].any()
    assert found[0, CITED.index("tool")] > 0
    assert not found[:, CITED.index("malware")].any()


def test_a_tool_speaks_for_who_uses_it_more_than_the_average_and_adds_up() -> None:
    uses: Uses = {
        "G1": {"S0001": (OLD, NEW), "T1001": (OLD,)},
        "G2": {"S0001": (OLD,), **{f"T1{n:03}": (OLD,) for n in range(40)}},
        "G3": {f"T1{n:03}": (OLD,) for n in range(40)},
        "G4": {"T1001": (OLD,)},
    }
    profiles = build(uses, cited=True, public=frozenset({"S0001"}))
    often, once, never, brief = preference("S0001", profiles)
    assert often > 0
    assert often > once > never, "a long record without the tool counts against"
    assert never < brief < often, "and a short one hardly does"
    column = CITED.index("tool")
    met = meet({"S0001": 1.0, "T1001": 1.0}, profiles, 2023.0)
    assert met.without["S0001"][:, column] == pytest.approx(0.0)
    assert met.without["T1001"][:, column] == pytest.approx(met.table[:, column])


def test_a_long_set_weighs_the_length_of_profiles_more() -> None:
    column = CITED.index("breadth")
    short = table({"T1001": 1.0}, _profiles(), 2023.0)[:, column]
    long = table({f"T1{n:03}": 1.0 for n in range(40)}, _profiles(), 2023.0)[:, column]
    assert (long > 0).all()
    assert (short < 0).all()


def test_what_a_campaign_used_counts_for_an_actor_with_a_profile() -> None:
    uses = dict(USES)
    extend(uses, "G1", {"T1009": (NEW,), "T1002": (NEW, OLD)})
    extend(uses, "G9", {"T1009": (NEW,)})
    assert uses["G1"]["T1009"] == (NEW,)
    assert uses["G1"]["T1002"] == (OLD, NEW)
    assert "G9" not in uses
    assert "T1009" not in USES["G1"]


def test_calibration_says_what_a_leader_proved_to_be_worth_and_keeps_the_order() -> None:
    stated = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
    right = [False, False, True, False, False, True, True, True, True, True]
    points = fit_calibration(stated, right)
    assert [v for v, _ in points] == sorted({v for v, _ in points})
    worth = [w for _, w in points]
    assert worth == sorted(worth)
    assert 0 < worth[0] < 0.3
    assert 0.7 < worth[-1] < 1
    assert fit_calibration([0.5, 0.5], [False, True]) == ((0.5, 0.5),)
    fit = msgspec.structs.replace(parameters().cited, calibration=((0.2, 0.3), (0.9, 0.6)))
    score = np.array([0.3, 3.0, 1.0, -2.0])
    found = calibrated(score, fit)
    said = float(np.interp(softmax(score).max(), [0.2, 0.9], [0.3, 0.6]))
    assert float(found.max()) == pytest.approx(said)
    assert found.sum() == pytest.approx(1)
    assert list(np.argsort(found)) == list(np.argsort(score))


def test_malware_that_nobody_is_documented_with_speaks_for_an_unknown_actor() -> None:
    profiles, fit = _profiles(), parameters().cited

    def away(items: dict[str, float]) -> dict[str, float]:
        found = table(items, profiles, 2023.0)
        return open_set(items, profiles, found, softmax(found @ weights_of(profiles, fit)))

    assert away({"S0001": 1.0, "S9999": 1.0})["unseen"] > 0
    assert away({"S0001": 1.0, "S0003": 1.0})["others"] == 1
    assert away({"S0001": 1.0})["others"] == 0


def test_all_cases_of_an_actor_are_in_one_fold() -> None:
    truths = ["a"] * 9 + ["b"] * 5 + list("cdefghij")
    placed = folds(truths)
    assert len({fold for fold, truth in zip(placed, truths, strict=True) if truth == "a"}) == 1
    assert max(placed.count(n) for n in range(5)) <= 9


def test_a_date_is_a_year_with_decimals() -> None:
    assert year_of("2023") == 2023.5
    assert year_of("2023-01") == 2023.0
    assert year_of("2023-07-31") == 2023.5


def test_the_parameters_that_ship_say_where_they_come_from_and_what_they_earned() -> None:
    shipped = parameters()
    assert "fitted" in shipped.provenance
    for fit, names in ((shipped.cited, CITED), (shipped.plain, PLAIN)):
        assert set(fit.weights) == set(names)
        assert fit.reliability
        assert [w for _, w in fit.calibration] == sorted(w for _, w in fit.calibration)
        assert 0 < fit.figures["top1"] < fit.figures["top5"] < 1


def test_candidates_are_the_actors_whose_techniques_are_documented(knowledge: Knowledge) -> None:
    profiles = from_knowledge(knowledge)
    assert not profiles.cited
    assert 100 < len(profiles.owners) < 300
    assert all(owner.startswith("G") for owner in profiles.owners)
