"""Mail messages: their header, what follows from it and from their bodies, and the bodies' text.

Spec: https://www.rfc-editor.org/rfc/rfc5322; https://www.rfc-editor.org/rfc/rfc2045 (MIME);
https://www.rfc-editor.org/rfc/rfc8601 (Authentication-Results)
Why: a message is one event with the header's own field names, so that rules can ask for them, and a
document for each of its bodies. Attached messages are messages of their own.
Trap: the sender wrote all of it but what receiving servers put on top: the topmost result counts.
The event stands for the bytes of the header, documents for those of the bodies, structure for the
rest; attachments are evidence of their own. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path

from stopa.model.document import Document
from stopa.model.event import TIME, LogSource
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._addresses import Address, addresses
from stopa.readers._archive import Budget, Flaw, Member
from stopa.readers._attachments import of_message, taken_out
from stopa.readers._bodies import Body, attachment_facts, bodies, body_facts
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._flatten import Column
from stopa.readers._headers import Header, decode_words, read_header, written_date
from stopa.readers._look_alikes import registered
from stopa.readers._mail_signs import SIGNS, Told, signs
from stopa.readers._mime import Message, messages
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import Times, by_value

AGAIN = "export the message again from the mail server"
HEADER_LIMIT = 2**20  # bytes in which recipients are looked for
MESSAGE_LIMIT = 256 * 2**20  # bytes; servers refuse messages of a fifth of it

# Header fields that a message may hold many times are lists; the others are text.
LIST_NAMES = """
    Received X-Received Received-SPF Authentication-Results DKIM-Signature Delivered-To ARC-Seal
    ARC-Message-Signature ARC-Authentication-Results X-Forwarded-To X-Forwarded-For Resent-From
    Resent-To Resent-Date Resent-Message-ID Comments Keywords
"""
# How fields are spelled in events, however a message spells them; other fields keep their spelling.
TEXT_NAMES = """
    From To Cc Bcc Sender Reply-To Subject Date Message-ID In-Reply-To References Return-Path
    MIME-Version Content-Type Content-Transfer-Encoding Content-Disposition Content-Language
    X-Mailer User-Agent X-Originating-IP X-Priority Importance List-Unsubscribe List-ID Precedence
    Auto-Submitted Thread-Topic Thread-Index Organization
"""
LISTS = frozenset(LIST_NAMES.split())
TEXTS = frozenset(TEXT_NAMES.split())
SPELLINGS = {name.lower(): name for name in LISTS | TEXTS}

# What is derived, and from what. Domains are in lower case.
DERIVED = {
    "from.address": "address of From",
    "from.domain": "its domain",
    "from.display": "display name of From",
    "from.display.mismatch": "`address -> address` where the name shows another than the sender's",
    "reply_to.address": "address of Reply-To",
    "reply_to.domain": "its domain",
    "return_path.domain": "domain of Return-Path, the sender that the servers were told",
    "message_id.domain": "right half of Message-ID",
    "body.url": "list: where links, forms, frames and addresses in plain text lead",
    "body.link.text": "list: the texts of links",
    "body.link.mismatch": "list: `text -> address` of links whose text shows another host",
    "body.image.url": "list: remote images",
    "body.pixel.url": "list: remote images that are hidden or no larger than a pixel",
    "attachment.name": "list: file names of attachments, empty where one has none",
    "attachment.sha256": "list: SHA-256 of their decoded content",
    "attachment.type": "list: their stated media types",
    "attachment.inside": "list: `archive/name` of the files in attached zips, encrypted ones too",
    "attachment.page": "list: attached pages and what they do: build a file, ask for a password",
    "auth.spf": "result of the topmost Authentication-Results, else of Received-SPF",
    "auth.dkim": "result of the topmost Authentication-Results that has one",
    "auth.dmarc": "result of the topmost Authentication-Results that has one",
    **SIGNS,
}

METHODS = ("spf", "dkim", "dmarc")
RESULTS = {m: re.compile(rf"(?:^|[;\s]){m}\s*=\s*([a-z]+)", re.IGNORECASE) for m in METHODS}
SHOWN_ADDRESS = re.compile(r"[\w.+-]{1,64}@((?:[\w-]{1,63}\.)+[^\W\d_]{2,24})")
FIRST_WORD = re.compile(r"\s*([a-z]+)", re.IGNORECASE)

FIRST_FIELDS = re.compile(
    rb"(?:From [^\n]*\n)?"
    rb"(?:[!-9;-~]+[ \t]*:[^\n]*(?:\n|\Z)(?:>From [^\n]*\n|[ \t][^\n]*(?:\n|\Z))*){2,}"
)
NAMED = re.compile(rb"^([!-9;-~]+)[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE)
TELLING = {b"received", b"message-id", b"mime-version", b"return-path", b"delivered-to"}
USUAL = {b"from", b"to", b"cc", b"subject", b"date", b"reply-to", b"sender", b"content-type"}
NEXT_OF_MAILBOX = re.compile(rb"\n\r?\nFrom \S+[^\n]*\d\d:\d\d[^\n]*\n[!-9;-~]+:")


def recognises(head: bytes) -> bool:
    """Recognise a header that only a message has; a mailbox of several messages is none."""
    found = FIRST_FIELDS.match(head.lstrip(b"\r\n"))
    if found is None or NEXT_OF_MAILBOX.search(head):
        return False
    fields = {name.lower(): value for name, value in NAMED.findall(found[0])}
    telling, usual = len(fields.keys() & TELLING), len(fields.keys() & USUAL)
    return telling + usual >= 2 and (telling > 0 or b"@" in fields.get(b"from", b""))


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each message, the bodies as documents, and the rest as structure."""
    with source.path.open("rb") as file:
        yield from read_message(source, file.read(MESSAGE_LIMIT))


