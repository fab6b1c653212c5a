"""The fast engine says what the slow reference says: generated rules and events, and real ones."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from stopa import detect
from stopa.detect import columns, plan
from stopa.detect.rules import Rule, RuleSet
from stopa.model.event import EventBatch, LogSource
from stopa.model.rule import RuleCard
from tests.detect.batches import batch
from tests.detect.reference import DASHES, Unsupported, matches

SOURCE = LogSource(product="stopa", service="test")
FIELDS = ("f", "g", "h.i", "EventID")
PLACEHOLDERS = {"one": ("abc",), "many": ("a*", "B?c", "")}
# Texts are made of few pieces, so that rules and events meet; some of each kind of trap.
PIECES = (
    "a", "b", "B", "abc", "cmd.exe", "0", "1", "10", ".", "-", " -e", "/c", "\N{EN DASH}", " ",
    "\\",
    "\\\\", "%", "%one%", "é", "É", "ß", "ẞ", "ſ", "s", "S", "K", "K", "İ", "i", "ı", "Σ", "σ", "ς",
    "ŉ", "ǅ", "ǆ", "Ⅷ", "ⅷ", "𐐀", "𐐨", "\n", "\t", "\0", "€", "\N{BYTE ORDER MARK}",
)  # fmt: skip
WILDCARDS = ("*", "?", r"\*", r"\?", r"\\*", "**", "*?")
REGEXES = (
    "a", "^a", "b$", "a.c", "[ab]+", "[^ab]", r"\d", r"\w\W", r"\s", r"\.", "a{2}", "(a|b)c",
    "ab?c", ".{2,}",
    r"\bcmd\b", r"\\", "^$", "", "é", "x*", r"[\\/]", r"^[a-z]{1,3}\.exe$", "(?:b|cmd).*e",
)  # fmt: skip
CASELESS = ("a", "^A", "b$", "a.C", "É", "CMD|x", "AB?c")
NETWORKS = ("10.0.0.0/8", "10.1.2.3", "192.168.1.7/24", "::1/128", "fe80::/10", "0.0.0.0/0", "::/0")
ADDRESSES = (
    "10.1.2.3", "11.0.0.1", "192.168.1.200", "::1", "FE80::1", "fe80::1%eth0", "::ffff:10.0.0.1",
    "10.1.2", "10.1.2.3.4", "010.1.2.3", "", "-", "10.1.2.256",
)  # fmt: skip
NUMBERS = (
    "0", "-0", "1", "10", "010", "-1", "1.0", "1.50", "9.99", "1e1", "1E-2", "10 ", "0x10", "ten",
    "",
    "99999999999999999999", "١",
)  # fmt: skip
DATES = (
    "2025-05-28T08:15:00Z", "2025-05-28 08:15:59.123456", "2025-12-29T23:59:00+02:00", "2025-05-28",
    "2024-02-29T00:00:00Z", "2025-02-30T00:00:00Z", "28.5.2025", "2025-05-28T25:00:00Z",
)  # fmt: skip
PARTS = ("minute", "hour", "day", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A search: one key of a map and its values."""

    key: str
    values: Any


text = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
pattern = st.lists(st.sampled_from(PIECES + WILDCARDS), max_size=4).map("".join)
scalar = st.one_of(pattern, st.sampled_from([0, 1, 10, -1, 1.5, 4624, True, False]))
field = st.sampled_from(FIELDS)
shape = st.sampled_from(["", "|contains", "|startswith", "|endswith"])


def _some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, st.lists(values, min_size=1, max_size=3))


def _drawn(key: st.SearchStrategy[str], values: st.SearchStrategy[Any]) -> st.SearchStrategy[Drawn]:
    return st.builds(Drawn, key, values)


def _key(*parts: str | st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    drawn = [st.just(part) if isinstance(part, str) else part for part in parts]
    return st.tuples(field, *drawn).map("".join)


links = st.sampled_from(["", "|all", "|neq"])
cases = st.sampled_from(["", "|cased"])
encodings = st.sampled_from(["", "|utf16le", "|utf16be", "|utf16", "|wide"])
plain = st.lists(st.sampled_from(("abc", "cmd", "é", "x")), min_size=2, max_size=4).map("".join)
item = st.one_of(
    _drawn(_key(shape, cases, links), _some(scalar)),
    _drawn(_key(shape, "|windash", links), _some(pattern)),
    _drawn(_key("|windash", shape, cases), _some(pattern)),
    _drawn(_key(""), st.none()),
    _drawn(_key("|exists"), st.booleans()),
    _drawn(_key("|re", st.sampled_from(["", "|m", "|s"]), links), _some(st.sampled_from(REGEXES))),
    _drawn(_key("|re|i", links), _some(st.sampled_from(CASELESS))),
    _drawn(_key("|cidr", links), _some(st.sampled_from(NETWORKS))),
    _drawn(_key(st.sampled_from(["|lt", "|lte", "|gt", "|gte"])), st.sampled_from([0, 1, 1.5, 10])),
    _drawn(
        _key(st.sampled_from([f"|{part}" for part in PARTS])), st.sampled_from([5, 8, 15, 22, 2025])
    ),
    _drawn(_key("|fieldref", shape, cases, st.sampled_from(["", "|neq"])), st.sampled_from(FIELDS)),
    _drawn(_key(encodings, "|base64", shape, cases), _some(plain)),
    _drawn(_key(encodings, "|base64offset|contains", links), _some(plain)),
    _drawn(_key("|expand", shape), _some(pattern)),
)
keywords = st.one_of(
    _some(scalar),
    st.builds(lambda values: {"|all": values}, st.lists(pattern, min_size=1, max_size=3)),
    st.builds(lambda value: {"|re": value}, st.sampled_from(REGEXES)),
)
maps = st.lists(item, min_size=1, max_size=3).map(lambda items: {i.key: i.values for i in items})
search = st.one_of(maps, maps, st.lists(maps, min_size=1, max_size=2), keywords)
names = ("sel", "sel_2", "filter", "_hidden")


def _joined(parts: Sequence[str]) -> str:
    return " ".join(parts)


conditions = st.recursive(
    st.sampled_from(names),
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner).map(_joined),
        st.tuples(inner, st.sampled_from(["and", "or", "AND"]), inner).map(_joined),
        inner.map("({})".format),
        st.sampled_from(
            ["1 of them", "all of them", "1 of sel*", "all of sel*", "not 1 of *2", "any of f*r"]
        ),
    ),
    max_leaves=4,
)
detections = st.fixed_dictionaries(
    {
        **dict.fromkeys(names, search),
        "condition": st.one_of(conditions, st.lists(conditions, min_size=1, max_size=2)),
    }
)


