"""A file of JSON as values with their bytes: one a line, one after another, or one array.

Spec: https://www.rfc-editor.org/rfc/rfc8259
Why: most logs hold an object a line; others hold indented objects, with nothing or a comma between
them, or a single array. All are read as a stream, a value at a time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice

from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._json_value import FAST, Value, decode
from stopa.readers._lines import Line, decoded, lines
from stopa.readers._reader import HEAD, Source
from stopa.readers._running_json import running_values

LOOKED_AT = 64  # lines of the head that decide how the values stand in the file
OBJECT = re.compile(r"(?:^|\[)\s*(?=\{)", re.MULTILINE)
SCANNER = json.JSONDecoder(strict=False, parse_int=str)


def values(source: Source) -> Iterator[Value | Problem | Structure]:
    """Yield the values of the file in order.

    What is not JSON is a problem; what stands between the values is structure.
    """
    with source.path.open("rb") as file:
        head = file.read(HEAD)
    if holds_an_object_a_line(head):
        return _line_values(source)
    return running_values(source)


def first_object(head: bytes) -> dict[str, object] | None:
    """Return the first object of a JSON file that its first bytes hold whole, to recognise it."""
    text = decoded(head).decode("utf-8", "surrogateescape")
    if not text.lstrip()[:7].startswith(("{", "[", "Record ")):
        return None
    for start in islice(OBJECT.finditer(text), LOOKED_AT):
        try:
            _, end = SCANNER.raw_decode(text, start.end())
            found = decode(text[start.end() : end].encode("utf-8", "surrogateescape"))
        except (ValueError, RecursionError):
            continue
        return found if isinstance(found, dict) else None
    return None


def holds_an_object_a_line(head: bytes) -> bool:
    """Tell by the first bytes whether objects stand on a line of their own, not in an array."""
    text = decoded(head).lstrip()
    if text.startswith(b"["):
        return False
    firsts = islice(text.split(b"\n"), LOOKED_AT)
    return any(line.startswith(b"{") and _is_object(line) for line in firsts)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(decode(line), dict)
    except ValueError:
        return False


def _line_values(source: Source) -> Iterator[Value | Problem | Structure]:
    for line in lines(source):
        if isinstance(line, Line):
            number, offset, length, raw = line
            try:
                yield Value(FAST.decode(raw), offset, length, number)
            except (ValueError, RecursionError):
                yield _second_look(source, line)
        else:
            yield line


def _second_look(source: Source, line: Line) -> Value | Problem | Structure:
    number, offset, length, raw = line
    if not raw.strip():
        return Structure(Where(source.sha256, offset=offset, length=length))
    try:
        return Value(decode(raw.rstrip().removesuffix(b",")), offset, length, number)
    except ValueError as error:
        return Problem(f"not JSON: {error}", line.where(source), "cut off while it was written?")
