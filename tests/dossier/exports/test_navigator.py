import json

import pytest
from msgspec import ValidationError

from stopa.dossier.exports.navigator import CLAIMED, EXPECTED, EXPORT, VIEWS, write
from stopa.model.dossier import Dossier
from tests.dossier.cases import CASES
from tests.dossier.exports.layer_format import parsed
from tests.dossier.hostile import PORTIONS, hostile
from tests.dossier.sample import sample


def layer() -> dict[str, object]:
    made: dict[str, object] = json.loads(write(sample()))
    return made


def techniques() -> list[dict[str, object]]:
    found = layer()["techniques"]
    assert isinstance(found, list)
    return found


@CASES
def test_the_format_allows_every_layer(dossier: Dossier) -> None:
    for export in (EXPORT, *VIEWS):
        made = parsed(export.write(dossier))
        assert made.versions.navigator == "5.0.0"
        assert {one.name: one.value for one in made.metadata} == {
            "tlp": dossier.tlp.value,
            "producer": f"stopa {dossier.made.stopa}",
        }


@pytest.mark.parametrize("portion", range(len(PORTIONS)))
def test_the_format_allows_a_hostile_layer(portion: int) -> None:
    assert parsed(write(hostile(sample(), portion))).techniques == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"score": "high"},
        {"techniqueID": "T1"},
        {"color": "red"},
        {"onclick": "x"},
        {"tactic": "A b"},
    ],
)
def test_the_format_refuses_what_is_wrong(wrong: dict[str, object]) -> None:
    broken = layer()
    broken["techniques"] = [{**techniques()[0], **wrong}]
    with pytest.raises(ValidationError):
        parsed(json.dumps(broken).encode())


def test_only_what_was_observed_has_a_score() -> None:
    by_id = {str(shown["techniqueID"]): shown for shown in techniques()}
    assert by_id["T1003.001"]["score"] == 3
    assert "color" not in by_id["T1003.001"]
    assert by_id["T1566.001"]["color"] == CLAIMED
    assert by_id["T1090.003"]["color"] == EXPECTED
    assert "score" not in by_id["T1566.001"]


def test_a_technique_of_two_tactics_stands_under_both() -> None:
    tactics = [shown["tactic"] for shown in techniques() if shown["techniqueID"] == "T1098.003"]
    assert tactics == ["persistence", "privilege-escalation"]


def test_a_layer_of_one_mark_holds_that_mark_alone() -> None:
    whole = {json.dumps(shown, sort_keys=True) for shown in techniques()}
    held = {}
    for view in VIEWS:
        shown = json.loads(view.write(sample()))["techniques"]
        held[view.name] = {one["techniqueID"] for one in shown}
        assert {json.dumps(one, sort_keys=True) for one in shown} <= whole
    assert "T1003.001" in held["navigator-observed"]
    assert "T1566.001" in held["navigator-claimed"] - held["navigator-observed"]
    assert "T1090.003" in held["navigator-expected"] - held["navigator-observed"]
