"""The reader's side of the wire, with faults that can be switched on."""

from __future__ import annotations

import json
import socketserver
import threading
import time

from devices.emulators.faults import Faults

FAULTS = {"silent", "garbage", "worn", "no-card", "hang-up"}


class AcmeEmulator:
    """Listens from `start` to `stop`; `address` is where."""

    def __init__(self) -> None:
        self.faults = Faults(FAULTS)
        emulator = self

        class Line(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                for line in self.rfile:
                    question = json.loads(line)
                    answer = emulator.answer(question)
                    if answer is None:
                        continue
                    if answer == b"":
                        return
                    try:
                        self.wfile.write(answer + b"\n")
                    except OSError:
                        return

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self._server = Server(("127.0.0.1", 0), Line)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def address(self) -> str:
        host, port = self._server.server_address[:2]
        return f"{host!s}:{port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def answer(self, question: dict[str, object]) -> bytes | None:
        """What is said to a question; None: nothing; empty: it hangs up."""
        if self.faults.on("silent"):
            return None
        if self.faults.on("hang-up"):
            return b""
        if self.faults.on("garbage"):
            return b"\xff\xfe?"
        said: dict[str, object] = {"number": question["number"], "model": "ACME ID-1"}
        if question["do"] == "read":
            until = time.monotonic() + float(str(question["seconds"]))
            while self.faults.on("no-card") and time.monotonic() < until:
                time.sleep(0.02)
            state = "none" if self.faults.on("no-card") else "worn" if self.faults.on("worn") else "card"
            said |= {"state": state, "name": "沈㛃", "id_number": "330502199003150512"}
        return json.dumps(said).encode()
