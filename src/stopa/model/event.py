"""Events of one log source as a columnar table, native field names untouched, with an envelope.

Why: a log can hold a hundred million events; an object each is not an option (DESIGN, "Columns").
Trap: a native field may be called like an envelope column; it is then stored with one more
leading underscore (see `native_name`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from stopa.model.evidence import Where

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

TIME = "_time"  # timestamp[us, tz=UTC]; null where the event states none
BASIS = "_basis"  # int8; how the zone of the time is known, see `time_basis`; null: none is stated
RECORD = "_record"  # int64; the record id of the format
LINE = "_line"  # int64; 1-based
OFFSET = "_offset"  # int64; bytes from the start of the evidence
LENGTH = "_length"  # int64; bytes
HOST = "_host"  # string; the machine that the event happened on, as the log states it
USER = "_user"  # string; the account that acted, as the log states it
PROVIDER = "_provider"  # string; Windows event provider, or null
CHANNEL = "_channel"  # string; Windows event channel, or null
EVENT_ID = "_event_id"  # string; Windows event id as decimal text, or null
ENVELOPE = (TIME, BASIS, RECORD, LINE, OFFSET, LENGTH, HOST, USER, PROVIDER, CHANNEL, EVENT_ID)


@dataclass(frozen=True, slots=True)
class LogSource:
    """What a log is, in Sigma's three words. `None` is "any" in a rule, "not said" in a batch."""

    product: str | None = None
    category: str | None = None
    service: str | None = None

    def __str__(self) -> str:
        return "/".join(filter(None, (self.product, self.category, self.service))) or "events"


Search = Callable[[bytes], "NDArray[np.int64]"]  # in a text: behind each find, in order


class Originals(Protocol):
    """The events of a batch as JSON writes them, kept where columns were left out.

    What an event says stands in its JSON letter by letter, save for escapes and what stands between
    values, so a keyword that is not in the bytes is not in the event.
    """

    def containing(self, search: Search, rows: Sequence[int] | None = None) -> Sequence[int]:
        """Return those of the rows (None is all) in whose UTF-8 JSON something is found."""

    def table(self, rows: Sequence[int]) -> pa.Table:
        """Return these rows as a table of all columns."""

    @property
    def reached(self) -> int:
        """How far in the evidence, in bytes, the last of these events was read."""


@dataclass(frozen=True, slots=True)
class EventBatch:
    """Some events of one log source from one piece of evidence.

    `table` has every column of `ENVELOPE`, then one column per native field, each of type `string`
    (numbers and booleans as JSON prints them) or `list<string>`; null means "not in this event".
    Nested objects are flattened with dots (`userIdentity.type`). Rows keep the order of the
    evidence. `originals` is there when columns were left out that keywords have to search; then
    times, places and users may be left out too, and `whole` has them. `owners` names the evidence
    of each row where tables of several were joined to be searched at once; else `evidence` does.
    """

    evidence: str
    source: LogSource
    table: pa.Table
    originals: Originals | None = field(default=None, compare=False, repr=False)
    owners: Sequence[str] | None = field(default=None, compare=False, repr=False)

    @property
    def fields(self) -> tuple[str, ...]:
        """The native field names of this batch."""
        return tuple(name for name in self.table.column_names if name not in ENVELOPE)

    def whole(self, rows: Sequence[int]) -> EventBatch:
        """Return a batch of these rows with every column."""
        if self.originals is None:
            owners = None if self.owners is None else [self.owners[row] for row in rows]
            return replace(self, table=self.table.take(list(rows)), owners=owners)
        return EventBatch(self.evidence, self.source, self.originals.table(rows))

    def evidence_of(self, row: int) -> str:
        """Return the evidence that a row is from."""
        return self.evidence if self.owners is None else self.owners[row]

    def where(self, row: int) -> Where:
        """Cite one event."""
        cell = {
            name: self.table.column(name)[row].as_py() for name in (RECORD, LINE, OFFSET, LENGTH)
        }
        return Where(
            self.evidence_of(row),
            record=cell[RECORD],
            line=cell[LINE],
            offset=cell[OFFSET],
            length=cell[LENGTH],
        )


def native_name(field: str) -> str:
    """Return the column name of a native field, kept apart from the envelope's names."""
    like_envelope = field.startswith("_") and f"_{field.lstrip('_')}" in ENVELOPE
    return f"_{field}" if like_envelope else field
