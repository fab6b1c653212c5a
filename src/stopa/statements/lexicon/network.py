"""Names of the net: top-level domains, endings of files, and hosts that are no indicators.

Spec: IANA root zone (country codes, and the generic domains seen in reports); RFC 2606.
"""

from stopa.statements.lexicon.wordlist import wordset

CC = """ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo
br bs bt
bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg
er es
et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht
hu id
ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt
lu lv
ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np
nr nu
nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk
sl sm
sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz
va vc
ve vg vi vn vu wf ws ye yt za zm zw"""
GENERIC = """com net org info biz edu gov mil int arpa name pro aero coop museum jobs mobi
travel tel
cat asia post xxx app dev page cloud online site website space store shop tech xyz top club vip win
bid loan download stream racing party trade webcam date review work men icu cyou monster buzz click
link live news blog email support services systems network digital agency center company solutions
world today life media host press fun rest bar pub cam cfd sbs quest bond lol zip mov rip wtf ninja
rocks guru zone team group global finance money bank security software technology wiki design art
studio photo pics gallery video games game bet casino poker cash credit tax legal law health care
clinic energy engineering construction city town country example onion test invalid local"""
TLDS = frozenset(f"{CC} {GENERIC}".split())

FILE_ENDINGS = (
    "exe|dll|sys|scr|cpl|ocx|drv|bat|cmd|ps1|psm1|vbs|vbe|jse|wsf|hta|lnk|msi|msp|jar|class|"
    "apk|ipa|dex"
    "|docx?|docm|xlsx?|xlsm|xlam|pptx?|pptm|ppam|rtf|pdf|one|chm|eml|msg|ics|iso|img|vhdx?|dmg|pkg"
    "|zip|rar|7z|cab|tgz|gz|tar|ace|aspx?|ashx|asmx|jspx?|php\\d?|cgi|py|pyc|rb|sh|elf|so|bin|"
    "dat|tmp|log|bak"
    "|ini|cfg|conf|plist|service|desktop|db|dmp|pif|inf|reg|job|manifest|js|html?|svg|png|"
    "jpe?g|gif|ico|txt"
)
BENIGN_DOMAINS = wordset(
    """microsoft.com learn.microsoft.com windows.com windowsupdate.com google.com googleapis.com
    github.com githubusercontent.com gitlab.com twitter.com x.com facebook.com linkedin.com
    youtube.com instagram.com t.me telegram.org wikipedia.org mitre.org attack.mitre.org
    nist.gov nvd.nist.gov cisa.gov us-cert.gov cert.europa.eu europa.eu enisa.europa.eu gov.uk
    ncsc.gov.uk fbi.gov justice.gov state.gov treasury.gov whitehouse.gov nsa.gov defense.gov
    ic3.gov dhs.gov cisa.dhs.gov hq.dhs.gov bsi.bund.de govcert.cz nukib.cz virustotal.com
    any.run hybrid-analysis.com urlscan.io shodan.io censys.io abuse.ch bleepingcomputer.com
    thehackernews.com reuters.com apnews.com bbc.co.uk bbc.com nytimes.com washingtonpost.com
    wsj.com theguardian.com cnn.com wired.com zdnet.com arstechnica.com krebsonsecurity.com
    therecord.media cyberscoop.com securelist.com kaspersky.com symantec.com broadcom.com
    eset.com welivesecurity.com crowdstrike.com mandiant.com fireeye.com paloaltonetworks.com
    unit42.paloaltonetworks.com sentinelone.com trendmicro.com proofpoint.com
    recordedfuture.com secureworks.com talosintelligence.com cisco.com checkpoint.com
    research.checkpoint.com sophos.com mcafee.com volexity.com dragos.com group-ib.com
    positive-technologies.com ptsecurity.com adobe.com apple.com mozilla.org oracle.com
    java.com cloudflare.com amazon.com amazonaws.com akamai.com w3.org schema.org ietf.org
    rfc-editor.org python.org docker.com kernel.org debian.org ubuntu.com
    redhat.com asp.net example.com example.org example.net localhost consilium.europa.eu
    eeas.europa.eu nato.int un.org node.js next.js react.js vue.js"""
)
CONTACT_WORDS = (
    "contact", "enquir", "inquir", "press office", "press@", "info@", "media relations",
    "subscribe",
    "newsletter", "unsubscribe", "visit ", "more notes", "read more", "see also",
    "more information",
    "report to", "reported to", "follow us", "our website", "website:", "homepage", "copyright",
    "download the", "advert", "sponsored", "tip line", "tips@", "feedback", "helpdesk", "hotline",
    "send samples", "e-mail us", "email us", "write to", "further reading",
)  # fmt: skip
INDICATOR_HEADINGS = (
    "indicators", "iocs", "ioc:", "hashes", "domains", "ip addresses", "observables", "urls",
    "network infrastructure", "file names", "artefacts", "artifacts", "c2 servers", "samples",
)  # fmt: skip
