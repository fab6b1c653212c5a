"""`stopa trail`: one entity followed through all sources of a case, in order of time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from stopa.case.hops import DEPTH, Followed
from stopa.case.trail import MANY, Asked, Step, Trail, trail
from stopa.case.tree import Process, Trees, trees
from stopa.cli import options, screen
from stopa.cli.findings import place, stamp
from stopa.dossier.visible import line as visible
from stopa.dossier.words import count
from stopa.model.entity import EntityKind, Link
from stopa.model.evidence import Where

UNTIMED = "(no time)"
SHORT = 8  # digits of a hash: enough to tell the files of a case apart
SHOWN = 30  # hops that are listed
NEAREST = ("record", "line", "offset")
WIDTH = 24  # of a stamp, `2022-05-13 08:54:06.347Z`


@click.command("trail")
@options.case
@click.argument("entity", metavar="ENTITY")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in EntityKind]),
    help="Take ENTITY as this; else it is whatever it can be.",
)
@options.since
@options.until
@click.option("--exact", is_flag=True, help="Leave out names that only a rule links to ENTITY.")
@click.option(
    "--hops",
    type=click.IntRange(0, 8),
    default=DEPTH,
    show_default=True,
    help="Follow so many hops to other names (SID, session, lease); 0 is none.",
)
@click.option("--tree", is_flag=True, help="Show process trees and logon sessions instead.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=MANY,
    show_default=True,
    help="Show so many events; 0 is all.",
)
@options.as_json
def command(
    case: Path,
    entity: str,
    kind: str | None,
    since: datetime | None,
    until: datetime | None,
    exact: bool,
    hops: int,
    tree: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Follow ENTITY through all events of CASE: a host, user, address, domain, file, process.

    \b
    Examples:
      stopa trail my-case 192.0.2.7
      stopa trail my-case 'MINISTRY\\eva' --since 2025-05-28
      stopa trail my-case powershell.exe --tree

    Each line says when (UTC) and how the zone is known, where it stands, and as what it was named.
    Names linked by a rule (a bare name, a host with and without its domain) say so, and so do
    names that an event leads to (a SID and its account, a session, an address by its lease).
    """
    wanted = EntityKind(kind) if kind else None
    if tree:
        grown = trees(case, entity, wanted)
        click.echo(screen.json(grown) if as_json else "\n".join(_trees(grown)))
        return
    asked = Asked(wanted, since, until, exact, limit or None, hops)
    found = trail(case, entity, asked)
    lines = [screen.json(_plain(found))] if as_json else _lines(found)
    for text in lines:
        click.echo(text)


def _plain(found: Trail) -> dict[str, object]:
    return {
        "entity": found.asked,
        "events": found.events,
        "names": [
            {"kind": s.entity.kind, "name": s.entity.name, "rule": s.link, "events": s.events}
            for s in found.spellings
        ],
        "hops": [_hop(hop) for hop in found.hops],
        "more hops": found.more,
        "sources": found.sources,
        "trail": [_step(step) for step in found.steps],
        "together": [
            {"kind": c.entity.kind, "name": c.entity.name, "events": c.events, "sources": c.sources}
            for c in found.together
        ],
    }


def _hop(hop: Followed) -> dict[str, object]:
    since, until = hop.holds
    return {
        "kind": hop.entity.kind,
        "name": hop.entity.name,
        "from": hop.before.name,
        "reason": hop.reason,
        "evidence": hop.where.evidence,
        "where": place(hop.where),
        "since": stamp(since),
        "until": stamp(until),
        "hops": hop.depth,
    }


def _step(step: Step) -> dict[str, object]:
    return {
        "time": stamp(step.time),
        "zone": step.basis,
        "evidence": step.evidence,
        "where": place(step.where),
        "source": step.source,
        "event": step.event_id,
        "as": [
            {"role": named.role, "field": named.field, "value": named.stated, "rule": rule}
            for named, rule in step.as_
        ],
        "tells": dict(step.tells),
    }


