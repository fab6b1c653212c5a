"""The ten acts and the verbs that perform them, one table for each act.

Spec: the ten acts of the reading measure; the verbs are those of English usage for each act.
A line is `verb words > target`: the verb stands for all its forms, `a|b` are alternatives, `~` is a
gap of some words, and the target is the object (`obj`), or what follows one of the prepositions.
Why data: adding a way to say something is one line in a table and nothing else.
"""

from __future__ import annotations

from stopa.model.statement import Act
from stopa.statements.lexicon.accusing import ACCUSE, DENY, UNFOUNDED
from stopa.statements.lexicon.asking import CALL_ON, SUMMON, SUPPORT
from stopa.statements.lexicon.doing import DETECT, OTHER, RESPOND
from stopa.statements.lexicon.judging import CONCERN, CONDEMN, WRONG

TABLES = (
    (Act.ACCUSE, ACCUSE),
    (Act.DENY, DENY),
    (Act.CONDEMN, CONDEMN),
    (Act.CONCERN, CONCERN),
    (Act.CALL_ON, CALL_ON),
    (Act.SUMMON, SUMMON),
    (Act.SUPPORT, SUPPORT),
    (Act.DETECT, DETECT),
    (Act.RESPOND, RESPOND),
    (Act.OTHER, OTHER),
)
# Sets of words that a line may name in capitals.
SETS = {"UNFOUNDED": UNFOUNDED, "WRONG": WRONG}
