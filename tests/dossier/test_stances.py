"""Side by side: who asserts, hedges, backs, denies, or is silent; on a page that does nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from stopa.case.plan import Plan
from stopa.case.reports import Reports, page, read_reports
from stopa.cli.progress import progress
from stopa.dossier.html import page as dossier_page
from stopa.dossier.index import index
from stopa.dossier.reports_page import reports_page
from stopa.dossier.stances import Board, Stance, boards
from stopa.model.document import Masthead
from stopa.model.statement import Incident, Loaded, OutletLabel
from tests.conftest import watched
from tests.dossier.browser import overflow, quiet
from tests.dossier.hostile import PORTIONS, hostile
from tests.dossier.sample import empty, sample

ACCUSING = """Bay Gazette, 29 May 2025

The Czech government on Wednesday accused China of breaking into its foreign ministry's network.
The European Union condemned China for the attack. The Chinese embassy in Prague denied it.
"""
SILENT = """Global Times, 30 May 2025

The Chinese embassy in Prague denied the accusation of the Czech government as a groundless smear.
"""


def read(folder: Path, *texts: str) -> Reports:
    for number, text in enumerate(texts):
        (folder / f"report{number}.txt").write_text(text, "utf-8")
    with progress(quiet=True) as told:
        return read_reports([folder], Plan(), told)


def board(tmp_path: Path) -> Board:
    found = read(tmp_path, ACCUSING, SILENT)
    dossier = replace(
        sample(),
        readings=tuple(report.reading for report in found.reports),
        comparison=found.comparison,
    )
    (made,) = boards(index(dossier))
    return made


def test_each_speaker_takes_its_own_stance(tmp_path: Path) -> None:
    made = board(tmp_path)
    (blame,) = made.spoken
    assert blame.text == "China is behind it"
    told = {name: cell.stances for name, cell in zip(made.speakers, blame.cells, strict=True)}
    assert told["Czechia"] == (Stance.ASSERTS,)
    assert told["EU (institutions)"] == (Stance.BACKS,)
    assert told["China"] == (Stance.DENIES,)


def test_a_report_that_leaves_the_accusation_out_does_not_assert_it(tmp_path: Path) -> None:
    made = board(tmp_path)
    stances = [cell.stances for cell in made.carried[0].cells]
    assert (Stance.ASSERTS, Stance.DENIES) in stances
    assert len(stances) == 2


def test_every_cell_leads_to_what_was_said(tmp_path: Path) -> None:
    found = read(tmp_path, ACCUSING, SILENT)
    html = page(found)
    ids = {part.split('"')[0] for part in html.split('id="')[1:]}
    links = {part.split('"')[0] for part in html.split('href="#')[1:]}
    assert links <= ids


def test_labels_and_loaded_words_stand_in_the_page(tmp_path: Path) -> None:
    html = page(read(tmp_path, ACCUSING, SILENT))
    assert "designation under the Foreign Missions Act" in html
    assert "groundless" in html


def test_the_dossier_shows_the_same_view() -> None:
    reading = replace(
        sample().readings[0],
        labels=(OutletLabel("x", "outlet", "RUS", "state agency", "a body", "an act", "2022"),),
        loaded=(Loaded("brazen", 2, 1),),
    )
    documents = tuple(r.document for r in sample().readings)
    incident = Incident("I-1", "one", documents, ("names: heron",))
    comparison = replace(sample().comparison, incidents=(incident,))
    dossier = replace(sample(), readings=(reading, *sample().readings[1:]), comparison=comparison)
    html = dossier_page(dossier)
    assert "Propositions by sources" in html
    assert "state agency" in html
    assert "brazen" in html


def test_no_reports_make_an_empty_page() -> None:
    assert "No report is in this case" in reports_page(empty())


@pytest.mark.browser
@pytest.mark.parametrize("width", [1366, 390])
def test_hostile_reports_do_nothing_on_the_page(
    chromium: Browser, tmp_path: Path, width: int
) -> None:
    for portion in range(len(PORTIONS)):
        dossier = hostile(sample(), portion)
        bad = dossier.title
        reading = replace(
            dossier.readings[0],
            masthead=Masthead(title=bad, outlet=bad, upstream=bad),
            labels=(OutletLabel(bad, "outlet", bad, bad, bad, bad, bad),),
            loaded=(Loaded(bad, 1, 1),),
        )
        documents = tuple(r.document for r in dossier.readings)
        incident = Incident("I-1", bad, documents, (bad,))
        comparison = replace(dossier.comparison, incidents=(incident,))
        dossier = replace(dossier, readings=(reading, *dossier.readings[1:]), comparison=comparison)
        file = tmp_path / "page.html"
        file.write_text(reports_page(dossier), "utf-8")
        assert_quiet(chromium, file, width)


def assert_quiet(chromium: Browser, file: Path, width: int) -> None:
    found = watched(chromium, file, viewport={"width": width, "height": 900})
    planted = found.page.query_selector_all(
        "main script, main img, main iframe, a:not([href^='#'])"
    )
    wide = overflow(found)
    found.page.close()
    quiet(found)
    assert planted == []
    assert wide <= 0
