"""The SigmaHQ corpus over real events: engine and reference find the same (rule, event) pairs.

Why: the reference also has its own table of log sources, so a wrong channel or event id shows here.
"""

from __future__ import annotations

import hashlib
import lzma
import tarfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml

from stopa import detect
from stopa.detect import Program
from stopa.model.event import CHANNEL, ENVELOPE, EVENT_ID, HOST, PROVIDER, EventBatch
from stopa.readers import Source, readers
from tests.detect.reference import Claim, claim, record
from tests.detect.reference_scope import views
from tests.shared import SHARED, needs_shared

ARCHIVE = SHARED / "data" / "sigma" / "sigma_rules.tar.gz"
EVTX = (SHARED / "data" / "sigma_regression", SHARED / "data" / "evtx")
BENCH = SHARED / "data" / "bench" / "windows_100k.jsonl.xz"
SEEN = (HOST, PROVIDER, CHANNEL, EVENT_ID)  # what of the envelope rules can see
OF_EACH = 20  # events of each file
EVERY = 400  # of the hundred thousand events, one in so many
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Words = tuple[str | None, str | None, str | None]


@pytest.fixture(scope="module")
def program() -> Program:
    return detect.compile(detect.load([ARCHIVE]))


@pytest.fixture(scope="module")
def claims(program: Program) -> Mapping[Words, list[tuple[str, Claim]]]:
    """Every rule of the archive that the engine takes, as the reference reads it."""
    found: dict[str, Mapping[str, Any]] = {}
    with tarfile.open(ARCHIVE) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".yml") else None
            if file is not None:
                for document in yaml.load_all(file, LOADER):
                    found[str(document.get("id"))] = document
    refused = {refusal.id for refusal in program.refusals}
    claims: defaultdict[Words, list[tuple[str, Claim]]] = defaultdict(list)
    for identity in sorted(program.cards.keys() - refused):
        source = found[identity]["logsource"]
        words = (source.get("product"), source.get("category"), source.get("service"))
        claims[words].append((identity, claim(found[identity])))
    return claims


def _batches(name: str, path: Path) -> Iterator[EventBatch]:
    raw = path.read_bytes()
    source = Source(hashlib.sha256(raw).hexdigest(), path, len(raw))
    for found in readers()[name].read(source):
        if isinstance(found, EventBatch):
            yield found


def _event(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in row.items()
        if value is not None and (name not in ENVELOPE or name in SEEN)
    }


def _slow(
    claims: Mapping[Words, Sequence[tuple[str, Claim]]], batch: EventBatch
) -> Iterator[tuple[int, str]]:
    for row, cells in enumerate(batch.table.to_pylist()):
        for (product, category, service), rules in claims.items():
            words = {"product": product, "category": category, "service": service}
            for view in views(words, _event(cells)):
                fields = record(view)
                yield from ((row, rule) for rule, holds in rules if holds(fields))


def _pairs(program: Program, batch: EventBatch) -> set[tuple[int, str]]:
    hits = program.scan(batch)
    return set(zip(hits.rows, hits.rules, strict=True))


@needs_shared
@pytest.mark.slow
def test_the_corpus_finds_in_event_logs_what_the_reference_finds(
    program: Program, claims: Mapping[Words, list[tuple[str, Claim]]]
) -> None:
    pairs, differing = 0, []
    for path in sorted(file for folder in EVTX for file in folder.rglob("*.evtx")):
        for batch in islice(_batches("evtx", path), 1):
            batch = EventBatch(batch.evidence, batch.source, batch.table.slice(0, OF_EACH))
            fast, slow = _pairs(program, batch), set(_slow(claims, batch))
            pairs += len(slow)
            differing += [(path.name, row, rule) for row, rule in sorted(fast ^ slow)]
    assert differing == []
    assert pairs > 200


@needs_shared
@pytest.mark.slow
def test_the_corpus_finds_in_json_what_the_reference_finds(
    program: Program, claims: Mapping[Words, list[tuple[str, Claim]]], tmp_path: Path
) -> None:
    sample = tmp_path / "sample.jsonl"
    with lzma.open(BENCH) as lines:
        sample.write_bytes(b"".join(islice(lines, 0, None, EVERY)))
    pairs, differing, events = 0, [], 0
    for batch in _batches("windows_json", sample):
        fast, slow = _pairs(program, batch), set(_slow(claims, batch))
        pairs, events = pairs + len(slow), events + batch.table.num_rows
        differing += sorted(fast ^ slow)
    assert differing == []
    assert events == 100_000 // EVERY
    assert pairs > 0
