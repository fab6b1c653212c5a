"""Techniques as an ATT&CK Navigator layer: observed, claimed and expected keep three colours.

Spec: https://github.com/mitre-attack/attack-navigator (layers/LAYERFORMATv4_5.md)
Why: the score counts findings of this case alone; what is only claimed or expected scores nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from stopa.dossier import visible, words
from stopa.dossier.exports import as_json, provenance
from stopa.dossier.exports._export import Export
from stopa.dossier.index import index
from stopa.dossier.techniques import Cell, Column, columns
from stopa.model.dossier import Dossier

VERSIONS = {"layer": "4.5", "navigator": "5.0.0"}
OBSERVED, CLAIMED, EXPECTED = "#0072b2", "#e69f00", "#d4cec1"
LEGEND = (
    ("observed: a rule matched in this evidence", OBSERVED),
    ("claimed: a text names it", CLAIMED),
    ("expected: knowledge lists it for an actor of a hypothesis", EXPECTED),
)
TECHNIQUE = re.compile(r"T\d{4}(\.\d{3})?")


def write(dossier: Dossier) -> bytes:
    """Return the layer of all three marks as JSON."""
    return _written(dossier, _known)


def _written(dossier: Dossier, shows: Callable[[Cell], bool]) -> bytes:
    shown = columns(index(dossier))
    most = max((cell.findings for column in shown for cell in column.cells), default=1)
    layer = {
        "name": visible.line(words.clipped(dossier.title, 120, "…")),
        "versions": VERSIONS,
        "domain": "enterprise-attack",
        "description": _description(dossier),
        "sorting": 3,
        "layout": {"layout": "side", "showName": True, "showID": True},
        "hideDisabled": False,
        "techniques": [
            _technique(cell, column)
            for column in shown
            for cell in column.cells
            if _known(cell) and shows(cell)
        ],
        "gradient": {"colors": ["#ffffff", OBSERVED], "minValue": 0, "maxValue": max(most, 1)},
        "legendItems": [{"label": label, "color": color} for label, color in LEGEND],
        "metadata": [
            {"name": "tlp", "value": dossier.tlp.value},
            {"name": "producer", "value": provenance.producer(dossier)},
        ],
        "showTacticRowBackground": False,
        "selectTechniquesAcrossTactics": True,
        "selectSubtechniquesWithParent": False,
    }
    return as_json.marked(layer)


def _description(dossier: Dossier) -> str:
    parts = [dossier.tlp.value, dossier.notice, dossier.assessment.verdict]
    return visible.line(words.clipped(" ".join(filter(None, parts))))


def _technique(cell: Cell, column: Column) -> dict[str, object]:
    told = [words.count(cell.findings, "finding")] if cell.findings else []
    told += [f"claimed in {words.count(len(cell.claims), 'place')}"] if cell.claims else []
    told += [f"expected under {' '.join(cell.expected)}"] if cell.expected else []
    shown: dict[str, object] = {
        "techniqueID": cell.technique.id,
        "comment": visible.line("; ".join(told)),
        "enabled": True,
        "showSubtechniques": "." in cell.technique.id,
        "metadata": [],
        "links": [],
    }
    if column.tactic in cell.technique.tactics:
        shown["tactic"] = column.tactic
    if cell.findings:
        shown["score"] = cell.findings
    else:
        shown["color"] = CLAIMED if cell.claims else EXPECTED
    return shown


def _known(cell: Cell) -> bool:
    return TECHNIQUE.fullmatch(cell.technique.id) is not None


def _view(mark: str, title: str, shows: Callable[[Cell], bool]) -> Export:
    """Return the export of one mark alone."""
    return Export(
        f"navigator-{mark}",
        f"attack-{mark}.json",
        f"a layer of what is {title} alone",
        lambda dossier: _written(dossier, shows),
    )


EXPORT = Export("navigator", "attack-layer.json", "a layer for ATT&CK Navigator", write)
VIEWS = (
    _view("observed", "observed in this evidence", lambda cell: cell.findings > 0),
    _view("claimed", "claimed by a text", lambda cell: bool(cell.claims)),
    _view("expected", "expected under a hypothesis", lambda cell: bool(cell.expected)),
)
