"""Lists of indicators as text: one a line, or a table of them with commas.

Spec: https://www.rfc-editor.org/rfc/rfc4180 (CSV); the feeds of abuse.ch and MISP's CSV export
Why: a list may have ten million lines, so lines of plain values are judged many at once.
Trap: logs hold addresses too. A table is a list only where it names a column of indicators as such,
or where its remarks (`#`) name one; lines without a table are a list where nearly all of them are
an indicator and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stopa.model.event import BASIS, ENVELOPE, LENGTH, LINE, OFFSET, RECORD, TIME, EventBatch
from stopa.model.evidence import Problem, Structure, Where
from stopa.model.intelligence import KIND, VALUE, listed_by
from stopa.model.statement import IndicatorKind
from stopa.readers._columns import Row, tabulate
from stopa.readers._csv import field_of, records
from stopa.readers._lines import Block, block_of, blocks, decoded
from stopa.readers._observables import (
    V4,
    Observable,
    kind_of,
    observed,
    one_of,
    row,
    unfanged,
)
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._times import INSTANT, KNOWN

SERVICE = "list"
REMARKS = (b"#", b";", b"//")
LOOKED_AT = 200  # lines of the head
LEAST = 3  # lines that a list without names of columns has
MOSTLY = 0.9  # of its lines are indicators
# Names of columns, in small letters, with spaces as underscores.
OF_VALUES = """
    ioc ioc_value indicator indicator_value indicatorvalue observable observable_value
"""
ALSO_VALUES = """
    value ip ip_address dst_ip domain hostname url md5 md5_hash sha1 sha1_hash sha256 sha256_hash
    hash
"""
OF_TYPES = "type ioc_type indicator_type indicatortype kind observable_type category"
OF_LABELS = """
    description comment malware malware_printable threat signature threat_type tags tag event_info
    title
"""
OF_FIRST = "first_seen first_seen_utc firstseen firstseen_utc date dateadded valid_from"
OF_LAST = "last_seen last_seen_utc lastseen last_online valid_until"
SURE, ALSO = frozenset(OF_VALUES.split()), frozenset((OF_VALUES + ALSO_VALUES).split())
HEX = "[0-9A-Fa-f]"
WEB = r"[A-Za-z][A-Za-z0-9+.-]+://\S{3,}"  # without counting: a column is judged at once
NAME = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*\.?[A-Za-z0-9_])*\.(?:[A-Za-z]{2,24}|xn--[A-Za-z0-9-]+)"
FREQUENT = (  # no value fits two; what lists are full of stands first
    (IndicatorKind.DOMAIN, NAME),
    (IndicatorKind.IPV4, V4),
    (IndicatorKind.URL, WEB),
    (IndicatorKind.SHA256, f"{HEX}{{64}}"),
    (IndicatorKind.SHA1, f"{HEX}{{40}}"),
    (IndicatorKind.MD5, f"{HEX}{{32}}"),
)
UNKNOWN = "no indicator of a kind that events hold"
LOOK = "look at the line; other kinds are not matched"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table hold what; `values` are those whose first value counts."""

    values: tuple[int, ...]
    type: int | None
    labels: tuple[int, ...]
    first: int | None
    last: int | None


