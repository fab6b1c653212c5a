"""Times are read with their zone, or not at all."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stopa.model.time_basis import Basis, basis_of
from stopa.readers._times import INSTANT, Read, epoch, epoch_millis, stated, utc

PRAGUE_SUMMER = timezone(timedelta(hours=2))

TIMES = [
    (stated, None, "2025-05-28T08:00:00Z", "2025-05-28T08:00:00+00:00"),
    (stated, None, "2025-05-28T08:00:00.1234567Z", "2025-05-28T08:00:00.123456+00:00"),
    (stated, None, "2025-05-28 10:00:00+0200", "2025-05-28T08:00:00+00:00"),
    (stated, None, "2025-05-28 10:00:00", None),
    (stated, PRAGUE_SUMMER, "2025-05-28 10:00:00", "2025-05-28T08:00:00+00:00"),
    (stated, PRAGUE_SUMMER, "2025-05-28T10:00:00Z", "2025-05-28T10:00:00+00:00"),
    (stated, None, "yesterday", None),
    (stated, PRAGUE_SUMMER, "0001-01-01T00:00:00", None),
    (stated, None, "9999-12-31T23:59:59-10:00", None),
    (utc, None, "2025-05-28 08:00:00.631", "2025-05-28T08:00:00.631000+00:00"),
    (utc, PRAGUE_SUMMER, "2025-05-28 08:00:00.6311234", "2025-05-28T08:00:00.631123+00:00"),
    (utc, None, "", None),
    (epoch, None, "1591756256.537123", "2020-06-10T02:30:56.537123+00:00"),
    (epoch, None, "1591756256", "2020-06-10T02:30:56+00:00"),
    (epoch, None, "-1.5", "1969-12-31T23:59:58.500000+00:00"),
    (epoch, None, "99999999999999999", None),
    (epoch, None, "1e9", None),
    (epoch_millis, None, "1591756256537", "2020-06-10T02:30:56.537000+00:00"),
    (epoch_millis, None, "x", None),
]


@pytest.mark.parametrize(("read", "zone", "text", "instant"), TIMES)
def test_time_reads_as_expected(
    read: Read, zone: tzinfo | None, text: str, instant: str | None
) -> None:
    for texts in ([text], [text, None, "2025-05-28T08:00:00Z"], [text, "garbage"]):
        column = read(pa.array(texts, pa.string()), zone).instants
        assert column.type == INSTANT
        time = column[0].as_py()
        assert (time and time.isoformat()) == instant


ZONES = ("Europe/Prague", "America/St_Johns", "Asia/Kathmandu", "UTC")
CLOCKS = st.datetimes(datetime(1925, 1, 1), datetime(2037, 1, 1))  # noqa: DTZ001 - no zone is stated


@given(st.lists(CLOCKS, min_size=1, max_size=5), st.sampled_from(ZONES))
def test_a_column_of_times_is_what_each_of_them_is_in_its_zone(
    clocks: list[datetime], zone: str
) -> None:
    texts = pa.array([clock.isoformat(" ") for clock in clocks])
    expected = [clock.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for clock in clocks]
    assert stated(texts, ZoneInfo(zone)).instants.to_pylist() == expected


@given(
    st.lists(
        st.from_regex(r"\d{1,11}(\.\d{1,6})?", fullmatch=True, alphabet="0123456789."), min_size=1
    )
)
def test_a_column_of_seconds_is_what_each_of_them_is(texts: list[str]) -> None:
    together = epoch(pa.array(texts), None).instants.to_pylist()
    alone = [epoch(pa.array([text, "no number"]), None).instants[0].as_py() for text in texts]
    assert together == alone


PRAGUE = ZoneInfo("Europe/Prague")
KNOWN = [
    (stated, None, "2025-05-28T08:00:00Z", Basis.STATED),
    (stated, PRAGUE, "2025-05-28T08:00:00+02:00", Basis.STATED),
    (stated, PRAGUE, "2025-05-28T08:00:00", Basis.OPTION),
    (stated, None, "2025-05-28T08:00:00", Basis.UNZONED),
    (stated, PRAGUE, "yesterday", Basis.UNREAD),
    (stated, PRAGUE_SUMMER, "0001-01-01T00:00:00", Basis.UNREAD),
    (stated, PRAGUE, "2025-10-26T02:30:00", Basis.TWICE),
    (stated, PRAGUE, "2025-10-26T03:00:00", Basis.OPTION),
    (stated, PRAGUE, "2025-03-30T02:30:00", Basis.SKIPPED),
    (stated, PRAGUE_SUMMER, "2025-10-26T02:30:00", Basis.OPTION),
    (utc, PRAGUE, "2025-10-26 02:30:00", Basis.FORMAT),
    (utc, None, "2025-05-28T08:00:00Z", Basis.STATED),
    (epoch, None, "1591756256", Basis.STATED),
    (epoch, None, "x", Basis.UNREAD),
]


@pytest.mark.parametrize(("read", "zone", "text", "known"), KNOWN)
def test_how_a_zone_is_known_is_said_of_each_time_whatever_stands_beside_it(
    read: Read, zone: tzinfo | None, text: str, known: Basis
) -> None:
    mixed = [basis.value for basis in (known, Basis.NONE, Basis.STATED, Basis.UNREAD)]
    beside = [text, None, "1591756256" if read is epoch else "2025-05-28T08:00:00Z", "garbage"]
    for count in range(1, len(beside) + 1):
        told = read(pa.array(beside[:count], pa.string()), zone).known.to_pylist()
        assert [basis_of(number).value for number in told] == mixed[:count]
