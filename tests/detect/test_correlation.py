"""Correlations against vectors of our own writing, and against a slow count of every window.

Spec: Sigma Correlation Rules 2.1.0; tests/data/detect/correlation/README.md has the vectors' format
"""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from stopa.detect.correlation import (
    BaseHit,
    Correlated,
    Correlation,
    correlated,
    parse,
    resolve,
    silenced,
    wanted_fields,
)
from stopa.detect.correlation_rule import Kind
from stopa.model.evidence import Where
from stopa.model.rule import Finding, Refusal
from tests.detect.reference import matches

CASES = sorted(Path(__file__).parents[1].glob("data/detect/correlation/*.yml"))
START = datetime(2025, 5, 28, 8, 0, tzinfo=UTC)
ENVELOPE = ("at", "_host", "_user")
FILE = "rules.yml"


def _load(path: Path) -> dict[str, Any]:
    case = yaml.safe_load(path.read_text())
    assert isinstance(case, dict)
    return case


def _hits(case: Mapping[str, Any], *, pieces: int = 1) -> list[BaseHit]:
    hits = []
    for line, event in enumerate(case["events"], 1):
        fields = {name: value for name, value in event.items() if name not in ENVELOPE}
        at = event["at"]
        for rule, selection in case.get("base", {}).items():
            if matches({"detection": {"s": selection, "condition": "s"}}, fields):
                hits.append(
                    BaseHit(
                        rule=rule,
                        time=None if at is None else START + timedelta(seconds=at),
                        where=Where(f"evidence-{line % pieces}", line=line),
                        values={k: None if v is None else str(v) for k, v in fields.items()},
                        host=event.get("_host"),
                        user=event.get("_user"),
                    )
                )
    return hits


def _read(case: Mapping[str, Any]) -> tuple[tuple[Correlation, ...], dict[str | None, str]]:
    parsed = [
        parse(document, file=FILE, line=line)
        for line, document in enumerate(case["correlations"], 1)
    ]
    names = case.get("names", {})
    resolved = resolve(
        [each for each in parsed if isinstance(each, Correlation)],
        [(rule, names.get(rule)) for rule in case.get("base", {})],
    )
    refused = [each for each in parsed if isinstance(each, Refusal)]
    return resolved.correlations, {r.id: r.reason for r in (*refused, *resolved.refusals)}


def _shown(finding: Finding, expected: Mapping[str, Any]) -> dict[str, Any]:
    assert finding.time is not None
    *group, measure = finding.matched
    shown = {
        "rule": finding.rule,
        "at": (finding.time - START).total_seconds(),
        "group": {match.field: match.value for match in group},
        "measure": measure.value,
        "members": sorted(where.line or 0 for where in finding.members),
        "host": finding.host,
        "user": finding.user,
    }
    return {key: shown[key] for key in expected}


