"""Signed notes are those of the specification, and only those."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from stopa.dossier.note import (
    COSIGNATURE,
    Signer,
    VerifierKey,
    check_cosigned,
    check_signed,
    cosign,
    parse_key,
    sign,
    split,
)
from stopa.errors import InputError, VerificationError

# Made by another implementation (its published example): a key, and a note that it signed.
VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = (
    "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ON"
    "ncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
SIGNER = Signer("cert.example/a", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER = Signer("cert.example/a", Ed25519PrivateKey.from_private_bytes(bytes(32)))
TEXT = "origin\n1\nroot\n"


def test_a_note_of_another_implementation_is_read() -> None:
    key = parse_key(VKEY)
    assert key.text() == VKEY
    check_signed(NOTE, key)
    with pytest.raises(VerificationError, match="does not fit"):
        check_signed(NOTE.replace("example message", "Example message"), key)


def test_what_is_signed_is_found_signed_and_the_same_each_time() -> None:
    note = sign(TEXT, SIGNER)
    check_signed(note, SIGNER.verifier())
    assert sign(TEXT, SIGNER) == note
    with pytest.raises(VerificationError, match="has not signed"):
        check_signed(note, OTHER.verifier())


def test_a_cosignature_says_when_and_leaves_the_signer_s_line() -> None:
    note = cosign(sign(TEXT, SIGNER), OTHER, seconds=1679315147)
    check_signed(note, SIGNER.verifier())
    assert check_cosigned(note, OTHER.verifier(COSIGNATURE)) == 1679315147
    with pytest.raises(VerificationError, match="has not signed"):
        check_cosigned(note, OTHER.verifier())
    again = cosign(note, OTHER, seconds=1679315148)
    assert len(split(again)[1]) == len(split(note)[1]) == 2


def test_a_cosignature_s_time_is_signed() -> None:
    note = cosign(sign(TEXT, SIGNER), OTHER, seconds=5)
    text, (first, second) = split(note)
    later = bytes([*second.made[:7], 6]) + second.made[8:]
    line = base64.b64encode(second.id + later).decode()
    forged = f"{text}\n{first.line()}— {second.name} {line}\n"
    with pytest.raises(VerificationError, match="does not fit"):
        check_cosigned(forged, OTHER.verifier(COSIGNATURE))


@pytest.mark.parametrize(
    "note",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n— name\n",
        "text\n\n— name !!!\n",
        "text\n\n— name AAAA",
        "text\n\n- name AAAA\n",
        "text\n\n—  AAAA\n",
        "text\n\n— name AAAB==\n",
        "te\x07xt\n\n— name AAAA\n",
        "text\r\n\n— name AAAA\n",
        "text\n\n— name AAAA\n— name AAAA BBBB\n",
    ],
)
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(VerificationError):
        split(note)


@given(st.text())
def test_no_text_is_more_than_refused(text: str) -> None:
    for note in (text, f"{TEXT}\n— {text}\n"):
        with pytest.raises(VerificationError):
            check_signed(note, SIGNER.verifier())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        VKEY.replace("530d903a", "530d903b"),
        VKEY.replace("foo", "fou"),
        VKEY[:-4],
        VKEY.replace("+Aek", "+Bek"),
        VerifierKey("a name", 1, bytes(32)).text(),
        VerifierKey("", 1, bytes(32)).text(),
        VerifierKey("ecdsa", 2, bytes(32)).text(),
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_key(text)


def test_base64_may_hold_a_plus() -> None:
    key = VerifierKey("cert.example/a", 1, bytes([0, 0, *[0xFB, 0xEF, 0xBE] * 10]))
    assert key.text().count("+") > 2
    assert parse_key(key.text()) == key


def test_there_is_no_cosignature_before_time_or_after_it() -> None:
    for seconds in (-1, 2**63):
        with pytest.raises(InputError):
            cosign(sign(TEXT, SIGNER), OTHER, seconds=seconds)
