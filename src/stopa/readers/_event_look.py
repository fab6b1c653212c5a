"""Windows events as the package `evtx` tells them, of which only what rules ask is decoded.

Spec: https://learn.microsoft.com/en-us/windows/win32/wes/eventschema-schema
Why: see `_glance`.
Trap: this knows only the common form, with named data and nothing beside it. Whatever else stands
in an event that could give one of the fields asked for, or take its name, fails to decode, and the
event is read as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import attrgetter
from types import GenericAlias
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import msgspec
import numpy as np
from msgspec import UNSET, Raw, Struct, UnsetType, defstruct

from stopa.model.event import Search
from stopa.readers._glance import Key
from stopa.readers._json_value import decode
from stopa.readers._layout import Layout
from stopa.readers._rows import Row
from stopa.readers._search import MUCH, events_with, lines_with
from stopa.readers._slots import UNUSUAL
from stopa.readers._windows_event import ATTRIBUTES, CLASH, TEXT, event_fields, layout_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.int64]

HOST = "Computer"
KEYED = ("Channel", "Provider_Name", "EventID")
NOT_DATA = frozenset({*KEYED, HOST, *(CLASH + name for name in (*KEYED, HOST))})
OF_SYSTEM = frozenset({"Version", "Level", "Task", "Opcode", "Keywords", "EventRecordID"})
# What is asked of these elements, or of their attributes, takes a whole reading.
APART = frozenset(
    {"Correlation", "EventData", "Execution", "Provider", "Security", "TimeCreated", "UserData"}
    | {*KEYED, HOST}
)
DATA = "Data"

One = str | int | bool | None
Scalar = One | list[Any]
NOTHING = UnsetType


class Named(Struct, gc=False):
    """The attributes of the provider."""

    Name: str | None = None


class Provider(Struct, gc=False, rename={"attributes": ATTRIBUTES, "text": TEXT}):
    """Who wrote the event."""

    attributes: Named
    text: UnsetType = UNSET


class Qualified(Struct, gc=False, rename={"attributes": ATTRIBUTES, "text": TEXT}):
    """An event id with attributes."""

    text: int | str
    attributes: Raw = Raw()


class Unnamed(Struct, gc=False, forbid_unknown_fields=True, rename={"text": TEXT}):
    """Data without names."""

    text: One | list[One]


class Records(NamedTuple):
    """Events one after another: where they stand, their ids, and what the package says of them."""

    offsets: list[int]
    sizes: list[int]
    ids: list[int | None]
    texts: list[str]

    def add(self, offset: int, size: int, record: int | None, text: str) -> None:
        """Add one that comes behind."""
        self.offsets.append(offset)
        self.sizes.append(size)
        self.ids.append(record)
        self.texts.append(text)

    def extend(self, others: Records) -> None:
        """Add others that come behind."""
        self.offsets.extend(others.offsets)
        self.sizes.extend(others.sizes)
        self.ids.extend(others.ids)
        self.texts.extend(others.texts)


class Stretch:
    """Records as a span of a log."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.texts = records.texts
        self.found: dict[Search, Flags] = {}

    def raw(self, line: int) -> bytes:
        """Return an event as JSON writes it."""
        return _raw(self.texts[line])

    def containing(self, search: Search, lines: Numbers) -> Numbers:
        """Return the places among the lines of those in whose JSON something is found.

        All events are searched at once where many are asked for, whatever their kind.
        """
        if search not in self.found:
            if len(lines) * MUCH < len(self.texts):
                return events_with(search, list(map(self.raw, lines.tolist())))
            self.found[search] = lines_with(search, *self._joined)
        return np.flatnonzero(self.found[search][lines])

    def row(self, line: int) -> Row:
        """Return an event with all its fields."""
        raw = self.raw(line)
        fields = event_fields(cast("dict[str, Any]", decode(raw))["Event"])
        offsets, sizes, ids, _ = self.records
        return Row(fields, layout_of(fields), offsets[line], sizes[line], None, ids[line], raw)

    @property
    def reached(self) -> int:
        """Where the records end in the evidence, in bytes."""
        return self.records.offsets[-1] + self.records.sizes[-1]

    @cached_property
    def _joined(self) -> tuple[bytes, Numbers]:
        """All events as JSON writes them, a line each, and where each line ends."""
        joined = "\n".join(self.texts)
        told = self.texts if joined.isascii() else list(map(_raw, self.texts))
        sizes = np.fromiter(map(len, told), np.int64, len(told))
        return _raw(joined), np.cumsum(sizes + 1) - 1


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


