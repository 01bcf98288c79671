"""A real pinyin method (ibus with libpinyin) is composing, and a scanner types: neither loses a key."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.emulators.identity.mrz_emulator import passport_zone
from devices.emulators.people import demo_people

KIT = Path(__file__).resolve().parents[2] / "kits" / "pinyin_window.py"
ROOT = KIT.parents[2]
CODE = "HTTPS://zz.example/c?i=91330106MA2B0XYZ12&T=8f_A"
ZONE = passport_zone(demo_people()["wang-ji"])
MISSING = [name for name in ("ibus-daemon", "dbus-run-session", "xdotool") if shutil.which(name) is None]
PINYIN = Path("/usr/share/ibus/component/libpinyin.xml")


@pytest.fixture
def home() -> Iterator[Path]:
    """A home whose sockets' names fit into a socket's address; pytest's own are too deep."""
    with tempfile.TemporaryDirectory(prefix="im-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.mark.x11
@pytest.mark.skipif(bool(MISSING) or not PINYIN.exists(), reason=f"not installed: {MISSING or 'ibus-libpinyin'}")
def test_a_scan_survives_a_pinyin_method_and_the_method_the_scan(home: Path) -> None:
    """The codes begin with a letter that takes Shift, which pressed alone changes the method to English.

    Its home and session are its own: what the method learns of words must not change the next run.
    """
    folders = {f"XDG_{name}": home / name for name in ("RUNTIME_DIR", "CONFIG_HOME", "CACHE_HOME", "DATA_HOME")}
    for folder in folders.values():
        folder.mkdir(mode=0o700)
    env = {
        **os.environ,
        **{name: str(folder) for name, folder in folders.items()},
        "HOME": str(home),
        "GSETTINGS_BACKEND": "memory",
        "QT_IM_MODULE": "ibus",
        "NO_AT_BRIDGE": "1",
        "PYTHONPATH": str(ROOT),
    }
    command = ["dbus-run-session", "--", sys.executable, str(KIT), CODE, "|".join(ZONE)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=env, cwd=ROOT, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    ) as session:
        try:
            said, complaints = session.communicate(timeout=90)
        except subprocess.TimeoutExpired:
            os.killpg(session.pid, signal.SIGKILL)  # the method's daemon too
            raise
    assert session.returncode == 0, complaints[-2000:]
    seen = json.loads(said.splitlines()[-1])
    assert seen["unguarded"] != CODE, "the method takes a scanner's keys for its own when nobody guards them"
    assert seen["composing"], "the method composes"
    assert (seen["code"], seen["composing after"]) == (CODE, seen["composing"])
    assert seen["typed"] == "你好"
    assert seen["zone"] == [list(ZONE)]
    assert not seen["code of the zone"]
    assert seen["field"] == "你好"
    assert seen["composing at the end"] not in ("", "ma"), "it still writes Chinese"
