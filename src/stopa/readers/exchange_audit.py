"""Exchange's admin and mailbox audit logs as XML, as a search of them is sent by mail.

Spec: https://learn.microsoft.com/exchange/policy-and-compliance/admin-audit-logging/admin-audit-logging
Spec: https://learn.microsoft.com/exchange/policy-and-compliance/mailbox-audit-logging/mailbox-audit-logging
Why: of servers on the house's own ground this is all that tells who set a rule or opened a mailbox.
As JSON `cloud_audit` reads it, as CSV `cloud_tables`.
Trap: a parameter's value is what somebody typed; names of parameters come from the command alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from stopa.readers._cloud_exchange import LAYOUT
from stopa.readers._columns import Layout, tabulate
from stopa.readers._element_stream import Events
from stopa.readers._lines import decoded
from stopa.readers._reader import Found, Reader, Source

FIRST = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<SearchResults(?:\s[^>]{0,200})?>\s*<Event\s")
AROUND = re.compile(r"(?:\s|<\?xml[^>]{0,200}\?>|</?SearchResults(?:\s[^>]{0,200})?>)*")
LISTS = {"CmdletParameters": "Parameters", "ModifiedProperties": "ModifiedProperties"}
VALUES = (("Value", ""), ("OldValue", ".OldValue"), ("NewValue", ".NewValue"))


def recognises(head: bytes) -> bool:
    """Recognise the results of a search."""
    text = decoded(head).decode("utf-8", "replace")
    return FIRST.match(text) is not None


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each result; what cannot be read is a problem."""
    return tabulate(source, Events(AROUND, _told).rows(source))


def _told(event: Element) -> tuple[dict[str, object], Layout, int | None]:
    fields: dict[str, object] = dict(event.attrib)
    for part in event:
        name = LISTS.get(part.tag)
        if name is None and part.text and part.text.strip():
            fields[part.tag] = part.text.strip()
        for item in part:
            path = f"{name or part.tag}.{item.get('Name') or item.tag}"
            for key, suffix in VALUES:
                if value := item.get(key):
                    fields[path + suffix] = value
            if item.text and item.text.strip():
                fields[path] = item.text.strip()
    return fields, LAYOUT, None


READER = Reader("exchange_audit", "Exchange audit log as XML", recognises, read)
