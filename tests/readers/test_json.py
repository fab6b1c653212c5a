"""JSON in any arrangement: every value with its bytes, and nothing that makes the reader choke."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stopa.model.evidence import Problem, Structure
from stopa.readers import _running_json
from stopa.readers._json import first_object, holds_an_object_a_line, values
from stopa.readers._json_value import Value, decode
from stopa.readers._reader import Source

OBJECTS: list[dict[str, Any]] = [{"a": 1}, {"b": ["{", "}\n", '"']}, {"c": {"d": "Žofie 𝄞 \\"}}]
WRITTEN = {
    "lines": "".join(json.dumps(one) + "\n" for one in OBJECTS),
    "indented": "\n".join(json.dumps(one, indent=2) for one in OBJECTS),
    "array": json.dumps(OBJECTS),
    "indented array": json.dumps(OBJECTS, indent=4),
    "lines with commas": ",\n".join(json.dumps(one) for one in OBJECTS),
    "array a line each": "[\n" + ",\n".join(json.dumps(one) for one in OBJECTS) + "\n]\n",
    "evtx_dump": "".join(f"Record {n}\n{json.dumps(o, indent=2)}\n" for n, o in enumerate(OBJECTS)),
    "without any space": "".join(json.dumps(one) for one in OBJECTS),
}
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16"]


def found_in(folder: Path, content: bytes) -> list[Value | Problem | Structure]:
    path = folder / "input.json"
    path.write_bytes(content)
    found = list(values(Source("0" * 64, path, len(content))))
    ends = 0
    for one in found:
        offset, length = (
            (one.offset, one.length)
            if isinstance(one, Value)
            else (one.where.offset, one.where.length)
        )
        assert offset == ends
        ends += length or 0
    assert ends == len(content)
    return found


def told(found: list[Value | Problem | Structure]) -> list[object]:
    assert not [one for one in found if isinstance(one, Problem)]
    return [one.data for one in found if isinstance(one, Value)]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_objects_are_found_however_they_are_arranged(
    text: str, encoding: str, tmp_path: Path
) -> None:
    content = text.encode(encoding)
    assert told(found_in(tmp_path, content)) == OBJECTS
    assert first_object(content) == OBJECTS[0]


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_values_are_found_across_the_borders_of_chunks(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for chunk in (2, 4, 16, 62):
        monkeypatch.setattr(_running_json, "CHUNK", chunk)
        for encoding in ("utf-8", "utf-16"):
            found = found_in(tmp_path, text.encode(encoding))
            data = [v.data for v in found if isinstance(v, Value) and isinstance(v.data, dict)]
            assert data == OBJECTS


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.text(max_size=3), VALUES, max_size=4), st.booleans())
def test_an_object_is_read_as_the_standard_library_reads_it(
    written: dict[str, Any], escaped: bool
) -> None:
    text = json.dumps(written, ensure_ascii=escaped)
    assert decode(text.encode()) == json.loads(text)


FORGIVEN = [
    (b'{"a": "caf\xe9"}', {"a": "caf\\xe9"}),
    (b'{"\xff": 1}', {"\\xff": 1}),
    (rb'{"a": "\ud83d"}', {"a": "\\ud83d"}),
    (rb'{"a": "\ud83d\ude00"}', {"a": "😀"}),
    (b'{"a": "tab\there\x00"}', {"a": "tab\there\x00"}),
    (b'{"a": NaN, "b": -Infinity}', {"a": "NaN", "b": "-Infinity"}),
    (b'{"a": 1.10, "b": 1e400}', {"a": "1.10", "b": "1e400"}),
    (b'{"a": 1, "a": 2}', {"a": 2}),
    (b'{"a": %b, "b": -1}' % (b"1" * 5000), {"a": "1" * 5000, "b": -1}),
]


@pytest.mark.parametrize(("raw", "value"), FORGIVEN)
def test_what_broken_writers_do_is_forgiven_and_shown(raw: bytes, value: object) -> None:
    assert decode(raw) == value


@pytest.mark.parametrize(
    "raw", [b"", b"{", b'{"a"}', b"[" * 100_000, b'{"a":' * 50_000, b"\xff\xfe\xfd"]
)
def test_what_is_no_json_is_refused_without_a_crash(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        decode(raw)


HOSTILE = {
    "brackets without end": b"[" * 300_000,
    "brackets a line each": b"[\n" * 100_000,
    "objects without end": b'{"a":\n' * 50_000,
    "a string without end": b'[{"a": "' + b"x" * 3_000_000,
    "many strings without end": b'{"a": "x\n' * 20_000,
    "braces a line each": b"{\n" * 50_000,
    "no line ending": b'{"a":1} ' * 100_000,
    "garbage between": b'{"a":1}\n#\n{"a":\n2}\n' * 5_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_arrangements_are_read_to_their_end(content: bytes, tmp_path: Path) -> None:
    found_in(tmp_path, content)


def test_reading_goes_on_after_damage_at_the_next_value_of_the_same_depth(tmp_path: Path) -> None:
    objects = [{"n": n, "inner": {"m": [n, {"k": n}]}} for n in range(5)]
    written = [json.dumps(one, indent=2) for one in objects]
    written[2] = written[2].replace('"m": [', '"m": ]')
    found = found_in(tmp_path, "\n".join(written).encode())
    assert [v.data for v in found if isinstance(v, Value)] == [*objects[:2], *objects[3:]]
    assert len([one for one in found if isinstance(one, Problem)]) == 1


def test_one_line_that_is_damaged_does_not_change_how_the_file_is_read() -> None:
    assert holds_an_object_a_line(b'{"a": 1\n{"b": 2}\n')
    assert not holds_an_object_a_line(b'{\n  "a": 1\n}\n{\n  "b": 2\n}\n')
    assert not holds_an_object_a_line(b'[{"a": 1},\n{"b": 2}]\n')
    assert not holds_an_object_a_line(b"")
