"""Lines of names and values: those written like lines before them are taken apart in one step.

Why: a device writes the same names in the same order thousands of times. One pattern of the whole
line tells their values in a fraction of the time that finding pair after pair takes.
Trap: a pattern is used only where it cannot but find the same pairs: between them stands blank
space alone, each value is quoted or bare as before, and no name stands there twice. Patterns cost
time to make, so few are made, and only for what was seen often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable

from stopa.readers._log_lines import DRAWN, pairs
from stopa.readers._rows import Names, Values

OFTEN = 32  # lines of one shape, from which on it gets a pattern
MOST = 24  # patterns of one log

Shape = tuple[Callable[[str], "re.Match[str] | None"], Names]


class Alike:
    """Takes the lines of one log apart.

    `pair` finds a pair: its first group is the name, the second a value in quotation marks, the
    third a bare one, which ends at blank space or a quotation mark. `quoted` is how a value in
    quotation marks is found, `plain` one without a backslash, `bare` the other.
    """

    def __init__(self, pair: re.Pattern[str], *, quoted: str, plain: str, bare: str) -> None:
        self._pair = pair
        self._quoted = quoted
        self._plain = plain
        self._bare = bare
        self.shapes: list[Shape] = []
        self._seen: Counter[Hashable] = Counter()

    def told(self, text: str) -> tuple[Names, Values]:
        """Return names and values of a line one by one; of equal names the first counts."""
        for place, (fullmatch, names) in enumerate(self.shapes):
            if found := fullmatch(text):
                if place:
                    self.shapes.insert(0, self.shapes.pop(place))
                return names, found.groups()
        fields = pairs(self._pair, text)
        if len(self.shapes) < MOST and len(text) <= DRAWN:
            self._learn(fields, text)
        return tuple(fields), tuple(fields.values())

    def _learn(self, fields: dict[str, object], text: str) -> None:
        if len(self._seen) > MOST * OFTEN:
            self._seen.clear()
        escaped = [name for name, value in fields.items() if "\\" in str(value)]
        key = (*fields, None, *escaped)
        self._seen[key] += 1
        if self._seen[key] == OFTEN and (shape := self._shape(text)):
            self.shapes.insert(0, shape)

    def _shape(self, text: str) -> Shape | None:
        """Return how such lines are taken apart; None where that might find other pairs."""
        made, end = "", 0
        names: list[str] = []
        for match in self._pair.finditer(text):
            between = text[end : match.start()]
            if not (between.isspace() if end else between == "") or match[1] in names:
                return None
            made += f"{re.escape(between)}{match[1]}={self._value(match)}"
            names.append(match[1])
            end = match.end()
        return (re.compile(made).fullmatch, tuple(names)) if end == len(text) else None

    def _value(self, match: re.Match[str]) -> str:
        if match[2] is None:
            return self._bare
        return self._quoted if "\\" in match[2] else self._plain
