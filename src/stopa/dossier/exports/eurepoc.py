"""The incident in EuRepoC's variables, as JSON with every sentence and as a table of one row each.

Spec: European Repository of Cyber Incidents, Global Database 1.1 (its columns, its labels)
Trap: "not stated" is a value: no report says it. A column that is empty is not coded here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from stopa import statements
from stopa.dossier import words
from stopa.dossier.exports import as_json, provenance, spreadsheet
from stopa.dossier.exports._export import Export
from stopa.dossier.index import index
from stopa.model.dossier import Dossier
from stopa.model.evidence import Where
from stopa.model.incident_record import NOT_STATED, Attribution, Coded, IncidentRecord, Response
from stopa.model.statement import Comparison, Reading

AND = "; "  # between values, as EuRepoC writes several
ATTRIBUTED = (
    ("attribution_date", "date"), ("attribution_type", "type"), ("attribution_basis", "basis"),
    ("attributing_actor", "actor"), ("attribution_it_company", "company"),
    ("attributing_country", "country"), ("attributed_initiator", "initiator"),
    ("attributed_initiator_country", "initiator_country"),
    ("attributed_initiator_category", "initiator_category"),
)  # fmt: skip
RESPONDED = (
    ("date", "date"), ("type", "type"), ("type_subcode", "subcode"), ("country", "country"),
    ("actor", "actor"),
)  # fmt: skip
Named = Callable[[str], str]
NOTHING: Mapping[str, str] = MappingProxyType({})


def records_json(
    readings: Sequence[Reading],
    comparison: Comparison,
    named: Named,
    extra: Mapping[str, str] = NOTHING,
) -> bytes:
    """Return the incidents with the place of every value.

    `named` gives an evidence its name; `extra` stands in every incident.
    """
    made = statements.incident_records(readings, comparison)
    told = {
        "codebook": "EuRepoC 1.x",
        "incidents": [{**_incident(record, named), **extra} for record in made],
        **extra,
    }
    return as_json.document(told)


def records_csv(
    readings: Sequence[Reading],
    comparison: Comparison,
    named: Named,
    extra: Mapping[str, str] = NOTHING,
) -> bytes:
    """Return a row for each incident under EuRepoC's own column names."""
    rows = [_row(r, named) for r in statements.incident_records(readings, comparison)]
    headings = list(_row(EMPTY, named))
    return spreadsheet.table(headings, ([row[name] for name in headings] for row in rows), extra)


def _incident(record: IncidentRecord, named: Named) -> dict[str, object]:
    return {
        "id": record.id,
        "name": record.name,
        **{
            name: [_coded(one, named) for one in ones] or NOT_STATED for name, ones in record.values
        },
        "number_of_attributions": len(record.attributions),
        "attributions": [_attribution(one, named) for one in record.attributions] or NOT_STATED,
        "number_of_political_responses": sum(not one.legal for one in record.responses),
        "political_responses": _answers(record, named, legal=False) or NOT_STATED,
        "number_of_legal_responses": sum(one.legal for one in record.responses),
        "legal_responses": _answers(record, named, legal=True) or NOT_STATED,
        "sources": [named(document) for document in record.documents],
        "not_coded": list(record.uncoded),
    }


def _coded(one: Coded, named: Named) -> dict[str, object]:
    return {"value": one.value, **_rests_on(one, named)}


def _attribution(one: Attribution, named: Named) -> dict[str, object]:
    told = {column: getattr(one, field) or NOT_STATED for column, field in ATTRIBUTED}
    return {**told, **_rests_on(one, named)}


def _answers(record: IncidentRecord, named: Named, *, legal: bool) -> list[dict[str, object]]:
    kind = "legal" if legal else "political"
    return [
        {
            **{f"{kind}_response_{k}": getattr(one, field) or NOT_STATED for k, field in RESPONDED},
            **_rests_on(one, named),
        }
        for one in record.responses
        if one.legal == legal
    ]


def _rests_on(one: Coded | Attribution | Response, named: Named) -> dict[str, object]:
    return {
        "by": one.by,
        "sentence": " ".join(one.sentence.split()),
        "file": named(one.where.evidence),
        "place": words.locator(one.where),
        "span": _span(one.where),
        "evidence": one.where.evidence,
        "reports": [named(document) for document in one.documents],
    }


def _span(where: Where) -> list[int] | None:
    return list(where.span) if where.span else None


def _row(record: IncidentRecord, named: Named) -> dict[str, str]:
    row = {"ID": record.id, "name": record.name}
    for name, ones in record.values:
        row[name] = AND.join(one.value for one in ones) or NOT_STATED
    row["number_of_attributions"] = str(len(record.attributions))
    for column, field in ATTRIBUTED:
        row[column] = _joined(record.attributions, field)
    for kind, legal in (("political", False), ("legal", True)):
        told = [one for one in record.responses if one.legal == legal]
        row[f"number_of_{kind}_responses"] = str(len(told))
        for column, field in RESPONDED:
            row[f"{kind}_response_{column}"] = _joined(told, field)
    row["sources"] = AND.join(named(document) for document in record.documents)
    row |= dict.fromkeys(record.uncoded, "")
    return row


def _joined(told: Sequence[Attribution | Response], field: str) -> str:
    return AND.join(getattr(one, field) or NOT_STATED for one in told) or NOT_STATED


def _write_json(dossier: Dossier) -> bytes:
    at = index(dossier)
    return records_json(dossier.readings, dossier.comparison, at.file, provenance.columns(dossier))


def _write_csv(dossier: Dossier) -> bytes:
    at = index(dossier)
    return records_csv(dossier.readings, dossier.comparison, at.file, provenance.columns(dossier))


EMPTY = IncidentRecord("", "", statements.NO_VALUES, (), (), (), statements.UNCODED)
EXPORT = Export("eurepoc", "eurepoc.json", "the incident in EuRepoC's variables", _write_json)
TABLE = Export("eurepoc-csv", "eurepoc.csv", "the incidents in them, a row each", _write_csv)
