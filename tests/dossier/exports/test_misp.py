from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from pymisp import MISPEvent, PyMISPError

from stopa.dossier.exports.misp import write
from stopa.model.dossier import Dossier
from tests.dossier.cases import CASES
from tests.dossier.hostile import PORTIONS, hostile
from tests.dossier.sample import sample, without_technical_evidence


def event(dossier: Dossier) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(write(dossier))["Event"]
    return made


@CASES
def test_pymisp_reads_it_and_loses_nothing_that_was_said(dossier: Dossier) -> None:
    read = MISPEvent()
    read.load(write(dossier).decode())
    assert [note.note for note in read.notes] == [note["note"] for note in event(dossier)["Note"]]
    assert [o.opinion for o in read.opinions] == [o["opinion"] for o in event(dossier)["Opinion"]]
    assert [a.value for a in read.attributes] == [a["value"] for a in event(dossier)["Attribute"]]
    assert len(read.objects) == len(dossier.evidence)
    assert read.event_reports[0].content == event(dossier)["EventReport"][0]["content"]


@pytest.mark.parametrize("portion", range(len(PORTIONS)))
def test_hostile_text_leaves_it_whole(portion: int) -> None:
    dossier = hostile(sample(), portion)
    read = MISPEvent()
    read.load(write(dossier).decode())
    assert [a.value for a in read.attributes] == [a["value"] for a in event(dossier)["Attribute"]]
    assert len(read.attributes) == len(event(sample())["Attribute"])


def test_pymisp_refuses_what_is_wrong() -> None:
    broken = json.loads(write(sample()))
    broken["Event"]["Opinion"][0]["opinion"] = 101
    with pytest.raises(PyMISPError):
        MISPEvent().load(json.dumps(broken))


@CASES
def test_every_attribute_is_marked_and_none_raises_an_alarm(dossier: Dossier) -> None:
    made = event(dossier)
    inner = [one for file in made["Object"] for one in file["Attribute"]]
    for attribute in [*made["Attribute"], *inner]:
        assert attribute["Tag"] == [{"name": dossier.tlp.value.lower()}]
        assert f"Made by stopa {dossier.made.stopa}." in attribute["comment"]
        assert attribute["to_ids"] is False


def test_an_actor_is_tagged_for_the_verdict_alone() -> None:
    def actors(dossier: Dossier) -> list[str]:
        names = [tag["name"] for tag in event(dossier)["Tag"]]
        return [name for name in names if "threat-actor" in name]

    assert actors(sample()) == ['misp-galaxy:threat-actor="Glass Heron"']
    assert actors(without_technical_evidence()) == []


def test_a_denial_is_an_opinion_on_the_claim() -> None:
    made = event(sample())
    claim = next(note for note in made["Note"] if note["note"].startswith("Claimed"))
    denied = [one for one in made["Opinion"] if one["opinion"] == 0]
    assert [one["object_uuid"] for one in denied] == [claim["uuid"]]
    assert "Embassy of the Karst Federation" in denied[0]["comment"]


def test_an_indicator_of_several_reports_is_one_attribute() -> None:
    twice = replace(sample(), readings=sample().readings * 2)
    assert event(twice)["Attribute"] == event(sample())["Attribute"]


def test_a_quotation_mark_does_not_end_a_tag() -> None:
    actors = tuple(replace(one, name='Glass" Heron') for one in sample().actors)
    names = [tag["name"] for tag in event(replace(sample(), actors=actors))["Tag"]]
    assert all(name.count('"') in (0, 2) for name in names)
