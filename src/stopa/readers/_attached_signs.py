"""What an attachment shows to a rule about its mail: names in an archive, signs in a page.

Spec: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (central directory of a zip);
https://www.w3.org/TR/FileAPI/ (files that a page builds)
Why: the attachment is evidence of its own, but a rule about mail asks for fields of the mail: that
an archive holds a program, that a page builds a file in the browser, past the gateway.
Trap: names of an encrypted archive are plain. Nothing is unpacked or run, and a hostile directory
is read for so many names only.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from stopa.readers._archive import ZIP

LIMIT = 16 * 2**20  # bytes of an attachment that are looked through
END = 2**20  # bytes at the beginning and the end of a page that are searched
NAMES = 500  # names of one archive
ENTRY = b"PK\x01\x02"
FIXED = struct.Struct("<4s4xH18xH16x")  # of an entry: mark, flags, length of its name
UTF_8 = 0x800  # flag: the name is UTF-8
PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|script|svg|meta|\?xml|!--)", re.I
)
BUILT = re.compile(rb"new\s+(?:Blob|File)\s*\(|\bBlobBuilder\b", re.IGNORECASE)
OFFERED = re.compile(
    rb"createObjectURL|msSave(?:OrOpen)?Blob|\.download\s*=|\bdownload\s*=", re.IGNORECASE
)
DATA_LINK = re.compile(rb"href\s*=\s*[\"']?data:(?!image/|text/css)[^\"'\s>]{200}", re.IGNORECASE)
DECODED = re.compile(rb"\batob\s*\(|fromCharCode|\bunescape\s*\(|decodeURIComponent\s*\(")
CODED_TEXT = re.compile(rb"[A-Za-z0-9+/=%\\]+")
LONG = 5000  # characters of coded text that no honest page needs
PASSWORD = re.compile(rb"<input[^>]{0,300}type\s*=\s*[\"']?password", re.IGNORECASE)


def names_inside(content: bytes) -> list[str]:
    """Return the names of the files in a zip, as its directory lists them."""
    if not content.startswith(ZIP):
        return []
    found: list[str] = []
    at = content.find(ENTRY)
    while at >= 0 and len(found) < NAMES and at + FIXED.size <= len(content):
        _, flags, length = FIXED.unpack_from(content, at)
        raw = content[at + FIXED.size : at + FIXED.size + length]
        name = raw.decode("utf-8" if flags & UTF_8 else "cp437", "replace")
        if name and not name.endswith("/"):
            found.append(name)
        at = content.find(ENTRY, at + FIXED.size + length)
    return found


def signs_of_page(content: bytes) -> Iterator[str]:
    """Yield what a page does that honest letters do not; nothing where it is no page."""
    if not PAGE.match(content):
        return
    if len(content) > 2 * END:
        content = content[:END] + b"\n" + content[-END:]
    if BUILT.search(content) and OFFERED.search(content):
        yield "builds a file and offers it for saving"
    elif DATA_LINK.search(content):
        yield "holds a file in a link"
    elif DECODED.search(content) and any(len(m[0]) >= LONG for m in CODED_TEXT.finditer(content)):
        yield "decodes a long text"
    if PASSWORD.search(content):
        yield "asks for a password"


def attached_signs(attached: list[tuple[str, Iterator[bytes]]]) -> dict[str, list[str]]:
    """Return the fields of the attachments of a message: pairs of name and content."""
    inside: list[str] = []
    pages: list[str] = []
    for name, chunks in attached:
        content = _first(chunks)
        shown = name or "attachment"
        inside += [f"{shown}/{one}" for one in names_inside(content)]
        pages += [f"{shown} {sign}" for sign in signs_of_page(content)]
    return {"attachment.inside": inside[:NAMES], "attachment.page": pages}


def _first(chunks: Iterator[bytes]) -> bytes:
    """Return the content up to the limit where it is an archive or a page, else its beginning."""
    content = next(chunks, b"")
    if not (content.startswith(ZIP) or PAGE.match(content)):
        return content[:64]
    parts, size = [content], len(content)
    while size < LIMIT and (chunk := next(chunks, b"")):
        parts.append(chunk)
        size += len(chunk)
    return b"".join(parts)[:LIMIT]
