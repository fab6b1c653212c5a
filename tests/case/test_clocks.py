"""Clocks that lie apart are found by what two sources saw; too little seen says nothing."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from stopa.case.clocks import FEWEST, skews
from stopa.case.plan import Plan, Quiet
from stopa.case.work import investigate
from stopa.cli.group import cli

AHEAD = 7200.25  # seconds that the second sensor is ahead
BEGIN = 1748412930.0


def _case(home: Path, shared: int) -> Path:
    zeek, eve = [], []
    for n in range(shared):
        client = {"id.orig_h": "192.0.2.31", "id.orig_p": 50000 + n}
        server = {"id.resp_h": "203.0.113.80", "id.resp_p": 443}
        time = BEGIN + 60 * n
        zeek.append({"_path": "conn", "ts": time, "uid": f"C{n}", "conn_state": "SF"}
                    | client | server)  # fmt: skip
        wrong = 5.0 * (n % 2)  # what one sensor notices later
        hour, rest = divmod(int(time + AHEAD + wrong) % 86400, 3600)
        eve.append({"timestamp": f"2025-05-28T{hour:02}:{rest // 60:02}:{rest % 60:02}.25+0000",
                    "event_type": "tls", "flow_id": n, "proto": "TCP",
                    "src_ip": "203.0.113.80", "src_port": 443,
                    "dest_ip": "::ffff:192.0.2.31", "dest_port": 50000 + n})  # fmt: skip
    for folder, rows in (("first", zeek), ("second", eve)):
        (home / "evidence" / folder).mkdir(parents=True)
        text = "".join(f"{json.dumps(row)}\n" for row in rows)
        (home / "evidence" / folder / "log.json").write_text(text)
    investigate([home / "evidence"], home / "case", Plan(), Quiet())
    return home / "case"


def test_a_clock_that_is_ahead_is_told_by_how_much_and_how_surely(tmp_path: Path) -> None:
    case = _case(tmp_path, 12)
    (skew,) = skews(case)
    assert "suricata" in skew.one
    assert "zeek" in skew.other
    assert skew.events == 12
    assert -AHEAD - 5 <= skew.low <= skew.median <= skew.high <= -AHEAD + 0.01
    result = CliRunner().invoke(cli, ["coverage", str(case), "--json"], standalone_mode=False)
    (clock,) = json.loads(result.stdout)["clocks"]
    assert clock["median"] == skew.median
    shown = CliRunner().invoke(cli, ["coverage", str(case)], standalone_mode=False).stdout
    assert "12 events that both saw" in shown
    assert "never applied" in shown
    assert "suricata (evidence/second) is 7,20" in shown


def test_too_few_shared_events_say_nothing(tmp_path: Path) -> None:
    assert skews(_case(tmp_path, FEWEST - 1)) == ()
