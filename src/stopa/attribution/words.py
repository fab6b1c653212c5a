"""How likelihood and confidence are put into words, and a linter that reads every such sentence.

Spec: ICD 203 (2015), D.6.e.2: seven likelihood terms with ranges; a likelihood and a confidence are
never in one sentence
Trap: a sentence that hedges twice, or uses a word outside the scale, claims more or less than the
number behind it.
"""

from __future__ import annotations

import re

from stopa.model.assessment import LIKELIHOODS, UNTOLD, Likelihood

# Words that sound like a likelihood or a proof and are not on the scale.
LOOSE = (
    "possibly", "probably", "perhaps", "maybe", "might", "apparently", "presumably", "certainly",
    "definitely", "undoubtedly", "clearly", "obviously", "proven", "proves", "proof", "conclusive",
    "conclusively", "unquestionably", "plausible", "plausibly", "suspected", "believed",
    "confirmed", "highly likely", "most likely", "quite likely", "fairly likely",
)  # fmt: skip
TERMS = tuple(likelihood.term for likelihood in LIKELIHOODS)
# Longest first: "very likely" is not "likely", "unlikely" is not "likely".
TERM = re.compile(
    r"(?<![\w-])(" + "|".join(sorted(map(re.escape, TERMS), key=len, reverse=True)) + r")(?![\w-])",
    re.IGNORECASE,
)
LOOSE_WORD = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, LOOSE)) + r")(?![\w-])", re.I)
CONFIDENCE = re.compile(r"(?<![\w-])confiden(?:ce|t|tly)(?![\w-])", re.IGNORECASE)
RANGE = re.compile(r"\((\d+)–(\d+) %\)")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


def likelihood(probability: float) -> Likelihood:
    """Return the term whose range holds the probability; the ends go to the outer terms."""
    return next((term for term in LIKELIHOODS if probability < term.high), LIKELIHOODS[-1])


def spoken(term: Likelihood) -> str:
    """Return the term with its range: "likely (55–80 %)"."""
    if term == UNTOLD:
        return term.term
    return f"{term.term} ({round(term.low * 100)}–{round(term.high * 100)} %)"


def verdict_sentence(label: str, term: Likelihood) -> str:
    """Return the sentence that names the leading hypothesis."""
    if term.term == "roughly even chance":
        return f"There is a {spoken(term)} that this is the work of {label}."
    if term.term == "almost no chance":
        return f"There is {spoken(term)} that this is the work of {label}."
    return f"It is {spoken(term)} that this is the work of {label}."


def lint(sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is wrong with the sentences, "what: sentence", in their order.

    Quoted words are those of others and are left alone.
    """
    return tuple(f"{fault}: {s}" for s in sentences for fault in _faults(QUOTED.sub("", s)))


def _faults(sentence: str) -> list[str]:
    found = []
    terms = TERM.findall(sentence)
    if terms and CONFIDENCE.search(sentence):
        found.append("likelihood and confidence in one sentence")
    if len(terms) > 1:
        found.append("two likelihoods in one sentence")
    if LOOSE_WORD.search(sentence):
        found.append("a word outside the scale")
    if terms and not _has_range(terms[0], sentence):
        found.append("a likelihood without its range")
    if not sentence.rstrip().endswith((".", "?", "!")):
        found.append("not a sentence")
    return found


def _has_range(term: str, sentence: str) -> bool:
    wanted = next(one for one in LIKELIHOODS if one.term == term.lower())
    stated = RANGE.search(sentence)
    return stated is not None and stated.groups() == (
        str(round(wanted.low * 100)),
        str(round(wanted.high * 100)),
    )
