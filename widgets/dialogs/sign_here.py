"""The signing surface on the clerk's own screen, turned to the person; and waiting for a pad elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QImage, QKeyEvent
from PyQt6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.domain.signature import Signature
from widgets.bits import button, row, set_text, text
from widgets.customer.signing import SignPage
from widgets.dialogs.base import BaseDialog
from widgets.sheets import SheetColumn
from widgets.views import Tone


class SignHereDialog(QDialog):
    """Where there is no second screen. Keys: Ctrl+Z one stroke back, Ctrl+Y forward, Enter confirms, F a finger
    instead, Esc gives up.

    Signals: signed(Signature), refused(); finger_wanted(): who cannot write presses a finger.
    """

    signed = pyqtSignal(object)
    refused = pyqtSignal()
    finger_wanted = pyqtSignal()

    def __init__(
        self,
        title: str,
        statement: str,
        parent: QWidget | None = None,
        pages: Sequence[QImage] = (),
        *,
        finger: bool = False,
    ) -> None:
        """finger: a fingerprint reader is there."""
        super().__init__(parent)
        self.setObjectName("citizen")  # it is the person's page, in the person's type
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setModal(True)
        self.page = SignPage()
        self.page.ask(title, statement, pages)
        self.page.confirm.setText(self.tr("确认签字 Enter"))
        self.page.refuse.setText(self.tr("不签字 Esc"))
        self.page.finger.setText(self.tr("不会写字，按指纹 F"))
        self.page.finger.setVisible(finger)
        self.page.finger.clicked.connect(self.finger_wanted)
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

    def set_finger(self, words: str, tone: Tone, *, waiting: bool = False) -> None:
        """How it stands with the finger. waiting: the reader is at work."""
        self.page.set_finger(words, tone, waiting=waiting)

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
        elif a0.key() == Qt.Key.Key_F and not control:
            if self.page.finger.isVisible():
                self.page.finger.click()
        else:
            super().keyPressEvent(a0)


class SignWaitDialog(BaseDialog):
    """Somebody signs on a pad, or on the screen turned to them. `given_up` follows Esc; `finger_wanted` F, where a
    reader is there for who cannot write."""

    given_up = pyqtSignal()
    finger_wanted = pyqtSignal()

    def __init__(
        self,
        title: str,
        where: str,
        parent: QWidget | None = None,
        pages: Sequence[QImage] = (),
        *,
        finger: bool = False,
        pressing: bool = False,
    ) -> None:
        """finger: a fingerprint reader is there. pressing: it was signed, and a finger is wanted beside the name."""
        super().__init__("sign_wait", "", parent)
        if pressing:
            self.set_title(self.tr("等待按指纹：{0}").format(title), self.tr("按好后自动继续"))
        else:
            self.set_title(self.tr("等待签字：{0}").format(title), self.tr("签好后自动继续"))
        self.setMinimumWidth(480)
        self.add(text(where, name="sign_wait_where", wrap=True))
        if pages:
            sheets = SheetColumn("sign_wait_pages")
            sheets.set_pages(pages)
            self.add(sheets, 1)
            self.resize(760, 680)
        words = self.tr("再按一次 F") if pressing else self.tr("不会写字，按指纹 F")
        self._finger = button(words, name="sign_wait_finger")
        self._finger.setShortcut("F")
        self._finger.clicked.connect(self.finger_wanted)
        self._finger.setVisible(finger)
        self.add(row(self._finger, None))
        self._finger_state = text(name="sign_wait_finger_state", wrap=True)
        self._finger_state.hide()
        self.add(self._finger_state)
        back = button(self.tr("只用签字 Esc") if pressing else self.tr("不等了 Esc"), name="sign_wait_back")
        back.clicked.connect(self.reject)
        self.add_buttons(None, back)
        back.setFocus()

    def set_finger(self, words: str, tone: Tone, *, waiting: bool = False) -> None:
        """How it stands with the finger. waiting: the reader is at work."""
        set_text(self._finger_state, words, tone)
        self._finger.setEnabled(not waiting)

    def reject(self) -> None:
        self.given_up.emit()
        super().reject()