def _base64(value: str) -> str:
    return base64.b64encode(value.encode()).decode()


cell = st.one_of(
    text,
    pattern,
    plain.map(_base64),
    plain.map(lambda value: _base64(f"x{value}yz")),
    st.sampled_from(ADDRESSES + NUMBERS + DATES),
)
value = st.one_of(
    st.none(), cell, cell, st.lists(cell, max_size=2), st.sampled_from([0, 1, 1.5, True, 4624])
)
events = st.lists(
    st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, value)), min_size=1, max_size=4
)


def rule(number: int, detection: Mapping[str, Any]) -> Rule:
    card = RuleCard(id=f"r{number}", title="t", level="", status="", author="")
    return Rule(card, SOURCE, detection, None, number)


def fast(
    detections: Sequence[Mapping[str, Any]], events: EventBatch
) -> tuple[set[tuple[int, str]], dict[str, str]]:
    """Return the hits as (row, rule), and the refused rules with the reason.

    What is found does not depend on whether texts count as long or events as few, or on what was
    learned of events before.
    """
    rules = tuple(rule(number, detection) for number, detection in enumerate(detections))
    program = detect.compile(RuleSet(rules=rules, placeholders=PLACEHOLDERS))
    hits = program.scan(events)
    with patch.object(columns, "LONG", -1), patch.object(columns, "SEVERAL", 0):
        assert detect.Program(program.image).scan(events) == hits
    with patch.object(columns, "SMALL", 0):
        assert detect.Program(program.image).scan(events) == hits
    with patch.object(plan, "FIRST", 1):
        learned = detect.Program(program.image)
        assert learned.scan(events) == learned.scan(events) == hits
    refused = {refusal.id or "": refusal.reason for refusal in program.refusals}
    return set(zip(hits.rows, hits.rules, strict=True)), refused


def slow(detection: Mapping[str, Any], event: Mapping[str, Any]) -> bool | None:
    """Return what the reference says; None where it says that the rule means nothing."""
    try:
        return matches({"detection": detection}, event, PLACEHOLDERS)
    except Unsupported:
        return None


def like(values: Any, random: Random) -> str:
    """Return a text that nearly fits: wildcards filled, dashes and case changed, some damage."""
    chosen = random.choice(values) if isinstance(values, list) else values
    return "".join(_near(char, random) for char in f"{chosen}") + random.choice(["", "", "x", "\n"])


def _near(char: str, random: Random) -> str:
    if char in WILDCARDS:
        return random.choice(["", "x", "ab", char])
    if char in DASHES and random.random() < 0.6:
        return random.choice(DASHES)
    if random.random() < 0.2:
        return random.choice(
            [char.swapcase(), char.upper(), char.lower(), random.choice(PIECES), ""]
        )
    return char


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(items=st.lists(item, min_size=3, max_size=8), other=cell, random=st.randoms())
def test_single_searches_find_what_the_reference_finds(
    items: list[Drawn], other: str, random: Random
) -> None:
    detections = [{"s": {each.key: each.values}, "condition": "s"} for each in items]
    events = [
        {"f": other, "g": other, each.key.split("|")[0]: like(each.values, random)}
        for each in items
        for _ in range(3)
    ]
    found, refused = fast(detections, batch(events, SOURCE))
    for number, detection in enumerate(detections):
        for row, event in enumerate(events):
            said = slow(detection, event)
            told = None if f"r{number}" in refused else (row, f"r{number}") in found
            assert said is told or told is None, (detection, event)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(detections=st.lists(detections, min_size=1, max_size=3), events=events)
def test_generated_rules_find_what_the_reference_finds(
    detections: list[dict[str, Any]], events: list[dict[str, Any]]
) -> None:
    found, refused = fast(detections, batch(events, SOURCE))
    judged = [n for n in range(len(detections)) if f"r{n}" not in refused]
    assume(judged)
    for number in judged:
        for row, event in enumerate(events):
            said = slow(detections[number], event)
            assert said is ((row, f"r{number}") in found), (detections[number], event)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(detections=st.lists(detections, min_size=2, max_size=3), events=events)
def test_hits_do_not_depend_on_batches_or_on_other_rules(
    detections: list[dict[str, Any]], events: list[dict[str, Any]]
) -> None:
    together, refused = fast(detections, batch(events, SOURCE))
    alone = set()
    for number, detection in enumerate(detections):
        for row, event in enumerate(events):
            found, also = fast([detection], batch([event], SOURCE))
            alone |= {(row, f"r{number}") for _ in found}
            assert bool(also) is (f"r{number}" in refused)
    assert together == alone
