"""What ties findings together: hosts, accounts and addresses that observations have in common.

Spec: Unit 42's Attribution Framework (2025), activity cluster: events are linked by what they share
Why: techniques that lie in one folder are no activity. They are one where the same machine, person
or address was in them.
Trap: what every host has ("SYSTEM", 127.0.0.1) ties nothing, and a technique that was found all
over has no host of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from ipaddress import ip_address

from stopa.model.assessment import Credibility, Observation
from stopa.model.entity import Drawn, drawn
from stopa.model.rule import Finding

SHARE = 0.5  # of an observation's findings that have to name an entity
ENTITIES = 10  # kept with one observation, the commonest first
LONGEST = 45  # characters of an address
SOUND = frozenset(
    {Credibility.CONFIRMED, Credibility.PROBABLY_TRUE, Credibility.POSSIBLY_TRUE}
)  # what daily work also shows ties nothing
EVERYWHERE = frozenset(
    {
        "system", "local system", "localsystem", "local service", "network service", "root",
        "anonymous logon", "nobody", "www-data", "localhost",
    }
)  # fmt: skip


def entities_in(finding: Finding) -> Iterator[str]:
    """Yield the host, the account and the addresses that a finding names, in normal form."""
    said = {_person(finding.user or ""), _host(finding.host or "")}
    said |= {_address(match.value) for match in finding.matched}
    yield from said - {""}


def common(named: Counter[str], findings: int) -> tuple[str, ...]:
    """Return the entities that at least half of the findings name, sorted."""
    most = [one for one, count in named.most_common() if count >= SHARE * findings]
    return tuple(sorted(most[:ENTITIES]))


def linked(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """Return the most observations that hang together, each by an entity that another has too."""
    sound = [o for o in observations if o.credibility in SOUND and o.entities]
    group = {o.id: {o.id} for o in sound}
    first: dict[str, str] = {}
    for one in sound:
        for entity in one.entities:
            other = group[first.setdefault(entity, one.id)]
            if other is not group[one.id]:
                other |= group[one.id]
                group.update(dict.fromkeys(group[one.id], other))
    groups = {id(ids): ids for ids in group.values()}.values()
    largest = max(groups, key=lambda ids: (len(ids), min(ids)), default=set[str]())
    return tuple(o for o in sound if o.id in largest)


def shared(observations: Iterable[Observation]) -> tuple[str, ...]:
    """Return the entities that several of the observations have, the commonest first."""
    counts = Counter(entity for one in observations for entity in one.entities)
    several = [entity for entity, count in counts.items() if count > 1]
    return tuple(sorted(several, key=lambda entity: (-counts[entity], entity)))


def _person(text: str) -> str:
    found = drawn(Drawn.USER, text)
    bare = found.name.rpartition("\\")[2].partition("@")[0] if found else ""
    return f"{found.kind.value} {found.name}" if found and bare not in EVERYWHERE else ""


def _host(text: str) -> str:
    found = drawn(Drawn.HOST, text)
    return f"{found.kind.value} {found.name}" if found and found.name not in EVERYWHERE else ""


def _address(text: str) -> str:
    if len(text) > LONGEST:
        return ""
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    ties = not (address.is_loopback or address.is_unspecified or address.is_multicast)
    return f"address {address}" if ties else ""
