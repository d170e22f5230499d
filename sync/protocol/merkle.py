"""Merkle trees of RFC 6962: roots and proofs that a log only ever grew."""

import hashlib
from collections.abc import Callable, Sequence

# Answers the digest (hex) of the perfect subtree `n` of a level: leaves n·2^level and up.
Node = Callable[[int, int], str]

EMPTY = hashlib.sha256(b"").hexdigest()


def leaf_hash(data: bytes) -> str:
    """Digest a leaf (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x00" + data).hexdigest()


def join(left: str, right: str) -> str:
    """Digest two subtrees into the one above them."""
    return hashlib.sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def grown(index: int, leaf: str, node: Node) -> list[tuple[int, int, str]]:
    """Name the perfect subtrees that a leaf completes: (level, n, digest), without the leaf."""
    made = []
    level, digest = 0, leaf
    while (index >> level) & 1:
        n = index >> level
        digest = join(node(level, n - 1), digest)
        level += 1
        made.append((level, n >> 1, digest))
    return made


def root(size: int, node: Node) -> str:
    """Answer the head of the tree over the first leaves."""
    return _span(0, size, node) if size else EMPTY


def consistency(first: int, second: int, node: Node) -> list[str]:
    """Prove that the tree of `first` leaves is the beginning of the tree of `second`.

    RFC 6962, section 2.1.2; empty when either is empty or both are the same.
    """
    if not 0 < first < second:
        return []
    return _subproof(first, 0, second, node, whole=True)


def is_consistent(
    first: int, second: int, first_root: str, second_root: str, proof: Sequence[str]
) -> bool:
    """Check a proof (RFC 9162, section 2.1.4.2)."""
    if first == second:
        return first_root == second_root and not proof
    if first == 0:
        return not proof
    if first > second or not proof:
        return False
    path = list(proof) if first & (first - 1) else [first_root, *proof]
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old = new = path[0]
    for digest in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            old, new = join(digest, old), join(digest, new)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            new = join(new, digest)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and (old, new) == (first_root, second_root)


def _subproof(first: int, start: int, size: int, node: Node, *, whole: bool) -> list[str]:
    if first == size:
        return [] if whole else [_span(start, size, node)]
    half = _half(size)
    if first <= half:
        below = _subproof(first, start, half, node, whole=whole)
        return [*below, _span(start + half, size - half, node)]
    below = _subproof(first - half, start + half, size - half, node, whole=False)
    return [*below, _span(start, half, node)]


def _span(start: int, size: int, node: Node) -> str:
    """Digest `size` leaves from `start`, which is a multiple of the next power of two."""
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, start >> level)
    half = _half(size)
    return join(_span(start, half, node), _span(start + half, size - half, node))


def _half(size: int) -> int:
    """The largest power of two below a size."""
    return 1 << ((size - 1).bit_length() - 1)
