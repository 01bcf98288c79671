"""The example package of docs/device-drivers.md, installed as a vendor's is, under the contract."""

from __future__ import annotations

import functools
import importlib
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from rigs import Rig

from devices.registry import open_device

_FAULTS = ("silent", "garbage", "worn", "no-card", "hang-up")
"""Those of its emulator, which cannot be imported before it is installed; a test holds the two together."""
SOURCE = Path(__file__).resolve().parents[1] / "vendor_package"


@functools.cache
def install() -> Path:
    """pip installs a copy of the package into a folder of its own: no network, no dependency, not ours."""
    folder = Path(tempfile.mkdtemp(prefix="yichuang-vendor-"))
    shutil.copytree(SOURCE, folder / "source", ignore=shutil.ignore_patterns("__pycache__", "build", "*.egg-info"))
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, "--target", str(folder / "site"), str(folder / "source")],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return folder / "site"


def installed(stack: ExitStack) -> Any:
    """Its emulator's module, with the package on the path while the stack lasts: behind ours, as installed ones are."""
    site = str(install())
    sys.path.append(site)
    stack.callback(sys.path.remove, site)
    return importlib.import_module("acme_yichuang.emulator")


def _vendor(stack: ExitStack, folder: Path) -> Rig:
    emulator = installed(stack).AcmeEmulator()
    emulator.start()
    stack.callback(emulator.stop)
    return Rig(open_device(f"acme://{emulator.address}"), emulator.faults, "no-card")


RIGS = {"vendor": ("acme", _vendor)}
FAULTS = {"vendor": _FAULTS}
NEEDS_HARDWARE: dict[str, str] = {}
NEVER_WAITS: set[str] = set()
