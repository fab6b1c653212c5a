"""Word documents: body, notes, comments, headers and footers, each paragraph with its place.

Spec: https://ecma-international.org/publications-and-standards/standards/ecma-376/ (part 1, 17)
Why: statements and reports are handed out as DOCX. Its properties name who made the file and when.
Trap: deleted text stays in the file, a text box stands in it twice, a template may be fetched from
elsewhere, macros ride along (`.docm`). None is run, fetched or read as text; each is named. An
encrypted document is no zip at all: an OLE file with a stream called EncryptedPackage.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from stopa.model.evidence import Problem, Where
from stopa.readers._office import Family, properties, read_package
from stopa.readers._package import Package
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._written import Dialect

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MEMBER = re.compile(rb"PK\x03\x04.{22}(.{2}).{2}", re.DOTALL)
NAMED = re.compile(rb"PK\x03\x04.{26}word/", re.DOTALL)
TYPES = b"[Content_Types].xml"
WORDS = (b"wordprocessingml", b"ms-word")
TYPES_LIMIT = 262_144  # bytes of the list of types that are looked at
BODY = "word/document.xml"
OTHERS = re.compile(r"word/(?:footnotes|endnotes|comments|header\d*|footer\d*)\.xml")
RELATIONS = ("word/_rels/document.xml.rels", "word/_rels/settings.xml.rels")
OUTSIDE = re.compile(
    rb'<Relationship\b(?=[^>]*TargetMode\s*=\s*"External")'
    rb'(?=[^>]*Type\s*=\s*"[^"]*/(attachedTemplate|oleObject|frame|subDocument|image)")[^>]*>'
)
NOT_FETCHED = "nothing was fetched; open it in no viewer that would"

DIALECT = Dialect(
    paragraphs=frozenset({"p"}),
    runs=frozenset({"t"}),
    marks={"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"},
    gaps={"tc": "\t", "tr": "\n", "tbl": "\n\n"},
    unread=frozenset({"Fallback", "del", "moveFrom", "instrText", "pPr", "sectPr", "delText"}),
    counted=frozenset({"del", "vanish", "object"}),
)
COUNTED = {
    "del": "deletions still in the file, not read",
    "vanish": "stretches marked as hidden, read like the rest",
    "object": "embedded objects, not opened",
}
PROPERTIES = {
    "title": "title",
    "subject": "subject",
    "creator": "author",
    "lastModifiedBy": "last changed by",
    "created": "file made",
    "modified": "file changed",
}


def recognises(head: bytes) -> bool:
    """Recognise the list of types or a part of a Word document; or an encrypted package."""
    if head.startswith(OLE):
        return ENCRYPTED in head
    if not head.startswith(b"PK\x03\x04"):
        return False
    return NAMED.search(head) is not None or any(word in _types(head) for word in WORDS)


def read(source: Source) -> Iterator[Found]:
    """Yield the text as one document, the rest of the package as structure."""
    with source.path.open("rb") as file:
        encrypted = file.read(len(OLE)) == OLE
    if encrypted:
        whole = Where(source.sha256, offset=0, length=source.size)
        hint = "save a copy without the password and hand it in"
        yield Problem("encrypted: a password is needed", whole, hint)
        return
    yield from read_package(source, FAMILY)


def _types(head: bytes) -> bytes:
    """Return the list of types, where it is the first member and unpacks."""
    name = int.from_bytes(head[26:28], "little")
    extra = int.from_bytes(head[28:30], "little")
    if head[30 : 30 + name] != TYPES:
        return b""
    packed = head[30 + name + extra :]
    if head[8:10] == b"\0\0":
        return packed[:TYPES_LIMIT]
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, TYPES_LIMIT)
    except zlib.error:
        return b""


def _texts(package: Package) -> list[str]:
    others = sorted(name for name in package.parts if OTHERS.fullmatch(name))
    return [name for name in (BODY, *others) if name in package.parts]


def _warnings(package: Package) -> Iterator[tuple[str, str, str]]:
    for name in sorted(package.parts):
        if name.lower().endswith("vbaproject.bin"):
            yield name, "macros in it; none was run", "open it in no viewer that runs macros"
    embedded = [name for name in package.parts if name.startswith("word/embeddings/")]
    if embedded:
        what = f"embedded files: {len(embedded)}; none was read"
        yield "word/embeddings", what, "save them and hand them in"
    pictures = [name for name in package.parts if name.startswith("word/media/")]
    if pictures:
        yield "word/media", f"pictures: {len(pictures)}; text in them is not read", "look at them"
    for name in RELATIONS:
        part = package.parts.get(name)
        for kind in sorted(_outside(package, name)) if part else ():
            yield name, f"fetches a part from elsewhere when opened: {kind}", NOT_FETCHED


def _outside(package: Package, name: str) -> set[str]:
    chunks = package.chunks(package.parts[name])
    raw = b"".join(chunk for chunk in chunks if isinstance(chunk, bytes))[:TYPES_LIMIT]
    return {found[1].decode() for found in OUTSIDE.finditer(raw)}


def _never_refused(_: Package) -> str | None:
    return None


FAMILY = Family(
    kind="docx",
    dialect=DIALECT,
    properties=properties(PROPERTIES),
    named=PROPERTIES,
    texts=_texts,
    stated_in="docProps/core.xml",
    counted=COUNTED,
    warnings=_warnings,
    refused=_never_refused,
)
READER = Reader("docx", "Word document", recognises, read)
