"""Other tools' own readers, run on the exports of three cases."""

from __future__ import annotations

import json

import pytest

from stopa.dossier.consumers import CONSUMERS, UNREAD, Loss, consumers_of, losses
from stopa.dossier.exports import EXPORTS
from stopa.model.dossier import Dossier
from tests.dossier.cases import CASES
from tests.dossier.hostile import PORTIONS, hostile
from tests.dossier.sample import sample

pytestmark = pytest.mark.filterwarnings("ignore")  # what other tools' readers warn of is theirs

WRITE = {export.name: export.write for export in EXPORTS}


def report(name: str, consumer: str, dossier: Dossier) -> Loss:
    (found,) = [
        one for one in losses(name, WRITE[name](dossier)) if one.consumer.startswith(consumer)
    ]
    return found


def dropped(told: Loss) -> set[str]:
    return {path.path for path in told.paths if path.kept < path.written}


def test_every_export_has_a_reader_or_is_said_to_have_none() -> None:
    assert {name for name in WRITE if not consumers_of(name)} == {*UNREAD} - {"pdf"}
    for consumer in CONSUMERS:
        assert consumer.is_installed or consumer.package == "pycti"
        assert consumer.exports <= set(WRITE)


@CASES
@pytest.mark.parametrize(
    "name",
    [
        "navigator", "navigator-observed", "navigator-claimed", "navigator-expected",
        "timesketch", "ecs", "csv", "statements", "eurepoc-csv",
    ],
)  # fmt: skip
def test_what_is_written_plainly_is_kept_whole(name: str, dossier: Dossier) -> None:
    told = report(name, "", dossier)
    assert told.complaints == ()
    assert dropped(told) == set()


@pytest.mark.parametrize("portion", range(len(PORTIONS)))
@pytest.mark.parametrize("name", ["timesketch", "csv", "navigator"])
def test_hostile_text_loses_no_line(name: str, portion: int) -> None:
    told = report(name, "", hostile(sample(), portion))
    assert told.complaints == ()
    assert dropped(told) == set()


@pytest.mark.parametrize(
    ("name", "written", "spoilt", "lost"),
    [
        ("navigator", '"sorting":3', '"sorting":9', "sorting"),
        ("navigator", '"enabled":true', '"enable":true', "enable"),
        ("timesketch", '"2023-10-12T', '"the 12th, 2023-10-12T', "datetime"),
        ("timesketch", '{"data_type"', '["a list"]\n{"data_type"', "Unable to decode line"),
        ("ecs", '"severity":', '"severity":"grave","was":', "event.severity"),
        ("ecs", '"severity":', '"severity":1,"was":', "no field of the schema: event.was"),
        ("ecs", '"@timestamp":"20', '"@timestamp":"anno 20', "@timestamp"),
        ("csv", '"MAILGATE"', '"NA"', "host"),
        ("csv", '"MAILGATE","', '"MAILGATE","",","', "tokenizing data"),
    ],
)
def test_what_a_reader_cannot_take_is_told(name: str, written: str, spoilt: str, lost: str) -> None:
    content = WRITE[name](sample()).decode()
    assert written in content
    (told,) = losses(name, content.replace(written, spoilt).encode())
    assert lost in dropped(told) or any(lost in one for one in told.complaints)


@CASES
@pytest.mark.parametrize("name", ["stix", "stix-full"])
def test_opencti_stores_every_object(name: str, dossier: Dossier) -> None:
    pytest.importorskip("pycti", reason="pip install 'stopa[opencti]'")
    told = report(name, "OpenCTI", dossier)
    assert told.complaints == ()
    assert "note.content" not in dropped(told)
    assert told.kept > 0.9 * told.written


@CASES
@pytest.mark.parametrize("name", ["stix", "stix-full"])
def test_oasis_library_keeps_every_value(name: str, dossier: Dossier) -> None:
    told = report(name, "OASIS", dossier)
    assert told.complaints == ()
    assert dropped(told) == set()


@CASES
def test_case_validator_keeps_every_value(dossier: Dossier) -> None:
    told = report("case-uco", "CASE", dossier)
    assert told.complaints == ()
    assert dropped(told) == set()


@CASES
def test_pymisp_drops_no_more_than_the_time_of_the_event(dossier: Dossier) -> None:
    assert dropped(report("misp", "PyMISP", dossier)) <= {"Event.timestamp"}


@CASES
def test_misp_import_keeps_the_words_of_every_note(dossier: Dossier) -> None:
    kept = {path.path: (path.written, path.kept) for path in report("stix", "MISP", dossier).paths}
    written, still = kept["note.content"]
    assert written == still > 0


def test_what_misp_import_drops_is_told() -> None:
    told = report("stix", "MISP", sample())
    assert "opinion.opinion" in dropped(told)
    assert told.kept < told.written


def test_an_export_that_is_no_stix_is_complained_of_and_nothing_is_called_kept() -> None:
    broken = json.loads(WRITE["stix"](sample()))
    next(one for one in broken["objects"] if one["type"] == "campaign").pop("name")
    for told in losses("stix", json.dumps(broken).encode()):
        assert "name" in told.complaints[0]
        assert told.kept == 0
