"""A version for an audience: nothing of what is withheld is in any byte of it."""

from __future__ import annotations

import base64
import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner, Result

from stopa.case.export import formats
from stopa.case.redacting import redact
from stopa.cli.group import cli
from stopa.dossier import decode
from stopa.errors import InputError
from stopa.model.dossier import Dossier
from stopa.model.evidence import Tlp
from stopa.store.case_reader import CaseReader
from stopa.store.sealing import commitment, payload

OPEN = (
    "Foreign ministry of Velden\n\n12 May 2025\n\nThe Velden government accused the group "
    "APT29 of an attack. 'We condemn this attack,' said the foreign minister of Velden.\n"
)
CLOSED = (
    "Service memorandum\n\n13 May 2025\n\nThe Quarrel Bureau accused the group APT31 of an attack "
    "on the ministry. The malware called home to beacon.withheld-host.example. "
    '"Source PELICAN told us so in Marrowgate," said the Quarrel Bureau.\n'
)
LOG = "".join(
    f"2025-05-12T03:00:{second:02}+00:00 secrethost77 sshd[{second}]: Failed password for invalid "
    f"user hushuser88 from 198.51.100.99 port 2222 ssh2\n"
    for second in range(40)
) + "".join(
    f"2025-05-12T04:00:0{n}+00:00 secrethost77 usermod[9]: add 'hushuser88' to group 'sudo'\n"
    for n in range(4)
)
MEMBER = "Memorandum\n\n14 May 2025\n\nThe Osprey Office accused the group APT28 of an attack.\n"
SECRETS = (
    "Quarrel", "PELICAN", "Marrowgate", "withheld-host", "APT31", "secrethost77", "hushuser88",
    "198.51.100.99", "Osprey", "closed-memo", "auth-hush", "closed-box", "inner-note",
)  # fmt: skip
GONE = 4  # files that the community may not see: memo, log, archive, member


def stopa(*words: object) -> Result:
    return CliRunner().invoke(
        cli, [str(word) for word in words], standalone_mode=False, catch_exceptions=True
    )


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("redact")
    evidence = folder / "in"
    evidence.mkdir()
    (evidence / "open.txt").write_text(OPEN)
    (evidence / "closed-memo.txt").write_text(CLOSED)
    (evidence / "auth-hush.log").write_text(LOG)
    with zipfile.ZipFile(evidence / "closed-box.zip", "w") as archive:
        archive.writestr("inner-note.txt", MEMBER)
    marks = ("closed-memo.txt=tlp:red", "auth-*=TLP:AMBER+STRICT", "closed-box.zip=red")
    words = [word for mark in marks for word in ("--mark", f"in/{mark}")]
    done = stopa(
        "investigate", evidence, "-o", folder / "case", "--quiet", "--tlp", "green", *words
    )
    assert done.exception is None
    return folder / "case"


@pytest.fixture(scope="module")
def version(case: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("green")
    every = [word for name in formats() if name != "pdf" for word in ("--to", name)]
    done = stopa("redact", case, "--for", "tlp:green", "-o", output, *every)
    assert done.exception is None
    return output


def dossier_in(folder: Path) -> Dossier:
    return decode((folder / "dossier.json").read_bytes())


def test_each_evidence_is_marked_and_a_member_with_its_archive(case: Path) -> None:
    marks = {e.name.rpartition("/")[2]: e.tlp for e in dossier_in(case / "dossier").evidence}
    assert marks == {
        "open.txt": Tlp.GREEN,
        "closed-memo.txt": Tlp.RED,
        "auth-hush.log": Tlp.AMBER_STRICT,
        "closed-box.zip": Tlp.RED,
        "inner-note.txt": Tlp.RED,
    }


def test_nothing_withheld_is_in_any_byte(case: Path, version: Path) -> None:
    whole = dossier_in(case / "dossier")
    shown = {item.sha256 for item in dossier_in(version).evidence}
    hidden = [item.sha256 for item in whole.evidence if item.sha256 not in shown]
    assert len(hidden) == GONE
    files = [path for path in version.rglob("*") if path.is_file()]
    assert len(files) >= len(formats())
    full = (case / "dossier" / "dossier.json").read_text()
    for secret in (*SECRETS, *hidden):
        assert secret in full, f"{secret} proves nothing: the whole dossier has it not either"
        forms = [secret.encode(), secret.encode("utf-16-le"), secret.lower().encode()]
        forms.append(base64.b64encode(secret.encode())[:-4])
        for path in files:
            body = path.read_bytes()
            assert not any(form in body or form in body.lower() for form in forms), (path, secret)


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="it prints with Debian's Chromium")
def test_nothing_withheld_is_in_the_printed_page(case: Path, tmp_path: Path) -> None:
    assert stopa("export", case, "--to", "pdf", "-o", tmp_path / "all").exception is None
    done = stopa("redact", case, "--for", "tlp:green", "-o", tmp_path / "green", "--to", "pdf")
    assert done.exception is None
    whole, green = (tmp_path / name / "dossier.pdf" for name in ("all", "green"))
    written, read = _printed(whole), _printed(green)
    assert "velden" in read
    assert "version for tlp:green".replace(" ", "") in read
    shown = {item.sha256 for item in dossier_in(tmp_path / "green").evidence}
    everything = dossier_in(case / "dossier").evidence
    hidden = [item.sha256 for item in everything if item.sha256 not in shown]
    for secret in (*SECRETS, *hidden):
        assert secret.lower() in written, f"{secret} proves nothing: it is not printed at all"
        assert secret.lower() not in read
        for stream in _streams(green):
            for form in (secret.encode(), secret.encode("utf-16-be"), secret.encode("utf-16-le")):
                assert form.lower() not in stream.lower(), secret
    assert not any(b"file:" in stream for stream in _streams(green)), "it tells where it was made"


