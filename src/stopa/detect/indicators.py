"""Events that hold an indicator of a list: in a field by itself, or inside a longer value.

Why: a log repeats itself, so each distinct value of a column is looked at once, whatever it is
called: native names differ too much for a list of them to be whole.
Trap: a match says that a value is on a list, not that anything bad happened. A domain is found in
its subdomains, a file name in paths; an address of the web only as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stopa.detect.indicator_index import HASHES, SHORTEST, Index, address_of, folded
from stopa.detect.indicator_text import MAIL, NUMERIC, Spans, Strings, Texts, texts
from stopa.model.event import ENVELOPE, EventBatch
from stopa.model.statement import IndicatorKind

SIX = re.compile(r"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f.]{0,15}(?![\w:])", re.IGNORECASE)
LONG_KEY = r"(?i)^(?:hkey_|\\registry\\)"
AFTER = ".,;:!?)]}"  # ends a sentence, not an address
IN_WORDS = frozenset(
    {
        IndicatorKind.IPV4,
        IndicatorKind.DOMAIN,
        IndicatorKind.FILE,
        IndicatorKind.CVE,
        IndicatorKind.WALLET,
        *HASHES,
    }
)
WHOLE = frozenset({*IN_WORDS, IndicatorKind.URL, IndicatorKind.REGISTRY, IndicatorKind.EMAIL})
DOMAINS = frozenset({IndicatorKind.DOMAIN})
FILES = frozenset({IndicatorKind.FILE})
MAILS = frozenset({IndicatorKind.EMAIL})
URLS = frozenset({IndicatorKind.URL})


@dataclass(frozen=True, slots=True)
class Hit:
    """A row of a batch whose field holds an indicator; `indicator` is the row of the index."""

    row: int
    field: str
    value: str
    indicator: int


def matches(batch: EventBatch, index: Index) -> Iterator[Hit]:
    """Yield every indicator in every native field of the events, field by field."""
    for name in batch.table.column_names:
        if name not in ENVELOPE:
            yield from _of_column(name, batch.table.column(name), index)


def found_in(values: Strings, index: Index) -> Iterator[tuple[int, int]]:
    """Yield for texts the number of each that holds an indicator, and the indicator's row."""
    seen: set[tuple[int, int]] = set()
    for found in chain(_by_words(values, index), _by_pattern(values, index)):
        if found not in seen:
            seen.add(found)
            yield found


def _of_column(name: str, column: Strings, index: Index) -> Iterator[Hit]:
    rows, coded = _coded(column)
    found: dict[int, list[int]] = {}
    for value, indicator in found_in(coded.dictionary, index):
        found.setdefault(value, []).append(indicator)
    if not found:
        return
    codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    is_hit = np.zeros(len(coded.dictionary) + 1, bool)
    is_hit[list(found)] = True
    seen: set[tuple[int, int]] = set()
    for place in np.flatnonzero(is_hit[codes]).tolist():
        code = int(codes[place])
        row = place if rows is None else int(rows[place])
        for indicator in found[code]:
            if (row, indicator) not in seen:
                seen.add((row, indicator))
                yield Hit(row, name, coded.dictionary[code].as_py(), indicator)


def _coded(column: Strings) -> tuple[Strings, Strings]:
    """Return a column as distinct values and their numbers, and, of lists, the row of each."""
    array = column.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], pa.string())
    rows = None
    if pa.types.is_list(array.type):
        rows = pc.list_parent_indices(array).to_numpy()
        array = pc.list_flatten(array)
    return rows, array if pa.types.is_dictionary(array.type) else array.dictionary_encode()


def _by_words(values: Strings, index: Index) -> Iterator[tuple[int, int]]:
    for group in texts(values):
        words = group.words()
        words = words.only(words.ends - words.starts >= SHORTEST)
        yield from _confirmed(group, words, index, IN_WORDS)
        yield from _confirmed(group, group.whole(), index, WHOLE)
        if IndicatorKind.DOMAIN in index.kinds:
            yield from _confirmed(group, group.suffixes(words), index, DOMAINS)
        if IndicatorKind.FILE in index.kinds:
            yield from _confirmed(group, group.names(), index, FILES)
        if IndicatorKind.EMAIL in index.kinds and (group.data == ord("@")).any():
            yield from _confirmed(group, group.words(MAIL), index, MAILS)
        if IndicatorKind.URL in index.kinds:
            yield from _confirmed(group, group.addresses(), index, URLS)
        if index.has_networks:
            yield from _in_networks(group, words, index)


def _confirmed(
    group: Texts, spans: Spans, index: Index, kinds: frozenset[IndicatorKind]
) -> Iterator[tuple[int, int]]:
    """Look the stretches up; keep those that really are an indicator of these kinds."""
    for place, row in index.found(group.numbers(spans)):
        kind, value = index.value(row)
        start, end = int(spans.starts[place]), int(spans.ends[place])
        if kind in kinds and group.word(start, end) == value:
            yield group.owner(start), row


def _in_networks(group: Texts, words: Spans, index: Index) -> Iterator[tuple[int, int]]:
    """Look up the words that are addresses of version 4, each distinct one once."""
    sums = np.concatenate(([0], np.cumsum(NUMERIC[group.data])))
    lengths = words.ends - words.starts
    numeric = (sums[words.ends] - sums[words.starts] == lengths) & (lengths >= 7) & (lengths <= 15)
    known: dict[str, tuple[int, ...]] = {}
    some = words.only(numeric)
    for start, end in zip(some.starts.tolist(), some.ends.tolist(), strict=True):
        word = group.word(start, end)
        if word not in known:
            address = address_of(word)
            known[word] = tuple(index.networks_of(address)) if address else ()
        for row in known[word]:
            yield group.owner(start), row


def _by_pattern(values: Strings, index: Index) -> Iterator[tuple[int, int]]:
    """Look up what is spelled in many ways: addresses of version 6 and registry keys."""
    if index.has_networks and IndicatorKind.IPV6 in index.kinds:
        for place, text in _holding(values, "(?i)[0-9a-f:]:[0-9a-f:]"):
            for word in dict.fromkeys(SIX.findall(text)):
                address = address_of(word)
                for row in index.networks_of(address) if address else ():
                    yield place, row
    if IndicatorKind.REGISTRY in index.kinds:
        yield from _spelled(_holding(values, LONG_KEY), index, IndicatorKind.REGISTRY)


def _holding(values: Strings, pattern: str) -> list[tuple[int, str]]:
    """Return the texts in which a pattern is found, with their numbers."""
    told: Strings = pc.match_substring_regex(values, pattern)
    places = np.flatnonzero(told.fill_null(fill_value=False).to_numpy(zero_copy_only=False))
    return list(zip(places.tolist(), values.take(pa.array(places)).to_pylist(), strict=True))


def _spelled(
    found: list[tuple[int, str]], index: Index, kind: IndicatorKind
) -> Iterator[tuple[int, int]]:
    """Look up words of a kind once they are brought to one spelling."""
    spelled = folded(kind, [text for _, text in found])
    for group in texts(pa.array(spelled, pa.string())):
        for place, row in _confirmed(group, group.whole(), index, frozenset({kind})):
            yield found[place][0], row
