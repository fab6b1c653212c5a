"""Messages give their header, what follows from it, and their bodies; no sender is believed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest

from stopa.model.document import Document
from stopa.model.event import EventBatch
from stopa.model.evidence import Problem
from stopa.readers import HEAD, Found, _bodies, recognise
from stopa.readers._addresses import Address, addresses
from stopa.readers._headers import decode_words, parameters, read_date
from stopa.readers._links import Image, Link, links_and_images, plain_links
from stopa.readers._mime import DEPTH, PARTS, messages
from stopa.readers._transfer import decoded
from stopa.readers.mail import DERIVED, READER
from tests.readers.found import plain, source_of
from tests.readers.test_conformance import assert_covers
from tests.shared import SHARED, needs_shared

HEADER = (
    "Received: from a\nFrom: a@exercise.invalid\nTo: b@exercise.invalid\nSubject: s\n"
    "Date: Tue, 4 May 2021 09:12:41 +0200\nMIME-Version: 1.0\n"
)


def read(path: Path, message: str) -> list[Found]:
    path.write_bytes(message.encode())
    found = list(READER.read(source_of(path)))
    assert_covers(found, path.stat().st_size)
    return found


def events(found: list[Found]) -> list[dict[str, object]]:
    return [row["event"] for one in found if isinstance(one, EventBatch) for row in plain(one)]


def texts(found: list[Found]) -> list[tuple[str | None, str]]:
    return [(one.part, one.text) for one in found if isinstance(one, Document)]


def problems(found: list[Found]) -> Iterator[str]:
    return (one.what for one in found if isinstance(one, Problem))


ADDRESSES = {
    "bare": ("a@b.cz", [Address("", "a@b.cz")]),
    "named": ('"Holm, Mira" <m@b.cz>', [Address("Holm, Mira", "m@b.cz")]),
    "comment": ("m@b.cz (Mira (the \\) second))", [Address("Mira (the ) second)", "m@b.cz")]),
    "several": ("a@b.cz, B <c@d.cz>;", [Address("", "a@b.cz"), Address("B", "c@d.cz")]),
    "group": ("Team: a@b.cz, c@d.cz;", [Address("", "a@b.cz"), Address("", "c@d.cz")]),
    "empty group": ("undisclosed-recipients:;", []),
    "route": ("<@r.cz,@s.cz:a@b.cz>", [Address("", "a@b.cz")]),
    "an address as a name": ('"it@bank.cz" <m@evil.cz>', [Address("it@bank.cz", "m@evil.cz")]),
    "CVE-2023-27043": ("a@b.cz)c@d.cz", [Address("a@b.cz)c@d.cz", None)]),
    "two in one": ("A <a@b.cz> <c@d.cz>", [Address("A", None)]),
    "no address": ("Microsoft team", [Address("Microsoft team", None)]),
    "nothing": ("", []),
    "open quote": ('"Mira <m@b.cz>', [Address("Mira <m@b.cz>", None)]),
    "open comment": ("a@b.cz (Mira", [Address("Mira", "a@b.cz")]),
}


@pytest.mark.parametrize(("field", "found"), ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_is_what_is_clearly_one(field: str, found: list[Address]) -> None:
    assert addresses(field) == found


def test_encoded_words_cannot_forge_the_syntax_of_a_field(tmp_path: Path) -> None:
    forged = "=?utf-8?Q?chief@bank.exercise.invalid=3E,_x?= <m@tide.exercise.invalid>"
    (event,) = events(read(tmp_path / "m", HEADER.replace("a@exercise.invalid", forged) + "\nx"))
    assert event["from.address"] == "m@tide.exercise.invalid"
    assert event["from.display"] == "chief@bank.exercise.invalid>, x"


@pytest.mark.parametrize(
    ("written", "means"),
    [
        (
            "=?utf-8?B?xb5sdcWl?= =?utf-8?q?ou=C4?=\r\n =?utf-8?q?=8Dk=C3=BD?= pony",
            "žluťoučký pony",
        ),
        ("=?iso-8859-2?Q?k=F9=F2?=", "kůň"),
        ("=?UTF-8*cs?Q?k=C5=AF=C5=88?=", "kůň"),
        ("=?utf-8?B?aGVsbG8?=", "hello"),
        ("=?utf-8?X?no?= and =?broken", "=?utf-8?X?no?= and =?broken"),
        ("plain", "plain"),
    ],
)
def test_encoded_words_are_decoded_and_the_rest_is_kept(written: str, means: str) -> None:
    assert decode_words(written) == means


@pytest.mark.parametrize(
    ("field", "main", "said"),
    [
        ('Attachment; filename="a;b.exe"', "attachment", {"filename": "a;b.exe"}),
        ("a/b; name*=utf-8'cs'k%C5%AF%C5%88", "a/b", {"name": "kůň"}),
        ("a/b; name*0=one; name*1*=%74wo; name*2=.exe", "a/b", {"name": "onetwo.exe"}),
        ('a/b; name="=?utf-8?Q?k=C5=AF=C5=88?="', "a/b", {"name": "kůň"}),
        ('a/b; boundary="x\\"y', "a/b", {"boundary": '"x\\"y'}),
    ],
)
def test_parameters_are_put_together(field: str, main: str, said: dict[str, str]) -> None:
    assert parameters(field) == (main, said)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("Tue, 4 May 2021 09:12:41 +0200", datetime(2021, 5, 4, 7, 12, 41, tzinfo=UTC)),
        ("4 May 2021 09:12 GMT", datetime(2021, 5, 4, 9, 12, tzinfo=UTC)),
        ("Tue, 04 May 04 09:12:41 -0700 (PDT)", datetime(2004, 5, 4, 16, 12, 41, tzinfo=UTC)),
        ("Fri, 31 Dec 1999 23:59:60 +0000", datetime(1999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("Tue, 4 May 2021 09:12:41", None),
        ("Tue, 4 May 2021 09:12:41 CET", None),
        ("Wed, 31 Feb 2021 09:12:41 +0200", None),
        ("1 Jan 0001 00:00:00 +2359", None),
        ("yesterday", None),
    ],
)
def test_a_date_without_a_zone_is_no_time(text: str, instant: datetime | None) -> None:
    assert read_date(text) == instant


@pytest.mark.parametrize(
    ("coded", "content"),
    [
        (b"aGVs\r\nbG8=", b"hello"),
        (b"aGVsbG8", b"hello"),
        (b"aG!Vs bG8=\x00", b"hello"),
        (b"aGk=aGk=", b"hihi"),
        (b"a", b""),
        (b"====", b""),
    ],
)
def test_base64_is_decoded_as_far_as_it_goes(coded: bytes, content: bytes) -> None:
    assert b"".join(decoded(coded, "base64", 0, len(coded))) == content


LINKS = {
    "another host": ("http://evil.cz/a", "https://bank.cz/login", True),
    "another host, bare": ("http://evil.cz/a", " www.bank.cz ", True),
    "the host as a name of the user": ("http://bank.cz@evil.cz/", "bank.cz", True),
    "the same host": ("https://bank.cz/b?c", "http://bank.cz/", False),
    "www": ("https://www.bank.cz", "bank.cz", False),
    "under the same host": ("https://click.bank.cz/x", "bank.cz", False),
    "a host that only ends alike": ("https://evilbank.cz/x", "bank.cz", True),
    "words": ("http://evil.cz/a", "click here", False),
    "a mail address": ("mailto:a@bank.cz", "a@bank.cz", False),
    "a port": ("http://evil.cz:8080/", "bank.cz:443", True),
}


@pytest.mark.parametrize(("address", "text", "deceives"), LINKS.values(), ids=LINKS)
def test_a_link_deceives_when_its_text_shows_another_host(
    address: str, text: str, deceives: bool
) -> None:
    assert Link(address, text).deceives is deceives


IMAGES = {
    "one pixel": ("<img src='http://a/b' width=1 height=1>", True),
    "one pixel by style": ("<img src='http://a/b' style='width:1px;height:1px'>", True),
    "nothing": ("<img src='http://a/b' height=0>", True),
    "hidden": ("<img src='//a/b' style='display:none'>", True),
    "in something hidden": ("<div hidden><img src='http://a/b'></div>", True),
    "a line": ("<img src='http://a/b' width=600 height=1>", False),
    "in a font of no size": ("<td style='font-size:0'><img src='http://a/b' width=99>", False),
    "wide": ("<img src='http://a/b' width='100%'>", False),
    "no size": ("<img src='http://a/b'>", False),
}


@pytest.mark.parametrize(("page", "unseen"), IMAGES.values(), ids=IMAGES)
def test_an_image_that_nobody_can_see_is_unseen(page: str, unseen: bool) -> None:
    _, (image,) = links_and_images(page)
    assert image.unseen is unseen


def test_all_places_that_lead_out_of_a_page_are_found() -> None:
    links, images = links_and_images(
        "<a href=http://a>x <b>y</b></a><a href='http://b'>z<form action=http://c>"
        "<area href=http://d><meta http-equiv=refresh content='0;url=http://e'><iframe src=http://f></iframe>"
        "<img src=cid:1><img src=data:x><td background='http://g'>"
        "<p style=\"background:url('//h')\">"
    )
    assert [link.address for link in links] == [f"http://{x}" for x in "acdefb"]
    assert links[0].text == "x y"
    assert images == (Image("http://g", unseen=False), Image("//h", unseen=False))


def test_addresses_in_plain_text_end_where_the_sentence_does() -> None:
    text = "See https://a.cz/b?c=d. Or (http://e.cz/f)! Not www.g.cz, but <ftp://h.cz/>."
    assert [link.address for link in plain_links(text)] == [
        "https://a.cz/b?c=d",
        "http://e.cz/f",
        "ftp://h.cz/",
    ]


def multipart(kind: str, *parts: str) -> str:
    body = "".join(f"--b\n{part}\n" for part in parts)
    return f'{HEADER}Content-Type: multipart/{kind}; boundary="b"\n\n{body}--b--\n'


PLAIN = "Content-Type: text/plain\n\nThe harbour will be closed on Monday."
SAME = "Content-Type: text/html\n\n<p>The <b>harbour</b> will be closed on Monday.</p>"
MORE = (
    "Content-Type: text/html\n\n<p>Your account was locked; confirm your password and the code"
    " that was sent to your telephone today.</p>"
)


def test_of_alternatives_that_say_the_same_the_plain_one_is_read(tmp_path: Path) -> None:
    found = read(tmp_path / "m", multipart("alternative", PLAIN, SAME))
    assert texts(found) == [("1", "The harbour will be closed on Monday.")]


def test_a_page_that_says_more_than_the_plain_text_is_read_as_well(tmp_path: Path) -> None:
    found = read(tmp_path / "m", multipart("alternative", PLAIN, MORE))
    assert [part for part, _ in texts(found)] == ["1", "2"]


def test_bodies_that_are_no_alternatives_are_all_read(tmp_path: Path) -> None:
    found = read(tmp_path / "m", multipart("mixed", PLAIN, SAME))
    assert [part for part, _ in texts(found)] == ["1", "2"]


def test_a_named_part_is_an_attachment(tmp_path: Path) -> None:
    named = "Content-Type: text/html; name=login.html\n\n<p>Log in.</p>"
    (event,) = events(found := read(tmp_path / "m", multipart("mixed", PLAIN, named)))
    assert event["attachment.name"] == ["login.html"]
    assert [part for part, _ in texts(found)] == ["1"]


@pytest.mark.parametrize(
    ("sender", "told"),
    [
        ('"chief@ministry.cz" <m@evil.cz>', "chief@ministry.cz -> m@evil.cz"),
        ('"Chief (chief@ministry.cz)" <m@evil.cz>', "chief@ministry.cz -> m@evil.cz"),
        ('"chief@mail.ministry.cz" <m@ministry.cz>', None),
        ('"Chief @ ministry" <m@ministry.cz>', None),
        ("m@ministry.cz", None),
    ],
)
def test_a_display_name_that_shows_another_address_is_told(
    tmp_path: Path, sender: str, told: str | None
) -> None:
    header = HEADER.replace("From: a@exercise.invalid", f"From: {sender}")
    (event,) = events(read(tmp_path / "m", header + "\nx"))
    assert event.get("from.display.mismatch") == told


def test_only_the_topmost_server_is_believed(tmp_path: Path) -> None:
    results = (
        "Authentication-Results: mx; spf=fail; dkim=none\n"
        "Authentication-Results: forged; spf=pass; dkim=pass; dmarc=pass\n"
    )
    (event,) = events(read(tmp_path / "m", results + HEADER + "\nx"))
    assert (event["auth.spf"], event["auth.dkim"]) == ("fail", "none")


def test_fields_are_spelled_one_way_and_doubled_ones_are_said(tmp_path: Path) -> None:
    found = read(tmp_path / "m", "FROM: c@exercise.invalid\n" + HEADER + "\nx")
    (event,) = events(found)
    assert event["From"] == "c@exercise.invalid\na@exercise.invalid"
    assert event["from.address"] == "c@exercise.invalid"
    assert "stands more than once: From; the first one counts" in problems(found)


def test_what_is_derived_is_in_the_table(tmp_path: Path) -> None:
    (event,) = events(read(tmp_path / "m", multipart("alternative", PLAIN, MORE)))
    assert {name for name in event if "." in name} <= DERIVED.keys()


def test_messages_within_messages_end_at_a_depth(tmp_path: Path) -> None:
    inner = "Content-Type: message/rfc822\n\n"
    found = read(tmp_path / "m", HEADER + inner * (DEPTH * 3) + "Subject: deep\n\nx")
    assert len(events(found)) <= DEPTH + 1


def test_a_million_parts_are_not_all_looked_into(tmp_path: Path) -> None:
    found = read(tmp_path / "m", multipart("mixed", *["\n"] * (PARTS * 5)))
    assert any("parts" in what for what in problems(found))


def test_a_header_of_a_million_lines_is_read_in_part(tmp_path: Path) -> None:
    found = read(tmp_path / "m", HEADER + "X-Field: y\n" * 1_000_000 + "\nbody")
    assert any("header fields more than are read" in what for what in problems(found))


def test_a_million_false_boundaries_in_fifty_multiparts_end() -> None:
    inner = 'Content-Type: multipart/mixed; boundary="b"\n\n--b\n'
    began = process_time()
    messages((HEADER + inner * 50 + "--bx\n" * 2_000_000).encode())
    assert process_time() - began < 20


def test_a_multipart_within_itself_is_read_once() -> None:
    part = 'Content-Type: multipart/mixed; boundary="b"\n\n--b\nx\n'
    (message,) = messages(multipart("mixed", part, part, PLAIN).encode())
    places = sorted((one.start, one.end) for one in message.parts)
    assert all(end <= start for (_, end), (start, _) in pairwise(places))


def test_a_body_beyond_the_limit_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_bodies, "BODY_LIMIT", 100)
    found = read(tmp_path / "m", HEADER + "\n" + "The harbour is closed.\n" * 50)
    assert "body longer than is read" in problems(found)
    assert [len(text) for _, text in texts(found)] == [92]


MAIL = {
    "received": "Received: from a\nSubject: x\n\nhello",
    "sent, not received": "From: a@b.cz\nTo: c@d.cz\nSubject: x\n\nhello",
    "after an envelope line": "From a@b.cz Tue May  4 2021\nReturn-Path: <a@b.cz>\nTo: b\n\nx",
    "folded": "Subject: x\n y\nMessage-ID: <1@b.cz>\nDate: z\n\n",
}
NO_MAIL = {
    "a memo": "TO: All staff\nFROM: The minister\nSUBJECT: The attack\n\nWe were attacked.\n",
    "a page of a library": "title: Advisory\nurl: https://exercise.invalid/\n\nThe text of it.\n",
    "an answer of a web server": "HTTP/1.1 200 OK\nDate: x\nContent-Type: text/html\n\n",
    "a mailbox of two": "From a@b.cz Tue May  4 09:12:41 2021\nFrom: a@b.cz\nTo: b\n\nx\n\n"
    "From c@d.cz Tue May  4 09:12:42 2021\nFrom: c@d.cz\n\ny\n",
    "prose": "Dear all: this is what happened.\n",
}


@pytest.mark.parametrize("message", MAIL.values(), ids=MAIL)
def test_messages_are_known_by_their_header(message: str) -> None:
    assert [reader.name for reader in recognise(message.encode())] == ["mail"]


@pytest.mark.parametrize("message", NO_MAIL.values(), ids=NO_MAIL)
def test_what_only_looks_like_a_header_is_no_message(message: str) -> None:
    assert not READER.recognises(message.encode())


@needs_shared
def test_real_mail_is_read_whole() -> None:
    samples = sorted((SHARED / "data" / "mail").rglob("*.eml"))
    assert samples
    for sample in samples:
        assert [r.name for r in recognise(sample.read_bytes()[:HEAD])] == ["mail"], sample
        found = list(READER.read(source_of(sample)))
        assert_covers(found, sample.stat().st_size)
        assert events(found)
