"""A page printer on a raw TCP port: one file a connection."""

from __future__ import annotations

import socket
from pathlib import Path

from devices.emulators.links.tcp import TcpEmulator, hang_up_hard
from devices.emulators.output.escpos_printer import write_numbered

FAULTS = frozenset(
    {
        "drop",  # loses power after the first bytes
        "hang-up",  # hangs up in order after the first bytes, without reading on
        "paper-out",  # stops reading after the first bytes, as real ones do; nobody is told why
        "silent",  # takes the job and never hangs up; the job is printed
        "stall",  # stops reading after the first bytes
    }
)


class PagePrinterEmulator(TcpEmulator):
    """Prints into a folder, made when needed: job-0001.pdf, byte for byte what came. Empty jobs are none."""

    def __init__(self, out: Path) -> None:
        super().__init__(FAULTS)
        self.out = out

    def serve(self, connection: socket.socket) -> None:
        job = bytearray()
        while data := self.read(connection):
            job += data
            if self.faults.on("drop"):
                hang_up_hard(connection)
                return
            if self.faults.on("hang-up"):
                return
            if self.faults.on("stall") or self.faults.on("paper-out"):
                self._stopping.wait()
                return
        # Written before hanging up: our hanging up tells the sender that it is printed.
        if job and not self.stopping:
            write_numbered(self.out, "job", "pdf", bytes(job))
        if job and self.faults.on("silent"):
            self._stopping.wait()
