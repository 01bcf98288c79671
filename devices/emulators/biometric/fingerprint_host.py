"""A fingerprint host as a vendor would ship it, run as a program:

    python -m devices.emulators.biometric.fingerprint_host FILE

FILE, read anew for each question, names the faults that show now. FingerprintEmulator writes it.
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
        "hang",  # no answer, and it does not listen
        "babble",  # endless noise instead of an answer
        "noise",  # lines that are no answers before the good one
        "garbage",  # an answer whose content is none
        "half",  # half an answer, then the end
        "no-finger",  # nobody lays a finger
        "poor",
        "unplug",  # the reader's cable is out; the host lives
        "old",  # another version of the protocol
        "slow",
    }
)


class SharedFaults(Faults):
    """Faults that another process reads from a file. Counted ones count down there, in `on`."""

    def __init__(self, file: Path) -> None:
        super().__init__(FAULTS)
        self.file = file
        self._write({})

    def set(self, name: str, times: int = ALWAYS) -> None:
        super().set(name, times)
        self._write({**self._read(), name: times})

    def clear(self) -> None:
        super().clear()
        self._write({})

    def on(self, name: str) -> bool:
        now = self._read()
        left = int(now.get(name, 0))
        if left > 0:
            self._write({**now, name: left - 1})
        return left != 0

    def _read(self) -> dict[str, int]:
        found: dict[str, int] = json.loads(self.file.read_text()) if self.file.exists() else {}
        return found

    def _write(self, now: dict[str, int]) -> None:
        spare = self.file.with_name(f"{self.file.name}.{os.getpid()}")
        spare.write_text(json.dumps(now))
        spare.replace(self.file)


class FingerprintEmulator:
    """The command to start, and its faults. The driver itself starts and ends the process."""

    def __init__(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="yichuang-finger-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._shared = SharedFaults(folder / "faults.json")
        self.faults: Faults = self._shared

    @property
    def command(self) -> tuple[str, ...]:
        return sys.executable, "-m", "devices.emulators.biometric.fingerprint_host", str(self._shared.file)

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
        return {"ok": True, "template": features, "format": "iso19794-2", "quality": 82}
    if what == "match":
        same = asked["captured"] == asked["template"]
        return {"ok": True, "score": "high" if faults.on("garbage") else 0.97 if same else 0.03}
    return {"ok": False, "error": "unsupported"}


def main() -> None:
    faults = SharedFaults.__new__(SharedFaults)
    Faults.__init__(faults, FAULTS)
    faults.file = Path(sys.argv[1])
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
