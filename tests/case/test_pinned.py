"""The exercise leads to the same bytes on every machine: those that another one pinned."""

from __future__ import annotations

import json

import pytest

from tests.case.pinned import PIN, of_exercise, of_sources


@pytest.mark.slow
def test_the_exercise_comes_to_the_bytes_that_another_machine_pinned() -> None:
    pinned = json.loads(PIN.read_bytes())
    if of_sources() != pinned["on"]:
        pytest.skip("the sources are others than those the pin is for; pin anew with: make pin")
    assert of_exercise() == pinned["made"]