class EventLook:
    """Decodes some fields of events."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self.deep = any("." in name for name in names)
        slots = {name: f"f{n}" for n, name in enumerate(sorted(names | NOT_DATA))}
        system = {name: slots[name] for name in names - {HOST}}
        system |= {name: f"g{n}" for n, name in enumerate(sorted(_prefixes(names) - names))}
        data = {**slots, DATA: slots.get(DATA, "data")}
        self.empty, self.decoder = _decoder(system, data)
        self.getters = {
            name: attrgetter(f"{'System' if name in OF_SYSTEM else 'EventData'}.{slots[name]}")
            for name in names
        }
        self.getters[HOST] = attrgetter(f"System.{HOST}")

    def read(self, span: Stretch, lines: Iterable[int]) -> list[Any]:
        """Return the fields of these events; None for one that is not of the common form."""
        told: list[Any] = []
        events = map(self.decoder.decode, [span.texts[line] for line in lines])
        while True:
            try:
                told.extend(events)
                break
            except (ValueError, RecursionError):  # it goes on with the next
                told.append(None)
        return self._with_data([None if one is None else one.Event for one in told])

    def column(self, name: str, told: Iterable[Any]) -> list[object]:
        """Return the values of a field, None where an event lacks it."""
        column = list(map(self.getters[name], told))
        return list(map(_data, column)) if name == DATA else column

    def keys(self, told: Iterable[Any]) -> Iterable[Key]:
        """Return provider, channel and event id of each event."""
        return map(_key, told)

    def _with_data(self, told: list[Any]) -> list[Any]:
        """Return the events with their data in one place; None for one that has data in two."""
        for n, event in enumerate(told):
            if event is None or (event.UserData is None and event.EventData is not None):
                continue
            if event.UserData is None:
                event.EventData = self.empty
            elif event.EventData is None and len(event.UserData) == 1 and not self.deep:
                (event.EventData,) = event.UserData.values()
            else:
                told[n] = None
        return told


class EventShape:
    """Events of the package `evtx`, as `Glance` looks at them."""

    stated = NOT_DATA - {HOST}

    def look(self, names: frozenset[str]) -> EventLook | None:
        """Return what decodes these fields; None where that takes a whole reading."""
        return _look(names)

    def layout(self, provider: object, event_id: object) -> Layout:
        """Return how such events are laid out."""
        return layout_of({"Provider_Name": provider, "EventID": event_id})


@lru_cache(1024)
def _look(names: frozenset[str]) -> EventLook | None:
    firsts = {name.partition(".")[0] for name in names}
    taken = (APART - {HOST}) & firsts or (APART | OF_SYSTEM) & _prefixes(names)
    return None if taken or any(map(UNUSUAL.search, names)) else EventLook(names)


def _prefixes(names: Iterable[str]) -> frozenset[str]:
    """Return the elements of which the names could be attributes (`a_b_c`: `a` and `a_b`)."""
    return frozenset(
        prefix
        for name in names
        for prefix in list(accumulate(name.split("_"), lambda a, b: f"{a}_{b}"))[:-1]
    )


def _decoder(system: dict[str, str], data: dict[str, str]) -> tuple[Any, msgspec.json.Decoder[Any]]:
    """Return data without any field, and what decodes events; fields are given by slot."""
    of_system = [
        _slot(slot, Scalar if name in OF_SYSTEM else NOTHING) for name, slot in system.items()
    ]
    of_data = [_slot(slot, _type_in_data(name)) for name, slot in data.items()]
    system_type = defstruct(
        "System",
        [
            ("Provider", Provider),
            ("EventID", int | str | Qualified),
            ("Channel", str | None, None),
            (HOST, str | None, None),
            *of_system,
        ],
        rename={slot: name for name, slot in system.items()},
        gc=False,
        eq=False,
    )
    data_type = defstruct(
        "EventData", of_data, rename={slot: name for name, slot in data.items()}, gc=False, eq=False
    )
    event_type = defstruct(
        "Event",
        [
            ("System", system_type),
            ("EventData", data_type | None, None),
            ("UserData", GenericAlias(dict, (str, data_type)) | None, None),
            ("attributes", Raw, Raw()),
        ],
        rename={"attributes": ATTRIBUTES},
        forbid_unknown_fields=True,
        gc=False,
        eq=False,
    )
    top = defstruct("Top", [("Event", event_type)], gc=False, eq=False)
    return data_type(), msgspec.json.Decoder(top, float_hook=str)


def _slot(slot: str, kind: Any) -> tuple[str, Any, Any]:  # noqa: ANN401
    return slot, kind, UNSET if kind is NOTHING else None


def _type_in_data(name: str) -> Any:  # noqa: ANN401
    if name in NOT_DATA or name in OF_SYSTEM:
        return NOTHING
    return One | list[One] | Unnamed if name == DATA else Scalar


def _data(value: object) -> object:
    """Return data without names as a list; None where there is none."""
    told = value.text if isinstance(value, Unnamed) else value
    if isinstance(told, list):
        return told or None
    return None if told is None else [told]


def _key(event: Any) -> Key:  # noqa: ANN401
    system = event.System
    number = system.EventID
    if type(number) is Qualified:
        number = number.text
    return system.Provider.attributes.Name, system.Channel, number
