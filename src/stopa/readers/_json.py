"""A file of JSON as values with their bytes: one a line, one after another, or one array.

Spec: https://www.rfc-editor.org/rfc/rfc8259
Why: most logs hold an object a line; others hold indented objects, with nothing or a comma between
them, or a single array. All are read as a stream, a value at a time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, islice
from typing import NamedTuple

from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._json_value import FAST, Value, decode
from stopa.readers._lines import Block, Line, blocks, decoded
from stopa.readers._reader import HEAD, Source
from stopa.readers._running_json import running_values
from stopa.readers._search_answers import first_hit, hits, stored

LONGEST = 32_768  # bytes in which the list of hits of a search has to begin
LOOKED_AT = 64  # lines of the head that decide how the values stand in the file
OBJECT = re.compile(r"(?:^|\[)\s*(?=\{)", re.MULTILINE)
SCANNER = json.JSONDecoder(strict=False, parse_int=str)


class Values(NamedTuple):
    """JSON values of lines one after another, as lists side by side, and their text."""

    data: list[object]
    offsets: list[int]
    lengths: list[int]
    lines: list[int]
    raws: list[bytes]

    def each(self) -> Iterator[Value]:
        """Yield them one by one."""
        return map(Value, self.data, self.offsets, self.lengths, self.lines)


def values(source: Source) -> Iterator[Value | Problem | Structure]:
    """Yield the values of the file in order.

    What is not JSON is a problem; what stands between the values is structure.
    """
    for found in value_blocks(source):
        if isinstance(found, Values):
            yield from found.each()
        else:
            yield found


def value_blocks(source: Source) -> Iterator[Values | Value | Problem | Structure]:
    """Yield the same, many values at a time where each has a line of its own."""
    with source.path.open("rb") as file:
        head = file.read(HEAD)
    if first_hit(decoded(head).decode("utf-8", "replace")):
        return hits(source)
    if holds_an_object_a_line(head):
        return _line_values(source)
    return running_values(source)


def object_lines(source: Source) -> Iterator[Block | Line | Problem | Structure] | None:
    """Return the lines of the file if an object stands on each, None if not."""
    with source.path.open("rb") as file:
        head = file.read(HEAD)
    return blocks(source) if holds_an_object_a_line(head) else None


@lru_cache(maxsize=1)
def first_object(head: bytes) -> dict[str, object] | None:
    """Return the first object of a JSON file that its first bytes hold whole, to recognise it.

    All readers are asked about the same head, and none may change the object.
    """
    text = decoded(head).decode("utf-8", "surrogateescape")
    if not text.lstrip()[:7].startswith(("{", "[", "Record ")):
        return None
    hit = first_hit(text)
    starts = [hit] if hit else (start.end() for start in OBJECT.finditer(text))
    for start in islice(starts, LOOKED_AT):
        try:
            _, end = SCANNER.raw_decode(text, start)
            found = decode(text[start:end].encode("utf-8", "surrogateescape"))
        except (ValueError, RecursionError):
            continue
        if not isinstance(found, dict):
            return None
        return stored(found) if hit else found
    return None


def holds_an_object_a_line(head: bytes) -> bool:
    """Tell by the first bytes whether objects stand on a line of their own, not in an array."""
    text = decoded(head).lstrip()
    if text.startswith(b"[") or first_hit(text[:LONGEST].decode("utf-8", "replace")):
        return False
    firsts = islice(text.split(b"\n"), LOOKED_AT)
    return any(line.startswith(b"{") and _is_object(line) for line in firsts)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(decode(line), dict)
    except ValueError:
        return False


def _line_values(source: Source) -> Iterator[Values | Value | Problem | Structure]:
    for found in blocks(source):
        if isinstance(found, Block):
            yield from block_values(source, found)
        elif isinstance(found, Line):
            yield line_value(source, found)
        else:
            yield found


def block_values(source: Source, block: Block) -> Iterator[Values | Value | Problem | Structure]:
    """Yield what `value_blocks` yields of these lines."""
    number, offset, size, *_ = block
    raws = block.raws
    lengths = [len(raw) + 1 for raw in raws]
    lengths[-1] += size - sum(lengths)  # the last line of a file may lack its ending
    offsets = list(accumulate(lengths, initial=offset))[:-1]
    numbers = list(range(number, number + len(raws)))
    try:
        data = list(map(FAST.decode, raws))
    except (ValueError, RecursionError):
        for line in map(Line, numbers, offsets, lengths, raws):
            yield line_value(source, line)
    else:
        yield Values(data, offsets, lengths, numbers, raws)


def line_value(source: Source, line: Line) -> Value | Problem | Structure:
    """Return what stands on one line."""
    number, offset, length, raw = line
    try:
        return Value(FAST.decode(raw), offset, length, number)
    except (ValueError, RecursionError):
        return _second_look(source, line)


def _second_look(source: Source, line: Line) -> Value | Problem | Structure:
    number, offset, length, raw = line
    if not raw.strip():
        return Structure(Where(source.sha256, offset=offset, length=length))
    try:
        return Value(decode(raw.rstrip().removesuffix(b",")), offset, length, number)
    except ValueError as error:
        return Problem(f"not JSON: {error}", line.where(source), "cut off while it was written?")
