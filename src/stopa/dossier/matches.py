"""The findings for reading: one group for each rule, the worst first, with a few of its matches."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stopa.dossier.index import Index
from stopa.model.rule import Finding, Match, RuleCard

LEVELS = ("critical", "high", "medium", "low", "informational")

DULL = {"Provider_Name", "EventID", "Channel", "EventType", "ObjectType", "eventSource"}
ROWS = 400  # findings printed in the page without a script, over all rules
GROUPS = 300  # rules printed there
FEWEST, MOST = 1, 12  # findings printed for one rule


@dataclass(frozen=True, slots=True)
class Group:
    """A rule and its findings. `shown` are the first in time, as many as the page has room for."""

    card: RuleCard
    count: int
    hosts: tuple[tuple[str, int], ...]
    first: datetime | None
    last: datetime | None
    shown: tuple[Finding, ...]


def groups(at: Index) -> tuple[Group, ...]:
    """Return the groups, by level, then by how rare the match is."""
    by_rule: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in at.dossier.findings:
        by_rule[finding.rule].append(finding)
    room = max(FEWEST, min(MOST, ROWS // max(len(by_rule), 1)))
    made = [
        _group(at.rules.get(rule) or _unknown(rule), found, room) for rule, found in by_rule.items()
    ]
    return tuple(sorted(made, key=lambda g: (rank(g.card.level), g.count, g.card.id)))


def telling(matched: Sequence[Match]) -> list[Match]:
    """Return the matches, those last that only name the kind of event."""
    return sorted(matched, key=lambda match: match.field in DULL)


def rank(level: str) -> int:
    """Return 0 for critical, up to 5 for a level that Sigma does not know."""
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


def in_time(finding: Finding) -> tuple[bool, str, str]:
    """Order findings by time, those without one last, ties by id."""
    return finding.time is None, finding.time.isoformat() if finding.time else "", finding.id


def _group(card: RuleCard, found: list[Finding], room: int) -> Group:
    times = [finding.time for finding in found if finding.time]
    hosts = Counter(finding.host for finding in found if finding.host)
    ranked = sorted(hosts.items(), key=lambda item: (-item[1], item[0]))
    return Group(
        card,
        len(found),
        tuple(ranked),
        min(times, default=None),
        max(times, default=None),
        tuple(sorted(found, key=in_time)[:room]),
    )


def _unknown(rule: str) -> RuleCard:
    return RuleCard(rule, f"rule {rule}", "", "", "")
