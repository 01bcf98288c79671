"""Serial lines without hardware: a pseudo-terminal, where the system has such."""

from __future__ import annotations

import errno
import os


def open_pair() -> tuple[int, int, str]:
    """(master, slave, the slave's name): bytes pass through it as they are. OSError where the system has none.

    The slave stays open with the emulator, else the master would read EIO whenever no driver has it open.
    """
    try:
        import pty
        import tty
    except ImportError as error:
        raise OSError(errno.ENOSYS, "本系统没有虚拟串口") from error
    master, slave = pty.openpty()
    tty.setraw(slave)
    return master, slave, os.ttyname(slave)
