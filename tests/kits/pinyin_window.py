"""A window with a pinyin input method and a scanner that types: run in a D-Bus session of its own, prints what it saw.

`dbus-run-session -- python pinyin_window.py`, on an X display, with QT_IM_MODULE=ibus. Keys come from xdotool.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from PyQt6.QtGui import QInputMethodEvent
from PyQt6.QtWidgets import QApplication, QLineEdit

from app.workers.wedge_keys import WedgeKeys
from devices.drivers.entry.scanner_wedge import WedgeScanner
from devices.drivers.identity.passport_wedge import WedgePassportReader
from devices.registry import open_device

WAIT = 20.0
TRIES = 3
SETTLES = 0.6
"""Seconds within which the method has answered for all keys that were sent."""


class Line(QLineEdit):
    composing = ""

    def inputMethodEvent(self, a0: QInputMethodEvent | None) -> None:
        if a0 is not None:
            self.composing = a0.preeditString()
        super().inputMethodEvent(a0)


def start_pinyin() -> None:
    """The daemon, and libpinyin for every window. SystemExit when it does not come up."""
    command = ["ibus-daemon", "--panel", "disable", "--emoji-extension", "disable"]
    subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        # Its exit code says 1 even when it has done so: only what is in force counts.
        subprocess.run(["ibus", "engine", "libpinyin"], capture_output=True, timeout=60)
        said = subprocess.run(["ibus", "engine"], capture_output=True, text=True, timeout=60).stdout.strip()
        if said == "libpinyin":
            return
        time.sleep(0.1)
    sys.exit("no pinyin")


def main() -> None:
    code, zone = sys.argv[1], sys.argv[2].split("|")
    start_pinyin()
    app = QApplication([])
    line = Line()
    line.show()
    line.activateWindow()

    def until(true: Callable[[], bool], seconds: float = WAIT) -> bool:
        ends = time.monotonic() + seconds
        while not true() and time.monotonic() < ends:
            app.processEvents()
            time.sleep(0.002)
        return true()

    def settle() -> None:
        until(lambda: False, SETTLES)

    def keys(*words: str) -> None:
        done = subprocess.Popen(["xdotool", *words])
        until(lambda: done.poll() is not None)

    def by_hand(text: str) -> None:
        keys("type", "--delay", "80", text)
        settle()

    def by_scanner(text: str) -> None:
        keys("type", "--delay", "4", text)
        settle()

    def compose_and_scan() -> dict[str, object]:
        seen: dict[str, object] = {}
        by_hand("nih")
        until(lambda: bool(line.composing), 5)
        seen["composing"] = line.composing
        by_scanner(code + "\r")
        reply = scanner.read_code(1)
        seen["code"] = reply.unwrap().text if reply.ok else reply.detail
        seen["composing after"] = line.composing
        by_hand("ao")
        keys("key", "space")
        until(lambda: bool(line.text()), 5)
        seen["typed"] = line.text()
        zones: list[tuple[str, ...]] = []

        def ask() -> None:
            answer = reader.read_zone(5)
            zones.extend([answer.unwrap().lines] if answer.ok else [])

        asking = threading.Thread(target=ask)
        asking.start()
        by_scanner("\r".join(zone) + "\r")
        until(lambda: not asking.is_alive())
        seen["zone"] = zones
        seen["code of the zone"] = scanner.read_code(0.05).ok
        seen["field"] = line.text() + line.composing
        by_hand("ma")
        seen["composing at the end"] = line.composing
        keys("key", "Escape")
        settle()
        line.clear()
        return seen

    until(line.hasFocus)
    settle()
    seen: dict[str, object] = {}
    by_scanner(code)  # without Enter, which would end the method's choosing
    seen["unguarded"] = line.text() + line.composing
    keys("key", "Escape")
    settle()
    line.clear()

    scanner, reader = open_device("wedge:"), open_device("mrz+wedge:")
    assert isinstance(scanner, WedgeScanner)
    assert isinstance(reader, WedgePassportReader)
    scanner.open()
    reader.open()
    listening = WedgeKeys([reader, scanner])
    for _ in range(TRIES):
        # A machine that is very busy tears what xdotool sends: that is the machine's doing, and tried again.
        seen |= compose_and_scan()
        if seen["code"] == code and seen["zone"] and seen["composing"]:
            break
        print(json.dumps(seen, ensure_ascii=False), file=sys.stderr)
    listening.close()
    print(json.dumps(seen, ensure_ascii=False))
    subprocess.run(["ibus", "exit"], capture_output=True, timeout=60)


if __name__ == "__main__":
    main()
