"""Fields drawn from the free text of messages, by tables of patterns kept as data.

Spec: https://docs.python.org/3/library/re.html#regular-expression-syntax
Why: what a program says is a few hundred sentences with gaps; a sentence is a line of a table.
Trap: messages are written by attackers too. A pattern has to match the message to its end, so that
a user called `x from 192.0.2.1` cannot pass for an address; it holds no loop in a loop, and only
the first `DRAWN` characters are looked at, so that no message takes long.
Why: most sentences do not fit a message; the words that one must hold are looked for before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from stopa.model.event import LogSource
from stopa.readers._log_lines import DRAWN
from stopa.readers._rows import Names, Values, fields_of

FIRST_WORD = re.compile(r"([A-Za-z][\w:-]*)(?= )")
IP = r"(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[\da-fA-F:]*:[\da-fA-F:]*:)[\da-fA-F:.]{2,45}(?:%\w{1,16})?)"

# A pattern in parts: an escape, a set, a repetition, or one character.
PART = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[\d,]*\}|.", re.DOTALL)
ENDING = "?*{}[]().+^$|"  # parts that are no text

NOTHING: tuple[tuple[()], tuple[()]] = ((), ())

Draw = Callable[[str], dict[str, object]]
# What it tells, words it holds, how it is matched, and the names of what it says.
Sentence = tuple[str, str, Callable[[str], "re.Match[str] | None"], Names]


@dataclass(frozen=True)
class Table:
    """What the messages of some programs look like, and which log source they are.

    `patterns` are names of what happened and sentences with named gaps. `prefix` is taken off a
    message before it is compared, `also` draws what sentences cannot (pairs of names and values).
    `aliases` are other names by which rules know the fields. `log_of` tells the log source by what
    was drawn, where a program writes several.
    """

    log: LogSource
    patterns: tuple[tuple[str, str], ...] = ()
    prefix: str = ""
    also: Draw | None = None
    aliases: tuple[tuple[str, str], ...] = ()
    log_of: Callable[[dict[str, object]], LogSource] | None = None

    def draw(self, message: str) -> dict[str, object]:
        """Return the fields of a message: `event`, which says what it tells, and its gaps."""
        return fields_of(*self.told(message))

    def told(self, message: str) -> tuple[Names, Values]:
        """Return the same as names and values: of equal names the later counts that has a value."""
        text = message[:DRAWN].strip()
        if self.prefix and (found := self._lead.match(text)):
            text = text[found.end() :]
        names, values = self._matched(text)
        if self.also is not None:
            more = self.also(text)
            return (*more, *names), (*more.values(), *values)
        return names, values

    def _matched(self, text: str) -> tuple[Names, Values]:
        for event, words, fullmatch, names in self._by_word.get(
            text.partition(" ")[0], self._loose
        ):
            if words in text and (found := fullmatch(text)):
                return names, (event, *said(found))
        return NOTHING

    @cached_property
    def _lead(self) -> re.Pattern[str]:
        return re.compile(self.prefix)

    @cached_property
    def _loose(self) -> list[Sentence]:
        """The patterns that do not begin with a whole word, for messages of any first word."""
        loose = (each for each in self.patterns if FIRST_WORD.match(each[1]) is None)
        return _compiled(loose)

    @cached_property
    def _by_word(self) -> dict[str, list[Sentence]]:
        """The patterns that a message may match, by its first word, in the order of the table."""
        firsts = [FIRST_WORD.match(pattern) for _, pattern in self.patterns]
        words = {first[1] for first in firsts if first}
        return {
            word: _compiled(
                each
                for each, first in zip(self.patterns, firsts, strict=True)
                if first is None or first[1] == word
            )
            for word in words
        }


def words_of(pattern: str) -> str:
    """Return the longest text that whatever matches a pattern must hold; empty if none is plain.

    Of equally long ones the last: sentences of a program differ less in how they begin.
    """
    runs, depth = [""], 0
    for part in PART.findall(pattern):
        depth += (part[0] == "(") - (part == ")")
        if not depth and part == "|":
            return ""
        if not depth and part[0] in "?*{":
            runs[-1] = runs[-1][:-1]
        if depth or part[0] in ENDING or (part[0] == "\\" and part[1].isalnum()) or len(part) > 2:
            runs.append("")
        else:
            runs[-1] += part[-1]
    return max(reversed(runs), key=len)


def said(found: re.Match[str]) -> Values:
    """Return what stands in the gaps of a pattern, None where nothing does."""
    values = found.groups()
    return tuple(value or None for value in values) if "" in values else values


def _compiled(patterns: Iterable[tuple[str, str]]) -> list[Sentence]:
    return [_sentence(event, pattern) for event, pattern in patterns]


def _sentence(event: str, pattern: str) -> Sentence:
    compiled = re.compile(pattern, re.DOTALL)
    return event, words_of(pattern), compiled.fullmatch, ("event", *gaps(compiled))


def gaps(pattern: re.Pattern[str]) -> Names:
    """Return the names of all gaps of a pattern, in their order."""
    assert len(pattern.groupindex) == pattern.groups, pattern.pattern  # noqa: S101
    return tuple(pattern.groupindex)
