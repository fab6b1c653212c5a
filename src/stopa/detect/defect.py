"""Why a rule is not evaluated: raised while reading one rule, kept as that rule's refusal."""

from __future__ import annotations


class RuleDefectError(ValueError):
    """What is wrong with a rule, in words for its author; never leaves this room."""
