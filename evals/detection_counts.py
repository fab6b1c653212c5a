"""Events of a case as the engine, the reference and the naive baseline count them.

Why: the reference is the slow evaluator of the tests: one rule, one event, no pySigma, with a table
of log sources of its own. The naive baseline is the same without log sources.
"""

from __future__ import annotations

import hashlib
import tarfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from tests.detect.reference import Claim, claim, record
from tests.detect.reference_scope import views

from stopa.detect import Program
from stopa.model.event import CHANNEL, ENVELOPE, EVENT_ID, HOST, PROVIDER, EventBatch
from stopa.readers import HEAD, Source, recognise

LANES = ("evtx", "json")
SEEN = (HOST, PROVIDER, CHANNEL, EVENT_ID)  # what of the envelope rules can see
NAMED = {"EventID": EVENT_ID, "Channel": CHANNEL, "Provider_Name": PROVIDER, "Computer": HOST}
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Document = Mapping[str, Any]
Words = tuple[str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Case:
    """A rule, how often it must fire at least, and the events of each lane."""

    rule: str
    stated: int
    files: Mapping[str, Path]


@dataclass(frozen=True, slots=True)
class Counts:
    """Findings in one file: of the case's rule, and of all rules together, by engine."""

    events: int = 0
    own: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    every: dict[str, int] = field(default_factory=lambda: defaultdict(int))


class Reference:
    """Every rule of an archive as the reference evaluator reads it."""

    def __init__(self, archive: Path, program: Program) -> None:
        self.rules = dict(_documents(archive))
        refused = {refusal.id for refusal in program.refusals}
        self.claims = {
            rule: claim(self.rules[rule]) for rule in sorted(program.cards.keys() - refused)
        }
        self.by_words: defaultdict[Words, list[str]] = defaultdict(list)
        for rule in self.claims:
            source = self.rules[rule]["logsource"]
            words = (source.get("product"), source.get("category"), source.get("service"))
            self.by_words[words].append(rule)

    def matching(self, event: Mapping[str, Any]) -> Iterator[str]:
        """Yield the rules that match the event, each once."""
        for (product, category, service), rules in self.by_words.items():
            words = {"product": product, "category": category, "service": service}
            records = [record(view) for view in views(words, event)]
            yield from (r for r in rules if any(self.claims[r](each) for each in records))

    def naive(self, event: Mapping[str, Any]) -> Iterator[str]:
        """Yield the rules whose detection holds for the event, whatever log they are for."""
        own = {name: event[there] for name, there in NAMED.items() if there in event}
        fields = record(own | dict(event))
        yield from (rule for rule, holds in self.claims.items() if holds(fields))

    def holds(self, rule: str, event: Mapping[str, Any]) -> bool:
        """Tell whether one rule matches the event."""
        held: Claim = self.claims[rule]
        return any(held(record(view)) for view in views(self.rules[rule]["logsource"], event))


def cases(folder: Path) -> Iterator[Case]:
    """Yield the cases below the folder that have events in one of the lanes."""
    for info in sorted(folder.rglob("info.yml")):
        said = yaml.safe_load(info.read_text())
        tests = said.get("regression_tests_info") or [{}]
        files = {lane: file for lane in LANES for file in sorted(info.parent.glob(f"*.{lane}"))}
        if files:
            rule = str(said["rule_metadata"][0]["id"])
            yield Case(rule, int(tests[0].get("match_count") or 1), files)


def batches(path: Path) -> Iterator[EventBatch]:
    """Yield the event batches of a file, by the first reader that knows it."""
    raw = path.read_bytes()
    source = Source(hashlib.sha256(raw).hexdigest(), path, len(raw))
    for reader in recognise(raw[:HEAD])[:1]:
        for found in reader.read(source):
            if isinstance(found, EventBatch):
                yield found


def events(batch: EventBatch) -> list[dict[str, Any]]:
    """Return the batch's events as plain maps of what rules can see."""
    kept = {name for name in batch.table.column_names if name not in ENVELOPE or name in SEEN}
    rows = batch.table.to_pylist()
    return [{k: v for k, v in row.items() if v is not None and k in kept} for row in rows]


def counts(case: Case, lane: str, program: Program, reference: Reference) -> Counts:
    """Count the findings of one lane of a case, as each engine sees them."""
    found, total = Counts(), 0
    for batch in batches(case.files[lane]):
        listed = events(batch)
        total += len(listed)
        _add(found, "stopa", case.rule, list(program.scan(batch).rules))
        for event in listed:
            _add(found, "reference", case.rule, list(reference.matching(event)))
            _add(found, "naive", case.rule, list(reference.naive(event)))
    return Counts(total, found.own, found.every)


def _add(found: Counts, engine: str, rule: str, rules: list[str]) -> None:
    found.own[engine] += rules.count(rule)
    found.every[engine] += len(rules)


def _documents(archive: Path) -> Iterator[tuple[str, Document]]:
    """Yield every detection rule of a `.tar.gz`, a folder or a file, read without the engine."""
    for raw in _files(archive):
        for document in yaml.load_all(raw, LOADER):
            if isinstance(document, dict) and "detection" in document:
                yield str(document.get("id")), document


def _files(path: Path) -> Iterator[bytes]:
    if path.is_dir():
        yield from (file.read_bytes() for file in sorted(path.rglob("*.yml")))
    elif path.suffix == ".yml":
        yield path.read_bytes()
    else:
        with tarfile.open(path) as archive:
            for member in archive:
                file = archive.extractfile(member) if member.name.endswith(".yml") else None
                if file is not None:
                    yield file.read()
