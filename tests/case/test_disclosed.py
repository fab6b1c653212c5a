"""`stopa verify` reads what was disclosed: what holds, what was changed, and by whose key."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from stopa.case.check import examine
from stopa.case.disclosing import Audience, disclose
from stopa.case.plan import Quiet
from stopa.case.signed import NOBODY, Trust
from stopa.errors import InputError
from tests.case.bits import flipped
from tests.case.conftest import SignedCase
from tests.case.test_tampering import failures

WHOM = Audience("CERT Example", "a joint case", "2026-11-22")


def made(case: SignedCase) -> dict[str, Any]:
    read: dict[str, Any] = msgspec.json.decode((case.dossier / "dossier.json").read_bytes())
    return read


def finding(case: SignedCase) -> str:
    return str(made(case)["findings"][0]["id"])


def several(case: SignedCase) -> list[str]:
    """The ids of all statements of one record."""
    return next(
        [said["id"] for said in reading["statements"]]
        for reading in made(case)["readings"]
        if len(reading["statements"]) > 2
    )


def test_a_disclosure_holds_and_says_what_is_withheld(signed: SignedCase, tmp_path: Path) -> None:
    wanted = [finding(signed), several(signed)[0]]
    files = disclose(signed.folder, wanted, (), WHOM, tmp_path)
    for file in files:
        verdict = examine(file, signed.trust, Quiet())
        assert verdict.holds, failures(verdict)
        assert any("has cosigned" in check.what for check in verdict.checks)
        assert any("evidence is genuine" in sentence for sentence in verdict.not_shown)
    told = [examine(file, signed.trust, Quiet()).checks[2].detail for file in files[::2]]
    assert "none is withheld" in told[0]
    assert "are withheld" in told[1]
    assert wanted[1] in told[1]
    assert not any(other in told[1] for other in several(signed)[1:])


def test_a_withheld_field_is_nowhere_and_nobody_can_tell_how_many(
    signed: SignedCase, tmp_path: Path
) -> None:
    shows, _ = disclose(signed.folder, [finding(signed)], ["matched", "user"], WHOM, tmp_path)
    told = examine(shows, signed.trust, Quiet()).checks[2].detail
    said = msgspec.json.decode(shows.read_bytes())
    digests, fields = len(said["payload"]["_sd"]), len(said["record"])
    assert digests.bit_count() == 1  # a power of two, whatever the record
    assert f"{fields} fields are shown, at most {digests - fields} are withheld" in told
    assert '"matched' not in told
    assert finding(signed) not in told


def test_a_field_of_a_thing_inside_a_record_is_withheld_alone(
    signed: SignedCase, tmp_path: Path
) -> None:
    whole, _ = disclose(signed.folder, [finding(signed)], (), WHOM, tmp_path / "whole")
    every: dict[str, Any] = msgspec.json.decode(whole.read_bytes())["record"]
    values = [path for path in every if path.startswith("matched") and path.endswith("value")]
    said_of = [path.removesuffix("value") + "predicate" for path in values]
    both = ("matched.value", "matched.predicate")
    for asked, hidden in ((both, [*values, *said_of]), (("matched[0].value",), values[:1])):
        out = tmp_path / asked[0]
        shows, _ = disclose(signed.folder, [finding(signed)], asked, WHOM, out)
        said = msgspec.json.decode(shows.read_bytes())["record"]
        assert every.keys() - said.keys() == {*hidden, "id", ":whole"}
        assert examine(shows, signed.trust, Quiet()).holds
        assert "matched[0].field" in said


def test_what_is_withheld_is_repeated_by_nothing_that_is_shown(
    signed: SignedCase, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="predicate repeats it") as refused:
        disclose(signed.folder, [finding(signed)], ["matched.value"], WHOM, tmp_path / "none")
    assert refused.value.hint == "add --withhold matched.predicate"
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("trust", ["nobody", "another"])
def test_without_the_signer_s_key_nothing_is_shown(
    signed: SignedCase, tmp_path: Path, trust: str
) -> None:
    shows, _ = disclose(signed.folder, [finding(signed)], (), WHOM, tmp_path)
    trusted = NOBODY if trust == "nobody" else Trust(key=signed.witness.verifier())
    assert "the checkpoint is signed" in failures(examine(shows, trusted, Quiet()))


@pytest.mark.parametrize("suffix", [".json", ".tlog-proof"])
@pytest.mark.parametrize("whole", [True, False])
def test_one_bit_of_it_is_caught(
    signed: SignedCase, tmp_path: Path, suffix: str, whole: bool
) -> None:
    wanted = finding(signed) if whole else several(signed)[0]
    shows, _ = disclose(signed.folder, [wanted], (), WHOM, tmp_path)
    path = shows.with_suffix(suffix)
    for place, changed in flipped(path.read_bytes(), 250):
        path.write_bytes(changed)
        assert not examine(shows, signed.trust, Quiet()).holds, place


def said_otherwise(said: dict[str, Any]) -> None:
    said["record"]["rule"] = "innocent"


def one_twice(said: dict[str, Any]) -> None:
    said["disclosures"].append(said["disclosures"][0])


def of_elsewhere(said: dict[str, Any]) -> None:
    said["disclosures"].append("WyJzYWx0IiwibmFtZSIsInZhbHVlIl0")


def no_digests(said: dict[str, Any]) -> None:
    said["payload"] = {"_sd": {}, "_sd_alg": "sha-256"}


def fewer_than_it_has(said: dict[str, Any]) -> None:
    del said["record"]["rule"]
    said["disclosures"] = [
        item
        for item in said["disclosures"]
        if b'"rule"' not in base64.urlsafe_b64decode(f"{item}==")
    ]


def no_text(said: dict[str, Any]) -> None:
    said["disclosures"] = ["é", "!", ""]


CHANGES = (*(said_otherwise, one_twice, of_elsewhere, no_digests, fewer_than_it_has, no_text),)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_was_rewritten_is_caught(
    signed: SignedCase, tmp_path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    shows, _ = disclose(signed.folder, [finding(signed)], (), WHOM, tmp_path)
    said = msgspec.json.decode(shows.read_bytes())
    change(said)
    written = msgspec.json.format(msgspec.json.encode(said, order="sorted"), indent=2) + b"\n"
    assert written != shows.read_bytes()
    shows.write_bytes(written)
    assert not examine(shows, signed.trust, Quiet()).holds


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"\xff", b"null", b'{"a":1,"a":2}', b"[" * 9999, b'{"x":' * 9999]
)
def test_noise_fails_and_never_crashes(signed: SignedCase, tmp_path: Path, body: bytes) -> None:
    shows, proof = disclose(signed.folder, [finding(signed)], (), WHOM, tmp_path)
    for path in (shows, proof):
        whole = path.read_bytes()
        path.write_bytes(body)
        assert not examine(shows, signed.trust, Quiet()).holds
        path.write_bytes(whole)


def test_what_is_asked_of_one_record_stands_in_one_file(signed: SignedCase, tmp_path: Path) -> None:
    two = several(signed)[:2]
    shows, proof = disclose(signed.folder, two, (), WHOM, tmp_path / "out")
    assert sorted((tmp_path / "out").iterdir()) == sorted((shows, proof))
    verdict = examine(shows, signed.trust, Quiet())
    assert verdict.holds, failures(verdict)
    assert all(f'"{each}"' in verdict.checks[2].detail for each in two)


def test_of_a_thing_inside_a_record_fields_can_be_withheld_too(
    signed: SignedCase, tmp_path: Path
) -> None:
    wanted = several(signed)[0]
    shows, _ = disclose(signed.folder, [wanted], ["speaker", "sentence"], WHOM, tmp_path)
    verdict = examine(shows, signed.trust, Quiet())
    assert verdict.holds, failures(verdict)
    said = msgspec.json.decode(shows.read_bytes())["record"]
    names = {path.rpartition("].")[2] for path in said}
    assert "act" in names
    assert not names & {"speaker.name", "sentence", "id"}  # its id is made of what it says
    assert wanted.encode() not in shows.read_bytes()


@pytest.mark.parametrize("asked", ["nose", "matched[99]", "matched.nose", "", "wher", ":kind", "."])
def test_what_is_not_there_cannot_be_withheld(
    signed: SignedCase, tmp_path: Path, asked: str
) -> None:
    with pytest.raises(InputError, match="has no field") as refused:
        disclose(signed.folder, [finding(signed)], [asked], WHOM, tmp_path / "none")
    assert "matched.value" in refused.value.hint
    assert "members" in refused.value.hint
    assert ":" not in refused.value.hint
    assert not (tmp_path / "none").exists()


def test_what_holds_nothing_is_withheld_with_what_else_holds_nothing(
    signed: SignedCase, tmp_path: Path
) -> None:
    """That a field is empty is said in one place; who withholds one of them withholds that."""
    shows, _ = disclose(signed.folder, [finding(signed)], ["members"], WHOM, tmp_path)
    assert made(signed)["findings"][0]["members"] == []
    said = msgspec.json.decode(shows.read_bytes())["record"]
    assert ":empty" not in said
    assert b"members" not in shows.read_bytes()


def test_an_id_that_is_withheld_stands_in_no_other_field(
    signed: SignedCase, tmp_path: Path
) -> None:
    """What an assessment says of a hypothesis elsewhere would name the one that is withheld."""
    with pytest.raises(InputError, match="stands in") as refused:
        disclose(signed.folder, ["assessment"], ["hypotheses.posterior"], WHOM, tmp_path)
    assert "--withhold" in refused.value.hint


def test_a_folder_that_cannot_be_made_is_said_before_the_receipt(
    signed: SignedCase, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    before = (signed.folder / "checkpoint").read_bytes()
    with pytest.raises(Exception, match="is no folder"):
        disclose(signed.folder, [finding(signed)], (), WHOM, tmp_path / "file")
    assert (signed.folder / "checkpoint").read_bytes() == before
