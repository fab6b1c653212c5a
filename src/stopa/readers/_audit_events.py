"""Audit events: what the records of one serial number say together.

Spec: https://github.com/linux-audit/audit-documentation/wiki/SPEC-Audit-Event-Formatting
Why: events whose records have the same types and names are put together by the same steps, which
are worked out once (`Plan`).
Trap: `a0` is a number in SYSCALL and an argument in EXECVE; with both, numbers are `SYSCALL.a0`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from stopa.readers._alike import WIDEST, Form, Memo
from stopa.readers._audit_fields import arguments, syscall_name
from stopa.readers._audit_records import CALL
from stopa.readers._rows import Names, Values

ARGUMENT = re.compile(r"a\d{1,6}")
# Several records of an event have these: they are lists in every event.
LISTED = frozenset(
    [
        "type",
        "item",
        "name",
        "inode",
        "dev",
        "mode",
        "ouid",
        "ogid",
        "rdev",
        "obj",
        "nametype",
        "objtype",
        "OUID",
        "OGID",
    ]
)
LISTED_START = "cap_"
UNKNOWN: frozenset[object] = frozenset(("?", "(null)", "(none)", ""))
HEAD, NODE_HEAD = ("time", "serial"), ("time", "serial", "node")  # what an event begins with
LONGEST = 65  # parts of the key of a plan that is remembered

Key = tuple[Any, ...]  # names of the head; type and forms (`Form`) of one record after another
Call = tuple[tuple[int, ...], ...]  # the parts of each argument of a command line
Place = int | list[int]  # of one value, or of the values of a list


class Events:
    """Puts the events of one log together."""

    def __init__(self) -> None:
        self._plans: Memo[tuple[object, ...], Plan] = Memo()

    def told(self, key: Key, values: list[object]) -> tuple[Names, Values]:
        """Return the names of an event's fields and their values.

        `values` are those of the head, then of each record its type and what it says.
        """
        plan = self._plan(key, ())
        values += [_command(values, call) for call in plan.calls]
        if plan.compared and any(differing := plan.differing(values)):
            plan = self._plan(key, differing)
        return plan.names, plan.joined(values)

    def _plan(self, key: Key, differing: tuple[bool, ...]) -> Plan:
        known = self._plans.get((key, differing))
        if known is None:
            known = _Draft(differing).plan(key)
            widths = [len(form.names) for forms in key[2::2] for form in forms]
            if len(key) <= LONGEST and max(widths, default=0) <= WIDEST:
                self._plans.keep((key, differing), known, len(key) + sum(widths))
        return known


@dataclass(frozen=True, slots=True)
class Plan:
    """How the values of an event are put together, all given by their places.

    `compared` are values under one name in two records. `calls` are the arguments of command lines,
    which come behind the values; `call` are architecture and number of a system call to be named.
    """

    names: Names
    single: Callable[[Sequence[object]], tuple[object, ...]]
    lists: tuple[tuple[int, ...], ...]
    compared: tuple[tuple[int, int], ...]
    calls: tuple[Call, ...]
    call: tuple[int, int] | None

    def differing(self, values: Sequence[object]) -> tuple[bool, ...]:
        """Return which of the values compared differ."""
        return tuple([values[one] != values[other] for one, other in self.compared])

    def joined(self, values: Sequence[object]) -> Values:
        """Return the values of the fields; what is said to be unknown is none."""
        told = self.single(values)
        if not UNKNOWN.isdisjoint(told):
            told = tuple([None if value in UNKNOWN else value for value in told])
        lists = [[values[place] for place in places] for places in self.lists]
        if self.call is None:
            return (*told, *lists)
        arch, number = self.call
        return (*told, *lists, syscall_name(values[arch], values[number]))


@dataclass(slots=True)
class _Draft:
    """A plan in the making: `fields` are the places of what the event says."""

    differing: tuple[bool, ...]
    fields: dict[str, Place] = field(default_factory=dict)
    compared: list[tuple[int, int]] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)

    def plan(self, key: Key) -> Plan:
        """Return the plan of events with such records."""
        head, *told = key
        self.fields = {name: place for place, name in enumerate(head)}
        self.fields["type"] = []
        records = list(zip(told[::2], told[1::2], strict=True))
        behind = len(head) + sum(1 + sum(len(form.names) for form in forms) for _, forms in records)
        place = len(head)
        for kind, forms in records:
            self._put(kind, "type", place)
            place = self._add(kind, forms, place + 1, behind)
        singles = {name: at for name, at in self.fields.items() if isinstance(at, int)}
        lists = {name: tuple(at) for name, at in self.fields.items() if isinstance(at, list)}
        call = self._call()
        names = (*singles, *lists, *(("SYSCALL",) if call else ()))
        single = itemgetter(*singles.values())
        return Plan(
            names, single, tuple(lists.values()), tuple(self.compared), tuple(self.calls), call
        )

    def _add(self, kind: str, forms: tuple[Form, ...], place: int, behind: int) -> int:
        """Add what a record says, whose values begin at a place; return where they end."""
        record: dict[str, int] = {}
        for form in forms:
            record |= {name: at for at, name in enumerate(form.names, place)}
            place += len(form.names)
        if kind == CALL:
            self._call_s_own()
            if parts := arguments(record):
                record["cmdline"] = behind + len(self.calls)
                self.calls.append(parts)
        for name, at in record.items():
            self._put(kind, name, at)
        return place

    def _put(self, kind: str, name: str, at: int) -> None:
        """Add a value; what another record has said already goes under the record's name."""
        known = self.fields.get(name)
        if name in LISTED or name[:4] == LISTED_START:
            if known is None:
                self.fields[name] = [at]
            elif isinstance(known, list):
                known.append(at)
        elif known is None:
            self.fields[name] = at
        elif isinstance(known, int):
            number = len(self.compared)
            self.compared.append((known, at))
            if self.differing and self.differing[number]:
                others = self.fields.setdefault(f"{kind}.{name}", [])
                if isinstance(others, list):
                    others.append(at)

    def _call_s_own(self) -> None:
        """Tell the numbers of the system call from the arguments that follow."""
        for name in [name for name in self.fields if ARGUMENT.fullmatch(name)]:
            self.fields[f"SYSCALL.{name}"] = self.fields.pop(name)

    def _call(self) -> tuple[int, int] | None:
        """Return the places of what names the system call, where the log gives but its number."""
        arch, number = self.fields.get("arch"), self.fields.get("syscall")
        if "SYSCALL" in self.fields or not isinstance(arch, int) or not isinstance(number, int):
            return None
        return arch, number


def _command(values: Sequence[object], call: Call) -> str:
    """Return the command line that arguments make."""
    return " ".join(["".join([str(values[place]) for place in parts]) for parts in call])
