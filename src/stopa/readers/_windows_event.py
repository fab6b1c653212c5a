"""What a Windows event says, as flat native fields: the same names whichever tool wrote it down.

Spec: https://learn.microsoft.com/en-us/windows/win32/wes/eventschema-schema
Why: Sigma rules speak of `EventID`, `Provider_Name` and the plain names of the event's own data, so
`System/Provider@Name` becomes `Provider_Name`, `TimeCreated@SystemTime` becomes `TimeCreated`, and
the children of EventData, and of UserData's one element, keep their names.
Trap: an event may have data of its own called like a system field (104, "log cleared", says which
`Channel`). The data keeps the name, because rules mean it, and the system's value is found under
`System_Channel`; the envelope is made of the system's. Data without names (`<Data>a</Data>`) is the
list `Data`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from stopa.model.event import CHANNEL, EVENT_ID, HOST, PROVIDER, TIME, USER, LogSource
from stopa.readers._columns import Layout, Pick
from stopa.readers._times import stated

WINDOWS = LogSource("windows")
ATTRIBUTES = "#attributes"
TEXT = "#text"
SEPARATE = "_attributes"  # evtx_dump --separate-json-attributes
CLASH = "System_"
PLAIN = {"TimeCreated_SystemTime": "TimeCreated"}
RENDERED = "RenderingInfo.Message"  # the text that Windows shows; forwarded events carry it
NOT_DATA = {"System", ATTRIBUTES, "xmlns", "@xmlns"}

SUBJECT = Pick("SubjectUserName", within="SubjectDomainName")
TARGET = Pick("TargetUserName", within="TargetDomainName")
SYSTEM_FIELDS = (
    (TIME, (Pick(f"{CLASH}TimeCreated", stated), Pick("TimeCreated", stated))),
    (HOST, (Pick(f"{CLASH}Computer"), Pick("Computer"))),
    (PROVIDER, (Pick(f"{CLASH}Provider_Name"), Pick("Provider_Name"))),
    (CHANNEL, (Pick(f"{CLASH}Channel"), Pick("Channel"))),
    (EVENT_ID, (Pick(f"{CLASH}EventID"), Pick("EventID"))),
)
SPLIT = ("Channel", "Provider_Name", "EventID")
SID = Pick("Security_UserID")
# Winlogbeat resolves the identifier to a name: 7 and 8 under `winlog`, 5 and 6 at the top.
RESOLVED = (
    Pick("winlog.user.name", within="winlog.user.domain"),
    Pick("user.name", within="user.domain"),
)
ACTOR = (Pick("User"), SUBJECT, TARGET, *RESOLVED, SID)
ACTING = Layout(WINDOWS, (*SYSTEM_FIELDS, (USER, ACTOR)), SPLIT)
LOGON = Layout(WINDOWS, (*SYSTEM_FIELDS, (USER, (TARGET, SUBJECT, SID))), SPLIT)

# Security events in which the target is the account that acts and the subject only vouches for it:
# logon, failed logon, logoff, Kerberos and NTLM authentication, sessions reconnected or left.
# https://learn.microsoft.com/en-us/windows/security/threat-protection/auditing/
LOGON_IDS = (
    4624,
    4625,
    4634,
    4647,
    4768,
    4769,
    4770,
    4771,
    4773,
    4776,
    4777,
    4778,
    4779,
    4800,
    4801,
)
LOGONS = frozenset(map(str, LOGON_IDS))
AUDIT = "Microsoft-Windows-Security-Auditing"


def layout_of(fields: Mapping[str, object]) -> Layout:
    """Return how an event of these fields is laid out."""
    logon = fields.get("Provider_Name") == AUDIT and str(fields.get("EventID")) in LOGONS
    return LOGON if logon else ACTING


def event_fields(event: Mapping[str, object]) -> dict[str, object]:
    """Return the native fields of an `Event` element as evtx_dump turns it into JSON."""
    if any(name.endswith(SEPARATE) for name in event) or "Provider_attributes" in _of(event):
        event = _joined(event)
    system = _system_fields(_of(event))
    data: dict[str, object] = {}
    for name, part in event.items():
        if name == "EventData":
            data.update(_data_fields(part))
        elif name == "UserData":
            data.update(_user_fields(part))
        elif name not in NOT_DATA:
            data.update(_element(name, part))
    if RENDERED in data:
        data.setdefault("Message", data[RENDERED])
    return merged(system, data)


def merged(system: Mapping[str, object], data: Mapping[str, object]) -> dict[str, object]:
    """Return both as one; a system field yields its name to the event's own data."""
    if system.keys().isdisjoint(data):
        return {**system, **data}
    kept = {CLASH + name if name in data else name: value for name, value in system.items()}
    return kept | dict(data)


