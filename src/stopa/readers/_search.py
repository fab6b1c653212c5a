"""Which events something is found in, told from the text that they stand in.

Why: searching one long text is quicker than many short ones, and blocks of a log are long texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from stopa.model.event import Search

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.int64]

MUCH = 4  # a text is searched whole if the events asked for are at least one part of so many


def events_with(search: Search, raws: Sequence[bytes]) -> Numbers:
    """Return the places of the events, each by its own text, in which something is found."""
    ends = np.cumsum(np.fromiter(map(len, raws), np.int64, len(raws)) + 1)
    return np.flatnonzero(lines_with(search, b"\n".join(raws), ends))


def lines_with(search: Search, text: bytes, ends: Numbers) -> Flags:
    """Return of the lines, given by their ends in the text, which have a find in them."""
    made = np.zeros(len(ends), np.bool_)
    made[np.searchsorted(ends, search(text) - 1, "right")] = True
    return made
