from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from stopa.case.export import TITLES, formats
from stopa.cli.group import cli
from stopa.errors import CaseError, InputError

pytestmark = pytest.mark.filterwarnings("ignore")  # what other tools' readers warn of is theirs


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    evidence = folder / "evidence"
    evidence.mkdir()
    (evidence / "note.txt").write_text(
        "Foreign ministry of Velden\n\n12 May 2025\n\n"
        'The ministry accused the group Glass Heron. "We condemn this attack," said the minister.\n'
    )
    stopa("investigate", evidence, "-o", folder / "case", "--quiet")
    return folder / "case"


def stopa(*words: object) -> str:
    done = CliRunner().invoke(
        cli, [str(word) for word in words], standalone_mode=False, catch_exceptions=False
    )
    return done.stdout


def test_every_format_is_written(case: Path, tmp_path: Path) -> None:
    asked = [word for name in formats() for word in ("--to", name)]
    written = [
        Path(path) for path in json.loads(stopa("export", case, *asked, "-o", tmp_path, "--json"))
    ]
    assert len(written) == len(formats())
    assert all(path.stat().st_size for path in written if path.suffix != ".jsonl")


def test_the_print_shows_the_page(case: Path, tmp_path: Path) -> None:
    stopa("export", case, "--to", "pdf", "-o", tmp_path)
    text = "".join(
        page.get_textpage().get_text_range()
        for page in pypdfium2.PdfDocument(tmp_path / "dossier.pdf")
    )
    assert "Glass Heron" in text


def test_a_machine_without_a_browser_is_told_what_to_install(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="no browser") as refused:
        stopa("export", case, "--to", "csv", "--to", "pdf", "-o", tmp_path)
    assert "chromium" in refused.value.hint
    assert (tmp_path / "timeline.csv").exists()


def test_a_folder_that_cannot_be_made_is_the_user_s_to_mend(case: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CaseError, match="is no folder"):
        stopa("export", case, "--to", "csv", "-o", tmp_path / "file")


def test_a_loss_report_is_shown_and_written(case: Path, tmp_path: Path) -> None:
    assert "OASIS stix2" in stopa("export", case, "--to", "stix", "--loss", "-o", tmp_path)
    report = json.loads((tmp_path / "stix-core.loss.json").read_bytes())
    assert [one["consumer"] for one in report] == ["OASIS stix2", "MISP's import of STIX"]


def test_a_format_without_a_reader_has_no_loss_report(case: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="markdown"):
        stopa("export", case, "--to", "markdown", "--loss", "-o", tmp_path)


def test_a_format_whose_reader_cannot_be_run_is_named_beside_the_others(
    case: Path, tmp_path: Path
) -> None:
    asked = ("--to", "markdown", "--to", "misp", "--loss", "-o", tmp_path)
    done = CliRunner().invoke(cli, ["export", str(case), *map(str, asked)], standalone_mode=False)
    assert "misp read by PyMISP" in done.stdout
    assert "markdown: people read it, no program does" in done.stderr


def test_help_says_what_each_format_is() -> None:
    told = stopa("export", "--help")
    for name, title in TITLES.items():
        assert any(line.split() == [name, *title.split()] for line in told.splitlines()), name
