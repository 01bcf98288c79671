"""`python -m app` is `yichuang`."""

import sys
from importlib import import_module
from multiprocessing import freeze_support

from app.cli import main

_EMULATED = "devices.emulators."


def emulated(words: list[str]) -> str:
    """The emulated device that these words ask the packaged program to be, or "". A package has no Python to start one
    with, as the fingerprint host is started; nothing but devices is answered."""
    packaged = getattr(sys, "frozen", False)
    return words[2] if packaged and words[1:2] == ["-m"] and words[2:] and words[2].startswith(_EMULATED) else ""


if __name__ == "__main__":
    if device := emulated(sys.argv):
        del sys.argv[1:3]
        sys.exit(import_module(device).main())
    freeze_support()  # the packaged program is its own worker: batches, reading papers
    sys.exit(main())
