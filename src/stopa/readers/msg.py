"""Outlook messages: the event and the bodies that the same mail would give as it was sent.

Spec: https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxmsg/
Why: whoever drags a mail out of Outlook hands in this. The headers that servers wrote are in it, so
the fields are those of `mail`, and beside them the properties under their own names (`PidTag...`).
Trap: properties are what Outlook says of a message, and its owner can change them; fields of a
header that no server wrote are made of them only where it has none. The event stands for the first
bytes of the headers, else of the table of properties; the body of the message as it was signed is
not kept, so of a DKIM signature nothing is told but whose it says it is. Messages without an entry
in the first 64 KiB of the file, and those that are encrypted or in a TNEF, are not taken apart.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from stopa.model.event import TIME
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers import _outlook as outlook
from stopa.readers._archive import Budget, Flaw, Member
from stopa.readers._attached_signs import attached_signs
from stopa.readers._attachments import Attached, taken_out
from stopa.readers._bodies import Body, body_facts, once
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._compound import MAGIC, Compound, Span, compound
from stopa.readers._headers import Header, read_header
from stopa.readers._mail_signs import Told, signs_of_header
from stopa.readers._outlook import Item, Properties
from stopa.readers._outlook_bodies import item_bodies
from stopa.readers._outlook_header import item_header
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import stated
from stopa.readers.mail import LAYOUT as MAIL
from stopa.readers.mail import MESSAGE_LIMIT, event_fields

AGAIN = "save the message again from Outlook"
MARKS = tuple(
    name.encode("utf-16-le") for name in ("__properties_version1.0", "__substg1.0_", "__nameid_")
)

# Properties that become fields under the names that [MS-OXPROPS] gives them.
TEXTS = {
    0x001A: "PidTagMessageClass",
    0x0037: "PidTagSubject",
    0x0042: "PidTagSentRepresentingName",
    0x0065: "PidTagSentRepresentingEmailAddress",
    0x5D02: "PidTagSentRepresentingSmtpAddress",
    0x0C1A: "PidTagSenderName",
    0x0C1F: "PidTagSenderEmailAddress",
    0x5D01: "PidTagSenderSmtpAddress",
    0x1035: "PidTagInternetMessageId",
    0x3FFA: "PidTagLastModifierName",
}
TIMES = {
    outlook.SUBMITTED: "PidTagClientSubmitTime",
    outlook.DELIVERED: "PidTagMessageDeliveryTime",
    outlook.CREATED: "PidTagCreationTime",
    outlook.MODIFIED: "PidTagLastModificationTime",
}


def recognises(head: bytes) -> bool:
    """Recognise a compound file with a storage or stream that only a message has."""
    return head.startswith(MAGIC) and any(mark in head for mark in MARKS)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each message, the bodies as documents, and the rest as structure."""
    with source.path.open("rb") as file:
        raw = file.read(MESSAGE_LIMIT)
    opened = compound(raw)
    told = [_told(source, raw, item) for item in outlook.items(raw, opened)] if opened else []
    if opened is None or not told:
        if source.size:
            why = [flaw.what for flaw in opened.flaws][-1:] if opened else []
            whole = Where(source.sha256, offset=0, length=source.size)
            yield Problem("; ".join(["no message can be read", *why]), whole, AGAIN)
        return
    yield from tabulate(source, [one.row for one in told])
    for one in told:
        yield from (body.document for body in one.bodies if body.document)
        yield from one.problems
    yield from _rest(source, raw, opened, told)


def members(path: Path, budget: Budget) -> Iterator[Member | Flaw]:
    """Yield the files that are attached, to messages in the message too."""
    with path.open("rb") as file:
        raw = file.read(MESSAGE_LIMIT)
    opened = compound(raw)
    found = outlook.items(raw, opened) if opened else []
    yield from taken_out((one for item in found for one in _attached(raw, item)), budget)


def _attached(raw: bytes, item: Item) -> Iterator[Attached]:
    for one in item.attachments:
        if (stream := one.content) is not None:
            spans = stream.spans
            yield Attached(one.number, one.name(raw), lambda spans=spans: _slices(raw, spans))  # type: ignore[misc]


def _slices(raw: bytes, spans: tuple[Span, ...]) -> Iterator[bytes]:
    return (raw[offset : offset + length] for offset, length in spans)


def headers(path: Path) -> Iterator[Header]:
    """Yield the header of each message."""
    with path.open("rb") as file:
        raw = file.read(MESSAGE_LIMIT)
    opened = compound(raw)
    for item in outlook.items(raw, opened) if opened else ():
        yield read_header(written := item_header(raw, item), 0, len(written))


class _Message:
    """What one message comes to; `cited` are the spans that something stands for."""

    def __init__(self, row: Row, bodies: list[Body], problems: list[Problem]) -> None:
        self.row = row
        self.bodies = bodies
        self.problems = problems

    def cited(self) -> Iterator[Span]:
        """Yield the spans of the file that something stands for."""
        yield self.row.offset, self.row.length
        for body in self.bodies:
            for piece in body.document.pieces if body.document else ():
                yield piece.offset or 0, piece.length or 0
        yield from ((p.where.offset or 0, p.where.length or 0) for p in self.problems)


