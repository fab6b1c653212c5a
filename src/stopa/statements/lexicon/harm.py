"""How reports tell a way in, what was taken, and what stopped working.

Spec: the slots vector, data and impact of the reading measure; the plain words of reports.
"""

import re

AMOUNT = re.compile(
    r"\b(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|"
    r"thirty|forty|"
    r"fifty|sixty|a hundred|several|hundreds of|dozens of) ?"
    r"(?:GB|TB|MB|gigabytes?|terabytes?|megabytes?)\b"
    r"(?: of (?:[\w'’-]{1,30} ?){1,8}|: [^.;\n]{3,100})?",
    re.IGNORECASE,
)
ENTERED = re.compile(
    r"\b(?:through|via|by way of|using|used|exploit\w*|abus\w+|thanks to|with the help of|came "
    r"in|got in|"
    r"entered|gained|opened|infected|ran|clicked|entry|way in|initial access|began with)\b",
    re.I,
)
# A sentence without any of these tells no way in, and is spared the long pattern.
VECTOR_HINT = re.compile(
    r"flaw|vulnerab|zero-day|hole|bug|door|phish|passw|credential|account|key|token|certif|log-?in|"
    r"updat|supply|attach|document|link|mail|letter|invit|install|file|software|appoint|job|spray|"
    r"brute|social eng|in-the-middle|suppl|contract|vendor|provider|vpn|remote|usb|cve|drive|stick|"
    r"media|page|site|portal|invoice|app|domain|inject|stuffing|exposed|unpatch|default|factor|"
    r"offer|lure|trojan|insider|"
    r"invit|conference|seminar|page|sign-in|wi-?fi|router|cloud|config|gateway|plug-?in|call|"
    r"employee|rdp|access|third|hidden|shipped|delivered|storage|opening",
    re.IGNORECASE,
)
VECTOR = re.compile(
    r"\bCVE-\d{4}-\d{4,7}\b"
    r"|\b(?:an? |the )?(?:[\w-]+ )?invitations? to (?:an? |the )?(?:[\w-]+ ){0,2}(?:conference|"
    r"seminar|event|"
    r"webinar|meeting|briefing|summit|workshop|reception|interview|forum|dinner|survey)\b(?: in "
    r"[A-Z]\w+)?"
    r"|\b(?:false|fake|forged|bogus|counterfeit|look-?alike|imitat\w+|cloned|spoofed|fraudulent|"
    r"phon(?:e)?y) "
    r"(?:[\w-]{1,30} ){0,3}(?:pages?|sites?|websites?|portals?|log-?ins?|sign-ins?|profiles?|"
    r"invoices?|"
    r"invitations?|updates?|apps?|domains?|e-?mails?|messages?|offers?|accounts?|installers?|"
    r"captcha)"
    r"|\b(?:[\w'’-]{1,30} ){0,3}(?:mail|e-?mail|vpn|web|cloud|edge|network|access|remote|transfer|"
    r"print) "
    r"(?:gateways?|appliances?|concentrators?|servers?|portals?|routers?|firewalls?)\b(?= (?:that|"
    r"which) (?:had not|"
    r"was not|were not|lacked|nobody))"
    r"|\b(?:mis-?configured|exposed|unprotected|unsecured|forgotten|outdated|neglected|"
    r"public-facing|"
    r"internet-facing) (?:[\w-]{1,30} ?){1,3}"
    r"|\b(?:an? )?(?:employee|clerk|official|engineer|journalist|assistant|user|member of staff|"
    r"colleague) "
    r"(?:had |who )?(?:clicked|opened|entered|plugged|installed|downloaded|answered|reused|"
    r"typed)\b[^.;,]{3,60}"
    r"|\b(?:voice call|phone calls?|vishing|smishing|text messages?|sim[- ]swap\w*|push fatigue|"
    r"mfa fatigue|"
    r"device[- ]code \w+|oauth \w+|session (?:cookies?|tokens?)|deep-?fake\w*|honey ?trap|"
    r"typosquat\w*|"
    r"dependency \w+|QR codes?)\b"
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
    r"|\b(?:[\w'’-]{1,30} ){0,3}(?:usb (?:stick|drive|key|device)s?|thumb drives?|flash drives?|"
    r"memory "
    r"sticks?|removable (?:drives?|media|storage)|infected (?:laptop|phone|device|drive))"
    r"(?: (?:brought|left|plugged|inserted|given|found) (?:[\w'’-]{1,30} ?){1,4})?"
    r"|\b(?:[\w'’-]{1,30} ){0,3}(?:letters?|e-?mails?|invitations?|attachments?|"
    r"documents?) "
    r"(?:which,?|that,?|whose|with|containing|carrying|about|from a|sent from|purporting) "
    r"(?:[\w'’,-]{1,30} ){1,6}"
    r"|\b(?:[\w'’-]{1,30} ){0,3}(?:job offers?|offers? of (?:employment|a job|work))"
    r"(?: (?:over|via|on|through) [A-Z]\w+)?|\b[Ll]ure: [^.;\n]{3,80}"
    r"|\btrojani[sz]ed (?:[\w-]{1,30} ){0,3}(?:readers?|viewers?|apps?|"
    r"applications?|tools?|packages?)"
    r"|opening the (?:message|mail|e-?mail|attachment|document|letter)\b"
    r"|\b(?:fake|forged|spoofed|fraudulent|cloned) (?:[\w-]{1,30} ){0,2}(?:pages?|sites?|"
    r"websites?|portals?|"
    r"log-?in\w*|invoices?|updates?|apps?|domains?)"
    r"|\b(?:used|using|got hold of|obtained|guessed|bought|reused|knew|shared|handing over of) "
    r"(?:[\w'’-]{1,30} ){0,5}(?:passwords?|credentials|account|log-?ins?|access|keys?)\b"
    r"(?: of (?:[\w'’-]{1,30} ?){1,4})?"
    r"|(?:delivered|shipped|supplied|pre-?installed) with (?:[\w-]{1,30} ?){1,5}|hidden "
    r"(?:functions?|features?|channels?|access)"
    r"|sql injection|cross-site scripting|credential stuffing|drive-by \w+|exposed "
    r"(?:[\w-]{1,30} ){0,2}"
    r"(?:servers?|ports?|services?|interfaces?|panels?)|unpatched (?:[\w.-]{1,30} ){0,3}|"
    r"default (?:passwords?|credentials)|(?:without|no|lack of) (?:two|multi)-factor[\w -]{0,20}|"
    r"insiders?\b|disgruntled \w+|former employee|remote desktop|open rdp|maintenance (?:access|"
    r"account|"
    r"laptop|contract\w*)|(?:backup|maintenance|service|test|dormant|forgotten|shared|old|"
    r"unused) accounts?"
    r"|third[- ]part(?:y|ies) (?:[\w-]{1,30} ){0,2}\w+"
    r"|password[- ]spray\w*|brute[- ]force\w*|watering[- ]hole\w*|social engineering|"
    r"fake job \w+|man-in-the-middle|"
    r"(?:through|via) (?:a |an |the |its |their )?(?:[\w-]{1,30} )?(?:service provider|supplier|"
    r"contractor|vendor|vpn|remote access|usb \w+|update)[\w ]{0,30}",
    re.IGNORECASE,
)
DATA = re.compile(
    r"(?:st(?:ole|olen|eals?|ealing)|theft of|exfiltrat(?:ed?s?|ing|ion of)|cop(?:y|ies|ied|ying)|"
    r"took|takes|taking|leak(?:ed|ing|s)?|leak of|siphon(?:ed|ing|s)?(?: off)?|harvest(?:ed|ing|"
    r"s)?|"
    r"download(?:ed|ing|s)?|published|loss of|lost|read(?:ing)?|went through|helped (?:itself|"
    r"themselves) to|"
    r"walked (?:off|away) with|left with|ran off with|emptied|collect(?:ed|ing|s)?|made off with|"
    r"got "
    r"hold of|"
    r"carried off|obtained|archived|packed|dumped|accessed|viewed|saw|grabbed|extracted|pulled|"
    r"photographed|intercepted|forward(?:ed|ing)|put up|(?:auction|sale) of|selling|sold|"
    r"offer(?:s|ed|ing)|access(?:ed)? to|consult(?:ed|ing))"
    r" (?P<what>[^.;:\n]{3,120})"
    r"|\b(?P<passive>(?:[\w'’,.-]{1,30} ){1,8})(?:was|were|had been|has been|have been) (?:stolen|"
    r"exfiltrated|copied|leaked|siphoned off|taken|sent|transferred|transmitted|uploaded|lost|"
    r"published|read|downloaded|accessed|viewed|"
    r"archived|intercepted|forwarded|dumped|put up|offered|exposed|extracted|harvested)"
    r"|\b(?P<left>(?:the |its |their |all |some |about |of |[\w'’-]{1,30} ){1,7})(?:left|went out|"
    r"flowed|leaked|"
    r"going out|leaving|found (?:its|their) way)(?= (?:each|every|the|for|to|out|over|towards|by|"
    r"in|at|via|through|"
    r"nightly|daily|online)\b)",
    re.IGNORECASE,
)
DATA_WORDS = re.compile(
    r"\b(?:data|e-?mails?|messages?|mail|files?|documents?|records?|passwords?|credentials?|"
    r"secrets?|source code|information|archives?|gigabytes?|terabytes?|GB|TB|MB|correspondence|"
    r"research|designs?|blueprints?|"
    r"plans|cables|databases?|hash(?:es)?|tokens?|keys?|letters?|papers|lists?|passports?|"
    r"identities|contacts?|ether|bitcoin|coins?|cryptocurrency|funds|money|tools|manifests?|"
    r"minutes|contracts?|invoices?|returns|photos?|photographs|recordings?|drawings?|maps?|"
    r"personnel|dossiers?|directories|address book|agenda|transcripts?|briefings?|notes|"
    r"reports?|spreadsheets?|tables|logs|images|statements|accounts|details|numbers|"
    r"communications?|"
    r"conversations?|chats?|calls|drafts?|contents?|diagrams?|schematics|prototypes|formulas?|"
    r"correspondents|itinerar\w+|calendars?|rosters?|blueprint|profiles|bids?|tenders?|samples|"
    r"archive)\b",
    re.IGNORECASE,
)
# Taken on the way: a means of the intrusion, and no loot.
MEANS = re.compile(
    r"\b(?:passwords?|credentials?|hash(?:es)?|tokens?|cookies|keys?|log-?ins?|session|tickets?|"
    r"certificates?)\b",
    re.IGNORECASE,
)
IMPACT = re.compile(
    r"\b(?:wip(?:ed|ing)|eras(?:ed|ing)|destroy(?:ed|ing)|destruction|delet(?:ed|ing) (?:data|"
    r"files)|encrypt(?:ed|ing)|disrupt(?:ed|ing|ion)|paraly[sz](?:ed|ing)|cripp(?:led|ling)|"
    r"shut(?:ting)? down|outages?|(?:went|taken|knocked|were|was|still|remained|stayed|go) "
    r"offline|offline for|"
    r"(?:sat|left|plunged|remained) in (?:the )?dark\w*|lights (?:went|were) out|(?:went|gone|"
    r"turned) dark|"
    r"(?:power|electricity|signal|communication|service|internet) (?:cuts?|failures?|loss|was "
    r"lost|was out|outage)|"
    r"lost (?:power|contact|heating|internet|connection|service)|burn(?:ed|t) the|limps?|limped|"
    r"crawl|"
    r"chaos|backlog|cripples|ransomed|held to ransom|bricked|rendered (?:[\w,]+ ){0,4}(?:useless|"
    r"inoperable|"
    r"unusable)|"
    r"damaged|tripped|opened (?:the )?(?:\w+ )?breakers|open commands|turned away|rerouted|"
    r"grounded|"
    r"could not be (?:dispensed|issued|reached|paid|read|treated|served|printed|processed)|"
    r"blackouts?|unavailable|brought down|knocked out|halted|stand-?still|sabotag\w+|defac\w+|"
    r"switched off|cut off|interrupt(?:ed|ing|ion)|postponed|(?:was|were|went|is|are) down|"
    r"stopp(?:ed|age|ing)|stood still|nothing moved|"
    r"locked (?:out|the|up|down)?|froze|frozen|unable to (?:work|log|access|pay|issue|use|reach|"
    r"treat|serve|operate|process|send|print|open|bill)|"
    r"could not (?:work|log|access|pay|issue|use|reach|treat|serve|operate|process|send|print|"
    r"open|be)|cancell?ed|"
    r"cancellations?|"
    r"(?<!without )delay(?:ed|s)?|divert(?:ed)?|went (?:dark|down|silent|offline)|out of "
    r"(?:service|action|"
    r"order)|"
    r"crash(?:ed|es)?|by hand|pen and paper|on paper|unreachable|inaccessible|reject(?:ed|ing)? "
    r"(?:trucks|payments|orders|requests)|without (?:power|internet|phones?|water|heating|"
    r"services?)|no longer (?:\w+ )?work\w*|did not work|stopped working|overload(?:ed|ing)?|"
    r"flood(?:ed|ing)|"
    r"fell (?:out|over)|ground to a halt|brought to a (?:halt|standstill)|black screens?|"
    r"had to be (?:rebuilt|built anew|reinstalled|replaced)|"
    r"no (?:data|damage)[^.;\n]{0,40}(?:destroyed|"
    r"lost|done)|"
    r"data destroyed)\b",
    re.IGNORECASE,
)
