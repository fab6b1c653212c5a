"""A Sigma correlation: which rules' hits belong together, within what time, and how many it takes.

Spec: https://github.com/SigmaHQ/sigma-specification, Sigma Correlation Rules 2.1.0
Why: pySigma takes one operator in a condition; the specification also has ranges (`gt` and `lte`).
Trap: a correlation is somebody else's text: every part is checked, and what does not fit is a
`Refusal`, never an exception.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne

from stopa.detect.correlation_condition import Term, parse_expression
from stopa.model.rule import Refusal

MICROSECONDS = 1_000_000
# The specification has s, m, h, d; weeks, months and years (mean Gregorian) are pySigma's.
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, "M": 2629746, "y": 31556952}
TIMESPAN = re.compile(r"([0-9]{1,9})([smhdwMy])")
LONGEST = 200 * UNITS["y"]  # seconds; longer than any log, short enough for 64 bits of µs
RULES_AT_MOST = 200
FIELDS_AT_MOST = (
    100  # to group by, to measure, to name by an alias: each is looked up for every hit
)
RULES_AT_MOST_IN_ORDER = 20  # each more multiplies the work at every hit
FIELDS = ("group-by", "field")
NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?")


class Kind(StrEnum):
    """What a correlation measures in its window."""

    EVENT_COUNT = "event_count"
    VALUE_COUNT = "value_count"
    TEMPORAL = "temporal"
    TEMPORAL_ORDERED = "temporal_ordered"
    VALUE_SUM = "value_sum"
    VALUE_AVG = "value_avg"
    VALUE_PERCENTILE = "value_percentile"
    VALUE_MEDIAN = "value_median"


TEMPORAL = (Kind.TEMPORAL, Kind.TEMPORAL_ORDERED)
OPERATORS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "gt": gt,
    "gte": ge,
    "lt": lt,
    "lte": le,
    "eq": eq,
    "neq": ne,
}


@dataclass(frozen=True, slots=True)
class Bound:
    """One operator of a condition and its threshold; several bounds must all hold."""

    operator: str
    threshold: Fraction

    def holds(self, measure: Fraction) -> bool:
        """Say whether the measured number satisfies the operator."""
        return OPERATORS[self.operator](measure, self.threshold)


@dataclass(frozen=True, slots=True)
class Alias:
    """A name in `group-by` and the field that it means in the hits of each rule, by rule id."""

    name: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Correlation:
    """A correlation rule, parsed and checked.

    `rules` are references as written until `resolve` turns them into ids; `timespan` is in
    microseconds; `field` holds the condition's field or fields (value correlations);
    `terms` is the extended condition in disjunctive form, empty where `bounds` decide;
    `percentile` is 0 to 100.
    """

    id: str
    name: str | None
    kind: Kind
    rules: tuple[str, ...]
    group_by: tuple[str, ...]
    timespan: int
    bounds: tuple[Bound, ...] = ()
    terms: tuple[Term, ...] = ()
    condition: str = ""
    field: tuple[str, ...] = ()
    percentile: Fraction = Fraction(50)
    aliases: tuple[Alias, ...] = ()
    generate: bool = False
    file: str = ""
    line: int = 1


class _Misfit(Exception):  # noqa: N818 - never leaves this module
    """What keeps a correlation from being evaluated, in words."""


def parse(document: Mapping[str, object], *, file: str, line: int) -> Correlation | Refusal:
    """Read one YAML document that has a `correlation` section; refuse with the reason in words."""
    try:
        return _parse(document, file=file, line=line)
    except _Misfit as misfit:
        return Refusal(_identity(document) or None, file, line, str(misfit))


def number(text: str | None) -> Fraction | None:
    """Return the decimal number that the text is, exactly; None where it is none."""
    if text is None:
        return None
    found = NUMBER.fullmatch(text.strip())
    return Fraction(found[0]) if found else None


def decimal(value: Fraction) -> str:
    """Return the number as people write it, to thousandths."""
    if value.denominator == 1:
        return str(value.numerator)
    thousandths = round(value * 1000)
    sign, digits = ("-" if thousandths < 0 else ""), f"{abs(thousandths):04d}"
    return f"{sign}{digits[:-3]}.{digits[-3:]}"


def _parse(document: Mapping[str, object], *, file: str, line: int) -> Correlation:
    section = document.get("correlation")
    if not isinstance(section, Mapping):
        raise _Misfit("the correlation section is no map")
    kind = _kind(section.get("type"))
    condition, rules = section.get("condition"), _rules(section, kind)
    terms, named = _terms(condition, rules, kind)
    rules = rules or named
    most = RULES_AT_MOST_IN_ORDER if kind is Kind.TEMPORAL_ORDERED else RULES_AT_MOST
    if not 0 < len(rules) <= most:
        raise _Misfit(f"a {kind} correlation names between 1 and {most} rules")
    name = document.get("name")
    return Correlation(
        id=_identity(document),
        name=name if isinstance(name, str) else None,
        kind=kind,
        rules=rules,
        group_by=_texts(section.get("group-by"), "group-by"),
        timespan=_timespan(section.get("timespan")),
        bounds=() if terms else _bounds(condition, kind, len(rules)),
        terms=terms,
        condition=condition if isinstance(condition, str) else "",
        field=_field(condition, kind),
        percentile=_percentile(condition, kind),
        aliases=_aliases(section.get("aliases")),
        generate=_generate(section, document),
        file=file,
        line=line,
    )


def _identity(document: Mapping[str, object]) -> str:
    return str(document.get("id") or document.get("name") or document.get("title") or "")


def _kind(value: object) -> Kind:
    try:
        return Kind(str(value))
    except ValueError:
        raise _Misfit(f"correlation type {value!r:.60} is not in the specification") from None


def _rules(section: Mapping[object, object], kind: Kind) -> tuple[str, ...]:
    rules = _texts(section.get("rules"), "rules")
    if len(set(rules)) != len(rules):
        raise _Misfit("a rule is named twice under rules")
    if not rules and not (kind in TEMPORAL and isinstance(section.get("condition"), str)):
        raise _Misfit("a correlation without rules")
    return rules


def _texts(value: object, what: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(item, str) and item for item in value):
        if what in FIELDS and len(value) > FIELDS_AT_MOST:
            raise _Misfit(f"{what} has more than {FIELDS_AT_MOST} fields")
        return tuple(value)
    raise _Misfit(f"{what} must be a name or a list of names")


def _terms(
    condition: object, rules: tuple[str, ...], kind: Kind
) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    if not isinstance(condition, str):
        return (), ()
    if kind not in TEMPORAL:
        raise _Misfit(f"a condition of rule names needs a temporal correlation, not {kind}")
    parsed = parse_expression(condition)
    if isinstance(parsed, str):
        raise _Misfit(parsed)
    if rules and set(rules) != set(parsed.names):
        raise _Misfit("the condition does not name exactly the rules under rules")
    return parsed.terms, parsed.names


def _timespan(value: object) -> int:
    found = TIMESPAN.fullmatch(value) if isinstance(value, str) else None
    seconds = int(found[1]) * UNITS[found[2]] if found else 0
    if not 0 < seconds <= LONGEST:
        raise _Misfit(f"timespan {value!r:.40} is no positive number with s, m, h, d, w, M or y")
    return seconds * MICROSECONDS


def _bounds(condition: object, kind: Kind, rules: int) -> tuple[Bound, ...]:
    if condition is None and kind in TEMPORAL:
        return (Bound("gte", Fraction(rules)),)
    if not isinstance(condition, Mapping):
        raise _Misfit("a correlation needs a condition with gt, gte, lt, lte, eq or neq")
    unknown = [str(key) for key in condition if key not in (*OPERATORS, "field", "percentile")]
    if unknown:
        raise _Misfit(f"condition has {unknown[0]!r:.40}, which the specification does not know")
    found = tuple(Bound(key, _threshold(condition[key])) for key in OPERATORS if key in condition)
    if not found:
        raise _Misfit("the condition has none of gt, gte, lt, lte, eq, neq")
    return found


def _threshold(value: object) -> Fraction:
    known = number(str(value)) if isinstance(value, int | float | str) else None
    if known is None or isinstance(value, bool):
        raise _Misfit(f"{value!r:.40} is no number to compare with")
    return known


def _field(condition: object, kind: Kind) -> tuple[str, ...]:
    if kind in TEMPORAL or kind is Kind.EVENT_COUNT:
        return ()
    field = condition.get("field") if isinstance(condition, Mapping) else None
    fields = _texts(field, "field")
    if not fields:
        raise _Misfit(f"{kind} needs a field in its condition")
    if len(fields) > 1 and kind is not Kind.VALUE_COUNT:
        raise _Misfit(f"{kind} takes one field, not {len(fields)}")
    return fields


def _percentile(condition: object, kind: Kind) -> Fraction:
    if kind is not Kind.VALUE_PERCENTILE or not isinstance(condition, Mapping):
        return Fraction(50)
    if "percentile" not in condition:
        raise _Misfit("value_percentile needs percentile in its condition: which one, 0 to 100")
    wanted = _threshold(condition["percentile"])
    if not 0 <= wanted <= 100:
        raise _Misfit("percentile is a number from 0 to 100")
    return wanted


def _aliases(value: object) -> tuple[Alias, ...]:
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        raise _Misfit("aliases must be a map of alias to rule and field")
    if len(value) > FIELDS_AT_MOST:
        raise _Misfit(f"aliases has more than {FIELDS_AT_MOST} names")
    return tuple(_alias(str(name), fields) for name, fields in value.items())


def _alias(name: str, fields: object) -> Alias:
    if not isinstance(fields, Mapping) or not all(isinstance(f, str) for f in fields.values()):
        raise _Misfit(f"alias {name!r:.40} must map rules to field names")
    return Alias(name, tuple((str(rule), str(field)) for rule, field in fields.items()))


def _generate(section: Mapping[object, object], document: Mapping[str, object]) -> bool:
    value = section.get("generate", document.get("generate", False))
    if not isinstance(value, bool):
        raise _Misfit("generate is true or false")
    return value
