"""Verbs by which one accuses, and by which one denies; words that wave an accusation away.

Spec: two of the ten acts of the reading measure; the lines are read by `cues.py` (see `acts.py`).
"""

from __future__ import annotations

from stopa.statements.lexicon.wordlist import wordset

ACCUSE = """
accuse > obj
blame > obj on
lay|put|place|pin|heap|cast ~ blame > on upon at
pin ~ on|upon > on upon
point ~ finger|fingers > at
level ~ accusation|accusations|allegation|allegations|charge|charges > at against
attribute ~ to > to
attribute > to obj
ascribe ~ to > to
impute ~ to > to
trace ~ to > to
link ~ to|with > to with
tie ~ to > to
connect ~ to|with > to with
hold ~ responsible|accountable|liable > obj
hold ~ to account > obj
charge in|by|over|for|on > obj
make ~ responsible > obj
find ~ responsible|guilty > obj
deem ~ responsible > obj
consider ~ responsible > obj
see ~ behind > obj
suspect > obj
suspect ~ of > obj
suspect ~ behind > obj
implicate > obj
indict > obj
charge ~ with|over > obj
bring|file|press|prefer|announce|unseal|make|publish ~ charge|charges > against
bring|file|unseal|return|announce|publish ~ indictment|indictments > against of
expose > obj
unmask > obj
finger > obj
single ~ out > obj
name ~ as > obj
name ~ as ~ suspect|suspects|culprit|culprits|perpetrator|perpetrators|author|authors|organiser|\
organisers|leader|leaders|member|members > obj
name ~ group|gang|culprit|culprits|perpetrator|perpetrators|service|unit > obj
identify ~ as > obj
call ~ out > obj
join ~ accusation|accusations|attribution > against of
reach|draw ~ same|this|that ~ conclusion > none
put ~ name to > none
join|follow ~ in naming|accusing|blaming > none
pull up ~ over|for > obj
subscribe|accede|sign ~ to|up ~ accusation|attribution|charge|statement > none
adopt|endorse|second|repeat|echo ~ accusation|attribution|charge > none
join ~ accusation|accusations|attribution|assessment|conclusion > none
point ~ to > to
point at > at
allege > none
incriminate > obj
trade|exchange|swap|hurl ~ accusations|allegations > at
denounce ~ for > obj
be ~ first to name|blame|accuse > obj
know ~ behind > obj
"""

DENY = """
deny > none
see|find|have|know no evidence|proof|grounds|indication > none
describe|call|brand|label|dub|term|characterise ~ \
accusation|accusations|allegation|allegations|claim|claims|charge|charges as > of by
reject > of by
rebuke|slam|denounce|decry|condemn|criticise|deplore ~ \
accusation|accusations|allegation|allegations > of by
dismiss > of by
refute > of by
rebut > of by
repudiate > of by
disavow > none
disclaim > none
dispute > of by
contest > of by
rebuff > of by
refuse to accept|recognise|recognize|acknowledge|believe > of by
decline to accept > of by
brush ~ off|aside|away > of by
wave ~ off|aside|away > of by
shrug ~ off > of by
laugh ~ off > of by
swat ~ away|aside > of by
pour|heap ~ scorn > on
pour cold water > on
scoff > at
sneer > at
ridicule > obj
pooh-pooh > obj
distance itself|himself|herself|themselves > from
wash ~ hands > of
rule out that > none
discard|exclude|deny ~ link|links|involvement|participation > none
plead not guilty|innocent > none
protest ~ innocence > none
have nothing to do with > none
push back > none
call|label|brand|deem|consider|term|dub|decry ~ UNFOUNDED > none
describe|regard|view|see|characterise ~ as ~ UNFOUNDED > none
issue|give|make|release|publish ~ denial|denials > of
call|label|brand|describe|dub|term|dismiss ~ without|no proof|evidence|grounds > none
call|brand|label|dub ~ accusation|accusations|allegation|allegations > of by
question ~ evidence|findings|accuracy|credibility|grounds|basis > of
doubt > obj
cast doubt > on
call|brand|label ~ lie|lies > of by
call lie|lies > none
"""

