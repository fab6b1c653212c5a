"""Mailboxes: several messages in one file, each read as one by itself.

Spec: https://www.rfc-editor.org/rfc/rfc4155 (application/mbox)
Why: servers and clients keep and export years of mail so; each message is cited by its own bytes.
Trap: a line that begins with `From ` parts messages only behind a blank line, where it ends as an
envelope does and a header follows; careless writers leave such lines in bodies as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from stopa.model.document import Document
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._archive import Budget, Flaw, Member
from stopa.readers._attachments import Attached, of_message, taken_out
from stopa.readers._columns import Row, tabulate
from stopa.readers._headers import Header, read_header
from stopa.readers._reader import Found, Reader, Source
from stopa.readers.mail import HEADER_LIMIT, MESSAGE_LIMIT, NEXT_OF_MAILBOX, parts_of
from stopa.readers.mail import recognises as is_message

ENVELOPE = re.compile(rb"From \S+[^\n]*\d\d:\d\d[^\n]*\n")
FIELD = re.compile(rb"[!-9;-~]+[ \t]*:|>From ")
LINE_LIMIT = 2**16  # bytes of a line that are looked at
REST = "export the message from the mailbox and hand it in by itself"


def recognises(head: bytes) -> bool:
    """Recognise an envelope at the start, a header, and another message behind it."""
    if ENVELOPE.match(head) is None:
        return False
    following = NEXT_OF_MAILBOX.search(head)
    return following is not None and is_message(head[: following.start()])


def read(source: Source) -> Iterator[Found]:
    """Yield what each message holds, the messages in their order; parts begin with its number."""
    aside: list[Document] = []
    for found in tabulate(source, _parts(source, aside)):
        yield found
        yield from aside
        aside.clear()
    yield from aside


def members(path: Path, budget: Budget) -> Iterator[Member | Flaw]:
    """Yield the attachments of all messages, named by the message's number too."""
    with path.open("rb") as file:
        yield from taken_out(_attached(file, path.stat().st_size), budget)


def headers(path: Path) -> Iterator[Header]:
    """Yield the header of each message."""
    with path.open("rb") as file:
        for start, end in _messages(file, path.stat().st_size):
            file.seek(start)
            head = file.read(min(end - start, HEADER_LIMIT))
            yield read_header(head, 0, len(head))


def _attached(file: BinaryIO, size: int) -> Iterator[Attached]:
    for number, (start, end) in enumerate(_messages(file, size), 1):
        file.seek(start)
        for one in of_message(file.read(min(end - start, MESSAGE_LIMIT))):
            yield one._replace(number=_part(number, one.number))


def _parts(source: Source, aside: list[Document]) -> Iterator[Row | Problem | Structure]:
    """Yield what is not text; documents are put aside."""
    with source.path.open("rb") as file:
        for number, (start, end) in enumerate(_messages(file, source.size), 1):
            if number == 1 and start:
                where = Where(source.sha256, offset=0, length=start)
                yield Problem("no message of a mailbox", where, REST)
            file.seek(start)
            raw = file.read(min(end - start, MESSAGE_LIMIT))
            for found in parts_of(replace(source, size=end - start), raw):
                if isinstance(found, Document):
                    aside.append(_moved_text(found, start, number))
                else:
                    yield _moved(found, start, number)


def _messages(file: BinaryIO, size: int) -> list[tuple[int, int]]:
    """Return where each message begins and ends."""
    starts = list(_starts(file)) or [0]
    return list(zip(starts, [*starts[1:], size], strict=True))


def _starts(file: BinaryIO) -> Iterator[int]:
    """Yield where messages begin."""
    offset, blank, candidate = 0, True, -1
    while line := file.readline(LINE_LIMIT):
        if candidate >= 0 and FIELD.match(line):
            yield candidate
        is_envelope = blank and ENVELOPE.fullmatch(line) is not None
        candidate = offset if is_envelope else -1
        blank = line in (b"\n", b"\r\n")
        offset += len(line)


def _moved(found: Row | Problem | Structure, start: int, number: int) -> Row | Problem | Structure:
    """Return what was found in a message, cited by its place in the mailbox."""
    if isinstance(found, Row):
        return found._replace(offset=found.offset + start)
    where = found.where
    part = _part(number, where.part) if where.part or isinstance(found, Problem) else None
    return replace(found, where=replace(where, offset=(where.offset or 0) + start, part=part))


def _moved_text(found: Document, start: int, number: int) -> Document:
    pieces = tuple(
        piece if piece.offset is None else replace(piece, offset=piece.offset + start)
        for piece in found.pieces
    )
    return replace(found, pieces=pieces, part=_part(number, found.part))


def _part(number: int, part: str | None) -> str:
    return f"{number}/{part}" if part else f"{number}"


READER = Reader("mbox", "Mailbox", recognises, read, members=members, headers=headers)
