"""Hits that belong together: so many, of so many kinds, in this order, within that time.

Spec: https://github.com/SigmaHQ/sigma-specification, Sigma Correlation Rules 2.1.0
Why: what the specification leaves open is decided in docs/sigma.md ("Correlations"), so that
results depend neither on the order of files or hits nor on how they were split.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from stopa.detect import correlation_measure, correlation_order, ticking
from stopa.detect.correlation_group import EPOCH, MICROSECOND, Group, Inner, groups
from stopa.detect.correlation_hit import BaseHit, Place, place
from stopa.detect.correlation_links import Resolved, resolve, silenced, wanted_fields
from stopa.detect.correlation_measure import Entry
from stopa.detect.correlation_rule import TEMPORAL, Correlation, decimal, parse
from stopa.detect.correlation_window import Burst, bursts, windows
from stopa.model.record import name
from stopa.model.rule import Counted, Finding, Match, Ticks

__all__ = [
    "BaseHit",
    "Correlated",
    "Correlation",
    "Resolved",
    "correlate",
    "correlated",
    "parse",
    "resolve",
    "silenced",
    "wanted_fields",
]

UPPER = ("lt", "lte")  # operators by which less is more


@dataclass(frozen=True, slots=True)
class Correlated:
    """Findings in order of time, and how many hits each correlation (by id) could not place.

    A hit cannot be placed when it lacks a time, a field of the group, or the value to measure.
    """

    findings: tuple[Finding, ...]
    left_out: Mapping[str, int]


def correlate(correlations: Sequence[Correlation], hits: Iterable[BaseHit]) -> Iterator[Finding]:
    """Yield the findings of resolved correlations over the hits of all evidence, in any order.

    A finding's `time` and `where` are those of the hit with which the condition was first met;
    `members` cites every hit of the burst; `host` and `user` are given where all members share
    them. Takes O(n log n) time and keeps only hits of rules that a correlation names.
    """
    yield from correlated(correlations, hits).findings


def correlated(correlations: Sequence[Correlation], hits: Iterable[BaseHit]) -> Correlated:
    """Return the same findings, together with the number of hits that took part in none."""
    asked = {rule for correlation in correlations for rule in correlation.rules}
    kept: defaultdict[str, list[BaseHit]] = defaultdict(list)
    for hit in hits:
        if hit.rule in asked:
            kept[hit.rule].append(hit)
    inner: dict[str, list[Inner]] = {}
    left_out: Counter[str] = Counter()
    findings: list[Finding] = []
    for correlation in correlations:
        found = [
            _inner(correlation, group, burst)
            for group in groups(correlation, kept, inner, left_out=left_out)
            for burst in _bursts(correlation, group)
        ]
        findings.extend(each.finding for each in found)
        if correlation.id in asked:
            inner[correlation.id] = found
    return Correlated(tuple(sorted(findings, key=_order)), dict(+left_out))


def _bursts(correlation: Correlation, group: Group) -> Iterator[Burst]:
    temporal = correlation.kind in TEMPORAL
    gauge = (
        correlation_order.gauge(correlation)
        if temporal
        else correlation_measure.gauge(correlation, group.entries)
    )
    slid = tuple(windows(group.entries, correlation.timespan, gauge))
    yield from bursts(slid, lambda measure: _holds(correlation, measure))


def _holds(correlation: Correlation, measure: Fraction) -> bool:
    if correlation.terms:
        return measure > 0
    return all(bound.holds(measure) for bound in correlation.bounds)


def _inner(correlation: Correlation, group: Group, burst: Burst) -> Inner:
    entries = group.entries[burst.first : burst.end]
    met = group.entries[burst.met.end - 1]
    leaves = tuple({id(leaf): leaf for entry in entries for leaf in entry.leaves}.values())
    members = {place(leaf.where): leaf.where for leaf in leaves}
    rules: defaultdict[Place, set[str]] = defaultdict(set)
    for leaf in leaves:
        rules[place(leaf.where)].add(leaf.rule)
    times = {place(leaf.where): leaf.time for leaf in leaves}
    hit = frozenset[int]().union(*(entry.rules for entry in entries))
    finding = Finding(
        id=name("F", correlation.id, group.values, met.where, met.time),
        rule=correlation.id,
        where=met.where,
        time=EPOCH + met.time * MICROSECOND,
        host=_shared(leaf.host for leaf in leaves),
        user=_shared(leaf.user for leaf in leaves),
        matched=(*_group_values(correlation, group), _measure(correlation, entries, burst)),
        members=tuple(members[key] for key in sorted(members)),
        counted=tuple(Counted(times[key], tuple(sorted(rules[key]))) for key in sorted(members)),
        ticks=Ticks(
            ticking.of_correlation_id(correlation), ticking.counted_parts(correlation, hit)
        ),
    )
    return Inner(finding, dict(zip(correlation.group_by, group.values, strict=True)), leaves)


def _shared(values: Iterable[str | None]) -> str | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _group_values(correlation: Correlation, group: Group) -> tuple[Match, ...]:
    pairs = zip(correlation.group_by, group.values, strict=True)
    return tuple(Match(field, value, "group-by") for field, value in pairs)


def _measure(correlation: Correlation, entries: Sequence[Entry], burst: Burst) -> Match:
    """Show the measure where it was strongest, and what the rule asked of it."""
    label = ticking.measure_name(correlation)
    if correlation.terms:
        kinds = len({rule for entry in entries for rule in entry.rules})
        return Match(label, str(kinds), correlation.condition)
    less = all(bound.operator in UPPER for bound in correlation.bounds)
    strongest = min(burst.measures) if less else max(burst.measures)
    asked = " and ".join(f"{b.operator} {decimal(b.threshold)}" for b in correlation.bounds)
    return Match(label, decimal(strongest), asked)


def _order(finding: Finding) -> tuple[datetime, str, str]:
    return (finding.time or EPOCH, finding.rule, finding.id)
