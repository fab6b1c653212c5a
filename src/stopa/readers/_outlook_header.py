"""The header of an Outlook message: what servers wrote, and properties where they wrote nothing.

Spec: https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxcmail/ (properties and
header fields), https://www.rfc-editor.org/rfc/rfc5322
Why: mail that was sent, or that never left Exchange, has no header of servers; its sender and
recipients are properties. Made into a header, they are read like any other.
Trap: a line break in a property would forge a field; an address inside of Exchange is no mail
address, and is left to its own property.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.readers import _outlook as outlook
from stopa.readers._decoding import decode
from stopa.readers._headers import Header, read_header
from stopa.readers._outlook import Item, Properties

LIMIT = 4 * 2**20  # bytes
BREAKS = re.compile(r"[\x00-\x1f\x7f]+")
# Header fields that properties can stand in for, where no server wrote them.
STAND_INS = {"Subject": 0x0037, "Message-ID": 0x1035, "In-Reply-To": 0x1042, "References": 0x1039}
SENDERS = ((0x0042, (0x5D02, 0x0065)), (0x0C1A, (0x5D01, 0x0C1F)))  # name, and addresses in order
RECIPIENTS = {1: "To", 2: "Cc", 3: "Bcc"}


def item_header(raw: bytes, item: Item) -> bytes:
    """Return the header that servers wrote, with what it lacks made of properties."""
    said = item.properties
    found = said.stream(outlook.HEADERS)
    written = ""
    if found is not None:
        written = decode(found[1].content(raw, LIMIT), said.charset(found[0])).text
    head = written.strip("\0\r\n").encode("utf-8", "replace")
    there = read_header(head, 0, len(head))
    lines = [f"{name}: {value}" for name, value in _stand_ins(raw, item, there)]
    return b"\r\n".join([*([head] if head else []), *(line.encode() for line in lines)]) + b"\r\n"


def _stand_ins(raw: bytes, item: Item, there: Header) -> Iterator[tuple[str, str]]:
    """Yield header fields made of properties, where the header has none of that name."""
    for name, tag in STAND_INS.items():
        text = _line(item.properties.text(raw, tag))
        if text and there.first(name.lower()) is None:
            yield name, text
    if there.first("from") is None and (sender := _sender(raw, item.properties)):
        yield "From", sender
    for kind, name in RECIPIENTS.items():
        mine = [one for one in item.recipients if one.number(outlook.KIND) == kind]
        shown = [_mailbox(raw, one, outlook.SHOWN_NAME, (outlook.SMTP, outlook.ADDRESS))
                 for one in mine]  # fmt: skip
        if any(shown) and there.first(name.lower()) is None:
            yield name, ", ".join(filter(None, shown))


def _sender(raw: bytes, said: Properties) -> str:
    found = (_mailbox(raw, said, name, addresses) for name, addresses in SENDERS)
    return next(filter(None, found), "")


def _mailbox(raw: bytes, said: Properties, name: int, addresses: tuple[int, ...]) -> str:
    """Return a mailbox as a header writes it; an address within Exchange is none."""
    shown = _line(said.text(raw, name)).replace("\\", "\\\\").replace('"', '\\"')
    told = (_line(said.text(raw, tag)) for tag in addresses)
    address = next((one for one in told if "@" in one and not set("<>") & set(one)), "")
    return " ".join(
        filter(None, (f'"{shown}"' if shown else "", f"<{address}>" if address else ""))
    )


def _line(text: str) -> str:
    """Return text on one line: nobody's property forges a field."""
    return BREAKS.sub(" ", text).strip().encode("utf-8", "replace").decode()
