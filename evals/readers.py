"""How the readers do over the folder of real evidence: recognised, read to the last byte, understood.

Run as `python evals/readers.py [FOLDER...]` (names below the shared data, all of the log folders
without). For each format it prints files, those that exactly one reader knows by their content,
events, problems and bytes not accounted for, then how many of the files' own expectations hold:
fail2ban's `failJSON` lines (time, host, user), the fields and times that CrowdSec's `parser.assert`
expects, the counts of Suricata's `test.yaml`. With `-v` every expectation that does not hold is
printed with its reason. A value counts as drawn when a field of the line's event has it, whatever
the field is called: names differ between tools. Labels that those tools make up are left out.
"""

# ruff: noqa: E501 (a table of results is wide)

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from stopa.model.document import Document
from stopa.model.event import EventBatch
from stopa.model.evidence import Problem
from stopa.readers import HEAD, Source, recognise

DATA = Path(__file__).parents[2] / "shared" / "data"
FOLDERS = ("linux", "web", "network", "dns_proxy", "mail_server", "suricata", "zeek", "cases")
NO_LOGS = frozenset((".yaml", ".yml", ".assert", ".golden", ".rules", ".md", ".csv", ".txt"))
ZURICH = ZoneInfo("Europe/Zurich")  # where fail2ban's own test suite stands
ASSERT = re.compile(
    r'results\["(s\d\d-[\w-]+)"\]\["([^"]+)"\]\[(\d+)\]\.Evt\.(Parsed|Meta|Enriched)\["([^"]+)"\] == "(.*)"'
)
# What CrowdSec's parsers make up, copy from the file's name or cut in ways of their own.
MADE_UP = frozenset(
    [
        "datasource_type",
        "datasource_path",
        "log_type",
        "service",
        "sub_log_type",
        "sub_type",
        "auth_status",
        "logsource",
        "static_ressource",
        "http_args_len",
        "file_dir",
        "file_frag",
        "file_ext",
        "file_name",
        "impact_completion",
        "log_subtype",
        "machine_name",
        "haproxy_year",
        "haproxy_month",
        "haproxy_monthday",
        "haproxy_hour",
        "haproxy_time",
        "haproxy_minute",
        "haproxy_second",
        "haproxy_milliseconds",
        "year",
        "month",
        "day",
        "time",
        "date",
        "zone",
        "facility",
        "dovecot_login_result",
        "user_type",
    ]
)
WHOLE_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d")
FAIL = re.compile(r"#\s*failJSON:\s*(\{.*)")

Events = dict[int, dict[str, Any]]


@dataclass
class Tally:
    """What one format's files gave."""

    files: int = 0
    known: int = 0
    events: int = 0
    problems: int = 0
    lost: int = 0
    met: int = 0
    asked: int = 0
    readers: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def expect(self, holds: bool, said: str) -> None:
        """Count one expectation."""
        self.asked += 1
        self.met += holds
        if not holds:
            self.misses.append(said)


def main(folders: list[str], *, verbose: bool) -> None:
    """Print the table."""
    tallies: dict[str, Tally] = {}
    for path in sorted(p for folder in folders for p in (DATA / folder).rglob("*")):
        if path.is_file() and path.suffix not in NO_LOGS and path.stat().st_size:
            one = path.relative_to(DATA).parts
            measure(path, tallies.setdefault("/".join(one[:2]), Tally()))
    print(
        f"{'format':24} {'files':>5} {'known':>5} {'events':>7} {'probl.':>6} {'lost':>6} {'met':>11}  read as"
    )
    for name, tally in tallies.items():
        show(name, tally)
    show("all", total(tallies.values()))
    if verbose:
        for name, tally in tallies.items():
            for miss in tally.misses:
                print(f"{name}: {miss}")


