"""How well the ranking of actors does on reports that its profiles do not hold.

    evals/attribution.py --citations F --cases F [--fit F ...] [--out F] [--write F]

Fits on the `--fit` cases, by default on the same file in five folds grouped by true actor; prints
the figures beside four baselines; writes one line for each case to `--out`. `--write` fits on all
cases of `--fit` and writes the parameters that ship, with the figures and the table they earned.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from attribution_baselines import BASELINES, chances
from attribution_cases import Case, Citations, read
from attribution_figures import Judged, auroc, figures, reliability

from stopa.attribution.features import names_of, table
from stopa.attribution.fitting import fit_choice, fit_known, folds
from stopa.attribution.parameters import Fit
from stopa.attribution.profiles import Profiles
from stopa.attribution.ranking import open_set, softmax, unknown

PRECISION = 0.8  # of the cases named aloud, where the open-set threshold is set
KINDS = {"cited": ("known", "unknown"), "plain": ("plain", "plain_unknown")}
HEAD = ("top1", "top5", "mrr", "ece", "ece_if_calibrated", "brier", "coverage90")


def main() -> None:
    """Parse, fit, judge, print."""
    options = _options()
    citations = Citations(options.citations)
    cases = read(citations, options.cases)
    fits = [read(citations, file) for file in options.fit] if options.fit else [cases]
    made = {kind: judge(cases, [c for f in fits for c in f], kind) for kind in KINDS}
    print(_report(cases, made, options.cases))
    if options.out:
        options.out.write_text("".join(_lines(cases, made["cited"])))
    if options.write:
        options.write.write_text(_parameters(cases, made, options))


class Outcome:
    """What one kind of profile came to: rankings with the actor known, and with it taken out."""

    def __init__(self) -> None:
        self.judged: dict[int, Judged] = {}
        self.known: dict[int, float] = {}
        self.out: dict[int, tuple[float, float]] = {}
        self.final: Fit | None = None


def judge(cases: list[Case], fit_on: list[Case], kind: str) -> Outcome:
    """Rank all cases, each with weights fitted without the cases of its actor."""
    outcome = Outcome()
    shared = {c.truth for c in cases} & {c.truth for c in fit_on}
    place = folds([c.truth for c in cases]) if shared else [0] * len(cases)
    for number in sorted(set(place)):
        inside = [i for i, p in enumerate(place) if p == number]
        held = {cases[i].truth for i in inside}
        fit = _fit([c for c in fit_on if c.truth not in held], kind)
        for i in inside:
            _judge(cases[i], i, kind, fit, outcome)
    outcome.final = _fit(fit_on, kind)
    return outcome


def _fit(cases: list[Case], kind: str) -> Fit:
    known, out = KINDS[kind]
    tables = [table(c.items, getattr(c, known), c.year) for c in cases]
    truths = [getattr(c, known).owners.index(c.truth) for c in cases]
    names = names_of(getattr(cases[0], known))
    weights = fit_choice(tables, truths, names)
    bare = Fit(weights, {}, {}, ())
    rows = [_features(c, getattr(c, known), bare) for c in cases]
    rows += [_features(c, getattr(c, out), bare) for c in cases]
    return Fit(weights, fit_known(rows, [True] * len(cases) + [False] * len(cases)), {}, ())


def _chance(case: Case, profiles: Profiles, fit: Fit) -> tuple[np.ndarray, np.ndarray]:
    found = table(case.items, profiles, case.year)
    weights = np.array([fit.weights[name] for name in names_of(profiles)])
    return found, softmax(found @ weights)


def _features(case: Case, profiles: Profiles, fit: Fit) -> dict[str, float]:
    found, chance = _chance(case, profiles, fit)
    return open_set(case.items, profiles, found, chance)


def _judge(case: Case, number: int, kind: str, fit: Fit, outcome: Outcome) -> None:
    known, out = (getattr(case, name) for name in KINDS[kind])
    _, chance = _chance(case, known, fit)
    outcome.judged[number] = Judged(chance, known.owners.index(case.truth), known.owners)
    outcome.known[number] = 1 - unknown(_features(case, known, fit), fit)
    _, without = _chance(case, out, fit)
    outcome.out[number] = (1 - unknown(_features(case, out, fit), fit), float(without.max()))


def _open_set(outcome: Outcome) -> dict[str, float]:
    order = sorted(outcome.judged)
    known = np.array([outcome.known[i] for i in order])
    out = np.array([outcome.out[i][0] for i in order])
    judged = [outcome.judged[i] for i in order]
    right = np.array([float(int(j.chance.argmax()) == j.truth) for j in judged])
    says = known * np.array([float(j.chance.max()) for j in judged])
    says_out = np.array([outcome.out[i][0] * outcome.out[i][1] for i in order])
    every, correct = np.concatenate([says, says_out]), np.concatenate([right, 0 * right])
    best = np.argsort(-every, kind="stable")
    running = np.cumsum(correct[best]) / np.arange(1, len(best) + 1)
    good = np.flatnonzero(running >= PRECISION)
    threshold = float(every[best][good.max()]) if len(good) else 1.0
    return {
        "auroc": auroc(known, out),
        "auroc_of_says": auroc(says, says_out),
        "threshold": threshold,
        "named_known": float((says >= threshold).mean()),
        "named_unknown": float((says_out >= threshold).mean()),
    }


def _report(cases: list[Case], made: dict[str, Outcome], file: Path) -> str:
    rows = [("method", *HEAD)]
    for kind, outcome in made.items():
        found = figures([outcome.judged[i] for i in sorted(outcome.judged)])
        rows.append((f"stopa, {kind}", *(f"{found[name]:.3f}" for name in HEAD)))
    for name, score in BASELINES.items():
        judged = [
            Judged(chances(score(c.items, c.known)), c.known.owners.index(c.truth), c.known.owners)
            for c in cases
        ]
        found = figures(judged)
        rows.append((name, *(f"{found[one]:.3f}" for one in HEAD)))
    lines = [f"{file.name}: {len(cases)} cases, {len({c.truth for c in cases})} actors"]
    lines += ["  ".join(f"{cell:>17}" for cell in row) for row in rows]
    for kind, outcome in made.items():
        found = ", ".join(f"{name} {value:.3f}" for name, value in _open_set(outcome).items())
        lines.append(f"open set, {kind}: {found}")
    return "\n".join(lines)


def _lines(cases: list[Case], outcome: Outcome) -> list[str]:
    made = []
    for number, case in enumerate(cases):
        judged = outcome.judged[number]
        order = sorted(
            range(len(judged.chance)), key=lambda i: (-judged.chance[i], judged.owners[i])
        )
        ranking = [[judged.owners[i], round(float(judged.chance[i]), 6)] for i in order]
        away = round(1 - outcome.known[number], 6)
        line = {"case": case.id, "id": case.id, "ranking": ranking, "unknown": away}
        made.append(json.dumps(line) + "\n")
    return made


def _parameters(cases: list[Case], made: dict[str, Outcome], options: argparse.Namespace) -> str:
    files = ", ".join(file.name for file in options.fit or [options.cases])
    body: dict[str, object] = {
        "provenance": (
            f"fitted by evals/attribution.py on {files} ({len(cases)} judged cases); figures and "
            "reliability from five folds grouped by true actor, judged by weights of the others"
        )
    }
    for kind, outcome in made.items():
        judged = [outcome.judged[i] for i in sorted(outcome.judged)]
        body[kind] = {
            "weights": {n: round(v, 6) for n, v in outcome.final.weights.items()},
            "known": {n: round(v, 6) for n, v in outcome.final.known.items()},
            "figures": {
                n: round(v, 4) for n, v in {**figures(judged), **_open_set(outcome)}.items()
            },
            "reliability": reliability(judged),
        }
    return json.dumps(body, indent=1) + "\n"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--citations", type=Path, required=True)
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--fit", type=Path, action="append")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--write", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
