"""STIX 1 packages: the observable properties of CybOX that hold a fixed value.

Spec: https://stixproject.github.io/data-model/1.2/
Why: older feeds and advisories are published so; each `Properties` element is read by itself.
Trap: several values may stand in one element, parted by `##comma##`. Conditions other than `Equals`
are named and not looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from stopa.model.statement import IndicatorKind
from stopa.readers._columns import tabulate
from stopa.readers._elements import elements_named, local, rows
from stopa.readers._lines import decoded
from stopa.readers._observables import Observable, observed
from stopa.readers._reader import Found, Reader, Source

SERVICE = "stix1"
ROOT = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,4000}?-->\s*)*<[\w.-]*:?STIX_Package[\s>]",
    re.DOTALL,
)
COMMA = "##comma##"
TITLE = re.compile(r"<(?:[\w.-]+:)?Title>([^<]{0,300})<")
# The element that holds the value -> its kind; None is by its look.
HOLDS = {
    "Address_Value": None,
    "Value": None,
    "Simple_Hash_Value": None,
    "Fuzzy_Hash_Value": None,
    "File_Name": IndicatorKind.FILE,
    "Key": IndicatorKind.REGISTRY,
    "Hostname_Value": IndicatorKind.DOMAIN,
    "CVE_ID": IndicatorKind.CVE,
}


def recognises(head: bytes) -> bool:
    """Recognise a package."""
    return ROOT.match(decoded(head)) is not None


def read(source: Source) -> Iterator[Found]:
    """Yield an event for each value of observable properties."""
    return tabulate(source, rows(source, SERVICE, elements_named("Properties"), _observables))


def _observables(element: object, whole: str) -> Iterator[Observable | str]:
    if not isinstance(element, Element):
        return
    title = TITLE.search(whole[:65_536])
    label = title[1].encode("latin-1").decode("utf-8", "replace").strip() if title else ""
    for one in element.iter():
        name, text = local(one), (one.text or "").strip()
        if name not in HOLDS or not text:
            continue
        condition = one.get("condition", "Equals")
        if condition != "Equals":
            yield f"the condition {condition[:40]} of {name} is not looked up"
            continue
        for value in text.split(COMMA):
            if found := observed(HOLDS[name], value):
                yield Observable(*found, label)
            else:
                yield f"{name} {value[:100]} is of no kind that events hold"


READER = Reader("stix_xml", "STIX 1 package", recognises, read)
