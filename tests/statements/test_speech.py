"""Who says what to whom, pattern by pattern. The sentences are of our own writing."""

from __future__ import annotations

import pytest

from stopa.model.statement import Act
from tests.statements.sample import only, reading

CASES = (
    ("Estonia accused Russia of the break-in.", "accuse", "Estonia", "Russia"),
    ("On Friday, Latvia's foreign ministry blamed Belarus for the "
     "attack.", "accuse", "Latvia's foreign ministry", "Belarus"),
    ("The intrusion was attributed to APT29 by the Dutch "
     "government.", "accuse", "the Dutch government", "APT29"),
    ("China's embassy in Riga rejected the charge.", "deny", "China's embassy in Riga", None),
    ("Norway condemned the intrusion.", "condemn", "Norway", None),
    ("France is deeply concerned about the campaign.", "concern", "France", None),
    ("Poland urged Russia to stop.", "call-on", "Poland", "Russia"),
    ("Sweden summoned the Iranian ambassador.", "summon", "Sweden", "the Iranian ambassador"),
    ("Finland stands with Estonia.", "support", "Finland", "Estonia"),
    ("The national response team detected the intruders in "
     "May.", "detect", "The national response team", None),
    ("Canada expelled four Russian diplomats.", "respond", "Canada", "four Russian diplomats"),
    ('"Russia must stop," said Foreign Minister Anna Kask.', "call-on", "Anna Kask", "Russia"),
    ('"We will publish all we know," the minister said.', "respond", "the minister", None),
    ("According to the ministry, APT29 was behind the theft.", "accuse", "the ministry", "APT29"),
    ('The embassy called the report "groundless".', "deny", "The embassy", None),
    ("Beijing says it's all lies.", "deny", "China", None),
    ("The intrusion was noticed by the Office's own sensors.", "detect", "the Office", None),
    ("The terminal operator, Port Trust Corp. (PTC), noticed the break-in "
     "on May 8.", "detect", "The terminal operator", None),
    ("She identified the group as Mustang Panda.", "accuse", "She", "Mustang Panda"),
    ("Estonia named a second group, Winter Vivern.", "accuse", "Estonia", "Winter Vivern"),
    ("Japan offered to send a response team.", "support", "Japan", None),
    ("A dockworkers' union demanded an answer.", "call-on", "A dockworkers' union", None),
    ("‘It was a burglar,’ said incident lead Anna Kask.", "other", "Anna Kask", None),
    ("In a statement the embassy here urged Manila to stop.", "call-on", "the embassy",
     "Philippines"),
    ("Mailboxes were read, according to two people with knowledge of the "
     "inquiry.", "other", "two people with knowledge of the inquiry", None),
    ("The deputy minister, Anna Kask, condemned it.", "condemn", "Anna Kask", None),
    ("Latvia summoned the chargé d'affaires of Belarus.", "summon", "Latvia",
     "the chargé d'affaires of Belarus"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "act", "speaker", "target"), CASES)
def test_a_sentence_gives_its_act_speaker_and_target(
    text: str, act: str, speaker: str, target: str | None
) -> None:
    found = only(text)
    assert found.act is Act(act)
    assert found.speaker is not None
    assert speaker in {found.speaker.stated, found.speaker.name}
    if target is not None:
        assert found.target is not None
        assert target in {found.target.stated, found.target.name}


NOTHING = (
    "The report names no country.",
    "Attacks on ministries have become common.",
    "APT29 used stolen passwords.",
    'The so-called "cyber war" goes on.',
    "Tom Long reports from Tallinn.",
    "The charge is old.",
)


@pytest.mark.parametrize("text", NOTHING)
def test_narration_is_no_statement(text: str) -> None:
    assert reading(text).statements == ()


@pytest.mark.parametrize(
    "text",
    ["NATO did not blame China.", "Austria declined to blame Russia.", "Malta never accused Iran."],
)
def test_an_act_that_was_not_done_is_marked_so(text: str) -> None:
    found = reading(text).statements
    assert all(statement.negated for statement in found)


def test_a_statement_cites_the_sentence_exactly() -> None:
    text = "Nothing was known.\nEstonia accused Russia of the break-in. More later."
    (found,) = reading(text).statements
    assert found.where.span is not None
    start, end = found.where.span
    assert text[start:end] == found.sentence == "Estonia accused Russia of the break-in."


@pytest.mark.parametrize(
    "speaker",
    [
        "a person familiar with the investigation",
        "a source close to the inquiry",
        "an official briefed on the matter",
    ],
)
def test_an_unnamed_source_speaks_with_all_that_is_said_of_it(speaker: str) -> None:
    said = only(f"Traces of the intruders were found on a server, {speaker} said.").speaker
    assert said is not None
    assert (said.stated, said.country) == (speaker, None)


def test_a_quotation_of_several_sentences_performs_several_acts() -> None:
    lead = "Baltic Wire\n\nEstonia accused Russia on Friday of reading its mail.\n\n"
    said = 'Minister Anna Kask said:\n"It was theft. We condemn it. We urge Russia to stop."'
    found = reading(lead + said).statements[1:]
    assert [s.act for s in found] == [Act.OTHER, Act.CONDEMN, Act.CALL_ON]
    assert found[2].sentence == 'We urge Russia to stop."'
