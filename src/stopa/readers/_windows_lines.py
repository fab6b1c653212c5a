"""Windows events as flat JSON, an object a line, of which only what rules ask is decoded.

Why: rules ask five fields of an event of forty. The first look at a block of lines decodes what
tells the kind of each, and the fields that were asked for most so far, so that few kinds need a
second look. Which kinds those are shows in no result.
Trap: a line is left to the reader of whole events unless all is as expected: an object a line, its
kind told by text, and in one way only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from stopa.model.event import HOST
from stopa.readers._flatten import with_parents
from stopa.readers._json_value import decode
from stopa.readers._layout import Layout, needed
from stopa.readers._lines import Block, Line
from stopa.readers._reader import Kind, Wanted
from stopa.readers._rows import Cells, Row
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

    Numbers = NDArray[np.int64]

TOLD = ("Channel", "SourceName", "Provider_Name", "EventID", "EventData")
KEYWORDS = "Keywords"
STATED = frozenset({"Channel", "Provider_Name", "EventID"})  # the envelope answers for them
WIDEST = 40  # fields that the first look decodes
KINDS = 10_000  # kinds remembered: a hostile log may have as many as events
LONG = 40_000  # bytes of a line that may hold more fields than any log has
NOTHING = ("", "-")

LF, CR, OPEN, CLOSE = b"\n\r{}"
Key = tuple[object, ...]


class Lines(NamedTuple):
    """Lines of a block, an object each: where each begins and ends in its text."""

    block: Block
    starts: Numbers
    ends: Numbers
    keywords: list[object]

    def raw(self, line: int) -> bytes:
        """Return an event as JSON writes it, and its keywords as rules do."""
        return with_keywords(self.text(line), self.keywords[line])

    def row(self, line: int) -> Row:
        """Return an event with all its fields."""
        _, offset, length, raw = self.line(line)
        event, raw = as_rules_say(_event(raw), raw)
        number = self.block.number + line
        return Row(event, flat_layout(event), offset, length, number, record_number(event), raw)

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


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the events of a kind: the fields to read, and what reads just them."""

    kind: Kind
    layout: Layout
    fields: frozenset[str]
    slots: Slots


class Glance:
    """Reads blocks of lines; remembers kinds and what was asked of them."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.first = Slots((*TOLD, KEYWORDS))
        self.known: dict[Key, Known | None] = {}
        self.asked: Counter[frozenset[str]] = Counter()

    def found(self, block: Block) -> Iterator[Cells | Line | Block]:
        """Yield cells of the lines, and lines to be read whole; the block if all of them are."""
        lines = _lines(block)
        told = None if lines is None else _decoded(self.first, lines)
        if lines is None or told is None:
            yield block
            return
        lines.keywords.extend(self.first.column(KEYWORDS, told))
        odd = _odd(lines, self.first, told)
        for key, places in self._kinds(told, odd).items():
            known = self._kind(key)
            if known is None:
                odd.update(places)
            else:
                yield self._cells(known, lines, places, [told[n] for n in places])
        yield from map(lines.line, sorted(odd))
        self._learn()

    def _kinds(self, told: Sequence[Any], odd: set[int]) -> dict[Key, list[int]]:
        """Return the places of each kind of event; add to the odd what cannot be told."""
        kinds: dict[Key, list[int]] = {}
        for place, key in enumerate(map(self.first.key(TOLD[:4]), told)):
            if place in odd:
                continue
            try:
                kinds[key].append(place)
            except KeyError:
                kinds[key] = [place]
            except TypeError:  # an object or a list where a name should be
                odd.add(place)
        return kinds

    def _kind(self, key: Key) -> Known | None:
        if key not in self.known:
            if len(self.known) >= KINDS:
                self.known.clear()
            self.known[key] = self._told(*key)
        return self.known[key]

    def _told(
        self, channel: object, source: object, provider: object, number: object
    ) -> Known | None:
        """Return what is known of a kind; None unless it is told by text, the provider once."""
        names = [provider if source is None else source, channel]
        if (source is not None and provider is not None) or not all(map(_is_name, names)):
            return None
        if type(number) is not int and (number is None or not _is_name(number)):
            return None
        layout = flat_layout({"SourceName": source, "EventID": number})
        kind = Kind(layout.log, names[0], names[1], str(number))  # type: ignore[arg-type]
        fields = self.wanted.fields(kind) - STATED
        reading = slots(with_parents(needed(fields, layout, (HOST,))) - STATED)
        return None if reading is None else Known(kind, layout, fields, reading)

    def _cells(self, known: Known, lines: Lines, places: list[int], told: Sequence[Any]) -> Cells:
        reading = self.first
        self.asked[known.slots.names] += len(places)
        if not known.slots.names <= self.first.names:
            reading = known.slots
            told = list(map(reading.decoder.decode, map(lines.text, places)))
        columns = {}
        for name in sorted(known.slots.names):
            column = reading.column(name, told)
            if column.count(None) < len(column):
                columns[name] = _as_rules_say(column) if name == KEYWORDS else column
        numbers = np.array(places, np.int64)
        size = int((lines.ends[numbers] - lines.starts[numbers]).sum())
        return Cells(known.kind, known.layout, known.fields, columns, lines, numbers, size)

    def _learn(self) -> None:
        """Let the first look decode what was asked for most."""
        names = frozenset((*TOLD, KEYWORDS))
        for asked, _ in self.asked.most_common():
            if len(names | asked) <= WIDEST:
                names |= asked
        if names != self.first.names:
            self.first = Slots(names)


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
    feeds = np.flatnonzero(text == LF)
    starts = np.concatenate(([0], feeds + 1))
    ends = np.concatenate((feeds, [len(text)]))
    if not (ends > starts).all():
        return None
    tails = ends - 1
    tails -= text[tails] == CR
    if (text[starts] != OPEN).any() or (text[tails] != CLOSE).any():
        return None
    return Lines(block, starts, ends, [])


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
    if not lines.block.text.isascii():
        odd.update(_undecodable(lines))
    return odd


def _undecodable(lines: Lines) -> Iterator[int]:
    text = np.frombuffer(lines.block.text, np.uint8)
    beyond = np.searchsorted(lines.ends, np.flatnonzero(text > 127), "right")
    for line in np.unique(beyond).tolist():
        try:
            lines.text(line).decode()
        except UnicodeDecodeError:
            yield line


def _is_name(told: object) -> bool:
    """Tell whether this names something, or is not there at all."""
    if told is None:
        return True
    return type(told) is str and told not in NOTHING and told.isprintable()


def _as_rules_say(column: list[object]) -> list[object]:
    return [hexadecimal(value) if type(value) is int else value for value in column]
