"""What is done to those whom an intrusion hits: verbs by kind, and the words that must follow.

Spec: the plain English of press, prosecutors, ministries and advisories for breaking in, striking,
ruining, taking and spying; a line is `verbs words... `, each word a choice of `a|b`, in that order.
The verbs stand for all their forms. What the line ends before is the thing that it was done to; in
the passive that is the subject.
"""

from __future__ import annotations

import re

from stopa.statements.lexicon.wordlist import wordset

ENTER = """
hack|breach|compromise|penetrate|own|crack|gut|infiltrate|invade|ransack|raid|burgle|bug|tap|wiretap|hijack|\
enter|access|reach|loot|pwn|subvert|trojanise|backdoor|exploit|commandeer
hack|break|burrow|intrude|slip|sneak|crawl|worm|force|tunnel|dig|walk|tap|log|pry|crack|\
wriggle into
burrow|dig|drill|creep deep|deeply|further|themselves|itself in|into
get|come|go|make|work|find|have|worm|bore way|as|far|themselves|itself|inside into|as|to
get into|inside
gain|obtain|get|win|secure|acquire|have|retain|keep|maintain|enjoy|buy access|entry|foothold|\
footholds|persistence|presence|control|visibility|rights to|into|in|on|of|inside|over|across
establish|build foothold|footholds|presence|persistence in|on|inside|at
succeed in accessing|entering|penetrating|hacking|breaching
log in|on to|into
pivot|jump|move|spread|cross|advance|progress|travel to|into
plant|place|install|hide|implant|deploy|drop|smuggle|insert|put|leave|load|find|discover|detect|\
spot|see|identify|notice|start|run|launch ~ malware|implant|implants|backdoor|backdoors|wiper|\
ransomware|spyware|shell|shells|webshell|beacon|beacons|microphone|microphones|bugs|trojan|code|\
software|loader|program|traces|trace|intruders|attackers|hackers on|in|into|inside|onto|at|against
lurk|sit|hide|nest|dwell|rummage|roam|stay|linger|remain|wander|snoop in|inside|within|around|\
through|about
exploit|abuse|use ~ against
let|admit ~ criminals|hackers|attackers|intruders|thieves|spies ~ into|inside|in
be inside|in|within
spend ~ inside|in|within
have ~ hooks|claws|hands|fingers in|on
"""
STRIKE = """
attack|hit|strike|target|empty|clean|cripple|paralyse|swamp|flood|overwhelm|bombard|extort|blackmail|ransom|\
deface|sabotage|victimise|phish|affect|disrupt|plague|ravage|assail|engulf|infect|embarrass|stun|paralyze|shake
tear|rip|sweep|spread|rampage through|across
tamper|meddle|interfere with
go|come|be after
zero|home in on
take|knock|bring|force|put|pull ~ offline|down|out
bring ~ standstill|halt|knees
hold ~ ransom|hostage
lock ~ out|up
single out
launch|mount|carry|conduct|stage|direct|aim ~ attack|attacks|campaign|operation|raid|intrusion on|\
against|at
set sights on
force|oblige|compel
"""
RUIN = """
encrypt|wipe|erase|destroy|overwrite|scramble|corrupt|damage|brick|disable|manipulate|delete|\
destroy|alter|lock
shut|switch|turn|take|knock|bring ~ down|off|out|offline
put|take ~ action|service
"""
TAKE = """
steal|copy|exfiltrate|siphon|download|leak|harvest|extract|lift|grab|pilfer|obtain|collect|dump|\
photograph|publish|sell|auction|archive|plunder|loot|drain|acquire|purloin|view|read|upload|\
access|take|lose|expose|transfer|intercept
make|walk|run|get off|away with
leave|escape|depart with
help themselves|itself|himself to
carry|take|siphon|haul|pull|suck|lift ~ away|off|out
get|lay hold|hands of|on
pore|leaf|comb|go|trawl|sift|rifle|search through
pack|compress|bundle|stage|gather|hoard|scrape|smuggle|spirit|send|ship|transmit|reveal|compromise
put|post|place ~ online
offer ~ sale
offer|put|post|publish|advertise|dump ~ web|forum|darknet|channel|market|marketplace
"""
SPY = """
spy|eavesdrop|snoop|listen on|upon|in
bug|tap|wiretap|surveil|monitor|intercept|watch
read
"""
# The subject is whom it hit; an attack must be named in the words that follow.
SUFFER = """
suffer|experience|sustain|endure|face|undergo|weather|encounter|survive
deal|grapple|struggle|wrestle|cope|contend|battle with
reel|recover|suffer from
fall victim|prey|foul to|of
be|become ~ victim|target|subject|casualty|object|prey|scene of
be in ~ sights|crosshairs
be among ~ affected|hit|victims|targets|compromised|breached|hacked|casualties
go|fall dark|offline|silent|down
stand still
grind|come ~ halt|standstill|stop
carry|contain ~ spyware|malware|implant|implants|backdoor|backdoors
lose access|contact|data|records|files|archive|archives|mail|e-mails|control
lose ~ hackers|thieves|fraudsters|attackers|criminals|crooks|intruders
"""
# What those who were hit do: tells whom it hit where nothing else does.
COPE = """
turn ~ away
cancel|postpone|divert|restore|rebuild|reopen|resume|apologise|reimburse|refund|evacuate
take|switch|shut|put|bring ~ offline|down|off
work with|on|by pen|pencil|pencils|paper|hand|whiteboards|typewriters
refuse|decline to pay|negotiate
pay ransom|extortionists|criminals|gang|attackers|hackers
replace|reset|reissue|switch|disconnect|isolate ~ its|their
revert|return|switch|turn|go|fall ~ paper|pens|pen|pencil|manual|cash|radio|radios|typewriters|hand
"""
KINDS = {
    "enter": ENTER,
    "strike": STRIKE,
    "ruin": RUIN,
    "take": TAKE,
    "spy": SPY,
    "suffer": SUFFER,
    "cope": COPE,
}
# An intrusion as a noun; what follows `on`, `against`, `into` is what it hit.
NOUNS = wordset(
    """attack attacks cyberattack cyberattacks cyber-attack cyber-attacks intrusion intrusions
    breach breaches break-in break-ins hack hacks hacking compromise infiltration penetration raid
    raids assault assaults burglary incursion incursions theft sabotage defacement leak leaks affair
    wiretapping
    exploitation activity targeting eavesdropping bugging surveillance spying espionage
    ransomware outage outages infection
    infections hijacking heist extortion onslaught offensive disruption crippling incident"""
)
# What was taken, told by a noun: `the theft of logbooks`.
TAKINGS = wordset(
    """interception interceptions theft leak exfiltration copying download loss disclosure
    publication heist"""
)
# What hits somebody only where it is `against` them.
UNDERTAKINGS = wordset("campaign campaigns operation operations action actions effort efforts")
ONLY_AGAINST = wordset("against targeting")
AGAINST = wordset("on against at into of in targeting involving affecting hitting inside upon")
# `had nothing to do with the computers of X`: what is denied is what was hit.
# Between an intrusion told by a noun and where it was: `a disruption experienced at the port`.
MET = wordset("experienced reported discovered detected found observed suffered noticed")
DENIED = wordset("part role hand share involvement")
# Of a list, or a line with a colon, of those that were hit.
VICTIMS = wordset("""victim victims target targets casualty casualties""")
HIT_ONES = wordset("affected compromised targeted breached hacked infected attacked impacted")
TAKEN_ONES = wordset("stolen leaked exfiltrated copied exposed looted pilfered published")
MEMBERS = wordset("include includes included are were was is among comprise comprised :")
# Beside these an attack must be named: `the subject of a complaint` was not hit.
SUBJECTS = wordset("subject object scene")
# A noun of attack somewhere behind a verb of suffering.
ATTACK_WITHIN = 8
# Who breaks in, besides those whom the parties' lexicon knows.
HOSTILE = wordset(
    """extortionists extortionist ransomware malware wiper virus worm trojan thieves perpetrators
    perpetrator hacktivists cyber-spies cyberspies conspirators defendants defendant accused
    somebody someone suspects suspect crooks fraudsters blackmailers raiders unauthorised
    unauthorized outsiders outsider strangers stranger"""
)
# What is taken without being anybody's: `takes its orders from`, `take the necessary measures`.
NOT_TAKEN = wordset(
    """measures measure steps step action actions part note place account care order orders
    instruction instructions responsibility"""
)
# Said of who was hit in a sentence that follows on an intrusion: `the office was hit on 3 May`.
STRUCK_AGAIN = wordset("hit targeted affected entered reached")
# What intruders send to those whom they deceive, and take from nobody.
SENT = wordset(
    "message messages mail mails e-mail e-mails email emails letter letters texts link links"
)
# What only eavesdroppers do to mail: `the correspondence was read`.
PRIVATE = wordset(
    "mail e-mail email e-mails emails mailbox mailboxes inboxes correspondence letters"
)
ONLOOKING = wordset("read reading reads accessed access accessing viewed viewing")
# Verbs that make no deed of an intruder by themselves: everybody reads, takes and goes.
PLAIN = wordset(
    """spend send ship transmit reveal gather pack bundle stage compress
    read take lose view obtain collect publish access expose affect use get come go make have
    enter hit face target reach move watch see monitor sell transfer leave move put upload archive
    photograph shut switch turn bring survive undergo delete lock alter exploit damage log keep
    walk run watch destroy disable encounter collect acquire win buy spread cross jump advance
    establish build control work find be become force pull carry launch mount conduct stage direct
    place install drop insert load deploy hide stay remain sit search go lay post offer pack aim
    deal struggle wrestle cope battle recover fall suffer sustain experience be single set home
    travel progress extract disrupt overwhelm flood plague ravage embarrass stun shake bring hold"""
)
# Words before a deed that was only thought of, tried or beaten off.
HYPOTHETICAL = re.compile(
    r"(?:^Had|\b(?:if|unless|fears?|feared|warn\w*|risk of|exercise|simulat\w+|scenario|in case|"
    r"hypothetical\w*|prevent\w*|avert\w*|foil\w*|thwart\w*|repel\w*|fend\w* off|rul"
    r"(?:e|es|ed) out|attempt\w*|tried|trying|wants? to|imagine|suppose|what if|plan\w* to|"
    r"against future|protect\w*|beware))\b[^.;]*$",
    re.IGNORECASE,
)
# An attack told by a noun that never came, or was beaten off.
FEARED = re.compile(
    r"\b(?:if|fears? of|feared|warn(?:s|ed|ing)? (?:of|that|about)|risk of|simulat\w+|"
    r"scenario of|prevent\w*|avert\w*|foil\w*|thwart\w*|repel\w*|fend\w* off|future|possible|"
    r"potential)[^.;,]{0,30}$",
    re.IGNORECASE,
)
