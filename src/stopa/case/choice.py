"""Which reader a piece of evidence goes to, and what comes out when there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stopa.case.hand_in import Bytes
from stopa.case.plan import Plan
from stopa.case.unread import known_as
from stopa.errors import InputError
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers import HEAD, Found, Reader, Source, Wanted, readers, recognise

NAME_IT = "name its format with --reader, or add a reader (docs/readers.md)"
TAKE_AGAIN = "take it again from its source"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was decided for one evidence: its kind, why, and the reader, if one reads it.

    `known_by` is what the format was recognised by.
    """

    kind: str | None
    status: str
    reader: Reader | None = None
    hint: str = NAME_IT
    known_by: str = ""


def choose(item: Bytes, plan: Plan) -> Choice:
    """Decide by content, or by the name that the analyst gave; raise InputError for a wrong one."""
    if item.archive is not None:
        status = f"{item.archive} archive, its members are listed"
        return Choice(item.archive, status, known_by="its first bytes")
    if item.size == 0:
        return Choice(None, "empty file", hint=TAKE_AGAIN)
    if plan.reader is not None:
        return _read_by(asked_for(plan.reader), "the analyst's word")
    with item.path.open("rb") as file:
        head = file.read(HEAD)
    known = recognise(head)
    if len(known) == 1:
        return _read_by(known[0], known[0].known_by)
    if not known and (foreign := known_as(head)):
        what, hint = foreign
        return Choice(None, f"{what}, which is not read", hint=hint)
    if not known:
        return Choice(None, "no reader knows this format")
    return Choice(None, f"claimed by several readers: {', '.join(r.name for r in known)}")


def found_in(
    item: Bytes,
    choice: Choice,
    plan: Plan,
    *,
    fields: frozenset[str] | None = None,
    wanted: Wanted | None = None,
) -> Iterator[Found]:
    """Yield what the reader finds, and each byte of what nobody reads as a problem.

    `fields` are those that are asked for of all events, None is all; `wanted` tells kinds apart.
    """
    if choice.reader is not None:
        asked = Source(
            item.sha256,
            item.path,
            item.size,
            fields,
            plan.zone,
            wanted=wanted,
            year=plan.year,
            mail=plan.mail,
        )
        yield from choice.reader.read(asked)
        return
    whole = Where(item.sha256, offset=0, length=item.size)
    yield Structure(whole) if choice.kind else Problem(choice.status, whole, choice.hint)


def asked_for(name: str) -> Reader:
    """Return the reader of that name; raise InputError when there is none."""
    if name not in readers():
        raise InputError(f"there is no reader {name}", hint=f"one of {', '.join(readers())}")
    return readers()[name]


def _read_by(reader: Reader, known_by: str) -> Choice:
    return Choice(reader.name, f"read as {reader.title}", reader, known_by=known_by)
