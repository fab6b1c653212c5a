from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from stopa.cli.group import cli
from stopa.errors import CaseError


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "a case"
    (folder / "dossier").mkdir(parents=True)
    (folder / "dossier" / "index.html").write_text("<!doctype html>")
    return folder


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that writes down what it was asked to open."""
    asked, program = tmp_path / "asked", tmp_path / "browser"
    program.write_text(f'#!/bin/sh\nprintf %s "$1" > "{asked}"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr("webbrowser._tryorder", None)
    monkeypatch.setattr("webbrowser._browsers", {})
    monkeypatch.setenv("BROWSER", str(program))
    return asked


def test_the_page_is_opened_from_disk(case: Path, browser: Path) -> None:
    done = CliRunner().invoke(cli, ["open", str(case)], standalone_mode=False)
    assert done.output == ""
    assert browser.read_text() == (case / "dossier" / "index.html").as_uri()


def test_the_path_alone_can_be_had(case: Path, browser: Path) -> None:
    done = CliRunner().invoke(cli, ["open", str(case), "--print"], standalone_mode=False)
    assert done.output.strip() == str(case / "dossier" / "index.html")
    assert not browser.exists()


def test_where_there_is_no_browser_the_path_is_printed(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webbrowser._tryorder", [])
    monkeypatch.setattr("webbrowser._browsers", {})
    done = CliRunner().invoke(cli, ["open", str(case)], standalone_mode=False)
    assert done.output.strip() == str(case / "dossier" / "index.html")


def test_a_folder_without_a_page_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["open", str(tmp_path)], standalone_mode=False)
    assert isinstance(done.exception, CaseError)
