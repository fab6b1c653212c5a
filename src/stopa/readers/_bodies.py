"""The bodies of a message as documents, and what their links, images and attachments say.

Spec: https://www.rfc-editor.org/rfc/rfc2046#section-5.1.4 (alternatives)
Why: a body is sent as plain text and as a page that should say the same. The plain text is read,
and the page as well where it says more, for it is the page that the victim saw.
Trap: a body that is encoded for transfer is cited as a whole, as its characters have no bytes.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from stopa.model.document import Document, Piece
from stopa.readers._attached_signs import attached_signs
from stopa.readers._decoding import Decoded, decode
from stopa.readers._links import Image, Link, links_and_images, plain_links
from stopa.readers._mime import Message, Part
from stopa.readers._page import read_page
from stopa.readers._transfer import CODED, decoded
from stopa.readers.html import page_pieces, stated_charset

BODY_LIMIT = 4 * 2**20  # bytes; a body that people read has thousands
WORD = re.compile(r"\w{2,}")
MORE_WORDS = 5  # and more than
MORE = 0.2  # of the words of a page that are not in the plain text beside it: it says more
BODIES = frozenset(("text/plain", "text/html"))


@dataclass(frozen=True, slots=True)
class Body:
    """A body, read up to the byte `end`.

    `document` is None where it is empty or says what another alternative says.
    """

    part: Part
    end: int
    document: Document | None
    links: tuple[Link, ...]
    images: tuple[Image, ...]
    doubt: str


def bodies(evidence: str, raw: bytes, message: Message) -> list[Body]:
    """Return the bodies of a message, attachments left out."""
    title = message.header.first("subject") or None
    return once([read_body(evidence, raw, p, title) for p in message.parts if _is_body(p)])


def once(found: list[Body]) -> list[Body]:
    """Leave out the documents of pages that say what the plain text beside them says."""
    plain: dict[str | None, set[str]] = {}
    for body in found:
        if body.part.type == "text/plain" and body.document:
            plain.setdefault(body.part.alternative, set()).update(_words(body.document))
    return [_once(body, plain) for body in found]


def read_body(evidence: str, raw: bytes, part: Part, title: str | None) -> Body:
    """Return one body, its content being that of the part in `raw`."""
    end = _read_end(raw, part)
    content = b"".join(decoded(raw, part.transfer, part.start, end))
    is_page = part.type == "text/html"
    stated = part.charset or (stated_charset(content) if is_page else None)
    characters = decode(content, stated)
    text, pieces = (_page if is_page else _plain)(part, characters, end)
    if part.transfer in CODED:
        pieces = (Piece(0, len(text), part.start, end - part.start),)
    document = None
    if text.strip():
        document = Document(evidence, "mail", text, pieces, title, characters.encoding, part.number)
    links, images = links_and_images(characters.text) if is_page else (plain_links(text), ())
    return Body(part, end, document, links, images, characters.doubt)


def body_facts(said: list[Body]) -> dict[str, list[str]]:
    """Return what the links and images of the bodies say, each once, in order."""
    links = [link for body in said for link in body.links]
    images = [image for body in said for image in body.images]
    facts = {
        "body.url": [link.address for link in links if link.address],
        "body.link.text": [link.text for link in links if link.text],
        "body.link.mismatch": [f"{link.text} -> {link.address}" for link in links if link.deceives],
        "body.image.url": [image.address for image in images],
        "body.pixel.url": [image.address for image in images if image.unseen],
    }
    return {name: list(dict.fromkeys(values)) for name, values in facts.items()}


def attached(message: Message) -> list[Part]:
    """Return the parts of a message that are no bodies, in their order."""
    return [part for part in message.parts if not _is_body(part)]


def attachment_facts(raw: bytes, message: Message) -> dict[str, list[str]]:
    """Return names, hashes and types of the attachments, in their order."""
    return {
        "attachment.name": [part.name or "" for part in attached(message)],
        "attachment.sha256": [_hash(raw, part) for part in attached(message)],
        "attachment.type": [part.type for part in attached(message)],
        **attached_signs(
            [
                (part.name or "", decoded(raw, part.transfer, part.start, part.end))
                for part in attached(message)
            ]
        ),
    }


def _hash(raw: bytes, part: Part) -> str:
    digest = hashlib.sha256()
    for stretch in decoded(raw, part.transfer, part.start, part.end):
        digest.update(stretch)
    return digest.hexdigest()


def _is_body(part: Part) -> bool:
    return part.type in BODIES and part.disposition != "attachment" and not part.name


def _read_end(raw: bytes, part: Part) -> int:
    """Return where reading a body ends: with it, or after the last line within the limit."""
    limit = part.start + BODY_LIMIT
    return part.end if part.end <= limit else raw.rfind(b"\n", part.start, limit) + 1 or limit


def _plain(part: Part, characters: Decoded, end: int) -> tuple[str, tuple[Piece, ...]]:
    start = part.start + characters.mark
    return characters.text, tuple(characters.pieces(start, end - characters.rest - start))


def _page(part: Part, characters: Decoded, end: int) -> tuple[str, tuple[Piece, ...]]:
    page, start = read_page(characters.text), part.start + characters.mark
    return page.text, page_pieces(page.runs, characters, start, end - characters.rest - start)


def _once(body: Body, plain: dict[str | None, set[str]]) -> Body:
    """Leave out the document of a page that says what the plain text beside it says."""
    if body.document is None or body.part.type == "text/plain" or body.part.alternative is None:
        return body
    beside = plain.get(body.part.alternative)
    words = _words(body.document)
    if not beside or len(words - beside) > max(MORE_WORDS, MORE * len(words)):
        return body
    return replace(body, document=None)


def _words(document: Document) -> set[str]:
    return {word.lower() for word in WORD.findall(document.text)}
