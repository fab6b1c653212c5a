"""A citation of a document leads to the bytes that its characters were read from."""

import pytest

from stopa.model.document import Document, Piece

SHA = "0" * 64
TEXT = "Žluť\nkůň, café\n"


def document(text: str, encoding: str) -> Document:
    lines = text.splitlines(keepends=True)
    pieces, start, offset = [], 0, 0
    for line in lines:
        size = len(line.encode(encoding))
        pieces.append(Piece(start, start + len(line), offset, size))
        start, offset = start + len(line), offset + size
    return Document(SHA, "text", text, tuple(pieces), encoding=encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1250", "utf-16-le"])
def test_every_span_of_clean_text_is_cited_to_the_byte(encoding: str) -> None:
    raw, cited = TEXT.encode(encoding), document(TEXT, encoding)
    for start in range(len(TEXT)):
        for end in range(start + 1, len(TEXT) + 1):
            where = cited.where(start, end)
            assert where.offset is not None
            assert where.length is not None
            assert (
                raw[where.offset : where.offset + where.length].decode(encoding) == TEXT[start:end]
            )
            assert where.span == (start, end)


def test_text_that_is_not_its_bytes_is_cited_by_the_whole_piece() -> None:
    pieces = (Piece(0, 2, 0, 2), Piece(2, 5, 2, 15), Piece(5, 8, 20, 3))
    cited = Document(SHA, "html", "a <b> cd", pieces)
    assert (cited.where(3, 4).offset, cited.where(3, 4).length) == (2, 15)
    assert (cited.where(1, 6).offset, cited.where(1, 6).length) == (1, 20)


def test_a_page_without_bytes_is_cited_by_its_number() -> None:
    cited = Document(SHA, "pdf", "one two", (Piece(0, 4, page=1), Piece(4, 7, page=2)))
    where = cited.where(4, 7)
    assert (where.page, where.offset, where.length) == (2, None, None)


def test_an_empty_span_cites_no_bytes() -> None:
    assert document(TEXT, "utf-8").where(3, 3).length == 0
    assert document(TEXT, "utf-8").where(5, 5).offset is None
