"""How reports tell an intrusion: what was done, to what, when it began, what was lost.

Spec: the incident slots of the reading measure; the plain words of reports and advisories.
"""

import re

SPARED = re.compile(
    r"^\W*(?:(?:was|were|is|are|has been|have been|remained)\s+)?(?:not|never|un)\b", re.I
)
CLASSIFICATION = re.compile(
    r"\b(?:non-?|not |un|de)?classified\b[^.;\n\"”]{0,60}|\bcritical "
    r"(?:information |national |government |state )?"
    r"(?:infrastructure|systems?|networks?|entit(?:y|ies)|services)\b[^.;,\n]{0,40}|"
    r"\bsensitive but unclassified\b|\btop[- ]secret\b|\brestricted network\b|\bstate secrets?\b|"
    r"\bofficial-sensitive\b|\bair-gapped\b[^.;,\n]{0,40}|\bnon-public "
    r"(?:part|network|system)s?\b|\b(?:open|public|internal|administrative|isolated|separate|"
    r"secret|confidential|restricted) (?:\w+ )?"
    r"(?:network|system|communications? (?:network|system|platform))\b[^.;,\n]{0,40}|\b"
    r"(?:not |never |un)(?:approved|cleared|certified|used|meant|intended) for "
    r"(?:classified|secret|sensitive)[^.;,\n]{0,40}|\b"
    r"(?:carr(?:y|ies|ied)|held|holds|contain\w*|handl\w+|stor\w+) no "
    r"(?:classified|secret)[^.;,\n]{0,40}|\bessential services?\b[^.;,\n]{0,20}",
    re.IGNORECASE,
)
NOT_SYSTEM = re.compile(
    r" (?:protection|security|defence|defense|agency|operators?|provider|administrators?|"
    r"engineers?|compan\w+|maker|centre|center|office|authority|team|staff|integrity|"
    r"resilience)\b"
)
NAMED_SYSTEM = re.compile(
    r"\b(?:compromise|hack|breach|tampering|abuse) of (?:the )?"
    r"(?P<of>[A-Z][\w-]+(?: (?:product )?(?:of )?[A-Z][\w-]+){0,3})|\b"
    r"(?P<name>[A-Z][\w-]+(?: [A-Z][\w-]+){0,2})(?:'s|’s)? "
    r"(?:hack|compromise|breach|espionage campaign|break-ins?|software|products?|platform|update|"
    r"servers?|supply chain|mail software|email software|intrusion|modems?|network|bridge)\b"
)
MONEY = re.compile(
    r"(?:[$€£¥]|US\$|USD|EUR|GBP) ?\d[\d,.]*"
    r"(?: ?(?:million|billion|thousand|bn|m|k|trillion))?\b|\b"
    r"(?:\d[\d,.]*|(?:half )?an?|two|three|four|five|six|seven|eight|nine|ten|several|some)"
    r"(?: (?:million|billion|thousand|trillion|hundred thousand|dozen))* (?:U\.?S\.? )?"
    r"(?:[A-Z]\w+ )?(?:dollars?|euros?|pounds?|crowns?|koruny?|yen|won|francs?|rubles?|roubles?|"
    r"ether|bitcoins?|ETH|BTC|pesos?|rupees?|rupiah|ringgit|baht|dong|yuan|renminbi|rand|reais|"
    r"real|liras?|zloty(?:ch)?|forints?|lei|leva?|denars?|dinars?|dirhams?|riyals?|shekels?|kron"
    r"(?:a|or|er|e)|kr|bolivianos?|bolívares?|soles|naira|shillings?|birr|pula|kwacha|taka|tenge|"
    r"som|manat|lari|dram|hryvnias?|markka|cedis?)\b|\b"
    r"(?-i:PHP|PLN|CZK|HUF|RON|SEK|NOK|DKK|CHF|JPY|CNY|INR|BRL|MXN|ZAR|KRW|TRY|UAH|ILS|SGD|AUD|"
    r"NZD|CAD|THB|MYR|IDR|VND|NGN|KES|MKD|BOB|ALL|RSD|BGN|Rs\.?|R\$|Bs\.?|RM|Rp|₱|₹|₩|₽|₴|฿|"
    r"kr) ?\d[\d,.]*(?: ?(?:million|billion|bn|m))?\b",
    re.IGNORECASE,
)
LOSS_WORDS = re.compile(
    r"\b(?:loss(?:es)?|damages?|cost(?:s|ing)?|stolen|stole|steal|theft|worth|robbed|drained|"
    r"heist|ransom|paid|took|bill|price|lost|lose|losing|spent|reckon\w*|demand(?:s|ed)?|asking|"
    r"bid|bidding|auction|expens\w+|extort\w*|wants?|launder\w*|charge|booked|pocket\w*|"
    r"charged off|wrote off|written off|shortfall|impact of)\b",
    re.I,
)
NO_LOSS = re.compile(
    r"\b(?:reward|bounty|fined?|budget|grant|aid package|fund(?:s|ing) for|allocat\w+|spend)\b",
    re.I,
)
BEGAN = re.compile(
    r"\b(?:began|begun|started|start(?:s|ing)? in|since|as early as|dat(?:es?|ing|ed) (?:back )?"
    r"(?:to|from)?|(?:go|goes|going|went|reach\w*) back (?:to|as far as|at least)|first "
    r"(?:seen|detected|noticed|observed|entered|got|gained|appeared|compromis\w+|accessed|access|"
    r"victims?|break|broke)|oldest|earliest|initial(?:ly)?|from|in|between|until|that|last|"
    r"over the past|active)\b",
    re.IGNORECASE,
)
INTRUSION = re.compile(
    r"\b(?:intru\w+|break(?:ing)? into|break-?ins?|broke\w* in\w*|broken into|breach\w*|"
    r"(?:cyber-?)?attack\w*|campaign|(?:cyber-?)?hack\w*|compromis\w+|infiltrat\w+|entered|"
    r"access\w*|exploit\w*|abus\w+|malicious|implants?|backdoors?|targeted|operation|espionage|"
    r"spyware|ransom\b|victims?|unauthori[sz]ed|taken over|took over|opened from abroad|malware|"
    r"flaws?|holes?|vulnerabilit\w+|penetrat\w+|infect\w*|inserted|plugged|planted|letters?|"
    r"wiper|ransomware|outage|hijack\w*|(?:moved|pivoted|spread|crossed|jumped)"
    r"(?: [\w-]+){0,6} into|activity|conspirators|in (?:the|its|their|our) (?:\w+ )?"
    r"(?:network|systems|mail)|reading (?:our|its|the|their) (?:mail|e-?mails)|rendered|"
    r"burglar\w*|emptied|drained|download(?:ed|ing)|overheard|snoop\w*|sample|implanted|"
    r"eavesdrop\w*|tapp(?:ed|ing)|bugg(?:ed|ing)|listen(?:ed|ing) in|exfiltrat\w+|siphon\w*|"
    r"transferred|copied|connections?|beacon\w*|logg(?:ed|ing) in|log-?ins?|opened|mailboxes|"
    r"tracking|dwell\w*|stayed|present in|foothold|persistence|phishing|webshells?|web shells?|"
    r"locked|encrypted|penetrat\w+|booby-trapped|active|stole\w*|steal\w*|theft|incident|raid|"
    r"wip\w+|inside|spied|spying|spies|ransacked|rummag\w*|lurk\w*|remained in|sat inside|"
    r"deployed|data was sent|update|sent (?:out|abroad|to (?:an? )?"
    r"(?:foreign|remote|rented|unknown|outside|overseas)))\b",
    re.IGNORECASE,
)
STRUCK = re.compile(
    r"\b(?:struck|hit|hits|attacked|wiped|knocked|launched|took place|happened|occurred|"
    r"carried out|unleashed|stole|drained|crippled|paralysed|paralyzed|spread|broke out|entered|"
    r"deployed|attack on|went dark|went offline|intruders|was breached|was hacked|"
    r"were breached)\b",
    re.IGNORECASE,
)
PRIOR = re.compile(
    r"\b(?:earlier|previous(?:ly)?|similar|in the past|remember|recall(?:s|ed)?|before that|"
    r"not the first|already in|back in|years ago|once before|again|also accused|link with|as in|"
    r"reminiscent|since then|precedent|after the)\b",
    re.IGNORECASE,
)
