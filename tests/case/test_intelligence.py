"""Listed indicators are matched with the events and texts of a case, and become findings."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from stopa.case.intelligence import MANY
from stopa.case.plan import Plan, Quiet
from stopa.case.work import investigate
from stopa.model.dossier import Dossier
from stopa.model.record import parse

LOG = """\
Mar  3 10:00:00 web1 sshd[12]: Failed password for root from 185.220.100.7 port 3344 ssh2
Mar  3 10:00:05 web1 sshd[12]: Failed password for root from 91.219.2.9 port 3344 ssh2
Mar  3 10:00:06 web1 sshd[12]: Failed password for root from 10.0.0.8 port 3344 ssh2
Mar  3 10:00:07 web1 sshd[12]: Failed password for root from 77.0.0.8 port 3344 ssh2
"""
FEED = "185.220.100.7\n91.219.0.0/22\n10.0.0.8\n"
REPORT = """The attackers used a small set of servers

On Monday the national CERT published what it knows of the intrusion into the ministry's mail. The
attackers connected from a malicious server at 185.220.100[.]7 and from nowhere else. The ministry
said that it had changed all passwords and would say more when the investigation is over.
"""


def case_of(folder: Path, plan: Plan, **files: str) -> Dossier:
    evidence = folder / "evidence"
    evidence.mkdir()
    for name, content in files.items():
        (evidence / name.replace("_", ".")).write_text(content)
    investigate([evidence], folder / "case", plan, Quiet())
    return parse((folder / "case" / "dossier" / "dossier.json").read_bytes(), Dossier)


def matched(made: Dossier) -> list[tuple[str, str]]:
    titles = {card.id: card.title for card in made.rules}
    found = [f for f in made.findings if f.rule.startswith("indicator-")]
    return sorted((titles[f.rule], match.predicate) for f in found for match in f.matched)


def test_a_feed_among_the_evidence_is_matched_with_its_logs(tmp_path: Path) -> None:
    made = case_of(tmp_path, Plan(), auth_log=LOG, feed_txt=FEED)
    title = "Indicator: ipv4-addr of evidence/feed.txt"
    assert set(matched(made)) == {
        (title, "ipv4-addr 185.220.100.7 of evidence/feed.txt, line 1"),
        (title, "ipv4-addr 91.219.0.0/22 of evidence/feed.txt, line 2"),
    }
    card = next(card for card in made.rules if card.title == title)
    assert (card.level, card.techniques) == ("medium", ())
    (row,) = [row for row in made.coverage if row.name == "evidence/feed.txt"]
    assert [p.what for p in row.problems] == [
        "1 indicators are private, benign or too short, and not looked for"
    ]


@pytest.mark.parametrize("algorithm", ["sha256", "sha1", "md5"])
def test_a_file_whose_hash_is_listed_is_told(algorithm: str, tmp_path: Path) -> None:
    program = "MZ\x90\x00 no program at all"
    digest = hashlib.new(algorithm, program.encode()).hexdigest().upper()
    made = case_of(tmp_path, Plan(), mal_bin=program, feed_txt=f"{digest}\n{FEED}")
    (finding,) = [f for f in made.findings if f.rule.startswith("indicator-")]
    assert finding.where.evidence == hashlib.sha256(program.encode()).hexdigest()
    assert (finding.matched[0].field, finding.matched[0].value) == (algorithm, digest.lower())
    (row,) = [row for row in made.coverage if row.name == "evidence/mal.bin"]
    assert row.problems[0].what == "a Windows program, which is not read"
    assert "kept with its hash" in row.problems[0].hint


def test_private_values_are_matched_when_all_are_asked_for(tmp_path: Path) -> None:
    made = case_of(tmp_path, Plan(all_indicators=True), auth_log=LOG, feed_txt=FEED)
    assert any("10.0.0.8" in predicate for _, predicate in matched(made))


@pytest.mark.slow
def test_what_a_report_publishes_and_a_log_shows_has_two_roots(tmp_path: Path) -> None:
    made = case_of(tmp_path, Plan(), auth_log=LOG, report_txt=REPORT)
    assert matched(made)
    seen = [o for o in made.observations if o.value == "185.220.100.7"]
    assert {o.credibility.value for o in seen} == {"1"}
    assert len({o.root for o in seen}) == 2


def test_a_second_run_adds_nothing(tmp_path: Path) -> None:
    made = case_of(tmp_path, Plan(), auth_log=LOG, feed_txt=FEED)
    again = investigate([tmp_path / "evidence"], tmp_path / "case", Plan(), Quiet())
    assert again.findings == len(made.findings)


def test_what_is_beyond_the_findings_kept_is_counted(tmp_path: Path) -> None:
    line = (
        "Mar  3 10:00:00 web1 sshd[12]: Failed password for root from 185.220.100.7 port 3344 ssh2"
    )
    made = case_of(tmp_path, Plan(), auth_log=f"{line}\n" * (MANY + 7), feed_txt=FEED)
    assert len([f for f in made.findings if f.rule.startswith("indicator-")]) == MANY
    told = [problem.what for row in made.coverage for problem in row.problems]
    expected = f"ipv4-addr 185.220.100.7 matches {MANY + 7} events; findings for {MANY} of them"
    assert expected in told
