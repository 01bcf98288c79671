"""The combined form alone: what is known, to be confirmed; then a few questions a page."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.typing_help import TypingHelp
from widgets.bits import ElidedLabel, button, column, row, text
from widgets.line import PLAIN
from widgets.self_service.fields import ListField, QuestionField, make_field
from widgets.self_service.keypad import DIGITS, Keypad
from widgets.self_service.views import KnownLine, QuestionView

KNOWN_ROWS = 5
LINE_HIGH = 64


class KnownPage(QWidget):
    """Signals: wrong(key): this is to be asked; code(): a licence on the telephone fills more; turned()."""

    wrong = pyqtSignal(str)
    code = pyqtSignal()
    turned = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("self_known")
        self.setAccessibleName(self.tr("这些已经有了，请看一看"))
        self._lines: tuple[KnownLine, ...] = ()
        self._at = 0
        self._title = text(self.tr("这些已经有了，请看一看"), "citizen_title")
        self._where = text(role="citizen_soft", name="self_known_where")
        self._none = text(
            self.tr("还没有已知的信息。有电子证照的，出示后会自动填上。"), "citizen", "self_known_none", wrap=True
        )
        show = button(self.tr("出示手机上的电子证照"), "citizen", "self_known_code")
        show.clicked.connect(lambda _=False: self.code.emit())
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(28)
        self._grid.setVerticalSpacing(6)
        for half in (0, 1):
            self._grid.setColumnMinimumWidth(half * 3, 130)
            self._grid.setColumnStretch(half * 3 + 1, 1)
        note = text(self.tr("证件上读来的有误，请到窗口说明。"), "citizen_soft")
        whole = column(row(self._title, None, self._where), self._none, self._grid, None, gap=12)
        whole.addLayout(row(note, None, show))
        self.setLayout(whole)

    def set_lines(self, lines: Sequence[KnownLine]) -> None:
        """Show the first page of them."""
        self._lines = tuple(lines)
        self._at = 0
        self._show()

    def turn(self, by: int) -> bool:
        """To another page; False when there is none."""
        if not 0 <= self._at + by < self._pages():
            return False
        self._at += by
        self._show()
        self.turned.emit()
        return True

    def _pages(self) -> int:
        return max(1, -(-len(self._lines) // (2 * KNOWN_ROWS)))

    def _show(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.setObjectName("")
                old.deleteLater()
        many = self._pages() > 1
        self._where.setText(self.tr("第 {0} 页，共 {1} 页").format(self._at + 1, self._pages()) if many else "")
        self._none.setVisible(not self._lines)
        shown = self._lines[self._at * 2 * KNOWN_ROWS : (self._at + 1) * 2 * KNOWN_ROWS]
        # Down the left half first: related answers stand below each other.
        for at, line in enumerate(shown):
            half, place = divmod(at, KNOWN_ROWS)
            title = ElidedLabel(line.title, "citizen_soft")
            title.setMinimumHeight(LINE_HIGH)
            self._grid.addWidget(title, place, half * 3)
            self._grid.addWidget(ElidedLabel(line.value, "citizen"), place, half * 3 + 1)
            if line.change:
                press = button(self.tr("改"), "touch_small", f"self_change_{line.key}")
                press.setAccessibleName(self.tr("改：{0}").format(line.title))
                press.clicked.connect(lambda _=False, key=line.key: self.wrong.emit(key))
                self._grid.addWidget(press, place, half * 3 + 2)


class QuestionsPage(QWidget):
    """A few questions with their checks. Signals: said(key, value); finished() on Enter in the last."""

    said = pyqtSignal(str, str)
    finished = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("self_questions")
        self.setAccessibleName(self.tr("请填写"))
        self.fields: list[QuestionField] = []
        self._help: TypingHelp = PLAIN
        self._title = text(role="citizen_title", name="self_section")
        self._left = text(role="citizen_soft", name="self_left")
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self.pad = Keypad(DIGITS)
        beside = row(gap=40)
        beside.addLayout(self._column, 1)
        beside.addWidget(self.pad, 0, Qt.AlignmentFlag.AlignTop)
        whole = column(row(self._title, None, self._left), beside, gap=10)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def set_help(self, help: TypingHelp) -> None:
        """Who understands what is typed."""
        self._help = help

    def set_questions(self, title: str, left: str, views: Sequence[QuestionView]) -> None:
        """Ask these; the first has the cursor once the page is shown."""
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.setObjectName("")
                old.deleteLater()
        self._title.setText(title)
        self._left.setText(left)
        self.fields = [make_field(view, self._help) for view in views]
        for at, field in enumerate(self.fields):
            field.said.connect(self.said)
            field.entered.connect(lambda at=at: self._go_on(at))
            field.looked.connect(lambda one=field: self._looked(one))
            self._column.addWidget(field, 1 if isinstance(field, ListField) else 0)
        if not any(isinstance(field, ListField) for field in self.fields):
            self._column.addStretch(1)
        self.set_problems({view.field.key: view.problem for view in views})
        if self.fields:
            self._looked(self.fields[0])

    def begin(self) -> None:
        """The cursor goes to the first question that has no answer or a wrong one."""
        wrong = next((field for field in self.fields if field.problem), None)
        first = wrong or (self.fields[0] if self.fields else None)
        if first is not None:
            first.begin()

    def commit(self) -> None:
        """Hand on what stands in the lines."""
        for field in self.fields:
            field.commit()

    def put(self, key: str, value: str) -> None:
        """Show a value as it was understood."""
        for field in self.fields:
            if field.key == key:
                field.put(value)

    def set_problems(self, problems: dict[str, str]) -> None:
        """Key -> words; a question that is not named is right."""
        for field in self.fields:
            field.set_problem(problems.get(field.key, ""))

    def _looked(self, field: QuestionField) -> None:
        if field.pad:
            self.pad.set_rows(field.pad)
        # It keeps its room, so that nothing moves under the finger.
        keep = self.pad.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.pad.setSizePolicy(keep)
        self.pad.setVisible(bool(field.pad))

    def _go_on(self, at: int) -> None:
        if at + 1 < len(self.fields):
            self.fields[at + 1].begin()
        else:
            self.finished.emit()
