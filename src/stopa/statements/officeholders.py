"""Administrations and office-holders who were not in office when the text has them act.

Spec: terms of office as published by the institutions; a term is [first day, last day].
Trap: only a full date decides. An undated report is judged by the dated ones of its case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from stopa.model.statement import Disagreement, Severity
from stopa.statements.passages import Passage, Texts, disagreement

# Surname -> what it is called, and the terms. Surnames that several people share are left out.
TERMS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "Obama": ("US administration", (("2009-01-20", "2017-01-20"),)),
    "Trump": ("US administration", (("2017-01-20", "2021-01-20"), ("2025-01-20", "2029-01-20"))),
    "Biden": ("US administration", (("2021-01-20", "2025-01-20"),)),
    "Cameron": ("British government", (("2010-05-11", "2016-07-13"),)),
    "May": ("British government", (("2016-07-13", "2019-07-24"),)),
    "Johnson": ("British government", (("2019-07-24", "2022-09-06"),)),
    "Truss": ("British government", (("2022-09-06", "2022-10-25"),)),
    "Sunak": ("British government", (("2022-10-25", "2024-07-05"),)),
    "Starmer": ("British government", (("2024-07-05", "2029-12-31"),)),
    "Merkel": ("German government", (("2005-11-22", "2021-12-08"),)),
    "Scholz": ("German government", (("2021-12-08", "2025-05-06"),)),
    "Merz": ("German government", (("2025-05-06", "2029-12-31"),)),
    "Sarkozy": ("French presidency", (("2007-05-16", "2012-05-15"),)),
    "Hollande": ("French presidency", (("2012-05-15", "2017-05-14"),)),
    "Macron": ("French presidency", (("2017-05-14", "2027-05-14"),)),
    "Sobotka": ("Czech government", (("2014-01-29", "2017-12-13"),)),
    "Babiš": ("Czech government", (("2017-12-13", "2021-12-17"),)),
    "Fiala": ("Czech government", (("2021-12-17", "2025-12-31"),)),
    "Abbott": ("Australian government", (("2013-09-18", "2015-09-15"),)),
    "Turnbull": ("Australian government", (("2015-09-15", "2018-08-24"),)),
    "Morrison": ("Australian government", (("2018-08-24", "2022-05-23"),)),
    "Albanese": ("Australian government", (("2022-05-23", "2028-12-31"),)),
    "Trudeau": ("Canadian government", (("2015-11-04", "2025-03-14"),)),
    "Juncker": ("European Commission", (("2014-11-01", "2019-11-30"),)),
    "Mogherini": ("High Representative", (("2014-11-01", "2019-11-30"),)),
    "Borrell": ("High Representative", (("2019-12-01", "2024-11-30"),)),
    "Kallas": ("High Representative", (("2024-12-01", "2029-11-30"),)),
    "Stoltenberg": ("Secretary General of NATO", (("2014-10-01", "2024-10-01"),)),
    "Rutte": ("Secretary General of NATO", (("2024-10-01", "2028-10-01"),)),
    "Tillerson": ("US Secretary of State", (("2017-02-01", "2018-03-31"),)),
    "Pompeo": ("US Secretary of State", (("2018-04-26", "2021-01-20"),)),
    "Blinken": ("US Secretary of State", (("2021-01-26", "2025-01-20"),)),
    "Rubio": ("US Secretary of State", (("2025-01-21", "2029-01-20"),)),
}
OFFICE = (
    r"(?:administration|government|presidency|White House|cabinet)"
    r"|(?P<before>(?:then-|the )?(?:U\.?S\.? |British |German |French |Czech )?(?:President|"
    r"Prime Minister|Chancellor|Secretary of State|High Representative|Secretary General))"
)
NAMED = re.compile(
    r"\b(?P<name>"
    + "|".join(sorted(TERMS))
    + r")(?:'s|’s)? (?:administration|government|presidency|White House|cabinet)\b"
    r"|\b(?:administration|government|presidency) of (?:President |Prime Minister |"
    r"Chancellor )?(?:[A-Z][a-z]+ )?(?P<of>" + "|".join(sorted(TERMS)) + r")\b"
)
OFFICES = {
    "Secretary of State": "US Secretary of State",
    "US President": "US administration",
    "U.S. President": "US administration",
    "American President": "US administration",
    "British Prime Minister": "British government",
    "German Chancellor": "German government",
    "French President": "French presidency",
    "High Representative": "High Representative",
}
HOLDER = re.compile(
    r"\b(?P<office>"
    + "|".join(sorted(OFFICES))
    + r") (?:[A-Z][\w.’'-]+ )?(?P<name>[A-Z][\w’'-]+)\b"
)
FORMER = re.compile(
    r"\b(?:former|previous|then|first|ex-|earlier|back in|under the|during the)\b", re.I
)


def anachronisms(texts: Texts) -> Iterator[Disagreement]:
    """Yield administrations that did not govern at the date of the document."""
    for reading in texts.readings:
        when = reading.masthead.date
        day = _day(when.edtf) if when else _date_of_case(texts)
        if day is None:
            continue
        for passage in texts.passages[reading.document]:
            yield from _wrong_holder(texts, passage, day)
            for match in NAMED.finditer(passage.text):
                name = match.group("name") or match.group("of")
                office, terms = TERMS[name]
                if FORMER.search(passage.text[: match.start()][-24:]) or _in_office(terms, day):
                    continue
                note = f"{office}: {name} held it {', '.join(f'{a} to {b}' for a, b in terms)}"
                position = texts.at(passage, match.group())
                yield disagreement(
                    "officeholder", "wrong_administration", Severity.HIGH, [position], note
                )


def _wrong_holder(texts: Texts, passage: Passage, day: date) -> Iterator[Disagreement]:
    """`Secretary of State X` when another held the office that day."""
    for match in HOLDER.finditer(passage.text):
        office, name = OFFICES[match.group("office")], match.group("name")
        holders = {n for n, (o, terms) in TERMS.items() if o == office and _in_office(terms, day)}
        if not holders or name in holders or FORMER.search(passage.text[: match.start()][-24:]):
            continue
        note = f"{office} on {day.isoformat()}: {', '.join(sorted(holders))}"
        position = texts.at(passage, match.group())
        yield disagreement("officeholder", "wrong_office", Severity.HIGH, [position], note)


def _in_office(terms: tuple[tuple[str, str], ...], day: date) -> bool:
    return any(date.fromisoformat(a) <= day <= date.fromisoformat(b) for a, b in terms)


def _day(edtf: str) -> date | None:
    return date.fromisoformat(edtf) if len(edtf) == 10 else None


def _date_of_case(texts: Texts) -> date | None:
    """Return the earliest full date of the reports: an undated one is judged by its company."""
    days = [_day(r.masthead.date.edtf) for r in texts.readings if r.masthead.date]
    return min((day for day in days if day is not None), default=None)
