"""The starter rules: each finds what it is for, leaves alone what looks like it, and says whose."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID

import msgspec
import pyarrow as pa
import pytest
import yaml

import stopa.detect
from stopa import knowledge
from stopa.detect import Program
from stopa.model.actor import Technique
from stopa.model.event import ENVELOPE, LENGTH, LINE, OFFSET, RECORD, TIME, EventBatch, LogSource

Value: TypeAlias = str | list[str] | None

RULES = stopa.detect.starter_rules()
SAMPLES = Path(__file__).parents[1] / "data" / "rules"
FILES = sorted(RULES.rglob("*.yml"))
STEMS = [file.stem for file in FILES]
# What other tools hold is their word: it names no technique of ours.
VERDICTS = [file for file in FILES if file.parent.name == "tools"]
PAGES = "https://attack.mitre.org/techniques/T"
ENVELOPE_KINDS = dict.fromkeys((RECORD, LINE, OFFSET, LENGTH), pa.int64()) | {
    TIME: pa.timestamp("us", tz="UTC")
}
# What the issue of the starter set names, and a technique that stands for each.
BEHAVIOURS = {
    "spear-phishing delivery": "attack.t1566.001",
    "tracking pixels": "attack.t1598.003",
    "credential access": "attack.t1003.001",
    "webshells": "attack.t1505.003",
    "programs of the system misused": "attack.t1218.011",
    "persistence": "attack.t1053.005",
    "tunnelling": "attack.t1572",
    "cloud-storage command and control": "attack.t1102.002",
    "mailbox rules": "attack.t1564.008",
    "mailbox delegation": "attack.t1098.002",
    "log clearing": "attack.t1070.001",
    "data carried away": "attack.t1567.002",
}
# What has parts and is also told as one: readers keep it as text, or it is written either way.
WHOLE = {
    "requestParameters",
    "responseElements",
    "debugContext.debugData.logOnlySecurityData",
    "data.details.request.body",
}


class Sample(msgspec.Struct, forbid_unknown_fields=True):
    """One event: what it shows, its log source, its native fields and envelope."""

    note: str
    logsource: dict[str, str]
    event: dict[str, Value]


@cache
def documents(file: Path) -> list[Mapping[str, object]]:
    """Return the rules of a file: one, or a correlation after the rules that it rests on."""
    return list(yaml.safe_load_all(file.read_text("utf-8")))


def document(file: Path) -> Mapping[str, object]:
    return documents(file)[-1]


@cache
def program() -> Program:
    return stopa.detect.compile(stopa.detect.load([RULES]))


@pytest.fixture(scope="module")
def techniques(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Technique]:
    known = knowledge.load(tmp_path_factory.mktemp("knowledge"))
    return {technique.id: technique for technique in known.techniques}


def tags(file: Path, pattern: str) -> list[str]:
    said = document(file).get("tags", [])
    assert isinstance(said, list)
    return [tag.removeprefix("attack.") for tag in said if re.fullmatch(pattern, tag)]


def samples(stem: str, name: str) -> list[Sample]:
    lines = (SAMPLES / stem / f"{name}.jsonl").read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Sample) for line in lines]


def batch(sample: Sample, number: int) -> EventBatch:
    """Return the sample as a batch whose evidence is its number, so that findings tell of it."""
    said = sample.event
    columns = {name: column(said.get(name), ENVELOPE_KINDS.get(name)) for name in ENVELOPE}
    columns |= {name: column(value) for name, value in said.items() if name not in columns}
    return EventBatch(str(number), LogSource(**sample.logsource), pa.table(columns))


def column(value: Value, kind: pa.DataType | None = None) -> pa.Array[Any]:
    texts = pa.list_(pa.string()) if isinstance(value, list) else pa.string()
    plain = pa.array([value], texts)
    return plain.cast(kind) if kind else plain


def found(stem: str, events: list[Sample]) -> set[int]:
    """Return the numbers of the samples that the rule's findings rest on."""
    rule = document(FILES[STEMS.index(stem)])["id"]
    batches = [batch(sample, number) for number, sample in enumerate(events)]
    single = [f for one in batches for f in program().findings(one)]
    bursts = program().correlate(hit for one in batches for hit in program().base_hits(one))
    mine = [finding for finding in (*single, *bursts) if finding.rule == rule]
    return {int(w.evidence) for finding in mine for w in finding.members or (finding.where,)}


