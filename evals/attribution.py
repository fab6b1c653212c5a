"""How well the ranking of actors does on reports that its profiles do not hold.

    evals/attribution.py --citations F --cases F [--fit F ...] [--given-only] [--out F]
    evals/attribution.py --citations F --cases F --cases F --all --write F

Fits on the `--fit` cases, by default on the same file in five folds grouped by true actor; the
weights and the open-set score also on the cases that the citations give by the same rule for actors
that no judged case is about (`--given-only` leaves these out). Prints the figures beside four
baselines; writes one line for each case to `--out`. `--all` judges all cases that the citations
give by the rule of the files. `--write` fits on all of them and writes the parameters that ship,
with the figures and the table they earned. A case whose actor has nothing left is one of an unknown
actor: it is ranked like the others, takes part in no fitting, and counts as wrong.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from attribution_baselines import BASELINES, chances
from attribution_cases import Case, Citations, Laid, lay, made, place_of, read
from attribution_figures import Judged, figures, reliability
from attribution_fitting import chance, chance_out, fit, known, known_out
from attribution_open_set import Told, open_set, rests_on

from stopa.attribution.fitting import folds
from stopa.attribution.parameters import Fit
from stopa.attribution.profiles import build

KINDS = ("cited", "plain")
HEAD = ("top1", "top5", "mrr", "ece", "ece_if_calibrated", "brier", "coverage90")


def main() -> None:
    """Parse, fit, judge, print."""
    options = _options()
    citations = Citations(options.citations)
    cases = [case for file in options.cases for case in read(file)]
    if options.all:
        cases = made(citations, cases)
    fit_on = training(citations, cases, options.fit or (), options.given_only)
    results = {kind: judge(citations, cases, fit_on, kind) for kind in KINDS}
    print(_report(citations, cases, results, len(fit_on.cases)))
    if options.out:
        options.out.write_text("".join(_lines(cases, results["cited"])))
    if options.write:
        options.write.write_text(_parameters(cases, fit_on.cases, results))


@dataclass(frozen=True)
class Training:
    """The cases to fit on; `given` are the ids of those that are like the judged ones."""

    cases: list[Case]
    given: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    """What one kind of profile came to, in the order of the cases; `final` is fitted on all."""

    judged: list[Judged]
    told: list[Told]
    unknown: list[float]
    final: Fit


def training(
    citations: Citations, cases: list[Case], files: Sequence[Path], given_only: object
) -> Training:
    """Return the cases of the files, or else the judged ones; and those of all other actors."""
    given = [case for file in files for case in read(file)] or cases
    taken, about = frozenset(case.id for case in given), {case.truth for case in cases}
    more = [] if given_only else made(citations, given)
    others = [c for c in more if c.id not in taken and c.truth not in about]
    return Training([*given, *others], taken)


def judge(citations: Citations, cases: list[Case], fit_on: Training, kind: str) -> Outcome:
    """Rank all cases, each with everything fitted without the cases of its actor."""
    every = _distinct([*cases, *fit_on.cases])
    laid = {one.case.id: one for one in lay(citations, every, kind)}
    shared = {c.truth for c in cases} & {c.truth for c in fit_on.cases}
    place = folds([c.truth for c in cases]) if shared else [0] * len(cases)
    fits = {}
    for number in sorted(set(place)):
        held = {case.truth for case, p in zip(cases, place, strict=True) if p == number}
        fits[number] = fit([laid[c.id] for c in fit_on.cases if c.truth not in held], fit_on.given)
    pairs = [(laid[case.id], fits[p]) for case, p in zip(cases, place, strict=True)]
    return Outcome(
        [Judged(chance(one, made), one.truth, one.known.owners) for one, made in pairs],
        [_told(one, made) for one, made in pairs],
        [1 - known(one, made) for one, made in pairs],
        fit([laid[c.id] for c in fit_on.cases], fit_on.given),
    )


def _distinct(cases: list[Case]) -> list[Case]:
    return list({case.id: case for case in cases}.values())


def _told(one: Laid, made: Fit) -> Told:
    says, listed = chance(one, made), one.truth is not None
    return Told(
        actor=one.case.truth,
        known=known(one, made) if listed else None,
        leader=float(says.max()) if listed else None,
        known_out=known_out(one, made),
        leader_out=float(chance_out(one, made).max()),
        right=int(says.argmax()) == one.truth,
        documented=one.documented,
    )


def _report(
    citations: Citations, cases: list[Case], results: dict[str, Outcome], fitted_on: int
) -> str:
    rows = [("method", *HEAD)]
    for kind, outcome in results.items():
        found = figures(outcome.judged)
        rows.append((f"stopa, {kind}", *(f"{found[name]:.3f}" for name in HEAD)))
    bare = [build(citations.left(case), cited=True) for case in cases]
    for name, score in BASELINES.items():
        judged = [
            Judged(chances(score(c.items, p)), place_of(c.truth, p), p.owners)
            for c, p in zip(cases, bare, strict=True)
        ]
        found = figures(judged)
        rows.append((name, *(f"{found[one]:.3f}" for one in HEAD)))
    lines = [
        f"{len(cases)} cases, {_actors(cases)} actors; fitted on {fitted_on} cases, "
        "less those of the actor that is judged"
    ]
    lines += ["  ".join(f"{cell:>17}" for cell in row) for row in rows]
    for kind, outcome in results.items():
        told = outcome.told
        for title, found in (("open set", open_set(told)), ("it rests on", rests_on(told))):
            said = ", ".join(f"{name} {value:.3f}" for name, value in found.items())
            lines.append(f"{title}, {kind}: {said}")
    return "\n".join(lines)


def _lines(cases: list[Case], outcome: Outcome) -> list[str]:
    lines = []
    for number, case in enumerate(cases):
        judged = outcome.judged[number]
        order = sorted(
            range(len(judged.chance)), key=lambda i: (-judged.chance[i], judged.owners[i])
        )
        ranking = [[judged.owners[i], round(float(judged.chance[i]), 6)] for i in order]
        away = round(outcome.unknown[number], 6)
        line = {"case": case.id, "id": case.id, "ranking": ranking, "unknown": away}
        lines.append(json.dumps(line) + "\n")
    return lines


def _parameters(cases: list[Case], fit_on: list[Case], results: dict[str, Outcome]) -> str:
    body: dict[str, object] = {
        "provenance": (
            f"fitted by evals/attribution.py on {len(fit_on)} cases of {_actors(fit_on)} actors "
            f"in ATT&CK 18.1; figures and reliability of {len(cases)} cases of {_actors(cases)} "
            "actors, each judged with all of it fitted without its actor"
        )
    }
    for kind, outcome in results.items():
        judged = outcome.judged
        body[kind] = {
            "weights": {n: round(v, 6) for n, v in outcome.final.weights.items()},
            "known": {n: round(v, 6) for n, v in outcome.final.known.items()},
            "figures": {
                n: round(v, 4) for n, v in {**figures(judged), **open_set(outcome.told)}.items()
            },
            "reliability": reliability(judged),
            "calibration": [[round(v, 4) for v in p] for p in outcome.final.calibration],
        }
    return json.dumps(body, indent=1) + "\n"


def _actors(cases: list[Case]) -> int:
    return len({case.truth for case in cases})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--citations", type=Path, required=True)
    parser.add_argument("--cases", type=Path, action="append", required=True)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--fit", type=Path, action="append")
    parser.add_argument("--given-only", action="store_true")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--write", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
