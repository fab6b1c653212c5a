"""What mail is judged by: public keys among the evidence, domains that are one's own or written to.

Why: a name is made to be taken for one that its reader trusts, and these are known best. Whether a
domain's key signed a message takes the key, which is a record of DNS that somebody kept; it is
evidence like the mail, and is looked for before any mail is read.
Trap: a record says nothing of when it was the domain's, nor who put it among the evidence. Anybody
can write mail in one's own name: names that such mail is written to are compared with, no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from stopa.case.hand_in import Bytes
from stopa.model.record import name
from stopa.readers import HEAD, Correspondence, readers
from stopa.readers._addresses import domains
from stopa.readers._look_alikes import registered
from stopa.readers.dns_records import KEY_BYTES, keys, recognises

PEERS = 5000  # domains; with each of them every name is compared


def correspondence(items: Sequence[Bytes], own: tuple[str, ...]) -> Correspondence:
    """Return what is known of mail's keys and domains by the evidence and the analyst."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for item in items:
        if item.archive is None and 0 < item.size <= KEY_BYTES and _holds_keys(item):
            for key_name, records in keys(item.path).items():
                found[key_name].update(dict.fromkeys(records))
    mine = frozenset(registered(domain) for domain in own)
    peers = sorted({peer for item in items for peer in _written_to(item, mine)} - mine)
    known = tuple((key_name, tuple(sorted(found[key_name]))) for key_name in sorted(found))
    return Correspondence(known, tuple(sorted(mine)), tuple(peers[:PEERS]))


def known_as(known: Correspondence) -> str:
    """Return a short name of what is known: mail is read again when it changes."""
    return name("C", known) if known != Correspondence() else ""


def _written_to(item: Bytes, own: frozenset[str]) -> Iterator[str]:
    """Yield the domains that mail from one's own goes to; none where no domain is one's own."""
    if not own or item.archive is not None:
        return
    with item.path.open("rb") as file:
        head = file.read(HEAD)
    for reader in readers().values():
        if reader.headers is not None and reader.recognises(head):
            for header in reader.headers(item.path):
                if registered(next(domains(header, ("from",)), "")) in own:
                    yield from map(registered, domains(header, ("to", "cc")))


def _holds_keys(item: Bytes) -> bool:
    with item.path.open("rb") as file:
        head = file.read(HEAD)
    return b"_domainkey" in head and recognises(head)