@pytest.mark.parametrize("stem", STEMS)
def test_a_rule_finds_what_it_is_for(stem: str) -> None:
    events = samples(stem, "match")
    assert len(events) >= 2
    missed = set(range(len(events))) - found(stem, events)
    assert [events[number].note for number in missed] == []


@pytest.mark.parametrize("stem", STEMS)
def test_a_rule_leaves_alone_what_only_looks_like_it(stem: str) -> None:
    events = samples(stem, "clean")
    assert len(events) >= 3
    assert [events[number].note for number in found(stem, events)] == []


def test_no_rule_is_refused() -> None:
    assert program().refusals == ()
    assert set(program().cards) == {said["id"] for file in FILES for said in documents(file)}


def test_every_behaviour_of_the_starter_set_has_a_rule() -> None:
    there = {f"attack.{tag}" for file in FILES for tag in tags(file, r"attack\.t.*")}
    assert [name for name, tag in BEHAVIOURS.items() if tag not in there] == []
    assert len(FILES) >= 30


def test_samples_belong_to_rules() -> None:
    assert {folder.name for folder in SAMPLES.iterdir() if folder.is_dir()} == set(STEMS)


def test_no_two_rules_share_an_id_or_a_title() -> None:
    every = [said for file in FILES for said in documents(file)]
    for field in ("id", "title"):
        assert len({said[field] for said in every}) == len(every)


def test_no_rule_reads_as_text_what_a_log_breaks_into_parts() -> None:
    asked: dict[str, set[str]] = defaultdict(set)
    for file in FILES:
        for said in documents(file):
            asked[str(said.get("logsource"))] |= set(fields(said.get("detection")))
    for names in asked.values():
        parts = {name.rpartition(".")[0] for name in names}
        assert parts & names <= WHOLE


def fields(said: object) -> Iterator[str]:
    """Yield the fields that a detection names, whatever it is nested in."""
    if isinstance(said, dict):
        for name, inner in said.items():
            yield str(name).partition("|")[0]
            yield from fields(inner)
    elif isinstance(said, list):
        for inner in said:
            yield from fields(inner)


@pytest.mark.parametrize("file", FILES, ids=STEMS)
def test_a_rule_is_named_after_its_title(file: Path) -> None:
    title = str(document(file)["title"])
    assert file.stem == re.sub(r"[^a-z0-9]+", "_", title.lower())
    assert len(title) <= 70


@pytest.mark.parametrize("file", FILES, ids=STEMS)
def test_a_rule_says_whose_it_is_and_what_it_means(file: Path) -> None:
    for said in documents(file):
        assert UUID(str(said["id"])).version == 4
        assert said["author"] == "stopa contributors"
        assert said["license"] == "Apache-2.0"
        assert said["status"] in {"experimental", "test", "stable"}
        assert str(said["description"]).strip().endswith(".")
        assert said["falsepositives"]
        references = said["references"]
        assert isinstance(references, list)
        assert all(r.startswith(PAGES) or file in VERDICTS for r in references)
    assert document(file)["level"] in {"low", "medium", "high"}


@pytest.mark.parametrize("file", FILES, ids=STEMS)
def test_a_rules_tactics_are_those_of_its_techniques(
    file: Path, techniques: Mapping[str, Technique]
) -> None:
    if file in VERDICTS:
        assert "tags" not in document(file)
        return
    named = [techniques[tag.upper()] for tag in tags(file, r"attack\.t[\d.]+")]
    tactics = set(tags(file, r"attack\.[a-su-z][a-z-]+"))
    assert named
    assert tactics
    for technique in named:
        assert tactics & set(technique.tactics), technique
    assert tactics <= {tactic for technique in named for tactic in technique.tactics}
