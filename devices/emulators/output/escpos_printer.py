"""A receipt printer on TCP that draws what it is told: one PNG a cut."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import cv2
import numpy as np

from devices.emulators.links.tcp import TcpEmulator, hang_up_hard
from devices.emulators.output.escpos_stream import Cut, EscposStream, Raster, StatusQuestion

FAULTS = frozenset(
    {
        "paper-out",  # no paper from the start; nothing is printed
        "runs-out",  # the paper ends in the first band of a job
        "paper-low",
        "cover-open",
        "error",  # a jam or the knife
        "mute",  # never answers
        "chatter",  # flow control and automatic status before each answer
        "silent",  # takes the picture, then answers no more
        "no-paper-sensor",  # answers everything but the question about paper
        "drop",  # loses power in the first band of a job
        "stall",  # stops reading in the first band of a job
    }
)

_CHATTER = b"\x13\x11\x1c\x60\x0f\x0f"
"""XOFF, XON, and an automatic status that would mean "offline, paper end" to who takes it for an answer."""


class EscposPrinterEmulator(TcpEmulator):
    """Prints into a folder, made when needed: receipt-0001.png, counting on from what is there.

    Blank feeds are not drawn, so that a PNG is the picture that was sent. The port and faults: see TcpEmulator, FAULTS.
    """

    def __init__(self, out: Path) -> None:
        super().__init__(FAULTS)
        self.out = out

    def serve(self, connection: socket.socket) -> None:
        stream = EscposStream()
        bands: list[Raster] = []
        ran_out = fell_silent = False
        while data := self.read(connection):
            for event in stream.feed(data):
                if isinstance(event, StatusQuestion):
                    answer = None if fell_silent or self.faults.on("mute") else self._status(event.what, ran_out)
                    if answer is not None:
                        connection.sendall((_CHATTER if self.faults.on("chatter") else b"") + bytes((answer,)))
                elif isinstance(event, Raster):
                    if self.faults.on("drop"):
                        hang_up_hard(connection)
                        return
                    if self.faults.on("stall"):
                        self._stopping.wait()
                        return
                    fell_silent = fell_silent or self.faults.on("silent")
                    ran_out = ran_out or self.faults.on("runs-out")
                    bands.append(event)
                elif isinstance(event, Cut):
                    if bands and not ran_out and not self.faults.on("paper-out"):
                        self._draw(bands)
                    bands = []

    def _status(self, what: int, ran_out: bool) -> int | None:
        """The answer to DLE EOT 1, 2 or 4, as Epson describes it."""
        paper_out = ran_out or self.faults.on("paper-out")
        cover, error = self.faults.on("cover-open"), self.faults.on("error")
        if what == 1:
            return 0x12 | (0x08 if paper_out or cover or error else 0)
        if what == 2:
            return 0x12 | (0x04 if cover else 0) | (0x20 if paper_out else 0) | (0x40 if error else 0)
        if what == 4 and not self.faults.on("no-paper-sensor"):
            return 0x12 | (0x60 if paper_out else 0) | (0x0C if paper_out or self.faults.on("paper-low") else 0)
        return None

    def _draw(self, bands: list[Raster]) -> None:
        width = max(band.rows.shape[1] for band in bands)
        rows = [np.pad(band.rows, ((0, 0), (0, width - band.rows.shape[1]))) for band in bands]
        picture = np.where(np.concatenate(rows), 0, 255).astype(np.uint8)
        write_numbered(self.out, "receipt", "png", cv2.imencode(".png", picture)[1].tobytes())


def write_numbered(folder: Path, stem: str, suffix: str, data: bytes) -> Path:
    """Write data to the folder's next free stem-0001.suffix, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 1 + max((int(p.stem[-4:]) for p in folder.glob(f"{stem}-[0-9][0-9][0-9][0-9].{suffix}")), default=0)
    target = folder / f"{stem}-{number:04d}.{suffix}"
    part = target.with_suffix(f".{suffix}.part")
    part.write_bytes(data)
    os.replace(part, target)
    return target
