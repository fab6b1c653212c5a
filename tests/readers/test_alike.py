"""Lines taken apart in one step say what they say pair by pair."""

import re

from hypothesis import given
from hypothesis import strategies as st

from stopa.readers._alike import OFTEN, Alike
from stopa.readers._fortinet_lines import BARE, PAIR, PLAIN, QUOTED, fortinet
from stopa.readers._log_lines import pairs

VALUES = st.sampled_from(['"a b"', '"a \\" b"', '""', "", "1", "a=b", 'x"y', '"open', "\\", "é"])
GAPS = st.sampled_from([" ", "  ", "", "\t", ","])
LINES = st.lists(st.tuples(st.sampled_from(["a", "b", "c-d", "a"]), VALUES, GAPS), max_size=4).map(
    lambda pairs: "".join(f"{name}={value}{gap}" for name, value, gap in pairs)
)


@given(st.lists(LINES, min_size=1, max_size=4), LINES)
def test_every_line_says_what_its_pairs_say(often: list[str], last: str) -> None:
    lines = Alike(PAIR, quoted=QUOTED, plain=PLAIN, bare=BARE)
    for text in [*often * (OFTEN + 1), last]:
        assert dict(zip(*lines.told(text), strict=True)) == pairs(PAIR, text)


def test_what_is_seen_often_is_taken_apart_by_one_pattern() -> None:
    pair = re.compile(f"(\\w+)=(?:{QUOTED}|{BARE})")
    lines = Alike(pair, quoted=QUOTED, plain=PLAIN, bare=BARE)
    for number in range(OFTEN + 1):
        told = dict(zip(*lines.told(f'n={number} text="a b"'), strict=True))
        assert told == {"n": str(number), "text": "a b"}
    assert [names for _, names in lines.shapes] == [("n", "text")]


def test_a_value_with_an_escape_has_a_pattern_of_its_own() -> None:
    lines = Alike(PAIR, quoted=QUOTED, plain=PLAIN, bare=BARE)
    for text in ['n="a b"', 'n="a \\" b"'] * (OFTEN + 1):
        assert dict(zip(*lines.told(text), strict=True)) == fortinet(text)
    assert len(lines.shapes) == 2