def show(name: str, tally: Tally) -> None:
    """Print one line of the table."""
    met = f"{tally.met}/{tally.asked}" if tally.asked else ""
    read_as = ", ".join(f"{n} {c}" for n, c in tally.readers.most_common())
    print(
        f"{name:24} {tally.files:5} {tally.known:5} {tally.events:7} {tally.problems:6} {tally.lost:6} {met:>11}  {read_as}"
    )


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sums."""
    whole = Tally()
    for one in tallies:
        for name in ("files", "known", "events", "problems", "lost", "met", "asked"):
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
    return whole


def measure(path: Path, tally: Tally) -> None:
    """Read one file and compare it with what its folder expects."""
    tally.files += 1
    content = path.read_bytes()
    known = recognise(content[:HEAD])
    tally.readers["+".join(reader.name for reader in known) or "none"] += 1
    if len(known) != 1:
        tally.misses.append(f"{path.name}: known by {[reader.name for reader in known]}")
        return
    tally.known += 1
    zone = ZURICH if "fail2ban" in path.parts else UTC
    source = Source("0" * 64, path, len(content), zone=zone)
    events: Events = {}
    covered, rows = 0, []
    for found in known[0].read(source):
        if isinstance(found, EventBatch):
            rows = found.table.to_pylist()
            tally.events += len(rows)
            covered += sum(row["_length"] for row in rows)
            events |= {row["_line"] or n: row for n, row in enumerate(rows)}
            for row in rows:
                last = (
                    row["_line"]
                    + content[row["_offset"] : row["_offset"] + row["_length"]].count(b"\n")
                    if row["_line"]
                    else 0
                )
                for line in range((row["_line"] or 0) + 1, last):
                    events.setdefault(line, row)
        elif isinstance(found, Document):
            covered = len(content)
        else:
            covered += found.where.length or 0
            tally.problems += isinstance(found, Problem)
    tally.lost += abs(len(content) - covered)
    lines = content.decode("utf-8", "backslashreplace").split("\n")
    fail2ban(path, lines, events, tally)
    crowdsec(path, lines, events, tally)
    suricata(path, events, tally)


def fail2ban(path: Path, lines: list[str], events: Events, tally: Tally) -> None:
    """Compare with the `failJSON` line that stands before a line."""
    expected: dict[str, Any] | None = None
    for number, text in enumerate(lines, 1):
        if found := FAIL.match(text):
            expected = json.loads(found[1])
        elif expected is not None and text.strip() and not text.startswith("#"):
            _failed(path, number, expected, events.get(number), tally)
            expected = None


def _failed(
    path: Path, number: int, expected: Mapping[str, Any], event: dict[str, Any] | None, tally: Tally
) -> None:
    where = f"{path.name}:{number}"
    if event is None:
        tally.expect(False, f"{where}: no event")
        return
    if not expected.get("match"):
        tally.expect(True, where)
        return
    if when := expected.get("time"):
        tally.expect(
            _same_time(when, event),
            f"{where}: time {when}, not {event['_time'] or event.get('timestamp')}",
        )
    for name in ("host", "user"):
        if value := expected.get(name):
            tally.expect(
                _drawn(value, event),
                f"{where}: {name} {value!r} not drawn of {event.get('message')!r:.120}",
            )


def _same_time(when: str, event: Mapping[str, Any]) -> bool:
    """Tell whether a local time is that of the event; of a stamp without year all but the year."""
    told = datetime.fromisoformat(when)
    time = event["_time"]
    if time is not None and "time_basis" not in event:
        return bool(
            time.astimezone(ZURICH).replace(tzinfo=None, microsecond=0)
            == told.replace(microsecond=0)
        )
    stamp = str(event.get("timestamp") or "")
    return " ".join(stamp.split()[:3]) in (f"{told:%b %-d %H:%M:%S}", f"{told:%b %d %H:%M:%S}")


def _values(event: Mapping[str, Any]) -> Iterator[str]:
    for name, value in event.items():
        if value is None or name in ("message", "_time"):
            continue
        for one in value if isinstance(value, list) else [value]:
            yield str(one)


def _drawn(value: object, event: Mapping[str, Any]) -> bool:
    wanted = _plain(str(value))
    return any(_plain(one) == wanted for one in _values(event))


def _plain(value: str) -> str:
    """Return a value in one spelling: addresses without leading zeros and without `::ffff:`."""
    text = value.strip().lower().removeprefix("http/")
    if re.fullmatch(r"\d{1,3}(\.\d{1,3}){3}", text):
        return ".".join(str(int(part)) for part in text.split("."))
    try:
        address = ip_address(text)
    except ValueError:
        return text
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


def crowdsec(path: Path, lines: list[str], events: Events, tally: Tally) -> None:
    """Compare with the fields and times that `parser.assert` expects of each line."""
    told = path.parent / "parser.assert"
    if not told.is_file():
        return
    asked: dict[tuple[str, int], dict[str, str]] = {}
    for line in told.read_text("utf-8").split("\n"):
        found = ASSERT.fullmatch(line.strip())
        if found and found[5] not in MADE_UP and found[6] not in ("", "-"):
            asked.setdefault((found[2], int(found[3])), {})[found[5]] = _unquoted(found[6])
    placed: dict[str, Counter[str]] = {}
    seen: set[tuple[int, str, str]] = set()
    for (parser, index), fields in asked.items():
        number = _line_of(lines, index, fields.get("message"), placed.setdefault(parser, Counter()))
        for name, value in fields.items():
            if number is not None and (number, name, value) not in seen:
                seen.add((number, name, value))
                _field(
                    f"{path.name}:{number}",
                    name,
                    value,
                    lines[number - 1],
                    events.get(number),
                    tally,
                )


def _line_of(lines: list[str], index: int, message: str | None, placed: Counter[str]) -> int | None:
    """Return the line that a result is of: the next one that holds its message, or by number."""
    numbers = [n for n, text in enumerate(lines, 1) if text.strip()]
    if message is not None:
        holding = [n for n in numbers if message.strip() in lines[n - 1]]
        placed[message] += 1
        if len(holding) >= placed[message]:
            return holding[placed[message] - 1]
    return numbers[index] if index < len(numbers) else None


def _field(
    where: str, name: str, value: str, line: str, event: dict[str, Any] | None, tally: Tally
) -> None:
    if event is None:
        tally.expect(False, f"{where}: no event")
    elif name == "MarshaledTime" or (name == "timestamp" and WHOLE_TIME.match(value)):
        tally.expect(_instant(value, event), f"{where}: time {value}, not {event['_time']}")
    elif name != "program" or value in line:
        holds = _drawn(value, event) or value.strip() in (
            str(event.get("message", "")).strip(),
            line.strip(),
        )
        tally.expect(holds, f"{where}: {name} {value!r:.100} not drawn")


def _unquoted(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text


def _instant(value: str, event: Mapping[str, Any]) -> bool:
    """Tell whether a time is the event's; a year that CrowdSec took from the clock is left out."""
    try:
        told = datetime.fromisoformat(
            value[:26].rstrip("Z") + ("Z" if value.endswith("Z") else value[26:])
        )
    except ValueError:
        return _drawn(value, event)
    told = told if told.tzinfo else told.replace(tzinfo=UTC)
    time = event["_time"]
    if time is None:
        return _same_time(
            told.astimezone(ZURICH).replace(tzinfo=None).isoformat(), event
        ) or _same_time(told.replace(tzinfo=None).isoformat(), event)
    return bool(abs((time - told).total_seconds()) < 0.002)


