"""Addresses, names, hashes and the like in a text, with benign and example values held back.

Spec: STIX 2.1 observable types; RFC 3986, 5322; CVE record format; defanging as the field writes it
(`hxxp`, `[.]`, `(at)`).
Trap: a version number is not an address, a product is not a file, the publisher's own links and
contact lines are not indicators. On a text that holds none the right answer is an empty list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from stopa.model.document import Document
from stopa.model.record import name as record_name
from stopa.model.statement import Indicator, IndicatorKind
from stopa.statements.lexicon.network import (
    BENIGN_DOMAINS,
    CONTACT_WORDS,
    FILE_ENDINGS,
    INDICATOR_HEADINGS,
    TLDS,
)
from stopa.statements.techniques import TEXT_LIMIT

DOT = r"(?:\.|\[\.\]|\(\.\)|\[dot\]|\(dot\)|\[\.|\.\]|\{\.\})"
LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
PATTERNS: tuple[tuple[IndicatorKind, re.Pattern[str]], ...] = (
    (
        IndicatorKind.URL,
        re.compile(
            r"\b(?:h(?:tt|xx|XX|\*\*)ps?|f(?:t|x)ps?|hxxp|meow)(?:\[:\]|:|\[://\])(?://|\[//\]|"
            r"\[/\]\[/\])"
            r"[^\s<>\"'“”‘’«»`]{3,2000}",
            re.IGNORECASE,
        ),
    ),
    (
        IndicatorKind.EMAIL,
        re.compile(
            r"\b[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,63})(?:@|\[@\]|\[at\]|\(at\)|\(@\))"
            rf"{LABEL}(?:{DOT}{LABEL}){{1,6}}\b"
        ),
    ),
    (IndicatorKind.SHA256, re.compile(r"(?<![A-Za-z0-9])[A-Fa-f0-9]{64}(?![A-Za-z0-9])")),
    (IndicatorKind.SHA1, re.compile(r"(?<![A-Za-z0-9/=])[A-Fa-f0-9]{40}(?![A-Za-z0-9])")),
    (IndicatorKind.MD5, re.compile(r"(?<![A-Za-z0-9-])[A-Fa-f0-9]{32}(?![A-Za-z0-9-])")),
    (IndicatorKind.CVE, re.compile(r"\bCVE[-‐‑–— ](?:19|20)\d\d[-‐‑–—]\d{4,7}\b", re.IGNORECASE)),
    (
        IndicatorKind.IPV4,
        re.compile(rf"(?<![\d.])(?:\d{{1,3}}{DOT}){{3}}\d{{1,3}}(?![\d]|\.\d|/\d{{1,2}}\d)"),
    ),
    (
        IndicatorKind.IPV6,
        re.compile(r"(?<![\w:.])(?:[A-Fa-f0-9]{1,4}:){2,7}(?::?[A-Fa-f0-9]{1,4}){1,7}(?![\w:])"),
    ),
    (
        IndicatorKind.REGISTRY,
        re.compile(
            r"\b(?:HKEY_(?:LOCAL_MACHINE|CURRENT_USER|CLASSES_ROOT|USERS|CURRENT_CONFIG)|"
            r"HK(?:LM|CU|CR|U))"
            r"\\[^\s\"'<>|,;]{2,300}"
        ),
    ),
    (
        IndicatorKind.WALLET,
        re.compile(
            r"(?<![A-Za-z0-9])(?:bc1[ac-hj-np-z02-9]{25,60}|0x[A-Fa-f0-9]{40}|"
            r"[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93})"
            r"(?![A-Za-z0-9])"
        ),
    ),
    (
        IndicatorKind.FILE,
        re.compile(
            rf"(?<![\w@/.-])[\w$%~+-][\w$%~.+-]{{0,120}}\.(?:{FILE_ENDINGS})(?![\w@]|\.\w|\[)", re.I
        ),
    ),
    (
        IndicatorKind.DOMAIN,
        re.compile(rf"(?<![\w@/.-]){LABEL}(?:{DOT}{LABEL}){{1,6}}(?![\w@]|{DOT}\w)"),
    ),
)
DEFANGED = re.compile(r"\[|\]|\(\.\)|\(dot\)|\{\.\}|hxxp|hXXp|h\*\*p", re.IGNORECASE)
TRAILING = ".,;:!?)]}>”’'\""
HEX_LETTER = re.compile(r"[A-Fa-f]")
VERSION = re.compile(
    r"(?:version|ver\.?|v|firmware|build|release|update|section|chapter|prior to|below|"
    r"through)\s*$",
    re.IGNORECASE,
)
LIMIT = 5_000  # indicators in one document; a list longer than this is a feed, not a report


@dataclass(frozen=True, slots=True)
class _Found:
    kind: IndicatorKind
    start: int
    end: int
    printed: str
    value: str


def indicators(document: Document) -> tuple[Indicator, ...]:
    """Return the indicators of a text in order, each value once."""
    taken: list[_Found] = []
    text = document.text[:TEXT_LIMIT]
    covered = bytearray(len(text))
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            found = _found(text, kind, match)
            if found is None or any(covered[found.start : found.end]):
                continue
            covered[found.start : found.end] = b"\1" * (found.end - found.start)
            if _told(text, found):
                taken.append(found)
    return tuple(islice(_once(document, sorted(taken, key=lambda f: f.start)), LIMIT))


def refang(printed: str) -> str:
    """Return an address as machines write it."""
    value = re.sub(r"\[\.\]|\(\.\)|\[dot\]|\(dot\)|\[\.|\.\]|\{\.\}", ".", printed, flags=re.I)
    value = re.sub(r"\[@\]|\[at\]|\(at\)|\(@\)", "@", value, flags=re.I)
    value = value.replace("[:]", ":").replace("[://]", "://").replace("[/]", "/")
    return re.sub(r"^(?:hxxp|h\*\*p|meow)", "http", value, flags=re.I)


def _found(text: str, kind: IndicatorKind, match: re.Match[str]) -> _Found | None:
    printed = match.group()
    while printed and printed[-1] in TRAILING and not printed.endswith(("[.]", "(.)")):
        if printed[-1] in ")]" and printed.count("(["["[)".find(printed[-1]) :][:1] or "(") > 0:
            if printed.count("(") >= printed.count(")") and printed[-1] == ")":
                break
            if printed[-1] == "]" and printed.count("[") >= printed.count("]"):
                break
        printed = printed[:-1]
    if not printed:
        return None
    value = _canonical(kind, refang(printed))
    return _Found(kind, match.start(), match.start() + len(printed), printed, value)


def _canonical(kind: IndicatorKind, value: str) -> str:
    if kind is IndicatorKind.CVE:
        return re.sub(r"[‐‑–— ]", "-", value).upper()
    if kind in {IndicatorKind.MD5, IndicatorKind.SHA1, IndicatorKind.SHA256, IndicatorKind.DOMAIN}:
        return value.lower()
    return value


def _told(text: str, found: _Found) -> bool:
    """Whether the value is told as an indicator rather than as a link, example or product."""
    return CHECKS.get(found.kind, _always)(text, found)


def _always(text: str, found: _Found) -> bool:
    return True


def _hash(text: str, found: _Found) -> bool:
    return bool(HEX_LETTER.search(found.value)) and len(set(found.value.lower())) > 4


def _ipv4(text: str, found: _Found) -> bool:
    parts = found.value.split(".")
    if any(int(part) > 255 for part in parts) or parts[0] in {"0", "127", "255"}:
        return False
    if DEFANGED.search(found.printed):
        return True
    if VERSION.search(text[max(0, found.start - 16) : found.start]):
        return False
    private = parts[0] == "10" or parts[:2] == ["192", "168"]
    return not private and found.value not in {"8.8.8.8", "8.8.4.4", "1.1.1.1", "9.9.9.9"}


def _ipv6(text: str, found: _Found) -> bool:
    groups = found.value.split(":")
    return len(groups) >= 4 and any(len(group) >= 3 for group in groups)


def _url(text: str, found: _Found) -> bool:
    if DEFANGED.search(found.printed[:400]):
        return True
    host = found.value.split("://", 1)[-1].split("/", 1)[0].split("@")[-1].split(":")[0].lower()
    return not _benign(host) and _listed(text, found)


def _email(text: str, found: _Found) -> bool:
    host = found.value.rsplit("@", 1)[-1].lower()
    if DEFANGED.search(found.printed):
        return True
    return not _contact(text, found) and not _benign(host) and _listed(text, found)


def _domain(text: str, found: _Found) -> bool:
    host = found.value.lower()
    if host.rsplit(".", 1)[-1] not in TLDS or "_" in host.rsplit(".", 1)[-1]:
        return False
    if DEFANGED.search(found.printed):
        return True
    if not re.search(r"[a-z]", host) or _benign(host) or _contact(text, found):
        return False
    return _listed(text, found)


def _file(text: str, found: _Found) -> bool:
    if re.fullmatch(r"[\d.]+", found.value) or _benign(found.value.lower()):
        return False
    stem = found.value.rsplit(".", 1)[0]
    return bool(re.search(r"[A-Za-z0-9]", stem)) and not found.value.lower().endswith(
        (".com", ".net")
    )


def _benign(host: str) -> bool:
    parts = host.lower().split(".")
    return any(".".join(parts[index:]) in BENIGN_DOMAINS for index in range(len(parts)))


def _line(text: str, found: _Found) -> tuple[int, int]:
    start = text.rfind("\n", 0, found.start) + 1
    end = text.find("\n", found.end)
    return start, len(text) if end < 0 else end


def _contact(text: str, found: _Found) -> bool:
    start, end = _line(text, found)
    low = text[max(start, found.start - 120) : min(end, found.end + 60)].lower()
    return any(word in low for word in CONTACT_WORDS)


def _listed(text: str, found: _Found) -> bool:
    """Whether a value that is not defanged stands in a list of indicators, or is called one."""
    start, end = _line(text, found)
    alone = len(text[start:end].split()) <= 3
    before = text[max(0, found.start - 6000) : found.start].lower()
    heading = any(word in before for word in INDICATOR_HEADINGS)
    near = text[max(start, found.start - 160) : min(end, found.end + 100)].lower()
    called = any(word in near for word in SUSPICIOUS)
    return (alone and heading) or called


SUSPICIOUS = (
    "c2", "c&c", "command and control", "command-and-control", "malicious", "phishing", "attacker",
    "hacker", "beacon", "exfiltrat", "staging", "payload", "downloaded from", "resolv", "domain",
    "ip address", "server at", "connect", "contacted", "host", "infrastructure", "spoof",
    "typosquat",
    "lookalike", "backdoor", "implant", "malware",
)  # fmt: skip
CHECKS: dict[IndicatorKind, Callable[[str, _Found], bool]] = {
    IndicatorKind.MD5: _hash,
    IndicatorKind.SHA1: _hash,
    IndicatorKind.SHA256: _hash,
    IndicatorKind.IPV4: _ipv4,
    IndicatorKind.IPV6: _ipv6,
    IndicatorKind.URL: _url,
    IndicatorKind.EMAIL: _email,
    IndicatorKind.DOMAIN: _domain,
    IndicatorKind.FILE: _file,
}


def _once(document: Document, found: list[_Found]) -> Iterator[Indicator]:
    seen: set[tuple[IndicatorKind, str]] = set()
    for item in found:
        if (item.kind, item.value) in seen:
            continue
        seen.add((item.kind, item.value))
        yield Indicator(
            record_name("I", document.evidence, document.part, item.start, item.kind, item.value),
            item.kind,
            item.value,
            item.printed,
            document.where(item.start, item.end),
        )
