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


def test_what_is_wrong_about_an_inclusion_is_refused_class_by_class() -> None:
    """The classes of transparency-dev's cases, on a tree whose size is no power of two."""
    tree = leaves(11)
    top, index = root(tree), 5
    leaf, path = tree[index], inclusion(tree, index)
    assert included(leaf, index, 11, path, top)
    wrong: dict[str, tuple[bytes, int, int, tuple[bytes, ...], bytes]] = {
        "another leaf": (tree[4], index, 11, path, top),
        "the leaf's data in place of its hash": (b"5", index, 11, path, top),
        "a node in place of a leaf": (node_hash(tree[4], tree[5]), index >> 1, 11, path[1:], top),
        "the root in place of the leaf": (top, index, 11, (), top),
        "an index below": (leaf, index - 1, 11, path, top),
        "an index above": (leaf, index + 1, 11, path, top),
        "an index two off": (leaf, index ^ 2, 11, path, top),
        "a negative index": (leaf, -1, 11, path, top),
        "an index at the end": (leaf, 11, 11, path, top),
        "an index far beyond": (leaf, 2**63, 11, path, top),
        "twice the size": (leaf, index, 22, path, top),
        "half the size": (leaf, index, 5, path, top),
        "size 0": (leaf, 0, 0, (), EMPTY),
        "a negative size": (leaf, 0, -1, (), top),
        "no root": (leaf, index, 11, path, b""),
        "the root of nothing": (leaf, index, 11, path, EMPTY),
        "another root": (leaf, index, 11, path, root(leaves(10))),
        "no path": (leaf, index, 11, (), top),
        "a path cut off at its end": (leaf, index, 11, path[:-1], top),
        "a path cut off at its beginning": (leaf, index, 11, path[1:], top),
        "something behind the path": (leaf, index, 11, (*path, top), top),
        "something before the path": (leaf, index, 11, (leaf, *path), top),
        "the path of another leaf": (leaf, index, 11, inclusion(tree, 4), top),
        "the path turned round": (leaf, index, 11, path[::-1], top),
        "the path of a shorter tree": (leaf, index, 11, inclusion(tree[:8], index), top),
    }
    held = [what for what, said in wrong.items() if included(*said)]
    assert held == []


def test_what_is_wrong_about_a_consistency_is_refused_class_by_class() -> None:
    tree = leaves(11)
    for first in (4, 6):  # the old root is a node of the new tree, and is not
        old, new, path = root(tree[:first]), root(tree), consistency(tree, first)
        assert consistent(first, 11, path, old, new)
        wrong: dict[str, tuple[int, int, tuple[bytes, ...], bytes, bytes]] = {
            "another old root": (first, 11, path, root(leaves(5)), new),
            "another new root": (first, 11, path, old, root(leaves(10))),
            "the roots exchanged": (first, 11, path, new, old),
            "the sizes exchanged": (11, first, path, old, new),
            "the old size below": (first - 1, 11, path, old, new),
            "the old size above": (first + 1, 11, path, old, new),
            "a new size with a longer proof": (first, 17, path, old, new),
            "half the new size": (first, 5, path, old, new),
            "negative sizes": (-first, 11, path, old, new),
            "the same size twice": (11, 11, path, new, new),
            "the same size, other roots": (11, 11, (), old, new),
            "from nothing, with a proof": (0, 11, path, EMPTY, new),
            "from nothing, with a root": (0, 11, (), old, new),
            "to nothing": (first, 0, path, old, EMPTY),
            "no path": (first, 11, (), old, new),
            "a path cut off at its end": (first, 11, path[:-1], old, new),
            "a path cut off at its beginning": (first, 11, path[1:], old, new),
            "something behind the path": (first, 11, (*path, new), old, new),
            "the old root before the path": (first, 11, (old, *path), old, new),
            "the new root before the path": (first, 11, (new, *path), old, new),
            "the path turned round": (first, 11, path[::-1], old, new),
            "the path of another size": (first, 11, consistency(tree, 7), old, new),
            "an inclusion's path": (first, 11, inclusion(tree, first), old, new),
        }
        held = [what for what, said in wrong.items() if consistent(*said)]
        assert held == [], first


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
