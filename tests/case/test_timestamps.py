"""A token of an authority on this machine is attached and checked; any other is refused."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from stopa.case.check import examine
from stopa.case.plan import Quiet
from stopa.case.signed import TOKEN, Trust
from stopa.case.signing import attach_timestamp, sign, timestamp_request
from stopa.dossier import timestamp
from stopa.errors import CaseError, InputError, VerificationError
from tests.case.bits import flipped
from tests.case.conftest import SignedCase

OPENSSL = shutil.which("openssl")
CONFIG = """
[tsa]
default_tsa = authority
[authority]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True)
class Authority:
    """A time stamping authority on this machine; `pem` are its certificates."""

    folder: Path

    @property
    def pem(self) -> bytes:
        return (self.folder / "root.pem").read_bytes()

    def answer(self, request: bytes) -> bytes:
        assert OPENSSL, "apt-get install openssl"
        (self.folder / "request.tsq").write_bytes(request)
        command = [OPENSSL, "ts", "-reply", "-config", "tsa.cnf", "-section", "authority"]
        command += ["-queryfile", "request.tsq", "-signer", "tsa.pem", "-inkey", "tsa.key"]
        command += ["-out", "answer.tsr"]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)  # noqa: S603 - Debian's own
        return (self.folder / "answer.tsr").read_bytes()


def authority(folder: Path) -> Authority:
    folder.mkdir()
    root_key, tsa_key = (
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    )
    root = certificate("Root of a test", root_key, "Root of a test", root_key)
    tsa = certificate("Authority of a test", tsa_key, "Root of a test", root_key)
    (folder / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
    (folder / "tsa.pem").write_bytes(tsa.public_bytes(Encoding.PEM))
    key = tsa_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "tsa.key").write_bytes(key)
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    return Authority(folder)


def certificate(
    name: str, key: ec.EllipticCurvePrivateKey, by: str, with_: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    now = datetime.now(UTC)  # noqa: TID251 - a certificate of today
    builder = x509.CertificateBuilder(
        issuer_name=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, by)]),
        subject_name=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]),
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now - timedelta(days=1),
        not_valid_after=now + timedelta(days=2),
    ).add_extension(x509.BasicConstraints(ca=key is with_, path_length=None), critical=True)
    if key is not with_:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(with_, hashes.SHA256())


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("tsa") / "one")


def outcome(case: SignedCase, pem: bytes) -> str:
    verdict = examine(case.folder, Trust(key=case.key, authority=pem), Quiet())
    (check,) = [check for check in verdict.checks if check.what == "the time stamp holds"]
    return f"{check.holds}: {check.detail}"


def test_a_token_is_attached_and_says_when(signed: SignedCase, local: Authority) -> None:
    request = timestamp_request(signed.folder)
    assert request == timestamp_request(signed.folder)
    when = attach_timestamp(signed.folder, local.answer(request), local.pem)
    assert when.startswith("20")
    assert outcome(signed, local.pem) == f"True: the envelope existed at {when}"
    sign(signed.folder, signed.signer, Quiet())
    assert (signed.dossier / TOKEN).exists()


def test_a_token_of_another_envelope_or_authority_is_refused(
    signed: SignedCase, local: Authority, tmp_path: Path
) -> None:
    token = local.answer(timestamp_request(signed.folder))
    other = authority(tmp_path / "other")
    with pytest.raises(VerificationError, match="does not hold"):
        attach_timestamp(signed.folder, token, other.pem)
    sign(signed.folder, signed.witness, Quiet())
    with pytest.raises(VerificationError, match="does not hold"):
        attach_timestamp(signed.folder, token, local.pem)
    assert not (signed.dossier / TOKEN).exists()


def test_one_bit_of_a_token_is_caught(signed: SignedCase, local: Authority) -> None:
    token = local.answer(timestamp_request(signed.folder))
    (signed.dossier / TOKEN).write_bytes(token)
    assert outcome(signed, local.pem).startswith("True")
    for place, changed in flipped(token, 6):
        (signed.dossier / TOKEN).write_bytes(changed)
        assert outcome(signed, local.pem).startswith("False"), place


def test_every_bit_of_a_token_is_caught_also_where_no_signature_covers_it(
    local: Authority,
) -> None:
    token = local.answer(timestamp.request(b"an envelope"))
    assert timestamp.check(token, b"an envelope", local.pem)
    held = []
    for place in range(len(token)):
        for bit in range(8):
            changed = token[:place] + bytes([token[place] ^ 1 << bit]) + token[place + 1 :]
            with suppress(VerificationError):
                timestamp.check(changed, b"an envelope", local.pem)
                held.append((place, bit))
    assert held == []


@pytest.mark.parametrize("answer", [b"", b"noise", b"0\x03\x02\x01\x00"])
def test_what_is_no_answer_is_refused(signed: SignedCase, local: Authority, answer: bytes) -> None:
    with pytest.raises(VerificationError):
        attach_timestamp(signed.folder, answer, local.pem)
    with pytest.raises(InputError, match=r"certificates cannot be read"):
        attach_timestamp(signed.folder, answer, b"no certificates")


def test_an_answer_that_refuses_is_no_token(signed: SignedCase, local: Authority) -> None:
    refusal = local.answer(timestamp_request(signed.folder)[:-4] + b"\x00\x00\x00\x00")
    with pytest.raises(VerificationError):
        attach_timestamp(signed.folder, refusal, local.pem)


def test_only_a_signed_case_has_an_envelope_to_stamp(signed: SignedCase) -> None:
    (signed.dossier / "envelope.json").unlink()
    with pytest.raises(CaseError, match="is not signed"):
        timestamp_request(signed.folder)
