"""Charges made public against intruders by name, and texts that give their month without the year.

Spec: indictments as the US Department of Justice announced them; day of the announcement.
Why: `In March seven were charged` reads as last March; what was charged, and when, is on record.
Trap: only month, actor and number of people together tell which charge is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stopa.model.statement import Disagreement, Position, Severity
from stopa.statements.dates import anchor_of, dates
from stopa.statements.lexicon.calendar import COUNTS
from stopa.statements.passages import Passage, Texts, disagreement

CHARGED = re.compile(r"\b(?:charg(?:ed|es|ing)|indict\w*)\b", re.IGNORECASE)
PEOPLE = re.compile(
    r"\b(?P<n>\d{1,2}|" + "|".join(COUNTS) + r") "
    r"(?:[A-Z]\w+ |alleged |suspected |current |former |"
    r"military |intelligence |state )*(?:nationals?|citizens?|officers?|hackers?|men|people|"
    r"persons|members?|suspects?|defendants?|soldiers?|spies|actors)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Charge:
    """One indictment: the names that reports use for the group, the day, and how many people."""

    names: tuple[str, ...]
    day: str
    people: int


CHARGES = (
    Charge(("PLA Unit 61398", "APT1", "Unit 61398"), "2014-05-19", 5),
    Charge(("ITSecTeam", "Mersad"), "2016-03-24", 7),
    Charge(("Mabna Institute", "Silent Librarian"), "2018-03-23", 9),
    Charge(("APT28", "Fancy Bear", "Unit 26165"), "2018-07-13", 12),
    Charge(("Lazarus", "Lazarus Group"), "2018-09-06", 1),
    Charge(("APT28", "Fancy Bear", "Unit 26165"), "2018-10-04", 7),
    Charge(("APT10", "Stone Panda", "menuPass"), "2018-12-20", 2),
    Charge(("Evil Corp",), "2019-12-05", 2),
    Charge(("54th Research Institute", "Equifax"), "2020-02-10", 4),
    Charge(("APT41", "Winnti", "Barium"), "2020-09-16", 5),
    Charge(("Sandworm", "Unit 74455", "Voodoo Bear"), "2020-10-19", 6),
    Charge(("Lazarus", "APT38", "Lazarus Group"), "2021-02-17", 3),
    Charge(("APT40", "Leviathan", "Kryptonite Panda"), "2021-07-19", 4),
    Charge(("Emennet Pasargad",), "2021-11-18", 2),
    Charge(("Dragonfly", "Berserk Bear", "Energetic Bear"), "2022-03-24", 3),
    Charge(("Star Blizzard", "Callisto", "COLDRIVER"), "2023-12-07", 2),
    Charge(("APT31", "Zirconium", "Judgment Panda"), "2024-03-25", 7),
    Charge(("Andariel",), "2024-07-25", 1),
    Charge(("Cadet Blizzard", "Unit 29155"), "2024-09-05", 6),
    Charge(("APT42", "Charming Kitten"), "2024-09-27", 3),
    Charge(("i-Soon", "I-Soon"), "2025-03-05", 10),
    Charge(("APT27", "Silk Typhoon"), "2025-03-05", 2),
)


def undated_charges(texts: Texts) -> Iterator[Disagreement]:
    """Yield charges whose year a report leaves out, where the record has another than it seems."""
    for reading in texts.readings:
        dated = reading.masthead.date
        anchor = anchor_of(dated.edtf if dated else None)
        text = " ".join(passage.text for passage in texts.passages[reading.document])
        for passage in texts.passages[reading.document] if anchor else ():
            for found in dates(passage.text, anchor):
                charge = _meant(passage, found.edtf, text)
                if charge is None or found.stated or not found.full:
                    continue
                printed = passage.text[found.start : found.end]
                yield _disagreement(texts.at(passage, printed), charge, found.edtf)


def _meant(passage: Passage, edtf: str, text: str) -> Charge | None:
    """Return the charge of that month, of another year, that the passage tells of a named group."""
    if not CHARGED.search(passage.text) or len(edtf) not in {7, 10}:
        return None
    counted = PEOPLE.search(passage.text)
    for charge in CHARGES:
        same_month = charge.day[5:7] == edtf[5:7] and charge.day[:4] < edtf[:4]
        as_many = counted is not None and _number(counted.group("n")) == charge.people
        if same_month and as_many and any(name in text for name in charge.names):
            return charge
    return None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else COUNTS[word.lower()]


def _disagreement(position: Position, charge: Charge, edtf: str) -> Disagreement:
    note = (
        f"without its year it reads as {edtf}; charges against {charge.people} people of "
        f"{charge.names[0]} were announced on {charge.day}"
    )
    return disagreement("date", "dropped_year", Severity.HIGH, [position], note)
