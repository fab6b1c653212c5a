"""What the table of techniques promises: a text claims what it asserts, not what it rules out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stopa.dossier.index import index
from stopa.dossier.techniques import columns
from stopa.model.statement import Stance
from tests.dossier.sample import sample


@pytest.mark.parametrize("stance", list(Stance))
def test_only_what_a_text_asserts_is_claimed(stance: Stance) -> None:
    whole = sample()
    readings = tuple(
        replace(r, mentions=tuple(replace(m, stance=stance) for m in r.mentions))
        for r in whole.readings
    )
    named = {m.id for r in readings for m in r.mentions}
    at = index(replace(whole, readings=readings))
    claims = {one for column in columns(at) for cell in column.cells for one in cell.claims}
    assert bool(claims & named) is (stance is Stance.ASSERTED)
