"""How reports say whom an intrusion hit: as object, possessor, place, complainant or client.

Spec: the victim slot of the reading measure; the plain English of press, prosecutors and
advisories.
Each pattern names what was hit `what`.
"""

import re

AIMED = re.compile(
    r"\b(?:(?:was|were|is|are|been|campaign|activity|exploitation|operation|attacks?|intrusions?|"
    r"mails?|messages|which|and) (?:\w+ )?(?:aimed|directed|levelled|targeted) (?:at|against)|"
    r"victims?(?: of [^,.;]{3,40})? (?:include[ds]?|(?:is|are|was|were)"
    r"(?= (?:the |an? |(?-i:[A-Z]))))|victims?:|(?:target|victim|targets) "
    r"(?:is|are|was|were|had been)|(?:belong\w*|belonged) to) (?P<what>[^.;:\"“”\n]{3,100})",
    re.IGNORECASE,
)
HIDDEN = re.compile(
    r"\b(?:hidden|planted|installed|inserted|smuggled|built|deployed|found|discovered|detected) "
    r"(?:in|into|on|inside|at) (?P<what>[^.;:\"“”\n]{3,100})"
)
# What was found or placed by intruders, so that `planted on the servers of X` tells a victim.
PLACED = re.compile(
    r"\b(?:malware|implants?|backdoors?|software|ransomware|wiper|web ?shells?|microphones?|code|"
    r"bugs?|intruders|attackers|traces|trojan|spyware|beacons?|tools|activity)\b",
    re.IGNORECASE,
)
# Who tells of their own break-in, or complains of it.
TOLD_OF_OWN = re.compile(
    r"(?P<what>\b(?:[Tt]he |[Ii]ts |[Aa]n? )?(?:[\w'’&.,()-]{1,30} ){1,9}?)(?:had |has |have )?"
    r"(?:first |also |only |publicly )?(?:disclosed|reported|acknowledged|admitted|confirmed|"
    r"conceded|noticed|discovered|detected) "
    r"(?:that (?:it|they) (?:had|has|was|were)[^.;,]{0,40} |the |a |an |its )(?:\w+ )?"
    r"(?:breach(?:ed)?|intrusion|break-in|attack(?:ed)?|hack(?:ed)?|compromise[d]?|incident|"
    r"theft|cyberattack|cyber-attack|outage|leak)\b"
)
COMPLAINED = re.compile(
    r"\bcomplaint (?:was |had been )?(?:\w+ )?(?:lodged|filed|made|brought|submitted)"
    r"(?: on [\w ]{3,18}?)? by (?P<what>[^.;:,\n]{3,80})"
)
COMPLAINS = re.compile(
    r"(?P<what>\b(?:[\w'’&.-]{1,30} ){1,7})(?:has |have |had )?(?:lodged|filed|made|brought) "
    r"(?:an? )?(?:criminal |formal |police )?complaint\b"
)
CLIENT = re.compile(
    r"(?P<what>\b(?:[A-Z][\w&.-]+(?: (?:of |the |for )?[A-Z][\w&.-]+){0,4}|"
    r"(?:[Tt]he|[Aa]n?) [a-z][\w-]+(?: [\w-]+){0,5}?)) "
    r"(?:asked us|called us in|called on us|engaged us|hired us|brought us in|retained us|"
    r"contacted us|turned to us|let us)\b|\b"
    r"(?:(?:responders|we|team|analysts|experts|us) (?:were|was|was called|have been|had been) "
    r"(?:called|summoned|brought|asked|engaged|hired|retained)(?: in)? (?:to|by)|"
    r"(?:was|were|been) (?:called in|hired|engaged|retained|brought in|commissioned) by) "
    r"(?P<by>[^.;:,\n]{3,60})"
)
# The name as the first part of a compound: `the SRN incident`, `the Helvet Rail hack`.
COMPOUND = re.compile(
    r"\b[Tt]he (?P<what>[A-Z][\w&-]+(?: [A-Z][\w&-]+){0,3}) "
    r"(?:breach|hack|intrusion|attack|incident|leak|cyber ?attack|cyber-attack|break-in|case|"
    r"affair|compromise|data theft)\b"
)
BODY = re.compile(
    r"\b(?:ministr|agenc|parliament|compan|firm|bank|hospital|universit|operator|port|party|"
    r"embass|council|court|municipalit|airport|airline|utility|railway|newspaper|lawmakers|deput|"
    r"legislat|senate|assembl|publish|broadcast|authorit|institut|school|college|foundation|"
    r"union|associat|office|department|bureau|contractor|supplier|manufactur|shipyard|archive|"
    r"museum|police|army|navy|officials|members|politicians|diplomats|journalists|laborator|"
    r"research|institution|organisation|organization|government|service|commission|secretariat|"
    r"centre|center|presidency|chancellery|exchange|registry|grid|clinic|trust|county|city|town|"
    r"region|librar|theatre|opera\b|dam\b|yard|plants?\b|factor(?:y|ies)|brewer|farms?\b|"
    r"stations?\b|church|charit|funds?\b|insurer|retailer|carrier|telecom|clubs?\b|chains?\b|"
    r"stores?\b|shops?\b|hotel|casino|studio|business|enterprise|subsidiar|think tank|faculty|"
    r"academ|infirmary|surgery|prison|embass|mission|delegation|consulate|watchdog|regulator|"
    r"treasury|customs\b|registrar|utilit|mayor|presiden|minister|senator|bishop|lottery|mine\b|"
    r"brigade|broadcast|household|hall\b|board\b|chamber|federation|confederation|league|"
    r"cooperative|provider|maker\b|producer|metro\b|refiner|depositar|comptroller|ombuds|auditor|"
    r"governor|distributor|lender|start-?up)\w*",
    re.IGNORECASE,
)
# Registers and archives are systems, and offices that keep them.
KEEPERS = frozenset({"registry", "register", "archive", "archives", "exchange", "lottery"})
# People by what they do or where they belong: `pensioners`, `trade unionists`, `asylum seekers`.
PEOPLE = re.compile(
    r"(?!(?:serv|comput|lett|pap|numb|rout|controll|print|ord|off|fold|regist|charg|count|load|"
    r"wip|hackers|attackers|intruders|robbers|cent|figure|calend|matt|ord|pow|wat|weath|cov)"
    r"(?:ers)\b|(?:docum|statem|incid|accid|agreem|paym|ev|docu|cont|ag|implem|equipm|"
    r"compon)ents\b|(?:err|backd|vect|sens|operat|fact|monit|sect|mirr|auth)ors\b|"
    r"(?:impl|pl|gr|vari)ants\b|(?:l|tourl)ists\b)\w{3,}"
    r"(?:ers|ors|ists|ants|ents|ees|ians|wives|men|women)\b|"
    r"(?:people|staff|persons|journalist|activist|deputies|officials|politicians|exiles|families|"
    r"children|pupils|refugees|clergy|scholars|academics|nationals|individuals|aides?|colleagues|"
    r"candidates?|advocates|veterans|orphans|judges|relatives|executives|representatives|heads|"
    r"diplomats|officials|households)\b",
    re.IGNORECASE,
)
NO_VICTIM = re.compile(
    r"(?:that|in|by|alone|since|from|at(?! (?:least|most))|for|on|over|as|and|is|was|were|it|"
    r"them|him|her|they|he|she|we|us|who|which|what|there|(?:his|her) |January|February|March|"
    r"April|May \d|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|"
    r"Thursday|Friday|Saturday|Sunday|yesterday|today|last|next|this week|noticed|found|told|did|"
    r"does|do|had|has|have|be|offline|down|back|out|up|off|again|to|with|not|no|behalf|stands|"
    r"stood|lies|comes|came|remains|front|advance|question|doubt|\d{1,2} "
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|"
    r"(?:encrypted|wiped|began|lasted|took|cost|left|made|came|was|has|had|had|could|will|would|"
    r"came|happened|exposed|forced|hit|crippled|stopped|disrupted|used|copied)(?= ))\b",
    re.IGNORECASE,
)
NOT_A_VICTIM = re.compile(
    r"^(?:the |an? |this |that |their |its |our |some |any |all |other |new |further )*(?:\w+ )?"
    r"(?:(?:investigations?|inquir(?:y|ies)|claims?|accusations?|evidence|trust"
    r"(?= (?:of|in|between))|laws|rules|norms|sovereignty|charter|convention|agreement|report|"
    r"statement|future|past|attacks?|campaign|operation|others?|all|record|ways?|time|fact|"
    r"matter|story|result|reason|idea|charges?|group|attackers|hackers|intruders|actors?|flaws?|"
    r"vulnerabilit(?:y|ies)|steps|measures|students|tourists|side|hand|nerve|headlines|home|wall|"
    r"rocks?|line|spot|market|streets?|news|peace|dialogue)\b|"
    r"(?:access|data|e-?mails?|files|documents|secrets|passwords|credentials|keys|pages?|sites?|"
    r"links?)\W*$)",
    re.IGNORECASE,
)
# Words that stand for a thing or a person, or count them, and name neither.
NOBODY = re.compile(
    r"(?:somebody|someone|anybody|nobody|everybody|others?|one|eleven|two|three|four|five|ten|"
    r"twelve|this (?:incident|case|one)|(?:his|her|my|your|their) (?:\w+ )?\w+|(?:the )?"
    r"(?:first|second|third|last)|intact|teaching|service|traffic|memory|attention|public|"
    r"media reports?|according|groups|countries|(?:significant|serious|severe|heavi|bad|grave|"
    r"deep)ly|(?:[\w-]+ )*(?:hacking|hacker|threat|espionage|ransomware) (?:group|actor|crew)s?)",
    re.IGNORECASE,
)
MACHINES = re.compile(
    r"^(?:about |some |at least |more than |over |nearly |the |tens of |hundreds of |"
    r"thousands of |dozens of |three|two|\d)[\w ,]*\b"
    r"(?:machines|servers|computers|workstations|devices|routers|accounts|mailboxes|hosts|modems|"
    r"laptops|breakers|contacts)\b(?! (?:of|at|in|belonging))",
    re.IGNORECASE,
)
# Where the words cannot tell a victim: what leads to a crime by its author, not by what it hit.
ATTACKERS_OWN = re.compile(
    r"\b(?:malicious|destructive|rogue|spy|command|c2|c&c|control servers?|relay|rented|"
    r"attackers['’]|hackers['’]|intruders['’]|staging|proxy|phishing|fake|false|hijacked|botnet|"
    r"leak sites?|speaks? to|rent(?:ed)?|their own|lure)\b",
    re.IGNORECASE,
)
LISTED = re.compile(
    r"\b(?:listed|named|posted|added|put) (?P<what>[^.;:,\n]{3,60}?) "
    r"(?:as a victim |as (?:its|their) (?:latest|newest) victim |among its victims )?(?:on|to) "
    r"(?:its|their|the|a) (?:\w+ )?(?:leak|dark|victim|shame|blog|site|portal)"
)
