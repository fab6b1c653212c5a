"""How fast the rules run over real Windows events, beside two other ways measured in the same call.

    bench/detect.py [--events 100000] [--million]

The load of the machine is printed first. Each measurement runs in a process of its own, so that its
peak memory is its own; of several processes it is the largest. "cpu" is processor time of all
processes together, which other work on the machine disturbs less than "wall". The baselines run on
a sample; what they would take for everything is extrapolated and marked so. `--million` adds what
takes minutes: 1 M events from the log and from a case.
Trap: pyarrow imports pandas wherever it is installed. It is no part of stopa but comes with the
tools that develop it, and half a second of every start, so it is hidden here.
"""

from __future__ import annotations

import argparse
import lzma
import os
import struct
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.detect_baselines import reference, sql
from bench.measure import Measure, measured, now

from stopa import detect
from stopa.case.hunt import How, hunt
from stopa.case.plan import Plan, Quiet
from stopa.case.portion import Asked, Portion, search, together
from stopa.case.work import investigate
from stopa.detect import Program
from stopa.detect.rules import RuleSet
from stopa.model.event import EventBatch
from stopa.readers import Kind, Source, Wanted, readers


class _Hidden:
    """Finds no pandas."""

    def find_spec(self, name: str, *_: object) -> None:
        """Say of pandas that it is not there, of others that somebody else may know."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


sys.meta_path.insert(0, _Hidden())

SHARED = Path(__file__).parents[2] / "shared" / "data"
RULES = SHARED / "sigma" / "sigma_rules.tar.gz"
SAMPLE = SHARED / "bench" / "windows_100k.jsonl.xz"
EVTX = SHARED / "evtx"
LARGE = 1_000_000  # bytes of an EVTX file with more than a chunk or two
EVTX_TIMES = 40  # times that the large files are put behind one another
CHUNK, HEADER = 65_536, 4096  # bytes of a chunk of EVTX, and of the file header
COUNTED = 20_000_000  # numbers added by a process that only counts
HUNTS = 6  # times that a program is run over batches in memory; the first fills its memory


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--million", action="store_true", help="also over 1 M events")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        work = Path(folder)
        os.environ["STOPA_CACHE"] = str(work / "cache")
        log = _sample(work, asked.events)
        _table(log, work / "cache", asked.events)
        _evtx_table(_large_evtx(work), work / "cache")
        if asked.million:
            _million(_repeated(log, work / "million.jsonl", 1_000_000 // asked.events), work)


def _table(log: Path, cache: Path, events: int) -> None:
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")
    print(f"{'':44}{'wall s':>9}{'cpu s':>9}{'MB':>8}{'a second':>12}   note")
    _show("rules: compile from nothing", _run(_prepare, log, cache), None)
    _show("rules: start again from the cache", _run(_prepare, log, cache), None)
    _show("reader alone, all fields", _run(_read, log, cache), events)
    _show("reader alone, what the rules ask for", _run(_read_for, log, cache), events)
    _show("matching alone, batches in memory", _run(_match, log, cache), events)
    _show("matching alone, twice the rules", _run(_match_doubled, log, cache), events)
    one = _run(_hunted, log, cache)
    _show("read, match, find", one, events)
    _show("the same in two processes", _beside(_run(_hunted_by_two, log, cache), one), events)
    _show("two processes that only count", _ceiling(log, cache), None)
    _doubling(log, cache)
    _show("pySigma SQLite, a query a rule (sample)", _run(sql, log, RULES), None)
    _show("reference evaluator (sample)", _run(reference, log, RULES), None)


def _evtx_table(log: Path, cache: Path) -> None:
    alone = _run(_evtx_alone, log, cache)
    _show("evtx package alone, JSON records", alone, None)
    one, two = _run(_hunted, log, cache), _run(_hunted_by_two, log, cache)
    share = one.count / one.cpu / (alone.count / alone.cpu)
    note = f"{share:.2f} of the package alone by processor time; {one.note}"
    _show("EVTX: read, match, find", replace(one, note=note), None)
    share = two.count / two.wall / (alone.count / alone.wall)
    note = f"{share:.2f} of the package alone by wall; {_beside(two, one).note}"
    _show("the same in two processes, the default", replace(two, note=note), None)


def _million(log: Path, work: Path) -> None:
    one = _run(_hunted, log, work / "cache")
    _show("read, match, find; 1 M events", one, None)
    two = _run(_hunted_by_two, log, work / "cache")
    _show("the same in two processes", _beside(two, one), None)
    _doubling(log, work / "cache")
    _show("investigate: 1 M events to a case", _run(_stored, log, work / "case"), None)
    again = _run(_hunted_by_two, work / "case", work / "cache")
    _show("hunt again over the case, two processes", again, None)


def _doubling(log: Path, cache: Path) -> None:
    once, twice = _run(_searched, log, cache), _run(_searched_doubled, log, cache)
    _show("read, match, find; rules ready", once, None)
    note = f"{twice.cpu / once.cpu - 1:.0%} more; {twice.note}"
    _show("the same, twice the rules", replace(twice, note=note), None)


def _beside(two: Measure, one: Measure) -> Measure:
    return replace(two, note=f"{one.wall / two.wall:.2f} times one process, by wall; {two.note}")


def _ceiling(log: Path, cache: Path) -> Measure:
    """Count in one process and in two at once: what this machine gives two at this moment."""
    one = _run(_counted, log, cache)
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        both = list(pool.map(_counted, (log, log), (cache, cache)))
    wall = max(each.wall for each in both)
    told = f"{2 * one.wall / wall:.2f} times one process, by wall: more is not to be had here"
    return Measure(wall, sum(each.cpu for each in both), one.peak, 0, told)


def _counted(_: Path, __: Path) -> Measure:
    started, total = now(), 0
    for number in range(COUNTED):
        total += number & 7
    return measured(0, started)


def _show(label: str, measure: Measure, events: int | None) -> None:
    rate = (events or measure.count) / measure.cpu if measure.cpu else 0
    said = "" if events is None and not measure.count else f"{rate:12,.0f}"
    told = f"{measure.wall:9.2f}{measure.cpu:9.2f}{measure.peak:8.0f}{said:>12}"
    print(f"{label:44}{told}  {measure.note}", flush=True)


def _run(task: Callable[[Path, Path], Measure], log: Path, cache: Path) -> Measure:
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(task, log, cache).result()


def _prepare(_: Path, cache: Path) -> Measure:
    started = now()
    program = detect.prepare([RULES], cache=cache)
    note = f"{len(program.cards)} rules, {len(program.refusals)} refused"
    return measured(0, started, note)


def _read(log: Path, cache: Path) -> Measure:
    started = now()
    return measured(sum(b.table.num_rows for b in _batches(log)), started)


def _read_for(log: Path, cache: Path) -> Measure:
    program = detect.prepare([RULES], cache=cache)
    started = now()
    return measured(sum(b.table.num_rows for b in _batches(log, Asked(program))), started)


def _match(log: Path, cache: Path) -> Measure:
    return _matched(detect.prepare([RULES], cache=cache), log)


def _match_doubled(log: Path, _: Path) -> Measure:
    return _matched(_doubled_program(), log)


def _doubled_program() -> Program:
    """Return twice the rules, their texts compiled beforehand, as the cache has them."""
    made = detect.compile(_doubled(detect.load([RULES])))
    return Program(made.image, made.literals())


def _searched(log: Path, cache: Path) -> Measure:
    return _searched_with(detect.prepare([RULES], cache=cache), log)


def _searched_doubled(log: Path, _: Path) -> Measure:
    return _searched_with(_doubled_program(), log)


def _searched_with(program: Program, log: Path) -> Measure:
    started = now()
    work = Portion("0" * 64, log, log.stat().st_size, "windows_json")
    told = together(search(program, work.found(program)))
    return measured(told.events, started, f"{len(told.findings)} findings")


def _matched(program: Program, log: Path) -> Measure:
    batches = list(_batches(log, _Every(program)))
    events = sum(batch.table.num_rows for batch in batches)
    rounds = []
    for _ in range(HUNTS):
        started = now()
        hits = sum(len(program.scan(batch)) for batch in batches)
        rounds.append(measured(events, started))
    first = f"first round {rounds[0].cpu:.2f} s, {hits} hits, {len(program.cards)} rules"
    return replace(min(rounds, key=lambda m: m.cpu), note=first)


def _hunted(path: Path, _: Path) -> Measure:
    return _hunt(path, 1)


def _hunted_by_two(path: Path, _: Path) -> Measure:
    return _hunt(path, 2)


def _hunt(path: Path, jobs: int) -> Measure:
    """Do what `stopa detect` does, from files to findings."""
    started = now()
    found = hunt([path], Plan(rules=(RULES,)), Quiet(), How(jobs=jobs))
    events = sum(entry.events for entry in found.searched)
    seconds = f"reading {found.read:.1f} s, matching {found.match:.1f} s"
    return measured(events, started, f"{len(found.findings)} findings; {seconds}")


def _stored(log: Path, case: Path) -> Measure:
    started = now()
    told = investigate([log], case, Plan(), Quiet())
    size = sum(file.stat().st_size for file in (case / "events").iterdir()) / 2**20
    return measured(told.events, started, f"{size:.0f} MB of Parquet; the starter rules")


def _evtx_alone(log: Path, _: Path) -> Measure:
    from evtx import PyEvtxParser

    started = now()
    return measured(sum(1 for _ in PyEvtxParser(str(log)).records_json()), started)


class _Every(Asked):
    """What a program asks, of readers that pass no event over: what is matched is all there is."""

    def sought(self, _: Kind) -> None:
        """Let no event be passed over."""


def _batches(file: Path, wanted: Wanted | None = None) -> Iterator[EventBatch]:
    source = Source("0" * 64, file, file.stat().st_size, wanted=wanted)
    return (b for b in readers()["windows_json"].read(source) if isinstance(b, EventBatch))


def _doubled(rules: RuleSet) -> RuleSet:
    """Return the rules and as many more with other ids and other texts.

    Their exceptions (`filter...`) stay: without them they would hit ten times as often, and the
    hits, not the rules, would be measured.
    """
    others = tuple(
        replace(r, card=replace(r.card, id=f"{r.card.id}-2"), detection=_other(r.detection))
        for r in rules.rules
    )
    return replace(rules, rules=rules.rules + others)


def _other(value: Any, key: str = "") -> Any:  # noqa: ANN401 (what YAML holds)
    if isinstance(value, dict):
        return {k: v if _stays(str(k)) else _other(v, str(k)) for k, v in value.items()}
    if isinstance(value, list):
        return [_other(item, key) for item in value]
    is_text = isinstance(value, str) and not {"re", "cidr", "fieldref"} & set(key.split("|"))
    return f"{value[:-1]}qz{value[-1:]}" if is_text and len(value) > 3 else value


def _stays(search: str) -> bool:
    return search == "condition" or search.startswith("filter")


def _sample(work: Path, events: int) -> Path:
    with lzma.open(SAMPLE) as packed, (work / "sample.jsonl").open("wb") as log:
        log.writelines(islice(packed, events))
    return work / "sample.jsonl"


def _repeated(log: Path, path: Path, times: int) -> Path:
    with path.open("wb") as made:
        for _ in range(times):
            made.write(log.read_bytes())
    return path


def _large_evtx(work: Path) -> Path:
    """Put the chunks of the larger files behind one another, many times, as one log."""
    files = [file for file in sorted(EVTX.rglob("*.evtx")) if file.stat().st_size > LARGE]
    chunks = [chunk for file in files for chunk in _chunks(file.read_bytes())] * EVTX_TIMES
    head = struct.pack(
        "<8sQQQIHHHH", b"ElfFile", 0, len(chunks) - 1, 1, 128, 1, 3, HEADER, len(chunks)
    )
    head = head.ljust(120, b"\0") + struct.pack("<I", 0)
    head = (head + struct.pack("<I", crc32(head[:120]))).ljust(HEADER, b"\0")
    with (work / "large.evtx").open("wb") as log:
        log.writelines([head, *chunks])
    return work / "large.evtx"


def _chunks(content: bytes) -> Iterator[bytes]:
    """Yield the chunks that hold records."""
    for start in range(HEADER, len(content) - CHUNK + 1, CHUNK):
        chunk = content[start : start + CHUNK]
        if chunk.startswith(b"ElfChnk\0") and chunk[512:516] == b"**\0\0":
            yield chunk


if __name__ == "__main__":
    main()
