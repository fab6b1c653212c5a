"""Hostile rules and hostile events neither crash nor hang nor slow the rest: through the command.

Why: the time is the processor's, many times what each case takes, so that a busy machine fails
none and a hang fails.
"""

# ruff: noqa: E501 (tables of cases read better a case a line)
from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import stopa
from tests.detect.rule_text import rule

WINDOWS = {"product": "windows"}
SECONDS = 30
HEAD = {"EventID": 1, "Channel": "C", "SourceName": "S", "@timestamp": "2025-05-28T10:00:00Z"}
GOOD = [
    rule("good", WINDOWS, s={"Made": "thing 7"}),
    rule("word", WINDOWS, s=["kiwikiwi"]),
    rule("number", WINDOWS, s={"Made|gt": 5}),
    rule("expression", WINDOWS, s={"Made|re": "(?:a|b).{2,64}(?:c|d)[0-9]+$"}),
]
AROUND = 5  # good events before and behind the hostile one


def _event(**fields: Any) -> str:
    return json.dumps({**HEAD, **fields})


def _with(text: str) -> str:
    """Return an event whose further fields are written as given."""
    return f"{_event()[:-1]}, {text}}}"


# the hostile lines, what the rules find in them, words of the problem if there is one
EVENTS: dict[str, tuple[str, dict[str, int], str]] = {
    "a field of 10 MB": (_event(Made="a" * 10_000_000), {}, ""),
    "a field of 10 MB of a word": (_event(Made="kiwikiwi" * 1_250_000), {"word": 1}, ""),
    "a line of 20 MB": (_event(Made="a" * 20_000_000), {}, "line longer"),
    "deep": (_with('"x": ' + '{"a":' * 400 + "1" + "}" * 400), {}, ""),
    "very deep": (_with('"x": ' + '{"a":' * 100_000 + "1" + "}" * 100_000), {}, "nested too deep"),
    "brackets without end": (_event()[:-1] + ', "x": ' + "[" * 1_000_000, {}, "nested too deep"),
    "a key twice, the last counts": (_with('"Made": "x", "Made": "thing 7"'), {"good": 1}, ""),
    "a key twice, the first does not": (_with('"Made": "thing 7", "Made": "x"'), {}, ""),
    "no numbers": (_with('"Made": NaN, "x": Infinity, "y": -Infinity'), {}, ""),
    "an endless number": (_with(f'"Made": {"9" * 5000}'), {}, ""),
    "an endless number of another kind": (_with(f'"Other": {"9" * 1_000_000}'), {}, ""),
    "half a surrogate": (_with('"Made": "thing \\ud800", "x": "\\udc00kiwikiwi"'), {"word": 1}, ""),
    "half a surrogate in a key": (_with('"\\ud800": "kiwikiwi"'), {"word": 1}, ""),
    "bytes that are no UTF-8": (_with('"Made": "\udcff\udcfe kiwikiwi"'), {"word": 1}, ""),
    "NUL": (_with('"Made": "a\\u0000b", "x": "kiwi\\u0000kiwi"'), {}, ""),
    "5,000 fields": (_event(**{f"f{n}": "kiwikiwi" for n in range(5_000)}), {"word": 1}, ""),
    "200,000 fields": (_event(**{f"f{n}": n for n in range(200_000)}), {}, "more than 10000 fields"),
    "a list of a million": (_event(Made=["x"] * 1_000_000), {}, ""),
    "fields of each event's own": (
        "\n".join(_event(**{f"f{n}_{m}": "x" for m in range(500)}) for n in range(100)), {}, "",
    ),
    "5,000 kinds of event": (
        "\n".join(json.dumps({**HEAD, "Channel": f"C{n}", "EventID": n}) for n in range(5_000)), {}, "",
    ),
    "names of the envelope": (_event(_time="x", _line="y", _channel="z", Made="thing 7"), {"good": 1}, ""),
    "lists where names belong": (json.dumps({**HEAD, "EventID": [1], "Channel": {"a": 1}}), {}, ""),
    "no time there is": (json.dumps({**HEAD, "@timestamp": "9999-99-99T99:99:99Z"}), {}, ""),
    "a list of events": (f"[{_event()}]", {}, "not an event"),
    "a number": ("5", {}, "not an event"),
    "escapes of a terminal": (_event(Made="kiwikiwi \x1b[2J\u202e"), {"word": 1}, ""),
}  # fmt: skip


