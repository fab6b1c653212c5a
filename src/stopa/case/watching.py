"""What the rules of a case could have shown in each of its log sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from stopa.detect import Program, watching
from stopa.detect.scope import Event
from stopa.model.dossier import Watched
from stopa.store import events
from stopa.store.case_reader import CaseReader
from stopa.store.events import Segment


def watched(store: CaseReader, rules: Program) -> tuple[Watched, ...]:
    """Return the techniques that the rules look for, by log source as `Activity` names it."""
    found: defaultdict[str, set[Event]] = defaultdict(set)
    for segment in store.records("segment", Segment):
        found[str(segment.source)].update(_kinds(store, segment))
    return tuple(
        Watched(source, watching.techniques(rules, found[source])) for source in sorted(found)
    )


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
