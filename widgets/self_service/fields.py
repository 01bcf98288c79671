"""One question for a finger: a line, buttons, or a list with a search; below it what is wrong, in plain words."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QWidget

from app.domain.item import ElementType
from app.domain.typing_help import PLACE, TypingHelp
from widgets.bits import button, clear, column, row, set_text, text
from widgets.editors import make_editor
from widgets.i18n import core_words, pick
from widgets.line import PLAIN, Editor
from widgets.self_service.keypad import DIGITS, ID_NUMBER, MONEY, PHONE
from widgets.self_service.views import QuestionView
from widgets.theme import restyle
from widgets.views import Tone

BUTTONS = 8
"""A choice of more answers is a list with a search."""
LINE_HIGH = 60
PLACES = 3
_PADS = {
    ElementType.DATE: DIGITS,
    ElementType.PHONE: PHONE,
    ElementType.ID_NUMBER: ID_NUMBER,
    ElementType.INTEGER: DIGITS,
    ElementType.DECIMAL: MONEY,
}


class QuestionField(QWidget):
    """Signals: said(key, value); entered(): on to the next; looked(): the cursor came."""

    said = pyqtSignal(str, str)
    entered = pyqtSignal()
    looked = pyqtSignal()

    def __init__(self, view: QuestionView) -> None:
        super().__init__()
        self.key = view.field.key
        self.field = view.field
        self.setObjectName(f"self_row_{self.key}")
        self.title = pick(view.field.title, view.field.title_en)
        self.setAccessibleName(self.title)
        self._problem = text(role="touch_problem", name=f"self_problem_{self.key}", wrap=True)
        set_text(self._problem, "")
        self._body = column(text(self.title, "touch_question"), gap=6)
        self.setLayout(self._body)

    @property
    def pad(self) -> tuple[str, ...]:
        """The keys that a finger needs here; none where digits are not enough."""
        return _PADS.get(self.field.element.type, ())

    def begin(self) -> None:
        """Take the cursor."""

    def commit(self) -> None:
        """Hand on what was typed."""

    def put(self, value: str) -> None:
        """Show a value."""

    def set_problem(self, words: str) -> None:
        """Say what is wrong; "" when nothing is."""
        set_text(self._problem, words, Tone.ERROR)

    @property
    def problem(self) -> str:
        return "" if self._problem.isHidden() else self._problem.text()


class LineField(QuestionField):
    """Typed. An address offers its divisions as buttons."""

    def __init__(self, view: QuestionView, help: TypingHelp = PLAIN) -> None:
        super().__init__(view)
        element = view.field.element
        self._help = help
        self._place = bool(element.schema.get(PLACE))
        self.editor = Editor(element, self, help) if self._place else make_editor(element, self, help)
        self.editor.setObjectName(self.key)
        self.editor.setProperty("kind", "touch")
        self.editor.setProperty("tone", "")
        self.editor.setMinimumHeight(LINE_HIGH)
        self.editor.setAccessibleName(self.title)
        self.editor.committed.connect(lambda value: self.said.emit(self.key, value))
        self.editor.entered.connect(self.entered)
        self.editor.focused.connect(self.looked)
        self._offers = row(gap=8)
        self._body.addWidget(self.editor)
        self._body.addLayout(self._offers)
        self._body.addWidget(self._problem)
        if self._place:
            self.editor.textEdited.connect(self._offer)
        self.put(view.value)

    def begin(self) -> None:
        # As by Tab: what stands there is marked, and the first key replaces it.
        self.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def commit(self) -> None:
        self.editor.commit()

    def put(self, value: str) -> None:
        self.editor.put(value)

    def set_problem(self, words: str) -> None:
        super().set_problem(words)
        restyle(self.editor, tone="error" if words else "")
        self.editor.setAccessibleDescription(words)

    def _offer(self, typed: str) -> None:
        clear(self._offers)
        for found in self._help.places(typed)[:PLACES] if typed.strip() else ():
            if found.value == typed:
                continue
            press = button(found.shown, "citizen", "self_place")
            press.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            press.clicked.connect(lambda _=False, words=found.value: self._take(words))
            self._offers.addWidget(press)
        self._offers.addStretch(1)

    def _take(self, words: str) -> None:
        # As if it were typed, so that it is handed on like any other text.
        self.editor.selectAll()
        self.editor.insert(words)
        self.editor.textEdited.emit(words)


class ButtonsField(QuestionField):
    """A choice of a few answers: a button each."""

    def __init__(self, view: QuestionView) -> None:
        super().__init__(view)
        codes = view.field.element.codes
        grid = QGridLayout()
        grid.setSpacing(10)
        across = 4 if max((len(words) for words in codes.values()), default=0) <= 7 else 2
        self._buttons: dict[str, QPushButton] = {}
        for at, (code, words) in enumerate(codes.items()):
            press = button(core_words(words), "touch_option", f"self_answer_{self.key}")
            press.setAccessibleName(f"{self.title} {core_words(words)}")
            press.setCheckable(True)
            press.clicked.connect(lambda _=False, said=code: self._press(said))
            press.installEventFilter(self)
            grid.addWidget(press, at // across, at % across)
            self._buttons[code] = press
        self._body.addLayout(grid)
        self._body.addWidget(self._problem)
        self.put(view.value)

    def begin(self) -> None:
        marked = next((press for press in self._buttons.values() if press.isChecked()), None)
        first = marked or next(iter(self._buttons.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def put(self, value: str) -> None:
        for code, press in self._buttons.items():
            press.setChecked(code == value)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        if a1 is not None and a1.type() == QEvent.Type.FocusIn:
            self.looked.emit()
        return False

    def _press(self, code: str) -> None:
        self.put(code)
        self.said.emit(self.key, code)


class ListField(QuestionField):
    """A choice of many answers: a search by words or pinyin over a list of large rows."""

    def __init__(self, view: QuestionView, help: TypingHelp = PLAIN) -> None:
        super().__init__(view)
        self._help = help
        self._codes = {code: core_words(words) for code, words in view.field.element.codes.items()}
        self._value = view.value
        self.search = QLineEdit()
        self.search.setObjectName(self.key)
        self.search.setProperty("kind", "touch")
        self.search.setMinimumHeight(LINE_HIGH)
        self.search.setAccessibleName(self.title)
        self.search.setPlaceholderText(QCoreApplication.translate("SelfService", "输入几个字或拼音首字母，在下面选"))
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._take_first)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setObjectName(f"self_list_{self.key}")
        self.list.setProperty("kind", "touch")
        self.list.setAccessibleName(self.title)
        self.list.setMinimumHeight(LINE_HIGH * 3)
        self.list.itemClicked.connect(self._taken)
        self.list.itemActivated.connect(self._taken)
        self._body.addWidget(self.search)
        self._body.addWidget(self.list, 1)
        self._body.addWidget(self._problem)
        self._fill("")

    def begin(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def put(self, value: str) -> None:
        self._value = value
        for at in range(self.list.count()):
            line = self.list.item(at)
            if line is not None and line.data(Qt.ItemDataRole.UserRole) == value:
                self.list.setCurrentItem(line)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        if a1 is not None and a1.type() == QEvent.Type.FocusIn:
            self.looked.emit()
        return False

    def _fill(self, words: str) -> None:
        self.list.clear()
        for found in self._help.choices(self._codes, words):
            line = QListWidgetItem(found.shown)
            line.setData(Qt.ItemDataRole.UserRole, found.value)
            line.setSizeHint(QSize(0, LINE_HIGH))
            self.list.addItem(line)
        self.put(self._value)

    def _take_first(self) -> None:
        line = self.list.currentItem() or self.list.item(0)
        if line is not None:
            self._taken(line)
            self.entered.emit()

    def _taken(self, line: QListWidgetItem) -> None:
        self._value = str(line.data(Qt.ItemDataRole.UserRole))
        self.said.emit(self.key, self._value)


def make_field(view: QuestionView, help: TypingHelp = PLAIN) -> QuestionField:
    """The field for a question."""
    element = view.field.element
    if element.type is not ElementType.CHOICE:
        return LineField(view, help)
    return ButtonsField(view) if len(element.codes) <= BUTTONS else ListField(view, help)
