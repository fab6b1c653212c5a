"""An attached archive shows what is in it, a page what it would do; neither is opened."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from stopa.readers._attached_signs import LIMIT, NAMES, attached_signs, names_inside, signs_of_page
from tests.readers.test_attachments import zipped

SMUGGLED = (
    b"<!DOCTYPE html><script>var b=new Blob([x]);var u=URL.createObjectURL(b);a.href=u;"
    b"a.download='invoice.iso';a.click()</script>"
)
PAGES = {
    "a file that is built": (SMUGGLED, ["builds a file and offers it for saving"]),
    "behind a long payload": (
        b"<html><script>var p='" + b"A b" * 2**20 + b"';" + SMUGGLED[24:],
        ["builds a file and offers it for saving"],
    ),
    "a file in a link": (
        b"<html><a download href='data:application/zip;base64," + b"A" * 3000 + b"'>Open</a>",
        ["holds a file in a link"],
    ),
    "a text that is decoded": (
        b"<html><script>eval(atob('" + b"QUJD" * 3000 + b"'))</script>",
        ["decodes a long text"],
    ),
    "a form": (b"<html><form><input name=p type='password'></form>", ["asks for a password"]),
    "a picture as data": (b"<html><img src='data:image/png;base64," + b"A" * 9000 + b"'>", []),
    "a letter": (b"<html><p>Dear all, new Blob of the month: createObjectURLs.</p>", []),
    "no page": (b"new Blob([x]); URL.createObjectURL(b)", []),
}


@pytest.mark.parametrize(("page", "signs"), PAGES.values(), ids=PAGES)
def test_a_page_shows_what_it_would_do(page: bytes, signs: list[str]) -> None:
    assert list(signs_of_page(page)) == signs


def test_names_stand_in_the_directory_of_an_archive() -> None:
    content = zipped(("a/žluť.exe", b"MZ"), ("b.txt", b"x"))
    assert names_inside(content) == ["a/žluť.exe", "b.txt"]
    assert names_inside(content[:-60]) == ["a/žluť.exe"]
    assert names_inside(b"no archive PK\x01\x02") == []


def test_a_directory_without_end_is_read_for_so_many_names() -> None:
    content = zipped(*((f"{n}.txt", b"") for n in range(NAMES + 50)))
    assert len(names_inside(content)) == NAMES


def test_only_archives_and_pages_are_read_on() -> None:
    read: list[int] = []

    def chunks(first: bytes) -> Iterator[bytes]:
        yield first
        for n in range(100):
            read.append(n)
            yield b"x" * 2**20

    attached_signs([("a.bin", chunks(b"MZ")), ("b.html", chunks(SMUGGLED))])
    assert len(read) <= LIMIT // 2**20 + 1


@pytest.mark.parametrize(
    "part", [b"href=data:" * 19 + b"'", b"<input ", b"A" * 4999 + b" ", b"PK\x01\x02", b"atob("]
)
def test_hostile_pages_take_bounded_time(part: bytes) -> None:
    content = b"<html>" + part * (LIMIT // len(part))
    began = time.process_time()
    list(signs_of_page(content))
    names_inside(b"PK\x03\x04" + content)
    assert time.process_time() - began < 5
