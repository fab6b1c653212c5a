"""How long a ledger of 100,000 records takes, beside the least that could be done.

Run as `python bench/ledger.py [RECORDS]`. The baseline is one SHA-256 over salt and record, hashed
level by level: no field can be shown alone, and the tree is made anew each time.
Figures are seconds of processor time, the best of three runs.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from stopa.model.evidence import Where
from stopa.model.record import canonical
from stopa.model.rule import Finding, Match
from stopa.store.case_reader import CaseReader
from stopa.store.case_store import CaseStore
from stopa.store.merkle import Frontier, included, inclusion, leaf_hash, node_hash
from stopa.store.sealing import commitment, payload, sealed

RECORDS = 100_000
RUNS = 3


def main(count: int) -> None:
    """Print the table."""
    bodies = [canonical(finding(n)) for n in range(count)]
    bare = best(lambda: naive(bodies))
    print(f"{count:,} records of {len(bodies[0])} bytes; processor time, best of {RUNS}")
    print(f"{'what':52} {'seconds':>8} {'of bare':>8}")
    row("bare: one hash a record, tree level by level", bare, bare)
    leaves = [leaf_hash(body) for body in bodies]
    row("tree alone: append 100,000 leaf hashes, root", best(lambda: grow(leaves)), bare)
    row("seal: leaves of all records, tree, root", best(lambda: seal(bodies)), bare)
    row("one inclusion proof, made and checked", best(lambda: prove(leaves)), bare)
    findings = [finding(n) for n in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case"
        row(
            "a step of the case: canonical, sealed, on disk",
            once(lambda: fill(path, findings)),
            bare,
        )
        row("open the case: ledger against checkpoint", best(lambda: open_(path)), bare)
        row("verify every record of the case", best(lambda: verify(path)), bare)


def row(what: str, seconds: float, bare: float) -> None:
    """Print one line."""
    print(f"{what:52} {seconds:8.2f} {seconds / bare:8.1f}")


def finding(n: int) -> Finding:
    """Return a record as a case holds it most."""
    where = Where(f"{n % 7:064x}", record=n, offset=n * 512, length=512)
    matched = (
        Match("Image", f"C:\\Windows\\Temp\\{n}.exe", "ends with .exe"),
        Match("CommandLine", f"{n}.exe --quiet", "contains --quiet"),
    )
    return Finding(f"F-{n:012x}", "5e0f6a6a-9f3c", where, None, f"host{n % 40}", "user", matched)


def naive(bodies: list[bytes]) -> bytes:
    """Hash salt and record, then level by level."""
    level = [hashlib.sha256(os.urandom(32) + body).digest() for body in bodies]
    while len(level) > 1:
        pairs = [node_hash(a, b) for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + (level[-1:] if len(level) % 2 else [])
    return level[0]


def grow(leaves: list[bytes]) -> bytes:
    """Append leaf hashes one by one."""
    tree = Frontier()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def seal(bodies: list[bytes]) -> bytes:
    """Do what the store does for a record, without the database."""
    tree = Frontier()
    for n, body in enumerate(bodies):
        record = sealed(os.urandom(32), "finding", f"F-{n:012x}", body)
        tree.append(leaf_hash(commitment(payload(record))))
    return tree.root()


def prove(leaves: list[bytes]) -> None:
    """Make and check one proof."""
    path = inclusion(leaves, len(leaves) // 3)
    assert included(leaves[len(leaves) // 3], len(leaves) // 3, len(leaves), path, grow(leaves))


def fill(folder: Path, findings: list[Finding]) -> None:
    """Record findings in one step."""
    with CaseStore(folder) as store, store.step("detect", "v1") as step:
        for each in findings:
            step.add("finding", each.id, each)


def open_(folder: Path) -> None:
    """Open the case, which checks the ledger."""
    with CaseReader(folder):
        pass


def verify(folder: Path) -> None:
    """Check every record against its leaf."""
    with CaseReader(folder) as store:
        store.verify_records()


def best(work: Callable[[], object]) -> float:
    """Return the least processor time of several runs."""
    return min(once(work) for _ in range(RUNS))


def once(work: Callable[[], object]) -> float:
    """Return the processor time of one run."""
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS)
