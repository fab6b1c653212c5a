"""Tokens of a time stamping authority: that these bytes existed at a time, on its word.

Spec: RFC 3161 (https://www.rfc-editor.org/rfc/rfc3161)
Why: a signature says who, not when. The request holds a hash alone, and any authority may answer.
Trap: nothing is sent from here. The request is a file; how it gets to the authority is the user's.
Trap: two version numbers and the algorithm's name around a token's signature are covered by
nothing. They follow from the rest, so they are held against it (RFC 5652 sections 5.1 and 5.3).
"""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

from cryptography.x509 import Certificate, load_pem_x509_certificates

from stopa.errors import InputError, VerificationError

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

SEQUENCE, CMS_VERSION = 0x30, b"\x03"
SIGNER_VERSIONS = {SEQUENCE: b"\x01", 0x80: b"\x03"}  # by issuer and number, by the key's id
SHA256, SHA384, SHA512 = (bytes.fromhex(f"60864801650304020{n}") for n in (1, 2, 3))
RSA = bytes.fromhex("2a864886f70d010101")  # names no hash
ALGORITHMS = {  # of signatures, and the hash that each names: ECDSA, RSA
    **{bytes.fromhex(f"2a8648ce3d04030{n}"): d for n, d in ((2, SHA256), (3, SHA384), (4, SHA512))},
    **{
        bytes.fromhex(f"2a864886f70d01010{n}"): d
        for n, d in (("b", SHA256), ("c", SHA384), ("d", SHA512))
    },
}


def request(message: bytes) -> bytes:
    """Return the request for a token over a message, DER; the same message, the same bytes."""
    rfc3161 = _library()
    builder = rfc3161.TimestampRequestBuilder().data(message).nonce(nonce=False)
    body: bytes = (
        builder.hash_algorithm(rfc3161.HashAlgorithm.SHA256)
        .cert_request(cert_request=True)
        .build()
        .as_bytes()
    )
    return body


def check(response: bytes, message: bytes, authority: bytes) -> datetime:
    """Return the time (UTC) that a token says; `authority` are PEM certificates to trust.

    Raises VerificationError unless the token is over just this message and leads to one of them.
    """
    rfc3161 = _library()
    builder = rfc3161.VerifierBuilder()
    for certificate in _certificates(authority):
        builder = builder.add_root_certificate(certificate)
    read = _decoded(response)
    try:
        builder.build().verify_message(read, message)
        _check_wrapper(response)
    except (rfc3161.VerificationError, ValueError, LookupError) as error:
        raise VerificationError(f"the time stamp does not hold: {error}", hint=HINT) from error
    return read.tst_info.gen_time


HINT = "ask the authority for a token over the envelope as it is now: stopa sign CASE"


def _certificates(pem: bytes) -> list[Certificate]:
    try:
        return load_pem_x509_certificates(pem)
    except ValueError as error:
        raise InputError(
            "the authority's certificates cannot be read", hint="give them as PEM"
        ) from error


def _decoded(response: bytes) -> TimeStampResponse:
    try:
        read: TimeStampResponse = _library().decode_timestamp_response(response)
        read.tst_info.gen_time  # noqa: B018 - a refusal has no token, and says so only here
    except ValueError as error:
        raise VerificationError(f"the time stamp cannot be read: {error}", hint=HINT) from error
    return read


def _check_wrapper(response: bytes) -> None:
    """Raise ValueError where what no signature covers does not follow from what one does."""
    (_, whole), *_ = _parts(response)
    (_, token) = _parts(whole)[1]
    ((_, signed),) = _parts(_parts(token)[1][1])
    (_, version), *_, (_, infos) = _parts(signed)
    ((_, info),) = _parts(infos)
    (_, own), (sid, _), (_, hashed), *rest = _parts(info)
    named = next((body for tag, body in rest if tag == SEQUENCE), b"")
    digest, algorithm = _parts(hashed)[0][1], _parts(named)[0][1]
    if (version, own) != (CMS_VERSION, SIGNER_VERSIONS[sid]):
        raise ValueError("its versions are not those of a token")
    if algorithm != RSA and ALGORITHMS.get(algorithm) != digest:
        raise ValueError("its algorithm is not one of its hash")


def _parts(der: bytes) -> list[tuple[int, bytes]]:
    """Return tag and content of each value, as DER writes them one after another."""
    parts = []
    while der:
        tag, length, start = der[0], der[1], 2
        if length > 0x80:
            start += length & 0x7F
            length = int.from_bytes(der[2:start])
        parts.append((tag, der[start : start + length]))
        der = der[start + length :]
    return parts


def _library() -> Any:  # noqa: ANN401 - a module
    try:
        return import_module("rfc3161_client")
    except ImportError as error:
        raise InputError(
            "time stamps need the package rfc3161-client", hint="pip install 'stopa[timestamp]'"
        ) from error
