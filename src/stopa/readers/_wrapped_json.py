r"""Records that stand in a list inside of one object, as services export them, each with its bytes.

Spec: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
Spec: https://learn.microsoft.com/graph/paging
Why: `{"Records": [...]}` is one value of JSON, but a citation has to name the record's own bytes.
What stands around the list (`@odata.context`, a page's mark) is structure.
Trap: a file may hold several such objects, one after another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from stopa.model.evidence import Problem, Structure
from stopa.readers._json import Values, first_object, value_blocks
from stopa.readers._json_value import Value
from stopa.readers._lines import decoded
from stopa.readers._reader import HEAD, Source
from stopa.readers._running_json import running_values

LISTS = (
    "Records", "records", "value", "items", "Events", "entries", "events", "logs", "data",
    "logEvents",
)  # fmt: skip
PLAIN = r'"(?:[^"\\]|\\.){0,4000}"|[-\w.+]{1,40}|\[[^\[\]{}]{0,2000}\]'
NAME = r'"[^"\\]{0,200}"\s*:\s*'
BEFORE = rf"\{{\s*(?:{NAME}(?:{PLAIN})\s*,\s*){{0,20}}"
AFTER = rf"\](?:\s*,\s*{NAME}(?:{PLAIN}|\{{[^{{}}]{{0,4000}}\}})){{0,20}}\s*\}}"
OPENING = re.compile(rf'{BEFORE}"({"|".join(LISTS)})"\s*:\s*\[(?=\s*[{{\]])')


def record_blocks(source: Source) -> Iterator[Values | Value | Problem | Structure]:
    """Yield the same as `records`, many at a time where each has a line of its own."""
    with source.path.open("rb") as file:
        head = file.read(HEAD)
    name = _list_name(head)
    return running_values(source, _around(name)) if name else value_blocks(source)


def records(source: Source) -> Iterator[Value | Problem | Structure]:
    """Yield the records in order, out of the lists that they stand in where they do."""
    for found in record_blocks(source):
        if isinstance(found, Values):
            yield from found.each()
        else:
            yield found


def first_record(head: bytes) -> dict[str, object] | None:
    """Return the first record that the first bytes of a file hold whole, to recognise it."""
    first = first_object(head)
    told = first.get(_list_name(head)) if first is not None else None
    if not isinstance(told, list):
        return first
    return next((record for record in told if isinstance(record, dict)), None)


def _list_name(head: bytes) -> str:
    """Return what the list is called that the file's first object holds; empty where none is."""
    text = decoded(head).lstrip()[:8192].decode("utf-8", "replace")
    found = OPENING.match(text)
    return found[1] if found else ""


@cache
def _around(name: str) -> re.Pattern[str]:
    """Return what stands around the records of lists of this name, but not of lists in them."""
    start = rf'{BEFORE}"{name}"\s*:\s*\[(?=\s*[{{\]])'
    return re.compile(rf"(?:{start}|{AFTER}|[\s,\[\]])+")
