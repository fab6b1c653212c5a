"""Which evidence came into the case by mail alone: mails, and what was only ever found in one.

Why: whoever sends a lure writes its body and its attachments. What they say is evidence of the
lure, and gives its sender no say in who is accused, in what was used, nor in what is looked for.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace

from stopa.model.dossier import Coverage
from stopa.model.evidence import Evidence
from stopa.model.statement import Reading
from stopa.readers import readers
from stopa.store.case_reader import CaseReader


def by_mail_alone(store: CaseReader) -> frozenset[str]:
    """Return the hashes of mails, and of evidence that was only ever found inside of one."""
    mails = {row.sha256 for row in store.records("coverage", Coverage) if _holds_mail(row.kind)}
    ways = {(item.sha256, item.container) for item in store.records("evidence", Evidence)}
    handed = {sha256 for sha256, container in ways if container is None}
    while more := {
        sha256
        for sha256, container in ways
        if container in handed and container not in mails and sha256 not in handed
    }:
        handed |= more
    return (frozenset(sha256 for sha256, _ in ways) - handed) | mails


def testimony(readings: Iterable[Reading], lures: Container[str]) -> tuple[Reading, ...]:
    """Return the readings as they bear on who did it: without the indicators of lures."""
    return tuple(
        replace(
            reading,
            indicators=tuple(i for i in reading.indicators if i.where.evidence not in lures),
        )
        for reading in readings
    )


def _holds_mail(kind: str | None) -> bool:
    return kind is not None and kind in readers() and readers()[kind].members is not None
