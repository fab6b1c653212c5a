"""Verbs of saying, and the words that stand around any verb.

Spec: the quotative and reporting verbs of English journalism; EuRepoC and PLOVER treat them alike.
"""

from __future__ import annotations

from stopa.statements.lexicon.inflection import Form, forms
from stopa.statements.lexicon.wordlist import wordset

# They can introduce, interrupt or close a quotation: "...," X said.
QUOTATIVE = wordset(
    """say tell add state note announce declare explain comment remark observe stress emphasise
    underline underscore highlight insist maintain assert claim allege argue contend affirm
    reaffirm confirm concede admit acknowledge disclose reveal report warn caution threaten
    vow pledge promise reply respond answer retort counter object protest complain lament
    write tweet post read agree conclude recall repeat reiterate continue ask wonder joke quip
    suggest hint indicate estimate believe think predict expect hope inform brief testify
    swear clarify specify point recount opine reckon assure charge demand urge sneer scoff
    fume thunder find judge assess rule exclaim shout whisper mutter elaborate interject
    signal mock demur sum volunteer relate speak consider establish determine describe proclaim
    pronounce detail confide grumble bemoan marvel muse rage snap roar growl gasp sigh bark
    recollect gloat crow"""
)
# They report a content without deciding by themselves which act it is.
NEUTRAL = wordset(
    """say tell add state note announce declare explain comment remark observe stress emphasise
    underline underscore highlight insist maintain assert claim argue contend affirm reaffirm
    confirm concede admit acknowledge disclose reveal report warn caution threaten vow pledge
    promise reply respond answer retort counter write tweet post agree recall repeat reiterate
    continue suggest hint indicate estimate believe think predict inform brief testify clarify
    specify recount reckon assure conclude elaborate judge speak consider assess establish
    determine wonder joke quip opine lament complain object proclaim pronounce volunteer signal
    exclaim relate detail confide"""
)


def _table(bases: tuple[str, ...] | frozenset[str]) -> dict[str, tuple[str, Form]]:
    return {word: (base, form) for base in sorted(bases) for word, form in forms(base).items()}


QUOTATIVE_FORMS = _table(QUOTATIVE)
NEUTRAL_FORMS = _table(NEUTRAL)

BE = wordset("be is are was were been being am 's 're")
HAVE = wordset("have has had having 've")
MODAL = wordset("will would shall should can could may might must 'll 'd ought")
UNREAL = wordset("should must could might may can ought would")
DO = wordset("do does did")
AUXILIARY = BE | HAVE | MODAL | DO
NEGATION = wordset("not n't never neither nor cannot no")
NEGATED_CONTRACTION = wordset(
    "didn't doesn't don't won't wouldn't hasn't haven't hadn't isn't aren't wasn't weren't can't "
    "couldn't shouldn't mustn't"
)
# Between subject and verb without changing who does what (besides adverbs in -ly).
ADVERBS = wordset(
    """also then again once too thus therefore hence already still now later earlier soon just
    even only further furthermore moreover meanwhile instead first often always ever rather
    quite so far nevertheless nonetheless however yet today yesterday tonight tomorrow
    afterwards since both itself himself herself themselves together jointly in turn in part at
    once long both all each here there abroad"""
) - {"in", "at", "part", "turn"}
DETERMINERS = wordset(
    """the a an this these those its his her their our my your some any no every each another one
    two three four five six seven eight nine ten several many most few all both other various
    numerous certain so-called half dozens hundreds"""
)
PREPOSITIONS = wordset(
    """of in on at by for from to with without into onto over under about against between among
    amid after before during since until till through throughout across within behind beyond
    near towards toward upon off out up down as than like via per despite around inside outside
    beside besides above below along except regarding concerning following including"""
)
CONJUNCTIONS = wordset(
    """and or but nor yet so because although though while whereas if unless when whenever where
    wherever whether that which who whom whose what why how once as since after before until"""
)
PRONOUNS = wordset("he she it they we i you him her them us me himself herself itself")
SUBJECT_PRONOUNS = wordset("he she it they we i you")
RELATIVES = wordset("who which that whose whom where")
