"""What the attribution measure promises: the files' own rule, and no report that speaks of itself.

Source: ../shared/evals/attribution, made from ATT&CK 18.1 (the notice is in citations.json)
"""

from __future__ import annotations

import importlib.util
import math
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from tests.shared import SHARED, needs_shared

EVALS = Path(__file__).parents[2] / "evals"
FOLDER = SHARED / "evals" / "attribution"


@pytest.fixture(scope="module")
def measure() -> ModuleType:
    """The module of the cases."""
    return _loaded("attribution_cases")


@pytest.fixture(scope="module")
def fitting(measure: ModuleType) -> ModuleType:
    """The module that fits; it asks for that of the cases by name."""
    return _loaded("attribution_fitting")


@pytest.fixture(scope="module")
def open_set() -> ModuleType:
    """The module of what is told of known and unknown actors."""
    return _loaded("attribution_open_set")


def _loaded(name: str) -> ModuleType:
    """Load a module from its file: evals is no package."""
    spec = importlib.util.spec_from_file_location(name, EVALS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@needs_shared
@pytest.mark.parametrize("name", ["cases_lro6", "cases_prosp"])
def test_the_cases_that_the_citations_give_hold_the_judged_ones(
    measure: ModuleType, name: str
) -> None:
    citations = measure.Citations(FOLDER / "citations.json")
    judged = measure.read(FOLDER / f"{name}.jsonl")
    made = {case.id: case for case in measure.made(citations, judged)}
    about = {case.truth for case in judged}
    assert {case.id for case in made.values() if case.truth in about} == {c.id for c in judged}
    assert all(made[case.id] == case for case in judged)


@needs_shared
@pytest.mark.parametrize("name", ["cases_lro6", "cases_prosp"])
def test_no_profile_holds_what_was_to_be_removed(measure: ModuleType, name: str) -> None:
    citations = measure.Citations(FOLDER / "citations.json")
    for case in measure.read(FOLDER / f"{name}.jsonl")[::9]:
        left = citations.all_left(case)
        reports = {r for items in left.values() for cited in items.values() for r in cited}
        assert not {r.name for r in reports} & case.drop
        if case.before is not None:
            assert all(r.year is not None and r.year < case.before for r in reports)
            continue
        own = {r for cited in left[case.truth].values() for r in cited if r.year is not None}
        assert all(abs(r.year - case.year) > measure.GAP for r in own)


@needs_shared
def test_the_calibration_looks_at_the_given_cases_alone(
    measure: ModuleType, fitting: ModuleType
) -> None:
    citations = measure.Citations(FOLDER / "citations.json")
    cases = measure.read(FOLDER / "cases_prosp.jsonl")[::6]
    laid = measure.lay(citations, cases, "plain")
    every = frozenset(case.id for case in cases)
    whole = fitting.fit(laid, every)
    part = fitting.fit(laid, frozenset(case.id for case in cases[:9]))
    assert part.weights == whole.weights
    assert part.known == whole.known
    assert part.calibration != whole.calibration
    assert fitting.fit(laid, frozenset()).calibration == whole.calibration


@needs_shared
def test_a_case_of_an_actor_with_nothing_left_is_ranked_and_teaches_nothing(
    measure: ModuleType, fitting: ModuleType
) -> None:
    citations = measure.Citations(FOLDER / "citations.json")
    cases = measure.read(FOLDER / "cases_prosp.jsonl")[::12]
    uses = citations.uses[cases[0].truth]
    gone = frozenset(name for cited in uses.values() for name in cited)
    lost = replace(cases[0], id="lost", drop=gone | cases[0].drop)
    *laid, unlisted = measure.lay(citations, [*cases, lost], "plain")
    assert unlisted.truth is None
    fitted = fitting.fit(laid, frozenset())
    assert fitting.fit([*laid, unlisted], frozenset()) == fitted
    assert fitting.known(unlisted, fitted) == fitting.known_out(unlisted, fitted)
    assert math.isclose(fitting.chance(unlisted, fitted).sum(), 1)


def test_the_open_set_figures_are_what_a_hand_comes_to(open_set: ModuleType) -> None:
    told = [
        open_set.Told("a", 0.9, 1.0, 0.1, 1.0, right=True, documented=True),
        open_set.Told("b", 0.4, 1.0, 0.4, 1.0, right=False, documented=False),
        open_set.Told("c", None, None, 0.2, 1.0, right=False, documented=False),
    ]
    found = open_set.open_set(told)
    assert found["auroc"] == pytest.approx((3 + 2.5) / 6)
    assert (found["threshold"], found["named_known"], found["named_unknown"]) == (0.9, 0.5, 0.0)
    parts = open_set.rests_on(told)
    assert (parts["with_malware"], parts["without"]) == (1.0, 0.75)
    assert (parts["leader_right"], parts["leader_wrong"]) == (1.0, pytest.approx(2.5 / 3))
    assert parts["low"] <= found["auroc"] <= parts["high"]
    assert open_set.interval(told) == open_set.interval(told)


def test_without_a_known_actor_there_is_nothing_to_tell(open_set: ModuleType) -> None:
    told = [open_set.Told("c", None, None, 0.2, 1.0, right=False, documented=False)]
    found = open_set.open_set(told)
    assert math.isnan(found["auroc"])
    assert math.isnan(open_set.rests_on(told)["low"])
    assert (found["threshold"], found["named_known"], found["named_unknown"]) == (1.0, 0.0, 0.0)
    assert open_set.open_set([])["named_unknown"] == 0.0
