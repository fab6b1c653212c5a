"""A small case of the exercise, signed and witnessed once; tests work on copies of it."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from stopa.case.keys import new_key
from stopa.case.plan import Plan, Quiet
from stopa.case.signed import Trust
from stopa.case.signing import sign
from stopa.case.witnessing import witness
from stopa.case.work import investigate
from stopa.dossier.note import COSIGNATURE, Signer, VerifierKey

EVIDENCE = Path(__file__).parents[2] / "examples" / "exercise" / "evidence"
PARTS = (EVIDENCE / "mail", EVIDENCE / "reports")
PASSPHRASE = "several words nobody guesses"  # noqa: S105 - of keys that live for a test
SEEN = 1_760_000_000  # POSIX seconds of the cosignature


@dataclass(frozen=True)
class SignedCase:
    """The folder of a signed case, all keys of those who signed, and how many leaves they saw."""

    folder: Path
    signer: Signer
    witness: Signer
    state: Path
    leaves: int

    @property
    def dossier(self) -> Path:
        return self.folder / "dossier"

    @property
    def trust(self) -> Trust:
        seen = self.witness.verifier(COSIGNATURE)
        return Trust(key=self.signer.verifier(), witnesses=(seen,))

    @property
    def key(self) -> VerifierKey:
        return self.signer.verifier()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> SignedCase:
    home = tmp_path_factory.mktemp("signed")
    before = os.environ.get("STOPA_CACHE")
    os.environ["STOPA_CACHE"] = str(home / "cache")
    try:
        investigate(PARTS, home / "case", Plan(title="signed"), Quiet())
    finally:
        os.environ.pop("STOPA_CACHE")
        if before is not None:
            os.environ["STOPA_CACHE"] = before
    signer = new_key("cert.example/attribution", home / "signer.key", PASSPHRASE)
    watcher = new_key("watch.example/w1", home / "witness.key", PASSPHRASE)
    leaves = sign(home / "case", signer, Quiet()).leaves
    made = SignedCase(home / "case", signer, watcher, home / "witness.json", leaves)
    witness(made.folder, watcher, made.state, seconds=SEEN, log=signer.verifier())
    return made


@pytest.fixture
def signed(made_once: SignedCase, tmp_path: Path) -> SignedCase:
    """A copy of the signed case and of what its witness remembers, to do with as one likes."""
    shutil.copytree(made_once.folder, tmp_path / "case")
    state = tmp_path / "witness.json"
    shutil.copy(made_once.state, state)
    return replace(made_once, folder=tmp_path / "case", state=state)
