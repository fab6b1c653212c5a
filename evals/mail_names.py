"""Names as they are made to be taken for others, by the ways in which that is done.

Why: look-alikes in real mail come without an answer sheet. These come with one: each is made out of
a known name by a way that those who register such names use; the reader's tables are not asked.
"""

from __future__ import annotations

from collections.abc import Callable

KNOWN = (
    "ministry.cz", "harbour-authority.org", "foreign-office.gov", "paypal.com", "microsoft.com",
    "europa.eu", "bundestag.de", "senat.fr", "zeitung.de", "postbank.de", "outlook.com",
    "dropbox.com", "linkedin.com", "wellsfargo.com", "ukrposhta.ua", "nato.int", "novinky.cz",
)  # fmt: skip
HOMOGLYPHS = {"a": "а", "e": "е", "o": "0", "i": "1", "l": "1", "c": "с", "p": "р", "s": "ѕ"}
KEYS = {"a": "sq", "e": "wr", "i": "uo", "o": "ip", "n": "bm", "t": "ry", "s": "ad", "r": "et"}

WAYS: dict[str, Callable[[str, str], list[str]]] = {
    "letters that look alike": lambda name, end: [
        f"{name.replace(a, b, 1)}.{end}" for a, b in HOMOGLYPHS.items() if a in name
    ],
    "pairs of letters": lambda name, end: [
        f"{name.replace(a, b, 1)}.{end}"
        for a, b in (("m", "rn"), ("w", "vv"), ("d", "cl"))
        if a in name
    ],
    "punycode": lambda name, end: [
        f"xn--{name.replace(a, b, 1).encode('punycode').decode()}.{end}"
        for a, b in HOMOGLYPHS.items()
        if a in name and not b.isascii()
    ],
    "a letter left out": lambda name, end: [
        f"{name[:n]}{name[n + 1 :]}.{end}" for n in range(1, len(name))
    ],
    "a letter doubled": lambda name, end: [
        f"{name[:n]}{name[n - 1 :]}.{end}" for n in range(1, len(name))
    ],
    "letters swapped": lambda name, end: [
        f"{name[:n]}{name[n + 1]}{name[n]}{name[n + 2 :]}.{end}"
        for n in range(len(name) - 1)
        if name[n] != name[n + 1]
    ],
    "a key beside": lambda name, end: [
        f"{name.replace(a, b, 1)}.{end}" for a, near in KEYS.items() for b in near if a in name
    ],
    "another ending": lambda name, end: [
        f"{name}.{new}" for new in ("com", "net", "info", "co") if new != end
    ],
    "a hyphen": lambda name, end: [
        f"{name[:n]}-{name[n:]}.{end}"
        for n in range(2, len(name) - 1)
        if "-" not in name[n - 1 : n + 1]
    ],
    "a word added": lambda name, end: [
        f"{word}.{end}"
        for word in (
            f"{name}-login",
            f"secure-{name}",
            f"{name}support",
            f"my{name}",
            f"{name}mail",
        )
    ],
    "the name before another": lambda name, end: [
        f"{name}.{end}.files-share.net",
        f"{name}.webhost.io",
    ],
}
