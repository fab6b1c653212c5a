import bz2
import gzip
import hashlib
import io
import lzma
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from stopa.model.evidence import Problem
from stopa.readers import Handed, Limits, hand_in

TEXT = b"The embassy dismissed the accusation.\n"
SMALL = Limits(free=1024, member=4096, total=8192, entries=5, depth=2)


def taken(path: Path, tmp_path: Path, limits: Limits | None = None) -> list[Handed | Problem]:
    spool = tmp_path / "spool"
    spool.mkdir(exist_ok=True)
    return list(hand_in([path], spool=spool, limits=limits))


def names(found: list[Handed | Problem]) -> list[str]:
    return [item.name for item in found if isinstance(item, Handed)]


def problems(found: list[Handed | Problem]) -> list[str]:
    return [f"{item.where.part}: {item.what}" for item in found if isinstance(item, Problem)]


def zipped(members: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def test_a_folder_is_walked_in_the_order_of_names_and_hashed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "b").mkdir(parents=True)
    (folder / "a.txt").write_bytes(TEXT)
    (folder / "b" / "c.txt").write_bytes(TEXT)
    found = taken(folder, tmp_path)
    assert names(found) == ["in/a.txt", "in/b/c.txt"]
    assert {item.sha256 for item in found if isinstance(item, Handed)} == {
        hashlib.sha256(TEXT).hexdigest()
    }


