"""Second page of an assessment: the points, group by group, each answered with one key."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QCheckBox, QHBoxLayout, QHeaderView, QPushButton, QScrollArea, QVBoxLayout, QWidget

from widgets.bits import badge, button, clear, column, row, set_text, text
from widgets.lines import Lines, select_row
from widgets.views import Tone
from widgets.views_assessment import AnswerWords, GroupView, PointView

MET, UNMET, NONE, BACK = "met", "unmet", "none", "back"
_KEYS = {
    Qt.Key.Key_Space: MET,
    Qt.Key.Key_1: MET,
    Qt.Key.Key_2: UNMET,
    Qt.Key.Key_3: NONE,
    Qt.Key.Key_Backspace: BACK,
}
_LETTERS = "ABCDEFGH"


class _Table(Lines):
    """The points of a group. Signals: key(word): an answer, "next", "group+1", "group-1", or a letter of a measure."""

    key = pyqtSignal(str)

    def keyPressEvent(self, e: QKeyEvent | None) -> None:
        word = self._word(e) if e is not None else ""
        if e is not None and e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and _ctrl(e):
            e.ignore()  # the dialog's
            return
        if e is None or not word:
            super().keyPressEvent(e)
            return
        e.accept()
        self.key.emit(word)

    def _word(self, e: QKeyEvent) -> str:
        key, ctrl = Qt.Key(e.key()), _ctrl(e)
        if key is Qt.Key.Key_F5:
            return "next"
        if key is Qt.Key.Key_Down and (ctrl or self.currentRow() == self.rowCount() - 1):
            return "group+1"
        if key is Qt.Key.Key_Up and (ctrl or self.currentRow() == 0):
            return "group-1"
        if ctrl:
            return ""
        if key in _KEYS:
            return _KEYS[key]
        letter = e.text().upper()
        return letter if len(letter) == 1 and letter in _LETTERS else ""


def _ctrl(e: QKeyEvent) -> bool:
    return bool(e.modifiers() & Qt.KeyboardModifier.ControlModifier)


class AssessmentPoints(QWidget):
    """Groups at the left, the points of one in the middle, one point in full at the right.

    Keys: Space or 1, 2, 3 answer; A … H tick one measure; Backspace takes an answer back; ↓ ↑ and Ctrl+↓ ↑ go from
    point to point and from group to group; F5 goes to the next open one. Signals: answered(point, answer),
    ticked(point, place of the measure), next_open(point).
    """

    answered = pyqtSignal(str, str)
    ticked = pyqtSignal(str, int)
    next_open = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("assessment_points")
        self.groups: tuple[GroupView, ...] = ()
        self._at = 0
        fit, rest = QHeaderView.ResizeMode.ResizeToContents, QHeaderView.ResizeMode.Stretch
        self.list = Lines("assessment_groups", self.tr("维度"), (self.tr("维度"), self.tr("已答")), (150, 64), 0)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFixedWidth(236)
        self.table = _Table(
            "assessment_table", self.tr("各项"), ("", self.tr("内容"), self.tr("结果")), (44, 240, 96), 1
        )  # fmt: skip
        if (head := self.table.horizontalHeader()) is not None:
            for place, mode in enumerate((fit, rest, fit)):
                head.setSectionResizeMode(place, mode)
        self.list.itemSelectionChanged.connect(self._group_chosen)
        self.table.itemSelectionChanged.connect(self._show)
        self.table.opened.connect(lambda _: self.next_open.emit(self.current()))
        self.table.key.connect(self._key)
        line = row(gap=16)
        line.addWidget(self.list)
        line.addWidget(self.table, 3)
        line.addWidget(self._make_panel(), 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(line)
        self.set_words(AnswerWords())

    def set_words(self, words: AnswerWords) -> None:
        """What the answers are called."""
        for made, said, key in (
            (self._met, words.met, self.tr("空格 1")),
            (self._unmet, words.unmet, "2"),
            (self._none, words.none, "3"),
        ):
            made.setText(f"{said}  {key}")
            made.setAccessibleName(said)

    def set_groups(self, groups: Sequence[GroupView]) -> None:
        """Show these; the place stays."""
        self.groups = tuple(groups)
        self._at = min(self._at, max(len(groups) - 1, 0))
        self.list.set_lines(
            [(one.words, f"{one.done}/{len(one.points)}") for one in groups],
            [{1: Tone.SUCCESS} if one.done == len(one.points) else {} for one in groups],
        )
        self._fill()

    def go(self, point: str) -> None:
        """Mark a point, in whichever group it is."""
        for at, group in enumerate(self.groups):
            for place, one in enumerate(group.points):
                if one.id == point:
                    if at != self._at:
                        self._at = at
                        self._fill()
                    select_row(self.table, place)
                    return

    def current(self) -> str:
        """The marked point; "" for none."""
        point = self._point()
        return point.id if point is not None else ""

    def _point(self) -> PointView | None:
        points = self.groups[self._at].points if self.groups else ()
        at = self.table.currentRow()
        return points[at] if 0 <= at < len(points) else None

    def _fill(self) -> None:
        self.list.blockSignals(True)
        select_row(self.list, self._at)
        self.list.blockSignals(False)
        points = self.groups[self._at].points if self.groups else ()
        self.table.set_lines(
            [("★" if p.blocking else "", p.words, p.state or "—") for p in points],
            [{0: Tone.ERROR, 2: p.tone} for p in points],
        )
        self._show()

    def _group_chosen(self) -> None:
        at = self.list.currentRow()
        if 0 <= at < len(self.groups) and at != self._at:
            self._turn(at)

    def _turn(self, at: int, last: bool = False) -> None:
        if not 0 <= at < len(self.groups):
            return
        self._at = at
        self._fill()
        select_row(self.table, len(self.groups[at].points) - 1 if last else 0)
        self.table.setFocus()

    def _key(self, word: str) -> None:
        point = self.current()
        if word == "next":
            self.next_open.emit(point)
        elif word.startswith("group"):
            by = int(word.removeprefix("group"))
            self._turn(self._at + by, last=by < 0 and self.table.currentRow() == 0)
        elif point and word in (MET, UNMET, NONE, BACK):
            self.answered.emit(point, word)
        elif point:
            self._tick(_LETTERS.index(word))

    def _tick(self, place: int) -> None:
        point = self._point()
        if point is not None and place < len(point.measures):
            self.ticked.emit(point.id, place)

    def _make_panel(self) -> QScrollArea:
        page = QWidget()
        page.setObjectName("page")
        self._name = text(role="strong", name="assessment_point", wrap=True)
        self._notes = QHBoxLayout()
        self._measures = QVBoxLayout()
        self._measures.setSpacing(8)
        self._met, self._unmet, self._none = (self._answer(word) for word in (MET, UNMET, NONE))
        inside = column(self._name, gap=10)
        inside.addLayout(self._notes)
        inside.addWidget(text(self.tr("应当落实的措施"), "label"))
        inside.addLayout(self._measures)
        inside.addSpacing(8)
        inside.addLayout(column(self._met, self._unmet, self._none, gap=6))  # side by side they do not fit at 200 %
        inside.addStretch(1)
        inside.setContentsMargins(0, 0, 8, 0)
        page.setLayout(inside)
        panel = QScrollArea()
        panel.setObjectName("assessment_panel")
        panel.setAccessibleName(self.tr("这一项"))
        panel.setWidgetResizable(True)
        panel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        panel.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        panel.setWidget(page)
        return panel

    def _answer(self, word: str) -> QPushButton:
        made = button("", name=f"assessment_{word}")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(lambda: self._key(word))
        return made

    def _show(self) -> None:
        point = self._point()
        clear(self._notes)
        clear(self._measures)
        set_text(self._name, point.words if point else "")
        if point is None:
            return
        for words in point.notes:
            self._notes.addWidget(badge(words, Tone.WARNING if words.startswith("★") else Tone.INFO))
        self._notes.addStretch(1)
        for place, measure in enumerate(point.measures):
            tick = QCheckBox(f"{_LETTERS[place]}  {measure.words}")
            tick.setObjectName(f"assessment_measure_{place}")
            tick.setAccessibleName(measure.words)
            tick.setToolTip(measure.words)
            tick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            tick.setChecked(bool(measure.done))
            tick.clicked.connect(lambda _=False, at=place: self._tick(at))
            self._measures.addWidget(tick)
