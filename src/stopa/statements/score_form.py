"""The readings of one event in the form that the reading measure scores.

Spec: the measure's FORMAT.md: claims, facts, technical entities, disagreements, timeline.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from stopa.model.statement import (
    Act,
    Comparison,
    IndicatorKind,
    MentionKind,
    Party,
    Reading,
    Resolution,
    Statement,
)

DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")
SOFT = frozenset({IndicatorKind.CVE})


def score_form(
    readings: Sequence[Reading], comparison: Comparison, names: Mapping[str, str]
) -> dict[str, object]:
    """Return the event as plain dicts; `names` gives each evidence hash its file name."""
    article = {key: name.removesuffix(".txt") for key, name in names.items()}
    form: dict[str, object] = {article[r.document]: _article(r) for r in readings}
    form["_disagreements"] = [
        {
            "slot": d.slot,
            "type": d.type,
            "articles": sorted({article[p.document] for p in d.positions}),
            "positions": [
                {"article": article[p.document], "start": p.where.span[0], "end": p.where.span[1]}
                for p in d.positions
                if p.where.span
            ],
        }
        for d in comparison.disagreements
    ]
    form["_timeline"] = [{"date": date} for date in _timeline(readings)]
    return form


def _article(reading: Reading) -> dict[str, object]:
    masthead = reading.masthead
    date = masthead.date.edtf if masthead.date else masthead.date_without_year
    return {
        "outlet": reading.masthead.outlet,
        "date": date,
        "claims": [_claim(s) for s in reading.statements if s.core],
        "facts": [{"slot": f.slot, "value": f.value} for f in reading.facts if f.core],
        "technical": {
            "iocs": [i.value for i in reading.indicators if i.kind not in SOFT],
            "cves": [i.value for i in reading.indicators if i.kind is IndicatorKind.CVE],
            "malware": [m.printed for m in reading.mentions if m.kind is MentionKind.SOFTWARE],
            "tools": [],
            "techniques": sorted(
                {
                    c
                    for m in reading.mentions
                    if m.kind is MentionKind.TECHNIQUE
                    for c in m.candidates
                }
            ),
        },
    }


def _claim(statement: Statement) -> dict[str, object]:
    start, end = statement.where.span or (0, 0)
    return {
        "start": start,
        "end": end,
        "act": Act.OTHER.value if statement.negated else statement.act.value,
        "speaker": _shown(statement.speaker),
        "speaker_country": statement.speaker.country if statement.speaker else None,
        "target": _shown(statement.target),
        "target_country": statement.target.country if statement.target else None,
        "quotes": [q.text for q in statement.quotations],
    }


def _shown(party: Party | None) -> str | None:
    if party is None:
        return None
    return party.stated if party.resolution is Resolution.NAMED else party.name


def _timeline(readings: Sequence[Reading]) -> list[str]:
    found = {s.date.edtf for r in readings for s in r.statements if s.date}
    found |= {f.value for r in readings for f in r.facts if DATE.fullmatch(f.value)}
    found |= {r.masthead.date.edtf for r in readings if r.masthead.date}
    return sorted(found)
