"""Lines above and below a text that nobody says: handling, embargo, copyright, exercise banners.

Spec: the Traffic Light Protocol 2.0; the usual lines of press offices and of exercise control.
Trap: a post may shout in capitals, and then it says `we` or `I`; a headline has no full stop.
"""

from __future__ import annotations

import re

HANDLING = re.compile(
    r"^\W*(?:TLP ?[:=]|EMBARGO(?:ED)?\b|UNDER EMBARGO\b|(?:STRICTLY )?NOT FOR (?:PUBLICATION|"
    r"RELEASE|DISTRIBUTION)\b|FOR (?:IMMEDIATE RELEASE|OFFICIAL USE ONLY)\b|UNCLASSIFIED\b|"
    r"RESTRICTED\b|CONFIDENTIAL\b|EXERCISE\b|END OF (?:STATEMENT|RELEASE|TRANSCRIPT)\b|ENDS\b|"
    r"©|\(c\) ?\d{4}\b|[Cc]opyright (?:©|\(c\)|\d{4})|[Aa]ll rights reserved\b)"
)
SHOUTED = re.compile(r"\b(?:WE|I|OUR|MY|US)\b")
LONGEST = 160  # characters of such a line


def marking(line: str) -> bool:
    """Return whether a line is a marking: capitals that end in a full stop, or a known form."""
    bare = line.strip()
    if len(bare) > LONGEST:
        return False
    if HANDLING.match(bare) and (bare.isupper() or len(bare.split()) <= 12):
        return True
    shouted = len(bare.split()) > 1 and bare.isupper() and bare.endswith((".", "!"))
    return shouted and not SHOUTED.search(bare)
