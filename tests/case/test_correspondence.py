"""Keys of mail are found among the evidence, whatever their file is called."""

from __future__ import annotations

from pathlib import Path

from stopa.case.plan import Plan, Quiet
from stopa.case.work import investigate
from stopa.dossier import decode
from stopa.store import events
from stopa.store.case_reader import CaseReader
from stopa.store.events import Segment
from tests.readers.test_dkim import RFC_8463, RFC_8463_KEYS


def told(folder: Path, field: str) -> list[str]:
    """Return what the messages of a case say in a field that is a list."""
    with CaseReader(folder) as store:
        segments = [s for s in store.records("segment", Segment) if s.source.category == "message"]
        batches = [batch for segment in segments for batch in events.read(store.events, segment)]
        tables = [batch.table for batch in batches if field in batch.table.column_names]
        rows = [row for table in tables for row in table.column(field).to_pylist()]
        return [value for row in rows for value in row or ()]


def results(folder: Path) -> set[str]:
    return {result[:8] for result in told(folder, "dkim.result")}


def test_a_key_among_the_evidence_verifies_and_a_later_one_is_used(tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "a.eml").write_bytes(RFC_8463)
    investigate([tmp_path / "mail"], tmp_path / "case", Plan(), Quiet())
    assert results(tmp_path / "case") == {"no key: "}
    lines = [f'{name}. 3600 IN TXT "{text}"' for name, (text,) in RFC_8463_KEYS.items()]
    (tmp_path / "mail" / "what dns said").write_text("\n".join(lines) + "\n")
    investigate([tmp_path / "mail"], tmp_path / "case", Plan(), Quiet())
    assert results(tmp_path / "case") == {"verified"}
    made = decode((tmp_path / "case" / "dossier" / "dossier.json").read_bytes())
    assert {row.kind for row in made.coverage} == {"mail", "dns_records"}


def message(sender: str, to: str, text: str = "x") -> bytes:
    fields = (
        f"From: {sender}\nTo: {to}\nDate: Tue, 4 May 2021 09:12:41 +0200\nMessage-ID: <1@b.cz>\n"
    )
    return f"{fields}\n{text}\n".encode()


def test_names_near_to_ours_and_to_whom_we_write_are_told(tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    mails = {
        "out.eml": message("eva@ministry.cz", "Jan <jan@harbour-office.org>"),
        "lure.eml": message("jan@harbour-0ffice.org", "eva@private.net"),
        "link.eml": message("a@b.cz", "eva@private.net", "http://rninistry.cz/login"),
        "honest.eml": message("jan@harbour-office.org", "eva@ministry.cz"),
    }
    for name, content in mails.items():
        (tmp_path / "mail" / name).write_bytes(content)
    investigate([tmp_path / "mail"], tmp_path / "case", Plan(), Quiet())
    assert told(tmp_path / "case", "host.look_alike") == []
    plan = Plan(own_domains=("ministry.cz",))
    investigate([tmp_path / "mail"], tmp_path / "case", plan, Quiet())
    assert sorted(told(tmp_path / "case", "host.look_alike")) == [
        "harbour-0ffice.org looks like harbour-office.org",
        "rninistry.cz looks like ministry.cz",
    ]
