"""Office files give the text of their parts; what is hostile in them ends nothing but itself."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from stopa.model.document import Document
from stopa.model.evidence import Problem
from stopa.readers import Found, hand_in, recognise
from stopa.readers.docx import READER as DOCX
from stopa.readers.odt import READER as ODT
from tests.readers.found import source_of
from tests.readers.office_writer import LETTER, STATEMENT, docx, notes, odt, packed, paragraph
from tests.readers.test_conformance import assert_covers

GROWING = (
    "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)
FETCHING = (
    "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
    "<w:document xmlns:w='w'><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:document>"
)


def read(content: bytes, tmp_path: Path) -> list[Found]:
    path = tmp_path / "evidence"
    path.write_bytes(content)
    found = list((ODT if b"oasis" in content[:200] else DOCX).read(source_of(path)))
    assert_covers(found, len(content))
    return found


def text_of(found: list[Found]) -> str:
    return "".join(one.text for one in found if isinstance(one, Document))


def problems_of(found: list[Found]) -> list[str]:
    return [one.what for one in found if isinstance(one, Problem)]


@pytest.mark.parametrize("content", [docx(STATEMENT), odt(LETTER)], ids=["docx", "odt"])
def test_every_paragraph_cites_the_byte_of_its_part(content: bytes, tmp_path: Path) -> None:
    (document,) = [one for one in read(content, tmp_path) if isinstance(one, Document)]
    archive = zipfile.ZipFile(io.BytesIO(content))
    for piece in document.pieces:
        name, _, byte = (piece.part or "").partition("@")
        part = archive.read(name)[int(byte) :].decode()
        assert re.match(r"<(?:w:p|text:p|text:h)[ >]", part)
        assert document.text[piece.start : piece.end].split()[0] in part
        where = document.where(piece.start, piece.end)
        assert where.length == archive.getinfo(name).compress_size
        assert where.offset == piece.offset
    packed = {(piece.part or "").partition("@")[0] for piece in document.pieces}
    read_ = sum(piece.length or 0 for piece in document.pieces)
    assert read_ == sum(archive.getinfo(name).compress_size for name in packed)


def test_a_document_type_is_refused_and_nothing_is_fetched(tmp_path: Path) -> None:
    for hostile in (GROWING, FETCHING):
        found = read(packed({"[Content_Types].xml": "", "word/document.xml": hostile}), tmp_path)
        assert text_of(found) == ""
        assert any("not XML" in what for what in problems_of(found))


def test_what_stands_before_damage_is_kept(tmp_path: Path) -> None:
    cut = STATEMENT.index("</w:tbl>")
    whole = docx(STATEMENT)
    body = zipfile.ZipFile(io.BytesIO(whole)).read("word/document.xml").decode()
    torn = body[: body.index(STATEMENT[cut:])]
    found = read(packed({"[Content_Types].xml": "", "word/document.xml": torn}), tmp_path)
    assert "accuses the Karst Federation" in text_of(found)
    assert any("not XML from here on" in what for what in problems_of(found))


@pytest.mark.parametrize("share", [0.35, 0.6, 0.8])
def test_a_file_cut_off_gives_what_it_still_holds(share: float, tmp_path: Path) -> None:
    words = "".join(
        paragraph(f"Sentence {n} of {n * n} was said by minister {n}.") for n in range(300)
    )
    content = docx(words)
    found = read(content[: int(share * len(content))], tmp_path)
    text = text_of(found)
    assert text.startswith("Sentence 0 of 0 was said by minister 0.")
    assert "minister 20." in text
    assert any("found by their own headers" in what for what in problems_of(found))
    assert any("not XML from here on" in what for what in problems_of(found))


def test_a_bomb_is_stopped_and_named(tmp_path: Path) -> None:
    bomb = docx(paragraph("first") + paragraph("a" * 60_000_000))
    found = read(bomb, tmp_path)
    assert any("unpacks to too much" in what for what in problems_of(found))
    assert len(text_of(found)) < 20_000_000


def test_members_that_overlap_are_not_read(tmp_path: Path) -> None:
    content = bytearray(docx(paragraph("one"), **{"word__footnotes.xml": notes("f", "two")}))
    directory = content.index(b"PK\x01\x02")
    entries = [found.start() for found in re.finditer(b"PK\x01\x02", bytes(content[directory:]))]
    first, last = directory + entries[1], directory + entries[-1]
    content[last + 42 : last + 46] = content[first + 42 : first + 46]
    found = read(bytes(content), tmp_path)
    assert any("overlaps" in what for what in problems_of(found))


def test_a_member_encrypted_or_packed_oddly_is_named(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("[Content_Types].xml", "wordprocessingml")
        archive.writestr("word/document.xml", paragraph("x"))
    assert any("packed in a way" in what for what in problems_of(read(made.getvalue(), tmp_path)))
    content = bytearray(docx(paragraph("x")))
    entry = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    content[entry + 8] |= 1
    assert any("encrypted, not read" in w for w in problems_of(read(bytes(content), tmp_path)))


def test_deep_nesting_costs_nothing(tmp_path: Path) -> None:
    deep = "<w:sdt>" * 200_000 + paragraph("deep") + "</w:sdt>" * 200_000
    assert text_of(read(docx(deep), tmp_path)) == "deep"


def test_paragraphs_within_paragraphs_keep_their_order(tmp_path: Path) -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('inner')}</w:txbxContent></w:pict></w:r>"
    assert text_of(read(docx(paragraph("outer ", box, "words")), tmp_path)) == (
        "outer words\n\ninner"
    )


@pytest.mark.parametrize(
    ("content", "name"),
    [(docx(STATEMENT), "docx"), (odt(LETTER), "odt")],
    ids=["docx", "odt"],
)
def test_an_office_file_is_not_unpacked_as_an_archive(
    content: bytes, name: str, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / f"x.{name}").write_bytes(content)
    handed = list(hand_in([tmp_path / "in"], spool=tmp_path))
    assert len(handed) == 1
    assert [reader.name for reader in recognise(content)] == [name]


def test_a_spreadsheet_is_no_document() -> None:
    sheet = packed({"[Content_Types].xml": "spreadsheetml", "xl/workbook.xml": "<workbook/>"})
    assert recognise(sheet) == ()
