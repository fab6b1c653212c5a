"""YARA rules: compiled once, run over the bytes of evidence, each match told by its place.

Spec: https://virustotal.github.io/yara-x/docs/writing_rules/anatomy-of-a-rule/
Why: what is known of malware comes as YARA, and evidence holds files, mail and what is attached.
Trap: rules are other people's programs. A rule that does not compile is refused by name and takes
no other with it, a file may not include another, matches are counted to a limit, and time is too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

from stopa.detect.rule_files import RuleFile, Wanted, rule_files
from stopa.errors import InputError, RulesError
from stopa.model.record import name
from stopa.model.rule import Refusal, RuleCard

FILES = Wanted(
    (".yar", ".yara"), 64 * 2**20, "name .yar files, folders or .tar.gz archives of YARA rules"
)
STATUS = "yara"  # where Sigma says how mature a rule is
LEVELS = ("informational", "low", "medium", "high", "critical")
UNSTATED = "medium"
SCORES = ((90, "critical"), (75, "high"), (50, "medium"), (0, "low"))  # of `score`, up to 100
TECHNIQUE = re.compile(r"\bT\d{4}(?:[._]\d{3})?\b", re.IGNORECASE)
PLACES = 50  # places of one rule's matches that are kept
EACH = 20  # places of one string
SHOWN = 100  # bytes of a match that are shown
TEXT_LIMIT = 2000  # characters of a rule's metadata


@dataclass(frozen=True, slots=True)
class YaraRules:
    """Compiled rules: `packed` for `scan`, a card for each rule by its id, what was refused.

    `sha256` is over files and engine.
    """

    packed: bytes
    cards: Mapping[str, RuleCard]
    refusals: tuple[Refusal, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a string of a rule stands: its name, the byte, how many; `shown` is what stands there.

    `key` is what the bytes were XORed with, where the rule asks for that.
    """

    string: str
    offset: int
    length: int
    shown: str
    key: int | None = None


@dataclass(frozen=True, slots=True)
class YaraHit:
    """A rule that holds for a file, and where its strings stand; none where it asks for none.

    `more` counts the places that were left out.
    """

    rule: str
    places: tuple[Place, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class TooLong:
    """That the rules were not done with a file in so many seconds."""

    seconds: int


def prepare(paths: Sequence[Path]) -> YaraRules:
    """Compile the rules below the paths.

    Raises InputError without the library, RulesError where a path cannot be read or holds no rule.
    """
    yara = _library()
    compiler = yara.Compiler()
    compiler.enable_includes(False)  # noqa: FBT003 - the library's
    compiler.ignore_invalid_rules(True)  # noqa: FBT003 - the library's
    digest = hashlib.sha256(f"yara-x {version('yara-x')}".encode())
    refusals: list[Refusal] = []
    for file in rule_files(paths, FILES):
        digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.content).digest())
        refusals += _add(yara, compiler, file)
    refusals += [_refused(error) for error in compiler.errors()]
    rules = compiler.build()
    cards = {card.id: card for card in map(_card, rules)}
    if not cards:
        raise RulesError(f"no YARA rule could be loaded{_first(refusals)}", hint=FILES.hint)
    packed = BytesIO()
    rules.serialize_into(packed)
    order = sorted(dict.fromkeys(refusals), key=lambda one: (one.file, one.line, one.reason))
    return YaraRules(packed.getvalue(), cards, tuple(order), digest.hexdigest())


def scan(packed: bytes, content: bytes, seconds: int) -> tuple[YaraHit, ...] | TooLong:
    """Return the rules that hold for these bytes, by id."""
    yara = _library()
    scanner = yara.Scanner(_unpacked(packed))
    scanner.set_timeout(seconds)
    scanner.max_matches_per_pattern(1000)
    try:
        found = scanner.scan(content).matching_rules
    except yara.TimeoutError:
        return TooLong(seconds)
    return tuple(sorted((_hit(rule, content) for rule in found), key=lambda hit: hit.rule))


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> Any:  # noqa: ANN401 - a library without types
    return _library().Rules.deserialize_from(BytesIO(packed))


