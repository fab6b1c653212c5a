"""What `stopa detect` prints, by which filters, and that processes change nothing of it."""

import csv
import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import Result

from stopa.case import hashing, hunt
from stopa.model.evidence import Problem
from stopa.readers import Source, Stretch, divided, readers
from tests.cli.test_commands import stopa
from tests.detect.rule_text import rule, rule_id
from tests.readers.found import stretches_of

FORMATS = ("jsonl", "csv", "timesketch", "table")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WINDOWS = {"product": "windows"}
EVENTS = 600
PLACES = ("_line", "_offset", "_length")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(f"{json.dumps(_event(n))}\n" for n in range(EVENTS)) + "not JSON\n")
    return path


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    made = [
        _rule("all", {"Made": "thing*"}, level="low", status="stable", tags=["attack.t1059"]),
        _rule("some", {"Made": "thing 7"}, level="high", status="test", tags=["attack.T1003"]),
        _rule("word", ["kiwikiwi"], level="critical", status="test", tags=[]),
        _rule("mine", {"Made|expand": "%mine%"}, level="medium", status="test", tags=[]),
    ]
    path = tmp_path / "rules.yml"
    path.write_text("\n---\n".join(made))
    return path


def _event(n: int) -> dict[str, Any]:
    head = {"EventID": n % 5, "Channel": "C", "SourceName": "S", "Hostname": "PC1"}
    time = f"2025-05-{1 + n % 28:02}T10:00:00Z"
    word = {"Other": f"a kiwiKIWI {n}"} if n % 100 == 0 else {}
    return {**head, "@timestamp": time, "Made": f"thing {n % 50}", **word}


def _rule(title: str, search: object, **card: Any) -> str:
    whose = {"author": "Ann", "license": "MIT", "related": [{"id": "1-2-3", "type": "obsolete"}]}
    return json.dumps(json.loads(rule(title, WINDOWS, s=search)) | whose | card)


def _titles(log: Path, rules: Path, *words: object) -> dict[str, int]:
    result = stopa("detect", log, "--rules", rules, "--format", "jsonl", "--quiet", *words)
    assert result.exception is None, result.exception
    found: dict[str, int] = {}
    for line in result.stdout.splitlines():
        title = json.loads(line)["rule"]["title"]
        found[title] = found.get(title, 0) + 1
    return found


CASES: list[tuple[tuple[str, ...], dict[str, int]]] = [
    ((), {"all": 600, "some": 12, "word": 6}),
    (("--level", "medium"), {"some": 12, "word": 6}),
    (("--level", "critical"), {"word": 6}),
    (("--status", "stable"), {"all": 600}),
    (("--status", "stable", "--status", "test"), {"all": 600, "some": 12, "word": 6}),
    (("--tag", "attack.t1003"), {"some": 12}),
    (("--tag", "attack.t9999"), {}),
    (("--since", "2025-05-28", "--tag", "attack.t1059"), {"all": 21}),
    (("--until", "2025-05-01T10:00:00"), {}),
    (("--since", "2025-05-01", "--until", "2025-05-02", "--tag", "attack.T1059"), {"all": 22}),
]


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_filters_leave_out_what_is_not_wanted(
    log: Path, rules: Path, words: tuple[str, ...], expected: dict[str, int]
) -> None:
    assert _titles(log, rules, *words) == expected


def test_each_format_says_whose_rule_it_is_and_when(log: Path, rules: Path) -> None:
    words = ("detect", log, "--rules", rules, "--quiet", "--level", "high", "--until", "2025-05-08")
    shown = {form: stopa(*words, "--format", form).stdout.splitlines() for form in FORMATS}
    found = [json.loads(line) for line in shown["jsonl"]]
    assert {line["rule"]["author"] for line in found} == {"Ann"}
    assert {frozenset(line) for line in found} == {
        frozenset(("rule", "evidence", "where", "time", "host", "matched"))
    }
    head, *rows = csv.DictReader(shown["csv"]).fieldnames or (), *csv.DictReader(shown["csv"])
    assert "license" in head
    assert [row["rule_id"] for row in rows] == [line["rule"]["id"] for line in found]
    assert {(row["author"], row["license"]) for row in rows} == {("Ann", "MIT")}
    lines = [json.loads(line) for line in shown["timesketch"]]
    assert [line["datetime"] for line in lines] == [line["time"] for line in found]
    moments = [datetime.fromisoformat(line["datetime"]) for line in lines]
    assert [line["timestamp"] for line in lines] == [
        (moment - EPOCH) // timedelta(microseconds=1) for moment in moments
    ]
    assert {(line["rule_author"], line["rule_license"]) for line in lines} == {("Ann", "MIT")}
    assert sum("(by Ann)" in line for line in shown["table"]) == len(found) > 0


