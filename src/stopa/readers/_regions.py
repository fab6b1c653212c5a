"""Where in a page a text stands: in its running text, in boilerplate, in a form, or unseen.

Spec: https://html.spec.whatwg.org/multipage/sections.html#the-header-element;
https://html.spec.whatwg.org/multipage/syntax.html#optional-tags
Trap: end tags are missing, doubled and crossed. An end tag closes what was opened after its start
tag; one that was never opened closes nothing. Both are counted, never searched for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from stopa.readers._markup import names

VOID = names("area base br col embed hr img input link meta source track wbr")
BOILERPLATE = names("nav aside footer noscript template select button object canvas")
BOILERPLATE_ROLES = names("navigation banner contentinfo complementary search dialog")
SECTIONS = frozenset(("article", "main", "section"))  # their header is the headline, not a banner
VERBATIM = frozenset(("pre", "listing"))

# A start tag of the first closes an open element of the second, but none outside of a table cell.
ENDS_A_PARAGRAPH = names(
    "p h1 h2 h3 h4 h5 h6 article section main blockquote pre ul ol dl table figure hr header footer"
    " nav aside form fieldset address details div li"
)
ENDS_ITS_LIKE = {"li": "li", "td": "td", "th": "th", "tr": "tr", "option": "option"}
CELLS = frozenset(("td", "th", "table", "caption"))
LOOK_BACK = 64  # elements that are searched for what a start tag closes

UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|(?:opacity|max-height)\s*:\s*0+(?:\.0+)?(?:px|pt|em|%)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
FONT_SIZE = re.compile(r"font-size\s*:\s*([\d.]+)", re.IGNORECASE)


class Place(StrEnum):
    """Where a text stands."""

    CONTENT = "running text"
    FORM = "form"
    BOILERPLATE = "boilerplate"
    UNSEEN = "hidden"


class Trait(StrEnum):
    """What an element does to the text in it."""

    UNSEEN = "hidden"
    BOILERPLATE = "boilerplate"
    FORM = "form"
    SECTION = "section"
    VERBATIM = "white space counts"


# An enumeration's members are slow to look up, and this is done for every text of a page.
UNSEEN, BOILER, FORM = Trait.UNSEEN, Trait.BOILERPLATE, Trait.FORM
HIDDEN, CONTENT = Place.UNSEEN, Place.CONTENT
TRAITS: dict[str, tuple[Trait, ...]] = {
    **dict.fromkeys(BOILERPLATE, (Trait.BOILERPLATE,)),
    **dict.fromkeys(SECTIONS, (Trait.SECTION,)),
    **dict.fromkeys(VERBATIM, (Trait.VERBATIM,)),
    "form": (Trait.FORM,),
}


class Element(NamedTuple):
    """An element that is open. `shown` says whether its font has a size, None if it says nothing.

    Mail sets a font of no size on tables, to close gaps, and a real one on the text within.
    """

    name: str
    traits: tuple[Trait, ...]
    shown: bool | None


class Regions:
    """The open elements of a page, as far as they matter to its text."""

    __slots__ = ("_fonts", "_names", "_open", "_traits")

    def __init__(self) -> None:
        self._open: list[Element] = []
        self._names: dict[str, int] = {}
        self._traits = dict.fromkeys(Trait, 0)
        self._fonts: list[bool] = [True]

    def place(self) -> Place:
        """Return where text stands now."""
        traits = self._traits
        if traits[UNSEEN] or not self._fonts[-1]:
            return HIDDEN
        if traits[BOILER]:
            return Place.BOILERPLATE
        return Place.FORM if traits[FORM] else CONTENT

    def unseen(self) -> bool:
        """Tell whether everything is hidden now, images included."""
        return self._traits[Trait.UNSEEN] > 0

    def verbatim(self) -> bool:
        """Tell whether white space counts now."""
        return self._traits[Trait.VERBATIM] > 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Note a start tag."""
        if name in ENDS_A_PARAGRAPH and self._names.get("p"):
            self._end_recent("p")
        if (like := ENDS_ITS_LIKE.get(name)) and self._names.get(like):
            self._end_recent(like)
        if name not in VOID:
            self._push(Element(name, self._traits_of(name, attributes), _font(attributes)))

    def end(self, name: str) -> None:
        """Note an end tag: it closes what was opened since its start tag, if there was one."""
        if not self._names.get(name):
            return
        while self._pop().name != name:
            pass

    def _traits_of(self, name: str, attributes: Mapping[str, str]) -> tuple[Trait, ...]:
        traits = TRAITS.get(name, ())
        if name == "header" and not self._traits[Trait.SECTION]:
            traits = (Trait.BOILERPLATE,)
        if not attributes:
            return traits
        if attributes.get("role") in BOILERPLATE_ROLES:
            traits = (*traits, Trait.BOILERPLATE)
        return (*traits, Trait.UNSEEN) if is_unseen(attributes) else traits

    def _end_recent(self, name: str) -> None:
        for element in islice(reversed(self._open), LOOK_BACK):
            if element.name == name:
                self.end(name)
                return
            if element.name in CELLS:
                return

    def _push(self, element: Element) -> None:
        self._open.append(element)
        self._names[element.name] = self._names.get(element.name, 0) + 1
        for trait in element.traits:
            self._traits[trait] += 1
        if element.shown is not None:
            self._fonts.append(element.shown)

    def _pop(self) -> Element:
        element = self._open.pop()
        self._names[element.name] -= 1
        for trait in element.traits:
            self._traits[trait] -= 1
        if element.shown is not None:
            self._fonts.pop()
        return element


def _font(attributes: Mapping[str, str]) -> bool | None:
    found = FONT_SIZE.search(attributes["style"]) if "style" in attributes else None
    return found[1].strip("0.") != "" if found else None


def is_unseen(attributes: Mapping[str, str]) -> bool:
    """Tell whether an element is hidden by its own attributes."""
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden", "").lower() == "true"
        or UNSEEN_STYLE.search(attributes.get("style", "")) is not None
    )
