"""A dossier made by hand, every part filled: a fictional ministry, fictional actors, no real event.

Provenance: written for these tests. Hosts, addresses and names are invented or reserved for
documentation (RFC 2606, RFC 5737); ATT&CK ids are real because the page shows them by tactic.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from stopa.model.actor import Stamp
from stopa.model.assessment import (
    LIKELIHOODS,
    Assessment,
    Confidence,
    ConfidenceLevel,
    Hypothesis,
    HypothesisKind,
)
from stopa.model.clock import Skew
from stopa.model.dossier import Coverage, Dossier, Excerpt, Made, Passage, Versions
from stopa.model.evidence import Evidence, Problem, Reliability, Tlp, Where
from stopa.model.log_order import Irregularity, Oddity, Unmet
from stopa.model.record import name
from stopa.model.rule import Finding, Refusal
from stopa.model.statement import (
    Comparison,
    Reading,
)
from tests.dossier.sample_judged import actors, assessment, observations, reckoning
from tests.dossier.sample_logs import (
    DAYS,
    EXPECTED,
    LOGS,
    RULES,
    START,
    TECHNIQUES,
    WATCHED,
    activity,
    card,
    conditions,
    findings,
    sha,
)
from tests.dossier.sample_opinions import judgements, opined
from tests.dossier.sample_papers import PAPERS, SAYINGS, comparison, reading, statement
from tests.dossier.sample_rules import applied, collections, known_from


def sample() -> Dossier:
    """Return the dossier."""
    rules = tuple(card(row) for row in RULES)
    found = tuple(sorted(findings(), key=lambda f: (f.time or START, f.id)))
    statements = tuple(statement(number) for number in range(len(SAYINGS)))
    seen = observations(found, statements)
    readings = tuple(reading(number, statements) for number in range(len(PAPERS)))
    weighed = opined(assessment(seen, statements), statements, readings)
    return Dossier(
        title="Intrusion at the Ministry of Foreign Affairs of Velden",
        tlp=Tlp.AMBER,
        made=Made(
            "0.1.0",
            Stamp("starter rules", "2026.1", sha("rules")),
            Stamp("pymispgalaxies", "1.1.1", sha("knowledge")),
        ),
        evidence=_evidence(),
        judged=judgements(weighed, seen, _evidence()),
        coverage=_coverage(found),
        rules=rules,
        rules_loaded=214,
        refusals=(
            Refusal("c0ffee00-0001", "rules/net/near.yml", 31, "`near` is not in Sigma 2"),
            Refusal(None, "rules/broken.yml", 7, "not YAML: mapping values are not allowed here"),
        ),
        findings=found,
        excerpts=_excerpts(found, readings),
        activity=tuple(activity()),
        readings=readings,
        comparison=comparison(statements),
        observations=seen,
        assessment=weighed,
        techniques=TECHNIQUES,
        reckoning=reckoning(seen),
        applied=applied(),
        collections=collections(),
        known_from=known_from(),
        actors=actors(),
        watched=WATCHED,
        expected=EXPECTED,
        conditions=conditions(),
        skews=(
            Skew("windows (dc01)", "zeek (sensor-2)", 41, 7.25, 6.9, 7.6),
            Skew("windows (ws14)", "windows (dc01)", 12, -0.02, -0.4, 0.3),
        ),
        versions=(
            Versions(
                sha(PAPERS[1][0]),
                sha(PAPERS[2][0]),
                0.93,
                (
                    Passage("the ministry said that", "Glass Heron", "a foreign group", "was in"),
                    Passage("since 2022.", "Nothing was taken.", "", "The minister"),
                ),
            ),
        ),
        notice="EXERCISE: fictional ministry, fictional actors. No part of this happened.",
    )


def large(events: int = 50_000) -> Dossier:
    """Return the sample with that many findings, each with a value of its own."""
    dossier = sample()
    seeds = dossier.findings
    findings = tuple(
        replace(
            seeds[number % len(seeds)],
            id=name("F", "large", number),
            where=replace(seeds[number % len(seeds)].where, record=number, offset=number * 1187),
            time=START
            + timedelta(microseconds=number * 967_680_013_007 // 1000 * 50_000 // events),
            matched=tuple(
                replace(match, value=f"{match.value} /session:{number * 7919 % 1_000_003}")
                for match in seeds[number % len(seeds)].matched
            ),
        )
        for number in range(events)
    )
    excerpts = tuple(
        Excerpt(finding.where, f'{{"EventID": 1, "Record": {number}, "Text": "{"x" * 200}"}}')
        for number, finding in enumerate(findings)
    )
    return replace(dossier, findings=findings, excerpts=excerpts + dossier.excerpts)


def without_technical_evidence() -> Dossier:
    """Return the sample as it would be of the six reports alone: it cannot be told."""
    dossier = sample()
    papers = {sha(paper[0]) for paper in PAPERS}
    claims = dossier.assessment.claims
    undetermined = Hypothesis(
        "H1", HypothesisKind.UNDETERMINED, "Cannot be told", None, 0.5, 0.5, LIKELIHOODS[3]
    )
    return replace(
        dossier,
        evidence=tuple(e for e in dossier.evidence if e.sha256 in papers),
        coverage=tuple(c for c in dossier.coverage if c.sha256 in papers),
        rules=(),
        findings=(),
        activity=(),
        observations=(),
        reckoning=None,
        judged=None,
        versions=(),
        watched=(),
        conditions=(),
        skews=(),
        assessment=Assessment(
            "Cannot be told from this evidence; 5 reports accuse Glass Heron, and go back "
            "to 2 source roots.",
            None,
            Confidence(ConfidenceLevel.LOW, ("There is no technical evidence.",)),
            (undetermined,),
            claims,
            ("No log of the network was handed in.",),
            "sample",
        ),
    )


def empty() -> Dossier:
    """Return a dossier of no evidence at all."""
    dossier = sample()
    return Dossier(
        "An empty case",
        Tlp.CLEAR,
        dossier.made,
        (),
        (),
        (),
        0,
        (),
        (),
        (),
        (),
        (),
        Comparison((), ()),
        (),
        Assessment(
            "Cannot be told from this evidence.",
            None,
            Confidence(ConfidenceLevel.LOW, ()),
            (),
            (),
            (),
            "",
        ),
        (),
        (),
    )


def _evidence() -> tuple[Evidence, ...]:
    logs = [Evidence(sha(row[0]), row[0], row[2], row[3]) for row in LOGS]
    papers = [
        Evidence(sha(row[0]), row[0], 4_000 + 311 * number, Reliability(row[7]), Tlp.CLEAR)
        for number, row in enumerate(PAPERS)
    ]
    odd = [
        Evidence(sha("evidence.zip"), "evidence.zip", 120_331_004),
        Evidence(sha("notes.bin"), "handover/notes.bin", 2_048, container=sha("evidence.zip")),
    ]
    return tuple(logs + papers + odd)


def _coverage(findings: tuple[Finding, ...]) -> tuple[Coverage, ...]:
    logs = []
    for row in LOGS:
        mine = sum(finding.where.evidence == sha(row[0]) for finding in findings)
        problems = (
            (
                Problem(
                    "chunk 14 fails its checksum",
                    Where(sha(row[0]), offset=917_504, length=65_536),
                    "the log was copied while being written; ask for it again",
                ),
            )
            if row[0].startswith("ws14")
            else ()
        )
        lost = sum(problem.where.length or 0 for problem in problems)
        logs.append(
            Coverage(
                row[0],
                sha(row[0]),
                row[2],
                row[1],
                "read" if not problems else "read in part",
                row[2] // 700,
                0,
                mine,
                problems,
                event_bytes=row[2] - 4_096 - lost,
                structure_bytes=4_096,
                problem_bytes=lost,
                first=START,
                last=START + timedelta(days=DAYS),
                irregular=(
                    Irregularity(
                        Oddity.CLEARED,
                        "the log was cleared",
                        Where(sha(row[0]), record=7),
                        "windows Security of DC01",
                        START,
                        START + timedelta(days=2),
                    ),
                )
                if row[0].startswith("dc01")
                else (),
                unmet=(Unmet("windows", 120, ("CommandLine", "ParentImage")),)
                if row[0].startswith("dc01")
                else (),
            )
        )
    papers = [
        Coverage(
            row[0],
            sha(row[0]),
            4_000 + 311 * number,
            {"html": "html", "pdf": "pdf"}.get(row[0].rsplit(".")[-1], "text"),
            "read",
            0,
            1,
            0,
            (),
            document_bytes=4_000 + 311 * number,
        )
        for number, row in enumerate(PAPERS)
    ]
    odd = [
        Coverage(
            "evidence.zip",
            sha("evidence.zip"),
            120_331_004,
            "zip",
            "unpacked: 13 members, each listed here",
            0,
            0,
            0,
            (),
            structure_bytes=120_331_004,
        ),
        Coverage(
            "handover/notes.bin",
            sha("notes.bin"),
            2_048,
            None,
            "no reader knows this file",
            0,
            0,
            0,
            (
                Problem(
                    "no reader knows this file",
                    Where(sha("notes.bin"), offset=0, length=2_048),
                    "name its format with --reader",
                ),
            ),
            problem_bytes=2_048,
        ),
    ]
    return tuple(logs + papers + odd)


def _excerpts(findings: tuple[Finding, ...], readings: tuple[Reading, ...]) -> tuple[Excerpt, ...]:
    records = [Excerpt(finding.where, _record(finding)) for finding in findings]
    passages = [
        Excerpt(
            statement.where,
            f"{statement.sentence} It was said before: {statement.sentence} The text goes on.",
            cut=True,
            start=(statement.where.span or (0, 0))[0] - len(statement.sentence) - 21,
        )
        for reading in readings
        for statement in reading.statements
    ]
    return tuple(records + passages)


def _record(finding: Finding) -> str:
    match = finding.matched[0]
    return (
        f'{{"EventRecordID": {finding.where.record or finding.where.line}, '
        f'"Computer": "{finding.host}", "UtcTime": "{finding.time:%Y-%m-%d %H:%M:%S.%f}",\n'
        f' "User": "{finding.user}", "{match.field}": "{match.value}"}}'
    )