def _of(event: Mapping[str, object]) -> Mapping[str, object]:
    system = event.get("System")
    return system if isinstance(system, dict) else {}


def _joined(element: Mapping[str, object]) -> dict[str, object]:
    """Put attributes that stand beside their element back into it."""
    joined: dict[str, object] = {}
    for name, value in element.items():
        if name.endswith(SEPARATE) and isinstance(value, dict):
            owner = name.removesuffix(SEPARATE)
            inner = joined.get(owner, element.get(owner))
            rest = inner if isinstance(inner, dict) else {} if inner is None else {TEXT: inner}
            joined[owner] = {ATTRIBUTES: value} | _joined(rest)
        elif name not in joined:
            joined[name] = _joined(value) if isinstance(value, dict) else value
    return joined


def _system_fields(system: Mapping[str, object]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for element, value in system.items():
        if isinstance(value, dict):
            attributes = value.get(ATTRIBUTES, value)
            if TEXT in value:
                fields[element] = value[TEXT]
            if isinstance(attributes, dict):
                for name, attribute in attributes.items():
                    fields[_flat(element, name)] = attribute
        elif value is not None:
            fields[element] = value
    fields.pop("", None)
    return fields


@lru_cache(1024)
def _flat(element: str, name: str) -> str:
    """Return what an attribute of a system element is called; nothing where it is none."""
    flat = f"{element}_{name.lstrip('@')}"
    return "" if name in (TEXT, ATTRIBUTES) else PLAIN.get(flat, flat)


def _data_fields(part: object) -> Mapping[str, object]:
    """Return the children of EventData by name."""
    if not isinstance(part, dict):
        return {} if part is None else {"Data": part if isinstance(part, list) else [part]}
    if "Data" not in part and ATTRIBUTES not in part and dict not in map(type, part.values()):
        return part
    fields: dict[str, object] = {}
    for name, value in part.items():
        if name == "Data":
            fields.update(_unnamed(value))
        elif name == ATTRIBUTES:
            fields.update(_attributes("EventData", value))
        else:
            fields.update(_element(name, value))
    return fields


def _unnamed(value: object) -> dict[str, object]:
    """Return data that has no names as the list `Data`; `{Name, #text}` pairs by their name."""
    if isinstance(value, dict):
        value = value.get(TEXT, value)
    items = value if isinstance(value, list) else [] if value is None else [value]
    fields: dict[str, object] = {}
    rest: list[object] = []
    for item in items:
        name = _name(item)
        if name and isinstance(item, dict):
            fields[name] = item.get(TEXT)
        else:
            rest.append(item)
    return fields | ({"Data": rest} if rest else {})


def _name(item: object) -> str | None:
    if not isinstance(item, dict):
        return None
    attributes = item.get(ATTRIBUTES, item)
    name = attributes.get("Name", attributes.get("@Name")) if isinstance(attributes, dict) else None
    return name if isinstance(name, str) else None


def _element(name: str, value: object) -> dict[str, object]:
    """Return an element of the data: the text under its name, attributes as `name.attribute`."""
    if not isinstance(value, dict):
        return {name: value}
    fields: dict[str, object] = {}
    for inner, deeper in value.items():
        if inner == TEXT:
            fields[name] = deeper
        elif inner == ATTRIBUTES:
            fields.update(_attributes(name, deeper))
        else:
            fields.update(_element(f"{name}.{inner}", deeper))
    return fields


def _attributes(name: str, attributes: object) -> dict[str, object]:
    if not isinstance(attributes, dict):
        return {}
    return {f"{name}.{key}": value for key, value in attributes.items() if key != "xmlns"}


def _user_fields(part: object) -> dict[str, object]:
    """Return the children of UserData's one element, and that element's name as `UserData`."""
    if not isinstance(part, dict):
        return {} if part is None else {"UserData": part}
    fields: dict[str, object] = {}
    for wrapper, value in part.items():
        if wrapper == ATTRIBUTES:
            continue
        if isinstance(value, dict):
            fields["UserData"] = wrapper
            for name, inner in value.items():
                if name == ATTRIBUTES:
                    fields.update(_attributes(wrapper, inner))
                else:
                    fields.update(_element(name, inner))
        else:
            fields[wrapper] = value
    return fields
