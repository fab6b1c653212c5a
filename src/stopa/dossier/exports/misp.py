"""The case as a MISP event: evidence, indicators, the brief as a report, claims as analyst data.

Spec: MISP core format (draft-dulaunoy-misp-core-format); analyst data as of MISP 2.5
Why: a claim of others is a note with its authors, an endorsement or denial an opinion on that note;
an actor's galaxy tag is written for the verdict's own actor and for nobody else.
Why: MISP has one place for who made an event, its `Orgc`; what has none of its own (attributes,
objects, the report) says it in the comment, because it may be read or shared without the event.
Trap: indicators come out of reports, unreviewed: `to_ids` stays off until an analyst sets it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from stopa.dossier import visible, words
from stopa.dossier.exports import as_json, markdown
from stopa.dossier.exports._export import Export
from stopa.dossier.exports.provenance import NAME, producer
from stopa.dossier.exports.stable import case_of, last_known, uuid_of
from stopa.dossier.index import Index, index
from stopa.dossier.techniques import columns
from stopa.model.dossier import Dossier
from stopa.model.evidence import Evidence
from stopa.model.statement import Indicator, IndicatorKind

Object = dict[str, object]

SPACE = "stopa/misp/1"  # sets these ids apart; a change of it changes every id
OWN_ORGANISATION = "0"  # distribution: whoever imports it decides how far it goes
INHERIT = "5"
UNDEFINED_THREAT = "4"
COMPLETED = "2"
FILE_TEMPLATE = ("688c46fb-5edb-40a3-8273-1af7923e2215", "25")
ENDORSED, DENIED = 100, 0  # an opinion runs from strong disagreement to strong agreement

# Attribute type and category for each kind of indicator.
TYPES = {
    IndicatorKind.IPV4: ("ip-dst", "Network activity"),
    IndicatorKind.IPV6: ("ip-dst", "Network activity"),
    IndicatorKind.DOMAIN: ("domain", "Network activity"),
    IndicatorKind.URL: ("url", "Network activity"),
    IndicatorKind.EMAIL: ("email", "Payload delivery"),
    IndicatorKind.MD5: ("md5", "Payload delivery"),
    IndicatorKind.SHA1: ("sha1", "Payload delivery"),
    IndicatorKind.SHA256: ("sha256", "Payload delivery"),
    IndicatorKind.FILE: ("filename", "Payload delivery"),
    IndicatorKind.REGISTRY: ("regkey", "Persistence mechanism"),
    IndicatorKind.CVE: ("vulnerability", "External analysis"),
    IndicatorKind.WALLET: ("btc", "Financial fraud"),
}


def write(dossier: Dossier) -> bytes:
    """Return the event as JSON."""
    at = index(dossier)
    moment = last_known(dossier)
    notes, opinions = _analyst_data(at, moment)
    event: Object = {
        "uuid": _uuid(at, "event"),
        "info": _line(dossier.title),
        "date": words.iso(moment),
        "timestamp": _seconds(moment),
        "published": False,
        "threat_level_id": UNDEFINED_THREAT,
        "analysis": COMPLETED,
        "distribution": OWN_ORGANISATION,
        "Orgc": _producer(),
        "Tag": [*_tlp(at), *_techniques(at), *_actor(at)],
        "Attribute": list(_indicators(at, moment)),
        "Object": [_file(at, item, moment) for item in dossier.evidence],
        "EventReport": [_brief(at, moment)],
        "Note": notes,
        "Opinion": opinions,
    }
    return as_json.marked({"Event": event})


def _uuid(at: Index, *what: str) -> str:
    return str(uuid_of(SPACE, case_of(at.dossier), *what))


def _producer() -> Object:
    return {"name": NAME, "uuid": str(uuid_of(SPACE, NAME))}


def _by(at: Index) -> str:
    return f"Made by {producer(at.dossier)}."


def _line(text: str) -> str:
    return visible.line(" ".join(words.clipped(text).split()))


def _seconds(moment: datetime) -> str:
    return str(int(moment.timestamp()))


def _tlp(at: Index) -> list[Object]:
    return [{"name": at.dossier.tlp.value.lower()}]


def _techniques(at: Index) -> Iterator[Object]:
    """Yield a tag for each technique that a rule found in this evidence, none for claimed ones."""
    observed = {
        cell.technique.id: cell.technique.name
        for column in columns(at)
        for cell in column.cells
        if cell.findings
    }
    for id_, name in sorted(observed.items()):
        yield {"name": f'misp-galaxy:mitre-attack-pattern="{_quoted(name)} - {_quoted(id_)}"'}


def _actor(at: Index) -> Iterator[Object]:
    weighed = at.dossier.assessment
    for hypothesis in weighed.hypotheses:
        if hypothesis.actor and hypothesis.id == weighed.leader:
            known = next((a.name for a in at.dossier.actors if a.id == hypothesis.actor), None)
            yield {"name": f'misp-galaxy:threat-actor="{_quoted(known or hypothesis.label)}"'}


def _quoted(text: str) -> str:
    return _line(text).replace('"', "'")


def _indicators(at: Index, moment: datetime) -> Iterator[Object]:
    found = {
        (indicator.kind, indicator.value): indicator
        for reading in reversed(at.dossier.readings)
        for indicator in reversed(reading.indicators)
    }
    for _, indicator in sorted(found.items()):
        yield _attribute(at, indicator, moment)


def _attribute(at: Index, indicator: Indicator, moment: datetime) -> Object:
    type_, category = TYPES[indicator.kind]
    source = at.place(indicator.where)
    return {
        "uuid": _uuid(at, "indicator", indicator.kind.value, indicator.value),
        "type": type_,
        "category": category,
        "value": _line(indicator.value),
        "to_ids": False,
        "comment": _line(f"Published, not observed in this evidence: {source}. {_by(at)}"),
        "timestamp": _seconds(moment),
        "distribution": INHERIT,
        "Tag": _tlp(at),
    }


def _file(at: Index, item: Evidence, moment: datetime) -> Object:
    template, version = FILE_TEMPLATE
    told = (
        ("filename", "filename", _line(item.name)),
        ("sha256", "sha256", item.sha256),
        ("size-in-bytes", "size-in-bytes", str(item.size)),
    )
    return {
        "uuid": _uuid(at, "file", item.sha256, item.name),
        "name": "file",
        "meta-category": "file",
        "template_uuid": template,
        "template_version": version,
        "comment": _line(f"Evidence of the case. {_by(at)}"),
        "timestamp": _seconds(moment),
        "distribution": INHERIT,
        "Attribute": [
            {
                "uuid": _uuid(at, "file", item.sha256, item.name, relation),
                "type": type_,
                "object_relation": relation,
                "category": "Other" if relation == "size-in-bytes" else "Payload delivery",
                "value": value,
                "to_ids": False,
                "comment": _line(_by(at)),
                "disable_correlation": relation != "sha256",
                "timestamp": _seconds(moment),
                "distribution": INHERIT,
                "Tag": _tlp(at),
            }
            for relation, type_, value in told
        ],
    }


def _brief(at: Index, moment: datetime) -> Object:
    return {
        "uuid": _uuid(at, "brief"),
        "name": "Brief",
        "content": markdown.write(at.dossier).decode().strip(),
        "timestamp": _seconds(moment),
        "distribution": INHERIT,
    }


def _analyst_data(at: Index, moment: datetime) -> tuple[list[Object], list[Object]]:
    """Return the verdict and the claims as notes, endorsements and denials as opinions on them."""
    weighed = at.dossier.assessment
    verdict = f"{weighed.verdict} Confidence is {weighed.confidence.level.value}."
    about = ("Event", _uuid(at, "event"))
    notes = [_note(at, moment, "verdict", about, verdict, (NAME,))]
    opinions = []
    for claim in weighed.claims:
        note = _note(
            at, moment, f"claim {claim.actor}", about, words.claimed(claim), claim.claimed_by
        )
        notes.append(note)
        ends = ((ENDORSED, "endorsed", claim.endorsed_by), (DENIED, "denied", claim.denied_by))
        opinions += [
            _opinion(at, moment, note, value, word, parties)
            for value, word, parties in ends
            if parties
        ]
    return notes, opinions


def _note(
    at: Index,
    moment: datetime,
    what: str,
    about: tuple[str, str],
    text: str,
    authors: tuple[str, ...],
) -> Object:
    return {"note": _line(text), "language": "en", **_signed(at, moment, what, about, authors)}


def _opinion(
    at: Index, moment: datetime, note: Object, value: int, word: str, parties: tuple[str, ...]
) -> Object:
    about = ("Note", str(note["uuid"]))
    what = f"{word} {note['uuid']}"
    comment = _line(f"The claim is {word} by {', '.join(parties)}")
    return {"opinion": value, "comment": comment, **_signed(at, moment, what, about, parties)}


def _signed(
    at: Index, moment: datetime, what: str, about: tuple[str, str], authors: tuple[str, ...]
) -> Object:
    """Return what notes and opinions have in common."""
    written = moment.strftime("%Y-%m-%d %H:%M:%S")
    kind, uuid = about
    return {
        "uuid": _uuid(at, what),
        "object_type": kind,
        "object_uuid": uuid,
        "authors": _line(", ".join(authors)) or NAME,
        "created": written,
        "modified": written,
        "distribution": INHERIT,
        "orgc_uuid": str(uuid_of(SPACE, NAME)),
    }


EXPORT = Export("misp", "misp-event.json", "a MISP event with notes and opinions", write)
