"""Names of hosts that are made to be taken for others.

Spec: https://www.unicode.org/reports/tr39/ (confusables, mixed scripts); RFC 3492 (punycode)
Why: the names that a message is addressed to are those that its reader trusts.
Trap: a name under one's own domain is no look-alike, and short names are near to everything: only
one's own are looked for, whole with their ending, or with words beside them under that ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from unicodedata import combining, normalize
from unicodedata import name as letter_name

# What is taken for a Latin letter, after compatibility forms and accents are undone: letters of
# Cyrillic, Greek, Armenian, Georgian, Coptic and phonetic alphabets, digits. UTS 39 lists them.
ALIKE_ROWS = """
    a аαɑ⍺ꭺ  b Ььƅƀ  c сϲᴄⲥ  d ԁɗɖ  e еҽεєℯ  f ƒꞙ  g ɡցɢ  h һհн  i іıɩιɪі  j јϳʝ  k κкᴋқ
    l ӏǀɭ1|  m мᴍ  n ոռηпŋ  o оοօ0ჿσꬽ  p рρⲣ  q ԛգզ  r гᴦⲅʀ  s ѕꜱʂ5  t тτᴛ  u υսᴜʋ
    v νѵᴠ  w ԝшωᴡѡ  x хχ×  y уγүყʏ  z ᴢʐ
"""
ALIKE = {
    ord(other): letter
    for letter, others in zip(*[iter(ALIKE_ROWS.split())] * 2, strict=True)
    for other in others
}
PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("nn", "m"))
ANOTHER_ENDING = "has another ending than"
SHORTEST = 5  # letters of a name that another can be near to by a slip
NAMES = 500  # of one message
SECOND_LEVEL = frozenset("co com net org gov gob gouv edu ac mil or ne go".split())  # noqa: SIM905
# Words that are put before or behind a name, so that it seems to be a service of its owner.
ADDED = """
    account accounts admin alert app auth billing cloud connect corp docs drive e-mail email file
    files gov government group help helpdesk home id info international it login mail mailbox meet
    my news notice office online owa pass password pay portal reset safe secure security service
    services share sharepoint signin sso support team update updates user verify vpn web webmail www
"""


@dataclass(frozen=True, slots=True)
class Trusted:
    """The names that a reader of a message trusts.

    `own` are never told of; `peers` are those that one writes to; `addressed` stand in the message,
    whose sender may have put them there.
    """

    own: frozenset[str] = frozenset()
    peers: frozenset[str] = frozenset()
    addressed: frozenset[str] = frozenset()

    def names(self) -> list[str]:
        """Return all of them, one's own first."""
        every = (*sorted(self.own), *sorted(self.addressed), *sorted(self.peers))
        return list(dict.fromkeys(every))


def trusted(own: Iterable[str], peers: Iterable[str], addressed: Iterable[str]) -> Trusted:
    """Return the names that were registered of these hosts."""
    sets = (frozenset(registered(host) for host in some if "." in host)
            for some in (own, peers, addressed))  # fmt: skip
    return Trusted(*sets)


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


def look_alikes(hosts: Iterable[str], known: Trusted) -> list[str]:
    """Return the names that are near to a trusted one without being under it, and how."""
    found = []
    for host in list(dict.fromkeys(hosts))[:NAMES]:
        site = registered(host)
        if site in known.own:
            continue
        for mine in known.names():
            short = len(mine.partition(".")[0]) < SHORTEST
            if site == mine or (short and mine not in known.own):
                continue
            near = _near_short if short else _near
            why = _holds_whole(host, mine) or near(site, mine, host)
            if why and not (why == ANOTHER_ENDING and site in known.addressed):
                found.append(f"{host} {why} {mine}")
                break
    return found


def _near(site: str, mine: str, host: str) -> str:
    """Return how a name is near to a trusted one, empty where it is not."""
    name, own = site.partition(".")[0], mine.partition(".")[0]
    seen = shown(site).partition(".")[0]
    if name == own:
        return ANOTHER_ENDING
    if _skeleton(seen) == _skeleton(own):
        return "looks like"
    if _distance(seen, own) <= (1 if len(own) < 10 else 2):
        return "is a slip away from"
    if re.search(rf"(?:^|[.-]){re.escape(own)}(?:[.-]|$)", host.lower()):
        return "holds the name of"
    before, found, behind = _skeleton(seen).partition(_skeleton(own))
    if found and {before, behind} <= _added():
        return "adds a word to"
    return ""


def _near_short(site: str, mine: str, host: str) -> str:
    """Return how a name is near to a short one: only what cannot be chance under its ending."""
    name, _, ending = shown(site).partition(".")
    own, _, rest = mine.partition(".")
    last = rest.rpartition(".")[2]
    before, found, behind = _skeleton(name).partition(_skeleton(own))
    words = {"", *map(_skeleton, rest.split("."))}
    if found and before + behind and {before, behind} <= words:
        return "adds a word to"
    if ending.rpartition(".")[2] != last:
        return ""
    if _skeleton(name) == _skeleton(own) and name != own:
        return "looks like"
    return "adds a word to" if found and before + behind and {before, behind} <= _added() else ""


def _holds_whole(host: str, mine: str) -> str:
    """Return that a name holds a trusted one whole, its dots as hyphens or left out."""
    loose = "[.-]?".join(map(re.escape, mine.split(".")))
    found = re.search(rf"(?:^|[.-]){loose}(?:[.-]|$)", host.lower())
    return "holds the name of" if found else ""


@cache
def _added() -> frozenset[str]:
    return frozenset(map(_skeleton, ("", *ADDED.split())))


def _skeleton(name: str) -> str:
    """Return what a name looks like, in plain letters."""
    letters = (c for c in normalize("NFKD", name.lower()) if not combining(c))
    plain = "".join(letters).translate(ALIKE).replace("-", "")
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
