"""Windows events in the shape in which NXLog sends them: Sysmon, Security and System.

Spec: https://learn.microsoft.com/sysinternals/downloads/sysmon (event ids and fields)
Trap: `EventTime` is the machine's local time and says no zone; `@timestamp` and `UtcTime` are UTC.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from story.world import CONTROLLER, DOMAIN, FILE_SERVER, HOME, MARK, in_gap

SYSMON = "Microsoft-Windows-Sysmon"
SECURITY = "Microsoft-Windows-Security-Auditing"
EVENTLOG = "Microsoft-Windows-Eventlog"
SERVICES = "Service Control Manager"
CHANNELS = {
    SYSMON: "Microsoft-Windows-Sysmon/Operational",
    SECURITY: "Security",
    SERVICES: "System",
}
GUIDS = {
    SYSMON: "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}",
    SECURITY: "{54849625-5478-4994-A5BA-3E3B0328C30D}",
    EVENTLOG: "{FC65DDD8-D6EF-4962-83D5-6E5CFE9CE148}",
    SERVICES: "{555908D1-A6D7-4695-8E1E-26931D2012F4}",
}
FIRST_RECORD = {"Security": 210_400, "System": 8_100, CHANNELS[SYSMON]: 530_700}
SYSTEM_USER = "NT AUTHORITY\\SYSTEM"

SYSTEM32 = r"C:\Windows\System32"
EXPLORER = r"C:\Windows\explorer.exe"
CMD = rf"{SYSTEM32}\cmd.exe"
OFFICE = r"C:\Program Files\Microsoft Office\root\Office16"
# What the version resource of a program says, where its file name says otherwise or rules ask.
ORIGINAL_NAMES = {
    "cmd.exe": "Cmd.Exe", "rundll32.exe": "RUNDLL32.EXE", "certutil.exe": "CertUtil.exe",
    "schtasks.exe": "schtasks.exe", "pcs.exe": "rclone.exe", "r.exe": "Rar.exe",
    "psync.exe": "PrintSync.exe",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a machine, before the collector gave it its record."""

    when: datetime
    host: str
    provider: str
    number: int
    fields: dict[str, str]
    channel: str = ""


def records(events: Iterable[Event], host: str) -> Iterator[dict[str, object]]:
    """Yield what the collector kept of one machine's events, in order, with record numbers.

    Numbers run on while the collector stands still, as they do on a real machine.
    """
    numbers = dict(FIRST_RECORD)
    for event in sorted((e for e in events if e.host == host), key=_order):
        channel = event.channel or CHANNELS[event.provider]
        numbers[channel] += 1
        if not in_gap(event.when):
            yield _record(event, channel, numbers[channel])


def started(
    when: datetime, host: str, user: str, image: str, line: str, parent: str = EXPLORER
) -> Event:
    """Sysmon 1: a program started."""
    name = image.rsplit("\\", 1)[-1]
    number = _process_number(when, image)
    return Event(when, host, SYSMON, 1, {
        "UtcTime": _utc(when), "ProcessGuid": _guid(host, when, number), "ProcessId": str(number),
        "Image": image, "OriginalFileName": ORIGINAL_NAMES.get(name, name), "CommandLine": line,
        "User": user, "IntegrityLevel": "System" if user == SYSTEM_USER else "Medium",
        "Hashes": _hashes(image), "ParentImage": parent, "ParentProcessId": "4120",
    })  # fmt: skip


def audited_start(
    when: datetime, host: str, user: str, image: str, line: str, parent: str = EXPLORER
) -> Event:
    """Security 4688: the same seen by the Security log."""
    return _security(when, host, 4688, user, {
        "NewProcessId": hex(_process_number(when, image)), "NewProcessName": image,
        "CommandLine": line, "ParentProcessName": parent, "TokenElevationType": "%%1936",
    })  # fmt: skip


def connected(when: datetime, host: str, user: str, image: str, to: tuple[str, int, str]) -> Event:
    """Sysmon 3: a program connected to (address, port, name)."""
    address, port, name = to
    return Event(when, host, SYSMON, 3, {
        "UtcTime": _utc(when), "ProcessId": "5188", "Image": image, "User": user,
        "Protocol": "tcp", "Initiated": "true", "DestinationIp": address,
        "DestinationPort": str(port), "DestinationHostname": name,
    })  # fmt: skip


def library_loaded(when: datetime, host: str, image: str, library: str, *, signer: str) -> Event:
    """Sysmon 7: a library loaded; an empty signer means unsigned."""
    return Event(when, host, SYSMON, 7, {
        "UtcTime": _utc(when), "ProcessId": "5188", "Image": image, "ImageLoaded": library,
        "Hashes": _hashes(library), "Signed": "true" if signer else "false",
        "Signature": signer or "-", "SignatureStatus": "Valid" if signer else "Unavailable",
    })  # fmt: skip


def opened_process(when: datetime, host: str, image: str, target: str, access: str) -> Event:
    """Sysmon 10: a process opened another one with these rights."""
    return Event(when, host, SYSMON, 10, {
        "UtcTime": _utc(when), "SourceProcessId": "5188", "SourceImage": image,
        "TargetProcessId": "652", "TargetImage": target, "GrantedAccess": access,
    })  # fmt: skip


def file_made(when: datetime, host: str, user: str, image: str, path: str) -> Event:
    """Sysmon 11: a file made."""
    return Event(when, host, SYSMON, 11, {
        "UtcTime": _utc(when), "ProcessId": "5188", "Image": image, "TargetFilename": path,
        "CreationUtcTime": _utc(when), "User": user,
    })  # fmt: skip


