"""Merkle trees against the definition in RFC 6962, word by word."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol import merkle

LEAVES = [merkle.leaf_hash(bytes([n])) for n in range(70)]
sizes = st.integers(1, len(LEAVES))


def defined_head(leaves: Sequence[str]) -> str:
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return merkle.join(defined_head(leaves[:half]), defined_head(leaves[half:]))


@pytest.fixture(scope="module")
def nodes() -> dict[tuple[int, int], str]:
    kept: dict[tuple[int, int], str] = {}
    for index, leaf in enumerate(LEAVES):
        kept[0, index] = leaf
        for level, n, digest in merkle.grown(index, leaf, lambda v, m: kept[v, m]):
            kept[level, n] = digest
    return kept


@pytest.mark.parametrize("size", range(1, len(LEAVES) + 1))
def test_a_root_from_kept_nodes_is_the_defined_head(
    size: int, nodes: dict[tuple[int, int], str]
) -> None:
    assert merkle.root(size, lambda v, n: nodes[v, n]) == defined_head(LEAVES[:size])


@given(sizes, sizes)
def test_a_grown_log_proves_it_and_an_other_log_cannot(one: int, other: int) -> None:
    first, second = sorted((one, other))

    def node(level: int, n: int) -> str:
        return defined_head(LEAVES[n << level : (n + 1) << level])

    old, new = defined_head(LEAVES[:first]), defined_head(LEAVES[:second])
    proof = merkle.consistency(first, second, node)
    assert merkle.is_consistent(first, second, old, new, proof)
    assert not merkle.is_consistent(first, second, merkle.EMPTY, new, proof)
    assert not merkle.is_consistent(first, second, old, merkle.EMPTY, proof)
    for place in range(len(proof)):
        bent = [*proof[:place], merkle.EMPTY, *proof[place + 1 :]]
        assert not merkle.is_consistent(first, second, old, new, bent)
    assert not merkle.is_consistent(first, second, old, new, [*proof, merkle.EMPTY])


def test_a_log_never_shrinks() -> None:
    assert not merkle.is_consistent(3, 2, LEAVES[0], LEAVES[1], [LEAVES[2]])
