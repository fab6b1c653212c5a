"""Errors the user can act on. A defect in the evidence is a `Problem`, never an exception.

StopaError                  exit code
├── InputError              2   a path, option or file that the command cannot work with
├── CaseError               2   the case folder is damaged, locked, or not a case
├── RulesError              2   no rule could be loaded from what was named
├── KnowledgeError          2   the knowledge base cannot be read or does not hold the name
└── VerificationError       4   what was signed or recorded is not what is there
"""

DONE = 0
FAIL_ON = 1
USAGE = 2
UNREAD = 3
UNVERIFIED = 4


class StopaError(Exception):
    """Root of every error raised on purpose: what failed, and what to do next."""

    exit_code = USAGE

    def __init__(self, what: str, *, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


class InputError(StopaError):
    """A path, option or file that the command cannot work with."""


class CaseError(StopaError):
    """The case folder is damaged, in use by another run, or not a case at all."""


class RulesError(StopaError):
    """No rule could be loaded from what was named."""


class KnowledgeError(StopaError):
    """The knowledge base cannot be read, or does not hold the name asked for."""


class VerificationError(StopaError):
    """What was recorded or signed is not what is there now."""

    exit_code = UNVERIFIED
