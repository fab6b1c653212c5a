"""The rules as they were handed in: what each folder or archive holds, under which licences."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from stopa import __version__
from stopa.case.detection import named
from stopa.case.plan import STARTER, Plan
from stopa.detect import Program, starter_rules, yara
from stopa.detect.documents import LARGEST
from stopa.detect.rule_files import ARCHIVES, RuleFile, Wanted, rule_files
from stopa.detect.yara import YaraRules
from stopa.model.applied import Collection
from stopa.model.rule import Refusal, RuleCard

LICENCES = ("LICENSE", "LICENCE", "COPYING")
ENDINGS = ("", ".md", ".txt", ".rst")
LICENCE_BYTES = 4_096  # of such a file, of which one line is told
LINE = 300  # characters of it
NAMED = re.compile(
    r"\b(Detection Rule License|DRL|Apache License|MIT License|BSD|General Public License|GPL|"
    r"Mozilla Public|Creative Commons|CC0|CC BY|Elastic License|public domain)",
    re.IGNORECASE,
)


def rule_sets(plan: Plan, rules: Program, more: YaraRules | None) -> tuple[Collection, ...]:
    """Return the rules of a case as they were handed in, Sigma's first."""
    sigma = collections(named(plan.rules), rules.cards.values(), rules.refusals, Wanted())
    ours = starter_rules().name if STARTER in plan.rules else ""
    sigma = tuple(
        replace(one, version=f"stopa {__version__}") if one.name == ours else one for one in sigma
    )
    if more is None:
        return sigma
    return sigma + collections(plan.yara, more.cards.values(), more.refusals, yara.FILES)


def collections(
    paths: Sequence[Path], cards: Iterable[RuleCard], refusals: Iterable[Refusal], wanted: Wanted
) -> tuple[Collection, ...]:
    """Return the collections under the paths, by name. Raises RulesError where one is gone."""
    lines: dict[str, list[str]] = {}
    for file in rule_files(paths, wanted):
        told = f"{hashlib.sha256(file.content).hexdigest()}  {file.name}\n"
        lines.setdefault(_top(file.name), []).append(told)
    beside = [file for path in paths for file in _licences(path)]
    held: dict[str, list[RuleCard]] = {}
    for card in cards:
        held.setdefault(_top(card.file), []).append(card)
    refused = Counter(_top(refusal.file) for refusal in refusals)
    return tuple(
        Collection(
            name=name,
            sha256=hashlib.sha256("".join(sorted(lines[name], key=_name)).encode()).hexdigest(),
            files=len(lines[name]),
            rules=len(held.get(name, ())),
            refused=refused[name],
            licences=_counted(card.license for card in held.get(name, ())),
            authors=_counted(card.author for card in held.get(name, ())),
            levels=_counted(card.level for card in held.get(name, ())),
            beside=tuple(_telling_line(file) for file in beside if _top(file.name) == name),
        )
        for name in sorted(lines)
    )


def _licences(path: Path) -> Iterator[RuleFile]:
    """Yield the licence files at the top of a folder, or anywhere in an archive."""
    if path.is_dir():
        for file in sorted(file for file in path.iterdir() if _is_licence(file.name)):
            with suppress(OSError), file.open("rb") as opened:
                top = path.name or path.resolve().name
                yield RuleFile(f"{top}/{file.name}", opened.read(LICENCE_BYTES))
    elif path.name.endswith(ARCHIVES):
        wanted = Wanted(tuple(f"/{name}{end}" for name in LICENCES for end in ENDINGS), LARGEST)
        yield from rule_files([path], wanted)


def _is_licence(name: str) -> bool:
    return any(name.upper() == f"{known}{end.upper()}" for known in LICENCES for end in ENDINGS)


def _telling_line(file: RuleFile) -> tuple[str, str]:
    """Return the file's name and the line that names a licence, of rules if any, else the first."""
    text = file.content[:LICENCE_BYTES].decode("utf-8", "replace")
    lines = [" ".join(line.strip("#=*- ").split()) for line in text.splitlines()]
    named = [line for line in lines if NAMED.search(line)]
    named.sort(key=lambda line: "rule" not in line.lower())
    return PurePosixPath(file.name).name, next(filter(None, (*named, *lines)), "")[:LINE]


def _top(file: str) -> str:
    return PurePosixPath(file).parts[0] if file else ""


def _name(line: str) -> str:
    return line.partition("  ")[2]


def _counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(values)
    return tuple(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))
