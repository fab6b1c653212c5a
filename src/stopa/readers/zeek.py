r"""Zeek logs: tab-separated with their header, and JSON, one log a file or all in one stream.

Spec: https://docs.zeek.org/en/master/log-formats.html
Why: both shapes give the same fields and values, so that one rule matches both: sets and vectors
are lists, `T` and `F` are `true` and `false`, `-` is absent, `(empty)` is empty.
Trap: in the tab-separated shape a backslash is doubled and separators are `\x09`; what JSON shows
as an escape too (bytes that are no text) stays one. Renamed fields (`id_orig_h`) keep their names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from stopa.model.event import TIME, LogSource
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._columns import Layout, Pick, Row, tabulate
from stopa.readers._json import first_object, values
from stopa.readers._json_value import Value
from stopa.readers._lines import Line, decoded, lines
from stopa.readers._reader import HEAD, Found, Reader, Source
from stopa.readers._times import epoch, epoch_millis, stated
from stopa.readers._titles import distinct

# What only one log has; where a JSON log does not say which it is, its first objects do.
EXPECTED = "one JSON object a record is expected: was the export changed?"
SIGNATURES = (
    ("conn", "conn_state"),
    ("dns", "qclass", "rejected"),
    ("http", "trans_depth"),
    ("ssl", "ssl_history", "sni_matches_cert", "cert_chain_fuids", "cert_chain_fps"),
    ("x509", "certificate.serial", "certificate_serial"),
    ("files", "seen_bytes"),
    ("smb_files", "times.modified", "times_modified", "prev_name"),
    ("smb_mapping", "share_type"),
    ("dce_rpc", "endpoint"),
    ("ntlm", "server_nb_computer_name", "domainname"),
    ("kerberos", "request_type"),
    ("rdp", "security_protocol"),
    ("ssh", "auth_attempts", "hasshVersion"),
    ("smtp", "mailfrom", "helo"),
    ("ftp", "reply_code"),
    ("dhcp", "assigned_addr", "msg_types"),
    ("pe", "compile_ts"),
    ("software", "software_type"),
    ("tunnel", "tunnel_type"),
    ("intel", "seen.indicator", "seen_indicator"),
    ("signatures", "sig_id"),
    ("dpd", "failure_reason"),
    ("notice", "note"),
    ("weird", "peer"),
)
IDENTITIES = frozenset(("uid", "fuid", "id", "conn_uids", "suppress_for", "host_p", "uids"))
PATHS = ("_path", "@stream")

ESCAPED = re.compile(r"(?:\\x[0-9a-fA-F]{2})+|\\\\")
CONTAINERS = ("set[", "vector[", "table[", "list[")
BOOLEANS = {"T": "true", "F": "false"}
DIRECTIVE = re.compile(rb"#(separator|set_separator|empty_field|unset_field|path|fields|types)(.+)")


@dataclass(slots=True)
class Header:
    """What the directives so far say. `lists` and `booleans` are positions of such fields."""

    separator: bytes = b"\t"
    set_separator: str = ","
    empty: str = "(empty)"
    unset: str = "-"
    path: str = ""
    fields: tuple[str, ...] = ()
    lists: tuple[int, ...] = ()
    booleans: tuple[int, ...] = ()


def recognises(head: bytes) -> bool:
    """Recognise the header, or an object that says it is of a Zeek log or has its fields."""
    text = decoded(head).lstrip(b"\n\r ")
    if text.startswith(b"#"):
        return text.startswith(b"#separator ") or b"\n#fields\tts" in text[:4096]
    first = first_object(head)
    return first is not None and _is_zeek(first)


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each record, in batches by log."""
    with source.path.open("rb") as file:
        head = decoded(file.read(HEAD)).lstrip()
    if head.startswith((b"{", b"[")):
        first = first_object(head)
        path = _told(first) if first else None
        return tabulate(source, (_object(source, found, path) for found in values(source)))
    return tabulate(source, _records(source))


def _is_zeek(event: Mapping[str, object]) -> bool:
    if "ts" not in event:
        return False
    return any(path in event for path in PATHS) or (
        not IDENTITIES.isdisjoint(event) and _told(event) is not None
    )


