"""A real browser without a screen: headless Chromium, told what to do over its own protocol, and pages served to it."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import requests
from websockets.sync.client import ClientConnection, connect

_START_SECONDS = 60.0


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"<!doctype html><meta charset=utf-8><title>page</title><p>made-up department"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        return


@contextmanager
def site() -> Iterator[str]:
    """A web site of its own on the loopback; its origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Tab:
    """One open page. `run` evaluates JavaScript in it and waits for the promise."""

    def __init__(self, line: ClientConnection) -> None:
        self._line = line
        self._ids = itertools.count(1)

    def command(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._ids)
        self._line.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            said = json.loads(self._line.recv(60))
            if said.get("id") == number:
                assert "error" not in said, said
                result: dict[str, Any] = said["result"]
                return result

    def run(self, script: str) -> Any:
        """The value of an expression. AssertionError when it throws."""
        said = self.command("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in said, said["exceptionDetails"]
        return said["result"].get("value")


class Browser:
    """A running Chromium."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}"

    @contextmanager
    def open(self, address: str) -> Iterator[Tab]:
        """A page of this address, loaded."""
        told = requests.put(f"{self._url}/json/new?{address}", timeout=60).json()
        with connect(told["webSocketDebuggerUrl"], open_timeout=60, max_size=1 << 24) as line:
            tab = Tab(line)
            end = time.monotonic() + 60
            while not tab.run(f"document.readyState === 'complete' && location.href.startsWith({address!r})"):
                assert time.monotonic() < end, address
                time.sleep(0.05)
            yield tab


@contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """Start one with a profile of its own, and end it."""
    program = shutil.which("chromium")
    assert program, "chromium is missing: .ci/apt test"
    # Without a sandbox, since tests may run as root; without anything that calls home.
    options = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
        "--disable-component-update", "--disable-extensions", "--disable-sync", "--no-first-run", "--no-proxy-server",
        "--remote-debugging-port=0", f"--user-data-dir={folder}",
    ]  # fmt: skip
    with (folder.parent / "chromium.log").open("wb") as log:
        process = subprocess.Popen([program, *options, "about:blank"], stdout=log, stderr=log)
        try:
            told = folder / "DevToolsActivePort"
            end = time.monotonic() + _START_SECONDS
            while not (told.exists() and told.read_text().count("\n")):
                assert process.poll() is None, "chromium ended at once"
                assert time.monotonic() < end, "chromium did not start"
                time.sleep(0.05)
            yield Browser(int(told.read_text().split()[0]))
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
