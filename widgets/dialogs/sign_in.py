"""Who works here: sign in, come back after a lock, choose a PIN, register the first clerk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QKeyEvent
from PyQt6.QtWidgets import QGridLayout, QLabel, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QWidget

from widgets.bits import button, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.look import px
from widgets.theme import scaled
from widgets.views import Tone

_NUMBER = Qt.ItemDataRole.UserRole
_OWN_PIN, _KEY_PIN = 12, 32
"""Characters at most; a key's own PIN may have letters."""


class SignInMode(StrEnum):
    FIRST = "first"
    """Nobody is registered yet."""
    SIGN_IN = "sign_in"
    LOCKED = "locked"
    RECOVER = "recover"
    """The PIN is forgotten and nobody can give another: the recovery code, and a new PIN."""
    NEW_PIN = "new_pin"
    """Signed in with a PIN given by somebody else: a PIN of one's own is asked for."""


@dataclass(frozen=True, slots=True)
class ClerkView:
    """One who may sign in."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class KeyView:
    """What is to be said of a hardware key. ready: its PIN may be typed. required: nothing else lets in. hint: below,
    quiet."""

    words: str
    ready: bool
    required: bool
    tone: Tone = Tone.NEUTRAL
    hint: str = ""


class SignInDialog(BaseDialog):
    """Stands in front of everything and is left by a right PIN only.

    Keys: ↑ ↓ choose the clerk while the cursor stays in the PIN, Enter signs in. Signals: tried(number, PIN);
    registered(number, name, PIN, PIN again); renewed(number, old PIN, PIN, PIN again); recovered(number, code, PIN,
    PIN again); recovery_wanted() and sign_in_wanted() for there and back (F4); others() when somebody else wants to
    sign in while it is locked; left() to end the program.
    """

    tried = pyqtSignal(str, str)
    key_tried = pyqtSignal(str)
    """The PIN of the hardware key."""
    registered = pyqtSignal(str, str, str, str)
    renewed = pyqtSignal(str, str, str, str)
    recovered = pyqtSignal(str, str, str, str)
    recovery_wanted = pyqtSignal()
    sign_in_wanted = pyqtSignal()
    others = pyqtSignal()
    left = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sign_in", "", parent)
        self.mode = SignInMode.SIGN_IN
        self._busy = False
        self._key: KeyView | None = None
        self._by_key = False
        self._place_hint = ""
        self._name = ""
        self.clerks = QListWidget()
        self.clerks.setObjectName("sign_in_clerks")
        self.clerks.setAccessibleName(self.tr("窗口人员"))
        self.clerks.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.number = self._line("sign_in_number", self.tr("工号"))
        self.name = self._line("sign_in_name", self.tr("姓名"))
        self.code = self._line("sign_in_code", self.tr("恢复码"))
        self.code.setPlaceholderText(self.tr("7 组，每组 5 位，照纸上输入"))
        self.old = self._line("sign_in_old", self.tr("原口令"), secret=True)
        self.pin = self._line("sign_in_pin", self.tr("口令"), secret=True)
        self.again = self._line("sign_in_again", self.tr("再输一次"), secret=True)
        self._labels: dict[QLineEdit, QLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for at, line in enumerate(self._lines()):
            self._labels[line] = text(line.accessibleName(), "label")
            grid.addWidget(self._labels[line], at, 0)
            grid.addWidget(line, at, 1)
        self._said = text(name="sign_in_said", wrap=True)
        self._said.setMinimumHeight(40)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._hint = text(role="soft", name="sign_in_hint", wrap=True)
        self._key_words = text(name="sign_in_key", wrap=True)
        self.add(self.clerks)
        self.add(self._key_words)
        self.add(grid)
        self.add(self._said)
        self.add(self._hint)
        self._leave = button(self.tr("退出程序"), name="sign_in_leave")
        self._leave.clicked.connect(self.left)
        self._other = button(self.tr("换人登录 F2"), name="sign_in_other")
        self._other.clicked.connect(self.others)
        self._code = button("", name="sign_in_recovery")
        self._code.clicked.connect(self._turn)
        self._way = button("", name="sign_in_way")
        self._way.clicked.connect(self._turn_key)
        self._go = button("", "primary", "sign_in_go")
        self._go.clicked.connect(self._sent)
        self.add_buttons(self._leave, self._code, self._way, None, self._other, self._go, default=self._go)
        self.set_mode(SignInMode.SIGN_IN, ())

    def set_mode(self, mode: SignInMode, clerks: Sequence[ClerkView], place: str = "", hint: str = "") -> None:
        """What is asked for. clerks: who may; of LOCKED and NEW_PIN the one whom it is about. hint: below, quiet."""
        self.mode = mode
        first, fresh, locked = (mode is m for m in (SignInMode.FIRST, SignInMode.NEW_PIN, SignInMode.LOCKED))
        code = mode is SignInMode.RECOVER
        title = {
            SignInMode.FIRST: self.tr("登记第一位窗口人员"),
            SignInMode.SIGN_IN: self.tr("登录"),
            SignInMode.LOCKED: self.tr("屏幕已锁定"),
            SignInMode.NEW_PIN: self.tr("设定自己的口令"),
            SignInMode.RECOVER: self.tr("用恢复码登录"),
        }[mode]
        name = self._name = clerks[0].name if clerks else ""
        below = {
            SignInMode.FIRST: self.tr("第一位是窗口负责人，可以登记其他人员"),
            SignInMode.SIGN_IN: place,
            SignInMode.LOCKED: "",  # by `_show_key`
            SignInMode.NEW_PIN: self.tr("{0}，口令由负责人代设，请换成自己的").format(name),
            SignInMode.RECOVER: self.tr("选定要重设口令的人员，一般是窗口负责人"),
        }[mode]
        self.set_title(title, below)
        self.setWindowTitle(self.tr("一窗"))
        self.setAccessibleName(title)
        self.setMinimumWidth(scaled(self, 520 if code else 440))  # 35 characters and their gaps in one line
        self.clerks.clear()
        for clerk in clerks:
            item = QListWidgetItem(self.tr("{0}　工号 {1}").format(clerk.name, clerk.number))
            item.setData(_NUMBER, clerk.number)
            self.clerks.addItem(item)
        self.clerks.setCurrentRow(0)
        self.clerks.setFixedHeight(px(min(max(len(clerks), 1), 6) * 30 + 4))
        self.clerks.setVisible((mode is SignInMode.SIGN_IN and len(clerks) > 1) or code)
        if mode is SignInMode.SIGN_IN and len(clerks) == 1:
            self.set_title(title, f"{place}　{clerks[0].name}" if place else clerks[0].name)
        for line, shown in (
            (self.number, first),
            (self.name, first),
            (self.code, code),
            (self.old, fresh),
            (self.pin, True),
            (self.again, first or fresh or code),
        ):
            line.clear()
            line.setVisible(shown)
            self._labels[line].setVisible(shown)
        rule = self.tr("6–12 位数字")
        self.pin.setPlaceholderText(rule if first or fresh or code else "")
        self._labels[self.pin].setText(self.tr("新口令") if fresh or code else self.tr("口令"))
        words = self.tr("登记 Enter") if first else self.tr("保存 Enter") if fresh else self.tr("登录 Enter")
        self._go.setText(self.tr("解锁 Enter") if locked else words)
        self._go.setAccessibleName(self._go.text())
        self._other.setVisible(locked)
        self._leave.setVisible(not locked)
        self._code.setVisible(code)
        self._code.setText(self.tr("返回 F4") if code else self.tr("恢复码 F4"))
        self._code.setAccessibleName(self._code.text())
        self._place_hint = hint
        set_text(self._hint, hint)
        self.set_key(None)
        self.say("")
        self.set_busy(False)
        self._first_line().setFocus()
        self._fit()

    def set_key(self, view: KeyView | None) -> None:
        """A hardware key came, went, or says something else; asked for after `set_mode`. What is typed stays while it
        is still meant for the same."""
        shown = view if self.mode in (SignInMode.SIGN_IN, SignInMode.LOCKED) else None
        by_key = shown is not None and (shown.ready or shown.required)
        if by_key is not self._by_key or (shown is not None and not shown.ready):
            self.pin.clear()
        self._key, self._by_key = shown, by_key
        self._show_key()

    def offer_recovery(self, on: bool) -> None:
        """Is there a recovery code to sign in with? Where it is asked for already, this changes nothing."""
        if self.mode is not SignInMode.RECOVER:
            self._code.setVisible(on and self.mode is SignInMode.SIGN_IN)

    def marked(self) -> str:
        """The number of the clerk who is marked; "" for none."""
        item = self.clerks.currentItem()
        return str(item.data(_NUMBER)) if item is not None else ""

    def choose(self, number: str) -> None:
        """Mark one of the clerks, e.g. who was here last."""
        for at in range(self.clerks.count()):
            item = self.clerks.item(at)
            if item is not None and item.data(_NUMBER) == number:
                self.clerks.setCurrentRow(at)

    def say(self, words: str, tone: Tone = Tone.ERROR) -> None:
        """What was wrong; the PIN is typed anew. The line keeps its room, so that nothing jumps."""
        set_text(self._said, words, tone)
        self._said.setVisible(True)
        self._said.setAccessibleName(words)
        self.set_busy(False)
        if words:
            for line in (self.old, self.pin, self.again):
                line.clear()
            # A code of 35 characters is not typed twice for a slip in one of them.
            first = {SignInMode.NEW_PIN: self.old, SignInMode.RECOVER: self.code}
            line = first.get(self.mode, self.pin)
            line.setFocus()
            line.deselect()  # the next key must not replace all of it
        self._fit()

    def said(self) -> str:
        """What stands there now."""
        return self._said.text()

    def set_busy(self, on: bool) -> None:
        """The PIN is being checked."""
        self._busy = on
        self._go.setEnabled(not on and self._may_type)
        if on:
            set_text(self._said, self.tr("正在核对…"), Tone.NEUTRAL)

    def _line(self, name: str, words: str, secret: bool = False) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        line.setAccessibleName(words)
        line.installEventFilter(self)
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
            line.setMaxLength(_OWN_PIN)
        return line

    def _first_line(self) -> QLineEdit:
        shown = (self.number, self.code, self.old, self.pin)
        return next(line for line in shown if not line.isHidden())

    def _sent(self) -> None:
        if self._busy:
            return
        # Enter leads through the lines first.
        lines = [line for line in self._lines() if not line.isHidden()]
        empty = next((line for line in lines if not line.text().strip()), None)
        if empty is not None:
            empty.setFocus()
            return
        self.set_busy(True)
        number = self.marked()
        if self.mode is SignInMode.FIRST:
            self.registered.emit(self.number.text(), self.name.text(), self.pin.text(), self.again.text())
        elif self.mode is SignInMode.NEW_PIN:
            self.renewed.emit(number, self.old.text(), self.pin.text(), self.again.text())
        elif self._by_key:
            self.key_tried.emit(self.pin.text())
        elif self.mode is SignInMode.RECOVER:
            self.recovered.emit(number, self.code.text(), self.pin.text(), self.again.text())
        else:
            self.tried.emit(number, self.pin.text())

    @property
    def _may_type(self) -> bool:
        return not self._by_key or (self._key is not None and self._key.ready)

    def _way_back(self) -> str:
        if self._by_key:
            return self.tr("{0}，输入钥匙口令回到原来的画面").format(self._name)
        return self.tr("{0}，输入口令回到原来的画面").format(self._name)

    def _show_key(self) -> None:
        view = self._key
        set_text(self._key_words, view.words if view else "", view.tone if view else Tone.NEUTRAL)
        self._key_words.setVisible(view is not None)
        self._way.setVisible(view is not None and view.ready and not view.required)
        self._way.setText(self.tr("改用口令 F4") if self._by_key else self.tr("改用钥匙 F4"))
        self._way.setAccessibleName(self._way.text())
        if self.mode in (SignInMode.SIGN_IN, SignInMode.LOCKED):
            words = self.tr("钥匙口令") if self._by_key else self.tr("口令")
            self._labels[self.pin].setText(words)
            self.pin.setAccessibleName(words)
            if self.mode is SignInMode.SIGN_IN:
                self.clerks.setVisible(self.clerks.count() > 1 and not self._by_key)
            else:
                self.set_title(self.accessibleName(), self._way_back())
            set_text(self._hint, view.hint if view and self._by_key else self._place_hint)
        self.pin.setMaxLength(_KEY_PIN if self._by_key else _OWN_PIN)
        self.pin.setEnabled(self._may_type)
        self._go.setEnabled(not self._busy and self._may_type)
        if not self._may_type:
            # Qt would hand the cursor to a button, and the next Enter would end the program or park the visit.
            self.setFocus()
        elif self.isVisible():
            self._first_line().setFocus()
        self._fit()

    def _fit(self) -> None:
        """As high as the words are, always as wide: wrapped words would ask for a width of their own."""
        inside = self.layout()
        if inside is not None:
            inside.activate()  # what was hidden a moment ago counts no more
            width = max(self.minimumWidth(), inside.totalMinimumSize().width())
            self.resize(width, inside.totalHeightForWidth(width))

    def _turn_key(self) -> None:
        """From the key's PIN to one's own, and back."""
        if not self._busy:
            self._by_key = not self._by_key
            self.pin.clear()
            self.say("")
            self._show_key()

    def _turn(self) -> None:
        """To the recovery code, and back to the PIN."""
        if not self._busy:
            (self.sign_in_wanted if self.mode is SignInMode.RECOVER else self.recovery_wanted).emit()

    def _lines(self) -> tuple[QLineEdit, ...]:
        return (self.number, self.name, self.code, self.old, self.pin, self.again)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        # ↑ ↓ choose the clerk from where the cursor is; Enter goes to the dialog, which leads on.
        if isinstance(a1, QKeyEvent) and a1.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            by = steps.get(Qt.Key(a1.key())) if a1.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) else None
            if by is not None and not self.clerks.isHidden():
                at = self.clerks.currentRow() + by
                self.clerks.setCurrentRow(max(0, min(at, self.clerks.count() - 1)))
                return True
        return super().eventFilter(a0, a1)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() == Qt.Key.Key_F2 and not self._other.isHidden():
            self.others.emit()
            return
        if a0 is not None and a0.key() == Qt.Key.Key_F4 and not self._code.isHidden():
            self._turn()
            return
        if a0 is not None and a0.key() == Qt.Key.Key_F4 and not self._way.isHidden():
            self._turn_key()
            return
        super().keyPressEvent(a0)

    def reject(self) -> None:
        """Esc leads nowhere: behind this lies what nobody may see."""

    def closeEvent(self, a0: QCloseEvent | None) -> None:
        if a0 is not None and self.isVisible():
            a0.ignore()

    def buttons(self) -> tuple[QPushButton, ...]:
        """What can be pressed now."""
        return tuple(b for b in (self._leave, self._code, self._way, self._other, self._go) if not b.isHidden())
