"""The photograph in a resident card's chip 居民身份证照片, shown by its vendor's program.

The chip holds 1,024 bytes that nothing public decodes (WLT). The vendor's decoder is native code, often of 32 bits: it
runs as a program of its own, gets those bytes on standard input and writes one picture (BMP, PNG or JPEG) to standard
output. Nothing is written to a disk, and what it prints besides reaches no log.
"""

from __future__ import annotations

import logging
import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence

log = logging.getLogger(__name__)

MOST_PICTURE = 4 << 20
"""Bytes of a picture that are believed: a card's is 102 × 126 pixels."""


def join(words: Sequence[str]) -> str:
    """A program and its arguments as the settings name them."""
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def split(command: str) -> list[str]:
    """The words of such a setting; on Windows a backslash is no escape."""
    if os.name != "nt":
        return shlex.split(command)
    return [word.strip('"') for word in shlex.split(command, posix=False)]


class CardPhotos:
    """command: the program with its arguments, as the settings name it; "": there is none. seconds: it may take."""

    def __init__(self, command: str, seconds: float = 5.0) -> None:
        self._command = split(command)
        self._seconds = seconds

    @property
    def present(self) -> bool:
        """Does such a program stand here?"""
        return bool(self._command) and shutil.which(self._command[0]) is not None

    def decode(self, photo: bytes) -> bytes | None:
        """The encoded picture; None where there is no program, or none came of it in time. Blocks."""
        program = shutil.which(self._command[0]) if self._command else None
        if program is None or not photo:
            return None
        try:
            # S603: the program is the site's own, as its settings name it.
            done = subprocess.run(
                [program, *self._command[1:]],
                input=photo,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._seconds,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            log.warning("the program for card photographs gave none: %s", type(error).__name__)
            return None
        if done.returncode != 0 or not 0 < len(done.stdout) <= MOST_PICTURE:
            log.warning("the program for card photographs gave none: it ended with %d", done.returncode)
            return None
        return done.stdout