def value_set(when: datetime, host: str, image: str, key: str, value: str) -> Event:
    """Sysmon 13: a registry value set."""
    return Event(when, host, SYSMON, 13, {
        "UtcTime": _utc(when), "EventType": "SetValue", "ProcessId": "5188", "Image": image,
        "TargetObject": key, "Details": value,
    })  # fmt: skip


def name_asked(
    when: datetime, host: str, user: str, image: str, question: tuple[str, str]
) -> Event:
    """Sysmon 22: a program asked for (name, address of the answer)."""
    name, address = question
    return Event(when, host, SYSMON, 22, {
        "UtcTime": _utc(when), "ProcessId": "5188", "Image": image, "QueryName": name,
        "QueryStatus": "0", "QueryResults": f"::ffff:{address};", "User": user,
    })  # fmt: skip


def logged_on(when: datetime, host: str, account: str, kind: int, address: str) -> Event:
    """Security 4624: a logon of that type from that address."""
    return Event(when, host, SECURITY, 4624, {
        "SubjectUserName": "-", "TargetUserName": account, "TargetDomainName": DOMAIN,
        "LogonType": str(kind), "IpAddress": address, "LogonProcessName": "Kerberos",
        "AuthenticationPackageName": "Kerberos", "WorkstationName": "-",
    })  # fmt: skip


def share_opened(when: datetime, account: str, address: str, share: str) -> Event:
    """Security 5140 on the file server: a share opened."""
    return _security(when, FILE_SERVER, 5140, f"{DOMAIN}\\{account}", {
        "IpAddress": address, "ShareName": rf"\\*\{share}", "AccessMask": "0x1",
    })  # fmt: skip


def ticket_asked(when: datetime, account: str, service: str, address: str) -> Event:
    """Security 4769 on the domain controller: a service ticket with today's encryption."""
    return Event(when, CONTROLLER, SECURITY, 4769, {
        "TargetUserName": f"{account}@MFASUN.EXAMPLE", "ServiceName": service,
        "TicketEncryptionType": "0x12", "Status": "0x0", "IpAddress": f"::ffff:{address}",
    })  # fmt: skip


def replicated(when: datetime, account: str) -> Event:
    """Security 4662 on the domain controller: an account asks for the directory's changes."""
    return _security(when, CONTROLLER, 4662, f"{DOMAIN}\\{account}", {
        "ObjectServer": "DS", "ObjectType": "%{19195a5b-6da0-11d0-afd3-00c04fd930c9}",
        "AccessMask": "0x100",
        "Properties": "%%7688\r\n\t\t{1131f6ad-9c07-11d1-f79f-00c04fc2dcd2}\r\n"
        "\t{19195a5b-6da0-11d0-afd3-00c04fd930c9}\r\n",
    })  # fmt: skip


def service_installed(when: datetime, host: str, name: str, path: str) -> Event:
    """System 7045: a service installed."""
    return Event(when, host, SERVICES, 7045, {
        "ServiceName": name, "ImagePath": path, "ServiceType": "user mode service",
        "StartType": "auto start", "AccountName": "LocalSystem",
    })  # fmt: skip


def log_cleared(when: datetime, host: str, account: str) -> Iterator[Event]:
    """Security 1102 and System 104: both logs emptied, the second a little later."""
    who = {"SubjectUserName": account, "SubjectDomainName": DOMAIN}
    later = when + timedelta(seconds=2)
    yield Event(when, host, EVENTLOG, 1102, who, "Security")
    yield Event(later, host, EVENTLOG, 104, {**who, "BackupPath": "-"}, "System")


def _security(when: datetime, host: str, number: int, user: str, fields: dict[str, str]) -> Event:
    domain, account = user.split("\\")
    who = {"SubjectUserName": account, "SubjectDomainName": domain}
    return Event(when, host, SECURITY, number, who | fields)


def _order(event: Event) -> tuple[datetime, int, str]:
    return event.when, event.number, str(event.fields)


def _record(event: Event, channel: str, number: int) -> dict[str, object]:
    head: dict[str, object] = {
        "@timestamp": event.when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{_milli(event.when):03}Z",
        "EventTime": event.when.astimezone(HOME).strftime("%Y-%m-%d %H:%M:%S"),
        "Hostname": f"{event.host}.mfasun.example", "SourceName": event.provider,
        "ProviderGuid": GUIDS[event.provider], "Channel": channel, "EventID": event.number,
        "RecordNumber": number, "Severity": "INFO", "SourceModuleType": "im_msvistalog",
        "tags": [MARK],
    }  # fmt: skip
    return head | dict(event.fields)


def _utc(when: datetime) -> str:
    return when.strftime("%Y-%m-%d %H:%M:%S.") + f"{_milli(when):03}"


def _milli(when: datetime) -> int:
    return when.microsecond // 1000


def _process_number(when: datetime, image: str) -> int:
    return 1000 + 4 * (int.from_bytes(_digest(f"{when}{image}")[:2], "big") % 4000)


def _guid(host: str, when: datetime, number: int) -> str:
    machine = _digest(host).hex()[:8]
    return f"{{{machine}-{number:04x}-{int(when.timestamp()):08x}-0000-000000000000}}"


def _hashes(path: str) -> str:
    return f"SHA256={_digest(path).hex().upper()}"


def _digest(text: str) -> bytes:
    return hashlib.sha256(f"{MARK} {text}".encode()).digest()
