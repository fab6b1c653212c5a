"""The links and images of a page, as a mail program would follow or load them. Nothing is fetched.

Spec: https://html.spec.whatwg.org/multipage/links.html
Why: lures show one address and lead to another, and trackers are images that nobody can see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stopa.readers._markup import Kind, Token
from stopa.readers._page import placed, unescape_all
from stopa.readers._regions import Regions, is_unseen

LIMIT = 5000  # links and images of a page
TEXT_LIMIT = 300  # characters of a link's text
ADDRESS_LIMIT = 4096  # characters

SIZE = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px|pt)?\s*(?:!|$)", re.IGNORECASE)
STYLED_SIZE = re.compile(r"(?:^|[;\s])(?:max-)?(?:width|height)\s*:\s*([^;]{1,20})", re.IGNORECASE)
LARGE = 100  # pixels, for a size in percent or one that is no number
STYLE_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')\s]{1,4096})", re.IGNORECASE)
REFRESH_ADDRESS = re.compile(r"url\s*=\s*[\"']?([^\"'\s>]{1,4096})", re.IGNORECASE)

HOST = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,20}:)?//(?:[^/?#@\s]*@)?(\[[0-9a-f:.]+\]|[^/?#:\s]+)", re.IGNORECASE
)
SHOWN_HOST = re.compile(
    r"(?:https?://)?(?:[^/?#@\s]*@)?((?:[\w-]{1,63}\.)+[^\W\d_]{2,24})(?::\d+)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
PLAIN_ADDRESS = re.compile(r"\b(?:https?|ftp)://[^\s<>\"'\\^`{|}]{3,4096}", re.IGNORECASE)
NOT_OF_ADDRESS = ".,;:!?)]}'\"’”»"


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link or a form leads, and the text that is shown for it."""

    address: str
    text: str = ""

    @property
    def deceives(self) -> bool:
        """Tell whether the text shows another host than the one that the link leads to."""
        shown = SHOWN_HOST.fullmatch(self.text.strip())
        leads = HOST.match(self.address)
        return bool(shown and leads) and not _same_site(shown[1].lower(), leads[1].lower())  # type: ignore[index]


@dataclass(frozen=True, slots=True)
class Image:
    """The address of a remote image. `unseen` when hidden, or no larger than a pixel."""

    address: str
    unseen: bool


def links_and_images(page: str) -> tuple[tuple[Link, ...], tuple[Image, ...]]:
    """Return the links and the remote images of a page, in its order."""
    links: list[Link] = []
    images: list[Image] = []
    open_address: str | None = None
    text: list[str] = []
    for token, regions in placed(page):
        if token.kind is Kind.TEXT and open_address is not None:
            text.append(page[token.start : token.end])
        if open_address is not None and token.name == "a":
            links.append(Link(open_address, _shown(text)))
            open_address, text = None, []
        if token.kind is Kind.START:
            if token.name == "a" and "href" in token.attributes:
                open_address = _address(token.attributes["href"])
            links += [Link(_address(address)) for address in _targets(token)]
            images += _images(token, regions)
        if len(links) > LIMIT or len(images) > LIMIT:
            break
    if open_address is not None:
        links.append(Link(open_address, _shown(text)))
    return tuple(links), tuple(images)


def plain_links(text: str) -> tuple[Link, ...]:
    """Return the addresses that stand in plain text."""
    found = (match[0].rstrip(NOT_OF_ADDRESS) for match in PLAIN_ADDRESS.finditer(text))
    return tuple(Link(address) for address, _ in zip(found, range(LIMIT), strict=False))


def _targets(token: Token) -> Iterator[str]:
    """Yield where other elements than `a` lead."""
    attributes = token.attributes
    if token.name == "area" and "href" in attributes:
        yield attributes["href"]
    if token.name == "form" and attributes.get("action"):
        yield attributes["action"]
    if token.name in ("iframe", "frame") and attributes.get("src"):
        yield attributes["src"]
    if token.name == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
        yield from REFRESH_ADDRESS.findall(attributes.get("content", ""))


def _images(token: Token, regions: Regions) -> Iterator[Image]:
    attributes = token.attributes
    unseen = regions.unseen() or _is_tiny(attributes) or is_unseen(attributes)
    if token.name == "img" and REMOTE.match(attributes.get("src", "").strip()):
        yield Image(_address(attributes["src"]), unseen)
    for address in (attributes.get("background", ""), *_styled(attributes)):
        if REMOTE.match(address.strip()):
            yield Image(_address(address), unseen)


def _styled(attributes: Mapping[str, str]) -> list[str]:
    return STYLE_ADDRESS.findall(attributes["style"]) if "style" in attributes else []


def _is_tiny(attributes: Mapping[str, str]) -> bool:
    """Tell whether all sizes that are stated are at most a pixel, or one of them is nothing."""
    stated = [attributes[name] for name in ("width", "height") if name in attributes]
    stated += STYLED_SIZE.findall(attributes.get("style", ""))
    sizes = [int(found[1]) if (found := SIZE.match(size)) else LARGE for size in stated]
    return bool(sizes) and (max(sizes) <= 1 or min(sizes) == 0)


def _address(text: str) -> str:
    return unescape_all(text).strip()[:ADDRESS_LIMIT]


def _shown(text: list[str]) -> str:
    return " ".join(unescape_all("".join(text)).split())[:TEXT_LIMIT]


def _same_site(shown: str, leads: str) -> bool:
    """Tell whether one host is the other or lies under it; `www.` does not count."""
    one, other = shown.removeprefix("www."), leads.removeprefix("www.").rstrip(".")
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
