"""Files and folders in; evidence out, hashed and named as it was called, what it holds as well.

Spec: https://www.rfc-editor.org/rfc/rfc6234 (SHA-256)
Why: names are data. What comes out of an archive lies under its own hash in a folder of ours, so
no name that an attacker chose is ever a path.
Trap: the archive itself is evidence too (its hash is what was seized), and so is each member; a
mail is read, and its attachments are evidence like the members of an archive.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from stopa.model.evidence import Problem, Where
from stopa.readers._archive import UNPACK, Archive, Budget, Flaw, Limits, Member, archive_of
from stopa.readers._lines import counted
from stopa.readers._reader import HEAD
from stopa.readers._register import holders

CASE = "case.sqlite"  # a folder that holds one is a case, not evidence
HAND_IN = "hand in what it points to, if that is evidence"


@dataclass(frozen=True, slots=True)
class Handed:
    """One file as it was handed in.

    `name` is relative to the folder of the argument it was found under, `path` is where its bytes
    lie, `container` the SHA-256 of the archive or mail it was found in, `archive` how it was walked
    if it is an archive itself.
    """

    name: str
    sha256: str
    size: int
    path: Path
    container: str | None = None
    archive: str | None = None


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return counted(path, ())[0]


def hand_in(
    paths: Sequence[Path],
    *,
    spool: Path,
    limits: Limits | None = None,
    digest: Callable[[Path], str] = digest_of,
) -> Iterator[Handed | Problem]:
    """Yield every file under the paths in the order of names, archives before their members.

    Members are unpacked into `spool`. What cannot be read or is not to be followed is a problem
    whose place names it. Who hashes files in another way passes `digest`; members have their hash.
    """
    intake = _Intake(spool, limits or Limits(), digest)
    for path in paths:
        yield from intake.walk(path, path.parent)


class _Intake:
    """Walks files, folders and archives under one set of limits."""

    def __init__(self, spool: Path, limits: Limits, digest: Callable[[Path], str]) -> None:
        self._spool = spool
        self._limits = limits
        self._digest = digest

    def walk(self, top: Path, root: Path) -> Iterator[Handed | Problem]:
        """Yield what is under a path that the analyst named, folder by folder, however deep."""
        waiting = [top]
        while waiting:
            path = waiting.pop()
            name = printable(path.relative_to(root))
            try:
                if path != top and path.is_symlink():
                    yield _unread(name, "a link, not followed", HAND_IN)
                elif path.is_dir():
                    if (path / CASE).exists():
                        hint = "hand in the evidence itself"
                        yield _unread(name, "a case of stopa, not evidence", hint)
                    else:
                        waiting += _inside(path)
                elif path.is_file():
                    yield from self._file(path, name)
                else:
                    hint = "hand in a copy of its content"
                    yield _unread(name, "neither a file nor a folder", hint)
            except OSError as error:
                yield _unread(name, f"cannot be read: {error.strerror}", "check who may read it")

    def _file(self, path: Path, name: str) -> Iterator[Handed | Problem]:
        item = Handed(name, self._digest(path), path.stat().st_size, path)
        yield from self._evidence(item, Budget(self._limits), depth=0)

    def _evidence(self, item: Handed, budget: Budget, *, depth: int) -> Iterator[Handed | Problem]:
        archive = archive_of(item.path)
        yield item if archive is None else replace(item, archive=archive.name)
        members = _members_of(item, archive)
        if members is None:
            return
        if depth < self._limits.depth:
            yield from self._members(item, members(budget), budget, depth)
        elif archive or next(members(Budget(self._limits)), None) is not None:
            what = f"an archive or mail inside {depth} others, not walked"
            yield Problem(what, Where(item.sha256), "unpack it and hand in what is inside")

    def _members(
        self, item: Handed, members: Iterator[Member | Flaw], budget: Budget, depth: int
    ) -> Iterator[Handed | Problem]:
        for found in members:
            if isinstance(found, Member):
                path, sha256, size, defect = self._unpack(found)
                name = f"{item.name}/{printable(found.name)}"
                if defect is not None:
                    yield Problem(defect, Where(item.sha256, part=printable(found.name)), UNPACK)
                if size or defect is None:
                    member = Handed(name, sha256, size, path, container=item.sha256)
                    yield from self._evidence(member, budget, depth=depth + 1)
            else:
                yield Problem(
                    found.what, Where(item.sha256, part=printable(found.member)), found.hint
                )

    def _unpack(self, member: Member) -> tuple[Path, str, int, str | None]:
        """Write a member under its hash; a defect on the way leaves what came before it."""
        digest, size, defect = hashlib.sha256(), 0, None
        draft = self._spool / "unpacking"
        with draft.open("wb") as out:
            for chunk in member.chunks():
                if isinstance(chunk, str):
                    defect = chunk
                    break
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
        path = self._spool / digest.hexdigest()
        draft.replace(path)
        return path, digest.hexdigest(), size, defect


def _members_of(
    item: Handed, archive: Archive | None
) -> Callable[[Budget], Iterator[Member | Flaw]] | None:
    """Return how what a file holds is taken out: an archive's members, a mail's attachments."""
    if archive is not None:
        return partial(archive.members, item.path, printable(item.name))
    with item.path.open("rb") as file:
        head = file.read(HEAD)
    found = [reader.members for reader in holders() if reader.recognises(head)]
    return partial(found[0], item.path) if len(found) == 1 and found[0] else None


def _inside(folder: Path) -> list[Path]:
    """Return what is in a folder, the last name first."""
    with os.scandir(folder) as entries:
        names = sorted((entry.name for entry in entries), key=os.fsencode, reverse=True)
    return [folder / name for name in names]


def printable(name: object) -> str:
    """Return a name as text that UTF-8 can hold: bytes that are no text become escapes."""
    return str(name).encode("utf-8", "backslashreplace").decode()


def _unread(name: str, what: str, hint: str) -> Problem:
    return Problem(what, Where("", part=name), hint)
