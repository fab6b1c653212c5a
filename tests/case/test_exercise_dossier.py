"""The demonstration from evidence to page: what a newcomer sees first.

Its page is driven by `tests/dossier/test_browser_whole.py`.
"""

from __future__ import annotations

from tests.conftest import Demonstration

SECONDS = 60  # the promise of `make demo` after the installation; here of processor time


def test_the_demonstration_is_quick(exercise: Demonstration) -> None:
    assert exercise.seconds < SECONDS


def test_all_of_the_exercise_is_read(exercise: Demonstration) -> None:
    summary = exercise.summary
    assert summary.problems == summary.unread == 0
    assert summary.events > 20_000
    assert summary.findings > 500
    assert summary.rules_refused == 0


def test_the_verdict_names_nobody(exercise: Demonstration) -> None:
    assert "cannot be told" in exercise.summary.verdict
    for real in ("Carbanak", "FIN7", "Anunak", "Russia", "China"):
        assert real not in exercise.summary.verdict
