"""A card printer on IPP that draws what it is told: card-0001.png, one below the other when there is a back."""

from __future__ import annotations

import ssl
from pathlib import Path

import cv2
import numpy as np

from devices.drivers.output.pwg_raster import MIME, NotRaster, decode_raster
from devices.emulators.output.escpos_printer import write_numbered
from devices.emulators.output.ipp_printer import IppPrinterEmulator

_BETWEEN = 40
"""Dots between the two sides on the picture."""


class CardPrinterEmulator(IppPrinterEmulator):
    """Its faults are those of IppPrinterEmulator; `media-empty` is no cards, `ribbon-empty` no ribbon."""

    model = "Yichuang 模拟证卡打印机"

    def __init__(self, out: Path, tls: ssl.SSLContext | None = None, page_seconds: float = 0.05) -> None:
        super().__init__(out, MIME, _draw, tls, page_seconds)


def _draw(folder: Path, data: bytes) -> None:
    try:
        sides = [page.picture for page in decode_raster(data)]
    except NotRaster:
        write_numbered(folder, "damaged", "bin", data)
        return
    width = max(side.shape[1] for side in sides)
    gap = np.full((_BETWEEN, width, 3), 160, np.uint8)
    parts = [part for side in sides for part in (side, gap)][:-1]
    write_numbered(folder, "card", "png", cv2.imencode(".png", np.concatenate(parts))[1].tobytes())
