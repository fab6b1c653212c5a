"""Finds the words by which an act is performed: `call on`, `hold ... responsible`.

Why: all cues are compiled to one table by the forms of their verb, so a sentence of n words costs n
look-ups whatever the number of cues.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stopa.model.statement import Act
from stopa.statements.lexicon.acts import SETS, TABLES
from stopa.statements.lexicon.inflection import Form, forms
from stopa.statements.lexicon.verbs import BE, QUOTATIVE_FORMS
from stopa.statements.tokens import Token

LONG_GAP = 18  # words between `attribute` and its `to`
GAP = 10  # words that a gap in a cue may span
STOPS = frozenset(";:.!?")
TO = frozenset({"to"})
BASE: frozenset[str] = frozenset()  # in a line: a verb must follow
# They open a clause, so that a `to` behind them belongs to another verb.
QUOTING = frozenset('“”"«»')
CLAUSE = frozenset({"that", "whether", "which", "who", "how", "and", "but"})
# After `to` they open a noun phrase, and no verb stands there.
NO_VERB = frozenset(
    [
        "it",
        "him",
        "her",
        "them",
        "us",
        "me",
        "you",
        "the",
        "a",
        "an",
        "this",
        "that",
        "its",
        "their",
        "his",
        "our",
    ]
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A way to perform an act: the verb's base form, what must follow, where the target stands."""

    act: Act
    verb: str
    rest: tuple[frozenset[str] | None, ...]
    target: tuple[str, ...]

    @property
    def label(self) -> str:
        """The rule's name in results."""
        return f"{self.act.value}:{self.verb}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found at the tokens [at, end); `form` is the form of its verb."""

    cue: Cue
    at: int
    end: int
    form: Form


def find(tokens: list[Token], at: int) -> Hit | None:
    """Return the cue that begins at this token, the most specific one; None if there is none."""
    best: Hit | None = None
    for cue, form in _compiled().get(tokens[at].low, ()):
        end = _matched(cue, tokens, at + 1)
        if end and (best is None or _rank(cue, end) > _rank(best.cue, best.end)):
            best = Hit(cue, at, end, form)
    return best


@cache
def verb_forms() -> dict[str, Form]:
    """Return every form of a verb that reports or performs, and which form it is."""
    table = {word: cues[0][1] for word, cues in _compiled().items() if cues[0][0].verb != "be"}
    table.update({word: form for word, (_, form) in QUOTATIVE_FORMS.items()})
    return table


def _rank(cue: Cue, end: int) -> tuple[bool, int, int]:
    return (cue.act is not Act.OTHER, sum(item is not None for item in cue.rest), -end)


def _matched(cue: Cue, tokens: list[Token], at: int) -> int:
    """Return the token after the cue, 0 when the words do not fit."""
    gap = False
    told = cue.rest[-2:] == (TO, BASE)
    if told and cue.rest[0] is None and tokens[at : at + 1] and tokens[at].low == "to":
        return 0  # `wants to know` asks nobody for anything
    for item in cue.rest:
        if item is None:
            gap = True
            continue
        if not gap and at < len(tokens) and tokens[at].text in QUOTING:
            at += 1  # `stood “shoulder to shoulder”`
        reach = LONG_GAP if item == TO else GAP
        limit = at + reach if gap else at + 1
        while at < min(limit, len(tokens)) and tokens[at].low not in item and item:
            if tokens[at].text in STOPS or (told and tokens[at].low in CLAUSE | QUOTING):
                return 0
            at += 1
        if at >= min(limit, len(tokens)) or (not item and tokens[at].low in NO_VERB):
            return 0
        at, gap = at + 1, False
    return at


@cache
def _compiled() -> dict[str, tuple[tuple[Cue, Form], ...]]:
    table: dict[str, list[tuple[Cue, Form]]] = {}
    for act, text in TABLES:
        for line in text.strip().splitlines():
            for cue in _cues(act, line):
                for word, form in _forms(cue.verb).items():
                    table.setdefault(word, []).append((cue, form))
    return {word: tuple(cues) for word, cues in table.items()}


def _forms(verb: str) -> dict[str, Form]:
    if verb == "be":
        return dict.fromkeys(sorted(BE - {"be", "being", "been", "'s"}), Form.PAST) | {
            "be": Form.BASE
        }
    return forms(verb)


def _cues(act: Act, line: str) -> list[Cue]:
    words, _, target = line.partition(">")
    verbs, *rest = words.split()
    items = tuple(_item(word) for word in rest)
    return [Cue(act, verb, items, tuple(target.split())) for verb in verbs.split("|")]


def _item(word: str) -> frozenset[str] | None:
    if word == "~":
        return None
    if word == "BASE":
        return BASE
    return SETS.get(word) or frozenset(word.split("|"))
