"""The lines of a log that has an event on each: how it is known by them, and how they become rows.

Why: such formats differ in nothing but the line, so that a reader is its pattern and little else.
Trap: a line that fits no pattern is an event all the same, with its text as `message`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate, count, islice

import numpy as np

from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._layout import Layout
from stopa.readers._lines import Block, Line, blocks, decoded
from stopa.readers._reader import Source
from stopa.readers._rows import Names, Shapes, Values

LOOKED_AT = 64  # lines of the head that decide what a log is
LONGEST = 16_384  # bytes of a line that are looked at to decide it
DRAWN = 8_192  # characters of a line in which fields are looked for; no log writes more of them

PART = 4_096  # lines whose events are handed on at a time

Item = Shapes | Problem | Structure
Told = tuple[Names, Values, Layout]  # names and values of a line's fields, how it is laid out
Read = Callable[[int, str], Told]


def mostly(head: bytes, fits: Callable[[str], object]) -> bool:
    """Tell whether more than half of the first lines fit, blank ones and comments left out."""
    lines = _firsts(head)
    return 2 * sum(map(bool, map(fits, lines))) > len(lines)


@lru_cache(maxsize=1)
def _firsts(head: bytes) -> tuple[str, ...]:
    """Return the lines that decide what a log is; all readers are asked about the same head."""
    text = decoded(head)
    whole = text.split(b"\n")
    if len(whole) > 1 and not text.endswith(b"\n"):
        whole.pop()  # cut off by the end of the head, or of the file
    told = (raw[:LONGEST].decode("utf-8", "replace").rstrip("\r") for raw in whole)
    return tuple(islice((x for x in told if x.strip() and not x.startswith("#")), LOOKED_AT))


def rows(source: Source, read: Read) -> Iterator[Item]:
    """Yield the events of all lines that are not blank, many at a time.

    `read` gets a line's number and its text, and returns what it tells.
    """
    for found in blocks(source):
        if isinstance(found, Block):
            yield from _parts(source, found, read)
        elif not isinstance(found, Line):
            yield found
        elif found.raw.strip():
            names, values, layout = read(found.number, found.text)
            event = Shapes(layout, {names: ([0], [values])})
            yield event.placed(found.number, [found.offset], [found.length])
        else:
            yield Structure(Where(source.sha256, offset=found.offset, length=found.length))


def text_lines(source: Source) -> Iterator[tuple[int, int, int, str] | Problem | Structure]:
    """Yield the lines as `log_lines` does: number, offset, length and text of each."""
    for found in blocks(source):
        if isinstance(found, Block):
            lengths = _lengths(found)
            offsets = accumulate(lengths, initial=found.offset)
            yield from zip(count(found.number), offsets, lengths, _texts(found.text), strict=False)
        elif isinstance(found, Line):
            yield found.number, found.offset, found.length, found.text
        else:
            yield found


def told(fields: Mapping[str, object], layout: Layout) -> Told:
    """Return what a line tells whose fields were drawn by name."""
    return tuple(fields), tuple(fields.values()), layout


def _parts(source: Source, block: Block, read: Read) -> Iterator[Item]:
    """Yield the events of a block's lines, those of one layout side by side."""
    texts, lengths = _texts(block.text), _lengths(block)
    offsets = list(accumulate(lengths, initial=block.offset))
    for start in range(0, len(texts), PART):
        found: dict[int, tuple[Layout, dict[Names, tuple[list[int], list[Values]]]]] = {}
        for place, text in enumerate(texts[start : start + PART], start):
            if text and not text.isspace():
                names, values, layout = read(block.number + place, text)
                laid = found.get(id(layout))
                if laid is None:
                    laid = found[id(layout)] = layout, {}
                shape = laid[1].get(names)
                if shape is None:
                    shape = laid[1][names] = [], []
                shape[0].append(place)
                shape[1].append(values)
            elif length := lengths[place]:
                yield Structure(Where(source.sha256, offset=offsets[place], length=length))
        for layout, shapes in found.values():
            yield Shapes(layout, shapes).placed(block.number, offsets, lengths)


def _texts(text: bytes) -> list[str]:
    texts = text.decode("utf-8", "backslashreplace").split("\n")
    return [text.removesuffix("\r") for text in texts] if b"\r" in text else texts


def _lengths(block: Block) -> list[int]:
    """Return the bytes of each line; the last one of a file may lack its ending."""
    ends = np.concatenate(([-1], block.feeds, [block.size - 1]))
    lengths: list[int] = np.diff(ends).tolist()
    return lengths


def log_lines(source: Source) -> Iterator[Line | Problem | Structure]:
    """Yield the lines of the file, or of its stretch that is asked for."""
    for found in blocks(source):
        if isinstance(found, Block):
            yield from _each(found)
        else:
            yield found


def _each(block: Block) -> Iterator[Line]:
    lengths = _lengths(block)
    offsets = accumulate(lengths, initial=block.offset)
    for number, (raw, offset, length) in enumerate(
        zip(block.raws, offsets, lengths, strict=False), block.number
    ):
        yield Line(number, offset, length, raw.removesuffix(b"\r"))


def pairs(pattern: re.Pattern[str], text: str) -> dict[str, object]:
    """Return the fields that a text names one by one; of equal names the first counts.

    The pattern's first group is the name, the others (up to three) are spellings of the value.
    """
    found = pattern.findall(text[:DRAWN])
    found.reverse()
    if pattern.groups == 2:
        return dict(found)
    if pattern.groups == 3:
        return {name: one or other for name, one, other in found}
    return {name: one or other or last for name, one, other, last in found}
