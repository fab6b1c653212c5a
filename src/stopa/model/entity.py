r"""Who and what events are about: hosts, people's names, processes, files, addresses, domains.

Spec: https://learn.microsoft.com/windows/win32/secauthn/user-name-formats
Spec: https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2 (IPv4-mapped addresses)
Why: logs write one thing in many ways. What only differs in writing has one normal form; names that
may well be one thing, and may not, stay apart and are linked by a rule that is said (`Link`).
Trap: `ACME\bob`, `bob@acme.example` and `bob` are three names. Nothing here makes them one person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address


class EntityKind(StrEnum):
    """What an entity is."""

    HOST = "host"
    USER = "user"
    ACCOUNT = "account"
    PROCESS = "process"
    FILE = "file"
    ADDRESS = "address"
    DOMAIN = "domain"
    MAIL = "mail address"
    CLOUD = "cloud identity"
    SESSION = "session"


class Drawn(StrEnum):
    """What a native field holds, as the tables say it; some hold several kinds of entity."""

    HOST = "host"
    USER = "user"
    PRINCIPAL = "principal"
    PROCESS = "process"
    FILE = "file"
    ADDRESS = "address"
    DOMAIN = "domain"
    URL = "url"
    MAIL = "mail"
    CLOUD = "cloud"
    SESSION = "session"


class Link(StrEnum):
    """Why a name that was found is taken for the one that was asked for."""

    SAME = "the same name"
    BARE = "the same name, and one of the two says no domain"
    LABEL = "the same name, and one domain is the first label of the other"
    ORDER = "the same name and domain, the one written before or behind the other"
    SHORT = "the host's name with and without its domain"
    MACHINE = "the account of the host itself"
    UNDER = "a name under this domain"
    BASE = "a file called so"
    VOLUME = "the same path, where one says a volume and the other a drive"
    HOP = "followed to"


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """One entity in its normal form. A user is a bare name, an account a name with its domain."""

    kind: EntityKind
    name: str


PEOPLE = frozenset((EntityKind.USER, EntityKind.ACCOUNT, EntityKind.MAIL, EntityKind.CLOUD))
MACHINES = frozenset((EntityKind.HOST, EntityKind.DOMAIN))
UNKNOWN = frozenset(
    ("", "-", "--", "n/a", "none", "null", "unknown", "(none)", "(null)", "?", "s-1-0-0")
)
UNSAID = frozenset(("0.0.0.0", "::"))  # noqa: S104 - what logs write for "no address"
LONGEST = 32_768  # characters of a path; what is longer is no name
SID = re.compile(r"S-1-\d{1,14}(?:-\d{1,10}){1,15}", re.IGNORECASE)
# `HOST\\0x1f`: a logon or process of a machine; a key of AWS; another service's own long number.
SESSION = re.compile(
    r"[\w.-]{1,255}\\(?:0x[0-9a-f]{1,16}|\d{1,10})|A(?:KI|SI)A[A-Z0-9]{12,124}|[\w-]{20,128}",
    re.IGNORECASE,
)
NO_SESSION = re.compile(r".*\\(?:0x0|0x3e[457]|0)", re.IGNORECASE)  # the system's own logons
GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
PORT = re.compile(r"(?:\[([^\]]+)\]|([\d.]+))(?::\d{1,5})?")
NAME = re.compile(r"[\w*-]+(?:\.[\w-]+)*\.?(?::\d{1,5})?")
URL = re.compile(r"[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#]+)", re.IGNORECASE)
BRACKETED = re.compile(r"[^<>]*<([^<>\s]+@[^<>\s]+)>[^<>]*")
WINDOWS_PATH = re.compile(r"[A-Za-z]:|.*\\")
VOLUME = re.compile(r"\\device\\harddiskvolume\d+(?=\\)")
DEVICE_PREFIXES = ("\\??\\", "\\\\?\\", "\\\\.\\")
# https://learn.microsoft.com/windows-server/identity/ad-ds/manage/understand-security-identifiers
WELL_KNOWN = {
    "S-1-5-7": "nt authority\\anonymous logon",
    "S-1-5-18": "nt authority\\system",
    "S-1-5-19": "nt authority\\local service",
    "S-1-5-20": "nt authority\\network service",
}


@lru_cache(maxsize=65_536)
def drawn(what: Drawn, text: str) -> Entity | None:
    """Return the entity that a value of a native field names, None where it names none."""
    text = text.strip()
    if text.lower() in UNKNOWN or len(text) > LONGEST:
        return None
    return READ[what](text)


def readings(text: str, kind: EntityKind | None = None) -> frozenset[Entity]:
    """Return all that a name typed by an analyst can mean, of one kind where that is said."""
    drawings = {drawn(what, text) for what in Drawn if what is not Drawn.URL}
    return frozenset(e for e in drawings if e is not None and kind in (None, e.kind))


def link(wanted: Entity, found: Entity) -> Link | None:
    """Return why an entity found is taken for the wanted one, None where it is not."""
    if wanted.kind in PEOPLE and found.kind in PEOPLE:
        return _of_people(wanted.name, found.name)
    if wanted.kind in MACHINES and found.kind in MACHINES:
        return _of_machines(wanted.name, found.name)
    if wanted.kind is EntityKind.HOST and found.kind in (EntityKind.USER, EntityKind.ACCOUNT):
        bare = found.name.rpartition("\\")[2].partition("@")[0]
        is_machine = bare.endswith("$") and bare[:-1] == wanted.name.partition(".")[0]
        return Link.MACHINE if is_machine else None
    if wanted.kind is not found.kind:
        return None
    if wanted.name == found.name:
        return Link.SAME
    return _of_files(wanted.name, found.name) if wanted.kind is EntityKind.FILE else None


def _address(text: str) -> Entity | None:
    address = _parsed(text.partition("%")[0])
    if address is None and (found := PORT.fullmatch(text)):
        address = _parsed((found[1] or found[2]).partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address is None or str(address) in UNSAID:
        return None
    return Entity(EntityKind.ADDRESS, str(address))


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _host(text: str) -> Entity | None:
    return _machine(text, dotted=EntityKind.HOST)


def _domain(text: str) -> Entity | None:
    return _machine(text, dotted=EntityKind.DOMAIN)


def _url(text: str) -> Entity | None:
    found = URL.match(text)
    return _domain(found[1]) if found else None


def _machine(text: str, *, dotted: EntityKind) -> Entity | None:
    """Return a host or domain, or the address that stands where a name is expected."""
    if _parsed(text) or PORT.fullmatch(text):
        return _address(text)
    name = text.lstrip("\\").lower().removesuffix("$")
    if not NAME.fullmatch(name):
        return None
    name = name.partition(":")[0].removesuffix(".")
    return Entity(dotted if "." in name else EntityKind.HOST, name)


def _principal(text: str) -> Entity | None:
    """Return whom a Kerberos principal names; Zeek writes `name/REALM`."""
    name, _, realm = text.partition("/")
    return _person(f"{name}@{realm}" if realm and "@" not in text else text)


def _cloud(text: str) -> Entity | None:
    return Entity(EntityKind.CLOUD, text.lower())


def _session(text: str) -> Entity | None:
    if not SESSION.fullmatch(text) or NO_SESSION.fullmatch(text):
        return None
    return Entity(EntityKind.SESSION, text.lower())


def _process(text: str) -> Entity | None:
    found = GUID.fullmatch(text)
    return Entity(EntityKind.PROCESS, found[1].lower()) if found else None


def _person(text: str) -> Entity | None:
    if SID.fullmatch(text):
        sid = text.upper()
        return Entity(EntityKind.ACCOUNT, WELL_KNOWN.get(sid, sid))
    if text.lower().startswith("arn:"):
        return Entity(EntityKind.CLOUD, text.lower())
    domain, _, name = text.lower().rpartition("\\")
    if not name or name in UNKNOWN:
        return None
    if domain in ("", ".") and "@" not in name:
        return Entity(EntityKind.USER, name)
    return Entity(EntityKind.ACCOUNT, f"{domain}\\{name}" if domain not in ("", ".") else name)


def _mail(text: str) -> Entity | None:
    found = BRACKETED.fullmatch(text)
    address = (found[1] if found else text).lower()
    local, at, domain = address.rpartition("@")
    is_one = local and at and NAME.fullmatch(domain) and " " not in address
    return Entity(EntityKind.MAIL, address) if is_one else None


def _file(text: str) -> Entity | None:
    path = text.strip("\"'")
    for prefix in DEVICE_PREFIXES:
        path = path.removeprefix(prefix)
    if WINDOWS_PATH.match(path):
        path = path.replace("/", "\\").lower()
    return Entity(EntityKind.FILE, path) if path else None


def _of_people(wanted: str, found: str) -> Link | None:
    if wanted == found:
        return Link.SAME
    (mine, of_mine), (its, of_its) = _parted(wanted), _parted(found)
    if mine != its:
        return None
    if not of_mine or not of_its:
        return Link.BARE
    if of_mine == of_its:
        return Link.ORDER
    short, long = sorted((of_mine, of_its), key=len)
    return Link.LABEL if "." not in short and long.partition(".")[0] == short else None


def _parted(name: str) -> tuple[str, str]:
    """Return the bare name and its domain."""
    if "\\" in name:
        domain, _, bare = name.rpartition("\\")
        return bare, domain
    bare, _, domain = name.partition("@")
    return bare, domain


def _of_machines(wanted: str, found: str) -> Link | None:
    if wanted == found:
        return Link.SAME
    if "." in wanted and found.endswith(f".{wanted}"):
        return Link.UNDER
    short, long = sorted((wanted, found), key=len)
    return Link.SHORT if "." not in short and long.partition(".")[0] == short else None


def _of_files(wanted: str, found: str) -> Link | None:
    if "\\" in wanted or "/" in wanted:
        one, other = sorted((wanted, found), key=lambda path: not VOLUME.match(path))
        is_one = VOLUME.match(one) and other[1:2] == ":" and VOLUME.sub("", one) == other[2:]
        return Link.VOLUME if is_one else None
    base = found.rpartition("\\")[2] if "\\" in found else found.rpartition("/")[2]
    return Link.BASE if base.lower() == wanted.lower() else None


READ = {
    Drawn.HOST: _host,
    Drawn.USER: _person,
    Drawn.PRINCIPAL: _principal,
    Drawn.PROCESS: _process,
    Drawn.FILE: _file,
    Drawn.ADDRESS: _address,
    Drawn.DOMAIN: _domain,
    Drawn.URL: _url,
    Drawn.MAIL: _mail,
    Drawn.CLOUD: _cloud,
    Drawn.SESSION: _session,
}
