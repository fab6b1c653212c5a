"""The passage around what was read, and the exact characters in it."""

from __future__ import annotations

from dataclasses import replace

from stopa.dossier.passages import AROUND, passages
from stopa.model.document import Document, Piece
from tests.dossier.sample import sample

TEXT = "Before it, much was said. " * 40 + "The cited words. " + "After it, more was said. " * 40


def test_the_cited_words_stand_in_their_passage_at_their_place() -> None:
    reading = sample().readings[0]
    document = Document(reading.document, "text", TEXT, (Piece(0, len(TEXT), 0, len(TEXT)),))
    first = TEXT.index("The cited words.")
    where = document.where(first, first + 16)
    said = replace(reading.statements[0], where=where)
    (found,) = passages(
        [document],
        [replace(reading, statements=(said, said), facts=(), indicators=(), mentions=())],
    )
    assert found.start is not None
    at = first - found.start
    assert found.text[at : at + 16] == "The cited words."
    assert AROUND - 12 <= at <= AROUND
    assert found.text[:1].isalpha()
    assert TEXT[found.start - 1] == " "
    assert found.cut


def test_a_short_document_is_whole_and_a_place_outside_of_it_is_none() -> None:
    reading = sample().readings[0]
    document = Document(reading.document, "text", "Short.", (Piece(0, 6, 0, 6),))
    inside = replace(reading.statements[0], where=document.where(0, 6))
    beyond = replace(reading.statements[0], where=document.where(0, 7))
    bare = replace(reading, facts=(), indicators=(), mentions=())
    (found,) = passages([document], [replace(bare, statements=(inside, beyond))])
    assert (found.text, found.cut, found.start) == ("Short.", False, 0)
    assert passages([], [replace(bare, statements=(inside,))]) == ()
