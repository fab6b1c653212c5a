"""How fast readers turn files into event batches, beside the fastest obvious loop over the file.

Run as `python bench/readers.py [FILE...]`. Without files: the shared 100,000 Windows events where
they are there, and samples of the tests, repeated. Each figure is the best of three runs, in events
a second of wall time and of processor time (on a machine that does other things the second is the
truer). The bare loop decodes each line with msgspec and keeps nothing.
"""

from __future__ import annotations

import lzma
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from stopa.model.event import EventBatch
from stopa.readers import HEAD, Kind, Reader, Source, readers, recognise

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data" / "bench" / "windows_100k.jsonl.xz"
SAMPLES = ROOT / "tests" / "data" / "readers"
REPEATED = ("evtx/small/input.evtx", "windows_json/winlogbeat/input.ndjson")
SIZE = 16 * 2**20  # bytes of a repeated sample
RUNS = 3
FEW = frozenset(
    {"Image", "CommandLine", "ParentImage", "ParentCommandLine", "OriginalFileName", "User",
     "TargetObject", "Details", "TargetFilename", "ImageLoaded", "ScriptBlockText", "EventID"}
)  # fmt: skip


def main(paths: list[Path]) -> None:
    """Print the table."""
    print(
        f"{'file':24} {'read as':26} {'events':>8} {'events/s':>10} {'of cpu':>10} {'of bare':>8}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for path in paths or list(prepared(Path(folder))):
            measure(path)


def prepared(folder: Path) -> Iterator[Path]:
    """Yield the files that are measured when none are named."""
    if SHARED.is_file():
        unpacked = folder / "windows_100k.jsonl"
        with lzma.open(SHARED) as packed, unpacked.open("wb") as file:
            shutil.copyfileobj(packed, file)
        yield unpacked
    for name in REPEATED:
        content = (SAMPLES / name).read_bytes()
        head = content[:4096] if name.endswith(".evtx") else b""
        body = content[len(head) :]
        path = folder / name.replace("/", "-")
        path.write_bytes(head + body * (SIZE // len(body)))
        yield path


def measure(path: Path) -> None:
    """Print how fast one file is read, whole and for the fields of a few rules."""
    with path.open("rb") as file:
        known = recognise(file.read(HEAD))
    if len(known) != 1:
        print(f"{path.name:24} read by {[reader.name for reader in known]}")
        return
    bare = 0.0
    if known[0].name == "windows_json":
        bare = row(path, "bare msgspec, a line each", lambda: decode(path), 0.0)
    row(path, f"{known[0].name}, all fields", lambda: read(known[0], path, None), bare)
    row(path, f"{known[0].name}, {len(FEW)} fields", lambda: read(known[0], path, FEW), bare)
    row(path, f"{known[0].name}, as rules ask", lambda: glance(known[0], path), bare)


def row(path: Path, what: str, run: Callable[[], int], bare: float) -> float:
    """Print one line of the table; return events a second of processor time."""
    walls, cpus, events = [], [], 0
    for _ in range(RUNS):
        wall, cpu = time.perf_counter(), time.process_time()
        events = run()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    speed, of_cpu = events / min(walls), events / min(cpus)
    ratio = f"{of_cpu / bare:8.2f}" if bare else " " * 8
    print(f"{path.name[:24]:24} {what:26} {events:8} {speed:10,.0f} {of_cpu:10,.0f} {ratio}")
    return of_cpu


def decode(path: Path) -> int:
    """Decode every line and keep nothing."""
    decoder = msgspec.json.Decoder()
    events = 0
    with path.open("rb") as file:
        for line in file:
            decoder.decode(line)
            events += 1
    return events


def read(reader: Reader, path: Path, fields: frozenset[str] | None) -> int:
    """Read the file into event batches."""
    source = Source("0" * 64, path, path.stat().st_size, fields)
    return sum(
        found.table.num_rows for found in reader.read(source) if isinstance(found, EventBatch)
    )


class Asked:
    """A few rules that look at some fields, and for no keywords."""

    def fields(self, _: Kind) -> frozenset[str]:
        """Return the same fields for every kind of event."""
        return FEW

    def searched(self, _: Kind) -> bool:
        """Tell that no keywords are looked for."""
        return False

    def sought(self, _: Kind) -> None:
        """Tell that anything may be asked of any event."""


def glance(reader: Reader, path: Path) -> int:
    """Read the file as when rules are run: whole events are built only if they are asked for."""
    source = Source("0" * 64, path, path.stat().st_size, wanted=Asked())
    return sum(
        found.table.num_rows for found in reader.read(source) if isinstance(found, EventBatch)
    )


if __name__ == "__main__":
    assert readers()
    main([Path(name) for name in sys.argv[1:]])
