"""YuNet and SFace of OpenCV's model zoo as onnxruntime takes them; numbers and results stay the same.

    python -m pip install onnx==1.23.2
    python resources/models/face/convert.py face_detection_yunet_2023mar_int8bq.onnx resources/models/face/yunet.onnx
    python resources/models/face/convert.py face_recognition_sface_2021dec_int8bq.onnx resources/models/face/sface.onnx

The zoo wrote them for OpenCV's own reader, which passes over three things: a block size where one scale holds for all
numbers, weights that are named as inputs, and a size of the picture that is fixed.
"""

from __future__ import annotations

import sys

import onnx
from onnx import numpy_helper


def convert(source: str, target: str) -> None:
    model = onnx.load(source)
    graph = model.graph
    constants = {one.name: one for one in graph.initializer}
    pictures = [one for one in graph.input if one.name in ("data", "input")]
    del graph.input[:]
    graph.input.extend(pictures)
    for node in graph.node:
        if node.op_type != "DequantizeLinear":
            continue
        numbers, scale = (numpy_helper.to_array(constants[name]) for name in node.input[:2])
        if scale.size == 1 and (scale.ndim == 0 or numbers.ndim == 1):
            del node.attribute[:]
            for name in node.input[1:]:
                alone = numpy_helper.to_array(constants[name]).reshape(())
                constants[name].CopyFrom(numpy_helper.from_array(alone, name))
    if graph.input[0].name == "input":
        shape = graph.input[0].type.tensor_type.shape.dim
        shape[2].dim_param, shape[3].dim_param = "height", "width"
        for output in graph.output:
            output.type.tensor_type.shape.dim[1].dim_param = "cells_" + output.name.split("_")[1]
    asked = {name for node in graph.node for name in node.input}
    kept = [one for one in graph.initializer if one.name in asked]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    del graph.value_info[:]
    onnx.checker.check_model(model)
    onnx.save(model, target)


if __name__ == "__main__":
    convert(sys.argv[1], sys.argv[2])
