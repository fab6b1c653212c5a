"""Indicators and names in texts of our own writing, with values that must be held back."""

from __future__ import annotations

import pytest

from stopa.model.statement import MentionKind
from tests.statements.sample import reading

FOUND = (
    ("C2: 198.51.100[.]7", "198.51.100.7"),
    ("It called hxxps://bad.example[.]net/a/b daily.", "https://bad.example.net/a/b"),
    ("beacon to update-check[.]org", "update-check.org"),
    ("MD5 0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef"),
    ("the flaw CVE-2023-23397 was used", "CVE-2023-23397"),
    ("It dropped winlog.dll there.", "winlog.dll"),
    ("mail from boss[@]bad-mail[.]com", "boss@bad-mail.com"),
    (r"persisted in HKLM\Software\Run\Upd", r"HKLM\Software\Run\Upd"),
)


@pytest.mark.parametrize(("text", "value"), FOUND)
def test_an_indicator_is_found_and_refanged(text: str, value: str) -> None:
    (found,) = reading(text).indicators
    assert found.value == value
    assert found.where.span is not None
    start, end = found.where.span
    assert text[start:end] == found.printed


BENIGN = (
    "Contact: press@ministry.example",
    "Read more at www.example.com or https://www.reuters.com/article",
    "Version 10.0.19045 and firmware 2.1.3.4 are affected.",
    "The year 2021 saw 1,140 servers hit; that is 3.14 per cent.",
    "Microsoft Outlook and SolarWinds.Orion were named.",
    "Hash of nothing: 00000000000000000000000000000000",
    "The minister spoke at 10:30 in Prague.",
)


@pytest.mark.parametrize("text", BENIGN)
def test_benign_values_are_held_back(text: str) -> None:
    assert reading(text).indicators == ()


def test_an_alias_shared_by_vendors_gives_all_its_meanings() -> None:
    (found,) = [m for m in reading("It was APT28.").mentions if m.kind is MentionKind.ACTOR]
    assert len(found.candidates) > 1


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("They used T1566.001 first.", "T1566.001"),
        ("They left web shells on the servers.", "T1505.003"),
        ("It fell to password spraying.", "T1110.003"),
    ],
)
def test_techniques_are_found_by_id_and_in_prose(text: str, id_: str) -> None:
    found = [m for m in reading(text).mentions if m.kind is MentionKind.TECHNIQUE]
    assert [m.candidates for m in found] == [(id_,)]


def test_ordinary_words_are_no_malware() -> None:
    text = "In March the Council met in Empire Hall to play and net a result."
    assert [m for m in reading(text).mentions if m.kind is MentionKind.SOFTWARE] == []


def test_a_shouted_word_names_no_software() -> None:
    text = "NOTICE - EVERYTHING IN THIS FILE IS A DRAFT.\n\nThe ministry said nothing on Friday."
    assert [m for m in reading(text).mentions if m.kind is MentionKind.SOFTWARE] == []


def test_software_in_capitals_is_named_among_plain_words() -> None:
    text = "The server held RAINDROP and nothing else, the ministry said on Friday."
    named = [m.printed for m in reading(text).mentions if m.kind is MentionKind.SOFTWARE]
    assert named == ["RAINDROP"]


@pytest.mark.parametrize(
    "text",
    ["They ran Route and Netstat on the host.", "Cards were sold on Joker's Stash for years."],
)
def test_a_command_and_a_longer_name_are_no_malware(text: str) -> None:
    assert [m for m in reading(text).mentions if m.kind is MentionKind.SOFTWARE] == []
