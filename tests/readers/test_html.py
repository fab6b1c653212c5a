"""Pages give their running text, every character of it with its bytes, however broken they are."""

from pathlib import Path

import pytest

from stopa.model.document import Document
from stopa.model.evidence import Problem
from stopa.readers import Found, html, recognise
from stopa.readers.html import READER
from tests.readers.found import source_of
from tests.readers.test_conformance import assert_covers

MANY = 20_000  # tags; quadratic work on so many takes minutes


def read(path: Path, page: bytes) -> list[Found]:
    path.write_bytes(page)
    found = list(READER.read(source_of(path)))
    assert_covers(found, len(page))
    return found


def text_of(path: Path, page: str) -> str:
    documents = [f for f in read(path, page.encode()) if isinstance(f, Document)]
    return documents[0].text if documents else ""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "page"


TEXTS = {
    "blocks and breaks": ("<p>a<p>b<br>c<div>d</div>e", "a\n\nb\nc\nd\ne"),
    "block quotations": (
        "<p>X wrote:<blockquote><p>a<p>b</blockquote>c</blockquote><p>d<blockquote>e",
        "X wrote:\n\n> a\n> b\n\nc\n\nd\n\n> e",
    ),
    "white space": ("<p> a \n\t b <b> c</b>d <p>\n", "a b cd"),
    "no-break space": ("<p>a&nbsp;b", "a b"),
    "entities": ("<p>&lt;b&gt; &amp;amp; &#8217; &copy &bogus; AT&T", "<b> &amp; ’ © &bogus; AT&T"),
    "numbers beyond Unicode": ("<p>a&#1114112;b&#" + "9" * 5000 + ";c", "a�b�c"),
    "hidden": (
        "<p>a<span hidden>b</span><i style='display: none'>c</i><p aria-hidden=true>d<p>e",
        "a\n\ne",
    ),
    "a font of no size, and one within": (
        "<td style='font-size:0px'>a<p style='font-size:9px'>b",
        "b",
    ),
    "boilerplate": ("<nav>a</nav><p>b</p><aside>c</aside><footer>d</footer>", "b"),
    "the header of an article": ("<header>a</header><article><header>b</header>c", "b\n\nc"),
    "roles": ("<div role=navigation>a</div><p>b", "b"),
    "a menu without an end is not all": ("<nav><p>the article itself", "the article itself"),
    "verbatim": ("<pre>a\n  b&amp;c</pre>", "a\n  b&c"),
    "scripts and comments": (
        "<p>a<script>b</script><!-- c --><style>d</style><![CDATA[e]]>f",
        "af",
    ),
    "conditional comments": ("<p>a<!--[if mso]><p>b<![endif]-->", "a"),
    "no tags": ("<p>5 < 6, 7 > 2 and <3", "5 < 6, 7 > 2 and <3"),
    "crossed tags": ("<b><i>a</b>b</i><p>c</section>", "ab\n\nc"),
    "a quote without an end": ("<p><a href='x>a</a><p>b", "a\n\nb"),
    "handlers are no text": ("<p><img src=x onerror=\"alert('<p>')\">a", "a"),
    "markup as text": ("<p>&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
    "cells": ("<table><tr><td>a<td>b<tr><th>c</th><th>d</th></tr></table>", "a\tb\nc\td"),
}


@pytest.mark.parametrize(("written", "seen"), TEXTS.values(), ids=TEXTS)
def test_the_text_is_what_a_reader_of_the_page_sees(page: Path, written: str, seen: str) -> None:
    assert text_of(page, written) == seen


@pytest.mark.parametrize("encoding", ["utf-8", "iso8859-2", "windows-1250", "gb18030"])
def test_every_piece_leads_to_its_bytes(page: Path, encoding: str) -> None:
    letters = "漢字 ö" if encoding == "gb18030" else "žluťoučký kůň"
    written = f"<html><meta charset={encoding}><p>{letters} &amp; <b>{letters}</b>\n  x</p>"
    raw = written.encode(encoding)
    (document,) = [found for found in read(page, raw) if isinstance(found, Document)]
    assert document.text == f"{letters} & {letters} x"
    for piece in document.pieces:
        assert piece.offset is not None
        assert piece.length is not None
        behind = raw[piece.offset : piece.offset + piece.length].decode(encoding)
        shown = document.text[piece.start : piece.end]
        assert shown in (behind, " ") or (shown, behind) == ("&", "&amp;")
    at = document.text.rindex("kůň") if "kůň" in document.text else document.text.rindex("字")
    where = document.where(at, at + 1)
    assert raw[where.offset :][: where.length].decode(encoding) == document.text[at]


ENDLESS = {
    "comment": "<!--" * MANY,
    "tag": "<a " * MANY,
    "attribute": "<a href='" * MANY,
    "title": "<title>" * MANY,
    "script": "<script>" * MANY,
}
HOSTILE = {
    **ENDLESS,
    "nested": "<div><p>" * MANY,
    "crossed": "<i>" * MANY + "</b>" * MANY,
    "deep and blocks": "<p><table><td>" + "<span>" * MANY + "<div>" * MANY,
    "brackets": "<" * MANY * 10,
    "ampersands": "&" * MANY + "&#" * MANY,
    "quotes": "<a href=\"x>'<b>" * MANY,
    "attributes": "<a " + "x='1' " * MANY + ">",
}


@pytest.mark.parametrize("written", HOSTILE.values(), ids=HOSTILE)
def test_no_page_takes_more_than_its_share_of_time(page: Path, written: str) -> None:
    read(page, b"<html>" + written.encode())


@pytest.mark.parametrize("written", ENDLESS.values(), ids=ENDLESS)
def test_what_never_ends_is_a_problem_with_its_bytes(page: Path, written: str) -> None:
    found = read(page, b"<html><p>before</p>" + written.encode())
    (problem,) = [one for one in found if isinstance(one, Problem)]
    assert problem.where.offset is not None
    assert problem.where.offset >= len("<html><p>before</p>")


def test_of_too_many_pieces_neighbours_are_joined(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "PIECES", 10)
    written = "<html>" + "<b>x</b> " * 1000
    (document,) = [f for f in read(page, written.encode()) if isinstance(f, Document)]
    assert len(document.pieces) == 10
    assert document.text == " ".join("x" * 1000)


def test_a_page_beyond_the_limit_is_read_up_to_it(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "PAGE_LIMIT", 100)
    found = read(page, b"<html><p>" + b"word " * 100)
    (problem,) = [one for one in found if isinstance(one, Problem)]
    assert (problem.where.offset, problem.where.length) == (100, 409)


@pytest.mark.parametrize(
    ("head", "claimed"),
    [
        ("<!DOCTYPE html><title>x</title>", True),
        ("\ufeff<!-- saved -->\n<HTML lang=cs>", True),
        ('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN">', True),
        ("<div class=x>text</div>", True),
        ('<?xml version="1.0"?><Events><Event/></Events>', False),
        ("<Event xmlns='x'>", False),
        ("<pre-release> is a word", False),
        ("A page has <html> in it.", False),
    ],
)
def test_pages_are_told_from_other_markup(head: str, claimed: bool) -> None:
    assert ("html" in [reader.name for reader in recognise(head.encode())]) is claimed
