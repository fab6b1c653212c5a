"""Two other ways to run rules over events, to hold stopa's beside: SQL, and the specification.

They run on a sample; what they would take for everything is extrapolated and marked so.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from dataclasses import replace
from itertools import islice
from pathlib import Path

from bench.measure import Measure, measured, now

from stopa import detect
from stopa.detect.rules import Rule

SQL_EVENTS, SQL_RULES = 5_000, 200
REFERENCE_EVENTS = 40


def sql(log: Path, archive: Path) -> Measure:
    """Run each rule as a query over one table, as tools built on pySigma's SQLite backend do."""
    from sigma.backends.sqlite import sqliteBackend
    from sigma.pipelines.sysmon import sysmon_pipeline
    from sigma.pipelines.windows import windows_logsource_pipeline
    from sigma.rule import SigmaRule

    backend = sqliteBackend(sysmon_pipeline() + windows_logsource_pipeline())
    table = _sql_table(log)
    chosen = [r for r in detect.load([archive]).rules if r.source.product == "windows"]
    queries = []
    for rule in chosen[:: max(1, len(chosen) // SQL_RULES)]:
        document = {
            "title": rule.card.title,
            "logsource": _words(rule),
            "detection": rule.detection,
        }
        with contextlib.suppress(Exception):  # a rule it cannot translate costs it nothing
            queries += backend.convert_rule(SigmaRule.from_dict(document))
    started = now()
    for query in queries:
        with contextlib.suppress(sqlite3.Error):
            table.execute(query.replace("<TABLE_NAME>", "logs")).fetchall()
    taken = measured(0, started)
    whole = taken.cpu / max(1, len(queries)) * len(detect.load([archive]).rules)
    rate = f"all rules, extrapolated: {SQL_EVENTS / whole:,.0f} events/s"
    return replace(taken, note=f"{len(queries)} rules, {SQL_EVENTS} events; {rate}")


def _sql_table(log: Path) -> sqlite3.Connection:
    rows = [json.loads(line) for line in islice(log.open("rb"), SQL_EVENTS)]
    fields = sorted({field.lower(): field for row in rows for field in row}.values())
    table = sqlite3.connect(":memory:")
    columns = ", ".join(f'"{field}" TEXT COLLATE NOCASE' for field in fields)
    table.execute(f"CREATE TABLE logs ({columns})")
    marks = ", ".join("?" * len(fields))
    table.executemany(
        f"INSERT INTO logs VALUES ({marks})",  # noqa: S608 (our own marks)
        [[None if row.get(f) is None else str(row[f]) for f in fields] for row in rows],
    )
    return table


def _words(rule: Rule) -> dict[str, str]:
    words = (
        ("product", rule.source.product),
        ("category", rule.source.category),
        ("service", rule.source.service),
    )
    return {name: word for name, word in words if word}


def reference(log: Path, archive: Path) -> Measure:
    """Judge one event by one rule after another, as the specification says it."""
    from tests.detect.reference import Unsupported, claim, record

    claims = []
    for rule in detect.load([archive]).rules:
        with contextlib.suppress(Unsupported):
            claims.append(claim({"detection": rule.detection}))
    events = [record(json.loads(line)) for line in islice(log.open("rb"), REFERENCE_EVENTS)]
    started = now()
    for event in events:
        for holds in claims:
            holds(event)
    return measured(
        len(events), started, f"{len(claims)} rules, {len(events)} events, no log source"
    )
