"""The way of a message, its signatures and the names in it show what its sender would hide."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import pytest

from stopa.readers._dkim import canonical_body, signatures
from stopa.readers._hops import hops, path, reversals
from stopa.readers._look_alikes import look_alikes, punycode

BODY = b"Dear all,\r\n\r\nsee  the \t plan. \r\n\r\n\r\n"


def field(body: bytes, how: str = "relaxed/relaxed", more: str = "") -> str:
    digest = b64encode(sha256(body).digest()).decode()
    folded = f"{digest[:20]} {digest[20:]}"
    return f"v=1; a=rsa-sha256; c={how}; d=Kurier.net; s=mail; {more} bh={folded}; b=x"


def test_a_body_is_hashed_as_the_specification_says() -> None:
    # RFC 6376, section 3.4.5, the example's body
    example = b" C \r\nD \t E\r\n\r\n\r\n"
    assert canonical_body(example, "relaxed") == b" C\r\nD E\r\n"
    assert canonical_body(example, "simple") == b" C \r\nD \t E\r\n"
    assert canonical_body(b"", "simple") == b"\r\n"
    assert canonical_body(b"", "relaxed") == b""


@pytest.mark.parametrize(
    ("said", "body", "expected"),
    [
        (field(b"Dear all,\r\n\r\nsee the plan.\r\n"), BODY, "unchanged"),
        (field(b"Dear all,\r\n\r\nsee the plan.\r\n"), BODY.replace(b"\r\n", b"\n"), "unchanged"),
        (field(b"Dear all,\r\n\r\nsee the plan.\r\n"), BODY + b"http://kurier.net", "changed"),
        (field(b"Dear all,\r\n\r\nsee  the \t plan. \r\n", "simple"), BODY, "unchanged"),
        (field(b"Dear", more="l=4;"), BODY, "unchanged"),
        ("v=1; a=rsa-sha256; d=kurier.net; s=mail; b=x", BODY, "not told"),
        ("", b"", "not told"),
    ],
)
def test_a_changed_body_shows_without_a_key(said: str, body: bytes, expected: str) -> None:
    (one,) = signatures([said], body)
    assert one.body == expected


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
