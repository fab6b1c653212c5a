"""What `stopa detect` prints, by which filters, and that processes change nothing of it."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from stopa.model.evidence import Problem
from stopa.readers import Source, Stretch, divided, readers
from tests.cli.test_commands import stopa
from tests.detect.rule_text import rule

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
    return json.dumps(json.loads(rule(title, WINDOWS, s=search)) | card)


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


@pytest.mark.parametrize("parts", [1, 2, 7, 5000])
def test_stretches_are_the_whole(log: Path, parts: int) -> None:
    reader = readers()["windows_json"]
    whole = Source("e" * 64, log, log.stat().st_size)
    stretches = divided(reader, whole, parts)
    assert stretches[0].start == 0
    assert stretches[-1].stop == log.stat().st_size
    assert all(a.stop == b.start for a, b in pairwise(stretches))
    expected = _cited(log, None)
    assert [cited for part in stretches for cited in _cited(log, part)] == expected


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
