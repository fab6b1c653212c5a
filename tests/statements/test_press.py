"""What agencies and papers print about an attribution: who is meant, who is accused, who is hit."""

from __future__ import annotations

import pytest

from stopa.model.statement import Act, Severity, Statement
from stopa.statements import compare
from tests.statements.sample import document, reading

LEAD = (
    "Norway's domestic security agency said hackers of Russia's military intelligence service GRU "
)


def told(text: str) -> list[Statement]:
    return list(reading(text).statements)


def test_an_agency_that_is_only_accused_does_not_speak() -> None:
    *_, last = told(LEAD + "were behind the break-in. The agency concluded that it began in 2019.")
    assert last.speaker is not None
    assert last.speaker.country == "NOR"


@pytest.mark.parametrize(
    "introduced",
    [
        "The Belgian foreign ministry (BFM) blamed China on Monday.",
        "The Belgian foreign ministry, known by its acronym BFM, blamed China on Monday.",
    ],
)
def test_a_short_form_means_whom_the_text_gave_it_to(introduced: str) -> None:
    *_, last = told(f"{introduced} The BFM said three networks had been entered.")
    assert last.speaker is not None
    assert last.speaker.country == "BEL"


def test_a_statement_speaks_for_who_issued_it() -> None:
    *_, last = told(
        "Tirana blamed Iran for the attack. The statement said the embassy had to close."
    )
    assert last.speaker is not None
    assert last.speaker.country == "ALB"


@pytest.mark.parametrize(
    ("text", "act", "target"),
    [
        ("The minister condemned the cyberattack on NATO ally Albania.", Act.CONDEMN, None),
        ("The minister condemned the cyberattack by Iran on Albania.", Act.CONDEMN, "IRN"),
        (
            "Mr Doyle blamed the 2021 breach of the Commission on hackers of China.",
            Act.ACCUSE,
            "CHN",
        ),
        ("The speaker called it “a serious threat against Finland”.", Act.CONDEMN, None),
        ("Washington called Russia's attacks on Germany intolerable.", Act.CONDEMN, "RUS"),
        ("Belgium accused Chinese hackers of attacks on two ministries.", Act.ACCUSE, "CHN"),
        ("The Russian embassy rebuked the accusation.", Act.DENY, None),
        ("Moscow noted that Norway failed to present any evidence.", Act.DENY, "NOR"),
    ],
)
def test_who_is_hit_is_not_who_is_blamed(text: str, act: Act, target: str | None) -> None:
    (found,) = told(text)
    assert found.act is act
    assert (found.target.country if found.target else None) == target


@pytest.mark.parametrize(
    "text",
    [
        "The police looked at APT 28, a group linked to the army of Russia.",
        "It dismissed charges of meddling and alleged cyberattacks.",
        "Rama said there was no irreversible wiping of data.",
        "Officials in Tirana said Iran helps to fund raids on Israel.",
    ],
)
def test_a_participle_and_an_absence_accuse_and_deny_nothing(text: str) -> None:
    assert not [one for one in told(text) if one.act is Act.ACCUSE]
    assert not [one for one in told(text) if one.act is Act.DENY and "wiping" in text]


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("COPENHAGEN, Denmark (AP) — ", "AP"),
        ("HELSINKI, December 8. /TASS/. ", "TASS"),
        ("OSLO, July 20 (Agency) - ", "Agency"),
    ],
)
def test_the_place_of_writing_is_no_party(line: str, outlet: str) -> None:
    found = reading(f"{line}Norway's foreign minister blamed Russia, calling it “a grave act.”")
    assert found.masthead.outlet == outlet
    assert {one.speaker.country for one in found.statements if one.speaker} == {"NOR"}


def test_a_headline_in_capitals_is_no_outlet() -> None:
    found = reading(
        "Group Blamed for Attack on Finnish Parliament\n\nThe agency said so on Friday."
    )
    assert found.masthead.outlet is None


def test_what_somebody_is_blamed_for_is_not_who_is_blamed() -> None:
    (found,) = told(
        "A group with links to China has been blamed for an attack on Finland's parliament."
    )
    assert found.target is not None
    assert found.target.country != "FIN"


def test_it_is_the_one_that_acts_after_after() -> None:
    found = told("The comment came after Albania said that it had cut its ties with Iran.")
    assert {one.speaker.name for one in found if one.speaker} == {"Albania"}


@pytest.mark.parametrize(
    ("slot", "text", "wrong"),
    [
        (
            "actor",
            "The security service SUPO traced the hack and was investigating who is behind it.",
            "SUPO",
        ),
        ("sponsor", "The German government believes Russia is behind the hack.", "German"),
        (
            "victim",
            "The MFA said that the cyber attacks “Significantly affected our sovereignty.”",
            "ignificantly",
        ),
        ("victim", "Oslo blamed the email hacks on a Chinese hacking group.", "hacking group"),
        ("victim", "The group hacked the mail of a bank, according to officials.", "according"),
        (
            "data",
            "Belgium urged Beijing to take the necessary measures after the hack.",
            "measures",
        ),
        ("actor", "The minister told members of Parliament that hackers had broken in.", "Parl"),
        ("vector", "The attack and the intervention of a third party show malice.", "third party"),
    ],
)
def test_words_beside_an_attack_fill_no_slot(slot: str, text: str, wrong: str) -> None:
    found = [fact.value for fact in reading(text).facts if fact.slot == slot]
    assert not [value for value in found if wrong in value]


