"""Events of which only what rules ask is decoded, kind by kind.

Why: rules ask five fields of an event of forty. The first look at some events decodes what tells
the kind of each, and the fields that were asked for most so far, so that few kinds need a second
look. Which kinds those are shows in no result.
Trap: an event is left to the reader of whole events unless its kind is told by text that names
something.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from stopa.model.event import HOST, Search
from stopa.readers._flatten import with_parents
from stopa.readers._layout import Layout, needed
from stopa.readers._reader import Kind, Passed, Wanted
from stopa.readers._rows import Cells, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

WIDEST = 40  # fields that the first look decodes
ENOUGH, WORTH = 500, 2  # events looked through before seeking must pass over one of so many
KINDS = 10_000  # kinds remembered: a hostile log may have as many as events
NO_NAMES = ("", "-")

Key = tuple[object, ...]


class Look(Protocol):
    """Decodes these fields of events; what it made of each is known to itself alone."""

    names: frozenset[str]

    def read(self, span: Any, lines: Iterable[int]) -> list[Any]:  # noqa: ANN401
        """Return what it makes of each event; None for one that is not as expected."""

    def column(self, name: str, told: Iterable[Any]) -> list[object]:
        """Return the values of a field, None where an event lacks it."""

    def keys(self, told: Iterable[Any]) -> Iterable[Key]:
        """Return what tells the kind of each event: provider, channel and event id."""


class Shape(Protocol):
    """How the events of a format are looked at. The envelope answers for the `stated` fields."""

    stated: frozenset[str]

    def look(self, names: frozenset[str]) -> Look | None:
        """Return what decodes these fields; None where they are not to be had so."""

    def layout(self, provider: object, event_id: object) -> Layout:
        """Return how such events are laid out."""


@dataclass(slots=True)
class Known:
    """What is known of the events of a kind: the fields asked for, and what decodes them.

    Those are `sought` first of which anything will be asked, as long as that passes many over:
    `looked` and `kept` count events.
    """

    kind: Kind
    layout: Layout
    fields: frozenset[str]
    look: Look
    sought: Search | None
    looked: int = 0
    kept: int = 0

    def worth(self, span: Span, lines: Numbers) -> Numbers:
        """Return the events of a span that are worth decoding, given by number."""
        if self.sought is None or (self.looked >= ENOUGH and self.kept * WORTH > self.looked):
            return lines
        kept = lines[span.containing(self.sought, lines)]
        self.looked += len(lines)
        self.kept += len(kept)
        return kept


class Glance:
    """Looks at events some at a time; remembers kinds, and what was asked of them."""

    def __init__(self, shape: Shape, first: Look, wanted: Wanted) -> None:
        self.shape = shape
        self.first = first
        self.told = first.names
        self.wanted = wanted
        self.known: dict[Key, Known | None] = {}
        self.asked: Counter[frozenset[str]] = Counter()

    def cells(
        self, span: Span, sizes: Sequence[int], told: Sequence[Any], odd: set[int]
    ) -> Iterator[Cells | Passed]:
        """Yield the events of a span, save the odd; what cannot be told of is added to them.

        `sizes` are the events' lengths in bytes, `told` what the first look made of them.
        """
        lengths, passed, size = np.array(sizes), 0, 0
        for key, numbers in self._kinds(told, odd).items():
            known = self._kind(key)
            if known is None:
                odd.update(numbers)
                continue
            every = np.array(numbers, np.int64)
            lines = known.worth(span, every)
            if len(lines) < len(every):
                passed += len(every) - len(lines)
                size += int(lengths[every].sum() - lengths[lines].sum())
            if len(lines):
                made = self._cells(known, span, lines, told, odd)
                yield made._replace(size=int(lengths[made.lines].sum()))
        if passed:
            yield Passed(passed, size, span.reached)
        self._learn()

    def _cells(
        self, known: Known, span: Span, lines: Numbers, told: Sequence[Any], odd: set[int]
    ) -> Cells:
        """Return events of a kind as decoded; add to the odd those that the look cannot tell of."""
        names = known.look.names
        self.asked[names] += len(lines)
        numbers = lines.tolist()
        if names <= self.first.names:
            look, read = self.first, [told[n] for n in numbers]
        else:
            look, read = known.look, known.look.read(span, numbers)
        if None in read:
            odd.update(n for n, one in zip(numbers, read, strict=True) if one is None)
            lines = np.array([n for n in numbers if n not in odd], np.int64)
            read = [one for one in read if one is not None]
        columns = {name: look.column(name, read) for name in sorted(names)}
        columns = {n: made for n, made in columns.items() if made.count(None) < len(made)}
        return Cells(known.kind, known.layout, known.fields, columns, span, lines, 0)

    def _kinds(self, told: Sequence[Any], odd: set[int]) -> dict[Key, list[int]]:
        """Return the events of each kind by number; add to the odd what cannot be told."""
        kinds: dict[Key, list[int]] = {}
        lines = [n for n in range(len(told)) if n not in odd] if odd else range(len(told))
        sound = [told[n] for n in lines] if odd else told
        for line, key in zip(lines, self.first.keys(sound), strict=True):
            try:
                kinds[key].append(line)
            except KeyError:
                kinds[key] = [line]
            except TypeError:  # an object or a list where a name should be
                odd.add(line)
        return kinds

    def _kind(self, key: Key) -> Known | None:
        if key not in self.known:
            if len(self.known) >= KINDS:
                self.known.clear()
            self.known[key] = self._told(*key)
        return self.known[key]

    def _told(self, provider: object, channel: object, event_id: object) -> Known | None:
        """Return what is known of a kind; None unless it is told by text."""
        number = str(event_id) if type(event_id) is int else event_id
        if not (_is_name(provider) and _is_name(channel) and _is_name(number)) or number is None:
            return None
        layout = self.shape.layout(provider, event_id)
        kind = Kind(layout.log, provider, channel, number)  # type: ignore[arg-type]
        fields = self.wanted.fields(kind) - self.shape.stated
        names = with_parents(needed(fields, layout, (HOST,))) - self.shape.stated
        look = self.shape.look(names)
        return None if look is None else Known(kind, layout, fields, look, self.wanted.sought(kind))

    def _learn(self) -> None:
        """Let the first look decode what was asked for most."""
        names = self.told
        for asked, _ in self.asked.most_common():
            if len(names | asked) <= WIDEST:
                names |= asked
        if names != self.first.names and (look := self.shape.look(names)) is not None:
            self.first = look


def _is_name(told: object) -> bool:
    """Tell whether this names something, or is not there at all."""
    if told is None:
        return True
    return type(told) is str and told not in NO_NAMES and told.isprintable()
