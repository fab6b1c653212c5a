"""A program is a pure function: neither splitting nor company, threads nor the disk change it."""

from __future__ import annotations

import gc
import pickle
import random
import time
import weakref
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from stopa import detect
from stopa.detect import Program, Ticked, cache
from stopa.model.event import EventBatch, LogSource
from tests.detect.batches import batch
from tests.detect.rule_text import PROCESS, rule, rule_id

SOURCE = {"product": "stopa", "service": "test"}
TEST = LogSource("stopa", service="test")
CREATION = {"product": "windows", "category": "process_creation"}
DAY = datetime(2025, 5, 28, tzinfo=UTC)
RULES = {
    "shell": rule(
        "shell",
        CREATION,
        s={"Image|endswith": "\\cmd.exe"},
        f={"User": None},
        condition="s and not f",
    ),
    "parent": rule("parent", CREATION, s={"ParentImage|re": "(word|excel)\\.exe$"}),
    "words": rule("words", {"product": "windows"}, s=["mimi?atz", "lsadump::"]),
    "no user": rule("no user", CREATION, s={"User": None}),
    "long": rule("long", CREATION, s={"CommandLine|contains|all": ["-enc", "http"]}),
    "swap": rule("swap", CREATION, s={"Image|fieldref": "ParentImage"}),
}


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return _program(tmp_path / "rules", RULES)


def _program(folder: Path, rules: Mapping[str, str]) -> Program:
    folder.mkdir(exist_ok=True, parents=True)
    for title, text in rules.items():
        (folder / f"{title}.yml").write_text(text)
    return detect.compile(detect.load([folder]))


def _events(count: int) -> list[Mapping[str, Any]]:
    chosen = random.Random(7)  # noqa: S311 (a sample, not a secret)
    images = ["C:\\cmd.exe", "C:\\CMD.EXE", "C:\\word.exe", "C:\\excel.exe\n", "é\\cmd.exe", None]
    lines = ["a -ENC b http", "lsadump::x", "MIMIKATZ", "ümimi?atz \N{KELVIN SIGN}", "", None]
    return [
        {
            **PROCESS,
            "_event_id": chosen.choice(["1", "1", "1", "3"]),
            "Image": chosen.choice(images),
            "ParentImage": chosen.choice(images),
            "User": chosen.choice(["u", None]),
            "CommandLine": chosen.choice([*lines, f"unique {n} -enc"]),
        }
        for n in range(count)
    ]


def _found(program: Program, batches: Sequence[EventBatch]) -> list[tuple[int, str]]:
    found = [(f.where.line or 0, f.rule) for each in batches for f in program.findings(each)]
    return sorted(found)


def test_splitting_a_log_changes_no_finding(program: Program) -> None:
    events = _events(600)
    whole = batch(events, LogSource("windows"))
    table = whole.table
    cuts = [0, 1, 2, 17, 300, 599, 600]
    parts = [
        EventBatch(whole.evidence, whole.source, table.slice(a, b - a)) for a, b in pairwise(cuts)
    ]
    expected = _found(program, [whole])
    assert {rule for _, rule in expected} == {rule_id(title) for title in RULES}
    assert _found(program, parts) == expected
    assert _found(program, parts[::-1]) == expected


def test_distinct_values_and_their_numbers_are_what_they_stand_for(program: Program) -> None:
    hosts = ["PC", None, "PC"] * 100
    events = [
        {**event, "Computer": host, "_host": "PC"}
        for event, host in zip(_events(200), hosts, strict=False)
    ]
    whole = batch(events, LogSource("windows"))
    encoded = whole.table
    for place, column in enumerate(whole.table.columns):
        if pa.types.is_string(column.type):
            name = whole.table.column_names[place]
            encoded = encoded.set_column(place, name, column.dictionary_encode())
    coded = EventBatch(whole.evidence, whole.source, encoded)
    assert list(program.findings(coded)) == list(program.findings(whole))
    assert len(program.scan(whole)) > 0


def test_a_batch_that_was_searched_is_freed_at_once(program: Program) -> None:
    """Else the batches of a long log stay in memory until Python looks for rings."""
    whole = batch(_events(200), LogSource("windows"))
    kept = weakref.ref(whole.table)
    gc.disable()
    try:
        assert list(program.findings(whole))
        del whole
        assert kept() is None
    finally:
        gc.enable()


