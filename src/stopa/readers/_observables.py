"""The words in which lists name what an indicator is, and indicators as rows of a batch.

Why: MISP, OpenIOC, STIX and the makers of feeds each name the same dozen kinds; said once as data.
Trap: lists write addresses so that nobody follows them by accident (`hxxp`, `[.]`); they are
undone, nothing else is changed. What is of no kind that events hold is told, not dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_network

from stopa.model.intelligence import FIRST, KIND, LABEL, LAST, LEVEL, VALUE, listed_by
from stopa.model.statement import IndicatorKind
from stopa.readers._columns import Layout, Row

# The words of MISP's attribute types, OpenIOC's search terms, CSV feeds and STIX 1, in small
# letters, with everything but letters and digits left out.
WORDS = {
    IndicatorKind.IPV4: """
        ip ipv4 ipaddr ipaddress ipsrc ipdst ipsrcport ipdstport ipport srcip dstip ipv4addr
        ipv4address address dstipaddress networkipv4 portitemremoteip dnsentryitemrecorddatahost
        ipv4net cidr sourceip destinationip remoteip c2ip
    """,
    IndicatorKind.IPV6: "ipv6 ipv6addr ipv6address ipv6net",
    IndicatorKind.DOMAIN: """
        domain domainname hostname host fqdn dns networkdns dnsentryitemhost domainip c2domain
        dnsdomain
    """,
    IndicatorKind.URL: "url uri link networkuri urlhistoryitemurl fullurl payloadurl",
    IndicatorKind.EMAIL: """
        email emailaddr emailaddress mail emailsrc emaildst emailreplyto emailfrom emailto
        sender recipient
    """,
    IndicatorKind.MD5: "md5 md5hash fileitemmd5sum hashmd5 filehashmd5 filenamemd5",
    IndicatorKind.SHA1: "sha1 sha1hash fileitemsha1sum hashsha1 filehashsha1 filenamesha1",
    IndicatorKind.SHA256: """
        sha256 sha256hash fileitemsha256sum hashsha256 filehashsha256 filenamesha256
    """,
    IndicatorKind.FILE: """
        filename file fileitemfilename processitemname processname filefilename attachment
        emailattachment
    """,
    IndicatorKind.REGISTRY: """
        regkey registrykey registry registryitempath registryitemkeypath windowsregistrykey
        regkeyvalue
    """,
    IndicatorKind.CVE: "cve vulnerability",
    IndicatorKind.WALLET: "btc xmr wallet cryptocurrencywallet bitcoin",
}
KNOWN = {word: kind for kind, words in WORDS.items() for word in words.split()}
NOT_LETTERS = re.compile(r"[^a-z0-9]+")

PART = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?"
DOMAIN = rf"(?:{PART}\.)+(?:[A-Za-z]{{2,24}}|xn--[A-Za-z0-9-]{{2,59}})"
V4 = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?:/(?:3[0-2]|[12]?\d))?"
# What a value is by its look; the first that fits.
LOOKS = (
    (IndicatorKind.IPV4, V4),
    (IndicatorKind.SHA256, r"[0-9A-Fa-f]{64}"),
    (IndicatorKind.SHA1, r"[0-9A-Fa-f]{40}"),
    (IndicatorKind.MD5, r"[0-9A-Fa-f]{32}"),
    (IndicatorKind.URL, r"[A-Za-z][A-Za-z0-9+.-]{1,20}://\S{3,4096}"),
    (IndicatorKind.EMAIL, rf"[A-Za-z0-9._%+'-]{{1,64}}@{DOMAIN}"),
    (IndicatorKind.CVE, r"(?:CVE|cve)-\d{4}-\d{4,7}"),
    (IndicatorKind.IPV6, r"[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:/\d{1,3})?"),
    (IndicatorKind.REGISTRY, r"(?:HKEY_[A-Z_]+|HKLM|HKCU|HKU|HKCR)\\.{2,512}"),
    (IndicatorKind.DOMAIN, DOMAIN),
)
COMPILED = tuple((kind, re.compile(look)) for kind, look in LOOKS)
PORT = re.compile(rf"({V4}|{DOMAIN})(?::|\|)\d{{1,5}}")
DOTS = re.compile(r"\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)", re.IGNORECASE)
SCHEMES = re.compile(r"^(?:hxxp|h\*\*p|meow)(?=s?(?::|\[:))", re.IGNORECASE)
AT = re.compile(r"\[@\]|\[at\]|\(at\)", re.IGNORECASE)
HASHES = {IndicatorKind.MD5, IndicatorKind.SHA1, IndicatorKind.SHA256}
VALUE_LIMIT = 8192  # characters


@dataclass(frozen=True, slots=True)
class Observable:
    """A value of a kind, and what its list says of it."""

    kind: IndicatorKind
    value: str
    label: str = ""
    level: str | None = None
    first: str | None = None
    last: str | None = None


@cache
def layout(service: str) -> Layout:
    """Return how the rows of a list in that format become columns."""
    return Layout(listed_by(service))


def row(service: str, one: Observable, offset: int, length: int, line: int | None = None) -> Row:
    """Return an indicator as a row."""
    said = {
        KIND: one.kind.value,
        VALUE: one.value[:VALUE_LIMIT],
        LABEL: one.label[:VALUE_LIMIT],
        LEVEL: one.level,
        FIRST: one.first,
        LAST: one.last,
    }
    fields: dict[str, object] = {name: value for name, value in said.items() if value}
    return Row(fields, layout(service), offset, length, line)


def kind_named(word: str) -> IndicatorKind | None:
    """Return the kind that a list means by a word; None where it is none that events hold."""
    return KNOWN.get(NOT_LETTERS.sub("", word.lower()))


def one_of(word: str, value: str) -> tuple[IndicatorKind | None, str]:
    """Return kind and value of an indicator, of MISP's pairs (`filename|md5`) the telling half."""
    words, values = word.split("|"), value.split("|")
    if len(words) == 1 or len(words) != len(values):
        return kind_named(word), values[0]
    pairs = [(kind_named(one), said) for one, said in zip(words, values, strict=True)]
    return next((pair for pair in reversed(pairs) if pair[0] in HASHES), pairs[0])


