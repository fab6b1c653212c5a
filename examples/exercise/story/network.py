"""What the ministry's proxy and its DNS sensor wrote down.

Spec: https://www.w3.org/TR/WD-logfile.html (extended log format, times in UTC)
Spec: https://docs.zeek.org/en/master/logs/dns.html (JSON, one object a line)
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from story.office import SITES
from story.world import (
    DROP,
    FALLBACK,
    FILE_SERVER_ADDRESS,
    ILSA,
    JORUN,
    LOOKALIKE,
    MARK,
    NOTICE,
    TOMAS,
    Dice,
    Person,
    at,
    contacts,
    office_days,
    office_time,
    packing_days,
)

FIELDS = (
    "date", "time", "time-taken", "c-ip", "cs-username", "cs-method", "cs-uri-scheme", "cs-host",
    "cs-uri-port", "cs-uri-path", "cs-uri-query", "sc-status", "cs-bytes", "sc-bytes",
    "rs(Content-Type)", "cs(User-Agent)",
)  # fmt: skip
BROWSER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/118.0 Safari/537.36 Edg/118.0"
)
OUTLOOK = "Mozilla/4.0 (compatible; ms-office; MSOffice 16)"
CLIENT = "Microsoft SkyDriveSync 23.209.1008.0002 ship; Windows NT 10.0 (19045)"
LIBRARY = "Go-http-client/1.1"
CARRIER = "rclone/v1.63.1"
PATHS = ("/", "/today", "/world", "/search", "/timetable", "/programme", "/style.css", "/photo.jpg")
RESOLVER = "10.20.0.5"


@dataclass(frozen=True, slots=True)
class Request:
    """One line of the proxy: who asked whom for what, and how many bytes went out and came in."""

    when: datetime
    address: str
    user: str
    method: str
    host: str
    path: str
    query: str
    agent: str
    sent: int
    received: int
    kind: str = "text/html"
    millis: int = 120


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the DNS and its answers."""

    when: datetime
    address: str
    name: str
    record: str
    answers: tuple[str, ...]


def proxy_log() -> str:
    """Return the proxy's log, oldest line first."""
    requests = sorted([*_browsing(), *_intruders_requests()], key=lambda r: (r.when, r.host))
    head = (
        "#Software: EXERCISE proxy 1.0\n#Version: 1.0\n"
        f"#Remark: {NOTICE}\n#Date: 2023-09-04 05:00:00\n#Fields: {' '.join(FIELDS)}\n"
    )
    return head + "".join(_line(request) for request in requests)


def dns_log() -> str:
    """Return the sensor's log, oldest question first."""
    questions = sorted([*_everyday_names(), *_intruders_names()], key=lambda q: (q.when, q.name))
    return "".join(_object(question) for question in questions)


def _browsing() -> Iterator[Request]:
    dice = Dice("browsing")
    for day in office_days():
        for person in (ILSA, TOMAS, JORUN):
            if dice.happens(percent=12):
                continue
            for _ in range(dice.between(2, 5)):
                yield _visit(office_time(day, dice), person, dice)


def _visit(when: datetime, person: Person, dice: Dice) -> Request:
    host, _ = dice.one_of(SITES)
    cloud = "office" in host or "graph" in host
    method = "POST" if cloud else "GET"
    path = "/v1.0/me/drive/root/delta" if cloud else dice.one_of(PATHS)
    sent = dice.between(700, 2600) + (dice.below(400_000) if cloud else 0)
    agent = CLIENT if cloud else BROWSER
    return Request(
        when, person.address, person.account, method, host, path, "-", agent, sent,
        dice.between(900, 180_000), millis=dice.between(20, 900),
    )  # fmt: skip


def _intruders_requests() -> Iterator[Request]:
    yield from _pixels()
    yield from _lure()
    yield from _calls_home()
    yield from _carried_away()


def _pixels() -> Iterator[Request]:
    for clock, person, token in (
        ("2023-09-12 08:52:40", ILSA, "7f3a91"),
        ("2023-09-12 12:07:15", ILSA, "7f3a91"),
        ("2024-02-27 07:58:03", TOMAS, "b20c44"),
    ):
        yield Request(
            at(clock), person.address, person.account, "GET", f"img.{LOOKALIKE}", "/o.gif",
            f"u={token}", OUTLOOK, 612, 43, "image/gif",
        )  # fmt: skip


