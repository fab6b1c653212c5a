"""How it is known in which zone an event's time was written.

Why: a time is only as good as its zone. What the record itself says is one thing, what the format's
specification says another, and what the analyst said with `--zone` a third. Who reads a time knows
it, so the reader says it, event by event, as a number in a column of its own.
"""

from __future__ import annotations

from enum import StrEnum


class Basis(StrEnum):
    """How the zone of a time is known, or why there is no time.

    `TWICE` and `SKIPPED` are times in an hour that clocks show twice in autumn, never in spring.
    """

    STATED = "stated"
    FORMAT = "by the format"
    OPTION = "from --zone"
    TWICE = "from --zone, in an hour that comes twice"
    SKIPPED = "from --zone, in an hour that does not exist"
    ASSUMED = "assumed"
    YEARLESS = "no time: no year"
    UNREAD = "no time: not understood"
    UNZONED = "no time: no zone"
    NONE = "no time"


KINDS = tuple(Basis)  # in the order of their numbers in the column; of two losses the higher counts
NUMBER = {basis: number for number, basis in enumerate(KINDS)}
LOST = NUMBER[Basis.YEARLESS]  # from here on there is no time


def basis_of(number: int | None) -> Basis:
    """Return what a number of the column means; None is an event that states no time at all."""
    return Basis.NONE if number is None else KINDS[number]
