"""Sigma rules in, a compiled program out; event batches in, findings out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from stopa.detect import cache as kept
from stopa.detect.correlation import BaseHit
from stopa.detect.explain import Ticked, explain
from stopa.detect.image import ENGINE
from stopa.detect.program import Hits, Program
from stopa.detect.rules import Rule, RuleSet, load

__all__ = [
    "BaseHit",
    "Hits",
    "Program",
    "Rule",
    "RuleSet",
    "Ticked",
    "compile",
    "explain",
    "load",
    "prepare",
    "starter_rules",
]


def starter_rules() -> Path:
    """Return the folder of the rules that come with stopa."""
    return Path(__file__).parent / "rules"


def compile(rules: RuleSet) -> Program:
    """Return the program of the rules. It is pure, may be pickled, and threads may share it."""
    from stopa.detect.compiler import image

    return Program(image(rules))


def prepare(
    paths: Sequence[Path],
    *,
    cache: Path | None,
    placeholders: Path | None = None,
    pipelines: Sequence[Path] = (),
) -> Program:
    """Load and compile, or take what an earlier run kept in the folder `cache`.

    Raises `RulesError` when a path cannot be read or no rule is found at all.
    """
    if cache is None:
        return compile(load(paths, placeholders=placeholders, pipelines=pipelines))
    extra = [path for path in (placeholders, *pipelines) if path is not None]
    name = kept.key([*paths, *extra], ENGINE)
    stored = kept.read(cache, name)
    if stored is not None:
        return Program(stored.image, stored.literals)
    program = compile(load(paths, placeholders=placeholders, pipelines=pipelines))
    kept.keep(cache, name, kept.Stored(program.image, program.literals()))
    return program
