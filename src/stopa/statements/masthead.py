"""What a report says about itself: title, outlet, byline, date and what the date rests on.

Trap: a date that is not printed is not guessed; a year that is not printed stays unknown (XXXX).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from stopa.model.document import DateBasis, Document, Masthead
from stopa.model.when import When
from stopa.statements.cues import verb_forms
from stopa.statements.dateline import dateline
from stopa.statements.dates import Dated, dates
from stopa.statements.language import language
from stopa.statements.lexicon.inflection import Form
from stopa.statements.lexicon.roles import BODIES
from stopa.statements.lexicon.struck import HITTING
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.markings import marking
from stopa.statements.sentences import HANDLE, Kind, Sentence

HEAD_LINES = 6
YEAR = re.compile(r"(?<=\()(?:19|20)\d\d(?=\))")
WEEKDAYS = wordset("monday tuesday wednesday thursday friday saturday sunday")
TOWN_WORDS = 3  # of a town before the date
NAME_LINE = 5  # words of a first line that names who publishes
CAPITALISED = r"[A-ZÀ-Þ0-9][\w&.'’/-]*"
FIRST_LINE = re.compile(
    rf"^\W{{0,4}}{CAPITALISED}(?: (?:(?:of|the|for|and|de|du|la|le|di|on|&) ){{0,2}}{CAPITALISED})*"
    r"\W{0,4}$"
)
HANDLE_WITHIN = 3  # lines at the head of a post that hold its account
TRIMMED = re.compile(r"^[^\w]+|[^\w)]+$")
BYLINE = re.compile(r"^(?:[Bb]y|BY) (?P<who>[A-ZÀ-Þ][^\n]{2,80})$")
SEPARATOR = re.compile(r"\s*(?:\||//|·|•|—|–|,)\s*|\s+[/-]\s+")
TEAM = re.compile(
    r"^(?:[Bb]y|BY) (?:the )?(?P<who>[A-ZÀ-Þ0-9][\w&.'’-]*(?: (?:& )?[A-ZÀ-Þ0-9][\w&.'’-]*){0,4})"
    r"(?: (?:threat|security|cyber|malware|incident|intelligence|research|response|analysis))*"
    r" (?:teams?|staff|researchers|analysts|unit|group|labs?)$"
)
BODIES_FIRST = wordset(
    "embassy ministry permanent delegation government office department mission consulate agency"
)
LONG_NAME = 18  # words of the name of an embassy or a ministry
DATED_LINE = 14  # words of a line that dates the text
UPSTREAM = re.compile(
    r"(?:as (?:first )?reported by|first reported by|quoted by|citing|[Ss]ource:|via) (?:the )?"
    r"(?P<who>[A-ZÀ-Þ][\w&.-]*(?: [A-ZÀ-Þ][\w&.-]*){0,4})"
    r"|\b[Aa]s (?:the )?(?P<outlet>[A-ZÀ-Þ][\w&.-]*(?: [A-ZÀ-Þ][\w&.-]*){0,4})"
    r" (?:has |had |first ){0,2}reported\b",
)
OUTLET_WORDS = wordset(
    """herald times post news wire newswire agency channel network daily tribune gazette chronicle
    observer guardian telegraph journal press review report reporter courier kurier mail mirror
    sun star
    standard bulletin dispatch register echo monitor today weekly magazine radio television tv
    broadcasting online zeitung presse nachrichten lantern labs lab research security council
    committee ministry department office agency centre center commission government house
    association federation forum union service institute parliament senate bureau embassy cert
    csirt directorate police constabulary court university hospital hospitals bank"""
)
KIND_WORDS = wordset(
    """statement communique communiqué advisory alert finding findings note report resolution
    declaration bulletin release brief briefing notice warning memo remarks
    commentary comments answers"""
)
ISSUED = re.compile(
    r"^(?:[A-Z][a-z]+ )?(?:[Ss]tatement|[Dd]eclaration|[Cc]ommuniqué|[Pp]ress release|[Nn]ote) "
    r"(?:by|of|from) (?P<who>(?:the )?[A-ZÀ-Þ][^,;:.\n]{2,90}?)"
    r"(?: (?:on|about|concerning|regarding|after|following|in) [^\n]*)?$"
)
LABELS = re.compile(
    r"^(?:published|updated|posted|date|original release date|adopted|agreed|released|issued)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Head:
    """The lines before the body; `end` is the character where the body begins."""

    masthead: Masthead
    end: int
    kind: str = ""


def head(document: Document, sentences: list[Sentence]) -> Head:
    """Read the masthead of a document."""
    text = document.text
    lines = _lines(text, sentences)
    body = lines[-1][1] if lines else 0
    title = document.title or _title(lines)
    outlet, used = _outlet(text, lines, body, title)
    if title == used and len(lines) > 1:
        title = _title([line for line in lines if line[2] != used]) or title
    dated, basis = _date(text, lines, body)
    byline = next((m.group("who") for _, _, line in lines if (m := BYLINE.match(line))), None)
    found = UPSTREAM.search(text[:20000])
    return Head(
        Masthead(
            title=title,
            outlet=outlet,
            byline=byline,
            date=When(dated.edtf) if dated and dated.full else None,
            date_basis=basis,
            upstream=found.group("who") or found.group("outlet") if found else None,
            language=language(text),
            date_without_year=dated.edtf[5:] if dated and not dated.full else None,
        ),
        body,
        _kind(lines),
    )


def _lines(text: str, sentences: list[Sentence]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for sentence in sentences[:HEAD_LINES]:
        line = text[sentence.start : sentence.end]
        if not found and marking(line):
            continue
        short = sentence.kind is Kind.HEADING or (len(line) <= 90 and not line.endswith("."))
        if not short and not (not found and len(line) <= 160 and not line.endswith(".")):
            break
        posted = sentence.kind is Kind.SENTENCE and any(HANDLE.search(head[2]) for head in found)
        opens = sentence.kind is Kind.ITEM or line.endswith(":")
        if found and (line[:1].islower() or posted or opens):
            break
        if re.match(r"^(?:[A-Z0-9]{1,2}\.|Summary|SUMMARY|KEY POINTS|Key points)(?:\s|$)", line):
            break
        found.append((sentence.start, sentence.end, line))
    return found


def _title(lines: list[tuple[int, int, str]]) -> str | None:
    texts = [line for _, _, line in lines if not dates(line, None) or len(line.split()) > 7]
    return max(texts[:4], key=lambda line: len(line.split()), default=None)


def _outlet(
    text: str, lines: list[tuple[int, int, str]], body: int, title: str | None
) -> tuple[str | None, str | None]:
    """Return the outlet as printed, and the line it was taken from."""
    account = _account(lines)
    if account is not None:
        return account
    written = dateline(text[body : body + 200].lstrip()) or dateline(text[:200])
    if written:
        return written.outlet, None
    issued = next((m for _, _, line in lines if (m := ISSUED.match(line))), None)
    if issued:
        return issued.group("who").removeprefix("the "), None
    team = next((m for _, _, line in lines if (m := TEAM.match(line))), None)
    if team:
        return team.group("who"), team.group()
    for _, _, line in lines:
        first = re.sub(r"\s*\([^)]*\)$", "", SEPARATOR.split(line)[0].strip())
        if ":" in first and " " in first.split(":")[0]:
            first = first.split(":")[0]
        if BYLINE.match(line) or LABELS.match(line) or ":" in first:
            continue
        if _names_outlet(line, first, lines[0][2]):
            return first, line
    found = _first_line(lines)
    return found if found[0] else _above_date(lines)


def _names_outlet(line: str, first: str, top: str) -> bool:
    """Whether the words at the head of a line are who publishes; `top` is the first line."""
    words = [word.strip(".,").lower() for word in first.split()]
    longest = LONG_NAME if words[:1] and words[0] in BODIES_FIRST else 9
    if not 1 <= len(words) <= longest or words[0] in KIND_WORDS:
        return False
    if set(words) & KIND_WORDS - {"report", "note"} or _tells(words):
        return False
    named = bool(set(words) & OUTLET_WORDS)
    named = named or (_masthead_line(line) and not _when_or_where(line, words, top))
    return named and all(
        w[:1].isupper() or w in {"of", "the", "for", "and", "on", "&", "in"} for w in first.split()
    )


def _when_or_where(line: str, words: list[str], top: str) -> bool:
    """Tell `Saturday, 10 June`, and `Mombasa, 6 July` below the name of a body."""
    body = line != top and bool({word.lower() for word in top.split()} & BODIES)
    town = body and len(words) <= TOWN_WORDS and len(top.split()) <= NAME_LINE
    return words[0] in WEEKDAYS or (town and "|" not in line)


def _tells(words: list[str]) -> bool:
    """Whether a verb is among the words: a headline in capitals, and not a name."""
    if len(words) <= NAME_LINE or words[0] in BODIES_FIRST:
        return False
    return any(w in HITTING or verb_forms().get(w) in {Form.THIRD, Form.EITHER} for w in words[1:])


def _account(lines: list[tuple[int, int, str]]) -> tuple[str, str] | None:
    """Return whose post it is: the name beside or above `@account`."""
    for index, (_, _, line) in enumerate(lines[:HANDLE_WITHIN]):
        match = HANDLE.search(line)
        if match is None:
            continue
        beside = TRIMMED.sub("", line[: match.start()])
        name = beside or (TRIMMED.sub("", lines[index - 1][2]) if index else "")
        return name or match.group("name"), line
    return None


def _first_line(lines: list[tuple[int, int, str]]) -> tuple[str | None, str | None]:
    """Return a short first line as the name of who publishes: a title or a date stands below."""
    if len(lines) < 2:
        return None, None
    line, below = lines[0][2], lines[1][2]
    first = TRIMMED.sub("", SEPARATOR.split(line)[0])
    words = [word.strip(".,").lower() for word in first.split()]
    known = FIRST_LINE.match(first) and 1 <= len(words) <= NAME_LINE and not dates(first, None)
    if not known or set(words) & (KIND_WORDS - {"bulletin", "bulletins"}) or words[-1].isdigit():
        return None, None
    if len(words) == 1 and not first.isupper():
        return None, None
    kind = {word.lower() for word in below.split()} & KIND_WORDS  # `PRESS STATEMENT`
    if len(below.split()) <= len(words) and not kind and not dates(below, None):
        return None, None
    return first, line


def _above_date(lines: list[tuple[int, int, str]]) -> tuple[str | None, str | None]:
    """Return the one word between a title and a date: the name of a magazine."""
    for (_, _, line), (_, _, below) in pairwise(lines[1:]):
        word = FIRST_LINE.match(line) and len(line.split()) == 1 and not dates(line, None)
        if word and dates(below, None) and line.lower() not in KIND_WORDS | {"home", "news"}:
            return line.strip(), line
    return None, None


def _masthead_line(line: str) -> bool:
    return bool(re.search(r"\||//", line)) or (bool(dates(line, None)) and "," in line)


def _date(
    text: str, lines: list[tuple[int, int, str]], body: int
) -> tuple[Dated | None, DateBasis]:
    written = dateline(text[body : body + 200].lstrip()) or dateline(text[:200])
    if written and written.date:
        found = dates(written.date, None)
        if found:
            return found[0], DateBasis.SOURCE_LINE
    for _, _, line in lines:
        found = [d for d in dates(line, None) if d.day]
        rest = len(line.split())
        if found and (rest <= DATED_LINE or LABELS.match(line)):
            return _with_year(found[0], line), DateBasis.PRINTED
    return None, DateBasis.NONE


def _with_year(dated: Dated, line: str) -> Dated:
    """Give a day the one year printed beside it: `March 31, Year 114 (2025)`."""
    years = YEAR.findall(line)
    if dated.full or len(years) != 1:
        return dated
    return replace(dated, edtf=f"{years[0]}{dated.edtf[4:]}")


def _kind(lines: list[tuple[int, int, str]]) -> str:
    words = {w.strip(".,:").lower() for _, _, line in lines for w in line.split()}
    return next(iter(sorted(words & KIND_WORDS)), "")
