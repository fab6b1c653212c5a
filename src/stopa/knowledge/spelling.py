"""When two spellings are one name: case, accents, blanks and hyphens do not tell names apart.

Trap: nothing fuzzier than that. "APT 31" is APT31; "Judgement Panda" is not JUDGMENT PANDA.
"""

from __future__ import annotations

import re
import unicodedata

NUMBERED = re.compile(r"(?:group|team|unit|operation|campaign)?[ -]?\d+", re.IGNORECASE)
DISTINCT = re.compile(
    r"""^(?=.{5,}).*\d      # a digit in five letters or more: APT31, Storm-0558
    | ^(?:APT|FIN|ATK)\d$ # the short numbered families: APT1, FIN7
    | ^(?=.{5,}).*[a-z][A-Z] # an inner capital: PlugX, SideCopy
    | ^(?=.{5,})[A-Z]+$    # all capitals, five or more: ZIRCONIUM
    | [A-Za-z]{3,}[ -][A-Za-z]{3,}  # two words: Charcoal Typhoon
    """,
    re.VERBOSE,
)


def key(name: str) -> str:
    """Return the form under which equal names meet."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def distinct(name: str) -> bool:
    """Tell whether the name alone, in running text, can hardly be an ordinary word.

    "ZIRCONIUM", "PlugX" and "Violet Typhoon" are; "Rover", "Net" and "Flame" are not: they need
    their exact spelling and a word such as "malware" or "group" beside them.
    """
    return not NUMBERED.fullmatch(name) and bool(DISTINCT.search(name))
