"""What a screen reader sees: the AT-SPI tree of the program named in the first argument, one JSON object a line.

Runs under the system's Python, which has gi; see test_atspi.py.
"""

from __future__ import annotations

import json
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402 - only once the version is settled


def find(name: str, seconds: float):
    """The program's root, once it has come onto the bus."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        desktop = Atspi.get_desktop(0)
        for at in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(at)
            if child is not None and name in (child.get_name() or ""):
                return child
        time.sleep(0.2)
    raise SystemExit(f"{name} is not on the accessibility bus")


def walk(node, path: list[str]) -> None:
    states = node.get_state_set()
    shown = states.contains(Atspi.StateType.SHOWING) or not path
    if not shown:
        return
    role = node.get_role_name()
    entry = {
        "path": path,
        "role": role,
        "name": node.get_name() or "",
        "description": node.get_description() or "",
        "focusable": states.contains(Atspi.StateType.FOCUSABLE),
        "enabled": states.contains(Atspi.StateType.ENABLED),
    }
    print(json.dumps(entry, ensure_ascii=False))
    for at in range(min(node.get_child_count(), 300)):
        child = node.get_child_at_index(at)
        if child is not None:
            walk(child, [*path, entry["name"] or role])


root = find(sys.argv[1], 20)
for index in range(root.get_child_count()):
    window = root.get_child_at_index(index)
    if window is not None:
        walk(window, [])
