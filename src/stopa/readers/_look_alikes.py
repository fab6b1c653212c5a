"""Names of hosts that are made to be taken for others.

Spec: https://www.unicode.org/reports/tr39/ (confusables, mixed scripts); RFC 3492 (punycode)
Why: the names that a message is addressed to are those that its reader trusts.
Trap: a name under one's own domain is no look-alike, and short names are near to everything.
"""

from __future__ import annotations

import re
from unicodedata import name as letter_name

# Letters of other scripts, and pairs, that look like Latin ones; the project's own short list.
ALIKE = str.maketrans("аеорсухіјѕԁӏһԛԝαοενρτυıօոսɑɡ01|5", "aeopcyxijsdlhqwaoevptuionuagolls")
PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("nn", "m"))
SHORTEST = 5  # letters of a name that another can be near to
NAMES = 500  # of one message
SECOND_LEVEL = frozenset("co com net org gov gob gouv edu ac mil or ne go".split())  # noqa: SIM905


def registered(host: str) -> str:
    """Return the part of a name that somebody registered: its last two labels, or three."""
    labels = host.lower().strip(".").split(".")
    if len(labels) > 2 and labels[-2] in SECOND_LEVEL and len(labels[-1]) == 2:
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])


def shown(host: str) -> str:
    """Return a name as a screen shows it, its punycode decoded where it is sound."""
    return ".".join(_decoded(label) for label in host.lower().split("."))


def punycode(hosts: list[str]) -> list[str]:
    """Return the names that hold punycode, and what they look like; mixed scripts are said."""
    found = []
    for host in hosts:
        seen = shown(host)
        if seen != host.lower() or not host.isascii():
            mixed = " (mixed scripts)" if any(map(_is_mixed, seen.split("."))) else ""
            found.append(f"{host} looks like {seen}{mixed}")
    return found


def look_alikes(hosts: list[str], own: list[str]) -> list[str]:
    """Return the names that are near to one of the own ones without being under it."""
    trusted = sorted({registered(host) for host in own if "." in host})
    found = []
    for host in dict.fromkeys(hosts[:NAMES]):
        site = registered(host)
        if site in trusted:
            continue
        for mine in trusted:
            if why := _near(site, mine, host):
                found.append(f"{host} {why} {mine}")
                break
    return found


def _near(site: str, mine: str, host: str) -> str:
    name, own = site.partition(".")[0], mine.partition(".")[0]
    seen = shown(site).partition(".")[0]
    if len(own) < SHORTEST:
        return ""
    if name == own:
        return "has another ending than"
    if _skeleton(seen) == _skeleton(own):
        return "looks like"
    if _distance(seen, own) <= (1 if len(own) < 10 else 2):
        return "is a slip away from"
    if re.search(rf"(?:^|[.-]){re.escape(own)}(?:[.-]|$)", host.lower()):
        return "holds the name of"
    return ""


def _skeleton(name: str) -> str:
    plain = name.translate(ALIKE)
    for pair, one in PAIRS:
        plain = plain.replace(pair, one)
    return plain


def _distance(one: str, other: str) -> int:
    """Return how many letters are to be changed, added, left out or swapped (up to 3)."""
    if abs(len(one) - len(other)) > 2 or len(one) > 63:
        return 3
    last: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = last, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label


def _is_mixed(label: str) -> bool:
    """Tell whether letters of several alphabets stand in a label."""
    scripts = {letter_name(letter, "? ?").split(" ")[0] for letter in label if letter.isalpha()}
    return len(scripts - {"CJK", "HIRAGANA", "KATAKANA"}) > 1
