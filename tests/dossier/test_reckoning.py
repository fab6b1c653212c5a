"""The page's sum is the assessment's: the same explanations and marks, whatever is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, combinations, pairwise, product
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser

from stopa import attribution
from stopa.attribution.confirming import independent, without
from stopa.attribution.outcome import Outcome, outcome
from stopa.attribution.weighing import Scales, level, scales
from stopa.dossier.html import sheet
from stopa.dossier.index import index
from stopa.dossier.switches import reckoned
from stopa.knowledge import Knowledge, Record, import_stix, load
from stopa.model.actor import (
    Actor,
    Citation,
    Profile,
    Software,
    Stamp,
    Technique,
    Use,
)
from stopa.model.assessment import Aspect, Hypothesis, Observation, Weight
from stopa.model.when import When
from tests.dossier.sample import sample
from tests.dossier.sample_ranked import NAMES_AND_WAYS, WAYS_ALONE, observed
from tests.shared import SHARED, needs_shared

pytestmark = pytest.mark.browser
BUNDLE = SHARED / "data" / "attack" / "enterprise-attack-18.1.stix21.json.gz"
NEAR = 2e-6  # both sides round to six digits
ROOTS = ("telemetry", "report", "rumour")
ASPECTS = (Aspect.MALWARE, Aspect.CONTROL)
Left = tuple[frozenset[str], bool, bool]  # ids that are gone, independent alone, all equal before


CASES = {"names and ways": NAMES_AND_WAYS, "ways alone": WAYS_ALONE}


def _invented() -> Knowledge:
    """Return knowledge of eight actors by the reports on each, dated over ten years."""
    items = sorted({i for case in CASES.values() for _, values in case for i in values.split()})
    actors: list[Actor] = []
    profiles: list[Profile] = []
    dates: dict[str, Citation] = {}
    for number in range(8):
        owner = f"G{7 + number:04}"
        uses = []
        for at, item in enumerate(items):
            reports = [
                f"{owner} {year}"
                for year in range(2014, 2025)
                if (year * 7 + at * 5 + number * 3) % 11 < 2
            ]
            if reports and (at + number) % 3:
                uses.append(Use(item, tuple(reports)))
                dates |= {name: Citation(name, When(name[-4:])) for name in reports}
        actors.append(Actor(owner, f"Actor {number}", "MITRE ATT&CK", country="XKF"))
        profiles.append(Profile(owner, tuple(uses)))
    software = tuple(
        Software(i, i, "MITRE ATT&CK", public=i in ("S0002", "S0154")) for i in items if i[0] == "S"
    )
    return Knowledge(
        Record(
            stamp=Stamp("invented", "1", "0" * 64),
            actors=tuple(actors),
            software=software,
            techniques=tuple(Technique(i, i, ()) for i in items if i[0] == "T"),
            profiles=tuple(profiles),
            citations=tuple(dates[name] for name in sorted(dates)),
        )
    )


def _subsets(of: Sequence[str]) -> list[tuple[str, ...]]:
    return [*chain.from_iterable(combinations(of, size) for size in range(len(of) + 1))]


def _all_ways(observations: tuple[Observation, ...]) -> list[Left]:
    """Return every combination of the switches: 2 of 2 aspects, 3 of 3 sources, two more."""
    found = []
    for roots, aspects, alone, equal in product(
        _subsets(ROOTS), _subsets(ASPECTS), (False, True), (False, True)
    ):
        gone = {o.id for o in observations if o.root in roots or o.aspect in aspects}
        found.append((frozenset(gone), alone, equal))
    return found


def _assessed(observations: tuple[Observation, ...], on: Scales, left: Left) -> Outcome:
    gone, alone, equal = left
    kept = without(observations, gone)
    return outcome(independent(kept) if alone else kept, level(on) if equal else on, {"G0007": ""})


def _in_page(
    chromium: Browser, data: dict[str, object], ways: Sequence[Left]
) -> list[dict[str, object]]:
    """Do the page's sum in a browser, with nothing of the page around it."""
    program = f"""([data, ways]) => {{
      {sheet("rank.js")}
      {sheet("reckon.js")}
      const book = openBook(data.book);
      return ways.map(([gone, alone, equal]) => {{
        const found = reckon(book, leave(data.seen, new Set(gone), alone), equal);
        return {{
          hypotheses: found.hypotheses,
          against: found.matrix.against,
          rows: found.matrix.rows.map((row) => [row.observation.id, row.marks, row.diagnosticity]),
        }};
      }});
    }}"""
    page = chromium.new_page()
    asked = [[sorted(gone), alone, equal] for gone, alone, equal in ways]
    try:
        found: list[dict[str, object]] = page.evaluate(program, [msgspec.to_builtins(data), asked])
    finally:
        page.close()
    return found


