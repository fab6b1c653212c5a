"""Short reports of fourteen kinds fill the slots of their incident, and nothing else does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stopa.model.statement import Fact
from tests.statements.sample import reading

HEADS = {
    "press": "Baltic Wire\n\n3 May 2024\n\nThe affair\n\n",
    "court": "Baltic Wire\n\n3 May 2024\n\nIn court\n\n",
    "opinion": "Baltic Wire\nOpinion\n3 May 2024\n\n",
    "gov": "Government of Latvia\nStatement on the incident\n3 May 2024\n\n",
    "parl": "Parliament of Latvia\nWritten answers\n3 May 2024\n\n",
    "embassy": "Embassy of Belarus in Latvia\nPress release\n3 May 2024\n\n",
    "police": "Police of Latvia\nPress release\n3 May 2024\n\n",
    "cert": "CERT-VL\nADVISORY 2024/17\n3 May 2024\n\n",
    "vendor": "Corvane Labs\nResearch blog\n3 May 2024\n\n",
    "company": "Press release\n3 May 2024\n\n",
    "radio": "Radio Brenn\nTranscript\n3 May 2024\n\n",
    "post": "@channel\n3 May 2024\n\n",
    "ngo": "Watch Group\nReport\n3 May 2024\n\n",
    "audit": "Office of the Auditor General\nReport\n3 May 2024\n\n",
}
TURN = re.compile(r" (?=[A-Z][A-Z ]+(?: \([A-Z ]+\))?: )")  # `HOST:`, `ERIK LUND (DIRECTOR):`
LINES = Path(__file__).with_name("passages.tsv").read_text("utf-8").splitlines()
ROWS = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(("kind", "passage", "expected"), ROWS)
def test_a_passage_fills_the_slots_of_its_incident(kind: str, passage: str, expected: str) -> None:
    body = TURN.sub("\n\n", passage) if kind == "radio" else passage
    core = [fact for fact in reading(HEADS[kind] + body + "\n").facts if fact.core]
    for entry in expected.split(" ; "):
        slot, _, words = entry.lstrip("!").partition("=")
        if not entry.startswith("?"):
            assert _held(core, slot, words) is not entry.startswith("!"), entry


def _held(core: list[Fact], slot: str, words: str) -> bool:
    values = [fact.value.lower() for fact in core if fact.slot == slot]
    return any(word.lower() in value for word in words.split("|") for value in values)
