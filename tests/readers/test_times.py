"""Times are read with their zone, or not at all."""

from collections.abc import Callable
from datetime import timedelta, timezone, tzinfo

import pyarrow as pa
import pytest

from stopa.readers._flatten import Column
from stopa.readers._times import INSTANT, epoch, epoch_millis, stated, utc

PRAGUE_SUMMER = timezone(timedelta(hours=2))
Read = Callable[[Column, tzinfo | None], Column]

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
        column = read(pa.array(texts, pa.string()), zone)
        assert column.type == INSTANT
        time = column[0].as_py()
        assert (time and time.isoformat()) == instant
