"""A leaf covers every field of a record, and tells of none."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

import msgspec
import pytest

from stopa.model.record import canonical
from stopa.store.sealing import ID, KIND, Sealed, commitment, digest, payload, sealed

SALT = bytes(range(32))
RECORD = {
    "host": "ws1",
    "matched": [{"field": "Image"}],
    "none": None,
    "statements": [{"id": "S-1", "text": "a"}, {"id": "S-2", "text": "b"}],
    "zeroes": [],
}


def seal(**changes: object) -> Sealed:
    return sealed(SALT, "finding", "F-1", canonical({**RECORD, **changes}))


def opened(disclosure: bytes) -> list[object]:
    value: list[object] = msgspec.json.decode(urlsafe_b64decode(disclosure + b"=="))
    return value


def test_a_digest_is_that_of_rfc_9901() -> None:
    """The example of section 4.2.3 of the RFC."""
    disclosure = b"WyI2cU1RdlJMNWhhaiIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    assert digest(disclosure) == b"uutlBuYeMDyjLLTpf6Jxi7yNkEF35jdyWMn9U7b_RYY"


def test_every_field_is_sealed_with_a_salt_of_its_own() -> None:
    record = seal()
    assert set(record.fields) == {*RECORD, KIND, ID}
    shown = [opened(d) for d in record.fields.values()]
    shown += [opened(d) for items in record.elements.values() for d in items]
    salts = [parts[0] for parts in shown]
    assert len(set(salts)) == len(salts) == len(RECORD) + 2 + 2
    assert all(len(bytes.fromhex(str(salt))) == 16 for salt in salts)
    assert {parts[1] for parts in shown if len(parts) == 3} == {*RECORD, KIND, ID}


def test_things_with_an_id_are_sealed_singly_and_other_lists_whole() -> None:
    record = seal()
    assert set(record.elements) == {"statements"}
    assert opened(record.fields["statements"])[2] == [
        {"...": digest(item).decode()} for item in record.elements["statements"]
    ]
    assert opened(record.fields["matched"])[2] == RECORD["matched"]


def test_the_payload_is_the_sorted_digests_alone() -> None:
    record = seal()
    read = msgspec.json.decode(payload(record))
    assert read == {
        "_sd": sorted(digest(d).decode() for d in record.fields.values()),
        "_sd_alg": "sha-256",
    }
    assert payload(record) == canonical(read)
    expected = hashlib.sha256(b"stopa-record-v2\x00" + payload(record)).digest()
    assert commitment(payload(record)) == expected


@pytest.mark.parametrize(
    "other",
    [
        sealed(SALT, "problem", "F-1", canonical(RECORD)),
        sealed(SALT, "finding", "F-2", canonical(RECORD)),
        sealed(SALT[::-1], "finding", "F-1", canonical(RECORD)),
        sealed(SALT, "finding", "F-1", canonical({**RECORD, "host": "ws2"})),
        sealed(SALT, "finding", "F-1", canonical({**RECORD, "none": 0})),
        sealed(SALT, "finding", "F-1", canonical({**RECORD, "statements": []})),
        sealed(SALT, "finding", "F-1", b"{}"),
    ],
)
def test_another_record_has_another_commitment(other: Sealed) -> None:
    assert payload(other) != payload(seal())


def test_base64_is_that_of_the_library() -> None:
    for disclosure in seal().fields.values():
        raw = urlsafe_b64decode(disclosure + b"==")
        assert urlsafe_b64encode(raw).rstrip(b"=") == disclosure
