"""Write the samples of Outlook messages: `python -m tests.readers.msg_samples`.

All names are fictional, domains end in `.invalid`, addresses are from the ranges for documentation.
"""

from __future__ import annotations

from datetime import UTC, datetime

from tests.readers.found import DATA
from tests.readers.msg_writer import Message, Storage, compound_file, message, packed_rtf

HEADERS = (
    "Received: from relay.harbour.invalid (relay.harbour.invalid [192.0.2.7])\r\n"
    "\tby mx.ministry.invalid with ESMTPS; Tue, 4 May 2021 09:12:44 +0200\r\n"
    "Received: from [198.51.100.23] by relay.harbour.invalid; Tue, 4 May 2021 07:12:40 +0000\r\n"
    "Authentication-Results: mx.ministry.invalid; spf=softfail; dkim=none; dmarc=fail\r\n"
    'From: "Protocol Office" <protocol@rninistry.invalid>\r\n'
    "To: Mira Holm <mira.holm@ministry.invalid>\r\n"
    "Reply-To: protocol.office@post.invalid\r\n"
    "Subject: =?utf-8?Q?Pozv=C3=A1nka?=\r\n"
    "Date: Tue, 4 May 2021 09:12:41 +0200\r\n"
    "Message-ID: <20210504@rninistry.invalid>\r\n"
    "MIME-Version: 1.0\r\n\r\n"
)
PAGE = (
    "<html><body><p>Dear Mira, the list of guests has changed.</p>"
    "<p>See <a href='https://harbour-files.invalid/list.zip'>www.ministry.invalid/guests</a>"
    " before Friday, or write to the protocol office.</p>"
    "<img src='https://harbour-files.invalid/p.gif?u=mira' width=1 height=1></body></html>"
)
BODY = "Dear Mira, the list of guests has changed.\r\nSee www.ministry.invalid/guests.\r\n"
ANSWER = (
    r"{\rtf1\ansi\ansicpg1250\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}}"
    r"{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 D\'e1le \'9alo o \u382?\'e1dost. {\*\htmltag84 <a href="
    '"https://archive.invalid/old">}the archive\\htmlrtf }\\htmlrtf0 {\\*\\htmltag92 </a>}\\par'
    r"{\*\htmltag72 </p>}}"
)


def lure() -> Storage:
    """A mail that was received: headers of servers, two bodies, two attachments."""
    pdf = Message({0x3707: "guests.pdf.js", 0x370E: "text/javascript"}, binary={0x3701: b"// x\n"})
    zipped = Message({0x3704: "LIST~1.BIN", 0x3707: "list.bin"}, binary={0x3701: b"bin " * 1500})
    return message(
        Message(
            {0x001A: "IPM.Note", 0x0037: "Pozvánka", 0x007D: HEADERS, 0x1000: BODY},
            binary={0x1013: PAGE.encode()},
            fixed={
                0x3FDE: 65001,
                0x0E06: datetime(2021, 5, 4, 7, 12, 45, tzinfo=UTC),
                0x3007: datetime(2021, 5, 4, 7, 13, 0, tzinfo=UTC),
            },
            recipients=(recipient(1, "Mira Holm", "mira.holm@ministry.invalid"),),
            attachments=(pdf, zipped),
        )
    )


def sent() -> Storage:
    """A mail that was sent inside of Exchange, with another message in it; no server wrote."""
    inner = Message(
        {0x001A: "IPM.Note", 0x0037: "Re: quay 7", 0x1000: "No ship came to quay 7.\r\n",
         0x0042: "Harbour master", 0x5D02: "master@harbour.invalid"},
        fixed={0x0039: datetime(2021, 5, 3, 16, 30, 0, tzinfo=UTC)},
    )  # fmt: skip
    return message(
        Message(
            {0x001A: "IPM.Note", 0x0042: "Holm\r\nX-Forged: yes, Mira", 0x0065: "/O=MIN/CN=MIRA",
             0x5D02: "mira.holm@ministry.invalid", 0x1035: "<77@ministry.invalid>"},
            narrow={0x0037: "Žádost o přístup".encode("cp1250")},
            binary={0x1009: packed_rtf(ANSWER.encode("ascii"))},
            fixed={0x3FFD: 1250, 0x0039: datetime(2021, 5, 4, 11, 0, 0, tzinfo=UTC)},
            recipients=(
                recipient(1, "Jan Břeh", "jan.breh@harbour.invalid"),
                recipient(2, "Archive", "/O=MIN/CN=ARCHIVE", 0x3003),
                recipient(3, "Mira Holm", "mira.holm@ministry.invalid"),
            ),
            attachments=(
                Message({0x3001: "Re: quay 7"}, fixed={0x3705: 5}, embedded=inner),
                Message({0x3001: "a picture in the text"}, fixed={0x3705: 6}),
            ),
        )
    )  # fmt: skip


def recipient(kind: int, name: str, address: str, tag: int = 0x39FE) -> Message:
    """One recipient: 1 is To, 2 Cc, 3 Bcc."""
    return Message({0x3001: name, tag: address}, fixed={0x0C15: kind})


SAMPLES = {
    "lure": compound_file(lure(), scattered=7),
    "sent": compound_file(sent()),
    "cut": compound_file(lure(), scattered=7)[:9000],
}


if __name__ == "__main__":
    for name, content in SAMPLES.items():
        (DATA / "msg" / name).mkdir(parents=True, exist_ok=True)
        (DATA / "msg" / name / "input.msg").write_bytes(content)
