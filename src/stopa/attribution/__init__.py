"""Observations and knowledge in, competing hypotheses out. Pure functions."""

from stopa.attribution.assessing import assess, summary
from stopa.attribution.judging import judged
from stopa.attribution.observing import observe
from stopa.attribution.query import rank
from stopa.attribution.reasons import reasons
from stopa.attribution.reckoning import reckoning

__all__ = ["assess", "judged", "observe", "rank", "reasons", "reckoning", "summary"]
