"""The year that the analyst says of logs without one reaches readers, and is kept with the plan."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from stopa.case.hunt import hunt
from stopa.case.plan import Plan, Quiet
from stopa.case.recorded import plan_again, recorded_plan
from stopa.case.work import investigate
from stopa.model.rule import Finding
from stopa.store.case_reader import CaseReader

RULE = """title: r
id: 6a7bb8f6-9d04-4c38-8d16-3f0a3ac1a0f3
logsource: {product: linux, service: sshd}
detection: {a: {src_ip: 192.0.2.7}, condition: a}
level: high
"""
LINE = "Dec 31 23:59:59 h sshd[1]: Failed password for root from 192.0.2.7 port 22 ssh2\n"
WHEN = datetime(2023, 12, 31, 23, 59, 59, tzinfo=UTC)


def test_a_hunt_has_the_year_that_the_analyst_said(tmp_path: Path) -> None:
    log, rule = tmp_path / "auth.log", tmp_path / "rule.yml"
    log.write_text(LINE)
    rule.write_text(RULE)
    ((_, found),) = hunt([log], Plan(rules=(rule,), zone=UTC, year=2023), Quiet()).findings
    assert found.time == WHEN


def test_a_case_keeps_the_year_with_its_plan(tmp_path: Path) -> None:
    log, rule, case = tmp_path / "auth.log", tmp_path / "rule.yml", tmp_path / "case"
    log.write_text(LINE)
    rule.write_text(RULE)
    plan = Plan(rules=(rule,), zone=UTC, year=2023)
    investigate([log], case, plan, Quiet())
    with CaseReader(case) as store:
        assert plan_again(recorded_plan(store), plan.rules).year == 2023
        (found,) = store.records("finding", Finding)
    assert found.time == WHEN
