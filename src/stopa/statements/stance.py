"""Whether a text says of a name that it was there: asserted, ruled out, or told of another time.

Why: "no trace of PlugX" names PlugX and is the opposite of a sighting; so is what somebody else
used years ago.
Trap: a negation reaches over a list of names and no further: "unlike PlugX, the sample loads
ShadowPad" says that ShadowPad was there.
"""

from __future__ import annotations

import re

from stopa.model.statement import Stance
from stopa.statements.lexicon.software import KIND

REACH = 300  # characters before and after a name in which its sentence lies
LONG_AGO = 4  # years before the newest year that the text names: another intrusion's
SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“(]?[A-Z])|\n\s*\n|\n(?=\s*[•*·–—-]\s)")
CLAUSE = re.compile(
    r";|:\s|\s[–—]\s|,?\s(?:but|however|whereas|while|although|though|yet)\s|,\s(?:and|so)\s"
    r"(?=(?:the|they|we|it|he|she|this|these|both|all)\b)",
    re.IGNORECASE,
)
# A list goes on after a comma with a further name; any other word begins something else.
NAME = r"[\"“'‘(]*(?-i:[A-Z])"
LIST = rf"(?:[^,]|,\s+(?:and\s+|or\s+|nor\s+)?(?={NAME}))*$"
# Atomic: a text of nothing but capitals may not be divided in every way there is.
MORE = rf"(?>[\"“”‘’'()/,\s]+(?:(?:and|or|nor|the)\s+)?(?:(?-i:[A-Z])[\w.-]*|{KIND}\b))*+"
SOUGHT = (
    r"(?:find|found|see|seen|observe|observed|detect|detected|identify|identified|use|used|deploy"
    r"|deployed|drop|dropped|run|involve|involved|contain|contained|include|included|employ"
    r"|employed|match|matched|share|rely|attribute|show|present|part|installed|executed|confirmed"
    r"|confirm|appear|seem|suggest|indicate|believe|there|here|at\s+work|related|linked|connected)"
)
NOT = (
    r"(?:\b(?:did|do|does|was|were|is|are|has|have|had|could|can)(?:\s+not|n['’]t|not)"
    r"|\b(?:never|cannot))"
)
# What was not stopped or noticed was there all the same.
DID_NOT = (
    r"\b(?:did|do|does)(?:\s+not|n['’]t)\s+(?!(?:only|just|merely|stop|prevent|block|notice|catch"
    r"|help|know|hinder|keep)\b)\w+"
)
DENIED_BEFORE = re.compile(
    rf"(?:\b(?:no|nor)\s+(?!doubt|fewer|less|later|sooner|question|wonder|other\b)"
    rf"|\bwithout\s+(?:any\s+)?(?:trace|sign|evidence|use|using|{NAME})"
    rf"|\b(?:neither|none of)\s|\b(?:absence|lack)\s+of\b|\bfree\s+of\b"
    rf"|\bany\s+(?:trace|sign|evidence|indication|use|sample|copy|copies|remnant)s?\b"
    rf"|{DID_NOT}|{NOT}\s+(?:\w+\s+){{0,2}}?{SOUGHT}\b|{NOT}\s+(?:(?:a|an|the|any)\s+)?(?={NAME}|$)"
    rf"|\b(?:rul(?:e|es|ed|ing)\s+out|exclud(?:e|es|ed|ing)|failed\s+to\s+find|dismiss(?:ed|es))\b"
    rf"|\b(?:unlike|unrelated\s+to|(?:different|distinct|differs?)\s+from|other\s+than"
    rf"|rather\s+than|instead\s+of|not\s+to\s+be\s+confused\s+with|nothing\s+to\s+do\s+with"
    rf"|mistaken\s+for|except(?:\s+for)?)\b"
    rf"|(?:^|[,(]\s*)not\s+(?!only|just|merely|least)){LIST}",
    re.IGNORECASE,
)
DENIED_AFTER = re.compile(
    rf"^{MORE}[\"”’')]*(?:,\s+(?:which|that|who)\b[^,]*,)?\s+"
    rf"(?:{NOT}\s+(?:\w+\s+){{0,2}}?{SOUGHT}\b(?!\s+by\s+(?:any\s+)?(?:anti|AV\b|EDR\b|scanner))"
    rf"|(?:was|were|is|are|has\s+been|have\s+been|can\s+be|could\s+be)\s+(?:\w+ly\s+)?"
    rf"(?:ruled\s+out|excluded|dismissed|discounted|absent|unrelated|nowhere)\b|played\s+no\b)",
    re.IGNORECASE,
)
LIKENED = re.compile(
    rf"(?:\b(?:similar(?:ly|ity|ities)?|akin|compar\w+|identical|parallels?)\s+(?:to|with|between)"
    rf"|\breminiscent\s+of|\bresembl\w+|\breminds?\s+(?:\w+\s+)?of|\bknown\s+(?:for|to\s+use)"
    rf"|\b(?:others?|another|different|separate|unrelated)\s+"
    rf"(?:groups?|actors?|campaigns?|incidents?|intrusions?|attacks?|operations?|victims?|cases?))"
    rf"\b{LIST}",
    re.IGNORECASE,
)
BEFORE_NOW = re.compile(
    r"(?<!\bas )(?<!\blike )(?<!\bas in )(?<!\blike in )\b"
    r"(?:(?:previously|formerly|earlier)(?!\s+(?:un|reported|mentioned|described|noted|said"
    r"|discussed|seen|this|today|in\s+the\s+(?:day|week|attack|intrusion)))|historically"
    r"|in\s+the\s+past|years?\s+ago|in\s+(?:previous|earlier|prior|past|other|former)\s+"
    r"(?:campaigns?|attacks?|operations?|incidents?|intrusions?|cases?|years?))\b",
    re.IGNORECASE,
)
IN_YEAR = re.compile(
    r"\b(?:[Ii]n|[Dd]uring|[Ss]ince|[Ff]rom|of|[Uu]ntil)\s+(?:[A-Z][a-z]+\s+)?((?:19|20)\d\d)\b"
)
# What a clause says of the thing itself tells nothing of when it was used here.
HISTORY = re.compile(
    r",\s+(?:which|that|who|a|an|the)\b|\b(?:first|originally|initially|active|around|dating)\b"
)


def stance(text: str, start: int, end: int, *, newest: int | None = None) -> Stance:
    """Return what the text says of the name in [start, end); `newest` is the text's latest year."""
    before, after = _sentence(text, start, end)
    near, far = CLAUSE.split(before)[-1], CLAUSE.split(after)[0]
    if DENIED_BEFORE.search(near) or DENIED_AFTER.search(far):
        return Stance.NEGATED
    clause = near + HISTORY.split(far)[0]
    years = [int(year) for year in IN_YEAR.findall(clause)] if not HISTORY.search(near) else []
    long_ago = newest is not None and years and max(years) < newest - LONG_AGO
    if LIKENED.search(near) or BEFORE_NOW.search(clause) or long_ago:
        return Stance.ELSEWHERE
    return Stance.ASSERTED


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the sentence's words before the name, and after it."""
    before = SENTENCE_END.split(text[max(0, start - REACH) : start])[-1]
    after = SENTENCE_END.split(text[end : end + REACH])[0]
    return " ".join(before.split()) + " ", after.rstrip(".!? ")
