"""The lines of a log that has an event on each: how it is known by them, and how they become rows.

Why: such formats differ in nothing but the line, so that a reader is its pattern and little else.
Trap: a line that fits no pattern is an event all the same, with its text as `message`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import accumulate

from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._columns import Layout, Row, Rows
from stopa.readers._lines import Block, Line, blocks, decoded
from stopa.readers._reader import Source

LOOKED_AT = 64  # lines of the head that decide what a log is
LONGEST = 16_384  # bytes of a line that are looked at to decide it
DRAWN = 8_192  # characters of a line in which fields are looked for; no log writes more of them

PART = 4_096  # lines whose events are handed on at a time

Item = Row | Rows | Problem | Structure
Read = Callable[[int, str], tuple[dict[str, object], Layout]]


def mostly(head: bytes, fits: Callable[[str], object]) -> bool:
    """Tell whether more than half of the first lines fit, blank ones and comments left out."""
    text = decoded(head)
    whole = text.split(b"\n")
    if len(whole) > 1 and not text.endswith(b"\n"):
        whole.pop()  # cut off by the end of the head, or of the file
    seen = fitting = 0
    for raw in whole:
        line = raw[:LONGEST].decode("utf-8", "replace").rstrip("\r")
        if line.strip() and not line.startswith("#"):
            seen += 1
            fitting += bool(fits(line))
            if seen == LOOKED_AT:
                break
    return 2 * fitting > seen


def rows(source: Source, read: Read) -> Iterator[Item]:
    """Yield the events of all lines that are not blank, many at a time.

    `read` gets a line's number and its text, and returns its fields and their layout.
    """
    for found in blocks(source):
        if isinstance(found, Block):
            yield from _parts(source, found, read)
        elif not isinstance(found, Line):
            yield found
        elif found.raw.strip():
            fields, layout = read(found.number, found.text)
            yield Row(fields, layout, found.offset, found.length, found.number)
        else:
            yield Structure(Where(source.sha256, offset=found.offset, length=found.length))


def _parts(source: Source, block: Block, read: Read) -> Iterator[Item]:
    """Yield the events of a block's lines, those of one layout side by side."""
    raws = block.raws
    offset, number, end = block.offset, block.number, block.offset + block.size
    for start in range(0, len(raws), PART):
        found: dict[int, Rows] = {}
        for raw in raws[start : start + PART]:
            length = min(len(raw) + 1, end - offset)  # the last line of a file may lack its ending
            text = raw.decode("utf-8", "backslashreplace")
            if text and not text.isspace():
                fields, layout = read(number, text[:-1] if text[-1] == "\r" else text)
                events = found.get(id(layout))
                if events is None:
                    events = found[id(layout)] = Rows([], layout, [], [], [], [], [])
                events.fields.append(fields)
                events.offsets.append(offset)
                events.lengths.append(length)
                events.lines.append(number)
            elif length:
                yield Structure(Where(source.sha256, offset=offset, length=length))
            offset += length
            number += 1
        for events in found.values():
            events.records.extend([None] * len(events.fields))
            events.raws.extend([None] * len(events.fields))
            yield events


def log_lines(source: Source) -> Iterator[Line | Problem | Structure]:
    """Yield the lines of the file, or of its stretch that is asked for."""
    for found in blocks(source):
        if isinstance(found, Block):
            yield from _each(found)
        else:
            yield found


def _each(block: Block) -> Iterator[Line]:
    raws = block.raws
    lengths = [len(raw) + 1 for raw in raws]
    lengths[-1] += block.size - sum(lengths)  # the last line of a file may lack its ending
    offsets = accumulate(lengths, initial=block.offset)
    for number, (raw, offset, length) in enumerate(
        zip(raws, offsets, lengths, strict=False), block.number
    ):
        yield Line(number, offset, length, raw.removesuffix(b"\r"))


def pairs(pattern: re.Pattern[str], text: str) -> dict[str, object]:
    """Return the fields that a text names one by one; of equal names the first counts.

    The pattern's first group is the name, the others are the spellings of the value.
    """
    found = pattern.findall(text[:DRAWN])
    found.reverse()
    if pattern.groups == 2:
        return dict(found)
    if pattern.groups == 3:
        return {name: one or other for name, one, other in found}
    return {name: next(filter(None, values), "") for name, *values in found}
