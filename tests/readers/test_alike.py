"""Lines taken apart in one step say what they say pair by pair."""

import re

from hypothesis import given
from hypothesis import strategies as st

from stopa.readers._alike import OFTEN, Alike
from stopa.readers._fortinet_lines import BARE, PAIR, QUOTED, fortinet

VALUES = st.sampled_from(['"a b"', '"a \\" b"', '""', "", "1", "a=b", 'x"y', '"open', "\\", "é"])
GAPS = st.sampled_from([" ", "  ", "", "\t", ","])
LINES = st.lists(st.tuples(st.sampled_from(["a", "b", "c-d", "a"]), VALUES, GAPS), max_size=4).map(
    lambda pairs: "".join(f"{name}={value}{gap}" for name, value, gap in pairs)
)


@given(st.lists(LINES, min_size=1, max_size=4), LINES)
def test_every_line_says_what_its_pairs_say(often: list[str], last: str) -> None:
    lines = Alike(PAIR, quoted=QUOTED, bare=BARE)
    for text in [*often * (OFTEN + 1), last]:
        assert lines.fields(text) == fortinet(text)


def test_what_is_seen_often_is_taken_apart_by_one_pattern() -> None:
    lines = Alike(re.compile(f"(\\w+)=(?:{QUOTED}|{BARE})"), quoted=QUOTED, bare=BARE)
    for number in range(OFTEN + 1):
        assert lines.fields(f'n={number} text="a b"') == {"n": str(number), "text": "a b"}
    assert [names for _, names in lines.shapes] == [("n", "text")]
