"""Who has the word in an interview, a transcript, or questions put to a spokesman.

Why: `A: We reject this` and `CLARK, HARBOUR MASTER: Ships waited` name the speaker once, before the
colon, for all that follows up to the next label. Who only asks states nothing.
Trap: `Summary:` is a heading and no speaker, so names count only where several take turns.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from stopa.statements.lexicon.roles import BODIES, OFFICES, PERSONS, TITLES
from stopa.statements.lexicon.wordlist import wordset

LABEL = re.compile(r"^[ \t]*(?P<label>[A-ZÀ-Þ][^\n:.!?\"“”]{0,120}?)\s?:[ \t]+(?=\S)", re.MULTILINE)
ASKING = wordset("q question questioner interviewer")
HOSTING = wordset("host presenter moderator anchor anchorman anchorwoman newsreader narrator")
# Who asks at a press conference and tells what others say in a broadcast.
JOURNALISTS = wordset("journalist reporter correspondent")
ANSWERING = wordset("a answer reply response")
PARTICLES = wordset("de der den van von al el la le bin ibn da di dos")
BEHIND = re.compile(r"^(?P<before>[^()]*?) ?\((?P<inside>[^()]+)\)$")  # `RAU (recording)`
OFFICE_LABEL = re.compile(
    r"The (?:[A-Z][a-z]+|of|for|and|the)(?: (?:[A-Z][a-z]+|of|for|and|the)){0,7}$"
)
FURTHER = re.compile(r"(?<=\)) ?\([^()]+\)$")  # `Rau (Tarn) (Lab)`: a seat, then a party
POSSESSED = re.compile("['’]s?$")
NAME_WORDS = 4
HEADING_WORDS = 6  # words behind a colon, without a full stop, that nobody says
LABELS = ASKING | ANSWERING | HOSTING | JOURNALISTS
NO_NAMES = wordset("the a an our") | LABELS | BODIES | PERSONS
OPENERS = wordset("the and but with madam madame mister thanks thank welcome dear so as for")
MOST = 60  # people who have the word in one text
ANSWERABLE = wordset("minister secretary")  # to a parliament
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
    marks = _publisher_asks(text, [_label(match) for match in LABEL.finditer(text)])
    asked = {mark.word for mark in marks} & (ASKING | HOSTING | JOURNALISTS)
    asked |= {mark.word for mark in marks if mark.asked}
    full = _full([mark.name for mark in marks if mark.name and not mark.heads], text)
    full |= {
        mark.name: mark.name for mark in marks if asked and mark.loud and mark.name not in full
    }
    if not asked and not _taking_turns(marks, full) and not _answered(marks):
        return []
    titled = {full[mark.name] for mark in marks if mark.name in full and mark.title}
    found = [
        _turn(mark, full.get(mark.name), len(text), asked=bool(asked), titled=titled)
        for mark in marks
        if mark.word in LABELS or mark.shouted or mark.asked or _speaks(mark, full)
    ]
    laid = [_until(turn, found, index) for index, turn in enumerate(found)]
    laid = [_putting(text, turn) for turn in laid]
    asking = _asking(text, laid) if not asked and not titled else frozenset()
    return [replace(turn, asks=turn.asks or turn.who in asking) for turn in laid]


@dataclass(frozen=True, slots=True)
class _Label:
    """What stands before a colon; `name` is empty unless it names a person.

    `shouted` is a body in capitals, `loud` a person in capitals, `heads` a heading with a colon.
    """

    start: int
    end: int
    word: str
    name: str
    title: str
    shouted: bool
    loud: bool
    heads: bool
    asked: bool


def _label(match: re.Match[str]) -> _Label:
    printed = match.group("label").strip()
    name, title = _named(printed)
    shouted = not name and printed.isupper() and len(printed.split()) > 1
    loud = bool(name) and printed.split()[0].isupper()
    line = match.string[match.end() :].split("\n", 1)[0].rstrip()
    heads = bool(name) and len(line.split()) <= HEADING_WORDS and line[-1:].isalnum()
    start, end = match.start(), match.end()
    asked = bool(name) and line.startswith("To ask ")  # a written question to a minister
    return _Label(start, end, printed.lower(), name, title, shouted, loud, heads, asked)


def _publisher_asks(text: str, marks: list[_Label]) -> list[_Label]:
    """Mark the turns of the publisher that the first line names, where most are questions."""
    first = text.lstrip().split("\n", 1)[0].strip().lower()
    own = [mark for mark in marks if mark.word == first and mark.start > len(first)]
    asks = sum(text[m.end :].split("\n", 1)[0].rstrip().endswith("?") for m in own[:MOST])
    if not own or asks * 2 < len(own[:MOST]):
        return marks
    return [replace(mark, name="", asked=True) if mark.word == first else mark for mark in marks]


def _speaks(mark: _Label, full: dict[str, str]) -> bool:
    return mark.name in full and not mark.heads


def _taking_turns(marks: list[_Label], full: dict[str, str]) -> bool:
    """Whether the labels are speakers: full names or bodies in capitals, and some of them twice."""
    taking = [full.get(m.name, m.word) for m in marks if m.shouted or " " in full.get(m.name, "")]
    return len(taking) >= LEAST_TURNS and len(set(taking)) not in {1, len(taking)}


def _answered(marks: list[_Label]) -> bool:
    """Whether a minister answers alone: `Minister for Ports (Deputy Ona Brisk): I propose to`."""
    return any(
        mark.word.endswith(")") and " " in mark.name and set(_words(mark.title)) & ANSWERABLE
        for mark in marks
    )


def _turn(mark: _Label, who: str | None, end: int, *, asked: bool, titled: set[str]) -> Turn:
    """Return a turn; a body that has the word in capitals is an outlet that asks."""
    addressed = bool(who) and who.split()[0].lower() in TITLES  # type: ignore[union-attr]
    colleague = bool(who) and not asked and bool(titled) and who not in titled and not addressed
    asks = mark.asked or mark.word in ASKING or (mark.shouted and mark.word not in ANSWERING)
    reports = colleague or mark.word in HOSTING | JOURNALISTS
    return Turn(mark.start, end, mark.end, who, mark.title, asks=asks, reports=reports)


def _putting(text: str, turn: Turn) -> Turn:
    """Tell a journalist who puts a question from one who tells what others said."""
    label = text[turn.start : turn.label].strip(" \t:").lower()
    asks = label in JOURNALISTS and text[: turn.end].rstrip().endswith("?")
    return replace(turn, asks=True, reports=False) if asks else turn


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
    label = FURTHER.sub("", label.strip())
    behind = BEHIND.match(label)
    if behind:
        inside = _named(behind.group("inside"))
        titled = set(_words(behind.group("before"))) & (OFFICES | PERSONS)
        if inside[0] and titled:
            return inside[0], behind.group("before")
        return _named(behind.group("before"))
    if OFFICE_LABEL.match(label) and set(_words(label)) & OFFICES:
        return label, ""
    name, _, title = label.strip().partition(",")
    words = name.split()
    offices = [i for i, word in enumerate(words) if word.lower().strip(".") in OFFICES]
    if offices and len(words) > offices[-1] + 1:
        name, title = " ".join(words[offices[-1] + 1 :]), " ".join(words[: offices[-1] + 1])
        words = name.split()
    low = set(_words(name))
    if not 1 <= len(words) <= NAME_WORDS or low & NO_NAMES:
        return "", ""
    if not all(word[:1].isupper() or word.lower() in PARTICLES for word in words):
        return "", ""
    return _cased(name), title.strip()


def _words(text: str) -> list[str]:
    return [word.strip(".,").lower() for word in text.split()]


def _cased(name: str) -> str:
    return name.title() if name.isupper() else name


def _full(names: list[str], text: str) -> dict[str, str]:
    """Return for each name the longest one that holds it: `OCAMPO` is `Rafael Ocampo`.

    A single name counts when the text gives it in full, or when it has the word twice.
    """
    found: dict[str, str] = {}
    for name in list(dict.fromkeys(names))[:MOST]:
        longest = max((n for n in names if n == name or n.endswith(f" {name}")), key=len)
        if " " not in longest:
            longest = _given(name, text) or longest
        if " " in longest or names.count(name) > 1:
            found[name] = longest
    return found


def _given(name: str, text: str) -> str | None:
    """Return the full name in the text for a single one: `Anna Rau` for `Rau`, or `Rau Mei`."""
    word = re.escape(name)
    before = re.search(rf"\b((?:[A-ZÀ-Þ][a-zà-ÿ'’-]+ ){{1,3}}){word}\b(?!:)", text)
    if before:
        given = before.group(1).split()
        while given and given[0].lower() in NO_NAMES | OFFICES | TITLES | OPENERS:
            given = given[1:]
        if given:
            return " ".join([*given, name])
    after = re.search(rf"\b{word} ([A-ZÀ-Þ][a-zà-ÿ'’-]+)\b(?!:)", text)
    if after is None or after.group(1).lower() in NO_NAMES | OFFICES:
        return None
    return f"{name} {POSSESSED.sub('', after.group(1))}"
