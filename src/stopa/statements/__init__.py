"""Reads reports: who says what about whom, on what basis, and where reports part ways."""

from stopa.statements.comparing import compare
from stopa.statements.report import read
from stopa.statements.score_form import score_form
from stopa.statements.settling import settled

__all__ = ["compare", "read", "score_form", "settled"]
