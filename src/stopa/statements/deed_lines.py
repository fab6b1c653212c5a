"""The lines of the lexicon of deeds: which of them a verb in a sentence begins.

Spec: `lexicon/deeds.py`; a line is a verb, with the words that must follow it in that order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stopa.statements.lexicon import deeds as lexicon
from stopa.statements.lexicon.inflection import Form, forms
from stopa.statements.lexicon.verbs import BE, HAVE
from stopa.statements.view import View

GAP = 3  # tokens that may stand between the words of a line


@dataclass(frozen=True, slots=True)
class Line:
    """A verb of a kind of deed; `words` are the choices that must follow, `~` a gap."""

    kind: str
    verb: str
    words: tuple[frozenset[str], ...]


@cache
def struck_verbs() -> frozenset[str]:
    """Return the forms of all verbs that tell a deed, and not how those who were hit cope."""
    told = {
        word
        for word, known in deed_lines().items()
        if any(line.kind != "cope" for line, _ in known)
    }
    return frozenset(told) - BE - HAVE


@cache
def deed_lines() -> dict[str, tuple[tuple[Line, Form], ...]]:
    """Return the lines that each form of a verb can begin, those with most words first."""
    table: dict[str, list[tuple[Line, Form]]] = {}
    for kind, text in lexicon.KINDS.items():
        for line in text.strip().splitlines():
            first, *rest = line.split()
            words = tuple(frozenset(word.split("|")) for word in rest)
            for verb in first.split("|"):
                for word, form in _forms(verb).items():
                    table.setdefault(word, []).append((Line(kind, verb, words), form))
    order = {word: sorted(lines, key=lambda x: -len(x[0].words)) for word, lines in table.items()}
    return {word: tuple(lines) for word, lines in order.items()}


def _forms(verb: str) -> dict[str, Form]:
    return dict.fromkeys(BE, Form.PAST) if verb == "be" else forms(verb)


def follows(view: View, at: int, line: Line) -> int:
    """Return the token after the words that a line asks for, -1 where they do not follow."""
    if line.kind == "suffer" and not line.words:
        ahead = {view.low(i) for i in range(at + 1, at + 1 + lexicon.ATTACK_WITHIN)}
        return at + 1 if ahead & lexicon.NOUNS else -1
    if placed(line) and set(view.auxiliary(at)) & BE:
        before = {view.low(i) for i in range(at)}
        place = next((i for i in range(at + 1, at + 3) if view.low(i) in line.words[-1]), -1)
        return place + 1 if place > 0 and before & line.words[1] else -1
    scan, loose = at + 1, False
    for group in line.words:
        if group == {"~"}:
            loose = True
            continue
        reach = GAP + 9 * loose if loose or scan > at + 1 else 1
        place = next((i for i in range(scan, scan + reach) if view.low(i) in group), -1)
        if place < 0 and not loose:
            place = next((i for i in range(scan, scan + 2) if view.low(i) in group), -1)
        if place < 0:
            return -1
        scan, loose = place + 1, False
    named = any(group & lexicon.SUBJECTS for group in line.words)
    if named and any(view.low(i) in lexicon.SUBJECTS for i in range(at, scan)):
        ahead = {view.low(i) for i in range(scan, scan + lexicon.ATTACK_WITHIN)}
        return scan if ahead & lexicon.NOUNS else -1
    return at + 1 if {"~"} in line.words and not placed(line) else scan


def placed(line: Line) -> bool:
    """Whether the line ends in a preposition of place behind its object: `plant malware on`."""
    return {"~"} in line.words[:-1] and bool(line.words[-1] & {"on", "in", "against"})
