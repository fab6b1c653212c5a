"""YARA meets every file of a case, members of archives and attachments too."""

from __future__ import annotations

from pathlib import Path

import pytest

from stopa.case import yara
from stopa.case.plan import Plan, Quiet
from stopa.case.rerun import IDENTICAL, compare_with
from stopa.case.signed import Trust
from stopa.case.work import investigate
from stopa.dossier import decode
from stopa.errors import InputError
from stopa.model.dossier import Dossier
from tests.readers.test_attachments import mail, zipped

RULE = """
rule harbour_loader {
    meta: author = "the harbour watch" level = "high" technique = "T1105"
    strings: $mark = "HARBOUR-LOADER"
    condition: $mark
}
rule <script> { condition: true }
"""
LOADER = b"\x00\x01HARBOUR-LOADER\xff" * 2


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("yara")
    (home / "rules").mkdir()
    (home / "rules" / "a.yar").write_text(RULE)
    (home / "evidence").mkdir()
    (home / "evidence" / "lure.eml").write_bytes(
        mail(("files.zip", zipped(("tool.bin", LOADER)))).as_bytes()
    )
    (home / "evidence" / "clean.bin").write_bytes(b"nothing to see here")
    return home


def made(home: Path) -> Dossier:
    plan = Plan(yara=(home / "rules",))
    investigate([home / "evidence"], home / "case", plan, Quiet())
    return decode((home / "case" / "dossier" / "dossier.json").read_bytes())


def test_a_file_in_an_archive_in_a_mail_is_found_and_cited(home: Path) -> None:
    dossier = made(home)
    names = {item.sha256: item.name for item in dossier.evidence}
    found = {names[f.where.evidence]: f for f in dossier.findings if f.rule.startswith("yara-")}
    packed = "evidence/lure.eml/2/files.zip"  # which holds it as it is
    assert found.keys() == {packed, f"{packed}/tool.bin"}
    finding = found[f"{packed}/tool.bin"]
    assert (finding.where.offset, finding.where.length) == (2, 14)
    assert [match.predicate for match in finding.matched] == [
        "14 bytes at byte 2",
        "14 bytes at byte 19",
    ]
    card = next(card for card in dossier.rules if card.id == finding.rule)
    assert (card.author, card.level) == ("the harbour watch", "high")
    assert any(item.value == "T1105" for item in dossier.observations)
    assert [r.file for r in dossier.refusals if r.file.endswith(".yar")] == ["rules/a.yar"]


def test_the_same_again_gives_the_same(home: Path) -> None:
    first = made(home)
    assert made(home) == first
    trust = Trust(key=None, witnesses=(), authority=None)
    found = compare_with(
        home / "case", [home / "evidence"], (), trust, Quiet(), yara=[home / "rules"]
    )
    assert found.differences == ()
    assert found.word == IDENTICAL
    with pytest.raises(InputError, match="made with rules"):
        compare_with(home / "case", [home / "evidence"], (), trust, Quiet())


def test_without_the_rules_nothing_of_them_is_left(home: Path) -> None:
    made(home)
    investigate([home / "evidence"], home / "case", Plan(), Quiet())
    dossier = decode((home / "case" / "dossier" / "dossier.json").read_bytes())
    assert [f for f in dossier.findings if f.rule.startswith("yara-")] == []
    assert [card for card in dossier.rules if card.status == "yara"] == []


def test_what_takes_too_long_is_a_problem(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yara, "SECONDS", 1)
    (home / "slow").mkdir()
    (home / "slow" / "s.yar").write_text("rule slow { strings: $r = /(a+)+b/ condition: $r }")
    (home / "long.bin").write_bytes(b"a" * 5_000_000)
    plan = Plan(yara=(home / "slow",))
    investigate([home / "long.bin"], home / "case-slow", plan, Quiet())
    dossier = decode((home / "case-slow" / "dossier" / "dossier.json").read_bytes())
    (row,) = dossier.coverage
    assert any("YARA" in problem.what for problem in row.problems)