def _told(event: Mapping[str, object]) -> str | None:
    """Return the log that has such fields."""
    names = set(event) | {
        f"{outer}.{name}"
        for outer, inner in event.items()
        if isinstance(inner, dict)
        for name in inner
    }
    return next((path for path, *only in SIGNATURES if not names.isdisjoint(only)), None)


def _object(
    source: Source, found: Value | Problem | Structure, told: str | None
) -> Row | Problem | Structure:
    if not isinstance(found, Value):
        return found
    data, offset, length, line = found
    if not isinstance(data, dict):
        return Problem("not a record: no JSON object", found.where(source.sha256), EXPECTED)
    path = next((data[name] for name in PATHS if isinstance(data.get(name), str)), told)
    return Row(data, _layout(str(path) if path else None), offset, length, line)


@lru_cache(maxsize=512)
def _layout(path: str | None) -> Layout:
    times = (Pick("ts", epoch), Pick("ts", epoch_millis), Pick("ts", stated))
    return Layout(LogSource("zeek", None, path), ((TIME, times),))


def _records(source: Source) -> Iterator[Row | Problem | Structure]:
    header = Header()
    for line in lines(source):
        if not isinstance(line, Line):
            yield line
        elif line.raw.startswith(b"#") or not line.raw.strip():
            header = _directed(header, line.raw)
            yield Structure(Where(source.sha256, offset=line.offset, length=line.length))
        else:
            yield _record(source, header, line)


def _directed(header: Header, raw: bytes) -> Header:
    """Return the header as a directive changes it; others (`#open`, `#close`) change nothing."""
    found = DIRECTIVE.fullmatch(raw)
    if found is None:
        return header
    name, rest = found[1].decode(), found[2]
    if name == "separator":
        return Header(separator=_bytes(rest.decode("ascii", "replace").strip()) or b"\t")
    said = [part.decode("utf-8", "backslashreplace") for part in rest[1:].split(header.separator)]
    match name:
        case "fields":
            header.fields, header.lists, header.booleans = distinct(said), (), ()
        case "types":
            said = said[: len(header.fields)]
            header.lists = _positions(said, CONTAINERS)
            header.booleans = _positions(said, ("bool",))
        case "path":
            header.path = said[0]
        case "set_separator":
            header.set_separator = said[0] or ","
        case "empty_field":
            header.empty = said[0]
        case _:
            header.unset = said[0]
    return header


def _positions(types: Sequence[str], wanted: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(n for n, kind in enumerate(types) if kind.startswith(wanted))


def _record(source: Source, header: Header, line: Line) -> Row | Problem:
    cells = line.text.split(header.separator.decode("latin-1"))
    if len(cells) != len(header.fields):
        what = f"{len(cells)} values for {len(header.fields)} fields"
        return Problem(what, line.where(source), "cut off, or its header is missing?")
    unset, empty = header.unset, header.empty
    values: list[object] = [None if c == unset else "" if c == empty else c for c in cells]
    if b"\\" in line.raw:
        values = [_plain(value) if isinstance(value, str) else value for value in values]
    for n in header.booleans:
        values[n] = BOOLEANS.get(cells[n], values[n])
    fields = dict(zip(header.fields, values, strict=True))
    for n in header.lists:
        if cells[n] == unset:
            del fields[header.fields[n]]  # a column without a list would have no list type
        else:
            fields[header.fields[n]] = _list(header, cells[n])
    return Row(fields, _layout(header.path or None), line.offset, line.length, line.number)


def _list(header: Header, cell: str) -> list[str]:
    return [] if cell == header.empty else [_plain(e) for e in cell.split(header.set_separator)]


def _plain(cell: str) -> str:
    """Undo the escapes that the format needs; bytes that are no printable text stay escaped."""
    return ESCAPED.sub(_meant, cell) if "\\" in cell else cell


def _meant(found: re.Match[str]) -> str:
    if found[0] == "\\\\":
        return "\\"
    text = _bytes(found[0]).decode("utf-8", "surrogateescape")
    return "".join(c if c.isprintable() else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogateescape"))


def _bytes(escapes: str) -> bytes:
    try:
        return bytes.fromhex(escapes.replace("\\x", ""))
    except ValueError:
        return b""


READER = Reader("zeek", "Zeek log", recognises, read)
