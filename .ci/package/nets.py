"""The nets that read text (PP-OCR) with weights of half precision: 31 MB become 16.

Each big weight is stored as a 16-bit float and cast back, which onnxruntime does once when it loads the net; it
computes with 32 bits as before. What that changes in the reading stands in docs/packaging.md; it is done for the
package alone.
"""

from __future__ import annotations

from pathlib import Path

BIG = 512
"""Smaller weights save nothing."""
REACH = 60_000.0
"""A 16-bit float ends at 65,504; a weight that comes near stays as it is."""


def halve(file: Path | str, work: Path) -> Path:
    """The net with halved weights; work: where it is written. The same input gives the same bytes."""
    import numpy as np
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    model = onnx.load(str(file))
    graph = model.graph
    casts = []
    for weight in list(graph.initializer):
        if weight.data_type != TensorProto.FLOAT:
            continue
        numbers = numpy_helper.to_array(weight)
        if numbers.size < BIG or float(np.abs(numbers).max()) > REACH:
            continue
        name = f"{weight.name}.half"
        graph.initializer.remove(weight)
        graph.initializer.append(numpy_helper.from_array(numbers.astype(np.float16), name))
        casts.append(helper.make_node("Cast", [name], [weight.name], name=f"{weight.name}.cast", to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    work.mkdir(parents=True, exist_ok=True)
    made = work / Path(file).name
    made.write_bytes(model.SerializeToString(deterministic=True))
    return made