def _told(source: Source, raw: bytes, item: Item) -> _Message:
    header = read_header(written := item_header(raw, item), 0, len(written))
    said, doubts = item_bodies(source.sha256, raw, item, header.first("subject"))
    bodies = once(said)
    derived: dict[str, Told] = {
        **body_facts(bodies),
        "attachment.name": [one.name(raw) for one in item.attachments],
        "attachment.sha256": [_hash(raw, one) for one in item.attachments],
        "attachment.type": [
            one.properties.text(raw, outlook.MEDIA_TYPE) or "application/octet-stream"
            for one in item.attachments
        ],
    }
    derived |= attached_signs([(one.name, one.content()) for one in _attached(raw, item)])
    derived |= signs_of_header(header, derived["body.url"] or (), source.mail)
    fields = event_fields(header, derived) | dict(_native(raw, item.properties))
    offset, length = _place(item)
    row = Row(fields, LAYOUT, offset, length)
    return _Message(row, bodies, list(_problems(source, item, row, bodies, doubts)))


def _native(raw: bytes, said: Properties) -> Iterator[tuple[str, str]]:
    for tag, name in TEXTS.items():
        if text := said.text(raw, tag):
            yield name, text
    for tag, name in TIMES.items():
        if time := said.time(tag):
            yield name, time.isoformat()


def _place(item: Item) -> Span:
    """Return the bytes that the event stands for."""
    found = item.properties.stream(outlook.HEADERS)
    spans = found[1].spans if found else ()
    return spans[0] if spans else (item.entry, 128)


def _hash(raw: bytes, attachment: outlook.Attachment) -> str:
    """Return the hash of an attachment, empty where it holds no file."""
    if attachment.content is None:
        return ""
    digest = hashlib.sha256()
    for offset, length in attachment.content.spans:
        digest.update(memoryview(raw)[offset : offset + length])
    return digest.hexdigest()


def _problems(
    source: Source, item: Item, row: Row, bodies: list[Body], doubts: list[str]
) -> Iterator[Problem]:
    """Yield what is wrong with a message."""
    what = [*doubts, *(f"{body.part.number}: {body.doubt}" for body in bodies if body.doubt)]
    what += [f"{b.part.number} is longer than is read" for b in bodies if b.end < b.part.end]
    if item.left_out:
        what.append(f"{item.left_out} recipients or attachments more than are read")
    if not any(row.fields.get(pick.field) for _, picks in LAYOUT.envelope for pick in picks):
        what.append("neither a Date nor a time of Outlook: the event has no time")
    for attachment in item.attachments:
        if attachment.content is None:
            what.append(f"attachment {attachment.number} holds no file: an object or a reference")
    for one in what:
        yield Problem(
            one, Where(source.sha256, offset=0, length=0, part=item.number or None), AGAIN
        )


def _rest(
    source: Source, raw: bytes, opened: Compound, told: list[_Message]
) -> Iterator[Structure | Problem]:
    """Yield what nothing stands for as structure, and what is wrong with the file."""
    at = 0
    lost = [Where(source.sha256, offset=offset, length=length) for offset, length in opened.lost]
    yield from (Problem("nothing leads to these bytes any more", one, AGAIN) for one in lost)
    cited = sorted([*(span for one in told for span in one.cited() if span[1]), *opened.lost])
    marks = [(flaw, _mark(cited, flaw.offset)) for flaw in opened.flaws]
    for flaw, place in marks:
        yield Problem(flaw.what, Where(source.sha256, offset=place, length=0), AGAIN)
    for offset, length in sorted([*cited, *((place, 0) for _, place in marks), (len(raw), 0)]):
        if offset > at:
            yield Structure(Where(source.sha256, offset=at, length=offset - at))
        at = max(at, offset + length)
    if source.size > len(raw):
        where = Where(source.sha256, offset=len(raw), length=source.size - len(raw))
        what = f"message longer than {MESSAGE_LIMIT} bytes; the rest is not read"
        yield Problem(what, where, "save its attachments and hand them in")


def _mark(cited: list[Span], offset: int) -> int:
    """Return where a flaw is noted: at its byte, or where what is cited there begins."""
    before = bisect_right(cited, offset, key=lambda span: span[0]) - 1
    inside = before >= 0 and offset < sum(cited[before])
    return cited[before][0] if inside else offset


LATER = tuple(Pick(TIMES[tag], stated) for tag in (outlook.SUBMITTED, outlook.DELIVERED))
LAYOUT = Layout(MAIL.log, ((TIME, (*MAIL.picks(TIME), *LATER)),))
READER = Reader("msg", "Outlook message", recognises, read, members=members, headers=headers)
