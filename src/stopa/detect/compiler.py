"""Rules made into one program: tests shared, log sources resolved, filters applied.

Why: a rule becomes one variant for each scope that answers its log source, with the field names of
that scope, so that matching never asks what a rule means.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace as changed
from itertools import islice

from stopa.detect import (
    answers,
    condition,
    correlation,
    detection,
    pipelines,
    placeholder,
    regex,
    scope,
)
from stopa.detect.answers import Answer
from stopa.detect.defect import RuleDefectError
from stopa.detect.filing import Filed, filed
from stopa.detect.image import ENGINE, Image, Source, Variant
from stopa.detect.placeholder import Placeholders
from stopa.detect.predicate import (
    Comparison,
    DatePart,
    Glob,
    Network,
    Number,
    Pattern,
    Place,
    Predicate,
    Same,
    Text,
    rarity,
)
from stopa.detect.rules import Correlation, Filter, Rule, RuleSet
from stopa.detect.scope import STATED, Scope
from stopa.detect.tree import Leaf, Test, Tree, either, every, leaves, replace, tests, witness
from stopa.model.event import LogSource
from stopa.model.record import canonical, plain
from stopa.model.rule import Refusal, RuleCard

MOST_TESTS = detection.MOST_TESTS
MOST_FIELDS = 1_000  # of one rule; the most in SigmaHQ's rules is 9
MOST_COMPARED = 5_000  # of one rule, the most in SigmaHQ's rules is 125
# Of the expressions of one rule, in instructions of RE2: each may cost that many steps for a byte.
MOST_STEPS = 50_000
MOST_LOOSE_STEPS = 5_000  # without a text that must be there; the most in SigmaHQ's rules is 2,005
CHAIN = 5  # correlations on correlations through which a pipeline sees the log source
TELLING = 3  # characters of a text that is rare enough to spare most values the expression


def image(rules: RuleSet) -> Image:
    """Return the compiled form of the rules; what cannot be evaluated is among its refusals."""
    made = _Making(rules)
    for chosen in rules.filters:
        made.filter(chosen)
    for rule in rules.rules:
        made.rule(rule)
    return made.image()


def _tree(parts: Mapping[str, object], placeholders: Placeholders) -> Tree:
    said = parts.get("condition")
    conditions = said if isinstance(said, list) else [said]
    if not conditions or not all(isinstance(line, str) for line in conditions):
        raise RuleDefectError("no condition")
    identifiers = {
        name: detection.search(name, definition, placeholders)
        for name, definition in parts.items()
        if name not in ("condition", "timeframe")
    }
    if "timeframe" in parts:
        raise RuleDefectError("timeframe: aggregations were replaced by Sigma correlations")
    return either([condition.parse(str(line), identifiers) for line in conditions])


def _bounded(tree: Tree) -> Tree:
    """Return the tree, its work being bounded whatever an event says. Raises `RuleDefectError`."""
    if next(islice(tests(tree), MOST_TESTS, None), None) is not None:
        raise RuleDefectError(f"more than {MOST_TESTS} values")
    fields = {test.field for test in tests(tree)}
    fields |= {t.predicate.field for t in tests(tree) if isinstance(t.predicate, Same)}
    if len(fields) > MOST_FIELDS:
        raise RuleDefectError(f"more than {MOST_FIELDS} fields")
    if sum(map(_is_compared, set(tests(tree)))) > MOST_COMPARED:
        raise RuleDefectError(f"more than {MOST_COMPARED} networks, comparisons or parts of dates")
    steps = loose = 0
    for test in dict.fromkeys(tests(tree)):  # in order, so that the reason is always the same
        asked = test.predicate
        if isinstance(asked, Pattern | Glob):
            steps += regex.steps(asked.regex)
            loose += regex.steps(asked.regex) if _is_loose(asked) else 0
            if steps > MOST_STEPS or loose > MOST_LOOSE_STEPS:
                raise RuleDefectError("regular expressions or wildcards that ask for too much work")
    return tree


def _is_compared(test: Test) -> bool:
    """Tell whether each value has to be held against this test by itself: no index finds it."""
    asked = test.predicate
    is_range = isinstance(asked, Number) and asked.comparison is not Comparison.EQ
    return is_range or isinstance(asked, Network | DatePart)


def _is_loose(asked: Pattern | Glob) -> bool:
    """Tell whether hardly any text has to be there before the expression is looked for."""
    needles = asked.needles if isinstance(asked, Pattern) else (asked.needle,)
    return min(map(len, needles), default=0) < TELLING


def _applies(chosen: Filter, rule: Rule) -> bool:
    if chosen.rules and not chosen.rules & {rule.card.id, rule.name}:
        return False
    stated = zip(scope.words(chosen.source), scope.words(rule.source), strict=True)
    return all(mine in (None, its) for mine, its in stated)


def _sources(rules: RuleSet) -> dict[str, LogSource]:
    """Return the log source of each rule by id and name, and of correlations that of their rules.

    A correlation stands behind what it rests on, as a rule; a chain written backwards is looked at
    as often as chains are long.
    """
    found = {n: rule.source for rule in rules.rules for n in (rule.name, rule.card.id) if n}
    for _ in range(CHAIN):
        for outer in rules.correlations:
            section = outer.content.get("correlation")
            named = section.get("rules") if isinstance(section, dict) else None
            listed = [n for n in named if isinstance(n, str)] if isinstance(named, list) else []
            below = [found[n] for n in listed if n in found]
            found |= {n: below[0] for n in (outer.name, outer.card.id) if n and below}
    return found


def _as_rule(chosen: Filter, rule: Rule) -> Rule:
    """Return the rule with the filter's condition for its own: pipelines change both alike."""
    return changed(rule, detection=chosen.detection)


