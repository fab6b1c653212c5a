"""The world of the exercise: who works where, when, and dice that fall the same way each time.

Why: nothing here is real. Domains end in .example or .test (RFC 2606), public addresses are
documentation ranges (RFC 5737), the two countries and everybody in them are invented.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TypeVar

T = TypeVar("T")

MARK = "EXERCISE"
NOTICE = "EXERCISE - EVERYTHING IN THIS FILE IS INVENTED"
HOME = timezone(timedelta(hours=2))  # Sundmark keeps one time all the year round
FIRST_DAY = date(2023, 9, 4)
LAST_DAY = date(2025, 3, 7)
HOLIDAYS = frozenset(
    {(1, 1), (1, 2), (5, 1), (6, 21), (12, 24), (12, 25), (12, 26), (12, 27), (12, 31)}
)
# The collector of Windows events stood still while it was moved to new hardware.
GAP = (datetime(2024, 7, 29, 4, 0, tzinfo=UTC), datetime(2024, 8, 18, 16, 0, tzinfo=UTC))

DOMAIN = "MFASUN"
MAIL_DOMAIN = "mfa.sundmark.example"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the ministry: account, desk, and the machine on it."""

    account: str
    name: str
    desk: str
    host: str
    address: str  # of the machine

    @property
    def mail(self) -> str:
        """The person's mail address and cloud identity."""
        return f"{self.account}@{MAIL_DOMAIN}"


ILSA = Person("ibrandvold", "Ilsa Brandvold", "protocol", "WS-PROT-07", "10.20.4.7")
TOMAS = Person("tarkell", "Tomas Arkell", "minister's office", "WS-CAB-02", "10.20.4.2")
JORUN = Person("jvasslid", "Jorun Vasslid", "administration", "ADM-01", "10.20.2.4")
STAFF = (ILSA, TOMAS, JORUN)
ADMIN = "jvasslid.adm"  # the administrator's account for machines, stolen in the story

FILE_SERVER, FILE_SERVER_ADDRESS = "FS01", "10.20.0.10"
CONTROLLER, CONTROLLER_ADDRESS = "DC01", "10.20.0.5"
SECOND_CONTROLLER, SECOND_CONTROLLER_ADDRESS = "DC02", "10.20.0.6"

# The intruders' side.
LOOKALIKE = "hallen-forum.example"  # the true one is hallenforum.example
DROP = "webdav.cloudcrate.example"
FALLBACK = "t.quietharbour.test"
FAR_SIDE = "203.0.113.77"
NEST = r"C:\ProgramData\PrintSync"


class Dice:
    """Choices that depend on the name and on nothing else: not on clock, machine or version."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._throws = 0

    def below(self, limit: int) -> int:
        """Return a whole number in [0, limit)."""
        self._throws += 1
        digest = hashlib.sha256(f"{MARK}/{self._name}/{self._throws}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % limit

    def between(self, low: int, high: int) -> int:
        """Return a whole number in [low, high]."""
        return low + self.below(high - low + 1)

    def one_of(self, options: Sequence[T]) -> T:
        """Return one of the options."""
        return options[self.below(len(options))]

    def happens(self, *, percent: int) -> bool:
        """Say whether something with that chance happens."""
        return self.below(100) < percent


def at(text: str) -> datetime:
    """Return the instant of `2023-09-12 08:41:07`, a time in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def days() -> Iterator[date]:
    """Yield every day of the story."""
    day = FIRST_DAY
    while day <= LAST_DAY:
        yield day
        day += timedelta(days=1)


def office_days() -> Iterator[date]:
    """Yield the days on which the ministry works."""
    return (day for day in days() if day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS)


def office_time(day: date, dice: Dice) -> datetime:
    """Return an instant in office hours, half past seven to six, thinner at noon and late."""
    hour = dice.one_of(
        (7, 8, 8, 8, 9, 9, 9, 10, 10, 10, 11, 11, 12, 13, 13, 14, 14, 15, 15, 16, 17)
    )
    minute = dice.between(30, 59) if hour == 7 else dice.below(60)
    local = datetime.combine(day, time(hour, minute, dice.below(60)), HOME)
    return (local + timedelta(milliseconds=dice.below(1000))).astimezone(UTC)


def in_gap(when: datetime) -> bool:
    """Say whether the collector of Windows events stood still."""
    return GAP[0] <= when < GAP[1]


def contacts() -> Iterator[datetime]:
    """Yield the instants at which the implant calls home: every two to five days, day or night."""
    dice = Dice("contacts")
    when = at("2023-09-19 09:41:12")
    while when < at("2025-02-26 12:00:00"):
        yield when
        when += timedelta(
            days=dice.between(2, 4), minutes=dice.below(1440), milliseconds=dice.below(60_000)
        )


def packing_days() -> tuple[datetime, ...]:
    """Return when the intruders pack and carry away what they gathered, once a month."""
    return tuple(
        at(f"{day} 13:{minute:02}:04")
        for day, minute in (
            ("2024-04-17", 22), ("2024-05-22", 41), ("2024-06-19", 8), ("2024-07-17", 35),
            ("2024-09-18", 12), ("2024-10-16", 51), ("2024-11-20", 17), ("2024-12-18", 44),
            ("2025-01-22", 29),
        )
    )  # fmt: skip
