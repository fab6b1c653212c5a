from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from stopa.dossier.exports.ecs import left_out, write
from stopa.model.dossier import Dossier
from tests.dossier.sample import sample

# Field sets of ECS 8.17 that are used, by its field reference; others would not be ECS.
FIELD_SETS = {
    "@timestamp", "ecs", "event", "file", "host", "labels", "log", "message", "observer", "rule",
    "tags", "threat", "user",
}  # fmt: skip
KINDS = {"alert", "enrichment"}


def lines(dossier: Dossier) -> list[dict[str, Any]]:
    return [json.loads(line) for line in write(dossier).splitlines()]


def test_each_line_is_of_known_field_sets_and_has_a_time_with_its_zone() -> None:
    for line in lines(sample()):
        assert set(line) <= FIELD_SETS
        assert line["event"]["kind"] in KINDS
        assert datetime.fromisoformat(line["@timestamp"]).utcoffset() is not None
        assert line["ecs"] == {"version": "8.17.0"}
        assert line["labels"]["tlp"] == sample().tlp.value
        assert line["observer"]["product"] == "stopa"


def test_each_finding_with_a_time_is_an_alert_and_the_rest_is_counted() -> None:
    alerts = [line for line in lines(sample()) if line["event"]["kind"] == "alert"]
    assert {line["event"]["id"] for line in alerts} == {f.id for f in sample().findings}
    assert [line["@timestamp"] for line in alerts] == sorted(a["@timestamp"] for a in alerts)
    first, *rest = sample().findings
    fewer = replace(sample(), findings=(replace(first, time=None), *rest))
    assert left_out(fewer) == 1
    assert len(lines(fewer)) == len(lines(sample())) - 1


def test_a_sub_technique_stands_beside_its_technique() -> None:
    told = [line["threat"] for line in lines(sample()) if line["event"]["kind"] == "alert"]
    techniques = [one["technique"] for one in told]
    subs = [one for one in techniques if "subtechnique" in one]
    assert subs
    for one in subs:
        assert {id_.partition(".")[0] for id_ in one["subtechnique"]["id"]} <= set(one["id"])
        assert not any("." in id_ for id_ in one["id"])


def test_a_published_indicator_is_enrichment_with_its_provider() -> None:
    (line,) = [line for line in lines(sample()) if line["event"]["kind"] == "enrichment"]
    assert line["threat"]["indicator"]["url"] == {"domain": "cdn-metrics.example"}
    assert line["threat"]["indicator"]["provider"] == "Institute for Northern Security"
    assert line["threat"]["indicator"]["marking"] == {"tlp": "AMBER"}
