"""The independent verifier finds what holds and names what does not, without stopa."""

from __future__ import annotations

import ast
import base64
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from stopa.case.check import examine
from stopa.case.disclosing import Audience, disclose
from stopa.case.plan import Quiet
from stopa.case.signed import Trust
from stopa.dossier.note import COSIGNATURE
from tests.case.bits import flipped
from tests.case.conftest import SignedCase

FILE = Path(__file__).parents[2] / "verifier" / "stopa_verify.py"
ALLOWED = {"cryptography", *sys.stdlib_module_names}
WHOM = Audience("CERT Example", "a joint case", "2026-11-22")


@pytest.fixture(scope="module")
def verifier() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("stopa_verify", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["stopa_verify"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["stopa_verify"]


def keys(case: SignedCase) -> list[str]:
    witness = case.witness.verifier(COSIGNATURE).text()
    return ["--key", case.key.text(), "--witness", witness]


def ids(case: SignedCase) -> tuple[str, str]:
    made = msgspec.json.decode((case.dossier / "dossier.json").read_bytes())
    statement = next(r["statements"][0]["id"] for r in made["readings"] if r["statements"])
    return made["findings"][0]["id"], statement


def alone(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the file as a sceptic would: no package, no environment, another folder."""
    return subprocess.run(  # noqa: S603 - our own file
        [sys.executable, "-I", str(FILE), *words],
        cwd="/",
        env={"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_it_is_one_short_file_that_imports_nothing_of_ours() -> None:
    source = FILE.read_text("utf-8")
    assert len(source.splitlines()) < 400
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name) or ""
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert {name.split(".")[0] for name in imported} <= ALLOWED


def test_a_dossier_and_its_checkpoint_hold(made_once: SignedCase) -> None:
    for words in (
        ["dossier", str(made_once.dossier)],
        ["checkpoint", str(made_once.dossier / "checkpoint.signed")],
    ):
        told = alone(*words, *keys(made_once))
        assert told.returncode == 0, told
        assert told.stdout.splitlines()[0] == 'A commitment proves "unchanged since", never "true".'
        assert "watch.example/w1 has cosigned" in told.stdout
        assert "FAILS" not in told.stdout
        assert "evidence is genuine" in told.stdout


def test_disclosures_hold_and_say_what_is_withheld(signed: SignedCase, tmp_path: Path) -> None:
    finding, statement = ids(signed)
    whole = disclose(signed.folder, [finding, statement], (), WHOM, tmp_path / "whole")
    part = disclose(signed.folder, [finding], ["matched", "user"], WHOM, tmp_path / "part")
    told = [alone("disclosure", str(file), *keys(signed)) for file in (*whole[::2], *part[::2])]
    assert [each.returncode for each in told] == [0, 0, 0], told
    assert f'"id": "{finding}"' in told[0].stdout
    assert statement in told[1].stdout
    assert "none is withheld" in told[0].stdout
    assert "are withheld" in told[2].stdout
    hidden = part[0].read_bytes()
    assert finding.encode() not in hidden
    assert b"matched" not in hidden
    assert part[1].suffix == ".tlog-proof"


def test_a_cosignature_without_its_key_is_named_and_not_called_checked(
    signed: SignedCase, tmp_path: Path
) -> None:
    shows, proof = disclose(signed.folder, [ids(signed)[0]], (), WHOM, tmp_path)
    key = keys(signed)[:2]
    path = signed.dossier / "checkpoint.signed"
    named = "cosignature by watch.example/w1 present, not checked (no key given)"
    for words in (["dossier", str(signed.dossier)], ["disclosure", str(shows)]):
        assert named in alone(*words, *key).stdout
        assert named not in alone(*words, *keys(signed)).stdout
    assert any(named in c.detail for c in examine(proof, Trust(signed.key), Quiet()).checks)
    for spoilt in (b"b7d", b"AAAA", b"AAAA" * 25):
        last = path.read_bytes().rstrip().rpartition(b" ")[0]
        path.write_bytes(last + b" " + spoilt + b"\n")
        told = alone("checkpoint", str(path), *key)
        assert told.returncode == 4
        assert "FAILS  every other line is a signature" in told.stdout
        assert not examine(signed.folder, Trust(signed.key), Quiet()).holds


def test_what_was_signed_holds_after_a_disclosure(signed: SignedCase, tmp_path: Path) -> None:
    disclose(signed.folder, [ids(signed)[0]], (), WHOM, tmp_path)
    told = alone("dossier", str(signed.dossier), *keys(signed))
    assert told.returncode == 0, told.stdout
    for path in (signed.dossier, signed.folder):
        assert examine(path, signed.trust, Quiet()).holds
    details = [check.detail for check in examine(signed.folder, signed.trust, Quiet()).checks]
    assert f"{signed.leaves} leaves; 8 leaves were recorded since and are not signed" in details


def test_wrong_use_is_an_error_of_its_own(made_once: SignedCase, tmp_path: Path) -> None:
    for words in (
        ["dossier", str(tmp_path / "none"), *keys(made_once)],
        ["dossier", str(made_once.dossier), "--key", "nonsense"],
        ["dossier", str(made_once.dossier), "--key", made_once.key.text().replace("cert", "cart")],
        ["disclosure", str(tmp_path / "none.json"), *keys(made_once)],
        [],
    ):
        assert alone(*words).returncode == 2, words


def test_another_key_does_not_fit(made_once: SignedCase) -> None:
    told = alone("dossier", str(made_once.dossier), "--key", made_once.witness.verifier().text())
    assert told.returncode == 4
    assert "there is no signature of watch.example/w1" in told.stdout


@pytest.mark.parametrize(
    "file",
    [
        *("checkpoint.signed", "envelope.json", "dossier.json", "index.html"),
        "exports/brief.md",
    ],
)
def test_one_bit_of_a_dossier_is_caught(
    signed: SignedCase, verifier: ModuleType, capsys: pytest.CaptureFixture[str], file: str
) -> None:
    path = signed.dossier / file
    for place, changed in flipped(path.read_bytes(), 40):
        path.write_bytes(changed)
        assert verifier.main(["dossier", str(signed.dossier), *keys(signed)]) == 4, place
        assert Path(file).name.split(".")[0] in capsys.readouterr().out


@pytest.mark.parametrize("suffix", [".json", ".tlog-proof"])
@pytest.mark.parametrize("item", [0, 1])
def test_one_bit_of_a_disclosure_or_proof_is_caught(
    signed: SignedCase, verifier: ModuleType, tmp_path: Path, suffix: str, item: int
) -> None:
    wanted = ids(signed)[item]
    shows, _ = disclose(signed.folder, [wanted], (), WHOM, tmp_path)
    words = ["disclosure", str(shows), *keys(signed)]
    assert verifier.main(words) == 0
    path = shows.with_suffix(suffix)
    for place, changed in flipped(path.read_bytes(), 250):
        path.write_bytes(changed)
        assert verifier.main(words) == 4, (place, changed[place - 30 : place + 30])


def b64(item: str) -> bytes:
    return base64.urlsafe_b64decode(f"{item}==")


def rewritten(said: dict[str, object], how: str) -> None:
    """Change a disclosure as somebody would who means to deceive, not by chance."""
    shows, record = said["disclosures"], said["record"]
    assert isinstance(shows, list)
    assert isinstance(record, dict)
    match how:
        case "another value":
            record["rule"] = "innocent"
        case "a field left out of the record to be read":
            del record["rule"]
        case "a field put in":
            record["more"] = "words"
        case "a disclosure left out":
            shows.pop()
        case "a disclosure twice":
            shows.append(shows[0])
        case "a disclosure of somewhere else":
            shows.append("WyJzYWx0IiwibmFtZSIsInZhbHVlIl0")
        case "a payload of other digests":
            said["payload"] = {"_sd": [], "_sd_alg": "sha-256"}
        case "another algorithm":
            said["payload"] = {**said["payload"], "_sd_alg": "none"}  # type: ignore[dict-item]
        case "another member":
            said["to"] = "somebody"


@pytest.mark.parametrize(
    "how",
    [
        "another value",
        "a field left out of the record to be read",
        "a field put in",
        "a disclosure left out",
        "a disclosure twice",
        "a disclosure of somewhere else",
        "a payload of other digests",
        "another algorithm",
        "another member",
    ],
)
def test_a_disclosure_that_was_rewritten_is_caught(
    signed: SignedCase, verifier: ModuleType, tmp_path: Path, how: str
) -> None:
    shows, _ = disclose(signed.folder, [ids(signed)[0]], (), WHOM, tmp_path)
    said = msgspec.json.decode(shows.read_bytes())
    rewritten(said, how)
    shows.write_bytes(msgspec.json.encode(said))
    assert verifier.main(["disclosure", str(shows), *keys(signed)]) == 4


@pytest.mark.parametrize("digest", ["AAAA", "", 1, None, "+" * 43, "-" * 44])
def test_what_is_no_digest_is_caught(
    signed: SignedCase, verifier: ModuleType, tmp_path: Path, digest: object
) -> None:
    shows, _ = disclose(signed.folder, [ids(signed)[0]], ["user"], WHOM, tmp_path)
    said = msgspec.json.decode(shows.read_bytes())
    said["payload"]["_sd"][0] = digest
    shows.write_bytes(msgspec.json.encode(said))
    assert verifier.main(["disclosure", str(shows), *keys(signed)]) == 4


def test_a_record_that_claims_to_be_whole_is_counted(
    signed: SignedCase, verifier: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shows, _ = disclose(signed.folder, [ids(signed)[0]], (), WHOM, tmp_path)
    said = msgspec.json.decode(shows.read_bytes())
    del said["record"]["rule"]
    said["disclosures"] = [item for item in said["disclosures"] if b'"rule"' not in b64(item)]
    shows.write_bytes(msgspec.json.encode(said))
    assert verifier.main(["disclosure", str(shows), *keys(signed)]) == 4
    assert "fields are shown of" in capsys.readouterr().out


def test_a_number_that_is_written_otherwise_is_caught(
    signed: SignedCase, verifier: ModuleType, tmp_path: Path
) -> None:
    """Python takes 1, 1.0 and true for the same; a reader does not."""
    shows, _ = disclose(signed.folder, [ids(signed)[0]], (), WHOM, tmp_path)
    whole = shows.read_text("utf-8")
    number = re.search(r'"(?:length|offset|record)": (\d+)', whole)
    assert number
    shows.write_text(whole.replace(number[0], f"{number[0]}.0"))
    assert verifier.main(["disclosure", str(shows), *keys(signed)]) == 4


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"\xff", b"null", b'{"a":1,"a":2}', b"[" * 9999]
)
def test_noise_fails_and_never_crashes(
    signed: SignedCase, verifier: ModuleType, body: bytes, tmp_path: Path
) -> None:
    shows, proof = disclose(signed.folder, [ids(signed)[0]], (), WHOM, tmp_path)
    for path in (shows, proof):
        whole = path.read_bytes()
        path.write_bytes(body)
        assert verifier.main(["disclosure", str(shows), *keys(signed)]) == 4
        path.write_bytes(whole)
    for name in ("envelope.json", "checkpoint.signed"):
        path = signed.dossier / name
        whole = path.read_bytes()
        path.write_bytes(body)
        assert verifier.main(["dossier", str(signed.dossier), *keys(signed)]) == 4
        path.write_bytes(whole)


def test_a_link_to_what_has_no_end_fails(
    signed: SignedCase, verifier: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("envelope.json", "checkpoint.signed", "index.html"):
        path = signed.dossier / name
        whole = path.read_bytes()
        path.unlink()
        path.symlink_to("/dev/zero")
        assert verifier.main(["dossier", str(signed.dossier), *keys(signed)]) == 4
        assert f"{name} is missing" in capsys.readouterr().out
        path.unlink()
        path.write_bytes(whole)


def test_a_linked_folder_is_a_stranger(
    signed: SignedCase,
    verifier: ModuleType,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (signed.dossier / "more").symlink_to(tmp_path)
    assert verifier.main(["dossier", str(signed.dossier), *keys(signed)]) == 4
    assert "more is not among the signed files" in capsys.readouterr().out


def test_a_key_that_is_too_long_or_no_text_is_wrong_use(
    made_once: SignedCase, tmp_path: Path
) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\x00" * 40)
    for word in ("a" * 400, str(tmp_path / "binary")):
        assert alone("dossier", str(made_once.dossier), "--key", word).returncode == 2


def test_a_terminal_of_few_letters_is_told_as_well(signed: SignedCase) -> None:
    (signed.dossier / "š\udc80.html").write_text("x")
    told = subprocess.run(  # noqa: S603 - our own file
        [sys.executable, str(FILE), "dossier", str(signed.dossier), *keys(signed)],
        env={"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (told.returncode, told.stderr) == (4, b"")
    assert rb"\u0161" in told.stdout or rb"\xc5" in told.stdout


def test_what_is_shown_cannot_steer_the_terminal(verifier: ModuleType) -> None:
    assert "\x1b" not in verifier._shown("\x1b[31mred\u202e")
    assert "\u202e" not in verifier._shown("\x1b[31mred\u202e")
