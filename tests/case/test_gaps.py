"""A log that was tampered with shows it; one that merely sleeps at night does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from stopa.case.gaps import TOLD, Order
from stopa.model.event import ENVELOPE, TIME, EventBatch, LogSource
from stopa.model.log_order import Irregularity, Oddity

BEGIN = datetime(2025, 5, 1, tzinfo=UTC)
WINDOWS, WEB = LogSource("windows"), LogSource(None, "webserver")
SHA = "ab" * 32
BUSY = [BEGIN + timedelta(seconds=30 * n) for n in range(400)]
# Ten minutes apart, from eight to six, on nine days.
DAILY = [BEGIN + timedelta(days=d, hours=8, minutes=10 * n) for d in range(9) for n in range(60)]


def odd(
    times: Sequence[datetime | None],
    *,
    source: LogSource = WEB,
    records: Sequence[int] | None = None,
    event_id: str = "4624",
) -> tuple[Irregularity, ...]:
    rows = len(times)
    is_windows = source is WINDOWS
    columns: dict[str, list[object]] = {name: [None] * rows for name in ENVELOPE}
    columns["_offset"] = [100 * n for n in range(rows)]
    columns["_length"] = [100] * rows
    columns[TIME] = list(times)
    if is_windows:
        columns["_record"] = list(records or range(1, rows + 1))
        columns["_channel"], columns["_host"] = ["Security"] * rows, ["WS1"] * rows
        columns["_event_id"] = [event_id] * rows
    types = {"_time": pa.timestamp("us", tz="UTC")} | dict.fromkeys(
        ("_record", "_line", "_offset", "_length"), pa.int64()
    )
    table = pa.table({n: pa.array(v, types.get(n, pa.string())) for n, v in columns.items()})
    order = Order(SHA)
    for start in range(0, rows, 150):  # as it comes: batch by batch
        order.add(EventBatch(SHA, source, table.slice(start, 150)))
    return order.irregularities()


QUIET = {
    "even": BUSY,
    "nights": DAILY,
    "within a minute": [*BUSY[:200], BUSY[199] - timedelta(seconds=50), *BUSY[200:]],
    "newest first": BUSY[::-1],
    "no times": [None] * 300,
    "too few to have a rhythm": [BEGIN, BEGIN + timedelta(days=20), BEGIN + timedelta(days=21)],
    "nothing": [],
}


@pytest.mark.parametrize("times", QUIET.values(), ids=QUIET.keys())
def test_what_any_log_does_is_not_odd(times: list[datetime | None]) -> None:
    assert odd(times) == ()


def test_a_silence_that_breaks_the_rhythm_is_told_with_both_its_ends() -> None:
    late = [time + timedelta(hours=5) for time in BUSY[200:]]
    (gap,) = odd([*BUSY[:200], *late])
    assert gap.kind is Oddity.GAP
    assert (gap.first, gap.last) == (BUSY[199], late[0])
    assert gap.where.offset == 200 * 100
    assert "5:00:30" in gap.what


def test_a_silence_much_longer_than_the_nights_is_told() -> None:
    rest = [time for time in DAILY if time.day not in (4, 5, 6)]
    assert [o.kind for o in odd(rest)] == [Oddity.GAP]


def test_time_that_goes_back_is_told_where_it_does() -> None:
    (back,) = odd([*BUSY[:200], *(time - timedelta(hours=1) for time in BUSY[200:])])
    assert back.kind is Oddity.REVERSAL
    assert back.where.offset == 200 * 100
    assert "59:30" in back.what


def test_missing_record_numbers_are_told_and_a_selection_is_one_line() -> None:
    numbers = [n if n < 100 else n + 7 for n in range(1, len(BUSY) + 1)]
    (missing,) = odd(BUSY, source=WINDOWS, records=numbers)
    assert missing.kind is Oddity.MISSING
    assert "records 100 to 106 are missing" in missing.what
    assert missing.where.record == 107
    some = odd(BUSY, source=WINDOWS, records=[n * 10 for n in range(len(BUSY))])
    assert [o.kind for o in some] == [Oddity.SELECTION]
    assert odd(BUSY, source=WINDOWS) == ()


def test_of_many_the_largest_are_told_and_how_many_there_are() -> None:
    numbers = [n + n // 20 for n in range(len(BUSY))]
    told = odd(BUSY, source=WINDOWS, records=numbers)
    assert len(told) == TOLD
    assert "of 19)" in told[0].what


@pytest.mark.parametrize(
    ("event_id", "kind"), [("1102", Oddity.CLEARED), ("1100", Oddity.STOPPED), ("4624", None)]
)
def test_a_log_that_says_it_was_cleared_is_heard(event_id: str, kind: Oddity | None) -> None:
    told = odd([BEGIN], source=WINDOWS, event_id=event_id)
    assert [o.kind for o in told] == ([kind] if kind else [])
    assert all(o.where.record == 1 and o.source == "windows Security of WS1" for o in told)
    assert not odd([BEGIN], source=WEB, event_id=event_id)
