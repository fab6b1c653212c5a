"""Hits sorted into the groups of a correlation: the same user, the same address, the same host.

Spec: Sigma Correlation Rules 2.1.0, "Grouping", "Field Name Aliases"
Why: a hit without one of the group's fields, or without a time, is about nobody in particular: it
takes part in no group, and is counted. Values are compared without case, as everywhere in Sigma.
Trap: the finding of an inner correlation stands in the group of each of its hits: a spray over
many users, then one user's success, is seen in that user's group.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from stopa.detect.correlation_hit import BaseHit, place
from stopa.detect.correlation_links import spelling
from stopa.detect.correlation_measure import Entry, Folded
from stopa.detect.correlation_rule import Correlation, Kind, number
from stopa.detect.fold import fold
from stopa.model.rule import Finding

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
NUMERIC = (Kind.VALUE_SUM, Kind.VALUE_AVG, Kind.VALUE_PERCENTILE, Kind.VALUE_MEDIAN)


@dataclass(frozen=True, slots=True)
class Inner:
    """A correlation's finding with the base hits it rests on, as an outer correlation sees it."""

    finding: Finding
    group: Mapping[str, str]
    leaves: tuple[BaseHit, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one group in order of time. `values` are as the least spelling shows them."""

    values: Folded
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One entry to be, with the values of the group it falls into."""

    values: Folded
    entry: Entry


def groups(
    correlation: Correlation,
    hits: Mapping[str, Sequence[BaseHit]],
    inner: Mapping[str, Sequence[Inner]],
    *,
    left_out: Counter[str],
) -> Iterator[Group]:
    """Sort what the correlation's rules hit into groups, in the order of the groups' values.

    Adds to `left_out` the hits that lack a time, a group field or the value to be measured.
    """
    sorted_in: defaultdict[Folded, dict[object, Entry]] = defaultdict(dict)
    shown: dict[Folded, Folded] = {}
    for part in _parts(correlation, hits, inner, left_out=left_out):
        key = tuple(fold(value) for value in part.values)
        shown[key] = min(shown.get(key, part.values), part.values)
        known = sorted_in[key].get(part.entry.key)
        sorted_in[key][part.entry.key] = _same(known, part.entry) if known else part.entry
    for key in sorted(sorted_in):
        entries = sorted(sorted_in[key].values(), key=lambda entry: (entry.time, entry.key))
        yield Group(shown[key], tuple(entries))


def _parts(
    correlation: Correlation,
    hits: Mapping[str, Sequence[BaseHit]],
    inner: Mapping[str, Sequence[Inner]],
    *,
    left_out: Counter[str],
) -> Iterator[_Part]:
    for position, rule in enumerate(correlation.rules):
        for hit in hits.get(rule, ()):
            part = _of_hit(correlation, position, hit)
            if part is None:
                left_out[correlation.id] += 1
            else:
                yield part
        for found in inner.get(rule, ()):
            parts = list(_of_finding(correlation, position, found))
            left_out[correlation.id] += not parts
            yield from parts


def _of_hit(correlation: Correlation, position: int, hit: BaseHit) -> _Part | None:
    rule = correlation.rules[position]
    values = _values(correlation.group_by, correlation, rule, hit, {})
    if values is None or hit.time is None:
        return None
    key, time = ("", place(hit.where)), (hit.time - EPOCH) // MICROSECOND
    entry = Entry(time, key, hit.where, frozenset({position}), (hit,))
    measured = _measured(correlation, rule, entry, [(hit, {})])
    return _Part(values, measured) if measured else None


def _of_finding(correlation: Correlation, position: int, found: Inner) -> Iterator[_Part]:
    rule, time = correlation.rules[position], found.finding.time
    if time is None:
        return
    parts: defaultdict[Folded, list[BaseHit]] = defaultdict(list)
    shown: dict[Folded, Folded] = {}
    for leaf in found.leaves:
        values = _values(correlation.group_by, correlation, rule, leaf, found.group)
        if values is not None:
            key = tuple(fold(value) for value in values)
            shown[key] = min(shown.get(key, values), values)
            parts[key].append(leaf)
    entry = Entry(
        (time - EPOCH) // MICROSECOND,
        ("finding", found.finding.id),
        found.finding.where,
        frozenset({position}),
        found.leaves,
    )
    for key, leaves in parts.items():
        pairs = [(leaf, found.group) for leaf in leaves]
        measured = _measured(correlation, rule, entry, pairs)
        if measured:
            yield _Part(shown[key], measured)


def _measured(
    correlation: Correlation,
    rule: str,
    entry: Entry,
    leaves: Iterable[tuple[BaseHit, Mapping[str, str]]],
) -> Entry | None:
    """Give the entry the values that the condition measures; None where it has none."""
    if not correlation.field:
        return entry
    found = [_values(correlation.field, correlation, rule, hit, group) for hit, group in leaves]
    texts = [tuple(fold(text) for text in values) for values in found if values is not None]
    if correlation.kind not in NUMERIC:
        return replace(entry, texts=tuple(sorted(set(texts)))) if texts else None
    numbers = [known for text in texts if (known := number(text[0])) is not None]
    return replace(entry, numbers=tuple(sorted(numbers))) if numbers else None


def _values(
    names: Sequence[str],
    correlation: Correlation,
    rule: str,
    hit: BaseHit,
    group: Mapping[str, str],
) -> Folded | None:
    found = tuple(_value(name, correlation, rule, hit, group) for name in names)
    known = tuple(value for value in found if value is not None)
    return known if len(known) == len(found) else None


def _value(
    name: str, correlation: Correlation, rule: str, hit: BaseHit, group: Mapping[str, str]
) -> str | None:
    """Look it up as the rule that is named calls it, as the base rule does, as the inner group."""
    for field in (spelling(correlation, name, rule), spelling(correlation, name, hit.rule)):
        value = hit.values.get(field)
        if value is not None:
            return value
    return group.get(name)


def _same(one: Entry, other: Entry) -> Entry:
    """Join what two rules saw in the same event: it counts once, with its values once."""
    known = {leaf.rule for leaf in one.leaves}
    return replace(
        one,
        rules=one.rules | other.rules,
        leaves=(*one.leaves, *(leaf for leaf in other.leaves if leaf.rule not in known)),
        texts=tuple(sorted({*one.texts, *other.texts})),
        numbers=tuple(sorted({*one.numbers, *other.numbers})),
    )
