"""The Merkle tree that a ledger is: its root, and proofs that others check.

Spec: RFC 6962 section 2.1 (https://www.rfc-editor.org/rfc/rfc6962); the checks follow RFC 9162
section 2.1.3.2 and 2.1.4.2. Hashes are 32 raw bytes of SHA-256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Hash one leaf, kept apart from nodes by its first byte."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into their parent."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: enough to append and to know the root, log(n) memory."""

    def __init__(self) -> None:
        self._whole: list[tuple[int, bytes]] = []  # (leaves below, hash), largest first

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return sum(size for size, _ in self._whole)

    def copy(self) -> Frontier:
        """Return a tree that grows apart from this one."""
        twin = Frontier()
        twin._whole = list(self._whole)
        return twin

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        size, top = 1, leaf
        while self._whole and self._whole[-1][0] == size:
            top = node_hash(self._whole.pop()[1], top)
            size *= 2
        self._whole.append((size, top))

    def root(self) -> bytes:
        """Return the root over the leaves so far."""
        if not self._whole:
            return EMPTY
        top = self._whole[-1][1]
        for _, left in reversed(self._whole[:-1]):
            top = node_hash(left, top)
        return top


def root(leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes in order."""
    tree = Frontier()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def inclusion(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return the audit path of the leaf at `index`, nearest sibling first."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return ()
    cut = _split(len(leaves))
    if index < cut:
        return (*inclusion(leaves[:cut], index), root(leaves[cut:]))
    return (*inclusion(leaves[cut:], index - cut), root(leaves[:cut]))


def consistency(leaves: Sequence[bytes], first: int) -> tuple[bytes, ...]:
    """Return the proof that the tree over the first `first` leaves is a prefix of this one.

    The proof from the empty tree is empty, as is that from a tree to itself.
    """
    if not 0 <= first <= len(leaves):
        raise IndexError(first)
    if first == 0:
        return ()
    return _subproof(leaves, first, known=True)


def included(leaf: bytes, index: int, size: int, path: Sequence[bytes], top: bytes) -> bool:
    """Check an audit path: is this leaf at `index` of the tree of `size` leaves with root `top`."""
    if not 0 <= index < size:
        return False
    node, last, got = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            got = node_hash(sibling, got)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            got = node_hash(got, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and got == top


def consistent(
    first: int, second: int, path: Sequence[bytes], old_top: bytes, new_top: bytes
) -> bool:
    """Check a consistency proof between the trees of `first` and `second` leaves.

    From nothing everything follows, without a proof; but only size 0 has the root of nothing.
    """
    if not 0 <= first <= second or (first == 0) != (old_top == EMPTY):
        return False
    if (second == 0) != (new_top == EMPTY):
        return False
    if first == 0:
        return not path
    if first == second:
        return not path and old_top == new_top
    rest = list(path)
    if first & (first - 1) == 0:
        rest.insert(0, old_top)
    return bool(rest) and _walk_consistency(first, second, rest, old_top, new_top)


def _walk_consistency(
    first: int, second: int, path: list[bytes], old_top: bytes, new_top: bytes
) -> bool:
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, step)
        node, last = node >> 1, last >> 1
    return last == 0 and old == old_top and new == new_top


def _subproof(leaves: Sequence[bytes], first: int, *, known: bool) -> tuple[bytes, ...]:
    if first == len(leaves):
        return () if known else (root(leaves),)
    cut = _split(len(leaves))
    if first <= cut:
        return (*_subproof(leaves[:cut], first, known=known), root(leaves[cut:]))
    return (*_subproof(leaves[cut:], first - cut, known=False), root(leaves[:cut]))


def _split(size: int) -> int:
    """Return the largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)