def _found(log: Path, rules: Path, summary: Path) -> tuple[Counter[str], dict[str, Any]]:
    started = time.process_time()
    words = ("detect", log, "--rules", rules, "--format", "jsonl", "--quiet", "--jobs", 1)
    told = stopa(*words, "--summary", summary)
    assert time.process_time() - started < SECONDS
    assert told.exception is None, told.exception
    found = Counter(json.loads(line)["rule"]["title"] for line in told.stdout.splitlines())
    told_of: dict[str, Any] = json.loads(summary.read_bytes())
    problems = [p["what"] for entry in told_of["evidence"] for p in entry["problems"]]
    assert told.return_value == (3 if problems else 0)
    return found, told_of


@pytest.mark.parametrize("case", EVENTS)
def test_a_hostile_event_spoils_no_other(case: str, tmp_path: Path) -> None:
    text, expected, problem = EVENTS[case]
    good = f"{_event(Made='thing 7')}\n" * AROUND
    log = tmp_path / "log.jsonl"
    log.write_bytes(f"{good}{text}\n{good}".encode("utf-8", "surrogateescape"))
    (tmp_path / "rules.yml").write_text("\n---\n".join(GOOD))
    found, told = _found(log, tmp_path / "rules.yml", tmp_path / "summary.json")
    assert found == Counter(expected) + Counter(good=2 * AROUND)
    problems = [p["what"] for entry in told["evidence"] for p in entry["problems"]]
    assert [problem in what for what in problems] == [True] * bool(problem)


def _search(text: str) -> str:
    return f"title: bad\nlogsource: {{product: windows}}\ndetection:\n  s: {text}\n  condition: s"


def _many(shape: str, count: int = 70_000) -> str:
    return json.dumps([shape % n for n in range(count)], separators=(",", ":"))


CHAIN = "\n---\n".join(
    f"title: c\nname: c{n}\ncorrelation: {{type: event_count, rules: [c{n - 1 if n else 'nobody'}], "
    "timespan: 1m, condition: {gte: 1}}"
    for n in range(3_000)
)
# the rule, words of its refusal; empty where it loads and may cost what it costs
RULES: dict[str, tuple[str, str]] = {
    "a bomb": (
        "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(f"{b}: &{b} [{','.join(['*' + a] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
        "aliases included",
    ),
    "an expression of 1 MB": (_search("{Made|re: '" + "(a|b)" * 200_000 + "'}"), "1000000 characters"),
    "expressions that go back": (_search("{Made|re: ['(a+)+c', '(a|aa)+b', '(.*)*x', '(x+x+)+y']}"), ""),
    "an automaton that explodes": (_search("{Made|re: '[a-z ]*a[a-z ]{900}b'}"), ""),
    "70,000 values": (_search(f"{{Made: {_many('v%d')}}}"), ""),
    "70,000 expressions": (_search(f"{{Made|re: {_many('v%d')}}}"), "too much work"),
    "60,000 texts with wildcards": (_search(f"{{Made: {_many('*a*%d*', 60_000)}}}"), "too much work"),
    "60,000 networks": (_search(f"{{Made|cidr: {_many('::%x', 60_000)}}}"), "5000 networks"),
    "70,000 comparisons": (_search(f"{{Made|gt: {_many('%d')}}}"), "5000 networks"),
    "5,000 comparisons": (_search(f"{{Made|gt: {_many('1%d', 4_900)}}}"), ""),
    "70,000 other fields": (_search(f"{{Made|fieldref: {_many('f%d')}}}"), "1000 fields"),
    "a long chain": (CHAIN, "not loaded"),
}  # fmt: skip


@pytest.mark.parametrize("case", RULES)
def test_a_hostile_rule_spoils_no_other(case: str, tmp_path: Path) -> None:
    text, reason = RULES[case]
    events = [_event(Made=f"thing {n % 50}", x="a" * n) for n in range(1_000)]
    (tmp_path / "log.jsonl").write_text("\n".join([*events, _event(Made="a" * 100_000)]))
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a_bad.yml").write_text(text)
    (tmp_path / "rules" / "good.yml").write_text("\n---\n".join(GOOD))
    found, told = _found(tmp_path / "log.jsonl", tmp_path / "rules", tmp_path / "summary.json")
    assert found == Counter(good=20)
    reasons = [refused["reason"] for refused in told["rules"]["refused"]]
    assert any(reason in said for said in reasons) == bool(reason)
