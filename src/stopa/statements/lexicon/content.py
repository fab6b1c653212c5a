"""Words inside what is said, by which a plain `said` becomes an accusation, a denial, a demand.

Spec: English modals and the predicates of responsibility in public attributions.
"""

from stopa.statements.lexicon.wordlist import wordset

RESPONSIBLE = wordset(
    """responsible behind involved culpable complicit guilty attacked attack hacked hacking broke
    broken breached breach compromised infiltrated penetrated targeted targets stole stolen
    steal conducted conduct carried carry perpetrated orchestrated directed ordered launched
    sponsored tasked steered steers run controlled masterminded staged mounted spied used
    exploited accessed launching acted executed gained bears origin originated work works
    worked working backed blame part arm branch front located active authored deployed
    planted subordinate element intruded entered sat lurked siphoned hijacked rummaged snooped
    jammed defaced acts
    acting overlap overlaps overlapped overlapping linked tied attributed attribute attributes
    blamed blames traced suspected encrypted wiped sabotaged"""
)
STRONG_RESPONSIBLE = wordset(
    """responsible responsibility behind involved perpetrated orchestrated masterminded culpable
    complicit guilty sponsored steered blame acted culprit culprits perpetrator perpetrators
    bears"""
)
DOING = wordset(
    """hacked attacked broke breached bugged tapped penetrated infiltrated compromised stole copied
    spied targeted conducted carried launched ordered directed sponsored planted did orchestrated
    intruded wiretapped eavesdropped exfiltrated sabotaged entered read wiped encrypted access sat
    paid hired armed sheltered recruited trained meddled interfered tampered sold leaked
    lurked siphoned hijacked rummaged snooped jammed hacks attacks breaks bugs taps spies steals"""
)
# What says who did it without a word of guilt.
TRACED = (
    "led to",
    "leads to",
    "lead to",
    "points to",
    "point to",
    "pointed to",
    "bears the hallmark",
    "bore the hallmark",
    "bear the hallmark",
    "hallmarks of",
    "fingerprints of",
    "handwriting of",
    "hand of",
    "the work of",
    "came from",
    "come from",
    "comes from",
    "did this",
    "did it",
    "ordered by",
    "directed from",
    "directed by",
    "run from",
    "on the orders of",
    "on behalf of",
    "ordered in",
    "ordered from",
    "planned in",
    "in the interest of",
    "in the interests of",
    "works for",
    "work for",
    "working for",
    "orders from",
    "answers to",
    "affiliated with",
    "subordinate to",
    "under the control of",
    "controlled by",
    "'s interest",
    "'s interests",
    "'s orders",
    "'s doing",
    "'s handiwork",
)
# What was noticed, said of an intrusion in the passive.
FOUND = (
    "were found",
    "was found",
    "been found",
    "was discovered",
    "were discovered",
    "was detected",
    "were detected",
    "was noticed",
    "were noticed",
    "came to light",
)
FINDINGS = wordset(
    """traces trace malware implant implants backdoor backdoors intrusion intruders attackers
    attack breach compromise break-in microphones bugs rules accounts files logs connections"""
)
MENDED = wordset(
    """replaced reset changed patched restored rebuilt isolated disconnected hardened revoked
    blocked disabled removed notified informed reinstalled upgraded strengthened reinforced"""
)
DIRECTIVE = wordset("must should ought")
OBLIGED = wordset("has have had needs need")  # before `to`
DIRECTIVE_PHRASES = (
    "it is time for",
    "well advised to",
    "had better",
    "would do well to",
)
# Worry only where somebody is it: `the journalists concerned` are those meant.
WORRIED = wordset("concerned worried alarmed")
WORRY = wordset(
    """concern concerned concerns worried worry worrying worries fear fears feared afraid alarmed
    alarming alarm jeopardise jeopardises unsettling troubling disturbing worrisome"""
)
FIRST = wordset("we i")
INTENT = wordset("will shall continue determined committed ready prepared going intend")
UNTOLERATED = (
    "not tolerate",
    "no tolerance",
    "not accept",
    "not stand for",
    "not go unanswered",
    "not remain without",
    "face consequences",
    "have consequences",
    "be consequences",
    "pay a price",
    "hold accountable",
)
HEDGES = (
    "almost certainly",
    "almost certain",
    "highly likely",
    "very likely",
    "most likely",
    "likely",
    "probably",
    "probable",
    "possibly",
    "allegedly",
    "alleged",
    "reportedly",
    "apparently",
    "presumably",
    "suspected",
    "believed to be",
    "thought to be",
    "said to",
    "linked to",
    "linked with",
    "associated with",
    "affiliated with",
    "with high confidence",
    "high confidence",
    "with moderate confidence",
    "moderate confidence",
    "with low confidence",
    "low confidence",
    "supposedly",
    "purportedly",
    "so-called",
    "appears to",
    "seems to",
    "may have",
    "might have",
    "could have",
)
