"""Indicators are found wherever an event holds them, and nowhere else."""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stopa.detect.indicator_index import Index
from stopa.detect.indicators import matches
from stopa.model.event import LENGTH, LINE, OFFSET, EventBatch, LogSource
from stopa.model.intelligence import KIND, VALUE, listed_by

# kind, listed value, field values that hold it, field values that do not
CASES = (
    (
        "ipv4-addr",
        "81.2.3.4",
        (
            "81.2.3.4",
            "to 81.2.3.4:443",
            "[81.2.3.4]",
        ),
        (
            "81.2.3.40",
            "181.2.3.4",
            "81.2.3.4.5",
        ),
    ),
    (
        "ipv4-addr",
        "81.2.0.0/22",
        (
            "81.2.3.255",
            "x=81.2.0.1,",
        ),
        (
            "81.2.4.0",
            "81.2.3",
            "81.2.3.256",
        ),
    ),
    (
        "ipv6-addr",
        "2a01:4f8::5",
        (
            "2A01:04F8:0:0::5",
            "[2a01:4f8::5]:80",
        ),
        (
            "2a01:4f8::50",
            "a::b",
        ),
    ),
    (
        "ipv6-addr",
        "2a01:4f8::/32",
        ("2a01:4f8:1::9",),
        ("2a01:4f9::1",),
    ),
    (
        "domain-name",
        "Kurier.net",
        (
            "kurier.net",
            "a.b.KURIER.NET.",
            "http://x.kurier.net/a",
        ),
        (
            "xkurier.net",
            "kurier.net.cz",
            "kurier",
        ),
    ),
    (
        "url",
        "http://kurier.net/A/",
        (
            "HTTP://kurier.net/a",
            "GET http://kurier.net/a#x HTTP/1.1",
            "(http://kurier.net/a/).",
        ),
        (
            "http://kurier.net/a/b",
            "kurier.net",
            "http://x.kurier.net/a",
        ),
    ),
    (
        "email-addr",
        "help@kurier.net",
        (
            "<help@kurier.net>",
            "Help@Kurier.net",
        ),
        (
            "xhelp@kurier.net",
            "help@kurier.net.cz",
        ),
    ),
    (
        "md5",
        "9f86d081884c7d659a2feaa0c55ad015",
        ("MD5=9F86D081884C7D659A2FEAA0C55AD015,IMPHASH=0",),
        ("9f86d081884c7d659a2feaa0c55ad0150",),
    ),
    (
        "file-name",
        "Kurier Helper.exe",
        (
            "C:\\Temp\\kurier helper.EXE",
            "/srv/kurier helper.exe",
        ),
        (
            "kurier helper.exe.txt",
            "a kurier helper.exe",
        ),
    ),
    (
        "file-name",
        "kurier.dll",
        ('rundll32.exe "C:\\x\\kurier.dll",Run',),
        (
            "xkurier.dll",
            "kurier.dll.bak",
        ),
    ),
    (
        "windows-registry-key",
        "HKEY_LOCAL_MACHINE\\Software\\Kurier",
        (
            "HKLM\\software\\kurier",
            "\\REGISTRY\\MACHINE\\Software\\Kurier",
        ),
        ("HKCU\\Software\\Kurier",),
    ),
    (
        "vulnerability",
        "CVE-2023-23397",
        ("exploit cve-2023-23397 seen",),
        ("CVE-2023-233970",),
    ),
)


def listed(*rows: tuple[str, str]) -> EventBatch:
    numbers = pa.array(range(1, len(rows) + 1), pa.int64())
    columns = {LINE: numbers, OFFSET: numbers, LENGTH: numbers}
    texts = {KIND: pa.array([k for k, _ in rows]), VALUE: pa.array([v for _, v in rows])}
    return EventBatch("1" * 64, listed_by("list"), pa.table({**columns, **texts}))


def index_of(*rows: tuple[str, str], everything: bool = False) -> Index:
    index = Index(frozenset({"google.com"}), everything=everything)
    index.add(listed(*rows))
    index.close()
    return index


def found(index: Index, values: list[str]) -> set[int]:
    batch = EventBatch("2" * 64, LogSource(), pa.table({"field": pa.array(values)}))
    return {hit.row for hit in matches(batch, index)}


