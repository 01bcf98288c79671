"""Shows gallery states and dialogs, each in a window of its own, until the standard input ends. See test_atspi.py."""

from __future__ import annotations

import sys

import gallery
from PyQt6.QtCore import QSocketNotifier, Qt
from PyQt6.QtWidgets import QApplication, QWidget
from self_service_gallery import kiosk

from widgets.theme import apply_theme


def main() -> int:
    app = QApplication(["yichuang"])
    apply_theme(app)
    kept: list[QWidget] = []
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
    for name in ("choose", "known", "questions-wrong", "materials"):
        turned = kiosk(name)
        turned.setWindowModality(Qt.WindowModality.NonModal)
        turned.setAccessibleName(f"self-{name} {turned.accessibleName()}")
        turned.show()
        kept.append(turned)
    app.processEvents()
    print("ready", flush=True)
    ended = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    # Not quit: the dialog of a locked window refuses to be closed.
    ended.activated.connect(lambda *_: app.exit(0))
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main())
