"""PDF documents: the text of their pages, each passage with its page number.

Spec: https://pdfa.org/resource/iso-32000-2/
Why: reports come as PDFs. Their text is drawn glyph by glyph out of compressed streams, so that a
citation can name the page but no bytes; the document accounts for the whole file.
Trap: line ends are as printed, but where a line ends in a hyphen the next one follows on directly.
Scripts and attached files are counted and left alone. See `_pdfium` for why another process reads.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import assert_never

import msgspec

from stopa.model.document import Document, Piece
from stopa.model.evidence import Problem, Where
from stopa.readers._reader import Found, Reader, Source

MARK = b"%PDF-"
MARK_WITHIN = 1024  # bytes, as viewers have always tolerated
BLANK = b"\xef\xbb\xbf\0\t\n\f\r "
END_MARK, END_WITHIN = b"%%EOF", 2048
WORKER = Path(__file__).with_name("_pdfium.py")
PATIENCE = 900.0  # seconds of waiting, for systems that cannot limit processor time
RESTARTS = 5  # times that reading goes on behind a page that ended the process
CHARACTERS = 64 * 2**20  # of all pages together
LISTED = 10  # page numbers in one problem

PRINTED = str.maketrans({"\ufffe": "-", "\x02": "-", "\r": None})


class Opened(msgspec.Struct, tag="document", array_like=True):
    """The document could be opened."""

    pages: int
    title: str
    scripts: int
    attachments: int


class Sheet(msgspec.Struct, tag="page", array_like=True):
    """The text of a page, and whether it shows images."""

    number: int
    text: str
    images: bool


class Bad(msgspec.Struct, tag="bad", array_like=True):
    """A page could not be read."""

    number: int
    why: str


class Refused(msgspec.Struct, tag="refused", array_like=True):
    """The document could not be opened."""

    why: str


class Ended(msgspec.Struct, tag="ended", array_like=True):
    """The worker ended itself, or something ended it, with that exit code."""

    code: int


Answer = Opened | Sheet | Bad | Refused | Ended
ANSWERS = msgspec.json.Decoder(Opened | Sheet | Bad | Refused)


@dataclass(slots=True)
class Pages:
    """What was read so far. `opened` is None as long as the document could not be opened."""

    opened: Opened | None = None
    refused: str = ""
    texts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    characters: int = 0
    images: list[int] = field(default_factory=list)
    bad: list[tuple[int, str]] = field(default_factory=list)
    next: int = 1
    finished: bool = False


def recognises(head: bytes) -> bool:
    """Recognise the mark at the very start; a report about such files may hold it further on."""
    return head.lstrip(BLANK).startswith(MARK)


def read(source: Source) -> Iterator[Found]:
    """Yield the text as one document whose pieces are pages, and what could not be read."""
    pages = Pages()
    if _has_mark(source):
        for _ in range(1 + RESTARTS):
            if not pages.finished:
                _read_on(source.path, pages)
    if pages.pieces and pages.opened:
        yield _document(source, pages, pages.opened)
    elif source.size:
        yield Problem(*_unreadable(pages, Where(source.sha256, offset=0, length=source.size)))
    if pages.opened:
        yield from _notes(source, pages, pages.opened)


def _has_mark(source: Source) -> bool:
    with source.path.open("rb") as file:
        return MARK in file.read(MARK_WITHIN)


def _read_on(path: Path, pages: Pages) -> None:
    """Read from the next page on, up to the end or to the page that ends the worker."""
    for answer in _answers(path, pages.next):
        match answer:
            case Opened():
                pages.opened = answer
            case Sheet():
                _take(pages, answer)
            case Bad(number, why):
                pages.bad.append((number, why))
                pages.next = number + 1
            case Refused(why):
                pages.refused, pages.finished = why, True
            case Ended(code):
                _end(pages, code)
            case _:
                assert_never(answer)
        if pages.characters > CHARACTERS:
            pages.bad.append((pages.next, "the text is too long; the rest is not read"))
            pages.finished = True
            return


def _answers(path: Path, first: int) -> Iterator[Answer]:
    command = [sys.executable, "-P", str(WORKER), str(path), str(first)]
    with subprocess.Popen(  # noqa: S603 - our own program, and a path that we chose
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        patience = Timer(PATIENCE, process.kill)
        patience.start()
        try:
            for line in process.stdout or ():
                yield ANSWERS.decode(line)
            yield Ended(process.wait())
        except msgspec.MsgspecError:  # a line cut short by the end of the worker
            yield Ended(process.wait() or signal.SIGKILL)
        finally:
            patience.cancel()
            process.kill()


def _take(pages: Pages, sheet: Sheet) -> None:
    pages.next = sheet.number + 1
    text = sheet.text.translate(PRINTED)
    if text.strip():
        text += "\n"
        end = pages.characters + len(text)
        pages.pieces.append(Piece(pages.characters, end, page=sheet.number))
        pages.texts.append(text)
        pages.characters = end
    elif sheet.images:
        pages.images.append(sheet.number)


def _end(pages: Pages, code: int) -> None:
    """Note how the worker ended: in the middle of a page, if it did not say so itself."""
    pages.finished = code == 0
    if code:
        pages.bad.append((pages.next, f"reading it was stopped ({_signal(code)})"))
        pages.next += 1


def _signal(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"


def _document(source: Source, pages: Pages, opened: Opened) -> Document:
    return Document(
        source.sha256,
        "pdf",
        "".join(pages.texts),
        tuple(pages.pieces),
        opened.title or None,
        encoding="glyphs of pages",
    )


def _unreadable(pages: Pages, where: Where) -> tuple[str, Where, str]:
    if "assword" in pages.refused:
        return "encrypted: a password is needed", where, "save a copy without the password"
    if pages.refused or not pages.opened:
        why = pages.refused or next((why for _, why in pages.bad), "no PDF mark at its start")
        return f"cannot be read as PDF: {why}", where, "cut off or damaged? compare its hash"
    if pages.bad:
        return "no page can be read", where, "cut off or damaged? compare its hash"
    return "no page holds text", where, "scanned pages need text recognition first"


def _notes(source: Source, pages: Pages, opened: Opened) -> Iterator[Problem]:
    """Yield what the analyst should know of the document; none of it stands for bytes."""
    for why in dict.fromkeys(why for _, why in pages.bad):
        numbers = [number for number, other in pages.bad if other == why]
        what = f"{_listed(numbers)} cannot be read: {why}"
        yield _note(source, what, "read them in another viewer, offline", page=numbers[0])
    unread = opened.pages + 1 - pages.next
    if unread > 0:
        what = f"{unread} pages from page {pages.next} on are not read"
        yield _note(source, what, "hand in those pages as a file of their own")
    if pages.images and pages.pieces:
        what = f"no text, but images: {_listed(pages.images)}"
        yield _note(source, what, "scanned pages need text recognition first")
    if opened.scripts:
        what = f"scripts in it: {opened.scripts}; none was run"
        yield _note(source, what, "open it in no viewer that runs scripts")
    if opened.attachments:
        what = f"attached files: {opened.attachments}; none was read"
        yield _note(source, what, "save them and hand them in")
    if not _has_end(source):
        what = "has no end mark: cut off, or more was added to it"
        yield _note(source, what, "compare its hash with the original's")


def _listed(numbers: list[int]) -> str:
    some = ", ".join(map(str, numbers[:LISTED]))
    more = f" and {len(numbers) - LISTED} more" if len(numbers) > LISTED else ""
    return f"page {some}{more}"


def _note(source: Source, what: str, hint: str, *, page: int | None = None) -> Problem:
    return Problem(what, Where(source.sha256, offset=0, length=0, page=page), hint)


def _has_end(source: Source) -> bool:
    with source.path.open("rb") as file:
        file.seek(max(0, source.size - END_WITHIN))
        return END_MARK in file.read()


READER = Reader("pdf", "PDF document", recognises, read)
