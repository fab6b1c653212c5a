"""The support log of Microsoft Defender (`MPLog`): what it found, scanned and slowed down.

Spec: https://learn.microsoft.com/defender-endpoint/troubleshoot-performance-issues
Why: it stays for years and names files that are gone. Rules on antivirus know what was found as
`Signature` and where as `Filename`.
Trap: it is written in UTF-16. Most of it are notes of the engine: lines without a time belong to
the one before them. Times are UTC, in old versions without saying so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from stopa.model.event import TIME, LogSource
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._lines import Line, decoded, lines
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import utc

STAMPED = re.compile(r"\ufeff?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z?)\s+(.*)")
DETECTION = re.compile(
    r"(?m)(DETECTION\w*(?:#\d+)?)(?:\s+MPSOURCE_(\w+))?\s+([\w!.:/&-]+:[\w!.:/&-]+)\s+(?:file:)?(.*?);?$"
)
LOOKED_UP = re.compile(r"SDN:.*?for (.+?) \(.*?sha1=([0-9a-fA-F]{40})(?:, sha2=([0-9a-fA-F]{64}))?")
IMAGE = re.compile(r"ProcessImageName: ([^,]+), Pid: (\d+)")
WORDS = re.compile(
    r"MPSOURCE_|\bMpEngine|Mini-filter|SDN:|ProcessImageName:|\[RTP\]|Signature (?:updated|loaded)"
    r"|Microsoft (?:Security Client|Antimalware|Malware Protection|Defender)"
    r"|DETECTION_(?:ADD|CLEAN)|Engine-Process-|MpCmdRun|BEGIN BM telemetry|Resource Scan"
)
LONGEST = 500  # lines of one record; what stands beyond makes another event
LAYOUT = Layout(LogSource("windows", "antivirus", "windefend"), ((TIME, (Pick("Time", utc),)),))


@dataclass(slots=True)
class Record:
    """The record that is being read."""

    when: str | None
    text: list[str] = field(default_factory=list)
    offset: int = 0
    length: int = 0
    line: int = 0


def recognises(head: bytes) -> bool:
    """Recognise stamped lines that speak as Defender does."""
    text = decoded(head).decode("utf-8", "replace")
    stamped = [found[2] for line in text.splitlines()[:400] if (found := STAMPED.match(line))]
    return bool(stamped) and any(map(WORDS.search, stamped))


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each record."""
    return tabulate(source, _rows(source))


def _rows(source: Source) -> Iterator[Row | Problem | Structure]:
    record: Record | None = None
    for line in lines(source):
        if not isinstance(line, Line):
            yield from _ended(record)
            record = None
            yield line
        elif found := STAMPED.match(line.text):
            yield from _ended(record)
            record = Record(found[1], [found[2]], line.offset, line.length, line.number)
        elif not line.raw.strip() and record is None:
            yield Structure(Where(source.sha256, offset=line.offset, length=line.length))
        elif record is None or len(record.text) >= LONGEST:
            yield from _ended(record)
            record = Record(None, [line.text], line.offset, line.length, line.number)
        else:
            record.text.append(line.text)
            record.length += line.length
    yield from _ended(record)


def _ended(record: Record | None) -> Iterator[Row]:
    if record is None:
        return
    text = "\n".join(record.text).strip()
    fields: dict[str, object] = {"Time": record.when, "Message": text, **_told(text)}
    yield Row(fields, LAYOUT, record.offset, record.length, record.line)


def _told(text: str) -> dict[str, object]:
    """Return what a message says by names: a detection, a look-up, a process."""
    if found := DETECTION.match(text):
        names = ("Action", "Origin", "Signature", "Filename")
        return {name: value for name, value in zip(names, found.groups(), strict=True) if value}
    if found := LOOKED_UP.match(text):
        return {"Filename": found[1], "sha1": found[2], "sha256": found[3]}
    if found := IMAGE.search(text):
        return {"ProcessImageName": found[1], "Pid": found[2]}
    return {}


READER = Reader("windows_defender", "Microsoft Defender support log", recognises, read)
