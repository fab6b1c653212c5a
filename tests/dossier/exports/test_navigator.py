import json
import re

from stopa.dossier.exports.navigator import CLAIMED, EXPECTED, VIEWS, write
from tests.dossier.sample import sample

# The properties that layer format 4.5 knows, by its specification; a reader ignores others.
LAYER = {
    "name", "versions", "domain", "description", "filters", "sorting", "layout", "hideDisabled",
    "techniques", "gradient", "legendItems", "metadata", "links", "showTacticRowBackground",
    "tacticRowBackground", "selectTechniquesAcrossTactics", "selectSubtechniquesWithParent",
    "selectVisibleTechniques", "customDataURL",
}  # fmt: skip
TECHNIQUE = {
    "techniqueID", "tactic", "score", "color", "comment", "enabled", "metadata", "links",
    "showSubtechniques",
}  # fmt: skip


def layer() -> dict[str, object]:
    made: dict[str, object] = json.loads(write(sample()))
    return made


def techniques() -> list[dict[str, object]]:
    found = layer()["techniques"]
    assert isinstance(found, list)
    return found


def test_a_layer_has_what_the_format_knows_and_no_more() -> None:
    assert set(layer()) <= LAYER
    assert layer()["domain"] == "enterprise-attack"
    assert layer()["versions"] == {"layer": "4.5", "navigator": "5.0.0"}
    for shown in techniques():
        assert set(shown) <= TECHNIQUE
        assert re.fullmatch(r"T\d{4}(\.\d{3})?", str(shown["techniqueID"]))


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
