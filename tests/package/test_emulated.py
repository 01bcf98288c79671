"""The packaged program is also what its emulated devices run: it has no Python to start them with."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
from multiprocessing import process, spawn
from pathlib import Path

import PyInstaller
import pytest
from running import ROOT

from devices.drivers.entry.pkcs11_host import HostProcess
from devices.emulators.biometric.fingerprint_host import FingerprintEmulator
from devices.failure import Failure

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


def test_it_is_the_process_in_which_a_keys_module_lives(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # PyInstaller runs this before the program: it makes freeze_support do on Linux what it does on Windows.
    hook = Path(PyInstaller.__file__).with_name("hooks") / "rthooks" / "pyi_rth_multiprocessing.py"
    program, said = tmp_path / "yichuang", tmp_path / "said"
    program.write_text(
        f"#!{sys.executable}\nimport runpy, sys\nopen({str(said)!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"
        f"sys.path.insert(0, {str(ROOT)!r})\nrunpy.run_path({str(hook)!r})\n{PROGRAM}",
        "utf-8",
    )
    program.chmod(0o755)
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(process, "ORIGINAL_DIR", None)  # as the hook does here, too
    before = spawn.get_executable()
    multiprocessing.set_executable(str(program))
    try:
        # It started and looked for the vendor's module, which is not there; a child that fell would say otherwise.
        with pytest.raises(Failure, match="钥匙的驱动无法加载"):
            HostProcess(str(tmp_path / "libnone.so"))
    finally:
        multiprocessing.set_executable(before)
    assert "--multiprocessing-fork" in said.read_text("utf-8")
