"""Whole short texts of several kinds: what each rests on; texts of our own writing."""

from __future__ import annotations

import pytest

from tests.statements.sample import reading

INDICTMENT = """U.S. Attorney's Office
District of Calder
PRESS RELEASE

March 12, 2024

Four Officers Charged With Hacking Into Aerospace Supplier

CALDER CITY – A federal grand jury has returned an indictment charging four officers of Iran's
Islamic Revolutionary Guard Corps with breaking into the systems of Marrow Aerospace.

According to the indictment, from June 2021 through September 2022 the defendants used fake job
offers to persuade two engineers to open malicious documents. They stole more than 900,000 files.

"These defendants stole a decade of work," said U.S. Attorney Maria Lund.

The State Department announced a reward of up to $5 million.
"""
LIVE = """Skerry Broadcasting

Thursday 18 April 2024

Attack on airport: what we know so far

08:15 All flights from Tarn Airport are grounded after its check-in systems went down.

08:40 About 9,000 passengers are affected.

09:30 The Iron Wolves, a group that sides with Moscow, claim on Telegram to have wiped computers.

10:05 Prime Minister Sara Holt says Russia is "very probably" responsible.

12:00 The intruders are thought to have been in the network since February.

13:10 This is the second attack on the airport. In 2019 somebody shut down its car park for a day.
"""
WIRE = """Sweden blames Russian intelligence for break-in at rail agency

STOCKHOLM, Feb. 6 (Skerry Wire) - Sweden on Tuesday accused Russia's military intelligence agency
of hacking the country's rail traffic authority and copying the plans of 14 bridges.

The hackers had been in the authority's network for seven months, the minister said.

Stockholm expelled two embassy employees. The authority has replaced all 640 computers at a cost of
11 million kronor.

In 2021 hackers disabled the ticket machines of a tram company; that attack was later traced to two
teenagers.
"""
DENIAL = """Embassy of the Islamic Republic of Iran in Brenn

15 June 2024

This claim is pure invention. We reject it. In 2022 our customs service was attacked from Brenn.

We have lodged a protest with the ministry.
"""
VENDOR = """Grantley Labs

GLASS EEL: three years inside a shipping register

20 May 2025

In February the registry of ships in Tarn called us in. What we found goes back to April 2022.

We assess with moderate confidence that GLASS EEL is the group that others call Mustang Panda.

On 3 March 2025 the registry cut the attackers off, changed all passwords and moved its mail to
another provider.
"""
RESTS_ON = (
    (INDICTMENT, "start", ("2021-06",)),
    (INDICTMENT, "end", ("2022-09",)),
    (INDICTMENT, "sponsor", ("Islamic Revolutionary Guard Corps",)),
    (INDICTMENT, "announcement_date", ("2024-03-12",)),
    (LIVE, "start", ("2024-02",)),
    (LIVE, "actor", ("The Iron Wolves",)),
    (LIVE, "attributor", ("Prime Minister Sara Holt",)),
    (LIVE, "extent", ("About 9,000 passengers",)),
    (LIVE, "prior_incident", ("In 2019 somebody shut down its car park for a day.",)),
    (WIRE, "announcement_date", ("Tuesday, by 02-06",)),
    (WIRE, "start", ("for seven months",)),
    (WIRE, "loss", ("11 million kronor",)),
    (WIRE, "attributor", ("Sweden",)),
    (VENDOR, "start", ("2022-04",)),
    (VENDOR, "end", ("2025-03-03",)),
    (DENIAL, "start", ()),
    (DENIAL, "response", ("We have lodged a protest with the ministry",)),
)  # fmt: skip
HELD = (
    (INDICTMENT, "victim", "Marrow Aerospace"),
    (INDICTMENT, "vector", "fake job offers"),
    (INDICTMENT, "data", "900,000 files"),
    (INDICTMENT, "response", "reward"),
    (WIRE, "victim", "rail traffic authority"),
    (WIRE, "response", "two embassy employees"),
    (WIRE, "response", "640 computers"),
    (WIRE, "prior_incident", "ticket machines"),
    (VENDOR, "actor", "GLASS EEL"),
    (VENDOR, "victim", "registry of ships"),
    (VENDOR, "response", "changed all passwords"),
    (VENDOR, "response", "another provider"),
    (DENIAL, "prior_incident", "customs service"),
)


@pytest.mark.parametrize(("text", "slot", "values"), RESTS_ON)
def test_a_text_rests_on_these_values(text: str, slot: str, values: tuple[str, ...]) -> None:
    facts = reading(text).facts
    assert tuple(f.value for f in facts if f.slot == slot and f.core) == values


@pytest.mark.parametrize(("text", "slot", "words"), HELD)
def test_a_text_rests_on_a_value_with_these_words(text: str, slot: str, words: str) -> None:
    facts = reading(text).facts
    assert any(words in f.value for f in facts if f.slot == slot and f.core)


def test_the_hour_at_the_head_of_an_entry_is_said_by_nobody() -> None:
    said = [s.speaker.stated for s in reading(LIVE).statements if s.speaker]
    assert "Prime Minister Sara Holt" in said


def test_a_ministry_that_summons_is_not_the_ambassadors() -> None:
    text = (
        "Baltic Wire\n\n3 May 2024\n\nBrenn accused Russia of it.\n\n"
        "The foreign ministry summoned the Russian ambassador.\n"
    )
    (said,) = (s for s in reading(text).statements if s.act.value == "summon")
    assert said.speaker is not None
    assert said.speaker.country != "RUS"
