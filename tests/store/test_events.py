from pathlib import Path

import pyarrow as pa
import pytest

from stopa.model.event import ENVELOPE, EVENT_ID, OFFSET, EventBatch, LogSource
from stopa.store import events
from stopa.store.events import EventWriter

WINDOWS = LogSource("windows")
ZEEK = LogSource("zeek", service="dns")
SHA = "ab" * 32


def batch(source: LogSource, **columns: list[object]) -> EventBatch:
    rows = len(next(iter(columns.values())))
    envelope = {name: pa.nulls(rows, pa.string()) for name in ENVELOPE}
    return EventBatch(SHA, source, pa.table({**envelope, **columns}))


def test_events_come_back_by_log_source(tmp_path: Path) -> None:
    writer = EventWriter(tmp_path, SHA)
    writer.add(batch(WINDOWS, Image=["a.exe", "b.exe"]))
    writer.add(batch(ZEEK, query=["example.org"]))
    writer.add(batch(WINDOWS, CommandLine=["x"]))
    segments = writer.close()
    assert [(s.source, s.rows) for s in segments] == [(WINDOWS, 3), (ZEEK, 1)]
    (read,) = events.read(tmp_path, segments[0])
    assert read.table.column("Image").to_pylist() == ["a.exe", "b.exe", None]
    assert read.table.column("CommandLine").to_pylist() == [None, None, "x"]


def test_only_the_fields_asked_for_are_read(tmp_path: Path) -> None:
    writer = EventWriter(tmp_path, SHA)
    writer.add(batch(WINDOWS, Image=["a.exe"], Hashes=["1"]))
    (segment,) = writer.close()
    (read,) = events.read(tmp_path, segment, ["Image", "NotThere"])
    assert read.fields == ("Image",)


def test_a_field_that_is_sometimes_a_list_is_a_list() -> None:
    one = pa.table({"to": pa.array(["a"])})
    many = pa.table({"to": pa.array([["b", "c"], None])})
    assert events.unite([one, many]).column("to").to_pylist() == [["a"], ["b", "c"], None]


def test_the_same_events_are_the_same_bytes(tmp_path: Path) -> None:
    hashes = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        writer = EventWriter(tmp_path / name, SHA)
        writer.add(batch(WINDOWS, Image=["a.exe"]))
        hashes.append(writer.close()[0].sha256)
    assert hashes[0] == hashes[1]


def test_single_events_are_found_again_by_their_place(tmp_path: Path) -> None:
    table = batch(WINDOWS, Image=["a.exe", "b.exe"], User=["x", None]).table
    offsets = pa.array([0, 80], pa.int64())
    table = table.set_column(table.column_names.index(OFFSET), OFFSET, offsets)
    writer = EventWriter(tmp_path, SHA)
    writer.add(EventBatch(SHA, WINDOWS, table))
    (segment,) = writer.close()
    assert events.at(tmp_path, segment, [80]) == {80: {"Image": "b.exe"}}
    assert events.at(tmp_path, segment, []) == {}


def kinds(folder: Path, *ids: str) -> tuple[events.Segment, ...]:
    writer = EventWriter(folder, SHA)
    for number in ids:
        made = batch(
            WINDOWS, Image=["a.exe"] * events.FEW, User=[f"{n}" for n in range(events.FEW)]
        )
        place = made.table.column_names.index(EVENT_ID)
        table = made.table.set_column(place, EVENT_ID, pa.array([number] * events.FEW))
        writer.add(EventBatch(SHA, WINDOWS, table))
    writer.add(batch(WINDOWS, Hashes=["1"]))
    return writer.close()


def test_kinds_of_many_events_lie_apart(tmp_path: Path) -> None:
    segments = kinds(tmp_path, "1", "3", "1")
    told = [(s.kind, s.rows) for s in segments]
    assert told == [
        ((None, None, "1"), 2 * events.FEW),
        ((None, None, "3"), events.FEW),
        (None, 1),
    ]
    (read,) = events.read(tmp_path, segments[1])
    assert read.fields == ("Image", "User")


def test_columns_that_repeat_themselves_come_back_as_distinct_values(tmp_path: Path) -> None:
    (read,) = events.read(tmp_path, kinds(tmp_path, "1")[0])
    image, user = read.table.column("Image"), read.table.column("User")
    assert (pa.types.is_dictionary(image.type), pa.types.is_string(user.type)) == (True, True)
    assert image.to_pylist() == ["a.exe"] * events.FEW


def test_segments_are_written_before_too_much_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "HELD", 1)
    segments = kinds(tmp_path, "1", "1")
    assert [segment.rows for segment in segments] == [events.FEW, events.FEW, 1]


def test_events_of_several_kinds_are_told_apart(tmp_path: Path) -> None:
    columns: dict[str, list[object]] = {
        EVENT_ID: ["1", "3", "1", None],
        "Image": ["a", None, "b", None],
        "Ip": [None, "10.0.0.1", None, None],
        "User": ["w", "x", "y", "z"],
    }
    found = list(events.by_kind(batch(WINDOWS, **columns)))
    assert [(kind, part.fields, part.table.column("User").to_pylist()) for kind, part in found] == [
        ((None, None, "1"), ("Image", "User"), ["w", "y"]),
        ((None, None, "3"), ("Ip", "User"), ["x"]),
        ((None, None, None), ("User",), ["z"]),
    ]
