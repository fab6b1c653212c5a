"""The assessment of a case, of observations in a file, or of a bare set of ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from stopa import attribution, knowledge
from stopa.case.cache import cache_folder
from stopa.errors import InputError
from stopa.model.assessment import Assessment, Observation
from stopa.model.record import parse
from stopa.model.statement import Comparison
from stopa.store.case_reader import DATABASE, CaseReader


@dataclass(frozen=True, slots=True)
class Weighed:
    """Observations and the assessment made of them."""

    observations: tuple[Observation, ...]
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class _Printed:
    """The part of what `--json` prints that an assessment is made of; the rest is made anew."""

    observations: tuple[Observation, ...]


def weighed(target: Path) -> Weighed:
    """Return what a case says, or assess the observations of a JSON file as --json prints it."""
    if (target / DATABASE).is_file():
        with CaseReader(target) as store:
            observations = tuple(store.records("observation", Observation))
            assessment = next(store.records("assessment", Assessment), None)
        if assessment is None:
            raise InputError(
                f"{target} has no assessment yet", hint="complete it with stopa investigate"
            )
        return Weighed(observations, assessment)
    observations = _observations(target)
    known = knowledge.load(cache_folder())
    assessment = attribution.assess(observations, (), Comparison((), ()), known)
    return Weighed(observations, assessment)


def ranked(techniques: Sequence[str], software: Sequence[str]) -> Weighed:
    """Assess a bare set of ATT&CK techniques and software."""
    observations, assessment = attribution.rank(
        techniques, software, knowledge.load(cache_folder())
    )
    return Weighed(observations, assessment)


def _observations(path: Path) -> tuple[Observation, ...]:
    try:
        return parse(path.read_bytes(), _Printed).observations
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", hint="name a case or a file") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path} holds no observations: {error}",
            hint="write them as `stopa attribute CASE --json` prints them",
        ) from error
