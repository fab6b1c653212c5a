"""Which Windows events answer which Sigma log source: provider, channel, event id and field names.

Spec: pySigma's pipelines `sysmon` and `windows` (their tables are read, not copied);
https://learn.microsoft.com/windows/security/threat-protection/auditing/event-4688
Trap: never by event id alone: 1 is a process in Sysmon's log and something else in fifty others.
Security 4688 has no command line unless audited, no hashes, no original file name: such tests find
the field absent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from sigma.pipelines.common import windows_logsource_mapping
from sigma.pipelines.sysmon.sysmon import sysmon_generic_logsource_eventid_mapping
from sigma.pipelines.windows.windows import (
    generic_logsource_to_windows_audit_event_mapping,
    windows_audit_registry_fieldmappings,
    windows_generic_category_channel_mapping,
)

from stopa.detect.scope import Envelope

# Services that pySigma's table does not have, and other channels of services that it has.
CHANNELS: Mapping[str, tuple[str, ...]] = {
    "iis-configuration": ("Microsoft-IIS-Configuration/Operational",),
    "smbserver-connectivity": ("Microsoft-Windows-SMBServer/Connectivity",),
    "smbclient-connectivity": ("Microsoft-Windows-SmbClient/Connectivity",),
    "ldap": ("Microsoft-Windows-LDAP-Client/Debug",),
    "dns-server": ("DNS Server", "Microsoft-Windows-DNS-Server/Audit"),
    "appxdeployment-server": ("Microsoft-Windows-AppXDeploymentServer/Operational",),
    "sense": ("Microsoft-Windows-SENSE/Operational",),
    "kernel-event-tracing": ("Microsoft-Windows-Kernel-EventTracing/Admin",),
    "kernel-shimengine": ("Microsoft-Windows-Kernel-ShimEngine/Operational",),
    "terminalservices-remoteconnectionmanager": (
        "Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational",
    ),
    "winrm": ("Microsoft-Windows-WinRM/Operational",),
    "dns-client": ("Microsoft-Windows-DNS-Client/Operational",),
    "hyper-v-worker": ("Microsoft-Windows-Hyper-V-Worker",),
    "kerberos": ("Microsoft-Windows-Kerberos/Operational",),
    "powershell": ("Microsoft-Windows-PowerShell/Operational", "PowerShellCore/Operational"),
}

# The one provider of a channel, where it has only one: another one's events are not meant. It also
# recognises an event whose channel is not stated or is that of a collector.
PROVIDERS: Mapping[str, tuple[str, ...]] = {
    "sysmon": ("Microsoft-Windows-Sysmon",),
    "security": ("Microsoft-Windows-Security-Auditing", "Microsoft-Windows-Eventlog"),
    "powershell": ("Microsoft-Windows-PowerShell", "PowerShellCore"),
    "powershell-classic": ("PowerShell",),
    "windefend": ("Microsoft-Windows-Windows Defender", "Windows Defender"),
    "taskscheduler": ("Microsoft-Windows-TaskScheduler",),
    "wmi": ("Microsoft-Windows-WMI-Activity",),
    "ntlm": ("Microsoft-Windows-NTLM",),
    "bits-client": ("Microsoft-Windows-Bits-Client",),
    "codeintegrity-operational": ("Microsoft-Windows-CodeIntegrity",),
    "firewall-as": ("Microsoft-Windows-Windows Firewall With Advanced Security",),
    "applocker": ("Microsoft-Windows-AppLocker",),
    "dns-client": ("Microsoft-Windows-DNS-Client", "Microsoft-Windows-DNS Client Events"),
}
SHARED = frozenset({"security"})  # channels with one main provider that others may write to
AUDIT = "Microsoft-Windows-Security-Auditing"

# Sysmon's field names -> those of the Security log. 4688 is in pySigma's table only as an object
# inside a pipeline; the subject's name and the target process id are added.
FIELDS_4688 = {
    "Image": "NewProcessName",
    "ParentImage": "ParentProcessName",
    "ParentProcessId": "ProcessId",
    "ProcessId": "NewProcessId",
    "LogonId": "SubjectLogonId",
    "User": "SubjectUserName",
    "IntegrityLevel": "MandatoryLabel",
}
FIELDS_4657 = {**windows_audit_registry_fieldmappings, "Details": "NewValue"}
AUDITED: Mapping[str, Any] = generic_logsource_to_windows_audit_event_mapping  # type: ignore[assignment]
# Raw events hold the codes of messages that only a viewer renders (msobjs.dll).
RENDERED = {
    "New registry value created": "%%1904",
    "Existing registry value modified": "%%1905",
    "Registry value deleted": "%%1906",
}
AUDIT_FIELDS = {"4688": FIELDS_4688, "4657": FIELDS_4657}


class Source(Struct, frozen=True, array_like=True, gc=False):
    """One kind of Windows event: its envelope, its field names, and what else must be so."""

    envelope: Envelope
    fields: Mapping[str, str] = {}
    also: Mapping[str, tuple[str, ...]] = {}


def sources(category: str | None, service: str | None) -> list[Source]:
    """Return the kinds of Windows event that answer; empty where no table has the words."""
    if category is None:
        return [Source(_service(service))] if service is None or _channels(service) else []
    found = [*_by_category(category)]
    if service is None or not _channels(service):
        return found
    return [source for source in found if source.envelope.channels <= _folded(_channels(service))]


def _by_category(category: str) -> Iterator[Source]:
    if category in sysmon_generic_logsource_eventid_mapping:
        ids = sysmon_generic_logsource_eventid_mapping[category]
        yield Source(_service("sysmon", ids))
    if category in windows_generic_category_channel_mapping:
        mapped: Mapping[str, Any] = windows_generic_category_channel_mapping[category]
        yield Source(_service(mapped["service"], mapped["EventID"]))
    audited = AUDITED.get(category)
    if audited:
        event_id = str(audited["EventID"])
        also = {k: _raw_too(_listed(v)) for k, v in audited.items() if k != "EventID"}
        envelope = Envelope(_folded((AUDIT,)), _folded(("Security",)), frozenset({event_id}))
        yield Source(envelope, AUDIT_FIELDS[event_id], also)


def _raw_too(texts: list[str]) -> tuple[str, ...]:
    """Return the rendered texts and the codes that raw events have in their place."""
    return (*texts, *(RENDERED[text] for text in texts if text in RENDERED))


def _service(service: str | None, ids: object = ()) -> Envelope:
    if service is None:
        return Envelope()
    return Envelope(
        _folded(PROVIDERS.get(service, ())),
        _folded(_channels(service)),
        frozenset(map(str, _listed(ids))),
        service not in SHARED,
    )


def _channels(service: str) -> tuple[str, ...]:
    known = windows_logsource_mapping.get(service, ())
    return (*_listed(known), *CHANNELS.get(service, ()))


def _listed(value: object) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.lower() for name in names)