class _Making:
    """A program in the making."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.pipeline = pipelines.read(rules.pipelines)
        self.filters: list[Filter] = []
        self.sources = _sources(rules)
        self.tests: dict[Test, int] = {}
        self.rarities: list[float] = []
        self.fields: list[str] = []
        self.scopes: dict[Scope, int] = {}
        self.cards: list[RuleCard] = []
        self.variants: list[Variant] = []
        self.tables: list[dict[str, str]] = []
        self.called: list[str | None] = []
        self.refusals: list[Refusal] = list(rules.refusals)

    def image(self) -> Image:
        kept = self.correlations()
        stamp = hashlib.sha256(canonical(_keyed([ENGINE, *self._content()]))).hexdigest()
        return Image(
            tests=tuple(self.tests),
            scopes=tuple(self.scopes),
            variants=tuple(self.variants),
            cards=tuple(self.cards),
            refusals=tuple(sorted(self.refusals, key=lambda r: (r.file, r.line, r.reason))),
            sha256=stamp,
            filed=_filed(self.tests),
            paired=tuple(n for test, n in self.tests.items() if isinstance(test.predicate, Same)),
            names=tuple(self.tables),
            called=tuple(self.called),
            correlations=tuple(Source(c.card.file, c.line, _json(c.content)) for c in kept),
            correlation_cards=tuple(c.card for c in kept),
            related={r.card.id: r.related for r in self.rules.rules if r.related}
            | {c.card.id: c.related for c in kept if c.related},
        )

    def filter(self, chosen: Filter) -> None:
        """Keep a filter that can be evaluated; one that cannot is refused and narrows nothing."""
        try:
            names = self.rules.placeholders if self.pipeline is None else placeholder.ANY
            _bounded(_tree(chosen.detection, names))
        except RuleDefectError as defect:
            self.refuse(chosen.card, chosen.line, str(defect))
        else:
            self.filters.append(chosen)

    def rule(self, rule: Rule) -> None:
        try:
            source, tree = self.read(rule)
            added = self.narrowing(rule)
            tree = _bounded(every([tree, *added], "with filters") if added else tree)
        except RuleDefectError as defect:
            self.refuse(rule.card, rule.line, str(defect))
            return
        number = len(self.cards)
        self.cards.append(rule.card)
        self.called.append(rule.name)
        for answer in _distinct(answers.answers(source)):
            self.variants.append(self.variant(number, self.bound(tree, answer), answer))

    def narrowing(self, rule: Rule) -> list[Tree]:
        """Return what filters add; one of which a pipeline makes nothing is refused."""
        trees: list[Tree] = []
        for chosen in [f for f in self.filters if _applies(f, rule)]:
            try:
                trees.append(self.read(_as_rule(chosen, rule))[1])
            except RuleDefectError as defect:
                self.filters.remove(chosen)
                self.refuse(chosen.card, chosen.line, str(defect))
        return trees

    def read(self, rule: Rule) -> tuple[LogSource, Tree]:
        if self.pipeline is None:
            return rule.source, _tree(rule.detection, self.rules.placeholders)
        _tree(rule.detection, placeholder.ANY)  # what is no rule is nothing to show to pySigma
        return pipelines.applied(rule, self.pipeline, self.rules.placeholders)

    def correlations(self) -> list[Correlation]:
        """Return the correlations that can be evaluated, and refuse the others."""
        read = [(c, self.parsed(c)) for c in self.rules.correlations]
        known = zip((card.id for card in self.cards), self.called, strict=True)
        sound = [found[1] for _, found in read if found is not None]
        resolved = correlation.resolve(sound, known)
        self.refusals += resolved.refusals
        kept = {(c.file, c.line) for c in resolved.correlations}
        return [
            changed(c, content=found[0])
            for c, found in read
            if found is not None and (c.card.file, c.line) in kept
        ]

    def parsed(
        self, read: Correlation
    ) -> tuple[Mapping[str, object], correlation.Correlation] | None:
        """Return a correlation's document, fields named as in the logs, and what it asks."""
        content = {**read.content, "id": read.card.id}
        asked = correlation.parse(content, file=read.card.file, line=read.line)
        if isinstance(asked, Refusal) or self.pipeline is None:
            return self.told(content, asked)
        try:
            content = pipelines.renamed(content, asked, self.sources, self.pipeline)
        except RuleDefectError as defect:
            self.refuse(read.card, read.line, str(defect))
            return None
        return self.told(content, correlation.parse(content, file=asked.file, line=asked.line))

    def told(
        self, content: Mapping[str, object], asked: correlation.Correlation | Refusal
    ) -> tuple[Mapping[str, object], correlation.Correlation] | None:
        if isinstance(asked, Refusal):
            self.refusals.append(asked)
            return None
        return content, asked

    def table(self, names: Mapping[str, str]) -> int:
        plain = dict(names)
        if plain not in self.tables:
            self.tables.append(plain)
        return self.tables.index(plain)

    def variant(self, rule: int, tree: Tree, answer: Answer) -> Variant:
        used = tuple(sorted(set(leaves(tree))))
        found = witness(tree, self.rarities.__getitem__)
        return Variant(
            rule,
            self.scope(answer.scope),
            tree,
            self.table(answer.fields),
            used,
            None if found is None else tuple(sorted(found[1])),
            any(self.fields[test] in STATED for test in used),
        )

    def refuse(self, card: RuleCard, line: int, reason: str) -> None:
        self.refusals.append(Refusal(card.id, card.file, line, reason))

    def scope(self, wanted: Scope) -> int:
        return self.scopes.setdefault(wanted, len(self.scopes))

    def bound(self, tree: Tree, answer: Answer) -> Tree:
        """Return the tree with the scope's field names, its tests numbered."""
        numbered = replace(tree, lambda leaf: self.leaf(leaf, answer.fields))
        also = [
            either([self.leaf(Test(field, Text(Place.IS, v.lower())), {}) for v in values])
            for field, values in answer.also.items()
        ]
        return every([numbered, *also]) if also else numbered

    def leaf(self, leaf: Test | Leaf, names: Mapping[str, str]) -> Leaf:
        if isinstance(leaf, Leaf):
            return leaf
        predicate = leaf.predicate
        if isinstance(predicate, Same):
            other = names.get(predicate.field, predicate.field)
            predicate = Same(other, predicate.place, predicate.cased)
        test = Test(names.get(leaf.field, leaf.field), predicate)
        number = self.tests.setdefault(test, len(self.tests))
        if number == len(self.rarities):
            self.rarities.append(rarity(predicate))
            self.fields.append(test.field)
        return Leaf(number)

    def _content(self) -> Iterator[object]:
        yield [
            (changed(rule.card, file=""), rule.source, rule.detection) for rule in self.rules.rules
        ]
        yield [[plain(f.source), sorted(f.rules), f.detection] for f in self.filters]
        yield [c.content for c in self.rules.correlations]
        yield plain(self.rules.placeholders)
        yield [path.read_text(encoding="utf-8") for path in self.rules.pipelines]
        yield [[r.id, r.reason] for r in self.refusals]


def _filed(tests: Mapping[Test, int]) -> dict[str, Filed]:
    on_field: dict[str, list[tuple[int, Predicate]]] = defaultdict(list)
    for test, number in tests.items():
        if not isinstance(test.predicate, Same):
            on_field[test.field].append((number, test.predicate))
    return {field: filed(asking) for field, asking in on_field.items()}


def _distinct(found_for: list[Answer]) -> list[Answer]:
    found: dict[Scope, Answer] = {}
    for answer in found_for:
        found.setdefault(answer.scope, answer)
    return list(found.values())


def _json(content: Mapping[str, object]) -> str:
    return canonical(_keyed(content)).decode()


def _keyed(content: object) -> object:
    """Return the value with every key as text, as JSON has them."""
    match content:
        case dict():
            return {str(key): _keyed(value) for key, value in content.items()}
        case list() | tuple():
            return [_keyed(value) for value in content]
        case _:
            return content
