"""Lines taken apart in one step say what they say pair by pair."""

from hypothesis import given
from hypothesis import strategies as st

from stopa.readers._alike import OFTEN, Alike
from stopa.readers._fortinet_lines import PAIR, fortinet, like
from stopa.readers._log_lines import DRAWN, pairs

VALUES = st.sampled_from(['"a b"', '"a \\" b"', '""', "", "1", "a=b", 'x"y', '"open', "\\", "é"])
GAPS = st.sampled_from([" ", "  ", "", "\t", ","])
LINES = st.lists(st.tuples(st.sampled_from(["a", "b", "c-d", "a"]), VALUES, GAPS), max_size=4).map(
    lambda pairs: "".join(f"{name}={value}{gap}" for name, value, gap in pairs)
)


def said(lines: Alike, text: str) -> dict[str, object]:
    form, values = lines.told(text)
    return dict(zip(form.names, values, strict=True))


@given(st.lists(LINES, min_size=1, max_size=4), LINES)
def test_every_line_says_what_its_pairs_say(often: list[str], last: str) -> None:
    lines = Alike(PAIR, like)
    for text in [*often * (OFTEN + 1), last]:
        assert said(lines, text) == pairs(PAIR, text)


def test_what_is_seen_often_is_taken_apart_by_one_pattern() -> None:
    lines = Alike(PAIR, like)
    for number in range(OFTEN + 1):
        assert said(lines, f'n={number} text="a b"') == {"n": str(number), "text": "a b"}
    assert [form.names for _, form in lines.shapes] == [("n", "text")]


def test_lines_alike_have_one_form_with_a_pattern_and_without() -> None:
    lines = Alike(PAIR, like)
    forms = {lines.told(f'n={number} text="a b"')[0] for number in range(OFTEN + 1)}
    assert len(forms) == 1


def test_a_value_with_an_escape_has_a_pattern_of_its_own() -> None:
    lines = Alike(PAIR, like)
    for text in ['n="a b"', 'n="a \\" b"'] * (OFTEN + 1):
        assert said(lines, text) == fortinet(text)
    assert len(lines.shapes) == 2


def test_a_line_longer_than_fields_are_looked_for_says_the_same_whatever_stood_before() -> None:
    lines, like_it, long = Alike(PAIR, like), 'n=1 text="a" tail="b"', f'n=1 text="{"x" * DRAWN}" '
    first = said(lines, long + 'tail="b"')
    for _ in range(OFTEN + 1):
        said(lines, like_it)
    assert len(lines.shapes) == 1
    assert said(lines, long + 'tail="b"') == first == pairs(PAIR, long + 'tail="b"')
