"""Other tools' own readers, run on the exports of three cases."""

from __future__ import annotations

import json

import pytest

from stopa.dossier.consumers import CONSUMERS, Loss, losses
from stopa.dossier.exports import EXPORTS
from stopa.model.dossier import Dossier
from tests.dossier.cases import CASES
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


def test_every_reader_is_installed_here_and_reads_an_export_that_there_is() -> None:
    for consumer in CONSUMERS:
        assert consumer.is_installed
        assert consumer.exports <= set(WRITE)


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
