"""Groups by what they are called, by their own claim, by number and by nationality.

Trap: `a working group`, `a China-backed group` and `the same group` have no name before the noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stopa.statements import signs
from stopa.statements.gazetteer import country_code
from stopa.statements.slot import Slot

SELF_NAMED = re.compile(
    r"\b(?:group|gang|collective|crew|hackers|hacktivists|person|somebody|someone|actor|cluster|"
    r"team|operators|outfit|band|perpetrators|culprits|entity|clan|hacker|contractor|campaign|"
    r"man|woman)\b,? (?:(?:that|which|who) )?(?:(?:it|we|they|is|was|are|also|has been|have) )?"
    r"(?:known as|calls? (?:itself|themselves|himself|herself)|calling "
    r"(?:itself|themselves|himself)|called|named|nicknamed|dubbed|tracked as|track as|call|"
    r"identified as|identifying (?:itself|themselves) as|under the name(?: of)?|going by"
    r"(?: the name(?: of)?)?) [\"“‘']?(?P<name>(?:the )?[A-Z][\w-]*"
    r"(?: (?:of |the )?[A-Z0-9][\w-]*){0,3})"
)
BY_NAME = re.compile(
    r"\b(?:group|gang|collective|crew|hacktivists|hackers|team)(?: of|,) [\"“‘']?"
    r"(?P<name>(?:the )?[A-Z][\w-]+(?: [A-Z0-9][\w-]*){0,2})"
    r"(?=[\"”’']?,| (?:claim|post|wr[io]te|sa[iy]|is|are|has|have|brag|boast|took))"
)
# `the group Iron Ladle`: the kind stands directly before the name.
KIND_FIRST = re.compile(
    r"\b(?:group|gang|crew|collective|actor|intrusion set|cluster|contractor)"
    r"(?: named| called| known as)? [\"“‘']?(?P<name>[A-Z][\w-]+(?: [A-Z0-9][\w-]*){0,2})"
)
# `the construction group Balta`, `a report by the group Digital Shield`: neither broke in.
OF_TRADE = re.compile(
    r"\b(?:construction|building|property|media|publishing|newspaper|energy|utility|hotel|travel|"
    r"retail|fashion|food|drinks|dairy|bank|banking|insurance|hospital|health|healthcare|"
    r"shipping|logistics|transport|mining|steel|chemicals?|car|industrial|engineering|technology|"
    r"telecoms?|rights|advocacy|lobby|pressure|volunteer|working|study|research|environmental) $"
)
REPORT_BY = re.compile(
    r"\b(?:report|study|analysis|research|findings|survey|according to)\b[^.;,]{0,24}$"
)
# `charges against Ilya Moroz`, `under the name of Clara Voss`, `behind the company X stands`.
PERSON = re.compile(
    r"\b(?:charges against|[Dd]efendants?|the suspect|under the (?:name|alias)(?: of)?|used the "
    r"(?:name|alias)|alias) [\"“‘']?(?P<name>[A-Z][\w-]+(?: [A-Z][\w-]+){0,2})"
)
WE_ARE = re.compile(
    r"^\W*(?:\d+/\d+ )?We,? (?:are )?(?P<name>(?:the )?[A-Z][\w-]+"
    r"(?: (?:of |the )*[A-Z][\w-]+){0,3})"
)
# `TIDE HERON, also tracked as UNC4417 and Brackish Heron`.
# `affiliates of LockBit`, `members of the Grey Anchor group`, `Rhysida, a ransomware crew`.
MEMBERS_OF = re.compile(
    r"\b(?:affiliates?|members|hacktivists|hackers|operators|associates) of (?:the )?"
    r"(?P<name>[A-Z][\w-]+(?:\(\d+\))?(?: [A-Z][\w-]+){0,2})"
)
# `the phones of nine members of X`: those were hit.
HIT_MEMBERS = re.compile(
    r"\b(?:phones?|data|mail|accounts?|e-?mails?|mailboxes|computers?|devices|names|letters|"
    r"laptops) of (?:[\w-]+ ){0,3}$"
)
A_CREW = re.compile(
    r"\b(?P<name>[A-Z][\w-]+(?: [A-Z][\w-]+){0,2}), (?:an? |the )(?:[\w-]+ ){0,3}"
    r"(?:gang|crew|ransomware \w+|hacking \w+|intrusion set|threat actor|cluster|hacktivists?|"
    r"collective)\b"
)
WE_CALL = re.compile(
    r"\b(?:actor|group|cluster|gang|set|crew|activity)\W+(?:whom|which|that)? ?"
    r"(?:we|it|they|others) (?:call|calls|name|names|track as|dub|dubbed) "
    r"(?P<name>[A-Z][\w-]+(?: [A-Z][\w-]+){0,2})"
)
NAME_OF_GROUP = r"[A-Z][\w-]*[A-Za-z0-9](?: [A-Z][\w-]+){0,2}"
ALSO_KNOWN = re.compile(
    rf"\b(?P<name>{NAME_OF_GROUP}),? ?\(?(?:which is |is |are |and is )?"
    rf"(?:also |better |otherwise |publicly |commonly |sometimes )*"
    rf"(?:(?:known|tracked|referred to|reported|named) (?:by others |publicly )?as|a\.?k\.?a\.?) "
    rf"(?P<names>{NAME_OF_GROUP}(?:(?:,| and|, and| or|, or) {NAME_OF_GROUP}){{0,6}})"
)
# `claimed by a channel, the Army of the Reef`; `the Iron Wolves claimed responsibility`.
CLAIMED = re.compile(
    r"\b[Cc]laimed (?:on [\w ]{3,20} )?by (?:an? [^,.;]{3,40}, )?[\"“‘']?"
    r"(?P<name>(?:the )?[A-Z][\w-]+(?: (?:of |of the |the )?[A-Z0-9][\w-]*){0,4})|"
    r"(?P<who>(?:[Tt]he )?[A-Z][\w-]+(?: (?:of |of the )?[A-Z0-9][\w-]*){0,3})"
    r"(?:, [^,.;]{3,80},)? (?:has |have |had |also )?claim(?:ed|s)? "
    r"(?:[^.;,]{0,30}to have |responsibility|credit|the attack)"
)
# `the so-called Rhysida group`, `a Lockbit affiliate`: a name before the noun.
GANG_NAME = re.compile(
    r"\b(?P<name>[A-Z][\w-]+(?: [A-Z][\w-]+)?) "
    r"(?:ransomware |extortion |hacking |hacker |cyber ?crime )?"
    r"(?:gang|crew|affiliates?|collective|ransomware group|hacking group|hacker group|group)\b"
)
NO_GANG = re.compile(
    r"^(?:.*-(?:backed|linked|sponsored|affiliated|based|aligned|nexus|speaking)$|"
    r"(?:The|A|An|Airline|Cabin|Flight|This|That|Working|Media|Press|Support|Expert|Task|"
    r"Security|Contact|Joint|Advisory|Study|Research|Industry|Trade|Steering|Parliamentary|"
    r"Threat|Another|Second|Same|Our|Their|His|Her|Each|Every|No|Rights|Advocacy|Newspaper|"
    r"Energy|Bank|Banking|Insurance|Hotel|Retail|Energy)\b|.*"
    r"(?:Intelligence|Analysis|Research|Threat|Working|Media|Energy|Bank|Press|Holding)$)"
)
HOUSE = re.compile(r"(?:Parliament|Congress|Senate|Cabinet|Government|Council|Commission)\b")
# What a vendor calls a group: two words in capitals, where the sentence speaks of a group.
CODENAME = re.compile(r"\b(?!NATO|CERT|CSIRT)[A-Z]{3,} (?!GROUP|TEAM)[A-Z]{3,}\b")
CALLED_BY_US = re.compile(
    r"\b(?:group|cluster|actor|intrusion set|assess|attribute|attributes|attributed|tracks?|"
    r"tracking|link)\b"
)
# What has another name as well, and is no group.
NO_GROUP = re.compile(
    r"\b(?:flaw|vulnerability|malware|backdoor|trojan|wiper|ransomware|tool|technique|bug|"
    r"company|exploit|implant|loader|framework|used|exploited)\W*(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
GANGS = re.compile(
    r"\b(?:hack\w*|ransomware|gang|threat actor|intrusion set|crew)\b", re.IGNORECASE
)
# `We have followed Salt Heron since 2020`; `Salt Heron acts in the interest of China`.
FOLLOWED = re.compile(
    r"\b(?:followed|tracked|following|tracking|watched) "
    r"(?P<name>[A-Z][\w-]+(?: [A-Z][\w-]+){0,2}) (?:since|for)\b|\b"
    r"(?P<acting>[A-Z][\w-]+(?: [A-Z][\w-]+){0,2}) (?:acts|operates|is acting|acted) "
    r"(?:in the interests? of|on behalf of|at the (?:direction|behest) of|"
    r"under the direction of)\b"
)
UNIT = re.compile(r"\b(?:[Uu]nit|[Cc]ent(?:er|re)) \d{2,6}\b")
CENTRE = len("Centre 16")  # a centre of a service is less of a name than a unit
BESIDE_KIND = (
    (BY_NAME, "name of a group", 2),
    (KIND_FIRST, "name behind its kind", 2),
    (PERSON, "person or people accused", 1),
    (WE_ARE, "who says we did it", 1),
)
OF_COUNTRY = re.compile(
    r"\b(?P<name>[A-Z]\w+ (?:state |government |military |state-sponsored |government-linked )?"
    r"(?:hackers|spies|operatives|intruders|cyber ?spies|agents|servicemen))\b"
)


def groups(text: str) -> Iterator[Slot]:
    """Yield groups by what they are called, by their own claim; units and nationalities."""
    for match in SELF_NAMED.finditer(text):
        yield "actor", match.group("name"), "name given to a group", 2
    yield from _beside_kind(text)
    yield from _of_kind(text)
    yield from _aliases(text)
    for match in CLAIMED.finditer(text):
        named = match.group("name") or match.group("who")
        if not country_code(named.split()[-1]):
            yield "actor", named, "claims it", 2
    if signs.intrusion(text):
        yield from _before_group(text)
    yield from _followed(text)
    yield from _codenames(text)
    for match in UNIT.finditer(text):
        yield "actor", match.group(), "numbered unit", int(len(match.group()) > CENTRE)
    for match in OF_COUNTRY.finditer(text):
        if country_code(match.group().split()[0]):
            yield "actor", match.group("name"), "hackers of a country", 0


def _beside_kind(text: str) -> Iterator[Slot]:
    """Yield names that stand beside the word for what they are."""
    for pattern, rule, weight in BESIDE_KIND:
        for match in pattern.finditer(text):
            named = match.group("name")
            before = text[: match.start()]
            if pattern is KIND_FIRST and (OF_TRADE.search(before) or REPORT_BY.search(before)):
                continue
            if not NO_GANG.match(named) and not any(country_code(w) for w in named.split()):
                yield "actor", named, rule, weight


def _of_kind(text: str) -> Iterator[Slot]:
    """Yield groups by their members, or by what kind of group they are said to be."""
    if not (signs.intrusion(text) or GANGS.search(text)):
        return
    for match in (m for p in (MEMBERS_OF, A_CREW, WE_CALL) for m in p.finditer(text)):
        named = match.group("name")
        if HIT_MEMBERS.search(text, 0, match.start()):
            continue
        if not any(country_code(word) for word in named.split()) and not HOUSE.match(named):
            yield "actor", named, "member or kind of a group", 2


def _followed(text: str) -> Iterator[Slot]:
    """Yield whom the text's authors follow, or say to act for a state."""
    for match in FOLLOWED.finditer(text):
        named = match.group("name") or match.group("acting")
        if not any(country_code(word) for word in named.split()):
            yield "actor", named, "followed, or acts for a state", 2


def _codenames(text: str) -> Iterator[Slot]:
    """Yield what the text's own authors call a group: two words in capitals."""
    for match in CODENAME.finditer(text) if CALLED_BY_US.search(text) else ():
        if text.startswith(" to ", match.end()):  # an operation that is laid to a group
            continue
        yield "actor", match.group(), "name in capitals", 2


def _aliases(text: str) -> Iterator[Slot]:
    """Yield a name with the aliases that the text gives it."""
    if not signs.intrusion(text):
        return
    for match in ALSO_KNOWN.finditer(text):
        flaw = match.group().startswith("CVE-") or NO_GROUP.search(text[: match.start()])
        if not flaw and not country_code(match.group("name").split()[-1]):
            yield "actor", match.group("name"), "name with its aliases", 3
            for alias in re.split(r",? and |,? or |, ", match.group("names")):
                yield "actor", alias, "alias of the actor", 2


def _before_group(text: str) -> Iterator[Slot]:
    for match in GANG_NAME.finditer(text):
        named = match.group("name")
        if not NO_GANG.match(named) and not any(country_code(w) for w in named.split()):
            yield "actor", named, "name before `group`", 2
