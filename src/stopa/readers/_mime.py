"""The parts of a message: where each lies in the evidence, what it says it is, its content.

Spec: https://www.rfc-editor.org/rfc/rfc2045 and https://www.rfc-editor.org/rfc/rfc2046#section-5
Why: attached messages and alternatives are told apart by their place in the tree; parts are
numbered as IMAP numbers them (RFC 9051 section 6.4.5.1), so that a citation can name one.
Trap: boundaries are missing, doubled and hostile. The tree is walked with a list, not by recursion,
and both its depth and the number of its parts are bounded; what is beyond stays one part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from stopa.readers._headers import Header, parameters, read_header
from stopa.readers._transfer import CODED

PARTS = 2000
DEPTH = 50
MISSES = 500_000  # places that look like a boundary and are none, of one file
DEFAULT_TYPE = "text/plain"
TYPE = re.compile(r"[\w.+-]{1,100}/[\w.+-]{1,100}")


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of the tree: the bytes [start, end) are its content, still encoded for transfer.

    `alternative` is the number of the multipart/alternative that it is one choice of, if any;
    `message` the index of the message that it belongs to.
    """

    number: str
    message: int
    type: str
    charset: str | None
    transfer: str
    disposition: str
    name: str | None
    start: int
    end: int
    alternative: str | None = None

    @property
    def is_coded(self) -> bool:
        """Tell whether its bytes are not those of its content."""
        return self.transfer in CODED


@dataclass(frozen=True, slots=True)
class Message:
    """A message, its own header, its leaves. `number` is empty for the outermost one.

    It ends at the byte `end`, which of an attached message is where its part does.
    """

    number: str
    end: int
    header: Header
    parts: tuple[Part, ...]
    defects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A part that is yet to be looked into."""

    number: str
    message: int
    start: int
    end: int
    depth: int
    alternative: str | None
    default: str = DEFAULT_TYPE


def messages(raw: bytes) -> list[Message]:
    """Return the message and those attached to it, outermost first, each with its leaves."""
    tree = _Tree(raw)
    pending = [Node("", 0, 0, len(raw), 0, None)]
    tree.open_message("", 0, len(raw))
    while pending:
        node = pending.pop()
        pending += reversed(list(tree.look_into(node)))
    return tree.messages()


class _Tree:
    """The messages found so far."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._headers: list[tuple[str, Header]] = []
        self._ends: list[int] = []
        self._parts: list[list[Part]] = []
        self._defects: list[list[str]] = []
        self._count = 0
        self._misses = 0

    def open_message(self, number: str, start: int, end: int) -> int:
        """Note a message; return its index."""
        self._headers.append((number, read_header(self._raw, start, end)))
        self._ends.append(end)
        self._parts.append([])
        self._defects.append([])
        return len(self._headers) - 1

    def messages(self) -> list[Message]:
        """Return what was found."""
        return [
            Message(number, end, header, tuple(parts), tuple(dict.fromkeys(defects)))
            for (number, header), end, parts, defects in zip(
                self._headers, self._ends, self._parts, self._defects, strict=True
            )
        ]

    def look_into(self, node: Node) -> Iterator[Node]:
        """Keep a leaf; yield the parts of anything else."""
        header = self._header(node)
        kind, said = parameters(header.first("content-type") or node.default)
        transfer = parameters(header.first("content-transfer-encoding") or "")[0]
        if not TYPE.fullmatch(kind):
            kind = DEFAULT_TYPE
        if kind.startswith("multipart/") and node.depth < DEPTH:
            if sections := self._sections(node, header.end, said.get("boundary", "")):
                yield from self._children(node, kind, sections)
                return
            kind = DEFAULT_TYPE
        elif kind == "message/rfc822" and transfer not in CODED and node.depth < DEPTH:
            yield self._attached(node, header.end)
            return
        self._parts[node.message].append(_leaf(node, header, kind, said))

    def _header(self, node: Node) -> Header:
        number, header = self._headers[node.message]
        is_top = number == node.number and header.start == node.start
        return header if is_top else read_header(self._raw, node.start, node.end)

    def _children(self, node: Node, kind: str, sections: list[tuple[int, int]]) -> Iterator[Node]:
        prefix = f"{node.number}." if node.number else ""
        chosen = (node.number or "0") if kind == "multipart/alternative" else node.alternative
        default = "message/rfc822" if kind == "multipart/digest" else DEFAULT_TYPE
        for n, (start, end) in enumerate(sections, 1):
            yield Node(f"{prefix}{n}", node.message, start, end, node.depth + 1, chosen, default)

    def _attached(self, node: Node, start: int) -> Node:
        index = self.open_message(node.number, start, node.end)
        return Node(node.number, index, start, node.end, node.depth + 1, None)

    def _sections(self, node: Node, start: int, boundary: str) -> list[tuple[int, int]]:
        """Return where the parts of a multipart lie; none where its boundary is never found."""
        marks = list(islice(self._marks(start, node.end, boundary), PARTS + 1))
        last = next((n for n, (_, _, closing) in enumerate(marks) if closing), None)
        if not marks or last == 0:
            self._defects[node.message].append("multipart without its boundary")
            return []
        if last is None:
            self._defects[node.message].append("multipart that is never closed")
        used = marks[: last + 1] if last is not None else [*marks, (node.end, node.end, True)]
        sections = [(a[1], _before(self._raw, a[1], b[0])) for a, b in pairwise(used)]
        budget = PARTS - self._count
        self._count += len(sections)
        if len(sections) > budget:
            self._defects[node.message].append(f"more than {PARTS} parts; the rest is not read")
        return sections[: max(0, budget)]

    def _marks(self, start: int, end: int, boundary: str) -> Iterator[tuple[int, int, bool]]:
        """Yield for each boundary line where it begins, where it ends, whether it is the last."""
        raw, text = self._raw, boundary.rstrip().encode("utf-8", "replace")
        if not text:
            return
        line = re.compile(rb"--" + re.escape(text) + rb"(--)?[ \t]*\r?(?:\n|\Z)")
        at = start
        while self._misses < MISSES and (at := raw.find(b"--" + text, at, end)) >= 0:
            begins = at == start or raw[at - 1 : at] == b"\n"
            if begins and (found := line.match(raw, at, end)):
                yield at, found.end(), found[1] is not None
                at = found.end()
            else:
                self._misses += 1
                at += 2


def _before(raw: bytes, start: int, mark: int) -> int:
    """Return where the content before a boundary ends: its line ending belongs to the boundary."""
    end = mark - 1 if raw[mark - 1 : mark] == b"\n" else mark
    return max(start, end - 1 if raw[end - 1 : end] == b"\r" else end)


def _leaf(node: Node, header: Header, kind: str, said: dict[str, str]) -> Part:
    disposition, more = parameters(header.first("content-disposition") or "")
    return Part(
        node.number or "1",
        node.message,
        kind,
        said.get("charset"),
        parameters(header.first("content-transfer-encoding") or "")[0],
        disposition,
        more.get("filename") or said.get("name"),
        header.end,
        node.end,
        node.alternative,
    )
