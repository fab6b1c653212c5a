"""Pairs of an audit event that an agent put on one line: quoted values may hold quotation marks.

Spec: https://github.com/microsoft/OMS-Auditd-Plugin
Why: `cmdline="sh -c "id""` is how the agent writes it, with nothing escaped; a value ends where a
quotation mark stands before the next name.
Trap: whoever chose the command line can end it early and add names of his own, but only behind it:
of equal names the first counts.
"""

from __future__ import annotations

import re

from stopa.readers._audit_fields import decoded_text
from stopa.readers._json_value import decode
from stopa.readers._log_lines import DRAWN

RECORD = re.compile(
    r"type=(?P<type>\w{1,64}) (?:msg=)?audit\((?P<time>\d{1,12}\.\d{1,9}):(?P<serial>\d{1,19})\):"
    r" ?(?P<rest>.*)",
    re.DOTALL,
)
AGENT = "AUOMS_"  # before the types of events that the agent joined
UNKNOWN: tuple[object, ...] = ("", "?", "unset", "(none)", "(null)")
MARK = re.compile(r"(?:^| )([A-Za-z_][\w-]{0,63})=")

Fields = dict[str, object]


def joined_record(message: str) -> Fields | None:
    """Return the fields of an audit event; None where the message is none."""
    found = RECORD.fullmatch(message)
    if found is None:
        return None
    kind = found["type"].removeprefix(AGENT)
    told = {"type": [kind], "time": found["time"], "serial": found["serial"]}
    fields = _pairs(kind, found["rest"][:DRAWN])
    for name in [name for name, value in fields.items() if value in UNKNOWN]:
        fields[name] = None
    return {**fields, **told}


def _pairs(kind: str, text: str) -> Fields:
    marks = list(MARK.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    closing = _closing(text, marks, ends)
    fields: Fields = {}
    place = 0
    while place < len(marks):
        start, last = marks[place].end(), place
        if text.startswith('"', start) and closing[place] is not None:
            last = closing[place] or place
        value = text[start : ends[last]].rstrip()
        fields.setdefault(marks[place][1], _value(kind, marks[place][1], value))
        place = last + 1
    return fields


def _closing(text: str, marks: list[re.Match[str]], ends: list[int]) -> list[int | None]:
    """Return for each pair the next one, or itself, whose value ends in a quotation mark."""
    found: list[int | None] = []
    following: int | None = None
    for place in reversed(range(len(marks))):
        value = text[marks[place].end() : ends[place]].rstrip()
        if value.endswith('"') and value != '"':
            following = place
        found.append(following)
    return found[::-1]


def _value(kind: str, name: str, value: str) -> object:
    if value.startswith('["'):
        try:
            return decode(value.encode("utf-8", "backslashreplace"))
        except ValueError:
            return value
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1]
    return decoded_text(kind, name, value)