def suricata(path: Path, events: Events, tally: Tally) -> None:
    """Compare with the counts of `test.yaml`."""
    told = path.parent / "test.yaml"
    if path.name != "eve.json" or not told.is_file():
        return
    for check in yaml.safe_load(told.read_text("utf-8")).get("checks", []):
        if "filter" not in check:
            continue
        asked = check["filter"]
        if asked.get("filename", "eve.json") != "eve.json":
            continue
        count = sum(_fits(asked["match"], row) for row in events.values())
        wanted = asked["count"]
        tally.expect(
            count == wanted, f"{path.parent.name}: {count} not {wanted} of {asked['match']}"
        )


def _fits(match: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    return all(_has(row, name, value) for name, value in match.items())


def _has(row: Mapping[str, Any], name: str, value: object) -> bool:
    if name == "has-key":
        return _has_key(row, str(value))
    if name == "not-has-key":
        return not _has_key(row, str(value))
    name, _, modifier = name.partition(".__") if ".__" in name else (name, "", "")
    path = re.sub(r"\[(\d+)\]", "", name)
    index = re.search(r"\[(\d+)\]", name)
    cell = row.get(path)
    if modifier.startswith("len"):
        return isinstance(cell, list) and len(cell) == value
    wanted = json.dumps(value) if isinstance(value, (bool, dict, list)) else str(value)
    if isinstance(cell, list):
        if index and int(index[1]) < len(cell) and cell[int(index[1])] == wanted:
            return True
        return wanted in cell
    return cell == wanted


def _has_key(row: Mapping[str, Any], name: str) -> bool:
    path = re.sub(r"\[\d+\]", "", name)
    return any(
        value is not None and (key == path or key.startswith(f"{path}."))
        for key, value in row.items()
    )


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "-v"]
    main(words or list(FOLDERS), verbose="-v" in sys.argv)
