"""Who says what, in passages in the manner of many genres; nobody else speaks in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from stopa.model.statement import Party, Statement
from tests.statements.sample import reading

HEADS = {
    "headline": "Baltic Wire\n\n3 May 2024\n\n",
    "release": "Ministry of Foreign Affairs of Norway\nPress release\n3 May 2024\n\n",
    "note": "Ministry of Foreign Affairs of Norway\nVerbal note\n3 May 2024\n\n",
    "qa": "Ministry of Foreign Affairs of Norway\nQuestions and answers: note\n3 May 2024\n\n",
    "embassy": "Embassy of the Republic of Belarus in Norway\nStatement\n3 May 2024\n\n",
    "police": "Tarn County Police\nNews release\n3 May 2024\n\n",
    "communique": "North Atlantic Council\nStatement by the Council\n3 May 2024\n\n",
    "eu": "European Union\nDeclaration on behalf of the Union\n3 May 2024\n\n",
    "advisory": "CERT Norway\nJoint advisory\n3 May 2024\n\n",
    "vendor": "Helm Labs\nReport on the Tarn intrusion\n3 May 2024\n\n",
    "broadcast": "Radio Tarn\nEvening programme\n3 May 2024\n\n",
    "hansard": "",
    "interview": "",
    "post": "",
    "headline2": "Baltic Wire\n\n3 May 2024\n\n",
}
NEWS = "Baltic Wire\n\n3 May 2024\n\nThe affair\n\n"
CLAIM = re.compile(r"(?P<acts>[a-z|-]+) (?P<who>[^>«]+?)(?: > (?P<whom>[^«]+?))?(?P<said> «.*)?$")
QUOTED = re.compile("«(.*?)»")
LINES = Path(__file__).with_name("said.tsv").read_text("utf-8").splitlines()
ROWS = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]


@dataclass(frozen=True)
class Claim:
    """A statement that a passage makes; each of `acts`, `who` and `whom` is a list of equals."""

    acts: tuple[str, ...]
    who: tuple[str, ...]
    whom: tuple[str, ...]
    said: tuple[str, ...]


def claim(printed: str) -> Claim:
    match = CLAIM.fullmatch(printed.strip())
    assert match, printed
    who = () if match["who"] == "-" else tuple(match["who"].split("|"))
    whom = tuple(match["whom"].split("|")) if match["whom"] else ()
    said = tuple(QUOTED.findall(match["said"] or ""))
    return Claim(tuple(match["acts"].split("|")), who, whom, said)


def claims(printed: str) -> list[Claim]:
    return [] if printed == "none" else [claim(part) for part in printed.split(" ;; ")]


def meant(party: Party | None, names: tuple[str, ...]) -> bool:
    """Whether a party is one of those named; nobody is meant where nobody is named."""
    if party is None or not names:
        return party is None and not names
    return any(n.lower() in f"{party.stated} / {party.name}".lower() for n in names)


def fits(found: Statement, wanted: Claim) -> bool:
    aimed = not wanted.whom or meant(found.target, wanted.whom)
    return found.act.value in wanted.acts and meant(found.speaker, wanted.who) and aimed


def faults(kind: str, passage: str, printed: str) -> list[str]:
    """Return what is missing from the statements read out of a passage, and what is too much."""
    text = HEADS.get(kind, NEWS) + passage.replace("¶", "\n") + "\n"
    found = [s for s in reading(text).statements if s.core and not s.negated]
    wanted = claims(printed)
    shown = [f"{s.act} {s.speaker.name if s.speaker else '-'}" for s in found]
    missing = [f"missing: {w} in {shown}" for w in wanted if not any(fits(s, w) for s in found)]
    extra = [
        f"too much: {shown[at]} ({s.rule})"
        for at, s in enumerate(found)
        if not any(meant(s.speaker, w.who) for w in wanted)
    ]
    cited = {q.text for s in found for q in s.quotations}
    lost = [f"not quoted: {q}" for w in wanted for q in w.said if q not in cited]
    return missing + extra + lost


@pytest.mark.parametrize(("kind", "passage", "statements"), ROWS)
def test_who_says_what_is_read_and_nobody_else(kind: str, passage: str, statements: str) -> None:
    assert not faults(kind, passage, statements)
