"""A vendor's program for card photographs as an emulator: `python -m devices.emulators.identity.card_photo`.

It shows the made-up blocks of the emulated reader alone: whose head it is stands in their fifth byte
(`emulated://id-reader?face=1`).
"""

from __future__ import annotations

import sys

MAGIC = b"WLf\x7e"
SIZE = (204, 252)
"""Twice a card's own, so that the made-up head has as many pixels as a face fills there: it leaves a wider rim."""


def photo_of(build: int) -> bytes:
    """The block of a card with this head, 1,024 bytes."""
    return MAGIC + bytes((build,)) + bytes(1019)


def main() -> int:
    """Standard input to standard output; exit 1 for a block of somebody else."""
    # Here: the reader's emulator takes the blocks from this module, and draws nothing.
    import cv2

    from devices.emulators.imaging.drawn import face
    from devices.emulators.imaging.head import BUILDS

    block = sys.stdin.buffer.read(4096)
    if len(block) != 1024 or not block.startswith(MAGIC) or block[4] >= len(BUILDS):
        return 1
    sys.stdout.buffer.write(cv2.imencode(".png", face(0.0, SIZE, build=BUILDS[block[4]]))[1].tobytes())
    return 0


if __name__ == "__main__":
    sys.exit(main())
