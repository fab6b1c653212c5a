"""The exercise is written the same each time; its true trail is found, its false ones are not."""

from __future__ import annotations

import hashlib
import lzma
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address, ip_network
from pathlib import Path

import msgspec
import pytest

import stopa.detect
from stopa.detect import Program
from stopa.model.event import EventBatch
from stopa.model.evidence import Problem, Where
from stopa.readers import HEAD, Source, recognise

EXERCISE = Path(__file__).parents[1] / "examples" / "exercise"
EVIDENCE = EXERCISE / "evidence"
NAMES = sorted(p.relative_to(EVIDENCE).as_posix() for p in EVIDENCE.rglob("*") if p.is_file())
README = (EXERCISE / "README.md").read_text("utf-8")
ADDRESS = r"(?<![\d./])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"
RESERVED = ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "10.0.0.0/8", "127.0.0.0/8")
LIMIT = 3 * 2**20  # bytes that the evidence may take in the repository


class Expected(msgspec.Struct):
    """Findings of one rule in one evidence file, on events whose text holds all these words."""

    evidence: str
    rule: str
    count: int
    holds: list[str]


class MustNot(msgspec.Struct):
    """Events that no finding may rest on."""

    trail: str
    evidence: str
    holds: str
    why: str


class Disagreement(msgspec.Struct):
    """What the texts say differently: (text, words)."""

    slot: str
    positions: list[tuple[str, str]]


class Book(msgspec.Struct):
    """What a tool should make of the exercise."""

    notice: str
    findings: list[Expected]
    noise: list[Expected]
    must_not: list[MustNot]
    disagreements: list[Disagreement]


@dataclass(frozen=True)
class Outcome:
    """What became of one evidence file: how it was read, what was found in it."""

    reader: str
    events: int
    problems: list[Problem]
    findings: list[tuple[str, str]]  # title of the rule, text of the event


BOOK = msgspec.json.decode((EXERCISE / "expected.json").read_bytes(), type=Book)
EXPECTED = [*BOOK.findings, *BOOK.noise]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    folder = tmp_path_factory.mktemp("exercise")
    program = stopa.detect.prepare([stopa.detect.starter_rules()], cache=None)
    return {name: outcome(name, folder, program) for name in NAMES}


def outcome(name: str, folder: Path, program: Program) -> Outcome:
    raw = body(EVIDENCE / name)
    path = folder / hashlib.sha256(raw).hexdigest()
    path.write_bytes(raw)
    (reader,) = recognise(raw[:HEAD])
    found = list(reader.read(Source(path.name, path, len(raw))))
    batches = [item for item in found if isinstance(item, EventBatch)]
    findings = [finding for batch in batches for finding in program.findings(batch)]
    findings += program.correlate(hit for batch in batches for hit in program.base_hits(batch))
    return Outcome(
        reader=reader.name,
        events=sum(batch.table.num_rows for batch in batches),
        problems=[item for item in found if isinstance(item, Problem)],
        findings=[(program.cards[f.rule].title, cited(raw, name, f.where)) for f in findings],
    )


@cache
def body(path: Path) -> bytes:
    raw = path.read_bytes()
    return lzma.decompress(raw) if path.suffix == ".xz" else raw


def cited(raw: bytes, name: str, where: Where) -> str:
    """Return the event that a finding cites; of a letter all of it, bodies included."""
    if name.startswith("mail/"):
        return raw.decode()
    assert where.offset is not None
    assert where.length
    return raw[where.offset : where.offset + where.length].decode()


def explained(outcome: Outcome, expected: Expected) -> list[str]:
    return [
        event
        for rule, event in outcome.findings
        if rule == expected.rule and all(word in event for word in expected.holds)
    ]


def test_the_evidence_is_written_the_same_each_time(tmp_path: Path) -> None:
    subprocess.run(  # noqa: S603 -- our own script
        [sys.executable, EXERCISE / "generate.py", tmp_path], check=True, timeout=1_200
    )
    written = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file())
    assert written == NAMES
    assert [name for name in NAMES if body(tmp_path / name) != body(EVIDENCE / name)] == []


def test_everything_is_marked_as_an_exercise_and_small() -> None:
    for name in NAMES:
        assert "exercise" in name.rsplit("/", 1)[-1]
        assert b"EXERCISE" in body(EVIDENCE / name)[:4096]
    assert sum((EVIDENCE / name).stat().st_size for name in NAMES) < LIMIT


def test_nobody_real_is_meant() -> None:
    """Names under reserved domains, addresses of documentation; few real services by name."""
    text = "\n".join(body(EVIDENCE / name).decode() for name in NAMES)
    hosts = set(
        re.findall(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|gov|info|io|eu)\b", text)
    )
    assert hosts == {"graph.microsoft.com", "outlook.office365.com"}
    addresses = {ip_address(found) for found in re.findall(ADDRESS, text)}
    allowed = [ip_network(net) for net in RESERVED]
    assert [a for a in addresses if not any(a in net for net in allowed)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_file_is_read_without_a_problem(name: str, outcomes: dict[str, Outcome]) -> None:
    assert outcomes[name].problems == []
    if not name.startswith("reports/"):
        assert outcomes[name].events > 0


def test_there_are_as_many_events_as_the_readme_says(outcomes: dict[str, Outcome]) -> None:
    counts: Counter[str] = Counter()
    for name, one in outcomes.items():
        counts[name.split("/")[0]] += one.events
    table = re.findall(r"^\| `(\w+)/` \| .* \| ([\d ]+) \|$", README, re.M)
    said = {folder: int(number.replace(" ", "")) for folder, number in table}
    assert said == {folder: count for folder, count in counts.items() if count}
    assert 15_000 <= sum(said.values()) <= 40_000


def test_the_collector_stood_still_while_the_proxy_wrote() -> None:
    silent = [f"2024-08-{day:02}" for day in range(1, 18)]
    for name in NAMES:
        there = [day for day in silent if day in body(EVIDENCE / name).decode()]
        assert there == [] if name.startswith("windows/") else there or "proxy" not in name


@pytest.mark.parametrize("step", EXPECTED, ids=lambda e: f"{e.evidence}: {e.rule}: {e.holds}")
def test_the_true_trail_is_found(step: Expected, outcomes: dict[str, Outcome]) -> None:
    assert len(explained(outcomes[step.evidence], step)) == step.count


def test_nothing_else_is_found(outcomes: dict[str, Outcome]) -> None:
    found = Counter((name, rule) for name, one in outcomes.items() for rule, _ in one.findings)
    expected: Counter[tuple[str, str]] = Counter()
    for step in EXPECTED:
        expected[step.evidence, step.rule] += step.count
    assert found == expected


@pytest.mark.parametrize("trap", BOOK.must_not, ids=lambda t: f"{t.evidence}: {t.holds}")
def test_no_finding_rests_on_a_false_trail(trap: MustNot, outcomes: dict[str, Outcome]) -> None:
    assert trap.holds in body(EVIDENCE / trap.evidence).decode()
    assert [rule for rule, event in outcomes[trap.evidence].findings if trap.holds in event] == []


@pytest.mark.parametrize("point", BOOK.disagreements, ids=lambda d: d.slot)
def test_the_texts_disagree_where_the_book_says(point: Disagreement) -> None:
    assert len({text for text, _ in point.positions}) >= 2
    for text, words in point.positions:
        assert words in body(EVIDENCE / text).decode()
