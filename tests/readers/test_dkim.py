"""A signature is checked with a key that is at hand, and no more is said of it than that shows."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from time import process_time

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from dkim.canonicalization import CanonicalizationPolicy

from stopa.readers._dkim import Keys, Signature, Signed, canonical_body, signatures
from stopa.readers._headers import read_header

BODY = b"Dear all,\r\n\r\nsee  the \t plan. \r\n\r\n\r\n"
MAIL = (
    b"Received: from a by b; Tue, 4 May 2021 09:12:44 +0200\r\n"
    b"From: Protocol  Office <protocol@kurier.net>\r\nTo: b@ministry.cz\r\n"
    b"Subject: The\r\n  plan\r\nDate: Tue, 4 May 2021 09:12:41 +0200\r\n\r\n" + BODY
)
NAME = "mail._domainkey.kurier.net"

# RFC 8463, appendix A: the message, and the records of both keys.
RFC_8463 = b"""DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
 date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
"""
RFC_8463_KEYS = {
    "brisbane._domainkey.football.example.com": (
        "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    ),
    "test._domainkey.football.example.com": (
        "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08"
        "a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKr"
        "M3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB",
    ),
}
# A key of 768 bits, made for this test by openssl; libraries make none that short any more.
SHORT = "-----BEGIN RSA {0}-----\n{1}\n-----END RSA {0}-----\n".format(
    "PRIVATE KEY",
    """MIIBygIBAAJhAOUTepyxE6yuD9Q130cdBlhEfNLUmZE3H64KJLd2iwlEalxxvqQa
