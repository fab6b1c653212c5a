"""YAML read as documents with the line that each starts at, safe against what a file may try.

Spec: https://yaml.org/spec/1.1/ (what Sigma's tools read)
Trap: a few aliases can stand for billions of nodes (a "YAML bomb"): what is built is counted.
PyYAML lets the last of two equal keys win in silence: here that is a defect of the document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from stopa.detect.defect import RuleDefectError

LARGEST = 2**20  # bytes of a file; the largest rule in SigmaHQ's set has 40 kB
MOST_NODES = 200_000
DEEPEST = 60  # levels
DEEPEST_BRACKETS = 1000  # brackets in texts count too, so this is far above what any rule needs
BRACKET = re.compile(rb"[\[\]{}]")
LADDER = re.compile(rb"(?:[-?:][ \t]+(?:[&!*]\S*[ \t]+)*){200}")  # `- - - `: a level for two bytes
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TEXT = "tag:yaml.org,2002:str"
COLLECTIONS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: where it starts (1-based line), and its content or its defect."""

    line: int
    content: object
    defect: str = ""


def parse(raw: bytes) -> list[Document]:
    """Return the documents of a file up to the first that is no YAML, which is the last."""
    if len(raw) > LARGEST:
        return [Document(1, None, f"file of {len(raw)} bytes (limit {LARGEST})")]
    if LADDER.search(raw) or _brackets(raw) > DEEPEST_BRACKETS:
        return [Document(1, None, f"nested deeper than {DEEPEST} levels")]
    found: list[Document] = []
    try:
        loader: Any = LOADER(raw)
        while loader.check_node():
            node = loader.get_node()
            found.append(_document(loader, node))
    except (yaml.YAMLError, UnicodeError, ValueError) as error:
        found.append(_unreadable(error))
    except RecursionError:
        found.append(Document(1, None, "nested too deeply"))
    return [d for d in found if d.content is not None or d.defect]


def _brackets(raw: bytes) -> int:
    """Return how many brackets are open at most; the parser needs stack for each."""
    depth = most = 0
    for found in BRACKET.finditer(raw):
        depth += 1 if found[0] in b"[{" else -(depth > 0)
        most = max(most, depth)
    return most


def _document(loader: Any, node: yaml.Node) -> Document:  # noqa: ANN401 (one of two classes)
    line = node.start_mark.line + 1
    try:
        return Document(line, _Builder(loader).build(node, 0))
    except (RuleDefectError, yaml.YAMLError, ValueError, OverflowError) as error:
        return Document(line, None, f"not valid YAML: {error}")


def _unreadable(error: Exception) -> Document:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error)
    return Document(mark.line + 1 if mark else 1, None, f"not valid YAML: {what}")


class _Builder:
    """Builds plain values from nodes, counting them."""

    def __init__(self, loader: Any) -> None:  # noqa: ANN401 (one of two classes)
        self.scalar = loader.construct_object
        self.left = MOST_NODES

    def build(self, node: yaml.Node, depth: int) -> object:
        self.left -= 1
        if self.left < 0:
            raise RuleDefectError(f"more than {MOST_NODES} values, aliases included")
        if depth > DEEPEST:
            raise RuleDefectError(f"nested deeper than {DEEPEST} levels")
        if not isinstance(node, yaml.ScalarNode) and node.tag not in COLLECTIONS:
            raise RuleDefectError(f"a value tagged {node.tag!r}")
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, depth + 1) for child in node.value]
        return node.value if node.tag == TEXT else self.scalar(node)

    def mapping(self, node: yaml.MappingNode, depth: int) -> dict[object, object]:
        made: dict[object, object] = {}
        for key_node, value_node in node.value:
            key = self.build(key_node, depth + 1)
            if isinstance(key, (dict, list)):
                raise RuleDefectError("a key that is no text")
            if key in made:
                line = key_node.start_mark.line + 1
                raise RuleDefectError(f"the key {key!r} stands twice, again in line {line}")
            made[key] = self.build(value_node, depth + 1)
        return made
