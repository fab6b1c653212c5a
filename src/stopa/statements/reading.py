"""Everything that is read out of one document."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

from stopa.model.document import Document
from stopa.model.statement import Reading
from stopa.statements.dates import anchor_of
from stopa.statements.facts import FactFinder
from stopa.statements.gazetteer import Gazetteer, gazetteer
from stopa.statements.indicators import indicators
from stopa.statements.issuer import issuer
from stopa.statements.masthead import Head, head
from stopa.statements.mentions import Matcher, matcher, mentions
from stopa.statements.names import Names
from stopa.statements.parties import Discourse
from stopa.statements.quotations import Quote, quotations
from stopa.statements.sentences import Sentence, sentences
from stopa.statements.statements_of import Finder
from stopa.statements.view import view

READ = frozenset({"en", None})
_TABLES: list[tuple[Names, Gazetteer, Matcher]] = []  # the tables of the last knowledge base used


def read(document: Document, knowledge: Names) -> Reading:
    """Read who says what, the facts, the indicators and the names out of a document."""
    quotes = quotations(document.text)
    parts = sentences(document.text, quotes)
    top = head(document, parts)
    if top.masthead.language not in READ:
        return Reading(document.evidence, top.masthead, (), (), (), ())
    gazetteer_, matcher_ = _tables(knowledge)
    anchor = anchor_of(top.masthead.date.edtf if top.masthead.date else None)
    finder = _finder(document, top, quotes, anchor)
    facts = FactFinder(document, anchor)
    for number, sentence in enumerate(parts):
        if sentence.end <= top.end and sentence.start != parts[0].start:
            continue
        touching = _touching(quotes, sentence)
        laid = view(document.text, sentence, touching, gazetteer_)
        facts.read(laid, finder.read(laid, number))
    return Reading(
        document.evidence,
        top.masthead,
        tuple(finder.found),
        tuple(facts.found),
        indicators(document),
        mentions(document, knowledge, matcher_),
    )


def _finder(document: Document, top: Head, quotes: list[Quote], anchor: date | None) -> Finder:
    speaker = issuer(document, top, quotes)
    return Finder(document, speaker, Discourse(issuer=speaker.party), anchor=anchor)


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
