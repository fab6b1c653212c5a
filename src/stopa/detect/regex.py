"""Regular expressions of rules, made safe: RE2 finds them in time linear in the value.

Spec: Sigma modifiers 2.1.0, "Regular Expression" (a subset of PCRE without look-around)
Why: the value is written by an attacker; a backtracking engine can be made to run for years.
Trap: in PCRE a dollar sign also stands before a final newline, and the class of blanks has the
vertical tab; in RE2 neither is so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, repeat
from typing import Any

import re2

from stopa.detect.defect import RuleDefectError
from stopa.detect.fold import fold

DEEPEST = 100  # groups within each other
LEVELS = {"(": 1, ")": -1}
LONGEST = 10_000  # characters; the longest in SigmaHQ's rules has 1,000
MEMORY = 4 * 2**20  # bytes that one expression may take when compiled
ALTERNATIVES = 64  # more needles than this say nothing
SPACE = r"\t\n\v\f\r "
RUN = re.compile(r"\.\{([0-9]+),\}")
END = r"(?:\n?\z)"
CLOSERS = ("", ")", "|")
QUANTIFIER = re.compile(r"(?:[?*+]|\{(?P<least>[0-9]+)(?:,[0-9]*)?\})\??")
CODED = re.compile(r"Q(?:.*?\\E|.*)|x\{[^}]*\}|x..|[pP](?:\{[^}]*\}|.)|[0-7]{1,3}|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class LongLine:
    """A line of so many characters: RE2 counts them in states, of which it has too few."""

    length: int

    def search(self, text: str) -> bool | None:
        """Return whether such a line is in the text, None if not."""
        return max(map(len, text.split("\n"))) >= self.length or None


@cache
def compiled(regex: str) -> Any:  # noqa: ANN401 (re2 ships no types)
    """Return RE2's program; its `search(text)` is None or a match. Raises `RuleDefectError`."""
    if run := RUN.fullmatch(regex):
        return LongLine(int(run[1]))
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True  # what a group matched is nobody's question, and costs time
    options.max_mem = MEMORY
    try:
        return re2.compile(regex, options)
    except (re2.error, UnicodeEncodeError) as error:
        said = error.args[0] if error.args else ""
        reason = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(error)
        raise RuleDefectError(f"regular expression that cannot be evaluated: {reason}") from None


def steps(regex: str) -> int:
    """Return how many instructions the program has: what a byte of a value can cost at most."""
    program = compiled(regex)
    return 1 if isinstance(program, LongLine) else int(program.programsize)


def translate(pattern: str, flags: str) -> str:
    """Return a PCRE pattern with flags out of `ims` in RE2's syntax; `compiled` checks it."""
    if len(pattern) > LONGEST:
        raise RuleDefectError(f"regular expression of {len(pattern)} characters (limit {LONGEST})")
    multiline = "m" in flags or _inline_flags(pattern, "m")
    pieces = _pieces(pattern, multiline=multiline)
    if max(accumulate(map(LEVELS.get, pieces, repeat(0))), default=0) > DEEPEST:
        raise RuleDefectError(f"regular expression with groups nested deeper than {DEEPEST}")
    regex = "".join(pieces)
    return f"(?{flags}){regex}" if flags else regex


def needles(pattern: str) -> tuple[str, ...]:
    """Return folded texts of which any value that the pattern is found in contains at least one.

    Empty where no such texts are known.
    """
    found = _Reader(pattern).alternatives()
    return tuple(sorted(found)) if found and len(found) <= ALTERNATIVES else ()


def _inline_flags(pattern: str, flag: str) -> bool:
    end = pattern.find(")")
    head = pattern[2:end] if pattern.startswith("(?") and end > 0 else ""
    return head.isalpha() and flag in head


