"""How reports say whom an intrusion hit: as object, possessor, place, complainant or client.

Spec: the victim slot of the reading measure; the plain English of press, prosecutors and
advisories.
Each pattern names what was hit `what`.
"""

import re

WHAT = r"(?P<what>[^.;:\"“”\n]{3,160})"
THING = r"(?P<what>\b(?:[\w'’&.,()-]{1,30} ){1,9})"
# Verbs and nouns of breaking in; what follows is what was hit.
HIT = re.compile(
    r"\b(?:(?:break|broke|breaking|broken|hack|hacked|hacking|intrud\w+|penetrat\w+|got|getting|"
    r"(?:gain|obtain|have|had|has)\w* (?:\w+ ){0,2}access|gained entry|made (?:its|their|his) way|"
    r"tunnel\w*|"
    r"worm\w* (?:its|their) way|slip\w*)"
    r" (?:in)?(?:to|into)"
    r"|(?:hacked|hack(?:ing|s)?(?= (?:the|an?|its|their|our|one|two|several|dozens|[A-Z]))|pwned|"
    r"owned|ransomed|raided|looted|bugged|tapped|wiretapped|doxxed|ddosed|defaced|"
    r"wiped|took down)"
    r"|attack(?:ed|ing|s)?(?: (?:on|against|at))?|break-ins? (?:at|into|in|of)|"
    r"intrusions? (?:into|at|on|in|against)|breach(?:ed|es|ing)?(?: (?:of|in|at(?! (?:least|"
    r"most))))?"
    r"|raids? on|hack (?:of|on|at|against)|compromis(?:ed?|ing)(?: (?:of|at(?! (?:least|most))))?|"
    r"infiltrat(?:ed|ing|"
    r"ion of)|"
    r"target(?:ed|ing|s)|hit|struck|"
    r"remained in|sat in(?:side)?|bugging(?: of)?|emptied|siphon(?:ed|ing)|downloaded the data of|"
    r"(?:was|were|is|are) after|went after|go after|going after|went for|singled out|set (?:its|"
    r"their) sights on|operation "
    r"against|"
    r"campaign against|spied (?:up)?on|spying on|eavesdropp\w+ on|"
    r"espionage (?:operation |campaign )?against|used (?:\w+ ){0,4}against|"
    r"entered|invaded|inside|activity (?:against|at|in|targeting)|"
    r"(?:incident|burglary|outage|infection|theft|surveillance|power (?:cut|failure)) (?:at|"
    r"against)|"
    r"extorted|blackmailed|held to ransom|"
    r"(?:crippl|paralys|paralyz|disrupt|knock|cyber ?attack on|cyber[- ]attacks? (?:on|against)|"
    r"assault on)\w*)\s+(?=" + WHAT + ")",
    re.IGNORECASE,
)
AIMED = re.compile(
    r"\b(?:(?:was|were|is|are|been|campaign|activity|exploitation|operation|attacks?|intrusions?|"
    r"mails?|"
    r"messages|which|and) (?:\w+ )?(?:aimed|directed|levelled|targeted) (?:at|against)|"
    r"victims?(?: of [^,.;]{3,40})? "
    r"(?:include[ds]?|(?:is|are|was|were)(?= (?:the |an? |[A-Z])))|victims?:|(?:target|victim|"
    r"targets) "
    r"(?:is|are|was|were|had been)|(?:belong\w*|belonged) to) "
    r"(?P<what>[^.;:\"“”\n]{3,100})",
    re.IGNORECASE,
)
# The name before the system: `the ministry's mail server`, but not `Norway's network agency`.
SYSTEM = (
    r"(?:networks?|servers?|systems?|websites?|mailbox(?:es)?|computers|infrastructure|webmail|"
    r"intranet|services|modems|portal|registers?|archives?|inbox(?:es)?|accounts|databases?|"
    r"e-?mails?|operator|hospitals?|grid)"
)
NOT_ITS_SYSTEM = (
    r"(?! (?:protection|security|defence|defense|agency|operators?|provider|administrators?|"
    r"engineers?|compan\w+|maker|centre|center|office|authority|team|staff|integrity|resilience|"
    r"experts?|crime))"
)
OWNER = re.compile(
    r"(?P<what>\b(?:(?:[Tt]he |[Aa]n? )?[A-Z][\w&-]+(?: (?:of |the |of the |for |and "
    r")?[A-Z][\w&-]+){0,4}|"
    r"(?:[Tt]he |[Aa]n? |[Oo]ne )[a-z]{3,20}(?: [a-z-]{3,20}){0,2})(?:'s|’s|s’|s')) "
    rf"(?:[\w-]{{1,30}} ){{0,3}}{SYSTEM}\b{NOT_ITS_SYSTEM}"
)
FROM = re.compile(
    r"\b(?:st(?:ole|olen|eal|ealing)|theft|taken|took|siphoned|drained|exfiltrated|copied|heist|"
    r"leaked|"
    r"extracted|downloaded)\b"
    r"[^.;:\n]{0,80}? (?:from|at) (?P<what>(?:the |its |their )?[^.;:,\n]{3,80})"
)
DATA_OF = re.compile(
    r"\b(?:data|e-?mails?|mail|files|documents|secrets|contacts|records|mailbox(?:es)?|servers?|"
    r"correspondence|network|systems?|inboxes|archives?) (?:of|at|belonging to) "
    r"(?P<what>(?:the |its |their |an? |\d+ |about |some )?[^.;:,\n]{3,80})"
)
PASSIVE_HIT = re.compile(
    THING + r"(?:was|were|had been|has been|have been|been) (?:\w+ly )?"
    r"(?:broken into|hacked|breached|compromised|attacked|targeted|hit|infiltrated|penetrated|"
    r"infected|affected|paralysed|crippled|taken offline|knocked offline|knocked out|bugged|"
    r"tapped|wiretapped|spied on|disrupted|encrypted|wiped|defaced|shut down|among (?:those|the)|"
    r"robbed|raided|locked out|held to ransom|under (?:foreign|their|hostile|the attackers') "
    r"control|"
    r"the (?:\w+ )?(?:victim|target|subject) of|a (?:\w+ )?(?:victim|target) of|"
    r"a victim|the victim|the target|a target)\b",
    re.IGNORECASE,
)
FELL = re.compile(THING + r"(?:fell|has fallen|had fallen) (?:victim|prey) to\b", re.IGNORECASE)
SUFFERED = re.compile(
    THING
    + r"(?:suffered|experienced|sustained|endured|was (?:facing|dealing with)|was forced to|had "
    r"to) "
    r"(?:an? |the )?(?:\w+ ){0,3}(?:attack|intrusion|breach|compromise|cyberattack|cyber-attack|"
    r"outage|"
    r"cancel|shut|close|switch|disconnect|postpone)\w*\b",
    re.IGNORECASE,
)
TAKEN_DOWN = re.compile(
    r"\b(?:took|take|taken|knock(?:ed)?|brought|bring|forced|put) (?P<what>[^.;:,\n]{3,80}?) "
    r"(?:offline|down|out of (?:service|action))\b"
)
HIDDEN = re.compile(
    r"\b(?:hidden|planted|installed|inserted|smuggled|built|deployed|found|discovered|detected) "
    r"(?:in|into|on|inside|at) (?P<what>[^.;:\"“”\n]{3,100})"
)
# What was found or placed by intruders, so that `planted on the servers of X` tells a victim.
PLACED = re.compile(
    r"\b(?:malware|implants?|backdoors?|software|ransomware|wiper|web ?shells?|microphones?|code|"
    r"bugs?|"
    r"intruders|attackers|traces|trojan|spyware|beacons?|tools|activity)\b",
    re.IGNORECASE,
)
# Who tells of their own break-in, or complains of it.
TOLD_OF_OWN = re.compile(
    r"(?P<what>\b(?:[Tt]he |[Ii]ts |[Aa]n? )?(?:[\w'’&.,()-]{1,30} ){1,9}?)(?:had |has |have )?"
    r"(?:first |also |only |publicly )?(?:disclosed|reported|acknowledged|admitted|confirmed|"
    r"conceded|"
    r"noticed|discovered|detected) "
    r"(?:that (?:it|they) (?:had|has|was|were)[^.;,]{0,40} |the |a |an |its )(?:\w+ "
    r")?(?:breach(?:ed)?|intrusion|"
    r"break-in|attack(?:ed)?|hack(?:ed)?|compromise[d]?|incident|theft|cyberattack|cyber-attack|"
    r"outage|"
    r"leak)\b"
)
COMPLAINED = re.compile(
    r"\bcomplaint (?:was |had been )?(?:\w+ )?(?:lodged|filed|made|brought|submitted)(?: on [\w "
    r"]{3,18}?)? by "
    r"(?P<what>[^.;:,\n]{3,80})"
)
COMPLAINS = re.compile(
    r"(?P<what>\b(?:[\w'’&.-]{1,30} ){1,7})(?:has |have |had )?(?:lodged|filed|made|brought) "
    r"(?:an? )?(?:criminal |"
    r"formal |police )?complaint\b"
)
CLIENT = re.compile(
    r"(?P<what>\b(?:[A-Z][\w&.-]+(?: (?:of |the |for )?[A-Z][\w&.-]+){0,4}|(?:[Tt]he|[Aa]n?) "
    r"[a-z][\w-]+(?: [\w-]+){0,5}?)) (?:asked us|called us in|"
    r"called "
    r"on us|engaged us|hired us|brought us in|retained us|contacted us|turned to us|let us)\b"
)
# The name as the first part of a compound: `the SRN incident`, `the Helvet Rail hack`.
COMPOUND = re.compile(
    r"\b[Tt]he (?P<what>[A-Z][\w&-]+(?: [A-Z][\w&-]+){0,3}) (?:breach|hack|intrusion|attack|"
    r"incident|"
    r"leak|cyber ?attack|cyber-attack|break-in|case|affair|compromise|data theft)\b"
)
IN_THEIR = re.compile(
    r"\b(?:hackers|spies|intruders|attackers|they|it|group|malware|somebody|someone) (?:had been |"
    r"have been |"
    r"has been |was |were |had |sat |lurked |hid |stayed |remained )(?:\w+ )?(?:in|inside|within) "
    r"(?P<what>[^.;:,\"“”\n]{3,80})"
)
BODY = re.compile(
    r"\b(?:ministr|agenc|parliament|compan|firm|bank|hospital|universit|operator|port|party|embass|"
    r"council|court|municipalit|airport|airline|utility|railway|newspaper|lawmakers|deput|legislat|"
    r"senate|assembl|publish|broadcast|authorit|institut|school|college|foundation|union|associat|"
    r"office|department|bureau|contractor|supplier|manufactur|shipyard|archive|museum|police|army|"
    r"navy|"
    r"officials|members|politicians|diplomats|journalists|laborator|research|"
    r"institution|organisation|organization|government|service|commission|secretariat|centre|"
    r"center|"
    r"presidency|chancellery|exchange|registry|grid|clinic|trust|county|city|town|region)\w*",
    re.IGNORECASE,
)
NO_VICTIM = re.compile(
    r"(?:that|in|by|alone|since|from|at(?! (?:least|most))|for|on|over|as|and|is|was|were|it|them|"
    r"him|her|they|he|"
    r"she|we|"
    r"us|who|which|what|there|"
    r"(?:his|her) |"
    r"January|February|March|April|May \d|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today|last|next|this week|"
    r"noticed|found|told|did|does|do|had|has|have|be|offline|down|back|out|up|off|again|to|with|"
    r"not|no|behalf|stands|stood|lies|comes|came|remains|front|advance|question|doubt|\d{1,2} "
    r"[A-Z]\w*|(?:encrypted|wiped|began|lasted|took|cost|left|made|came|was|has|had|had|could|will|"
    r"would|came|happened|exposed|forced|hit|crippled|stopped|disrupted|used|copied)(?= ))\b",
    re.IGNORECASE,
)
NOT_A_VICTIM = re.compile(
    r"^(?:the |an? |this |that |their |its |our |some |any |all |other |new |further )*(?:\w+ )?"
    r"(?:(?:investigations?|inquir(?:y|ies)|claims?|accusations?|evidence|trust(?= (?:of|in|"
    r"between))|laws?|rules|norms|"
    r"sovereignty|charter|convention|agreement|report|statement|future|past|attacks?|campaign|"
    r"operation|"
    r"others?|all|record|ways?|time|fact|matter|story|result|reason|idea|charges?|group|attackers|"
    r"hackers|intruders|actors?|flaws?|vulnerabilit(?:y|ies)|steps|measures|students|tourists|"
    r"side|hand|"
    r"nerve|headlines|home|wall|rocks?|line|spot|market|streets?|news|peace|dialogue)\b|"
    r"(?:access|data|e-?mails?|files|documents|secrets|passwords|credentials|keys|pages?|sites?|"
    r"links?)\W*$)",
    re.IGNORECASE,
)
MACHINES = re.compile(
    r"^(?:about |some |at least |more than |over |nearly |the |three|two|\d)[\w ,]*\b(?:machines|"
    r"servers|"
    r"computers|workstations|devices|routers|accounts|mailboxes|hosts|modems|laptops|breakers|"
    r"contacts)\b"
    r"(?! (?:of|at|in|belonging))",
    re.IGNORECASE,
)
# Where the words cannot tell a victim: what leads to a crime by its author, not by what it hit.
ATTACKERS_OWN = re.compile(
    r"\b(?:command|c2|c&c|control servers?|relay|rented|attackers['’]|hackers['’]|intruders['’]|"
    r"staging|"
    r"proxy|phishing|fake|false|hijacked|botnet|leak sites?|speaks? to|rent(?:ed)?|their own|"
    r"lure)\b",
    re.IGNORECASE,
)
# `its data was sent abroad`: whose they are, the rest of the sentence says.
ITS_OWN = re.compile(
    r"\b(?P<what>(?:its|their) (?:\w+ )?(?:data|servers?|networks?|systems?|mail|e-?mails?|"
    r"computers|"
    r"inboxes|accounts|archives?|headquarters|building))\b"
)
LISTED = re.compile(
    r"\b(?:listed|named|posted|added|put) (?P<what>[^.;:,\n]{3,60}?) (?:as a victim |as (?:its|"
    r"their) (?:latest|"
    r"newest) victim |among its victims )?(?:on|to) (?:its|their|the|a) (?:\w+ )?(?:leak|dark|"
    r"victim|shame|"
    r"blog|site|portal)"
)
