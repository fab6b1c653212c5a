"""Syslog files: the lines of daemons, kernels and network devices, in both formats and their kin.

Spec: https://www.rfc-editor.org/rfc/rfc5424
Spec: https://www.rfc-editor.org/rfc/rfc3164
Why: one file holds the lines of all programs; the program tells which log a line belongs to and
which table of sentences (`_programs`) draws fields from its message.
Trap: RFC 3164 states neither year nor zone. The zone is the analyst's, the year that of a full date
of the same day in some message of the file, else the analyst's of its first stamp; where either is
unknown there is no time. What was taken from elsewhere is said in the field `time_basis`, and in a
problem where a message told it. A line of another program's own log among the others is read as
such (`_dated_lines`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from stopa.model.event import HOST, TIME, USER, LogSource
from stopa.readers._columns import Layout, Pick, tabulate
from stopa.readers._dated_lines import dated
from stopa.readers._device_messages import ROUTEROS
from stopa.readers._log_lines import Told, mostly, rows, told
from stopa.readers._programs import LINUX, table_of
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._rows import Names, Values, fields_of
from stopa.readers._sysmon_messages import KIND, SYSMON
from stopa.readers._times import epoch, stated
from stopa.readers._yearless import TAKEN, TIMES, WHEN, settled, when, years_of
from stopa.readers._years import Years

Fields = dict[str, object]

ISO = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| UTC| GMT|[+-]\d\d:?\d\d)?"
BSD = r"[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: \d{4})?"
EPOCH = r"\d{9,10}\.\d{6}"  # `journalctl -o short-unix`
PRIORITY = r"(?:<(?P<priority>\d{1,3})>)?"
# The commonest shape, in one step: the others are tried where it does not fit.
USUAL = re.compile(
    r"([A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d))"
    r" ([\w.-]{1,255}) ([A-Za-z][\w./-]{0,63})(?:\[(\d{1,10})\])?: +(.*)",
    re.DOTALL,
)
ELEMENT = r'\[[^\]"]{1,200}(?:"(?:[^"\\]|\\.)*"[^\]"]{0,200})*\]'
PROTOCOL = re.compile(
    rf"(?:<(?P<priority>\d{{1,3}})>)?(?P<version>\d) (?P<timestamp>{ISO}|-) (?P<host>\S{{1,255}}) "
    rf"(?P<program>\S{{1,48}}) (?P<pid>\S{{1,128}}) (?P<msgid>\S{{1,32}}) "
    rf"(?P<structured>-|(?:{ELEMENT})+)(?: +(?P<message>.*))?",
    re.DOTALL,
)
STAMPED = re.compile(
    rf"{PRIORITY}(?:\d{{1,10}}: )?[*.]?(?:[A-Z][a-z]{{2}} (?=\d{{4}}-))?"
    rf"(?P<timestamp>{ISO}|{BSD}|{EPOCH})"
    r"(?: [A-Z]{3,4})?:? +(?P<rest>.*)",
    re.DOTALL,
)
TAG = r"(?P<program>[^\s\[\]:,;=()<>\"'{}]{1,64})"
# After the stamp: `host program[pid]: message`, without host or pid too; else `host message`.
TAGGED = re.compile(
    rf"(?:(?P<host>[^\s\[\]<>\"'=(){{}},;]{{1,255}}) )??(?:: )?{TAG}"
    r"(?:\((?P<module>[^()\s]{1,64})\))?(?:\[(?P<pid>\d{1,10})\]:?|:)(?: +(?P<message>.*)|)",
    re.DOTALL,
)
CISCO = re.compile(
    rf"(?:(?P<host>[\w.-]{{1,255}}) )?(?:\d{{1,10}}: )?(?:[*.]?{BSD}(?: [A-Z]{{3,4}})?: )?(?:: )?"
    r"(?P<program>%[A-Z][\w-]{1,64}): (?P<message>.*)",
    re.DOTALL,
)
BRACKETED = re.compile(r"\[(?P<program>[\w./-]{1,64})\]:? +(?P<message>.*)", re.DOTALL)
TOPICS = re.compile(
    r"(?P<host>\S{1,255}) (?P<topics>[a-z]+(?:,[a-z0-9!]+)+) (?P<message>.*)", re.DOTALL
)
# Lines of network devices that name no program: key=value, or comma-separated after the host.
DEVICE = re.compile(
    r"(?P<host>[\w.:-]{1,255}) (?P<message>(?:date=|devname=|logver=|\d{0,3},\d{4}/\d\d/\d\d ).*)",
    re.DOTALL,
)
UNSTAMPED = re.compile(
    r"(?P<host>[\w.-]{1,255}) (?P<program>[\w./-]{1,64})\[(?P<pid>\d{1,10})\]: (?P<message>.*)",
    re.DOTALL,
)
HEADER = ("timestamp", "host", "program", "pid", "message")  # the names of what `USUAL` takes apart
LATE_YEAR = re.compile(r" \d{4}$")
STATED_YEAR = re.compile(r"\d{4}-|\w{3} +\d+ \d{4} ")
OFFSET = re.compile(r"(?:[+-]\d\d:?\d\d|UTC|GMT)$")
ELEMENTS = re.compile(r'([^\s\[\]"=]{1,200})="((?:[^"\\]|\\.)*)"')


def recognises(head: bytes) -> bool:
    """Recognise the headers of most lines."""
    return mostly(head, header)


def divides(head: bytes) -> bool:
    """Tell whether most lines state their year, so that none has to know the others."""
    return mostly(head, lambda line: STATED_YEAR.match((header(line) or {}).get("timestamp", "")))


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each line."""
    years = years_of(source)
    found = tabulate(source, rows(source, lambda _, text: row(years, text)))
    return settled(source, years, found)


