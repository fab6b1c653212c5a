"""Whether a sentence tells of an intrusion, or of what one did: asked by every slot, found once."""

from __future__ import annotations

import re
from functools import lru_cache

from stopa.statements.lexicon.harm import IMPACT
from stopa.statements.lexicon.incident import INTRUSION

LAST = 4  # sentences remembered; the slots of one sentence are filled one after the other


@lru_cache(maxsize=LAST)
def intrusion(text: str) -> re.Match[str] | None:
    """Return the first word of an intrusion in a sentence."""
    return INTRUSION.search(text)


@lru_cache(maxsize=LAST)
def impact(text: str) -> re.Match[str] | None:
    """Return the first word of an effect in a sentence."""
    return IMPACT.search(text)
