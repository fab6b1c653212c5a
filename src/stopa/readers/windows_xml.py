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

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from stopa.model.evidence import Problem, Structure, Where
from stopa.readers._columns import Row, tabulate
from stopa.readers._lines import MARKS, decoded
from stopa.readers._reader import Found, Reader, Source
from stopa.readers._running_json import NARROW, WIDE, Window
from stopa.readers._windows_event import ATTRIBUTES, TEXT, event_fields, layout_of

START = re.compile(r"<Event(?=[\s>])")
END = re.compile(r"</Event\s*>")
FIRST = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:-\s*)?(?:<Events[^>]*>\s*)?(?:-\s*)?<Event[\s>]")
AROUND = re.compile(r"(?:\s|-|<\?xml[^>]{0,200}\?>|</?Events(?:\s[^>]{0,200})?>|\x00)*")
LONGEST = 4 * 2**20  # characters of one event
TAIL = 16  # characters at the end of the text that may be the start of an element
DASHES = re.compile(r"(?<=>)\s*-\s*(?=<)")
SCHEMA = "schemas.microsoft.com/win/2004/08/events"
EXPECTED = "one Event element a record is expected: was the export changed?"


def recognises(head: bytes) -> bool:
    """Recognise an `Event` element of the schema at the start."""
    text = decoded(head).decode("utf-8", "replace")
    return FIRST.match(text) is not None and SCHEMA in text[:4096]


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each element; what cannot be read is a problem."""
    return tabulate(source, _found(source))


def _found(source: Source) -> Iterator[Row | Problem | Structure]:
    with source.path.open("rb") as file:
        start = file.read(max(map(len, MARKS)))
        mark = next((mark for mark in MARKS if start.startswith(mark)), b"")
        file.seek(len(mark))
        if mark:
            yield Structure(Where(source.sha256, offset=0, length=len(mark)))
        window = Window(file, WIDE.get(mark, NARROW), len(mark))
        while not window.done():
            begin = START.search(window.text, window.start)
            if begin is None or begin.start() > window.start:
                yield _between(source, window, begin)
            else:
                yield _event(source, window)
        if window.half:
            place = Where(source.sha256, line=window.line, offset=window.offset, length=1)
            yield Problem("half of a character", place, "cut off while it was copied?")


def _between(source: Source, window: Window, begin: re.Match[str] | None) -> Problem | Structure:
    if begin is not None:
        end = begin.start()
    elif window.ended:
        end = len(window.text)
    else:
        end = max(window.start + 1, len(window.text) - TAIL)
    text, offset, length, line = window.take(end)
    if AROUND.fullmatch(text):
        return Structure(Where(source.sha256, offset=offset, length=length))
    place = Where(source.sha256, line=line, offset=offset, length=length)
    return Problem("no part of an event", place, EXPECTED)


def _event(source: Source, window: Window) -> Row | Problem:
    after = window.start + 1
    while (end := END.search(window.text, after)) is None and not window.ended:
        if len(window.text) - window.start > LONGEST:
            break
        window.grow()
        after = 1
    following = START.search(window.text, window.start + 1)
    if end is None or (following and following.start() < end.start()):
        stop = following.start() if following else len(window.text)
        _, offset, length, line = window.take(stop)
        place = Where(source.sha256, line=line, offset=offset, length=length)
        return Problem("an event without its end", place, "cut off while it was written?")
    text, offset, length, line = window.take(end.end())
    raw = text.encode(window.encoding, "surrogatepass")
    told = raw.decode("utf-8" if window.encoding == NARROW else window.encoding, "replace")
    try:
        fields = event_fields(_plain(fromstring(DASHES.sub("", told))))
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        place = Where(source.sha256, line=line, offset=offset, length=length)
        return Problem(f"not XML: {error}", place, "cut off while it was written?")
    number = fields.get("EventRecordID")
    record = (
        int(number) if isinstance(number, str) and number.isdecimal() and len(number) < 19 else None
    )
    return Row(fields, layout_of(fields), offset, length, line, record)


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
