"""Outlook messages give what the same mail gives as it was sent; damage in them ends every walk."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import olefile
import pytest

from stopa.model.document import Document
from stopa.model.event import EventBatch
from stopa.model.evidence import Problem
from stopa.readers import Found
from stopa.readers._compound import compound
from stopa.readers._rich_text import LIMIT, RichText, rich_text, unpacked
from stopa.readers.mail import DERIVED
from stopa.readers.mail import READER as MAIL
from stopa.readers.msg import READER
from tests.readers.found import plain, source_of
from tests.readers.msg_samples import HEADERS, lure, sent
from tests.readers.msg_writer import Message, compound_file, message, packed_rtf
from tests.readers.test_conformance import assert_covers

LONG = "\n".join(f"The {n}th ship lay at quay 7, žádná zpráva." for n in range(400))


def read(path: Path, content: bytes) -> list[Found]:
    path.write_bytes(content)
    found = list(READER.read(source_of(path)))
    assert_covers(found, len(content))
    return found


def events(found: list[Found]) -> list[dict[str, object]]:
    return [row["event"] for one in found if isinstance(one, EventBatch) for row in plain(one)]


def said(found: list[Found]) -> list[str]:
    return [one.what for one in found if isinstance(one, Problem)]


@pytest.mark.parametrize("scattered", [None, 1, 2])
@pytest.mark.parametrize("tree", [lure(), sent(), message(Message({0x1000: LONG}))])
def test_streams_are_those_that_another_library_reads(tree: object, scattered: int | None) -> None:
    raw = compound_file(tree, scattered=scattered)  # type: ignore[arg-type]
    ours = compound(raw)
    assert ours is not None
    assert ours.flaws == []
    with olefile.OleFileIO(io.BytesIO(raw)) as theirs:
        paths = theirs.listdir()
        assert {tuple(map(str.lower, path)) for path in paths} == set(ours.streams)
        for path in paths:
            mine = ours.streams[tuple(map(str.lower, path))]
            assert mine.content(raw, 2**20) == theirs.openstream(path).read()


def test_the_fields_are_those_of_the_mail_as_it_was_sent(tmp_path: Path) -> None:
    (tmp_path / "sent.eml").write_bytes(HEADERS.encode() + b"x")
    (mail,) = events(list(MAIL.read(source_of(tmp_path / "sent.eml"))))
    (ours,) = events(read(tmp_path / "m", compound_file(lure())))
    own = {name for name in mail if not name.startswith("_")}
    assert {name: ours[name] for name in own} == {name: mail[name] for name in own}
    assert {name for name in ours if "." in name} <= DERIVED.keys()


def test_a_quotation_leads_to_its_bytes_wherever_they_lie(tmp_path: Path) -> None:
    raw = compound_file(message(Message({0x1000: LONG})), scattered=3)
    (body,) = [one for one in read(tmp_path / "m", raw) if isinstance(one, Document)]
    assert body.text == LONG
    ends = {piece.end for piece in body.pieces}
    assert len(ends) > 40
    for start in range(0, len(LONG) - 30, 51):
        where = body.where(start, start + 30)
        assert where.offset is not None
        assert where.length is not None
        assert where.length > 0
        if not any(start < end < start + 30 for end in ends):
            cited = raw[where.offset : where.offset + where.length].decode("utf-16-le")
            assert cited == LONG[start : start + 30]


def test_no_property_forges_a_header_field(tmp_path: Path) -> None:
    outer, inner = events(read(tmp_path / "m", compound_file(sent())))
    assert "X-Forged" not in outer
    assert outer["from.address"] == "mira.holm@ministry.invalid"
    assert outer["Cc"] == '"Archive"'
    assert inner["Subject"] == "Re: quay 7"


@pytest.mark.parametrize("seed", range(12))
def test_tables_that_run_in_circles_end(tmp_path: Path, seed: int) -> None:
    raw = bytearray(compound_file(lure(), scattered=seed))
    table = int.from_bytes(raw[76:80], "little")
    start = (table + 1) * 512
    for n in range(seed, 100, 3):
        struct.pack_into("<I", raw, start + 4 * n, seed)
    read(tmp_path / "m", bytes(raw))


@pytest.mark.parametrize("link", [68, 72, 76])
def test_entries_that_lead_to_one_another_end(tmp_path: Path, link: int) -> None:
    raw = bytearray(compound_file(lure(), scattered=7))
    for n in range(1, 4):
        struct.pack_into("<I", raw, 512 + 128 * n + link, n - 1)
    assert any("circle" in what for what in said(read(tmp_path / "m", bytes(raw))))


def test_a_list_of_tables_that_names_itself_ends(tmp_path: Path) -> None:
    raw = bytearray(compound_file(lure()))
    struct.pack_into("<II", raw, 68, 5, 1)
    raw[6 * 512 : 7 * 512] = struct.pack("<128I", *[5] * 128)
    assert any("used already" in what for what in said(read(tmp_path / "m", bytes(raw))))


def test_rich_text_is_unpacked_as_the_specification_shows() -> None:
    # [MS-OXRTFCP] 3.1.1 and 3.1.2
    first = "2d0000002b0000004c5a4675f1c5c7a703000a0072637067313235423 20af32068656c0900206277"
    packed = bytes.fromhex(first.replace(" ", "") + "05b06c647d0a800fa0")
    assert unpacked(packed) == (b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n", "")
    crossing = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert unpacked(crossing) == (b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}", "")
    assert unpacked(packed[:30])[1] == "rich text does not have its checksum"
    assert unpacked(b"short")[0] == b""


def test_what_was_packed_here_is_unpacked() -> None:
    for size in (0, 7, 8, 9, 5000):
        text = bytes(65 + n % 26 for n in range(size))
        assert unpacked(packed_rtf(text)) == (text, "")


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}A \b B\b0\par C}", "A B\r\nC"),
        (rb"{\rtf1\ansicpg1250 k\'f9\'f2 \u382?\uc0\u383 x}", "kůň žſx"),
        (rb"{\rtf1 {\pict ffd8ff}{\*\unknown x}y\{\}\\}", "y{}\\"),
        (rb"{\rtf1\ansicpg1 caf\'e9}", "café"),
        (rb"{\rtf1 \u-10179?\u-8704?}", "\U0001f600"),
        (b"{\\rtf1 " + b"{" * 5000 + b"deep" + b"}" * 5000 + b" end", "deep end"),
        (b"", ""),
    ],
)
def test_rich_text_gives_its_text(rtf: bytes, text: str) -> None:
    assert rich_text(rtf) == RichText(text.encode(), is_page=False)


def test_a_page_in_rich_text_is_taken_out_whole() -> None:
    rtf = rb"{\rtf1\ansi\fromhtml1 {\*\htmltag84 <a href='http://a.invalid/'>}\htmlrtf no{\b no"
    rtf += rb"\htmlrtf0 }\htmlrtf0 yes{\*\mhtmltag84 no}{\*\htmltag92 </a>}}"
    assert rich_text(rtf) == RichText(b"<a href='http://a.invalid/'>yes</a>", is_page=True)


def test_rich_text_that_grows_without_end_is_cut() -> None:
    # one byte, then a stretch of 17 that reads on into what it writes, over and over
    runs = b"\xfe" + b"A" + b"".join(struct.pack(">H", 207 << 4 | 15) for _ in range(7))
    rest = b"".join(
        b"\xff" + b"".join(struct.pack(">H", 208 << 4 | 15) for _ in range(8)) for _ in range(200)
    )
    text, _ = unpacked(struct.pack("<II4sI", 2**31, 2**32 - 1, b"LZFu", 0) + runs + rest)
    assert 1000 < len(text) < LIMIT
