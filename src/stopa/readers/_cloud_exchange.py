"""What administrators and delegates did in Exchange, and the rules that sort people's mail.

Spec: https://learn.microsoft.com/exchange/policy-and-compliance/admin-audit-logging/admin-audit-logging
Spec: https://learn.microsoft.com/powershell/module/exchange/get-inboxrule
Spec: https://learn.microsoft.com/graph/api/resources/messagerule
Why: Exchange's own audit log tells the same commands as Microsoft 365's: it is the same log source,
and its fields have the names that rules for it use (`Operation`, `Parameters.ForwardTo`) as well.
Trap: a list of mail rules says what is, not when it was made. PowerShell's CSV names the parameters
of a command without their values: `ConvertTo-Json -Depth 5` keeps them.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from stopa.model.event import TIME, USER, LogSource
from stopa.readers._cloud_shape import Record, Shape
from stopa.readers._flatten import Column
from stopa.readers._layout import Layout, Pick
from stopa.readers._local_dates import local
from stopa.readers._times import Times, by_value, stated

AUDIT = LogSource("m365", None, "audit")
RULES = LogSource("m365", None, "inbox_rules")
DOTNET = re.compile(r"/Date\((-?\d{1,17})(?:[+-]\d{4})?\)/")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _dotnet(texts: Column, zone: tzinfo | None) -> Times:
    """Read `/Date(1748412930000)/`, milliseconds since 1970 UTC, as older PowerShell writes it."""
    return by_value(texts, _of_dotnet, zone)


def _of_dotnet(text: str) -> datetime | None:
    found = DOTNET.fullmatch(text)
    try:
        return EPOCH + timedelta(milliseconds=int(found[1])) if found else None
    except OverflowError:
        return None


TIMES = tuple(
    Pick(field, read) for field in ("RunDate", "LastAccessed") for read in (stated, local, _dotnet)
)
USERS = ("Caller", "LogonUserDisplayName", "LogonUserSid", "MailboxOwnerUPN")
ALIASES = (
    ("Operation", "Cmdlet"),
    ("Operation", "CmdletName"),
    ("UserId", "Caller"),
    ("UserId", "LogonUserDisplayName"),
    ("ObjectId", "ObjectModified"),
    ("ObjectId", "MailboxOwnerUPN"),
    ("ResultStatus", "Succeeded"),
    ("ResultStatus", "OperationResult"),
    ("ClientIP", "ClientIPAddress"),
)
LAYOUT = Layout(AUDIT, ((TIME, TIMES), (USER, tuple(map(Pick, USERS)))), aliases=ALIASES)
SORTING = (
    ("ForwardTo", "actions.forwardTo.emailAddress.address"),
    ("RedirectTo", "actions.redirectTo.emailAddress.address"),
    ("ForwardAsAttachmentTo", "actions.forwardAsAttachmentTo.emailAddress.address"),
    ("DeleteMessage", "actions.delete"),
    ("MoveToFolder", "actions.moveToFolder"),
    ("MarkAsRead", "actions.markAsRead"),
    ("Name", "displayName"),
    ("Enabled", "isEnabled"),
)
RULE_USERS = ("MailboxOwnerId", "mailbox")
RULE_LAYOUT = Layout(RULES, ((USER, tuple(map(Pick, RULE_USERS))),), aliases=SORTING)


def commanded(record: Record) -> Record:
    """Return a record of a command with its parameters, and what it changed, as fields."""
    fields = dict(record)
    for told, name in (("CmdletParameters", "Parameters"), ("ModifiedProperties", None)):
        for element in _objects(record.get(told)):
            path = f"{name or told}.{element['Name']}"
            for key, value in element.items():
                if key != "Name" and value not in (None, ""):
                    fields[path if key == "Value" else f"{path}.{key}"] = value
    return fields


def _objects(told: object) -> list[Record]:
    elements = told if isinstance(told, list) else [told]
    return [e for e in elements if isinstance(e, dict) and isinstance(e.get("Name"), str)]


EXCHANGE = (
    *(
        Shape(title, AUDIT, marks, TIMES, USERS, aliases=ALIASES, unpack=commanded)
        for title, marks in (
            ("Exchange admin audit log", ("CmdletName", "Caller", "RunDate")),
            ("Exchange mailbox audit log", ("MailboxGuid", "Operation", "LogonType")),
        )
    ),
    *(
        Shape(title, RULES, marks, (), RULE_USERS, aliases=SORTING)
        for title, marks in (
            ("mail rules by PowerShell", ("RuleIdentity", "MailboxOwnerId")),
            ("mail rules by Graph", ("sequence", "isEnabled", "actions")),
        )
    ),
)
