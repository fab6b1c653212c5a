"""Attachments are read like any file; what they say gives their sender no say."""

from __future__ import annotations

from pathlib import Path

from stopa.case.coverage import coverage
from stopa.case.plan import Plan, Quiet
from stopa.case.work import investigate
from stopa.dossier import decode
from stopa.model.assessment import ObservationKind
from stopa.model.dossier import Dossier
from tests.readers.test_attachments import mail, zipped

REPORT = (
    "Foreign minister accuses neighbours\n\nPrague, 28 May 2025\n\n"
    'The Czech Republic accused China of the attack on its foreign ministry. "We call on China'
    ' to refrain from such attacks," the foreign minister said on Wednesday.\n'
)
PLAIN = Plan()
LOG = "May  4 09:12:41 gate sshd[4]: Accepted password for eva from 192.0.2.9 port 4022 ssh2\n"


def case_of(folder: Path, plan: Plan = PLAIN, **files: bytes) -> Dossier:
    (folder / "evidence").mkdir()
    for name, content in files.items():
        (folder / "evidence" / name).write_bytes(content)
    investigate([folder / "evidence"], folder / "case", plan, Quiet())
    return decode((folder / "case" / "dossier" / "dossier.json").read_bytes())


def lure() -> bytes:
    packed = zipped(("auth.log", LOG.encode() * 3), ("report.txt", REPORT.encode()))
    return mail(("files.zip", packed)).as_bytes()


def test_attachments_are_read_and_every_byte_is_accounted_for(tmp_path: Path) -> None:
    case_of(tmp_path, lure=lure())
    rows, totals = coverage(tmp_path / "case")
    kinds = {row.name: row.kind for row in rows}
    assert kinds == {
        "evidence/lure": "mail",
        "evidence/lure/2/files.zip": "zip",
        "evidence/lure/2/files.zip/auth.log": "syslog",
        "evidence/lure/2/files.zip/report.txt": "text",
    }
    for row in rows:
        told = row.event_bytes + row.document_bytes + row.structure_bytes + row.problem_bytes
        assert told == row.size, row.name
    assert totals["events"] == 4
    assert totals["bytes"] == sum(row.size for row in rows)


def test_what_an_attachment_says_is_no_statement(tmp_path: Path) -> None:
    made = case_of(tmp_path, lure=lure())
    assert made.readings
    assert [reading.statements for reading in made.readings if reading.statements] == []


def test_the_same_report_handed_in_by_itself_is_one(tmp_path: Path) -> None:
    made = case_of(tmp_path, lure=lure(), report=REPORT.encode())
    assert any(reading.statements for reading in made.readings)


NAMED = (
    "The attackers ran HAMMERTOSS, CozyCar and PinchDuke and used T1566.002; they came from"
    " 198.51.100.77 and update.karst.example, write to press@karst.example.\n"
)


def test_what_a_mail_names_is_no_observation_and_no_intelligence(tmp_path: Path) -> None:
    log = LOG.replace("192.0.2.9", "198.51.100.77").encode() * 3
    every = Plan(all_indicators=True)
    message = mail(("files.zip", zipped(("report.txt", (REPORT + NAMED).encode()))))
    body = message.get_body()
    assert body is not None
    body.set_content(NAMED)
    mailed = case_of(tmp_path, every, lure=message.as_bytes(), log=log)
    assert any(reading.indicators for reading in mailed.readings)
    assert [m for reading in mailed.readings for m in reading.mentions] == []
    assert not [f for f in mailed.findings if f.rule.startswith("indicator-")]
    kinds = {ObservationKind.SOFTWARE, ObservationKind.CLAIM, ObservationKind.INDICATOR}
    assert [o for o in mailed.observations if o.kind in kinds] == []
    assert [o for o in mailed.observations if o.value == "T1566.002"] == []


def test_the_same_words_in_a_report_are_observations(tmp_path: Path) -> None:
    made = case_of(tmp_path, report=(REPORT + NAMED).encode())
    named = {o.value for o in made.observations if o.kind is ObservationKind.SOFTWARE}
    assert named == {"S0037", "S0046", "S0048"}
    sought = {o.value for o in made.observations if o.kind is ObservationKind.INDICATOR}
    assert sought == {"198.51.100.77"}


def test_what_an_attachment_names_is_no_indicator(tmp_path: Path) -> None:
    named = "The attackers used 198.51.100.77 and update.karst.example to reach the ministry.\n"
    log = LOG.replace("192.0.2.9", "198.51.100.77").encode() * 3
    packed = zipped(("report.txt", (REPORT + named).encode()))
    every = Plan(all_indicators=True)
    mailed = case_of(tmp_path, every, lure=mail(("files.zip", packed)).as_bytes(), log=log)
    assert not [f for f in mailed.findings if f.rule.startswith("indicator-")]
    handed = tmp_path / "handed"
    handed.mkdir()
    told = case_of(handed, every, report=(REPORT + named).encode(), log=log)
    assert [f for f in told.findings if f.rule.startswith("indicator-")]
