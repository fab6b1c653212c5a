"""What the report of others' claims promises: by whom, who backs it, who denies it, from where."""

from __future__ import annotations

import pytest

from stopa.attribution import assess
from stopa.attribution.claims import accused, claims
from stopa.knowledge import Knowledge
from stopa.model.statement import Act, Comparison, MentionKind
from tests.attribution.made import NOBODY, mention, party, reading, root, said

PRAGUE, BEIJING = party("Czech government", "CZE"), party("Chinese Embassy", "CHN")
CHINA, CZECHIA, EU = party("China", "CHN"), party("Czechia", "CZE"), party("EU", "EUR")
LIED = party("Moscow", "RUS")


def test_who_claims_who_backs_and_who_denies_are_kept_apart(knowledge: Knowledge) -> None:
    accusing = said(
        "a", Act.ACCUSE, PRAGUE, CHINA,
        sentence="It was APT31, which is linked to the Ministry of State Security.",
    )  # fmt: skip
    backing = said("a", Act.SUPPORT, EU, CZECHIA, span=(200, 300))
    denying = said("a", Act.DENY, BEIJING, CZECHIA, span=(400, 500))
    unfriendly = said("a", Act.CONDEMN, BEIJING, CZECHIA, span=(600, 700))
    names = (mention("a", MentionKind.ACTOR, "APT31", ("G0128",)),)
    comparison = Comparison((root("Prague", Act.ACCUSE, (accusing,)),), ())
    (claim,) = claims(
        (reading("a", (accusing, backing, denying, unfriendly), names),), comparison, knowledge
    )
    assert claim.actor == "APT31 (China)"
    assert claim.sponsor == "Ministry of State Security"
    assert claim.claimed_by == ("Czech government",)
    assert claim.endorsed_by == ("European Union",)
    assert claim.denied_by == ("Chinese Embassy",)
    assert (claim.documents, claim.roots, claim.published_basis) == (1, 1, 0)


def test_ten_reports_of_one_utterance_are_one_root(knowledge: Knowledge) -> None:
    accusing = tuple(said(f"d{n}", Act.ACCUSE, PRAGUE, CHINA) for n in range(10))
    comparison = Comparison((root("Prague", Act.ACCUSE, accusing),), ())
    (claim,) = claims(tuple(reading(s.document, (s,)) for s in accusing), comparison, knowledge)
    assert (claim.documents, claim.roots) == (10, 1)
    assert claim.claimed_by == ("Czech government",)


def test_two_accused_states_are_two_claims(knowledge: Knowledge) -> None:
    both = (
        said("a", Act.ACCUSE, PRAGUE, CHINA),
        said("a", Act.ACCUSE, PRAGUE, LIED, span=(200, 300)),
    )
    made = claims((reading("a", both),), NOBODY, knowledge)
    assert [claim.actor for claim in made] == ["China", "Russia"]


def test_nobody_accuses_their_own_state(knowledge: Knowledge) -> None:
    statement = said("a", Act.ACCUSE, PRAGUE, CZECHIA)
    assert claims((reading("a", (statement,)),), NOBODY, knowledge) == ()


def test_of_claims_in_as_many_documents_the_one_of_more_sources_comes_first(
    knowledge: Knowledge,
) -> None:
    other = party("Estonian government", "EST")
    both = (
        said("a", Act.ACCUSE, PRAGUE, CHINA),
        said("a", Act.ACCUSE, PRAGUE, LIED, span=(200, 300)),
        said("a", Act.ACCUSE, other, LIED, span=(400, 500)),
    )
    made = claims((reading("a", both),), NOBODY, knowledge)
    assert [claim.actor for claim in made] == ["Russia", "China"]


def test_the_same_group_described_in_two_ways_is_one_claim(knowledge: Knowledge) -> None:
    both = tuple(
        said("a", Act.ACCUSE, PRAGUE, party(name, None), span=(100 * n, 100 * n + 50))
        for n, name in enumerate(("the group GLASS PELICAN", "hacking group GLASS PELICAN"))
    )
    (claim,) = claims((reading("a", both),), NOBODY, knowledge)
    assert claim.actor == "GLASS PELICAN"


