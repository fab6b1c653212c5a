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
    worked working backed blame part arm branch front located active authored deployed planted
    intruded entered overlap overlaps overlapped overlapping linked tied attributed attribute
    attributes blamed blames traced"""
)
STRONG_RESPONSIBLE = wordset(
    """responsible behind involved perpetrated orchestrated masterminded culpable complicit guilty
    sponsored steered blame acted culprit culprits perpetrator perpetrators bears"""
)
DIRECTIVE = wordset("must should ought")
DIRECTIVE_PHRASES = ("has to", "have to", "needs to", "need to", "had to", "it is time for")
WORRY = wordset(
    """concern concerned concerns worried worry worrying worries fear fears feared afraid alarmed
    alarming alarm jeopardise jeopardises unsettling troubling disturbing"""
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
