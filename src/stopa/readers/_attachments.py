"""The files that a message holds, as members that are taken out of it within limits.

Spec: https://www.rfc-editor.org/rfc/rfc2183 (attachments and their names)
Why: an attachment is evidence like any other file: hashed, read by whoever knows it, cited by its
own bytes. It is named by the number of its part and by what the sender called it.
Trap: the sender chose name, type and number of the parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from stopa.readers._archive import Budget, Flaw, Member, leading_out, over, too_many
from stopa.readers._bodies import attached
from stopa.readers._mime import messages
from stopa.readers._transfer import decoded

UNNAMED = "attachment"


class Attached(NamedTuple):
    """An attachment: the number of its part, its name, its content a stretch at a time."""

    number: str
    name: str
    content: Callable[[], Iterator[bytes]]


def of_message(raw: bytes) -> Iterator[Attached]:
    """Yield the attachments of a message and of those in it."""
    for message in messages(raw):
        for part in attached(message):
            span = (part.transfer, part.start, part.end)
            yield Attached(part.number, part.name or "", lambda span=span: decoded(raw, *span))  # type: ignore[misc]


def taken_out(found: Iterable[Attached], budget: Budget) -> Iterator[Member | Flaw]:
    """Yield attachments as members, as long as the budget lasts."""
    for one in found:
        name = f"{one.number}/{one.name or UNNAMED}"
        yield from leading_out(name)
        if over(budget):
            yield Flaw(name, too_many(budget), "hand in the attachment by itself")
            return
        yield Member(name, lambda one=one: _chunks(one, budget))  # type: ignore[misc]


def _chunks(one: Attached, budget: Budget) -> Iterator[bytes | str]:
    """Yield the content; end in words where it passes a limit."""
    out = 0
    for chunk in one.content():
        out += len(chunk)
        budget.total += len(chunk)
        if out > budget.limits.member or budget.total > budget.limits.total:
            yield f"longer than the limit; stopped at {out} bytes"
            return
        yield chunk
