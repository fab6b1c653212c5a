"""The attributes by which the script in the page knows when something happened and was said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stopa.dossier.html import environment
from stopa.dossier.pictures import Moment, dated
from stopa.model.when import When

NOON = datetime(2024, 5, 28, 12, tzinfo=UTC)
DAY = 'data-first="1716854400000000" data-last="1716940800000000"'
SAID = 'data-said="1716854400000000" data-said-last="1716940800000000"'


@pytest.mark.parametrize(
    ("first", "last", "said", "written"),
    [
        (NOON, NOON, None, 'data-first="1716897600000000" data-last="1716897600000000"'),
        (When("2024-05-28"), None, None, DAY),
        (When("2024-05-28"), None, When("2024-05-28"), f"{DAY} {SAID}"),
        (None, None, When("2024-05-28"), SAID),
        (None, NOON, None, 'data-first="1716897600000000" data-last="1716897600000000"'),
        (None, None, None, ""),
        (NOON.replace(year=1601), None, None, ""),
    ],
)
def test_a_row_carries_what_is_known_of_its_times(
    first: Moment, last: Moment, said: Moment, written: str
) -> None:
    assert dated(first, last, said) == written


def test_templates_date_a_row_by_one_macro() -> None:
    asked = '{% from "macros.html.j2" import when %}<tr {{ when(said=day) }}>'
    drawn = environment().from_string(asked).render(day=When("2024-05-28"))
    assert drawn == f"<tr {SAID}>"
