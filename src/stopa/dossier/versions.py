"""Versions of one text: documents that share most of their words, and the places where they differ.

Spec: bottom-k sketches (Broder, On the resemblance and containment of documents, 1997)
Why: a report that was changed after it was published, or reprinted with a name left out, says more
than either version alone.
Trap: comparing every text with every other word by word never ends; only those whose sketches agree
are compared, and long ones up to a stated length.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from stopa.model.document import Document
from stopa.model.dossier import Passage, Versions
from stopa.model.when import When

SHINGLE = 4  # words in a row
SKETCH = 200  # of the smallest hashes of a document's shingles
FEWEST = 20  # words; a shorter text resembles too many
SHARED = 0.3  # of two sketches, from which on two texts are compared
ALIKE = 0.6  # of their words, from which on they are versions of one text
CROWD = 50  # documents with one shingle; more is boilerplate
WORDS = 6_000  # of each text that are compared
PAIRS = 60  # compared at most, the likest first
PLACES = 40  # differences listed of a pair
CONTEXT = 8  # words alike beside a difference
STEPS = 5_000_000  # of the comparison at most; texts that repeat themselves need more
LONGEST = 80  # words of one side of a difference


def versions(documents: Iterable[Document], dated: Mapping[str, When]) -> tuple[Versions, ...]:
    """Return the pairs that are versions of one text, the older first where dates tell.

    `dated` are the dates of documents by evidence. A pair that differs in nothing is one too.
    """
    texts = {d.evidence: d.text.split() for d in documents}
    pairs = _candidates({e: w for e, w in texts.items() if len(w) >= FEWEST})
    made = (_compared(texts, *_in_order(pair, dated)) for pair in pairs[:PAIRS])
    found = (one for one in made if one.alike >= ALIKE)
    return tuple(sorted(found, key=lambda one: (-one.alike, one.first, one.second)))


def _candidates(texts: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return the pairs whose sketches agree, the likest first."""
    sketches = {evidence: _sketch(words) for evidence, words in texts.items()}
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for evidence in sorted(sketches):
        for value in sketches[evidence]:
            holders[value].append(evidence)
    shared: Counter[tuple[str, str]] = Counter()
    for held in holders.values():
        if len(held) <= CROWD:
            shared.update(combinations(held, 2))
    likeness = {
        (one, other): count / min(len(sketches[one]), len(sketches[other]))
        for (one, other), count in shared.items()
    }
    close = [pair for pair, share in likeness.items() if share >= SHARED]
    return sorted(close, key=lambda pair: (-likeness[pair], pair))


def _sketch(words: Sequence[str]) -> frozenset[int]:
    folded = [word.casefold() for word in words[:WORDS]]
    runs = zip(*(folded[n:] for n in range(SHINGLE)), strict=False)
    hashes = {zlib.crc32(" ".join(run).encode("utf-8", "replace")) for run in runs}
    return frozenset(sorted(hashes)[:SKETCH])


def _in_order(pair: tuple[str, str], dated: Mapping[str, When]) -> tuple[str, str]:
    one, other = sorted(pair, key=lambda e: (dated[e].edtf if e in dated else "~", e))
    return one, other


def _compared(texts: Mapping[str, Sequence[str]], first: str, second: str) -> Versions:
    old, new = texts[first][:WORDS], texts[second][:WORDS]
    if _steps(old, new) > STEPS:
        return Versions(first, second, round(_in_common(old, new), 4), (), cut=True)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    alike = 2 * sum(block.size for block in matcher.get_matching_blocks()) / (len(old) + len(new))
    if alike < ALIKE:
        return Versions(first, second, round(alike, 4), ())
    places = list(_places(matcher, old, new))
    cut = max(len(texts[first]), len(texts[second])) > WORDS
    return Versions(
        first, second, round(alike, 4), tuple(places[:PLACES]), max(len(places) - PLACES, 0), cut
    )


def _steps(old: Sequence[str], new: Sequence[str]) -> int:
    ours, theirs = Counter(old), Counter(new)
    return sum(count * theirs[word] for word, count in ours.items())


def _in_common(old: Sequence[str], new: Sequence[str]) -> float:
    """Return the share of words that both have, wherever they stand."""
    return 2 * (Counter(old) & Counter(new)).total() / (len(old) + len(new))


def _places(
    matcher: SequenceMatcher[str], old: Sequence[str], new: Sequence[str]
) -> Iterator[Passage]:
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield Passage(
                " ".join(old[max(i - CONTEXT, 0) : i]),
                _clipped(old[i:j]),
                _clipped(new[k:m]),
                " ".join(old[j : j + CONTEXT]),
            )


def _clipped(words: Sequence[str]) -> str:
    rest = len(words) - LONGEST
    return " ".join(words[:LONGEST]) + (f" … [{rest} more words]" if rest > 0 else "")
