"""How reports tell a way in, what was taken, and what stopped working.

Spec: the slots vector, data and impact of the reading measure; the plain words of reports.
"""

import re

from stopa.statements.lexicon.wordlist import wordset

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
    r"flaw|vulnerab|zero-day|hole|bug|door|phish|passw|credential|account|key|token|certif|"
    r"log-?in|"
    r"updat|supply|attach|document|link|mail|letter|invit|install|file|software|appoint|job|"
    r"spray|"
    r"brute|social eng|in-the-middle|suppl|contract|vendor|provider|vpn|remote|usb|cve|drive|"
    r"stick|"
    r"media|page|site|portal|invoice|app|domain|inject|stuffing|exposed|unpatch|default|factor|"
    r"offer|lure|trojan|insider|"
    r"invit|conference|seminar|page|sign-in|wi-?fi|router|cloud|config|gateway|plug-?in|call|"
    r"employee|rdp|access|third|hidden|shipped|delivered|storage|opening",
    re.IGNORECASE,
)
VECTOR = re.compile(
    r"\bCVE-\d{4}-\d{4,7}\b"
    r"|\b(?:sent|received|got|forwarded|answered|filled in) [^.;]{0,40}?\b(?:survey|"
    r"questionnaire|"
    r"invoice|cv|r[ée]sum[ée]|"
    r"brochure|contract|parcel notice|calendar entry|application form|petition)\b(?: about [\w "
    r"]{3,40})?"
    r"|\bupdate (?:servers?|mechanism|channel|sites?)(?: of (?:[\w'’.-]{1,30} ?){1,5})?"
    r"|\b(?:malicious|hidden|embedded|booby-trapped|rigged|infected|doctored|crafted) "
    r"(?:[\w-]{1,30} ){0,2}"
    r"(?:macros?|scripts?|archives?|zip|pdfs?|spreadsheets?|presentations?|shortcuts?|images?|"
    r"ads?|plug-?ins?|"
    r"extensions?|packages?|qr codes?|word documents?)(?: in (?:an? |the "
    r")?(?:[\w'’.-]{1,30} ?){1,3})?"
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
    r"|\b(?:[\w'’-]{1,30} ){0,3}(?:mail|e-?mail|vpn|web|cloud|edge|network|access|remote|"
    r"transfer|"
    r"print) "
    r"(?:gateways?|appliances?|concentrators?|servers?|portals?|routers?|firewalls?)\b(?= "
    r"(?:that|"
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
    r"|\b(?:[\w'’-]{1,30} ){0,4}(?:software )?updates? (?:of|for|from|to) (?:[\w'’.-]{1,30} "
    r"?){1,4}"
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
    r"(?:[\w'’-]{1,30} ){0,5}(?:passwords?|credentials|account|log-?ins?|keys?)\b"
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
    r"|third[- ]part(?:y|ies) (?:[\w-]{1,30} ){0,2}(?:suppl|vend|provid|contract|softw|servic|"
    r"compon|librar|plug|tool|platform|app|accoun|system|host|code|product|partner)\w*"
    r"|password[- ]spray\w*|brute[- ]forc\w*|watering[- ]hole\w*|social engineering|"
    r"fake job \w+|man-in-the-middle|"
    r"(?:through|via) (?:a |an |the |its |their )?(?:[\w-]{1,30} ){0,3}(?:service provider|"
    r"supplier|"
    r"contractor|vendor|vpn|remote access|usb \w+|update)[\w ]{0,30}",
    re.IGNORECASE,
)
DATA = re.compile(
    r"\b(?:[Aa]mong (?:the )?(?:stolen|copied|leaked|exposed|taken|exfiltrated) \w+ (?:were|was|"
    r"are|is)|"
    r"(?:stolen|leaked|exfiltrated|exposed|copied) (?:\w+ )?(?:data|files|documents|material|"
    r"database|archive|records|haul|trove) "
    r"(?:include[sd]?|contain\w*|comprise\w*|ranges? from|consist\w* of)|"
    r"(?:They|It|The (?:trove|cache|leak|dump|stash|files|records|data|documents|copies|"
    r"database|archive|"
    r"haul)) (?:include[sd]?|"
    r"contain\w*|comprise\w*|consist\w* of)) "
    r"(?P<listed>[^.;:\n]{3,120})"
    r"|\b(?:[Ww]hat (?:was|were) (?:taken|stolen|copied|lost|read|seen)[^.;,]{0,20}? (?:was|"
    r"were|is|are)|"
    r"[Ww]hat (?:they|he|she|the \w+) (?:got|read|took|copied|stole|wanted|saw|carried "
    r"off)[^.;,]{0,30}? "
    r"(?:was|were)) (?P<cleft>[^.;:\n]{3,80})"
    r"|\b(?P<gone>(?:[\w'’.,-]{1,30} ){1,6})(?:went missing|(?:has|have) (?:gone missing|"
    r"vanished))\b"
    r"|\b(?P<left>(?:the |its |their |all |some |about |of |[\w'’.,-]{1,30} ){1,9})(?:left|"
    r"went out|(?:was|were|is|are) (?:on|for) sale|(?:is|are) gone|lay|"
    r"flowed|leaked|surfaced|appeared|turned up|ended up|lay open|"
    r"going out|leaving|found (?:its|their) way)(?= (?:each|every|the|for|to|out|over|towards|"
    r"by|on|"
    r"in|at|via|through|after|"
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
    r"conversations?|chats?|calls|drafts?|contents?|names|addresses|diagrams?|schematics|"
    r"prototypes|formulas?|"
    r"correspondents|itinerar\w+|calendars?|rosters?|blueprint|profiles|bids?|tenders?|samples|"
    r"archive|metadata|screenshots?|scans|results|entries|rolls|registers?|registry|treat(?:y|"
    r"ies)|"
    r"fingerprints|biometrics?|photographs|x-rays|histor(?:y|ies)|locations?|ledgers?|payslips?|"
    r"salaries|certificates|licen[cs]es|permits|visas|log-?books?|charts|surveys|models|"
    r"algorithms|"
    r"code|manuals|patents|recipes|proposals|opinions|memos?|memoranda|evidence|testimony|"
    r"interviews|sources|inventor(?:y|ies)|specifications|presentations|applications|dumps?|"
    r"tables|property|know-how|copies|copy)\b",
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
    r"(?:an?|the|some|any|every|which|this|that|these|those) (?:document|documents|data|files?|"
    r"message|"
    r"letters?|e-?mail|accounts?|information|report|list|image|attachment)|anything|something|"
    r"nothing|"
    r"(?:data|information|files|documents)|(?:\w+ )?(?:e-?mail )?accounts|.{0,30}(?:passwords?|"
    r"credentials)",
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
    r"(?:to (?:the |its |their |our )?[\w' -]{3,40}?)? (?:through|via|by way of|with|thanks to)|"
    r"(?:entered|penetrated) (?:[\w' -]{3,40}? )?(?:through|via|by way of|with)|"
    r"gained (?:\w+ )?(?:access|entry|a foothold)(?: (?:to|into|in) [\w' -]{3,40}?)? (?:through|"
    r"via|by|with))"
    r" (?!the help)",
    re.IGNORECASE,
)
THROUGH_THAT = re.compile(
    r"\bit was (?:through|via|by) (?P<what>[\w' -]{3,40}?) that (?:the )?(?:\w+ )?(?:intruders|"
    r"attackers|"
    r"hackers|they|thieves|spies)\b",
    re.IGNORECASE,
)
CREDENTIALS = wordset(
    """credential credentials password passwords login logins key keys token tokens cookie cookies
    certificate certificates account accounts"""
)
BY_MEANS = (
    r"(?:with|through|via|by (?:way|means) of|using|by (?:using|exploiting|abusing|means)|"
    r"exploit(?:ed|ing|s)|abus(?:ed|ing|es)|thanks to|with the help of|took advantage of|taking "
    r"advantage of|leverag(?:ed|ing)|by(?: \w+ing)?) "
)
ENTRY = re.compile(
    r"\b(?:c[ao]me (?:in|across|over)|(?:got|get|getting|broke|break|breaking|let \w+|slip\w*|"
    r"logg?\w*|walk\w*|made (?:its|their) way|found (?:its|their) way|forc\w+ (?:its|their) way|"
    r"sneak\w*|burrow\w*|intrud\w+|hack\w+) (?:\w+ )?(?:in|into|inside)|gain\w+|obtain\w+|"
    r"enter\w+|"
    r"entry|access(?:ed)?|foothold|penetrat\w+|infiltrat\w+|compromis\w+|breach\w+|login|"
    r"infect\w+|"
    r"adversary|actors?|attackers|intruders|hackers|they|it) [^.;]{0,60}?\b" + BY_MEANS,
    re.IGNORECASE,
)
WAY_IN = (
    r"(?:way in|entry point|point of entry|(?:first |initial )?foothold|back ?door|open door|"
    r"initial (?:access|vector|intrusion|compromise|infection)(?: vector)?|entrance|weak "
    r"(?:point|"
    r"spot)|gateway|first step|starting point|infection|all they needed|undoing)"
)
BEGAN_WITH = re.compile(
    r"\b(?:(?:intrusion|attack|chain|infection|breach|campaign|compromise|it all|operation|it) "
    r"(?:(?:had |has )?(?:began|begun|begins?|starts?|started|opened|opens)) (?:when|with)|"
    rf"{WAY_IN}(?: into [\w ]{{3,30}}?| for the \w+)? ?(?:was|were|is|:|came (?:from|through|"
    rf"via|by)|"
    r"was (?:gained|obtained|achieved) (?:by|through|via|with))) ",
    re.IGNORECASE,
)
LET_IN = re.compile(
    rf" (?:(?:was|were|is|proved|became|served as|turned out to be|had been|gave|"
    rf"opened)(?: to be)? "
    rf"(?:[\w'’]+ ){{0,3}}?{WAY_IN}|let (?:them|him|the \w+) in|opened the (?:door|way)|"
    rf"gave (?:them|"
    r"the \w+) (?:access|entry)|(?:was|were) used for (?:the )?(?:first |initial )?(?:login|"
    r"access|entry)|"
    r"start(?:ed|s) the (?:infection|chain|attack))\b",
    re.IGNORECASE,
)
DECEIVED = re.compile(
    r"\b(?:trick(?:ed|ing)|brib(?:ed|ing)|dup(?:ed|ing)|fool(?:ed|ing)|lur(?:ed|ing)|"
    r"persuad(?:ed|ing)|conn(?:ed|ing)|talk(?:ed|ing)|pressur(?:ed|ing)|convinc(?:ed|ing)|"
    r"coerc(?:ed|ing)|impersonat(?:ed|ing)|pos(?:ed|ing) as|pretend(?:ed|ing) to (?:be|come)|"
    r"purport(?:ed|ing) to (?:be|come)|imitat(?:ed|ing|es)|redirect(?:ed|ing)) [^.;,]{3,70}",
    re.IGNORECASE,
)
# What an intrusion does to the work of those whom it hits, by kinds of effect.
RUINED = (
    r"overwr\w+|unbootable|wip(?:ed|es|ing)|eras(?:ed?|es|ing)|destroy(?:s|ed|ing)?|destruction|"
    r"delet(?:ed|es|ing) (?:the )?(?:data|files|backups?|shadow)|encrypt(?:ed|s|ing|ion)|"
    r"scrambl(?:ed?|es|ing)|corrupt(?:ed|s|ing)? (?:the |its |their )?(?:\w+ )?(?:firmware|data|"
    r"files|disks?|records|database|boot)|brick(?:ed|s|ing)|defac\w+|sabotag\w+|damaged|"
    r"(?:caused?|causing|did|done|inflicted) (?:\w+ )?damage(?! (?:of|worth))|data destroyed|"
    r"burn(?:ed|t) the|rendered (?:[\w,]+ ){0,4}(?:useless|inoperable|unusable)|"
    r"tripped(?! over)|opened (?:the )?(?:\w+ )?breakers|breakers [^.;]{0,30}opened|open "
    r"commands|"
    r"had to be (?:rebuilt|built anew|reinstalled|replaced|wiped)"
)
STOPPED = (
    r"disrupt(?:ed|s|ing|ion)|paraly[sz](?:ed|es|ing)|cripp(?:led|les|ling)|shut(?:ting)? down|"
    r"outages?|(?:went|taken|knocked|were|was|still|remained|stayed|go|goes|gone|forced) "
    r"(?:offline|dark|down|dead|blank|off air|off the air)|(?:went|gone|fell) silent|offline for|"
    r"(?:was|were|is|are) (?:down|out of \w+|inaccessible|unavailable|unreachable|unusable)|"
    r"inaccessible|unavailable|unreachable|(?:sat|left|plunged|remained) in (?:the |total "
    r")?dark\w*|lights (?:went|were) out|"
    r"(?:power|electricity|signal|communication|service|internet) (?:cuts?|failures?|loss|was "
    r"lost|was out|outage)|blackouts?|brought down|knocked out|halted|stand-?still|"
    r"(?:come|came|brought|ground|grinding|brings) to an? (?:\w+ )?(?:stop|halt|standstill)|"
    r"switched off|cut off|interrupt(?:ed|ing|ion)|stood still|nothing moved|froze|frozen|"
    r"stopp(?:ed|age)(?! short)|stopping|stopped working|(?:service|system|network|signal|"
    r"traffic|"
    r"production|grid|coverage|supply)s? (?:\w+ )?(?:collapsed|failed|broke down|crashed|ceased)|"
    r"crash(?:ed|es|ing)|overload(?:ed|ing)?|flood(?:ed|ing) (?:with|by)|fell (?:out|over)|"
    r"locked (?:out|the|up|down)?|locks (?:out|the|up)|black screens?|out of (?:service|action|"
    r"order)|no longer (?:\w+ )?(?:work\w*|function\w*)|did not work|never starts? again|"
    r"limp(?:s|ed)?|"
    r"crawl|ransomed|held to ransom|(?:backups|files|data|phones|screens|screen|"
    r"systems) (?:were|was) "
    r"(?:gone|blank|dead)"
)
WITHOUT = (
    r"(?:could|can) (?:not|no longer) (?:be )?(?!say|tell|confirm|comment|rule|know|exclude|help|"
    r"imagine|accept|tolerate|expect|answer|speak|give|attribute|verify|establish|explain|see|"
    r"believe|let|allow)[a-z]+|unable to (?!say|tell|confirm|comment|rule|show|explain|name|"
    r"attribute|verify|prove)[a-z]+|(?:had|have|has|with) (?:had )?no access|without access|"
    r"lost (?:power|contact|heating|internet|connection|service|access|communication)|"
    r"without (?:power|internet|phones?|water|heating|services?|electricity|telephones?|e-?mail|"
    r"mail|light|signal)|stranded|undelivered|impossible to (?:work|pay|log|book|reach|use)"
)
PUT_OFF = (
    r"cancell?(?:ed|ing|ations?)|postpon(?:ed|ing|ement)|put (?:off|back)|rescheduled|"
    r"(?<!without )delay(?:ed|s|ing)?|divert(?:ed|s|ing)?|rerouted|redirected|turned away|"
    r"(?:sent|taken|moved) (?:to (?:other|another|neighbouring|nearby) "
    r"(?!hosts?|machines?|systems?|servers?|computers?|networks?|parts)\w+|elsewhere|home)|"
    r"evacuated|grounded|"
    r"forc(?:ed|ing|es) [\w'’ -]{2,40} to (?:cancel|postpone|close|halt|shut|switch|turn|suspend|"
    r"evacuate|divert|work|write|return|revert|stop)|reject(?:ed|ing)? (?:trucks|payments|orders|"
    r"requests)|(?:had|have|has) to (?:close|cancel|divert|postpone|turn away|write|work|stop)"
)
BY_HAND = (
    r"by hand|handwritten|called off|did not go through|neither (?-i:[a-z]+) [\w ]+ nor|pen and "
    r"paper|"
    r"on paper|manual(?:ly)? (?:mode|operation|control|process\w*)|"
    r"(?:run|operated?|operating|done|processed|steered|worked?|working|switched?) manually|"
    r"(?:revert|return|resort|fell back|fall back|went back|going back|go back|switched)(?:ed|"
    r"ing|s)? "
    r"(?:on |to )(?:using )?(?:\w+ )?(?:paper|pens?|fax\w*|typewriters?|radios?|cash|manual|"
    r"pencils?|"
    r"couriers?|telephones?|whiteboards?|analogue)|chaos|backlogs?|(?:queu|"
    r"lin)ed (?:up )?(?:for|at|"
    r"outside|on|in|along)|(?:tak(?:e|es|ing)|took) [\w ]{2,20} as long|times (?:slower|longer)"
)
HARMLESS = (
    r"(?:no|not|nor|never|nothing|none|neither|without)\b[^.;\n]{0,60}\b(?:altered|changed?|"
    r"deleted|destroy(?:ed)?|manipulated|affected|interrupted|damaged|harmed|lost|disrupted|"
    r"tampered|compromised (?:the )?safety|at risk|in danger|endangered|closed)|"
    r"kept (?:\w+ ){1,4}(?:open|running|going|working)|continued (?:to (?:work|operate|run|treat|"
    r"function|fly|sail)|operating|working|as normal)|no (?:\w+ )?(?:impact|effect|influence) on|"
    r"remained (?:open|operational|in operation|available|unaffected)|(?:ran|running|worked|"
    r"operat"
    r"\w+) (?:as )?normal(?:ly)?"
)
IMPACT = re.compile(
    rf"\b(?:{RUINED}|{STOPPED}|{WITHOUT}|{PUT_OFF}|{BY_HAND})\b|\b(?:{HARMLESS})\b",
    re.IGNORECASE,
)
NOMINAL = re.compile(
    r"(?:destruction|encryption|outages?|disruption|damage|stoppage|cancellations?|backlogs?)",
    re.IGNORECASE,
)
UNHARMED = re.compile(rf"\b(?:{HARMLESS})\b", re.IGNORECASE)
