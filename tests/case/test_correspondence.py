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


def results(folder: Path) -> set[str]:
    with CaseReader(folder) as store:
        segments = [s for s in store.records("segment", Segment) if s.source.category == "message"]
        batches = [batch for segment in segments for batch in events.read(store.events, segment)]
        said = [row for batch in batches for row in batch.table.column("dkim.result").to_pylist()]
        return {result[:8] for row in said for result in row or ()}


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
