"""Closed classes around the noun: what opens, continues and ends a phrase that names a party."""

from __future__ import annotations

from stopa.statements.lexicon.verbs import (
    ADVERBS,
    AUXILIARY,
    CONJUNCTIONS,
    DETERMINERS,
    NEGATED_CONTRACTION,
    PREPOSITIONS,
    PRONOUNS,
)
from stopa.statements.lexicon.wordlist import wordset

FUNCTION = PREPOSITIONS | CONJUNCTIONS | AUXILIARY | PRONOUNS | NEGATED_CONTRACTION
ARTICLES = wordset("the a an its his her their our my your this these those")
PARTICLES = wordset("de der den del della di da dos van von vom zu bin ibn al el la le ter")
ATTACH = wordset("of for at from in to with on")
COUNTED = wordset(
    "one two three four five six seven eight nine ten some many most several all both"
)
THEM = wordset("them these those us")
NAMING = wordset("known calling called dubbed tracked")
COLLECTIVES = wordset(
    "string number group handful coalition series host range couple majority variety pair"
)
ELLIPTIC = wordset("first second third fourth former latter others other")
# Kinds of `group` that break in, as against groups of countries, experts or friends.
GROUP_HEADS = wordset("group gang crew collective cluster")
# Capitalised at the head of a sentence, and names all the same nobody.
NOT_NAMES = (
    FUNCTION
    | DETERMINERS
    | ADVERBS
    | wordset(
        """according monday tuesday wednesday thursday friday saturday sunday january february
        march april may june july august september october november december reports questions
        readers there here yes enough nobody everybody somebody none nothing everything
        something anyone someone everyone asked naming whoever earlier today yesterday
        meanwhile additionally separately similarly speaking behind based two three four five
        six seven eight nine ten eleven twelve only not more see note notes much less fewer
        many neither likewise finally furthermore moreover consequently nevertheless nonetheless
        instead indeed overall lastly thus hence accordingly afterwards then also besides
        recently lately eventually ultimately previously initially shortly originally my lords
        rt christmas easter
        still again later soon often perhaps maybe please dear good thank thanks hello"""
    )
)