def header(text: str) -> dict[str, str] | None:
    """Return the parts of a line that has the header of a syslog format; None of any other."""
    if found := PROTOCOL.match(text):
        return {name: value for name, value in _given(found).items() if value != "-"}
    if found := STAMPED.match(text):
        parts = _parts(found["rest"])
        if parts is None or not _is_told(found["timestamp"], parts):
            return None
        given = _given(found) | _given(parts)
        del given["rest"]
        return given
    found = UNSTAMPED.match(text)
    return _given(found) if found else None


def _parts(rest: str) -> re.Match[str] | None:
    """Return what stands between the stamp and the message, in the first shape that fits."""
    if "%" in rest[:300] and (found := CISCO.fullmatch(rest)):
        return found
    shapes = (TAGGED, BRACKETED, TOPICS, DEVICE)
    return next((found for shape in shapes if (found := shape.fullmatch(rest))), None)


def _is_told(stamp: str, parts: re.Match[str]) -> bool:
    """Tell whether enough follows a stamp: other logs begin with a time and a word, too."""
    given = parts.groupdict()
    if stamp[:1].isdigit() and stamp[-1:] != "Z" and not OFFSET.search(stamp):
        return given.get("pid") is not None
    told = given.get("host") or given.get("pid") or parts.re in (BRACKETED, CISCO)
    return bool(told)


def _given(found: re.Match[str]) -> dict[str, str]:
    return {name: value for name, value in found.groupdict().items() if value is not None}


def row(years: Years, text: str) -> Told:
    """Return what a line tells; of one without a header what else it holds."""
    if usual := USUAL.fullmatch(text):
        program, message = usual.group(3, 5)
        names, values, layouts = _drawn(program, message)
        names, values, stamp = (*names, *HEADER), (*values, *usual.groups()), usual[1]
    else:
        parts = header(text)
        if parts is None:
            return dated(years, text) or told({"message": text}, _layouts(LINUX.log, ())[1])
        fields, layouts = _unusual(parts)
        names, values, stamp = tuple(fields), tuple(fields.values()), parts.get("timestamp", "")
    if not stamp[:1].isalpha():
        return names, values, layouts[0]
    basis = years.basis
    if basis or STATED_YEAR.match(stamp) or LATE_YEAR.search(stamp):
        names, values = (*names, TAKEN, WHEN), (*values, basis, when(years, stamp))
    return names, values, layouts[1]


def _unusual(parts: dict[str, str]) -> tuple[Fields, tuple[Layout, Layout]]:
    message = parts.get("message", "")
    if "topics" in parts:
        drawn, layouts = ROUTEROS.draw(message), _layouts(ROUTEROS.log, ())
    else:
        names, values, layouts = _drawn(parts.get("program", ""), message)
        drawn = fields_of(names, values)
    return {**drawn, **parts, "message": message, **_also(parts)}, layouts


@lru_cache(maxsize=4096)
def _drawn(program: str, message: str) -> tuple[Names, Values, tuple[Layout, Layout]]:
    """Return what is drawn from a message, and how such events are laid out (see `_layouts`)."""
    table = table_of(program, message)
    names, values = table.told(message)
    log = table.log_of(fields_of(names, values)) if table.log_of else table.log
    return names, values, _layouts(log, table.aliases)


def _also(parts: dict[str, str]) -> dict[str, object]:
    """Return facility and severity of a priority, and the parameters of structured data."""
    fields: dict[str, object] = {}
    if "priority" in parts:
        number = int(parts["priority"])
        fields |= {"facility": str(number // 8), "severity": str(number % 8)}
    structured = parts.get("structured", "-")
    if structured != "-":
        fields |= {f"sd.{name}": value for name, value in ELEMENTS.findall(structured)}
    return fields


@lru_cache(maxsize=512)
def _layouts(log: LogSource, aliases: tuple[tuple[str, str], ...]) -> tuple[Layout, Layout]:
    """Return the layout of events whose stamp is a time, and that of the others."""
    kind = KIND if log == SYSMON else ()
    others = ((HOST, (Pick("host"),)), *kind, (USER, (Pick("user"), Pick("User"))))
    times = ((TIME, (Pick("timestamp", stated), Pick("timestamp", epoch))), TIMES)
    iso, spelled = (Layout(log, (time, *others), aliases=aliases) for time in times)
    return iso, spelled


READER = Reader("syslog", "Syslog", recognises, read, divides=divides)
