"""Audit records taken apart by patterns and put together by plans say what their pairs say."""

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from stopa.readers._alike import OFTEN
from stopa.readers._audit_events import HEAD, Events
from stopa.readers._audit_fields import ENCODED, decoded_text
from stopa.readers._audit_records import PAIR, Records
from stopa.readers._lines import LINE_LIMIT

NAMES = st.sampled_from(["a0", "a1", "pid", "comm", "key", "old auid", "x-y", "name"])
VALUES = st.sampled_from(
    [
        '"sh"',
        "",
        "6C73",
        '"6C73"',
        "'a b'",
        "{ x }",
        "?",
        "a{b",
        '"open',
        "x'y",
        "(null)",
        '"a=1 b"',
    ]
)
GAPS = st.sampled_from([" ", " ", " ", "  ", "", ","])
TEXTS = st.lists(st.tuples(NAMES, VALUES, GAPS), max_size=4).map(
    lambda pairs: "".join(f"{name}={value}{gap}" for name, value, gap in pairs)
)
ENDS = st.sampled_from(["", " msg='{}'", '\x1dAUID="root" pid=7', "\x1d", " msg='{}'\x1dUID=\"x\""])
KINDS = st.sampled_from(["SYSCALL", "EXECVE", "USER_LOGIN"])


def said(records: Records, kind: str, rest: str) -> dict[str, object]:
    forms, values = records.told(kind, rest)
    names = [name for form in forms for name in form.names]
    return dict(zip(names, values, strict=True))


def pair_by_pair(kind: str, text: str) -> dict[str, object]:
    told: dict[str, object] = {}
    for name, quoted, single, bare in PAIR.findall(text):
        decodes = bare and (kind == "EXECVE" or name in ENCODED)
        told.setdefault(
            name, decoded_text(kind, name, bare) if decodes else quoted or single or bare
        )
    return told


@given(KINDS, st.lists(TEXTS, min_size=1, max_size=3), TEXTS)
def test_records_of_pairs_say_what_their_pairs_say(kind: str, often: list[str], last: str) -> None:
    records = Records()
    for text in [*often * (OFTEN + 1), last]:
        told = pair_by_pair(kind, text)
        if told and "old " not in text:
            assert said(records, kind, text) == told


@given(KINDS, TEXTS, TEXTS, ENDS)
def test_a_record_seen_often_says_what_it_said_at_first(
    kind: str, outer: str, inner: str, end: str
) -> None:
    records, rest = Records(), outer + end.format(inner)
    first = said(records, kind, rest)
    assert all(said(records, kind, rest) == first for _ in range(OFTEN + 1))
    odd = Records()
    for number in range(50):
        odd.told(f"FILLER{number}", "a=1")
    assert said(odd, kind, rest) == first


def test_what_two_records_say_differently_stands_under_the_name_of_the_second() -> None:
    records, events = Records(), Events()
    for pid, other in (("1", "1"), ("1", "2"), ("3", "3")):
        told = [
            records.told(kind, f'pid={n} comm="a"')
            for kind, n in (("AVC", pid), ("SYSCALL", other))
        ]
        key = (HEAD, "AVC", told[0][0], "SYSCALL", told[1][0])
        values = ["1.0", "7", "AVC", *told[0][1], "SYSCALL", *told[1][1]]
        fields = dict(zip(*events.told(key, values), strict=True))
        assert (fields["type"], fields["pid"]) == (["AVC", "SYSCALL"], pid)
        assert fields.get("SYSCALL.pid") == (None if pid == other else [other])


def test_a_record_as_long_as_a_line_may_be_says_all_it_says_before_others_and_after() -> None:
    for filling in ("x", "\\xff"):  # bytes that are no text are written so
        records, text = Records(), f'pid=1 cmd="{filling * (LINE_LIMIT - 100)}" tail="seen"'
        first = said(records, "USER_CMD", text)
        for _ in range(OFTEN + 1):
            said(records, "USER_CMD", 'pid=1 cmd="ls" tail="seen"')
        assert said(records, "USER_CMD", text) == first
        assert (first["tail"], len(str(first["cmd"]))) == ("seen", len(text) - 24)


def test_what_is_remembered_of_a_log_does_not_grow_with_how_much_its_records_say() -> None:
    records, events = Records(), Events()
    tracemalloc.start()
    for number in range(90):
        key: tuple[object, ...] = (HEAD,)
        values: list[object] = ["1.0", "7"]
        for kind in range(8):
            text = " ".join(f"n{number}n{name}=1" for name in range(1, 251))
            forms, told = records.told(f"T{number % 30}", text.replace("=", f"{kind}=", 250))
            key += (kind, forms)
            values += (kind, *told)
        events.told(key, values)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 16 * 2**20
