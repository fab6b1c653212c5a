"""A compiled rule set: a pure function from event batches to hits and findings.

Why: everything that grows while it runs (verdicts, plans, combinations) is a memory of pure
results, so threads may share a program and a pickled copy starts without it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from msgspec import msgpack
from msgspec.json import decode

from stopa.detect import ticking
from stopa.detect.cells import Events, joined
from stopa.detect.columns import Columns
from stopa.detect.correlation import (
    BaseHit,
    Correlation,
    correlate,
    parse,
    resolve,
    silenced,
    wanted_fields,
)
from stopa.detect.filing import filed
from stopa.detect.grounds import Grounds
from stopa.detect.image import Image
from stopa.detect.judge import Judge
from stopa.detect.kinds import Kind, Kinds
from stopa.detect.literals import NONE, WORTH_KEEPING, Kept, Literals
from stopa.detect.pairs import PairJudge
from stopa.detect.plan import Asked, Plan, Planner, asked
from stopa.detect.predicate import Same
from stopa.detect.scope import Event
from stopa.detect.tree import RECORD
from stopa.model.event import ENVELOPE, EventBatch, Search
from stopa.model.rule import Condition, Finding, Refusal, RuleCard, finding_id
from stopa.model.time_basis import basis_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]


PLANS = 2_000  # kept at a time: a hostile log may have more kinds of event than any log has


@dataclass(frozen=True, slots=True)
class Hits:
    """Which rules matched which rows of a batch, sorted by row and rule id.

    `rows` and `variants` are of one length; a variant is a rule as it reads in one log source.
    """

    rows: tuple[int, ...]
    variants: tuple[int, ...]
    rules: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def each(self) -> Iterator[tuple[int, int, str]]:
        """Yield row, variant and rule id of each hit."""
        return zip(self.rows, self.variants, self.rules, strict=True)


class Program:
    """A compiled rule set. `version` and `sha256` stamp what it was made of.

    `literals` are its texts compiled beforehand, as the method of that name returns them.
    """

    def __init__(self, image: Image, literals: Kept = NONE) -> None:
        self.image = image
        self._kept = literals
        self.cards: dict[str, RuleCard] = {
            card.id: card for card in (*image.cards, *image.correlation_cards)
        }
        self.refusals: tuple[Refusal, ...] = image.refusals
        self.sha256 = image.sha256
        self.version = image.sha256[:12]
        self._judges: dict[tuple[Asked, frozenset[int]], Judge | PairJudge] = {}
        self._plans: dict[Kind, Plan] = {}
        self._lock = Lock()

    def __reduce__(self) -> tuple[Callable[[bytes, Kept], Program], tuple[bytes, Kept]]:
        return _unpacked, (msgpack.encode(self.image), self._kept)

    @cached_property
    def fields(self) -> frozenset[str]:
        """The native fields that any rule or correlation can ask for."""
        paired = [asked(self.image.tests[number]) for number in self.image.paired]
        grouped = {
            self.image.names[variant.names].get(field, field)
            for variant in self.image.variants
            for field in self._wanted.get(self.image.cards[variant.rule].id, ())
        }
        return frozenset(grouped.union(self.image.filed, *paired)) - {RECORD, *ENVELOPE}

    @cached_property
    def wants_all(self) -> bool:
        """Whether some rule searches whole records for keywords."""
        return RECORD in self.image.filed

    def fields_of(self, event: Event) -> frozenset[str]:
        """Return the native fields that events of this kind can be asked for.

        A superset holds of an event with more fields of its `own`: where it is not known which it
        has, name all of `ENVELOPE_FIELDS`.
        """
        return self._kinds.asked_of(event).fields

    def searches(self, event: Event) -> bool:
        """Tell whether some rule searches whole records of this kind of event for keywords."""
        return self._kinds.asked_of(event).record

    def sought(self, event: Event) -> Search | None:
        """Return what finds in the JSON of such events all that a rule could match.

        None where a rule asks for more than keywords.
        """
        plan = self.plan(event)
        if not plan.rules:
            return _nothing
        if plan.always or any(dimension.field != RECORD for dimension in plan.dimensions):
            return None
        judge = plan.dimensions[0].judge
        return judge.pieces if isinstance(judge, Judge) and judge.pieces.are_telling else None

    @cached_property
    def correlations(self) -> tuple[Correlation, ...]:
        """The correlation rules, each after those that it rests on."""
        parsed = [
            parse({**decode(source.content), "id": card.id}, file=source.file, line=source.line)
            for source, card in zip(
                self.image.correlations, self.image.correlation_cards, strict=True
            )
        ]
        known = zip((card.id for card in self.image.cards), self.image.called, strict=True)
        sound = [found for found in parsed if isinstance(found, Correlation)]
        return resolve(sound, known).correlations

    @cached_property
    def silenced(self) -> frozenset[str]:
        """Ids of rules that are only parts of a correlation: their own hits are no findings."""
        return silenced(self.correlations, {card.id: card.file for card in self.cards.values()})

    def scan(self, batch: EventBatch) -> Hits:
        """Return which rules match which rows."""
        return self._hits(Columns(batch))

    def findings(self, batch: EventBatch, hits: Hits | None = None) -> Iterator[Finding]:
        """Yield what the rules found, sorted by row and rule id; `hits` is a scan made before."""
        columns = Columns(batch)
        told = self._hits(columns) if hits is None else hits
        shown = [hit for hit in told.each() if hit[2] not in self.silenced]
        events = Events(columns, (row for row, _, _ in shown))
        for row, variant, rule in shown:
            event = events.cited[row]
            matched, ticks = self._grounds.of(events, row, variant)
            yield Finding(
                id=finding_id(rule, event.where),
                rule=rule,
                where=event.where,
                time=event.time,
                host=event.host,
                user=event.user,
                matched=matched,
                ticks=ticks,
                basis=None if event.time is None else basis_of(event.basis),
            )

    def base_hits(self, batch: EventBatch, hits: Hits | None = None) -> Iterator[BaseHit]:
        """Yield the hits that correlations rest on; `hits` is a scan made before."""
        if not self._wanted:
            return
        columns = Columns(batch)
        told = self._hits(columns) if hits is None else hits
        wanted = [hit for hit in told.each() if hit[2] in self._wanted]
        events = Events(columns, (row for row, _, _ in wanted))
        for row, variant, rule in wanted:
            names = self.image.names[self.image.variants[variant].names]
            values = {
                field: joined(events.cell(names.get(field, field), row))
                for field in self._wanted[rule]
            }
            event = events.cited[row]
            yield BaseHit(rule, event.time, event.where, values, event.host, event.user)

    def correlate(self, hits: Iterable[BaseHit]) -> Iterator[Finding]:
        """Yield the findings of the correlations over the hits of all evidence, in any order."""
        for finding in correlate(self.correlations, hits):
            if finding.rule not in self.silenced:
                counted = (replace(one, rules=self._titles(one.rules)) for one in finding.counted)
                yield replace(finding, counted=tuple(counted))

    def conditions(self, found: Iterable[Finding]) -> Iterator[Condition]:
        """Yield the conditions that the ticks of these findings speak of, each once, by rule."""
        wanted = {(f.rule, f.ticks.condition) for f in found if f.ticks is not None}
        correlations = {correlation.id: correlation for correlation in self.correlations}
        for rule in sorted({rule for rule, _ in wanted}):
            if (asked := correlations.get(rule)) is not None:
                yield ticking.of_correlation(asked, self.cards)
            for variant in self._variants_of.get(rule, ()):
                if (rule, self._grounds.condition(variant).id) in wanted:
                    yield self._grounds.condition(variant)

    @cached_property
    def _kinds(self) -> Kinds:
        return Kinds(self.image, self._wanted)

    @cached_property
    def _wanted(self) -> dict[str, frozenset[str]]:
        return wanted_fields(self.correlations)

    def literals(self) -> dict[str, bytes]:
        """Return the texts of the rules compiled for this machine, where that takes long."""
        return {
            field: Literals(list(filed.found)).compiled()
            for field, filed in self.image.filed.items()
            if field != RECORD and len(filed.found) >= WORTH_KEEPING
        }

    def plan(self, event: Event) -> Plan:
        """Return what the rules ask of events of this kind."""
        kind = self._kinds.kind(event)
        plan = self._plans.get(kind)
        if plan is None:
            if len(self._plans) >= PLANS:
                self._plans.clear()
            plan = self._plans[kind] = self._planned(kind)
        elif plan.is_due and (frequent := plan.frequent()):
            plan = self._plans[kind] = self._planned(kind, frequent)
        return plan

    def event(self, columns: Columns, row: int) -> Event:
        """Return the kind of one event of a batch."""
        kinds = columns.kinds()
        return next(kind for kind, rows in kinds if rows is None or row in rows)

    def rule(self, variant: int) -> RuleCard:
        """Return the card of the rule that this is a variant of."""
        return self.image.cards[self.image.variants[variant].rule]

    def _hits(self, columns: Columns) -> Hits:
        found: list[tuple[Numbers, int]] = []
        if columns.rows:
            for event, rows in columns.kinds():
                its_own = columns if rows is None else columns.only(rows)
                found += self.plan(event).matching(its_own)
        if not found:
            return Hits((), (), ())
        rows = np.concatenate([places for places, _ in found])
        variants = np.repeat([variant for _, variant in found], [len(p) for p, _ in found])
        ranks = self._ranks[variants]
        order = np.lexsort((variants, ranks, rows))
        rows, variants, ranks = rows[order], variants[order], ranks[order]
        again = (rows[1:] == rows[:-1]) & (ranks[1:] == ranks[:-1])
        first = np.concatenate([[True], ~again])
        told = variants[first].tolist()
        return Hits(tuple(rows[first].tolist()), tuple(told), tuple(self.rule(v).id for v in told))

    @cached_property
    def _ranks(self) -> Numbers:
        """For each variant the place of its rule's id among all in order."""
        place = {name: n for n, name in enumerate(sorted(card.id for card in self.image.cards))}
        return np.array([place[self.rule(v).id] for v in range(len(self.image.variants))], np.int64)

    def _planned(self, kind: Kind, frequent: frozenset[int] | None = None) -> Plan:
        variants = self._kinds.variants(kind)
        return self._planner.plan(variants, kind.decided(), frequent=frequent)

    @cached_property
    def _planner(self) -> Planner:
        return Planner(self.image, self._judge)

    def _judge(self, key: Asked, tests: frozenset[int]) -> Judge | PairJudge:
        """Return the judge of a field, one for all plans; records have one for each plan's tests.

        Few rules search records and all of a record is searched: the fewer literals, the faster.
        """
        among = tests if key[0] == RECORD else frozenset[int]()
        with self._lock:
            if (key, among) not in self._judges:
                self._judges[key, among] = self._appointed(key, among)
            return self._judges[key, among]

    def _appointed(self, key: Asked, among: frozenset[int]) -> Judge | PairJudge:
        field, other = key
        tests = self.image.tests
        if among:
            return Judge(filed((n, tests[n].predicate) for n in sorted(among)), tests)
        if not other:
            return Judge(self.image.filed[field], tests, self._kept.get(field))
        pairs = ((n, tests[n].predicate) for n in self.image.paired if asked(tests[n]) == key)
        return PairJudge(*key, [(n, p) for n, p in pairs if isinstance(p, Same)])

    @cached_property
    def _grounds(self) -> Grounds:
        return Grounds(self.image, self._judge)

    @cached_property
    def _variants_of(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number in range(len(self.image.variants)):
            found[self.rule(number).id].append(number)
        return found

    def _titles(self, rules: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.cards[rule].title if rule in self.cards else rule for rule in rules)


def _nothing(_: bytes) -> Numbers:
    return np.zeros(0, np.int64)


def _unpacked(image: bytes, literals: Kept) -> Program:
    return Program(msgpack.decode(image, type=Image), literals)
