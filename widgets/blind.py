"""What lies over every window of the program while the screen is locked: nothing of a visitor can be read."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtWidgets import QApplication, QVBoxLayout, QWidget

from widgets.bits import text

STAYS = "stays_when_locked"
"""Property of a window that shows nothing of a visitor, or clears itself: it is left alone."""


class Blind(QWidget):
    """Opaque, over the whole of its window; the window's title says nothing either."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("blind")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("屏幕已锁定"))
        brand = text(self.tr("一窗"), name="blind_brand")
        brand.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = QVBoxLayout(self)
        inside.addStretch(1)
        inside.addWidget(brand)
        inside.addStretch(1)
        self._title = window.windowTitle()
        window.setWindowTitle(self.tr("一窗"))
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.raise_()
        self.show()

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        window = self.parentWidget()
        if a1 is not None and window is a0 and window is not None:
            if a1.type() == QEvent.Type.Resize:
                self.setGeometry(window.rect())
            elif a1.type() == QEvent.Type.ChildAdded:
                self.raise_()
        return False

    def lift(self) -> None:
        """Take it away again."""
        window = self.parentWidget()
        if window is not None:
            window.removeEventFilter(self)
            window.setWindowTitle(self._title)
        self.hide()
        self.setParent(None)
        self.deleteLater()


class Blinds(QObject):
    """Covers all windows at once, and each that opens later: work in the background may end in a dialog.

    Signals: opened() when a window came up while all is covered; a modal one stands before the PIN's then.
    """

    opened = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._blinds: dict[QWidget, Blind] = {}
        self._spared: QWidget | None = None

    @property
    def down(self) -> bool:
        return self._spared is not None

    def lower(self, spared: QWidget) -> None:
        """Cover everything but one window, where the PIN is typed."""
        app = QApplication.instance()
        if self.down or not isinstance(app, QApplication):
            return
        self._spared = spared
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._cover(window)
        app.installEventFilter(self)

    def lift(self) -> None:
        """Uncover everything."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._spared = None
        for blind in self._blinds.values():
            blind.lift()
        self._blinds = {}

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        shown = a1 is not None and a1.type() == QEvent.Type.Show
        if shown and isinstance(a0, QWidget) and a0.isWindow() and self._cover(a0):
            self.opened.emit()
        return False

    def _cover(self, window: QWidget) -> bool:
        if window is self._spared or window in self._blinds or window.property(STAYS):
            return False
        if window.windowType() in (Qt.WindowType.ToolTip, Qt.WindowType.Popup):
            window.hide()
            return False
        self._blinds[window] = Blind(window)
        window.destroyed.connect(lambda: self._blinds.pop(window, None))
        return True
