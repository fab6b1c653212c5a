"""Flows exported as text: nfdump's CSV, SiLK's `rwcut`, and flow logs of Amazon's VPC.

Spec: https://github.com/phaag/nfdump/blob/master/doc/man/nfdump.1
Spec: https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
Spec: https://tools.netsa.cert.org/silk/rwcut.html
Why: rules for firewalls and flows speak of `src_ip`, `dst_ip` and ports; each format's own names
stay, these are second names.
Trap: nfdump writes local times of the machine that exported; SiLK writes UTC by default.
Trap: Amazon's fields are the customer's choice, named in the first line; where none names them, lines
are of the default format.
Trap: nfdump appends a summary, which is no flow: its lines are structure.
"""

# ruff: noqa: E501 (a dialect stays on one line)

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stopa.model.event import TIME, LogSource
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._lines import Line, decoded
from stopa.readers._log_lines import LONGEST, log_lines
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._stamps import written
from stopa.readers._times import epoch, stated
from stopa.readers._titles import distinct


@dataclass(frozen=True, slots=True)
class Dialect:
    """One tool's way: what parts its columns, by which names it is known, how they are called."""

    separator: str
    marks: frozenset[str]
    layout: Layout


FLOWS = LogSource(category="firewall", service="netflow")


def _layout(time: Pick, *names: str, log: LogSource = FLOWS) -> Layout:
    known = ("src_ip", "dst_ip", "src_port", "dst_port")
    aliases = tuple(zip(known, names, strict=True))
    return Layout(log, ((TIME, (time,)),), aliases=aliases)


TITLES = re.compile(r"\s*(?:ts,|firstSeen,|sIP\||version account-id )", re.IGNORECASE)
VPC = Dialect(
    " ",
    frozenset(("srcaddr", "dstaddr", "start")),
    _layout(
        Pick("start", epoch),
        *("srcaddr", "dstaddr", "srcport", "dstport"),
        log=LogSource("aws", "firewall", "vpcflow"),
    ),
)
VPC_NAMES = (
    *("version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport"),
    *("protocol", "packets", "bytes", "start", "end", "action", "log-status"),
)
VPC_LINE = re.compile(
    r"2 (?:\d{12}|-|unknown) eni-\w{1,40} (?:\S+ ){7}\d{9,10} \d{9,10} "
    r"(?:(?:ACCEPT|REJECT) OK|- (?:NODATA|SKIPDATA))\s*"
)
DIALECTS = (
    Dialect(",", frozenset(("ts", "te", "td", "sa", "da")), _layout(Pick("ts", stated), "sa", "da", "sp", "dp")),
    Dialect(
        ",",
        frozenset(("firstseen", "srcaddr", "dstaddr")),
        _layout(Pick("firstSeen", stated), "srcAddr", "dstAddr", "srcPort", "dstPort"),
    ),
    Dialect(
        "|",
        frozenset(("sip", "dip", "stime")),
        _layout(Pick("sTime", written(lambda stamp: f"{stamp.replace('/', '-')}Z")), "sIP", "dIP", "sPort", "dPort"),
    ),
    VPC,
)  # fmt: skip


def recognises(head: bytes) -> bool:
    """Recognise the line that names the columns, or a flow in Amazon's default format."""
    first = decoded(head).lstrip().split(b"\n", 1)[0][:LONGEST].decode("utf-8", "replace")
    return _dialect(first) is not None or VPC_LINE.fullmatch(first) is not None


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each flow."""
    return tabulate(source, _rows(source))


def _dialect(line: str) -> Dialect | None:
    for dialect in DIALECTS:
        if dialect.marks <= {name.lower() for name in _cells(line, dialect)}:
            return dialect
    return None


def _cells(line: str, dialect: Dialect) -> list[str]:
    cells = [cell.strip() for cell in line.strip().split(dialect.separator)]
    return cells[:-1] if cells and not cells[-1] else cells


def _rows(source: Source) -> Iterator[Row | Problem | Structure]:
    dialect, names, ended = None, tuple[str, ...](), False
    for line in log_lines(source):
        if not isinstance(line, Line):
            yield line
            continue
        if dialect is None and VPC_LINE.fullmatch(line.text):
            dialect, names = VPC, VPC_NAMES
        titles = dialect is None or TITLES.match(line.text)
        if titles and (found := _dialect(line.text[:LONGEST])):
            dialect, names, ended = found, distinct(_cells(line.text, found)), False
        elif line.text.startswith("Summary"):
            ended = True
        elif dialect is not None and line.raw.strip() and not ended:
            yield _row(source, dialect, names, line)
            continue
        if line.raw.strip() and dialect is None:
            yield Problem("before any names of columns", line.where(source), "cut off?")
        else:
            yield Structure(Where(source.sha256, offset=line.offset, length=line.length))


def _row(source: Source, dialect: Dialect, names: tuple[str, ...], line: Line) -> Row | Problem:
    cells = _cells(line.text, dialect)
    if not (len(names) if dialect is VPC else 3) <= len(cells) <= len(names):
        what = f"{len(cells)} values for {len(names)} columns"
        return Problem(what, line.where(source), "cut off, or its header is missing?")
    fields: dict[str, object] = dict(zip(names, cells, strict=False))
    return Row(fields, dialect.layout, line.offset, line.length, line.number)


READER = Reader("netflow", "Flow export", recognises, read)
