"""The same evidence leads to the same dossier: elsewhere, in another zone, language and order."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stopa.case.plan import Plan, Quiet
from stopa.case.rerun import IDENTICAL, compare_with
from stopa.case.signed import NOBODY
from stopa.case.work import investigate
from stopa.errors import CaseError, InputError
from tests.case.conftest import PARTS, SignedCase

ROOT = Path(__file__).parents[2]


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
    from datetime import timedelta, timezone
    from zoneinfo import ZoneInfo

    from stopa.model.evidence import Reliability, Tlp

    zones = (ZoneInfo("Europe/Prague"), timezone(timedelta(hours=-3, minutes=-30)))
    for n, zone in enumerate(zones):
        plan = Plan("a title", tlp=Tlp.RED, reliability=Reliability.USUALLY, zone=zone, notice="n")
        investigate(PARTS[1:], tmp_path / str(n), plan, Quiet())
        assert compare_with(tmp_path / str(n), PARTS[1:], (), NOBODY, Quiet()).word == IDENTICAL


def test_a_case_of_several_runs_says_why_it_cannot_be_done_again(tmp_path: Path) -> None:
    from stopa.model.evidence import Reliability

    for part, reliability in zip(PARTS, (Reliability.COMPLETELY, Reliability.USUALLY), strict=True):
        investigate([part], tmp_path / "case", Plan(reliability=reliability), Quiet())
    found = compare_with(tmp_path / "case", PARTS, (), NOBODY, Quiet())
    assert any("graded otherwise by earlier runs" in each for each in found.differences)


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
