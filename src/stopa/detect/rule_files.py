"""The rule files below some paths, read as bytes, in an order that does not depend on the disk."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import error as ZlibError  # noqa: N812 (zlib names it like a function)

from stopa.detect.documents import LARGEST
from stopa.errors import RulesError

SUFFIXES = (".yml", ".yaml")
ARCHIVES = (".tar.gz", ".tgz", ".tar")
MOST_MEMBERS = 100_000
MOST_BYTES = 512 * 2**20  # of an archive, unpacked
HINT = "name .yml files, folders or .tar.gz archives of Sigma rules"


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A file of rules: its name as it is shown, its bytes, or why it cannot be read.

    The name begins with the last part of the path that was named, so that what is made with the
    rules does not tell where on a machine they lie.
    """

    name: str
    content: bytes
    defect: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which files are rules: how their names end, how many bytes they may have, what to name."""

    suffixes: tuple[str, ...] = SUFFIXES
    largest: int = LARGEST
    hint: str = HINT


def rule_files(paths: Sequence[Path], wanted: Wanted = Wanted()) -> Iterator[RuleFile]:
    """Yield all rule files below the paths, each path in turn. Raises `RulesError`."""
    for path in paths:
        if path.is_dir():
            for file in sorted(p for p in path.rglob("*") if p.suffix in wanted.suffixes):
                shown = f"{_last(path)}/{file.relative_to(path).as_posix()}"
                yield _read(file, shown, wanted)
        elif not path.is_file():
            raise RulesError(f"{path}: no such file or folder", hint=wanted.hint)
        elif path.name.endswith(ARCHIVES):
            yield from _archive(path, wanted)
        else:
            yield _read(path, path.name, wanted)


def _last(path: Path) -> str:
    return path.name or path.resolve().name


def _read(path: Path, name: str, wanted: Wanted) -> RuleFile:
    shown = name.encode("utf-8", "backslashreplace").decode()
    try:
        with path.open("rb") as file:
            return RuleFile(shown, file.read(wanted.largest + 1))
    except OSError as error:
        return RuleFile(shown, b"", f"cannot be read: {error.strerror}")


def _archive(path: Path, wanted: Wanted) -> Iterator[RuleFile]:
    found: list[RuleFile] = []
    try:
        with tarfile.open(path) as archive:
            for count, member in enumerate(archive):
                if count >= MOST_MEMBERS or archive.offset > MOST_BYTES:
                    what = f"archive of more than {MOST_MEMBERS} files or {MOST_BYTES} bytes"
                    found.append(RuleFile(path.name, b"", what))
                    break
                if member.isfile() and member.name.endswith(wanted.suffixes):
                    found.append(_member(path, archive, member, wanted))
    except (tarfile.TarError, EOFError, OSError, ZlibError) as error:
        if not found:
            raise RulesError(f"{path}: no readable archive ({error})", hint=wanted.hint) from None
        found.append(RuleFile(path.name, b"", f"archive is damaged: {error}"))
    yield from sorted(found, key=lambda file: file.name)


def _member(
    path: Path, archive: tarfile.TarFile, member: tarfile.TarInfo, wanted: Wanted
) -> RuleFile:
    shown = f"{path.name}/{member.name}".encode("utf-8", "backslashreplace").decode()
    content = archive.extractfile(member)
    if member.size > wanted.largest or content is None:
        return RuleFile(shown, b"", f"file of {member.size} bytes (limit {wanted.largest})")
    return RuleFile(shown, content.read())
