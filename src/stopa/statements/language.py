"""Which language a text is in, told by its commonest words.

Why: a Czech, German or French original must be listed as not read rather than misread. A language
is added here, by its function words, and read when it has its own lexicon.
"""

from __future__ import annotations

import re

from stopa.statements.lexicon.wordlist import wordset

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SAMPLE = 20000  # characters looked at
LEAST_WORDS = 20  # fewer words do not tell a language
LEAST = 0.06  # share of words that must be function words of the language
FUNCTION_WORDS = {
    "en": wordset("the of and to in that is was for on with by as it has have not from"),
    "cs": wordset("a v na se je že s z do o k i za ve byl které pro jako podle které však"),
    "de": wordset("der die und in den von zu das mit sich des auf für ist im dem nicht ein"),
    "fr": wordset("le la les de des et en un une du que est pour dans par sur au qui pas"),
    "es": wordset("el la los las de que y en un una por con para del se no es su al"),
    "it": wordset("il la di che e un una per in del con non si da le dei sono al"),
    "pl": wordset("w i na z do się nie że to jest o przez od po za jak dla oraz"),
    "ru": wordset("и в не на что с по как это из у за от для о к"),
    "uk": wordset("і в не на що з у до та як це про від за для є"),
    "sk": wordset("a v na sa je že s z do o k aj za vo bol ktoré pre ako podľa"),
}


def language(text: str) -> str | None:
    """Return the ISO 639-1 code, None when the text is too short or unlike all known ones."""
    words = [word.lower() for word in WORD.findall(text[:SAMPLE])]
    if len(words) < LEAST_WORDS:
        return None
    shares = {
        code: sum(word in known for word in words) / len(words)
        for code, known in FUNCTION_WORDS.items()
    }
    best = max(sorted(shares), key=lambda code: shares[code])
    return best if shares[best] >= LEAST else None