def _lines(found: Trail) -> Iterator[str]:
    events, sources = count(found.events, "event"), count(len(found.sources), "source")
    yield visible(f"{found.asked}: {events} in {sources}")
    for name in found.spellings:
        rule = "" if name.link is Link.SAME else f"  ({name.link})"
        yield visible(
            f"  {name.entity.kind} {name.entity.name}: {count(name.events, 'event')}{rule}"
        )
    yield from _followed(found)
    yield ""
    for step in found.steps:
        yield visible(_line(step))
    if len(found.steps) < found.events:
        yield f"... {found.events - len(found.steps):,} later events: --limit 0 shows all"
    if found.sources:
        yield "\nsources"
    for source in found.sources:
        span = f"{_when(source.first)} to {_when(source.last)}"
        known = f"{source.source}  {span}  {', '.join(source.bases)}"
        yield visible(
            f"  {source.events:>7,}  {known}  [{source.sha256[:SHORT]}] {source.evidence}"
        )
    if found.together:
        yield "\nseen together with"
    for other in found.together:
        what = f"{other.entity.kind} {other.entity.name}"
        yield visible(f"  {other.events:>7,}  {what}  ({other.sources} log sources)")


def _followed(found: Trail) -> Iterator[str]:
    if found.hops:
        yield "\nfollowed to"
    for hop in found.hops[:SHOWN]:
        since, until = hop.holds
        span = f", {_when(since)} to {_when(until)}" if since and until else ""
        at = f"{hop.where.evidence[:SHORT]} {_place(hop.where)}"
        yield visible(
            f"  {hop.entity.kind} {hop.entity.name}  from {hop.before.name}: "
            f"{hop.reason}{span}  [{at}]"
        )
    if len(found.hops) > SHOWN:
        yield f"  ... {len(found.hops) - SHOWN:,} more: --json shows all"
    if found.more:
        yield f"  more than {len(found.hops):,} names: the others are not followed"


def _line(step: Step) -> str:
    roles = ", ".join(dict.fromkeys(_role(named.role, rule) for named, rule in step.as_))
    source = f"{step.source} {step.event_id}" if step.event_id else step.source
    told = "  ".join(f"{name}={value}" for name, value in step.tells)
    at = f"{step.evidence[:SHORT]} {_place(step.where)}"
    return f"{_when(step.time):{WIDTH}}  {step.basis}  {source}  [{at}]  {roles}: {told}"


def _place(where: Where) -> str:
    """Return the shortest locator that there is."""
    said = place(where)
    word = next(word for word in (*NEAREST, *said) if word in said)
    return f"{word} {said[word]}"


def _role(role: str, rule: Link) -> str:
    return role if rule is Link.SAME else f"{role} ({rule})"


def _when(time: datetime | None) -> str:
    return f"{time:%Y-%m-%d %H:%M:%S}.{time.microsecond // 1000:03}Z" if time else UNTIMED


def _trees(grown: Trees) -> Iterator[str]:
    for root in grown.roots:
        yield from _branch(root, "")
    if not grown.roots:
        yield "no creation of a process in this case has to do with it"
    for session in grown.sessions:
        address = f" from {session.address}" if session.address else ""
        ended = _when(session.ended) if session.ended else "no end seen"
        yield visible(
            f"session {session.logon} on {session.host}: {session.account}, type {session.kind}"
            f"{address}, {_when(session.began)} to {ended}, {session.processes} processes"
        )


def _branch(process: Process, indent: str) -> Iterator[str]:
    when = _when(process.time) if process.seen else "(began before the log)"
    what = process.command or process.image or process.key
    user = f"  {process.user}" if process.user else ""
    yield visible(f"{indent}{when}  {process.host}{user}  {what}")
    for child in process.children:
        yield from _branch(child, indent + "  ")
