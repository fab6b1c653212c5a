"""The way of a message, its signatures and the names in it show what its sender would hide."""

from __future__ import annotations

import pytest

from stopa.readers._hops import hops, path, reversals
from stopa.readers._look_alikes import look_alikes, punycode, trusted


def test_the_way_is_told_from_the_sender_on_and_times_that_run_back_are_said() -> None:
    received = [
        "from relay.kurier.net (relay [81.2.3.4]) by mx.example.cz with ESMTP;"
        " Mon, 4 Mar 2024 10:00:00 +0100",
        "from pc (unknown [192.168.1.5]) by relay.kurier.net; Mon, 4 Mar 2024 09:30:00 +0000",
    ]
    way = hops(received)
    assert path(way) == [
        "pc [192.168.1.5] -> relay.kurier.net 2024-03-04T09:30:00+00:00",
        "relay.kurier.net [81.2.3.4] -> mx.example.cz 2024-03-04T09:00:00+00:00",
    ]
    assert reversals(way) == ["mx.example.cz is 30 minutes before relay.kurier.net"]
    assert reversals(hops(["by mx; Mon, 4 Mar 2024 10:00:00", "no way at all"])) == []


KNOWN = trusted(["mail.ministry.cz"], ["harbour-authority.org", "cz.bank"], ["desk.kurier.net"])
NEAR = {
    "pairs of letters": "rninistry.cz",
    "a slip": "minlstry.cz",
    "a letter left out": "mnistry.cz",
    "letters swapped": "mniistry.cz",
    "another ending": "ministry.com",
    "ours before another's": "ministry.cz.files.net",
    "a word behind a hyphen": "secure-ministry.cz",
    "a word and no hyphen": "ministrylogin.cz",
    "a word that holds a pair": "ministrycloud.cz",
    "a hyphen": "mini-stry.cz",
    "Cyrillic letters": "міnіѕtrу.cz",
    "punycode of them": "xn--mnstry-p9a555d.cz",
    "an accent": "minístry.cz",
    "letters as wide as others": "ｍinistry.cz",
    "a peer's": "harbor-authority.org",
    "of whom the message is to": "kurier.com",
}
FAR = ("mail.ministry.cz", "ministry.cz", "minister.org", "history.cz", "cz", "", "administry.cz",
       "ministrymuseum.cz", "www.kurier.net", "bank.cz", "harbour-authority.org")  # fmt: skip


@pytest.mark.parametrize("host", NEAR.values(), ids=NEAR)
def test_a_name_made_to_be_taken_for_a_trusted_one_is_told(host: str) -> None:
    assert look_alikes([host], KNOWN)


@pytest.mark.parametrize("host", FAR)
def test_our_own_names_and_others_are_not(host: str) -> None:
    assert look_alikes([host], KNOWN) == []


def test_a_name_is_not_trusted_because_the_sender_addresses_it_too() -> None:
    cunning = trusted(["ministry.cz"], [], ["ministry.cz", "rninistry.cz"])
    assert look_alikes(["rninistry.cz"], cunning) == ["rninistry.cz looks like ministry.cz"]
    two = trusted([], [], ["ministry.cz", "ministry.sk"])
    assert look_alikes(["ministry.sk"], two) == []


def test_short_names_are_near_to_everything_and_so_to_nothing() -> None:
    assert look_alikes(["pot.net", "pod"], trusted(["pod.cz", "pot"], [], [])) == []


@pytest.mark.parametrize(
    ("host", "own", "why"),
    [
        ("abc-cz.com", "abc.cz", "holds the name of"),
        ("abc.cz.login.example", "abc.cz", "holds the name of"),
        ("rnbc.cz", "mbc.cz", "looks like"),
        ("abc-gov.cz", "abc.cz", "adds a word to"),
        ("abcgov.cz", "abc.gov.cz", "holds the name of"),
        ("abd.cz", "abc.cz", ""),
        ("abc.sk", "abc.cz", ""),
        ("abcmusic.com", "abc.cz", ""),
        ("www.abc.cz", "abc.cz", ""),
    ],
)
def test_a_short_name_of_one_s_own_is_looked_for_whole(host: str, own: str, why: str) -> None:
    found = look_alikes([host], trusted([own], [], []))
    assert found == ([f"{host} {why} {own}"] if why else [])
    assert look_alikes([host], trusted([], [own], [])) == []


def test_punycode_is_shown_as_a_screen_shows_it() -> None:
    told = punycode(["kurier.net", "xn--80ak6aa92e.com"])
    assert told == ["xn--80ak6aa92e.com looks like аррӏе.com"]
    (mixed,) = punycode(["p\u0430ypal.com"])
    assert mixed.endswith("(mixed scripts)")
    assert punycode(["xn--\u0430", "xn--99999999999"]) is not None
