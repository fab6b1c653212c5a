"""Rules made into one program: tests shared, log sources resolved, filters applied.

Why: a rule becomes one variant for each scope that answers its log source, with the field names of
that scope, so that matching never asks what a rule means.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace as changed
from itertools import islice

from stopa.detect import answers, condition, correlation, detection, pipelines, scope
from stopa.detect.answers import Answer
from stopa.detect.defect import RuleDefectError
from stopa.detect.image import ENGINE, Image, Source, Variant
from stopa.detect.placeholder import Placeholders
from stopa.detect.predicate import Place, Same, Text, rarity
from stopa.detect.rules import Correlation, Filter, Rule, RuleSet
from stopa.detect.scope import STATED, Scope
from stopa.detect.tree import Leaf, Test, Tree, either, every, leaves, replace, tests, witness
from stopa.model.event import LogSource
from stopa.model.record import canonical, plain
from stopa.model.rule import Refusal, RuleCard

MOST_TESTS = detection.MOST_TESTS


def image(rules: RuleSet) -> Image:
    """Return the compiled form of the rules; what cannot be evaluated is among its refusals."""
    made = _Making(rules)
    for rule in rules.rules:
        made.rule(rule)
    return made.image()


def filtered(tree: Tree, rule: Rule, filters: Iterable[Filter], placeholders: Placeholders) -> Tree:
    """Return a rule's condition with the filters that apply. Raises `RuleDefectError`."""
    added = [_tree(f.detection, placeholders) for f in filters if _applies(f, rule)]
    return every([tree, *added], "with filters") if added else tree


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
    tree = either([condition.parse(str(line), identifiers) for line in conditions])
    if next(islice(tests(tree), MOST_TESTS, None), None) is not None:
        raise RuleDefectError(f"more than {MOST_TESTS} values")
    return tree


def _applies(chosen: Filter, rule: Rule) -> bool:
    if chosen.rules and not chosen.rules & {rule.card.id, rule.name}:
        return False
    stated = zip(scope.words(chosen.source), scope.words(rule.source), strict=True)
    return all(mine in (None, its) for mine, its in stated)


class _Making:
    """A program in the making."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.pipeline = pipelines.read(rules.pipelines)
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
            names=tuple(self.tables),
            called=tuple(self.called),
            correlations=tuple(Source(c.card.file, c.line, _json(c.content)) for c in kept),
            correlation_cards=tuple(c.card for c in kept),
        )

    def rule(self, rule: Rule) -> None:
        try:
            source, tree = self.read(rule)
            tree = filtered(tree, rule, self.rules.filters, self.rules.placeholders)
        except RuleDefectError as defect:
            self.refuse(rule.card, rule.line, str(defect))
            return
        number = len(self.cards)
        self.cards.append(rule.card)
        self.called.append(rule.name)
        for answer in _distinct(answers.answers(source)):
            self.variants.append(self.variant(number, self.bound(tree, answer), answer))

    def read(self, rule: Rule) -> tuple[LogSource, Tree]:
        if self.pipeline is not None:
            return pipelines.applied(rule, self.pipeline)
        return rule.source, _tree(rule.detection, self.rules.placeholders)

    def correlations(self) -> list[Correlation]:
        """Return the correlations that can be evaluated, and refuse the others."""
        parsed = [
            (c, correlation.parse(c.content, file=c.card.file, line=c.line))
            for c in self.rules.correlations
        ]
        refused = [found for _, found in parsed if isinstance(found, Refusal)]
        known = zip((card.id for card in self.cards), self.called, strict=True)
        sound = [found for _, found in parsed if not isinstance(found, Refusal)]
        resolved = correlation.resolve(sound, known)
        self.refusals += [*refused, *resolved.refusals]
        kept = {(c.file, c.line) for c in resolved.correlations}
        return [c for c, _ in parsed if (c.card.file, c.line) in kept]

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
        yield [[plain(f.source), sorted(f.rules), f.detection] for f in self.rules.filters]
        yield [c.content for c in self.rules.correlations]
        yield plain(self.rules.placeholders)
        yield [path.read_text(encoding="utf-8") for path in self.rules.pipelines]
        yield [[r.id, r.reason] for r in self.refusals]


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
        case list():
            return [_keyed(value) for value in content]
        case _:
            return content
