"""How fast readers of text logs turn lines into event batches, beside the obvious loop over the file.

Run as `python bench/text_readers.py [LINES]`. Each log is made of the project's own samples, with
numbers that change from line to line, so that nothing is read by remembering it. The obvious loop is
what somebody would write for the format: one pattern for each line (`re`), or one decoding
(`msgspec`), a dictionary made and thrown away. Figures are lines a second of processor time, the best
of three runs; `stored` writes the events to Parquet as a case does.
"""

# ruff: noqa: E501 (a table of results is wide)

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from stopa.model.event import EventBatch
from stopa.readers import Source, readers
from stopa.store import durable
from stopa.store.events import EventWriter

LINES = 100_000
RUNS = 3
SAMPLES = Path(__file__).parents[1] / "tests" / "data" / "readers"
HEADER = re.compile(
    r"(?:<\d+>)?(?P<stamp>\w{3} +\d+ [\d:]+) (?P<host>\S+) (?P<program>[^\s\[:]+)(?:\[(?P<pid>\d+)\])?: (?P<message>.*)"
)
COMBINED = re.compile(
    r'(?P<ip>\S+) (?P<ident>\S+) (?P<user>\S+) \[(?P<time>[^\]]+)\] "(?P<request>[^"]*)" (?P<status>\d+) (?P<size>\S+)(?: "(?P<referer>[^"]*)" "(?P<agent>[^"]*)")?'
)
PAIR = re.compile(r"(\w+)=(\"[^\"]*\"|\S*)")
NUMBER = re.compile(r"(?<=[\d.])\d(?=[\s:;,\]]|$)")
JSON = msgspec.json.Decoder()
# Reader, sample, lines of the sample that are repeated, the obvious way to take one apart.
LOGS: tuple[tuple[str, str, int, Callable[[str], object]], ...] = (
    ("syslog", "auth", 10, lambda line: (found := HEADER.match(line)) and found.groupdict()),
    ("access_log", "combined", 2, lambda line: (found := COMBINED.match(line)) and found.groupdict()),
    ("auditd", "execve", 8, lambda line: dict(PAIR.findall(line))),
    ("fortinet", "forward", 2, lambda line: dict(PAIR.findall(line))),
    ("squid", "native", 2, str.split),
    ("exim", "main", 5, lambda line: dict(PAIR.findall(line))),
    ("bind", "queries", 3, str.split),
    ("stamped", "several", 1, lambda line: line.split(" ", 3)),
    ("suricata", "eve", 2, JSON.decode),
    ("journal", "json", 1, JSON.decode),
    ("cloud_audit", "services", 29, JSON.decode),
)  # fmt: skip


def main(lines: int) -> None:
    """Print the table."""
    print(
        f"{'reader':12} {'lines':>8} {'obvious/s':>11} {'read/s':>11} {'of obvious':>10} {'stored/s':>11}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, case, count, take in LOGS:
            path = Path(folder) / name
            path.write_text(made(name, case, count, lines), encoding="utf-8")
            bare = speed(lines, lambda p=path, t=take: loop(p, t))
            read = speed(lines, lambda p=path, n=name: walk(n, p))
            stored = speed(lines, lambda p=path, n=name: store(n, p))
            print(
                f"{name:12} {lines:8} {bare:11,.0f} {read:11,.0f} {read / bare:10.2f} {stored:11,.0f}"
            )


def made(name: str, case: str, count: int, lines: int) -> str:
    """Return a log: the first lines of the sample again and again, their numbers changed."""
    (sample,) = (SAMPLES / name / case).glob("input.*")
    first = [line for line in sample.read_text("utf-8").split("\n") if line.strip()][:count]
    block = len(first)
    return "".join(changed(first[n % block], n // block, name) + "\n" for n in range(lines))


def changed(line: str, turn: int, name: str) -> str:
    """Return a line with other digits; in audit logs only the serial, which all records share."""
    if name == "auditd":
        return re.sub(r":(\d+)\)", lambda found: f":{int(found[1]) + 1000 * turn})", line)
    digits = f"{turn:06}"
    places = iter(digits[::-1])
    return (
        NUMBER.sub(lambda found: next(places, found[0]), line)
        if name not in ("suricata", "journal", "cloud_audit")
        else line
    )


def speed(lines: int, run: Callable[[], int]) -> float:
    """Return lines a second of processor time, the best of some runs."""
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        assert run() > 0
        taken.append(time.process_time() - start)
    return lines / min(taken)


def loop(path: Path, take: Callable[[str], object]) -> int:
    """Take each line apart and keep nothing."""
    with path.open(encoding="utf-8") as file:
        return sum(take(line.rstrip("\n")) is not None for line in file)


def walk(name: str, path: Path) -> int:
    """Read the file into event batches."""
    source = Source("0" * 64, path, path.stat().st_size)
    found = readers()[name].read(source)
    return sum(one.table.num_rows for one in found if isinstance(one, EventBatch))


def store(name: str, path: Path) -> int:
    """Read the file and write its events as a case does, but for the wait until the disk has them."""
    source = Source("0" * 64, path, path.stat().st_size)
    with tempfile.TemporaryDirectory() as folder, durable.flushed_later():
        writer = EventWriter(Path(folder), source.sha256)
        for one in readers()[name].read(source):
            if isinstance(one, EventBatch):
                writer.add(one)
        return sum(segment.rows for segment in writer.close())


if __name__ == "__main__":
    assert readers()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LINES)