def test_refused_rules_are_told_and_do_not_change_the_exit_code(log: Path, tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_text(json.dumps(_event(1)) + "\n")
    bad = rule("bad", WINDOWS, s={"Made|re": "(?=x)"})
    (tmp_path / "rules.yml").write_text(f"{bad}\n---\n{rule('good', WINDOWS, s={'Made': '*'})}")
    words = ("detect", tmp_path / "log.jsonl", "--rules", tmp_path / "rules.yml")
    told = stopa(*words, "--summary", tmp_path / "summary.json")
    assert told.return_value == 0
    assert "1 loaded, 1 refused" in told.stderr
    assert stopa(*words, "--quiet").stderr == ""
    (refused,) = json.loads((tmp_path / "summary.json").read_bytes())["rules"]["refused"]
    assert refused == {
        "id": rule_id("bad"),
        "file": "rules.yml",
        "line": 1,
        "reason": "regular expression that cannot be evaluated: invalid perl operator: (?=",
    }
    checked = stopa("rules", "check", tmp_path / "rules.yml")
    assert checked.return_value == 3
    assert f"rules.yml:1  {rule_id('bad')}  regular" in checked.stdout


def test_rules_are_listed_by_gravity_and_shown_with_what_they_are_to_others(rules: Path) -> None:
    def listed(*words: str) -> list[str]:
        return [
            card["title"]
            for card in json.loads(stopa("rules", "list", rules, "--json", *words).stdout)
        ]

    assert listed() == ["word", "some", "all"]
    assert listed("--level", "high") == ["word", "some"]
    assert listed("--status", "Stable") == ["all"]
    assert listed("--tag", "Attack.t1003") == ["some"]
    shown = stopa("rules", "show", rule_id("some"), rules)
    assert "related     obsolete 1-2-3" in shown.stdout
    assert "license     MIT" in shown.stdout
    card = json.loads(stopa("rules", "show", rule_id("some"), rules, "--json").stdout)
    assert (card["related"], card["techniques"]) == (["obsolete 1-2-3"], ["T1003"])


def test_placeholders_and_pipelines_change_what_rules_ask(
    log: Path, rules: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine.yml").write_text("mine: [thing 3, thing 4]\n")
    assert _titles(log, rules, "--placeholders", tmp_path / "mine.yml")["mine"] == 24
    pipeline = tmp_path / "pipeline.yml"
    change = {"type": "field_name_mapping", "mapping": {"Made": "Absent"}}
    pipeline.write_text(json.dumps({"name": "p", "priority": 1, "transformations": [change]}))
    assert _titles(log, rules, "--pipeline", pipeline) == {"word": 6}


def test_processes_change_nothing(log: Path, rules: Path, tmp_path: Path) -> None:
    words = ("detect", log, log, "--rules", rules, "--format", "jsonl", "--quiet")
    one, two = (stopa(*words, "--jobs", jobs, "--summary", tmp_path / str(jobs)) for jobs in (1, 2))
    assert one.stdout == two.stdout
    assert one.return_value == two.return_value == 3
    told = [json.loads((tmp_path / str(jobs)).read_bytes()) for jobs in (1, 2)]
    seconds = [summary.pop("seconds") for summary in told]
    assert told[0] == told[1]
    assert told[0]["events"] == 2 * EVENTS
    assert sum(told[0]["by_rule"].values()) == told[0]["findings"] == 2 * 618
    assert all(set(some) == {"read", "match", "write", "total"} for some in seconds)


def test_an_hour_that_comes_twice_is_told_alike_by_any_number_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashing, "LARGE", 100)
    clocks = [f"02:{minute:02}" for minute in (*range(10, 60), *range(10, 60))]
    lines = [f"2025-10-26 {clock}:00 1tXxYz-0000Dq-8i Completed\n" for clock in clocks]
    (tmp_path / "mainlog").write_text("".join(lines))
    (tmp_path / "rule.yml").write_text(
        f"title: done\nid: {rule_id('done')}\nlogsource: {{product: linux}}\n"
        "detection: {s: {message|contains: Completed}, condition: s}\nlevel: low\n"
    )
    words = ["detect", tmp_path / "mainlog", "--rules", tmp_path / "rule.yml", "--quiet"]
    words += ["--zone", "Europe/Prague", "--format", "csv"]
    one, two = (stopa(*words, "--jobs", jobs).stdout for jobs in (1, 2))
    assert one == two
    rows = one.splitlines()
    assert len(rows) == 1 + len(clocks)
    assert rows[-1].startswith('"2025-10-26T01:59:00')
    assert rows[-1].endswith('in an hour that comes twice"')


def test_rules_that_ask_for_no_time_see_the_hour_that_comes_twice_all_the_same(
    tmp_path: Path,
) -> None:
    event = {"EventID": 4688, "Channel": "Security", "Computer": "h"}
    event |= {
        "Provider_Name": "Microsoft-Windows-Security-Auditing",
        "NewProcessName": "C:\\evil.exe",
    }
    clocks = ("01:30", "02:10", "02:50", "02:05", "02:45", "03:10")
    lines = [json.dumps(event | {"@timestamp": f"2025-10-26T{clock}:00"}) for clock in clocks]
    (tmp_path / "log.json").write_text("\n".join(lines) + "\n")
    (tmp_path / "rule.yml").write_text(
        f"title: evil\nid: {rule_id('evil')}\nlogsource: {{product: windows, service: security}}\n"
        "detection: {s: {NewProcessName|endswith: evil.exe}, condition: s}\nlevel: low\n"
    )
    words = ["detect", tmp_path / "log.json", "--rules", tmp_path / "rule.yml", "--quiet"]
    found = stopa(*words, "--zone", "Europe/Prague", "--format", "jsonl").stdout.splitlines()
    hours = [json.loads(line)["time"][11:16] for line in found]
    assert hours == ["23:30", "00:10", "00:50", "01:05", "01:45", "02:10"]


@pytest.mark.parametrize("parts", [1, 2, 7, 5000])
def test_stretches_are_the_whole(log: Path, parts: int) -> None:
    reader = readers()["windows_json"]
    whole = Source("e" * 64, log, log.stat().st_size)
    stretches = stretches_of(reader, whole, parts)
    assert stretches[0].start == 0
    assert stretches[-1].stop == log.stat().st_size
    assert all(a.stop == b.start for a, b in pairwise(stretches))
    expected = _cited(log, None)
    assert [cited for part in stretches for cited in _cited(log, part)] == expected


def test_the_hash_of_a_large_log_and_its_lines_may_be_told_later(
    log: Path, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashing, "LARGE", 10_000)
    monkeypatch.setattr(hunt, "STRETCH", 10_000)
    joined = {"type": "event_count", "rules": [rule_id("all")], "timespan": "30d"}
    counts = {
        "title": "many",
        "id": rule_id("many"),
        "correlation": joined | {"condition": {"gte": 99}},
    }
    (tmp_path / "many.yml").write_text(rules.read_text() + "\n---\n" + json.dumps(counts))
    archive = tmp_path / "log.zip"
    with ZipFile(archive, "w") as packed:
        packed.write(log)
        packed.writestr("cut", "x" * 99)
    words = ("detect", log, archive, log, "--rules", tmp_path / "many.yml", "--format", "jsonl")
    told = [
        stopa(*words, "--quiet", "--jobs", jobs, "--summary", tmp_path / jobs)
        for jobs in ("1", "2")
    ]
    assert told[0].stdout == told[1].stdout
    assert '"line":558' in told[0].stdout
    one, two = (json.loads((tmp_path / jobs).read_bytes()) for jobs in ("1", "2"))
    assert one | {"seconds": None} == two | {"seconds": None}
    assert one["by_rule"][rule_id("many")] == 1


@pytest.mark.parametrize("content", [b'[{"EventID": 1}]', b"\xff\xfe{\0}\0\n\0", b"plain\n" * 99])
def test_what_has_no_events_on_lines_of_their_own_is_not_divided(
    content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "log"
    path.write_bytes(content)
    source = Source("e" * 64, path, len(content))
    assert divided(readers()["windows_json"], source, 2) == []
    assert divided(readers()["evtx"], source, 2) == []


def _cited(log: Path, stretch: Stretch | None) -> list[tuple[Any, ...]]:
    source = Source("e" * 64, log, log.stat().st_size, stretch=stretch)
    cited: list[tuple[Any, ...]] = []
    for found in readers()["windows_json"].read(source):
        if isinstance(found, Problem):
            cited.append((found.where.line, found.where.offset, found.where.length))
        else:
            table = found.table  # type: ignore[union-attr]
            cited += zip(*(table[n].to_pylist() for n in PLACES), strict=True)
    return sorted(cited)


def test_a_rule_is_explained_on_an_event_that_it_misses(
    log: Path, rules: Path, tmp_path: Path
) -> None:
    words = ("investigate", log, "--rules", rules, "-o", tmp_path / "case", "--quiet")
    assert stopa(*words).exception is None

    def told(place: str, *more: str) -> Result:
        wanted = ("explain", tmp_path / "case", rule_id("some"), "--rules", rules, "--event", place)
        return stopa(*wanted, *more)

    hit, missed = told("log.jsonl line=8").stdout, told("log.jsonl line=9 offset=1").stdout
    assert "\u2713 Made is 'thing 7'  (thing 7)" in hit
    assert "\u2717 Made is 'thing 7'" in missed
    assert "\u2713 log source" in missed
    assert json.loads(told("log.jsonl line=9", "--json").stdout)[0]["holds"] is False
    for place in ("log.jsonl", "log.jsonl line=9999", "other.jsonl line=1"):
        assert getattr(told(place).exception, "hint", "")
