"""W3C extended logs: IIS and other web servers, web proxies, and the Windows firewall.

Spec: https://www.w3.org/TR/WD-logfile.html
Spec: https://learn.microsoft.com/en-us/windows/win32/http/w3c-logging
Why: the directive `#Fields` names the columns, and may change in the middle of a file.
Trap: times are UTC by the specification, but the Windows firewall says `#Time Format: Local`: these
have no time unless the analyst gives a zone. A field may lack its date: then `#Date` has it. IIS
writes `+` for a space in user agents; elsewhere a `+` is what the client sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from stopa.model.event import HOST, TIME, USER, EventBatch, LogSource
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._lines import Line, decoded, lines
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import stated, utc
from stopa.readers._titles import distinct

WHEN = "date time"  # a name that no field can have: put together for the envelope, then taken out
FIELDS = re.compile(r"#Fields:\s*(.*)", re.IGNORECASE)
DIRECTIVE = re.compile(r"#\s*([\w -]{1,40}):\s*(.*)")
QUOTED = re.compile(r"\"((?:[^\"]|\"\")*)\"(?=\s|$)|(\S+)")
NAME = re.compile(r"[A-Za-z][\w-]*(?:\([^)\s]{1,100}\))?")
DATE = re.compile(r"\d{4}-\d\d-\d\d")

PROXY_FIELDS = frozenset(
    (
        "r-ip",
        "r-host",
        "r-dns",
        "r-port",
        "cs-categories",
        "cs-category",
        "cs-auth-group",
        "rs(Content-Type)",
        "sc-filter-result",
        "sc-filter-category",
        "s-hierarchy",
        "s-supplier-name",
        "s-supplier-ip",
        "s-object-source",
        "x-virus-id",
        "x-exception-id",
    )
)
# How rules know the headers that these logs write in brackets.
ALIASES = (
    ("cs-user-agent", "cs(User-Agent)"),
    ("c-useragent", "cs(User-Agent)"),
    ("cs-referer", "cs(Referer)"),
    ("cs-referrer", "cs(Referer)"),
    ("cs-cookie", "cs(Cookie)"),
)
AGENTS = ("cs(User-Agent)", "cs-user-agent", "c-agent")


def _envelope(when: Pick) -> tuple[tuple[str, tuple[Pick, ...]], ...]:
    users = (Pick("cs-username"), Pick("cs-userdn"), Pick("c-username"))
    return ((TIME, (when,)), (HOST, (Pick("s-computername"), Pick("s-dns"))), (USER, users))


SERVER = Layout(LogSource(category="webserver"), _envelope(Pick(WHEN, utc)), aliases=ALIASES)
PROXY = Layout(LogSource(category="proxy"), _envelope(Pick(WHEN, utc)), aliases=ALIASES)
FIREWALL = Layout(LogSource("windows", "firewall"), _envelope(Pick(WHEN, utc)))
FIREWALL_LOCAL = Layout(LogSource("windows", "firewall"), _envelope(Pick(WHEN, stated)))


@dataclass(slots=True)
class Header:
    """What the directives so far say."""

    fields: tuple[str, ...] = ()
    software: str = ""
    date: str = ""
    local: bool = False
    layout: Layout = SERVER


def recognises(head: bytes) -> bool:
    """Recognise directives, `#Fields` with names parted by spaces among them."""
    for raw in decoded(head).split(b"\n"):
        line = raw.decode("utf-8", "replace").strip()
        if (found := FIELDS.fullmatch(line)) and (names := found[1].split()):
            return len(names) > 1 and all(map(NAME.fullmatch, names))
        if line and not DIRECTIVE.fullmatch(line):
            return False
    return False


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each line, and the directives as structure."""
    for found in tabulate(source, _found(source)):
        yield _without_when(found) if isinstance(found, EventBatch) else found


def _without_when(batch: EventBatch) -> EventBatch:
    if WHEN not in batch.table.column_names:
        return batch
    table: pa.Table = batch.table.drop_columns([WHEN])
    return EventBatch(batch.evidence, batch.source, table)


def _found(source: Source) -> Iterator[Row | Problem | Structure]:
    header = Header()
    for line in lines(source):
        if not isinstance(line, Line):
            yield line
        elif line.raw.startswith(b"#") or not line.raw.strip():
            _direct(header, line.text)
            yield Structure(Where(source.sha256, offset=line.offset, length=line.length))
        else:
            yield _row(source, header, line)


def _direct(header: Header, text: str) -> None:
    found = DIRECTIVE.fullmatch(text.strip())
    if found is None:
        return
    name, value = found[1].lower(), found[2].strip()
    match name:
        case "fields":
            header.fields = distinct(value.split())
        case "software":
            header.software = value.lower()
        case "date":
            header.date = value[:10] if DATE.match(value) else ""
        case "time format":
            header.local = value.lower() == "local"
        case _:
            return
    header.layout = _layout(header)


def _layout(header: Header) -> Layout:
    if "firewall" in header.software:
        return FIREWALL_LOCAL if header.local else FIREWALL
    if "proxy" in header.software or not PROXY_FIELDS.isdisjoint(header.fields):
        return PROXY
    return SERVER


def _row(source: Source, header: Header, line: Line) -> Row | Problem:
    values = _values(line.text, len(header.fields))
    if len(values) != len(header.fields):
        what = f"{len(values)} values for {len(header.fields)} fields"
        return Problem(what, line.where(source), "cut off, or its #Fields line is missing?")
    fields: dict[str, object] = {
        name: None if value == "-" else value
        for name, value in zip(header.fields, values, strict=True)
    }
    for name in AGENTS:
        if isinstance(agent := fields.get(name), str):
            fields[name] = agent.replace("+", " ")
    fields[WHEN] = _when(header, fields)
    return Row(fields, header.layout, line.offset, line.length, line.number)


def _values(text: str, wanted: int) -> list[str]:
    if '"' not in text:
        values = text.split(" ")
        return values if len(values) == wanted else text.split()
    found = [(quoted, bare) for quoted, bare in QUOTED.findall(text)]
    return [bare or quoted.replace('""', '"') for quoted, bare in found]


def _when(header: Header, fields: Mapping[str, object]) -> str | None:
    date, time = fields.get("date") or header.date, fields.get("time")
    return f"{date} {time}" if date and time else None


READER = Reader("w3c", "W3C extended log", recognises, read)
