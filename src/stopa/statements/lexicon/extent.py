"""Words around a number that tell how far an intrusion went.

Spec: the extent slot of the reading measure; counting nouns of reports, advisories and charges.
"""

import re

NUMBER = (
    r"(?:at least |more than |over |about |around |some |nearly |almost |up to |as many as |"
    r"fewer than |less than |only |an estimated |roughly |several |approximately |close to )?"
    r"(?:\d[\d,.]*(?: (?:thousand|million|hundred|billion))?|(?:a |two |three |"
    r"several )?(?:dozens?|hundreds?|thousands?|tens of thousands|hundreds of thousands|"
    r"millions)(?: of)?"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|"
    r"nine)teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|a quarter of a "
    r"million|"
    r"half a million)"
)

# Nouns whose number tells the extent by itself; any other plural needs a verb of harm.
UNITS = re.compile(
    r"(?:servers?|organi[sz]ations?|companies|firms|businesses|systems?|ministries|ministry|"
    r"agencies|"
    r"departments?|accounts?|customers?|computers?|machines?|devices?|networks?|victims?|entities|"
    r"institutions?|municipalities|hospitals?|users?|people|persons|citizens|employees|"
    r"workstations?|"
    r"mailboxes|websites?|sites|banks|offices|authorities|universities|targets?|routers?|modems?|"
    r"nodes?|"
    r"validators?|clients?|endpoints?|installations?|households|homes|residents|passengers|cases|"
    r"taxpayers?|patients?|students?|pupils|engineers?|researchers|scientists|journalists|"
    r"reporters|"
    r"buildings?|microphones?|substations?|breakers|deputies|lawmakers|legislators|mps|senators|"
    r"clinics|"
    r"schools|firewalls?|appliances?|laptops?|phones?|terminals?|cameras?|inboxes|letter-boxes|"
    r"hosts|"
    r"tenants|subscribers|voters|members|staff|controllers|turbines|pumps|stations|meters|domains|"
    r"contacts|identities|profiles|databases|sensors|stores|branches|farms|ports|vessels|ships|"
    r"trains|"
    r"flights|councils|utilities|operators|providers|ballots|portals|gateways|virtual machines)",
    re.IGNORECASE,
)
# A share or all of what one has: `one in three of the workstations`, `all computers`.
SHARE = re.compile(
    r"\b(?:all|every|each|most|half|a (?:third|quarter|fifth)|two thirds|three quarters|"
    r"one in (?:two|"
    r"three|four|five|six|ten))(?: of)?(?: (?:the|its|their|our)(?: [\w'’]+['’]s)?| [\w’']+['’]s)? "
    r"(?:[\w-]+ ){0,2}?(?P<noun>[\w-]+)\b",
    re.IGNORECASE,
)
# A number without its noun: `190 were encrypted`, `exceeds 22,000`, `numbered in the hundreds`.
BARE_NUMBER = re.compile(
    rf"(?<![\w.,]){NUMBER}(?: of (?:them|these|those|which|whom))? (?:were|was|had been|have been) "
    r"(?:\w+ly )?(?:hit|affected|infected|compromised|breached|hacked|encrypted|wiped|damaged|lost|"
    r"destroyed|disabled|taken|stolen|locked|exposed)\b"
    rf"|\bnumber of (?:[\w-]+ ){{1,5}}(?:exceeds?|reached|has reached|rose to|stands at|is put at|"
    rf"came to|is|was) {NUMBER}(?! of)"
    r"|\b(?:victims|targets|machines|systems|organisations) (?:numbered|number|ran|run) (?:in|"
    r"into) "
    r"the (?:dozens|hundreds|thousands|tens of thousands|millions)|"
    rf"\b(?:found|detected|seen) (?:at|on|in) {NUMBER} of (?:them|these|those)\b",
    re.IGNORECASE,
)
# Numbers that tell how large somebody is, or who came and spoke.
STAFFED = re.compile(
    r"\b(?:employ\w*|serv(?:es|ing)|with a staff of|represent\w*|home to|circulation of|has|have|"
    r"around which|on which) (?:some |about |more than |around |over )?$",
    re.IGNORECASE,
)
GATHERED = re.compile(
    r"^ (?:\w+ )?(?:protest\w*|attend\w*|gather\w*|took part|marched|applied|rely|relies|"
    r"work (?:for|"
    r"at)|depend|signed|voted|demonstrat\w+)",
    re.IGNORECASE,
)
# Data by number: an extent only where they were taken.
PAPERS = re.compile(
    r"(?:documents?|files?|records?|messages?|e-?mails?|letters|pages|photos|images|passwords|"
    r"cables)",
    re.IGNORECASE,
)
# What is counted for other reasons: time, money, amounts, diplomacy, the text's own parts.
UNCOUNTED = re.compile(
    r"\b(?:seconds?|minutes?|hours?|days?|nights|weeks?|weekends|months?|years?|decades?|times|"
    r"percent|per|dollars?|"
    r"euros?|pounds?|crowns?|million(?:s)? of (?:dollars|euros|pounds)|pesos?|bitcoins?|"
    r"gigabytes?|terabytes?|"
    r"megabytes?|gb|tb|mb|diplomats?|ambassadors?|envoys|attach\w+|ministers|spokes\w+|countries|"
    r"states|"
    r"nations|governments|capitals|powers|allies|partners|members states|member states|experts|"
    r"specialists|technicians|detectives|sources|steps|measures|points|questions|answers|reasons|"
    r"ways|"
    r"things|words|sentences|rounds|parties|officials|officers|suspects|men|women|nationals|"
    r"defendants|"
    r"conspirators|hackers|attackers|intruders|groups|gangs|actors|clusters|families|versions|"
    r"flaws|"
    r"vulnerabilities|holes|zero-days|bugs|backdoors|implants|samples|variants|stages|months'|"
    r"kilometres|kilometers|"
    r"miles|metres|degrees|votes|seats|sanctions|charges|counts|indictments|articles|statements|"
    r"reports|"
    r"bulletins|advisories|laws|languages|cities|continents|intelligence|services|reporters told|"
    r"lines|"
    r"paragraphs|chapters|sections|levels|sides|cups|sentences|euros|francs|kronor|factors?|keys)$",
    re.IGNORECASE,
)
# The attackers' own machines.
ATTACKERS_NUMBER = re.compile(
    r"(?:\b(?:speaking of|rented|registered|controlled|seized|took down|taken down|blocked|"
    r"operated|beacons? to|"
    r"requests? to|connected to|used|through|via|set up|command|bought) (?:[\w-]+ ){0,2}$)|"
    r"(?:[^.;]{0,12}\b(?:used by the (?:attackers|intruders|hackers|group)|they (?:had )?rented|"
    r"rented by|"
    r"(?:that|which) (?:the )?(?:attackers|intruders|hackers|group|they)|controlled by|who rented|"
    r"of the "
    r"(?:attackers|group|hackers))\b)",
    re.IGNORECASE,
)
HARMED = (
    r"(?:hit|affected|infected|compromised|breached|hacked|stolen|copied|taken|read|opened|"
    r"accessed|"
    r"encrypted|wiped|damaged|lost|exposed|leaked|searched|attacked|targeted|approached|"
    r"disconnected|"
    r"crippled|rebuilt|replaced|disabled|tapped|bugged|broken into|in the dark|without (?:power|"
    r"water|"
    r"internet|heating)|installed|built anew|reinstalled|touched|down|offline|tricked|clicked|"
    r"fell for|"
    r"accepted|received|entered|opened|caught|counted|identified|found)"
)
HARMED_AFTER = re.compile(
    rf"^[^.;:]{{0,40}}?\b{HARMED}\b|^ (?:sat|went|had|lost|were)\b", re.IGNORECASE
)
HARMED_BEFORE = re.compile(
    rf"\b(?:{HARMED[3:-1]}|access to|hitting|affecting|infecting|compromising|targeting|stealing|"
    rf"reading|"
    r"copying|emptied|broke into|breaking into|traces on|found on|malware (?:\w+ )?on|inside|"
    r"mailboxes of|"
    r"mail of|accounts of|data of|details of|records of|belonging to|victims:|detected|commands "
    r"to|approach\w*|"
    r"stole|took|copied|read|hacked|wiped|encrypted|paralysed|crippled|disabled|exposed|harvested|"
    r"knocked out)\b"
    r"[^.;:]{0,30}$",
    re.IGNORECASE,
)
BIG = re.compile(r"\d\d\d|thousand|million|hundreds", re.IGNORECASE)
TENS = re.compile(r"\d\d|thousand|million|hundred|dozen|teen|ty\b|twelve|eleven", re.IGNORECASE)
SMALL = re.compile(
    r"^(?:at least |only |some |about )?(?:two|three|four|five|six|[1-9])\b", re.IGNORECASE
)
# People who tell of it and bodies that condemn it are no extent.
SPEAKING = re.compile(
    r"(?:^ (?:said|told|say|condemned|backed|joined|signed|issued|accused|familiar|briefed|blamed|"
    r"named|"
    r"expressed|speaking))|\b(?:officials|people|persons|agencies|governments|ministries|"
    r"authorities|"
    r"companies|firms) (?:said|told|familiar|briefed|warned|close|with knowledge|confirmed)",
    re.IGNORECASE,
)
