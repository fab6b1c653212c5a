"""What the rules of a case could have shown in each of its log sources, and how each fared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyarrow.parquet as pq

from stopa.case.assembly import Looked
from stopa.case.plan import Plan
from stopa.case.rule_sets import rule_sets
from stopa.detect import Program, reach, watching
from stopa.detect.scope import Event
from stopa.detect.yara import YaraRules
from stopa.model.applied import Applied, Reach
from stopa.model.dossier import Watched
from stopa.model.rule import RuleCard
from stopa.store import events
from stopa.store.case_reader import CaseReader
from stopa.store.events import Segment


def looked(store: CaseReader, rules: Program, plan: Plan, more: YaraRules | None) -> Looked:
    """Return what the rules look for by log source as `Activity` names it, and how each fared."""
    by_source: defaultdict[str, set[Event]] = defaultdict(set)
    present: defaultdict[Event, frozenset[str]] = defaultdict(frozenset)
    for segment in store.records("segment", Segment):
        fields = frozenset(pq.read_schema(store.events / segment.file).names)
        for kind in _kinds(store, segment):
            by_source[str(segment.source)].add(kind)
            present[kind] |= fields
    matched = frozenset(card.id for card in store.records("rule", RuleCard))
    return Looked(
        tuple(
            Watched(source, watching.techniques(rules, by_source[source]))
            for source in sorted(by_source)
        ),
        _applied(rules, present, more, matched) if plan.reach_told else (),
        rule_sets(plan, rules, more),
    )


def _applied(
    rules: Program,
    present: Mapping[Event, frozenset[str]],
    more: YaraRules | None,
    matched: frozenset[str],
) -> tuple[Applied, ...]:
    return reach.applied(rules, present, matched) + (_of_yara(more, matched) if more else ())


def _of_yara(rules: YaraRules, matched: frozenset[str]) -> tuple[Applied, ...]:
    """Return how YARA's rules fared: each looks at every file."""
    found: dict[Reach, list[tuple[str, str]]] = {Reach.MATCHED: [], Reach.LOOKED: []}
    for id_, card in sorted(rules.cards.items(), key=lambda entry: (entry[1].title, entry[0])):
        found[Reach.MATCHED if id_ in matched else Reach.LOOKED].append((id_, card.title))
    return tuple(Applied(how, "files", (), tuple(rules)) for how, rules in found.items() if rules)


def still_watched(
    store: CaseReader, before: Iterable[Watched] | None
) -> tuple[Watched, ...] | None:
    """Return of what was watched the log sources of which events are left."""
    if before is None:
        return None
    left = {str(segment.source) for segment in store.records("segment", Segment)}
    return tuple(one for one in before if one.source in left)


def _kinds(store: CaseReader, segment: Segment) -> Iterator[Event]:
    if segment.kind is not None:
        yield watching.kind(segment.source, *segment.kind)
        return
    for batch in events.read(store.events, segment, ()):
        yield from watching.kinds_of(batch)
