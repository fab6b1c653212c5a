from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import stix2
from stix2validator import ValidationOptions, validate_string

from stopa.dossier.exports import stix
from stopa.dossier.exports.stix_full import INCIDENT_EXTENSION, left_out, write
from stopa.dossier.words import locator
from stopa.model.dossier import Dossier
from tests.dossier.cases import CASES
from tests.dossier.hostile import PORTIONS, hostile
from tests.dossier.sample import sample

OPTIONS = ValidationOptions(version="2.1")


def objects(dossier: Dossier) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in json.loads(write(dossier))["objects"]}


@CASES
def test_oasis_validator_and_library_accept_it(dossier: Dossier) -> None:
    told = validate_string(write(dossier).decode(), OPTIONS)
    assert told.is_valid
    assert [str(warning) for warning in told.warnings] == []
    parsed = stix2.parse(write(dossier).decode(), allow_custom=False)
    assert len(parsed.objects) == len(objects(dossier))


@pytest.mark.parametrize("portion", range(len(PORTIONS)))
def test_hostile_text_leaves_it_valid(portion: int) -> None:
    told = validate_string(write(hostile(sample(), portion)).decode(), OPTIONS)
    assert told.is_valid, [str(error) for error in told.errors]


@CASES
def test_it_holds_all_of_core_and_no_reference_dangles(dossier: Dossier) -> None:
    made = objects(dossier)
    core = {one["id"] for one in json.loads(stix.write(dossier))["objects"]}
    assert core <= set(made)
    for one in made.values():
        refs = [value for key, value in one.items() if key.endswith("_ref")]
        refs += [ref for key, value in one.items() if key.endswith("_refs") for ref in value]
        assert set(refs) <= set(made)


def test_every_match_with_a_time_is_there_with_its_place() -> None:
    made = [one for one in objects(sample()).values() if one["type"] == "observed-data"]
    assert len(made) == len(sample().findings)
    cited = {one["external_references"][0]["external_id"] for one in made}
    places = {(finding.where.evidence, locator(finding.where)) for finding in sample().findings}
    assert cited == {f"sha256:{sha256}, {place}" for sha256, place in places}


def test_what_has_no_time_is_left_out_and_counted() -> None:
    timeless = replace(sample(), findings=(replace(sample().findings[0], time=None),))
    assert left_out(timeless) == 1
    assert not [one for one in objects(timeless).values() if one["type"] == "observed-data"]


def test_a_sighting_names_the_matches_that_it_sums_up() -> None:
    made = objects(sample())
    sightings = [one for one in made.values() if one["type"] == "sighting"]
    assert sightings
    for sighting in sightings:
        assert len(sighting["observed_data_refs"]) == sighting["count"]


def test_the_incident_is_suspected_however_sure_others_are() -> None:
    (incident,) = [one for one in objects(sample()).values() if one["type"] == "incident"]
    assert incident["extensions"][INCIDENT_EXTENSION]["determination"] == "suspected"
