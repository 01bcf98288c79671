"""Write down a firm's matter, or what is said with its next step."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PyQt6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from widgets.bits import button, clear, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.views import Tone
from widgets.views_matter import ActView, ExtraView, KindView, NewMatter


class MatterNewDialog(BaseDialog):
    """Keys: Alt+1 … Alt+5 choose the kind, Tab goes from line to line, Ctrl+Enter registers (Enter too, outside the
    text), Esc leaves. Signals: given(new).

    It stays open until `accept` is called: what was refused can be put right.
    """

    given = pyqtSignal(object)

    def __init__(
        self,
        kinds: Sequence[KindView],
        scopes: Sequence[tuple[str, str]],
        known: NewMatter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("matter_new", "", parent)
        self._kinds = tuple(kinds)
        title = self.tr("登记企业事项")
        self.set_title(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(640)
        self.kind = _combo("matter_kind", self.tr("种类"), [(k.id, k.words) for k in kinds])
        self.scope = _combo("matter_scope", self.tr("时限"), scopes)
        self.firm = _line("matter_firm", self.tr("企业名称"), known.firm, 300)
        self.number = _line("matter_number", self.tr("统一社会信用代码"), known.firm_number, 18)
        self.contact = _line("matter_contact", self.tr("联系人"), known.contact, 100)
        self.phone = _line("matter_phone", self.tr("联系电话"), known.phone, 60)
        self.subject = _line("matter_subject", self.tr("事由"), known.subject, 100)
        self.words = QPlainTextEdit(known.words)
        self.words.setObjectName("matter_words")
        self.words.setAccessibleName(self.tr("内容"))
        self.words.setTabChangesFocus(True)
        self.words.setMaximumHeight(110)
        self._about = text(role="soft", name="matter_about", wrap=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self._firm_label = text("", "label")
        self._number_label = text(self.tr("统一社会信用代码"), "label")
        self._scope_label = text(self.tr("时限"), "label")
        grid.addWidget(text(self.tr("种类"), "label"), 0, 0)
        grid.addWidget(self.kind, 0, 1)
        grid.addWidget(self._scope_label, 0, 2)
        grid.addWidget(self.scope, 0, 3)
        grid.addWidget(self._about, 1, 1, 1, 3)
        for at, (label, part) in enumerate(((self._firm_label, self.firm), (self._number_label, self.number)), 2):
            grid.addWidget(label, at, 0)
            grid.addWidget(part, at, 1, 1, 3)
        grid.addWidget(text(self.tr("联系人"), "label"), 4, 0)
        grid.addWidget(self.contact, 4, 1)
        grid.addWidget(text(self.tr("联系电话"), "label"), 4, 2)
        grid.addWidget(self.phone, 4, 3)
        grid.addWidget(text(self.tr("事由"), "label"), 5, 0)
        grid.addWidget(self.subject, 5, 1, 1, 3)
        words_label = text(self.tr("内容"), "label")
        words_label.setAlignment(Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words_label, 6, 0)
        grid.addWidget(self.words, 6, 1, 1, 3)
        self.add(grid)
        self._extras = QGridLayout()
        self._extras.setHorizontalSpacing(12)
        self._extras.setVerticalSpacing(8)
        self._extras.setColumnMinimumWidth(0, 104)  # as wide as the labels above
        self._extras.setColumnStretch(1, 1)
        self.add(self._extras)
        self._asked: list[tuple[str, QWidget]] = []
        self._said = text(role="soft", name="matter_said", wrap=True)
        self.add(self._said)
        set_text(self._said, "")
        cancel = button(self.tr("取消 Esc"), name="matter_cancel")
        cancel.clicked.connect(self.reject)
        self._go = button(self.tr("登记 Ctrl+Enter"), "primary", "matter_go")
        self._go.clicked.connect(self._give)
        self.add_buttons(cancel, None, self._go, default=self._go)
        self.kind.currentIndexChanged.connect(self._turn)
        at = self.kind.findData(known.kind)
        self.kind.setCurrentIndex(max(at, 0))
        for at, kind in enumerate(kinds):
            chosen = QShortcut(QKeySequence(f"Alt+{at + 1}"), self)
            chosen.activated.connect(lambda at=at: self.kind.setCurrentIndex(at))
            self.kind.setItemText(at, f"{kind.words}  Alt+{at + 1}")
        self._turn()
        (self.firm if not known.firm else self.subject).setFocus()

    def complain(self, words: str) -> None:
        """What stands in the way."""
        set_text(self._said, words, Tone.ERROR)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if (
            a0 is not None
            and a0.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and a0.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._give()
            a0.accept()
            return
        super().keyPressEvent(a0)

    def _turn(self) -> None:
        kind = next((k for k in self._kinds if k.id == self.kind.currentData()), self._kinds[0])
        set_text(self._about, kind.about)
        who = self.tr("反映人（可不填）") if kind.personal else self.tr("企业名称")
        self._firm_label.setText(who)
        self.firm.setAccessibleName(who)
        self._number_label.setVisible(not kind.personal)
        self.number.setVisible(not kind.personal)
        self._scope_label.setVisible(kind.scoped)
        self.scope.setVisible(kind.scoped)
        clear(self._extras)
        self._asked = []
        for at, extra in enumerate(kind.extras):
            part = self._ask(at, extra)
            self._extras.addWidget(text(extra.label, "label"), at, 0)
            self._extras.addWidget(part, at, 1)
            self._asked.append((extra.id or extra.label, part))

    def _ask(self, at: int, extra: ExtraView) -> QWidget:
        name = f"matter_extra_{at}"
        if extra.choices:
            return _combo(name, extra.label, extra.choices)
        return _line(name, extra.label, "", 300)

    def _give(self) -> None:
        details = [
            (label, str(part.currentData()) if isinstance(part, QComboBox) else _typed(part))
            for label, part in self._asked
        ]
        self.given.emit(
            NewMatter(
                kind=str(self.kind.currentData()),
                firm=self.firm.text(),
                firm_number=self.number.text(),
                contact=self.contact.text(),
                phone=self.phone.text(),
                subject=self.subject.text(),
                words=self.words.toPlainText(),
                scope=str(self.scope.currentData()),
                details=tuple((label, words.strip()) for label, words in details if words.strip()),
            )
        )


class MatterStepDialog(BaseDialog):
    """What is said with a step. Keys: Enter takes it, 1 … 5 choose the stars where they are asked for, Esc leaves.

    Signals: given(words, stars); stars is 0 where none are asked for.
    """

    given = pyqtSignal(str, int)

    def __init__(self, act: ActView, about: str, parent: QWidget | None = None) -> None:
        super().__init__("matter_step", "", parent)
        self.set_title(act.words, about)
        self.setWindowTitle(act.words)
        self.setAccessibleName(act.words)
        self.setMinimumWidth(520)
        self._graded = act.graded
        grades = [(str(n), self.tr("{0} 星").format(n)) for n in range(5, 0, -1)]
        self.stars = _combo("matter_stars", self.tr("星级"), grades)
        self.stars.setVisible(act.graded)
        self.add(self.stars)
        self.words = _line("matter_step_words", act.hint or self.tr("说明"), "", 1000)
        self.words.setPlaceholderText(act.hint)
        self.add(self.words)
        self._said = text(role="soft", name="matter_step_said", wrap=True)
        self.add(self._said)
        set_text(self._said, "")
        cancel = button(self.tr("取消 Esc"), name="matter_step_cancel")
        cancel.clicked.connect(self.reject)
        go = button(self.tr("确定 Enter"), "primary", "matter_step_go")
        go.clicked.connect(lambda: self.given.emit(self.words.text(), self._grade()))
        self.add_buttons(cancel, None, go, default=go)
        self.words.setFocus()

    def complain(self, words: str) -> None:
        """What stands in the way."""
        set_text(self._said, words, Tone.ERROR)

    def _grade(self) -> int:
        return int(self.stars.currentData()) if self._graded else 0


def _line(name: str, label: str, words: str, longest: int) -> QLineEdit:
    made = QLineEdit(words)
    made.setObjectName(name)
    made.setAccessibleName(label)
    made.setMaxLength(longest)
    return made


def _typed(part: QWidget) -> str:
    return part.text() if isinstance(part, QLineEdit) else ""


def _combo(name: str, label: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    made.setAccessibleName(label)
    for key, words in choices:
        made.addItem(words, key)
    return made
