"""Which Windows events a Sigma log source means, and how fields are called there: by hand.

Spec: SigmaHQ log source documentation; Sysmon event ids:
https://learn.microsoft.com/sysinternals/downloads/sysmon; event 4688 and 4657 of the Security log
Why: written from those, not from pySigma's tables, so that the engine's tables have a second pair
of eyes. Rules for what is no Windows log never see a Windows event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Event = Mapping[str, Any]

SYSMON = {
    "process_creation": "1",
    "file_change": "2",
    "network_connection": "3",
    "sysmon_status": "4 16",
    "process_termination": "5",
    "driver_load": "6",
    "image_load": "7",
    "create_remote_thread": "8",
    "raw_access_thread": "9",
    "process_access": "10",
    "file_event": "11",
    "registry_add": "12",
    "registry_delete": "12",
    "registry_set": "13",
    "registry_rename": "14",
    "registry_event": "12 13 14",
    "create_stream_hash": "15",
    "pipe_created": "17 18",
    "wmi_event": "19 20 21",
    "dns_query": "22",
    "file_delete": "23 26",
    "clipboard_capture": "24",
    "process_tampering": "25",
    "file_block_executable": "27",
    "file_block_shredding": "28",
    "file_executable_detected": "29",
    "sysmon_error": "255",
}
POWERSHELL = {
    "ps_module": ("powershell", "4103"),
    "ps_script": ("powershell", "4104"),
    "ps_classic_start": ("powershell-classic", "400"),
    "ps_classic_provider_start": ("powershell-classic", "600"),
    "ps_classic_script": ("powershell-classic", "800"),
}
M = "Microsoft-Windows-"
CHANNELS = {
    "application": ("Application",),
    "security": ("Security",),
    "system": ("System",),
    "sysmon": (f"{M}Sysmon/Operational",),
    "powershell": (f"{M}PowerShell/Operational", "PowerShellCore/Operational"),
    "powershell-classic": ("Windows PowerShell",),
    "taskscheduler": (f"{M}TaskScheduler/Operational",),
    "wmi": (f"{M}WMI-Activity/Operational",),
    "ntlm": (f"{M}NTLM/Operational",),
    "windefend": (f"{M}Windows Defender/Operational",),
    "firewall-as": (f"{M}Windows Firewall With Advanced Security/Firewall",),
    "bits-client": (f"{M}Bits-Client/Operational",),
    "codeintegrity-operational": (f"{M}CodeIntegrity/Operational",),
    "terminalservices-localsessionmanager": (
        f"{M}TerminalServices-LocalSessionManager/Operational",
    ),
    "applocker": tuple(
        f"{M}AppLocker/{log}"
        for log in (
            "MSI and Script",
            "EXE and DLL",
            "Packaged app-Deployment",
            "Packaged app-Execution",
        )
    ),
    "dns-server": ("DNS Server", f"{M}DNS-Server/Audit"),
    "dns-client": (f"{M}DNS Client Events/Operational", f"{M}DNS-Client/Operational"),
    "driver-framework": (f"{M}DriverFrameworks-UserMode/Operational",),
    "msexchange-management": ("MSExchange Management",),
    "security-mitigations": (
        f"{M}Security-Mitigations/Kernel Mode",
        f"{M}Security-Mitigations/User Mode",
    ),
    "shell-core": (f"{M}Shell-Core/Operational",),
    "openssh": ("OpenSSH/Operational",),
    "bitlocker": (f"{M}BitLocker/BitLocker Management",),
    "appxdeployment-server": (f"{M}AppXDeploymentServer/Operational",),
    "lsa-server": (f"{M}LSA/Operational",),
    "appmodel-runtime": (f"{M}AppModel-Runtime/Admin",),
    "capi2": (f"{M}CAPI2/Operational",),
    "smbclient-security": (f"{M}SmbClient/Security",),
    "diagnosis-scripted": (f"{M}Diagnosis-Scripted/Operational",),
}
ENVELOPE = {
    "EventID": "_event_id",
    "Provider_Name": "_provider",
    "Channel": "_channel",
    "Computer": "_host",
    "ComputerName": "_host",
}
NAMES_4688 = {
    "Image": "NewProcessName",
    "ParentImage": "ParentProcessName",
    "ParentProcessId": "ProcessId",
    "ProcessId": "NewProcessId",
    "LogonId": "SubjectLogonId",
    "User": "SubjectUserName",
    "IntegrityLevel": "MandatoryLabel",
}
NAMES_4657 = {"Image": "ProcessName", "TargetObject": "ObjectName", "Details": "NewValue"}
CREATED = ("new registry value created", "%%1904")
MODIFIED = ("existing registry value modified", "%%1905")
OPERATIONS = {
    "registry_event": CREATED + MODIFIED,
    "registry_set": MODIFIED,
    "registry_add": CREATED,
}


def views(logsource: Mapping[str, Any], event: Event) -> Iterator[Event]:
    """Yield the event as the rule's log source names its fields; nothing where it is not meant."""
    product, category, service = (logsource.get(k) for k in ("product", "category", "service"))
    if product not in (None, "windows") or (product is None and not category):
        return
    channel, number = str(event.get("_channel")), str(event.get("_event_id"))
    if service and not _among(channel, service):
        return
    if category is None:
        yield _named(event, {})
        return
    for log, numbers, names in _logs(category):
        operation = str(event.get("OperationType")).lower()
        meant = names is not NAMES_4657 or operation in OPERATIONS[category]
        if _among(channel, log) and number in numbers and meant:
            yield _named(event, names)


def _logs(category: str) -> Iterator[tuple[str, Sequence[str], Mapping[str, str]]]:
    """Yield the logs that answer the category: service, event ids, names of fields."""
    if category in SYSMON:
        yield "sysmon", SYSMON[category].split(), {}
    if category in POWERSHELL:
        log, number = POWERSHELL[category]
        yield log, (number,), {}
    if category == "process_creation":
        yield "security", ("4688",), NAMES_4688
    if category in OPERATIONS:
        yield "security", ("4657",), NAMES_4657


def _among(channel: str, service: str) -> bool:
    return channel.lower() in [name.lower() for name in CHANNELS.get(service, ())]


def _named(event: Event, names: Mapping[str, str]) -> Event:
    """Give the fields that are called otherwise the names that rules use.

    What the event itself calls so comes first: event 104 names the channel that was cleared.
    """
    view = {name: value for name, value in event.items() if name not in names}
    own = {name: event[there] for name, there in ENVELOPE.items() if there in event}
    return own | view | {name: event[there] for name, there in names.items() if there in event}
