"""What stands beside an intrusion and is none of its facts: fears, other cases, other numbers."""

from __future__ import annotations

import pytest

from tests.statements.sample import reading

HEAD = "Baltic Wire\n\n3 May 2024\n\nThe affair\n\n"


@pytest.mark.parametrize(
    ("slot", "text", "wrong"),
    [
        ("victim", "Officials warned of attacks on energy companies.", "energy"),
        ("victim", "Attacks on energy companies could follow, officials said.", "energy"),
        ("victim", "The centre said it had repelled a big attack on a bank.", "bank"),
        ("response", "Oslo accused Beijing of launching raids on the Voting Commission.", "Voting"),
        ("response", "A deputy called for the ambassador to be recalled over the hack.", "recall"),
        ("response", "Allies were briefed by the ministry on the hack of the party.", "brief"),
        ("announcement_date", "Oslo accused Iran of a cyberattack on a bank on July 15.", "07-15"),
        ("start", "The party said in March 2023 that hackers had entered its mail.", "2023-03"),
        ("start", "Fears of hackers grew after Russia invaded Ukraine in 2022.", "2022"),
        ("start", "The hack meant the ministry could not use mail for several weeks.", "weeks"),
        ("start", "It was the work of hackers. We have followed Iron Heron since 2020.", "2020"),
        ("sponsor", "Norway's National Intelligence Service blamed the hack on Iran.", "Service"),
        ("actor", "The attack was claimed by a Russian-speaking gang.", "speaking"),
        ("actor", "The phones of nine members of the Forest Network were hacked.", "Forest"),
        ("extent", "Hackers stole from the bank 410 million rupees.", "410"),
        ("extent", "Four people were detained over the hack of the bank.", "Four"),
        ("extent", "The police issued an advisory to 200 companies on the hack.", "200"),
        ("data", "The suspects sent customers text messages to break into the bank.", "messages"),
        ("victim", "The hackers take their orders from Ada Brun, police said.", "Brun"),
    ],
)
def test_what_only_stands_beside_it_fills_no_slot(slot: str, text: str, wrong: str) -> None:
    values = [f.value for f in reading(HEAD + text + "\n").facts if f.slot == slot]
    assert not [value for value in values if wrong in value]


@pytest.mark.parametrize(
    ("slot", "text", "value"),
    [
        ("start", "Intruders spent eleven weeks inside the system of the bank.", "eleven weeks"),
        ("start", "They had access to the mail of the bank for 212 days.", "212 days"),
        ("actor", "We judge that Salt Heron acts in the interest of China.", "Salt Heron"),
        ("prior_incident", "It is not the first time: in 2021 the register was for sale.", "2021"),
        ("response", "The company has since blocked the stolen tokens.", "blocked"),
        ("response", "Peru's largest mine, hit by a worm, resumed work on Friday.", "resumed"),
        ("vector", "The worm came in on a contractor's laptop.", "laptop"),
        ("attributor", "It rejects the charges of a hack that Latvia voiced in May.", "Latvia"),
    ],
)
def test_what_is_told_in_other_words_fills_its_slot(slot: str, text: str, value: str) -> None:
    values = [f.value for f in reading(HEAD + text + "\n").facts if f.slot == slot]
    assert [one for one in values if value in one]


@pytest.mark.parametrize(
    ("slot", "text", "value"),
    [
        ("victim", "The customs service closed its site after an attack.", "customs service"),
        ("victim", "A firm that runs a booking site had been hacked in May.", "A firm"),
        ("victim", "Data were stolen from a contractor, Serasi Data.", "Serasi Data"),
        ("victim", "The tool let criminals into nine surgeries in Styria.", "surgeries"),
        ("impact", "Hackers changed the bank details of two suppliers.", "bank details"),
        ("vector", "They had bought access from a broker to hack the bank.", "bought access"),
        ("sponsor", "It was hacked on the orders of Belarus's KGB, a judge said.", "KGB"),
        ("start", "The bank was hacked. Since the autumn, its auditors think.", "autumn"),
        ("prior_incident", "APT28 was also accused of a hack on a bank in 2015.", "2015"),
    ],
)
def test_a_class_of_wording_fills_its_slot(slot: str, text: str, value: str) -> None:
    values = [f.value for f in reading(HEAD + text + "\n").facts if f.slot == slot]
    assert [one for one in values if value in one]


@pytest.mark.parametrize(
    ("slot", "text", "wrong"),
    [
        ("actor", "A report by the group Digital Shield tells of a hack.", "Shield"),
        ("actor", "Hackers blackmailed the construction group Balta.", "Balta"),
        ("response", "The computers were searched by hackers.", "searched"),
        ("sponsor", "It was hacked, and our Security Intelligence Service helped.", "Service"),
        ("extent", "Of 900 servers scanned, two had been hacked.", "900"),
        ("impact", "Their assets are frozen over the hack of the bank.", "frozen"),
        ("start", "The hacked office began paying pensions on Tuesday.", "2024"),
        ("network", "The hackers gave the key back in exchange for money.", "exchange"),
        ("sponsor", "After the hack three hospitals in that US state shut.", "state"),
        ("data", "The mail and the data of the bank were affected by the hack.", "data"),
        ("victim", "The hack hit tens of thousands of mail servers worldwide.", "servers"),
        ("victim", "Foreign Minister Peter Pell detected the intrusion.", "Pell"),
        ("start", "Ada Brun in January revealed the site had been attacked.", "January"),
        ("response", "After the hack three hospitals closed their doors.", "doors"),
        ("response", "Administrators were alerted to the attack on Thursday.", "alerted"),
        ("detection", "Most patients didn't notice the attack.", "patients"),
        ("victim", "They ran cyberattacks that also targeted Cyprus, he said.", "Cyprus"),
    ],
)
def test_what_is_near_fills_no_slot(slot: str, text: str, wrong: str) -> None:
    values = [f.value for f in reading(HEAD + text + "\n").facts if f.slot == slot]
    assert not [value for value in values if wrong in value]
