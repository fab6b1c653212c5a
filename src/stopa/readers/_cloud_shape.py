"""What a record of a cloud or identity service looks like: how it is known, and where things are.

Why: these logs are all JSON and differ only in names, so a log is a line of a table, not a module.
Trap: data lakes write all names in lower case (`eventname`). Names in `spelled` are then written as
the service does, because rules speak those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from stopa.model.event import HOST, TIME, USER, LogSource
from stopa.readers._columns import Layout, Pick

Record = dict[str, object]
DEEPEST = 12  # objects within objects whose names are spelled anew


@dataclass(frozen=True)
class Shape:
    """One log: its marks, its log source, and the native fields that fill the envelope.

    `marks` are dotted paths that a record must all have; `path=a|b` wants a value that starts so.
    `service_of` names a field whose value takes the place of `{}` in the service. `unpack` turns a
    wrapped record into the record; `whole` are objects that rules also search as text.
    `spelled` are names, parted by spaces.
    """

    title: str
    log: LogSource
    marks: tuple[str, ...]
    times: tuple[Pick, ...]
    users: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    spelled: str = ""
    whole: tuple[str, ...] = ()
    service_of: str = ""
    unpack: Callable[[Record], Record] | None = None

    @cached_property
    def layout(self) -> Layout:
        """How its records become columns."""
        return self._layout(self.log)

    @cached_property
    def spelling(self) -> Mapping[str, str]:
        """The native spelling of names, by their lower case, where that is another."""
        names = self.spelled.split()
        return {name.lower(): name for name in names if name.lower() not in names}

    def layout_of(self, service: str) -> Layout:
        """Return the layout of records that name their service."""
        told = (self.log.service or "{}").replace("{}", service)
        return self._layout(LogSource(self.log.product, self.log.category, told))

    def _layout(self, log: LogSource) -> Layout:
        envelope = (
            (TIME, self.times),
            (HOST, tuple(map(Pick, self.hosts))),
            (USER, tuple(map(Pick, self.users))),
        )
        return Layout(log, envelope, aliases=self.aliases)


def has(record: Mapping[str, object], mark: str) -> bool:
    """Tell whether a record bears a mark."""
    path, _, wanted = mark.partition("=")
    value = at(record, path)
    if not wanted:
        return value is not None
    return isinstance(value, str) and value.startswith(tuple(wanted.split("|")))


def mark_start(mark: str) -> str:
    """Return the name at the top of a record that a mark begins with."""
    return mark.partition("=")[0].partition(".")[0]


def at(record: Mapping[str, object], path: str) -> object:
    """Return what stands at a dotted path, of a list the first element's; None where nothing."""
    if "." not in path:
        return record.get(path)
    value: object = record
    for name in path.split("."):
        if isinstance(value, list):
            value = value[0] if value else None
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def respelled(record: Mapping[str, object], spelling: Mapping[str, str]) -> Record:
    """Return the record with its names in the service's own spelling."""
    return dict(_names(record, spelling, 0))


def _names(
    record: Mapping[str, object], spelling: Mapping[str, str], depth: int
) -> Iterator[tuple[str, object]]:
    for name, value in record.items():
        native = spelling.get(name.lower(), name)
        yield (name if native in record else native), _value(value, spelling, depth + 1)


def _value(value: object, spelling: Mapping[str, str], depth: int) -> object:
    if depth < DEEPEST and isinstance(value, dict):
        return dict(_names(value, spelling, depth))
    if depth < DEEPEST and isinstance(value, list):
        return [_value(element, spelling, depth) for element in value]
    return value