def _data(observations: tuple[Observation, ...], knowledge: Knowledge) -> dict[str, object]:
    numbers = attribution.reckoning(observations, (), knowledge)
    assert numbers is not None
    numbers = replace(numbers, named=("G0007",))
    data = reckoned(index(replace(sample(), observations=observations, reckoning=numbers)))
    assert data is not None
    return data


def _same(told: dict[str, object], expected: Outcome) -> None:
    explained: list[dict[str, object]] = told["hypotheses"]  # type: ignore[assignment]
    assert len(explained) == len(expected.hypotheses)
    by_key = {(h["kind"], h["actor"]): h for h in explained}
    for hypothesis in expected.hypotheses:
        mine = by_key[hypothesis.kind.value, hypothesis.actor]
        assert mine["label"] == hypothesis.label
        assert mine["prior"] == pytest.approx(hypothesis.prior, abs=NEAR)
        assert mine["posterior"] == pytest.approx(hypothesis.posterior, abs=NEAR)
        assert mine["told"] == (hypothesis.likelihood.term != "cannot be told")
        weights = {w.observation: w.log_ratio for w in _weights(hypothesis)}
        said = {w["observation"]: w["ratio"] for w in mine["weights"] if w["ratio"]}  # type: ignore[attr-defined]
        assert said == pytest.approx(weights, abs=NEAR)
    _in_the_same_order([float(h["posterior"]) for h in explained])  # type: ignore[arg-type]
    columns = [(h["kind"], h["actor"]) for h in explained]
    ours = [(h.kind.value, h.actor) for h in expected.hypotheses]
    against = dict(zip(columns, told["against"], strict=True))  # type: ignore[call-overload]
    marks = {row[0]: dict(zip(columns, row[1], strict=True)) for row in told["rows"]}  # type: ignore[attr-defined]
    assert against == pytest.approx(
        dict(zip(ours, expected.matrix.inconsistency, strict=True)), abs=NEAR
    )
    assert len(marks) == len(expected.matrix.rows)
    for row in expected.matrix.rows:
        assert marks[row.observation] == {
            key: mark.value for key, mark in zip(ours, row.marks, strict=True)
        }


def _weights(hypothesis: Hypothesis) -> list[Weight]:
    return [*hypothesis.speaks_for, *hypothesis.speaks_against]


def _in_the_same_order(values: list[float]) -> None:
    assert all(one >= other - NEAR for one, other in pairwise(values))


@pytest.mark.parametrize("case", CASES)
def test_the_page_comes_to_what_the_assessment_comes_to_in_every_combination(
    case: str, chromium: Browser, tmp_path: Path
) -> None:
    _compare(case, chromium, load(tmp_path))


@pytest.mark.parametrize("case", CASES)
def test_so_it_does_with_the_dates_and_numbers_of_invented_reports(
    case: str, chromium: Browser
) -> None:
    _compare(case, chromium, _invented())


@needs_shared
@pytest.mark.parametrize("case", CASES)
def test_so_it_does_where_the_knowledge_has_reports_with_dates(
    case: str, chromium: Browser, tmp_path: Path
) -> None:
    import_stix(BUNDLE, tmp_path)
    _compare(case, chromium, load(tmp_path))


def _compare(case: str, chromium: Browser, knowledge: Knowledge) -> None:
    observations = observed(CASES[case])
    on, ways = scales(observations, knowledge), _all_ways(observations)
    assert len(ways) == 128
    leaders = set()
    for told, left in zip(
        _in_page(chromium, _data(observations, knowledge), ways), ways, strict=True
    ):
        expected = _assessed(observations, on, left)
        _same(told, expected)
        leaders.add(expected.weighed.best)
    assert len(leaders) > 2, "no combination changes anything: this tells nothing"
