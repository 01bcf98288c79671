"""The papers that can be made for the case in hand: choose one, answer what it asks, issue it."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QKeyEvent
from PyQt6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from widgets.bits import button, clear, column, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import ChoiceRow
from widgets.look import colours
from widgets.views import Tone
from widgets.views_papers import AskView, PaperChoice

_ID = Qt.ItemDataRole.UserRole
_LINE = 24
"""Height of a line in a box of several, in pixels."""
Field = QLineEdit | QPlainTextEdit | ChoiceRow


class PapersDialog(BaseDialog):
    """Left the papers, right what the chosen one asks. Papers that cannot be made now stand last, grey, and say why.

    Keys: ↑ ↓ choose a paper, Enter or Tab goes to its first empty field, Enter issues from a line, Ctrl+Enter from
    anywhere; Ctrl+G has it signed first; Ctrl+1, Ctrl+2 choose the language; Esc closes.
    Signals: issued(paper id, answers by key, language), sign_asked(the same).
    """

    issued = pyqtSignal(str, dict, str)
    sign_asked = pyqtSignal(str, dict, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("papers", "", parent)
        title = self.tr("出具文书")
        self.set_title(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(1040, 640)
        self._choices: dict[str, PaperChoice] = {}
        self._fields: dict[str, Field] = {}
        self._kept: dict[str, dict[str, str]] = {}
        self._shown = ""
        self.list = QListWidget()
        self.list.setObjectName("papers_list")
        self.list.setAccessibleName(self.tr("可出具的文书"))
        self.list.setFixedWidth(220)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.installEventFilter(self)
        self.list.currentItemChanged.connect(self._chosen)
        self._name = text(role="heading", name="papers_name")
        self._hint = text(role="soft", name="papers_hint", wrap=True)
        self.language = ChoiceRow(
            "papers_language", self.tr("语言"), (("zh", self.tr("中文")), ("zh-en", self.tr("中英对照"))), "Ctrl"
        )
        page = QWidget()
        page.setObjectName("page")
        self._form = QVBoxLayout(page)
        self._form.setContentsMargins(0, 0, 10, 0)
        self._form.setSpacing(6)
        self._area = QScrollArea()
        self._area.setObjectName("papers_area")
        self._area.setAccessibleName(self.tr("文书内容"))
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(page)
        self._message = text(name="papers_message", wrap=True)
        self._message.hide()
        right = column(row(self._name, None, self.language), self._hint, gap=4)
        right.addSpacing(6)
        right.addWidget(self._area, 1)
        right.addWidget(self._message)
        both = row(self.list, gap=20)
        both.addLayout(right, 1)
        self.add(both, 1)
        self._issue = button(self.tr("出具并预览 Ctrl+Enter"), "primary", "papers_issue")
        self._issue.clicked.connect(self._asked)
        close = button(self.tr("关闭 Esc"), name="papers_close")
        close.clicked.connect(self.reject)
        self._sign = button(self.tr("请当事人签字后出具 Ctrl+G"), name="papers_sign")
        self._sign.setShortcut("Ctrl+G")
        self._sign.clicked.connect(self._asked_to_sign)
        self.add_buttons(None, close, self._sign, self._issue, default=self._issue)

    def set_choices(self, choices: Sequence[PaperChoice], about: str, bilingual: bool = False) -> None:
        """Offer these for `about`, the last one chosen first if it is there. bilingual: offer both languages first."""
        self.set_title(self.tr("出具文书"), about)
        possible = [choice for choice in choices if not choice.blocked]
        self._choices = {choice.id: choice for choice in (*possible, *(c for c in choices if c.blocked))}
        self._kept, wanted = {}, self._shown
        self._shown = ""
        self.language.set_value("zh-en" if bilingual else "zh")
        self.set_message("")
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for choice in self._choices.values():
            item = QListWidgetItem(choice.name)
            item.setData(_ID, choice.id)
            if choice.blocked:
                # It can still be looked at: the right side says why it cannot be made.
                item.setForeground(QColor(colours().ink_faint))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{choice.name} {choice.blocked}")
            self.list.addItem(item)
        self.list.blockSignals(blocked)
        self.choose(wanted if wanted in self._choices and not self._choices[wanted].blocked else "")

    def choose(self, paper: str) -> None:
        """Put one in front by its id; "" the first."""
        ids = list(self._choices)
        at = ids.index(paper) if paper in ids else 0
        self.list.setCurrentRow(at)
        self._chosen()
        self.list.setFocus()

    def set_message(self, words: str, tone: Tone = Tone.ERROR) -> None:
        """What is wrong with the answers; "" nothing."""
        set_text(self._message, words, tone)
        self._message.setVisible(bool(words))

    def set_busy(self, on: bool) -> None:
        """A paper is being made: it is not asked for twice."""
        self._issue.setEnabled(not on and bool(self._shown))
        self._sign.setEnabled(self._issue.isEnabled())

    def answers(self) -> dict[str, str]:
        """What stands in the fields now, by key."""
        return {key: _value(field) for key, field in self._fields.items()}

    def _chosen(self, *_: object) -> None:
        item = self.list.currentItem()
        paper = str(item.data(_ID)) if item is not None else ""
        choice = self._choices.get(paper)
        if paper == self._shown and paper:
            return
        if self._shown:
            self._kept[self._shown] = self.answers()
        self._shown = paper if choice is not None and not choice.blocked else ""
        self.set_message("")
        clear(self._form)
        self._fields = {}
        self._issue.setEnabled(bool(self._shown))
        self._sign.setEnabled(bool(self._shown))
        self._sign.setVisible(bool(self._shown and choice and choice.signable))
        self._name.setText(choice.name if choice else "")
        self._hint.setText(self._about(choice) if choice else "")
        self.language.setVisible(bool(self._shown and choice and choice.bilingual))
        if choice is None or choice.blocked:
            return
        kept = self._kept.get(paper, {})
        for ask in choice.asks:
            self._add(ask, kept.get(ask.key, ask.value))
        self._form.addStretch(1)

    def _about(self, choice: PaperChoice) -> str:
        if not choice.blocked:
            return choice.hint
        return self.tr("{0}。现在不能出具：{1}。").format(choice.hint, choice.blocked)

    def _add(self, ask: AskView, value: str) -> None:
        title = self.tr("{0}（必填）").format(ask.title) if ask.required else ask.title
        label = text(title, "label", f"papers_title_{ask.key}")
        field = self._made(ask, value)
        field.setObjectName(f"papers_{ask.key}")
        field.setAccessibleName(title)
        field.setAccessibleDescription(ask.hint)
        if isinstance(field, QLineEdit | QPlainTextEdit):
            label.setBuddy(field)
        self._fields[ask.key] = field
        self._form.addWidget(label)
        self._form.addWidget(field)
        if ask.hint and not isinstance(field, QLineEdit):
            self._form.addWidget(text(ask.hint, "faint", f"papers_hint_{ask.key}", wrap=True))
        self._form.addSpacing(6)

    def _made(self, ask: AskView, value: str) -> Field:
        if ask.choices:
            choice = ChoiceRow(f"papers_{ask.key}", ask.title, ask.choices)
            choice.set_value(value if value in dict(ask.choices) else ask.choices[0][0])
            return choice
        if ask.lines > 1:
            box = QPlainTextEdit(value)
            box.setTabChangesFocus(True)
            box.setFixedHeight(_LINE * ask.lines + 14)
            box.installEventFilter(self)
            return box
        line = QLineEdit(value)
        line.setPlaceholderText(ask.hint)
        return line

    def _asked(self) -> None:
        if self._shown and self._issue.isEnabled():
            self.set_message("")
            self.issued.emit(self._shown, self.answers(), self._language())

    def _asked_to_sign(self) -> None:
        if self._shown and self._sign.isEnabled() and self._sign.isVisible():
            self.set_message("")
            self.sign_asked.emit(self._shown, self.answers(), self._language())

    def _language(self) -> str:
        return self.language.value() if self._choices[self._shown].bilingual else "zh"

    def _enter_form(self) -> None:
        fields = list(self._fields.values())
        empty = (field for field in fields if not isinstance(field, ChoiceRow) and not _value(field))
        target = next(empty, fields[0] if fields else None)
        if target is None:
            self._issue.setFocus()
        elif isinstance(target, ChoiceRow):
            self.focusNextChild()
        else:
            target.setFocus()

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        if isinstance(a1, QKeyEvent) and a1.type() is QEvent.Type.KeyPress and _is_enter(a1):
            control = bool(a1.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if control:
                self._asked()
                return True
            if a0 is self.list:
                self._enter_form()
                return True
        return super().eventFilter(a0, a1)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and _is_enter(a0) and a0.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._asked()
            a0.accept()
            return
        super().keyPressEvent(a0)


def _is_enter(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _value(field: Field) -> str:
    if isinstance(field, QLineEdit):
        return field.text()
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.value()
