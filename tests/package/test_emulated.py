"""The packaged program is also what its emulated devices run: it has no Python to start them with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from running import ROOT

from devices.emulators.biometric.fingerprint_host import FingerprintEmulator

# As the package starts it: one program, the words that the driver was given.
PROGRAM = """
import runpy, sys
sys.frozen, sys.argv = True, ["yichuang", *sys.argv[1:]]
runpy.run_path("app/__main__.py", run_name="__main__")
"""


def _packaged(*words: str) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words], cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    )


def test_it_is_the_fingerprint_host_that_the_driver_starts() -> None:
    emulator = FingerprintEmulator()
    with _packaged(*emulator.command[1:]) as host:
        assert host.stdin
        assert host.stdout
        host.stdin.write(json.dumps({"id": 1, "do": "hello"}) + "\n")
        host.stdin.flush()
        answer = json.loads(host.stdout.readline())  # its input stays open until then: the host ends with who asks
    assert (answer["id"], answer["ok"], answer["protocol"]) == (1, True, 1)


def test_it_is_no_other_module_for_who_asks(tmp_path: Path) -> None:
    done = _packaged("-m", "http.server", "--directory", str(tmp_path), "0")
    _, said = done.communicate(timeout=100)
    assert done.returncode == 2
    assert "COMMAND" in said
