"""What the script in the page works on: findings as columns, each distinct string once.

Why: 50,000 findings as objects are 40 MB; as columns over a table of strings they are four.
Trap: the page has a budget. What does not fit is left out by a fixed order (a few of every rule
first, worst level first) and `left_out` says how much; dossier.json always has all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field

from stopa.dossier import cards, reaches, switches, timeline, told, words
from stopa.dossier.budget import Budget, Excerpts
from stopa.dossier.conditions import Conditions, conditions
from stopa.dossier.embedding import safe
from stopa.dossier.index import Index
from stopa.dossier.inputs import ZONES
from stopa.dossier.matches import DULL, in_time, rank
from stopa.dossier.visible import CLASS
from stopa.model.evidence import Where
from stopa.model.rule import Finding

FINDINGS = 50_000  # findings in the page
BYTES = 4_200_000  # of the page's 5 MB, what its data may take
ROW_BYTES = 62  # what a finding takes without its texts
VALUE_MOST = 600  # characters of one matched value
MEMBERS = 20  # events of a correlation that are cited in the page
TITLE = 120  # characters of a rule's title beside one of them

Shape = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Embedded:
    """JSON that is safe inside a script element, and what it leaves out, in sentences."""

    json: str
    left_out: tuple[str, ...]


@dataclass(slots=True)
class _Table:
    """Distinct values: each is kept once and known by its number."""

    numbers: dict[Hashable, int] = field(default_factory=dict)

    def number(self, value: Hashable) -> int:
        return self.numbers.setdefault(value, len(self.numbers))


def embed(at: Index) -> Embedded:
    """Return the data of the page."""
    ordered = _by_importance(at)
    chosen, dropped = ordered[:FINDINGS], max(len(ordered) - FINDINGS, 0)
    reckoned = switches.reckoned(at)
    room = BYTES - ROW_BYTES * len(chosen) - len(safe(reckoned)) - reaches.printed(at.dossier)
    excerpts, texts = Excerpts(at, room // 4), Budget(room // 4)
    known = conditions(at, chosen, Budget(room // 8))
    counted = Budget(room // 8)
    drawn = [card for card in cards.cards(at, excerpts) if texts.spend(len(safe(card)))]
    members = _members(at, chosen, excerpts, counted)
    values = Budget(room // 4 + texts.left + known.budget.left + counted.left)
    payload = {
        "hidden": CLASS,
        "dull": sorted(DULL),
        "tlp": at.dossier.tlp,
        "findings": _columns(at, chosen, values, excerpts, known),
        "members": members,
        "conditions": known.kept,
        "ticks": list(known.ticks),
        "evidence": [[e.sha256, e.name] for e in at.dossier.evidence],
        "rules": [cards.rule(rule) for rule in at.dossier.rules],
        "cards": drawn,
        "reckoned": reckoned,
        "lanes": _lanes(at),
        "claims": [*_claims(at)],
        "techniques": {one.id: one.name for one in at.dossier.techniques},
        "excerpts": excerpts.kept,
    }
    notes = (
        _note(dropped, "finding is", "findings are", "not in this page"),
        _note(values.refused, "finding is", "findings are", "here without the fields that matched"),
        _note(excerpts.budget.refused, "excerpt is", "excerpts are", "not in this page"),
        _note(counted.refused, "finding is", "findings are",
              "here without the events that are counted"),
        _note(known.budget.refused, "condition of a rule is", "conditions of rules are",
              "not in this page"),
        _note(texts.refused, "statement or observation has", "statements or observations have",
              "no card in this page"),
    )  # fmt: skip
    return Embedded(safe(payload).decode(), tuple(note for note in notes if note))


def _note(figure: int, one: str, many: str, what: str) -> str:
    kept = "dossier.json has all of them, and `stopa explain CASE ID` shows each"
    return (
        f"{words.number(figure)} {one if figure == 1 else many} {what}; {kept}." if figure else ""
    )


def _by_importance(at: Index) -> list[Finding]:
    """Return the first of every rule, then the second of every rule, ..., worst level first."""
    turns: defaultdict[str, int] = defaultdict(int)
    keyed = []
    for finding in at.dossier.findings:
        card = at.rules.get(finding.rule)
        turn = turns[finding.rule]
        turns[finding.rule] += 1
        keyed.append(((turn, rank(card.level if card else ""), finding.id), finding))
    return [finding for _, finding in sorted(keyed, key=lambda pair: pair[0])]


def _columns(
    at: Index,
    chosen: Sequence[Finding],
    values: Budget,
    excerpts: Excerpts,
    known: Conditions,
) -> dict[str, object]:
    """Return the findings in time order, a list for each field; -1 stands for "not recorded"."""
    quoted = {finding.id: excerpts.number(finding.where) for finding in chosen}
    strings, settings, shapes = _Table(), _Table(), _Table()
    matched = {finding.id: _values(finding, strings, values) for finding in chosen}
    rows = sorted(chosen, key=in_time)
    rules = {rule: place for place, rule in enumerate(at.rules)}
    files = {evidence: place for place, evidence in enumerate(at.evidence)}
    return {
        **_ids([f.id for f in rows]),
        "time": list(_steps(rows)),
        "setting": [
            settings.number(
                (
                    rules.get(f.rule, -1),
                    files.get(f.where.evidence, -1),
                    strings.number(f.host) if f.host is not None else -1,
                    strings.number(f.user) if f.user is not None else -1,
                    strings.number(ZONES[f.basis]) if f.basis is not None else -1,
                    shapes.number(_shape(f)),
                    known.number(f),
                )
            )
            for f in rows
        ],
        **_places([f.where for f in rows]),
        "values": [matched[f.id] for f in rows],
        "quoted": [quoted[f.id] for f in rows],
        "settings": list(settings.numbers),
        "shapes": list(shapes.numbers),
        "strings": list(strings.numbers),
    }


def _shape(finding: Finding) -> Shape:
    """Return what the values are of: fields that matched, then fields that were looked at too."""
    others = finding.ticks.others if finding.ticks is not None else ()
    return (
        *((match.field, match.predicate) for match in finding.matched),
        *((match.field, None) for match in others),
    )


def _members(
    at: Index, chosen: Sequence[Finding], excerpts: Excerpts, budget: Budget
) -> dict[str, object]:
    """Return for each finding that counts events how many, and of the first what is known."""
    told: dict[str, object] = {}
    for finding in chosen:
        excerpts.number(finding.where)  # before those of the events that others count
    for finding in chosen:
        if finding.members:
            listed = [len(finding.members), [*_counted(at, finding, excerpts)]]
            if budget.spend(len(safe(listed)) + len(finding.id) + 4):
                told[finding.id] = listed
    return told


def _counted(at: Index, finding: Finding, excerpts: Excerpts) -> Iterator[list[object]]:
    """Yield the place, time, rules and record of each event that a correlation counts."""
    told = dict(zip(finding.members, finding.counted, strict=False))
    for where in finding.members[:MEMBERS]:
        one = told.get(where)
        time = timeline.microseconds(one.time) if one and one.time else None
        rules = [words.clipped(rule, TITLE, "…") for rule in one.rules] if one else []
        yield [at.place(where), time, rules, excerpts.number(where)]


def _ids(ids: Sequence[str]) -> dict[str, object]:
    """Return ids of one length as one string, others as a list with length 0."""
    widths = {len(id_) for id_ in ids}
    return (
        {"id": "".join(ids), "width": widths.pop()} if len(widths) == 1 else {"id": ids, "width": 0}
    )


def _values(finding: Finding, strings: _Table, budget: Budget) -> list[int]:
    others = finding.ticks.others if finding.ticks is not None else ()
    texts = [match.value[:VALUE_MOST] for match in (*finding.matched, *others)]
    fresh = sum(len(safe(text)) + 1 for text in texts if text not in strings.numbers)
    return [strings.number(text) for text in texts] if budget.spend(fresh) else []


def _steps(rows: Sequence[Finding]) -> Iterator[int | None]:
    """Yield each time as microseconds after the one before it, the first after 1970."""
    before = 0
    for finding in rows:
        if finding.time is None:
            yield None
            continue
        now = timeline.microseconds(finding.time)
        yield now - before
        before = now


def _places(wheres: Sequence[Where]) -> dict[str, object]:
    """Return a column for each kind of locator that occurs at all."""
    columns: dict[str, object] = {}
    for name in ("record", "line", "offset", "length", "page"):
        column = [getattr(where, name) for where in wheres]
        if any(value is not None for value in column):
            columns[name] = [-1 if value is None else value for value in column]
    if any(where.part is not None for where in wheres):
        columns["part"] = [where.part for where in wheres]
    if any(where.span is not None for where in wheres):
        columns["span"] = [where.span for where in wheres]
    return columns


def _lanes(at: Index) -> dict[str, object] | None:
    """Return what the chart draws of the logs: days as numbers since the first."""
    drawn = timeline.timeline(at)
    if drawn is None:
        return None
    lane_of = timeline.lanes_of_evidence(at)
    heard = {lane.id: place for place, lane in enumerate(drawn.lanes)}
    return {
        "first": drawn.first.isoformat(),
        "days": (drawn.last - drawn.first).days,
        "order": [[lane.id, lane.heading] for lane in drawn.lanes],
        "events": [
            [[(day - drawn.first).days, events] for day, events in sorted(lane.days.items())]
            for lane in drawn.lanes
        ],
        "files": [heard.get(lane_of.get(e, "host"), 0) for e in at.evidence],
    }


def _claims(at: Index) -> Iterator[dict[str, object]]:
    """Yield what others claimed: what it is about by the first clock, and who says it."""
    for one in told.claims(at):
        yield {
            "id": one.id,
            "title": words.clipped(one.claim.actor, TITLE, "…"),
            "about": told.span(one.happened),
            "statements": one.claim.statements,
        }