# Adjectives and nouns by which an accusation is waved away.
UNFOUNDED = wordset(
    """unfounded groundless baseless unproven unsubstantiated fabricated fabrication fabrications
    false untrue absurd ridiculous ludicrous preposterous nonsense nonsensical laughable
    spurious fictitious invented concocted trumped-up far-fetched unsupported unverified
    unjustified slander slanderous slanders smear smears libel libellous disinformation
    misinformation hoax myth fake fairy tale tales fantasy farce farcical speculative
    speculation speculations thin unwarranted unreasonable erroneous wrong incorrect mistaken
    untenable far-fetched hysterical hysteria paranoia paranoid politicised provocation
    insinuation insinuations bogus frivolous fiction fictions invention inventions hype
    theatre theater pantomime stunt charade circus hyping concoction concoctions
    figment unprofessional unserious biased prejudiced rubbish drivel"""
)
# Denied where a word of negation stands beside it: `neither X nor Y had any part in it`.
ANY_PART = ("any part in", "any role in", "any hand in", "any involvement", "anything to do with")
NO_PROOF = (
    "no proof",
    "at no time",
    "not evidence",
    "no such thing",
    "not one shred",
    "not a single document",
    "no evidence",
    "no shred of",
    "not a shred of",
    "without proof",
    "without evidence",
    "without any evidence",
    "without any proof",
    "without any grounds",
    "without any factual",
    "without foundation",
    "without any foundation",
    "without basis",
    "no basis",
    "no foundation",
    "all lies",
    "a lie",
    "are lies",
    "were lies",
    "was a lie",
    "pack of lies",
    "spreading lies",
    "tissue of lies",
    "no grounds",
    "not a single fact",
    "no facts",
    "no single fact",
    "without facts",
    "no factual",
    "lack of evidence",
    "lack of proof",
    "lacks evidence",
    "lacking evidence",
    "evidence is lacking",
    "not presented any",
    "not provided any",
    "not a single piece",
    "chain of evidence",
    "presented no",
    "provided no",
    "made up out of",
    "out of thin air",
    "is innocent",
    "was innocent",
    "are innocent",
    "were innocent",
    "not guilty",
    "had nothing to do",
    "has nothing to do",
    "have nothing to do",
    "not involved",
    "not interfere",
    "never interfere",
    "not eavesdrop",
    "not spy",
    "not hack",
    "never hack",
    "not been involved",
    "no knowledge of",
    "not us ",
    "not use the word",
    "is not so ",
    "not our doing",
    "not the case",
    "no relation",
    "no connection",
    "no link",
    "no sign of",
    "no sign that",
    "no signs",
    "no indication",
    "nothing that points",
    "nothing to suggest",
    "nothing to indicate",
    "no such group",
    "not worth the paper",
    "no involvement",
    "no role",
    "no part in",
    "nothing to do with",
    "never engaged",
    "never happened",
    "did not happen",
    "not a word",
    "not true",
    "nothing points",
    "nothing in the",
    "does not engage",
    "never engages",
    "no information about",
    "nothing whatsoever to do",
    "nothing at all to do",
    "has anything to do with",
    "have anything to do with",
    "had anything to do with",
    "not a scrap",
    "not the slightest",
    "not a single proof",
    "not one proof",
    "given us no",
    "shown us no",
    "shared no",
    "produced no",
    "opposed all forms",
    "opposed hacking",
    "opposed cyber",
    "opposes any form",
    "opposes hacking",
    "opposes all forms",
    "victim of cyber",
    "victims of cyber",
    "opposes cyber",
)
# Proof that was not given: `failed to present any evidence`.
PROOF = wordset("evidence proof proofs")
GIVING = wordset(
    "present presented provide provided produce produced offer offered show shown give "
    "given submit submitted share shared supply supplied furnish furnished publish published"
)
FAILING = wordset("fail fails failed failing refuse refused unable lack lacks without yet")
# What did not happen in the mouth of one who denies it; `no wiping of data` denies no guilt.
NOTHING = wordset("""attack attacks hack hacking intrusion breach evidence proof involvement role
    basis truth link links connection operation campaign interference such espionage spying""")