def _comparable(outcome: Correlated) -> list[Any]:
    """Return what must not change when evidence is split: everything but its name."""
    return sorted(
        (
            (f.time, f.rule, f.matched, sorted(w.line or 0 for w in f.members), f.host, f.user)
            for f in outcome.findings
        ),
        key=repr,
    )


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_findings_are_as_the_vector_says(path: Path) -> None:
    case = _load(path)
    correlations, refused = _read(case)
    outcome = correlated(correlations, _hits(case))
    expected = case.get("expected") or []
    padded = [*expected, *[{"rule": 0, "members": 0}] * len(outcome.findings)]
    found = [_shown(f, e) for f, e in zip(outcome.findings, padded, strict=False)]
    assert found == [{"group": {}, **each} if "group" in each else each for each in expected]
    assert dict(outcome.left_out) == case.get("left_out", {})
    told = case.get("refused") or {}
    assert refused.keys() == told.keys()
    assert [reason for rule, reason in told.items() if reason not in refused[rule]] == []


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_findings_do_not_depend_on_order_or_repetition(path: Path) -> None:
    case = _load(path)
    correlations, _ = _read(case)
    hits = _hits(case)
    outcome = correlated(correlations, hits)
    shuffled = random.Random(1).sample(hits, len(hits))  # noqa: S311 - a fixed other order
    for other in (hits[::-1], shuffled):
        assert correlated(correlations, other) == outcome
    assert correlated(correlations, [*hits, *hits]).findings == outcome.findings


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_findings_do_not_depend_on_how_evidence_is_split(path: Path) -> None:
    case = _load(path)
    correlations, _ = _read(case)
    whole = correlated(correlations, _hits(case))
    for pieces in (2, 3):
        assert _comparable(correlated(correlations, _hits(case, pieces=pieces))) == _comparable(
            whole
        )


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_findings_do_not_depend_on_other_correlations(path: Path) -> None:
    case = _load(path)
    correlations, _ = _read(case)
    together = correlated(correlations, _hits(case)).findings
    for kept in correlations:
        if any(rule == other.id for rule in kept.rules for other in correlations):
            continue
        alone = correlated([kept], _hits(case)).findings
        assert alone == tuple(f for f in together if f.rule == kept.id)


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_building_blocks_are_silent_as_the_vector_says(path: Path) -> None:
    case = _load(path)
    correlations, _ = _read(case)
    files = dict.fromkeys([*case.get("base", {}), *(c.id for c in correlations)], FILE)
    if "silenced" in case:
        assert silenced(correlations, files) == frozenset(case["silenced"])
    assert silenced(correlations, dict.fromkeys(files, "another.yml")) == frozenset()


def test_there_are_at_least_sixty_vectors() -> None:
    assert len(CASES) >= 60


# A slow count of every window, from the decisions in docs/sigma.md alone.

Event = tuple[int, frozenset[str], int]  # second, kinds, value
KINDS = ("a", "b", "c")
RULES: Mapping[str, Mapping[str, Any]] = {
    "event_count": {"condition": {"gte": 2}},
    "value_count": {"condition": {"field": "x", "gte": 2}},
    "value_sum": {"condition": {"field": "x", "gt": 3}},
    "value_avg": {"condition": {"field": "x", "lt": 2}},
    "value_median": {"condition": {"field": "x", "gte": 2}},
    "value_percentile": {"condition": {"field": "x", "gte": 2, "percentile": 75}},
    "temporal": {},
    "temporal_ordered": {},
}
OPERATORS: Mapping[str, Callable[[Fraction, int], bool]] = {
    "gte": lambda measure, limit: measure >= limit,
    "gt": lambda measure, limit: measure > limit,
    "lt": lambda measure, limit: measure < limit,
    "lte": lambda measure, limit: measure <= limit,
    "eq": lambda measure, limit: measure == limit,
    "neq": lambda measure, limit: measure != limit,
}


def _slow_measure(kind: str, window: Sequence[Event]) -> Fraction:
    values = sorted(Fraction(value) for _, _, value in window)
    match kind:
        case "event_count":
            return Fraction(len(window))
        case "value_count":
            return Fraction(len(set(values)))
        case "value_sum":
            return sum(values, Fraction(0))
        case "value_avg":
            return sum(values, Fraction(0)) / len(values)
        case "value_median" | "value_percentile":
            rank = Fraction(1 if kind == "value_median" else 3, 2 if kind == "value_median" else 4)
            place = rank * (len(values) - 1)
            low = int(place)
            high = min(low + 1, len(values) - 1)
            return values[low] + (place - low) * (values[high] - values[low])
        case "temporal":
            return Fraction(len({k for _, kinds, _ in window for k in kinds}))
    return Fraction(_slow_order(window))


def _slow_order(window: Sequence[Event]) -> int:
    """Try every choice of rules and every choice of different events for them."""
    for size in range(len(KINDS), 0, -1):
        for kinds in combinations(KINDS, size):
            for chosen in product(range(len(window)), repeat=size):
                times = [window[at][0] for at in chosen]
                fits = all(k in window[at][1] for k, at in zip(kinds, chosen, strict=True))
                if fits and len(set(chosen)) == size and times == sorted(times):
                    return size
    return 0


