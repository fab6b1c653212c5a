"""The plan of an investigation as the ledger holds it, so that another can do the same again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from stopa.case.plan import UNTITLED, Plan
from stopa.model.evidence import Reliability, Tlp
from stopa.model.record import canonical
from stopa.store.case_reader import CaseReader
from stopa.store.case_store import CaseStore

PLAN = "plan"  # both the step and the kind of its one record
Said = dict[str, str | None]


def record_plan(store: CaseStore, plan: Plan) -> None:
    """Record how the investigation was asked for; the rules are known by the dossier's stamp."""
    said = _said(plan)
    inputs = canonical(said).decode()
    if not store.is_done(PLAN, inputs):
        with store.step(PLAN, inputs) as work:
            work.add(PLAN, PLAN, said)


def recorded_plan(store: CaseReader) -> Said:
    """Return what `record_plan` recorded, empty where nothing was."""
    return next(store.records(PLAN, Said), {})


def plan_again(said: Said, rules: Sequence[Path]) -> Plan:
    """Return the plan that was recorded, with rules."""
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
        marks=_marks(said.get("marks")),
        all_indicators=said.get("all_indicators") is not None,
        own_domains=tuple((said.get("own_domains") or "").split()),
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
        "all_indicators": "yes" if plan.all_indicators else None,
        **({"own_domains": " ".join(plan.own_domains)} if plan.own_domains else {}),
    }


def _marks(text: str | None) -> tuple[tuple[str, Tlp], ...]:
    return tuple((pattern, Tlp(tlp)) for pattern, tlp in json.loads(text)) if text else ()


def _zone(word: str) -> tzinfo | None:
    if word.startswith("UTC"):
        return datetime.strptime(word.removeprefix("UTC") or "+00:00", "%z").tzinfo
    return ZoneInfo(word)
