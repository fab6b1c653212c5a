"""How reports tell a way in, what was taken, and what stopped working.

Spec: the slots vector, data and impact of the reading measure; the plain words of reports.
"""

import re

from stopa.statements.lexicon.wordlist import wordset

AMOUNT = re.compile(
    r"\b(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|"
    r"thirty|forty|fifty|sixty|a hundred|several|hundreds of|dozens of) ?"
    r"(?:GB|TB|MB|gigabytes?|terabytes?|megabytes?)\b"
    r"(?: of (?:[\w'’-]{1,30} ?){1,8}|: [^.;\n]{3,100})?",
    re.IGNORECASE,
)
ENTERED = re.compile(
    r"\b(?:through|via|by way of|using|used|exploit\w*|abus\w+|thanks to|with the help of|"
    r"came in|got in|entered|gained|opened|infected|ran|clicked|entry|way in|initial access|"
    r"began with)\b",
    re.I,
)
# A sentence without any of these tells no way in, and is spared the long pattern.
VECTOR_HINT = re.compile(
    r"flaw|vulnerab|zero-day|hole|bug|door|phish|passw|credential|account|key|token|certif|"
    r"log-?in|updat|supply|attach|document|link|mail|letter|invit|install|file|software|appoint|"
    r"job|spray|brute|social eng|in-the-middle|suppl|contract|vendor|provider|vpn|remote|usb|cve|"
    r"drive|stick|media|page|site|portal|invoice|app|domain|inject|stuffing|exposed|unpatch|"
    r"default|factor|offer|lure|trojan|insider|invit|conference|seminar|page|sign-in|wi-?fi|"
    r"router|cloud|config|gateway|plug-?in|call|employee|rdp|access|third|hidden|shipped|"
    r"delivered|storage|opening",
    re.IGNORECASE,
)
VECTOR = re.compile(
    r"\bCVE-\d{4}-\d{4,7}\b|\b(?:sent|received|got|forwarded|answered|filled in) [^.;]{0,40}?\b"
    r"(?:survey|questionnaire|invoice|cv|r[ée]sum[ée]|brochure|contract|parcel notice|"
    r"calendar entry|application form|petition)\b(?: about [\w ]{3,40})?|\bupdate "
    r"(?:servers?|mechanism|channel|sites?)(?: of (?:[\w'’.-]{1,30} ?){1,5})?|\b"
    r"(?:malicious|hidden|embedded|booby-trapped|rigged|infected|doctored|crafted) "
    r"(?:[\w-]{1,30} ){0,2}(?:macros?|scripts?|archives?|zip|pdfs?|spreadsheets?|presentations?|"
    r"shortcuts?|images?|ads?|plug-?ins?|extensions?|packages?|qr codes?|word documents?)"
    r"(?: in (?:an? |the )?(?:[\w'’.-]{1,30} ?){1,3})?|\b(?:an? |the )?"
    r"(?:[\w-]+ )?invitations? to (?:an |a |the )(?!public\b|press\b)(?:[\w-]+ ){0,2}[\w-]+\b"
    r"(?: in [A-Z]\w+)?|\b(?:bought|purchased|sold|acquired) access\b[^.;,]{0,40}|\b"
    r"(?:receives?|received|sent|opened|got|attached) (?:an? )(?:[\w-]+ ){0,2}"
    r"(?:spreadsheet|workbook|presentation|archive|shortcut)\b"
    r"(?: (?:with|containing) [\w -]{3,30})?|\b(?:wrongly|badly|incorrectly|poorly) "
    r"(?:configured|secured) (?:[\w-]{1,30} ?){1,3}|\breachable (?:by|from|over|through) "
    r"(?:the |an? )?[\w-]+|\b(?:false|fake|forged|bogus|counterfeit|look-?alike|imitat\w+|cloned|"
    r"spoofed|fraudulent|phon(?:e)?y) (?:[\w-]{1,30} ){0,3}"
    r"(?:pages?|sites?|websites?|portals?|log-?ins?|sign-ins?|profiles?|invoices?|invitations?|"
    r"updates?|apps?|domains?|e-?mails?|messages?|offers?|accounts?|installers?|captcha)|\b"
    r"(?:[\w'’-]{1,30} ){0,3}(?:mail|e-?mail|vpn|web|cloud|edge|network|access|remote|transfer|"
    r"print) (?:gateways?|appliances?|concentrators?|servers?|portals?|routers?|firewalls?)\b"
    r"(?= (?:that|which) (?:had not|was not|were not|lacked|nobody))|\b"
    r"(?:mis-?configured|exposed|unprotected|unsecured|forgotten|outdated|neglected|"
    r"public-facing|internet-facing) (?:[\w-]{1,30} ?){1,3}|\b(?:an? )?"
    r"(?:employee|clerk|official|engineer|journalist|assistant|user|member of staff|colleague) "
    r"(?:had |who )?(?:clicked|opened|entered|plugged|installed|downloaded|answered|reused|"
    r"typed)\b[^.;,]{3,60}|\b(?:voice call|phone calls?|vishing|smishing|text messages?|"
    r"sim[- ]swap\w*|push fatigue|mfa fatigue|device[- ]code \w+|oauth \w+|session "
    r"(?:cookies?|tokens?)|deep-?fake\w*|honey ?trap|typosquat\w*|dependency \w+|QR codes?)\b|"
    r"(?:(?:[\w'’-]+) ){0,4}(?:flaws?|vulnerabilit(?:y|ies)|zero-days?|holes?|bugs?|"
    r"backdoors? in|loopholes?)\b(?: (?:in|of) (?:[\w'’.-]{1,30} ?){1,5})?|\b"
    r"(?:[\w'’-]{1,30} ){0,2}(?:spear-?\s?phishing|phishing)(?: [\w-]+){0,3}|\b"
    r"(?:[\w'’-]{1,30} ){0,3}(?:stolen|leaked|weak|default|reused|compromised|guessed|bought|"
    r"forged|harvested) (?:[\w-]{1,30} )?(?:passwords?|credentials|accounts?|keys?|tokens?|"
    r"certificates?|logins?)|\b(?:[\w'’-]{1,30} ){0,4}(?:software )?updates? (?:of|for|from|to) "
    r"(?:[\w'’.-]{1,30} ?){1,4}|supply[- ]chain(?: \w+){0,3}|"
    r"(?:trojani[sz]ed|poisoned|tainted|malicious|manipulated|booby-trapped|infected|rigged|"
    r"doctored|tampered) (?:[\w-]{1,30} ){0,3}"
    r"(?:updates?|attachments?|documents?|links?|e-?mails?|installers?|files?|software|"
    r"appointments?|invitations?|job offers?)|\b(?:[\w'’-]{1,30} ){0,3}"
    r"(?:usb (?:stick|drive|key|device)s?|thumb drives?|flash drives?|memory sticks?|removable "
    r"(?:drives?|media|storage)|infected (?:laptop|phone|device|drive))"
    r"(?: (?:brought|left|plugged|inserted|given|found) (?:[\w'’-]{1,30} ?){1,4})?|\b"
    r"(?:[\w'’-]{1,30} ){0,3}(?:letters?|e-?mails?|invitations?|attachments?|documents?) "
    r"(?:which,?|that,?|whose|with|containing|carrying|about|from a|sent from|purporting) "
    r"(?:[\w'’,-]{1,30} ){1,6}|\b(?:[\w'’-]{1,30} ){0,3}"
    r"(?:job offers?|offers? of (?:employment|a job|work))(?: (?:over|via|on|through) [A-Z]\w+)?|"
    r"\b[Ll]ure: [^.;\n]{3,80}|\btrojani[sz]ed (?:[\w-]{1,30} ){0,3}"
    r"(?:readers?|viewers?|apps?|applications?|tools?|packages?)|opening the "
    r"(?:message|mail|e-?mail|attachment|document|letter)\b|\b"
    r"(?:fake|forged|spoofed|fraudulent|cloned) (?:[\w-]{1,30} ){0,2}"
    r"(?:pages?|sites?|websites?|portals?|log-?in\w*|invoices?|updates?|apps?|domains?)|\b"
    r"(?:used|using|got hold of|obtained|guessed|bought|reused|knew|shared|handing over of) "
    r"(?:[\w'’-]{1,30} ){0,5}(?:passwords?|credentials|account|log-?ins?|keys?)\b"
    r"(?: of (?:[\w'’-]{1,30} ?){1,4})?|(?:delivered|shipped|supplied|pre-?installed) with "
    r"(?:[\w-]{1,30} ?){1,5}|hidden (?:functions?|features?|channels?|access)|\b"
    r"(?:used|exploited|through|via|by means of) (?:the|a|this|that) (?:[\w-]+ )?gap\b|"
    r"sql injection|cross-site scripting|credential stuffing|drive-by \w+|exposed "
    r"(?:[\w-]{1,30} ){0,2}(?:servers?|ports?|services?|interfaces?|panels?)|unpatched "
    r"(?:[\w.-]{1,30} ){0,3}|default (?:passwords?|credentials)|(?:without|no|lack of) "
    r"(?:two|multi)-factor[\w -]{0,20}|insiders?\b|disgruntled \w+|former employee"
    r"(?:['’]s [\w-]+)?|remote desktop|open rdp|maintenance "
    r"(?:access|account|laptop|contract\w*)|"
    r"(?:backup|maintenance|service|test|dormant|forgotten|shared|old|unused) accounts?|"
    r"third[- ]part(?:y|ies) (?:[\w-]{1,30} ){0,2}"
    r"(?:suppl|vend|provid|contract|softw|servic|compon|librar|plug|tool|platform|app|accoun|"
    r"system|host|code|product|partner)\w*|password[- ]spray\w*|brute[- ]forc\w*|"
    r"watering[- ]hole\w*|social engineering|fake job \w+|man-in-the-middle|(?:through|via) "
    r"(?:a |an |the |its |their )?(?:[\w-]{1,30} ){0,3}"
    r"(?:service provider|supplier|contractor|vendor|vpn|remote access|usb \w+|update)[\w ]{0,30}",
    re.IGNORECASE,
)
DATA = re.compile(
    r"\b(?:[Aa]mong (?:the )?(?:stolen|copied|leaked|exposed|taken|exfiltrated) \w+ "
    r"(?:were|was|are|is)|(?:stolen|leaked|exfiltrated|exposed|copied) (?:\w+ )?"
    r"(?:data|files|documents|material|database|archive|records|haul|trove) "
    r"(?:include[sd]?|contain\w*|comprise\w*|ranges? from|consist\w* of)|"
    r"(?:They|It|The (?:trove|cache|leak|dump|stash|files|records|data|documents|copies|database|"
    r"archive|haul)) (?:include[sd]?|contain\w*|comprise\w*|consist\w* of)) "
    r"(?P<listed>[^.;:\n]{3,120})|\b(?:[Ww]hat (?:was|were) "
    r"(?:taken|stolen|copied|lost|read|seen)[^.;,]{0,20}? (?:was|were|is|are)|[Ww]hat "
    r"(?:they|he|she|the \w+) (?:got|read|took|copied|stole|wanted|saw|carried off)[^.;,]{0,30}? "
    r"(?:was|were)) (?P<cleft>[^.;:\n]{3,80})|\b(?P<gone>(?:[\w'’.,-]{1,30} ){1,6})"
    r"(?:went missing|(?:has|have) (?:gone missing|vanished))\b|\b"
    r"(?P<left>(?:the |its |their |all |some |about |of |[\w'’.,-]{1,30} ){1,9})"
    r"(?:left|went out|(?:was|were|is|are) (?:on|for) sale|(?:is|are) gone|lay|flowed|leaked|"
    r"surfaced|appeared|turned up|ended up|lay open|going out|leaving|found (?:its|their) way)"
    r"(?= (?:each|every|the|for|to|out|over|towards|by|on|in|at|via|through|after|nightly|daily|"
    r"online)\b)",
    re.IGNORECASE,
)
DATA_WORDS = re.compile(
    r"\b(?:data|e-?mails?|messages?|mail|files?|documents?|records?|passwords?|credentials?|"
    r"secrets?|source code|information|archives?|gigabytes?|terabytes?|GB|TB|MB|correspondence|"
    r"research|designs?|blueprints?|plans|cables|databases?|hash(?:es)?|tokens?|keys?|letters?|"
    r"papers|lists?|passports?|identities|contacts?|ether|bitcoin|coins?|cryptocurrency|funds|"
    r"money|tools|manifests?|minutes|contracts?|invoices?|returns|photos?|photographs|"
    r"recordings?|drawings?|maps?|personnel|dossiers?|directories|address book|agenda|"
    r"transcripts?|briefings?|notes|reports?|spreadsheets?|tables|logs|images|statements|"
    r"accounts|details|numbers|communications?|conversations?|chats?|calls|drafts?|contents?|"
    r"names|addresses|diagrams?|schematics|prototypes|formulas?|correspondents|itinerar\w+|"
    r"calendars?|rosters?|blueprint|profiles|bids?|tenders?|samples|archive|metadata|"
    r"screenshots?|scans|results|entries|rolls|registers?|registry|treat(?:y|ies)|fingerprints|"
    r"biometrics?|photographs|x-rays|histor(?:y|ies)|locations?|ledgers?|payslips?|salaries|"
    r"certificates|licen[cs]es|permits|visas|log-?books?|charts|surveys|models|algorithms|code|"
    r"manuals|patents|recipes|proposals|opinions|memos?|memoranda|evidence|testimony|interviews|"
    r"sources|inventor(?:y|ies)|specifications|presentations|applications|dumps?|tables|property|"
    r"know-how|copies|copy)\b",
    re.IGNORECASE,
)
# Taken on the way: a means of the intrusion, and no loot.
MEANS = re.compile(
    r"\b(?:passwords?|credentials?|hash(?:es)?|tokens?|cookies|keys?|log-?ins?|session|tickets?|"
    r"certificates?)\b",
    re.IGNORECASE,
)
# What names no loot by itself: too general, or taken by nobody.
NO_LOOT = re.compile(
    r"(?:an?|the|some|any|every|which|this|that|these|those) "
    r"(?:document|documents|data|files?|message|letters?|e-?mail|accounts?|information|report|"
    r"list|image|attachment)|anything|something|nothing|(?:data|information|files|documents)|"
    r"(?:\w+ )?(?:e-?mail )?accounts|.{0,30}(?:passwords?|credentials)",
    re.IGNORECASE,
)
# Things by which one gets in; a preposition of means before them, or a word of entry beside, tells.
MEANS_OF_ENTRY = wordset(
    """credential credentials password passwords passphrase account accounts login logins key keys
    token tokens cookie cookies certificate certificates session sessions flaw flaws hole holes
    vulnerability vulnerabilities bug bugs zero-day zero-days weakness misconfiguration exploit
    letter letters e-mail e-mails email emails mail mails message messages attachment attachments
    link links document documents file files image invitation invitations invoice invoices update
    updates installer installers package packages app apps software plug-in plugin extension stick
    sticks drive usb laptop laptops phone device devices gateway gateways vpn portal appliance
    appliances firewall firewalls router routers server servers interface interfaces connection
    connections line tunnel service services supplier suppliers contractor contractors provider
    providers partner partners vendor vendors subcontractor employee employees insider insiders
    engineer helpdesk desk website websites page pages site advert domain call calls text texts
    wi-fi printer camera port ports api tool backdoor logs relationship notification voicemail
    webmail desktop chain job offer cv survey macro script modem"""
)
# Words of entry that leave no doubt: whatever they came through was the way in.
ENTERED_BY = re.compile(
    r"\b(?:(?:got|came|broke|get|come|slipped|walked|logged|crept|let themselves) in"
    r"(?:to (?:the |its |their |our )?[\w' -]{3,40}?)? (?:through|via|by way of|with|thanks to|"
    r"on)|(?:entered|penetrated) (?:[\w' -]{3,40}? )?(?:through|via|by way of|with)|gained "
    r"(?:\w+ )?(?:access|entry|a foothold)(?: (?:to|into|in) [\w' -]{3,40}?)? "
    r"(?:through|via|by|with)) (?!the help)",
    re.IGNORECASE,
)
THROUGH_THAT = re.compile(
    r"\bit was (?:through|via|by) (?P<what>[\w' -]{3,40}?) that (?:the )?(?:\w+ )?"
    r"(?:intruders|attackers|hackers|they|thieves|spies)\b",
    re.IGNORECASE,
)
CREDENTIALS = wordset(
    """credential credentials password passwords login logins key keys token tokens cookie cookies
    certificate certificates account accounts"""
)
BY_MEANS = (
    r"(?:with|through|via|by (?:way|means) of|using|by (?:using|exploiting|abusing|means)|exploit"
    r"(?:ed|ing|s)|abus(?:ed|ing|es)|thanks to|with the help of|took advantage of|"
    r"taking advantage of|leverag(?:ed|ing)|by(?: \w+ing)?) "
)
ENTRY = re.compile(
    r"\b(?:c[ao]me (?:in|across|over)|(?:got|get|getting|broke|break|breaking|let \w+|slip\w*|"
    r"logg?\w*|walk\w*|made (?:its|their) way|found (?:its|their) way|forc\w+ (?:its|their) way|"
    r"sneak\w*|burrow\w*|intrud\w+|hack\w+) (?:\w+ )?(?:in|into|inside)|gain\w+|obtain\w+|"
    r"enter\w+|entry|access(?:ed)?|foothold|penetrat\w+|infiltrat\w+|compromis\w+|breach\w+|"
    r"login|infect\w+|adversary|actors?|attackers|intruders|hackers|they|it) [^.;]{0,60}?\b"
    + BY_MEANS,
    re.IGNORECASE,
)
WAY_IN = (
    r"(?:way in|entry point|point of entry|(?:first |initial )?foothold|back ?door|open door|"
    r"initial (?:access|vector|intrusion|compromise|infection)(?: vector)?|entrance|weak "
    r"(?:point|spot)|gateway|first step|starting point|infection|all they needed|undoing)"
)
BEGAN_WITH = re.compile(
    r"\b(?:(?:intrusion|attack|chain|infection|breach|campaign|compromise|it all|operation|it) "
    r"(?:(?:had |has )?(?:began|begun|begins?|starts?|started|opened|opens)) (?:when|with)|"
    rf"{WAY_IN}(?: into [\w ]{{3,30}}?| for the \w+)? ?"
    rf"(?:was|were|is|:|came (?:from|through|via|by)|"
    r"was (?:gained|obtained|achieved) (?:by|through|via|with))) ",
    re.IGNORECASE,
)
LET_IN = re.compile(
    rf" (?:(?:was|were|is|proved|became|served as|turned out to be|had been|gave|opened)"
    rf"(?: to be)? (?:[\w'’]+ ){{0,3}}?{WAY_IN}|let (?:them|him|the \w+) in|let (?:\w+ )?"
    rf"(?:criminals|hackers|attackers|intruders|thieves|spies) (?:in|into)|opened the "
    rf"(?:door|way)|gave (?:them|"
    r"the \w+) (?:access|entry)|(?:was|were) used for (?:the )?(?:first |initial )?"
    r"(?:login|access|entry)|start(?:ed|s) the (?:infection|chain|attack))\b",
    re.IGNORECASE,
)
DECEIVED = re.compile(
    r"\b(?:trick(?:ed|ing)|brib(?:ed|ing)|dup(?:ed|ing)|fool(?:ed|ing)|lur(?:ed|ing)|persuad"
    r"(?:ed|ing)|conn(?:ed|ing)|talk(?:ed|ing)|pressur(?:ed|ing)|convinc(?:ed|ing)|coerc"
    r"(?:ed|ing)|impersonat(?:ed|ing)|pos(?:ed|ing) as|pretend(?:ed|ing) to (?:be|come)|purport"
    r"(?:ed|ing) to (?:be|come)|imitat(?:ed|ing|es)|redirect(?:ed|ing)) [^.;,]{3,70}",
    re.IGNORECASE,
)
# What an intrusion does to the work of those whom it hits, by kinds of effect.
RUINED = (
    r"overwr\w+|unbootable|wip(?:ed|es|ing)|eras(?:ed?|es|ing)|destroy(?:s|ed|ing)?|destruction|"
    r"delet(?:ed|es|ing) (?:the )?(?:data|files|backups?|shadow)|encrypt(?:ed|s|ing|ion)|scrambl"
    r"(?:ed?|es|ing)|corrupt(?:ed|s|ing)? (?:the |its |their )?(?:\w+ )?"
    r"(?:firmware|data|files|disks?|records|database|boot)|brick(?:ed|s|ing)|defac\w+|sabotag\w+|"
    r"damaged|(?:caused?|causing|did|done|inflicted) (?:\w+ )?damage(?! (?:of|worth))|"
    r"data destroyed|burn(?:ed|t) the|rendered (?:[\w,]+ ){0,4}(?:useless|inoperable|unusable)|"
    r"tripped(?! over)|opened (?:the )?(?:\w+ )?breakers|breakers [^.;]{0,30}opened|"
    r"open commands|had to be (?:rebuilt|built anew|reinstalled|replaced|wiped)"
)
STOPPED = (
    r"disrupt(?:ed|s|ing|ion)|paraly[sz](?:ed|es|ing)|cripp(?:led|les|ling)|shut(?:ting)? down|"
    r"outages?|(?:went|taken|knocked|were|was|still|remains?|remained|stayed|stays?|go|goes|gone|"
    r"forced) (?:offline|dark|down|dead|blank|off air|off the air)|(?:went|gone|fell) silent|"
    r"offline for|(?:was|were|is|are) (?:down|out of \w+|inaccessible|unavailable|unreachable|"
    r"unusable)|inaccessible|unavailable|unreachable|(?:sat|left|plunged|remained) in "
    r"(?:the |total )?dark\w*|lights (?:went|were) out|"
    r"(?:power|electricity|signal|communication|service|internet) "
    r"(?:cuts?|failures?|loss|was lost|was out|outage)|blackouts?|brought down|knocked out|"
    r"halted|stand-?still|(?:come|came|brought|ground|grinding|brings) to an? (?:\w+ )?"
    r"(?:stop|halt|standstill)|switched off|cut off|interrupt(?:ed|ing|ion)|stood still|"
    r"nothing moved|froze|frozen|stopp(?:ed|age)(?! short)|stopping|stopped working|"
    r"(?:service|system|network|signal|traffic|production|grid|coverage|supply)s? (?:\w+ )?"
    r"(?:collapsed|failed|broke down|crashed|ceased)|crash(?:ed|es|ing)|overload(?:ed|ing)?|flood"
    r"(?:ed|ing) (?:with|by)|fell (?:out|over)|locked (?:out|the|up|down)?|locks (?:out|the|up)|"
    r"black screens?|out of (?:service|action|order)|no longer (?:\w+ )?(?:work\w*|function\w*)|"
    r"did not work|never starts? again|limp(?:s|ed)?|crawl|ransomed|held to ransom|"
    r"(?:backups|files|data|phones|screens|screen|systems) (?:were|was) (?:gone|blank|dead)"
)
WITHOUT = (
    r"(?:(?:could|can) (?:not|no longer)|cannot) (?:be )?"
    r"(?!say|tell|confirm|comment|rule|know|exclude|help|imagine|accept|tolerate|expect|answer|"
    r"speak|give|attribute|verify|establish|explain|see|believe|let|allow|show|prove|name|"
    r"publish|release|disclose)[a-z]+|unable to "
    r"(?!say|tell|confirm|comment|rule|show|explain|name|attribute|verify|prove)[a-z]+|"
    r"(?:had|have|has|with) (?:had )?no access|without access|lost "
    r"(?:power|contact|heating|internet|connection|service|access|communication)|without "
    r"(?:power|internet|phones?|water|heating|services?|electricity|telephones?|e-?mail|mail|"
    r"light|signal)|stranded|undelivered|impossible to (?:work|pay|log|book|reach|use)"
)
PUT_OFF = (
    r"cancell?(?:ed|ing|ations?)|postpon(?:ed|ing|ement)|put (?:off|back)|rescheduled|"
    r"(?<!without )delay(?:ed|s|ing)?|divert(?:ed|s|ing)?|rerouted|redirected|turned away|"
    r"(?:sent|taken|moved) (?:to (?:other|another|neighbouring|nearby) "
    r"(?!hosts?|machines?|systems?|servers?|computers?|networks?|parts)\w+|elsewhere|home)|"
    r"evacuated|grounded|forc(?:ed|ing|es) [\w'’ -]{2,40} to "
    r"(?:cancel|postpone|close|halt|shut|switch|turn|suspend|evacuate|divert|work|write|return|"
    r"revert|stop)|reject(?:ed|ing)? (?:trucks|payments|orders|requests)|(?:had|have|has) to "
    r"(?:close|cancel|divert|postpone|turn away|write|work|stop)"
)
BY_HAND = (
    r"by hand|handwritten|called off|did not go through|neither (?-i:[a-z]+) [\w ]+ nor|"
    r"pen and paper|on paper|manual(?:ly)? (?:mode|operation|control|process\w*)|"
    r"(?:run|operated?|operating|done|processed|steered|worked?|working|switched?) manually|"
    r"(?:revert|return|resort|fell back|fall back|went back|going back|go back|switched)"
    r"(?:ed|ing|s)? (?:on |to )(?:using )?(?:\w+ )?"
    r"(?:paper|pens?|fax\w*|typewriters?|radios?|cash|manual|pencils?|couriers?|telephones?|"
    r"whiteboards?|analogue)|chaos|backlogs?|(?:queu|lin)ed (?:up )?"
    r"(?:for|at|outside|on|in|along)|(?:tak(?:e|es|ing)|took) [\w ]{2,20} as long|times "
    r"(?:slower|longer)"
)
HARMLESS = (
    r"(?:no|not|nor|never|nothing|none|neither|without)\b[^.;\n]{0,60}\b"
    r"(?:altered|changed?|deleted|destroy(?:ed)?|manipulated|affected|interrupted|damaged|harmed|"
    r"lost|disrupted|tampered|compromised (?:the )?safety|at risk|in danger|endangered|closed)|"
    r"kept (?:\w+ ){1,4}(?:open|running|going|working)|continued "
    r"(?:to (?:work|operate|run|treat|function|fly|sail)|operating|working|as normal)|no "
    r"(?:\w+ )?(?:impact|effect|influence) on|remained "
    r"(?:open|operational|in operation|available|unaffected)|(?:ran|running|worked|operat\w+) "
    r"(?:as )?normal(?:ly)?"
)
# What was changed without being ruined: marks, settings, balances, the front page.
ALTERED = (
    r"(?:chang(?:ed|ing)|alter(?:ed|ing)|replac(?:ed|ing)|rewr(?:ote|itten|iting)|falsif\w+|"
    r"doctor(?:ed|ing)|tamper(?:ed|ing) with|manipulat(?:ed|ing)) (?!passwords?\b)"
    r"(?:\w+ of |[\w’',]+ ){0,4}(?:settings|marks|grades|bank details|entries|figures|balances|"
    r"front page|home ?page|set ?points?|dosing|readings|values|limits|names of|results|messages)"
)
IMPACT = re.compile(
    rf"\b(?:{RUINED}|{ALTERED}|{STOPPED}|{WITHOUT}|{PUT_OFF}|{BY_HAND})\b|\b(?:{HARMLESS})\b",
    re.IGNORECASE,
)
NOMINAL = re.compile(
    r"(?:destruction|encryption|outages?|disruption|damage|stoppage|cancellations?|backlogs?)",
    re.IGNORECASE,
)
UNHARMED = re.compile(rf"\b(?:{HARMLESS})\b", re.IGNORECASE)
