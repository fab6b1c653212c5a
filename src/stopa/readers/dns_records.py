"""DNS records as text: zone files, and what `dig` and `host` print. Public keys of mail are such.

Spec: https://www.rfc-editor.org/rfc/rfc1035#section-5 (master files)
Why: DNS as somebody saw it then is evidence: where a name led, and with which keys a domain signed.
A record `selector._domainkey.domain` among the evidence is what DKIM signatures are checked with.
Trap: a text says neither when it was asked nor of whom, so its records have no time. Names without
a dot at the end belong to `$ORIGIN`; where none is stated they stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from stopa.model.event import LogSource
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._columns import Layout, Row, tabulate
from stopa.readers._lines import Line
from stopa.readers._log_lines import log_lines, mostly
from stopa.readers._reader import Found, Reader, Source

TYPES = "A AAAA CAA CNAME DNAME DNSKEY DS HINFO HTTPS LOC MX NAPTR NS NSEC NSEC3 PTR RRSIG SOA"
TYPES += " SPF SRV SSHFP SVCB TLSA TXT URI"
TTL = r"(?P<ttl{n}>\d{{1,10}}[smhdw]?)"
RECORD = re.compile(
    rf"""(?P<name>[\w*.@/-]{{0,255}})[ \t]+
    (?:(?:{TTL.format(n="")}[ \t]+)?(?P<class>IN|CH|HS)|(?P<class2>IN)[ \t]+{TTL.format(n="2")}
       |(?<=\w\.)[ \t]*{TTL.format(n="3")})[ \t]+
    (?P<type>{"|".join(TYPES.split())})(?:[ \t]+(?P<data>\S.*))?""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
HOST = re.compile(r'(?P<name>[\w*.-]{1,255}) descriptive text (?P<data>".*)', re.DOTALL)
ORIGIN = re.compile(r"\$ORIGIN\s+(\S{1,255})", re.IGNORECASE)
BESIDE = re.compile(
    r'\s*(?:;|\$(?:ORIGIN|TTL|INCLUDE)\b|[")(]|\d{1,10}[smhdw]?\s*(?:;|\)|$))', re.IGNORECASE
)
KEY_OF = re.compile(r";.*\bDKIM key \S+ for ([\w.-]{1,253})\s*$", re.IGNORECASE)
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
ESCAPE = re.compile(r"\\(\d{3}|.)", re.DOTALL)
COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|;.*')
JOINED = 500  # lines of one record
KEY_BYTES = 2**20  # of a file in which keys are looked for
KEYS = 1000

LAYOUT = Layout(LogSource("dns", None, "records"))


def recognises(head: bytes) -> bool:
    """Recognise records, of which at least one states its class or its time to live."""
    text = head.decode("utf-8", "replace")
    if not any(map(_record, text.splitlines()[:200])):
        return False
    return mostly(head, lambda line: BESIDE.match(line) or _record(line))


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each record."""
    return tabulate(source, _items(source))


def keys(path: Path) -> dict[str, list[str]]:
    """Return the public keys of mail in a file, by their whole name, in its order."""
    found: dict[str, list[str]] = {}
    size = path.stat().st_size
    items = _items(Source("", path, size)) if size <= KEY_BYTES else iter(())
    for row in (item for item in items if isinstance(item, Row)):
        name = _text(row, "name").lower()
        is_key = "._domainkey." in name and _text(row, "type") == "TXT"
        if is_key and len(found) < KEYS:
            found.setdefault(name.rstrip("."), []).append(_text(row, "text"))
    return found


def _text(item: Row, name: str) -> str:
    return str(item.fields.get(name, ""))


def _items(source: Source) -> Iterator[Row | Problem | Structure]:
    """Yield records as rows; comments, directives and blank lines are structure."""
    origin = last = ""
    waiting: list[Line] = []
    for line in log_lines(source):
        if not isinstance(line, Line):
            yield line
            continue
        waiting.append(line)
        if _is_open(waiting) and len(waiting) < JOINED:
            continue
        found = _record(" ".join(COMMENT.sub(r"\1", one.text) for one in waiting))
        if found is None:
            origin = _origin(waiting[0].text, origin)
            yield from _beside(source, waiting)
        else:
            if found["name"]:
                last = _whole_name(found["name"], origin, waiting[-1].text)
            yield _row(waiting, found, last)
        waiting = []
    yield from _beside(source, waiting)


def _is_open(waiting: list[Line]) -> bool:
    """Tell whether a record goes on: a bracket of it is not closed yet."""
    if len(waiting) == 1 and _record(waiting[0].text) is None:
        return False
    text = "".join(QUOTED.sub("", COMMENT.sub(r"\1", line.text)) for line in waiting)
    return text.count("(") > text.count(")")


def _record(line: str) -> dict[str, str] | None:
    """Return what a record says; None for what is none."""
    if line.lstrip().startswith(";"):
        return None
    if found := HOST.fullmatch(line.rstrip()):
        return {"name": found["name"] + ".", "type": "TXT", "data": found["data"]}
    found = RECORD.fullmatch(line.rstrip())
    if found is None:
        return None
    told = {name.rstrip("23"): text for name, text in found.groupdict().items() if text}
    return {"name": "", "data": "", **told}


def _origin(line: str, before: str) -> str:
    found = ORIGIN.match(line.strip())
    return found[1].rstrip(".") if found else before


def _whole_name(name: str, origin: str, comment: str) -> str:
    """Return a name with the origin that it belongs to; signers note it behind their keys."""
    if name.endswith("."):
        return name.rstrip(".") or "."
    if not origin and (found := KEY_OF.search(comment)):
        origin = found[1]
    if name == "@":
        return origin or name
    return f"{name}.{origin}" if origin and not name.endswith(f".{origin}") else name


def _row(lines: list[Line], found: dict[str, str], name: str) -> Row:
    kind, data = found["type"].upper(), found["data"].strip()
    fields: dict[str, object] = {"name": name, "type": kind, "data": data}
    fields |= {key: found[key] for key in ("ttl", "class") if key in found}
    if kind in ("TXT", "SPF") and (parts := QUOTED.findall(data)):
        fields["text"] = "".join(ESCAPE.sub(_unescaped, part) for part in parts)
    length = sum(line.length for line in lines)
    return Row(fields, LAYOUT, lines[0].offset, length, lines[0].number)


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    return chr(int(code)) if len(code) == 3 and int(code) < 256 else code


def _beside(source: Source, lines: list[Line]) -> Iterator[Structure | Problem]:
    for line in lines:
        if not line.raw.strip() or BESIDE.match(line.text):
            yield Structure(Where(source.sha256, offset=line.offset, length=line.length))
        else:
            yield Problem("not a DNS record", line.where(source), "look at the line")


READER = Reader("dns_records", "DNS records", recognises, read)