def test_accusing_hackers_accuses_nobody(knowledge: Knowledge) -> None:
    statement = said("a", Act.ACCUSE, PRAGUE, party("Hackers", None))
    assert claims((reading("a", (statement,)),), NOBODY, knowledge) == ()


def test_a_party_that_is_only_described_is_no_claimant(knowledge: Knowledge) -> None:
    described = said("a", Act.ACCUSE, party("a group of experts", None), CHINA)
    named = said("a", Act.ACCUSE, PRAGUE, CHINA, span=(200, 300))
    (claim,) = claims((reading("a", (described, named)),), NOBODY, knowledge)
    assert claim.claimed_by == ("Czech government",)


def test_a_name_with_and_without_its_article_is_one_party(knowledge: Knowledge) -> None:
    accusing = said("a", Act.ACCUSE, PRAGUE, CHINA)
    denials = tuple(
        said("a", Act.DENY, party(name, "CHN"), CZECHIA, span=(200 + n, 300 + n))
        for n, name in enumerate(("The Chinese Embassy", "the Chinese Embassy", "Chinese Embassy"))
    )
    (claim,) = claims((reading("a", (accusing, *denials)),), NOBODY, knowledge)
    assert claim.denied_by == ("Chinese Embassy",)


def test_a_denial_by_another_state_is_not_of_this_claim(knowledge: Knowledge) -> None:
    accusing = said("a", Act.ACCUSE, PRAGUE, CHINA)
    denying = said("a", Act.DENY, party("Kremlin", "RUS"), CZECHIA, span=(200, 300))
    (claim,) = claims((reading("a", (accusing, denying)),), NOBODY, knowledge)
    assert claim.denied_by == ()


def test_an_accusation_that_was_not_made_is_no_claim(knowledge: Knowledge) -> None:
    statement = said("a", Act.ACCUSE, PRAGUE, CHINA, negated=True)
    assert claims((reading("a", (statement,)),), NOBODY, knowledge) == ()


def test_an_accusation_without_anybody_accused_is_no_claim(knowledge: Knowledge) -> None:
    statement = said("a", Act.ACCUSE, PRAGUE, None)
    assert claims((reading("a", (statement,)),), NOBODY, knowledge) == ()


def test_what_is_published_with_the_claim_is_counted(knowledge: Knowledge) -> None:
    statement = said("a", Act.ACCUSE, PRAGUE, CHINA)
    names = (mention("a", MentionKind.SOFTWARE, "ShadowPad", ("S0596",), 50),)
    (claim,) = claims((reading("a", (statement,), names),), NOBODY, knowledge)
    assert claim.published_basis == 1


def test_a_party_is_named_once_however_it_is_called(knowledge: Knowledge) -> None:
    accusers = (
        PRAGUE,
        CZECHIA,
        party("Officials", "CZE"),
        party("Ministry of Trade and Industry", "CZE"),
    )
    backers = (party("Both NATO and the European Union", "IGO"), party("NATO", "IGO"))
    deniers = (
        BEIJING,
        party("the Chinese Embassy in Prague", "CHN"),
        party("Beijing's Mission", "CHN"),
    )
    spoken = [said("a", Act.ACCUSE, who, CHINA, span=(n, n + 9)) for n, who in enumerate(accusers)]
    spoken += [
        said("a", Act.SUPPORT, who, CZECHIA, span=(n, n + 9)) for n, who in enumerate(backers, 50)
    ]
    spoken += [
        said("a", Act.DENY, who, CZECHIA, span=(n, n + 9)) for n, who in enumerate(deniers, 90)
    ]
    (claim,) = claims((reading("a", tuple(spoken)),), NOBODY, knowledge)
    assert claim.claimed_by == ("Czechia", "Ministry of Trade and Industry")
    assert claim.endorsed_by == ("European Union", "NATO")
    assert claim.denied_by == ("Beijing's Mission", "Chinese Embassy in Prague")


