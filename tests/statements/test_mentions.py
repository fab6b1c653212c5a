"""What naming promises: a word is no name, and a name that is ruled out or told of before no sight.

Provenance: sentences of our own writing.
"""

from __future__ import annotations

import pytest

from stopa.model.statement import MentionKind, Stance
from tests.statements.sample import reading

ASSERTED, NEGATED, ELSEWHERE = Stance.ASSERTED, Stance.NEGATED, Stance.ELSEWHERE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Our team found no trace of HAMMERTOSS or CozyCar on the hosts.",
            {"HAMMERTOSS": NEGATED, "CozyCar": NEGATED},
        ),
        (
            "Unlike HAMMERTOSS, which APT29 used in 2015, the sample loads ShadowPad.",
            {"HAMMERTOSS": NEGATED, "ShadowPad": ASSERTED},
        ),
        ("The loader is unrelated to PlugX.", {"PlugX": NEGATED}),
        ("Neither PlugX nor ShadowPad was used.", {"PlugX": NEGATED, "ShadowPad": NEGATED}),
        (
            "PlugX was used and ShadowPad was not found.",
            {"PlugX": ASSERTED, "ShadowPad": NEGATED},
        ),
        ("PlugX and ShadowPad were not found.", {"PlugX": NEGATED, "ShadowPad": NEGATED}),
        (
            "They dropped PlugX rather than ShadowPad.",
            {"PlugX": ASSERTED, "ShadowPad": NEGATED},
        ),
        ("PlugX, not ShadowPad, was used.", {"PlugX": ASSERTED, "ShadowPad": NEGATED}),
        ("HAMMERTOSS, which APT29 used in 2015, was not found.", {"HAMMERTOSS": NEGATED}),
        ("It does not appear that PlugX was used.", {"PlugX": NEGATED}),
        ("The group previously used PlugX.", {"PlugX": ELSEWHERE}),
        ("The code is similar to PlugX.", {"PlugX": ELSEWHERE}),
        ("Other groups use PlugX too.", {"PlugX": ELSEWHERE}),
        (
            "In previous campaigns, the group used PlugX; this time it ran ShadowPad.",
            {"PlugX": ELSEWHERE, "ShadowPad": ASSERTED},
        ),
        (
            "In 2015, APT29 used HAMMERTOSS. In May 2024 the ministry found ShadowPad.",
            {"HAMMERTOSS": ELSEWHERE, "ShadowPad": ASSERTED},
        ),
        ("The attackers not only used PlugX but also ran ShadowPad.", {"PlugX": ASSERTED}),
        ("There is no doubt that the attackers used PlugX.", {"PlugX": ASSERTED}),
        (
            "There was no ransom note, yet the attackers deployed ShadowPad.",
            {"ShadowPad": ASSERTED},
        ),
        ("PlugX was not the only malware on the host.", {"PlugX": ASSERTED}),
        ("PlugX, which was first seen in 2008, was dropped in May 2024.", {"PlugX": ASSERTED}),
        ("As in previous campaigns, the attackers ran PlugX.", {"PlugX": ASSERTED}),
        ("PlugX was not detected by antivirus.", {"PlugX": ASSERTED}),
        ("A previously unknown backdoor, ShadowPad, was dropped.", {"ShadowPad": ASSERTED}),
        ("At first no sign of PlugX was seen. On Friday PlugX was found.", {"PlugX": ASSERTED}),
        ("PlugX was found on Friday. No trace of PlugX is left.", {"PlugX": ASSERTED}),
    ],
)
def test_a_name_stands_as_its_sentence_says(text: str, told: dict[str, Stance]) -> None:
    found = {m.printed: m.stance for m in reading(text).mentions if m.kind is MentionKind.SOFTWARE}
    assert {name: found.get(name) for name in told} == told


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The responders ruled out T1566.002.", NEGATED),
        ("T1566.002 was ruled out.", NEGATED),
        ("The intruders used T1566.002.", ASSERTED),
        ("They did not leave any web shell, and no web shells were found.", NEGATED),
    ],
)
def test_a_technique_stands_as_its_sentence_says(text: str, stance: Stance) -> None:
    (found,) = reading(text).mentions
    assert (found.kind, found.stance) == (MentionKind.TECHNIQUE, stance)


@pytest.mark.parametrize(
    "text",
    [
        "Carbon copy: the whole board of the ministry.",
        "There is a Sliver of hope for the talks, she said.",
        "In that year the Empire fell and its archive burnt.",
        "The first Responder to the scene called the ministry.",
        "Flame and Anchor was the name of the inn.",
    ],
)
def test_an_everyday_word_names_nothing(text: str) -> None:
    assert reading(text).mentions == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Carbon backdoor was on both hosts.", "Carbon"),
        ("They brought Mimikatz, Empire and Impacket along.", "Empire"),
        ("They ran CrackMapExec and Responder on the host.", "Responder"),
        ("On the server lay a Cobalt Strike Beacon.", "Beacon"),
        ("The intruders ran the tool SLIVER by night.", "SLIVER"),
    ],
)
def test_an_everyday_word_is_a_name_beside_what_says_so(text: str, name: str) -> None:
    assert name in {m.printed for m in reading(text).mentions}


def test_names_are_not_taken_from_a_language_that_is_not_read() -> None:
    text = (
        "Le invitamos a la reunión de la comisión que se celebra en la sede del ministerio el "
        "próximo martes por la tarde. No es necesario confirmar la asistencia con PlugX.\n\n"
        "Responder\n"
    )
    made = reading(text)
    assert made.masthead.language == "es"
    assert made.mentions == ()
    assert [problem.what for problem in made.problems] == ["language not read: es"]
