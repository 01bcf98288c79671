"""A D-Bus session with a real keyring of its own, for tests that must see the OS keyring work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def in_session(
    tmp_path: Path, script: str, *, daemon: bool = True, timeout: float = 60
) -> subprocess.CompletedProcess[str]:
    """Run Python code in a D-Bus session of its own, with an unlocked gnome-keyring whose files are in tmp_path."""
    for name in ("home", "run"):
        (tmp_path / name).mkdir(mode=0o700, exist_ok=True)
    (tmp_path / "script.py").write_text(script, "utf-8")
    start = "printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null && " if daemon else ""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path / "home"),
        "XDG_RUNTIME_DIR": str(tmp_path / "run"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "LANG": "C.UTF-8",
    }
    return subprocess.run(
        [
            "dbus-run-session",
            "--",
            "sh",
            "-c",
            f'{start}exec "$0" script.py profile',
            sys.executable,
        ],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
