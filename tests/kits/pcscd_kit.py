"""A pcscd of the tests' own with a virtual reader: nothing of the system's service is touched, no root is needed.

pcscd takes its socket as systemd would hand it over, so that it can lie in a folder of ours; pcsc-lite finds it by
PCSCLITE_CSOCK_NAME, which it reads once a process: the folder is the same for the whole process.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

PCSCD = "/usr/sbin/pcscd"
DRIVER = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"


@cache
def socket_folder() -> Path:
    """Where the socket of this process's own pcscd lies. libpcsclite looks for the name once a process, at whichever
    call of a card reader comes first: conftest asks for it before any test."""
    folder = Path(tempfile.mkdtemp(prefix="pcscd-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["PCSCLITE_CSOCK_NAME"] = str(folder / "pcscd.comm")
    return folder


def need_pcscd() -> None:
    """Skip here, fail in CI, when the machine has no pcscd with vpcd."""
    lacks = [name for name in (PCSCD, DRIVER) if not Path(name).exists()]
    if lacks and os.environ.get("CI"):
        pytest.fail(f"pcscd and vpcd must run in CI: {lacks} (.ci/apt-packages.txt)")
    if lacks:
        pytest.skip("no pcscd with vpcd on this machine: pcscd and vsmartcard-vpcd of .ci/apt-packages.txt")


class PrivatePcscd:
    """Started and stopped at will. port: where its vpcd takes cards. Readers: Virtual PCD 00 00 and 00 01."""

    def __init__(self) -> None:
        self._folder = socket_folder()
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        settings = self._folder / f"readers-{self.port}"
        settings.mkdir(exist_ok=True)
        # vpcd's own form: the port stands behind the device's name, in hexadecimal.
        (settings / "vpcd").write_text(
            f'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:0x{self.port:X}\n'
            f"LIBPATH {DRIVER}\nCHANNELID 0x{self.port:X}\n"
        )
        path = self._folder / "pcscd.comm"
        path.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(path))
            listener.listen(16)
            # As sd_listen_fds(3) wants it: descriptor 3, and the number of the very process. dash would not take
            # descriptors of two digits.
            script = 'exec 3<&"$1"; export LISTEN_PID=$$ LISTEN_FDS=1; exec "$2" --foreground --config "$3"'
            self._process = subprocess.Popen(
                ["/bin/bash", "-c", script, "pcscd", str(listener.fileno()), PCSCD, str(settings)],
                pass_fds=[listener.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._await_vpcd()

    def stop(self) -> None:
        process, self._process = self._process, None
        if process:
            process.terminate()
            process.wait(20)
        (self._folder / "pcscd.comm").unlink(missing_ok=True)

    def _await_vpcd(self) -> None:
        for _ in range(400):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            assert self._process is not None
            with contextlib.suppress(subprocess.TimeoutExpired):
                raise AssertionError(f"pcscd ended with {self._process.wait(0.05)}")
        raise AssertionError("vpcd does not listen")


def _free_port() -> int:
    # vpcd's second slot takes the next port.
    for _ in range(50):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            with contextlib.suppress(OSError, OverflowError):
                second.bind(("127.0.0.1", first.getsockname()[1] + 1))
                return int(first.getsockname()[1])
    raise AssertionError("no two free ports")
