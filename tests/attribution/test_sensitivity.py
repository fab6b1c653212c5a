"""What sensitivity promises: what the result hangs on is said, and so is what would settle it."""

from __future__ import annotations

import pytest

from stopa.attribution import assess
from stopa.knowledge import Knowledge
from stopa.model.assessment import Assessment, Change, Sensitivity
from tests.attribution.made import NOBODY, seen

ITEMS = ("S0251", "S0596", "T1102.002", "T1204.002", "T1059.001", "T1566.001", "T1071.001")


@pytest.fixture(scope="module")
def made(knowledge: Knowledge) -> Assessment:
    rooted = [seen(i, root="telemetry" if n % 2 else "report") for n, i in enumerate(ITEMS)]
    return assess(tuple(rooted), (), NOBODY, knowledge)


def _sensitivity(made: Assessment) -> Sensitivity:
    assert made.sensitivity is not None
    return made.sensitivity


def test_each_observation_root_and_aspect_is_left_out_once(made: Assessment) -> None:
    shifts = _sensitivity(made).shifts
    whats = {c: sorted(s.what for s in shifts if s.change is c) for c in Change}
    assert len(whats[Change.OBSERVATION]) == len(ITEMS)
    assert whats[Change.ROOT] == ["report", "telemetry"]
    assert len(whats[Change.ASPECT]) == 2
    assert len(whats[Change.PRIOR]) == len(whats[Change.INDEPENDENT]) == 1


def test_without_what_independent_roots_confirm_nothing_is_left(made: Assessment) -> None:
    (shift,) = [s for s in _sensitivity(made).shifts if s.change is Change.INDEPENDENT]
    assert shift.actor is None
    assert shift.undetermined > 0.9


def test_the_smallest_change_really_changes_who_comes_first(
    made: Assessment, knowledge: Knowledge
) -> None:
    gone = _sensitivity(made).smallest
    assert gone
    rooted = [seen(i, root="telemetry" if n % 2 else "report") for n, i in enumerate(ITEMS)]
    left = tuple(o for o in rooted if o.id not in gone)
    first = next(h.actor for h in made.hypotheses if h.actor)
    then = assess(left, (), NOBODY, knowledge)
    assert next((h.actor for h in then.hypotheses if h.actor), None) != first


def test_what_would_settle_it_names_what_was_not_seen(made: Assessment) -> None:
    settling = _sensitivity(made).settling
    assert any("malware that only" in one for one in settling)


def test_with_nothing_technical_any_technical_thing_would_help(knowledge: Knowledge) -> None:
    made = assess((), (), NOBODY, knowledge)
    assert _sensitivity(made).shifts == ()
    assert _sensitivity(made).settling
