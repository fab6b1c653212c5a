"""Dates in a machine's own order: read where the order shows, left open where it does not."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from stopa.readers._local_dates import local, month_first

PRAGUE = ZoneInfo("Europe/Prague")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3/2/2026 8:15:00 AM", "2026-03-02T07:15:00+00:00"),
        ("12/31/2026 11:59:59 PM", "2026-12-31T22:59:59+00:00"),
        ("2. 3. 2026 8:15:00", "2026-03-02T07:15:00+00:00"),
        ("2026-03-02 08:15:00", "2026-03-02T07:15:00+00:00"),
        ("5/06/2026 8:30:00 AM", None),
        ("05/06/2026 08:30:00 AM", None),
        ("5/6/2026 08:30:00", None),
        ("31/12/2026 8:30:00 AM", None),
    ],
)
def test_an_order_that_does_not_show_gives_no_time(written: str, meant: str | None) -> None:
    (found,) = local(pa.array([written]), PRAGUE).instants.to_pylist()
    assert (found.isoformat() if found else None) == meant
    assert local(pa.array([written]), None).instants.to_pylist() == [None]


def test_a_format_that_says_so_writes_the_month_first() -> None:
    (found,) = month_first(pa.array(["05/06/26,08:30:00"]), PRAGUE).instants.to_pylist()
    assert found is not None
    assert found.isoformat() == "2026-05-06T06:30:00+00:00"
