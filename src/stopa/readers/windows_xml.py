"""Windows events as XML: Event Viewer's export, `wevtutil`, and events one after another.

Spec: https://learn.microsoft.com/windows/win32/wes/eventschema-schema
Why: each `Event` element is read by itself, so that a damaged one costs only itself, and the file
is a stream. Fields are those of the same event in EVTX.
Trap: text copied out of a browser has a `-` before elements, which stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from stopa.readers._columns import Layout, tabulate
from stopa.readers._element_stream import Events
from stopa.readers._lines import decoded
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._windows_event import ATTRIBUTES, TEXT, event_fields, layout_of

FIRST = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:-\s*)?(?:<Events[^>]*>\s*)?(?:-\s*)?<Event[\s>]")
AROUND = re.compile(r"(?:\s|-|<\?xml[^>]{0,200}\?>|</?Events(?:\s[^>]{0,200})?>|\x00)*")
SCHEMA = "schemas.microsoft.com/win/2004/08/events"


def recognises(head: bytes) -> bool:
    """Recognise an `Event` element of the schema at the start."""
    text = decoded(head).decode("utf-8", "replace")
    return FIRST.match(text) is not None and SCHEMA in text[:4096]


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each element; what cannot be read is a problem."""
    return tabulate(source, Events(AROUND, _told).rows(source))


def _told(event: Element) -> tuple[dict[str, object], Layout, int | None]:
    fields = event_fields(_plain(event))
    number = fields.get("EventRecordID")
    known = isinstance(number, str) and number.isdecimal() and len(number) < 19
    return fields, layout_of(fields), int(str(number)) if known else None


def _plain(event: Element) -> dict[str, object]:
    """Return an event as evtx_dump writes it in JSON."""
    told: dict[str, object] = {}
    for part in event:
        name = _name(part)
        told[name] = _data(part) if name == "EventData" else _value(part)
    return told


def _data(part: Element) -> dict[str, object]:
    named: dict[str, object] = {}
    bare: list[object] = []
    for item in part:
        name = item.get("Name")
        if name and name not in named:
            named[name] = item.text
        elif _name(item) == "Data":
            bare.append(item.text)
        else:
            named[_name(item)] = _value(item)
    return {**named, "Data": {TEXT: bare}} if bare else named


def _value(element: Element) -> object:
    children: dict[str, object] = {}
    for child in element:
        name, value = _name(child), _value(child)
        known = children.get(name)
        if name not in children:
            children[name] = value
        else:
            children[name] = [*known, value] if isinstance(known, list) else [known, value]
    if not children and not element.attrib:
        return element.text
    told: dict[str, object] = dict(children)
    if element.attrib:
        told[ATTRIBUTES] = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    if element.text and element.text.strip():
        told[TEXT] = element.text
    return told


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


READER = Reader("windows_xml", "Windows events as XML", recognises, read)
