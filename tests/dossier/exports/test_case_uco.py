from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from stopa.dossier.exports.case_uco import write
from stopa.model.dossier import Dossier
from tests.dossier.cases import CASES
from tests.dossier.hostile import PORTIONS, UNICODE, hostile
from tests.dossier.sample import sample, without_technical_evidence

VALIDATE = Path(sys.executable).with_name("case_validate")


def graph(dossier: Dossier) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(write(dossier))["@graph"]
    return found


def validated(content: bytes, folder: Path) -> tuple[int, str]:
    path = folder / "case.jsonld"
    path.write_bytes(content)
    told = subprocess.run(  # noqa: S603
        [VALIDATE, path], capture_output=True, text=True, check=False, timeout=1_200
    )
    return told.returncode, told.stdout


@CASES
def test_case_validate_accepts_it(dossier: Dossier, tmp_path: Path) -> None:
    code, told = validated(write(dossier), tmp_path)
    assert code == 0, told
    assert "Conforms: True" in told


def test_case_validate_refuses_what_is_wrong(tmp_path: Path) -> None:
    broken = write(without_technical_evidence()).replace(
        b'"uco-observable:sizeInBytes":', b'"uco-observable:sizeInBytes":"x","_":'
    )
    code, _ = validated(broken, tmp_path)
    assert code != 0


def test_every_file_is_an_exhibit_with_its_hash() -> None:
    made = graph(sample())
    files = [node for node in made if node["@type"] == "uco-observable:File"]
    facets = [facet for node in files for facet in node["uco-core:hasFacet"]]
    hashes = [h for facet in facets for h in facet.get("uco-observable:hash", [])]
    values = {h["uco-types:hashValue"]["@value"] for h in hashes}
    assert values == {item.sha256 for item in sample().evidence}
    exhibits = [n for n in made if n["@type"] == "case-investigation:ProvenanceRecord"]
    assert len(exhibits) == len(files) == len(sample().evidence)


def test_every_finding_is_a_result_of_the_examination() -> None:
    made = graph(sample())
    (action,) = [n for n in made if n["@type"] == "case-investigation:InvestigativeAction"]
    results = {ref["@id"] for ref in action["uco-action:result"]}
    events = {n["@id"] for n in made if n["@type"] == "uco-observable:EventRecord"}
    assert len(events) == len(sample().findings)
    assert events <= results


def test_a_claim_is_told_as_a_claim_with_its_denial() -> None:
    said = [n["uco-core:statement"][0] for n in graph(sample()) if "uco-core:statement" in n]
    claims = [text for text in said if text.startswith("Claimed by")]
    assert claims
    assert all("not established here" in text for text in claims)
    assert any("denied by Embassy of the Karst Federation" in text for text in claims)


@CASES
def test_every_object_says_who_made_it_and_who_may_see_it(dossier: Dossier) -> None:
    made = graph(dossier)
    ids = {node["@id"]: node for node in made}
    for node in made:
        producer = ids[node["uco-core:createdBy"]["@id"]]
        assert producer["uco-core:name"] == f"stopa {dossier.made.stopa}"
        if node["@type"] != "uco-marking:MarkingDefinition":
            marking = ids[node["uco-core:objectMarking"]["@id"]]
            statement = marking["uco-marking:definition"]["uco-marking:statement"]
            assert statement.startswith(dossier.tlp.value)


def test_hostile_text_leaves_it_conforming(tmp_path: Path) -> None:
    """With the characters that XML and RDF are strict about; the validator is slow."""
    portion = next(place for place, put in enumerate(PORTIONS) if UNICODE[0] in put)
    few = replace(sample(), findings=sample().findings[:3])
    code, told = validated(write(hostile(few, portion)), tmp_path)
    assert code == 0, told