@pytest.mark.parametrize(("kind", "value", "holding", "others"), CASES)
def test_an_indicator_is_found_where_it_stands_and_only_there(
    kind: str, value: str, holding: tuple[str, ...], others: tuple[str, ...]
) -> None:
    index = index_of((kind, value))
    assert found(index, [*holding, *others]) == set(range(len(holding)))


def test_a_match_names_its_line_field_and_value() -> None:
    index = index_of(("ipv4-addr", "81.2.3.4"), ("domain-name", "kurier.net"))
    table = pa.table(
        {"a": ["-", "x"], "b": [["81.2.3.4", "y"], ["www.kurier.net"]], "c": [None, "y"]}
    )
    hits = list(matches(EventBatch("2" * 64, LogSource(), table), index))
    told = [(h.row, h.field, h.value, index.listed(h.indicator).where.line) for h in hits]
    assert told == [(0, "b", "81.2.3.4", 1), (1, "b", "www.kurier.net", 2)]


def test_columns_of_distinct_values_match_like_plain_ones() -> None:
    index = index_of(("ipv4-addr", "81.2.3.4"))
    coded = pa.array(["81.2.3.4", "x", None, "81.2.3.4"]).dictionary_encode()
    batch = EventBatch("2" * 64, LogSource(), pa.table({"field": coded}))
    assert [hit.row for hit in matches(batch, index)] == [0, 3]


OWN = (("ipv4-addr", "10.0.0.7"), ("ipv4-addr", "192.0.2.1"), ("domain-name", "google.com"),
       ("ipv6-addr", "fe80::1"), ("file-name", "cmd.exe"), ("ipv4-addr", "8.8.8.8"))  # fmt: skip


def test_private_and_benign_values_are_held_back_and_counted() -> None:
    index = index_of(*OWN)
    values = [value for _, value in OWN]
    assert found(index, values) == set()
    assert index.held == {"1" * 64: len(OWN)}
    assert found(index_of(*OWN, everything=True), values) == set(range(len(OWN)))


def test_one_value_of_two_lists_is_found_twice() -> None:
    index = index_of(("domain-name", "kurier.net"), ("domain-name", "KURIER.net"))
    batch = EventBatch("2" * 64, LogSource(), pa.table({"field": ["kurier.net"]}))
    assert sorted(hit.indicator for hit in matches(batch, index)) == [0, 1]


def test_a_value_of_many_megabytes_is_looked_through_to_its_stated_end() -> None:
    index = index_of(("domain-name", "kurier.net"))
    assert found(index, ["x " * 2**20 + "kurier.net", "", "y"]) == {0}


LABELS = st.sampled_from(["a", "kurier", "net", "x-1", "81", "2", "3", "255", "256", "cz"])
WORDS = st.lists(LABELS, min_size=1, max_size=6).map(".".join)
TEXTS = st.lists(WORDS, max_size=4).map(lambda words: " ".join(words))
NAMES = ["kurier.net", "net.cz", "x-1.net", "81.2.3.255", "81.2.0.0/16"]
LISTED = st.lists(st.sampled_from(NAMES), min_size=1, unique=True)


def slowly(text: str, value: str) -> bool:
    """Tell whether a text holds a name or an address, word by word."""
    for word in re.findall(r"[a-z0-9._-]+", text.lower()):
        name = word.strip(".-")
        if "/" in value:
            try:
                if ip_address(name) in ip_network(value):
                    return True
            except ValueError:
                continue
        elif name == value or (value[-1].isalpha() and name.endswith(f".{value}")):
            return True
    return False


@settings(max_examples=150, deadline=None)
@given(LISTED, st.lists(TEXTS, min_size=1, max_size=12))
def test_the_index_finds_what_a_slow_search_finds(values: list[str], texts: list[str]) -> None:
    kinds = ["ipv4-addr" if value[0] == "8" else "domain-name" for value in values]
    index = index_of(*zip(kinds, values, strict=True), everything=True)
    expected = {n for n, text in enumerate(texts) if any(slowly(text, value) for value in values)}
    assert found(index, texts) == expected
