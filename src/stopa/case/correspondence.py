"""What mail is judged by: public keys among the evidence, and domains that are one's own.

Why: whether a domain's key signed a message takes the key, which is a record of DNS that somebody
kept; it is evidence like the mail, and is looked for before any mail is read.
Trap: a record says nothing of when it was the domain's, nor who put it among the evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from stopa.case.hand_in import Bytes
from stopa.model.record import name
from stopa.readers import HEAD, Correspondence
from stopa.readers.dns_records import KEY_BYTES, keys, recognises


def correspondence(items: Iterable[Bytes], own: tuple[str, ...]) -> Correspondence:
    """Return what is known of mail's keys and domains by the evidence and the analyst."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for item in items:
        if item.archive is None and 0 < item.size <= KEY_BYTES and _holds_keys(item):
            for key_name, records in keys(item.path).items():
                found[key_name].update(dict.fromkeys(records))
    known = tuple((key_name, tuple(sorted(found[key_name]))) for key_name in sorted(found))
    return Correspondence(known, tuple(sorted({domain.lower() for domain in own})))


def known_as(known: Correspondence) -> str:
    """Return a short name of what is known: mail is read again when it changes."""
    return name("C", known) if known != Correspondence() else ""


def _holds_keys(item: Bytes) -> bool:
    with item.path.open("rb") as file:
        head = file.read(HEAD)
    return b"_domainkey" in head and recognises(head)
