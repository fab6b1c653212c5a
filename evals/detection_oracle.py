"""Where another engine counts otherwise: each difference with a verdict and its reason.

Spec: the oracle is pySigma with SQLite, over Sysmon and native channels; it maps process_creation
to Sysmon alone, refuses keyword rules, and sees lists and user data as JSON text.
Trap: a verdict by rule of thumb counts only where the reference evaluator finds our number too.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from evals.detection_counts import Document, Reference, batches, events

from stopa.detect import Program
from stopa.detect.cells import Events
from stopa.detect.columns import Columns
from stopa.detect.tree import RECORD, remaining

FOLDERS = ("evtx", "sigma_regression")
UNEXPLAINED = "unexplained"
Key = tuple[str, str]  # evidence path as the oracle gives it, rule id


class Found(NamedTuple):
    """An event that we count, and the fields that it lacks on which the rule's answer depends."""

    event: Mapping[str, Any]
    wanting: frozenset[str]


Counted = Mapping[Key, list[Found]]

# Looked at by hand, event by event: (file, rule) -> verdict.
EXAMINED: Mapping[Key, str] = {
    ("Execution_rogue_msi_url_1040_1042.evtx", "c7c8aa1c-5aff-408e-828b-998e3620b341"): (
        "ours right: the rule wants two backslashes (a share); the oracle looks for them in the "
        "list of values as JSON text, where every one is written double"
    ),
    ("ID800-4103-Firewall_disabled.evtx", "488b44e7-3781-4a71-888d-c95abfacf44d"): (
        "ours right: the script block holds each of the texts; why the oracle misses it is not "
        "known"
    ),
    ("system.evtx", "100ef69e-3327-481c-8e5c-6d80d9507556"): (
        "ours right: the event's own Channel is the log that was cleared, the header's is System; "
        "with only one of them the oracle finds it in another log than the rule's"
    ),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A file and a rule of which the oracle counts other events than we do."""

    file: str
    rule: str
    title: str
    ours: int
    theirs: int
    true: int
    verdict: str


def counted(csv_file: Path) -> Counter[Key]:
    """Return the oracle's counts."""
    with csv_file.open() as rows:
        return Counter(
            {(row["evtx"], row["rule_id"]): int(row["events"]) for row in csv.DictReader(rows)}
        )


def differences(
    csv_file: Path, program: Program, reference: Reference
) -> tuple[int, int, list[Difference]]:
    """Return in how many pairs we agree, how many we have, and every difference."""
    theirs, ours = counted(csv_file), _ours(csv_file.parent, program)
    found = [
        _difference(key, ours, theirs[key], csv_file.parent, reference)
        for key in sorted(ours.keys() | theirs.keys())
        if len(ours.get(key, ())) != theirs[key]
    ]
    same = sum(len(ours.get(key, ())) == count for key, count in theirs.items())
    return same, len(ours), found


def _ours(folder: Path, program: Program) -> Counted:
    ours: defaultdict[Key, list[Found]] = defaultdict(list)
    for path in sorted(file for name in FOLDERS for file in (folder / name).rglob("*.evtx")):
        for batch in batches(path):
            listed, hits, columns = events(batch), program.scan(batch), Columns(batch)
            for row, variant, rule in hits.each():
                wanting = _wanting(program, columns, row, variant)
                ours[str(path.relative_to(folder)), rule].append(Found(listed[row], wanting))
    return ours


def _wanting(program: Program, columns: Columns, row: int, variant: int) -> frozenset[str]:
    """Return the fields that the event lacks, if with them the rule might not have matched."""
    made, tests = program.image.variants[variant], program.image.tests
    event = Events(columns, [row])
    fields = {number: tests[number].field for number in made.tests}
    known = {
        number: event.fulfil(tests[number], row)
        for number, field in fields.items()
        if field == RECORD or event.cell(field, row) is not None
    }
    told, open_tests = remaining(made.tree, known)
    return frozenset() if told else frozenset(fields[number] for number in open_tests)


def _difference(
    key: Key, ours: Counted, theirs: int, folder: Path, reference: Reference
) -> Difference:
    file, rule = key
    found = ours.get(key, [])
    every = (event for batch in batches(folder / file) for event in events(batch))
    true = sum(reference.holds(rule, event) for event in every)
    document = reference.rules[rule]
    verdict = _verdict(key, document, found) if len(found) == true else UNEXPLAINED
    return Difference(file, rule, str(document["title"]), len(found), theirs, true, verdict)


def _verdict(key: Key, rule: Document, found: list[Found]) -> str:
    """Say whose count is right and why, by what the rule uses that the oracle cannot evaluate."""
    examined = EXAMINED.get((Path(key[0]).name, key[1]))
    if examined:
        return examined
    kinds = {(each.event.get("_channel"), each.event.get("_event_id")) for each in found}
    if kinds == {("Security", "4688")}:
        if wanting := sorted(frozenset[str]().union(*(each.wanting for each in found))):
            return f"both defensible: {', '.join(wanting)}, which 4688 lacks here, might except it"
        return (
            "ours right: Security 4688 answers process_creation, and no field that it lacks could "
            "change the answer; the oracle does not map it"
        )
    reasons = {
        "keyword": "ours right: keywords, which the oracle's SQL refuses",
        "cidr": "ours right: cidr, which the oracle's SQL refuses",
        "number": "ours right: a number in the rule equals its text in the event",
    }
    shapes = set(_shapes(rule["detection"]))
    return next((reasons[shape] for shape in reasons if shape in shapes), UNEXPLAINED)


def _shapes(detection: Mapping[str, Any]) -> Iterator[str]:
    """Yield what of Sigma the rule uses: keywords, networks, numbers."""
    for name, search in detection.items():
        for part in search if isinstance(search, list) else [search]:
            if name != "condition" and not isinstance(part, Mapping):
                yield "keyword"
            for key, value in part.items() if isinstance(part, Mapping) else ():
                field, *modifiers = str(key).split("|")
                yield "cidr" if "cidr" in modifiers else "text" if field else "keyword"
                values = value if isinstance(value, list) else [value]
                if field != "EventID" and any(isinstance(each, int) for each in values):
                    yield "number"
