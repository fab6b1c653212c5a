"""The hostile corpus stands in every text of every kind of record that a dossier can hold."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from stopa.model.dossier import Dossier
from tests.dossier.hostile import COMPUTED, OWN, PAYLOADS, PORTIONS, hostile
from tests.dossier.sample import sample

Field = tuple[str, str]  # the kind of record, the name of its field


def kinds(annotation: Any, found: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return all kinds of record that a value of this annotation can hold."""
    found = {} if found is None else found
    if is_dataclass(annotation) and annotation.__name__ not in found:  # type: ignore[union-attr]
        found[annotation.__name__] = annotation  # type: ignore[union-attr]
        for inner in typing.get_type_hints(annotation).values():
            kinds(inner, found)
    for inner in typing.get_args(annotation):
        kinds(inner, found)
    return found


def holds_text(annotation: Any) -> bool:
    return annotation is str or any(map(holds_text, typing.get_args(annotation)))


def texts(value: Any, place: Field) -> Iterator[tuple[Field, str]]:
    match value:
        case Enum():
            return
        case str():
            yield place, value
        case tuple():
            for inner in value:
                yield from texts(inner, place)
        case _ if is_dataclass(value):
            for field in fields(value):
                yield from texts(getattr(value, field.name), (type(value).__name__, field.name))
        case _:
            return


def test_no_kind_of_record_and_no_text_of_one_is_forgotten() -> None:
    """A field that is new has to be filled in the sample, or in `hostile.filled`."""
    there = {place for place, _ in texts(hostile(sample(), 0), ("", ""))}
    wanted = {
        (name, field)
        for name, kind in kinds(Dossier).items()
        for field, annotation in typing.get_type_hints(kind).items()
        if holds_text(annotation)
    }
    assert wanted - there == set()


def test_every_text_is_hostile_but_what_stopa_computed() -> None:
    for portion, put in enumerate(PORTIONS):
        for (_, field), text in texts(hostile(sample(), portion), ("", "")):
            assert text.endswith(put[-1]) or field in OWN or COMPUTED.fullmatch(text)


def test_every_payload_is_put_somewhere() -> None:
    assert [payload for put in PORTIONS for payload in put] == list(PAYLOADS)
    assert len(PAYLOADS) >= 200
