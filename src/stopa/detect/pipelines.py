"""The user's own pySigma pipelines: field names, log sources and values as their logs have them.

Spec: https://sigmahq-pysigma.readthedocs.io/en/latest/Processing_Pipelines.html
Why: pipelines change pySigma's own objects, so a rule under a pipeline is read by pySigma and its
result is made into a tree here. Without a pipeline the rule is read by `detection`, which knows all
of the specification.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from itertools import chain, product
from math import prod
from pathlib import Path
from typing import Any, cast

import yaml
from sigma.conditions import (
    ConditionAND,
    ConditionFieldEqualsValueExpression,
    ConditionNOT,
    ConditionOR,
    ConditionValueExpression,
)
from sigma.correlations import SigmaCorrelationCondition, SigmaCorrelationRule
from sigma.exceptions import SigmaError
from sigma.processing.pipeline import ProcessingPipeline
from sigma.rule import SigmaRule
from sigma.types import (
    CompareOperators,
    Placeholder,
    SigmaBool,
    SigmaCasedString,
    SigmaCIDRExpression,
    SigmaCompareExpression,
    SigmaExists,
    SigmaExpansion,
    SigmaFieldReference,
    SigmaNull,
    SigmaNumber,
    SigmaRegularExpression,
    SigmaRegularExpressionFlag,
    SigmaString,
    SigmaTimestampPart,
    SpecialChars,
)

from stopa.detect import regex, wildcard
from stopa.detect.correlation_rule import Correlation
from stopa.detect.defect import RuleDefectError
from stopa.detect.placeholder import MOST_VALUES, Placeholders
from stopa.detect.predicate import (
    Comparison,
    DatePart,
    Network,
    Number,
    Pattern,
    Place,
    Predicate,
    Presence,
    Same,
    Text,
    Unit,
)
from stopa.detect.rules import Rule
from stopa.detect.tree import RECORD, Not, Test, Tree, either, every
from stopa.errors import InputError
from stopa.model.event import LogSource

COMPARISONS = {
    CompareOperators.LT: Comparison.LT,
    CompareOperators.LTE: Comparison.LTE,
    CompareOperators.GT: Comparison.GT,
    CompareOperators.GTE: Comparison.GTE,
}
FLAGS = {
    SigmaRegularExpressionFlag.IGNORECASE: "i",
    SigmaRegularExpressionFlag.MULTILINE: "m",
    SigmaRegularExpressionFlag.DOTALL: "s",
}
WILD = {
    SpecialChars.WILDCARD_MULTI: wildcard.Wild.RUN,
    SpecialChars.WILDCARD_SINGLE: wildcard.Wild.ONE,
}
PLACES = {
    (False, False): Place.IS,
    (True, False): Place.STARTS,
    (False, True): Place.ENDS,
    (True, True): Place.HAS,
}


def read(paths: Sequence[Path]) -> ProcessingPipeline | None:
    """Return all pipelines as one, in order of their priority; None without any."""
    found = []
    for path in paths:
        try:
            found.append(ProcessingPipeline.from_yaml(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeError, SigmaError, yaml.YAMLError, TypeError, KeyError) as error:
            hint = "the file is a pySigma processing pipeline in YAML"
            raise InputError(f"{path}: no pipeline ({error})", hint=hint) from None
    return (
        sum(sorted(found, key=lambda each: each.priority), ProcessingPipeline()) if found else None
    )


def applied(
    rule: Rule, pipeline: ProcessingPipeline, placeholders: Placeholders
) -> tuple[LogSource, Tree]:
    """Return the rule's log source and condition after the pipeline. Raises `RuleDefectError`.

    What the pipeline leaves of placeholders is filled in from the user's.
    """
    document = {
        "title": rule.card.title,
        "logsource": _words(rule.source),
        "detection": deepcopy(dict(rule.detection)),
    }
    try:
        made = SigmaRule.from_dict(document)
        pipeline.apply(made)
        parsed = [condition.parsed for condition in made.detection.parsed_condition]
    except SigmaError as error:
        raise RuleDefectError(f"pipeline: {error}") from None
    found = made.logsource
    tree = either([_tree(each, placeholders) for each in parsed])
    return LogSource(found.product, found.category, found.service), tree


def renamed(
    content: Mapping[str, object],
    asked: Correlation,
    sources: Mapping[str, LogSource],
    pipeline: ProcessingPipeline,
) -> dict[str, object]:
    """Return a correlation's document with its fields named as the pipeline has them.

    `asked` is the same parsed; `sources` has the log source of each rule by id and name. Raises
    `RuleDefectError`.
    """
    made = _correlation(asked, sources)
    try:
        pipeline.apply(made)
    except SigmaError as error:
        raise RuleDefectError(f"pipeline: {error}") from None
    section = dict(cast("Mapping[str, object]", content["correlation"]))
    section["group-by"] = list(made.group_by or ())
    section["aliases"] = {
        alias.alias: {rule.reference: field for rule, field in alias.mapping.items()}
        for alias in made.aliases
    }
    if isinstance(made.condition, SigmaCorrelationCondition) and asked.field:
        condition = cast("Mapping[str, object]", section["condition"])
        section["condition"] = {**condition, "field": made.condition.fieldref}
    return {**content, "correlation": section}


def _correlation(asked: Correlation, sources: Mapping[str, LogSource]) -> SigmaCorrelationRule:
    """Return as much of a correlation for pySigma as has to do with fields."""
    section = {
        "type": "value_count" if asked.field else "event_count",
        "rules": list(asked.rules),
        "group-by": list(asked.group_by),
        "timespan": "1m",
        "condition": {"gte": 1} | ({"field": list(asked.field)} if asked.field else {}),
        "aliases": {alias.name: dict(alias.fields) for alias in asked.aliases},
    }
    made = SigmaCorrelationRule.from_dict({"title": asked.id, "correlation": section})
    made.referenced_rules = made.rules or []
    for reference in made.referenced_rules:
        source = sources.get(reference.reference)
        if source is not None:
            detection = {"any": {"any": "any"}, "condition": "any"}
            document = {"title": "r", "logsource": _words(source), "detection": detection}
            reference.rule = SigmaRule.from_dict(document)
    return made


def _words(source: LogSource) -> dict[str, str]:
    said = {"product": source.product, "category": source.category, "service": source.service}
    return {name: word for name, word in said.items() if word}


def _tree(node: Any, names: Placeholders) -> Tree:  # noqa: ANN401 (pySigma's union of conditions)
    match node:
        case ConditionAND():
            return every([_tree(part, names) for part in node.args])
        case ConditionOR():
            return either([_tree(part, names) for part in node.args])
        case ConditionNOT():
            return Not(_tree(node.args[0], names))
        case ConditionFieldEqualsValueExpression():
            return _test(node.field, node.value, names)
        case ConditionValueExpression():
            return _test(RECORD, node.value, names)
        case _:
            raise RuleDefectError("pipeline: nothing is left of the condition")


def _test(field: str, value: Any, names: Placeholders) -> Tree:  # noqa: ANN401 (a union of values)
    if isinstance(value, SigmaExpansion):
        return either([_test(field, part, names) for part in value.values])
    if isinstance(value, SigmaString):
        return either([Test(field, made) for made in _texts(field, value, names)])
    return Test(field, _predicate(field, value))


def _predicate(field: str, value: Any) -> Predicate:  # noqa: ANN401, C901 (one line a type)
    match value:
        case SigmaTimestampPart():
            unit = Unit(value.timestamp_part.name.lower())
            return DatePart(unit, Comparison.EQ, str(value.number))
        case SigmaCompareExpression() if value.op in COMPARISONS:
            return Number(COMPARISONS[value.op], str(value.number))
        case SigmaNumber() if field != RECORD:
            return Number(Comparison.EQ, str(value.number))
        case SigmaNumber():
            return Text(Place.HAS, str(value.number))
        case SigmaBool():
            return Text(Place.IS, str(value.boolean).lower())
        case SigmaNull():
            return Presence(present=False)
        case SigmaExists():
            return Presence(present=value.exists)
        case SigmaRegularExpression():
            return _regex(value)
        case SigmaCIDRExpression():
            return Network(str(value.network))
        case SigmaFieldReference():
            return Same(value.field, PLACES[value.starts_with, value.ends_with])
        case _:
            raise RuleDefectError(f"pipeline: a {type(value).__name__} cannot be evaluated")


def _texts(field: str, value: SigmaString, names: Placeholders) -> list[Predicate]:
    """Return what a text asks, once for each of the values of its placeholders."""
    choices = [_choices(part, names) for part in value.s]
    if prod(map(len, choices)) > MOST_VALUES:
        raise RuleDefectError(f"placeholders give more than {MOST_VALUES} values")
    cased = isinstance(value, SigmaCasedString)
    place = Place.HAS if field == RECORD else Place.IS
    texts = (wildcard.joined(tuple(chain(*pieces))) for pieces in product(*choices))
    return [
        wildcard.predicate(wildcard.joined(wildcard.around(text, place)), cased=cased)
        for text in texts
    ]


def _choices(part: object, names: Placeholders) -> list[wildcard.Wildcards]:
    match part:
        case Placeholder():
            values = names.get(part.name)
            if not values:
                raise RuleDefectError(f"placeholder %{part.name}% has no value")
            return [wildcard.read(value) for value in values]
        case SpecialChars():
            return [(WILD[part],)]
        case _:
            return [(str(part),)]


def _regex(value: SigmaRegularExpression) -> Pattern:
    text = str(value.regexp)
    flags = "".join(sorted(FLAGS[flag] for flag in value.flags))
    shown = f"(?{flags}){text}" if flags else text
    return Pattern(shown, regex.translate(text, flags), regex.needles(text))
