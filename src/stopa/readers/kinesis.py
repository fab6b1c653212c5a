"""Records as Kinesis and subscriptions to CloudWatch Logs hand them over: logs packed into text.

Spec: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
Spec: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
Spec: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
Why: what such a record carries (`Data`, mostly packed with gzip) is evidence of its own, taken out
like the member of an archive and read by whoever knows it; the record itself is an event.
Trap: whoever may write to the stream chose the content: it is unpacked within limits like archives.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from pathlib import Path

from stopa.model.event import TIME, LogSource
from stopa.model.evidence import Problem, Structure
from stopa.readers._archive import Budget, Flaw, Member, over, too_many
from stopa.readers._cloud_shape import at
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._json_value import Value
from stopa.readers._lines import decoded
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import epoch, stated
from stopa.readers._wrapped_json import records

OPENING = re.compile(
    rb'\s*\{\s*(?:"awslogs"\s*:\s*\{\s*"data"\s*:'
    rb'|"Records"\s*:\s*\[\s*\{(?:[^{}]{0,2000}"Data"\s*:|[^{}]{0,2000}"kinesis"\s*:\s*\{))'
)
DATA = ("kinesis.data", "Data", "awslogs.data")
NAMED = ("kinesis.sequenceNumber", "SequenceNumber")
EXPECTED = "one JSON object a record is expected: was it changed?"
TAKE_OUT = "hand in what it carries by itself"
LAYOUT = Layout(
    LogSource("aws", None, "kinesis"),
    (
        (
            TIME,
            (
                Pick("kinesis.approximateArrivalTimestamp", epoch),
                Pick("ApproximateArrivalTimestamp", epoch),
                Pick("ApproximateArrivalTimestamp", stated),
            ),
        ),
    ),
)


def recognises(head: bytes) -> bool:
    """Recognise a record with its data."""
    return OPENING.match(decoded(head)) is not None


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each record, without what it carries: that is evidence of its own."""
    return tabulate(source, (_row(source, found) for found in records(source)))


def members(path: Path, budget: Budget) -> Iterator[Member | Flaw]:
    """Yield what the records carry."""
    source = Source("0" * 64, path, path.stat().st_size)
    values = (found for found in records(source) if isinstance(found, Value))
    for number, value in enumerate(values, 1):
        record = value.data if isinstance(value.data, dict) else {}
        name = f"{number:05d}-{_text(record, NAMED) or 'data'}"[:80]
        packed = _text(record, DATA)
        if packed is None:
            continue
        if over(budget):
            yield Flaw(name, too_many(budget), TAKE_OUT)
            return
        try:
            carried = b64decode(packed, validate=True)
        except (Error, ValueError):
            yield Flaw(name, "its data is not in Base64", TAKE_OUT)
            continue
        budget.total += len(carried)
        yield Member(name.replace("/", "_"), lambda carried=carried: iter((carried,)))  # type: ignore[misc]


def _text(record: dict[str, object], paths: tuple[str, ...]) -> str | None:
    found = (at(record, path) for path in paths)
    return next((text for text in found if isinstance(text, str)), None)


def _row(source: Source, found: Value | Problem | Structure) -> Row | Problem | Structure:
    if not isinstance(found, Value):
        return found
    data, offset, length, line = found
    if not isinstance(data, dict):
        return Problem("not a record: no JSON object", found.where(source.sha256), EXPECTED)
    return Row(_without_data(data), LAYOUT, offset, length, line)


def _without_data(record: dict[str, object]) -> dict[str, object]:
    fields = {name: value for name, value in record.items() if name != "Data"}
    for name in ("kinesis", "awslogs"):
        if isinstance(inner := record.get(name), dict):
            fields[name] = {key: value for key, value in inner.items() if key != "data"}
    return fields


READER = Reader("kinesis", "Records of a Kinesis stream", recognises, read, members=members)
