"""The ledger of a case: how long it is, the root over all of its leaves, and whether it goes on.

Spec: https://c2sp.org/tlog-checkpoint (note text: origin, size, root in base64)
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from stopa.errors import VerificationError
from stopa.store.merkle import EMPTY, Frontier

ROOT_BYTES = 32
SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
BROKEN_HINT = "restore the file checkpoint from a copy of the case"
RESTORE = "the case was changed outside of stopa; restore it from a copy"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How long a ledger is and the root over all of its leaves."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the note text, ending in a newline."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint's note text; raise VerificationError when it is not one, to the byte.

    Extension lines, which the specification advises against, are none of stopa's.
    """
    try:
        origin, size, root = text.removesuffix("\n").split("\n")
        read = Checkpoint(origin, _size(size), base64.b64decode(root, validate=True))
    except (ValueError, binascii.Error) as error:
        raise VerificationError(
            f"the checkpoint cannot be read: {error}", hint=BROKEN_HINT
        ) from error
    if read.text() != text or not origin or len(read.root) != ROOT_BYTES:
        raise VerificationError(
            "the checkpoint is not written as stopa writes it", hint=BROKEN_HINT
        )
    if (read.size == 0) != (read.root == EMPTY):
        raise VerificationError("only an empty ledger has the root of nothing", hint=BROKEN_HINT)
    return read


def grown(leaves: Sequence[bytes], origin: str, earlier: Sequence[Checkpoint]) -> Frontier:
    """Return the tree over leaf hashes; raise VerificationError where it continues not them all.

    `earlier` are checkpoints over this ledger; one that is longer means that the ledger was rolled
    back, one with another root that it was forked.
    """
    for said in earlier:
        _check_possible(said, len(leaves), origin)
    roots = {said.size: said.root for said in earlier}
    if len(roots) < len({(said.size, said.root) for said in earlier}):
        raise _forked(max(roots))
    tree = Frontier()
    for size, leaf in enumerate((b"", *leaves)):
        if size:
            tree.append(leaf)
        if size in roots and tree.root() != roots[size]:
            raise _forked(size)
    return tree


def _size(text: str) -> int:
    if not SIZE.fullmatch(text):
        raise ValueError(f"{text!a} is no length")
    return int(text)


def _check_possible(said: Checkpoint, size: int, origin: str) -> None:
    if said.origin != origin:
        raise VerificationError(
            "the checkpoint belongs to another case",
            hint="restore checkpoint or case.sqlite",
        )
    if size < said.size:
        raise VerificationError(
            f"the ledger was rolled back: it has {size} leaves, the last checkpoint says"
            f" {said.size}",
            hint="records were lost or rolled back; restore case.sqlite from a copy",
        )


def _forked(size: int) -> VerificationError:
    return VerificationError(
        f"the ledger was forked: the root over its first {size} leaves is not the checkpoint's",
        hint=RESTORE,
    )
