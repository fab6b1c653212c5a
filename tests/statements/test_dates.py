"""Dates of English prose, with the precision that is printed; phrases of our own writing."""

from __future__ import annotations

from datetime import date

import pytest

from stopa.model.when import When
from stopa.statements.dates import Dated, dates

ANCHOR = date(2025, 5, 28)  # a Wednesday

PRINTED: tuple[tuple[str, list[str]], ...] = (
    ("from March to June 2023", ["2023-03/2023-06"]),
    ("between January 2022 and March 2023", ["2022-01/2023-03"]),
    ("between late 2021 and mid-2023", ["2021/2023"]),
    ("from November to February 2024", ["2023-11/2024-02"]),
    ("on 3-5 May 2024", ["2024-05-03/2024-05-05"]),
    ("May 3-5, 2024", ["2024-05-03/2024-05-05"]),
    ("from 2 to 5 March 2024", ["2024-03-02/2024-03-05"]),
    ("the 2022 attack and a 2017 one", ["2022", "2017"]),
    ("in the summer of 2021", ["2021"]),
    ("since at least 2019", ["2019"]),
    ("in 2015 and 2016", ["2015", "2016"]),
    ("an earlier break-in (2018)", ["2018"]),
    ("a total of 2.2019 points", []),
    ("on 31 to 33 May 2024", []),
)
WORKED_OUT: tuple[tuple[str, list[str]], ...] = (
    ("in late March", ["2025-03"]),
    ("early November", ["2024-11"]),
    ("over the past 14 years", ["2011/2025"]),
    ("for the last three years", ["2022/2025"]),
    ("in the past six months", ["2024-11/2025-05"]),
    ("during the last decade", ["2015/2025"]),
    ("two years ago", ["2023"]),
    ("three months ago", ["2025-02"]),
    ("in December last year", ["2024-12"]),
    ("accused the service Monday of it", ["2025-05-26"]),
    ("since last Wednesday", ["2025-05-21"]),
    ("on 20 December it was struck", ["2024-12-20"]),
    ("will end by 20 December", ["2025-12-20"]),
    ("this month", ["2025-05"]),
    ("it will answer on Friday", []),
    ("they may march on", []),
    ("for years", []),
)


@pytest.mark.parametrize(("text", "found"), PRINTED)
def test_a_printed_date_needs_no_date_of_the_document(text: str, found: list[str]) -> None:
    assert [dated.edtf for dated in dates(text, None)] == found
    assert [dated.edtf for dated in dates(text, ANCHOR)] == found
    assert all(dated.stated for dated in dates(text, ANCHOR))


@pytest.mark.parametrize(("text", "found"), WORKED_OUT)
def test_a_date_worked_out_is_marked_as_not_stated(text: str, found: list[str]) -> None:
    assert [dated.edtf for dated in dates(text, ANCHOR)] == found
    assert not any(dated.stated for dated in dates(text, ANCHOR))


@pytest.mark.parametrize(
    "text", ["last March", "over the past 14 years", "two years ago", "last Friday"]
)
def test_nothing_is_worked_out_without_a_date_of_the_document(text: str) -> None:
    assert dates(text, None) == []


def test_a_day_or_month_without_its_year_keeps_it_open() -> None:
    assert dates("on 3 May", None) == [Dated(3, 8, "XXXX-05-03")]
    assert dates("in May", None) == [Dated(0, 6, "XXXX-05")]


@pytest.mark.parametrize("text", [t for t, found in PRINTED + WORKED_OUT if found])
def test_every_date_is_one_that_the_calendar_has(text: str) -> None:
    assert all(When.stated(dated.edtf) for dated in dates(text, ANCHOR))