def test_who_is_only_described_is_told_where_nobody_is_named(knowledge: Knowledge) -> None:
    accusing = said("a", Act.ACCUSE, party("Officials", "CZE"), CHINA)
    (claim,) = claims((reading("a", (accusing,)),), NOBODY, knowledge)
    assert claim.claimed_by == ("Officials",)


@pytest.mark.parametrize(
    "sentence",
    [
        "Velden accused Karst of having a long history of spying on ministers.",
        "“GLASS PELICAN has also stolen patents from mills,” declared the embassy of Velden.",
        "GLASS PELICAN has previously been accused of reading the mail of mills.",
        "The service of Velden singled out Karst as a threat to its security.",
    ],
)
def test_an_accusation_of_other_acts_is_no_claim(sentence: str, knowledge: Knowledge) -> None:
    statement = said("a", Act.ACCUSE, PRAGUE, CHINA, sentence=sentence)
    assert claims((reading("a", (statement,)),), NOBODY, knowledge) == ()
    assert accused((reading("a", (statement,)),), knowledge) == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "Velden accused Karst of the attack and of a long history of spying.",
        "Velden said that Karst, which had previously attacked mills, was behind this intrusion.",
        "Velden has also accused Karst.",
        "Velden accused Karst.",
    ],
)
def test_an_accusation_of_this_act_is_one(sentence: str, knowledge: Knowledge) -> None:
    statement = said("a", Act.ACCUSE, PRAGUE, CHINA, sentence=sentence)
    assert len(claims((reading("a", (statement,)),), NOBODY, knowledge)) == 1


def test_who_expressly_blames_nobody_supports_and_does_not_endorse(knowledge: Knowledge) -> None:
    pact, union = party("NATO", "IGO"), EU
    spoken = (
        said("a", Act.ACCUSE, PRAGUE, CHINA),
        said("a", Act.CONDEMN, pact, CHINA, span=(200, 300)),
        said("a", Act.SUPPORT, union, CZECHIA, span=(400, 500)),
    )
    reserved = said(
        "b", Act.OTHER, pact, CZECHIA,
        sentence="NATO, while not directly blaming Karst, took note of the accusation.",
    )  # fmt: skip
    other = said("b", Act.ACCUSE, PRAGUE, CHINA, span=(200, 300))
    papers = (reading("a", spoken), reading("b", (reserved, other)))
    (claim,) = claims(papers, NOBODY, knowledge)
    assert (claim.endorsed_by, claim.supported_by) == (("European Union",), ("NATO",))
    (alone,) = claims(papers[:1], NOBODY, knowledge)
    assert (alone.endorsed_by, alone.supported_by) == (("European Union", "NATO"), ())


def test_the_offices_of_one_state_are_one_party(knowledge: Knowledge) -> None:
    offices = (PRAGUE, CZECHIA, party("Ministry of Trade", "CZE"), party("Officials", None))
    spoken = [said("a", Act.ACCUSE, who, CHINA, span=(n, n + 9)) for n, who in enumerate(offices)]
    (claim,) = claims((reading("a", tuple(spoken)),), NOBODY, knowledge)
    assert claim.parties == 1
    more = (party("EU", "EUR"), party("NATO", "IGO"), party("Karst Labs", None))
    spoken += [said("a", Act.ACCUSE, who, CHINA, span=(n, n + 9)) for n, who in enumerate(more, 50)]
    (claim,) = claims((reading("a", tuple(spoken)),), NOBODY, knowledge)
    assert claim.parties == 4


def test_the_name_that_reports_use_stands_first(knowledge: Knowledge) -> None:
    statement = said("a", Act.ACCUSE, PRAGUE, CHINA, sentence="It was APT31.")
    names = (mention("a", MentionKind.ACTOR, "APT31", ("G0128",)),)
    papers = (reading("a", (statement,), names),)
    assert accused(papers, knowledge) == {"G0128": "APT31"}
    made = assess((), papers, NOBODY, knowledge)
    (one,) = [h for h in made.hypotheses if h.actor == "G0128"]
    assert one.label == "APT31, listed as ZIRCONIUM (China)"
