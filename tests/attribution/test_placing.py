"""What the placing on diplomats' scales promises: a party's own claim, a range where it is one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stopa.attribution.placing import RESPONSIBILITY, placements
from stopa.model.assessment import Placement, Scale
from stopa.model.statement import Act, Party, Resolution, Statement, Voice
from tests.attribution.made import party, reading, said

VELDEN, KARST, UNION = party("Velden", "CZE"), party("Karst", "CHN"), party("European Union", "EUR")


def placed(statement: Statement, scale: Scale) -> list[tuple[str, str]]:
    found = placements((reading("a", (statement,)),))
    return [(p.place, p.until) for p in found if p.scale is scale]


def one(act: Act, sentence: str) -> Statement:
    return said("a", act, VELDEN, KARST, sentence=sentence)


@pytest.mark.parametrize(
    ("act", "sentence", "place"),
    [
        (Act.SUMMON, "Velden summoned the ambassador.", "stability measures: diplomatic démarche"),
        (
            Act.RESPOND,
            "Velden imposed an asset freeze on two men.",
            "restrictive measures: sanctions",
        ),
        (
            Act.RESPOND,
            "Velden expelled three diplomats.",
            "lawful responses of member states: diplomatic measures",
        ),
        (
            Act.RESPOND,
            "A court in Velden indicted seven men.",
            "lawful responses of member states: criminal proceedings",
        ),
    ],
)
def test_a_response_has_its_place_in_the_toolbox(act: Act, sentence: str, place: str) -> None:
    assert placed(one(act, sentence), Scale.TOOLBOX) == [(place, place)]


@pytest.mark.parametrize(
    ("sentence", "letters"),
    [
        ("This is contrary to the norms of responsible State behaviour.", ["the framework"]),
        ("Karst must not allow its territory to be used for such acts.", ["(c)"]),
        ("It breaches the norm that critical infrastructure is spared.", ["(f)"]),
        ("Attacks on critical infrastructure break a norm.", ["(f)"]),
        ("States must refrain from attacks on critical infrastructure.", ["(f)"]),
        ("We urge Karst to adhere to international cyber norms.", ["norms in general"]),
        ("It was a breach of established international norms.", ["norms in general"]),
        ("One must consider all relevant information first.", ["(b)"]),
        ("The norm of responsible reporting of vulnerabilities was broken.", ["(j)"]),
        ("It broke the norm that states answer requests for assistance.", ["(h)"]),
        ("A norm asks states to respect human rights.", ["(e)"]),
        ("It respects human rights and exchanges information.", []),
        ("Norms of dress differ from country to country.", []),
        ("Hospitals are critical infrastructure.", []),
        ("The minister spoke of normal relations and of supply chains.", []),
    ],
)
def test_a_norm_is_placed_only_where_it_is_invoked(sentence: str, letters: list[str]) -> None:
    found = [place for place, _ in placed(one(Act.CONDEMN, sentence), Scale.NORMS)]
    assert len(found) == len(letters)
    assert all(place.startswith(letter) for place, letter in zip(found, letters, strict=True))


@pytest.mark.parametrize(
    ("sentence", "rungs"),
    [
        ("The attack was ordered by the state.", ("state-ordered", "state-ordered")),
        ("Karst turned a blind eye to the gang.", ("state-ignored", "state-ignored")),
        ("Officers of its military intelligence did it.", ("state-executed", "state-executed")),
        ("The group is linked to the ministry.", ("state-shaped", "state-executed")),
        ("A state-sponsored group did it.", ("state-shaped", "state-executed")),
        ("Contractors did it.", ("state-coordinated", "state-ordered")),
    ],
)
def test_words_that_leave_it_open_are_a_range(sentence: str, rungs: tuple[str, str]) -> None:
    assert placed(one(Act.ACCUSE, sentence), Scale.RESPONSIBILITY) == [rungs]
    assert RESPONSIBILITY.index(rungs[0]) <= RESPONSIBILITY.index(rungs[1])


@pytest.mark.parametrize("act", [Act.DENY, Act.SUPPORT])
def test_who_does_not_accuse_says_nothing_of_responsibility(act: Act) -> None:
    assert placed(one(act, "It was ordered by the state."), Scale.RESPONSIBILITY) == []


def test_what_was_not_done_and_what_the_outlet_says_is_nobodys_claim() -> None:
    done = one(Act.RESPOND, "Velden imposed sanctions.")
    assert placed(done, Scale.TOOLBOX)
    assert placed(replace(done, negated=True), Scale.TOOLBOX) == []
    assert placed(replace(done, voice=Voice.OUTLET), Scale.TOOLBOX) == []
    assert placed(replace(done, speaker=None), Scale.TOOLBOX) == []


def test_a_statement_of_the_union_is_one_whatever_its_words() -> None:
    union = said("a", Act.CONDEMN, UNION, KARST, sentence="We condemn it.")
    place = "stability measures: statement on behalf of the Union"
    assert placed(union, Scale.TOOLBOX) == [(place, place)]
    assert placed(one(Act.CONDEMN, "We condemn it."), Scale.TOOLBOX) == []


def test_a_statement_of_the_union_is_shown_by_its_own_words() -> None:
    long = said("a", Act.CONDEMN, UNION, KARST, sentence=f"We condemn {'it all ' * 40}.")
    (found,) = placements((reading("a", (long,)),))
    assert found.cue.startswith("We condemn it all")
    assert found.cue.endswith(" …")
    assert len(found.cue) < 65
    assert long.sentence.startswith(found.cue.removesuffix(" …"))


def test_every_placement_names_the_claimant_the_words_and_the_statement() -> None:
    statement = one(Act.ACCUSE, "It was ordered by the state.")
    (found,) = placements((reading("a", (statement,)),))
    assert found == Placement(
        Scale.RESPONSIBILITY, "state-ordered", "state-ordered", VELDEN.name, "CZE", "ordered by",
        statement.id,
    )  # fmt: skip


def test_a_description_of_a_group_is_nobodys_word() -> None:
    group = Party("a group", "a group", None, Resolution.ROLE)
    told = said("a", Act.ACCUSE, group, KARST, sentence="It was GLASS, a group linked to Karst.")
    assert placed(told, Scale.RESPONSIBILITY) == []
    spoke = said("a", Act.ACCUSE, group, KARST, sentence="Then a group linked GLASS to Karst.")
    assert placed(spoke, Scale.RESPONSIBILITY) == [("state-shaped", "state-executed")]