def test_a_field_called_like_the_whole_record_hides_nothing(tmp_path: Path) -> None:
    words = _program(
        tmp_path / "rules", {"words": rule("words", {"product": "windows"}, s=["mimikatz"])}
    )
    events = [{"Cmd": "run mimikatz", "*": "z" * 600} for _ in range(20)]
    assert len(words.scan(batch(events, LogSource("windows")))) == 20


@pytest.mark.parametrize("field", ["_time", "_basis", "_record", "_line", "_offset", "_length"])
def test_a_rule_cannot_ask_for_what_stopa_adds_to_an_event(field: str, tmp_path: Path) -> None:
    asked = {"there": rule("there", {"product": "windows"}, s={f"{field}|exists": True}),
             "same": rule("same", {"product": "windows"}, s={f"{field}|fieldref": field}),
             "less": rule("less", {"product": "windows"}, s={f"{field}|lt": 5})}  # fmt: skip
    program = _program(tmp_path / "rules", asked)
    whole = batch(_events(30), LogSource("windows"))
    assert not program.refusals
    assert not list(program.findings(whole))


def test_other_rules_change_no_finding(program: Program, tmp_path: Path) -> None:
    whole = [batch(_events(200), LogSource("windows"))]
    alone = [
        found
        for title, text in RULES.items()
        for found in _found(_program(tmp_path / title, {title: text}), whole)
    ]
    assert sorted(alone) == _found(program, whole)


def test_threads_and_a_pickled_copy_find_the_same(program: Program) -> None:
    parts = [batch(_events(300)[n : n + 50], LogSource("windows")) for n in range(0, 300, 50)] * 4
    expected = [_found(program, [part]) for part in parts]
    copy = pickle.loads(pickle.dumps(program))  # noqa: S301 (our own)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda part: _found(copy, [part]), parts)) == expected


def test_a_kept_program_is_the_same_and_a_spoiled_one_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "rule.yml").write_text(RULES["shell"])
    kept = tmp_path / "cache"
    first = detect.prepare([tmp_path / "rule.yml"], cache=kept)
    (file,) = kept.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    again = detect.prepare([tmp_path / "rule.yml"], cache=kept)
    assert (again.sha256, again.cards, again.image) == (first.sha256, first.cards, first.image)
    sound = file.read_bytes()
    for spoiled in (b"", sound[:-1], sound[:40], sound.replace(b"cmd", b"bmd"), b"\x80" * 100):
        file.write_bytes(spoiled)
        assert detect.prepare([tmp_path / "rule.yml"], cache=kept).sha256 == first.sha256
        assert file.read_bytes() == sound
    file.chmod(0o666)
    assert cache.read(kept, file.stem.removeprefix("rules-")) is None


def test_kept_texts_find_what_texts_compiled_anew_find(tmp_path: Path) -> None:
    words = [f"word{n}" for n in range(100)]
    (tmp_path / "rule.yml").write_text(rule("words", SOURCE, s={"f|contains": words}))
    for _ in range(2):
        program = detect.prepare([tmp_path / "rule.yml"], cache=tmp_path / "cache")
        (compiled,) = program.literals().values()
        for kept in ({}, program.literals(), dict.fromkeys(program.literals(), compiled[:99])):
            copy = Program(program.image, kept)
            log = batch([{"f": "a WORD7"}, {"f": "a word"}, {"f": "xword99x"}], TEST)
            assert copy.scan(log).rows == (0, 2)


def test_the_stamp_follows_the_rules_and_not_where_they_lie(tmp_path: Path) -> None:
    one = _program(tmp_path / "a", {"x": RULES["shell"]})
    same = _program(tmp_path / "b", {"y": RULES["shell"]})
    other = _program(tmp_path / "c", {"x": RULES["shell"].replace("cmd", "bmd")})
    assert one.sha256 == same.sha256 != other.sha256


def test_a_finding_shows_the_fields_that_made_the_rule_match(program: Program) -> None:
    event = {
        **PROCESS,
        "_host": "WS1",
        "_user": "anna",
        "Image": "C:\\CMD.exe",
        "User": "u",
        "Odd": 1,
    }
    (finding,) = program.findings(batch([event], LogSource("windows")))
    assert [(m.field, m.value, m.predicate) for m in finding.matched] == [
        ("Image", "C:\\CMD.exe", "ends with '\\\\cmd.exe'")
    ]
    assert (finding.host, finding.user, finding.where.line) == ("WS1", "anna", 1)


