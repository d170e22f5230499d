"""Reads the layers of a Caffe model file: just enough of its protocol buffers, and no Caffe."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from video.errors import FootageError, FootageTrouble

Weights = npt.NDArray[np.float32]

# Field numbers of caffe.proto.
_NET_LAYER = 100
_NAME, _TYPE, _BOTTOM, _TOP, _BLOB = 1, 2, 3, 4, 7
_CONVOLUTION, _PRIOR_BOX = 106, 203
_BLOB_DATA, _BLOB_SHAPE, _SHAPE_DIM = 5, 7, 1
_PAD, _GROUP, _STRIDE = 3, 5, 6
_MIN_SIZE, _MAX_SIZE, _ASPECT = 1, 2, 3

_FIXED64 = 1  # wire type

Value = int | memoryview


@dataclass(frozen=True, slots=True)
class Convolution:
    """Geometry of a convolution; all in pixels and equal in both directions."""

    pad: int
    stride: int
    group: int


@dataclass(frozen=True, slots=True)
class PriorBox:
    """The default boxes of one feature map, in pixels of the network's input."""

    min_size: float
    max_size: float | None
    aspects: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer with its weights; `bottoms` and `tops` name what flows in and out."""

    name: str
    kind: str
    bottoms: tuple[str, ...]
    tops: tuple[str, ...]
    blobs: tuple[Weights, ...] = field(repr=False)
    convolution: Convolution
    prior: PriorBox | None


def read_layers(data: bytes) -> tuple[Layer, ...]:
    """Parse the layers of a model in file order.

    Raises:
        FootageError: BAD_MODEL when the bytes are no such model.
    """
    try:
        view = memoryview(data)
        layers = tuple(_layer(part) for part in _all_bytes(view, _NET_LAYER))
    except (IndexError, struct.error, ValueError, UnicodeDecodeError) as error:
        raise FootageError(FootageTrouble.BAD_MODEL, "caffemodel", str(error)) from error
    if not layers:
        raise FootageError(FootageTrouble.BAD_MODEL, "caffemodel", "no layers")
    return layers


def _fields(view: memoryview) -> Iterator[tuple[int, Value]]:
    at = 0
    while at < len(view):
        tag, at = _varint(view, at)
        match tag & 7:
            case 0:
                value, at = _varint(view, at)
                yield tag >> 3, value
            case 2:
                size, at = _varint(view, at)
                if at + size > len(view):
                    raise ValueError("a field reaches beyond the end")
                yield tag >> 3, view[at : at + size]
                at += size
            case 1 | 5 as kind:
                size = 8 if kind == _FIXED64 else 4
                yield tag >> 3, view[at : at + size]
                at += size
            case kind:
                raise ValueError(f"wire type {kind}")


def _varint(view: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = view[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return value, at
        shift += 7


def _all_bytes(view: memoryview, number: int) -> Iterator[memoryview]:
    for found, value in _fields(view):
        if found == number and isinstance(value, memoryview):
            yield value


def _texts(view: memoryview, number: int) -> tuple[str, ...]:
    return tuple(str(part, "utf-8") for part in _all_bytes(view, number))


def _layer(view: memoryview) -> Layer:
    priors = tuple(_prior(part) for part in _all_bytes(view, _PRIOR_BOX))
    shapes = tuple(_convolution(part) for part in _all_bytes(view, _CONVOLUTION))
    return Layer(
        name=_texts(view, _NAME)[0],
        kind=_texts(view, _TYPE)[0],
        bottoms=_texts(view, _BOTTOM),
        tops=_texts(view, _TOP),
        blobs=tuple(_blob(part) for part in _all_bytes(view, _BLOB)),
        convolution=shapes[0] if shapes else Convolution(0, 1, 1),
        prior=priors[0] if priors else None,
    )


def _blob(view: memoryview) -> Weights:
    data = b"".join(bytes(part) for part in _all_bytes(view, _BLOB_DATA))
    shape = [dim for part in _all_bytes(view, _BLOB_SHAPE) for dim in _dims(part)]
    return np.frombuffer(data, dtype="<f4").reshape(shape or [-1])


def _dims(view: memoryview) -> Iterator[int]:
    for number, value in _fields(view):
        if number != _SHAPE_DIM:
            continue
        if isinstance(value, int):
            yield value
            continue
        at = 0
        while at < len(value):
            dim, at = _varint(value, at)
            yield dim


def _convolution(view: memoryview) -> Convolution:
    plain = {
        # A packed list counts by its first entry: both directions are equal in these models.
        number: value if isinstance(value, int) else _varint(value, 0)[0]
        for number, value in _fields(view)
        if number in {_PAD, _GROUP, _STRIDE}
    }
    return Convolution(plain.get(_PAD, 0), plain.get(_STRIDE, 1), plain.get(_GROUP, 1))


def _prior(view: memoryview) -> PriorBox:
    floats: dict[int, list[float]] = {_MIN_SIZE: [], _MAX_SIZE: [], _ASPECT: []}
    for number, value in _fields(view):
        if number in floats and isinstance(value, memoryview):
            floats[number] += [one for (one,) in struct.iter_unpack("<f", value)]
    largest = floats[_MAX_SIZE]
    return PriorBox(floats[_MIN_SIZE][0], largest[0] if largest else None, tuple(floats[_ASPECT]))
