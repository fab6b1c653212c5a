"""Rows become columns: names, types, order and bounds."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stopa.model.event import ENVELOPE, HOST, OFFSET, TIME, EventBatch, LogSource
from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._columns import FEW, Layout, Pick, Row, tabulate
from stopa.readers._flatten import DEPTH, FIELDS, flatten
from stopa.readers._reader import Found, Source
from stopa.readers._rows import Names, Shapes, Values, fields_of
from stopa.readers._times import stated

LAYOUT = Layout(
    LogSource("test"),
    ((TIME, (Pick("time", stated), Pick("backup", stated))), (HOST, (Pick("host"),))),
    split=("id",),
)
DEEP: dict[str, object] = {}
inner = DEEP
for _ in range(DEPTH + 2):
    inner["a"] = deeper = dict[str, object]()
    inner = deeper
inner["end"] = 1

# What a log writes -> the field names and values it becomes.
FLAT = {
    "numbers and booleans as JSON prints them": (
        {"n": 7, "b": True, "f": 1.5, "big": 2**80, "s": "x"},
        {"n": "7", "b": "true", "f": "1.5", "big": str(2**80), "s": "x"},
    ),
    "null is not in the event": ({"a": None, "b": ""}, {"b": ""}),
    "objects flattened with dots": ({"a": {"b": {"c": 1}}, "e": {}}, {"a.b.c": "1"}),
    "lists of scalars": ({"a": [1, "x", None, False]}, {"a": ["1", "x", "false"]}),
    "a list that is empty": ({"a": []}, {"a": []}),
    "lists of objects, whole and by field": (
        {"a": [{"k": 1, "m": [1, 2]}, {"k": "z"}, 3]},
        {"a": ['{"k":1,"m":[1,2]}', '{"k":"z"}', "3"], "a.k": ["1", "z"], "a.m": ["1", "2"]},
    ),
    "lists of lists": ({"a": [[1, 2], ["x"]]}, {"a": ["[1,2]", '["x"]']}),
    "one name written two ways": ({"a.b": "x", "a": {"b": "y"}}, {"a.b": ["x", "y"]}),
    "half a surrogate pair": ({"a": "\ud800"}, {"a": "\\ud800"}),
    "nested deeper than any log": (
        DEEP,
        {".".join("a" * (DEPTH + 1)): '{"a":{"end":1}}'},
    ),
}


def source(fields: frozenset[str] | None = None) -> Source:
    return Source("0" * 64, Path("nowhere"), 0, fields)


def rows(*said: dict[str, object]) -> list[Row]:
    return [Row(one, LAYOUT, 10 * n, 10, n + 1) for n, one in enumerate(said)]


def batches(found: list[Found]) -> list[EventBatch]:
    return [one for one in found if isinstance(one, EventBatch)]


def native(batch: EventBatch, row: int = 0) -> dict[str, Any]:
    cells = {name: batch.table.column(name)[row].as_py() for name in batch.fields}
    return {name: cell for name, cell in cells.items() if cell is not None}


@pytest.mark.parametrize(("said", "columns"), FLAT.values(), ids=FLAT)
def test_native_fields_become_text_columns(
    said: dict[str, object], columns: dict[str, object]
) -> None:
    (batch,) = batches(list(tabulate(source(), rows(said))))
    assert native(batch) == columns


@pytest.mark.parametrize(("said", "columns"), FLAT.values(), ids=FLAT)
def test_only_wanted_fields_are_built(said: dict[str, object], columns: dict[str, object]) -> None:
    name = next(iter(columns))
    (batch,) = batches(list(tabulate(source(frozenset({name, "absent"})), rows(said))))
    assert native(batch) == {name: columns[name]}


def test_the_envelope_is_filled_by_the_first_pick_that_an_event_has() -> None:
    said: list[dict[str, object]] = [
        {"time": "2025-05-28T10:00:00+02:00", "backup": "2001-01-01T00:00:00Z", "host": "a"},
        {"time": "long ago", "backup": "2025-05-28T08:00:00.1234567Z"},
        {"time": "2025-05-28T08:00:00"},
    ]
    (batch,) = batches(list(tabulate(source(frozenset()), rows(*said))))
    times = [t and t.isoformat() for t in batch.table.column(TIME).to_pylist()]
    assert times == ["2025-05-28T08:00:00+00:00", "2025-05-28T08:00:00.123456+00:00", None]
    assert batch.table.column(HOST).to_pylist() == ["a", None, None]
    assert batch.fields == ()
    assert batch.table.column_names == list(ENVELOPE)


def test_a_field_called_like_the_envelope_is_kept_apart() -> None:
    (batch,) = batches(list(tabulate(source(), rows({"_time": "x"}))))
    assert native(batch) == {"__time": "x"}


def test_a_field_that_held_a_list_stays_a_list() -> None:
    early: dict[str, object] = {"id": "1", "a": ["x"]}
    late: dict[str, object] = {"id": "2", "a": "y"}
    said = [early] * FEW + [late] * FEW
    first, second = batches(list(tabulate(source(), rows(*said))))
    assert (native(first)["a"], native(second)["a"]) == (["x"], ["y"])


def test_log_sources_get_batches_of_their_own_and_rows_keep_their_order() -> None:
    said: list[dict[str, object]] = [{"id": n % 2, "n": n} for n in range(2 * FEW)]
    said[3:3] = [{"id": "rare", "n": 90}, {"id": "rarer", "n": 91}]
    found = batches(list(tabulate(source(), rows(*said))))
    ids = [set(batch.table.column("id").to_pylist()) for batch in found]
    assert ids == [{"0"}, {"1"}, {"rare", "rarer"}]
    for batch in found:
        offsets: list[Any] = batch.table.column(OFFSET).to_pylist()
        assert offsets == sorted(offsets)


def test_an_event_with_endless_fields_is_a_problem_and_the_others_survive() -> None:
    wide: dict[str, object] = {f"k{n}": n for n in range(FIELDS + 1)}
    found = list(tabulate(source(), rows({"a": 1}, wide, {"b": 2})))
    (problem,) = [one for one in found if isinstance(one, Problem)]
    assert problem.where == Where("0" * 64, line=2, offset=10, length=10)
    assert sum(batch.table.num_rows for batch in batches(found)) == 2


def test_adjoining_structure_is_told_once() -> None:
    blank = [Structure(Where("0" * 64, line=n, offset=n, length=1)) for n in range(5)]
    assert list(tabulate(source(), blank)) == [Structure(Where("0" * 64, offset=0, length=5))]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.sampled_from("abc"), JSON, max_size=3)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(OBJECTS, min_size=1, max_size=6))
def test_rows_read_together_say_what_they_say_alone(said: list[dict[str, object]]) -> None:
    lists: set[str] = set()
    together = flatten(said, None, lists)
    for n, one in enumerate(said):
        alone = flatten([one], None, set(lists))
        cells = {name: column[n].as_py() for name, column in together.items()}
        assert {name: cell for name, cell in cells.items() if cell is not None} == {
            name: column[0].as_py() for name, column in alone.items() if column[0].is_valid
        }


TEXTS = st.none() | st.text(max_size=3)
TOLD = st.lists(st.tuples(st.sampled_from("abc"), TEXTS), max_size=4)


@given(st.lists(TOLD, min_size=1, max_size=6), st.integers(0, 6))
def test_events_by_their_shape_say_what_they_say_one_by_one(
    told: list[list[tuple[str, str | None]]], first: int
) -> None:
    layout = Layout(LogSource("test"))
    parts: tuple[dict[Names, tuple[list[int], list[Values]]], ...] = ({}, {})
    for line, pairs in enumerate(told):
        names, values = tuple(name for name, _ in pairs), tuple(value for _, value in pairs)
        places, some = parts[line >= first].setdefault(names, ([], []))
        places.append(line)
        some.append(values)
    offsets, lengths = range(len(told)), [1] * len(told)
    shapes, others = (Shapes(layout, part).placed(0, offsets, lengths) for part in parts)
    shapes.extend(others)
    expected = [fields_of(tuple(n for n, _ in pairs), tuple(v for _, v in pairs)) for pairs in told]
    assert [row.fields for row in shapes.rows()] == expected
    columns = shapes.native(None, set())
    assert columns.keys() == {name for fields in expected for name in fields}
    for name, column in columns.items():
        assert column.to_pylist() == [fields.get(name) for fields in expected]


def test_what_unlike_events_say_stands_in_their_own_rows() -> None:
    said: list[dict[str, object]] = [{"a": {"b": 1}}, {"c": [{"d": "x"}], "a": {}}, {"a": "text"}]
    columns = flatten(said, None, set())
    assert {name: column.to_pylist() for name, column in columns.items()} == {
        "a.b": ["1", None, None],
        "a": [None, None, "text"],
        "c": [None, ['{"d":"x"}'], None],
        "c.d": [None, ["x"], None],
    }


def test_an_object_leaves_no_column_of_its_own() -> None:
    assert flatten([{"a": {"b": "x"}}, {"a": {"b": "y"}}], None, set()).keys() == {"a.b"}


# An object, and a field written with a dot as if it lay in that object -> what the columns hold.
TWINS: tuple[tuple[dict[str, object], dict[str, object]], ...] = (
    ({"a.b": "x", "a": {"b": {}}}, {"a.b": ["x"]}),
    ({"a.b": "x", "a": {}}, {"a.b": ["x"]}),
    ({"a.b": "x", "a": {"b": None}}, {"a.b": [["x"]]}),
    ({"a.b": "x", "a": {"b": "y"}}, {"a.b": [["x", "y"]]}),
)


@pytest.mark.parametrize(("said", "expected"), TWINS, ids=str)
def test_an_object_without_fields_makes_no_list_of_what_is_written_with_a_dot(
    said: dict[str, object], expected: dict[str, object]
) -> None:
    columns = flatten([said], None, set())
    assert {name: column.to_pylist() for name, column in columns.items()} == expected
