"""A fingerprint host as a vendor would ship it, run as a program:

    python -m devices.emulators.biometric.fingerprint_host FOLDER

FOLDER, looked at anew for each question, holds the faults that show now (SharedFaults). FingerprintEmulator fills it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import queue
import shutil
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

from devices.emulators.faults import ALWAYS, Faults

Questions = queue.Queue[dict[str, Any] | None]

FAULTS = frozenset(
    {
        "crash",  # the library dies in the middle of the question
        "crash-at-start",
        "crash-at-finger",
        "hang",  # no answer, and it does not listen
        "babble",  # endless noise instead of an answer
        "noise",  # lines that are no answers before the good one
        "garbage",  # an answer whose content is none
        "half",  # half an answer, then the end
        "no-finger",  # nobody lays a finger
        "poor",
        "faint",  # read, but of a quality that nobody can compare
        "unplug",  # the reader's cable is out; the host lives
        "old",  # another version of the protocol
        "slow",
    }
)


class SharedFaults(Faults):
    """Faults that another process reads from a folder: a file for what shows always, one a time of a counted one.

    Each fault has files of its own and a time is used up by taking its file away, so that no two threads or processes
    write over one another: a lesson switches faults while the cable's own state changes with each open.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(FAULTS)
        self.folder = folder

    def set(self, name: str, times: int = ALWAYS) -> None:
        super().set(name, times)
        always = self.folder / name
        for file in (always, *self.folder.glob(f"{name}~*")):
            file.unlink(missing_ok=True)
        if times == ALWAYS:
            always.touch()
        for number in range(times):
            (self.folder / f"{name}~{number}").touch()

    def clear(self) -> None:
        for name in self.known:
            self.set(name, 0)

    def on(self, name: str) -> bool:
        if (self.folder / name).exists():
            return True
        for file in self.folder.glob(f"{name}~*"):
            try:
                file.unlink()
            except FileNotFoundError:  # somebody else had this time
                continue
            return True
        return False


class FingerprintEmulator:
    """The command to start, and its faults. The driver itself starts and ends the process."""

    def __init__(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="yichuang-finger-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._shared = SharedFaults(folder)
        self.faults: Faults = self._shared

    @property
    def command(self) -> tuple[str, ...]:
        return sys.executable, "-m", "devices.emulators.biometric.fingerprint_host", str(self._shared.folder)

    def start(self) -> None:
        """The cable is in. The host itself is started by the driver."""
        self._shared.set("unplug", 0)

    def stop(self) -> None:
        """The cable is out; the driver ends the host."""
        self._shared.set("unplug")


def template_of(finger: bytes) -> bytes:
    """Made-up features: the same for the same finger."""
    return b"FMR\x00 20\x00" + b"".join(hashlib.sha256(finger + bytes((n,))).digest() for n in range(16))[:504]


def serve(questions: Questions, say: Callable[[bytes], None], faults: SharedFaults) -> None:
    """Answer until there are no more questions."""
    while (asked := questions.get()) is not None:
        what = asked.get("do")
        if faults.on("crash") and what != "hello":
            os.abort()
        if what == "capture" and faults.on("crash-at-finger"):
            os.abort()
        if faults.on("hang") and what != "hello":
            time.sleep(3600)
        while faults.on("babble") and what != "hello":
            say(b"frame 00 00 00 ok\n")
        if faults.on("slow"):
            time.sleep(0.3)
        answer = json.dumps({"id": asked["id"], **_answer(asked, questions, faults)}).encode()
        if faults.on("noise"):
            say(b'SDK v3.2 init\n{"id": 77777, "ok": true}\n[1]\n\xff\xfe\n')
        if faults.on("half") and what != "hello":
            say(answer[: len(answer) // 2])
            return
        say(answer + b"\n")


def _answer(asked: dict[str, Any], questions: Questions, faults: SharedFaults) -> dict[str, Any]:
    what = asked.get("do")
    if what == "hello":
        return {"ok": True, "protocol": 0 if faults.on("old") else 1, "name": "模拟指纹仪"}
    if what == "cancel":
        return {"ok": True}
    if faults.on("unplug"):
        return {"ok": False, "error": "no-device"}
    if what == "probe":
        return {"ok": True}
    if faults.on("poor"):
        return {"ok": False, "error": "poor"}
    if what == "capture":
        until = time.monotonic() + float(asked["timeout"])
        while faults.on("no-finger"):
            if time.monotonic() >= until:
                return {"ok": False, "error": "no-finger"}
            try:
                if (questions.get(timeout=0.05) or {}).get("do") == "cancel":
                    return {"ok": False, "error": "cancelled"}
            except queue.Empty:
                continue
        features = "%%%" if faults.on("garbage") else base64.b64encode(template_of(b"right index")).decode()
        quality = 23 if faults.on("faint") else 82
        return {"ok": True, "template": features, "format": "iso19794-2", "quality": quality}
    if what == "match":
        same = asked["captured"] == asked["template"]
        return {"ok": True, "score": "high" if faults.on("garbage") else 0.97 if same else 0.03}
    return {"ok": False, "error": "unsupported"}


def main() -> None:
    faults = SharedFaults(Path(sys.argv[1]))
    if faults.on("crash-at-start"):
        os.abort()
    questions: Questions = queue.Queue()

    def listen() -> None:
        for line in sys.stdin.buffer:
            questions.put(json.loads(line))
        os._exit(0)  # whoever asked is gone

    def say(data: bytes) -> None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()

    threading.Thread(target=listen, daemon=True).start()
    serve(questions, say, faults)
    os._exit(0)


if __name__ == "__main__":
    main()
