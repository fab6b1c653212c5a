"""Three real cases, from evidence to export, and what the readers of the exports say of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from stix2validator import ValidationOptions, validate_string

from stopa.case.exercise import demo
from stopa.case.export import export, formats
from stopa.case.plan import Plan, Quiet
from stopa.case.work import investigate
from stopa.dossier.consumers import Loss, consumers_of, losses
from stopa.dossier.exports import EXPORTS
from stopa.model.evidence import Tlp
from tests.dossier.exports.layer_format import parsed
from tests.shared import SHARED, needs_shared

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # what other tools' readers warn of is theirs
]

FILES = {made.name: made.file for made in EXPORTS}
WITHOUT_PRINT = [name for name in formats() if name != "pdf"]
DROPPED = {"PyMISP": {"Event.timestamp"}}  # what a reader may drop, everything else is kept
OF_SOME_CASES = ("ecs", "statements", "eurepoc-csv")  # reports alone hold no events, logs no words
MORE_DROPPED = {"MISP's import of STIX", "OpenCTI's import"}


def _exercise(folder: Path) -> None:
    demo(folder, Quiet())


def _reports(folder: Path) -> None:
    """Press and statements on one intrusion; not a technical indicator among them."""
    plan = Plan(title="Reports alone", tlp=Tlp.CLEAR)
    investigate([SHARED / "reports" / "czech-mfa-2025"], folder, plan, Quiet())


def _logs(folder: Path) -> None:
    """Logs of two exploits; nobody says anything."""
    cases = SHARED / "data" / "cases"
    plan = Plan(title="Logs alone", tlp=Tlp.GREEN)
    investigate([cases / "log4shell", cases / "lsass_campaign_01"], folder, plan, Quiet())


@pytest.fixture(
    scope="module",
    params=[
        _exercise,
        pytest.param(_reports, marks=needs_shared),
        pytest.param(_logs, marks=needs_shared),
    ],
    ids=["exercise", "reports", "logs"],
)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with every export of one case."""
    home = tmp_path_factory.mktemp("exported")
    make: Callable[[Path], None] = request.param
    make(home / "case")
    export(home / "case", WITHOUT_PRINT, home / "out")
    return home / "out"


def test_every_format_is_there(written: Path) -> None:
    assert {path.name for path in written.iterdir()} == set(FILES.values())


@pytest.mark.parametrize("name", ["stix", "stix-full"])
def test_oasis_validator_accepts_the_bundle_without_a_warning(written: Path, name: str) -> None:
    told = validate_string((written / FILES[name]).read_text(), ValidationOptions(version="2.1"))
    assert told.is_valid, [str(error) for error in told.errors][:3]
    assert [str(warning) for warning in told.warnings] == []


@pytest.mark.parametrize("name", [name for name in FILES if consumers_of(name)])
def test_readers_keep_what_is_written(written: Path, name: str) -> None:
    read = [*losses(name, (written / FILES[name]).read_bytes())]
    assert read
    assert any(told.written for told in read) or name in OF_SOME_CASES
    for told in read:
        if told.consumer not in MORE_DROPPED:
            assert told.complaints == ()
            assert dropped(told) <= DROPPED.get(told.consumer, set())


def dropped(told: Loss) -> set[str]:
    return {path.path for path in told.paths if path.kept < path.written}


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("navigator")])
def test_the_layer_format_allows_the_layer(written: Path, name: str) -> None:
    parsed((written / FILES[name]).read_bytes())


def test_taxii_client_types_take_every_object(written: Path) -> None:
    """The answer of a TAXII 2.1 server that took the bundle, as the client reads it."""
    from taxii2client.v21 import Status

    objects = json.loads((written / FILES["stix"]).read_bytes())["objects"]
    told = {"status": "complete", "total_count": len(objects), "success_count": len(objects)}
    told |= {"id": "2d086da7-4bdc-4f91-900e-d77486753710", "failure_count": 0, "pending_count": 0}
    taken = [{"id": one["id"], "version": one.get("modified", one["created"])} for one in objects]
    status = Status("http://localhost/status/1/", status_info={**told, "successes": taken})
    assert len(status.successes) == len(objects)
