"""What Sysmon for Linux writes to syslog: a whole Windows event in XML as the message.

Spec: https://github.com/microsoft/SysmonForLinux
Why: the event has the fields of Sysmon on Windows, and rules for both speak them.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from stopa.model.event import CHANNEL, EVENT_ID, PROVIDER, LogSource
from stopa.readers._layout import Pick
from stopa.readers._patterned import Table
from stopa.readers._windows_event import ATTRIBUTES, TEXT, event_fields

SYSMON = LogSource("linux", None, "sysmon")
KIND = (
    (PROVIDER, (Pick("Provider_Name"),)),
    (CHANNEL, (Pick("Channel"),)),
    (EVENT_ID, (Pick("EventID"),)),
)
START = "<Event>"


def sysmon_event(message: str) -> dict[str, object]:
    """Return the fields of the event that a message is; none where it is no event."""
    if not message.startswith(START):
        return {}
    try:
        event = fromstring(message)
    except (ParseError, DefusedXmlException, ValueError, RecursionError):
        return {}
    data = {
        str(item.get("Name")): item.text
        for item in event.iterfind("EventData/Data")
        if item.get("Name")
    }
    system = event.find("System")
    parts = {str(part.tag): _part(part) for part in ([] if system is None else system)}
    return event_fields({"System": parts, "EventData": data})


def _part(part: Element) -> object:
    return {ATTRIBUTES: dict(part.attrib), TEXT: part.text} if part.attrib else part.text


SYSMON_TABLE = Table(SYSMON, also=sysmon_event)
