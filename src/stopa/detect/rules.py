"""Sigma rules read from files, folders and archives; one bad rule never spoils the rest.

Spec: Sigma rules, filters and correlations 2.1.0; rule collections (`action`)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from stopa.detect import documents, placeholder
from stopa.detect.defect import RuleDefectError
from stopa.detect.placeholder import Placeholders
from stopa.detect.rule_files import RuleFile, rule_files
from stopa.errors import RulesError
from stopa.model.event import LogSource
from stopa.model.record import name
from stopa.model.rule import Refusal, RuleCard

TECHNIQUE = "attack.t"
TAXONOMY = "sigma"
Scalar = (str, int, float, date)


@dataclass(frozen=True, slots=True)
class Rule:
    """One detection rule: what readers see of it, which logs it is for, and its detection as read.

    `name` is what correlations may call it, besides its id; `line` is where it starts in its file;
    `related` says of other rules, by id, what they are to this one.
    """

    card: RuleCard
    source: LogSource
    detection: Mapping[str, object]
    name: str | None
    line: int
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A global filter: rules by id or name (empty means any), and the condition it adds."""

    card: RuleCard
    source: LogSource
    rules: frozenset[str]
    detection: Mapping[str, object]
    line: int


@dataclass(frozen=True, slots=True)
class Correlation:
    """A correlation rule as read: its card, and the document itself."""

    card: RuleCard
    content: Mapping[str, object]
    name: str | None
    line: int
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All that was read, in order of file and line, and what was refused and why."""

    rules: tuple[Rule, ...] = ()
    filters: tuple[Filter, ...] = ()
    correlations: tuple[Correlation, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    placeholders: Placeholders = field(default_factory=dict)
    pipelines: tuple[Path, ...] = ()


def load(
    paths: Sequence[Path], *, placeholders: Path | None = None, pipelines: Sequence[Path] = ()
) -> RuleSet:
    """Read all rules below the paths: YAML files, folders of them, `.tar.gz` archives.

    `placeholders` is a YAML file of values for `expand`; `pipelines` are pySigma pipelines in YAML.
    Raises `RulesError` when a path cannot be read or no rule is found at all.
    """
    read = _Reading(placeholder.read(placeholders), tuple(pipelines))
    for file in rule_files(paths):
        read.file(file)
    if not (read.rules or read.refusals or read.correlations):
        named = ", ".join(map(str, paths))
        raise RulesError(f"no Sigma rules in {named}", hint="name .yml files, folders or .tar.gz")
    return read.result()


class _Reading:
    """What was read so far."""

    def __init__(self, placeholders: Placeholders, pipelines: tuple[Path, ...]) -> None:
        self.placeholders = placeholders
        self.pipelines = pipelines
        self.rules: list[Rule] = []
        self.filters: list[Filter] = []
        self.correlations: list[Correlation] = []
        self.refusals: list[Refusal] = []
        self.seen: dict[str, tuple[str, object]] = {}

    def result(self) -> RuleSet:
        return RuleSet(
            tuple(self.rules),
            tuple(self.filters),
            tuple(self.correlations),
            tuple(self.refusals),
            self.placeholders,
            self.pipelines,
        )

    def file(self, file: RuleFile) -> None:
        if file.defect:
            self.refusals.append(Refusal(None, file.name, 1, file.defect))
            return
        for line, content in self.documents(file):
            try:
                self.document(file.name, line, content)
            except RuleDefectError as defect:
                self.refusals.append(Refusal(_id(content), file.name, line, str(defect)))

    def documents(self, file: RuleFile) -> Iterator[tuple[int, Mapping[str, object]]]:
        """Yield the rules of a file, with what `action` documents give to those after them."""
        common: Mapping[str, object] = {}
        last: Mapping[str, object] = {}
        for document in documents.parse(file.content):
            content = document.content
            if document.defect or not isinstance(content, dict):
                reason = document.defect or "not a Sigma rule: no map"
                self.refusals.append(Refusal(None, file.name, document.line, reason))
                continue
            action = content.pop("action", None)
            if action == "global":
                common = content
            elif action == "reset":
                common = {}
            elif action == "repeat":
                last = _merged(last, content)
                yield document.line, last
            elif action is None:
                alone = "correlation" in content or "filter" in content
                last = content if alone else _merged(content, common)
                yield document.line, last
            else:
                reason = f"unknown action {action!r}"
                self.refusals.append(Refusal(_id(content), file.name, document.line, reason))

    def document(self, file: str, line: int, content: Mapping[str, object]) -> None:
        card = _card(file, content)
        if self.is_repeated(card, content):
            return
        if not self.pipelines:
            _check_taxonomy(content)
        called, related = _text(content, "name") or None, tuple(_related(content))
        if "correlation" in content:
            self.correlations.append(Correlation(card, content, called, line, related))
        elif "filter" in content:
            self.filters.append(_filter(card, content, line))
        else:
            detection = _map(content, "detection")
            self.rules.append(Rule(card, _source(content), detection, called, line, related))

    def is_repeated(self, card: RuleCard, content: Mapping[str, object]) -> bool:
        """Tell whether this very rule was read before. Raises where the id is another rule's."""
        file, before = self.seen.setdefault(card.id, (card.file, content))
        if before is content:
            return False
        if before != content:
            raise RuleDefectError(f"its id is that of another rule, in {file}")
        return True


