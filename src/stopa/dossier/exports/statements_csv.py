"""Statements as a table: who says what about whom, with EuRepoC's and PLOVER's codes beside it.

Spec: RFC 4180; EuRepoC codebook 1.x (attribution_type, attribution_basis); PLOVER (2021)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from stopa import statements
from stopa.dossier import words
from stopa.dossier.exports import provenance, spreadsheet
from stopa.dossier.exports._export import Export
from stopa.dossier.index import index
from stopa.model.dossier import Dossier
from stopa.model.statement import Comparison, Reading, Statement

HEADINGS = (
    "id", "file", "outlet", "report_date", "act", "negated", "hedge", "voice", "core", "speaker",
    "speaker_country", "target", "target_country", "date", "sentence", "quotations", "root",
    "attribution_type", "attribution_basis", "plover_event", "plover_mode", "plover_context",
    "place", "evidence",
)  # fmt: skip
BETWEEN = " | "  # quotations of one sentence


def table(
    readings: Sequence[Reading],
    comparison: Comparison,
    named: Callable[[str], str],
    extra: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """Return a row for each statement, in the order of the texts; `extra` stands in every row."""
    return spreadsheet.table(HEADINGS, _rows(readings, comparison, named), extra)


def _rows(
    readings: Sequence[Reading], comparison: Comparison, named: Callable[[str], str]
) -> Iterator[list[str]]:
    roots = {said: root.id for root in comparison.roots for said in root.statements}
    receivers = statements.receiving_countries(readings, statements.accused_state(readings))
    for reading in readings:
        for said in reading.statements:
            told = [*_said(said, reading), roots.get(said.id, "")]
            told += _codes(said, reading, receivers)
            told += [words.locator(said.where), said.where.evidence]
            told.insert(1, named(said.document))
            yield told


def _said(said: Statement, reading: Reading) -> list[str]:
    head = reading.masthead
    return [
        said.id,
        head.outlet or "",
        head.date.edtf if head.date else "",
        said.act.value,
        "yes" if said.negated else "",
        said.hedge or "",
        said.voice.value,
        "yes" if said.core else "",
        said.speaker.name if said.speaker else "",
        (said.speaker.country or "") if said.speaker else "",
        said.target.name if said.target else "",
        (said.target.country or "") if said.target else "",
        said.date.edtf if said.date else "",
        " ".join(said.sentence.split()),
        BETWEEN.join(" ".join(quotation.text.split()) for quotation in said.quotations),
    ]


def _codes(said: Statement, reading: Reading, receivers: frozenset[str]) -> list[str]:
    code = statements.plover(said)
    return [
        statements.attribution_type(said, reading.masthead),
        statements.attribution_basis(said, receivers),
        code.event,
        code.mode,
        code.context,
    ]


def _write(dossier: Dossier) -> bytes:
    at = index(dossier)
    return table(dossier.readings, dossier.comparison, at.file, provenance.columns(dossier))


EXPORT = Export("statements", "statements.csv", "statements with EuRepoC and PLOVER codes", _write)
