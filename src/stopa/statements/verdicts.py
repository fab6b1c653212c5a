"""Whether a content calls conduct wrong, worries, says what is not borne, or misses proof.

Why: a verdict is told by adjectives (`a hostile act`, `not acceptable`), a worry by nouns of fear.
Trap: `the attack` judges nobody by itself, and `is not a scandal` is no condemnation.
"""

from __future__ import annotations

from dataclasses import dataclass

from stopa.model.statement import Act
from stopa.statements.lexicon.accusing import FAILING, GIVING, NO_PROOF, NOTHING, PROOF
from stopa.statements.lexicon.content import UNTOLERATED, WORRIED, WORRY
from stopa.statements.lexicon.judging import WRONG
from stopa.statements.lexicon.verbs import BE, NEGATED_CONTRACTION, NEGATION
from stopa.statements.lexicon.wordlist import wordset
from stopa.statements.phrase import Phrase
from stopa.statements.somebody import beginning
from stopa.statements.view import View

FEELING = BE | wordset(
    "remain remains remained feel feels felt grow growing deeply gravely seriously"
)
NEAR = 3  # words before another that bear on it
SHORT = 6  # words: a quoted verdict ("absolutely intolerable") rather than a sentence
DEEDS = wordset(
    """act acts step steps move moves deed deeds gesture provocation decision conduct behaviour
    behavior attempt manoeuvre maneuver campaign"""
)
# Only with what it breaks behind it does this judge: `a breach of the Charter`.
BEEN = wordset("is was are were")
OF_NORMS = wordset("breach violation")
UNBEARABLE = ("not acceptable", "no place in", "not be accepted", "counter to the norms")
MILD = wordset("attack threat hostile criminal malicious")
PROVING_WITHIN = 8  # words between `failed to present` and `evidence`
THERE = [["there", "was"], ["there", "is"], ["there", "were"], ["has", "been"]]


@dataclass(frozen=True, slots=True)
class Said:
    """The act that a content performs, whom it concerns, and the rule that says so."""

    act: Act
    target: Phrase | None
    rule: str


def untolerated(low: str, whom: Phrase | None) -> Said | None:
    """Return what the speaker says that nobody will get away with; in lower case."""
    if any(phrase in low for phrase in UNBEARABLE):
        return Said(Act.CONDEMN, whom, "said unbearable")
    found = any(phrase in low for phrase in UNTOLERATED)
    return Said(Act.OTHER, whom, "said not tolerated") if found else None


def worried(view: View, start: int, end: int) -> Said | None:
    """Return a worry: a noun of fear, or somebody who is concerned."""
    for at in range(start, end):
        if {view.low(scan) for scan in range(at - NEAR, at)} & {"nothing", "no"}:
            continue  # `had nothing to fear`
        felt = {view.low(scan) for scan in range(at - NEAR, at)} & FEELING or at == start
        if view.low(at) in WORRY - WORRIED or (view.low(at) in WORRIED and felt):
            return Said(Act.CONCERN, None, "said worry")
    return None


def wrong(view: View, start: int, end: int, whom: Phrase | None) -> Said | None:
    """Return a condemnation: words of wrong, or a verdict on somebody's act."""
    said = [at for at in range(start, end) if view.low(at) in WRONG and not _unsaid(view, at)]
    said = [at for at in said if view.low(at) not in OF_NORMS or view.low(at + 1) == "of"]
    words = {view.low(at) for at in said}
    verdict = bool(view.quoted) and max(view.quoted) >= 0
    verdict = verdict or any(view.low(at) in BEEN for at in range(start, end))
    short = sum(view.words[at].word for at in range(start, end)) <= SHORT
    if words - MILD or (short and words and verdict) or any(_on_act(view, at) for at in said):
        return Said(Act.CONDEMN, _judged(view, start, end) or whom, "said wrong")
    return None


def without_proof(low: str) -> bool:
    """Whether proof is said to be missing, or that nothing happened: `failed to show evidence`."""
    if any(f" {phrase}" in f" {low} " for phrase in NO_PROOF):
        return True
    words = low.split()
    for at, word in enumerate(words):
        before = set(words[max(0, at - PROVING_WITHIN) : at])
        missing = before & (NEGATION | NEGATED_CONTRACTION | FAILING)
        if word in PROOF and before & GIVING and missing:
            return True
        if word == "no" and words[at - 2 : at] in THERE and set(words[at:][:3]) & NOTHING:
            return True
    return False


def _on_act(view: View, at: int) -> bool:
    """`is an openly hostile act`: even a mild word judges the act that it describes."""
    told = {view.low(scan) for scan in range(at - NEAR, at)} & BEEN
    return bool(told) and view.low(at + 1) in DEEDS


def _judged(view: View, start: int, end: int) -> Phrase | None:
    """Return who is judged: `It is deplorable that X repeats it`."""
    for at in range(start + 2, min(end, start + 6)):
        if view.low(at) == "that" and view.low(start) == "it" and view.low(at - 1) in WRONG:
            return beginning(view, at + 1)
    return None


def _unsaid(view: View, at: int) -> bool:
    """Whether a word is said not to hold: `is not a scandal`."""
    before = {view.low(scan) for scan in range(at - NEAR, at)}
    return bool(before & (NEGATION | NEGATED_CONTRACTION))
