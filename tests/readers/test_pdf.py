"""PDFs give the text of their pages; what is hostile or broken in them ends nothing but itself."""

from pathlib import Path

import pytest

from stopa.model.document import Document
from stopa.model.evidence import Problem
from stopa.readers import Found, pdf
from stopa.readers.pdf import READER
from tests.readers.found import source_of
from tests.readers.test_conformance import assert_covers

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
BOX = b"/MediaBox [0 0 595 842]"


def pdf_of(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """Return a file of these objects, numbered from 1; the first is the catalogue."""
    body, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return b"%sxref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\n%s" % (
        body,
        len(objects) + 1,
        table,
        len(objects) + 1,
        trailer,
        b"startxref\n%d\n%%%%EOF\n" % len(body),
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def document_of(texts: list[str], catalogue: bytes = b"") -> bytes:
    """Return a file with one line of text on each page."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(texts)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(texts), kids),
        FONT,
    ]
    for n, text in enumerate(texts):
        page = b"<< /Type /Page /Parent 2 0 R %s /Contents %d 0 R" % (BOX, 5 + 2 * n)
        objects.append(page + b" /Resources << /Font << /F 3 0 R >> >> >>")
        objects.append(stream(b"BT /F 12 Tf 72 770 Td (%s) Tj ET" % text.encode()))
    return pdf_of(objects)


def forms_within_forms(depth: int) -> bytes:
    """Return a page whose forms draw each other ten times each: ten to the `depth` forms."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 2 /Kids [3 0 R 5 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R %s /Contents 6 0 R " % BOX
        + b"/Resources << /XObject << /X 8 0 R >> >> >>",
        FONT,
        b"<< /Type /Page /Parent 2 0 R %s /Contents 7 0 R /Resources << /Font << /F 4 0 R >> >> >>"
        % BOX,
        stream(b"/X Do"),
        stream(b"BT /F 12 Tf 72 770 Td (The page behind it.) Tj ET"),
    ]
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
    entries += b"/Resources << /XObject << /X %d 0 R >> >>"
    objects += [stream(b"/X Do " * 10, entries % (9 + n)) for n in range(depth)]
    return pdf_of([*objects, stream(b"", b"/Type /XObject /Subtype /Form /BBox [0 0 1 1]")])


def read(path: Path, content: bytes) -> tuple[Document | None, list[str]]:
    path.write_bytes(content)
    found: list[Found] = list(READER.read(source_of(path)))
    assert_covers(found, len(content))
    documents = [one for one in found if isinstance(one, Document)]
    return next(iter(documents), None), [one.what for one in found if isinstance(one, Problem)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file.pdf"


def test_each_passage_is_cited_by_its_page(file: Path) -> None:
    document, problems = read(file, document_of(["First page.", "Second page."]))
    assert document is not None
    assert document.text == "First page.\nSecond page.\n"
    assert [document.where(at, at + 3).page for at in (0, 12)] == [1, 2]
    assert problems == []


def test_a_page_tree_that_loops_is_a_problem(file: Path) -> None:
    tree = b"<< /Type /Pages /Count 3 /Kids [2 0 R 2 0 R] >>"
    document, problems = read(file, pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", tree]))
    assert document is None
    assert any("cannot be read" in what for what in problems)


def test_a_page_that_would_take_for_ever_is_stopped_and_the_next_one_read(file: Path) -> None:
    document, problems = read(file, forms_within_forms(14))
    assert document is not None
    assert document.text == "The page behind it.\n"
    assert ["page 1" in what and "stopped" in what for what in problems] == [True]


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_file_that_is_cut_off_is_said_to_be(file: Path, kept: float) -> None:
    content = document_of(["Some text."] * 20)
    _, problems = read(file, content[: int(len(content) * kept)])
    assert problems


def test_an_encrypted_file_asks_for_its_password(file: Path) -> None:
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00><00>]"
    content = pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>"], lock % (b"41" * 32, b"42" * 32))
    document, problems = read(file, content)
    assert document is None
    assert any("password" in what for what in problems)


def test_what_is_not_run_and_not_read_is_said(file: Path) -> None:
    names = (
        b"/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >>"
        b" /EmbeddedFiles << /Names [(f) << /Type /Filespec /F (f.exe) /EF << /F 3 0 R >> >>] >> >>"
    )
    _, problems = read(file, document_of(["Some text."], names))
    assert problems == ["scripts in it: 1; none was run", "attached files: 1; none was read"]


def test_a_page_of_images_only_is_a_problem(file: Path) -> None:
    pixel = b"q 100 0 0 100 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R >>" % BOX,
        stream(pixel),
    ]
    document, problems = read(file, pdf_of(objects))
    assert document is None
    assert "no page holds text" in problems


def test_thousands_of_pages_are_read(file: Path) -> None:
    document, problems = read(file, document_of([f"Page {n} of many." for n in range(5000)]))
    assert document is not None
    assert len(document.pieces) == 5000
    assert document.text.endswith("Page 4999 of many.\n")
    assert problems == []


def test_more_text_than_the_limit_is_a_problem(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "CHARACTERS", 100)
    document, problems = read(file, document_of(["Fourteen signs"] * 50))
    assert document is not None
    assert len(document.text) < 130
    assert any("not read" in what for what in problems)


def test_only_the_start_of_a_file_makes_it_a_pdf() -> None:
    assert READER.recognises(b"\xef\xbb\xbf\n%PDF-1.4\n")
    assert not READER.recognises(b"The file began with %PDF-1.4 and was none.")
