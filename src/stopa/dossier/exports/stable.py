"""Ids and a date that follow from the dossier alone: same case, same bytes, no clock, no chance.

Spec: RFC 9562, 5.4; the formats want version 4 UUIDs, which are random
Why: these have that form, and are a hash of what the object stands for.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from uuid import UUID

from stopa.dossier import visible
from stopa.dossier.timeline import ends_of
from stopa.model.dossier import Dossier

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def uuid_of(space: str, *what: str) -> UUID:
    """Return the id of what the words stand for; `space` sets one format's ids apart."""
    readable = visible.line("\n".join(what))
    digest = hashlib.sha256(f"{space}\n{readable}".encode()).digest()
    return UUID(bytes=digest[:16], version=4)


def case_of(dossier: Dossier) -> str:
    """Return what ids are made of that belong to this case alone; a title may be another's too."""
    return dossier.case or dossier.title


def last_known(dossier: Dossier) -> datetime:
    """Return the last moment that the dossier knows of, in place of a clock."""
    moments = [row.last for row in dossier.coverage if row.last]
    moments += [finding.time for finding in dossier.findings if finding.time]
    dates = [reading.masthead.date for reading in dossier.readings if reading.masthead.date]
    moments += [ends[0] for date in dates if (ends := ends_of(date))]
    return max(moments, default=EPOCH)
