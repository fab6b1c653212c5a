"""What a consumer is: another tool's own reader, run on an export to see what it keeps.

Why: "our tools can read it" is measured, never said: each value that was written is looked for in
what the reader made of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec

Leaf = tuple[str, str]  # the path of a value without the places in lists, and the value as text
SEPARATOR = "."


@dataclass(frozen=True, slots=True)
class Understood:
    """What a reader made of an export: what it keeps of the leaves, and what it complained of."""

    kept: Callable[[Leaf], bool]
    complaints: tuple[str, ...] = ()


def each_once(found: Iterable[Leaf]) -> Callable[[Leaf], bool]:
    """Return what tells whether a leaf was found; one that was written twice must be there twice.

    >>> is_kept = each_once([("host", "DC01")])
    >>> is_kept(("host", "DC01")), is_kept(("host", "DC01"))
    (True, False)
    """
    left = Counter(found)

    def is_kept(leaf: Leaf) -> bool:
        left[leaf] -= 1
        return left[leaf] >= 0

    return is_kept


def not_read(why: str) -> Understood:
    """Return what comes of an export that its reader refuses."""
    return Understood(each_once(()), (why,))


@dataclass(frozen=True, slots=True)
class Consumer:
    """A reader. `package` is what has to be installed, `module` what it is imported as.

    `edition` is the version where it is no package but a list of fields, which is always there.
    `written` yields the values that such an export holds.
    """

    name: str
    package: str
    module: str
    exports: frozenset[str]
    read: Callable[[bytes], Understood]
    written: Callable[[bytes], Iterable[Leaf]] = field(kw_only=True)
    edition: str = field(default="", kw_only=True)

    @property
    def is_installed(self) -> bool:
        """Whether the package is there."""
        return bool(self.edition) or find_spec(self.module) is not None

    @property
    def version(self) -> str:
        """The version that is installed."""
        return self.edition or version(self.package)


@dataclass(frozen=True, slots=True)
class PathLoss:
    """How many values an export writes at a path, and how many of them the reader kept."""

    path: str
    written: int
    kept: int


@dataclass(frozen=True, slots=True)
class Loss:
    """What one reader kept and dropped of one export."""

    consumer: str
    version: str
    complaints: tuple[str, ...]
    paths: tuple[PathLoss, ...]

    @property
    def written(self) -> int:
        """How many values the export holds."""
        return sum(path.written for path in self.paths)

    @property
    def kept(self) -> int:
        """How many of them the reader kept."""
        return sum(path.kept for path in self.paths)


def loss(consumer: Consumer, content: bytes) -> Loss:
    """Run a reader on an export and count what it kept at each path."""
    understood = consumer.read(content)
    written: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for leaf in consumer.written(content):
        written[leaf[0]] += 1
        kept[leaf[0]] += understood.kept(leaf)
    paths = (PathLoss(path, count, kept[path]) for path, count in sorted(written.items()))
    return Loss(consumer.name, consumer.version, understood.complaints, tuple(paths))


def leaves(value: object, path: str = "") -> Iterator[Leaf]:
    """Yield the values of decoded JSON, those of typed objects under their type.

    >>> list(leaves({"type": "note", "authors": ["A", "B"]}))
    [('note.type', 'note'), ('note.authors', 'A'), ('note.authors', 'B')]
    """
    if isinstance(value, dict):
        kind = value.get("type", value.get("@type"))
        start = kind if isinstance(kind, str) and not path else path
        for name, inner in value.items():
            yield from leaves(inner, f"{start}{SEPARATOR}{name}" if start else str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    elif value is not None:
        yield path, str(value)