def _pieces(pattern: str, *, multiline: bool) -> list[str]:
    pieces: list[str] = []
    at, size = 0, len(pattern)
    while at < size:
        char = pattern[at]
        if char == "\\":
            pieces.append(_escape(pattern[at : at + 2]))
            at += 2
        elif char == "[":
            end = _class_end(pattern, at)
            pieces.append(_class(pattern[at:end]))
            at = end
        else:
            at += 1
            pieces.append(_end(pattern, at) if char == "$" and not multiline else char)
    return pieces


def _escape(pair: str) -> str:
    return {"\\s": f"[{SPACE}]", "\\S": f"[^{SPACE}]", "\\Z": END}.get(pair, pair)


def _end(pattern: str, after: int) -> str:
    if pattern[after : after + 1] not in CLOSERS:
        raise RuleDefectError("regular expression with something after `$`")
    return END


def _class_end(pattern: str, start: int) -> int:
    at = start + 1
    if pattern[at : at + 1] == "^":
        at += 1
    if pattern[at : at + 1] == "]":
        at += 1
    while at < len(pattern) and pattern[at] != "]":
        if pattern[at] == "\\":
            at += 1
        elif pattern.startswith("[:", at) and (end := pattern.find(":]", at)) > 0:
            at = end + 1
        at += 1
    return at + 1


def _class(text: str) -> str:
    pieces = []
    at = 0
    while at < len(text):
        pair = text[at : at + 2]
        if pair == "\\S":
            raise RuleDefectError("regular expression with `\\S` inside brackets")
        step = 2 if pair.startswith("\\") else 1
        pieces.append(SPACE if pair == "\\s" else text[at : at + step])
        at += step
    return "".join(pieces)


class _Reader:
    """Reads a pattern for texts that it cannot do without. Anything unclear ends a text."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def alternatives(self) -> frozenset[str] | None:
        """Read up to the end or the closing bracket."""
        found = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            found.append(self.sequence())
        known = [f for f in found if f]
        return frozenset[str]().union(*known) if len(known) == len(found) else None

    def sequence(self) -> frozenset[str] | None:
        """Read one alternative; return the best choice of needles in it."""
        choices: list[frozenset[str]] = []
        run = ""
        while (char := self.peek()) not in CLOSERS:
            self.at += 1
            text, group = self.item(char)
            least, most = self.quantifier()
            if text and least == most == 1:
                run += text
                continue
            choices.append(frozenset({run + text if least else run}))
            run = ""
            if group and least:
                choices.append(group)
        choices.append(frozenset({run}))
        best = max(choices, key=lambda c: (min(map(len, c)), -len(c)))
        return best if min(map(len, best)) else None

    def item(self, char: str) -> tuple[str, frozenset[str] | None]:
        """Return the folded character that stands here, or the needles of a group."""
        if char == "(":
            return "", self.group()
        if char == "[":
            self.at = _class_end(self.pattern, self.at - 1)
            return "", None
        if char == "\\":
            return self.escape(), None
        return ("", None) if char in ".^$" else (fold(char), None)

    def escape(self) -> str:
        """Return the character that is escaped, empty for a class or anything unclear."""
        char = self.peek()
        if char and not char.isalnum():
            self.at += 1
            return fold(char)
        found = CODED.match(self.pattern, self.at)
        self.at = found.end() if found else self.at + 1
        return ""

    def group(self) -> frozenset[str] | None:
        """Read a group to its closing bracket; only plain groups have needles."""
        plain = True
        if self.peek() == "?":
            plain = self.pattern.startswith("?:", self.at)
            self.at += 2 if plain else 1
        found = self.alternatives()
        self.at += 1
        return found if plain else None

    def quantifier(self) -> tuple[int, int]:
        """Return how often the item may stand, at least and (1 or 2 for more) at most."""
        found = QUANTIFIER.match(self.pattern, self.at)
        if found is None:
            return 1, 1
        self.at = found.end()
        return (1 if found[0][0] == "+" or int(found["least"] or 0) else 0), 2

    def peek(self) -> str:
        """Return the next character, empty at the end."""
        return self.pattern[self.at : self.at + 1]
