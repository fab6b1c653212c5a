"""A package of XML parts read as one document: what both families of office files share.

Spec: https://ecma-international.org/publications-and-standards/standards/ecma-376/
Why: body, notes, comments, headers and footers all may hold a statement; each paragraph cites its
part and the byte in it, as `word/document.xml@1532`.
Trap: properties are what the file says of itself. They are kept as that, with their place, and
never become the date or the author of the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field

from stopa.model.document import Document, Piece, Stated
from stopa.model.evidence import Problem, Where
from stopa.readers._package import COMPARE, Package, Part, around, note, opened
from stopa.readers._reader import Found, Source
from stopa.readers._written import CHARACTERS, Dialect, Paragraph, Written, written

SEE = "open it in a viewer, offline, to see them"
PIECES = 200_000  # paragraphs of a document; what lies beyond is said not to be read


@dataclass(frozen=True, slots=True)
class Family:
    """What tells one family of office files from the other.

    `texts` names the parts with text, in the order of reading; `properties` the part with them, and
    `named` what they are called here. `warnings` looks at a package for what an analyst should
    know; a reason not to read it at all comes from `refused`.
    """

    kind: str
    dialect: Dialect
    properties: Dialect
    named: dict[str, str]
    texts: Callable[[Package], list[str]]
    stated_in: str
    counted: dict[str, str]
    warnings: Callable[[Package], Iterator[tuple[str, str, str]]]
    refused: Callable[[Package], str | None]


@dataclass(slots=True)
class _Draft:
    """The document in the making."""

    texts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    size: int = 0
    taken: list[tuple[int, int]] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


def read_package(source: Source, family: Family) -> Iterator[Found]:
    """Yield the text of a package as one document, the rest as structure, and its defects."""
    whole = Where(source.sha256, offset=0, length=source.size)
    package = opened(source.path, source.size)
    if isinstance(package, str):
        if source.size:
            yield Problem(f"cannot be read as a package: {package}", whole, COMPARE)
        return
    with closing(package):
        refused = family.refused(package)
        if refused:
            yield Problem(refused, whole, "save a copy without the password and hand it in")
            return
        yield from _found(source, package, family)


def _found(source: Source, package: Package, family: Family) -> Iterator[Found]:
    draft = _Draft()
    for name in family.texts(package):
        _add_part(source, draft, package, package.parts[name], family)
    title, stated = _stated(source, package, family)
    if draft.pieces:
        text, pieces = "".join(draft.texts), tuple(draft.pieces)
        yield Document(source.sha256, family.kind, text, pieces, title, "utf-8", None, stated)
        yield from around(source.sha256, source.size, draft.taken)
    else:
        whole = Where(source.sha256, offset=0, length=source.size)
        yield Problem("no part holds text", whole, "pictures of text need text recognition first")
    yield from draft.problems
    for name, flaw in package.flaws:
        yield note(source.sha256, name, flaw, "unpack it with another tool; compare its hash")
    for element, count in sorted(draft.counted.items()):
        yield note(source.sha256, "text", f"{family.counted[element]}: {count}", SEE)
    for part, what, hint in family.warnings(package):
        yield note(source.sha256, part, what, hint)


def _add_part(source: Source, draft: _Draft, package: Package, part: Part, family: Family) -> None:
    found = written(package.chunks(part), family.dialect)
    draft.counted.update(found.counted)
    for paragraph in found.paragraphs:
        if draft.size > CHARACTERS or len(draft.pieces) >= PIECES:
            found.defect = found.defect or "more text than is read; cut there"
            break
        _add_paragraph(draft, part, paragraph)
    if found.paragraphs:
        draft.taken.append((part.offset, part.length))
    if found.defect:
        draft.problems.append(note(source.sha256, part.name, found.defect, COMPARE))


def _add_paragraph(draft: _Draft, part: Part, paragraph: Paragraph) -> None:
    """Append a paragraph; the gap before it belongs to its piece.

    The first of a part stands for its bytes; the others have its offset alone.
    """
    text = (paragraph.gap if draft.size else "") + paragraph.text
    start, draft.size = draft.size, draft.size + len(text)
    draft.texts.append(text)
    place = f"{part.name}@{paragraph.byte}"
    first = not draft.pieces or draft.pieces[-1].offset != part.offset
    length = part.length if first else None
    draft.pieces.append(Piece(start, draft.size, part.offset, length, part=place))


def _stated(
    source: Source, package: Package, family: Family
) -> tuple[str | None, tuple[Stated, ...]]:
    """Return the title, and all properties with their places."""
    part = package.parts.get(family.stated_in)
    found = written(package.chunks(part), family.properties) if part else Written()
    told = [
        Stated(
            family.named[name],
            text,
            Where(
                source.sha256,
                offset=part.offset if part else None,
                length=part.length if part else None,
                part=f"{family.stated_in}@{byte}",
            ),
        )
        for name, text, byte in found.fields
    ]
    title = next((one.value for one in told if one.name == "title"), None)
    return title, tuple(told)


def properties(named: dict[str, str]) -> Dialect:
    """Return the dialect of a part of properties."""
    none: frozenset[str] = frozenset()
    return Dialect(none, none, {}, {}, none, none, frozenset(named))
