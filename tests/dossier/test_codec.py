import json
from dataclasses import replace
from pathlib import Path

import pytest

from stopa.dossier.codec import decode, encode, schema
from stopa.errors import InputError
from stopa.model.dossier import Dossier
from tests.dossier.sample import empty, sample, without_technical_evidence

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "dossier.schema.json"
ANEW = """python -c 'import sys; from stopa.dossier.codec import schema; \
sys.stdout.buffer.write(schema())' > docs/dossier.schema.json"""
DOSSIERS = pytest.mark.parametrize("dossier", [sample(), without_technical_evidence(), empty()])


@DOSSIERS
def test_a_dossier_survives_the_way_to_bytes_and_back(dossier: Dossier) -> None:
    body = encode(dossier)
    assert decode(body) == dossier
    assert encode(decode(body)) == body


@DOSSIERS
def test_what_is_written_satisfies_the_schema(dossier: Dossier) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator(json.loads(schema())).validate(json.loads(encode(dossier)))


def test_the_schema_in_the_documentation_is_current() -> None:
    assert SCHEMA_FILE.read_bytes() == schema(), f"write it anew: {ANEW}"


def test_characters_that_are_no_text_are_written_as_their_escape() -> None:
    name = "caf\udce9.evtx"
    dossier = sample()
    odd = replace(dossier, evidence=(replace(dossier.evidence[0], name=name),))
    assert decode(encode(odd)).evidence[0].name == "caf\\udce9.evtx"


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[]", b"\xff\xfe", b'{"title": 3}', b"null"],
    ids=["nothing", "no fields", "a list", "no text", "wrong type", "null"],
)
def test_other_bytes_are_refused_with_a_hint(body: bytes) -> None:
    with pytest.raises(InputError) as refused:
        decode(body)
    assert "stopa investigate" in refused.value.hint


def test_a_dossier_of_another_schema_is_refused() -> None:
    later = encode(replace(sample(), schema="stopa-dossier/9"))
    with pytest.raises(InputError, match="stopa-dossier/9"):
        decode(later)
