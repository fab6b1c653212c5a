"""YAML read as documents with the line that each starts at, safe against what a file may try.

Spec: https://yaml.org/spec/1.1/ (what Sigma's tools read)
Trap: a few aliases can stand for billions of nodes (a "YAML bomb"): what is built is counted.
PyYAML lets the last of two equal keys win in silence: here that is a defect of the document. A key
is a name, so it is taken as it is written: a field may be called `no`, `on` or `1`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import yaml

from stopa.detect.defect import RuleDefectError

LARGEST = 2**20  # bytes of a file; the largest rule in SigmaHQ's set has 40 kB
MOST_DOCUMENTS = 10_000
MOST_NODES = 200_000
DEEPEST = 60  # levels
DEEPEST_BRACKETS = 1000  # brackets in texts count too, so this is far above what any rule needs
DIRECTIVE = re.compile(
    rb"^%(?:YAML|TAG)[ \t][^\n]*", re.MULTILINE
)  # says nothing that matters here
START = re.compile(rb"^---(?=[ \t\r\n]|\Z)", re.MULTILINE)
BRACKET = re.compile(rb"[\[\]{}]")
LADDER = re.compile(rb"(?:[-?:][ \t]+(?:[&!*]\S*[ \t]+)*){200}")  # `- - - `: a level for two bytes
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TEXT = "tag:yaml.org,2002:str"
MERGE = "tag:yaml.org,2002:merge"
COLLECTIONS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: where it starts (1-based line), and its content or its defect."""

    line: int
    content: object
    defect: str = ""


def parse(raw: bytes) -> list[Document]:
    """Return the documents of a file, one that is no YAML among the others that are."""
    if len(raw) > LARGEST:
        return [Document(1, None, f"file of {len(raw)} bytes (limit {LARGEST})")]
    if LADDER.search(raw) or _brackets(raw) > DEEPEST_BRACKETS:
        return [Document(1, None, f"nested deeper than {DEEPEST} levels")]
    found: list[Document] = []
    for line, part in _parts(raw):
        if len(found) >= MOST_DOCUMENTS:
            found.append(Document(line, None, f"more than {MOST_DOCUMENTS} documents"))
            break
        found.extend(_read(part, line))
    return [d for d in found if d.content is not None or d.defect]


def _parts(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the file cut before each `---`, which can stand nowhere else, and the lines before."""
    cuts = [0, *(found.start() for found in START.finditer(raw)), len(raw)]
    line = 0
    for start, stop in pairwise(cuts):
        part = raw[start:stop]
        yield line, DIRECTIVE.sub(b"", part)
        line += part.count(b"\n")


def _read(raw: bytes, before: int) -> list[Document]:
    """Return the documents up to the first that is no YAML; so many lines stand before them."""
    found: list[Document] = []
    try:
        loader: Any = LOADER(raw)
        while loader.check_node():
            node = loader.get_node()
            found.append(_document(loader, node, before))
    except (yaml.YAMLError, UnicodeError, ValueError) as error:
        found.append(_unreadable(error, before))
    except RecursionError:
        found.append(Document(before + 1, None, "nested too deeply"))
    return found


def _brackets(raw: bytes) -> int:
    """Return how many brackets are open at most; the parser needs stack for each."""
    depth = most = 0
    for found in BRACKET.finditer(raw):
        depth += 1 if found[0] in b"[{" else -(depth > 0)
        most = max(most, depth)
    return most


def _document(loader: Any, node: yaml.Node, before: int) -> Document:  # noqa: ANN401 (one of two)
    line = before + node.start_mark.line + 1
    try:
        return Document(line, _Builder(loader, before).build(node, 0))
    except (RuleDefectError, yaml.YAMLError, ValueError, OverflowError) as error:
        return Document(line, None, f"not valid YAML: {_said(error)}")


def _unreadable(error: Exception, before: int) -> Document:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    return Document(before + line, None, f"not valid YAML: {_said(error)}")


def _said(error: Exception) -> str:
    """Return what the error says in one line, without the place it adds."""
    found = getattr(error, "problem", None) or getattr(error, "reason", None) or error
    return str(found).partition("\n")[0]


class _Builder:
    """Builds plain values from nodes, counting them."""

    def __init__(self, loader: Any, before: int) -> None:  # noqa: ANN401 (one of two classes)
        self.scalar = loader.construct_object
        self.before = before
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

    def mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, object]:
        made: dict[str, object] = {}
        merged: dict[str, object] = {}
        for key_node, value_node in node.value:
            if key_node.tag == MERGE:
                merged = self.merged(value_node, depth) | merged
                continue
            if not isinstance(key_node, yaml.ScalarNode):
                raise RuleDefectError("a key that is no text")
            key = key_node.value
            if key in made:
                line = self.before + key_node.start_mark.line + 1
                raise RuleDefectError(f"the key {key!r} stands twice, again in line {line}")
            made[key] = self.build(value_node, depth + 1)
        return {key: value for key, value in merged.items() if key not in made} | made

    def merged(self, node: yaml.Node, depth: int) -> dict[str, object]:
        """Return what `<<` brings in: one map or several, of which the first wins."""
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        made: dict[str, object] = {}
        for each in nodes:
            found = self.build(each, depth + 1)
            if not isinstance(found, dict):
                raise RuleDefectError("`<<` with something that is no map")
            made = found | made
        return made
