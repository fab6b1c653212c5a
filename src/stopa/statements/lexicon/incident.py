"""How reports tell an intrusion: what was done, to what, when it began, what was lost.

Spec: the incident slots of the reading measure; the plain words of reports and advisories.
"""

import re

# Verbs and nouns of breaking in; what follows names who or what was hit.
HIT = re.compile(
    r"\b(?:(?:break|broke|breaking|broken|hack|hacked|hacking|intrud\w+|penetrat\w+|got|"
    r"getting|gain\w* access|gained entry)"
    r" (?:in)?(?:to|into)"
    r"|attack(?:ed|ing|s)?(?: (?:on|against))?|break-ins? (?:at|into|in|of)|"
    r"intrusions? (?:into|at|on|in|against)|breach(?:ed|es|ing)?(?: (?:of|at))?"
    r"|raid on|hack (?:of|on|at)|compromis(?:ed?|ing)(?: of)?|infiltrat(?:ed|ing|ion of)|"
    r"target(?:ed|ing|s)|hit|"
    r"went after|go after|going after|operation against|campaign against|spied on|spying on|"
    r"espionage against|used (?:\w+ ){0,4}against|"
    r"entered|invaded|inside|"
    r"(?:crippl|paralys|paralyz|disrupt|knock|cyberattack on|cyber[- ]attacks? (?:on|against)|"
    r"assault on)\w*)\s+(?P<what>[^.;:\"“”\n]{3,160})",
    re.IGNORECASE,
)
OWNER = re.compile(
    r"(?P<what>\b[A-Z][\w&-]+(?: (?:of |the |for )?[A-Z][\w&-]+){0,4}(?:'s|’s|"
    r"s’) (?:[\w-]{1,30} ){0,3}"
    r"(?:networks?|servers?|systems?|websites?|mailbox(?:es)?|computers|infrastructure|"
    r"services|modems"
    r"|accounts|databases?|e-?mails?|ministry|parliament|operator|hospitals?|grid))\b"
)
TAKEN_FROM = re.compile(
    r"\b(?:st(?:ole|olen|eal|ealing)|theft|taken|siphoned|drained|exfiltrated|copied|robbed|"
    r"heist)\b"
    r"[^.;:\n]{0,80}? (?:from|of|at) (?P<what>(?:the |its |their )?[^.;:,\n]{3,80})"
)
PASSIVE_HIT = re.compile(
    r"(?P<what>\b(?:[\w'’&.,-]{1,30} ){1,9})(?:was|were|had been|has been|have been|"
    r"been) (?:\w+ly )?"
    r"(?:broken into|hacked|breached|compromised|attacked|targeted|hit|infiltrated|penetrated|"
    r"infected|affected|paralysed|crippled|taken offline|knocked offline)\b",
    re.IGNORECASE,
)
SYSTEM = re.compile(
    r"(?:\b(?:[\w'’-]+|\"[^\"\n]{2,30}\"|“[^”\n]{2,30}”) ){0,4}\b(?:networks?|mail servers?|"
    r"e-?mail servers?|e-?mail (?:accounts?|systems?|software)|mailbox(?:es)?|servers?|accounts?"
    r"|(?:computer|information|it|control|government|communication|communications|"
    r"e-?government|cloud|payment|booking) systems?|systems|databases?|websites?|portals?|"
    r"workstations|laptops|routers|cloud|"
    r"platforms?|infrastructure|exchange server|software|products|bridge|wallets?|"
    r"update server|build server|tv5|satellite modems?|modems)\b"
    r"(?: of (?:(?!and\b|which\b|that\b)[\w'’-]{1,30} ?){1,6})?",
    re.IGNORECASE,
)
CLASSIFICATION = re.compile(
    r"\b(?:un|de)?classified\b[^.;\n\"”]{0,60}|\bcritical (?:information |national |"
    r"government )?(?:infrastructure|systems?)\b[^.;,\n]{0,40}|"
    r"\bsensitive but unclassified\b|\btop[- ]secret\b|\brestricted network\b",
    re.IGNORECASE,
)
VECTOR = re.compile(
    r"\bCVE-\d{4}-\d{4,7}\b"
    r"|(?:(?:[\w'’-]+) ){0,4}(?:flaws?|vulnerabilit(?:y|ies)|zero-days?|holes?|bugs?|"
    r"backdoors? in|loopholes?)\b(?: (?:in|of) (?:[\w'’.-]{1,30} ?){1,5})?"
    r"|\b(?:[\w'’-]{1,30} ){0,2}(?:spear-?\s?phishing|phishing)(?: [\w-]+){0,3}"
    r"|\b(?:[\w'’-]{1,30} ){0,3}(?:stolen|leaked|weak|default|reused|compromised|guessed|bought|"
    r"forged|harvested) (?:[\w-]{1,30} )?(?:passwords?|credentials|accounts?|keys?|tokens?|"
    r"certificates?|logins?)"
    r"|\b(?:[\w'’-]{1,30} ){0,4}(?:software )?updates? (?:of|for|from|to) (?:[\w'’.-]{1,30} ?){1,4}"
    r"|supply[- ]chain(?: \w+){0,3}|(?:trojani[sz]ed|poisoned|tainted|malicious|manipulated|"
    r"booby-trapped|infected|rigged|doctored|tampered) (?:[\w-]{1,30} ){0,3}(?:updates?|"
    r"attachments?|documents?|links?|e-?mails?|installers?|files?|software|appointments?|"
    r"invitations?|job offers?)"
    r"|password[- ]spray\w*|brute[- ]force\w*|watering[- ]hole\w*|social engineering|"
    r"fake job \w+|man-in-the-middle|"
    r"(?:through|via) (?:a |an |the |its |their )?(?:[\w-]{1,30} )?(?:service provider|supplier|"
    r"contractor|vendor|vpn|remote access|usb \w+|update)[\w ]{0,30}",
    re.IGNORECASE,
)
NUMBER = (
    r"(?:at least |more than |over |about |around |some |nearly |almost |up to |as many as |"
    r"fewer than |less than |only |an estimated |roughly |several |approximately |close to )?"
    r"(?:\d[\d,.]*(?: (?:thousand|million|hundred|billion))?|(?:a |two |three |"
    r"several )?(?:dozens?|hundreds?|thousands?|tens of thousands|hundreds of thousands|"
    r"millions)(?: of)?"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a quarter of a million|"
    r"half a million)"
)
UNITS = (
    r"servers?|organi[sz]ations?|companies|firms|businesses|systems?|ministries|ministry|"
    r"agencies|departments?|accounts?|customers?|computers?|machines?|devices?|networks?|"
    r"victims?|entities|institutions?|municipalities|hospitals?|users?|people|persons|citizens|"
    r"employees|workstations?|mailboxes|websites?|websites|sites|banks|states|countries|offices|"
    r"authorities|universities|targets?|routers?|modems?|nodes?|validators?|clients?|"
    r"endpoints?|installations?|households|residents|passengers|cases|"
    r"members of (?:staff|parliament|congress)"
)
NAMED_SYSTEM = re.compile(
    r"\b(?:compromise|hack|breach|tampering|"
    r"abuse) of (?:the )?(?P<of>[A-Z][\w-]+(?: (?:product )?(?:of )?[A-Z][\w-]+){0,3})"
    r"|\b(?P<name>[A-Z][\w-]+(?: [A-Z][\w-]+){0,2})(?:'s|’s)? (?:hack|compromise|breach|"
    r"espionage campaign|break-ins?|software|products?|platform|"
    r"update|servers?|supply chain|mail software|email software|intrusion|modems?|network|bridge)\b"
)
EXTENT = re.compile(
    rf"\b(?!(?:19|20)\d\d\b){NUMBER} (?:(?!and\b|of\b|in\b|"
    rf"to\b)[\w'’-]{{1,30}} )?(?:of (?:its |"
    rf"the |their |"
    rf"our )?(?:[\w-]{{1,30}} ){{0,3}})?(?:{UNITS})\b(?: in (?:[\w-]{{1,30}} ){{0,2}}[\w-]+)?",
    re.IGNORECASE,
)
DATA = re.compile(
    r"(?:st(?:ole|olen|eal|ealing)|theft of|exfiltrat(?:ed|ing|ion of)|copied|took|leak(?:ed|"
    r"ing)|siphon(?:ed|ing)(?: off)?|harvest(?:ed|ing)|download(?:ed|ing)|published|loss of|"
    r"lost|read|collect(?:ed|ing)?|made off with|got hold of|carried off|obtained)"
    r" (?P<what>[^.;:\n]{3,120})"
    r"|\b(?P<passive>(?:[\w'’,.-]{1,30} ){1,8})(?:was|were|had been|has been|have been) (?:stolen|"
    r"exfiltrated|copied|leaked|siphoned off|taken|published|read|downloaded)",
    re.IGNORECASE,
)
DATA_WORDS = re.compile(
    r"\b(?:data|e-?mails?|messages?|mail|files?|documents?|records?|passwords?|credentials?|"
    r"secrets?|source code|information|archives?|gigabytes?|terabytes?|GB|TB|MB|correspondence|"
    r"research|designs?|blueprints?|"
    r"plans|cables|databases?|hash(?:es)?|tokens?|keys?|letters?|papers|lists?|passports?|"
    r"identities|contacts?|ether|bitcoin|coins?|cryptocurrency|funds|money|tools)\b",
    re.IGNORECASE,
)
MONEY = re.compile(
    r"(?:[$€£¥]|US\$|USD|EUR|GBP) ?\d[\d,.]*(?: ?(?:million|billion|thousand|bn|m|k|trillion))?\b"
    r"|\b\d[\d,.]*(?: (?:million|billion|thousand|trillion))? (?:dollars|euros|pounds|crowns|"
    r"koruna|yen|won|francs|rubles|roubles|ether|bitcoins?|ETH|BTC|U\.S\. dollars)\b",
    re.IGNORECASE,
)
LOSS_WORDS = re.compile(
    r"\b(?:loss(?:es)?|damages?|cost(?:s|ing)?|stolen|stole|steal|theft|worth|robbed|drained|"
    r"heist|ransom|paid|took)\b",
    re.I,
)
IMPACT = re.compile(
    r"\b(?:wip(?:ed|ing)|eras(?:ed|ing)|destroy(?:ed|ing)|destruction|delet(?:ed|ing) (?:data|"
    r"files)|encrypt(?:ed|ing)|disrupt(?:ed|ing|ion)|paraly[sz](?:ed|ing)|cripp(?:led|ling)|"
    r"shut(?:ting)? down|outages?|offline|"
    r"blackouts?|unavailable|brought down|knocked out|halted|stand-?still|sabotag\w+|defac\w+|"
    r"switched off|cut off|interrupt(?:ed|ing|ion)|no (?:data|damage)[^.;\n]{0,40}(?:destroyed|"
    r"lost|done)|"
    r"data destroyed|published|leaked)\b",
    re.IGNORECASE,
)
BEGAN = re.compile(
    r"\b(?:began|begun|started|start(?:s|ing)? in|since|as early as|dat(?:es?|ing|"
    r"ed) (?:back )?(?:to|from)?|goes back to|going back to|went back to|first (?:seen|"
    r"detected|noticed|observed|entered|got|gained|appeared|compromis\w+|accessed|access|"
    r"victims?|break|broke)|"
    r"oldest|earliest|initial(?:ly)?|from|in|between|until|that|last|over the past|active)\b",
    re.IGNORECASE,
)
INTRUSION = re.compile(
    r"\b(?:intru\w+|break(?:ing)? into|break-?ins?|broke\w* in\w*|broken into|breach\w*|"
    r"attack\w*|campaign|"
    r"hack\w*|compromis\w+|infiltrat\w+|entered|access\w*|exploit\w*|abus\w+|malicious|"
    r"implants?|backdoors?|targeted|operation|espionage|"
    r"victims?|taken over|took over|opened from abroad|malware|flaws?|holes?|vulnerabilit\w+|"
    r"penetrat\w+|booby-trapped|active|stole\w*|theft|incident|raid|wip\w+|inside|spied|spying|"
    r"update)\b",
    re.IGNORECASE,
)
STRUCK = re.compile(
    r"\b(?:struck|hit|hits|attacked|wiped|knocked|launched|took place|happened|occurred|"
    r"carried out|unleashed|stole|drained|crippled|paralysed|paralyzed|spread|broke out|entered|"
    r"attack on|went dark|went offline|intruders|was breached|was hacked|were breached)\b",
    re.IGNORECASE,
)
PRIOR = re.compile(
    r"\b(?:earlier|previous(?:ly)?|similar|in the past|remember|recall(?:s|ed)?|before that|"
    r"not the first|already in|back in|years ago|once before|again|also accused|link with|"
    r"as in|reminiscent|since then|precedent|after the)\b",
    re.IGNORECASE,
)
PAST_YEARS = re.compile(
    r"over the (?:past|last) (?P<n>\d{1,2}|two|three|four|five|ten|a decade) (?:years?)?", re.I
)
