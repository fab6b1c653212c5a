"""Rules made into one program: tests shared, log sources resolved, filters applied.

Why: a rule becomes one variant for each scope that answers its log source, with the field names of
that scope, so that matching never asks what a rule means.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace as changed

from stopa.detect import condition, detection, scope
from stopa.detect.defect import RuleDefectError
from stopa.detect.image import Image, Variant
from stopa.detect.placeholder import Placeholders
from stopa.detect.predicate import Place, Same, Text
from stopa.detect.rules import Correlation, Filter, Rule, RuleSet
from stopa.detect.scope import Answer, Scope
from stopa.detect.tree import Leaf, Test, Tree, either, every, replace, tests
from stopa.model.event import LogSource
from stopa.model.record import canonical
from stopa.model.rule import Refusal, RuleCard

ENGINE = "1"  # goes into the program's hash: raise it whenever the same rules mean something else
MOST_TESTS = detection.MOST_TESTS


def image(rules: RuleSet) -> Image:
    """Return the compiled form of the rules; what cannot be evaluated is among its refusals."""
    made = _Making(rules)
    for rule in rules.rules:
        made.rule(rule)
    for correlation in rules.correlations:
        made.correlation(correlation)
    return made.image()


def condition_tree(rule: Rule, filters: Iterable[Filter], placeholders: Placeholders) -> Tree:
    """Return the rule's condition with the filters that apply. Raises `RuleDefectError`."""
    tree = _tree(rule.detection, placeholders)
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
    if sum(1 for _ in tests(tree)) > MOST_TESTS:
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
        self.tests: dict[Test, int] = {}
        self.scopes: dict[Scope, int] = {}
        self.cards: list[RuleCard] = []
        self.names: dict[str, str] = {}
        self.variants: list[Variant] = []
        self.correlations: list[Correlation] = []
        self.refusals: list[Refusal] = list(rules.refusals)

    def image(self) -> Image:
        stamp = hashlib.sha256(canonical((ENGINE, list(self._content())))).hexdigest()
        return Image(
            tests=tuple(self.tests),
            scopes=tuple(self.scopes),
            variants=tuple(self.variants),
            cards=tuple(self.cards),
            refusals=tuple(sorted(self.refusals, key=lambda r: (r.file, r.line, r.reason))),
            sha256=stamp,
        )

    def rule(self, rule: Rule) -> None:
        try:
            tree = condition_tree(rule, self.rules.filters, self.rules.placeholders)
        except RuleDefectError as defect:
            self.refuse(rule.card, rule.line, str(defect))
            return
        number = len(self.cards)
        self.cards.append(rule.card)
        for answer in _distinct(scope.answers(rule.source)):
            self.variants.append(
                Variant(number, self.scope(answer.scope), self.bound(tree, answer))
            )

    def correlation(self, correlation: Correlation) -> None:
        self.refuse(correlation.card, correlation.line, "correlation rules are not evaluated yet")

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
        return Leaf(self.tests.setdefault(test, len(self.tests)))

    def _content(self) -> Iterator[object]:
        yield [
            (changed(rule.card, file=""), rule.source, rule.detection) for rule in self.rules.rules
        ]
        yield [(f.source, sorted(f.rules), f.detection) for f in self.rules.filters]
        yield [c.content for c in self.rules.correlations]
        yield self.rules.placeholders
        yield [(r.id, r.reason) for r in self.refusals]


def _distinct(answers: list[Answer]) -> list[Answer]:
    found: dict[Scope, Answer] = {}
    for answer in answers:
        found.setdefault(answer.scope, answer)
    return list(found.values())


def source_of(rule: Rule) -> LogSource:
    """Return the log source that the rule names."""
    return rule.source
