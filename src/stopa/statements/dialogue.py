"""Who has the word in an interview, a transcript, or questions put to a spokesman.

Why: `A: We reject this` and `CLARK, HARBOUR MASTER: Ships waited` name the speaker once, before the
colon, for all that follows up to the next label. Who only asks states nothing.
Trap: `Summary:` is a heading and no speaker, so names count only where several take turns.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from stopa.statements.lexicon.roles import BODIES, OFFICES, PERSONS
from stopa.statements.lexicon.wordlist import wordset

LABEL = re.compile(r"^[ \t]*(?P<label>[A-ZÀ-Þ][^\n:.!?\"“”]{0,70}?)\s?:[ \t]+(?=\S)", re.MULTILINE)
ASKING = wordset("q question questioner journalist reporter interviewer moderator host presenter")
ANSWERING = wordset("a answer reply response")
PARTICLES = wordset("de der den van von al el la le bin ibn da di dos")
NAME_WORDS = 4
LEAST_TURNS = 3  # labelled paragraphs of names that make a conversation


@dataclass(frozen=True, slots=True)
class Turn:
    """The characters [start, end) that somebody says; `label` is the characters before them.

    `who` is the name printed, None for the text's own issuer; `title` what follows the name.
    `asks` marks an interviewer, `reports` a correspondent, who tells what others say.
    """

    start: int
    end: int
    label: int
    who: str | None = None
    title: str = ""
    asks: bool = False
    reports: bool = False


def turns(text: str) -> list[Turn]:
    """Return the turns of a conversation in order; none where the text is no conversation."""
    marks = [(match, *_named(match.group("label"))) for match in LABEL.finditer(text)]
    asked = {m.group("label").strip().lower() for m, _, _ in marks} & ASKING
    names = [name for _, name, _ in marks if name]
    full = _full(names)
    taking = [full[name] for name in names if " " in full[name]]
    if not asked and (len(taking) < LEAST_TURNS or len(set(taking)) in {1, len(taking)}):
        return []
    titled = {full[name] for _, name, title in marks if name and title}
    found: list[Turn] = []
    for match, name, title in marks:
        word = match.group("label").strip().lower()
        if word not in ASKING | ANSWERING and " " not in full.get(name, ""):
            continue
        who = full.get(name)
        found.append(
            Turn(
                match.start(),
                len(text),
                match.end(),
                who,
                title,
                asks=word in ASKING,
                reports=bool(who) and not asked and bool(titled) and who not in titled,
            )
        )
    laid = [_until(turn, found, index) for index, turn in enumerate(found)]
    asking = _asking(text, laid) if not asked and not titled else frozenset()
    return [replace(turn, asks=turn.asks or turn.who in asking) for turn in laid]


def _asking(text: str, found: list[Turn]) -> frozenset[str]:
    """Return the names most of whose turns end in a question: where nobody has a title."""
    ends: dict[str, list[bool]] = {}
    for turn in found:
        if turn.who:
            ends.setdefault(turn.who, []).append(text[: turn.end].rstrip().endswith("?"))
    return frozenset(who for who, asks in ends.items() if sum(asks) * 2 > len(asks))


def turn_at(found: list[Turn], at: int) -> Turn | None:
    """Return who has the word at this character."""
    index = bisect_right(found, at, key=lambda turn: turn.start) - 1
    return found[index] if index >= 0 else None


def _until(turn: Turn, found: list[Turn], index: int) -> Turn:
    end = found[index + 1].start if index + 1 < len(found) else turn.end
    return Turn(turn.start, end, turn.label, turn.who, turn.title, turn.asks, turn.reports)


def _named(label: str) -> tuple[str, str]:
    """Return name and title of a label such as `JOAN CLARK, HARBOUR MASTER`; empty for others."""
    name, _, title = label.strip().partition(",")
    words = name.split()
    offices = [i for i, word in enumerate(words) if word.lower().strip(".") in OFFICES]
    if offices and len(words) > offices[-1] + 1:
        name, title = " ".join(words[offices[-1] + 1 :]), " ".join(words[: offices[-1] + 1])
        words = name.split()
    low = {word.lower() for word in words}
    if not 1 <= len(words) <= NAME_WORDS or low & (ASKING | ANSWERING | BODIES | PERSONS):
        return "", ""
    if not all(word[:1].isupper() or word.lower() in PARTICLES for word in words):
        return "", ""
    return _cased(name), title.strip()


def _cased(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 3 else name


def _full(names: list[str]) -> dict[str, str]:
    """Return for each name the longest one that ends with it: `OCAMPO` is `Rafael Ocampo`."""
    return {
        name: max((n for n in names if n == name or n.endswith(f" {name}")), key=len)
        for name in names
    }
