"""Formats that are known by their first bytes and not read: what they are, and what to do.

Why: "no reader knows this" sends an analyst to write a reader; an archive only has to be unpacked.
"""

from __future__ import annotations

UNPACK = "unpack it with another tool and hand in what comes out"
EXPORT = "export its messages as .eml or mbox and hand those in"
REPLAY = "let Zeek or Suricata read it and hand in their logs"
DUMP = "export its tables as CSV or JSON lines and hand those in"
RUN = "it is kept with its hash, matched with indicators and, with --yara, searched"
KNOWN = (
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive", UNPACK),
    (0, b"\x04\x22\x4d\x18", "an LZ4 archive", UNPACK),
    (0, b"MSCF\0\0\0\0", "a cabinet archive", UNPACK),
    (0, b"!BDN", "an Outlook data file", EXPORT),
    (0, b"\xd4\xc3\xb2\xa1", "a packet capture", REPLAY),
    (0, b"\xa1\xb2\xc3\xd4", "a packet capture", REPLAY),
    (0, b"\x0a\x0d\x0d\x0a", "a packet capture", REPLAY),
    (0, b"SQLite format 3\0", "an SQLite database", DUMP),
    (4, b"\xef\xcd\xab\x89", "a Jet database (ESE)", DUMP),
    (0, b"regf", "a registry hive", DUMP),
    (0, b"MZ", "a Windows program", RUN),
    (0, b"\x7fELF", "a Linux program", RUN),
)


def known_as(head: bytes) -> tuple[str, str] | None:
    """Return what a file is by its first bytes, and what to do with it; None of all others."""
    for offset, mark, what, hint in KNOWN:
        if head[offset : offset + len(mark)] == mark:
            return what, hint
    return None
