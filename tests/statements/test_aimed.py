"""Whom each act is aimed at, in passages of many kinds; nobody else speaks or accuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from stopa.model.statement import Act, Party, Statement
from tests.statements.sample import reading
from tests.statements.test_said import HEADS, NEWS, Claim, claims, meant

LINES = Path(__file__).with_name("aimed.tsv").read_text("utf-8").splitlines()
ROWS = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]
READ = [row for row in ROWS if not row[0].startswith("?")]
MISREAD = [(row[0][1:], *row[1:]) for row in ROWS if row[0].startswith("?")]


def is_of(party: Party | None, names: tuple[str, ...]) -> bool:
    """Whether a party is one of those named, its state counted; `-` is nobody."""
    if party is None:
        return not names or "-" in names
    stated = Party(f"{party.stated} {party.country}", party.name, party.country, party.resolution)
    return meant(stated, tuple(name for name in names if name != "-"))


def fits(found: Statement, wanted: Claim) -> bool:
    aimed = not wanted.whom or is_of(found.target, wanted.whom)
    return found.act.value in wanted.acts and is_of(found.speaker, wanted.who) and aimed


def faults(kind: str, passage: str, printed: str) -> list[str]:
    text = HEADS.get(kind, NEWS) + passage + "\n"
    found = [s for s in reading(text).statements if s.core and not s.negated]
    wanted = claims(printed)
    shown = [f"{s.act} {s.speaker} > {s.target} ({s.rule})" for s in found]
    missing = [f"missing: {w} in {shown}" for w in wanted if not any(fits(s, w) for s in found)]
    mine = [[w for w in wanted if is_of(s.speaker, w.who)] for s in found]
    extra = [f"too much: {shown[at]}" for at, of in enumerate(mine) if not of]
    blamed = [
        f"accuses: {shown[at]}"
        for at, of in enumerate(mine)
        if found[at].act is Act.ACCUSE and not any("accuse" in w.acts for w in of)
    ]
    return missing + extra + blamed


@pytest.mark.parametrize(("kind", "passage", "statements"), READ)
def test_an_act_is_aimed_at_whom_the_passage_says(kind: str, passage: str, statements: str) -> None:
    assert not faults(kind, passage, statements)


@pytest.mark.parametrize(("kind", "passage", "statements"), MISREAD)
def test_what_is_known_to_be_misread_is_listed_as_such(
    kind: str, passage: str, statements: str
) -> None:
    assert faults(kind, passage, statements)
