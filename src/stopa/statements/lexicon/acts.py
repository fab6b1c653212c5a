"""Verbs and phrases by which one performs an act: accuse, deny, condemn, and so on.

Spec: the ten acts of the reading measure; the verbs are those of English usage for each act.
A line is `verb words > target`: the verb stands for all its forms, `a|b` are alternatives, `~` is a
gap of some words, and the target is the object (`obj`), or what follows one of the prepositions.
Why data: adding a way to say something is one line here and nothing else.
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
suspect ~ of > obj
suspect ~ behind > obj
implicate > obj
indict > obj
charge ~ with > obj
bring|file|press|prefer|announce|unseal|make|publish ~ charge|charges > against
bring|file|unseal|return|announce|publish ~ indictment|indictments > against of
expose > obj
unmask > obj
finger > obj
single ~ out > obj
name ~ as > obj
name ~ group|gang|culprit|culprits|perpetrator|perpetrators|service|unit > obj
identify ~ as > obj
call ~ out > obj
join ~ accusation|accusations|attribution > against of
reach|draw ~ same|this|that ~ conclusion > none
put ~ name to > none
join|follow ~ in naming|accusing|blaming > none
join|share ~ accusation|accusations|attribution|assessment|conclusion > none
point ~ to > to
point at > at
allege > none
incriminate > obj
denounce ~ for > obj
be ~ first to name|blame|accuse > obj
know ~ behind > obj
"""

