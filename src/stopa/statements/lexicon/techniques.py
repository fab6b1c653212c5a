"""How reports tell ATT&CK techniques in words, read from `techniques.toml`.

Trap: advice and denials use the same words: `look for web shells`, `no sign of phishing`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

# What a match need not hold as it stands: groups, classes, escapes, what may be left out.
OPTIONAL = re.compile(r"\([^()]*\)[?*+]?|\[[^\]]*\]|\\.|[^\0()]?[?*]|\{[^}]*\}")
LETTERS = re.compile(r"[a-z0-9 '-]{3,}")
FIRST_GROUP = re.compile(r"\(\?:([^()]*)\)(?![?*])")
ENOUGH = 7  # letters that are rare enough by themselves
LOOK_BACK = 120  # characters before a cue in which its sentence can say that it was not done
NOT_DONE = re.compile(
    r"\b(?:(?:no|any) (?:sign|evidence|indication|trace|proof)s? (?:of|that)|without|neither|nor|"
    r"should|must|could|might|would|recommend\w*|advis\w+|urge[sd]?|protect\w* (?:against|from)|"
    r"prevent\w*|defend\w* against|"
    r"beware|avoid|block\w*|look(?:ing)? for|hunt(?:ing)? for|check(?:ing)? for|train\w*|exercise|"
    r"simulat\w*|before(?= (?:ransomware|hackers|attackers))|back up|known for|famous for|"
    r"instead of|rather than|ruled out|denie[sd]|"
    r"(?:not|n't|never)(?= (?:\w+ ){0,3}$))\b[^.;\n]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """The words of one technique: patterns, each with letters without any of which it finds none.

    They count only where the sentence does not say otherwise.
    """

    told: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield each place at which the technique is told as done, in order."""
        low = _lowered(text)
        tried = (p for needed, p in self.told if any(letters in low for letters in needed))
        found = (match for pattern in tried for match in pattern.finditer(text))
        for match in sorted(found, key=lambda match: match.start()):
            before = text[max(0, match.start() - LOOK_BACK) : match.start()]
            if NOT_DONE.search(before) is None:
                yield match

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first place at which the technique is told as done."""
        return next(self.finditer(text), None)


@lru_cache(maxsize=1)
def _lowered(text: str) -> str:
    return text.lower()


def _needed(pattern: str) -> tuple[str, ...]:
    """Return letters of which each match of a pattern holds one, maybe none at all."""
    opened = FIRST_GROUP.match(pattern)
    own = _letters(pattern)
    choices = tuple(_letters(one) for one in opened.group(1).split("|")) if opened else ()
    return choices if len(own) < ENOUGH and choices and all(choices) else (own,)


def _letters(pattern: str) -> str:
    """Return the longest run of letters that each match of a pattern holds, maybe none."""
    while (bare := OPTIONAL.sub("\0", pattern)) != pattern:
        pattern = bare
    return max(LETTERS.findall(pattern), key=len, default="")


def _table() -> tuple[tuple[str, Cue], ...]:
    text = resources.files(__package__).joinpath("techniques.toml").read_text("utf-8")
    return tuple(
        (
            id_,
            Cue(tuple((_needed(one), re.compile(rf"\b(?:{one})", re.IGNORECASE)) for one in told)),
        )
        for id_, told in tomllib.loads(text).items()
    )


PROSE = _table()
