"""A CUPS server of the test's own on loopback: nothing of the machine's printing is touched."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

from devices.drivers.output.ipp_link import IppLink, Op, Place
from devices.drivers.output.ipp_wire import Tag, Typed

_CUPSD = shutil.which("cupsd", path="/usr/sbin:/usr/bin:/sbin")


class PrivateCups:
    """Runs between start and stop. Queues are raw: what is sent reaches the printer byte for byte."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = int(probe.getsockname()[1])

    def start(self) -> None:
        if _CUPSD is None:
            pytest.skip("cupsd is not installed")
        root = self._folder
        for name in ("etc", "state", "cache", "spool", "tmp"):
            (root / name).mkdir(parents=True)
        as_root = os.getuid() == 0
        user = "lp" if as_root else pwd.getpwuid(os.getuid()).pw_name
        group = "lp" if as_root else grp.getgrgid(os.getgid()).gr_name
        if as_root:
            # pytest's folders are root's alone, and CUPS runs its back ends as somebody else.
            for folder in (root, *list(root.parents)[:3]):
                folder.chmod(0o755)
            for name in ("state", "cache", "spool", "tmp"):
                shutil.chown(root / name, user, group)
        (root / "etc/cupsd.conf").write_text(
            f"Listen 127.0.0.1:{self.port}\nBrowsing No\nWebInterface No\nLogLevel debug\nPreserveJobHistory Yes\n"
            "<Location />\nOrder allow,deny\nAllow all\n</Location>\n<Location /admin>\nAllow all\n</Location>\n"
            "<Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n"
        )
        (root / "etc/cups-files.conf").write_text(
            f"ServerRoot {root}/etc\nStateDir {root}/state\nCacheDir {root}/cache\nRequestRoot {root}/spool\n"
            f"TempDir {root}/tmp\nServerBin /usr/lib/cups\nDataDir /usr/share/cups\nErrorLog {root}/error_log\n"
            f"AccessLog {root}/access_log\nPageLog {root}/page_log\nUser {user}\nGroup {group}\n"
            f"SystemGroup {'root' if as_root else 'lp'}\n"
        )
        self._process = subprocess.Popen(
            [_CUPSD, "-f", "-c", f"{root}/etc/cupsd.conf", "-s", f"{root}/etc/cups-files.conf"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 30
        while time.monotonic() < until and self._process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("cupsd did not start: " + self.log())

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            process.wait(20)

    def add(self, name: str, device: str) -> None:
        """A raw queue to a device, e.g. ipp://127.0.0.1:PORT/ipp/print."""
        link = IppLink(Place("127.0.0.1", self.port, "/admin/"), threading.Event())
        answer = link.ask(
            Op.CUPS_ADD_PRINTER,
            about={"requesting-user-name": Typed(Tag.NAME, "root")},
            to=f"ipp://localhost/printers/{name}",
            printer={
                "device-uri": Typed(Tag.URI, device),
                "printer-info": Typed(Tag.TEXT, "前台打印机"),
                "printer-is-accepting-jobs": Typed(Tag.BOOLEAN, True),
                "printer-state": Typed(Tag.ENUM, 3),
            },
        )
        link.close()
        assert answer.code < 0x0100, (hex(answer.code), answer.groups, self.log())

    def log(self) -> str:
        path = self._folder / "error_log"
        return path.read_text("utf-8", "replace")[-4000:] if path.exists() else ""
