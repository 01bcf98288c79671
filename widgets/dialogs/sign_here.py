"""The signing surface on the clerk's own screen, turned to the person; and waiting for a pad elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QImage, QKeyEvent
from PyQt6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.domain.signature import Signature
from widgets.bits import button, text
from widgets.customer.signing import SignPage
from widgets.dialogs.base import BaseDialog
from widgets.sheets import SheetColumn


class SignHereDialog(QDialog):
    """Where there is no second screen. Keys: Ctrl+Z one stroke back, Ctrl+Y forward, Enter confirms, Esc gives up.

    Signals: signed(Signature), refused().
    """

    signed = pyqtSignal(object)
    refused = pyqtSignal()

    def __init__(self, title: str, statement: str, parent: QWidget | None = None, pages: Sequence[QImage] = ()) -> None:
        super().__init__(parent)
        self.setObjectName("citizen")  # it is the person's page, in the person's type
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setModal(True)
        self.page = SignPage()
        self.page.ask(title, statement, pages)
        self.page.confirm.setText(self.tr("确认签字 Enter"))
        self.page.refuse.setText(self.tr("不签字 Esc"))
        words = self.tr("请签字")
        self.setWindowTitle(words)
        self.setAccessibleName(words)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.page)
        self.resize(*((1240, 680) if pages else (960, 560)))
        # Not on a button: Space must not refuse for the person.
        self.page.panel.pad.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.page.panel.pad.setFocus()
        self.page.signed.connect(self._signed)
        self.page.refused.connect(self.reject)

    def _signed(self, signature: Signature) -> None:
        self.signed.emit(signature)
        self.accept()

    def reject(self) -> None:
        self.refused.emit()
        super().reject()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is None:
            return
        pad = self.page.panel.pad
        control = bool(a0.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and a0.key() == Qt.Key.Key_Z:
            pad.undo()
        elif control and a0.key() == Qt.Key.Key_Y:
            pad.redo()
        elif a0.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.page.confirm.isEnabled():
                self.page.confirm.click()
        else:
            super().keyPressEvent(a0)


class SignWaitDialog(BaseDialog):
    """Somebody signs on a pad, or on the screen turned to them. `given_up` follows Esc."""

    given_up = pyqtSignal()

    def __init__(self, title: str, where: str, parent: QWidget | None = None, pages: Sequence[QImage] = ()) -> None:
        super().__init__("sign_wait", "", parent)
        self.set_title(self.tr("等待签字：{0}").format(title), self.tr("签好后自动继续"))
        self.setMinimumWidth(480)
        self.add(text(where, name="sign_wait_where", wrap=True))
        if pages:
            sheets = SheetColumn("sign_wait_pages")
            sheets.set_pages(pages)
            self.add(sheets, 1)
            self.resize(760, 680)
        back = button(self.tr("不等了 Esc"), name="sign_wait_back")
        back.clicked.connect(self.reject)
        self.add_buttons(None, back)
        back.setFocus()

    def reject(self) -> None:
        self.given_up.emit()
        super().reject()
