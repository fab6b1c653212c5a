"""A witness signs what goes on from what it saw, and names what does not."""

import shutil
from pathlib import Path

import pytest

from stopa.case.plan import Quiet
from stopa.case.signing import sign
from stopa.case.witnessing import request, witness
from stopa.dossier.note import COSIGNATURE, check_cosigned, split
from stopa.errors import CaseError, InputError, VerificationError
from stopa.store.case_reader import SIGNED
from stopa.store.case_store import LEAST, CaseStore
from tests.case.bits import flipped
from tests.case.conftest import SEEN, SignedCase


def grow(case: SignedCase, word: str, folder: Path | None = None) -> None:
    with CaseStore(folder or case.folder) as store, store.step(f"after:{word}", word) as step:
        step.add("remark", word, {"word": word})
    sign(folder or case.folder, case.signer, Quiet())


def seen(case: SignedCase, path: Path, seconds: int = SEEN + 1) -> int:
    done = witness(path, case.witness, case.state, seconds=seconds, log=None)
    assert check_cosigned(done.note, case.witness.verifier(COSIGNATURE)) == seconds
    return done.before


def test_a_ledger_that_goes_on_is_cosigned_again(signed: SignedCase) -> None:
    assert seen(signed, signed.folder) == signed.leaves
    grow(signed, "later")
    assert seen(signed, signed.folder) == signed.leaves
    assert len(split((signed.dossier / SIGNED).read_text("utf-8"))[1]) == 2
    grow(signed, "latest")
    assert seen(signed, signed.folder) == signed.leaves + LEAST


def test_a_witness_elsewhere_needs_only_the_request(signed: SignedCase, tmp_path: Path) -> None:
    grow(signed, "later")
    (tmp_path / "request").write_text(request(signed.folder, signed.leaves), "utf-8")
    assert seen(signed, tmp_path / "request") == signed.leaves
    (tmp_path / "first").write_text(request(signed.folder, 0), "utf-8")
    fresh = tmp_path / "fresh.json"
    done = witness(tmp_path / "first", signed.witness, fresh, seconds=SEEN, log=signed.key)
    assert (done.before, done.size) == (0, signed.leaves + LEAST)


def test_a_checkpoint_alone_shows_no_growth(signed: SignedCase, tmp_path: Path) -> None:
    shutil.copy(signed.dossier / SIGNED, tmp_path / "note")
    assert seen(signed, tmp_path / "note") == signed.leaves  # the one that was seen before
    grow(signed, "later")
    shutil.copy(signed.dossier / SIGNED, tmp_path / "note")
    with pytest.raises(VerificationError, match=r"nothing shows|begins at"):
        seen(signed, tmp_path / "note")


def test_a_rolled_back_ledger_is_refused_and_named(signed: SignedCase, tmp_path: Path) -> None:
    shutil.copytree(signed.folder, tmp_path / "old")
    grow(signed, "later")
    seen(signed, signed.folder)
    remembered = signed.state.read_bytes()
    with pytest.raises(
        VerificationError, match=f"rolled back: the checkpoint has {signed.leaves} leaves"
    ):
        seen(signed, tmp_path / "old")
    assert signed.state.read_bytes() == remembered


@pytest.mark.parametrize("more", [0, 1])
def test_a_forked_ledger_is_refused_and_named(
    signed: SignedCase, tmp_path: Path, more: int
) -> None:
    shutil.copytree(signed.folder, tmp_path / "fork")
    grow(signed, "one")
    seen(signed, signed.folder)
    grow(signed, "two", tmp_path / "fork")
    for _ in range(more):
        grow(signed, "three", tmp_path / "fork")
    with pytest.raises(VerificationError, match="forked"):
        seen(signed, tmp_path / "fork")
    (tmp_path / "request").write_text(request(tmp_path / "fork", signed.leaves + LEAST), "utf-8")
    with pytest.raises(VerificationError, match="forked"):
        seen(signed, tmp_path / "request")


def test_one_bit_of_a_request_is_refused_or_says_the_same(
    signed: SignedCase, tmp_path: Path
) -> None:
    """What a cosignature of before says is another's to check, and none of a witness's business."""
    grow(signed, "later")
    asked = request(signed.folder, signed.leaves)
    body, ours = asked.encode(), asked.partition("\n— watch.example/w1")[0].encode()
    remembered = signed.state.read_bytes()
    for place, changed in flipped(body, 150):
        (tmp_path / "request").write_bytes(changed)
        signed.state.write_bytes(remembered)
        try:
            seen(signed, tmp_path / "request")
        except (InputError, VerificationError):
            assert signed.state.read_bytes() == remembered
            continue
        assert place > len(ours), changed[max(0, place - 30) : place + 30]


def test_one_bit_of_what_a_witness_remembers_is_caught_or_only_makes_it_refuse(
    signed: SignedCase,
) -> None:
    remembered = signed.state.read_bytes()
    for place, changed in flipped(remembered, 100):
        signed.state.write_bytes(changed)
        held = True
        try:
            seen(signed, signed.folder)
        except (InputError, VerificationError):
            held = False
        assert not held, changed[max(0, place - 30) : place + 30]


def test_a_witness_wants_to_know_whose_ledger_it_is(signed: SignedCase, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.json"
    with pytest.raises(InputError, match="has not seen"):
        witness(signed.folder, signed.witness, fresh, seconds=SEEN, log=None)
    other = signed.witness.verifier()
    with pytest.raises(VerificationError, match="has not signed"):
        witness(signed.folder, signed.witness, fresh, seconds=SEEN, log=other)
    with pytest.raises(VerificationError, match="another signer"):
        witness(signed.folder, signed.witness, signed.state, seconds=SEEN, log=other)
    assert not fresh.exists()


def test_what_cannot_be_witnessed_is_an_error(signed: SignedCase, tmp_path: Path) -> None:
    with CaseStore(tmp_path / "unsigned"):
        pass
    with pytest.raises(CaseError, match="no signed checkpoint"):
        seen(signed, tmp_path / "unsigned")
    with pytest.raises(InputError):
        request(signed.folder, signed.leaves + 1)
    (tmp_path / "noise").write_bytes(b"\xff old 3\n")
    with pytest.raises(VerificationError):
        seen(signed, tmp_path / "noise")
    signed.state.write_text("[]")
    with pytest.raises(InputError, match="not what a witness remembers"):
        seen(signed, signed.folder)