def kind_of(value: str) -> IndicatorKind | None:
    """Return what a value is by its look."""
    return next((kind for kind, look in COMPILED if look.fullmatch(value)), None)


def unfanged(value: str) -> str:
    """Return a value as machines write it."""
    text = AT.sub("@", DOTS.sub(".", value.strip()))
    text = text.replace("[:]", ":").replace("[://]", "://").replace("[/]", "/")
    return SCHEMES.sub("http", text)


def observed(kind: IndicatorKind | None, value: str) -> tuple[IndicatorKind, str] | None:
    """Return kind and value as they are compared; None where the value is not of its kind.

    A port behind an address is left out, and of a path only the file's name is kept.
    """
    text = unfanged(value)
    if port := PORT.fullmatch(text):
        text = port[1]
    looks = kind_of(text)
    match kind:
        case None:
            return (looks, text) if looks else None
        case IndicatorKind.FILE:
            name = re.split(r"[\\/]", text)[-1]
            return (kind, name) if len(name) > 2 else None
        case IndicatorKind.WALLET:
            return kind, text
        case IndicatorKind.IPV4 | IndicatorKind.IPV6 | IndicatorKind.DOMAIN:
            near = {IndicatorKind.IPV4, IndicatorKind.IPV6, IndicatorKind.DOMAIN}
            return (looks, text) if looks in near and _is_sound(looks, text) else None
        case IndicatorKind.URL:
            return (kind, text) if looks in {kind, IndicatorKind.DOMAIN} or "/" in text else None
        case _:
            return (kind, text) if looks is kind else None


def _is_sound(kind: IndicatorKind | None, text: str) -> bool:
    if kind is IndicatorKind.DOMAIN:
        return True
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True
