"""Builds OpenVINO's graph of a Caffe network, up to box offsets and class shares."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
import openvino
from openvino import opset13 as ops

from video.detectors.caffemodel import Layer
from video.errors import FootageError, FootageTrouble

Node: TypeAlias = "openvino.Output"
OFFSETS, SHARES = "mbox_loc", "mbox_conf_softmax"
INPUT_SIDE = 300  # pixels
CLASSES = 21


def build(layers: Sequence[Layer]) -> "openvino.Model":
    """Join the layers to a model with input `data` and outputs `OFFSETS` and `SHARES`.

    Raises:
        FootageError: BAD_MODEL when a layer is of an unknown kind or an end hangs loose.
    """
    data = ops.parameter([1, 3, INPUT_SIDE, INPUT_SIDE], np.float32, name="data")
    flowing: dict[str, Node] = {"data": data.output(0)}
    try:
        for layer in layers:
            if layer.name in _LEFT_OUT or layer.kind in _LEFT_OUT:
                continue
            if layer.kind in _LAYING:
                node = _LAYING[layer.kind](layer, [flowing[name] for name in layer.bottoms])
                flowing.update(dict.fromkeys(layer.tops, node))
            else:
                raise FootageError(FootageTrouble.BAD_MODEL, layer.name, layer.kind)
        return openvino.Model([flowing[OFFSETS], flowing[SHARES]], [data], "mobilenet-ssd")
    except (KeyError, IndexError, RuntimeError) as error:
        raise FootageError(FootageTrouble.BAD_MODEL, "graph", str(error)) from error


def _convolve(layer: Layer, inputs: Sequence[Node]) -> Node:
    shape, weights = layer.convolution, layer.blobs[0]
    strides, pads, ones = [shape.stride] * 2, [shape.pad] * 2, [1, 1]
    if shape.group == 1:
        kernel = ops.constant(weights)
        node = ops.convolution(inputs[0], kernel, strides, pads, pads, ones)
    else:
        out, into, height, width = weights.shape
        kernel = ops.constant(weights.reshape(shape.group, out // shape.group, into, height, width))
        node = ops.group_convolution(inputs[0], kernel, strides, pads, pads, ones)
    bias = ops.constant(layer.blobs[1].reshape(1, -1, 1, 1))
    return ops.add(node, bias).output(0)


def _relu(layer: Layer, inputs: Sequence[Node]) -> Node:
    return ops.relu(inputs[0]).output(0)


def _pass_on(layer: Layer, inputs: Sequence[Node]) -> Node:
    return inputs[0]


def _channels_last(layer: Layer, inputs: Sequence[Node]) -> Node:
    return ops.transpose(inputs[0], ops.constant([0, 2, 3, 1])).output(0)


def _flatten(layer: Layer, inputs: Sequence[Node]) -> Node:
    return ops.reshape(inputs[0], ops.constant([1, -1]), special_zero=False).output(0)


def _concat(layer: Layer, inputs: Sequence[Node]) -> Node:
    return ops.concat(list(inputs), axis=1).output(0)


def _by_class(layer: Layer, inputs: Sequence[Node]) -> Node:
    return ops.reshape(inputs[0], ops.constant([1, -1, CLASSES]), special_zero=False).output(0)


def _softmax(layer: Layer, inputs: Sequence[Node]) -> Node:
    return ops.softmax(inputs[0], axis=2).output(0)


_LAYING: Mapping[str, Callable[[Layer, Sequence[Node]], Node]] = {
    "Convolution": _convolve,
    "ReLU": _relu,
    "Split": _pass_on,
    "Permute": _channels_last,
    "Flatten": _flatten,
    "Concat": _concat,
    "Reshape": _by_class,
    "Softmax": _softmax,
}
# What `priors` computes instead.
_LEFT_OUT = {"Input", "PriorBox", "mbox_priorbox", "mbox_conf_flatten", "DetectionOutput"}