DENY = """
deny > none
reject > of by
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
plead not guilty|innocent > none
protest ~ innocence > none
have nothing to do with > none
push back > none
call|label|brand|describe|regard|view|deem|consider|term|dub|characterise|decry ~ UNFOUNDED > none
call|label|brand|describe|dub|term|dismiss ~ without|no proof|evidence|grounds > none
call|brand|label|dub ~ accusation|accusations|allegation|allegations > of by
question ~ evidence|findings|accuracy|credibility|grounds|basis > of
doubt > obj
cast doubt > on
"""

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
regret > none
protest against|at|over > against
lash|hit out > at
rail > against
inveigh > against
take ~ to task > obj
join|follow ~ in condemning|denouncing|criticising > none
express|voice|register ~ outrage|indignation|dismay|anger|disgust|condemnation|disapproval|\
regret > at over of
take ~ exception > to
take a dim view > of
be ~ furious|angry|outraged|indignant|appalled|dismayed|incensed > about over at
call|label|brand|describe|regard|view|deem|consider|term|dub|characterise|find|judge ~ WRONG > none
"""

CONCERN = """
express|voice|raise|reiterate|share|register|note|share ~ concern|concerns|worry|worries|alarm|\
unease|fear|fears|apprehension|disquiet|anxiety > about over at
worry > about over
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
rate|put|see|assess|judge ~ risk|threat|danger > none
warn of|about|against > of about against
caution against|about > against about
draw ~ attention ~ risk|threat|danger > none
"""

CALL_ON = """
call on|upon > on upon
call for > none
urge > obj
demand > of from obj
ask > obj
request > obj from
appeal to > to
appeal for > none
press ~ to > obj
exhort > obj
implore > obj
entreat > obj
beseech > obj
beg > obj
encourage > obj
recommend > obj
advise > obj
counsel > obj
invite ~ to > obj
instruct > obj
direct ~ to > obj
command > obj
challenge ~ to > obj
tell ~ to BASE > obj
warn ~ to BASE > obj
remind > obj
require > obj
order ~ to BASE > obj
insist that ~ must|should > none
insist on|upon > none
want ~ to BASE > obj
want ~ reviewed|audited|investigated|closed|banned|removed|replaced|published|inspected|\
expelled|tightened > none
expect ~ to BASE > obj
plead with|for > with
press for > none
push for > none
petition > obj
lobby > obj
"""

SUMMON = """
call to|into ~ ministry|office|department|chancellery > obj
summon > obj
call in > obj
haul in > obj
convoke > obj
convene ~ ambassador|envoy|diplomat > obj
invite ~ to|into ~ ministry|office|department|chancellery > obj
invite ~ for|to ~ conversation|talk|talks|interview|explanation > obj
call|order|ask ~ to|into ~ ministry|office ~ explain|protest|explanation > obj
summon ~ ambassador|envoy|diplomat|chargé > obj
carpet > obj
"""

SUPPORT = """
assure ~ solidarity|support|assistance|backing|help > obj
offer|promise|pledge|agree to send|help|assist|provide|dispatch|share|support|second > none
express|declare|offer|voice|reaffirm|reiterate|convey|extend|pledge|affirm|underline|show|\
proclaim ~ solidarity|support|sympathy|backing|assistance|help|condolences > with for to
stand with|by|beside|behind|alongside|beside|shoulder|side|together|united|firm|firmly|fully|\
squarely|unequivocally|resolutely|in > with by beside behind alongside
be ~ shoulder to shoulder > with
be ~ in solidarity > with
support > obj
back > obj
endorse > obj
second > obj
commend > obj
applaud > obj
welcome > obj
side with > with
close ranks ~ behind|with|around > behind with around
rally behind|round|around > behind round around
rally to ~ side|defence > none
send|dispatch|fly ~ team|experts|specialists|technicians|engineers|aid|help|equipment > to obj
remain ready to help|assist|support|cooperate > obj
come to ~ aid|defence|help > none
assist > obj
help > obj
aid > obj
pledge|promise|offer ~ assistance|help|aid|support|experts > to for
lend ~ support|assistance|help|weight|voice > to
give ~ backing|support|assistance > to
stand ready to help|assist|support > obj
agree with ~ assessment|attribution|finding|conclusion > none
"""

DETECT = """
detect > none
discover > none
notice > none
spot > none
uncover > none
observe > none
find ~ trace|traces|evidence|proof|sign|signs|indication|indications|malware|implant|implants|\
backdoor|backdoors|intrusion|intruders|account|accounts|web|server|servers|compromise|\
compromised > none
find > none
identify > none
reverse ~ sample|samples|malware|binary|code > none
see ~ evidence|proof|indication|indications|trace|traces|sign|signs|attempt|attempts|activity|code|\
overlap|overlaps|sample|samples|infection|infections|traffic|domains|tooling|\
intrusions|exploitation > none
register > none
count ~ victims|victim|server|servers|organisations|organizations|ministries|companies|cases|\
attacks|systems|institutions|agencies|incidents|intrusions|firms|accounts|computers > none
register ~ attack|attacks|intrusion|intrusions|incident|incidents > none
come across > none
stumble on|upon|across > none
verify > none
recover > none
track > none
trace > none
catch > none
pick up > none
unearth > none
analyse > none
"""

RESPOND = """
sanction > obj
reply|respond|react to ~ measures|sanctions|expulsion|expulsions|move|moves|step|steps|decision|\
accusation > to
follow suit|with > none
list|designate|name ~ people|persons|individuals|companies|organisations|entities|officers|\
firms|officials > none
declare ~ unwanted|unwelcome > obj
impose|announce|adopt|approve|extend|slap|tighten|prepare ~ sanction|sanctions|restrictions|\
tariffs|embargo > on against
blacklist > obj
expel > obj
throw out > obj
eject > obj
recall ~ ambassador|envoy|diplomat|diplomats|staff|head|chargé|attaché > none
order ~ home|back > none
order ~ to leave > obj
withdraw ~ ambassador|envoy|diplomat|diplomats|staff > none
call home|back > none
declare ~ persona|personae non grata|gratae > obj
break|sever|cut|suspend|downgrade ~ relations|ties|talks|cooperation|dialogue > with
put|place|add ~ on|to ~ list|blacklist > obj
cut off > none
resign > none
decline ~ offer|help > none
close|shut ~ embassies|consulates|missions|offices|embassy|consulate|mission|border|crossing|\
airspace > none
freeze|seize|confiscate|block ~ asset|assets|account|accounts|domain|domains|server|servers|\
funds > of
seize > none
confiscate > none
dismantle > none
disrupt > none
disable > none
disconnect > none
take ~ down|offline|away|step|steps|measure|measures|action > none
delete > none
remove > none
hand|deliver|send|present|pass|serve ~ note|protest|demarche|démarche > to obj
propose|table ~ sanctions|listings|listing|measures|consultations|talks|resolution > to none
lodge|file|make|submit|enter|register|raise ~ protest|protests|complaint|complaints|\
representations|objection|lawsuit|suit|claim > with against to
protest to > to
offer|announce|post ~ reward|bounty|million > for
launch|open|begin|start|order|announce|initiate|conduct ~ investigation|investigations|inquiry|\
inquiries|probe|review|audit|operation|campaign > into
investigate > none
probe > none
publish|issue|release|ship|provide|distribute|push ~ update|updates|patch|patches|fix|fixes|\
advisory|advisories|guidance|alert|alerts|recommendations|indicators|signature|signatures|\
warning|warnings|warrant|warrants|notice|bulletin|decryptor|tool|tools|rules|detections|\
emergency|hotfix > none
patch > none
shut|switch|turn|take ~ down|off|offline > none
pull ~ plug|offline > none
work with|on > none
restore > none
rebuild > none
replace > none
reset > none
change ~ password|passwords|credentials|keys > none
revoke > none
isolate > none
harden > none
strengthen > none
upgrade > none
arrest > obj
detain > obj
extradite > obj
jail > obj
sentence > obj
fine > obj
sue > obj
ban > obj
bar > obj
outlaw > obj
prohibit > obj
notify > obj
inform ~ partners|authorities|customers|police|prosecutors|allies > obj
renew ~ system|systems|network|networks|passwords > none
retaliate > against
set up > none
establish ~ task|unit|centre|center|team|cell > none
form|create ~ task|unit|team|cell > none
vow to|that > none
pledge to|that > none
promise to|that > none
undertake to > none
commit ~ to > none
convene > none
cancel > none
suspend > none
move ~ to ~ system|network|systems > none
offer ~ free > none
share ~ indicators|indicator|data|information|samples|intelligence > with
exchange ~ indicators|information|data|samples > with
give away > none
spend > none
allocate > none
deploy > none
activate > none
"""

OTHER = """
thank > obj
be grateful > to
apologise > to
praise > obj
claim ~ responsibility|credit > none
invoke > none
see|regard|view|describe ~ as > none
note ~ assessment > none
recognise ~ assessment|attribution > none
take note > of
acknowledge > none
refer to|questions > none
threaten > obj
claim > none
explain > none
disclose > none
reveal > none
put ~ number|toll|figure|damage|cost|loss|losses|tally > none
boast > none
estimate > none
"""

# Adjectives and nouns by which an accusation is waved away, and by which conduct is condemned.
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
    unprofessional unserious biased prejudiced rubbish drivel"""
)
WRONG = wordset(
    """unacceptable intolerable inexcusable unjustifiable outrageous reckless irresponsible
    malicious malign egregious brazen reprehensible shameful shameless disgraceful despicable
    deplorable appalling abhorrent heinous unlawful illegal illegitimate criminal hostile
    unfriendly destabilising destabilizing dangerous scandalous cowardly inadmissible
    impermissible indefensible unconscionable cynical shocking blatant flagrant grave
    aggressive inconsistent incompatible contrary disregards disregard violates violated flouts
    violation breach attack assault affront provocation provocative threat interference
    sabotage bullying hypocrisy hypocritical smear slander stain insult outrage disgrace farce
    hegemonic scandal disaster humiliation negligence negligent cowardice"""
)
NO_PROOF = (
    "no proof",
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
    "no involvement",
    "no role",
    "no part in",
    "nothing to do with",
    "never engaged",
    "there was no",
    "there is no",
    "there has been no",
    "there were no",
    "never happened",
    "did not happen",
    "not a word",
    "not true",
    "nothing points",
    "nothing in the",
    "does not engage",
    "never engages",
    "no information about",
    "opposes hacking",
    "opposes all forms",
    "victim of cyber",
    "victims of cyber",
    "opposes cyber",
)