def _printed(file: Path) -> str:
    """Return all text that a reader of the PDF can select or search, without spaces."""
    document = pdfium.PdfDocument(file)
    pages = [document[number].get_textpage() for number in range(len(document))]
    text = "".join(page.get_text_range() for page in pages)
    for page in pages:
        page.close()
    told = "".join(document.get_metadata_dict().values())
    document.close()
    return re.sub(r"\s|\ufffe|\xad", "", text + told).lower()


def _streams(file: Path) -> Iterator[bytes]:
    """Yield the file itself, then every stream in it, unpacked where it is packed."""
    body = file.read_bytes()
    yield body
    for found in re.finditer(rb"stream\r?\n", body):
        packed = body[found.end() :]
        try:
            yield zlib.decompressobj().decompress(packed)
        except zlib.error:
            yield packed[: packed.find(b"endstream")]


def test_what_may_be_seen_is_there(version: Path) -> None:
    made = dossier_in(version)
    assert [item.name for item in made.evidence] == ["in/open.txt"]
    assert made.tlp is Tlp.GREEN
    assert any(s.sentence.startswith("The Velden") for r in made.readings for s in r.statements)
    page = (version / "index.html").read_text()
    assert "Version for TLP:GREEN" in page


def test_what_is_withheld_stands_there_by_its_commitment(case: Path, version: Path) -> None:
    made = dossier_in(version)
    kinds = [one.kind for one in made.withheld]
    assert kinds.count("evidence") == GONE
    assert kinds.count("finding") == len(dossier_in(case / "dossier").findings) > 0
    with CaseReader(case) as store:
        leaves = {commitment(payload(leaf.sealed())).hex(): leaf for leaf in store.leaves()}
    held = [leaves[one.commitment] for one in made.withheld]
    assert [leaf.kind for leaf in held] == kinds
    page = (version / "index.html").read_text()
    assert all(one.commitment in page for one in made.withheld)


def test_who_may_see_everything_gets_the_whole(case: Path, tmp_path: Path) -> None:
    stopa("redact", case, "--for", "red", "-o", tmp_path)
    assert (tmp_path / "dossier.json").read_bytes() == (case / "dossier/dossier.json").read_bytes()


def test_who_may_see_nothing_is_told_nothing_but_that(case: Path, tmp_path: Path) -> None:
    told = json.loads(stopa("redact", case, "--for", "clear", "-o", tmp_path, "--json").stdout)
    assert told["withheld"]["evidence"] == GONE + 1
    made = dossier_in(tmp_path)
    assert not any((made.evidence, made.coverage, made.readings, made.observations))
    assert b"Velden" not in (tmp_path / "dossier.json").read_bytes()


@pytest.mark.parametrize(
    "words",
    [("--mark", "in/no-such.txt=red"), ("--mark", "in/a.txt"), ("--mark", "in/a.txt=mauve")],
)
def test_a_mark_that_marks_nothing_is_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(OPEN)
    done = stopa("investigate", tmp_path / "in", "-o", tmp_path / "case", "--quiet", *words)
    assert isinstance(done.exception, InputError)


def test_a_version_lies_in_a_folder_of_its_own(case: Path, tmp_path: Path) -> None:
    for taken in (case / "dossier", tmp_path):
        (tmp_path / "for-others.csv").write_text("narrower\n")
        with pytest.raises(InputError, match="is not empty"):
            redact(case, Tlp.GREEN, taken)
    assert [file.name for file in tmp_path.iterdir()] == ["for-others.csv"]