def test_a_short_form_in_brackets_is_whole_or_left_out() -> None:
    found = reading("They are tied to the Russian military intelligence (GRU), the minister said.")
    assert all(fact.value.count("(") == fact.value.count(")") for fact in found.facts)


@pytest.mark.parametrize(
    ("text", "act", "target"),
    [
        ("North Korea was blamed by Seoul for the attack on a bank.", Act.ACCUSE, "PRK"),
        ("Canada said there was nothing to suggest that China was responsible.", Act.DENY, "CHN"),
        ("London condemned the raid on Georgia, which Paris says Iran ran.", Act.CONDEMN, None),
        ("Cuba blamed it on the United States.", Act.ACCUSE, "USA"),
    ],
)
def test_one_verb_is_aimed_at_the_one_it_names(text: str, act: Act, target: str | None) -> None:
    found = [one for one in told(text) if one.act is act]
    assert [(one.target.country if one.target else None) for one in found] == [target]


def test_who_is_cleared_is_not_accused() -> None:
    found = told("Finland's prime minister said Russia was not responsible for the attack.")
    assert not [one for one in found if one.act is Act.ACCUSE]


def test_proof_of_one_thing_that_is_missing_denies_no_other() -> None:
    found = told("Denmark said no evidence of theft was found, but Russia's GRU ran the attack.")
    assert {one.act for one in found} == {Act.ACCUSE}


def test_who_denies_an_accusation_has_not_made_it() -> None:
    found = reading("It was an accusation which Moscow denies. The hack hit a bank of Norway.")
    assert not [fact for fact in found.facts if fact.slot == "attributor"]


@pytest.mark.parametrize(
    "text",
    [
        "Lithuania's intelligence service, the VSD, was hacked in May. Vilnius blamed Belarus.",
        "The hack was long. We were told by Denmark's PET who had attacked the ministry.",
    ],
)
def test_a_service_that_was_hit_or_tells_is_no_actor(text: str) -> None:
    assert not [fact for fact in reading(text).facts if fact.slot == "actor"]


def test_a_long_blank_is_no_sentence() -> None:
    found = reading("It was said.\n\nRussia" + " " * 4000 + "accused China of a hack.")
    assert all(one.sentence.strip() for one in found.statements)


BLAMES = "On {}, Norway's minister Ine Dahl blamed Russia for the break-in at the Storting.\n"
CONCLUDES = "On {}, Norway's security agency PST blamed Russia for the break-in at the Storting.\n"


def conflicts(*texts: str) -> set[str]:
    """Return the slots of high severity on which the texts part."""
    documents = [document(text) for text in texts]
    found = compare([reading(text) for text in texts], documents).disagreements
    return {item.slot for item in found if item.severity is Severity.HIGH}


def report(sentence: str, day: str) -> str:
    return f"Baltic Wire\n\n20 December 2020\n\nRussia blamed\n\n{sentence.format(day)}"


def test_two_announcements_have_a_date_each() -> None:
    first, second = report(BLAMES, "13 October 2020"), report(CONCLUDES, "8 December 2020")
    assert "date" not in conflicts(first, second)


def test_one_announcement_on_two_days_is_a_disagreement() -> None:
    assert "date" in conflicts(report(BLAMES, "13 October 2020"), report(BLAMES, "14 October 2020"))


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("said senior prosecutor Mats Berg", "said Swedish senior prosecutor Mats Berg", False),
        ("said the agency", "said Norway's security service", False),
        ("said Home Minister Devi Karki of Nepal", "said a spokesman for Nepal's ministry", True),
        ("said Swedish prosecutor Mats Berg", "said Iranian envoy Reza Amiri", True),
    ],
)
def test_words_are_given_to_two_only_where_the_texts_say_so(
    one: str, other: str, *, differ: bool
) -> None:
    words = "“A burglar should never learn which window is still open to the courtyard,” {}.\n"
    told = [report(BLAMES, "13 October 2020") + words.format(who) for who in (one, other)]
    assert ("speaker" in conflicts(*told)) is differ


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("TEHRAN (Tarn) – The Foreign Ministry spokesman dismissed it. Iran is a victim.\n", "IRN"),
        ("COPENHAGEN (Tarn) – A senior prosecutor dismissed the claims.\n", None),
    ],
)
def test_whose_an_office_is_follows_from_where_a_report_on_that_state_is_written(
    text: str, country: str | None
) -> None:
    speaker = told(text)[0].speaker
    assert speaker is not None
    assert speaker.country == country
