"""A leaf covers every field of a record, at any depth, and tells of none."""

import hashlib
import json
from base64 import urlsafe_b64decode

import msgspec
import pytest

from stopa.model.record import canonical
from stopa.store.sealing import (
    DIGEST,
    EMPTY,
    KIND,
    LEAST,
    MANY,
    WHOLE,
    Sealed,
    commitment,
    is_exact,
    payload,
    sealed,
)

SALT = bytes(range(32))
PLACE = {"evidence": "ab" * 32, "length": 5, "line": None, "offset": 0}
RECORD = {
    "counts": {"high": 2, "a.b": {"x": 1}, "é[0]": True},
    "empty": {},
    "host": "ws1",
    "matched": [{"field": "Image", "value": None}, {}, {"field": "User", "value": 1.5}],
    "none": None,
    "pairs": [[1, 2], [3, 4]],
    "statements": [{"id": "S-1", "speaker": {"name": "a"}}, {"id": "S-2", "speaker": None}],
    "where": PLACE,
    "zeroes": [],
}
PATHS = {
    KIND: "finding",
    WHOLE: {"fields": 0, "id": "F-1"},
    EMPTY: {"empty": {}, "none": None, "zeroes": []},
    "counts.high": 2,
    'counts["a.b"].x': 1,
    'counts["\\u00e9[0]"]': True,
    "host": "ws1",
    "matched[0].field": "Image",
    "matched[0]:empty": {"value": None},
    "matched[1]:empty": {},
    "matched[2].field": "User",
    "matched[2].value": 1.5,
    "pairs": [[1, 2], [3, 4]],
    "statements[0].id": "S-1",
    "statements[0].speaker.name": "a",
    "statements[1].id": "S-2",
    "statements[1]:empty": {"speaker": None},
    "where": PLACE,
}
PATHS[WHOLE] = {"fields": len(PATHS), "id": "F-1"}


def seal(**changes: object) -> Sealed:
    return sealed(SALT, "finding", "F-1", canonical({**RECORD, **changes}))


def opened(disclosure: bytes) -> list[object]:
    value: list[object] = msgspec.json.decode(urlsafe_b64decode(disclosure + b"=="))
    return value


def digests(record: Sealed) -> list[bytes]:
    raw = payload(record)
    return [raw[at : at + DIGEST] for at in range(0, len(raw), DIGEST)]


def test_a_disclosure_is_that_of_rfc_9901() -> None:
    """The example of section 4.2.3 of the RFC: a digest is that of the letters, not of the JSON."""
    shown = b"WyI2cU1RdlJMNWhhaiIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    digest = urlsafe_b64decode(b"uutlBuYeMDyjLLTpf6Jxi7yNkEF35jdyWMn9U7b_RYY=")
    assert payload(Sealed({"family_name": shown}, ())) == digest


def test_every_field_is_sealed_by_its_path_with_a_salt_of_its_own() -> None:
    record = seal()
    shown = [opened(item) for item in record.fields.values()]
    assert {path: value for _, path, value in shown} == PATHS
    assert [path for _, path, _ in shown] == list(record.fields)
    salts = [str(salt) for salt, _, _ in shown]
    assert len(set(salts)) == len(PATHS)
    assert all(len(urlsafe_b64decode(salt)) == 18 for salt in salts)


def test_an_object_in_the_place_of_a_list_is_another_record() -> None:
    as_list = seal(matched=[{"field": "Image"}])
    as_object = seal(matched={"0": {"field": "Image"}})
    assert set(as_list.fields) != set(as_object.fields)


@pytest.mark.parametrize(
    ("things", "is_split"),
    [
        ([{"value": n} for n in range(MANY)], True),
        ([{"value": n} for n in range(MANY + 1)], False),
        ([{"id": n} for n in range(MANY + 1)], True),
        ([PLACE, PLACE], False),
        ([{"value": 1}, "word"], False),
    ],
)
def test_long_lists_without_ids_places_and_mixtures_are_sealed_as_one(
    things: list[object], is_split: bool
) -> None:
    fields = seal(things=things).fields
    assert ("things" in fields) is not is_split
    if not is_split:
        assert opened(fields["things"])[2] == things


@pytest.mark.parametrize("more", [0, 1, 5, 13, 14, 40])
def test_digests_are_filled_up_and_in_an_order_that_tells_nothing(more: int) -> None:
    record = seal(**{f"field{n}": n for n in range(more)})
    found = digests(record)
    assert len(found) == max(LEAST, 1 << (len(record.fields) - 1).bit_length())
    assert found == sorted(set(found))
    real = {hashlib.sha256(item).digest() for item in record.fields.values()}
    assert {*found} == real | {*record.decoys}
    assert not real & {*record.decoys}


def test_a_leaf_commits_to_the_digests_alone() -> None:
    expected = hashlib.sha256(b"stopa-record-v3\x00" + payload(seal())).digest()
    assert commitment(payload(seal())) == expected


@pytest.mark.parametrize(
    "other",
    [
        sealed(SALT, "problem", "F-1", canonical(RECORD)),
        sealed(SALT, "finding", "F-2", canonical(RECORD)),
        sealed(SALT[::-1], "finding", "F-1", canonical(RECORD)),
        sealed(SALT, "finding", "F-1", b"{}"),
        seal(host="ws2"),
        seal(none=0),
        seal(none=[]),
        seal(statements=[]),
        seal(statements=[{"id": "S-2", "speaker": None}, {"id": "S-1", "speaker": {"name": "a"}}]),
        seal(matched=[{"field": "Image"}, {}, {"field": "User", "value": 1.5}]),
        seal(counts={"high": 2, "a": {"b": {"x": 1}}, "é[0]": True}),
    ],
)
def test_another_record_has_another_commitment(other: Sealed) -> None:
    assert payload(other) != payload(seal())


@pytest.mark.parametrize(
    "body",
    [
        b'{"a":1,"a":2}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1.0e0}',
        b'{"a":{"c":1,"b":2}}',
        b"[]",
        b'"a"',
        b'{"a":"\\u0061"}',
    ],
)
def test_a_body_that_is_not_written_the_one_way_is_not_exact(body: bytes) -> None:
    assert not is_exact(body)
    read = json.loads(body)
    assert not isinstance(read, dict) or is_exact(canonical(read))
