"""The lines of a log that has an event on each: how it is known by them, and how they become rows.

Why: such formats differ in nothing but the line, so that a reader is its pattern and little else.
Trap: a line that fits no pattern is an event all the same, with its text as `message`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import accumulate

from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._columns import Row
from stopa.readers._lines import Block, Line, blocks, decoded
from stopa.readers._reader import Source

LOOKED_AT = 64  # lines of the head that decide what a log is
LONGEST = 16_384  # bytes of a line that are looked at to decide it
DRAWN = 8_192  # characters of a line in which fields are looked for; no log writes more of them

Item = Row | Problem | Structure


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


def rows(source: Source, read: Callable[[Line, str], Row]) -> Iterator[Item]:
    """Yield a row for each line that is not blank; `read` gets the line and its text."""
    for line in log_lines(source):
        if not isinstance(line, Line):
            yield line
        elif line.raw.strip():
            yield read(line, line.text)
        else:
            yield Structure(Where(source.sha256, offset=line.offset, length=line.length))


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

    The pattern's first group is the name, any other the value.
    """
    found: dict[str, object] = {}
    for match in pattern.finditer(text, 0, DRAWN):
        name, *values = match.groups()
        found.setdefault(name, next((value for value in values if value is not None), ""))
    return found
