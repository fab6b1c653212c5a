"""What a mail holds is evidence like the members of an archive: hashed, bounded, named as data."""

from __future__ import annotations

import hashlib
import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from stopa.model.evidence import Problem
from stopa.readers import Handed, Limits, hand_in, readers
from tests.readers.found import plain, source_of
from tests.readers.msg_samples import lure, sent
from tests.readers.msg_writer import compound_file

TEXT = b"The embassy dismissed the accusation.\n"


def mail(*attached: tuple[str, bytes], inner: EmailMessage | None = None) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "a@harbour.invalid"
    message["To"] = "b@ministry.invalid"
    message["Date"] = "Tue, 04 May 2021 09:12:41 +0200"
    message["Message-ID"] = "<1@harbour.invalid>"
    message.set_content("See what is attached.\n")
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="x", filename=name)
    if inner is not None:
        message.add_attachment(inner)
    return message


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def taken(folder: Path, content: bytes, limits: Limits | None = None) -> list[Handed | Problem]:
    (folder / "lure.eml").write_bytes(content)
    (folder / "spool").mkdir()
    return list(hand_in([folder / "lure.eml"], spool=folder / "spool", limits=limits))


def names(found: list[Handed | Problem]) -> list[str]:
    return [item.name for item in found if isinstance(item, Handed)]


def problems(found: list[Handed | Problem]) -> list[str]:
    return [item.what for item in found if isinstance(item, Problem)]


def test_attachments_of_a_message_and_of_those_in_it_are_evidence(tmp_path: Path) -> None:
    inner = mail(("inner.bin", b"inner"))
    packed = zipped(("a/report.txt", TEXT), ("b.txt", b"b"))
    found = taken(tmp_path, mail(("files.zip", packed), inner=inner).as_bytes())
    assert names(found) == [
        "lure.eml",
        "lure.eml/2/files.zip",
        "lure.eml/2/files.zip/a/report.txt",
        "lure.eml/2/files.zip/b.txt",
        "lure.eml/3.2/inner.bin",
    ]
    outer, archive, report, *_ = [item for item in found if isinstance(item, Handed)]
    assert (outer.archive, outer.container) == (None, None)
    assert (archive.archive, archive.container) == ("zip", outer.sha256)
    assert report.container == archive.sha256
    assert report.path.read_bytes() == TEXT
    assert problems(found) == []


def test_the_event_names_its_attachments_by_the_hashes_of_the_evidence(tmp_path: Path) -> None:
    found = taken(tmp_path, mail(("a.bin", b"a" * 3000), ("b.bin", b"")).as_bytes())
    source = source_of(tmp_path / "lure.eml")
    batch = next(iter(readers()["mail"].read(source)))
    (row,) = [row["event"] for row in plain(batch)]
    _, *attached = [item.sha256 for item in found if isinstance(item, Handed)]
    assert row["attachment.sha256"] == attached
    assert attached[0] == hashlib.sha256(b"a" * 3000).hexdigest()


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd", "C:\\x.exe", "..\\\\up"])
def test_hostile_names_are_data(tmp_path: Path, name: str) -> None:
    message = mail(("plain.bin", b"x")).as_bytes().replace(b"plain.bin", name.encode())
    found = taken(tmp_path, message)
    assert {path.name for path in tmp_path.iterdir()} == {"lure.eml", "spool"}
    assert len(names(found)) == 2
    if ".." in name:
        assert any("leads out" in what for what in problems(found))


def test_mails_in_archives_in_mails_end_at_a_depth(tmp_path: Path) -> None:
    content = mail(("deep.bin", b"x")).as_bytes()
    for _ in range(6):
        content = mail(("next.zip", zipped(("next.eml", content)))).as_bytes()
    found = taken(tmp_path, content)
    assert len(names(found)) == 5
    assert problems(found) == ["an archive or mail inside 4 others, not walked"]


def test_more_attachments_than_the_limit_are_named(tmp_path: Path) -> None:
    content = mail(*((f"{n}.bin", bytes(100)) for n in range(9))).as_bytes()
    found = taken(tmp_path, content, Limits(entries=3))
    assert len(names(found)) == 4
    assert any("more than 3 members" in what for what in problems(found))


def test_an_attachment_longer_than_the_limit_is_cut_and_named(tmp_path: Path) -> None:
    found = taken(tmp_path, mail(("a.bin", bytes(3 * 2**20))).as_bytes(), Limits(member=2**20))
    assert any("longer than the limit" in what for what in problems(found))


def test_a_mailbox_names_the_message_too(tmp_path: Path) -> None:
    first, second = (mail((f"{n}.bin", b"x")).as_bytes() for n in range(2))
    envelope = b"From a@b.cz Tue May  4 09:12:41 2021\n"
    found = taken(tmp_path, envelope + first + b"\n\n" + envelope + second)
    assert names(found) == ["lure.eml", "lure.eml/1/2/0.bin", "lure.eml/2/2/1.bin"]


def test_an_outlook_message_gives_its_files(tmp_path: Path) -> None:
    found = taken(tmp_path, compound_file(lure(), scattered=5))
    assert names(found) == ["lure.eml", "lure.eml/1/guests.pdf.js", "lure.eml/2/list.bin"]
    assert [item.size for item in found if isinstance(item, Handed)][1:] == [5, 6000]


def test_a_message_without_files_holds_nothing(tmp_path: Path) -> None:
    assert names(taken(tmp_path, compound_file(sent()))) == ["lure.eml"]
