"""Shows gallery states and dialogs, each in a window of its own, until the standard input ends. See test_atspi.py."""

from __future__ import annotations

import sys

import gallery
from PyQt6.QtCore import QSocketNotifier, Qt
from PyQt6.QtWidgets import QApplication

from widgets.theme import apply_theme


def main() -> int:
    app = QApplication(["yichuang"])
    apply_theme(app)
    kept = []
    for name in sys.argv[1:]:
        window = gallery.new_window()
        window.show()
        gallery.STATES[name](window)
        window.setWindowTitle(name)
        kept.append(window)
    for name, dialog in gallery.dialogs().items():
        dialog.setWindowTitle(name)
        dialog.setAccessibleName(f"{name} {dialog.accessibleName()}")
        dialog.setWindowModality(Qt.WindowModality.NonModal)
        dialog.show()
        kept.append(dialog)
    app.processEvents()
    print("ready", flush=True)
    ended = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    ended.activated.connect(app.quit)
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main())
