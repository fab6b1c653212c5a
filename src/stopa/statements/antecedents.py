"""Whom a pronoun or a bare noun can mean among the parties that a text has named so far.

Trap: `he` is no ministry and `one of them` nobody yet; an unresolved `the ministry` is no answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from stopa.model.statement import Party, Resolution
from stopa.statements.phrase import Phrase, PhraseKind
from stopa.statements.view import View

STEM = 4  # letters by which `shipping` is found in `Ministry of Ships`


@dataclass(frozen=True, slots=True)
class Known:
    """A party met in the text. `spoke` when it was the subject of a statement."""

    party: Party
    kind: PhraseKind
    head: str
    plural: bool
    gender: str
    sentence: int
    spoke: bool = False
    subject: bool = False


def antecedent(fitting: list[Known], number: int) -> Known | None:
    """Return the subject that opened this sentence, else who spoke last, else was named last."""
    opened = [k for k in fitting if k.sentence == number and k.subject]
    if opened:
        return opened[0]
    spoken = [k for k in fitting if k.spoke and number - k.sentence <= 3]
    subjects = [k for k in fitting if k.subject and number - k.sentence <= 1]
    if spoken and not (subjects and subjects[-1].sentence > spoken[-1].sentence):
        return spoken[-1]
    nearest = subjects or fitting
    return nearest[-1] if nearest else None


def fits(pronoun: str, known: Known) -> bool:
    """Whether `he`, `she`, `it` or `they` can mean this party."""
    if pronoun in {"he", "she"}:
        wrong = "f" if pronoun == "he" else "m"
        if known.head == "one":
            return False  # `one of them` is nobody yet
        person = known.kind is PhraseKind.PERSON or (
            known.kind is PhraseKind.NAME and " " in known.party.name
        )
        return person and not known.plural and known.gender != wrong
    if pronoun == "it":
        return known.kind in {PhraseKind.BODY, PhraseKind.PLACE, PhraseKind.NAME} and (
            not known.plural or known.head in {"authorities"}
        )
    return known.plural or known.kind is PhraseKind.BODY


def described(view: View, phrase: Phrase, party: Party) -> bool:
    """Whether the party can be `the shipping ministry`: what describes the noun is in its name."""
    stems = {view.low(at)[:STEM] for at in range(phrase.at + 1, phrase.end - 1)}
    name = f"{party.stated} {party.name}".lower()
    return all(stem in name for stem in stems)


def of_state(known: Known) -> bool:
    """Whether a party belongs to a state, and not to a body between states."""
    return known.party.country not in {None, "EUR", "IGO"}


def unresolved(known: Known) -> bool:
    """Tell an unresolved `the ministry`, which is no antecedent for the next one."""
    return (
        known.party.resolution is Resolution.ROLE
        and known.party.name == known.party.stated
        and known.party.stated.lower().split()[0] == "the"
        and known.party.country is None
    )