def read_message(source: Source, raw: bytes) -> Iterator[Found]:
    """Yield what a message holds of which these are the first bytes, up to `MESSAGE_LIMIT`."""
    parts = list(parts_of(source, raw))
    yield from tabulate(source, [part for part in parts if isinstance(part, Row)])
    yield from (part for part in parts if not isinstance(part, Row))


def members(path: Path, budget: Budget) -> Iterator[Member | Flaw]:
    """Yield the attachments, those of attached messages too."""
    with path.open("rb") as file:
        raw = file.read(MESSAGE_LIMIT)
    yield from taken_out(of_message(raw), budget)


def headers(path: Path) -> Iterator[Header]:
    """Yield the header of the outermost message."""
    with path.open("rb") as file:
        head = file.read(HEADER_LIMIT)
    yield read_header(head, 0, len(head))


def parts_of(source: Source, raw: bytes) -> Iterator[Row | Document | Problem | Structure]:
    """Yield the same, with the events as rows."""
    if raw:
        found = messages(raw)
        yield from _read(source, raw, found) if found[0].header.fields else _no_message(source)
    if source.size > len(raw) and raw:
        where = Where(source.sha256, offset=len(raw), length=source.size - len(raw))
        yield Problem(
            f"message longer than {MESSAGE_LIMIT} bytes; the rest is not read",
            where,
            "save its attachments and hand them in",
        )


def _no_message(source: Source) -> Iterator[Problem]:
    size = min(source.size, MESSAGE_LIMIT)
    yield Problem("no header of a message", Where(source.sha256, offset=0, length=size), AGAIN)


def _read(
    source: Source, raw: bytes, found: list[Message]
) -> Iterator[Row | Document | Problem | Structure]:
    texts = [bodies(source.sha256, raw, message) for message in found]
    both = list(zip(found, texts, strict=True))
    rows = [_row(source, raw, message, said) for message, said in both if message.header.fields]
    yield from rows
    documents = [body.document for said in texts for body in said if body.document]
    yield from documents
    unread = [_unread(source, body) for said in texts for body in said if body.end < body.part.end]
    yield from unread
    taken = [(row.offset, row.length, "") for row in rows]
    taken += [(p.offset or 0, p.length or 0, "") for one in documents for p in one.pieces]
    taken += [(one.where.offset or 0, one.where.length or 0, "") for one in unread]
    taken += _unread_parts(both)
    yield from _structure(source, taken, len(raw))
    for message, said in both:
        for what in _notes(message, said):
            place = Where(source.sha256, offset=0, length=0, part=message.number or None)
            yield Problem(what, place, AGAIN)


def _unread(source: Source, body: Body) -> Problem:
    where = Where(source.sha256, offset=body.end, length=body.part.end - body.end)
    return Problem("body longer than is read", where, "save the body and hand it in as a file")


def _row(source: Source, raw: bytes, message: Message, said: list[Body]) -> Row:
    header = message.header
    derived: dict[str, Told] = {**body_facts(said), **attachment_facts(raw, message)}
    derived |= signs(raw, message, derived["body.url"] or (), source.mail)
    return Row(event_fields(header, derived), LAYOUT, header.start, header.end - header.start)


