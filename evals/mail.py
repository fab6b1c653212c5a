"""Signs in real mail, found against what another way of looking expects.

Run as `python evals/mail.py [FOLDER]`. The shared samples are the default. What is expected is told
by the standard library and by plain patterns over the decoded pages, not by the reader: remote
images, images of a pixel, links whose text shows another host, hops, signatures. Counts are of
messages. Where both differ the message is named, so that somebody can look.
"""

from __future__ import annotations

import email
import email.policy
import re
import sys
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

from stopa.model.event import EventBatch
from stopa.readers import Source, readers

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data" / "mail"
IMAGE = re.compile(r"<img\b[^>]*\bsrc\s*=\s*[\"']?\s*(?:https?:)?//[^>]*>", re.IGNORECASE)
PIXEL = re.compile(r"\b(?:width|height)\s*=\s*[\"']?[01](?:px)?[\"'\s/>]", re.IGNORECASE)
SHOWN = re.compile(r"<a\b[^>]*href=[\"']https?://([^/\"']+)[^>]*>\s*(?:https?://)?([\w.-]+\.[a-z]{2,})\s*<", re.I)  # fmt: skip  # noqa: E501
SIGNS = {
    "remote images": "body.image.url",
    "one-pixel images": "body.pixel.url",
    "links that show another host": "body.link.mismatch",
    "received path": "received.path",
    "DKIM signatures": "dkim.domain",
    "punycode": "host.punycode",
}
TOLD = ("dkim.body", "host.look_alike", "received.reversal", "auth.server")


def main(folder: Path) -> None:
    """Print the table."""
    rows = [(path, found(path), expected(path)) for path in sorted(folder.rglob("*.eml"))]
    print(f"{'sign':30} {'expected':>8} {'found':>6} {'both':>6}   differing")
    for sign, name in SIGNS.items():
        ours = {path.name for path, event, _ in rows if event.get(name)}
        theirs = {path.name for path, _, told in rows if sign in told}
        odd = sorted(ours ^ theirs)
        named = ", ".join(odd[:6]) + (" ..." if len(odd) > 6 else "")
        print(f"{sign:30} {len(theirs):8} {len(ours):6} {len(ours & theirs):6}   {named}")
    for name in TOLD:
        held = [event[name] for _, event, _ in rows if event.get(name)]
        print(f"{name:30} {'':8} {len(held):6}")
    bodies = [word for _, event, _ in rows for word in event.get("dkim.body") or ()]
    print(f"DKIM bodies: {bodies.count('unchanged')} unchanged, {bodies.count('changed')} changed")
    print(f"{len(rows)} messages")


def found(path: Path) -> dict[str, list[str]]:
    """Return the fields of the outermost message as the reader tells them."""
    source = Source("0" * 64, path, path.stat().st_size)
    for one in readers()["mail"].read(source):
        if isinstance(one, EventBatch):
            row: dict[str, list[str]] = one.table.to_pylist()[0]
            return row
    return {}


def expected(path: Path) -> set[str]:
    """Return the signs that the standard library's parser and plain patterns see."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
    told = set()
    pages = list(pages_of(message))
    images = [image for page in pages for image in IMAGE.findall(page)]
    told |= {"remote images"} if images else set()
    told |= (
        {"one-pixel images"} if any(len(PIXEL.findall(image)) > 1 for image in images) else set()
    )
    links = [pair for page in pages for pair in SHOWN.findall(page)]
    told |= {"links that show another host"} if any(map(differ, links)) else set()
    told |= {"received path"} if message.get_all("received") else set()
    told |= {"DKIM signatures"} if message.get_all("dkim-signature") else set()
    whole = " ".join([*pages, *map(str, message.get_all("from") or ())])
    told |= {"punycode"} if re.search(r"[/@.]xn--", whole, re.IGNORECASE) else set()
    return told


def differ(pair: tuple[str, str]) -> bool:
    """Tell whether a link leads to another site than its text shows."""
    leads, shown = (name.lower().removeprefix("www.") for name in pair)
    return not (leads == shown or leads.endswith(f".{shown}") or shown.endswith(f".{leads}"))


def pages_of(message: Message) -> Iterator[str]:
    """Yield the decoded pages of a message."""
    for part in message.walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                yield body.decode("utf-8", "replace")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED)
