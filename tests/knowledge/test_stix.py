"""What the import of MITRE's bundle promises."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from stopa.errors import KnowledgeError
from stopa.knowledge import import_stix, load
from stopa.knowledge.stix import read
from tests.shared import SHARED, needs_shared

BUNDLE = SHARED / "data" / "attack" / "enterprise-attack-18.1.stix21.json.gz"
CITATIONS = SHARED / "evals" / "attribution" / "citations.json"


def _reference(id_: str) -> list[dict[str, str]]:
    return [{"source_name": "mitre-attack", "external_id": id_}]


# Written for this test: one actor, one technique, one malware, one campaign, one revoked actor.
SMALL = {
    "type": "bundle",
    "objects": [
        {"type": "intrusion-set", "id": "i-1", "name": "Paper Crane", "aliases": ["Origami"],
         "description": "Paper Crane is a Ruritanian group.",
         "external_references": _reference("G9001")},
        {"type": "intrusion-set", "id": "i-2", "name": "Gone", "revoked": True,
         "external_references": _reference("G9002")},
        {"type": "attack-pattern", "id": "a-1", "name": "Phishing",
         "kill_chain_phases": [{"kill_chain_name": "mitre-attack", "phase_name": "initial-access"}],
         "external_references": _reference("T1566")},
        {"type": "malware", "id": "m-1", "name": "Foldware", "x_mitre_aliases": ["Foldware"],
         "external_references": _reference("S9001")},
        {"type": "campaign", "id": "c-1", "name": "Long Sheet",
         "first_seen": "2021-02-03T00:00:00Z", "last_seen": "2021-05-06T00:00:00Z",
         "external_references": _reference("C9001")},
        {"type": "relationship", "id": "r-1", "relationship_type": "uses", "source_ref": "i-1",
         "target_ref": "a-1", "description": "(Citation: Desk 2021)",
         "external_references": [{"source_name": "Desk 2021",
                                  "description": "Desk, A. (2021, March 4). Cranes."}]},
        {"type": "relationship", "id": "r-2", "relationship_type": "uses", "source_ref": "c-1",
         "target_ref": "m-1", "description": "(Citation: Undated)"},
        {"type": "relationship", "id": "r-3", "relationship_type": "attributed-to",
         "source_ref": "c-1", "target_ref": "i-1"},
    ],
}  # fmt: skip


def test_uses_keep_the_reports_they_are_cited_to() -> None:
    record = read(json.dumps(SMALL).encode())
    assert [a.id for a in record.actors] == ["G9001"]
    assert {p.owner: [(u.item, u.citations) for u in p.uses] for p in record.profiles} == {
        "C9001": [("S9001", ("Undated",))],
        "G9001": [("T1566", ("Desk 2021",))],
    }
    dates = {c.name: c.date.edtf if c.date else None for c in record.citations}
    assert dates == {"Desk 2021": "2021-03-04", "Undated": None}
    assert [(c.seen.edtf if c.seen else "", c.actors) for c in record.campaigns] == [
        ("2021-02-03/2021-05-06", ("G9001",))
    ]


def test_an_import_takes_the_place_of_the_packaged_attack(tmp_path: Path) -> None:
    bundle = tmp_path / "small.json.gz"
    bundle.write_bytes(gzip.compress(json.dumps(SMALL).encode()))
    before = load(tmp_path).stamp
    stamp = import_stix(bundle, tmp_path)
    knowledge = load(tmp_path)
    assert knowledge.stamp != before
    assert stamp.sha256 != knowledge.stamp.sha256, "the other sources are part of the stamp"
    assert [a.id for a in knowledge.actors_named("Origami")] == ["G9001"]
    assert knowledge.actor("G0128") is None, "MITRE's packaged entry is gone"
    assert {a.source for a in knowledge.actors_named("APT31")} >= {"MISP", "Microsoft"}
    profile = knowledge.profile("G9001")
    assert profile is not None
    assert profile.uses[0].citations == ("Desk 2021",)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x1f\x8b\x08damaged",
        b"not json",
        b"[]",
        b'{"objects": []}',
        b'{"objects": 3}',
        b"\xff",
    ],
)
def test_what_is_no_bundle_is_said_to_be_none(tmp_path: Path, body: bytes) -> None:
    bundle = tmp_path / "bundle.json"
    bundle.write_bytes(body)
    with pytest.raises(KnowledgeError) as error:
        import_stix(bundle, tmp_path)
    assert error.value.hint
    assert not (tmp_path / "attack.knowledge").exists()


def test_a_missing_bundle_is_a_plain_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError):
        import_stix(tmp_path / "nowhere.json", tmp_path)


@needs_shared
def test_the_real_bundle_gives_the_citations_of_the_measure() -> None:
    record = read(gzip.decompress(BUNDLE.read_bytes()))
    gold = json.loads(CITATIONS.read_text())
    mine = {p.owner: {u.item: set(u.citations) for u in p.uses} for p in record.profiles}
    assert {c.id for c in record.campaigns} == set(gold["campaigns"])
    missing = 0
    total = 0
    for group, entry in gold["groups"].items():
        for item, cited in entry["uses"]:
            total += len(cited)
            missing += len(set(cited) - mine.get(group, {}).get(item, set()))
    assert missing / total < 0.001
    assert sum(not c.actors for c in record.campaigns) == 28
    public = {s.id for s in record.software if s.public}
    assert {"S0154", "S0002"} <= public, (
        "Cobalt Strike, which ATT&CK files as malware, and Mimikatz"
    )
    assert "S0596" not in public
