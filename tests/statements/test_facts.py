"""The slots of an incident as one report fills them; sentences of our own writing."""

from __future__ import annotations

import pytest

from tests.statements.sample import reading

HEAD = "Baltic Wire\n\n3 May 2024\n\n"


def values(text: str, slot: str, *, core: bool = False) -> list[str]:
    facts = reading(HEAD + text + "\n").facts
    return [fact.value for fact in facts if fact.slot == slot and (fact.core or not core)]


FILLED = (
    ("The attackers broke into the gate booking system of the port.",
     "network", "the gate booking system of the port"),
    ("They hacked a Roundcube webmail server.", "network", "Roundcube webmail"),
    ("The first machine was infected on 19 April by a USB stick.", "start", "2024-04-19"),
    ("The campaign ran from March to June 2023.", "start", "2023-03"),
    ("The hackers have been active since late 2021.", "start", "2021"),
    ("The attack was aimed at lawmakers in Latvia.", "victim", "lawmakers in Latvia"),
    ("The attack stopped the cranes for 11 hours.", "impact", "11 hours"),
    ("The company puts its losses at 4.2 million pesos.", "loss", "4.2 million pesos"),
    ("The break-in cost more than four million dollars.", "loss", "four million dollars"),
    ("The group, which is controlled by the State Security Committee, broke in.",
     "sponsor", "State Security Committee"),
    ("China-linked hackers broke in.", "sponsor", "China-linked"),
    ("The group known as UNC1151 broke in.", "actor", "UNC1151"),
    ("A gang calling itself Iron Wolves claimed the attack.", "actor", "Iron Wolves"),
    ("The intruders copied cargo manifests.", "data", "cargo manifests"),
    ("Japan offered to send a team of experts.", "response", "team of experts"),
    ("The mailboxes were found open in February after the intrusion.", "detection", "2024-02"),
    ("Mail came with letters which, once opened, ran a script.", "vector", "letters which"),
    ("In 2016 dozens of ministries were hacked.", "prior_incident", "2016"),
    ("The union said its headquarters had been bugged.", "victim", "The union"),
    ("Microphones were hidden in the headquarters of the bloc.", "victim", "the bloc"),
    ("The Ministry of Defence fell victim to a cyberattack.", "victim", "Ministry of Defence"),
    ("The attackers took the e-government portal offline.", "victim", "e-government portal"),
    ("A contractor was among those affected by the attack.", "victim", "contractor"),
    ("Fourteen workstations were infected.", "extent", "Fourteen workstations"),
    ("Twelve gigabytes of data left the network.", "data", "Twelve gigabytes of data"),
    ("Minutes of closed meetings were sent to foreign servers.", "data", "Minutes"),
    ("They got in through a supplier in Oulu.", "vector", "through a supplier in Oulu"),
    ("The intruders had got hold of an administrator's password.", "vector", "password"),
    ("Surgeries had to be postponed.", "impact", "postponed"),
    ("The government went public on Thursday.", "announcement_date", "2024-05-02"),
    ("A previously unknown group, Salt Heron, is said to be behind it.", "actor", "Salt Heron"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "slot", "value"), FILLED)
def test_a_sentence_fills_its_slot(text: str, slot: str, value: str) -> None:
    assert any(value in found for found in values(text, slot)), values(text, slot)


UNFILLED = (
    ("It was not phishing.", "vector"),
    ("The cargo manifests went back to files dating back to 2019 and were read.", "start"),
    ("The United States offered a reward of $10 million.", "loss"),
    ("Any sanctions?", "response"),
    ("The ministry ruled out sanctions.", "response"),
    ("Two thousand guests came.", "start"),
    ("A court in Port Estmere charged three Drovian nationals with computer intrusions on behalf "
     "of GLASS PELICAN.", "victim"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "slot"), UNFILLED)
def test_what_only_looks_like_a_value_fills_nothing(text: str, slot: str) -> None:
    assert values(text, slot) == []


def test_what_the_text_rests_on_is_marked_and_the_rest_is_kept() -> None:
    text = (
        "Estonia accused Russia of breaking into its land register. It began in May 2022.\n\n"
        "The intruders were still seen in March 2024.\n"
    )
    assert values(text, "start", core=True) == ["2022-05"]
    assert set(values(text, "start")) > {"2022-05"}


def test_a_day_is_dated_by_its_weekday_where_the_report_has_no_year() -> None:
    text = (
        "OSLO, May 3 (Fjord Wire) — Norway on Friday accused Russia of a break-in.\n\n"
        "It began in June 2023.\n"
    )
    facts = reading(text).facts
    assert [f.value for f in facts if f.slot == "announcement_date"] == ["05-03"]


def test_the_accused_are_no_attributors() -> None:
    text = (
        "Estonia accused Russia of the break-in. Latvia accused Russia, too.\n\n"
        "Russia accused certain politicians of lying.\n"
    )
    assert values(text, "attributor", core=True) == ["Estonia", "Latvia"]


def test_every_fact_stands_in_the_sentence_it_cites() -> None:
    text = HEAD + "Estonia blamed APT29 for the theft of 340 files from its parliament in 2022.\n"
    for fact in reading(text).facts:
        assert fact.sentence in text
        assert fact.slot == "announcement_date" or fact.value.lower() in fact.sentence.lower()


@pytest.mark.parametrize(
    ("sentence", "slot", "values"),
    [
        (
            "Traces of a loader were found on a server, a person familiar with the inquiry said.",
            "victim",
            [],
        ),
        (
            '"We detected the attackers during the intrusion," spokesman Teo Marrin said.',
            "detection",
            ["Teo Marrin: the attackers during the intrusion"],
        ),
        (
            "Hackers were inside critical government systems of Norway since 2022, Oslo said.",
            "network",
            ["critical government systems of Norway"],
        ),
        (
            "Malware was found on a server of Norway's government, whose networks were open.",
            "victim",
            ["Norway's government"],
        ),
    ],
)
def test_a_value_ends_where_others_begin_to_speak(
    sentence: str, slot: str, values: list[str]
) -> None:
    found = reading(f"Baltic Wire\n\n3 May 2024\n\nThe affair\n\n{sentence}\n").facts
    assert [fact.value for fact in found if fact.slot == slot] == values
