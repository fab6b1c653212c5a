"""Words around a number that tell how far an intrusion went.

Spec: the extent slot of the reading measure; counting nouns of reports, advisories and charges.
"""

import re

NUMBER = (
    r"(?:at least |more than |over |about |around |some |nearly |almost |up to |as many as |"
    r"fewer than |less than |only |an estimated |roughly |several |approximately |close to )?"
    r"(?:\d[\d,.]*(?: (?:thousand|million|hundred|billion))?|(?:a |two |three |several )?"
    r"(?:dozens?|hundreds?|thousands?|tens of thousands|hundreds of thousands|millions)(?: of)?|"
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety)(?:-\w+)?|a quarter of a million|half a million)"
)

# Nouns whose number tells the extent by itself; any other plural needs a verb of harm.
UNITS = re.compile(
    r"(?:servers?|organi[sz]ations?|companies|firms|businesses|systems?|ministries|ministry|"
    r"agencies|departments?|accounts?|customers?|computers?|machines?|devices?|networks?|"
    r"victims?|entities|institutions?|municipalities|hospitals?|users?|people|persons|citizens|"
    r"employees|workstations?|mailboxes|websites?|sites|banks|offices|authorities|universities|"
    r"targets?|routers?|modems?|nodes?|validators?|clients?|endpoints?|installations?|households|"
    r"homes|residents|passengers|cases|taxpayers?|patients?|students?|pupils|engineers?|"
    r"researchers|scientists|journalists|reporters|buildings?|microphones?|substations?|breakers|"
    r"deputies|lawmakers|legislators|mps|senators|clinics|schools|firewalls?|appliances?|"
    r"laptops?|phones?|terminals?|cameras?|inboxes|letter-boxes|hosts|tenants|subscribers|voters|"
    r"members|staff|controllers|turbines|pumps|stations|meters|domains|contacts|identities|"
    r"profiles|databases|sensors|stores|branches|farms|ports|vessels|ships|trains|flights|"
    r"councils|utilities|operators|providers|ballots|portals|gateways|virtual machines)",
    re.IGNORECASE,
)
# A share or all of what one has: `one in three of the workstations`, `all computers`.
SHARE = re.compile(
    r"\b(?:all|every|each|most|half|a (?:third|quarter|fifth)|two thirds|three quarters|one in "
    r"(?:two|three|four|five|six|ten))(?: of)?"
    r"(?: (?:the|its|their|our)(?: [\w'’]+['’]s)?| [\w’']+['’]s)? (?:[\w-]+ ){0,2}?"
    r"(?P<noun>[\w-]+)\b",
    re.IGNORECASE,
)
# A number without its noun: `190 were encrypted`, `exceeds 22,000`, `numbered in the hundreds`.
BARE_NUMBER = re.compile(
    rf"(?<![\w.,]){NUMBER} (?:showed|show|bore) (?:\w+ )?(?:signs|traces)\b|(?<![\w.,]){NUMBER}"
    rf"(?: of (?:them|these|those|which|whom))? (?:were|was|had been|have been) "
    r"(?:\w+ly )?(?:hit|affected|infected|compromised|breached|hacked|encrypted|wiped|damaged|"
    r"lost|destroyed|disabled|taken|stolen|locked|exposed)\b"
    rf"|\bnumber of (?:[\w-]+ ){{1,5}}(?:exceeds?|reached|has reached|rose to|stands at|"
    rf"is put at|came to|is|was) {NUMBER}(?! of)"
    r"|\b(?:victims|targets|machines|systems|organisations) (?:numbered|number|ran|run) "
    r"(?:in|into) the (?:dozens|hundreds|thousands|tens of thousands|millions)|"
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
    r"^ (?:(?:was|were|have been|has been|had been) (?:\w+ly )?"
    r"(?:detained|arrested|charged|convicted|sentenced|questioned|indicted)\b)|"
    r"^ (?:were |was )?(?:scanned|checked|tested|examined|surveyed)\b|^ (?:\w+ )?"
    r"(?:protest\w*|attend\w*|gather\w*|took part|marched|applied|rely|relies|work (?:for|at)|"
    r"depend|signed|voted|demonstrat\w+)",
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
    r"percent|per|dollars?|euros?|pounds?|crowns?|million(?:s)? of (?:dollars|euros|pounds)|"
    r"pesos?|bitcoins?|gigabytes?|terabytes?|megabytes?|gb|tb|mb|diplomats?|ambassadors?|envoys|"
    r"attach\w+|ministers|spokes\w+|countries|states|nations|governments|capitals|powers|allies|"
    r"partners|members states|member states|experts|specialists|technicians|detectives|sources|"
    r"steps|measures|points|questions|answers|reasons|ways|things|words|sentences|rounds|parties|"
    r"officials|officers|suspects|men|women|nationals|defendants|conspirators|hackers|attackers|"
    r"intruders|groups|gangs|actors|clusters|families|versions|flaws|vulnerabilities|holes|"
    r"zero-days|bugs|backdoors|implants|samples|variants|stages|months'|kilometres|kilometers|"
    r"miles|metres|degrees|votes|seats|sanctions|charges|counts|indictments|articles|statements|"
    r"reports|bulletins|advisories|laws|languages|cities|continents|intelligence|services|"
    r"reporters told|lines|paragraphs|chapters|sections|levels|sides|cups|sentences|euros|francs|"
    r"kronor|factors?|keys)$",
    re.IGNORECASE,
)
# The attackers' own machines.
ATTACKERS_NUMBER = re.compile(
    r"(?:\b(?:speaking of|rented|registered|controlled|seized|took down|taken down|blocked|"
    r"operated|beacons? to|requests? to|connected to|used|through|via|set up|command|bought) "
    r"(?:[\w-]+ ){0,2}$)|\b(?:traffic|requests|attempts|connections) from $|"
    r"(?:[^.;]{0,12}\b(?:used by the (?:attackers|intruders|hackers|group)|they (?:had )?rented|"
    r"rented by|(?:that|which) (?:the )?(?:attackers|intruders|hackers|group|they)|controlled by|"
    r"who rented|of the (?:attackers|group|hackers)|[^.;]{0,20}\b(?:that|which) were used "
    r"(?:in|for))\b)|\b(?:advisor(?:y|ies)|letters?|warnings?|alerts?|notices?|guidance) "
    r"(?:\w+ )?to (?:all )?$",
    re.IGNORECASE,
)
HARMED = (
    r"(?:hit|affected|infected|compromised|breached|hacked|stolen|copied|taken|read|opened|"
    r"accessed|encrypted|wiped|damaged|lost|exposed|leaked|searched|attacked|targeted|approached|"
    r"disconnected|crippled|rebuilt|replaced|disabled|tapped|bugged|broken into|in the dark|"
    r"without (?:power|water|internet|heating)|installed|built anew|reinstalled|touched|down|"
    r"offline|tricked|clicked|fell for|accepted|received|entered|opened|caught|counted|"
    r"identified|found)"
)
HARMED_AFTER = re.compile(
    rf"^[^.;:]{{0,40}}?\b{HARMED}\b|^ (?:sat|went|had|lost|were)\b", re.IGNORECASE
)
HARMED_BEFORE = re.compile(
    rf"\b(?:{HARMED[3:-1]}|access to|hitting|affecting|infecting|compromising|targeting|stealing|"
    rf"reading|"
    r"copying|emptied|broke into|breaking into|traces on|found on|malware (?:\w+ )?on|inside|"
    r"mailboxes of|mail of|accounts of|data of|details of|records of|belonging to|victims:|"
    r"detected|commands to|approach\w*|stole|took|copied|read|hacked|wiped|encrypted|paralysed|"
    r"crippled|disabled|exposed|harvested|knocked out)\b[^.;:]{0,30}$",
    re.IGNORECASE,
)
BIG = re.compile(r"\d\d\d|thousand|million|hundreds", re.IGNORECASE)
TENS = re.compile(r"\d\d|thousand|million|hundred|dozen|teen|ty\b|twelve|eleven", re.IGNORECASE)
SMALL = re.compile(
    r"^(?:at least |only |some |about )?(?:two|three|four|five|six|[1-9])\b", re.IGNORECASE
)
# People who tell of it and bodies that condemn it are no extent.
SPEAKING = re.compile(
    r"(?:^ (?:said|told|say|condemned|backed|joined|signed|issued|accused|familiar|briefed|"
    r"blamed|named|expressed|speaking))|\b(?:officials|people|persons|agencies|governments|"
    r"ministries|authorities|companies|firms) "
    r"(?:said|told|familiar|briefed|warned|close|with knowledge|confirmed)",
    re.IGNORECASE,
)
