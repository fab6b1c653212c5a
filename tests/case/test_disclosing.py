"""What is disclosed is logged; what is withheld or erased is nowhere to be found."""

from __future__ import annotations

import hashlib
import json
import lzma
from pathlib import Path

import msgspec
import pytest

from stopa.case.check import examine
from stopa.case.disclosing import Audience, Receipt, disclose
from stopa.case.erasing import erase
from stopa.case.plan import Plan, Quiet
from stopa.case.signed import NOBODY
from stopa.case.signing import sign
from stopa.case.witnessing import witness
from stopa.case.work import investigate
from stopa.errors import CaseError, InputError
from stopa.store.case_reader import CaseReader
from stopa.store.case_store import LEAST, CaseStore
from tests.case.conftest import PARTS, SEEN, SignedCase

WHOM = Audience("CERT Example", "a joint case", "2026-11-22")


def dossier(case: SignedCase) -> dict[str, list[dict[str, str]]]:
    made: dict[str, list[dict[str, str]]] = msgspec.json.decode(
        (case.dossier / "dossier.json").read_bytes()
    )
    return made


def holds(case: SignedCase) -> bool:
    verdict = examine(case.folder, case.trust, Quiet())
    assert verdict.holds, [c for c in verdict.checks if not c.holds]
    return verdict.holds


def test_the_receipt_is_in_the_ledger_and_the_case_still_holds(
    signed: SignedCase, tmp_path: Path
) -> None:
    finding = dossier(signed)["findings"][0]["id"]
    before = (signed.dossier / "checkpoint.signed").read_bytes()
    disclose(signed.folder, [finding], (), WHOM, tmp_path)
    with CaseReader(signed.folder) as store:
        (receipt,) = store.records("receipt", Receipt)
        assert (receipt.to, receipt.purpose, receipt.on) == (WHOM.to, WHOM.purpose, WHOM.on)
        assert store.checkpoint().size == signed.leaves + LEAST
    assert (signed.dossier / "checkpoint.signed").read_bytes() == before
    assert holds(signed)


def test_a_file_can_be_disclosed_by_its_hash(signed: SignedCase, tmp_path: Path) -> None:
    sha256 = dossier(signed)["evidence"][0]["sha256"]
    shows, _ = disclose(signed.folder, [sha256], (), WHOM, tmp_path)
    assert json.loads(shows.read_bytes())["record"]["sha256"] == sha256


@pytest.mark.parametrize(
    ("items", "withheld"), [(["F-000000000000"], ()), (["'"], ()), ([""], ()), ([None], ["nose"])]
)
def test_what_is_not_there_cannot_be_disclosed(
    signed: SignedCase, tmp_path: Path, items: list[str | None], withheld: list[str]
) -> None:
    finding = dossier(signed)["findings"][0]["id"]
    with pytest.raises(InputError):
        disclose(
            signed.folder,
            [i if i is not None else finding for i in items],
            withheld,
            WHOM,
            tmp_path,
        )
    assert list(tmp_path.glob("disclosure-*")) == []


def test_nothing_is_proven_before_it_was_signed(signed: SignedCase, tmp_path: Path) -> None:
    with CaseStore(signed.folder) as store, store.step("after:x", "") as step:
        step.add("remark", "M-1", {"word": "late"})
    with pytest.raises(InputError, match="after the case was signed"):
        disclose(signed.folder, ["M-1"], (), WHOM, tmp_path)
    (signed.dossier / "checkpoint.signed").unlink()
    with pytest.raises(CaseError, match="nothing of this case was signed"):
        disclose(signed.folder, ["M-1"], (), WHOM, tmp_path)


def everywhere(case: SignedCase, text: str) -> list[str]:
    files = [path for path in case.folder.rglob("*") if path.is_file()]
    return [path.name for path in files if text.encode() in path.read_bytes()]


def test_an_erased_finding_is_gone_and_the_rest_holds(signed: SignedCase) -> None:
    finding = dossier(signed)["findings"][0]["id"]
    assert everywhere(signed, finding)
    (signed.dossier / "exports" / "more").mkdir()
    done = erase(signed.folder, finding, reason="names a minor", on="2026-11-22", progress=Quiet())
    assert done.kinds["finding"] == 1
    assert done.was_signed
    assert everywhere(signed, finding) == []
    assert holds(signed)
    told = examine(signed.folder, NOBODY, Quiet())
    assert any("names a minor" in check.detail for check in told.checks)
    assert any("sign it again" in sentence for sentence in told.not_shown)
    sign(signed.folder, signed.signer, Quiet())
    seen = witness(signed.folder, signed.witness, signed.state, seconds=SEEN, log=None)
    assert seen.size > seen.before == signed.leaves
    assert holds(signed)


def test_an_erased_file_takes_all_that_was_drawn_from_it(signed: SignedCase) -> None:
    sha256 = next(r["document"] for r in dossier(signed)["readings"] if r["statements"])
    before = len(dossier(signed)["evidence"])
    erase(signed.folder, sha256, reason="a bystander", on="2026-11-22", progress=Quiet())
    assert everywhere(signed, sha256) == []
    assert not (signed.folder / "evidence" / sha256).exists()
    assert len(dossier(signed)["evidence"]) == before - 1
    assert holds(signed)
    investigate([PARTS[0]], signed.folder, Plan(title="signed"), Quiet())
    assert everywhere(signed, sha256) == []


def test_what_follows_from_other_records_is_not_erased_alone(signed: SignedCase) -> None:
    readings: list[dict[str, list[dict[str, str]]]] = dossier(signed)["readings"]  # type: ignore[assignment]
    statement = next(r["statements"][0]["id"] for r in readings if r["statements"])
    with pytest.raises(InputError, match="would come again"):
        erase(signed.folder, statement, reason="x", on="2026-11-22", progress=Quiet())
    with pytest.raises(InputError, match="no record"):
        erase(signed.folder, "F-000000000000", reason="x", on="2026-11-22", progress=Quiet())
    assert holds(signed)


def test_what_came_out_of_an_archive_goes_with_the_archive(tmp_path: Path) -> None:
    text = (
        b"From: a@example.org\r\nTo: b@example.org\r\nSubject: held in an archive\r\n\r\nhello\r\n"
    )
    packed = tmp_path / "evidence" / "mail.eml.xz"
    packed.parent.mkdir()
    packed.write_bytes(lzma.compress(text))
    inner, outer = (hashlib.sha256(body).hexdigest() for body in (text, packed.read_bytes()))
    investigate([packed.parent, *PARTS[1:]], tmp_path / "case", Plan(), Quiet())
    with pytest.raises(InputError, match="came out of an archive") as refused:
        erase(tmp_path / "case", inner, reason="x", on="2026-11-22", progress=Quiet())
    assert outer in refused.value.hint
    erase(tmp_path / "case", outer, reason="x", on="2026-11-22", progress=Quiet())
    for path in (tmp_path / "case").rglob("*"):
        body = path.read_bytes() if path.is_file() else b""
        assert not any(word in body for word in (inner.encode(), outer.encode(), b"held in an arc"))
    assert examine(tmp_path / "case", NOBODY, Quiet()).holds
