r"""Which two fields of one event name one thing, or lead from one to another: tables kept as data.

Spec: https://learn.microsoft.com/windows/security/threat-protection/auditing/event-4624
Spec: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
Why: a trail that is asked for a SID, a session or an address goes on under the name that some event
gives it. Each such step (a hop) is said with its reason and the event that bears it out.
Trap: an address is a machine's for a time only, a process number a process's. Such hops hold from
the event on until the next that gives the address away, and never longer than `LEASE` or `PROCESS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache

from stopa.model.entity import Drawn
from stopa.model.entity_fields import Slot
from stopa.model.event import HOST, LogSource

LEASE = timedelta(days=8)  # what Windows' DHCP server gives; others give less
PROCESS = timedelta(hours=12)  # how far from the event a process number is taken for the same


class Holds(StrEnum):
    """When a hop holds."""

    ALWAYS = "always"
    LEASED = "until the address is given to another"
    NEAR = "around the event"


@dataclass(frozen=True, slots=True)
class Hop:
    """Two fields of one event, and why what one names leads to what the other names.

    `back` tells whether it leads from the second to the first as well.
    """

    reason: str
    one: Slot
    other: Slot
    holds: Holds = Holds.ALWAYS
    back: bool = True


def _hop(reason: str, one: str, other: str, holds: Holds = Holds.ALWAYS, *, way: str = "<>") -> Hop:
    return Hop(reason, _slot(one), _slot(other), holds, "<" in way)


def _slot(text: str) -> Slot:
    what, _, name = text.partition(" ")
    within, _, field = name.rpartition("\\")
    return Slot(field, Drawn(what), "", within or None)


ONE_ACCOUNT = "an event gives both to one account"
OPENED = "whose logon it is"
LEASED = "had this address by the DHCP server"
PROCESS_OF = "one process of sshd tells of both"
KEYS = "whose keys these are"
GIVEN = "was given these keys"
SESSION_OF = "whose session it is"
SUBJECT = r"user SubjectDomainName\SubjectUserName"
TARGET = r"user TargetDomainName\TargetUserName"

WINDOWS = (
    _hop(ONE_ACCOUNT, "user SubjectUserSid", SUBJECT),
    _hop(ONE_ACCOUNT, "user TargetUserSid", TARGET),
    _hop(ONE_ACCOUNT, "user TargetSid", TARGET),
    _hop(ONE_ACCOUNT, "user MemberSid", "user MemberName"),
    _hop(ONE_ACCOUNT, "user UserPrincipalName", TARGET),
    _hop(OPENED, rf"session {HOST}\TargetLogonId", TARGET, way=">"),
    _hop(OPENED, rf"session {HOST}\SubjectLogonId", SUBJECT, way=">"),
    _hop(OPENED, rf"session {HOST}\LogonId", "user User", way=">"),
    _hop(LEASED, "address IP Address", "host Host Name", Holds.LEASED),
)
ZEEK = (
    _hop(LEASED, "address assigned_addr", "host host_name", Holds.LEASED),
    _hop(LEASED, "address assigned_addr", "host client_fqdn", Holds.LEASED),
)
DHCP = (_hop(LEASED, "address leased_ip", "host client_host", Holds.LEASED),)
SSHD = (
    _hop(PROCESS_OF, rf"session {HOST}\pid", "address src_ip", Holds.NEAR),
    _hop(PROCESS_OF, rf"session {HOST}\pid", "user user", Holds.NEAR, way=">"),
)
AWS = (
    _hop(KEYS, "session userIdentity.accessKeyId", "cloud userIdentity.arn", way=">"),
    _hop(
        GIVEN, "cloud userIdentity.arn", "session responseElements.credentials.accessKeyId", way=">"
    ),
    _hop(ONE_ACCOUNT, "cloud userIdentity.arn", "cloud userIdentity.userName"),
)
M365 = (
    _hop(SESSION_OF, "session AppAccessContext.AADSessionId", "cloud UserId", way=">"),
    _hop(ONE_ACCOUNT, "user MailboxOwnerSid", "cloud MailboxOwnerUPN"),
    _hop(ONE_ACCOUNT, "user LogonUserSid", "cloud UserId"),
)
AZURE = (
    _hop(SESSION_OF, "session properties.sessionId", "cloud properties.userPrincipalName", way=">"),
    _hop(SESSION_OF, "session sessionId", "cloud userPrincipalName", way=">"),
    _hop(ONE_ACCOUNT, "user onPremisesSecurityIdentifier", "cloud userPrincipalName"),
)
OKTA = (
    _hop(
        SESSION_OF,
        "session authenticationContext.externalSessionId",
        "cloud actor.alternateId",
        way=">",
    ),
)
TABLES: tuple[tuple[LogSource, tuple[Hop, ...]], ...] = (
    (LogSource("windows"), WINDOWS),
    (LogSource("zeek", None, "dhcp"), ZEEK),
    (LogSource("linux", None, "dhcp"), DHCP),
    (LogSource("linux", None, "sshd"), SSHD),
    (LogSource("aws"), AWS),
    (LogSource("m365"), M365),
    (LogSource("azure"), AZURE),
    (LogSource("okta"), OKTA),
)


@lru_cache(maxsize=512)
def hops(source: LogSource) -> tuple[Hop, ...]:
    """Return the hops that events of a log source bear out."""
    said = (source.product, source.category, source.service)
    return tuple(
        hop
        for log, mine in TABLES
        if all(
            want in (None, is_)
            for want, is_ in zip((log.product, log.category, log.service), said, strict=True)
        )
        for hop in mine
    )
