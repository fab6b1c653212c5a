"""Windows events as flat JSON, an object a line, of which only what rules ask is decoded.

Why: see `_glance`. Lines are decoded many at a time.
Trap: a line is left to the reader of whole events unless all is as expected: an object a line, its
kind told in one way only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
import pyarrow as pa

from stopa.model.event import Search
from stopa.readers._glance import Glance, Key
from stopa.readers._json_value import decode
from stopa.readers._layout import Layout
from stopa.readers._lines import Block, Line
from stopa.readers._reader import Passed, Wanted
from stopa.readers._rows import Cells, Row
from stopa.readers._search import MUCH, events_with, lines_with
from stopa.readers._slots import Slots, slots
from stopa.readers._windows_flat import (
    as_rules_say,
    flat_layout,
    hexadecimal,
    record_number,
    with_keywords,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.int64]

KEYWORDS = "Keywords"
TOLD = frozenset({"Channel", "SourceName", "Provider_Name", "EventID", "EventData", KEYWORDS})
LONG = 40_000  # bytes of a line that may hold more fields than any log has

CR, OPEN, CLOSE = b"\r{}"


class Lines(NamedTuple):
    """Lines of a block, an object each: where each begins and ends in its text.

    `asked` has how many lines were asked for so far, `found` which of all have a find in them.
    """

    block: Block
    starts: Numbers
    ends: Numbers
    keywords: list[object]
    asked: Counter[Search]
    found: dict[Search, Flags]

    def containing(self, search: Search, lines: Numbers) -> Numbers:
        """Return the places among the lines of those in whose JSON something is found.

        A block is searched once where many of its events are asked for, whatever their kind.
        """
        self.asked[search] += len(lines)
        if search not in self.found:
            if self.asked[search] * MUCH < len(self.starts):
                return events_with(search, list(map(self.raw, lines.tolist())))
            self.found[search] = self._found(search)
        return np.flatnonzero(self.found[search][lines])

    def _found(self, search: Search) -> Flags:
        found = lines_with(search, self.block.text, self.ends)
        marks = (
            k for k in set(self.keywords) if type(k) is int and len(search(hexadecimal(k).encode()))
        )
        for mark in marks:
            found |= np.fromiter((k == mark for k in self.keywords), np.bool_, len(found))
        return found

    def raw(self, line: int) -> bytes:
        """Return an event as JSON writes it, and its keywords as rules do."""
        return with_keywords(self.text(line), self.keywords[line])

    def row(self, line: int) -> Row:
        """Return an event with all its fields."""
        _, offset, length, raw = self.line(line)
        event, raw = as_rules_say(_event(raw), raw)
        number = self.block.number + line
        return Row(event, flat_layout(event), offset, length, number, record_number(event), raw)

    @property
    def reached(self) -> int:
        """Where the lines end in the evidence, in bytes."""
        return self.block.offset + self.block.size

    def text(self, line: int) -> bytes:
        """Return a line without its ending."""
        return self.block.text[self.starts[line] : self.ends[line]]

    def line(self, line: int) -> Line:
        """Return a line as it stands in the evidence."""
        start, end = int(self.starts[line]), int(self.ends[line])
        length = end - start + 1
        if line == len(self.ends) - 1:  # the last line of a file may lack its ending
            length = self.block.size - start
        return Line(self.block.number + line, self.block.offset + start, length, self.text(line))


class FlatLook:
    """Decodes some fields of flat events."""

    def __init__(self, reading: Slots) -> None:
        self.slots = reading
        self.names = reading.names

    def read(self, span: Lines, lines: Iterable[int]) -> list[Any]:
        """Return the fields of these lines; None where a value is no common one."""
        told: list[Any] = []
        events = map(self.slots.decoder.decode, [span.text(line) for line in lines])
        while True:
            try:
                told.extend(events)
                return told
            except (ValueError, RecursionError):  # it goes on with the next
                told.append(None)

    def column(self, name: str, told: Iterable[Any]) -> list[object]:
        """Return the values of a field, None where an event lacks it; keywords as rules say."""
        column = self.slots.column(name, told)
        if name == KEYWORDS:
            return [hexadecimal(value) if type(value) is int else value for value in column]
        return column

    def keys(self, told: Iterable[Any]) -> Iterable[Key]:
        """Return provider, channel and event id of each event."""
        names = ("SourceName", "Provider_Name", "Channel", "EventID")
        sources, providers, channels, numbers = (self.slots.column(name, told) for name in names)
        if providers.count(None) < len(providers):
            sources = list(map(_provider, sources, providers))
        return zip(sources, channels, numbers, strict=True)


class FlatShape:
    """Flat events, as `Glance` looks at them."""

    stated = frozenset({"Channel", "Provider_Name", "EventID"})

    def look(self, names: frozenset[str]) -> FlatLook | None:
        """Return what decodes these fields; None where a name is not one that any log has."""
        reading = slots(names)
        return None if reading is None else FlatLook(reading)

    def layout(self, provider: object, event_id: object) -> Layout:
        """Return how such events are laid out."""
        return flat_layout({"SourceName": provider, "EventID": event_id})


class FlatGlance:
    """Looks at blocks of lines."""

    def __init__(self, wanted: Wanted) -> None:
        self.glance = Glance(FlatShape(), FlatLook(Slots(TOLD)), wanted)

    def found(self, block: Block) -> Iterator[Cells | Passed | Line | Block]:
        """Yield cells of the lines, and lines to be read whole; the block if all of them are."""
        first = cast(FlatLook, self.glance.first)
        lines = _lines(block)
        told = None if lines is None else _decoded(first.slots, lines)
        if lines is None or told is None:
            yield block
            return
        lines.keywords.extend(first.slots.column(KEYWORDS, told))
        odd = _odd(lines, first.slots, told)
        sizes = (lines.ends - lines.starts).tolist()
        yield from self.glance.cells(lines, sizes, told, odd)
        yield from map(lines.line, sorted(odd))


def _provider(source: object, provider: object) -> object:
    """Return the provider that is named in one way; what names nothing where it is in both."""
    if source is None:
        return provider
    return source if provider is None else ""


def _event(raw: bytes) -> dict[str, object]:
    """Return the object of a line; a thread has more room for what is nested as deep as can be."""
    try:
        return cast("dict[str, object]", decode(raw))
    except ValueError:
        with ThreadPoolExecutor(1) as thread:
            return cast("dict[str, object]", thread.submit(decode, raw).result())


def _lines(block: Block) -> Lines | None:
    """Return where the lines of a block are; None unless each begins and ends like an object."""
    text = np.frombuffer(block.text, np.uint8)
    starts = np.concatenate(([0], block.feeds + 1))
    ends = np.concatenate((block.feeds, [len(text)]))
    if not (ends > starts).all():
        return None
    tails = ends - 1
    tails -= text[tails] == CR
    if (text[starts] != OPEN).any() or (text[tails] != CLOSE).any():
        return None
    return Lines(block, starts, ends, [], Counter(), {})


def _decoded(reading: Slots, lines: Lines) -> list[Any] | None:
    """Return what was read of each line; None unless each holds one object.

    No object goes on in the next line, since between braces that close and open is a comma.
    """
    try:
        told = reading.decoder.decode_lines(lines.block.text)
    except (ValueError, RecursionError):
        return None
    return told if len(told) == len(lines.starts) else None


def _odd(lines: Lines, reading: Slots, told: Sequence[Any]) -> set[int]:
    """Return the lines that are to be read whole, whatever kind they are."""
    odd = set(np.flatnonzero(lines.ends - lines.starts >= LONG).tolist())
    data = reading.column("EventData", told)
    if data.count(None) < len(data):
        odd.update(n for n, value in enumerate(data) if type(value) is str)
    numbers = reading.column("EventID", told)
    if bool in set(map(type, numbers)):  # True is 1
        odd.update(n for n, value in enumerate(numbers) if type(value) is bool)
    if not _is_utf8(lines.block.text):
        odd.update(_undecodable(lines))
    return odd


def _is_utf8(text: bytes) -> bool:
    """Tell whether the bytes are UTF-8; Arrow sees it faster than Python."""
    ends = pa.py_buffer(np.array([0, len(text)], np.int32).tobytes())
    whole = pa.StringArray.from_buffers(1, ends, pa.py_buffer(text))
    try:
        whole.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _undecodable(lines: Lines) -> Iterator[int]:
    text = np.frombuffer(lines.block.text, np.uint8)
    beyond = np.searchsorted(lines.ends, np.flatnonzero(text > 127), "right")
    for line in np.unique(beyond).tolist():
        try:
            lines.text(line).decode()
        except UnicodeDecodeError:
            yield line
