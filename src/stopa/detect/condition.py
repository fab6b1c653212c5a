"""The condition line of a rule, read into a tree over its search identifiers.

Spec: Sigma rules 2.1.0, "Condition": `or` binds least, then `and`, `not`, `1 of`/`all of`, brackets
Trap: words are split at blanks and brackets, so `notepad` is a name and not `not epad`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase

from stopa.detect.defect import RuleDefectError
from stopa.detect.tree import All, Either, Not, Tree, either, every

LONGEST = 10_000  # characters
DEEPEST = 50  # brackets and negations within each other
OPEN = "("
TOKEN = re.compile(r"\s*([()|]|[^\s()|]+)")
QUANTIFIERS = {"1": either, "any": either, "all": every}
WORDS = frozenset({"and", "or", "not"})


def parse(condition: str, identifiers: Mapping[str, Tree]) -> Tree:
    """Return the tree that the condition makes of its identifiers. Raises `RuleDefectError`."""
    if len(condition) > LONGEST:
        raise RuleDefectError(f"condition of {len(condition)} characters (limit {LONGEST})")
    reader = _Reader(TOKEN.findall(condition), identifiers)
    tree = reader.alternatives(0)
    if reader.tokens:
        raise RuleDefectError(f"condition: {reader.tokens[0]!r} is not expected there")
    return tree


class _Reader:
    def __init__(self, tokens: list[str], identifiers: Mapping[str, Tree]) -> None:
        self.tokens = tokens
        self.identifiers = identifiers
        if "|" in tokens:
            raise RuleDefectError(
                "condition with `|`: aggregations were replaced by Sigma correlations"
            )

    def alternatives(self, depth: int) -> Tree:
        parts = [self.conjunction(depth)]
        while self.take("or"):
            parts.append(self.conjunction(depth))
        return either(parts)

    def conjunction(self, depth: int) -> Tree:
        parts = [self.operand(depth)]
        while self.take("and"):
            parts.append(self.operand(depth))
        return every(parts)

    def operand(self, depth: int) -> Tree:
        if depth > DEEPEST:
            raise RuleDefectError(f"condition nested deeper than {DEEPEST}")
        if self.take("not"):
            return Not(self.operand(depth + 1))
        token = self.next()
        if token == OPEN:
            tree = self.alternatives(depth + 1)
            if self.next() != ")":
                raise RuleDefectError("condition: a closing bracket is missing")
            return tree
        if self.tokens and self.tokens[0].lower() == "of" and token not in self.identifiers:
            return self.selection(token)
        return self.identifier(token)

    def selection(self, quantifier: str) -> Tree:
        join = QUANTIFIERS.get(quantifier.lower())
        if join is None:
            raise RuleDefectError(f"condition: `{quantifier} of` is neither 1, any nor all")
        self.next()
        pattern = self.next()
        chosen = [self.identifiers[name] for name in self.names(pattern)]
        if not chosen:
            raise RuleDefectError(f"condition: no search identifier fits {pattern!r}")
        return join(chosen, f"{quantifier} of {pattern}")

    def names(self, pattern: str) -> list[str]:
        if pattern.lower() == "them" and pattern not in self.identifiers:
            return [name for name in self.identifiers if not name.startswith("_")]
        literal = pattern.replace("[", "[[]").replace("?", "[?]")
        return [name for name in self.identifiers if fnmatchcase(name, literal)]

    def identifier(self, name: str) -> Tree:
        tree = self.identifiers.get(name)
        if tree is None:
            raise RuleDefectError(f"condition: no search identifier {name!r}")
        return tree

    def take(self, word: str) -> bool:
        """Take the next token if it is this word and no search identifier is called so."""
        if self.tokens and self.tokens[0].lower() == word and not self.named(self.tokens[0]):
            self.tokens.pop(0)
            return True
        return False

    def named(self, token: str) -> bool:
        return token in self.identifiers and token not in WORDS

    def next(self) -> str:
        if not self.tokens:
            raise RuleDefectError("condition ends too early")
        return self.tokens.pop(0)


def labelled(tree: Tree, label: str) -> Tree:
    """Return the tree under the name of its search identifier."""
    match tree:
        case All(parts, _):
            return All(parts, label)
        case Either(parts, _):
            return Either(parts, label)
        case _:
            return All((tree,), label)
