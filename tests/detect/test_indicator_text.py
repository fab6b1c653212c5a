"""What the words of many texts at once promise: the same words as of each text by itself."""

from __future__ import annotations

import pyarrow as pa
import pytest

from stopa.detect.indicator_text import texts


def words(*values: str) -> list[tuple[int, str]]:
    found = []
    for group in texts(pa.array(values, pa.string())):
        spans = group.words()
        for start, end in zip(spans.starts.tolist(), spans.ends.tolist(), strict=True):
            found.append((group.owner(start), group.word(start, end)))
    return found


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (("-",), []),
        (("--", "."), []),
        (("a -",), [(0, "a")]),
        (("-", "-"), []),
        (("..x--",), [(0, "x")]),
        (("a.example", "", "-b-"), [(0, "a.example"), (2, "b")]),
        (("",), []),
        ((), []),
    ],
)
def test_words_are_without_dots_and_dashes_at_their_ends(
    values: tuple[str, ...], found: list[tuple[int, str]]
) -> None:
    assert words(*values) == found
