"""Mail addresses as header fields write them: display name and address, never one for the other.

Spec: https://www.rfc-editor.org/rfc/rfc5322#section-3.4; https://www.rfc-editor.org/rfc/rfc6854
Why: Python 3.11.7 takes `alice@example.org)mallory@example.net` apart wrongly (CVE-2023-27043), and
a display name that looks like an address is what an impostor writes.
Trap: only what stands in angle brackets, or alone, is an address. Else there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stopa.readers._headers import Header

TOKEN = re.compile(
    r"""(?P<encoded>=\?[^?\s]{1,80}\?[bBqQ]\?[^?\s]*\?=)
    | (?P<quoted>"(?:[^"\\]|\\.)*(?:"|$))
    | (?P<angle><[^<>]*(?:>|$))
    | (?P<comma>,) | (?P<group>:) | (?P<end>;)
    | (?P<space>\s+)
    | (?P<open>\()
    | (?P<word>[^\s",:;<(]+)""",
    re.VERBOSE | re.DOTALL,
)
COMMENT_MARK = re.compile(r"\\.|[()]", re.DOTALL)
ADDRESS = re.compile(r"(?:\"(?:[^\"\\]|\\.)*\"|[^\s@<>()\",;:\\]+)@[^\s@<>()\",;:\\]+", re.DOTALL)
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
QUOTES = re.compile(r"\A\"|(?<!\\)\"\Z")
LIMIT = 1000  # addresses of one field


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox. `address` is None where the field names none clearly."""

    display: str
    address: str | None

    @property
    def domain(self) -> str | None:
        """The domain in lower case, without a closing dot."""
        return self.address.rpartition("@")[2].rstrip(".").lower() if self.address else None


def addresses(field: str) -> list[Address]:
    """Return the mailboxes of a field in order; those of groups too, without the group's name."""
    found: list[Address] = []
    display: list[str] = []
    angle: str | None = None
    for kind, text in (*_tokens(field), ("comma", ",")):
        if kind in ("comma", "end"):
            if display or angle is not None:
                found.append(_address(display, angle))
            display, angle = [], None
        elif kind == "group":
            display, angle = [], None
        elif kind == "angle":
            angle = text if angle is None else f"{angle} {text}"
        else:
            display.append(text)
        if len(found) >= LIMIT:
            break
    return found


def domains(header: Header, names: tuple[str, ...]) -> Iterator[str]:
    """Yield the domains of the addresses in these fields (names in lower case), in lower case."""
    found = (one.domain for name in names for one in addresses(header.written(name)))
    return (domain for domain in found if domain)


def _tokens(field: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(field) and (token := TOKEN.match(field, at)):
        kind, at = str(token.lastgroup), token.end()
        if kind == "open":
            start, at = at, _comment_end(field, at)
            yield "comment", f"({field[start : at - 1].strip()})"
        elif kind == "angle":
            yield kind, token[0].strip("<>")
        elif kind != "space":
            yield kind, token[0]


def _comment_end(field: str, at: int) -> int:
    """Return where a comment ends, comments within it included."""
    depth = 1
    for mark in COMMENT_MARK.finditer(field, at):
        depth += {"(": 1, ")": -1}.get(mark[0], 0)
        if not depth:
            return mark.end()
    return len(field) + 1


def _address(display: list[str], angle: str | None) -> Address:
    if angle is not None:
        route_removed = angle.rpartition(":")[2].strip() if angle.startswith("@") else angle.strip()
        return Address(_shown(display), _clear(route_removed))
    words = [text for text in display if not text.startswith("(")]
    comments = [text[1:-1] for text in display if text.startswith("(")]
    encoded = any(text.startswith("=?") for text in words)
    alone = None if encoded else _clear("".join(words))
    return Address(_shown(comments), alone) if alone else Address(_shown(display), None)


def _clear(text: str) -> str | None:
    return text if ADDRESS.fullmatch(text) else None


def _shown(words: list[str]) -> str:
    """Return the display name, quotes and escapes removed."""
    return " ".join(ESCAPE.sub(r"\1", QUOTES.sub("", word)) for word in words).strip()
