"""Run YARA rules over every piece of evidence, and record what they find like any finding.

Why: members of archives and attachments are evidence, so a rule meets each file as it was made.
Trap: rules and bytes are both hostile: each file is scanned in a confined process, within a time.
What a file of several gigabytes holds behind the first is named as not scanned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from stopa.case.assembly import Searched
from stopa.case.confined import Confined, Lost
from stopa.case.hand_in import Bytes
from stopa.case.plan import Progress, Unit
from stopa.detect import yara
from stopa.detect.yara import Place, TooLong, YaraHit, YaraRules
from stopa.model.dossier import Excerpt
from stopa.model.evidence import Problem, Where
from stopa.model.record import name
from stopa.model.rule import Finding, Match, Refusal, RuleCard
from stopa.store.case_store import CaseStore, Step

SECONDS = 60  # for one file
MOST = 2**30  # bytes of a file that are scanned
TOGETHER = 500  # files recorded in one transaction
RULES = "yara-rules"  # the compiled rules, in the spool
UNASKED = "no rules"
ALONE = "scan it by itself with YARA"


@dataclass(frozen=True, slots=True)
class Task:
    """A file to scan, and where the compiled rules lie."""

    item: Bytes
    rules: Path


Scanned = tuple[YaraHit, ...] | TooLong | Lost


@dataclass(frozen=True, slots=True)
class Both:
    """What a dossier tells of Sigma and YARA rules as a whole."""

    cards: Mapping[str, RuleCard]
    sha256: str
    refusals: tuple[Refusal, ...]


def with_yara(rules: Searched, more: YaraRules | None) -> Searched:
    """Return what a dossier tells of the rules, YARA's among them."""
    if more is None:
        return rules
    cards = dict.fromkeys(range(len(rules.cards))) | dict(more.cards)
    return Both(
        cards,  # type: ignore[arg-type]
        sha256(f"{rules.sha256}/{more.sha256}".encode()).hexdigest(),
        (*rules.refusals, *more.refusals),
    )


def prepared(paths: Sequence[Path]) -> YaraRules | None:
    """Compile the YARA rules that the analyst named; None where none were."""
    return yara.prepare(paths) if paths else None


def scan_all(
    store: CaseStore, items: tuple[Bytes, ...], rules: YaraRules | None, progress: Progress
) -> None:
    """Scan every evidence that was not scanned with just these rules; without rules, forget all."""
    if rules is None:
        _forget(store, items)
        return
    new = [item for item in items if item.size and not store.is_done(_step(item), rules.sha256)]
    progress.stage("scanning with YARA", sum(item.size for item in new), Unit.BYTES)
    compiled = store.spool / RULES
    compiled.write_bytes(rules.packed)
    with Confined(scan_one, _allowed, 1) as confined:
        done = confined.each(Task(item, compiled) for item in new)
        for group in _groups(done):
            with store.steps() as begin:
                for task, scanned in group:
                    work = begin(_step(task.item))
                    _record(work, task.item, scanned, rules)
                    work.finish(rules.sha256)
            progress.advance(sum(task.item.size for task, _ in group))


def _forget(store: CaseStore, items: tuple[Bytes, ...]) -> None:
    """Leave nothing of what rules found that are not asked for any more."""
    told = [item for item in items if store.inputs_of(_step(item)) not in (None, UNASKED)]
    if told:
        with store.steps() as begin:
            for item in told:
                begin(_step(item)).finish(UNASKED)


def scan_one(task: Task) -> tuple[YaraHit, ...] | TooLong:
    """Scan a file with the rules; called in a confined process."""
    with task.item.path.open("rb") as file:
        content = file.read(MOST)
    return yara.scan(_packed(task.rules), content, SECONDS)


@lru_cache(maxsize=1)
def _packed(rules: Path) -> bytes:
    return rules.read_bytes()


def _allowed(_: Task) -> float:
    return 2.0 * SECONDS


def _step(item: Bytes) -> str:
    return f"yara:{item.sha256}"


Done = tuple[Task, Scanned]


def _groups(done: Iterable[Done]) -> Iterator[list[Done]]:
    group: list[Done] = []
    for entry in done:
        group.append(entry)
        if len(group) == TOGETHER:
            yield group
            group = []
    if group:
        yield group


def _record(work: Step, item: Bytes, scanned: Scanned, rules: YaraRules) -> None:
    for what in _wrong(item, scanned):
        problem = Problem(what, Where(item.sha256, offset=0, length=0), ALONE)
        work.add("problem", name("P", problem), problem)
    for hit in scanned if isinstance(scanned, tuple) else ():
        finding = _finding(item, hit)
        work.add("finding", finding.id, finding)
        work.add("rule", hit.rule, rules.cards[hit.rule])
        if hit.places:
            quoted = Excerpt(finding.where, hit.places[0].shown)
            work.add("excerpt", name("X", finding.where), quoted)


def _wrong(item: Bytes, scanned: Scanned) -> Iterator[str]:
    if isinstance(scanned, Lost):
        yield f"YARA: {scanned.why.replace(str(item.path), item.name)}"
    elif isinstance(scanned, TooLong):
        yield f"YARA was not done within {scanned.seconds} seconds"
    if item.size > MOST:
        yield f"YARA looked at the first {MOST} of {item.size} bytes"


def _finding(item: Bytes, hit: YaraHit) -> Finding:
    """Return a finding that cites the first string, and says of each where it stands."""
    matched = tuple(Match(place.string, place.shown, _said(place)) for place in hit.places)
    if hit.more:
        matched += (Match("", f"{hit.more} more places", "not listed"),)
    return Finding(
        id=name("F", hit.rule, item.sha256),
        rule=hit.rule,
        where=_where(item, hit),
        time=None,
        host=None,
        user=None,
        matched=matched,
    )


def _where(item: Bytes, hit: YaraHit) -> Where:
    """Cite the first string that a rule found; the whole file where it asks for none."""
    if not hit.places:
        return Where(item.sha256, offset=0, length=item.size)
    return Where(item.sha256, offset=hit.places[0].offset, length=hit.places[0].length)


def _said(place: Place) -> str:
    key = f", XOR {place.key:#04x}" if place.key else ""
    return f"{place.length} bytes at byte {place.offset}{key}"
