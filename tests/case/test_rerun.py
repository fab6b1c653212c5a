"""The same evidence leads to the same dossier: elsewhere, in another zone, language and order."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from stopa.case.check import examine
from stopa.case.engine import engine
from stopa.case.erasing import erase
from stopa.case.plan import Plan, Quiet
from stopa.case.published import published
from stopa.case.recorded import plan_again, recorded_runs
from stopa.case.rerun import IDENTICAL, compare_with
from stopa.case.signed import NOBODY, Trust
from stopa.case.signing import sign
from stopa.case.work import investigate
from stopa.dossier.exports import EXPORTS
from stopa.errors import CaseError, InputError, VerificationError
from stopa.model.evidence import Reliability, Tlp
from stopa.store.case_reader import CaseReader
from tests.case.conftest import PARTS, SignedCase

ROOT = Path(__file__).parents[2]
LOG = "".join(
    f"May 12 03:00:{second:02} host1 sshd[{second}]: Failed password for invalid user x from"
    f" 198.51.100.99 port 2222 ssh2\n"
    for second in range(30)
)


@pytest.mark.slow
def test_identical_in_another_folder_zone_locale_and_order(
    signed: SignedCase, tmp_path: Path
) -> None:
    moved = tmp_path / "elsewhere" / "dossier"
    shutil.copytree(signed.dossier, moved)
    words = ["verify", str(moved), "--key", signed.key.text(), "--json"]
    for part in reversed(PARTS):
        copied = tmp_path / "disk" / part.name
        for path in sorted(part.rglob("*"), reverse=True):  # files come into being in another order
            target = copied / path.relative_to(part)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            os.utime(target, (0, 0))
        words += ["--against", str(copied)]
    told = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "stopa", *words],
        cwd="/",
        env={
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONHASHSEED": "7",
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "tr_TR.UTF-8",
            "STOPA_CACHE": str(tmp_path / "cache"),
            "HOME": str(tmp_path),
        },
        umask=0o077,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert told.returncode == 0, told
    last = json.loads(told.stdout)["checks"][-1]
    assert (last["holds"], last["detail"]) == (True, IDENTICAL)


def test_less_evidence_is_named_record_by_record(signed: SignedCase) -> None:
    found = compare_with(signed.folder, PARTS[:1], (), NOBODY, Quiet())
    assert found.word != IDENTICAL
    assert "dossier.json: the bytes differ" in found.differences
    assert any("only in the dossier" in difference for difference in found.differences)
    assert any(difference.startswith("evidence: ") for difference in found.differences)


def test_other_evidence_is_named_by_its_hash(signed: SignedCase, tmp_path: Path) -> None:
    shutil.copytree(PARTS[1], tmp_path / "reports")
    first = min((tmp_path / "reports").iterdir())
    first.write_text(first.read_text("utf-8").replace("the", "The", 1), "utf-8")
    found = compare_with(signed.folder, [PARTS[0], tmp_path / "reports"], (), NOBODY, Quiet())
    assert any("only in the new run" in difference for difference in found.differences)


def test_the_plan_is_the_one_that_was_recorded(tmp_path: Path) -> None:
    zones = (ZoneInfo("Europe/Prague"), timezone(timedelta(hours=-3, minutes=-30)))
    for n, zone in enumerate(zones):
        plan = Plan("a title", tlp=Tlp.RED, reliability=Reliability.USUALLY, zone=zone, notice="n")
        investigate(PARTS[1:], tmp_path / str(n), plan, Quiet())
        assert compare_with(tmp_path / str(n), PARTS[1:], (), NOBODY, Quiet()).word == IDENTICAL


def of_several_runs(folder: Path) -> None:
    """A file read twice in two zones and grades, more evidence later, a title of the last run."""
    for name in ("one", "two", "reports"):
        (folder / name).mkdir(parents=True)
    (folder / "one" / "a.log").write_text(LOG)
    (folder / "two" / "b.log").write_text(LOG.replace("host1", "host2"))
    report = min(PARTS[1].iterdir())
    shutil.copyfile(report, folder / "reports" / report.name)
    marks = (("one/a.log", Tlp.AMBER_STRICT), ("reports/*", Tlp.GREEN))
    zone = ZoneInfo("Europe/Prague")
    prague = Plan("first", reliability=Reliability.COMPLETELY, zone=zone, marks=marks)
    case = folder / "case"
    investigate([folder / "one", folder / "reports"], case, prague, Quiet())
    investigate([folder / "two"], case, Plan("second", tlp=Tlp.RED, year=2024), Quiet())
    (folder / "one" / "c.log").write_text(LOG.replace("host1", "host3"))
    graded = Plan("third", reliability=Reliability.USUALLY, year=2023, reader="syslog")
    investigate([folder / "one"], case, graded, Quiet())


def everything(folder: Path) -> list[Path]:
    return [folder / name for name in ("reports", "two", "one")]


def test_all_runs_of_a_case_are_done_again_in_their_order(
    tmp_path: Path, made_once: SignedCase
) -> None:
    of_several_runs(tmp_path)
    case = tmp_path / "case"
    made = json.loads((case / "dossier" / "dossier.json").read_bytes())
    assert {item["reliability"] for item in made["evidence"]} == {"A", "B", "F"}
    found = compare_with(case, everything(tmp_path), (), NOBODY, Quiet())
    assert found.word == IDENTICAL, found.differences
    sign(case, made_once.signer, Quiet())
    trust = Trust(key=made_once.key)
    alone = compare_with(case / "dossier", everything(tmp_path), (), trust, Quiet())
    assert alone.word == IDENTICAL, alone.differences


def test_what_a_run_was_given_and_is_not_there_is_named(tmp_path: Path) -> None:
    of_several_runs(tmp_path)
    (tmp_path / "two" / "b.log").write_text("changed\n")
    found = compare_with(tmp_path / "case", everything(tmp_path), (), NOBODY, Quiet())
    assert "run 2 of 3 was given what is not there now: two/b.log" in found.differences
    assert any("only in the new run" in each for each in found.differences)


def test_a_mark_of_evidence_that_is_not_there_is_told_as_what_it_is(tmp_path: Path) -> None:
    plan = Plan(marks=(("mail/*", Tlp.RED),))
    investigate(PARTS, tmp_path / "case", plan, Quiet())
    found = compare_with(tmp_path / "case", PARTS[1:], (), NOBODY, Quiet())
    assert "was given" in found.differences[0]
    assert "no evidence is called mail/*" in found.differences[-1]


def test_runs_that_only_take_in_more_are_one(tmp_path: Path) -> None:
    for given in (PARTS[:1], PARTS, PARTS):
        investigate(given, tmp_path / "case", Plan(), Quiet())
    investigate(PARTS[:1], tmp_path / "case", Plan(), Quiet())
    with CaseReader(tmp_path / "case") as store:
        first, second = recorded_runs(store)
    assert set(second.given or ()) < set(first.given or ())
    assert first.plan == second.plan


def test_cases_without_a_title_are_told_apart_and_stay_the_same_as_they_grow(
    tmp_path: Path,
) -> None:
    def case(name: str, given: Sequence[Path], **plan: str) -> str:
        investigate(given, tmp_path / name, Plan(**plan), Quiet())  # type: ignore[arg-type]
        return published(tmp_path / name / "dossier").case

    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "a.log").write_text(LOG)
    first = case("one", PARTS[1:])
    assert first != case("two", [logs])
    assert first == case("again", PARTS[1:])
    assert first == case("one", [*PARTS[1:], logs]) == case("one", [logs], title="at last a title")
    found = compare_with(tmp_path / "one", [logs, *PARTS[1:]], (), NOBODY, Quiet())
    assert found.word == IDENTICAL, found.differences
    bundles = [
        next(e for e in EXPORTS if e.file == "stix-core.json").write(
            published(tmp_path / n / "dossier")
        )
        for n in ("one", "two")
    ]
    ids = [{each["id"] for each in json.loads(body)["objects"]} for body in bundles]
    assert not {i for i in ids[0] & ids[1] if i.startswith(("report--", "campaign--", "note--"))}


@pytest.mark.parametrize(
    "said",
    [
        {"zone": "Nowhere/Here"},
        {"zone": "Europe"},
        {"zone": "../../etc/passwd"},
        {"zone": "UTC+x"},
        {"year": "soon"},
        {"tlp": "mauve"},
        {"marks": "[1]"},
        {"marks": "{"},
        {"reliability": "Z"},
    ],
)
def test_a_plan_that_nobody_can_have_asked_for_is_an_error(said: dict[str, str | None]) -> None:
    """Who made the dossier may have written anything into its envelope."""
    with pytest.raises(VerificationError, match="cannot be read"):
        plan_again(said, ())


def test_after_an_erasure_what_is_left_leads_to_the_dossier_again(tmp_path: Path) -> None:
    of_several_runs(tmp_path)
    case = tmp_path / "case"
    made = json.loads((case / "dossier" / "dossier.json").read_bytes())
    gone = next(item for item in made["evidence"] if item["name"] == "one/a.log")["sha256"]
    erase(case, gone, reason="a bystander", on="2026-11-22", progress=Quiet())
    (tmp_path / "one" / "a.log").unlink()
    assert examine(case, NOBODY, Quiet()).holds
    files = [path for path in case.rglob("*") if path.is_file()]
    assert [path.name for path in files if b"a.log" in path.read_bytes()] == []
    with CaseReader(case) as store:
        assert [run.plan["marks"] for run in recorded_runs(store)] == [
            '[["reports/*","TLP:GREEN"]]',
            None,
            None,
        ]
    found = compare_with(case, everything(tmp_path), (), NOBODY, Quiet())
    assert found.word == IDENTICAL, found.differences


def test_other_code_under_the_same_version_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.log").write_text(LOG)
    monkeypatch.setattr("stopa.case.assembly.engine", lambda: "f00d" * 16)
    investigate([tmp_path / "a.log"], tmp_path / "case", Plan("first", year=2024), Quiet())
    monkeypatch.undo()
    found = compare_with(tmp_path / "case", [tmp_path / "a.log"], (), NOBODY, Quiet())
    assert found.differences[0].startswith("the dossier was made with another state of stopa 0.")
    assert found.differences[0].endswith(f"(code f00df00df00d, here {engine()[:12]})")


def test_other_rules_are_said_before_anything_is_run(signed: SignedCase, tmp_path: Path) -> None:
    rule = tmp_path / "rule.yml"
    rule.write_text(
        "title: Another\nid: 5e0f6a6a-9f3c-4c3a-9d5f-0d7c1f0b0a01\nlogsource: {product: mail}\n"
        "detection: {any: {Subject: x}, condition: any}\nlevel: low\n"
    )
    with pytest.raises(InputError, match="was made with rules"):
        compare_with(signed.folder, PARTS, [rule], NOBODY, Quiet())
    with pytest.raises(CaseError, match="holds no dossier"):
        compare_with(tmp_path, PARTS, (), NOBODY, Quiet())
