"""Forms of speech beside `X said`: joint texts, answers, posts, dashes; sentences of our own."""

from __future__ import annotations

import pytest

from tests.statements.sample import reading

REPORT = "Bay Courier, 3 May 2024\n\nThe port of Velden\n\n"
FORMS = (
    ("“Behind it stands the GRU, full stop,” stated on Thursday Minister Ona Brisk.", "Ona Brisk"),
    ("“Somebody had kept the key to our building,” sums up Ona Brisk.", "Ona Brisk"),
    ("– It was a good offer. We blame nobody, says Director Ona Brisk.", "Ona Brisk"),
    ("The claim was described as “pure theatre” by a Western official.", "a Western official"),
    ("The raid was first claimed by an opposition party.", "an opposition party"),
)


@pytest.mark.parametrize(("sentence", "speaker"), FORMS)
def test_a_speaker_is_found_whatever_the_order(sentence: str, speaker: str) -> None:
    said = [s.speaker for s in reading(REPORT + sentence + "\n").statements if s.speaker]
    assert [party.name for party in said] == [speaker]


def test_a_dash_at_the_head_of_a_paragraph_opens_a_quotation() -> None:
    (said,) = reading(REPORT + FORMS[2][0] + "\n").statements
    assert [q.text for q in said.quotations] == ["It was a good offer. We blame nobody"]


def test_a_list_with_dashes_quotes_nobody() -> None:
    text = REPORT + "- two servers were hit\n- mail was read by Minister Brisk\n"
    assert not any(s.quotations for s in reading(text).statements)


def acts(text: str) -> list[tuple[str, str]]:
    return [(s.act.value, s.speaker.name if s.speaker else "") for s in reading(text).statements]


def test_signatories_speak_where_a_joint_text_says_we() -> None:
    text = (
        "Joint Statement on the Port of Velden\n\n3 May 2024\n\nWe condemn this act.\n\n"
        "We call on Belarus to stop.\n\nSigned: Estonia, Latvia and Poland\n"
    )
    who = "Estonia, Latvia and Poland"
    assert acts(text) == [("condemn", who), ("call-on", who)]


def test_who_gives_the_following_answer_says_all_of_it() -> None:
    text = REPORT + (
        "A spokesman for the Foreign Ministry of Belarus gave the following answer on Sunday to a "
        "question put by the Courier:\n\nThis story is a groundless fiction.\n\n"
        "Estonia should apologise for it.\n"
    )
    assert [act for act, _ in acts(text)] == ["deny", "call-on"]
    assert all(who.startswith("A spokesman") for _, who in acts(text))


def test_a_post_claims_its_own_deed() -> None:
    text = "ARMY OF THE REEF\n3 May 2024\n\nwe took 4 terabytes\nnow we burned the house\n"
    assert ("other", "ARMY OF THE REEF") in acts(text)


def test_a_question_that_a_text_puts_itself_accuses_nobody() -> None:
    text = "Reef CERT\nNote on beaconing\n3 May 2024\n\nDo we blame China? No. We saw traffic.\n"
    assert "accuse" not in [act for act, _ in acts(text)]


def test_a_short_quotation_of_its_own_is_the_last_speakers() -> None:
    text = (
        REPORT + "“We are two million people,” Ona Brisk said with a laugh. “We should update.”\n"
    )
    assert [s.quotations[0].text for s in reading(text).statements][-1] == "We should update."


def test_she_is_the_woman_whom_the_text_called_she_before() -> None:
    text = REPORT + (
        "“We checked,” Ona Brisk told reporters. She rejected the claim. Karst's ambassador, Pal "
        "Orm, has called the story groundless. He denied it. Ona Brisk denied the find. Asked "
        "again, she said it was routine.\n"
    )
    assert acts(text)[-1][1] == "Ona Brisk"


def test_each_sentence_of_a_quotation_is_cited_by_itself() -> None:
    text = REPORT + (
        "“We checked,” Ona Brisk told reporters. “This was an attack on us all. We condemn it. "
        "We call on Belarus to stop.”\n"
    )
    said = [(s.act.value, [q.text for q in s.quotations]) for s in reading(text).statements]
    assert said[-2:] == [
        ("condemn", ["We condemn it."]),
        ("call-on", ["We call on Belarus to stop."]),
    ]


def test_we_who_sign_may_be_described_between() -> None:
    text = (
        "Joint Statement on the Port\n\n3 May 2024\n\nWe, the undersigned, condemn this act.\n\n"
        "I would add that we call on Belarus to stop.\n\nSigned: Estonia and Latvia\n"
    )
    assert acts(text)[0] == ("condemn", "Estonia and Latvia")


def test_a_party_to_the_case_accuses_by_it_is_and_advises() -> None:
    text = (
        "Embassy of the Republic of Belarus in the Republic of Estonia\n\n3 May 2024\n\n"
        "We have seen it. It is none other than Estonia which tapped our telephones.\n\n"
        "Estonia would be well advised to look into its own house.\n"
    )
    assert [act for act, _ in acts(text)] == ["other", "accuse", "call-on"]


INSERTED = (
    ("Russia, Norway believes, ordered the attack.", ("accuse", "Norway")),
    ("Russia, Norway said on Friday, ordered the attack.", ("accuse", "Norway")),
    ("The spies, officials said, read the mail of two ambassadors.", ("other", "officials")),
    ("The attack Russia launched was reckless, Norway said.", ("accuse", "Norway")),
)


@pytest.mark.parametrize(("sentence", "said"), INSERTED)
def test_a_speaker_may_stand_between_commas(sentence: str, said: tuple[str, str]) -> None:
    assert acts(REPORT + sentence + "\n") == [said]


ASKED = (
    "Asked whether diplomats would be expelled, Ona Brisk smiled.",
    "Pressed on whether Russia was behind the attack, the minister left.",
)


@pytest.mark.parametrize("sentence", ASKED)
def test_what_is_only_asked_about_is_neither_done_nor_said(sentence: str) -> None:
    assert not {act for act, _ in acts(REPORT + sentence + "\n")} & {"respond", "accuse"}


def test_an_answer_to_what_was_asked_is_the_answerers() -> None:
    text = REPORT + "Asked whether Russia was behind it, Ona Brisk said the evidence was clear.\n"
    assert [who for _, who in acts(text)] == ["Ona Brisk"]


def test_a_name_keeps_the_office_that_follows_it() -> None:
    text = REPORT + (
        "Lora Petch, the member for Cumber, learned of it. “They read my mail,” she told the "
        "Courier.\n"
    )
    assert acts(text)[-1][1] == "Lora Petch"


def test_what_operators_should_do_is_no_step_of_theirs() -> None:
    text = (
        "Reef CERT\nAdvisory\n3 May 2024\n\nWe saw the intruders. We see them still.\n\n"
        "Operators should rotate all credentials and disable unused accounts.\n"
    )
    assert acts(text)[-1] == ("call-on", "Reef CERT")
