"""A piece of evidence, the exact place in it that a fact comes from, and what could not be read.

Spec: Admiralty source reliability A-F (NATO STANAG 2511); https://www.first.org/tlp/ (TLP 2.0)
"""

from dataclasses import dataclass
from enum import StrEnum


class Reliability(StrEnum):
    """How far the source has earned trust (Admiralty code, first character)."""

    COMPLETELY = "A"
    USUALLY = "B"
    FAIRLY = "C"
    NOT_USUALLY = "D"
    UNRELIABLE = "E"
    CANNOT_BE_JUDGED = "F"


class Tlp(StrEnum):
    """Who may see it (Traffic Light Protocol 2.0), from the widest audience to the narrowest."""

    CLEAR = "TLP:CLEAR"
    GREEN = "TLP:GREEN"
    AMBER = "TLP:AMBER"
    AMBER_STRICT = "TLP:AMBER+STRICT"
    RED = "TLP:RED"


@dataclass(frozen=True, slots=True)
class Where:
    """The citation behind every fact: evidence by SHA-256, and a place in it.

    `record` is the record id the format itself carries (EVTX), `line` is 1-based, `offset` and
    `length` are bytes, `span` is [start, end) in characters of the document read from the evidence,
    `page` is 1-based, `part` names a section of the format (a MIME part, a header).
    """

    evidence: str
    record: int | None = None
    line: int | None = None
    offset: int | None = None
    length: int | None = None
    span: tuple[int, int] | None = None
    page: int | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """An input file as it was handed in. `name` is what it was called: data, never a path to open.

    `container` is the SHA-256 of the archive or mail it was found in, if any.
    """

    sha256: str
    name: str
    size: int
    reliability: Reliability = Reliability.CANNOT_BE_JUDGED
    tlp: Tlp = Tlp.AMBER
    container: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of the evidence that could not be read or understood: what, where, what to do."""

    what: str
    where: Where
    hint: str


@dataclass(frozen=True, slots=True)
class Structure:
    """Bytes that belong to the format, not to any event: headers, slack, blank lines."""

    where: Where
