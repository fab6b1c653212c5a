"""What one record of a case rests on: itself, and every record that it names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stopa.errors import InputError
from stopa.model.assessment import Assessment
from stopa.model.record import canonical
from stopa.model.statement import Fact, Indicator, Mention, Reading, Statement
from stopa.store.case_store import CaseStore

MANY = 50  # records a record may rest on before the rest is only counted


@dataclass(frozen=True, slots=True)
class Explanation:
    """A record, as JSON holds it, and what it rests on, nearest first."""

    kind: str
    id: str
    record: object
    rests_on: tuple[tuple[str, str, object], ...]
    more: int = 0


def explain(folder: Path, wanted: str) -> Explanation:
    """Return the record called `wanted` (H1, F-..., S-..., O-...) and what it rests on."""
    with CaseStore.existing(folder) as store:
        found = _find(store, wanted)
        if found is None:
            raise InputError(
                f"the case has no record {wanted}",
                hint="ids stand in the dossier and in the output of stopa detect, read, attribute",
            )
        kind, record = found
        basis = [
            (name, *entry)
            for name in dict.fromkeys(_names(record))
            if name != wanted and (entry := _find(store, name)) is not None
        ]
    rests_on = tuple((kind_of, name, entry) for name, kind_of, entry in basis[:MANY])
    return Explanation(kind, wanted, record, rests_on, max(0, len(basis) - MANY))


def _find(store: CaseStore, wanted: str) -> tuple[str, object] | None:
    direct = store.find(wanted)
    if direct is not None:
        return direct[0], json.loads(direct[1])
    for assessment in store.records("assessment", Assessment):
        for hypothesis in assessment.hypotheses:
            if hypothesis.id == wanted:
                return "hypothesis", json.loads(canonical(hypothesis))
    for reading in store.records("reading", Reading):
        for part in _parts(reading):
            if part.id == wanted:
                return type(part).__name__.lower(), json.loads(canonical(part))
    return None


def _parts(reading: Reading) -> Iterator[Statement | Fact | Indicator | Mention]:
    yield from reading.statements
    yield from reading.facts
    yield from reading.indicators
    yield from reading.mentions


def _names(record: object) -> Iterator[str]:
    """Yield the strings of a record that can name another record, in order."""
    if isinstance(record, str):
        yield record
    elif isinstance(record, dict):
        for key in sorted(record):
            yield from _names(record[key])
    elif isinstance(record, list):
        for item in record:
            yield from _names(item)