def _slow_holds(kind: str, condition: Mapping[str, Any], measure: Fraction) -> bool:
    if kind in ("temporal", "temporal_ordered"):
        return measure == len(KINDS)
    return all(OPERATORS[op](measure, limit) for op, limit in condition.items() if op in OPERATORS)


def _slow(
    kind: str, condition: Mapping[str, Any], events: Sequence[Event], span: int
) -> list[tuple[int, list[int], Fraction]]:
    """Return (second at which the condition was met, numbers of the events, strongest measure)."""
    numbered = list(enumerate(events))
    windows: list[tuple[set[int], Fraction]] = []
    for start in {time for time, _, _ in events}:
        inside = {n for n, (time, _, _) in numbered if start <= time <= start + span}
        measure = _slow_measure(kind, [events[n] for n in sorted(inside)])
        windows.append((inside, measure))
    full = [(w, m) for w, m in windows if not any(w < other for other, _ in windows)]
    bursts: list[tuple[set[int], list[Fraction]]] = []
    for inside, measure in full:
        if _slow_holds(kind, condition, measure):
            touching = [burst for burst in bursts if burst[0] & inside]
            members, measures = set(inside), [measure]
            for burst in touching:
                members |= burst[0]
                measures += burst[1]
                bursts.remove(burst)
            bursts.append((members, measures))
    less = set(condition) & {"lt", "lte"}
    return sorted(
        (
            _slow_met(kind, condition, events, span, members),
            sorted(members),
            min(m) if less else max(m),
        )
        for members, m in bursts
    )


def _slow_met(
    kind: str, condition: Mapping[str, Any], events: Sequence[Event], span: int, members: set[int]
) -> int:
    for end in sorted({events[n][0] for n in members}):
        inside = [n for n, (time, _, _) in enumerate(events) if end - span <= time <= end]
        measure = _slow_measure(kind, [events[n] for n in inside])
        if set(inside) <= members and _slow_holds(kind, condition, measure):
            return end
    raise AssertionError("a burst in which the condition was never met")


events_of_a_group = st.lists(
    st.tuples(
        st.integers(0, 30),
        st.frozensets(st.sampled_from(KINDS), min_size=1, max_size=2),
        st.integers(-1, 5),
    ),
    min_size=1,
    max_size=9,
)


@pytest.mark.parametrize("kind", RULES)
@settings(max_examples=150, deadline=None)
@given(events=events_of_a_group, span=st.integers(1, 12))
def test_findings_equal_a_slow_count_of_every_window(
    kind: str, events: list[Event], span: int
) -> None:
    document = {
        "name": "c",
        "correlation": {"type": kind, "rules": list(KINDS), "timespan": f"{span}s", **RULES[kind]},
    }
    correlation = parse(document, file=FILE, line=1)
    assert isinstance(correlation, Correlation)
    hits = [
        BaseHit(rule, START + timedelta(seconds=time), Where("e", line=n), {"x": str(value)})
        for n, (time, kinds, value) in enumerate(events)
        for rule in sorted(kinds)
    ]
    found = [
        (
            round((finding.time - START).total_seconds()) if finding.time else None,
            sorted(where.line or 0 for where in finding.members),
            Fraction(finding.matched[-1].value),
        )
        for finding in correlated([correlation], hits).findings
    ]
    expected = _slow(kind, dict(RULES[kind].get("condition", {})), events, span)
    assert [each[:2] for each in found] == [each[:2] for each in expected]
    assert all(abs(f[2] - e[2]) <= Fraction(1, 1000) for f, e in zip(found, expected, strict=True))


