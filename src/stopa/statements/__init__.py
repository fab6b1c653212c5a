"""Reads reports: who says what about whom, on what basis, and where reports part ways."""

from stopa.statements.coding import (
    attribution_basis,
    attribution_type,
    country_name,
    names_organ,
    plover,
)
from stopa.statements.comparing import compare
from stopa.statements.extracted import Extracted, extracted, question
from stopa.statements.incident_record import NO_VALUES, incident_records, receiving_countries
from stopa.statements.lexicon.eurepoc import UNCODED
from stopa.statements.report import read
from stopa.statements.same_incident import accused_state
from stopa.statements.score_form import score_form
from stopa.statements.settling import settled

__all__ = [
    "NO_VALUES",
    "UNCODED",
    "Extracted",
    "accused_state",
    "attribution_basis",
    "attribution_type",
    "compare",
    "country_name",
    "extracted",
    "incident_records",
    "names_organ",
    "plover",
    "question",
    "read",
    "receiving_countries",
    "score_form",
    "settled",
]
