"""The unified audit log of the ministry's cloud office: sign-ins, mailboxes, consents.

Spec: https://learn.microsoft.com/office/office-365-management-api/ (common and Exchange schema)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from story.world import (
    ADMIN,
    FAR_SIDE,
    ILSA,
    JORUN,
    MAIL_DOMAIN,
    MARK,
    TOMAS,
    Dice,
    at,
    office_days,
    office_time,
)

EXCHANGE, DIRECTORY, FILES = "Exchange", "AzureActiveDirectory", "OneDrive"
OFFICE_ADDRESS = "198.51.100.24"  # the ministry's own way out
STOLEN = f"{ADMIN}@{MAIL_DOMAIN}"
SERVICE = f"svc-archive@{MAIL_DOMAIN}"
APPLICATION = "SyncHelper"


@dataclass(frozen=True, slots=True)
class Act:
    """Something an account did in the cloud."""

    when: datetime
    operation: str
    workload: str
    user: str
    address: str
    parameters: dict[str, str] = field(default_factory=dict)
    more: dict[str, object] = field(default_factory=dict)


def audit_log() -> str:
    """Return the audit log as JSON lines, oldest first."""
    acts = sorted([*_everyday(), *_administration(), *_intruders()], key=lambda a: (a.when, a.user))
    return "".join(_object(act) for act in acts)


def _everyday() -> Iterator[Act]:
    dice = Dice("cloud")
    for day in office_days():
        for person in (ILSA, TOMAS, JORUN):
            if dice.happens(percent=25):
                continue
            when = office_time(day, dice)
            yield Act(when, "UserLoggedIn", DIRECTORY, person.mail, OFFICE_ADDRESS)
            if dice.happens(percent=60):
                name = f"Note {dice.between(1, 400)}.docx"
                yield Act(
                    office_time(day, dice), "FileModified", FILES, person.mail, OFFICE_ADDRESS,
                    more={"SourceFileName": name, "ItemType": "File"},
                )  # fmt: skip


def _administration() -> Iterator[Act]:
    """Yield what looks like the intruders' steps and is not: sorting, shared mailboxes, an app."""
    yield _exchange(
        "2023-10-03 07:12:44", "New-InboxRule", ILSA.mail,
        {"Name": "Press", "From": "news@hallencourier.example", "MoveToFolder": "Press review"},
    )  # fmt: skip
    yield _exchange(
        "2023-12-05 08:31:02", "Add-MailboxPermission", f"{JORUN.account}@{MAIL_DOMAIN}",
        {"Identity": "shared-visits", "User": ILSA.account, "AccessRights": "FullAccess"},
    )  # fmt: skip
    yield _exchange(
        "2024-05-16 16:40:19", "Set-Mailbox", f"{JORUN.account}@{MAIL_DOMAIN}",
        {"Identity": "shared-visits", "ProhibitSendQuota": "50 GB"},
    )  # fmt: skip
    yield _exchange(
        "2024-06-11 09:02:57", "Set-MailboxFolderPermission", TOMAS.mail,
        {"Identity": f"{TOMAS.account}:\\Calendar", "User": "Default", "AccessRights": "Reviewer"},
    )  # fmt: skip
    yield _consent("2024-01-17 10:20:11", JORUN.mail, "RoomFinder", "openid profile User.Read")


def _intruders() -> Iterator[Act]:
    """Yield the theft of the secretary's mail, hidden warnings, an application that stays."""
    secretary = TOMAS.account
    yield Act(at("2024-03-05 12:58:31"), "UserLoggedIn", DIRECTORY, STOLEN, FAR_SIDE)
    yield _exchange(
        "2024-03-05 13:02:11", "Add-MailboxPermission", STOLEN,
        {"Identity": secretary, "User": "svc-archive", "AccessRights": "FullAccess",
         "AutoMapping": "False"}, FAR_SIDE,
    )  # fmt: skip
    yield _exchange(
        "2024-03-05 13:09:46", "New-InboxRule", STOLEN,
        {"Mailbox": secretary, "Name": ".", "SubjectContainsWords": "sign-in;permission;unusual",
         "MoveToFolder": "RSS Subscriptions", "MarkAsRead": "True"}, FAR_SIDE,
    )  # fmt: skip
    yield _exchange(
        "2024-03-05 13:15:20", "Set-MailboxAuditBypassAssociation", STOLEN,
        {"Identity": "svc-archive", "AuditBypassEnabled": "True"}, FAR_SIDE,
    )  # fmt: skip
    scopes = "openid offline_access Mail.Read Files.Read.All"
    yield _consent("2024-03-19 14:26:08", STOLEN, APPLICATION, scopes, FAR_SIDE)
    yield Act(
        at("2024-03-19 14:31:52"), "Add service principal credentials.", DIRECTORY, STOLEN,
        FAR_SIDE, more={"Target": [{"ID": APPLICATION, "Type": 1}],
              "ModifiedProperties": [{"Name": "KeyDescription", "NewValue": "KeyType=Password",
                                      "OldValue": "[]"}]},
    )  # fmt: skip
    yield from _reading_along()


def _reading_along() -> Iterator[Act]:
    """Yield how the application fetches the secretary's mail, once a week."""
    dice = Dice("reading along")
    day = at("2024-03-20 13:00:00")
    while day < at("2025-02-26 00:00:00"):
        when = day + timedelta(seconds=dice.below(9000))
        yield Act(
            when, "MailItemsAccessed", EXCHANGE, SERVICE, FAR_SIDE,
            more={"ClientInfoString": f"Client=REST;Client=RESTSystem;;{APPLICATION}",
                  "MailboxOwnerUPN": TOMAS.mail, "OperationCount": dice.between(4, 60)},
        )  # fmt: skip
        day += timedelta(days=7)


def _exchange(
    when: str, operation: str, user: str, parameters: dict[str, str], address: str = OFFICE_ADDRESS
) -> Act:
    return Act(at(when), operation, EXCHANGE, user, address, parameters)


def _consent(
    when: str, user: str, application: str, scopes: str, address: str = OFFICE_ADDRESS
) -> Act:
    granted = f"[] => [[Id: 1, ClientId: 2, ConsentType: Principal, Scope: {scopes}]]"
    return Act(
        at(when), "Consent to application.", DIRECTORY, user, address,
        more={"Target": [{"ID": application, "Type": 1}],
              "ModifiedProperties": [
                  {"Name": "ConsentContext.IsAdminConsent", "NewValue": "False", "OldValue": ""},
                  {"Name": "ConsentAction.Permissions", "NewValue": granted, "OldValue": ""}]},
    )  # fmt: skip


def _object(act: Act) -> str:
    digest = hashlib.sha256(f"{MARK}{act}".encode()).hexdigest()
    said: dict[str, object] = {
        "CreationTime": act.when.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Id": f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}",
        "Operation": act.operation, "OrganizationId": f"{MARK}-mfa-sundmark",
        "RecordType": {EXCHANGE: 1, DIRECTORY: 8, FILES: 6}[act.workload],
        "ResultStatus": "Success", "UserKey": act.user, "UserType": 0, "Version": 1,
        "Workload": act.workload, "ClientIP": act.address, "UserId": act.user,
    }  # fmt: skip
    if act.parameters:
        said["ObjectId"] = act.parameters.get("Identity", act.parameters.get("Name", ""))
        said["Parameters"] = [{"Name": n, "Value": v} for n, v in act.parameters.items()]
    return json.dumps(said | act.more, separators=(",", ":")) + "\n"
