"""Detection, measured on SigmaHQ's own positives and against another engine's second opinion.

    evals/detection.py [--cases DIR] [--rules PATH] [--oracle CSV | --no-oracle] [--out FILE]

Spec: each case names a rule and how often at least it must fire on its events, which are there
twice, as EVTX and as JSON. The true count is what the reference evaluator of the tests finds.
Why: a rule that fires too often is as wrong as one that does not fire, so counts must be equal.
Beside stopa stand, in the same call, the naive baseline (every rule on every event, whatever log
it is of) and the oracle, another engine, where it has counts.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from evals.detection_counts import LANES, Case, Counts, Reference, cases, counts  # noqa: E402
from evals.detection_oracle import UNEXPLAINED, Difference, counted, differences  # noqa: E402

from stopa import detect  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
ENGINES = ("stopa", "naive", "reference")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one lane of a case gave."""

    case: Case
    lane: str
    counts: Counts

    def fired(self, engine: str) -> bool:
        """Whether the case's rule fired as often as stated."""
        return self.counts.own[engine] >= self.case.stated

    def exact(self, engine: str) -> bool:
        """Whether it fired as often as it must."""
        return self.counts.own[engine] == self.counts.own["reference"]


def main() -> int:
    """Print the tables; return 1 where a case fails or a difference is unexplained."""
    options = _options()
    program = detect.compile(detect.load([options.rules]))
    reference = Reference(options.rules, program)
    listed = list(cases(options.cases))
    known = [case for case in listed if case.rule in reference.claims]
    began = time.perf_counter()
    outcomes = [
        Outcome(case, lane, counts(case, lane, program, reference))
        for case in known
        for lane in LANES
        if lane in case.files
    ]
    _add_oracle(outcomes, options.oracle)
    _print_lanes(outcomes, listed, time.perf_counter() - began)
    found: list[Difference] = []
    if options.oracle:
        same, pairs, found = differences(options.oracle, program, reference)
        _print_differences(found, same, pairs)
    if options.out:
        options.out.write_text(json.dumps(_report(outcomes, found), indent=1) + "\n")
    failed = [o for o in outcomes if not (o.fired("stopa") and o.exact("stopa"))]
    unexplained = [d for d in found if d.verdict == UNEXPLAINED]
    return int(bool(failed or unexplained or len(known) < len(listed)))


def _options() -> argparse.Namespace:
    words = argparse.ArgumentParser(description="detection: positives, exact counts, an oracle")
    words.add_argument("--cases", type=Path, default=DATA / "sigma_regression")
    words.add_argument("--rules", type=Path, default=DATA / "sigma" / "sigma_rules.tar.gz")
    words.add_argument("--oracle", type=Path, default=DATA / "ORACLE_sigma_hits.csv")
    words.add_argument("--no-oracle", action="store_const", const=None, dest="oracle")
    words.add_argument("--out", type=Path)
    return words.parse_args()


def _add_oracle(outcomes: Sequence[Outcome], oracle: Path | None) -> None:
    """Put the oracle's counts beside ours where it was run on the same files."""
    theirs = counted(oracle) if oracle else Counter()
    for outcome in outcomes:
        path = outcome.case.files[outcome.lane]
        if oracle and outcome.lane == "evtx" and path.is_relative_to(oracle.parent):
            name = str(path.relative_to(oracle.parent))
            outcome.counts.own["oracle"] = theirs[name, outcome.case.rule]
            outcome.counts.every["oracle"] = sum(n for key, n in theirs.items() if key[0] == name)


def _print_lanes(outcomes: Sequence[Outcome], listed: Sequence[Case], seconds: float) -> None:
    print(f"{'lane':<6}{'engine':<11}{'cases':>6}{'events':>8}{'fired':>7}{'exact':>7}", end="")
    print(f"{'findings':>10}{'of all rules':>14}")
    for lane in LANES:
        for engine in (*ENGINES, "oracle"):
            mine = [o for o in outcomes if o.lane == lane and engine in o.counts.own]
            if mine:
                _print_row(lane, engine, mine)
    print("fired: as often as stated at least; exact: as often as the reference evaluator finds;")
    print("findings: of the cases' own rules; naive: no log sources, so rules fire where they must")
    print(f"not. {seconds:.1f} s with the slow reference.")
    for o in outcomes:
        if not (o.fired("stopa") and o.exact("stopa")):
            said = f"stated {o.case.stated}, true {o.counts.own['reference']}"
            print(f"FAILED {o.case.rule} {o.lane}: {o.counts.own['stopa']}, {said}")
        elif o.lane == "evtx" and o.counts.own["reference"] > o.case.stated:
            true = o.counts.own["reference"]
            print(f"note: {o.case.rule} states {o.case.stated}, the true count is {true}")
    judged = {o.case.rule for o in outcomes}
    for case in listed:
        if case.rule not in judged:
            print(f"FAILED {case.rule}: not among the rules, or refused")


def _print_row(lane: str, engine: str, mine: Sequence[Outcome]) -> None:
    fired = sum(o.fired(engine) for o in mine)
    exact = sum(o.exact(engine) for o in mine)
    own = sum(o.counts.own[engine] for o in mine)
    every = sum(o.counts.every[engine] for o in mine)
    total = sum(o.counts.events for o in mine)
    print(f"{lane:<6}{engine:<11}{len(mine):>6}{total:>8}{fired:>7}{exact:>7}{own:>10}{every:>14}")


def _print_differences(found: Sequence[Difference], same: int, pairs: int) -> None:
    print(f"\noracle: {same} (file, rule) pairs alike, {len(found)} otherwise; we have {pairs}")
    for verdict, count in Counter(d.verdict for d in found).most_common():
        print(f"{count:>5}  {verdict}")
    print(f"{'ours':>5}{'theirs':>8}{'true':>6}  rule, file")
    for d in found:
        print(f"{d.ours:>5}{d.theirs:>8}{d.true:>6}  {d.title[:60]}, {Path(d.file).name}")


def _report(outcomes: Sequence[Outcome], found: Sequence[Difference]) -> Mapping[str, object]:
    return {
        "cases": [
            {"rule": o.case.rule, "lane": o.lane, "stated": o.case.stated, "findings": o.counts.own}
            for o in outcomes
        ],
        "differences": [asdict(each) for each in found],
    }


if __name__ == "__main__":
    sys.exit(main())
