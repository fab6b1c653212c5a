from pathlib import Path

import pyarrow as pa

from stopa.model.event import ENVELOPE, OFFSET, EventBatch, LogSource
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
