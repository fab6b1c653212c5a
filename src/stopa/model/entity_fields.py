r"""Which native field of which log names which kind of entity, and as what.

Spec: https://learn.microsoft.com/sysinternals/downloads/sysmon#events
Why: so one intrusion is followed across logs without code for each of them. What stands where is
data (`entity_tables`); here it is read, and said which log is served by which table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from stopa.model.entity import Drawn
from stopa.model.entity_tables import (
    ANY,
    AWS,
    AZURE,
    CONNECTIONS,
    DHCP,
    DNS,
    DNS_RECORDS,
    EXCHANGE,
    FIREWALL,
    GOOGLE,
    LINUX,
    M365,
    MAIL,
    MAIL_RULES,
    SERVICES,
    SSHD,
    SURICATA,
    SURICATA_DNS,
    SURICATA_START,
    TIMELINE,
    WEB,
    WINDOWS,
    ZEEK,
    ZEEK_DNS,
    ZEEK_KERBEROS,
    ZEEK_SMB,
)
from stopa.model.event import LogSource


@dataclass(frozen=True, slots=True)
class Slot:
    """A native field that names an entity. `within` is the field of its domain, if it has one."""

    field: str
    what: Drawn
    role: str
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """Fields that two sensors write alike for one happening: its name, and the fields' names."""

    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn out of the events of one log source."""

    slots: tuple[Slot, ...]
    tells: tuple[str, ...]
    keys: tuple[Key, ...]


PRODUCTS = (
    *("okta", "github", "kubernetes", "auth0", "onelogin", "cisco", "slack", "box", "snowflake"),
    *("salesforce", "crowdstrike", "osquery", "sentinelone", "proofpoint", "sublime", "zscaler"),
    *("netskope", "cloudflare", "bitbucket"),
)
# Which tables serve which log sources; None is any. All that fit are used, the first ones first.
TABLES: tuple[tuple[LogSource, tuple[str, ...]], ...] = (
    (LogSource("zeek", None, "dns"), (ZEEK_DNS,)),
    (LogSource("zeek", None, "kerberos"), (ZEEK_KERBEROS,)),
    (LogSource("zeek", None, "smb_files"), (ZEEK_SMB,)),
    (LogSource("zeek", None, "smb_mapping"), (ZEEK_SMB,)),
    (LogSource("suricata", None, "dns"), (SURICATA_DNS,)),
    (LogSource("suricata", None, "tls"), (SURICATA_START,)),
    (LogSource("suricata", None, "http"), (SURICATA_START,)),
    (LogSource("suricata", None, "smb"), (SURICATA_START,)),
    (LogSource("zeek"), (ZEEK,)),
    (LogSource("suricata"), (SURICATA,)),
    (LogSource("windows", "dhcp_server"), (WINDOWS,)),
    (LogSource("windows", "dns"), (DNS, WINDOWS)),
    (LogSource("windows", "firewall"), (FIREWALL, WINDOWS)),
    (LogSource("windows"), (WINDOWS,)),
    (LogSource("linux", None, "sysmon"), (WINDOWS,)),
    (LogSource("azure", "network_connection"), (WINDOWS,)),
    (LogSource("hayabusa"), (WINDOWS,)),
    (LogSource("chainsaw"), (WINDOWS,)),
    (LogSource("exchange"), (EXCHANGE, WEB)),
    (LogSource("linux", "firewall"), (FIREWALL, LINUX)),
    (LogSource("linux", None, "dhcp"), (DHCP,)),
    (LogSource("linux", None, "sshd"), (SSHD,)),
    (LogSource("linux"), (LINUX,)),
    (LogSource(None, "webserver"), (WEB,)),
    (LogSource(None, "proxy"), (WEB,)),
    (LogSource(None, "dns"), (DNS,)),
    (LogSource("dns", None, "records"), (DNS_RECORDS,)),
    (LogSource(None, "firewall"), (FIREWALL,)),
    (LogSource("paloalto"), (FIREWALL,)),
    (LogSource("fortigate"), (FIREWALL,)),
    (LogSource("mail"), (MAIL,)),
    (LogSource(None, "timeline"), (TIMELINE, LINUX, WEB, FIREWALL)),
    (LogSource("m365", None, "inbox_rules"), (MAIL_RULES,)),
    (LogSource("m365"), (M365, AZURE)),
    (LogSource("azure", "network_connection"), (CONNECTIONS,)),
    (LogSource("azure"), (AZURE,)),
    (LogSource("aws"), (AWS,)),
    (LogSource("gcp"), (GOOGLE,)),
    *((LogSource(product), (SERVICES,)) for product in PRODUCTS),
)
FALLBACK = (LINUX, WEB, FIREWALL)  # for logs that no table is about: names that many logs share


@lru_cache(maxsize=512)
def drawing(source: LogSource) -> Drawing:
    """Return what is drawn out of events of a log source; slots of one field and kind come once."""
    fitting = [text for log, texts in TABLES if _fits(log, source) for text in texts]
    slots: dict[tuple[str, Drawn, str | None], Slot] = {}
    tells: dict[str, None] = {}
    keys: dict[Key, None] = {}
    for line in "\n".join((*(fitting or FALLBACK), ANY)).splitlines():
        head, colon, rest = line.partition(": ")
        names = [name.strip() for name in rest.split(",")] if colon else []
        what, _, role = head.partition(" ")
        if what == "tells":
            tells |= dict.fromkeys(names)
        elif what == "key":
            keys[Key(role.strip(), tuple(names))] = None
        else:
            for slot in (_slot(name, Drawn(what), role.strip()) for name in names):
                slots.setdefault((slot.field, slot.what, slot.within), slot)
    return Drawing(tuple(slots.values()), tuple(tells), tuple(keys))


def _slot(name: str, what: Drawn, role: str) -> Slot:
    within, _, field = name.rpartition("\\")
    return Slot(field, what, role, within or None)


def _fits(log: LogSource, source: LogSource) -> bool:
    pairs = zip(
        (log.product, log.category, log.service),
        (source.product, source.category, source.service),
        strict=True,
    )
    return all(wanted in (None, said) for wanted, said in pairs)
