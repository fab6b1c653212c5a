"""The workflow: one function per verb. The only wiring; everything else knows only its own room."""

from stopa.case.plan import Plan, Progress, Quiet
from stopa.case.work import Summary, investigate

__all__ = ["Plan", "Progress", "Quiet", "Summary", "investigate"]
