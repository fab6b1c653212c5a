"""Verbs by which one condemns or worries; words that call conduct wrong.

Spec: two of the ten acts of the reading measure; the lines are read by `cues.py` (see `acts.py`).
"""

from __future__ import annotations

from stopa.statements.lexicon.wordlist import wordset

CONDEMN = """
condemn > obj
deplore > obj
denounce > obj
decry > obj
slam > obj
blast > obj
castigate > obj
criticise > obj
censure > obj
rebuke > obj
fault > obj
lambast > obj
berate > obj
excoriate > obj
chide > obj
scold > obj
rap > obj
upbraid > obj
reprimand > obj
reprove > obj
admonish > obj
deprecate > obj
assail > obj
vilify > obj
regret that > none
regret ~ decision|step|move|accusation|accusations|statement|conduct|act|actions|announcement|\
expulsion|behaviour > of by
repudiate|reject ~ attack|attacks|act|acts|aggression|violence > none
protest against|at|over > against
lash|hit out > at
tear|lay into > into
rail > against
inveigh > against
take ~ to task > obj
join|follow ~ in condemning|denouncing|criticising > none
express|voice|register ~ outrage|indignation|dismay|anger|disgust|condemnation|disapproval|\
regret > at over of
take ~ exception > to
take a dim view > of
see|regard|view|describe ~ as ~ attempt|pretext|ploy|smokescreen|campaign|manoeuvre > obj
be ~ furious|angry|outraged|indignant|appalled|dismayed|incensed > about over at
call|label|brand|deem|consider|term|dub|find|judge|decry ~ WRONG > none
describe|regard|view|see|characterise|qualify ~ as ~ WRONG > none
issue|deliver|make|publish|release ~ condemnation|rebuke|denunciation|reprimand > of to
"""

CONCERN = """
express|voice|raise|reiterate|share|register|note|share ~ concern|concerns|worry|worries|alarm|\
unease|fear|fears|apprehension|disquiet|anxiety|preoccupation > about over at
worry > about over
limit|confine|restrict ~ to expressing|voicing ~ concern|worry|unease > about over for
fear > none
be ~ concerned|worried|alarmed|afraid|troubled|anxious|disturbed|uneasy|perturbed|fearful|\
preoccupied > about over by at of
remain|grow|feel ~ concerned|worried|alarmed|anxious|uneasy|troubled > about over by at
be ~ concern|worry > none
view|note|regard|see|follow|watch|observe|register ~ concern|alarm|unease > obj
sound ~ alarm > about over
expect ~ attempts|attacks|attempt|attack|wave|waves|more|further|harm|damage|intrusions|\
campaigns|operations|escalation > none
anticipate ~ attempts|attacks|attempt|attack|more|further|harm|damage|intrusions > none
dread > none
rate|see|assess|judge ~ risk|threat|danger > none
warn of|about|against > of about against
caution against|about > against about
issue|give|deliver|send|sound ~ warning|warnings to > to
draw ~ attention ~ risk|threat|danger > none
"""

WRONG = wordset(
    """unacceptable intolerable inexcusable unjustifiable outrageous reckless irresponsible
    malicious malign egregious brazen reprehensible shameful shameless disgraceful despicable
    deplorable appalling abhorrent heinous unlawful illegal illegitimate criminal hostile
    unfriendly destabilising destabilizing dangerous scandalous cowardly inadmissible
    impermissible indefensible unconscionable cynical shocking blatant flagrant grave
    regrettable
    aggressive inconsistent incompatible contrary disregards disregard violates violated flouts
    violation breach attack assault affront provocation provocative threat interference
    sabotage bullying hypocrisy hypocritical smear slander stain insult outrage disgrace farce
    hegemonic scandal disaster humiliation negligence negligent cowardice aggression
    ashamed"""
)