def recognises(head: bytes) -> bool:
    """Recognise a table that says that it holds indicators, or lines that are nothing else."""
    lines = [line.strip() for line in decoded(head).split(b"\n")[:LOOKED_AT]]
    if len(head) >= 65_536 or len(lines) == LOOKED_AT:
        lines = lines[:-1]
    if any(_columns_of_remark(line) or _columns_of_header(line) for line in lines[:60]):
        return True
    told = [line for line in lines if line and not line.startswith(REMARKS)]
    values = [unfanged(line.decode("utf-8", "replace")) for line in told]
    known = sum(kind_of(value) is not None for value in values)
    return len(told) >= LEAST and known >= MOSTLY * len(told)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each indicator; remarks and blank lines are structure."""
    columns = _table(source)
    if columns is not None:
        yield from tabulate(source, _of_table(source, columns))
        return
    for block in blocks(source):
        if isinstance(block, Block):
            yield from _of_lines(source, block)
        elif isinstance(block, Problem | Structure):
            yield block
        else:
            yield from _of_lines(
                source, block_of(block.number, block.offset, block.length, block.raw)
            )


def _table(source: Source) -> Columns | None:
    """Return the columns that the first lines name, None where the file is no table."""
    with source.path.open("rb") as file:
        lines = decoded(file.read(65_536)).split(b"\n")[:60]
    found = (_columns_of_remark(line.strip()) or _columns_of_header(line.strip()) for line in lines)
    return next((one for one in found if one is not None), None)


def _columns_of_remark(line: bytes) -> Columns | None:
    """Return the columns that a remark names, as feeds write it."""
    if not line.startswith(b"#") or b"," not in line:
        return None
    return _columns(line.lstrip(b"# ").decode("utf-8", "replace"), ALSO)


def _columns_of_header(line: bytes) -> Columns | None:
    if b"," not in line or line.startswith(REMARKS):
        return None
    text = line.decode("utf-8", "replace")
    columns = _columns(text, SURE)
    if (
        columns is None
        and (typed := _columns(text, frozenset({"value"})))
        and typed.type is not None
    ):
        return typed
    return columns


def _columns(text: str, wanted: frozenset[str]) -> Columns | None:
    names = [re.sub(r"\s+", "_", cell.strip().strip('"').strip().lower()) for cell in _cells(text)]
    values = tuple(n for n, name in enumerate(names) if name in wanted)
    if not values:
        return None
    types = [n for n, name in enumerate(names) if name in OF_TYPES.split()]
    types.sort(key=lambda n: names[n] == "category")
    return Columns(
        values,
        types[0] if types else None,
        tuple(names.index(name) for name in OF_LABELS.split() if name in names),
        next((n for n, name in enumerate(names) if name in OF_FIRST.split()), None),
        next((n for n, name in enumerate(names) if name in OF_LAST.split()), None),
    )


def _cells(text: str) -> list[str]:
    found = field_of(",").findall(re.sub(r",\s+(?=\")", ",", text.strip()))
    return [quoted or plain for quoted, plain, _ in found]


def _of_table(source: Source, columns: Columns) -> Iterator[Row | Problem | Structure]:
    """Yield the rows of a table."""
    for record in records(source):
        if isinstance(record, Structure):
            yield record
            continue
        where = record.where if isinstance(record, Problem) else record.where(source.sha256)
        text = b"" if isinstance(record, Problem) else ",".join(record.fields).strip().encode()
        if _is_remark(source, where) or _columns_of_header(text) is not None:
            yield Structure(Where(source.sha256, offset=where.offset, length=where.length))
        elif isinstance(record, Problem):
            yield record
        else:
            one = _observable([field.strip() for field in record.fields], columns)
            if one is None:
                yield Problem(UNKNOWN, where, LOOK)
            else:
                yield row(SERVICE, one, record.offset, record.length, record.line)


def _is_remark(source: Source, where: Where) -> bool:
    with source.path.open("rb") as file:
        file.seek(where.offset or 0)
        return file.read(2).startswith(REMARKS)


def _observable(cells: list[str], columns: Columns) -> Observable | None:
    def cell(n: int | None) -> str:
        return cells[n].strip('"').strip() if n is not None and n < len(cells) else ""

    value = next((cell(n) for n in columns.values if cell(n)), "")
    found = observed(*one_of(cell(columns.type), value))
    if found is None:
        return None
    label = next((cell(n) for n in columns.labels if cell(n)), "")
    return Observable(
        *found, label, first=cell(columns.first) or None, last=cell(columns.last) or None
    )


def _of_lines(source: Source, block: Block) -> Iterator[Found]:
    """Yield the lines of a block: judged by their look, all at once."""
    raws = block.raws
    lengths = np.fromiter(map(len, raws), np.int64, len(raws)) + 1
    lengths[-1] += block.size - int(lengths.sum())
    offsets = block.offset + np.concatenate(([0], np.cumsum(lengths)[:-1]))
    values = _values(raws)
    kinds: Any = _kinds(values)
    is_known = kinds.is_valid().to_numpy(zero_copy_only=False)
    if is_known.any():
        known = pa.array(is_known)
        cited = {LINE: block.number + np.arange(len(raws)), OFFSET: offsets, LENGTH: lengths}
        yield _batch(
            source,
            values.filter(known),
            kinds.filter(known),
            {n: c[is_known] for n, c in cited.items()},
        )
    for at in np.flatnonzero(~is_known).tolist():
        raw = raws[at].strip()
        offset, length = int(offsets[at]), int(lengths[at])
        if not raw or raw.startswith(REMARKS):
            yield Structure(Where(source.sha256, offset=offset, length=length))
        elif length:
            yield Problem(
                UNKNOWN,
                Where(source.sha256, line=block.number + at, offset=offset, length=length),
                LOOK,
            )


def _values(raws: list[bytes]) -> Any:  # noqa: ANN401 - Arrow's stubs know too little
    """Return lines as text without spaces around, as machines write them."""
    try:
        texts: Any = pa.array(raws, pa.string())
    except (pa.ArrowInvalid, UnicodeDecodeError):
        texts = pa.array([raw.decode("utf-8", "backslashreplace") for raw in raws], pa.string())
    texts = pc.utf8_trim(texts, " \t\r")
    odd: Any = pc.or_(
        pc.match_substring_regex(texts, r"[\[({]|^(?i:hxxp|h\*\*p|meow)"), pc.ends_with(texts, "|")
    )
    if pc.any(odd).as_py():
        texts = pa.array(
            [
                unfanged(t) if o else t
                for t, o in zip(texts.to_pylist(), odd.to_pylist(), strict=True)
            ]
        )
    return texts


def _kinds(values: Any) -> Any:  # noqa: ANN401
    """Return the kind of each value by its look, the frequent ones many at once."""
    told: Any = pa.nulls(len(values), pa.string())
    left = np.arange(len(values))
    some = values
    for kind, look in FREQUENT:
        fits = pc.match_substring_regex(some, f"^(?:{look})$")
        is_one = fits.fill_null(fill_value=False).to_numpy(zero_copy_only=False)
        if is_one.any():
            mask = np.zeros(len(values), bool)
            mask[left[is_one]] = True
            told = pc.if_else(pa.array(mask), kind.value, told)
            left = left[~is_one]
            some = some.filter(pa.array(~is_one))
        if not len(left):
            return told
    rare = [found.value if (found := kind_of(text)) else None for text in some.to_pylist()]
    mask = np.zeros(len(values), bool)
    mask[left] = True
    return pc.replace_with_mask(told, pa.array(mask), pa.array(rare, pa.string()))


TYPES: dict[str, Any] = {TIME: INSTANT, BASIS: KNOWN, RECORD: pa.int64()}


def _batch(source: Source, values: Any, kinds: Any, cited: dict[str, Any]) -> EventBatch:  # noqa: ANN401
    rows = len(values)
    made: dict[str, Any] = {name: pa.nulls(rows, TYPES.get(name, pa.string())) for name in ENVELOPE}
    made |= {name: pa.array(column, pa.int64()) for name, column in cited.items()}
    for name, column in ((KIND, kinds), (VALUE, values)):
        if source.fields is None or name in source.fields:
            made[name] = column
    return EventBatch(source.sha256, listed_by(SERVICE), pa.table(made))


READER = Reader("indicator_list", "List of indicators", recognises, read)
