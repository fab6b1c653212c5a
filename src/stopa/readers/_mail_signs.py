"""What a message shows of its way, of its signatures and of the names in it, as fields.

Spec: https://www.rfc-editor.org/rfc/rfc8601 (who states a result of authentication)
Why: rules ask for fields; whoever wrote the header could not choose these.
"""

from __future__ import annotations

from collections.abc import Iterable

from stopa.readers._addresses import domains
from stopa.readers._arc import chain
from stopa.readers._dkim import Signature, Signed, signatures, stated
from stopa.readers._headers import Header
from stopa.readers._hops import hops, path, reversals
from stopa.readers._links import HOST
from stopa.readers._look_alikes import look_alikes, punycode, registered, trusted
from stopa.readers._mime import Message
from stopa.readers._reader import Correspondence

Told = str | list[str] | None
ADDRESSED = ("to", "cc", "delivered-to", "x-original-to")
SENDERS = ("from", "reply-to", "sender", "return-path")
SIGNS = {
    "received.path": "list: `sender [address] -> receiver time`, the first hop first",
    "received.reversal": "list: hops whose time is over 5 minutes before that of the hop before",
    "auth.server": "the host that states the topmost Authentication-Results",
    "dkim.domain": "list: the domains of the DKIM signatures, in the order of the header",
    "dkim.selector": "list: the keys that they name",
    "dkim.body": "list: `unchanged` or `changed` since signed, by the body's hash; `not told`",
    "dkim.result": "list: whether the domain's key signed this: `verified`, `weak: ...`, "
    "`failed: ...`, `no key: ...` among the evidence, `not told`",
    "dkim.note": "list: what a signature leaves open: parts of the body, fields added, its end",
    "dkim.aligned": "list: the results of signatures by the domain of From, or one it belongs to",
    "arc.state": "list: what each server of an ARC chain found, the first server first",
    "arc.seal": "list: its seals: `domain cv=...: result`, results as of DKIM",
    "arc.result": "whether the chain holds: newest signature, all seals, and their order",
    "host.punycode": "list: names in punycode of senders and links, and what they look like",
    "host.look_alike": "list: names of senders and links near to a domain that the message is to, "
    "to one's own, or to one that is written to",
    "from.look_alike": "the same of the domain of From alone",
}


def signs(
    raw: bytes, message: Message, links: Iterable[str], known: Correspondence
) -> dict[str, Told]:
    """Return the fields of `SIGNS`; `links` are the addresses that the bodies lead to."""
    signed = Signed(raw, message.header, message.end, exact=not message.number)
    keys = dict(known.keys)
    sealed = chain(signed, keys)
    told = _signs(message.header, signatures(signed, keys), links, known)
    return {
        **told,
        "arc.state": list(sealed.states),
        "arc.seal": list(sealed.seals),
        "arc.result": sealed.result,
    }


def signs_of_header(header: Header, links: Iterable[str], known: Correspondence) -> dict[str, Told]:
    """Return the same of a message whose body is not kept as it was sent."""
    return _signs(header, stated(header), links, known)


def _signs(
    header: Header, signed: list[Signature], links: Iterable[str], known: Correspondence
) -> dict[str, Told]:
    way = hops(header.all("received"))
    hosts = [*_domains(header, SENDERS), *_hosts(links)]
    sender = next(iter(_domains(header, ("from",))), "")
    names = trusted(known.own, known.peers, _domains(header, ADDRESSED))
    return {
        "received.path": path(way),
        "received.reversal": reversals(way),
        "auth.server": _server(header.first("authentication-results")),
        "dkim.domain": [one.domain for one in signed],
        "dkim.selector": [one.selector for one in signed],
        "dkim.body": [one.body for one in signed],
        "dkim.result": [one.result for one in signed],
        "dkim.note": [f"{one.domain} {note}" for one in signed for note in one.notes],
        "dkim.aligned": [one.result for one in signed if _is_aligned(one.domain, sender)],
        "host.punycode": punycode(list(dict.fromkeys(hosts))),
        "host.look_alike": look_alikes(hosts, names),
        "from.look_alike": next(iter(look_alikes(filter(None, (sender,)), names)), None),
    }


def _is_aligned(domain: str, sender: str) -> bool:
    """Tell whether two names belong to one registered domain (RFC 7489, relaxed)."""
    return bool(domain and sender) and registered(domain) == registered(sender)


def _domains(header: Header, names: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(domains(header, names)))


def _hosts(links: Iterable[str]) -> list[str]:
    found = (HOST.match(link) for link in links)
    return list(dict.fromkeys(host[1].lower() for host in found if host))


def _server(said: str | None) -> str | None:
    words = (said or "").partition(";")[0].split()
    return words[0].lower() if words and "=" not in words[0] else None
