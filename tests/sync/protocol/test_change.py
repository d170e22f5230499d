"""An envelope: sealed by one device, linked to the one before, the same after every journey."""

import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.buckets import bucket_of, digests
from sync.protocol.change import Change, ChangeKind, patched
from sync.protocol.identity import DeviceIdentity, public_key_of

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
patches = st.dictionaries(st.text(min_size=1, max_size=8), st.tuples(values, values), max_size=4)


def change(**more: object) -> Change:
    words: dict[str, object] = {
        "op_id": "op",
        "group_id": "g",
        "device_id": "d",
        "dev_seq": 1,
        "prev_hash": "",
        "user_id": "u",
        "entity": "finding",
        "id": "f",
        "scope": "h",
        "kind": ChangeKind.UPDATE,
        "patch": {"state": ("A", "B")},
        "expect_ver": 1,
        "schema_ver": 1,
        "wall_time": "2026-11-24T00:00:00+00:00",
        "mono": 1.5,
        "boot_id": "b",
    }
    return Change(**{**words, **more})  # type: ignore[arg-type]


@given(patches)
def test_an_envelope_is_the_same_after_json(patch: dict[str, tuple[object, object]]) -> None:
    sealed = change(patch=patch).sealed(Ed25519PrivateKey.generate())
    assert Change.from_json(json.loads(json.dumps(sealed.to_json()))).link() == sealed.link()


@pytest.mark.parametrize("field", ["user_id", "dev_seq", "prev_hash", "wall_time", "entity"])
def test_a_seal_covers_every_word(field: str) -> None:
    device = DeviceIdentity.new()
    sealed = change().sealed(device.key())
    public = public_key_of(device.public_key())
    assert sealed.is_sealed_by(public)
    other = 2 if field == "dev_seq" else "other"
    assert not replace(sealed, **{field: other}).is_sealed_by(public)


def test_another_device_cannot_seal_for_this_one() -> None:
    sealed = change().sealed(DeviceIdentity.new().key())
    assert not sealed.is_sealed_by(public_key_of(DeviceIdentity.new().public_key()))


def test_a_private_key_is_never_shown() -> None:
    device = DeviceIdentity.new()
    assert device.private_key.hex() not in repr(device)
    assert repr(device.private_key) not in repr(device)


def test_a_patch_lays_new_values_over_a_body() -> None:
    assert patched({"a": 1, "b": 2}, {"b": (2, 3), "c": (None, 4)}) == {"a": 1, "b": 3, "c": 4}


def test_digests_of_months_do_not_depend_on_order() -> None:
    rows = [("finding", f"{n}", n, {"n": n}) for n in range(1, 5)]
    assert digests(rows) == digests(reversed(rows))
    assert bucket_of("not a uuid") == "other"
    assert bucket_of("019ab3f0-0000-7000-8000-000000000000") == "2025-11"
