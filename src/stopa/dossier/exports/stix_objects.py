"""STIX objects with ids, dates, producer and markings that follow from the dossier alone.

Spec: STIX 2.1, 2.9 (identifiers), 3.2 (common properties), 7.2 (data markings)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from stopa.dossier import visible, words
from stopa.dossier.exports import provenance
from stopa.dossier.exports.stable import case_of, last_known, uuid_of
from stopa.dossier.index import Index
from stopa.model.evidence import Tlp

Object = dict[str, object]

SPACE = "stopa/stix/1"  # sets these ids apart; a change of it changes every id
TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
TLP_CREATED = "2022-10-01T00:00:00.000Z"

# The marking definitions that OASIS published; their ids and dates are part of them.
MARKINGS = {
    Tlp.CLEAR: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    Tlp.GREEN: "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Tlp.AMBER: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Tlp.AMBER_STRICT: "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    Tlp.RED: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}


@dataclass(slots=True)
class Bundle:
    """Objects as they are made, each once; later makings of the same id change nothing."""

    case: str
    moment: str
    producer: str
    markings: tuple[str, ...]
    objects: dict[str, Object] = field(default_factory=dict)

    def new(self, kind: str, key: str, **properties: object) -> Object:
        """Return an object of that kind; `key` says what it stands for within the case."""
        return {
            "type": kind,
            "spec_version": "2.1",
            "id": self.id(kind, key),
            "created": self.moment,
            "modified": self.moment,
            "created_by_ref": self.producer,
            "object_marking_refs": list(self.markings),
            **{name: value for name, value in properties.items() if value is not None},
        }

    def add(self, made: Object) -> str:
        """Put the object into the bundle; return its id."""
        id_ = str(made["id"])
        self.objects.setdefault(id_, made)
        return id_

    def relate(self, source: str, verb: str, target: str, **properties: object) -> str:
        """Add a relationship; return its id."""
        key = f"{source} {verb} {target}"
        ends = {"relationship_type": verb, "source_ref": source, "target_ref": target}
        return self.add(self.new("relationship", key, **ends, **properties))

    @property
    def report(self) -> str:
        """The id of the report that holds everything together."""
        return self.id("report", "report")

    def id(self, kind: str, key: str) -> str:
        """Return the id of what `key` stands for: the same in every export of the case."""
        return f"{kind}--{uuid_of(SPACE, self.case, kind, key)}"

    def time(self, moment: datetime) -> str:
        """Return a moment as STIX writes it, to the microsecond."""
        return f"{words.iso(moment)}T{moment:%H:%M:%S}.{moment.microsecond:06d}Z"

    def whole(self) -> Object:
        """Return the bundle: the producer, the report, then everything else by id.

        Why: OpenCTI's import follows references from the first object on and drops those that lead
        back. Begun at the report, what it drops is that a note is about the report that holds it;
        begun elsewhere, a note would be missing from the report.
        """
        first = {self.producer: 0, self.report: 1}
        order = sorted(self.objects, key=lambda id_: (first.get(id_, len(first)), id_))
        ordered = [self.objects[id_] for id_ in order]
        return {"type": "bundle", "id": self.id("bundle", "bundle"), "objects": ordered}


def bundle(at: Index) -> Bundle:
    """Return a bundle that holds the producer and the markings."""
    dossier = at.dossier
    made = Bundle(case_of(dossier), "", "", (MARKINGS[dossier.tlp],))
    made.moment = made.time(last_known(dossier))
    made.producer = made.id("identity", "producer")
    made.add(_tlp(dossier.tlp))
    if dossier.notice:
        made.markings += (made.add(_notice(made, dossier.notice)),)
    producer = made.new(
        "identity",
        "producer",
        name=provenance.producer(dossier),
        identity_class="system",
    )
    del producer["created_by_ref"]
    made.add(producer)
    return made


def text(words_: str) -> str:
    """Return words from evidence for a STIX property: one line, hidden characters spelled out."""
    return visible.line(" ".join(words.clipped(words_).split()))


def _tlp(tlp: Tlp) -> Object:
    extension = {"extension_type": "property-extension", "tlp_2_0": tlp.value[4:].lower()}
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": MARKINGS[tlp],
        "created": TLP_CREATED,
        "name": tlp.value,
        "extensions": {TLP_EXTENSION: extension},
    }


def _notice(made: Bundle, notice: str) -> Object:
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": made.id("marking-definition", "notice"),
        "created": made.moment,
        "created_by_ref": made.producer,
        "definition_type": "statement",
        "definition": {"statement": text(notice)},
    }
