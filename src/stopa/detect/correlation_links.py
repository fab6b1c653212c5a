"""Which rules a correlation rests on: names become ids, chains get an order, circles are refused.

Spec: Sigma Correlation Rules 2.1.0, "Related rules", "Aliases", "Generate"
Trap: a name that two rules carry is nobody's name; a correlation on a refused one is refused too.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from stopa.detect.correlation_condition import Term
from stopa.detect.correlation_rule import Alias, Correlation
from stopa.model.rule import Refusal


@dataclass(frozen=True, slots=True)
class Resolved:
    """Correlations whose `rules` are ids, each after those it rests on, and those that are not."""

    correlations: tuple[Correlation, ...]
    refusals: tuple[Refusal, ...]


def resolve(
    correlations: Sequence[Correlation], rules: Iterable[tuple[str, str | None]]
) -> Resolved:
    """Link correlations to the loaded rules, given as (id, name or None).

    The result does not depend on the order of either argument.
    """
    ordered = sorted(correlations, key=lambda c: (c.id, c.file, c.line))
    meanings = _meanings(rules, ordered)
    found = [_link(correlation, meanings) for correlation in ordered]
    refused = [each for each in found if isinstance(each, Refusal)]
    linked = [each for each in found if isinstance(each, Correlation)]
    chained, broken = _chain(linked, {each.id for each in refused if each.id})
    return Resolved(tuple(chained), (*refused, *broken))


def wanted_fields(correlations: Iterable[Correlation]) -> dict[str, frozenset[str]]:
    """Return for each rule id the fields that its hits must carry in `BaseHit.values`.

    A correlation over a correlation asks the rules at the bottom of the chain.
    """
    known = {correlation.id: correlation for correlation in correlations}
    bottoms: dict[str, frozenset[str]] = {}
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for correlation in known.values():
        names = (*correlation.group_by, *correlation.field)
        for rule in correlation.rules:
            fields = {spelling(correlation, name, rule) for name in names}
            for bottom in _bottoms(rule, known, bottoms):
                wanted[bottom] |= fields
                wanted[bottom] |= {spelling(correlation, name, bottom) for name in names}
    return {rule: frozenset(fields) for rule, fields in wanted.items()}


def silenced(correlations: Iterable[Correlation], files: Mapping[str, str]) -> frozenset[str]:
    """Return ids of rules that are only building blocks: their own findings are not results.

    `files` says which file each rule and correlation was loaded from. A rule is a block where a
    correlation of the same file names it and none that names it says `generate: true`; a rule from
    another file stays what it was, so results never depend on what else is loaded.
    """
    blocks: set[str] = set()
    spoken: set[str] = set()
    for correlation in correlations:
        near = {rule for rule in correlation.rules if files.get(rule) == correlation.file}
        (spoken if correlation.generate else blocks).update(near)
    return frozenset(blocks - spoken)


def spelling(correlation: Correlation, name: str, rule: str) -> str:
    """Return the field that the name means in the hits of that rule: the alias's, or itself."""
    for alias in correlation.aliases:
        if alias.name == name:
            return dict(alias.fields).get(rule, name)
    return name


def _bottoms(
    rule: str, known: Mapping[str, Correlation], told: dict[str, frozenset[str]]
) -> frozenset[str]:
    """Return the rules at the bottom of the chain; `told` has what was found before."""
    pending = [rule]
    while pending:
        current = pending[-1]
        below = known[current].rules if current in known else ()
        open_ones = [each for each in below if each not in told]
        if current not in told and open_ones:
            pending += open_ones
            continue
        pending.pop()
        told[current] = frozenset[str]().union(
            *[told[each] for each in below] or [frozenset({current})]
        )
    return told[rule]


def _meanings(
    rules: Iterable[tuple[str, str | None]], correlations: Sequence[Correlation]
) -> dict[str, set[str]]:
    meanings: defaultdict[str, set[str]] = defaultdict(set)
    for identity, name in (*rules, *((c.id, c.name) for c in correlations)):
        meanings[identity].add(identity)
        if name:
            meanings[name].add(identity)
    return meanings


def _link(correlation: Correlation, meanings: Mapping[str, set[str]]) -> Correlation | Refusal:
    ids: dict[str, str] = {}
    for reference in correlation.rules:
        found = meanings.get(reference, set())
        if len(found) != 1:
            what = "is not loaded" if not found else "is the name of several rules"
            return _refusal(correlation, f"rule {reference!r:.80} {what}")
        ids[reference] = next(iter(found))
    if len(set(ids.values())) != len(ids):
        return _refusal(correlation, "a rule is named twice under rules")
    for alias in correlation.aliases:
        if strange := [rule for rule, _ in alias.fields if rule not in meanings]:
            what = (
                f"alias {alias.name!r:.40} names the rule {strange[0]!r:.80}, which is not loaded"
            )
            return _refusal(correlation, what)
    return replace(
        correlation,
        rules=tuple(ids.values()),
        terms=tuple(_term(term, ids) for term in correlation.terms),
        aliases=tuple(_alias(alias, meanings) for alias in correlation.aliases),
    )


def _term(term: Term, ids: Mapping[str, str]) -> Term:
    return Term(tuple(ids[name] for name in term.present), tuple(ids[n] for n in term.absent))


def _alias(alias: Alias, meanings: Mapping[str, set[str]]) -> Alias:
    fields = [(identity, field) for name, field in alias.fields for identity in meanings[name]]
    return Alias(alias.name, tuple(sorted(fields)))


def _chain(linked: list[Correlation], gone: set[str]) -> tuple[list[Correlation], list[Refusal]]:
    """Put each after those it names; what never gets its turn is refused."""
    waiting = {correlation.id: correlation for correlation in reversed(linked)}
    twins = [correlation for correlation in linked if waiting[correlation.id] is not correlation]
    refusals = [
        _refusal(correlation, "another correlation has the same id") for correlation in twins
    ]
    outer: defaultdict[str, list[str]] = defaultdict(list)
    for correlation in waiting.values():
        for rule in set(correlation.rules) & waiting.keys():
            outer[rule].append(correlation.id)
    left = {name: len(set(c.rules) & waiting.keys()) for name, c in waiting.items()}
    ordered: list[Correlation] = []
    ready = deque(name for name, count in left.items() if not count)
    while ready:
        correlation = waiting.pop(ready.popleft())
        if lost := sorted(gone.intersection(correlation.rules)):
            gone.add(correlation.id)
            refusals.append(_refusal(correlation, f"it rests on {lost[0]!r:.80}, refused"))
        else:
            ordered.append(correlation)
        for name in outer[correlation.id]:
            left[name] -= 1
            if not left[name]:
                ready.append(name)
    circular = "it rests on itself, or on one that does, through the rules it names"
    return ordered, refusals + [_refusal(c, circular) for c in waiting.values()]


def _refusal(correlation: Correlation, reason: str) -> Refusal:
    return Refusal(correlation.id or None, correlation.file, correlation.line, reason)
