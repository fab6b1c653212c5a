"""What the comparison of two editions of ATT&CK promises."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stopa.knowledge import Change, Record, difference, read_stix
from stopa.model.actor import Actor, Alias, Software, Stamp, Technique
from tests.shared import SHARED, needs_shared

BUNDLE = SHARED / "data" / "attack" / "enterprise-attack-18.1.stix21.json.gz"
ATTACK = "MITRE ATT&CK"
CRANE = Actor(
    "G9001", "Paper Crane", ATTACK, (Alias("Origami", ATTACK),),
    techniques=("T1562", "T1566"), software=("S9001",),
)  # fmt: skip
OLD = Record(
    Stamp("ATT&CK", "17", "0" * 64),
    actors=(CRANE,),
    software=(Software("S9001", "Foldware", ATTACK),),
    techniques=(Technique("T1562", "Impair Defenses"), Technique("T1566", "Phishing")),
)


def test_an_edition_does_not_differ_from_itself() -> None:
    told = difference(OLD, OLD)
    assert (told.gained, told.lost, told.renumbered, told.changed) == ((), (), (), ())


def test_a_gained_and_a_lost_entry_are_named_with_their_kind() -> None:
    newer = replace(OLD, software=(Software("S9002", "Creaser", ATTACK),))
    told = difference(OLD, newer)
    assert [(n.kind, n.id, n.name) for n in told.gained] == [("software", "S9002", "Creaser")]
    assert [(n.kind, n.id, n.name) for n in told.lost] == [("software", "S9001", "Foldware")]


def test_what_an_actor_gained_and_lost_is_told_field_by_field() -> None:
    after = replace(CRANE, techniques=("T1566", "T1090"), aliases=())
    told = difference(OLD, replace(OLD, actors=(after,)))
    assert told.changed == (
        Change("actors", "G9001", "Paper Crane", "names", (), ("Origami",)),
        Change("actors", "G9001", "Paper Crane", "techniques", ("T1090",), ("T1562",)),
    )


def test_a_renumbered_technique_is_neither_gained_nor_lost() -> None:
    newer = replace(
        OLD,
        techniques=(Technique("T1566", "Phishing"), Technique("T1685", "Impair Defenses")),
        actors=(replace(CRANE, techniques=("T1566", "T1685")),),
    )
    told = difference(OLD, newer)
    assert told.renumbered == (("T1562", "T1685"),)
    assert (told.gained, told.lost, told.changed) == ((), (), ())


@pytest.mark.parametrize("source", ["MISP", "Tidal Cyber"])
def test_what_other_sources_say_is_left_out(source: str) -> None:
    newer = replace(OLD, actors=(CRANE, Actor("x", "Other", source)))
    assert difference(OLD, newer).gained == ()


@needs_shared
def test_mitres_bundle_does_not_differ_from_itself() -> None:
    record = read_stix(BUNDLE)
    assert difference(record, record).changed == ()
