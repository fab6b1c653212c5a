import json
from dataclasses import replace
from datetime import datetime

from stopa.dossier.exports.timesketch import left_out, write
from tests.dossier.sample import sample

MANDATORY = ("message", "datetime", "timestamp_desc")


def test_each_line_has_what_timesketch_demands() -> None:
    for line in write(sample()).splitlines():
        event = json.loads(line)
        assert all(isinstance(event[name], str) and event[name] for name in MANDATORY)
        assert isinstance(event["timestamp"], int)
        assert event["tlp"] == sample().tlp.value
        assert event["producer"] == f"stopa {sample().made.stopa}"
        moment = datetime.fromisoformat(event["datetime"])
        assert moment.utcoffset() is not None
        assert round(moment.timestamp() * 1_000_000) == event["timestamp"]


def test_lines_are_in_time_order_and_none_is_lost() -> None:
    events = [json.loads(line) for line in write(sample()).splitlines()]
    assert [e["timestamp"] for e in events] == sorted(e["timestamp"] for e in events)
    found = {e["stopa_id"] for e in events if e["data_type"] == "stopa:finding"}
    assert found == {finding.id for finding in sample().findings}


def test_what_has_no_time_is_left_out_and_counted() -> None:
    timeless = tuple(replace(finding, time=None) for finding in sample().findings[:3])
    dossier = replace(sample(), findings=timeless)
    assert left_out(dossier) == 3
    assert b"stopa:finding" not in write(dossier)
