import hashlib

import pytest

from stopa.store.merkle import (
    EMPTY,
    consistency,
    consistent,
    included,
    inclusion,
    leaf_hash,
    node_hash,
    root,
)

SIZES = range(1, 34)


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(str(n).encode()) for n in range(size)]


def slow_root(hashes: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    cut = 1
    while cut * 2 < len(hashes):
        cut *= 2
    return node_hash(slow_root(hashes[:cut]), slow_root(hashes[cut:]))


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert root([]) == EMPTY


@pytest.mark.parametrize("size", SIZES)
def test_the_root_is_the_specification_s(size: int) -> None:
    assert root(leaves(size)) == slow_root(leaves(size))


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_proven_and_no_other_place(size: int) -> None:
    tree = leaves(size)
    top = root(tree)
    for index in range(size):
        path = inclusion(tree, index)
        assert included(tree[index], index, size, path, top)
        assert not included(leaf_hash(b"other"), index, size, path, top)
        assert not included(tree[index], index, size, (*path, EMPTY), top)
        assert not included(tree[index], index, size, path[:-1], top) or size == 1
        for other in range(size):
            assert other == index or not included(tree[index], other, size, path, top)


@pytest.mark.parametrize("size", SIZES)
def test_every_prefix_is_proven_and_no_fork(size: int) -> None:
    tree = leaves(size)
    for first in range(1, size + 1):
        old, path = root(tree[:first]), consistency(tree, first)
        assert consistent(first, size, path, old, root(tree))
        assert not consistent(first, size, path, leaf_hash(b"fork"), root(tree))
        assert not consistent(first, size, path, old, leaf_hash(b"fork"))
        assert not consistent(first, size, (*path, EMPTY), old, root(tree))


def test_proofs_outside_the_tree_are_refused() -> None:
    with pytest.raises(IndexError):
        inclusion(leaves(3), 3)
    with pytest.raises(IndexError):
        consistency(leaves(3), 4)
    assert not included(leaves(1)[0], 5, 3, (), EMPTY)
    assert not consistent(4, 3, (), EMPTY, EMPTY)
