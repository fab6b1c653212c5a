"""The runs of an investigation as the ledger holds them, so that another can do the same again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from stopa.case.hand_in import fits
from stopa.case.plan import UNTITLED, Plan
from stopa.errors import VerificationError
from stopa.model.evidence import Reliability, Tlp
from stopa.model.record import canonical, name
from stopa.model.run import Run
from stopa.store.case_reader import CaseReader
from stopa.store.case_store import CaseStore, Step

RUN = "run"
UNTOLD = "untold"  # how far each rule came, after an erasure
Said = dict[str, str | None]


def record_run(store: CaseStore, plan: Plan, given: Iterable[str]) -> None:
    """Record how a run was asked for and what it took in (ids of evidence).

    One that asks for the same as the last, and takes in no less, stands in its place: doing it
    again does what the last one did. What tells the case apart is made of its first run.
    """
    runs = [*recorded_runs(store)]
    ids = tuple(sorted(given))
    case = plan.case or recorded_plan(store).get("case") or name("C", plan.title, *ids)
    run = Run({**_said(plan), "case": case}, ids)
    if runs and runs[-1].plan == run.plan and {*(runs[-1].given or ())} <= {*(run.given or ())}:
        runs.pop()
    with store.steps() as begin:
        put_runs(store, begin, [*runs, run])


def put_runs(store: CaseStore, begin: Callable[[str], Step], runs: Iterable[Run]) -> None:
    """Put runs in their order into a transaction, where they are not recorded yet."""
    for number, run in enumerate(runs, 1):
        step, inputs = f"{RUN}:{number:04}", name("N", run)
        if not store.is_done(step, inputs):
            work = begin(step)
            work.add(RUN, f"{number:04}", run)
            work.finish(inputs)


def recorded_runs(store: CaseReader) -> tuple[Run, ...]:
    """Return the runs that were recorded, in their order."""
    return tuple(store.records(RUN, Run))


def recorded_plan(store: CaseReader) -> Said:
    """Return how the last run was asked for, empty where none was recorded."""
    runs = recorded_runs(store)
    return runs[-1].plan if runs else {}


def without_marks_of_nothing(said: Said, names: Iterable[str]) -> Said:
    """Return a plan without the markings that fit no evidence of these names."""
    known = tuple(names)
    marks = _marks(said.get("marks"))
    left = [mark for mark in marks if any(fits(one, mark[0]) for one in known)]
    return {**said, "marks": canonical(left).decode() if left else None}


def plan_again(said: Said, rules: Sequence[Path]) -> Plan:
    """Return the plan that was recorded, with rules; raise VerificationError where it is none."""
    try:
        return _plan(said, rules)
    except (ValueError, TypeError, LookupError, OSError) as error:
        raise VerificationError(
            f"how a run was asked for cannot be read: {error}", hint="get the dossier anew"
        ) from error


def _plan(said: Said, rules: Sequence[Path]) -> Plan:
    zone = said.get("zone")
    return Plan(
        title=said.get("title") or UNTITLED,
        rules=tuple(rules),
        tlp=Tlp(said.get("tlp") or Tlp.AMBER),
        reliability=Reliability(said.get("reliability") or Reliability.CANNOT_BE_JUDGED),
        reader=said.get("reader"),
        zone=_zone(zone) if zone else None,
        year=int(said.get("year") or 0) or None,
        notice=said.get("notice") or "",
        case=said.get("case") or "",
        marks=_marks(said.get("marks")),
        keep=said.get("keep") is not None,
        all_indicators=said.get("all_indicators") is not None,
        own_domains=tuple((said.get("own_domains") or "").split()),
        reach_told=said.get("reach") != UNTOLD,
    )


def _said(plan: Plan) -> Said:
    return {
        "title": plan.title,
        "tlp": plan.tlp,
        "reliability": plan.reliability,
        "reader": plan.reader,
        "zone": str(plan.zone) if plan.zone else None,
        "year": str(plan.year) if plan.year else None,
        "notice": plan.notice,
        "marks": canonical(plan.marks).decode() if plan.marks else None,
        "keep": "yes" if plan.keep else None,
        "all_indicators": "yes" if plan.all_indicators else None,
        **({"own_domains": " ".join(plan.own_domains)} if plan.own_domains else {}),
        **({} if plan.reach_told else {"reach": UNTOLD}),
    }


def _marks(text: str | None) -> tuple[tuple[str, Tlp], ...]:
    return tuple((pattern, Tlp(tlp)) for pattern, tlp in json.loads(text)) if text else ()


def _zone(word: str) -> tzinfo | None:
    if word.startswith("UTC"):
        return datetime.strptime(word.removeprefix("UTC") or "+00:00", "%z").tzinfo
    return ZoneInfo(word)
