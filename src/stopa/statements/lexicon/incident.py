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
    r"remained in|sat in(?:side)?|bugging(?: of)?|emptied|siphon(?:ed|ing)|downloaded the data of|"
    r"went after|go after|going after|operation against|campaign against|spied on|spying on|"
    r"espionage against|used (?:\w+ ){0,4}against|"
    r"entered|invaded|inside|"
    r"(?:crippl|paralys|paralyz|disrupt|knock|cyberattack on|cyber[- ]attacks? (?:on|against)|"
    r"assault on)\w*)\s+(?=(?P<what>[^.;:\"“”\n]{3,160}))",
    re.IGNORECASE,
)
AMOUNT = re.compile(
    r"\b(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|several|hundreds "
    r"of) ?"
    r"(?:GB|TB|MB|gigabytes?|terabytes?|megabytes?)\b"
    r"(?: of (?:[\w'’-]{1,30} ?){1,8}|: [^.;\n]{3,100})?",
    re.IGNORECASE,
)
AIMED = re.compile(
    r"\b(?:(?:aimed|directed|levelled|targeted) (?:at|against)|victims?(?: of [^,.;]{3,40})? "
    r"(?:include[ds]?|(?:is|are|was|were)(?= (?:the |an? |[A-Z])))|victims?:) "
    r"(?P<what>[^.;:\"“”\n]{3,100})",
    re.IGNORECASE,
)
BODY = re.compile(
    r"\b(?:ministr|agenc|parliament|compan|firm|bank|hospital|universit|operator|port|party|embass|"
    r"council|court|municipalit|airport|airline|utility|railway|newspaper|lawmakers|deput|"
    r"officials|"
    r"institution|organisation|organization|government|service|commission|secretariat)\w*",
    re.I,
)
ENTERED = re.compile(
    r"\b(?:through|via|by way of|using|used|exploit\w*|abus\w+|thanks to|with the help of|came "
    r"in|got in|"
    r"entered|gained|opened|infected|ran|clicked|entry|way in|initial access|began with)\b",
    re.I,
)
SPARED = re.compile(
    r"^\W*(?:(?:was|were|is|are|has been|have been|remained)\s+)?(?:not|never|un)\b", re.I
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
    r"infected|affected|paralysed|crippled|taken offline|knocked offline|knocked out|bugged|"
    r"tapped|wiretapped|spied on|disrupted|encrypted|wiped|defaced|shut down|among (?:those|the)|"
    r"a victim|the victim|the target|a target)\b",
    re.IGNORECASE,
)
FELL = re.compile(
    r"(?P<what>\b(?:[\w'’&.,-]{1,30} ){1,9})(?:fell|has fallen|had fallen) (?:victim|prey) to\b"
)
TAKEN_DOWN = re.compile(
    r"\b(?:took|take|taken|knock(?:ed)?|brought|bring|forced|put) (?P<what>[^.;:,\n]{3,80}?) "
    r"(?:offline|down|out of (?:service|action))\b"
)
HIDDEN = re.compile(
    r"\b(?:hidden|planted|installed|inserted|placed|smuggled|built) (?:in|into|on|inside) "
    r"(?P<what>[^.;:\"“”\n]{3,100})"
)
CLASSIFICATION = re.compile(
    r"\b(?:non-?|not |un|de)?classified\b[^.;\n\"”]{0,60}|\bcritical (?:information |national |"
    r"government )?(?:infrastructure|systems?)\b[^.;,\n]{0,40}|"
    r"\bsensitive but unclassified\b|\btop[- ]secret\b|\brestricted network\b",
    re.IGNORECASE,
)
# A sentence without any of these tells no way in, and is spared the long pattern.
VECTOR_HINT = re.compile(
    r"flaw|vulnerab|zero-day|hole|bug|door|phish|passw|credential|account|key|token|certif|log-?in|"
    r"updat|supply|attach|document|link|mail|letter|invit|install|file|software|appoint|job|spray|"
    r"brute|social eng|in-the-middle|suppl|contract|vendor|provider|vpn|remote|usb|cve|drive|stick|"
    r"media|page|site|portal|invoice|app|domain|inject|stuffing|exposed|unpatch|default|factor|"
    r"offer|lure|trojan|insider|"
    r"employee|rdp|access|third|hidden|shipped|delivered|storage|opening",
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
UNITS = (
    r"servers?|organi[sz]ations?|companies|firms|businesses|systems?|ministries|ministry|"
    r"agencies|departments?|accounts?|customers?|computers|machines|devices|networks|"
    r"victims?|entities|institutions?|municipalities|hospitals?|users?|people|persons|citizens|"
    r"employees|workstations?|mailboxes|websites?|websites|sites|banks|states|countries|offices|"
    r"authorities|universities|targets?|routers?|modems?|nodes?|validators?|clients?|"
    r"endpoints?|installations?|households|residents|passengers|cases|taxpayers?|patients?|"
    r"students?|"
    r"engineers?|researchers|scientists|journalists|buildings?|microphones?|substations?|"
    r"deputies|lawmakers|clinics|schools|firewalls?|appliances?|"
    r"laptops?|phones?|terminals?|cameras?|inboxes|letter-boxes|e-?mails?|messages?|files?|"
    r"documents?|"
    r"records?|pages|gigabytes?|terabytes?|GB|TB|domains?|IP addresses|mail servers?|ships|"
    r"flights|trains|hosts|tenants|subscribers|voters|intrusions|attempts|"
    r"members of (?:staff|parliament|congress)|(?:staff |crew |board )?members"
)
STATES = re.compile(r"\b(?:states|countries|capitals|nations|sites|people|cases|offices)\b", re.I)
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
    r"(?:st(?:ole|olen|eals?|ealing)|theft of|exfiltrat(?:ed?s?|ing|ion of)|cop(?:y|ies|ied|ying)|"
    r"took|takes|taking|leak(?:ed|ing|s)?|leak of|siphon(?:ed|ing|s)?(?: off)?|harvest(?:ed|ing|"
    r"s)?|"
    r"download(?:ed|ing|s)?|published|loss of|lost|read|collect(?:ed|ing|s)?|made off with|got "
    r"hold of|"
    r"carried off|obtained|archived|packed|dumped|accessed|viewed|saw|grabbed|extracted|pulled|"
    r"photographed|intercepted|forward(?:ed|ing)|put up|(?:auction|sale) of|selling|sold|"
    r"offer(?:s|ed|ing)|access(?:ed)? to|consult(?:ed|ing))"
    r" (?P<what>[^.;:\n]{3,120})"
    r"|\b(?P<passive>(?:[\w'’,.-]{1,30} ){1,8})(?:was|were|had been|has been|have been) (?:stolen|"
    r"exfiltrated|copied|leaked|siphoned off|taken|sent|transferred|transmitted|uploaded|lost|"
    r"published|read|downloaded|accessed|viewed|"
    r"archived|intercepted|forwarded|dumped|put up|offered)",
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
    r"conversations?|chats?|calls)\b",
    re.IGNORECASE,
)
MONEY = re.compile(
    r"(?:[$€£¥]|US\$|USD|EUR|GBP) ?\d[\d,.]*(?: ?(?:million|billion|thousand|bn|m|k|trillion))?\b"
    r"|\b(?:\d[\d,.]*|(?:half )?an?|two|three|four|five|six|seven|eight|nine|ten|several|some)"
    r"(?: (?:million|billion|thousand|trillion|hundred thousand|dozen))* (?:U\.?S\.? )?"
    r"(?:[A-Z]\w+ )?(?:dollars?|euros?|pounds?|crowns?|koruny?|yen|won|francs?|rubles?|roubles?|"
    r"ether|"
    r"bitcoins?|ETH|BTC|pesos?|rupees?|rupiah|ringgit|baht|dong|yuan|renminbi|rand|reais|real|"
    r"liras?|"
    r"zloty(?:ch)?|forints?|lei|leva?|denars?|dinars?|dirhams?|riyals?|shekels?|kron(?:a|or|er|e)|"
    r"kr|bolivianos?|bolívares?|soles|naira|shillings?|birr|pula|kwacha|taka|tenge|som|manat|"
    r"lari|dram|"
    r"hryvnias?|markka|cedis?)\b"
    r"|\b(?:PHP|PLN|CZK|HUF|RON|SEK|NOK|DKK|CHF|JPY|CNY|INR|BRL|MXN|ZAR|KRW|TRY|UAH|ILS|"
    r"SGD|AUD|NZD|CAD|THB|MYR|IDR|VND|NGN|KES|MKD|BOB|ALL|RSD|BGN|Rs\.?|R\$|Bs\.?|RM|Rp|₱|₹|₩|₽|"
    r"₴|฿|kr) ?\d[\d,.]*(?: ?(?:million|billion|bn|"
    r"m))?\b",
    re.IGNORECASE,
)
LOSS_WORDS = re.compile(
    r"\b(?:loss(?:es)?|damages?|cost(?:s|ing)?|stolen|stole|steal|theft|worth|robbed|drained|"
    r"heist|ransom|paid|took|bill|price|lost|lose|losing|reckon\w*|demand(?:s|ed)?|asking|"
    r"bid|bidding|auction|expens\w+)\b",
    re.I,
)
NO_LOSS = re.compile(
    r"\b(?:reward|bounty|fined?|budget|grant|aid package|fund(?:s|ing) for|allocat\w+|spend)\b",
    re.I,
)
IMPACT = re.compile(
    r"\b(?:wip(?:ed|ing)|eras(?:ed|ing)|destroy(?:ed|ing)|destruction|delet(?:ed|ing) (?:data|"
    r"files)|encrypt(?:ed|ing)|disrupt(?:ed|ing|ion)|paraly[sz](?:ed|ing)|cripp(?:led|ling)|"
    r"shut(?:ting)? down|outages?|offline|"
    r"blackouts?|unavailable|brought down|knocked out|halted|stand-?still|sabotag\w+|defac\w+|"
    r"switched off|cut off|interrupt(?:ed|ing|ion)|postponed|(?:was|were|went|is|are) down|"
    r"(?:not|never|n't) affect\w*|"
    r"stopp(?:ed|age|ing)|stood still|nothing moved|"
    r"locked (?:out|the|up|down)?|froze|frozen|unable to|could not (?:be )?\w+|cancell?ed|"
    r"cancellations?|"
    r"delay(?:ed|s)?|divert(?:ed)?|went (?:dark|down|silent|offline)|out of (?:service|action|"
    r"order)|"
    r"crash(?:ed|es)?|by hand|pen and paper|on paper|unreachable|inaccessible|reject(?:ed|ing)? "
    r"(?:trucks|payments|orders|requests)|queues?|without (?:power|internet|phones?|water|heating|"
    r"services?)|no longer (?:\w+ )?work\w*|did not work|stopped working|overload(?:ed|ing)?|"
    r"flood(?:ed|ing)|"
    r"fell (?:out|over)|failed|ground to a halt|brought to a (?:halt|standstill)|black screens?|"
    r"had to be (?:rebuilt|built anew|reinstalled|replaced)|"
    r"no (?:data|damage)[^.;\n]{0,40}(?:destroyed|"
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
    r"penetrat\w+|infect\w*|inserted|plugged|planted|letters?|wiper|ransomware|outage|hijack\w*|"
    r"sample|implanted|eavesdrop\w*|tapp(?:ed|ing)|bugg(?:ed|ing)|listen(?:ed|ing) in|"
    r"exfiltrat\w+|siphon\w*|transferred|copied|connections?|beacon\w*|logg(?:ed|ing) in|log-?ins?|"
    r"opened|mailboxes|tracking|dwell\w*|stayed|present in|foothold|persistence|phishing|"
    r"webshells?|web shells?|locked|encrypted|penetrat\w+|booby-trapped|active|stole\w*|steal\w*|"
    r"theft|incident|raid|wip\w+|inside|spied|spying|"
    r"remained in|sat inside|deployed|data was sent|update)\b",
    re.IGNORECASE,
)
STRUCK = re.compile(
    r"\b(?:struck|hit|hits|attacked|wiped|knocked|launched|took place|happened|occurred|"
    r"carried out|unleashed|stole|drained|crippled|paralysed|paralyzed|spread|broke out|entered|"
    r"deployed|attack on|went dark|went offline|intruders|was breached|was hacked|were breached)\b",
    re.IGNORECASE,
)
PRIOR = re.compile(
    r"\b(?:earlier|previous(?:ly)?|similar|in the past|remember|recall(?:s|ed)?|before that|"
    r"not the first|already in|back in|years ago|once before|again|also accused|link with|"
    r"as in|reminiscent|since then|precedent|after the)\b",
    re.IGNORECASE,
)
