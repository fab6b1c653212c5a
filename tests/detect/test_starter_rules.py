"""The starter rules: each finds what it is for, leaves alone what looks like it, and says whose."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
from stopa.detect.compiler import image
from stopa.detect.program import Program
from stopa.detect.rules import load
from stopa.model.actor import Technique
from stopa.model.event import ENVELOPE, LENGTH, LINE, OFFSET, RECORD, TIME, EventBatch, LogSource

Value: TypeAlias = str | list[str] | None

RULES = Path(stopa.detect.__file__).parent / "rules"
SAMPLES = Path(__file__).parents[1] / "data" / "rules"
FILES = sorted(RULES.rglob("*.yml"))
STEMS = [file.stem for file in FILES]
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


class Sample(msgspec.Struct, forbid_unknown_fields=True):
    """One event: what it shows, its log source, its native fields and envelope."""

    note: str
    logsource: dict[str, str]
    event: dict[str, Value]


@cache
def document(file: Path) -> Mapping[str, object]:
    documents = list(yaml.safe_load_all(file.read_text("utf-8")))
    last = documents[-1]
    assert isinstance(last, dict)
    return last


@cache
def program() -> Program:
    return Program(image(load([RULES])))


@pytest.fixture(scope="module")
def techniques(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Technique]:
    known = knowledge.load(tmp_path_factory.mktemp("knowledge"))
    return {technique.id: technique for technique in known.techniques}


def tags(file: Path, pattern: str) -> list[str]:
    said = document(file)["tags"]
    assert isinstance(said, list)
    return [tag.removeprefix("attack.") for tag in said if re.fullmatch(pattern, tag)]


def samples(stem: str, name: str) -> list[Sample]:
    lines = (SAMPLES / stem / f"{name}.jsonl").read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Sample) for line in lines]


def batch(sample: Sample) -> EventBatch:
    said = sample.event
    columns = {name: column(said.get(name), ENVELOPE_KINDS.get(name)) for name in ENVELOPE}
    columns |= {name: column(value) for name, value in said.items() if name not in columns}
    return EventBatch("0" * 64, LogSource(**sample.logsource), pa.table(columns))


def column(value: Value, kind: pa.DataType | None = None) -> pa.Array[Any]:
    texts = pa.list_(pa.string()) if isinstance(value, list) else pa.string()
    return pa.array([value], kind or texts)


def found(stem: str, sample: Sample) -> bool:
    rule = document(FILES[STEMS.index(stem)])["id"]
    return rule in program().scan(batch(sample)).rules


@pytest.mark.parametrize("stem", STEMS)
def test_a_rule_finds_what_it_is_for(stem: str) -> None:
    events = samples(stem, "match")
    assert len(events) >= 2
    assert [event.note for event in events if not found(stem, event)] == []


@pytest.mark.parametrize("stem", STEMS)
def test_a_rule_leaves_alone_what_only_looks_like_it(stem: str) -> None:
    events = samples(stem, "clean")
    assert len(events) >= 3
    assert [event.note for event in events if found(stem, event)] == []


def test_no_rule_is_refused() -> None:
    assert program().refusals == ()
    assert set(program().cards) == {document(file)["id"] for file in FILES}


def test_every_behaviour_of_the_starter_set_has_a_rule() -> None:
    there = {f"attack.{tag}" for file in FILES for tag in tags(file, r"attack\.t.*")}
    assert [name for name, tag in BEHAVIOURS.items() if tag not in there] == []
    assert len(FILES) >= 30


def test_samples_belong_to_rules() -> None:
    assert {folder.name for folder in SAMPLES.iterdir() if folder.is_dir()} == set(STEMS)


def test_no_two_rules_share_an_id_or_a_title() -> None:
    for field in ("id", "title"):
        assert len({document(file)[field] for file in FILES}) == len(FILES)


@pytest.mark.parametrize("file", FILES, ids=STEMS)
def test_a_rule_is_named_after_its_title(file: Path) -> None:
    title = str(document(file)["title"])
    assert file.stem == re.sub(r"[^a-z0-9]+", "_", title.lower())
    assert len(title) <= 70


@pytest.mark.parametrize("file", FILES, ids=STEMS)
def test_a_rule_says_whose_it_is_and_what_it_means(file: Path) -> None:
    said = document(file)
    assert UUID(str(said["id"])).version == 4
    assert said["author"] == "stopa contributors"
    assert said["license"] == "Apache-2.0"
    assert said["status"] in {"experimental", "test", "stable"}
    assert said["level"] in {"low", "medium", "high"}
    assert str(said["description"]).strip().endswith(".")
    assert said["falsepositives"]
    references = said["references"]
    assert isinstance(references, list)
    assert all(r.startswith("https://attack.mitre.org/techniques/T") for r in references)


@pytest.mark.parametrize("file", FILES, ids=STEMS)
def test_a_rules_tactics_are_those_of_its_techniques(
    file: Path, techniques: Mapping[str, Technique]
) -> None:
    named = [techniques[tag.upper()] for tag in tags(file, r"attack\.t[\d.]+")]
    tactics = set(tags(file, r"attack\.[a-su-z][a-z-]+"))
    assert named
    assert tactics
    for technique in named:
        assert tactics & set(technique.tactics), technique
    assert tactics <= {tactic for technique in named for tactic in technique.tactics}
