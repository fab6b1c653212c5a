"""Make of an intrusion's evidence an attribution that others can check.

The names below are the public API; everything else may move between releases.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stopa.case.check import verify
    from stopa.case.hunt import Hunt, hunt
    from stopa.case.outcome import Check
    from stopa.case.plan import Plan, Progress
    from stopa.case.reports import Reports, read_reports
    from stopa.case.work import Summary, investigate
    from stopa.errors import StopaError
    from stopa.model.dossier import Dossier

__version__ = "0.1.0"

# Arrow's allocator gives memory back after ten milliseconds and asks for it again with the next
# batch, which is two fifths of searching stored events. Who has set this otherwise is heeded.
os.environ.setdefault("MIMALLOC_PURGE_DELAY", "10000")

PUBLIC = {
    "Check": "stopa.case.outcome",
    "Dossier": "stopa.model.dossier",
    "Hunt": "stopa.case.hunt",
    "Plan": "stopa.case.plan",
    "Progress": "stopa.case.plan",
    "Reports": "stopa.case.reports",
    "StopaError": "stopa.errors",
    "Summary": "stopa.case.work",
    "hunt": "stopa.case.hunt",
    "investigate": "stopa.case.work",
    "read_reports": "stopa.case.reports",
    "verify": "stopa.case.check",
}

__all__ = [
    "Check",
    "Dossier",
    "Hunt",
    "Plan",
    "Progress",
    "Reports",
    "StopaError",
    "Summary",
    "hunt",
    "investigate",
    "read_reports",
    "verify",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that importing stopa is instant."""
    if name not in PUBLIC:
        raise AttributeError(f"module 'stopa' has no attribute {name!r}")
    return getattr(import_module(PUBLIC[name]), name)
