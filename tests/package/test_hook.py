"""What runs first in the packaged program, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from running import ROOT

SCRIPT = """
import sys
before = set(sys.modules)
sys._MEIPASS = sys.argv[2]
exec(compile(open(sys.argv[1]).read(), "hook", "exec"))
assert not {name for name in sys.modules if name.startswith("ctypes")} - before
import ctypes.util
print(ctypes.util.find_library("zbar"), ctypes.util.find_library("usb-1.0"), ctypes.util.find_library("c"))
"""


def test_our_own_libraries_are_found_first_and_ctypes_is_not_loaded_for_it(tmp_path: Path) -> None:
    (tmp_path / "libzbar.so.0").write_bytes(b"")
    (tmp_path / "libusb-1.0.so.0").write_bytes(b"")
    (tmp_path / "libc.so.9").write_bytes(b"")
    hook = ROOT / ".ci/hook_libraries.py"
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(hook), str(tmp_path)], capture_output=True, text=True, check=True
    )
    zbar, usb, libc = done.stdout.split()
    assert zbar == str(tmp_path / "libzbar.so.0")
    assert usb == str(tmp_path / "libusb-1.0.so.0")
    assert "libc.so.9" not in libc, "only what we bring"