@pytest.mark.parametrize("name", ["new\nline", "‮gnp.exe", "tab\there", "-rf", "a\x1bb"])
def test_names_are_data(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(TEXT)
    assert names(taken(folder, tmp_path)) == [f"in/{name}"]


def test_a_name_that_is_no_text_becomes_text(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    with open(os.fsencode(folder) + b"/\xff\xfe", "wb") as file:  # noqa: PTH123 - bytes
        file.write(TEXT)
    (name,) = names(taken(folder, tmp_path))
    assert name.encode("utf-8") == b"in/\\udcff\\udcfe"


def test_links_and_pipes_are_named_and_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe")
    found = taken(folder, tmp_path)
    assert names(found) == []
    assert problems(found) == [
        "in/link: a link, not followed",
        "in/pipe: neither a file nor a folder",
    ]


def test_a_case_is_not_evidence(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "case"
    folder.mkdir(parents=True)
    (folder / "case.sqlite").write_bytes(b"")
    assert names(taken(folder.parent, tmp_path)) == []


@pytest.mark.parametrize(("suffix", "pack"), [
    (".gz", gzip.compress), (".xz", lzma.compress), (".bz2", bz2.compress),
])  # fmt: skip
def test_a_compressed_file_is_two_pieces_of_evidence(tmp_path: Path, suffix: str, pack) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / f"report.txt{suffix}"
    path.write_bytes(pack(TEXT))
    outer, inner = taken(path, tmp_path)
    assert isinstance(outer, Handed)
    assert isinstance(inner, Handed)
    assert outer.archive
    assert inner.name == f"report.txt{suffix}/report.txt"
    assert inner.container == outer.sha256
    assert inner.path.read_bytes() == TEXT


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress])
def test_what_comes_before_the_damage_is_kept(tmp_path: Path, pack) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "cut.log.gz"
    path.write_bytes(pack(os.urandom(3_000_000))[:-1_200_000])
    found = taken(path, tmp_path)
    assert len(problems(found)) == 1
    assert "damaged after" in problems(found)[0]


LINES = b"".join(b"%d 10.0.0.%d GET /page/%d\n" % (n, n % 250, n * n) for n in range(9_000))


def inner(found: list[Handed | Problem]) -> bytes:
    (item,) = [one for one in found if isinstance(one, Handed) and one.container]
    return item.path.read_bytes()


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_small_log_that_was_cut_is_kept_up_to_the_cut(tmp_path: Path, pack) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "cut.log.gz"
    path.write_bytes(pack(LINES)[:-500])
    found = taken(path, tmp_path)
    assert len(inner(found)) > 0.9 * len(LINES)
    assert LINES.startswith(inner(found))
    assert "damaged after" in problems(found)[0]


def test_what_lies_behind_a_whole_gzip_costs_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a.log.gz"
    path.write_bytes(gzip.compress(LINES) + b"\x01junk\x02\x03\x04")
    found = taken(path, tmp_path)
    assert inner(found) == LINES
    assert len(problems(found)) == 1


def test_a_zip_s_member_with_a_wrong_checksum_is_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    whole = bytearray(zipped([("a.log", LINES)]))
    at = whole.rindex(b"PK\x01\x02") + 16
    whole[at] ^= 1
    path.write_bytes(whole)
    found = taken(path, tmp_path)
    assert inner(found) == LINES
    assert "checksum does not fit" in problems(found)[0]


def test_a_zip_without_its_directory_is_read_by_its_members_headers(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    whole = zipped([("a.log", LINES), ("b.log", TEXT * 2)])
    path.write_bytes(whole[: whole.index(b"PK\x01\x02")])
    found = taken(path, tmp_path)
    contents = [i.path.read_bytes() for i in found if isinstance(i, Handed) and i.container]
    assert contents == [LINES, TEXT * 2]
    assert "the archive is damaged" in problems(found)[0]


def test_a_tar_that_was_cut_gives_what_of_its_last_member_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        info = tarfile.TarInfo("a.log")
        info.size = len(LINES)
        archive.addfile(info, io.BytesIO(LINES))
    path.write_bytes(path.read_bytes()[:100_000])
    found = taken(path, tmp_path)
    assert LINES.startswith(inner(found))
    assert len(inner(found)) > 90_000
    assert "damaged after" in problems(found)[0]


def test_a_zip_is_walked_and_bad_names_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped([("../x", TEXT), ("/abs", TEXT + b"1"), ("C:\\w", TEXT + b"2")]))
    found = taken(path, tmp_path)
    assert len(names(found)) == 4
    assert len(problems(found)) == 3
    assert all("leads out of the archive" in problem for problem in problems(found))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip", "spool"]


def test_two_members_of_one_name_are_both_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with pytest.warns(UserWarning, match="Duplicate name"):
        path.write_bytes(zipped([("x", b"1"), ("x", b"2")]))
    found = taken(path, tmp_path)
    assert len({item.sha256 for item in found if isinstance(item, Handed)}) == 3
    assert "second member" in problems(found)[0]


def test_a_tar_s_links_and_devices_are_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        device = tarfile.TarInfo("disk")
        device.type = tarfile.BLKTYPE
        archive.addfile(device)
        member = tarfile.TarInfo("report.txt")
        member.size = len(TEXT)
        archive.addfile(member, io.BytesIO(TEXT))
    found = taken(path, tmp_path)
    assert names(found) == [
        "a.tar.gz", "a.tar.gz/a.tar", "a.tar.gz/a.tar/report.txt"
    ]  # fmt: skip
    assert len(problems(found)) == 2


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_too_much_out_of_too_little_is_stopped(tmp_path: Path, pack) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "bomb.gz"
    path.write_bytes(pack(bytes(50_000_000)))
    found = taken(path, tmp_path, SMALL)
    assert len(problems(found)) == 1
    assert sum(p.stat().st_size for p in (tmp_path / "spool").iterdir()) < 4_000_000


def test_a_zip_that_promises_too_much_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(zipped([("zeros", bytes(2_000_000)), ("report.txt", TEXT)]))
    found = taken(path, tmp_path, SMALL)
    assert names(found) == ["bomb.zip", "bomb.zip/report.txt"]
    assert "says it unpacks to 2000000 bytes" in problems(found)[0]


def test_too_many_members_are_not_walked_on(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    path.write_bytes(zipped([(str(n), str(n).encode()) for n in range(20)]))
    found = taken(path, tmp_path, SMALL)
    assert len(names(found)) == 1 + SMALL.entries
    assert "more than 5 members" in problems(found)[0]


def test_archives_in_archives_end_at_a_depth(tmp_path: Path) -> None:
    content = TEXT
    for n in range(4):
        content = zipped([(f"{n}.zip", content)])
    path = tmp_path / "deep.zip"
    path.write_bytes(content)
    found = taken(path, tmp_path, SMALL)
    assert len(names(found)) == 1 + SMALL.depth
    assert "not walked" in problems(found)[0]


def test_members_that_overlap_are_not_unpacked(tmp_path: Path) -> None:
    whole = bytearray(zipped([("a", os.urandom(500)), ("b", os.urandom(500))]))
    at = whole.rindex(b"PK\x01\x02") + 42  # the second entry's local header offset
    whole[at : at + 4] = (0).to_bytes(4, "little")
    path = tmp_path / "overlap.zip"
    path.write_bytes(bytes(whole))
    found = taken(path, tmp_path)
    assert names(found) == ["overlap.zip"]
    assert all("overlaps" in problem for problem in problems(found))


def test_encrypted_members_are_told(tmp_path: Path) -> None:
    whole = bytearray(zipped([("a", TEXT)]))
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "secret.zip"
    path.write_bytes(bytes(whole))
    assert problems(taken(path, tmp_path)) == ["a: encrypted, not unpacked"]


@pytest.mark.parametrize("step", range(0, 200, 9))
def test_a_damaged_archive_never_raises(tmp_path: Path, step: int) -> None:
    whole = zipped([("a", TEXT), ("b", os.urandom(100))])
    for n, damaged in enumerate(
        (whole[:step], whole[step:], whole[:step] + b"\xff" + whole[step + 1 :])
    ):
        path = tmp_path / f"{n}.zip"
        path.write_bytes(damaged)
        taken(path, tmp_path)


def test_office_documents_stay_whole(tmp_path: Path) -> None:
    path = tmp_path / "note.docx"
    path.write_bytes(zipped([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<d/>")]))
    assert names(taken(path, tmp_path)) == ["note.docx"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "shut.txt"
    path.write_bytes(TEXT)
    path.chmod(0)
    assert "cannot be read" in problems(taken(path, tmp_path))[0]


def test_a_folder_in_a_folder_many_times_is_walked(tmp_path: Path) -> None:
    path = tmp_path / "in"
    path.mkdir()
    for _ in range(600):
        path = path / "a"
        path.mkdir()
    (path / "report.txt").write_bytes(TEXT)
    assert len(names(taken(tmp_path / "in", tmp_path))) == 1


def test_a_tar_header_without_measure_is_not_taken_into_memory(tmp_path: Path) -> None:
    first = tarfile.TarInfo("report.txt")
    first.size = len(TEXT)
    endless = tarfile.TarInfo("x")
    endless.type, endless.size = tarfile.XHDTYPE, 2**32
    path = tmp_path / "a.tar"
    body = TEXT.ljust(512, b"\0")
    path.write_bytes(first.tobuf() + body + endless.tobuf() + bytes(2**22))
    found = taken(path, tmp_path)
    assert names(found) == ["a.tar", "a.tar/report.txt"]
    assert "a header of 4294967296 bytes" in problems(found)[0]
