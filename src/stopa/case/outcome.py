"""What came of one check, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stopa.errors import StopaError


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked, in words, and whether it holds."""

    what: str
    holds: bool
    detail: str = ""


def tried(what: str, check: Callable[[], str]) -> Check:
    """Return what came of a check that tells details, or raises what failed."""
    try:
        return Check(what, holds=True, detail=check())
    except StopaError as error:
        return Check(what, holds=False, detail=error.what)
