"""Who says what: from each source root to the reports that repeat it, with the quoted words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stopa.dossier import words
from stopa.dossier.index import ACTS, Index
from stopa.dossier.told import said_on
from stopa.model.document import Masthead
from stopa.model.statement import Disagreement, Position, Reading, SourceRoot, Statement
from stopa.model.when import When

ACT_ORDER = tuple(ACTS)
ROOTS = 80  # source roots printed in the page
SHOWN = 3  # sentences of one report in one root; the rest is folded
VALUES = 6  # values of a disagreement beside each other
COLUMNS = 10  # reports beside each other in the table


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a sentence; quoted when it stands in quotation marks there."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """One report that carries a root: its name, date, whom it names as its own source."""

    document: str
    label: str
    when: When | None
    upstream: str | None
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A source root with the reports that repeat it."""

    root: SourceRoot
    verb: str
    reports: tuple[Report, ...]


def branches(at: Index) -> tuple[Branch, ...]:
    """Return the source roots, accusations first, then by how many reports repeat them."""
    roots = sorted(
        at.dossier.comparison.roots,
        key=lambda root: (ACT_ORDER.index(root.act), -len(root.documents), root.id),
    )
    return tuple(Branch(root, ACTS[root.act], tuple(_reports(at, root))) for root in roots)


def without_root(at: Index) -> tuple[Statement, ...]:
    """Return the statements that go back to no source root that is known."""
    return tuple(said for said in at.statements.values() if said.id not in at.root_of)


def papers(at: Index) -> tuple[str, ...]:
    """Return the documents that carry statements, as the columns of the table."""
    said = dict.fromkeys(statement.document for statement in at.statements.values())
    return tuple(said)


def outlets(at: Index) -> tuple[Reading, ...]:
    """Return the readings of which something is recorded on the outlet, in the order of papers."""
    told = (at.readings[document] for document in at.readings)
    return tuple(reading for reading in told if reading.labels or reading.loaded)


def runs(statement: Statement) -> Iterator[Run]:
    """Yield the sentence of a statement, its quotations apart."""
    rest = statement.sentence
    for quotation in statement.quotations:
        before, found, after = rest.partition(quotation.text)
        if found and quotation.text:
            if before:
                yield Run(before)
            yield Run(found, quoted=True)
            rest = after
    if rest:
        yield Run(rest)


def carried(branch: Branch) -> tuple[tuple[str, ...], ...]:
    """Return by report the statements in which it carries the root."""
    return tuple(tuple(said.id for said in report.statements) for report in branch.reports)


def parted(at: Index, apart: Disagreement) -> When | None:
    """Return when a disagreement could first be seen: when a second value was published.

    None where that is not recorded: a value is only in reports that bear no date.
    """
    heard: dict[str, list[When | None]] = {}
    for side in apart.positions:
        heard.setdefault(side.value, []).append(said_on(at, side.document))
    firsts = [min(d for d in dates if d) for dates in heard.values() if any(dates)]
    return sorted(firsts)[1] if len(firsts) == len(heard) > 1 else None


def masthead(head: Masthead) -> str:
    """Return what a document says of itself in one line; what it does not say is said too."""
    parts = [
        head.outlet or "no outlet named",
        f"by {head.byline}" if head.byline else "no byline",
        _printed(head),
    ]
    if head.date:
        parts[-1] += f" ({head.date_basis.value})"
    if head.upstream:
        parts.append(f"after {head.upstream}")
    return " · ".join(parts)


def _printed(head: Masthead) -> str:
    if head.date is None and head.date_without_year:
        month, _, day = head.date_without_year.partition("-")
        return f"{words.month_day(month, day)}, no year stated"
    return words.date(head.date)


def positions(sides: Iterable[Position]) -> dict[str, list[Position]]:
    """Return the sides of a disagreement by the value they give."""
    by_value: dict[str, list[Position]] = {}
    for side in sides:
        by_value.setdefault(side.value, []).append(side)
    return by_value


def _reports(at: Index, root: SourceRoot) -> Iterator[Report]:
    for document in root.documents:
        said = [at.statements[id_] for id_ in root.statements if id_ in at.statements]
        reading = at.readings.get(document)
        head = reading.masthead if reading else Masthead()
        yield Report(
            document,
            at.paper(document),
            head.date,
            head.upstream,
            tuple(one for one in said if one.document == document),
        )
