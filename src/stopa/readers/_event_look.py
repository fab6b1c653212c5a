"""Windows events as the package `evtx` tells them, of which only what rules ask is decoded.

Spec: https://learn.microsoft.com/en-us/windows/win32/wes/eventschema-schema
Why: see `_glance`.
Trap: this knows only the common form, with named data and nothing beside it. Whatever else stands
in an event that could give one of the fields asked for, or take its name, fails to decode, and the
event is read as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter
from types import GenericAlias
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType, defstruct

from stopa.model.event import Search
from stopa.readers._glance import Key
from stopa.readers._json_value import decode
from stopa.readers._layout import Layout
from stopa.readers._rows import Row
from stopa.readers._search import events_with
from stopa.readers._slots import UNUSUAL
from stopa.readers._windows_event import ATTRIBUTES, CLASH, TEXT, event_fields, layout_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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

    def raw(self, line: int) -> bytes:
        """Return an event as JSON writes it."""
        return self.texts[line].encode("utf-8", "backslashreplace")

    def containing(self, search: Search, lines: Numbers) -> Sequence[int]:
        """Return the places among the lines of those in whose JSON something is found."""
        return events_with(search, list(map(self.raw, lines.tolist())))

    def row(self, line: int) -> Row:
        """Return an event with all its fields."""
        raw = self.raw(line)
        fields = event_fields(cast("dict[str, Any]", decode(raw))["Event"])
        place = (self.offsets[line], self.sizes[line], None, self.ids[line])
        return Row(fields, layout_of(fields), *place, raw)


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

    def read(self, span: Records, lines: Iterable[int]) -> list[Any]:
        """Return the fields of these events; None for one that is not of the common form."""
        texts = [span.texts[line] for line in lines]
        try:
            told = [one.Event for one in map(self.decoder.decode, texts)]
        except (ValueError, RecursionError):
            told = list(map(self._read, texts))
        return list(map(self._with_data, told))

    def column(self, name: str, told: Iterable[Any]) -> list[object]:
        """Return the values of a field, None where an event lacks it."""
        column = list(map(self.getters[name], told))
        return list(map(_data, column)) if name == DATA else column

    def keys(self, told: Iterable[Any]) -> Iterable[Key]:
        """Return provider, channel and event id of each event."""
        return map(_key, told)

    def _with_data(self, event: Any | None) -> Any | None:  # noqa: ANN401
        """Return the event with its data in one place; None where it has data in two."""
        if event is None or (event.UserData is None and event.EventData is not None):
            return event
        if event.UserData is None:
            event.EventData = self.empty
        elif event.EventData is None and len(event.UserData) == 1 and not self.deep:
            (event.EventData,) = event.UserData.values()
        else:
            return None
        return event

    def _read(self, text: str) -> Any | None:  # noqa: ANN401
        try:
            return self.decoder.decode(text).Event
        except (ValueError, RecursionError):
            return None


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
