from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from stix2validator import ValidationOptions, validate_string

from stopa.dossier.exports.stix import write
from stopa.model.dossier import Dossier
from stopa.model.evidence import Tlp
from tests.dossier.cases import CASES
from tests.dossier.hostile import PORTIONS, hostile
from tests.dossier.sample import sample, without_technical_evidence

OPTIONS = ValidationOptions(version="2.1")
PLAIN = ("bundle", "marking-definition")


def objects(dossier: Dossier) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(write(dossier))["objects"]
    return found


def of(kind: str, dossier: Dossier) -> list[dict[str, Any]]:
    return [one for one in objects(dossier) if one["type"] == kind]


@CASES
def test_oasis_validator_accepts_it_without_a_warning(dossier: Dossier) -> None:
    told = validate_string(write(dossier).decode(), OPTIONS)
    assert told.is_valid
    assert [str(warning) for warning in told.warnings] == []


def test_oasis_validator_refuses_what_is_wrong() -> None:
    broken = json.loads(write(sample()))
    campaign = next(one for one in broken["objects"] if one["type"] == "campaign")
    del campaign["name"]
    assert not validate_string(json.dumps(broken), OPTIONS).is_valid


@pytest.mark.parametrize("portion", range(len(PORTIONS)))
def test_hostile_text_leaves_it_valid(portion: int) -> None:
    told = validate_string(write(hostile(sample(), portion)).decode(), OPTIONS)
    assert told.is_valid, [str(error) for error in told.errors]


@CASES
def test_no_reference_dangles_and_every_object_is_marked(dossier: Dossier) -> None:
    made = objects(dossier)
    ids = {one["id"] for one in made}
    assert len(ids) == len(made)
    for one in made:
        refs = [value for key, value in one.items() if key.endswith("_ref")]
        refs += [ref for key, value in one.items() if key.endswith("_refs") for ref in value]
        assert set(refs) <= ids
        if one["type"] not in PLAIN:
            assert one["object_marking_refs"]
            assert one["type"] == "identity" or one["created_by_ref"] in ids


def test_attribution_is_written_for_the_verdicts_actor_alone() -> None:
    told = [r for r in of("relationship", sample()) if r["relationship_type"] == "attributed-to"]
    assert len(told) == 1
    names = {one["id"]: one["name"] for one in of("intrusion-set", sample())}
    assert names[told[0]["target_ref"]] == "Glass Heron"
    assert told[0]["confidence"] == 70


def test_without_a_verdict_nothing_is_attributed_and_the_claim_is_a_note() -> None:
    dossier = without_technical_evidence()
    relations = {one["relationship_type"] for one in of("relationship", dossier)}
    assert "attributed-to" not in relations
    claims = [note for note in of("note", dossier) if note["abstract"].startswith("Attribution cl")]
    assert claims[0]["authors"] == ["Government of Velden", "Institute for Northern Security"]
    assert "2 source roots" in claims[0]["content"]
    denial = [one for one in of("opinion", dossier) if one["opinion"] == "strongly-disagree"]
    assert denial[0]["authors"] == ["Embassy of the Karst Federation"]
    assert denial[0]["object_refs"] == [claims[0]["id"]]


@pytest.mark.parametrize("tlp", list(Tlp))
def test_the_marking_is_the_one_that_oasis_published(tlp: Tlp) -> None:
    made = objects(replace(sample(), tlp=tlp))
    marking = next(one for one in made if one.get("name") == tlp.value)
    extension = next(iter(marking["extensions"].values()))
    assert extension == {
        "extension_type": "property-extension",
        "tlp_2_0": tlp.value.removeprefix("TLP:").lower(),
    }


def test_ids_do_not_change_when_something_else_does() -> None:
    before = {one["id"] for one in of("attack-pattern", sample())}
    fewer = replace(sample(), findings=sample().findings[:-1])
    assert {one["id"] for one in of("attack-pattern", fewer)} <= before


def test_every_sighting_says_where_because_importers_drop_those_that_do_not() -> None:
    made = {one["id"]: one for one in objects(sample())}
    sightings = [one for one in made.values() if one["type"] == "sighting"]
    assert sightings
    for sighting in sightings:
        (where,) = (made[ref] for ref in sighting["where_sighted_refs"])
        assert where["name"] == f"Systems in evidence: {sample().title}"


@CASES
def test_the_producer_and_the_report_stand_first(dossier: Dossier) -> None:
    first, second = objects(dossier)[:2]
    assert first["name"] == f"stopa {dossier.made.stopa}"
    assert second["type"] == "report"
    notes = {one["id"] for one in of("note", dossier)}
    assert notes <= set(second["object_refs"])


def test_no_two_actors_have_one_name() -> None:
    names = [one["name"] for one in of("intrusion-set", sample())]
    assert len(set(names)) == len(names)


def test_an_actor_says_itself_whether_the_verdict_names_it() -> None:
    told = {one["name"]: one["description"] for one in of("intrusion-set", sample())}
    assert told["Glass Heron"].startswith("Others accuse it. Named by the verdict (H")
    rivals = [text for name, text in told.items() if name != "Glass Heron"]
    assert rivals
    assert all("not named by the verdict" in text for text in rivals)
    dossier = without_technical_evidence()
    assert {one["description"] for one in of("intrusion-set", dossier)} == {
        "Others accuse it. Not established here."
    }
