"""Nouns by which speech is told as a thing, and verbs of its coming.

Spec: English nouns derived from the verbs of the ten acts, as reports use them.
"""

from __future__ import annotations

from stopa.model.statement import Act
from stopa.statements.lexicon.wordlist import wordset

_NOUNS = (
    (Act.ACCUSE, "accusation accusations allegation allegations attribution"),
    (Act.DENY, "denial denials rejection dismissal rebuttal"),
    (Act.CONDEMN, "condemnation condemnations criticism rebuke rebukes denunciation outrage"),
    (Act.CONCERN, "concern worry alarm unease"),
    (Act.CALL_ON, "appeal appeals plea pleas"),
    (Act.SUPPORT, "solidarity support backing praise sympathy"),
)
SPEECH_NOUNS = {noun: act for act, nouns in _NOUNS for noun in sorted(wordset(nouns))}
VOICED = wordset("first made levelled voiced raised repeated echoed also too")
# What becomes of a statement that is told as a thing.
COMING = wordset("came come comes followed follows arrived poured drew met")
# Words before a noun of speech that put it in the background.
OPENING = wordset("despite after amid following over for without")
