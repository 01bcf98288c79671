"""What runs in the process that reads text: pictures in, lines out. Imports the engine, and nothing of the window."""

from __future__ import annotations

import contextlib
import logging
import os
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

NICENESS = 10
"""The screen goes first: a page that is read a little later disturbs nobody."""


def serve(pipe: Connection) -> None:
    """Say "ready", then answer each (shape, bytes) with [(box, text, confidence)], or with a text saying what failed.

    Ends when the other side closes the pipe.
    """
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(NICENESS)
    try:
        engine = _engine()
    except Exception as error:
        # Half an installation, a model that is missing: the window is told, and does without.
        pipe.send(f"识别程序不能启动（{type(error).__name__}）")
        return
    pipe.send("ready")
    while True:
        try:
            shape, data = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            pipe.send(_read(engine, np.frombuffer(data, np.uint8).reshape(shape)))
        except Exception as error:
            pipe.send(f"这一页识别不了（{type(error).__name__}）")


def _nets() -> dict[str, str]:
    """Where the engine's nets lie.

    Without a place named it compares their sums and would fetch others; the package's have weights of half the bits
    (.ci/package/nets.py).
    """
    import rapidocr

    folder = Path(rapidocr.__file__).parent / "models"
    found = {kind: sorted(folder.glob(f"*_{kind.lower()}_*.onnx")) for kind in ("Det", "Cls", "Rec")}
    return {f"{kind}.model_path": str(files[-1]) for kind, files in found.items() if files}


def _engine() -> Any:
    from rapidocr import RapidOCR

    logging.disable(logging.CRITICAL)  # it names files of this machine, and could name what it read
    threads = max((os.cpu_count() or 2) // 2, 1)
    return RapidOCR(
        params={
            **_nets(),
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _read(engine: Any, picture: np.ndarray[Any, Any]) -> list[tuple[list[list[float]], str, float]]:
    # The flags stick from call to call: all three, each time.
    found = engine(picture, use_det=True, use_cls=True, use_rec=True)
    if found.boxes is None:
        return []
    return [
        ([[float(x), float(y)] for x, y in box], str(text), float(score))
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
    ]
