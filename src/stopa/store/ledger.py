"""What a ledger leaf commits to, and the checkpoint that names the whole ledger.

Spec: https://c2sp.org/tlog-checkpoint (note body: origin, size, root in base64)
Why: a leaf is salted, so that nobody can test a guess of a record against the ledger.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from stopa.errors import VerificationError

TAG = b"stopa-record-v1\x00"
SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How long a ledger is and the root over all of its leaves."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the note body, ending in a newline."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def commitment(salt: bytes, record: bytes) -> bytes:
    """Return what a leaf says of a record: 32 bytes that tell nothing without the salt."""
    return hashlib.sha256(TAG + salt + record).digest()


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a note body; raise VerificationError when it is not one."""
    try:
        origin, size, root = text.split("\n")[:3]
        return Checkpoint(origin, int(size), base64.b64decode(root, validate=True))
    except (ValueError, binascii.Error) as error:
        raise VerificationError(
            f"the checkpoint cannot be read: {error}",
            hint="restore dossier/checkpoint from where the dossier was published",
        ) from error
