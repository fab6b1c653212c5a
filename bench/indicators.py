"""How fast ten million indicators are read and looked for in a million events.

Run as `python bench/indicators.py [INDICATORS [EVENTS]]`. The list is made by arithmetic (names,
addresses, hashes, web addresses) and read as a file; the events are proxy, process and firewall
columns of which one in ten thousand rows holds an indicator. Beside it the obvious way: a Python
set of all indicators, each event's values split into words and looked up. Processor time; memory is
the most that the process held.
"""

from __future__ import annotations

import hashlib
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from stopa.detect.indicator_index import Index
from stopa.detect.indicators import matches
from stopa.model.event import EventBatch, LogSource
from stopa.readers import Source, readers

BATCH = 200_000
SPLIT = re.compile(r"[^A-Za-z0-9._-]+")


def main(indicators: int, rows: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.txt"
        with path.open("w") as file:
            file.writelines(f"{value(n)}\n" for n in range(indicators))
        index, read, built = load(path)
        batches = list(events(rows, indicators))
        start = time.process_time()
        hits = {(n, hit.row) for n, batch in enumerate(batches) for hit in matches(batch, index)}
        matched = time.process_time() - start
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(f"{indicators} indicators, {rows} events")
        print(f"{'read the list':24} {read:8.2f} s")
        print(f"{'build the index':24} {built:8.2f} s")
        print(f"{'match the events':24} {matched:8.2f} s   {len(hits)} events with a hit")
        print(f"{'all':24} {read + built + matched:8.2f} s   {most:.2f} GiB at most")
        del index
        naive(path, batches, matched)


def load(path: Path) -> tuple[Index, float, float]:
    """Read a list into an index; return it with the seconds of reading and of building."""
    source = Source("0" * 64, path, path.stat().st_size)
    index, read, built = Index(), 0.0, 0.0
    start = time.process_time()
    for found in readers()["indicator_list"].read(source):
        now = time.process_time()
        read += now - start
        assert isinstance(found, EventBatch), found
        index.add(found)
        start = time.process_time()
        built += start - now
    start = time.process_time()
    index.close()
    return index, read, built + time.process_time() - start


def naive(path: Path, batches: list[EventBatch], matched: float) -> None:
    """Print the obvious way: a set, and each value in words."""
    start = time.process_time()
    known = set(path.read_text().lower().split())
    built = time.process_time() - start
    start, found = time.process_time(), 0
    for batch in batches:
        columns = [batch.table.column(name).to_pylist() for name in batch.fields]
        for row in zip(*columns, strict=True):
            words = {word for cell in row for word in SPLIT.split(cell.lower())} | set(row)
            found += not known.isdisjoint(words)
    took = time.process_time() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{'a set: build it':24} {built:8.2f} s")
    print(f"{'a set: look up':24} {took:8.2f} s   {found} events, {took / matched:.1f} times")
    print(f"{'':24} {'':10}   {most:.2f} GiB at most")


def value(n: int) -> str:
    """Return the indicator of a number: half names, the rest in equal parts."""
    match n % 8:
        case 0 | 1 | 2 | 3:
            return f"host{n}.zone{n % 9973}.net"
        case 4 | 5:
            return f"{11 + n % 89}.{n // 89 % 256}.{n // 22784 % 256}.{n // 5832704 % 256}"
        case 6:
            return hashlib.md5(str(n).encode()).hexdigest()  # noqa: S324
        case _:
            return f"http://host{n}.zone{n % 9973}.org/p/{n}"


def events(rows: int, indicators: int) -> Iterator[EventBatch]:
    """Yield events whose values repeat themselves about as logs do."""
    for first in range(0, rows, BATCH):
        some = range(first, min(rows, first + BATCH))
        table = {
            "src_ip": [f"10.{n % 250}.{n % 31}.{n % 199}" for n in some],
            "dst_ip": [f"198.{n % 17}.{n % 241}.{n % 251}" for n in some],
            "query": [
                value(n * 8 % indicators) if n % 10_000 == 0 else f"w{n % 30_011}.example.org"
                for n in some
            ],
            "Image": [f"C:\\Program Files\\App{n % 443}\\tool{n % 29}.exe" for n in some],
            "CommandLine": [
                f"tool.exe --id {n} --to https://srv{n % 5003}.example.com/in/{n % 70_001} -v"
                for n in some
            ],
            "Hashes": [f"MD5={n % 9001:032X},IMPHASH={n % 1009:032X}" for n in some],
        }
        columns = {name: pa.array(column) for name, column in table.items()}
        yield EventBatch("1" * 64, LogSource(), pa.table(columns))


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:]]
    main(asked[0] if asked else 10_000_000, asked[1] if len(asked) > 1 else 1_000_000)
