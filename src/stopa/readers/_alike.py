"""Lines of names and values: those written like lines before them are taken apart in one step.

Why: a device writes the same names in the same order thousands of times. One pattern of the whole
line tells their values in a fraction of the time that finding pair after pair takes.
Trap: a pattern is used only where it cannot but find the same pairs: between them stands blank
space alone, each value is spelled as before, and no name stands there twice. Patterns cost time to
make, so few are made, and only for what was seen often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from stopa.readers._log_lines import DRAWN
from stopa.readers._rows import Names, Values

OFTEN = 32  # lines of one shape, from which on it gets a pattern
MOST = 24  # patterns of one log
LEARNT = 4_096  # characters of the longest line that a pattern is made of
WIDEST = 256  # names of a line that is remembered; no log writes more
ENTRIES, NAMES = 4_096, 2**16  # what is remembered of one log, and the names in all of it

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """What lines have in common: the names of their values, and by which group each was found.

    `noted` is for the reader, who keeps there what follows from it for a type of lines.
    """

    names: Names
    groups: tuple[int, ...]
    noted: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)


class Memo(dict[Key, Value]):
    """What was worked out for one log; all of it is forgotten when it gets too much."""

    names = 0

    def keep(self, key: Key, value: Value, names: int) -> None:
        """Remember what has so many names."""
        if len(self) >= ENTRIES or self.names + names > NAMES:
            self.clear()
            self.names = 0
        self[key] = value
        self.names += names


class Forms:
    """The forms of the lines of one log."""

    def __init__(self) -> None:
        self._known: Memo[tuple[Names, tuple[int, ...]], Form] = Memo()

    def form(self, names: Names, groups: tuple[int, ...]) -> Form:
        """Return the form of lines with these names; the same one again, as a rule."""
        known = self._known.get((names, groups))
        if known is None:
            known = Form(names, groups)
            if len(names) <= WIDEST:
                self._known.keep((names, groups), known, len(names))
        return known


class Alike:
    """Takes the lines of one log apart.

    `pair` finds a pair: its first group is the name, each other a spelling of the value. `like`
    gives for a pair the pattern, with one group, of all values that are spelled so: it fits no
    other value. Fields are looked for in the first `limit` characters. Those that take lines of one
    log apart share its `forms`.
    """

    def __init__(
        self,
        pair: re.Pattern[str],
        like: Callable[[re.Match[str]], str],
        *,
        most: int = MOST,
        limit: int = DRAWN,
        forms: Forms | None = None,
    ) -> None:
        self._pair = pair
        self._like = like
        self._most = most
        self._limit = limit
        self.shapes: list[tuple[Callable[[str], re.Match[str] | None], Form]] = []
        self._forms = forms or Forms()
        self._seen: Counter[int] = Counter()  # by hash: equal ones cost a pattern, no more

    def told(self, text: str) -> tuple[Form, Values]:
        """Return the names and the values of a line; of equal names the first counts."""
        shapes = self.shapes if len(text) <= self._limit else ()
        for place, (fullmatch, form) in enumerate(shapes):
            if found := fullmatch(text):
                if place:
                    self.shapes.insert(0, self.shapes.pop(place))
                return form, found.groups()
        pairs: dict[str, re.Match[str]] = {}
        for pair in self._pair.finditer(text, 0, self._limit):
            pairs.setdefault(pair[1], pair)
        form = self._forms.form(tuple(pairs), tuple(pair.lastindex or 0 for pair in pairs.values()))
        if len(self.shapes) < self._most and len(text) <= LEARNT:
            self._learn(form, pairs.values(), text)
        return form, tuple(pair[pair.lastindex or 0] for pair in pairs.values())

    def _learn(self, form: Form, pairs: Iterable[re.Match[str]], text: str) -> None:
        if len(form.names) > WIDEST:
            return
        if len(self._seen) > self._most * OFTEN:
            self._seen.clear()
        key = hash((*form.names, *map(self._like, pairs)))
        self._seen[key] += 1
        if self._seen[key] == OFTEN and (pattern := self._pattern(text)):
            self.shapes.insert(0, (re.compile(pattern).fullmatch, form))

    def _pattern(self, text: str) -> str | None:
        """Return how such lines are taken apart; None where that might find other pairs."""
        made, end = "", 0
        names: set[str] = set()
        for pair in self._pair.finditer(text):
            between = text[end : pair.start()]
            if not (between.isspace() if end else between == "") or pair[1] in names:
                return None
            made += f"{re.escape(between)}{re.escape(pair[1])}={self._like(pair)}"
            names.add(pair[1])
            end = pair.end()
        return made if end == len(text) else None
