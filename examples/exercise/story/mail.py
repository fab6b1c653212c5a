"""Mail as the ministry's gateway kept it: two of the intruders' steps among honest letters.

Spec: https://www.rfc-editor.org/rfc/rfc5322 (message), rfc8601 (Authentication-Results)
"""

from __future__ import annotations

import base64
import textwrap
from dataclasses import dataclass

from story.world import ILSA, JORUN, LOOKALIKE, MAIL_DOMAIN, MARK, NOTICE, TOMAS

GATEWAY = f"mx.{MAIL_DOMAIN}"
FORUM = "hallenforum.example"
PASS = ("pass", "pass", "pass")


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail. `verdicts` are what the gateway says of SPF, DKIM and DMARC."""

    file: str
    date: str
    sender: str
    recipient: str
    subject: str
    bounce: str  # the envelope sender
    address: str  # of the machine that handed it in
    verdicts: tuple[str, str, str]
    text: str
    html: str = ""
    attachment: str = ""


LETTERS = (
    Letter(
        "01-forum-invitation.eml", "Tue, 12 Sep 2023 10:41:07 +0200",
        f"Hallen Security Forum <programme@{LOOKALIKE}>", ILSA.mail,
        "Hallen Security Forum 2023: save the date", f"bounce@{LOOKALIKE}", "198.51.100.7",
        ("pass", "none", "none"),
        "Dear Ms Brandvold,\n\nwe shall be glad to see your delegation again in October. The "
        "seating plan follows next week.\n\nThe organisers\n",
        "<p>Dear Ms Brandvold,</p><p>we shall be glad to see your delegation again in October. The "
        "seating plan follows next week.</p><p>The organisers</p>"
        f'<img src="https://img.{LOOKALIKE}/o.gif?u=7f3a91" width="1" height="1" alt="">',
    ),
    Letter(
        "02-forum-seating-plan.eml", "Tue, 19 Sep 2023 11:20:33 +0200",
        f"Hallen Security Forum <programme@{FORUM}>", ILSA.mail,
        "Hallen Security Forum 2023: seating plan and programme", f"bounce@{LOOKALIKE}",
        "198.51.100.7", ("pass", "none", "fail"),
        f"Dear Ms Brandvold,\n\nplease find the seating plan attached, or here: "
        f"https://www.{FORUM}/seating\n\nThe organisers\n",
        "<p>Dear Ms Brandvold,</p><p>please find the seating plan attached, or here: "
        f'<a href="https://dl.{LOOKALIKE}/seating/plan.iso">https://www.{FORUM}/seating</a></p>'
        "<p>The organisers</p>",
        "Seating plan.iso",
    ),
    Letter(
        "03-forum-reminder.eml", "Tue, 27 Feb 2024 09:40:12 +0200",
        f"Hallen Security Forum <programme@{LOOKALIKE}>", TOMAS.mail,
        "Hallen Security Forum 2024: first announcement", f"bounce@{LOOKALIKE}", "198.51.100.7",
        ("pass", "none", "none"),
        "Dear Mr Arkell,\n\nthe Minister is once more expected to open the forum. May we write to "
        "you about the date?\n\nThe organisers\n",
        "<p>Dear Mr Arkell,</p><p>the Minister is once more expected to open the forum. May we "
        "write to you about the date?</p><p>The organisers</p>"
        f'<img src="https://img.{LOOKALIKE}/o.gif?u=b20c44" width="1" height="1" alt="">',
    ),
    Letter(
        "04-true-forum-programme.eml", "Thu, 21 Sep 2023 14:02:55 +0200",
        f"Hallen Security Forum <office@{FORUM}>", ILSA.mail,
        "Programme of the forum", f"office@{FORUM}", "192.0.2.50", PASS,
        f"Dear Ms Brandvold,\n\nthe programme is now at https://www.{FORUM}/programme\n",
        f'<p>Dear Ms Brandvold,</p><p>the programme is <a href="https://www.{FORUM}/programme">on '
        "our page</a>.</p>",
    ),
    Letter(
        "05-courier-newsletter.eml", "Mon, 09 Oct 2023 06:30:00 +0200",
        "Hallen Courier <news@hallencourier.example>", ILSA.mail,
        "The morning in five minutes", "bounces@hallencourier.example", "192.0.2.40", PASS,
        "Good morning. Today: the harbour bridge, the budget, the weather.\n",
        "<p>Good morning. Today: the harbour bridge, the budget, the weather.</p>"
        '<img src="https://news.hallencourier.example/logo.png" width="240" height="60" alt="">'
        '<img src="https://news.hallencourier.example/open?m=881" width="1" height="1" alt="">',
    ),
    Letter(
        "06-estmere-visit.eml", "Fri, 10 Nov 2023 16:11:40 +0200",
        '"Protocol, Federation of Estmere" <protocol@foreign.estmere.example>', ILSA.mail,
        "Visit of the Foreign Secretary: draft agenda", "protocol@foreign.estmere.example",
        "192.0.2.70", PASS,
        "Dear colleague,\n\na first agenda is attached. We think of two days in January.\n",
        attachment="Draft agenda.pdf",
    ),
    Letter(
        "07-maintenance-notice.eml", "Wed, 15 May 2024 15:00:21 +0200",
        f"Jorun Vasslid <{JORUN.mail}>", f"all-staff@{MAIL_DOMAIN}",
        "Maintenance of the servers on Thursday evening", JORUN.mail, "10.20.0.25", PASS,
        "Dear all,\n\non Thursday 16 May from 18:00 to 20:00 (+02:00) I shall look after DC01 and "
        "FS01: snapshots, logs, a new backup program, a crash of the intranet server. Please save "
        "your work before.\n\nJorun\n",
    ),
    Letter(
        "08-visa-question.eml", "Wed, 12 Jun 2024 11:25:09 +0200",
        "Runa Eskild <runa.eskild@post.example>", f"visa@{MAIL_DOMAIN}",
        "Question about a visa for a school choir", "runa.eskild@post.example", "192.0.2.90", PASS,
        "Dear Sir or Madam,\n\nhow long before the journey should thirty singers apply?\n",
    ),
)  # fmt: skip


def messages() -> dict[str, bytes]:
    """Return every mail as bytes, by file name."""
    return {letter.file: _message(letter) for letter in LETTERS}


def _message(letter: Letter) -> bytes:
    number = letter.file[:2]
    spf, dkim, dmarc = letter.verdicts
    domain = letter.sender.rsplit("@", 1)[1].rstrip(">")
    head = (
        f"Return-Path: <{letter.bounce}>",
        f"Received: from {letter.bounce.split('@')[1]} ([{letter.address}])",
        f"\tby {GATEWAY} with ESMTPS id {MARK}{number};",
        f"\t{letter.date}",
        f"Authentication-Results: {GATEWAY};",
        f"\tspf={spf} smtp.mailfrom={letter.bounce};",
        f"\tdkim={dkim} header.d={domain};",
        f"\tdmarc={dmarc} header.from={domain}",
        f"Date: {letter.date}",
        f"From: {letter.sender}",
        f"To: {letter.recipient}",
        f"Subject: {MARK}: {letter.subject}",
        f"Message-ID: <{MARK.lower()}-{number}@{letter.bounce.split('@')[1]}>",
        f"X-{MARK.capitalize()}: {NOTICE}",
        "MIME-Version: 1.0",
    )
    lines = [*head, *_body(letter, f"{MARK}-{number}")]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _body(letter: Letter, boundary: str) -> list[str]:
    parts = [_part("text/plain; charset=utf-8", letter.text)]
    if letter.html:
        parts.append(_part("text/html; charset=utf-8", f"<html><body>{letter.html}</body></html>"))
    kind = "multipart/alternative"
    if letter.attachment:
        parts.append(_attached(letter.attachment))
        kind = "multipart/mixed"
    lines = [f'Content-Type: {kind}; boundary="{boundary}"', ""]
    for part in parts:
        lines += [f"--{boundary}", *part]
    return [*lines, f"--{boundary}--"]


def _part(kind: str, text: str) -> list[str]:
    return [f"Content-Type: {kind}", "Content-Transfer-Encoding: 7bit", "", *text.splitlines()]


def _attached(name: str) -> list[str]:
    """Return a harmless text in the place of the story's disk image or document."""
    filling = base64.b64encode(f"{NOTICE}. This stands for the file {name}.\n".encode()).decode()
    return [
        f'Content-Type: application/octet-stream; name="{name}"',
        "Content-Transfer-Encoding: base64",
        f'Content-Disposition: attachment; filename="{name}"',
        "",
        *textwrap.wrap(filling, 76),
    ]
