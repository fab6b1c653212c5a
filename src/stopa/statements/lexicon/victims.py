"""How reports say whom an intrusion hit: as object, possessor, place, complainant or client.

Spec: the victim slot of the reading measure; the plain English of press, prosecutors and
advisories.
Each pattern names what was hit `what`.
"""

import re

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
    r"|\b(?:(?:responders|we|team|analysts|experts|us) (?:were|was|was called|have been|had "
    r"been) "
    r"(?:called|summoned|brought|asked|engaged|hired|retained)(?: in)? (?:to|by)"
    r"|(?:was|were|been) (?:called in|hired|engaged|retained|brought in|commissioned) by) "
    r"(?P<by>[^.;:,\n]{3,60})"
)
# The name as the first part of a compound: `the SRN incident`, `the Helvet Rail hack`.
COMPOUND = re.compile(
    r"\b[Tt]he (?P<what>[A-Z][\w&-]+(?: [A-Z][\w&-]+){0,3}) (?:breach|hack|intrusion|attack|"
    r"incident|"
    r"leak|cyber ?attack|cyber-attack|break-in|case|affair|compromise|data theft)\b"
)
BODY = re.compile(
    r"\b(?:ministr|agenc|parliament|compan|firm|bank|hospital|universit|operator|port|party|"
    r"embass|"
    r"council|court|municipalit|airport|airline|utility|railway|newspaper|lawmakers|deput|"
    r"legislat|"
    r"senate|assembl|publish|broadcast|authorit|institut|school|college|foundation|union|"
    r"associat|"
    r"office|department|bureau|contractor|supplier|manufactur|shipyard|archive|museum|police|"
    r"army|"
    r"navy|"
    r"officials|members|politicians|diplomats|journalists|laborator|research|"
    r"institution|organisation|organization|government|service|commission|secretariat|centre|"
    r"center|"
    r"presidency|chancellery|exchange|registry|grid|clinic|trust|county|city|town|region|librar|"
    r"theatre|opera\b|dam\b|yard|plants?\b|factor(?:y|ies)|brewer|farms?\b|stations?\b|church|"
    r"charit|"
    r"funds?\b|insurer|retailer|carrier|telecom|clubs?\b|chains?\b|stores?\b|shops?\b|hotel|"
    r"casino|"
    r"studio|business|enterprise|subsidiar|think tank|faculty|academ|infirmary|surgery|prison|"
    r"embass|"
    r"mission|delegation|consulate|watchdog|regulator|treasury|customs\b|registrar|utilit|mayor|"
    r"presiden|minister|senator|bishop|lottery|mine\b|brigade|broadcast|household)\w*",
    re.IGNORECASE,
)
# Registers and archives are systems, and offices that keep them.
KEEPERS = frozenset({"registry", "register", "archive", "archives", "exchange", "lottery"})
# People by what they do or where they belong: `pensioners`, `trade unionists`, `asylum seekers`.
PEOPLE = re.compile(
    r"(?!(?:serv|comput|lett|pap|numb|rout|controll|print|ord|off|fold|regist|charg|count|load|"
    r"wip|hackers|attackers|intruders|robbers|cent|figure|calend|matt|ord|pow|wat|weath|"
    r"cov)(?:ers)\b|"
    r"(?:docum|statem|incid|accid|agreem|paym|ev|docu|cont|ag|implem|equipm|compon)ents\b|"
    r"(?:err|backd|vect|sens|operat|fact|monit|sect|mirr|auth)ors\b|(?:impl|pl|gr|vari)ants\b|"
    r"(?:l|tourl)ists\b)"
    r"\w{3,}(?:ers|ors|ists|ants|ents|ees|ians|wives|men|women)\b|"
    r"(?:people|staff|persons|journalist|activist|deputies|officials|politicians|exiles|families|"
    r"children|pupils|refugees|clergy|scholars|academics|nationals|individuals|aides?|colleagues|"
    r"candidates?|advocates|diplomats|officials|households)\b",
    re.IGNORECASE,
)
NO_VICTIM = re.compile(
    r"(?:that|in|by|alone|since|from|at(?! (?:least|most))|for|on|over|as|and|is|was|were|it|"
    r"them|"
    r"him|her|they|he|"
    r"she|we|"
    r"us|who|which|what|there|"
    r"(?:his|her) |"
    r"January|February|March|April|May \d|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today|last|next|this "
    r"week|"
    r"noticed|found|told|did|does|do|had|has|have|be|offline|down|back|out|up|off|again|to|with|"
    r"not|no|behalf|stands|stood|lies|comes|came|remains|front|advance|question|doubt|\d{1,2} "
    r"[A-Z]\w*|(?:encrypted|wiped|began|lasted|took|cost|left|made|came|was|has|had|had|could|"
    r"will|"
    r"would|came|happened|exposed|forced|hit|crippled|stopped|disrupted|used|copied)(?= ))\b",
    re.IGNORECASE,
)
NOT_A_VICTIM = re.compile(
    r"^(?:the |an? |this |that |their |its |our |some |any |all |other |new |further )*(?:\w+ )?"
    r"(?:(?:investigations?|inquir(?:y|ies)|claims?|accusations?|evidence|trust(?= (?:of|in|"
    r"between))|laws|rules|norms|"
    r"sovereignty|charter|convention|agreement|report|statement|future|past|attacks?|campaign|"
    r"operation|"
    r"others?|all|record|ways?|time|fact|matter|story|result|reason|idea|charges?|group|"
    r"attackers|"
    r"hackers|intruders|actors?|flaws?|vulnerabilit(?:y|ies)|steps|measures|students|tourists|"
    r"side|hand|"
    r"nerve|headlines|home|wall|rocks?|line|spot|market|streets?|news|peace|dialogue)\b|"
    r"(?:access|data|e-?mails?|files|documents|secrets|passwords|credentials|keys|pages?|sites?|"
    r"links?)\W*$)",
    re.IGNORECASE,
)
# Words that stand for a thing or a person, or count them, and name neither.
NOBODY = re.compile(
    r"(?:somebody|someone|anybody|nobody|everybody|others?|one|eleven|two|three|four|five|ten|"
    r"twelve|"
    r"this (?:incident|case|one)|(?:his|her|my|your|their) (?:\w+ )?\w+|(?:the )?(?:first|"
    r"second|third|last)|"
    r"intact|teaching|service|traffic|memory|attention|public|media reports?|according|groups|"
    r"countries|(?:significant|serious|severe|heavi|bad|grave|deep)ly|"
    r"(?:[\w-]+ )*(?:hacking|hacker|threat|espionage|ransomware) (?:group|actor|crew)s?)",
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
    r"\b(?:malicious|destructive|rogue|spy|command|c2|c&c|control servers?|relay|rented|"
    r"attackers['’]|hackers['’]|intruders['’]|"
    r"staging|"
    r"proxy|phishing|fake|false|hijacked|botnet|leak sites?|speaks? to|rent(?:ed)?|their own|"
    r"lure)\b",
    re.IGNORECASE,
)
LISTED = re.compile(
    r"\b(?:listed|named|posted|added|put) (?P<what>[^.;:,\n]{3,60}?) (?:as a victim |as (?:its|"
    r"their) (?:latest|"
    r"newest) victim |among its victims )?(?:on|to) (?:its|their|the|a) (?:\w+ )?(?:leak|dark|"
    r"victim|shame|"
    r"blog|site|portal)"
)
