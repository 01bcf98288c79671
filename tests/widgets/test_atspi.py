"""The accessibility tree as it is on the bus: a real X display, a session bus of our own, the system's AT-SPI."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
STATES = ("1-empty", "3-choosing", "3b-guiding", "7-wrong", "8-materials", "a-offline")
INTERACTIVE = {
    "push button", "button", "toggle button", "check box", "radio button", "text", "entry", "list", "table",
    "combo box", "list item", "table cell",
}  # fmt: skip
SCRIPT = """
set -e
export QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 QT_QPA_PLATFORM=xcb
mkfifo "$FOLDER/go"
"$PYTHON" "$HERE/atspi_window.py" "$@" <"$FOLDER/go" >"$FOLDER/ready" 2>"$FOLDER/window.log" &
exec 3>"$FOLDER/go"
for _ in $(seq 100); do grep -q ready "$FOLDER/ready" && break; sleep 0.2; done
status=0
/usr/bin/python3 "$HERE/atspi_walk.py" yichuang || status=$?
exec 3>&-
wait
exit $status
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """All nodes of the windows, as a screen reader gets them."""
    probe = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    has = (
        shutil.which("dbus-run-session")
        and not subprocess.run(["/usr/bin/python3", "-c", probe], capture_output=True, check=False).returncode
    )
    if not has:
        pytest.skip("no AT-SPI on this machine: python3-pyatspi and at-spi2-core of .ci/apt-packages.txt")
    folder = tmp_path_factory.mktemp("atspi")
    environment = {
        **os.environ,
        "PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests/kits"), str(HERE))),
        "HERE": str(HERE),
        "FOLDER": str(folder),
    }
    # A bus of its own: nothing of the machine's session is touched, and it ends with the test.
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", SCRIPT, "sh", *STATES],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    log = folder / "window.log"
    assert done.returncode == 0, done.stderr + (log.read_text(encoding="utf-8") if log.exists() else "")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


@pytest.mark.x11
def test_every_window_is_on_the_bus_by_name(tree: list[dict[str, Any]]) -> None:
    tops = [node["name"] for node in tree if not node["path"]]
    assert sum(name == "一窗综合窗口" for name in tops) == len(STATES)
    assert {"d-outbox", "d-check", "d-help", "self-choose", "self-known"} <= {name.split()[0] for name in tops}


@pytest.mark.x11
def test_whatever_can_be_used_has_a_name(tree: list[dict[str, Any]]) -> None:
    usable = [node for node in tree if node["role"] in INTERACTIVE]
    assert len(usable) > 150
    assert [node for node in usable if not node["name"] and node["role"] != "table cell"] == []


@pytest.mark.x11
def test_a_field_tells_its_name_and_where_its_value_comes_from(tree: list[dict[str, Any]]) -> None:
    # A dialog that is not shown has a field of that name as well.
    numbers = [
        node for node in tree if node["role"] in ("text", "entry") and node["focusable"] and node["name"] == "证件号码"
    ]
    assert any("居民身份证" in node["description"] for node in numbers)


@pytest.mark.x11
def test_steps_tell_their_key_and_what_they_do(tree: list[dict[str, Any]]) -> None:
    steps = [node for node in tree if node["name"].startswith("F7 ")]
    assert len(steps) == len(STATES)
    assert all(node["description"] for node in steps)
