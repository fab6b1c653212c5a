"""Offices whose title alone says whose they are, and nouns that stand for a body named before.

Spec: titles of ministers and chief officers as English reports use them.
"""

from stopa.statements.lexicon.wordlist import wordset

# A title as printed in lower case -> ISO 3166 alpha-3, EUR or IGO.
TITLE_COUNTRY = (
    ("foreign secretary", "GBR"),
    ("home secretary", "GBR"),
    ("secretary of state for foreign", "GBR"),
    ("secretary of state", "USA"),
    ("secretary of defense", "USA"),
    ("secretary of homeland security", "USA"),
    ("national security adviser to the president", "USA"),
    ("attorney general", "USA"),
    ("deputy attorney general", "USA"),
    ("white house", "USA"),
    ("state department", "USA"),
    ("justice department", "USA"),
    ("treasury department", "USA"),
    ("downing street", "GBR"),
    ("high representative", "EUR"),
    ("foreign policy chief", "EUR"),
    ("commission president", "EUR"),
    ("council president", "EUR"),
)

# These may take the country of their surroundings: they serve a state.
OF_STATE = wordset(
    """minister ministry ministries chancellor president premier government governments parliament
    prosecutor prosecutors department authorities cabinet ambassador embassy police secretary
    spokesman spokeswoman spokesperson official officials army military senate intelligence"""
)

# Whose the speaker is: `his country stands with`, `our analysts found`.
OWNING = wordset("his her our their its the")  # `his country stands with`, `the alliance backs`
OWN_BODIES = wordset(
    """country nation government alliance bloc union ministry agency party staff team engineers
    experts specialists technicians people investigators analysts researchers delegation office
    company department embassy mission side"""
)

# A definite noun alone points back to the last party of one of these heads.
SAME_HEADS = {
    "ministry": ("ministry", "department", "office"),
    "department": ("department", "ministry"),
    "bloc": ("union", "bloc", "alliance", "nato"),
    "union": ("union",),
    "alliance": ("alliance", "nato"),
    "mission": ("mission", "embassy"),
    "embassy": ("embassy", "mission"),
    "spokesman": ("spokesman", "spokesperson"),
    "spokeswoman": ("spokeswoman", "spokesperson"),
    "spokesperson": ("spokesperson", "spokesman", "spokeswoman"),
    "agency": ("agency", "bureau", "office", "service", "centre", "center", "directorate"),
    "office": ("office",),
    "bureau": ("bureau",),
    "company": ("company", "firm", "vendor", ""),
    "firm": ("company", "firm", "vendor", ""),
    "envoy": ("ambassador", "envoy", "chargé"),
    "diplomat": ("diplomat", "ambassador", "envoy", "chargé"),
    "commission": ("commission",),
}