def event_fields(header: Header, derived: Mapping[str, Told]) -> dict[str, object]:
    """Return the fields of a message's event: the header's own, and those that are derived."""
    told = {**_sender(header), **derived, **_authentication(header)}
    return dict(_native(header)) | {name: told[name] for name in DERIVED if told.get(name)}


def _native(header: Header) -> Iterator[tuple[str, str | list[str]]]:
    """Yield each field once, doubled ones with a line for each."""
    values: dict[str, list[str]] = {}
    for field in header.fields:
        name = SPELLINGS.get(field.name.lower(), field.name)
        values.setdefault(name, []).append(field.value)
    for name, said in values.items():
        yield name, said if name in LISTS else "\n".join(said)


def _sender(header: Header) -> dict[str, str | None]:
    sender, reply, path = (_address(header, name) for name in ("from", "reply-to", "return-path"))
    _, at, host = (header.first("message-id") or "").strip().rstrip(">").rpartition("@")
    return {
        "from.address": sender.address,
        "from.domain": sender.domain,
        "from.display": sender.display,
        "from.display.mismatch": _mismatch(sender),
        "reply_to.address": reply.address,
        "reply_to.domain": reply.domain,
        "return_path.domain": path.domain,
        "message_id.domain": host.lower() if at else None,
    }


def _address(header: Header, name: str) -> Address:
    found = next(iter(addresses(header.written(name))), Address("", None))
    return replace(found, display=decode_words(found.display))


def _mismatch(sender: Address) -> str | None:
    """Return the address that a display name shows, where the sender's is of another domain."""
    shown = SHOWN_ADDRESS.search(sender.display)
    if shown is None or not sender.domain:
        return None
    same = registered(shown[1].lower()) == registered(sender.domain)
    return None if same else f"{shown[0]} -> {sender.address}"


def _authentication(header: Header) -> dict[str, str]:
    """Return the result of each method that the topmost server states."""
    results: dict[str, str] = {}
    for said in header.all("authentication-results"):
        for method, pattern in RESULTS.items():
            if found := pattern.search(said):
                results.setdefault(f"auth.{method}", found[1].lower())
    if found := FIRST_WORD.match(header.first("received-spf") or ""):
        results.setdefault("auth.spf", found[1].lower())
    return results


def _unread_parts(both: list[tuple[Message, list[Body]]]) -> Iterator[tuple[int, int, str]]:
    """Yield place and number of attachments, and of bodies that no document stands for."""
    for message, said in both:
        documents = {body.part.number for body in said if body.document}
        ends = {body.part.number: body.end for body in said}
        for part in message.parts:
            if part.number not in documents:
                yield part.start, ends.get(part.number, part.end) - part.start, part.number


def _structure(source: Source, taken: list[tuple[int, int, str]], size: int) -> Iterator[Structure]:
    """Yield the parts that have a number as structure, and all that nothing stands for."""
    at = 0
    for offset, length, part in [*sorted(taken), (size, 0, "")]:
        if offset > at:
            yield Structure(Where(source.sha256, offset=at, length=offset - at))
        if part and length:
            yield Structure(Where(source.sha256, offset=offset, length=length, part=part))
        at = offset + length


def _notes(message: Message, said: list[Body]) -> Iterator[str]:
    """Yield what is wrong with a message, in words."""
    header = message.header
    yield from message.defects
    yield from (f"part {body.part.number}: {body.doubt}" for body in said if body.doubt)
    if not header.fields:
        yield "an attached message without a header"
        return
    if header.first("date") is None:
        yield "no Date: the event has no time"
    if not header.complete and header.end:
        yield "no blank line ends the header"
    if header.skipped:
        yield f"{header.skipped} header fields more than are read"
    counts = Counter(SPELLINGS.get(field.name.lower(), field.name) for field in header.fields)
    if doubled := sorted(name for name in TEXTS if counts[name] > 1):
        yield f"stands more than once: {', '.join(doubled)}; the first one counts"
    if _address(header, "from").address is None:
        yield "From names no clear address"


def _dates(texts: Column, zone: tzinfo | None) -> Times:
    return by_value(texts, written_date, zone)


LAYOUT = Layout(LogSource("mail", "message"), ((TIME, (Pick("Date", _dates),)),))
READER = Reader("mail", "Mail message", recognises, read, members=members, headers=headers)
