"""The way of a message from server to server, as the servers wrote it on top of one another.

Spec: https://www.rfc-editor.org/rfc/rfc5321#section-4.4 (trace information)
Why: times that run backwards, and hops that nobody else vouches for, show a made-up header.
Trap: all below the first server of one's own can be written by the sender.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from stopa.readers._headers import read_date

FROM = re.compile(r"^\s*from\s+(\S{1,255})", re.IGNORECASE)
BY = re.compile(r"\bby\s+(\S{1,255})", re.IGNORECASE)
ADDRESS = re.compile(r"\[(?:IPv6:)?([0-9A-Fa-f:.]{3,45})\]", re.IGNORECASE)
HOPS = 100
SLACK = timedelta(minutes=5)  # clocks of well kept servers differ by no more


@dataclass(frozen=True, slots=True)
class Hop:
    """One handing over. `address` is what the receiving server saw, `time` when, if it says so."""

    sender: str
    address: str
    receiver: str
    time: datetime | None


def hops(received: list[str]) -> list[Hop]:
    """Return the way in the order of time: the sender's first."""
    return [_hop(field) for field in reversed(received[:HOPS])]


def path(way: list[Hop]) -> list[str]:
    """Return the way as lines of text."""
    return [
        f"{hop.sender or '?'} [{hop.address or '?'}] -> {hop.receiver or '?'}"
        f" {hop.time.isoformat() if hop.time else 'without a time'}"
        for hop in way
    ]


def reversals(way: list[Hop]) -> list[str]:
    """Return where time runs backwards by more than clocks differ."""
    timed = [hop for hop in way if hop.time is not None]
    return [
        f"{later.receiver or '?'} is {_minutes(first.time - later.time)} before"
        f" {first.receiver or '?'}"
        for first, later in pairwise(timed)
        if first.time and later.time and first.time - later.time > SLACK
    ]


def _hop(field: str) -> Hop:
    route, _, stamp = field.rpartition(";")
    sender, receiver, address = (found.search(route or field) for found in (FROM, BY, ADDRESS))
    return Hop(
        sender[1].strip("();").lower() if sender else "",
        address[1] if address else "",
        receiver[1].strip("();").lower() if receiver else "",
        read_date(stamp),
    )


def _minutes(time: timedelta) -> str:
    return f"{int(time.total_seconds() // 60)} minutes"