JCpYKIOyUoJnGo6lOUnRNrLPoIlD11ECYIxNGXDD76ONd1BFilrmvUQorvqJeEuZ
GkpQGQeTzb4EtQIDAQABAmBZhRo2X7Drm34OFRtzQ/F1zxXkojZ9HEiiD863b3j4
HyddhwnUQW7+qULz7Fz4Hufxi5Ul6LQcUnAlp8HLOyupcI9jk00g8C4ZcLjDfiDg
cYcEXn1tWIyImm7099oDQwUCMQD7nQXnDyPBHBvovHymqBMJ57OooPXqXiQ26cip
ZA5KdIDqiTcrAoWKxYrjxRFlXxMCMQDpEd6glUDIwNuPDBUnygksMN8ywQAjYtoi
hCrOW/JKb2KH7zQqHUY9jCOSV4wQ3hcCMQD5iU0lTpqDFkGHnAdzsRTQqf4/qwK4
oQ0BePINLLIPnWONNvCDs0iFzExmgDc0dgkCMCPtAzoRh5jqUW2tWR13AQ70wZLb
OSA7PpCPeuGwPprGrJNzhcDwHkGidmE6aXa4JQIwVAClsgoBkvoEReHAoXEbsY2e
AKfHS57eg4sWJ/ed0YcDdZkPz/bMo2hWnnv6rYZr""",
)
SHORT_PUBLIC = (
    "MHwwDQYJKoZIhvcNAQEBBQADawAwaAJhAOUTepyxE6yuD9Q130cdBlhEfNLUmZE3H64KJLd2iwlEalxxvqQaJCpYKIOy"
    "UoJnGo6lOUnRNrLPoIlD11ECYIxNGXDD76ONd1BFilrmvUQorvqJeEuZGkpQGQeTzb4EtQIDAQAB"
)


@pytest.fixture(scope="module")
def key() -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


def record(key: RSAPrivateKey, more: str = "") -> str:
    raw = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; {more}p={b64encode(raw).decode()}"


def signed(key: RSAPrivateKey, message: bytes = MAIL, **how: object) -> bytes:
    """Sign a message as another program does."""
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    field: bytes = dkim.sign(message, b"mail", b"kurier.net", pem, **how)
    return field + message


def told(raw: bytes, keys: Keys, *, exact: bool = True) -> list[Signature]:
    header = read_header(raw, 0, len(raw))
    return signatures(Signed(raw, header, len(raw), exact=exact), keys)


def result(raw: bytes, *records: str, exact: bool = True) -> str:
    (one,) = told(raw, {NAME: records} if records else {}, exact=exact)
    return one.result


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_the_signatures_of_the_specification_are_verified(end: bytes) -> None:
    found = told(RFC_8463.replace(b"\n", end), RFC_8463_KEYS)
    assert [(one.selector, one.body, one.result) for one in found] == [
        ("brisbane", "unchanged", "verified"),
        ("test", "unchanged", "verified"),
    ]
    changed = RFC_8463.replace(b"Is dinner", b"Was dinner")
    assert {one.result[:6] for one in told(changed, RFC_8463_KEYS)} == {"failed"}
    assert {one.result[:6] for one in told(RFC_8463, {})} == {"no key"}


@pytest.mark.parametrize("header", [b"simple", b"relaxed"])
@pytest.mark.parametrize("body", [b"simple", b"relaxed"])
def test_what_another_program_signs_is_verified(
    key: RSAPrivateKey, header: bytes, body: bytes
) -> None:
    raw = signed(key, canonicalize=(header, body))
    assert result(raw, record(key)) == "verified"
    assert result(raw.replace(b"\r\n", b"\n"), record(key)) == "verified"
    assert dkim.verify(raw, dnsfunc=lambda *_, **__: record(key).encode())


CHANGES = {
    "the body": (b"the \t plan", b"another plan", "failed: the body was changed"),
    "a field": (b"protocol@", b"protocoI@", "failed: the signature is not over these fields"),
    "the signature": (b" b=", b" b=AAAA", "failed: the signature is not over these fields"),
    "an unsigned field": (b"from a by b", b"from x by y", "verified"),
    "folding": (b"Subject: The\r\n  plan", b"Subject:  The plan ", "verified"),
}


@pytest.mark.parametrize(("old", "new", "expected"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_told_by_what_was_changed(
    key: RSAPrivateKey, old: bytes, new: bytes, expected: str
) -> None:
    fields = [b"from", b"to", b"subject", b"date"]
    raw = signed(key, canonicalize=(b"relaxed", b"relaxed"), include_headers=fields)
    assert old in raw
    assert result(raw.replace(old, new), record(key)).startswith(expected)


def test_of_an_attached_message_no_failure_is_told(key: RSAPrivateKey) -> None:
    raw = signed(key)
    assert result(raw, record(key), exact=False) == "verified"
    assert result(raw + b"x\r\n", record(key), exact=False) == "not told"
    changed = raw.replace(b"Subject: The", b"Subject: Another")
    assert result(changed, record(key), exact=False).startswith("not told")


RECORDS = {
    "revoked": ("v=DKIM1; p=", "failed: the key was revoked"),
    "no key": ("v=DKIM1; p=AAAA", "failed: the record holds no key"),
    "of another kind": (RFC_8463_KEYS["brisbane._domainkey.football.example.com"][0],
                        "failed: the key is for ed25519"),
    "of another version": ("v=DKIM2; p=AAAA", "failed: the record of the key is of another"),
    "not even a record": ("hello", "failed: the key was revoked"),
    "far too long": ("v=DKIM1; p=" + "A" * 10_000, "failed: the record holds no key"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RECORDS.values(), ids=RECORDS)
def test_a_record_that_is_no_key_for_it_is_told(
    key: RSAPrivateKey, text: str, expected: str
) -> None:
    assert result(signed(key), text).startswith(expected)
    assert result(signed(key), text, record(key)) == "verified"  # one of several records


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("h=sha1; ", "failed: the key is not for sha256"),
        ("h=sha256:sha1; ", "verified"),
        ("s=tlsrpt; ", "failed: the key is not for mail"),
        ("t=y:s; ", "verified"),
    ],
)
def test_what_a_record_allows_is_kept_to(key: RSAPrivateKey, more: str, expected: str) -> None:
    assert result(signed(key), record(key, more)) == expected


def test_what_counts_as_none_today_is_weak(key: RSAPrivateKey) -> None:
    sha1 = signed(key, signature_algorithm=b"rsa-sha1")
    assert result(sha1, record(key)).startswith("weak: it holds, but rsa-sha1")
    field: bytes = dkim.sign(MAIL, b"mail", b"kurier.net", SHORT.encode())
    assert "a key of 768 bits" in result(field + MAIL, f"v=DKIM1; p={SHORT_PUBLIC}")


def test_what_a_signature_leaves_open_is_noted(key: RSAPrivateKey) -> None:
    raw = signed(key, length=True, include_headers=[b"from", b"to", b"date"])
    more = b"From: Another <a@b.cz>\r\n" + raw + b"Click http://evil.cz\r\n"
    (one,) = told(more, {NAME: (record(key),)})
    assert one.result == "verified"
    assert len(one.notes) == 3
    assert one.notes[0].startswith("covers ")
    assert one.notes[1:] == (
        "from stands 2 times and is signed 1 times",
        "does not cover subject",
    )


def test_a_signature_that_cannot_be_one_fails(key: RSAPrivateKey) -> None:
    raw = signed(key)
    assert result(raw.replace(b"v=1;", b"v=2;"), record(key)) == "failed: it states no version 1"
    other = raw.replace(b"i=@kurier.net", b"i=@kurier.com")
    assert result(other, record(key)) == "failed: its identity is not of its domain"


def field(body: bytes, how: str = "relaxed/relaxed", more: str = "") -> bytes:
    digest = b64encode(sha256(body).digest()).decode()
    folded = f"{digest[:20]} {digest[20:]}"
    return f"v=1; a=rsa-sha256; c={how}; d=Kurier.net; s=mail; {more} bh={folded}; b=x".encode()


def test_a_body_is_hashed_as_the_specification_says() -> None:
    # RFC 6376, section 3.4.5, the example's body
    example = b" C \r\nD \t E\r\n\r\n\r\n"
    assert canonical_body(example, "relaxed") == b" C\r\nD E\r\n"
    assert canonical_body(example, "simple") == b" C \r\nD \t E\r\n"
    assert canonical_body(b"", "simple") == b"\r\n"
    assert canonical_body(b"", "relaxed") == b""
    for ended in (b"x\r\n\r\r\n\n", b"x\r", b"\r\n\r\n", b"x \t\n \n", b"\r\r\n"):
        for how in ("simple", "relaxed"):
            lines = CanonicalizationPolicy.from_c_value(b"simple/" + how.encode())
            whole = re.sub(rb"(?<!\r)\n", b"\r\n", ended)
            assert canonical_body(ended, how) == lines.canonicalize_body(whole), (ended, how)


def test_blanks_and_line_ends_without_end_take_bounded_time() -> None:
    began = process_time()
    for part in (b" \t", b"\r\n", b"\n", b"\r", b" \r\n"):
        for how in ("simple", "relaxed"):
            canonical_body(part * 2_000_000 + b"x" + part, how)
    assert process_time() - began < 20


@pytest.mark.parametrize(
    ("said", "body", "expected"),
    [
        (field(b"Dear all,\r\n\r\nsee the plan.\r\n"), BODY, "unchanged"),
        (field(b"Dear all,\r\n\r\nsee the plan.\r\n"), BODY.replace(b"\r\n", b"\n"), "unchanged"),
        (field(b"Dear all,\r\n\r\nsee the plan.\r\n"), BODY + b"http://kurier.net", "changed"),
        (field(b"Dear all,\r\n\r\nsee  the \t plan. \r\n", "simple"), BODY, "unchanged"),
        (field(b"Dear", more="l=4;"), BODY, "unchanged"),
        (b"v=1; a=rsa-sha256; d=kurier.net; s=mail; b=x", BODY, "not told"),
        (b"", b"", "not told"),
        (b"; ; =; l=99999999999999999999; x=999999999999; bh=\xff", BODY, "not told"),
    ],
)
def test_a_changed_body_shows_without_a_key(said: bytes, body: bytes, expected: str) -> None:
    (one,) = told(b"DKIM-Signature: " + said + b"\r\n\r\n" + body, {})
    assert one.body == expected
