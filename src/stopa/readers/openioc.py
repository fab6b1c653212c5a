"""OpenIOC 1.0 and 1.1: the items of an indicator that ask for a fixed value.

Spec: https://github.com/fireeye/OpenIOC_1.1
Why: an item is a term (`FileItem/Md5sum`) and a content; terms are known by their last words.
Trap: items are joined by AND and OR; each is looked for by itself. One that is negated, or asks for
a part of a value, is named and not looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from stopa.readers._columns import tabulate
from stopa.readers._elements import elements_named, local, rows
from stopa.readers._lines import decoded
from stopa.readers._observables import Observable, kind_named, observed
from stopa.readers._reader import Found, Reader, Source

SERVICE = "openioc"
ROOT = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,4000}?-->\s*)*<(?:\w+:)?(?:ioc|OpenIOC|iocs)[\s>]",
    re.DOTALL,
)
ITEM = re.compile(rb"<IndicatorItem[\s>]|openioc", re.IGNORECASE)
SHORT = re.compile(r"<short_description>([^<]{0,500})</short_description>")
EXACT = ("is", "contains")  # OpenIOC 1.0 says `contains` where it means a name or an address
SHORT_NAMES = {"string": "url", "remoteip": "ip", "remoteipv4": "ip", "sourceip": "ip"}


def recognises(head: bytes) -> bool:
    """Recognise the root element."""
    text = decoded(head)
    return ROOT.match(text) is not None and ITEM.search(text) is not None


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each item."""
    return tabulate(source, rows(source, SERVICE, elements_named("IndicatorItem"), _observables))


def _observables(element: object, whole: str) -> Iterator[Observable | str]:
    if not isinstance(element, Element):
        return
    context = next((one for one in element if local(one) == "Context"), None)
    content = next((one for one in element if local(one) == "Content"), None)
    term = (context.get("search") or "") if context is not None else ""
    value = (content.text or "").strip() if content is not None else ""
    condition = element.get("condition", "is").lower()
    if condition not in EXACT or element.get("negate", "false").lower() == "true":
        yield f"the condition {condition[:40]} of {term[:80]} is not looked up"
        return
    last = term.rpartition("/")[2].lower()
    kind = kind_named(term) or kind_named(last) or kind_named(SHORT_NAMES.get(last, ""))
    found = observed(kind, value) if kind is not None else None
    if found is None:
        yield f"{term[:80]} is of no kind that events hold"
        return
    said = SHORT.search(whole[:65_536])
    label = said[1].encode("latin-1").decode("utf-8", "replace") if said else ""
    yield Observable(*found, label)


READER = Reader("openioc", "OpenIOC indicators", recognises, read)
