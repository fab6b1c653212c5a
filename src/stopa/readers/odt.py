"""OpenDocument texts: paragraphs, headings, tables and notes, each with its place.

Spec: https://docs.oasis-open.org/office/OpenDocument/v1.3/os/
Why: ministries that do not write with Word write with this.
Trap: notes and comments stand inside the paragraph that they belong to, deleted text in a list of
its own; white space is one space unless an element says otherwise. An encrypted text is a zip whose
list of parts says so. Scripts ride along and are never run.
"""

from __future__ import annotations

from collections.abc import Iterator

from stopa.readers._office import Family, properties, read_package
from stopa.readers._package import Package
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._written import Dialect

TYPE = b"application/vnd.oasis.opendocument.text"
NAME = b"mimetype"
WITHIN = 200  # bytes in which name and type stand, by the specification at a fixed place
MANIFEST = "META-INF/manifest.xml"
MANIFEST_LIMIT = 1_000_000  # bytes

DIALECT = Dialect(
    paragraphs=frozenset({"p", "h"}),
    runs=frozenset(),
    marks={"tab": "\t", "line-break": "\n", "s": " "},
    gaps={"table-cell": "\t", "covered-table-cell": "\t", "table-row": "\n", "table": "\n\n"},
    unread=frozenset(
        {"tracked-changes", "note-citation", "creator", "date", "date-string", "creator-initials",
         "bibliography-configuration", "automatic-styles", "index-title-template"}
    ),
    counted=frozenset({"tracked-changes", "annotation", "object"}),
)  # fmt: skip
COUNTED = {
    "tracked-changes": "deletions still in the file, not read",
    "annotation": "comments, read after their paragraphs",
    "object": "embedded objects, not opened",
}
PROPERTIES = {
    "title": "title",
    "subject": "subject",
    "initial-creator": "author",
    "creator": "last changed by",
    "creation-date": "file made",
    "date": "file changed",
}


def recognises(head: bytes) -> bool:
    """Recognise the first member, which holds the type, not packed."""
    first = head[:WITHIN]
    return first.startswith(b"PK\x03\x04") and first[30:].startswith(NAME) and TYPE in first


def read(source: Source) -> Iterator[Found]:
    """Yield the text as one document, the rest of the package as structure."""
    yield from read_package(source, FAMILY)


def _texts(package: Package) -> list[str]:
    return [name for name in ("content.xml",) if name in package.parts]


def _warnings(package: Package) -> Iterator[tuple[str, str, str]]:
    scripts = [name for name in package.parts if name.startswith(("Basic/", "Scripts/"))]
    if scripts:
        what = f"scripts in it: {len(scripts)} parts; none was run"
        yield scripts[0].split("/")[0], what, "open it in no viewer that runs scripts"
    embedded = [name for name in package.parts if name.startswith(("Object ", "ObjectRepl"))]
    if embedded:
        yield "Object", f"embedded parts: {len(embedded)}; none was read", "hand them in"
    pictures = [name for name in package.parts if name.startswith("Pictures/")]
    if pictures:
        yield "Pictures", f"pictures: {len(pictures)}; text in them is not read", "look at them"


def _refused(package: Package) -> str | None:
    part = package.parts.get(MANIFEST)
    if part is None:
        return None
    chunks = package.chunks(part)
    raw = b"".join(chunk for chunk in chunks if isinstance(chunk, bytes))[:MANIFEST_LIMIT]
    return "encrypted: a password is needed" if b"encryption-data" in raw else None


FAMILY = Family(
    kind="odt",
    dialect=DIALECT,
    properties=properties(PROPERTIES),
    named=PROPERTIES,
    texts=_texts,
    stated_in="meta.xml",
    counted=COUNTED,
    warnings=_warnings,
    refused=_refused,
)
READER = Reader("odt", "OpenDocument text", recognises, read)
