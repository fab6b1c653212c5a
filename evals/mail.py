"""Signs in mail, found against what another way of looking expects.

Run as `python evals/mail.py [FOLDER]`. The shared samples are the default. Three tables:
1. Signs in real mail. What is expected is told by the standard library, by plain patterns over the
   decoded pages, and of bodies that were signed by `dkimpy`, not by the reader. Counts are of
   messages; where both differ the message is named, so that somebody can look.
2. DKIM: the same mail signed anew by `dkimpy` in each canonicalisation, as it was and changed;
   expected is what `dkimpy` says of it. No real message has its key at hand.
3. Look-alikes: names made out of known ones by the ways of `mail_names`, and names that have
   nothing to do with them (hosts in the same mail, the known ones among one another).
"""

from __future__ import annotations

import email
import email.policy
import re
import sys
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import Message
from hashlib import sha1, sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

import dkim
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from dkim.canonicalization import CanonicalizationPolicy

from stopa.model.event import EventBatch
from stopa.readers import Correspondence, Source, readers
from stopa.readers._look_alikes import Trusted, look_alikes, registered, trusted

sys.path.insert(0, str(Path(__file__).parent))
from mail_names import KNOWN, WAYS

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
    "a signed body that is whole": "whole",
    "punycode": "host.punycode",
}
NOTHING = Correspondence()
TOLD = ("dkim.body", "host.look_alike", "received.reversal", "auth.server")


def main(folder: Path) -> None:
    """Print the tables."""
    paths = sorted(folder.rglob("*.eml"))
    _signs(paths)
    _signatures(paths)
    _names(paths)


def _signs(paths: list[Path]) -> None:
    rows = [(path, found(path), expected(path)) for path in paths]
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
    print(f"{len(rows)} messages\n")


def found(path: Path, known: Correspondence = NOTHING) -> dict[str, list[str]]:
    """Return the fields of the outermost message as the reader tells them."""
    source = Source("0" * 64, path, path.stat().st_size, mail=known)
    for one in readers()["mail"].read(source):
        if isinstance(one, EventBatch):
            row: dict[str, list[str]] = one.table.to_pylist()[0]
            row["whole"] = [word for word in row.get("dkim.body") or () if word == "unchanged"]
            return row
    return {}


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "as signed": lambda raw: raw,
    "line ends of Unix": lambda raw: raw.replace(b"\r\n", b"\n"),
    "spaces in the body": lambda raw: raw.rstrip() + b"  \r\n\r\n",
    "text behind the body": lambda raw: raw.rstrip() + b"\r\nClick here.\r\n",
    "another subject": lambda raw: re.sub(rb"(?im)^Subject:.*", b"Subject: changed", raw, count=1),
    "a field on top": lambda raw: b"X-Spam: no\r\n" + raw,
    "a second From below": lambda raw: raw.replace(b"\r\n\r\n", b"\r\nFrom: x@y.cz\r\n\r\n", 1),
}
HOWS = [(one, other) for one in (b"simple", b"relaxed") for other in (b"simple", b"relaxed")]


def _signatures(paths: list[Path]) -> None:
    """Compare with what another program says of signatures that it made."""
    key = generate_private_key(65537, 2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    record = f"v=DKIM1; p={b64encode(public).decode()}"
    known = Correspondence((("eval._domainkey.signer.example", (record,)),))
    print(f"{'DKIM, changed how':30} {'signed':>8} {'holds':>6} {'found':>6} {'both':>6}")
    for change, changed in CHANGES.items():
        told: Counter[tuple[bool, bool]] = Counter()
        for raw in filter(None, (_signed(path, how, pem) for path in paths for how in HOWS)):
            message = changed(raw)
            told[_theirs(message, record), _ours(message, known) == "verified"] += 1
        holds, ours_ = told[True, True] + told[True, False], told[True, True] + told[False, True]
        print(f"{change:30} {told.total():8} {holds:6} {ours_:6} {told[True, True]:6}")


def _signed(path: Path, how: tuple[bytes, bytes], pem: bytes) -> bytes | None:
    """Return a message with a signature; None where it cannot be signed."""
    raw = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    try:
        field: bytes = dkim.sign(raw, b"eval", b"signer.example", pem, canonicalize=how)
    except dkim.DKIMException:
        return None  # no From, or two
    return field + raw


def _theirs(message: bytes, record: str) -> bool:
    try:
        return bool(dkim.verify(message, dnsfunc=lambda *_, **__: record.encode()))
    except dkim.DKIMException:
        return False


def _ours(message: bytes, known: Correspondence) -> str:
    with NamedTemporaryFile() as scratch:
        Path(scratch.name).write_bytes(message)
        return (found(Path(scratch.name), known).get("dkim.result") or ["none"])[0]


def _names(paths: list[Path]) -> None:
    """Count names that are made to be taken for others, and such that are not."""
    own = trusted(KNOWN, (), ())
    print(f"\n{'names made by':30} {'expected':>8} {'found':>6}   not found")
    for way, made in WAYS.items():
        names = [name for known in KNOWN for name in made(*known.split(".", 1))]
        missed = [name for name in names if not look_alikes([name], own)]
        shown = ", ".join(missed[:6])
        print(f"{way:30} {len(names):8} {len(names) - len(missed):6}   {shown}")
    hosts = {host for path in paths for host in _hosts(path)} - set(KNOWN)
    others = {"hosts in real mail": sorted(hosts), "known names": list(KNOWN)}
    for what, names in others.items():
        odd = [told for name in names for told in look_alikes([name], _but(name))]
        print(f"{what:30} {0:8} {len(odd):6}   of {len(names)}: {', '.join(odd[:4])}")


def _but(name: str) -> Trusted:
    return trusted([known for known in KNOWN if known != registered(name)], (), ())


def _hosts(path: Path) -> set[str]:
    event = found(path)
    links = (re.match(r"https?://([^/:?#]+)", url) for url in event.get("body.url") or ())
    return {link[1].lower() for link in links if link} | {str(event.get("from.domain") or "x")}


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
    told |= {"a signed body that is whole"} if any(_whole_bodies(path.read_bytes())) else set()
    whole = " ".join([*pages, *map(str, message.get_all("from") or ())])
    told |= {"punycode"} if re.search(r"[/@.]xn--", whole, re.IGNORECASE) else set()
    return told


def _whole_bodies(raw: bytes) -> Iterator[bool]:
    """Yield of each signature whether the body has its hash, as `dkimpy` puts it in form."""
    try:
        fields, body = dkim.rfc822_parse(raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    except dkim.MessageFormatError:
        return
    for name, value in fields:
        if name.lower() != b"dkim-signature":
            continue
        try:
            said = dkim.parse_tag_value(value)
        except dkim.util.InvalidTagValueList:
            continue
        how = CanonicalizationPolicy.from_c_value(said.get(b"c", b"simple/simple"))
        text = how.canonicalize_body(body)[: int(said[b"l"]) if b"l" in said else None]
        digest = (sha1 if said.get(b"a") == b"rsa-sha1" else sha256)(text).digest()
        yield digest == b64decode(re.sub(rb"\s+", b"", said.get(b"bh", b"")))


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