def _library() -> Any:  # noqa: ANN401 - a module
    try:
        return import_module("yara_x")
    except ImportError as error:
        raise InputError(
            "YARA rules need the package yara-x", hint="pip install 'stopa[yara]'"
        ) from error


def _add(yara: Any, compiler: Any, file: RuleFile) -> Iterator[Refusal]:  # noqa: ANN401 - a library without types
    """Give a file to the compiler; yield why it was not taken."""
    if file.defect or len(file.content) > FILES.largest:
        yield Refusal(None, file.name, 1, file.defect or f"longer than {FILES.largest} bytes")
        return
    try:
        source = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Refusal(None, file.name, 1, f"not UTF-8 at byte {error.start}")
        return
    compiler.new_namespace(file.name)
    try:
        compiler.add_source(source, origin=file.name)
    except yara.CompileError:
        return  # the compiler keeps the error itself, with its place


def _refused(error: Mapping[str, Any]) -> Refusal:
    labels = error.get("labels") or [{}]
    where = labels[0].get("code_origin") or "?"
    detail = labels[0].get("text")
    what = " ".join(filter(None, (str(error.get("title", "")), f"({detail})" if detail else "")))
    return Refusal(None, str(where), int(error.get("line") or 1), what[:TEXT_LIMIT])


def _first(refusals: Sequence[Refusal]) -> str:
    return f": {refusals[0].file}:{refusals[0].line}: {refusals[0].reason}" if refusals else ""


def _id(rule: Any) -> str:  # noqa: ANN401 - a library without types
    return name("yara", rule.namespace, rule.identifier)


def _card(rule: Any) -> RuleCard:  # noqa: ANN401 - a library without types
    told: dict[str, list[str]] = {}
    for key, value in rule.metadata:
        text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        told.setdefault(str(key).lower(), []).append(text[:TEXT_LIMIT])
    said = {key: values[0] for key, values in told.items()}
    every = [text for values in told.values() for text in values]
    techniques = {found.upper().replace("_", ".") for text in (*rule.tags, *every)
                  for found in TECHNIQUE.findall(text)}  # fmt: skip
    return RuleCard(
        id=_id(rule),
        title=f"YARA: {rule.identifier}",
        level=_level(said),
        status=STATUS,
        author=said.get("author", ""),
        license=said.get("license", ""),
        description=said.get("description", said.get("desc", "")),
        tags=tuple(rule.tags),
        techniques=tuple(sorted(techniques)),
        references=(*told.get("reference", ()), *told.get("references", ())),
        file=rule.namespace,
    )


def _level(said: Mapping[str, str]) -> str:
    """Return the level that a rule states, in words or as the score that many write."""
    words = (said.get(key, "").lower() for key in ("level", "severity"))
    stated = next((word for word in words if word in LEVELS), None)
    score = said.get("score", "")
    if stated is None and score.isdecimal() and len(score) < 4:
        return next(level for least, level in SCORES if int(score) >= least)
    return stated or UNSTATED


def _hit(rule: Any, content: bytes) -> YaraHit:  # noqa: ANN401 - a library without types
    found = [
        (match.offset, pattern.identifier, match.length, match.xor_key)
        for pattern in rule.patterns
        for match in list(pattern.matches)[:EACH]
    ]
    found.sort(key=lambda one: one[:3])
    every = sum(len(pattern.matches) for pattern in rule.patterns)
    places = tuple(
        Place(string, offset, length, _shown(content[offset : offset + length]), key)
        for offset, string, length, key in found[:PLACES]
    )
    return YaraHit(_id(rule), places, every - len(places))


def _shown(raw: bytes) -> str:
    """Return bytes as text: printable ASCII as it is, everything else as escapes."""
    cut = "..." if len(raw) > SHOWN else ""
    text = raw[:SHOWN].decode("ascii", "backslashreplace")
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text) + cut