def _lure() -> Iterator[Request]:
    yield Request(
        at("2023-09-19 09:34:22"), ILSA.address, ILSA.account, "GET", f"dl.{LOOKALIKE}",
        "/seating/ps", "-", LIBRARY, 512, 486_340, "application/octet-stream", 1840,
    )  # fmt: skip


def _calls_home() -> Iterator[Request]:
    """Yield how the implant asks and answers through a folder of a cloud drive."""
    dice = Dice("orders")
    for when in contacts():
        for later, method, sent, received in (
            (0, "GET", 803, dice.between(400, 900)),
            (2, "PUT", dice.between(1200, 9000), 402),
        ):
            yield Request(
                when + timedelta(seconds=later), ILSA.address, ILSA.account, method,
                "graph.microsoft.com", "/v1.0/drives/b1/root:/in/7f3a91:/content", "-", LIBRARY,
                sent, received, "application/json", 340,
            )  # fmt: skip


def _carried_away() -> Iterator[Request]:
    dice = Dice("carried away")
    for number, when in enumerate(packing_days(), 1):
        start = when + timedelta(minutes=11, seconds=7 * number + 3)
        for part in range(1, dice.between(3, 6)):
            yield Request(
                start + timedelta(seconds=70 * part), FILE_SERVER_ADDRESS, "-", "PUT", DROP,
                f"/in/p{number:02}.part{part}.rar", "-", CARRIER, 41_943_712, 310, "-", 64_000,
            )  # fmt: skip


def _everyday_names() -> Iterator[Question]:
    dice = Dice("names")
    for day in office_days():
        for _ in range(dice.between(4, 9)):
            name, address = dice.one_of(SITES)
            who = dice.one_of((ILSA, TOMAS, JORUN)).address
            yield Question(office_time(day, dice), who, name, "A", (address,))
        if dice.happens(percent=20):
            policy = "_dmarc.mfa.sundmark.example"
            yield Question(
                office_time(day, dice), "10.20.0.25", policy, "TXT", ("v=DMARC1; p=reject",)
            )


def _intruders_names() -> Iterator[Question]:
    names = (("2023-09-12 08:52:39", "img"), ("2023-09-19 09:34:21", "dl"))
    for clock, label in names:
        yield Question(at(clock), ILSA.address, f"{label}.{LOOKALIKE}", "A", ("198.51.100.7",))
    for when in contacts():
        yield Question(when, ILSA.address, "graph.microsoft.com", "A", ("192.0.2.101",))
    for number, when in enumerate(packing_days(), 1):
        asked = when + timedelta(minutes=11, seconds=7 * number + 1)
        yield Question(asked, FILE_SERVER_ADDRESS, DROP, "A", ("203.0.113.80",))
    yield from _fallback()


def _fallback() -> Iterator[Question]:
    """Yield what the implant said through the DNS on two days when the proxy was down."""
    dice = Dice("fallback")
    for begin in (at("2024-10-22 11:04:00"), at("2024-10-23 10:31:00")):
        when = begin
        for number in range(60):
            label = base64.b32encode(hashlib.sha256(f"{begin}{number}".encode()).digest())
            name = f"{label.decode().rstrip('=').lower()}.{FALLBACK}"
            yield Question(when, ILSA.address, name, "TXT", ("b2s=",))
            when += timedelta(seconds=dice.between(20, 200))


def _line(request: Request) -> str:
    cells = (
        f"{request.when:%Y-%m-%d}", f"{request.when:%H:%M:%S}", str(request.millis),
        request.address, request.user, request.method, "https", request.host, "443",
        request.path, request.query, "200", str(request.sent), str(request.received),
        request.kind, f'"{request.agent}"',
    )  # fmt: skip
    return " ".join(cells) + "\n"


def _object(question: Question) -> str:
    digest = hashlib.sha256(f"{MARK}{question}".encode()).hexdigest()
    moment = question.when.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    said = {
        "_path": "dns", "_system_name": f"{MARK}-sensor", "ts": moment, "uid": f"C{digest[:16]}",
        "id.orig_h": question.address, "id.orig_p": 49152 + int(digest[16:20], 16) % 16000,
        "id.resp_h": RESOLVER, "id.resp_p": 53, "proto": "udp", "query": question.name,
        "qclass": 1, "qclass_name": "C_INTERNET", "qtype_name": question.record,
        "rcode": 0, "rcode_name": "NOERROR", "AA": False, "RD": True, "RA": True,
        "answers": list(question.answers), "rejected": False,
    }  # fmt: skip
    return json.dumps(said, separators=(",", ":")) + "\n"
