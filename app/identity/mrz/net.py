"""The net that scores characters along a strip (resources/models/mrz/lines.onnx; docs/models/mrz.md)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import onnxruntime
from numpy.typing import NDArray

import resources
from app.identity.mrz.strip import Strip

Scores = NDArray[np.float32]
"""Columns × classes: logarithms of probabilities."""


class LineNet:
    """Runs on one thread of the caller's; safe to share."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            resources.path("models/mrz/lines.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )

    def scores(self, strips: Sequence[Strip]) -> list[Scores]:
        """One matrix a strip. Strips of like width are run together."""
        batch = np.stack(strips)[:, None]
        raw = self._session.run(None, {"strips": batch})[0][:, :, 0].transpose(0, 2, 1)
        raw = raw - raw.max(axis=2, keepdims=True)
        return list(raw - np.log(np.exp(raw).sum(axis=2, keepdims=True)))


@cache
def line_net() -> LineNet:
    """The one net of the process; loading it takes some tens of milliseconds."""
    return LineNet()
