"""Which documents are versions of one text, and where they differ."""

from __future__ import annotations

import time

from stopa.dossier.versions import PLACES, WORDS, versions
from stopa.model.document import Document, Piece
from stopa.model.when import When

STORY = (
    "The ministry of Velden said on Monday that its mail was read for years by a group which it "
    "calls Glass Heron. The minister said that nothing secret was taken. The embassy of Karst "
    "denied it and asked for proof. A parliament committee will hear the head of the service on "
    "Thursday behind closed doors, a speaker said, and publish what it can."
)


def document(evidence: str, text: str) -> Document:
    return Document(evidence, "text", text, (Piece(0, len(text), 0, len(text.encode())),))


def test_a_changed_name_and_a_dropped_sentence_are_shown() -> None:
    changed = STORY.replace("Glass Heron", "Salt Lantern").replace(
        " The minister said that nothing secret was taken.", ""
    )
    (pair,) = versions([document("a", STORY), document("b", changed)], {})
    assert (pair.first, pair.second) == ("a", "b")
    assert [(place.old, place.new) for place in pair.passages] == [
        ("Glass Heron. The minister said that nothing secret was taken.", "Salt Lantern.")
    ]
    assert pair.passages[0].before.endswith("which it calls")
    assert 0.8 < pair.alike < 1


def test_the_older_comes_first_where_dates_tell() -> None:
    papers = [document("a", STORY), document("b", STORY + " It was updated.")]
    dated = {"a": When("2025-05-29"), "b": When("2025-05-28")}
    assert versions(papers, dated)[0].first == "b"
    assert versions(papers, {"b": When("2025")})[0].first == "b"


def test_the_same_words_are_versions_that_differ_in_nothing() -> None:
    (pair,) = versions([document("b", STORY), document("a", STORY)], {})
    assert (pair.first, pair.second, pair.alike, pair.passages) == ("a", "b", 1.0, ())


def test_other_texts_on_the_same_thing_are_no_versions() -> None:
    other = (
        "Karst rejects what Velden said of it. The embassy called the words of the minister "
        "groundless, and asked for proof that has not been shown to anybody until this day. "
        "It said that its own networks are attacked daily from Velden."
    )
    assert versions([document("a", STORY), document("b", other)], {}) == ()
    assert versions([document("a", "one two three"), document("b", "one two three")], {}) == ()


def test_texts_that_repeat_one_word_do_not_hold_it_up() -> None:
    started = time.process_time()
    (pair,) = versions([document("a", "mad " * 90_000), document("b", "mad " * 89_999)], {})
    assert time.process_time() - started < 5
    assert pair.cut


def test_long_and_many_texts_are_bounded_and_said_to_be() -> None:
    long = " ".join(f"word{n * 7919 % 9973}" for n in range(WORDS + 500))
    spoilt = " ".join(w if n % 25 else f"x{n}" for n, w in enumerate(long.split()))
    started = time.process_time()
    found = versions([document(f"d{n}", (long, spoilt)[n % 2] + f" {n}") for n in range(8)], {})
    assert time.process_time() - started < 60
    assert all(pair.cut for pair in found)
    pair = next(pair for pair in found if pair.passages)
    assert len(pair.passages) == PLACES
    assert pair.more > 100
