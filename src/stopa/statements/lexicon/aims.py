"""Nouns of accusation, those nobody can ask or blame, and words that tie somebody to a state.

Spec: English usage in reports of accusations, denials and demands.
"""

from stopa.statements.lexicon.wordlist import wordset

ACCUSATIONS = wordset(
    """accusation accusations allegation allegations claim claims charge charges assertion
    assertions insinuation insinuations attribution story version finding findings suggestion
    suggestions contention contentions assessment reports attacks smears slander words
    conclusion conclusions narrative remarks hints verdict account explanation"""
)
# Heads of phrases that are no persons and no bodies: nobody accuses or asks them.
UNASKED = wordset(
    """evidence data logs log attack hack breach malware code law laws document documents
    record records analysis results facts message messages mail email emails page site system
    systems server servers software program programs file files letter sign text line note rule
    rules contract incident incidents campaign campaigns intrusion intrusions operation operations
    move moves step steps decision news world apology apologies restraint patience calm caution
    explanation explanations answer answers inquiry inquiries investigation investigations probe
    review reviews sanctions measures talks dialogue consultations release return end resignation
    publication compensation clarification clarity proof help aid support assistance activity
    activities act acts attempt attempts behaviour behavior conduct action actions network
    networks role involvement
    responsibility ransom payment price number figure vigilance cooperation unity respect
    reward access account accounts password passwords update updates use device devices machine
    machines tool tools technique techniques method methods domain domains address addresses
    infrastructure vulnerability flaw flaws weakness failure failures outage bug weather error
    lack negligence silence way things thing matter issue case question questions day week month
    year time theft thefts leak leaks disruption damage loss losses work tradecraft espionage
    sabotage interference"""
)
# Nouns for those whom one tells because they print it.
MEDIA = wordset(
    """reporters reporter journalists journalist press media newspaper newspapers radio television
    agency broadcaster daily newsroom conference briefing hearing meeting channel programme
    correspondents correspondent audience viewers listeners us
    me"""
)
# People and bodies that stand without an article.
COLLECTIVE = wordset("management parliament opposition staff leadership industry business")
ANYBODY = wordset("anybody anyone everybody everyone whoever")
# Behind a noun these begin what describes it: `customers running`, `anyone who`.
ADDRESSING = wordset("running using operating holding owning receiving affected concerned with")
TIED = wordset(
    """linked tied connected affiliated backed sponsored supported run controlled directed employed
    hired paid working acting operating loyal close belonging answering based of from in"""
)