def _filter(card: RuleCard, content: Mapping[str, object], line: int) -> Filter:
    parts = dict(_map(content, "filter"))
    if parts.get("rules") is None:
        raise RuleDefectError("filter without rules (`any` means all of its log source)")
    rules = _texts(parts, "rules")
    parts.pop("rules")
    chosen = frozenset[str]() if [n.lower() for n in rules] == ["any"] else frozenset(rules)
    return Filter(card, _source(content), chosen, parts, line)


def _check_taxonomy(content: Mapping[str, object]) -> None:
    said = _text(content, "taxonomy")
    if said and said.lower() != TAXONOMY:
        raise RuleDefectError(f"taxonomy {said!r:.60}: name a pipeline that turns it into Sigma's")


def _related(content: Mapping[str, object]) -> Iterator[str]:
    """Yield what other rules are to this one, such as `renamed <id>`."""
    said = content.get("related")
    for entry in said if isinstance(said, list) else [] if said is None else [said]:
        if not isinstance(entry, dict):
            raise RuleDefectError("related must be a list of maps with type and id")
        kind, other = _text(entry, "type"), _text(entry, "id")
        yield f"{kind or 'related to'} {other}"


def _source(content: Mapping[str, object]) -> LogSource:
    said = _map(content, "logsource")
    product, category, service = (
        _text(said, word) or None for word in ("product", "category", "service")
    )
    if not (product or category or service):
        raise RuleDefectError("log source without product, category and service")
    return LogSource(product, category, service)


def _card(file: str, content: Mapping[str, object]) -> RuleCard:
    title = _text(content, "title")
    if not title:
        raise RuleDefectError("not a Sigma rule: no title")
    tags = _texts(content, "tags")
    return RuleCard(
        id=_text(content, "id")
        or name("R", title, content.get("detection") or content.get("correlation")),
        title=title,
        level=_text(content, "level").lower(),
        status=_text(content, "status").lower(),
        author=", ".join(_texts(content, "author")),
        license=_text(content, "license"),
        description=_text(content, "description"),
        tags=tags,
        techniques=tuple(t[7:].upper() for t in tags if _is_technique(t.lower())),
        references=_texts(content, "references"),
        falsepositives=_texts(content, "falsepositives"),
        file=file,
        condition=_condition(content),
    )


def _is_technique(tag: str) -> bool:
    return tag.startswith(TECHNIQUE) and tag[len(TECHNIQUE) :].replace(".", "").isdecimal()


def _condition(content: Mapping[str, object]) -> str:
    detection = content.get("detection")
    said = detection.get("condition") if isinstance(detection, dict) else None
    return " | ".join(map(str, said)) if isinstance(said, list) else str(said or "")


def _id(content: object) -> str | None:
    """Return the id of a document, None where it has none that could be one."""
    said = content.get("id") if isinstance(content, dict) else None
    return str(said).strip() or None if isinstance(said, Scalar) else None


def _text(content: Mapping[str, object], key: str) -> str:
    value = content.get(key)
    if value is None:
        return ""
    if not isinstance(value, Scalar):
        raise RuleDefectError(f"{key} is {_kind(value)} where a text is expected")
    return str(value).strip()


def _texts(content: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = content.get(key)
    listed = [item for item in (value if isinstance(value, list) else [value]) if item is not None]
    for item in listed:
        if not isinstance(item, Scalar):
            raise RuleDefectError(f"{key} has {_kind(item)} where a text is expected")
    return tuple(str(item).strip() for item in listed)


def _kind(value: object) -> str:
    return "a map" if isinstance(value, dict) else "a list" if isinstance(value, list) else "binary"


def _map(content: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = content.get(key)
    if not isinstance(value, dict):
        raise RuleDefectError(f"no {key}, or not a map")
    return {str(k): v for k, v in value.items()}


def _merged(over: Mapping[str, object], under: Mapping[str, object]) -> dict[str, object]:
    """Return one map of two; where both have a key, maps are merged and `under` wins otherwise."""
    made = dict(over)
    for key, value in under.items():
        mine = made.get(key)
        both = isinstance(mine, dict) and isinstance(value, dict)
        made[key] = _merged(mine, value) if both else value  # type: ignore[arg-type]
    return made
