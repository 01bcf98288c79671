"""One value that two sides have written differently: what stood there before, and what may stand there now."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QMouseEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.item import Element
from app.domain.typing_help import TypingHelp
from widgets.bits import badge, column, drop, key_cap, row, set_text, text
from widgets.editors import make_editor
from widgets.line import PLAIN, Editor
from widgets.look import colours
from widgets.rivals import differences
from widgets.theme import restyle
from widgets.views import Tone
from widgets.views_amend import ContestedView, Side


class OptionCard(QFrame):
    """One of the values, with its key. Signals: pressed()."""

    pressed = pyqtSignal()

    def __init__(self, key: str, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setProperty("role", "option")
        self._title = title
        self._said = text(role="faint")
        self._mark = badge("", Tone.INFO)
        self._mark.hide()
        self.value = QLabel()
        self.value.setObjectName(f"{name}_value")
        self.value.setTextFormat(Qt.TextFormat.RichText)
        self.value.setWordWrap(True)
        self._words, self._against = "", ""
        self.below = QVBoxLayout()
        self.below.setContentsMargins(0, 0, 0, 0)
        self.below.setSpacing(4)
        self.below.addWidget(self.value)
        head = row(text(title, "label"), self._mark, None, self._said, gap=8)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(12, 8, 12, 10)
        inside.setSpacing(12)
        inside.addWidget(key_cap(key), 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(column(head, self.below, gap=4), 1)
        self.set_current(False, "")

    def set_words(self, words: str, said: str, against: str) -> None:
        """The value whole; where it differs from the other one is marked. said: who wrote it, and when."""
        self._words, self._against = words, against
        self.look_changed()
        self._said.setText(said)
        self.setAccessibleName(f"{self._title} {words or self.tr('空')} {said}")

    def set_current(self, on: bool, words: str) -> None:
        """Is this the one that was taken? words: as a badge, so that it is not told by colour alone."""
        restyle(self, current="true" if on else "false")
        self._mark.setText(words)
        self._mark.setVisible(on)

    def look_changed(self) -> None:
        """The marks' colour is part of the words."""
        self.value.setText(marked(self._words, self._against) or self.tr("（空）"))

    def mousePressEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is not None and self.isEnabled():
            self.pressed.emit()
            a0.accept()


class ContestedPanel(QWidget):
    """The field in hand.

    Signals: taken(Side) on ours or the platform's; typed(text) when another value was typed; cursor_entered() when the
    line for it is in use, and must be in sight.
    """

    taken = pyqtSignal(object)
    typed = pyqtSignal(str)
    cursor_entered = pyqtSignal()

    def __init__(self, help: TypingHelp = PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("contested")
        self.setAccessibleName(self.tr("核对这一项"))
        self._help = help
        self._element: Element | None = None
        self._editor: Editor | None = None
        self._open = False
        self._title = text(role="heading", name="contested_title", wrap=True)
        self._note = text(role="soft", name="contested_note", wrap=True)
        self._before = text(role="soft", name="contested_before", wrap=True)
        self.ours = OptionCard("1", "contested_ours", self.tr("本窗更正"))
        self.theirs = OptionCard("2", "contested_theirs", self.tr("平台内容"))
        self.other = OptionCard("3", "contested_other", self.tr("另填"))
        self.ours.pressed.connect(lambda: self.taken.emit(Side.OURS))
        self.theirs.pressed.connect(lambda: self.taken.emit(Side.PLATFORM))
        self.other.pressed.connect(self.begin_typing)
        self._problem = text(role="faint", name="contested_problem", wrap=True)
        self.other.below.addWidget(self._problem)
        whole = column(self._title, self._note, self._before, self.ours, self.theirs, self.other, None, gap=8)
        self.setLayout(whole)
        self.set_place(None, False)

    def set_place(self, place: ContestedView | None, open_: bool) -> None:
        """Show a field. open_: may still be decided."""
        for part in (self._title, self._before, self.ours, self.theirs, self.other):
            part.setVisible(place is not None)
        set_text(self._note, "")
        self._open = open_ and place is not None
        if place is None:
            return
        self._title.setText(place.title)
        words = place.note if open_ else self.tr("已经决定，还没有上报；要改请按 Ctrl+Z 撤销。")
        set_text(self._note, words, Tone.WARNING if open_ else Tone.SUCCESS)
        self._before.setText(self.tr("原来：{0}").format(place.before or self.tr("（空）")))
        self.ours.set_words(place.ours, place.ours_said, place.theirs)
        self.theirs.set_words(place.theirs, place.theirs_said, place.ours)
        for card in (self.ours, self.theirs, self.other):
            card.setEnabled(open_)
        self.other.setVisible(place.element is not None and (open_ or place.side is Side.OTHER))
        self._set_element(place.element)

    def set_taken(self, side: Side, words: str, problem: str) -> None:
        """What was taken here. words: of another value; problem: what is wrong with it."""
        taken = self.tr("采用")
        self.ours.set_current(side is Side.OURS, taken)
        self.theirs.set_current(side is Side.PLATFORM, taken)
        self.other.set_current(side is Side.OTHER and not problem, taken)
        if self._editor is not None:
            self._editor.put(words if side is Side.OTHER else "")
        set_text(self._problem, problem, Tone.ERROR)

    def begin_typing(self) -> None:
        """3: put the cursor into the line for another value, where there is one."""
        if self._open and self._editor is not None:
            self._editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._editor.selectAll()
            self.cursor_entered.emit()

    def typing(self) -> bool:
        """Is the cursor in the line?"""
        return self._editor is not None and self._editor.hasFocus()

    def _set_element(self, element: Element | None) -> None:
        if self._editor is not None:
            self._editor.blockSignals(True)  # losing the focus now is no edit
            drop(self._editor)
        self._editor, self._element = None, element
        self.other.value.hide()
        if element is None:
            return
        made = make_editor(element, self.other, self._help)
        made.setObjectName("contested_editor")
        made.setAccessibleName(self.tr("另填的内容"))
        made.committed.connect(self._committed)
        made.entered.connect(made.commit)
        self.other.below.insertWidget(0, made)
        made.show()  # at once: the key that leads here may already be on its way
        self._editor = made

    def _committed(self, words: str) -> None:
        if words:
            self.typed.emit(words)


def marked(words: str, against: str) -> str:
    """A text as rich text, underlined, bold and in the colour of warnings where it differs from another."""
    # Of a name one character of three in common is enough: the others are what must be compared.
    places = differences(words, against, 0.3)
    ink = colours().warning
    parts = []
    for at, char in enumerate(words):
        shown = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "<br>", " ": "&nbsp;"}.get(char, char)
        parts.append(f'<span style="color:{ink}"><b><u>{shown}</u></b></span>' if at in places else shown)
    return "".join(parts)
