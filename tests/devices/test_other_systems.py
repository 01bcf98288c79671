"""Every driver's module loads where POSIX's own modules and the hardware's libraries are not there, as on Windows."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
POINTS: dict[str, str] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"][
    "yichuang.devices"
]
OURS = ("devices", "app", "offline_db", "widgets", "resources", "__main__")
POSIX = ("fcntl", "termios", "pty", "tty", "pwd", "grp", "resource", "posix", "syslog", "crypt")
LIBRARIES = ("sane", "usb", "smartcard", "escpos", "cups", "evdev", "zeroconf", "onnxruntime")

# A library of another system (pyserial) brings its own half there; what is hidden from ours must not be hidden from it.
HIDE = f"""
import builtins, importlib, sys
real = builtins.__import__

def asked(name, globals=None, locals=None, fromlist=(), level=0):
    top, asker = name.partition(".")[0], (globals or {{}}).get("__name__", "")
    if level == 0 and (top in {LIBRARIES} or top in {POSIX} and asker.partition(".")[0] in {OURS}):
        raise ModuleNotFoundError(f"No module named {{top!r}}", name=top)
    return real(name, globals, locals, fromlist, level)

builtins.__import__ = asked
"""


def loads(*modules: str, after: str = "") -> subprocess.CompletedProcess[str]:
    code = HIDE + "".join(f"importlib.import_module({module!r})\n" for module in modules) + after
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_every_driver_s_module_and_every_emulator_loads() -> None:
    modules = {value.partition(":")[0] for value in POINTS.values()}
    assert "devices.drivers.identity.passport_wedge" in modules
    emulators = {f"devices.emulators.{path.stem}" for path in (ROOT / "devices/emulators").glob("driver*.py")}
    done = loads(*sorted(modules | emulators))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("line", ["import fcntl", "from tty import setraw", "import usb.core"])
def test_the_hiding_hides(line: str) -> None:
    done = loads(after=line)
    assert done.returncode == 1
    assert "No module named" in done.stderr


def test_an_emulator_that_needs_a_pseudo_terminal_says_that_there_is_none() -> None:
    kinds = ("id-reader", "passport-reader", "pin-pad", "rating-device", "payment-terminal")
    script = f"""
from devices.registry import open_device
for kind in {kinds!r}:
    reply = open_device("emulated://" + kind).open()
    assert reply.outcome.name == "FAULT", reply
    assert "本系统没有虚拟串口" in reply.detail, reply
"""
    done = loads(after=script)
    assert done.returncode == 0, done.stderr
