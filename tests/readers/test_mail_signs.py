"""The way of a message, its signatures and the names in it show what its sender would hide."""

from __future__ import annotations

import pytest

from stopa.readers._hops import hops, path, reversals
from stopa.readers._look_alikes import look_alikes, punycode


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


NEAR = ("rninistry.cz", "minlstry.cz", "ministry.com", "ministry.cz.kurier.net",
        "xn--mnstry-p9a555d.cz", "mnistry.cz")  # fmt: skip
FAR = ("mail.ministry.cz", "ministry.cz", "minister.org", "kurier.net", "history.cz", "cz", "")


@pytest.mark.parametrize("host", NEAR)
def test_a_name_made_to_be_taken_for_ours_is_told(host: str) -> None:
    assert look_alikes([host], ["mail.ministry.cz"])


@pytest.mark.parametrize("host", FAR)
def test_our_own_names_and_others_are_not(host: str) -> None:
    assert look_alikes([host], ["mail.ministry.cz"]) == []


def test_short_names_are_near_to_everything_and_so_to_nothing() -> None:
    assert look_alikes(["pot.net", "pod"], ["pod.cz", "pot"]) == []


def test_punycode_is_shown_as_a_screen_shows_it() -> None:
    told = punycode(["kurier.net", "xn--80ak6aa92e.com"])
    assert told == ["xn--80ak6aa92e.com looks like аррӏе.com"]
    (mixed,) = punycode(["p\u0430ypal.com"])
    assert mixed.endswith("(mixed scripts)")
    assert punycode(["xn--\u0430", "xn--99999999999"]) is not None
