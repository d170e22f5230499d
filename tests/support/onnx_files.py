"""Writes small ONNX models that always give the same answer, without a package for it.

Protocol Buffers by hand, as onnx.proto of ONNX 1.15 numbers the fields.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32] | npt.NDArray[np.int64]
Shape = Sequence[int | str]  # a name where the size is open
KINDS = {np.dtype(np.float32): 1, np.dtype(np.uint8): 2, np.dtype(np.int64): 7}


def write_onnx(
    path: Path,
    outputs: Mapping[str, Array],
    inputs: Mapping[str, Shape] | None = None,
    *,
    of_bytes: bool = False,
) -> Path:
    """Write a model that answers every input with these outputs."""
    kind = np.dtype(np.uint8 if of_bytes else np.float32)
    wanted = inputs or {"images": (1, 3, 64, 64)}
    first = next(iter(wanted))
    graph = [_part(2, b"constant")]
    for name, values in outputs.items():
        graph.append(_part(5, _tensor(f"{name}_values", values)))
        node = (_part(1, f"{name}_values".encode()), _part(2, name.encode()), _part(4, b"Identity"))
        graph.append(_part(1, b"".join(node)))
        graph.append(_part(12, _info(name, values.dtype, values.shape)))
    for name, shape in wanted.items():
        dtype = kind if name == first else np.dtype(np.int64)
        graph.append(_part(11, _info(name, dtype, shape)))
    opset = _part(8, _part(1, b"") + _number(2, 17))
    path.write_bytes(_number(1, 8) + _part(7, b"".join(graph)) + opset)
    return path


def _tensor(name: str, values: Array) -> bytes:
    dims = b"".join(_number(1, size) for size in values.shape)
    kind = _number(2, KINDS[values.dtype])
    return dims + kind + _part(8, name.encode()) + _part(9, values.tobytes())


def _info(name: str, dtype: np.dtype[np.generic], shape: Shape) -> bytes:
    sizes = (_number(1, d) if isinstance(d, int) else _part(2, d.encode()) for d in shape)
    dims = b"".join(_part(1, size) for size in sizes)
    tensor = _number(1, KINDS[dtype]) + _part(2, dims)
    return _part(1, name.encode()) + _part(2, _part(1, tensor))


def _part(field: int, data: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*out, value))
