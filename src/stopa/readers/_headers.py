"""The header of a message or a MIME part: its fields, decoded, with their places.

Spec: https://www.rfc-editor.org/rfc/rfc5322#section-2.2 (fields, folding);
https://www.rfc-editor.org/rfc/rfc2047 (encoded words);
https://www.rfc-editor.org/rfc/rfc2231 (parameters); https://www.rfc-editor.org/rfc/rfc5322#section-4.3
Trap: a line that is no field ends the header, whether a blank line follows or not; what is missing
or doubled is for the reader of the message to judge.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import unquote_to_bytes

from stopa.readers._decoding import decode
from stopa.readers._transfer import from_base64

FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
ENVELOPE_LINE = re.compile(rb">?From [^\n]*(?:\n|$)")
FIELD_LIMIT = 256 * 1024  # bytes of one field that are read
FIELDS = 2000  # of one header
LINES = 200_000  # of one header; what follows is taken for the body

WORD = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,40})?\?([bBqQ])\?([^?]*)\?=")
BETWEEN_WORDS = re.compile(r"(\?=)[ \t\r\n]+(?==\?[^?\s]{1,80}\?[bBqQ]\?)")
FOLD = re.compile(rb"\r?\n(?=[ \t])")

PARAMETER = re.compile(r";\s*([^\s=;]{1,100})\s*=\s*(\"(?:[^\"\\]|\\.)*\"|[^;]*)", re.DOTALL)
ESCAPE = re.compile(r"\\(.)", re.DOTALL)

DATE = re.compile(
    r"(?:[A-Za-z]{2,9}\s*,?\s*)?(?P<day>\d{1,2})[\s-](?P<month>[A-Za-z]{3})[a-z]*[\s-](?P<year>\d{2,4}),?"
    r"\s+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?\s*(?P<zone>[+-]\d{4}|[A-Z]{1,4}\b)?"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# RFC 5322 section 4.3: hours from UTC. Military letters and other names mean "unknown" there.
ZONES = {
    "UT": 0,
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}


@dataclass(frozen=True, slots=True)
class Field:
    """A header field: its name as written, its value unfolded and decoded, its bytes.

    `written` is the value with its encoded words as they stand: where a field has a syntax, that is
    read first and words are decoded after, or they could forge the syntax.
    """

    name: str
    value: str
    written: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Header:
    """All fields, in order. The header lies at [start, end), the blank line behind it included.

    `complete` is False where no blank line ends it, `skipped` counts fields beyond the limit.
    """

    fields: tuple[Field, ...]
    start: int
    end: int
    complete: bool
    skipped: int = 0

    def first(self, name: str) -> str | None:
        """Return the value of the first field of that name (given in lower case)."""
        return next((f.value for f in self.fields if f.name.lower() == name), None)

    def written(self, name: str) -> str:
        """Return the first field of that name as it is written, nothing where there is none."""
        return next((f.written for f in self.fields if f.name.lower() == name), "")

    def all(self, name: str) -> list[str]:
        """Return the values of all fields of that name (given in lower case), in order."""
        return [f.value for f in self.fields if f.name.lower() == name]


def read_header(raw: bytes, start: int, end: int) -> Header:
    """Return the header that stands at the start of raw[start:end]."""
    at, open_field = start, 0
    spans: list[tuple[int, int]] = []
    count = lines = 0
    complete = False
    while at < end and not complete and lines < LINES:
        lines += 1
        stop = raw.find(b"\n", at, end) + 1 or end
        line = raw[at : min(stop, at + 1000)]
        if complete := line in (b"\n", b"\r\n"):
            pass
        elif line[:1] in (b" ", b"\t") and count:
            if count <= FIELDS:
                spans[-1] = (open_field, stop)
        elif FIELD.match(line):
            open_field, count = at, count + 1
            if count <= FIELDS:
                spans.append((at, stop))
        elif not ENVELOPE_LINE.match(line):
            break
        at = stop
    fields = tuple(_field(raw, *span) for span in spans)
    return Header(fields, start, at, complete, count - len(fields))


def _field(raw: bytes, start: int, end: int) -> Field:
    body = raw[start : min(end, start + FIELD_LIMIT)]
    name, _, value = body.partition(b":")
    written = decode(FOLD.sub(b"", value).strip()).text
    return Field(
        name.strip().decode("ascii", "replace"),
        decode_words(written),
        written,
        start,
        end - start,
    )


def decode_words(text: str) -> str:
    """Return text with its encoded words decoded; words next to each other become one."""
    if "=?" not in text:
        return text
    joined = BETWEEN_WORDS.sub(r"\1", text)
    parts: list[str] = []
    at, pending, charset = 0, b"", ""
    for word in WORD.finditer(joined):
        between = joined[at : word.start()]
        if pending and (between or word[1].lower() != charset):
            parts.append(decode(pending, charset).text)
            pending = b""
        parts.append(between)
        pending += _word_bytes(word)
        charset, at = word[1].lower(), word.end()
    parts += [decode(pending, charset).text, joined[at:]]
    return "".join(parts)


def _word_bytes(word: re.Match[str]) -> bytes:
    body = word[3].encode("utf-8", "replace")
    return from_base64(body) if word[2] in "bB" else a2b_qp(body, header=True)


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """Return what stands before the first semicolon, in lower case, and the parameters behind."""
    main = value.partition(";")[0].strip().lower()
    found: dict[str, str] = {}
    for name, text in PARAMETER.findall(value):
        quoted = len(text) > 1 and text.startswith('"') and text.endswith('"')
        plain = ESCAPE.sub(r"\1", text[1:-1]) if quoted else text.strip()
        found.setdefault(name.lower(), plain)
    return main, {name: decode_words(text) for name, text in _whole(found).items()}


def _whole(found: dict[str, str]) -> dict[str, str]:
    """Join what RFC 2231 splits (`name*0`, `name*1*`) and decode what it encodes (`name*`)."""
    whole: dict[str, list[tuple[int, bool, str]]] = {}
    for name, text in found.items():
        base, *marks = name.split("*")
        number = int(marks[0]) if marks and marks[0].isdecimal() and len(marks[0]) < 4 else 0
        whole.setdefault(base, []).append((number, name.endswith("*"), text))
    return {name: _joined(sorted(pieces)) for name, pieces in whole.items()}


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    if not any(encoded for _, encoded, _ in pieces):
        return "".join(text for _, _, text in pieces)
    charset, _, rest = pieces[0][2].partition("'")
    _, quoted, first = rest.partition("'")
    texts = [(pieces[0][1], first if quoted else pieces[0][2])]
    texts += [(encoded, text) for _, encoded, text in pieces[1:]]
    body = b"".join(unquote_to_bytes(t) if encoded else t.encode() for encoded, t in texts)
    return decode(body, charset if quoted else None).text


def read_date(text: str) -> datetime | None:
    """Return the instant that a date field states; None where it states no zone or no date."""
    date = written_date(text)
    return date if date and date.tzinfo else None


def written_date(text: str) -> datetime | None:
    """Return what a date field states, in UTC, or without a zone where none is written.

    None where it states no date, or a zone by a name that means nothing.
    """
    found = DATE.search(text)
    if found is None or found["month"].lower() not in MONTHS:
        return None
    month = MONTHS.index(found["month"].lower()) + 1
    zone = _zone(found["zone"])
    year = int(found["year"])
    if len(found["year"]) < 4:  # RFC 5322 section 4.3: two digits, or three since 1900
        year += 2000 if year < 50 else 1900
    try:
        clock = (int(found["hour"]), int(found["minute"]), min(59, int(found["second"] or 0)))
        local = datetime(year, month, int(found["day"]), *clock, tzinfo=zone)
        return local.astimezone(UTC) if zone else None if found["zone"] else local
    except (ValueError, OverflowError):
        return None


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text[0] in "+-":
        offset = timedelta(hours=int(text[1:3]), minutes=int(text[3:]))
        return (
            timezone(-offset if text[0] == "-" else offset) if offset < timedelta(days=1) else None
        )
    return timezone(timedelta(hours=ZONES[text])) if text in ZONES else None
