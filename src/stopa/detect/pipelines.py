"""The user's own pySigma pipelines: field names, log sources and values as their logs have them.

Spec: https://sigmahq-pysigma.readthedocs.io/en/latest/Processing_Pipelines.html
Why: pipelines change pySigma's own objects, so a rule under a pipeline is read by pySigma and its
result is made into a tree here. Without a pipeline the rule is read by `detection`, which knows all
of the specification.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml
from sigma.conditions import (
    ConditionAND,
    ConditionFieldEqualsValueExpression,
    ConditionNOT,
    ConditionOR,
    ConditionValueExpression,
)
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
from stopa.detect.defect import RuleDefectError
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


def applied(rule: Rule, pipeline: ProcessingPipeline) -> tuple[LogSource, Tree]:
    """Return the rule's log source and condition after the pipeline. Raises `RuleDefectError`."""
    said = rule.source
    words = {"product": said.product, "category": said.category, "service": said.service}
    document = {
        "title": rule.card.title,
        "id": rule.card.id,
        "logsource": {name: word for name, word in words.items() if word},
        "detection": deepcopy(dict(rule.detection)),
    }
    try:
        made = SigmaRule.from_dict(document)
        pipeline.apply(made)
        conditions = [_tree(condition.parsed) for condition in made.detection.parsed_condition]
    except SigmaError as error:
        raise RuleDefectError(f"pipeline: {error}") from None
    found = made.logsource
    return LogSource(found.product, found.category, found.service), either(conditions)


def _tree(node: Any) -> Tree:  # noqa: ANN401 (pySigma's union of conditions)
    match node:
        case ConditionAND():
            return every([_tree(part) for part in node.args])
        case ConditionOR():
            return either([_tree(part) for part in node.args])
        case ConditionNOT():
            return Not(_tree(node.args[0]))
        case ConditionFieldEqualsValueExpression():
            return _test(node.field, node.value)
        case ConditionValueExpression():
            return _test(RECORD, node.value)
        case _:
            raise RuleDefectError("pipeline: nothing is left of the condition")


def _test(field: str, value: Any) -> Tree:  # noqa: ANN401 (pySigma's union of values)
    if isinstance(value, SigmaExpansion):
        return either([_test(field, part) for part in value.values])
    return Test(field, _predicate(field, value))


def _predicate(field: str, value: Any) -> Predicate:  # noqa: ANN401, C901 (one line a type)
    match value:
        case SigmaString():
            return _text(field, value)
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


def _text(field: str, value: SigmaString) -> Predicate:
    pieces: list[str | wildcard.Wild] = []
    for part in value.s:
        if isinstance(part, Placeholder):
            raise RuleDefectError(f"placeholder %{part.name}% has no value")
        pieces.append(WILD[part] if isinstance(part, SpecialChars) else part)
    whole = tuple(pieces)
    if field == RECORD:
        whole = wildcard.around(whole, Place.HAS)
    return wildcard.predicate(wildcard.joined(whole), cased=isinstance(value, SigmaCasedString))


def _regex(value: SigmaRegularExpression) -> Pattern:
    text = str(value.regexp)
    flags = "".join(sorted(FLAGS[flag] for flag in value.flags))
    shown = f"(?{flags}){text}" if flags else text
    return Pattern(shown, regex.translate(text, flags), regex.needles(text))
