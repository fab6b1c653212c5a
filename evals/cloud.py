"""How well the starter rules tell behaviour in the logs of clouds, against Panther's own examples.

Spec: https://github.com/panther-labs/panther-analysis (the tests of its rules, Apache-2.0)
Why: each example is one record, a rule of Panther's, and whether it must fire. A starter rule
stands for a rule of Panther's where `BEHAVIOURS` says that both are about the same behaviour: an
example is found when one of these fires on its record.
Trap: rules were written on the half of Panther's rules whose name hashes to an even byte. Of the
other half only the names and titles were known, which say what the behaviour is; its records were
not. Only that half is a measurement.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
from evals.cloud_behaviours import BEHAVIOURS

from stopa.detect import compile as compiled
from stopa.detect import load, starter_rules
from stopa.model.event import EventBatch
from stopa.readers import HEAD, Source, readers, recognise

EXPECTED = ".expected.jsonl"


class Example(msgspec.Struct):
    """A line of Panther's: which record, which rule, and whether it must fire."""

    line: int
    rule: str
    expected: bool
    test: str


@dataclass(frozen=True, slots=True)
class Judged:
    """An example and what the starter rules said of its record."""

    example: Example
    log: str
    hit: bool  # by a rule for the behaviour
    touched: bool  # by any starter rule

    @property
    def developed(self) -> bool:
        """Whether rules were written with the record in sight."""
        return hashlib.sha256(self.example.rule.encode()).digest()[0] % 2 == 0


def judged(folder: Path) -> Iterator[Judged]:
    """Yield every example of the folder's logs with what the starter rules say."""
    program = compiled(load([starter_rules()]))
    stems = {card.title: _stem(card.title) for card in program.cards.values()}
    named = {ident: stems[card.title] for ident, card in program.cards.items()}
    stands_for = {stem: frozenset(theirs) for stem, theirs in BEHAVIOURS.items()}
    for path in sorted(folder.glob(f"*/panther_*{EXPECTED}")):
        log = path.with_name(path.name.replace(EXPECTED, ".jsonl"))
        hits: dict[int, set[str]] = defaultdict(set)
        for batch in _batches(log):
            for finding in program.findings(batch):
                hits[finding.where.line or 0].add(named[finding.rule])
        for line in path.read_bytes().splitlines():
            example = msgspec.json.decode(line, type=Example)
            rules = hits[example.line]
            hit = any(example.rule in stands_for.get(rule, ()) for rule in rules)
            yield Judged(example, log.name, hit, bool(rules))


def _batches(path: Path) -> Iterator[EventBatch]:
    content = path.read_bytes()
    (reader,) = recognise(content[:HEAD])
    source = Source(hashlib.sha256(content).hexdigest(), path, len(content))
    found = readers()[reader.name].read(source)
    return (batch for batch in found if isinstance(batch, EventBatch))


def _stem(title: str) -> str:
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in title.lower()).split()
    return "_".join(words)


def _row(name: str, some: list[Judged]) -> str:
    true = [one for one in some if one.example.expected]
    false = [one for one in some if not one.example.expected]
    found, wrong = (sum(one.hit for one in part) for part in (true, false))
    any_found, any_wrong = (sum(one.touched for one in part) for part in (true, false))
    return (
        f"{name:12} true {found:4}/{len(true):<4}{_share(found, true)}  "
        f"false {wrong:3}/{len(false):<4}{_share(wrong, false)}  "
        f"any rule: true {_share(any_found, true)} false {_share(any_wrong, false)}"
    )


def _share(count: int, of: list[Judged]) -> str:
    return f"{100 * count / len(of):5.1f} %" if of else "    -"


def main() -> None:
    """Print the table, and with `--list` the examples that were missed or wrongly hit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of the logs, one folder a service")
    parser.add_argument("--list", choices=("developed", "measured"))
    asked = parser.parse_args()
    every = list(judged(asked.folder))
    halves = {
        "developed": [one for one in every if one.developed],
        "measured": [one for one in every if not one.developed],
    }
    for name, half in halves.items():
        sys.stdout.write(_row(name, half) + "\n")
    for one in halves.get(asked.list, []):
        if one.hit is not one.example.expected:
            what = "missed" if one.example.expected else "wrong"
            told = f"{what:7} {one.log} {one.example.line} {one.example.rule}: {one.example.test}"
            sys.stdout.write(told + "\n")


if __name__ == "__main__":
    main()
