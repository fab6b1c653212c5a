"""Sentences, nested quotations and languages at their edges; texts of our own writing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stopa.statements.language import language
from stopa.statements.quotations import quotations
from stopa.statements.sentences import Kind, sentences
from tests.statements.sample import reading

SPLIT = (
    ("Gen. R. T. Orm spoke. Col. Ana B. Lund did not.",
     ["Gen. R. T. Orm spoke.", "Col. Ana B. Lund did not."]),
    ("Brisk, Tarn et al. found it. So did Marrow Inc. of Varn.",
     ["Brisk, Tarn et al. found it.", "So did Marrow Inc. of Varn."]),
    ("It began at 5 p.m. on Monday. It ended at noon.",
     ["It began at 5 p.m. on Monday.", "It ended at noon."]),
    ("On Jan. 3 and Sept. 9 it stopped. Why?", ["On Jan. 3 and Sept. 9 it stopped.", "Why?"]),
    ("Version 2.0.19 of example.com was hit. Port 443 was not.",
     ["Version 2.0.19 of example.com was hit.", "Port 443 was not."]),
    ("“They said ‘Stop. Now.’ and left,” Orm said. Tarn agreed.",
     ["“They said ‘Stop. Now.’ and left,” Orm said.", "Tarn agreed."]),
    ("'We won't go,' he said. 'It's ours.'", ["'We won't go,' he said.", "'It's ours.'"]),
    ("«On a tout lu. Tout.» Orm shrugged.", ["«On a tout lu. Tout.»", "Orm shrugged."]),
    ("“Who did it?” Brisk asked. “Russia,” Orm said.",
     ["“Who did it?” Brisk asked.", "“Russia,” Orm said."]),
    ("It paid $1.5 million... Nobody knew.", ["It paid $1.5 million...", "Nobody knew."]),
    ("(It was not the first.) It was the worst.", ["(It was not the first.)", "It was the worst."]),
    ("1. The port was hit.\n2. All was read.", ["1. The port was hit.", "2. All was read."]),
    ("A HEADING IN CAPITALS\nA first line of text that is long enough to end here.",
     ["A HEADING IN CAPITALS", "A first line of text that is long enough to end here."]),
    ("Ports limp\n\nBy Ana Lund\n\nThe port of Varn stood still. So did ships.",
     ["Ports limp", "By Ana Lund", "The port of Varn stood still.", "So did ships."]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "found"), SPLIT)
def test_sentences_survive_titles_initials_numbers_and_quotations(
    text: str, found: list[str]
) -> None:
    parts = sentences(text, quotations(text))
    assert [text[part.start : part.end] for part in parts] == found


QUOTED = (
    ("“Outer ‘inner “innermost” inner’ outer”, he said.", 1),
    ("'The allies' case isn't closed,' she said.", 1),
    ("The allies' case isn't 'closed', she said.", 1),
    ("It was the '90s and rock 'n' roll.", 0),
    ('"One," he said, "two," and "three".', 3),
    ("“A first paragraph\n\n“a second\n\n“and a last one.” End.", 3),
    ("„Wir wissen es“, sagte er. »Ja«, sagte sie.", 2),
    ("The so-called “UNC1151” is a label.", 1),
    ("He is 6' 2\" tall.", 0),
    ("The minister's statement: we were hacked.", 0),
)


@pytest.mark.parametrize(("text", "count"), QUOTED)
def test_quotations_are_the_outermost_and_no_apostrophe_is_one(text: str, count: int) -> None:
    assert len(quotations(text)) == count, [q.words(text) for q in quotations(text)]


PIECES = st.sampled_from(
    [
        "The port was hit", "Orm said", "“We know", "it.”", "'No,'", "‘allies’ case’", "Mr.", "J.",
        "U.S.", "e.g.", "3.5", "No. 7", "?", "!", ".", "...", "\n", "\n\n", "• item", "- item",
        "> quoted", "– Ona Brisk, Minister", "10:05", "A HEADING", "»so«", "…", "  ", "\t", "„x“",
        "Q:", "she said:", "(a)", "@OrmTarn", "🙂", "ﬁ", "\u202e", "\u0000",
    ]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_sentences_hold_every_word_once_and_in_order(text: str) -> None:
    parts = sentences(text, quotations(text))
    assert all(part.start < part.end for part in parts)
    assert all(a.end <= b.start for a, b in pairwise(parts))
    assert all(a.paragraph <= b.paragraph for a, b in pairwise(parts))
    held = "".join(text[part.start : part.end] for part in parts)
    assert "".join(held.split()) == "".join(text.split())


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_quotations_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    found = quotations(text)
    assert all(0 <= q.start <= q.inner_start <= q.inner_end <= q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_what_is_read_is_cited_character_for_character(text: str) -> None:
    read = reading(f"Baltic Wire\n\n3 May 2024\n\n{text}\n")
    whole = f"Baltic Wire\n\n3 May 2024\n\n{text}\n"
    for said in read.statements:
        start, end = said.where.span or (0, 0)
        assert whole[start:end] == said.sentence
        for quoted in said.quotations:
            first, last = quoted.where.span or (0, 0)
            assert whole[first:last] == quoted.text
    for fact in read.facts:
        first, last = fact.where.span or (0, 0)
        assert whole[first:last] == fact.sentence


def test_a_post_has_sentences_and_a_page_of_headings_has_none() -> None:
    post = "Eva Tarn\n\nWe summoned the ambassador of Russia tonight"
    assert [part.kind for part in sentences(post, [])] == [Kind.HEADING, Kind.SENTENCE]
    page = "Ports limp\n\nThe port of Varn was hit by hackers\n\nIt stood still."
    assert [part.kind for part in sentences(page, [])][:2] == [Kind.HEADING, Kind.HEADING]


LANGUAGES = (
    ("cs", "Ministerstvo zahraničních věcí oznámilo, že síť byla napadena skupinou, která je podle "
           "vlády spojena s Čínou. Útok trval od roku 2022 a zasáhl neutajovanou síť, která však "
           "není propojena s jinými systémy."),
    ("sk", "Ministerstvo zahraničných vecí oznámilo, že sieť bola napadnutá skupinou, ktorá je "
           "podľa vlády spojená s Čínou. Útok trval od roku 2022 a zasiahol sieť, ktorá sa "
           "nepoužíva na utajované správy, ale ako bežná pošta pre úradníkov."),
    ("de", "Das Ministerium teilte mit, dass das Netz von einer Gruppe angegriffen wurde, die nach "
           "Ansicht der Regierung mit dem Staat verbunden ist. Der Angriff dauerte seit 2022 an "
           "und war nicht auf ein Haus beschränkt."),
    ("fr", "Le ministère a annoncé que le réseau a été attaqué par un groupe qui est lié selon "
           "le gouvernement à la Chine. L’attaque a duré depuis 2022 et n’a pas touché les réseaux "
           "qui sont utilisés pour des documents secrets."),
    ("pl", "Ministerstwo poinformowało, że sieć została zaatakowana przez grupę, która jest według "
           "rządu powiązana z Chinami. Atak trwał od 2022 roku i nie dotyczył sieci, które są "
           "używane do wiadomości tajnych oraz do pracy."),
    ("ru", "Министерство сообщило, что сеть подверглась атаке группы, которая, как считает "
           "правительство, связана с государством. Атака длилась с 2022 года и не затронула сети, "
           "из которых передаются секретные документы."),
    ("es", "El ministerio anunció que la red fue atacada por un grupo que según el gobierno está "
           "vinculado con el Estado. El ataque duró desde 2022 y no afectó a las redes que se usan "
           "para los documentos secretos de la casa."),
    ("en", "The ministry said that the network had been attacked by a group that is tied to the "
           "state. It has not been used for secret papers, and the attack was found in 2024."),
)  # fmt: skip


@pytest.mark.parametrize(("code", "text"), LANGUAGES)
def test_a_language_is_told_by_its_commonest_words(code: str, text: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize(("code", "text"), LANGUAGES)
def test_a_text_in_another_language_is_listed_and_not_misread(code: str, text: str) -> None:
    read = reading(f"{text}\n\n{text}\n\n203.0.113.9\n")
    problems = [problem.what for problem in read.problems]
    if code == "en":
        assert problems == []
        return
    assert problems == [f"language not read: {code}"]
    assert (read.statements, read.facts) == ((), ())
    assert [indicator.value for indicator in read.indicators] == ["203.0.113.9"]


def test_one_foreign_quotation_does_not_change_the_language() -> None:
    english = LANGUAGES[-1][1]
    assert (
        language(f"{english} „Wir haben es gesehen und wir werden es nicht dulden.“ {english}")
        == "en"
    )
    assert language("Yes.") is None