def test_a_program_says_which_fields_it_wants(program: Program, tmp_path: Path) -> None:
    assert program.wants_all
    narrow = _program(tmp_path / "narrow", {"shell": RULES["shell"], "swap": RULES["swap"]})
    assert not narrow.wants_all
    assert narrow.fields == {"Image", "NewProcessName", "ParentImage", "ParentProcessName", "User",
                             "SubjectUserName"}  # fmt: skip


def test_an_explanation_ticks_every_part(program: Program) -> None:
    events = batch(
        [{**PROCESS, "Image": "C:\\cmd.exe"}, {**PROCESS, "_event_id": "3"}], LogSource("windows")
    )
    (told,) = detect.explain(program, rule_id("shell"), events, 0)
    source, condition = told.parts
    assert (told.holds, source.holds, condition.holds) == (False, True, False)
    assert [(part.what, part.holds) for part in condition.parts] == [("s", True), ("not", False)]
    assert condition.parts[0].parts[0] == Ticked(
        "Image ends with '\\\\cmd.exe'", holds=True, value="C:\\cmd.exe"
    )
    assert not detect.explain(program, rule_id("shell"), events, 1)[0].parts[0].holds
    assert detect.explain(program, "unknown", events, 0) == ()


@pytest.mark.parametrize(
    "value",
    [
        "a" * 10_000_000,
        "-enc http " * 500_000,
        "x\0y",
        "\ufeff",
        "e\u0301" * 1000,
        "9" * 5000,
        "/" * 99999,
        "\N{KELVIN SIGN}" * 3_000_000,
    ],
    ids=[
        "10 MB",
        "5 MB of hits",
        "NUL",
        "mark",
        "combining",
        "digits",
        "slashes",
        "letters beyond ASCII that fold to it",
    ],
)
def test_odd_values_neither_crash_nor_hang(value: str, program: Program) -> None:
    started = time.process_time()
    list(program.findings(batch([{**PROCESS, "CommandLine": value}], LogSource("windows"))))
    assert time.process_time() - started < 5


def test_five_thousand_fields_are_only_fields(program: Program) -> None:
    event = {**PROCESS, **{f"f{n}": "mimikatz" for n in range(5000)}}
    assert program.scan(batch([event], LogSource("windows"))).rules == tuple(
        sorted([rule_id("no user"), rule_id("words")])
    )


def test_catastrophic_patterns_take_linear_time(tmp_path: Path) -> None:
    patterns = ["(a+)+$", "(a|a)*b", "(.*)*x", "a*a*a*a*a*a*c", "(x+x+)+y"]
    rules = {str(n): rule(str(n), SOURCE, s={"f|re": p}) for n, p in enumerate(patterns)}
    rules["glob"] = rule("glob", SOURCE, s={"f": "*a*a*a*a*a*a*a*b"})
    program = _program(tmp_path / "rules", rules)
    started = time.process_time()
    hits = program.scan(batch([{"f": "a" * 100_000 + "!"}], TEST))
    assert time.process_time() - started < 5
    assert hits.rules == ()


CORRELATION = f"""
title: many
id: many
correlation:
    type: event_count
    rules: [{rule_id("shell")}]
    group-by: [Image]
    timespan: 5m
    condition: {{gte: 3}}
"""


def test_correlations_see_the_fields_of_each_log_source(tmp_path: Path) -> None:
    rules = {"shell": RULES["shell"], "many": CORRELATION}
    program = _program(tmp_path / "rules", rules)
    audited = {
        "_provider": "Microsoft-Windows-Security-Auditing", "_channel": "Security",
        "_event_id": "4688", "NewProcessName": "C:\\cmd.exe", "SubjectUserName": "u",
    }  # fmt: skip
    sysmon = {**PROCESS, "Image": "C:\\cmd.exe", "User": "u"}
    events = [
        {**event, "_time": DAY + timedelta(seconds=n)}
        for n, event in enumerate([sysmon, audited, sysmon])
    ]
    events.append({**sysmon, "Image": "D:\\cmd.exe", "_time": DAY})
    log = batch(events, LogSource("windows"))
    (found,) = program.correlate(program.base_hits(log))
    assert (found.rule, len(found.members)) == ("many", 3)
    assert ("Image", "C:\\cmd.exe") in [(match.field, match.value) for match in found.matched]
    assert {"Image", "NewProcessName"} <= program.fields
