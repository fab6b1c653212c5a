"""Damage samples of every format and see whether a reader raises, hangs or grows.

    evals/fuzz.py [--minutes 60] [--seed 1] [--only READER] [--keep FOLDER]

Seeds are the project's own samples and, where they are at hand, the real ones. Each mutation is
read in a confined process; what raises, takes over ten seconds or ends the process is kept, with
what it takes to make it again.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from stopa.case.confined import Confined, Lost
from stopa.readers import HEAD, Source, readers, recognise

OWN = Path(__file__).parents[1] / "tests" / "data" / "readers"
REAL = Path(__file__).parents[2] / "shared" / "data"
LARGEST = 512 * 1024  # bytes of a seed; more would only be slower
ROUNDS = 40  # mutations in one task
SLOW = 10.0  # seconds that count as a hang
TOKENS = (
    b"\x00", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\xed\xa0\x80", b"{", b"[", b'"', b"<",
    b">", b"\n", b"\r", b",", b"\x1b[31m", b"-1", b"1e999", b"NaN", b"9" * 400, b"&#0;", b"%n",
    b"\\u0000",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """A reader, a seed, and which mutations of it."""

    reader: str
    path: Path
    number: int


@dataclass(slots=True)
class Told:
    """What came of a task."""

    done: int = 0
    slowest: float = 0.0
    grown: int = 0  # KiB
    failed: list[tuple[int, str]] = field(default_factory=list)


def main() -> None:
    """Fuzz for so long and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"))
    asked = parser.parse_args()
    until = time.monotonic() + 60 * asked.minutes
    seeds = _seeds(set(asked.only))
    told: dict[str, Told] = defaultdict(Told)
    lost: Counter[str] = Counter()
    with Confined(work, lambda _: SLOW * ROUNDS, 1) as confined:
        for task, result in confined.each(_tasks(seeds, asked.seed, until)):
            total = told[task.reader]
            if isinstance(result, Lost):
                lost[task.reader] += 1
                print(f"{task.reader}: {task.path.name} #{task.number}: {result.why}", flush=True)
                continue
            total.done += result.done
            total.slowest = max(total.slowest, result.slowest)
            total.grown = max(total.grown, result.grown)
            for number, why in result.failed:
                total.failed.append((number, why))
                _keep(asked.keep, task, number)
                print(f"{task.reader}: {task.path.name} {number}: {why}", flush=True)
    _table(told, lost)


def work(task: Task) -> Told:
    """Read mutations of a seed; what raises is told, what hangs or crashes ends the process."""
    told = Told()
    reader, raw = readers()[task.reader], task.path.read_bytes()[:LARGEST]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory(prefix="stopa-fuzz-") as folder:
        path = Path(folder) / "evidence"
        for number in range(task.number, task.number + ROUNDS):
            content = mutated(raw, number)
            path.write_bytes(content)
            source = Source(hashlib.sha256(content).hexdigest(), path, len(content))
            started = time.process_time()
            try:
                recognise(content[:HEAD])
                for _ in reader.read(source):
                    pass
            except Exception as error:  # noqa: BLE001 - to find what is raised is the purpose
                told.failed.append((number, f"{type(error).__name__}: {error}"[:200]))
            took = time.process_time() - started
            told.slowest = max(told.slowest, took)
            if took > SLOW:
                told.failed.append((number, f"took {took:.1f} s"))
            told.done += 1
    told.grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return told


def mutated(raw: bytes, number: int) -> bytes:
    """Return the seed with one to eight pieces of damage, always the same for the same number."""
    chance = random.Random(number)  # noqa: S311 - not for secrets
    out = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        if out:
            chance.choice(DAMAGES)(out, chance)
    return bytes(out)


def _flip(out: bytearray, chance: random.Random) -> None:
    out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)


def _cut(out: bytearray, chance: random.Random) -> None:
    del out[chance.randrange(len(out)) :]


def _remove(out: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(out))
    del out[start : start + chance.randint(1, 64)]


def _insert(out: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(out) + 1)
    out[at:at] = chance.choice(TOKENS)


def _overwrite(out: bytearray, chance: random.Random) -> None:
    token = chance.choice(TOKENS)
    at = chance.randrange(len(out))
    out[at : at + len(token)] = token


def _double(out: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(out))
    piece = bytes(out[start : start + chance.randint(1, 2000)])
    out[start:start] = piece * chance.randint(1, 4)


def _swap(out: bytearray, chance: random.Random) -> None:
    one, two = sorted(chance.randrange(len(out)) for _ in range(2))
    size = min(chance.randint(1, 500), two - one)
    out[one : one + size], out[two : two + size] = out[two : two + size], out[one : one + size]


DAMAGES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip, _flip, _cut, _remove, _insert, _insert, _overwrite, _double, _swap,
)  # fmt: skip


def _seeds(only: set[str]) -> dict[str, list[Path]]:
    """Return samples by reader: the project's own, and real ones that the reader recognises."""
    found: dict[str, list[Path]] = {}
    for name in readers():
        if not only or name in only:
            found[name] = sorted((OWN / name).glob("*/input.*"))
    for path in sorted(REAL.rglob("*")) if REAL.is_dir() else ():
        if path.is_file() and path.stat().st_size <= LARGEST:
            with path.open("rb") as file:
                known = recognise(file.read(HEAD))
            if len(known) == 1 and known[0].name in found and len(found[known[0].name]) < 40:
                found[known[0].name].append(path)
    return {name: paths for name, paths in found.items() if paths}


def _tasks(seeds: dict[str, list[Path]], seed: int, until: float) -> Iterator[Task]:
    """Yield tasks in turn over all readers until the time is up."""
    number = seed * 10**9
    while True:
        for name, paths in seeds.items():
            if time.monotonic() > until:
                return
            yield Task(name, paths[(number // ROUNDS) % len(paths)], number)
        number += ROUNDS


def _keep(folder: Path, task: Task, number: int) -> None:
    folder.mkdir(exist_ok=True)
    made = mutated(task.path.read_bytes()[:LARGEST], number)
    (folder / f"{task.reader}-{number}{task.path.suffix}").write_bytes(made)


def _table(told: dict[str, Told], lost: Counter[str]) -> None:
    print(f"{'reader':24}{'mutations':>10}{'raised':>8}{'ended':>7}{'slowest s':>11}{'MB':>6}")
    for name, one in sorted(told.items()):
        print(
            f"{name:24}{one.done:>10}{len(one.failed):>8}{lost[name]:>7}"
            f"{one.slowest:>11.2f}{one.grown / 1024:>6.0f}"
        )
    done = sum(one.done for one in told.values())
    failed = sum(len(one.failed) for one in told.values())
    print(f"{'all':24}{done:>10}{failed:>8}{sum(lost.values()):>7}")


if __name__ == "__main__":
    os.nice(10)
    main()
