"""A chain of seals is checked with keys that are at hand; another program says the same of it."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

from stopa.readers._arc import Chain, chain
from stopa.readers._dkim import Signed, canonical_body, canonical_field
from stopa.readers._headers import read_header
from tests.readers.test_dkim import record

HEADER = (
    b"From: Eva <eva@kurier.net>\r\n",
    b"To: list@ministry.example\r\n",
    b"Subject:  plans\r\n",
)
BODY = b"\r\nSee you there.\r\n"
SERVERS = ("mx.ministry.example", "list.example.net")


@pytest.fixture(scope="module")
def key() -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


def sealed(key: RSAPrivateKey, *states: str) -> bytes:
    """Return the mail with a set of ARC fields by each server (RFC 8617, section 5.1)."""
    chained: list[bytes] = []
    for number, (server, cv) in enumerate(zip(SERVERS, states, strict=False), 1):
        results = f"ARC-Authentication-Results: i={number}; {server};\r\n spf=pass\r\n".encode()
        hashed = b64encode(sha256(canonical_body(BODY[2:], "relaxed")).digest()).decode()
        own = f"ARC-Message-Signature: i={number}; a=rsa-sha256; c=relaxed/relaxed; d={server};"
        own += f" s=arc; h=from:to:subject; bh={hashed}; b="
        message = signed(key, HEADER, own)
        seal = f"ARC-Seal: i={number}; a=rsa-sha256; cv={cv}; d={server}; s=arc; b="
        chained += [results, message]
        chained.append(signed(key, chained, seal))
    return b"".join((*reversed(chained), *HEADER, BODY))


def signed(key: RSAPrivateKey, fields: list[bytes] | tuple[bytes, ...], own: str) -> bytes:
    told = b"".join(canonical_field(field, "relaxed") for field in fields)
    told += canonical_field(own.encode(), "relaxed")[:-2]
    return f"{own}{b64encode(key.sign(told, PKCS1v15(), SHA256())).decode()}\r\n".encode()


def chain_of(raw: bytes, key: RSAPrivateKey | None) -> Chain:
    names = [f"arc._domainkey.{server}" for server in SERVERS]
    keys = {name: (record(key),) for name in names} if key else {}
    return chain(Signed(raw, read_header(raw, 0, len(raw)), len(raw)), keys)


def verified_elsewhere(raw: bytes, key: RSAPrivateKey) -> bool:
    cv, _, _ = dkim.arc_verify(raw, dnsfunc=lambda _, timeout=5: record(key).encode())
    return bool(cv == b"pass")


@pytest.mark.parametrize("states", [("none",), ("none", "pass")])
def test_a_chain_that_holds_is_verified_here_and_elsewhere(
    states: tuple[str, ...], key: RSAPrivateKey
) -> None:
    raw = sealed(key, *states)
    assert verified_elsewhere(raw, key)
    found = chain_of(raw, key)
    assert found.result == "verified"
    assert found.states == tuple(f"{server}; spf=pass" for server in SERVERS[: len(states)])
    assert found.seals == tuple(
        f"{server} cv={cv}: verified" for server, cv in zip(SERVERS, states, strict=False)
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"See you there", b"See you here"),
        (b"Subject:  plans", b"Subject: other plans"),
        (b"i=1; mx.ministry.example;\r\n spf=pass", b"i=1; mx.ministry.example;\r\n spf=fail"),
        (b"cv=pass", b"cv=none"),
        (b"cv=none", b"cv=pass"),
        (b"ARC-Seal: i=1", b"X-Seal: i=1"),
        (b"i=2", b"i=3"),
    ],
)
def test_a_change_to_the_chain_or_the_mail_fails(
    before: bytes, after: bytes, key: RSAPrivateKey
) -> None:
    raw = sealed(key, "none", "pass").replace(before, after)
    assert not verified_elsewhere(raw, key)
    assert str(chain_of(raw, key).result).startswith("failed")


def test_without_the_key_nothing_is_said_of_a_seal(key: RSAPrivateKey) -> None:
    found = chain_of(sealed(key, "none"), None)
    assert str(found.result).startswith("no key: arc._domainkey.mx.ministry.example")
    assert found.states == ("mx.ministry.example; spf=pass",)


def test_a_mail_without_a_chain_has_no_result(key: RSAPrivateKey) -> None:
    assert chain_of(b"".join((*HEADER, BODY)), key) == Chain()
