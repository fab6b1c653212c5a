import hashlib
import time

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


def test_from_nothing_everything_follows_but_nothing_leads_back() -> None:
    tree = leaves(5)
    top = root(tree)
    assert consistency(tree, 0) == ()
    assert consistent(0, 5, (), EMPTY, top)
    assert consistent(0, 0, (), EMPTY, EMPTY)
    assert not consistent(0, 5, (top,), EMPTY, top)  # a proof where none is needed
    assert not consistent(0, 5, (), top, top)  # size 0 with the root of something
    assert not consistent(0, 0, (), EMPTY, top)
    assert not consistent(5, 0, (), top, EMPTY)
    assert not consistent(5, 5, (), EMPTY, EMPTY)  # the root of nothing at another size
    assert not consistent(3, 5, (), EMPTY, EMPTY)


@pytest.mark.parametrize("size", SIZES)
def test_a_changed_proof_proves_nothing(size: int) -> None:
    tree = leaves(size)
    top = root(tree)
    for index in range(0, size, 3):
        path = inclusion(tree, index)
        for place in range(len(path)):
            for bad in changed(path, place):
                assert not included(tree[index], index, size, bad, top)
        for other in (size - 1, size + 1, size * 2):
            grew = included(tree[index], index, other, path, top)
            assert not grew or len(inclusion(leaves(other), index)) == len(path)
    for first in range(1, size):
        path = consistency(tree, first)
        old = root(tree[:first])
        for place in range(len(path)):
            for bad in changed(path, place):
                assert not consistent(first, size, bad, old, top)
        assert not consistent(first - 1, size, path, old, top)
        assert not consistent(size, first, path, top, old)
        assert not consistent(first, size, path, top, old)


def changed(path: tuple[bytes, ...], place: int) -> list[tuple[bytes, ...]]:
    """A proof with one bit changed, one hash missing, one doubled, two exchanged, one empty."""
    before, hash_, after = path[:place], path[place], path[place + 1 :]
    flipped = bytes([hash_[0] ^ 1]) + hash_[1:]
    return [
        (*before, flipped, *after),
        (*before, *after),
        (*before, hash_, hash_, *after),
        (*before, b"", *after),
        (*path[place:], *before, EMPTY),
    ]


def test_a_hundred_thousand_leaves_take_less_than_three_seconds() -> None:
    started = time.process_time()
    hashes = leaves(100_000)
    top = root(hashes)
    path = inclusion(hashes, 77_777)
    assert included(hashes[77_777], 77_777, 100_000, path, top)
    assert time.process_time() - started < 3


def test_proofs_outside_the_tree_are_refused() -> None:
    with pytest.raises(IndexError):
        inclusion(leaves(3), 3)
    with pytest.raises(IndexError):
        consistency(leaves(3), 4)
    assert not included(leaves(1)[0], 5, 3, (), EMPTY)
    assert not consistent(4, 3, (), EMPTY, EMPTY)
