"""Which statement of a sentence cites which of its quotations; one statement for each act.

Trap: a sentence with two speakers and two quotations has two owners; a quotation of several
sentences is cited in parts.
"""

from __future__ import annotations

from dataclasses import replace

from stopa.model.document import Document
from stopa.model.statement import Act, Quotation, Statement
from stopa.statements.draft import Draft
from stopa.statements.quotations import Quote
from stopa.statements.view import View

AIMED = frozenset({Act.CALL_ON, Act.SUMMON})


def with_quotes(
    document: Document, view: View, acts: list[Draft], made: list[Statement]
) -> list[Statement]:
    """Give each quotation of the sentence to the statement whose verb governs it."""
    if not made or not view.quotes:
        return made
    owners: dict[int, list[Quotation]] = {index: [] for index in range(len(made))}
    for number, quote in enumerate(view.quotes):
        first = next((i for i, q in enumerate(view.quoted) if q == number), None)
        if first is None:
            continue
        parts = _parts(made, quote)
        if parts:
            for index, start, end in parts:
                quoted = Quotation(view.text[start:end], document.where(start, end))
                owners[index].append(quoted)
            continue
        owner = _owner(acts, first, len(made))
        owners[owner].append(_quotation(document, view.text, quote))
    return [
        replace(statement, quotations=tuple(owners[index])) for index, statement in enumerate(made)
    ]


def _parts(made: list[Statement], quote: Quote) -> list[tuple[int, int, int]]:
    """Return the characters of a quotation that each statement cites: several, one for each."""
    if len({one.where.span for one in made}) < 2:
        return []
    found: list[tuple[int, int, int]] = []
    for index, one in enumerate(made):
        start, end = one.where.span or (0, 0)
        start, end = max(start, quote.inner_start), min(end, quote.inner_end)
        if start < end:
            found.append((index, start, end))
    return found


def _owner(acts: list[Draft], first: int, count: int) -> int:
    if count == 1 or len(acts) != count:
        return 0
    for index, draft in enumerate(acts):
        if draft.behind and first < draft.at:
            return index
    before = [index for index, draft in enumerate(acts) if draft.at < first]
    return before[-1] if before else 0


def _quotation(document: Document, text: str, quote: Quote) -> Quotation:
    start, end = quote.inner_start, quote.inner_end
    return Quotation(text[start:end], document.where(start, end))


def distinct(made: list[Statement]) -> list[Statement]:
    """Drop a second statement of one act and speaker in a sentence, keeping its quotations.

    Two that are aimed at two parties stay two: `called on X to stop and on Y to help`.
    """
    kept: dict[tuple[Act, str, str, str], Statement] = {}
    for statement in made:
        speaker = statement.speaker.name if statement.speaker else ""
        same = (statement.act, speaker, statement.sentence)
        alike = [key for key, one in kept.items() if key[:3] == same and not _apart(one, statement)]
        mine = statement.target.name if statement.target else ""
        key = alike[0] if alike else (*same, mine)
        if key in kept:
            first = kept[key]
            kept[key] = replace(
                first,
                quotations=first.quotations + statement.quotations,
                target=first.target or statement.target,
                negated=first.negated and statement.negated,
            )
        else:
            kept[key] = statement
    return list(kept.values())


def _apart(one: Statement, other: Statement) -> bool:
    """Whether two of one act are aimed at two parties, or one is done and the other is not."""
    if one.target is None or other.target is None or one.target.name == other.target.name:
        return False
    return one.act in AIMED or one.negated != other.negated
