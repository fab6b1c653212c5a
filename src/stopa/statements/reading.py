"""Everything that is read out of one document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from stopa.knowledge import places
from stopa.model.document import Document, Piece
from stopa.model.evidence import Problem
from stopa.model.statement import Reading
from stopa.statements.credited import credited
from stopa.statements.dateline import dateline
from stopa.statements.dates import anchor_of
from stopa.statements.dialogue import Turn, turn_at, turns
from stopa.statements.facts import FactFinder
from stopa.statements.gazetteer import Gazetteer, country_code, gazetteer
from stopa.statements.indicators import indicators
from stopa.statements.issuer import Issuer, issuer
from stopa.statements.markings import marking
from stopa.statements.masthead import Head, head
from stopa.statements.mentions import Matcher, matcher, mentions
from stopa.statements.names import Names
from stopa.statements.parties import Discourse
from stopa.statements.quotations import Quote, quotations
from stopa.statements.sentences import Sentence, sentences
from stopa.statements.statements_of import Finder
from stopa.statements.states import with_states
from stopa.statements.techniques import TEXT_LIMIT
from stopa.statements.view import view

READ = frozenset({"en", None})
PROSE_LIMIT = 400_000  # characters; far more than any report, and less than a minute of work
STAMP = re.compile(
    r"\s*(?:\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?(?: ?[-–—:|])?|\(?\d{1,2}/\d{0,2}\)?)"
    r"\s+(?=[\"“A-ZÀ-Þ])"
)
PIECE = 20_000  # characters of a piece beyond which it is divided
HEAD = 200  # characters shown of a text that is not read, and looked at of a line
HEAD_PARTS = 12  # sentences and lines in which a report says from where it is written
_TABLES: list[tuple[Names, Gazetteer, Matcher]] = []  # the tables of the last knowledge base used


def read(document: Document, knowledge: Names) -> Reading:
    """Read who says what, the facts, the indicators and the names out of a document.

    A text in a language without a lexicon is read for indicators alone, and what lies beyond
    `PROSE_LIMIT` is not read for statements: a problem says so. Indicators and names are found in
    up to `TEXT_LIMIT` characters.
    """
    document = _in_short_pieces(document)
    prose = document.text[:PROSE_LIMIT]
    quotes = quotations(prose)
    parts = sentences(prose, quotes)
    top = head(document, parts)
    gazetteer_, matcher_ = _tables(knowledge)
    gazetteer_ = with_states(gazetteer_, prose)
    anchor = anchor_of(top.masthead.date.edtf if top.masthead.date else None)
    speaker = issuer(document, top, quotes, gazetteer_)
    finder = _finder(document, speaker, anchor)
    finder.discourse.written_in = _written_in(prose, parts)
    finder.discourse.outlet = None if speaker.speaks else top.masthead.outlet
    own = speaker.party if speaker.speaks else None
    facts = FactFinder(
        document,
        anchor,
        month_day=top.masthead.date_without_year,
        own=own,
        outlet=top.masthead.outlet,
    )
    named = mentions(document, knowledge, matcher_) if top.masthead.language in READ else ()
    if top.masthead.language in READ:
        spoken = turns(prose) or credited(prose, quotes)
        for number, sentence in enumerate(_body(prose, parts, top)):
            turn = turn_at(spoken, sentence.start)
            finder.turn(turn)
            said = _past_stamp(prose, _past_label(sentence, turn))
            laid = view(prose, said, _touching(quotes, said), gazetteer_)
            asks = turn is not None and turn.asks
            said_there = finder.asked(laid, number) if asks else finder.read(laid, number)
            facts.read(laid, said_there)
        facts.name(named, parts)
    return Reading(
        document.evidence,
        top.masthead,
        tuple(finder.found),
        facts.facts(),
        indicators(document),
        named,
        tuple(_problems(document, top)),
    )


def _body(text: str, parts: list[Sentence], top: Head) -> list[Sentence]:
    """Return the sentences below the masthead, the title, and the first line unless a marking."""
    title = top.masthead.title
    body = (
        s
        for s in parts
        if s.end > top.end or s.start == parts[0].start or text[s.start : s.end] == title
    )
    return [s for s in body if not marking(text[s.start : s.end])]


def _in_short_pieces(document: Document) -> Document:
    """Return the document with long pieces divided, so that a place is found without all the text.

    Only where the text, encoded again, has the piece's bytes: then each part has its own.
    """
    pieces = tuple(part for piece in document.pieces for part in _divided(document, piece))
    return replace(document, pieces=pieces) if len(pieces) > len(document.pieces) else document


def _divided(document: Document, piece: Piece) -> Iterator[Piece]:
    if piece.end - piece.start <= PIECE or piece.offset is None:
        yield piece
        return
    starts = range(piece.start, piece.end, PIECE)
    ends = [min(start + PIECE, piece.end) for start in starts]
    widths = [
        len(document.text[a:b].encode(document.encoding, "replace"))
        for a, b in zip(starts, ends, strict=True)
    ]
    if sum(widths) != piece.length:
        yield piece
        return
    offset = piece.offset
    for start, end, width in zip(starts, ends, widths, strict=True):
        yield replace(piece, start=start, end=end, offset=offset, length=width)
        offset += width


def _past_label(sentence: Sentence, turn: Turn | None) -> Sentence:
    """Return the sentence without the label of who speaks it."""
    if turn is None or not sentence.start < turn.label < sentence.end:
        return sentence
    return replace(sentence, start=turn.label)


def _past_stamp(text: str, sentence: Sentence) -> Sentence:
    """Return the sentence without what numbers it: a time of day, a place in a thread of posts."""
    stamp = STAMP.match(text, sentence.start, sentence.end)
    return (
        replace(sentence, start=stamp.end()) if stamp and stamp.end() < sentence.end else sentence
    )


def _problems(document: Document, top: Head) -> Iterator[Problem]:
    language = top.masthead.language
    if language not in READ:
        yield Problem(
            f"language not read: {language}",
            document.where(0, min(len(document.text), HEAD)),
            "statements and names are read in English; see docs/reading.md for adding a language",
        )
    if len(document.text) > PROSE_LIMIT:
        yield Problem(
            f"statements were read in the first {PROSE_LIMIT} characters only",
            document.where(PROSE_LIMIT, len(document.text)),
            "split the text and hand in the parts",
        )
    if len(document.text) > TEXT_LIMIT:
        yield Problem(
            f"indicators and names were looked for in the first {TEXT_LIMIT} characters only",
            document.where(TEXT_LIMIT, len(document.text)),
            "split the text and hand in the parts",
        )


def _finder(document: Document, speaker: Issuer, anchor: date | None) -> Finder:
    party = speaker.party
    home = party.country if party else None
    discourse = Discourse(issuer=party, home=None if home in {"EUR", "IGO"} else home)
    return Finder(document, speaker, discourse, anchor=anchor)


def _written_in(text: str, parts: list[Sentence]) -> str | None:
    """Return the state from whose capital a report is dated, if the report is about it as well."""
    lines = (dateline(text[part.start : part.start + HEAD]) for part in parts[:HEAD_PARTS])
    found = next((line for line in lines if line is not None), None)
    code = country_code(found.city.title()) if found else None
    country = places().country(code) if code else None
    named = country is not None and any(n in text for n in (*country.names, *country.adjectives))
    return code if named else None


def _tables(knowledge: Names) -> tuple[Gazetteer, Matcher]:
    """Build the look-up tables once for each knowledge base."""
    if not _TABLES or _TABLES[0][0] is not knowledge:
        _TABLES[:] = [(knowledge, gazetteer(knowledge), matcher(knowledge))]
    return _TABLES[0][1], _TABLES[0][2]


def _touching(quotes: list[Quote], sentence: Sentence) -> list[Quote]:
    index = bisect_left(quotes, sentence.start, key=lambda quote: quote.end)
    found: list[Quote] = []
    while index < len(quotes) and quotes[index].start < sentence.end:
        if quotes[index].end > sentence.start:
            found.append(quotes[index])
        index += 1
    return found
