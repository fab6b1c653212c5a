"""Lines with their bytes, in any encoding that logs come in."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stopa.model.evidence import Problem, Structure
from stopa.readers import _lines
from stopa.readers._lines import Block, Line, blocks, decoded, lines
from stopa.readers._reader import Source

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"]
MARK = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def read(folder: Path, content: bytes) -> list[Line | Problem | Structure]:
    path = folder / "evidence"
    path.write_bytes(content)
    return list(lines(Source("0" * 64, path, len(content))))


def test_line_endings_blank_lines_and_an_open_end(tmp_path: Path) -> None:
    found = read(tmp_path, b"one\r\n\ntwo\rstill two\nlast")
    assert found == [
        Line(1, 0, 5, b"one"),
        Line(2, 5, 1, b""),
        Line(3, 6, 14, b"two\rstill two"),
        Line(4, 20, 4, b"last"),
    ]


def test_undecodable_bytes_stay_visible(tmp_path: Path) -> None:
    (line,) = read(tmp_path, b"caf\xe9")
    assert isinstance(line, Line)
    assert line.text == "caf\\xe9"


@pytest.mark.parametrize("encoding", ENCODINGS)
@settings(deadline=None)
@given(text=st.text(st.sampled_from("aé\nਊ\r\u0a0d\u0d0a𝄞"), max_size=12))
def test_lines_are_those_of_the_text_and_cover_the_bytes(
    encoding: str, text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = MARK.get(encoding, b"") + text.encode(encoding)
    found = read(tmp_path_factory.mktemp("lines"), content)
    told = [one.text for one in found if isinstance(one, Line)]
    *ended, last = text.split("\n")
    assert told == [line.removesuffix("\r") for line in ended] + [last] * bool(last)
    sizes = [o.length if isinstance(o, Line) else o.where.length or 0 for o in found]
    assert sum(sizes) == len(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_line_without_end_is_a_problem_and_reading_goes_on(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_lines, "LINE_LIMIT", 64)
    monkeypatch.setattr(_lines, "CHUNK", 16)
    content = ("\ufeff" if encoding != "utf-8" else "") + "short\n" + "x" * 200 + "\nnext\n"
    found = read(tmp_path, content.encode(encoding))
    problems = [one for one in found if isinstance(one, Problem)]
    assert [(p.where.line, p.where.length) for p in problems] == [
        (2, len(("x" * 200 + "\n").encode(encoding)))
    ]
    assert [one.text for one in found if isinstance(one, Line)] == ["short", "next"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_head_is_recognised_in_any_encoding(encoding: str) -> None:
    content = MARK.get(encoding, b"") + '{"é": 1}\n'.encode(encoding)
    assert decoded(content).startswith('{"é": 1}'.encode())


@settings(max_examples=200)
@given(text=st.lists(st.integers(0, 80).map(lambda n: b"x" * n)).map(b"\n".join))
def test_blocks_are_the_lines_however_long(
    text: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("blocks") / "evidence"
    path.write_bytes(text)
    source = Source("0" * 64, path, len(text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_lines, "LINE_LIMIT", 40)
        patch.setattr(_lines, "CHUNK", 16)
        assert [line for found in blocks(source) for line in _lines_of(found)] == list(
            lines(source)
        )


def _lines_of(found: Block | Line | Problem | Structure) -> list[Line | Problem | Structure]:
    if not isinstance(found, Block):
        return [found]
    lengths = [len(raw) + 1 for raw in found.raws]
    lengths[-1] += found.size - sum(lengths)
    offsets = [found.offset + sum(lengths[:n]) for n in range(len(lengths))]
    numbers = range(found.number, found.number + len(lengths))
    return list(map(Line, numbers, offsets, lengths, found.raws))
