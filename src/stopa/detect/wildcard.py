"""Texts with wildcards: how a rule writes them, and the predicate they become.

Spec: Sigma rules 2.1.0, "String Wildcard" and "Escaping"
"""

from __future__ import annotations

import re
from enum import Enum
from itertools import product

import re2

from stopa.detect.defect import RuleDefectError
from stopa.detect.fold import fold
from stopa.detect.predicate import Glob, Place, Predicate, Presence, Text

DASHES = ("-", "/", "\u2013", "\u2014", "\u2015")
DASH = re.compile(rf"\B[{re.escape(''.join(DASHES))}]\b")
MOST_VARIANTS = 625  # four dashes in one text; the most in SigmaHQ's rules is two


class Wild(Enum):
    """A wildcard: any run of characters, or exactly one."""

    RUN = "*"
    ONE = "?"


WILD = {wild.value: wild for wild in Wild}
Wildcards = tuple[str | Wild, ...]


def read(text: str) -> Wildcards:
    """Split a text into plain pieces and wildcards. A backslash escapes `*`, `?` and itself."""
    pieces: list[str | Wild] = []
    plain = ""
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\\" and text[at + 1 : at + 2] in ("\\", "*", "?"):
            plain += text[at + 1]
            at += 1
        elif char in WILD:
            pieces += [plain, WILD[char]]
            plain = ""
        else:
            plain += char
        at += 1
    return joined((*pieces, plain))


def joined(pieces: Wildcards) -> Wildcards:
    """Return the same text with no empty, no adjoining plain pieces and no double runs."""
    made: list[str | Wild] = []
    for piece in pieces:
        last = made[-1] if made else None
        if piece == "" or (piece is Wild.RUN and last is Wild.RUN):
            continue
        if isinstance(piece, str) and isinstance(last, str):
            made[-1] = last + piece
        else:
            made.append(piece)
    return tuple(made)


def plain(pieces: Wildcards) -> str:
    """Return the text when it has no wildcards. Raises `RuleDefectError` when it has."""
    if any(isinstance(piece, Wild) for piece in pieces):
        raise RuleDefectError("wildcards in a value that is encoded or names a field")
    return "".join(piece for piece in pieces if isinstance(piece, str))


def dashed(pieces: Wildcards) -> list[Wildcards]:
    """Return the text with each dash before a word in every form that Windows programs take."""
    choices: list[tuple[str | Wild, ...]] = []
    variants = 1
    for piece in pieces:
        if isinstance(piece, Wild):
            choices.append((piece,))
            continue
        at = 0
        for found in DASH.finditer(piece):
            choices += [(piece[at : found.start()],), DASHES]
            at = found.end()
            variants *= len(DASHES)
        choices.append((piece[at:],))
    if variants > MOST_VARIANTS:
        raise RuleDefectError(f"windash gives {variants} variants (limit {MOST_VARIANTS})")
    return [joined(variant) for variant in product(*choices)]


def around(pieces: Wildcards, place: Place) -> Wildcards:
    """Return the text with runs put where the rest of the value may be."""
    before = (Wild.RUN,) if place in (Place.ENDS, Place.HAS) else ()
    after = (Wild.RUN,) if place in (Place.STARTS, Place.HAS) else ()
    return joined((*before, *pieces, *after))


def predicate(pieces: Wildcards, *, cased: bool) -> Predicate:
    """Return the cheapest predicate that says the same."""
    pieces = pieces if cased else tuple(p if isinstance(p, Wild) else fold(p) for p in pieces)
    match pieces:
        case ():
            return Text(Place.IS, "", cased)
        case (Wild.RUN,):
            return Presence(present=True)
        case (str(text),):
            return Text(Place.IS, text, cased)
        case (str(text), Wild.RUN):
            return Text(Place.STARTS, text, cased)
        case (Wild.RUN, str(text)):
            return Text(Place.ENDS, text, cased)
        case (Wild.RUN, str(text), Wild.RUN):
            return Text(Place.HAS, text, cased)
        case _:
            return _glob(pieces, cased=cased)


def _glob(pieces: Wildcards, *, cased: bool) -> Glob:
    first = "" if pieces[0] is Wild.RUN else r"\A"
    last = "" if pieces[-1] is Wild.RUN else r"\z"
    inner = pieces[1 if not first else 0 : -1 if not last else None]
    body = "".join(map(_regex, inner))
    needle = max((fold(p) for p in pieces if isinstance(p, str)), key=len, default="")
    return Glob("".join(map(_shown, pieces)), f"(?s){first}{body}{last}", needle, cased)


def _regex(piece: str | Wild) -> str:
    match piece:
        case Wild.RUN:
            return ".*"
        case Wild.ONE:
            return "."
        case _:
            escaped: str = re2.escape(piece)
            return escaped


def _shown(piece: str | Wild) -> str:
    if isinstance(piece, Wild):
        return piece.value
    return piece.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?")
