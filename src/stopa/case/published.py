"""The dossier that a case has published, read back."""

from __future__ import annotations

from pathlib import Path

from stopa.case.work import DATA, PAGE
from stopa.dossier import decode
from stopa.errors import CaseError
from stopa.model.dossier import Dossier


def published(dossier: Path) -> Dossier:
    """Return the dossier in a dossier's folder; raise CaseError where there is none."""
    path = dossier / DATA
    if not path.is_file():
        raise CaseError(
            f"{dossier} holds no dossier", hint="make one: stopa investigate EVIDENCE... -o CASE"
        )
    return decode(path.read_bytes())


def page_of(case: Path) -> Path:
    """Return the page of a case or of a dossier's folder; raise CaseError where there is none."""
    for page in (case / "dossier" / PAGE, case / PAGE):
        if page.is_file():
            return page
    raise CaseError(f"{case} has no page", hint="make one: stopa investigate EVIDENCE... -o CASE")