@pytest.mark.parametrize("operator", OPERATORS)
@settings(max_examples=60, deadline=None)
@given(events=events_of_a_group, span=st.integers(1, 12), limit=st.integers(0, 4))
def test_every_operator_equals_a_slow_count(
    operator: str, events: list[Event], span: int, limit: int
) -> None:
    condition = {operator: limit}
    document = {
        "name": "c",
        "correlation": {
            "type": "event_count",
            "rules": ["a"],
            "timespan": f"{span}s",
            "condition": condition,
        },
    }
    correlation = parse(document, file=FILE, line=1)
    assert isinstance(correlation, Correlation)
    hits = [
        BaseHit("a", START + timedelta(seconds=time), Where("e", line=n), {})
        for n, (time, _, _) in enumerate(events)
    ]
    found = [
        sorted(where.line or 0 for where in finding.members)
        for finding in correlated([correlation], hits).findings
    ]
    assert found == [members for _, members, _ in _slow("event_count", condition, events, span)]


def test_no_event_stands_in_two_findings_of_one_correlation() -> None:
    for path in CASES:
        case = _load(path)
        correlations, _ = _read(case)
        inner = {c.id for c in correlations}
        for correlation in correlations:
            if inner & set(correlation.rules):
                continue  # over correlations, one burst may stand in the groups of several users
            findings = [
                f
                for f in correlated(correlations, _hits(case)).findings
                if f.rule == correlation.id
            ]
            members = [where for finding in findings for where in finding.members]
            assert len(members) == len(set(members)), path.stem


def test_the_fields_to_keep_follow_aliases_and_chains() -> None:
    case = _load(next(path for path in CASES if path.stem == "chain-alias-of-the-inner-group"))
    correlations, _ = _read(case)
    wanted = wanted_fields(correlations)
    assert {"src", "ip"} <= wanted["a"]
    assert {"dst", "ip"} <= wanted["b"]
    assert "src" not in wanted["b"]


def test_correlations_can_be_cached_and_sent_to_another_process() -> None:
    for path in CASES:
        correlations, _ = _read(_load(path))
        assert pickle.loads(pickle.dumps(correlations)) == correlations  # noqa: S301 - our own bytes


def test_a_long_chain_of_correlations_is_read_and_a_long_circle_refused() -> None:
    chain = [
        parse(
            {
                "name": f"c{n}",
                "correlation": {
                    "type": "event_count",
                    "rules": [f"c{n - 1}"],
                    "timespan": "1m",
                    "condition": {"gte": 1},
                },
            },
            file=FILE,
            line=n,
        )
        for n in range(1, 1500)
    ]
    linked = [each for each in chain if isinstance(each, Correlation)]
    assert len(resolve(linked, [("c0", None)]).correlations) == len(linked)
    circle = [replace(linked[0], rules=(linked[-1].id,)), *linked[1:]]
    assert len(resolve(circle, [("c0", None)]).refusals) == len(linked)


def test_hits_at_the_bottom_of_a_long_chain_carry_what_its_top_asks() -> None:
    chain = [
        Correlation(f"c{n}", None, Kind.EVENT_COUNT, (f"c{n - 1}",), (f"f{n}",), 1)
        for n in range(1, 3000)
    ]
    assert wanted_fields(chain) == wanted_fields(chain[::-1])
    assert wanted_fields(chain)["c0"] == {f"f{n}" for n in range(1, 3000)}


def test_a_burst_of_thirty_thousand_hits_is_one_finding() -> None:
    document = {
        "name": "c",
        "correlation": {
            "type": "value_percentile",
            "rules": ["a"],
            "timespan": "30d",
            "condition": {"field": "x", "gte": 1, "percentile": 99},
        },
    }
    correlation = parse(document, file=FILE, line=1)
    assert isinstance(correlation, Correlation)
    hits = [
        BaseHit("a", START + timedelta(seconds=n), Where("e", line=n), {"x": str(n % 1000)})
        for n in range(30_000)
    ]
    (finding,) = correlated([correlation], hits).findings
    assert len(finding.members) == 30_000
