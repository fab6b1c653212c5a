"""Tokens of a time stamping authority: that these bytes existed at a time, on its word.

Spec: RFC 3161 (https://www.rfc-editor.org/rfc/rfc3161)
Why: a signature says who, not when. The request holds a hash alone, and any authority may answer.
Trap: nothing is sent from here. The request is a file; how it gets to the authority is the user's.
Trap: version numbers and the algorithm's name around a token's signature are covered by nothing; a
change there changes nothing that is said.
"""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

from cryptography.x509 import Certificate, load_pem_x509_certificates

from stopa.errors import InputError, VerificationError

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse


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
    except (rfc3161.VerificationError, ValueError) as error:
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


def _library() -> Any:  # noqa: ANN401 - a module
    try:
        return import_module("rfc3161_client")
    except ImportError as error:
        raise InputError(
            "time stamps need the package rfc3161-client", hint="pip install 'stopa[timestamp]'"
        ) from error
