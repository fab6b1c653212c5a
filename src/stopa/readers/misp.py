"""MISP events: the attributes, by themselves and in objects.

Spec: https://www.misp-project.org/datamodels/; https://github.com/MISP/misp-rfc/
Why: `to_ids` is the author's word on whether a value may be looked for; one that may not is kept as
informational, so that it is seen and counts for little.
Trap: an attribute may hold two values (`filename|md5`); the telling one is taken. A deleted one is
none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.readers._columns import tabulate
from stopa.readers._elements import objects_in, rows
from stopa.readers._lines import decoded
from stopa.readers._observables import Observable, observed, one_of
from stopa.readers._reader import Found, Reader, Source

SERVICE = "misp"
EVENT = re.compile(rb'"Event"\s*:\s*\{|"Attribute"\s*:\s*\[')
SIGNS = (b'"to_ids"', b'"threat_level_id"', b'"Attribute"')
INFO = re.compile(r'"info"\s*:\s*"((?:[^"\\]|\\.){0,500})"')
GRAVE = re.compile(r'"threat_level_id"\s*:\s*"?([1-4])')
LEVELS = {"1": "high", "2": "medium", "3": "low"}
NOT_FOR_DETECTION = "informational"


def recognises(head: bytes) -> bool:
    """Recognise an event, or a list of attributes."""
    text = decoded(head).lstrip()
    known = sum(sign in text for sign in SIGNS)
    return text[:1] in (b"{", b"[") and EVENT.search(text) is not None and known > 1


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each attribute that can be looked for."""
    return tabulate(source, rows(source, SERVICE, objects_in("Attribute"), _observables))


def _observables(element: object, whole: str) -> Iterator[Observable | str]:
    if not isinstance(element, dict):
        return
    word, value = element.get("type"), element.get("value")
    if (
        not isinstance(word, str)
        or not isinstance(value, str)
        or element.get("deleted") in (True, "1")
    ):
        return
    kind, telling = one_of(word, value)
    found = observed(kind, telling) if kind is not None else None
    if found is None:
        if element.get("to_ids") in (True, "1"):
            yield f"an attribute of type {word[:60]} is of no kind that events hold"
        return
    wanted = element.get("to_ids") in (True, "1", 1)
    grave = GRAVE.search(whole[:65_536])
    level = LEVELS.get(grave[1]) if grave else None
    info = INFO.search(whole[:65_536])
    label = element.get("comment") or (
        info[1].encode("latin-1").decode("utf-8", "replace") if info else ""
    )
    yield Observable(
        *found,
        label if isinstance(label, str) else "",
        level if wanted else NOT_FOR_DETECTION,
        _text(element.get("first_seen")),
        _text(element.get("last_seen")),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


READER = Reader("misp", "MISP event", recognises, read)
