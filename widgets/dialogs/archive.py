"""The archive package of a case: what for and under which password; and the password of one that is checked."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from widgets.bits import KeyedTick, button, column, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import ChoiceRow
from widgets.look import px
from widgets.views import Tone


class ArchiveDialog(BaseDialog):
    """What a package is for, and whether it is sealed.

    Keys: Alt+1…4 the purpose, Alt+J seals it, Enter goes on to choosing the place, Esc.
    Signals: wanted(purpose, password): the password is "" when it is not sealed.
    """

    wanted = pyqtSignal(str, str)

    def __init__(self, purposes: Sequence[tuple[str, str]], least: int, parent: QWidget | None = None) -> None:
        """purposes: value and words. least: characters of a password."""
        super().__init__("archive", "", parent)
        title = self.tr("导出归档包")
        self.set_title(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(px(560))
        self._least = least
        self._what = text(name="archive_what", wrap=True)
        self.purpose = ChoiceRow("archive_purpose", self.tr("用途"), purposes, "Alt")
        self.seal = KeyedTick(self.tr("用口令加密 Alt+J"))
        self.seal.setObjectName("archive_seal")
        self.seal.setAccessibleName(self.tr("用口令加密"))
        self.seal.setShortcut("Alt+J")
        self.seal.toggled.connect(self._sealed)
        words = self.tr("U 盘丢了，别人也打不开。收件方要装有“一窗”才能解开；口令另行告知，忘了无法找回。")
        self._sealing = text(words, "soft", "archive_sealing", wrap=True)
        self.password = _secret("archive_password", self.tr("口令"))
        self.again = _secret("archive_again", self.tr("再输一次"))
        for line in (self.password, self.again):
            line.textEdited.connect(lambda _: set_text(self._said, ""))
        self._fields = QWidget()
        grid = QGridLayout(self._fields)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for at, line in enumerate((self.password, self.again)):
            grid.addWidget(text(line.accessibleName(), "label"), at, 0)
            grid.addWidget(line, at, 1)
        self._said = text(name="archive_said", wrap=True)
        self.add(self._what)
        what_for = text(self.tr("用途 Alt+1–4（记入审计记录，写在包里）"), "label")
        self.add(column(what_for, row(self.purpose, None), gap=4))
        self.add(column(self.seal, self._sealing, self._fields, gap=6))
        self.add(self._said)
        cancel = button(self.tr("取消 Esc"), name="archive_cancel")
        go = button(self.tr("选择位置并导出 Enter"), "primary", "archive_go")
        cancel.clicked.connect(self.reject)
        go.clicked.connect(self._go)
        self.add_buttons(None, cancel, go, default=go)
        set_text(self._said, "")
        self._sealed(False)

    def set_case(self, number: str, words: str) -> None:
        """Which case, and what the package will hold."""
        self.set_title(self.tr("导出归档包"), number)
        self._what.setText(words)
        self._fit()

    def say(self, words: str) -> None:
        """What is wrong with what was typed."""
        set_text(self._said, words, Tone.ERROR)
        self._fit()

    def look_changed(self) -> None:
        """The same words take more room at a larger scale."""
        self._fit()

    def _sealed(self, on: bool) -> None:
        for part in (self._sealing, self._fields):
            part.setVisible(on)
        set_text(self._said, "")
        if on:
            self.password.setFocus()
        else:
            self.password.clear()
            self.again.clear()
        self._fit()

    def _fit(self) -> None:
        """As high as the words need at this width: lines that wrap do not ask for it by themselves."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            width = max(self.minimumWidth(), self.width() if self.isVisible() else 0)
            self.resize(width, layout.totalHeightForWidth(width))

    def _go(self) -> None:
        password = self.password.text() if self.seal.isChecked() else ""
        if self.seal.isChecked() and len(password) < self._least:
            self.say(self.tr("口令至少 {0} 个字符。").format(self._least))
            self.password.setFocus()
        elif password != self.again.text():
            self.say(self.tr("两次输入的口令不同，请重新输入。"))
            self.again.clear()
            self.again.setFocus()
        else:
            self.wanted.emit(self.purpose.value(), password)


class PasswordDialog(BaseDialog):
    """The password of a sealed package. Signals: given(password)."""

    given = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("archive_open", "", parent)
        title = self.tr("归档包用口令加密")
        self.set_title(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(px(460))
        self._file = text(role="soft", name="archive_open_file", wrap=True)
        self.password = _secret("archive_open_password", self.tr("导出时设的口令"))
        self._said = text(name="archive_open_said", wrap=True)
        label: QLabel = text(self.password.accessibleName(), "label")
        self.add(self._file)
        self.add(column(label, self.password, gap=4))
        self.add(self._said)
        cancel = button(self.tr("取消 Esc"), name="archive_open_cancel")
        go = button(self.tr("核验 Enter"), "primary", "archive_open_go")
        cancel.clicked.connect(self.reject)
        go.clicked.connect(self._go)
        self.add_buttons(None, cancel, go, default=go)
        set_text(self._said, "")
        self.password.setFocus()

    def set_file(self, name: str, wrong: bool = False) -> None:
        """Which file. wrong: the password given before was another."""
        self._file.setText(name)
        set_text(self._said, self.tr("口令不对，请核对后再输。") if wrong else "", Tone.ERROR)

    def _go(self) -> None:
        if password := self.password.text():
            self.accept()
            self.given.emit(password)


def _secret(name: str, accessible: str) -> QLineEdit:
    line = QLineEdit()
    line.setObjectName(name)
    line.setAccessibleName(accessible)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
    return line
