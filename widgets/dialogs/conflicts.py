"""Corrections that do not agree with the platform: value by value, which one stands."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QScrollArea, QWidget

from app.domain.typing_help import TypingHelp
from widgets.bits import button, column, row, rule, set_text, text
from widgets.contested import ContestedPanel
from widgets.dialogs.base import BaseDialog
from widgets.line import PLAIN
from widgets.lines import Lines
from widgets.views import Tone
from widgets.views_amend import ConflictView, ContestedView, Side

_FEW_ROWS = 156


class ConflictsDialog(BaseDialog):
    """Cases above, their fields at the left, the field in hand at the right.

    Keys: 1 ours, 2 the platform's, 3 another; ↑ ↓ fields; PgUp PgDn cases; Ctrl+Z takes the last choice or decision
    back; Enter goes on to the next open field, and confirms when none is open; Esc decides later.
    Signals: typed(conflict id, place id, text); decided(conflict id, {place id: (side, text)}); undone(conflict id).
    """

    typed = pyqtSignal(int, str, str)
    decided = pyqtSignal(int, object)
    undone = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None, help: TypingHelp = PLAIN) -> None:
        super().__init__("conflicts", "", parent)
        self._head = self.tr("更正核对")
        self.setWindowTitle(self._head)
        self.setAccessibleName(self._head)
        self.rows: tuple[ConflictView, ...] = ()
        self._taken: dict[tuple[int, str], tuple[Side, str]] = {}
        self._steps: list[tuple[int, str]] = []
        self._wrong: dict[tuple[int, str], str] = {}
        self.table = Lines(
            "conflicts_table",
            self._head,
            (
                self.tr("受理流水号"),
                self.tr("事项"),
                self.tr("申请人"),
                self.tr("发现"),
                self.tr("更正原因"),
                self.tr("核对"),
            ),
            (176, 240, 84, 104, 180, 110),
            1,
        )
        self.table.setFixedHeight(_FEW_ROWS)
        self.table.itemSelectionChanged.connect(self._show_conflict)
        self.fields = Lines(
            "conflict_fields", self.tr("不一致的栏目"), (self.tr("栏目"), self.tr("采用")), (220, 104), 0
        )
        self.fields.itemSelectionChanged.connect(self._show_place)
        for listed in (self.table, self.fields):
            listed.installEventFilter(self)
        self.panel = ContestedPanel(help)
        self.panel.taken.connect(self._take)
        self.panel.typed.connect(self._typed)
        self._empty = text(
            self.tr("没有要核对的更正。\n更正和平台的内容有出入时，会列在这里，由您决定采用哪一个。"),
            "soft",
            "conflicts_empty",
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body = QWidget()
        self._body.setObjectName("conflicts_body")
        both = row(gap=16)
        both.addWidget(self.fields, 36)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("conflict_scroll")
        self._scroll.setAccessibleName(self.tr("核对这一项"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.panel)
        self.panel.setAutoFillBackground(False)
        self.panel.cursor_entered.connect(lambda: self._scroll.ensureWidgetVisible(self.panel.other))
        both.addWidget(self._scroll, 64)
        whole = column(self.table, rule(), gap=10)
        whole.addLayout(both, 1)
        self._body.setLayout(whole)
        self._message = text(role="soft", name="conflicts_message", wrap=True)
        self.content.setContentsMargins(24, 0, 24, 8)
        self.add(self._body, 1)
        self.add(self._empty, 1)
        self.add(self._message)
        self._undo = button(self.tr("撤销 Ctrl+Z"), name="conflicts_undo")
        self._undo.setShortcut("Ctrl+Z")
        self._later = button(self.tr("以后再定 Esc"), name="conflicts_later")
        self._confirm = button(self.tr("确认并上报 Enter"), "primary", "conflicts_confirm")
        self._undo.clicked.connect(self._take_back)
        self._later.clicked.connect(self.reject)
        self._confirm.clicked.connect(self._decide)
        self.add_buttons(self._undo, None, self._later, self._confirm)
        self.resize(1120, 672)
        self.set_loading()

    # -- setters ----------------------------------------------------------------------------------------------

    def set_loading(self) -> None:
        """Say that corrections are being looked up, while there is nothing to show."""
        if not self.rows:
            self.set_rows(())
            self._empty.setText(self.tr("正在读取…"))

    def set_rows(self, rows: Sequence[ConflictView]) -> None:
        """Show what is to be decided; selection and choices stay with what is still there."""
        before = self.conflict()
        self.rows = tuple(rows)
        here = {(view.id, place.id) for view in rows for place in view.places}
        self._taken = {key: taken for key, taken in self._taken.items() if key in here}
        self._steps = [step for step in self._steps if step in here]
        self._wrong = {key: words for key, words in self._wrong.items() if key in here}
        self._body.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(self.tr("没有要核对的更正。\n更正和平台的内容有出入时，会列在这里，由您决定采用哪一个。"))
        open_ = sum(not view.decided for view in rows)
        self.set_title(self._head, self.tr("{0} 件待核对").format(open_) if open_ else "")
        self._list()
        at = next((n for n, view in enumerate(rows) if before and view.id == before.id), 0)
        self.table.selectRow(at)
        self._show_conflict()
        if rows:
            self.fields.setFocus()

    def set_message(self, words: str, tone: Tone) -> None:
        """One line at the foot, e.g. why it could not be confirmed."""
        set_text(self._message, words, tone)

    def set_checked(self, conflict: int, place: str, value: str, shown: str, problem: str) -> None:
        """What became of what was typed. problem: "" when it may stand."""
        if self._taken.get((conflict, place), (Side.NONE, ""))[0] is not Side.OTHER:
            return  # another side was taken meanwhile
        self._wrong[conflict, place] = problem
        self._taken[conflict, place] = (Side.OTHER, value)
        self._list_fields()
        view, at = self.conflict(), self.place()
        if view is not None and at is not None and (view.id, at.id) == (conflict, place):
            self.panel.set_taken(Side.OTHER, shown, problem)
            if not problem:
                self._next_open()

    # -- what is in hand --------------------------------------------------------------------------------------

    def conflict(self) -> ConflictView | None:
        """The case in hand."""
        at = self.table.currentRow()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def place(self) -> ContestedView | None:
        """The field in hand."""
        view, at = self.conflict(), self.fields.currentRow()
        return view.places[at] if view is not None and 0 <= at < len(view.places) else None

    def taken(self, conflict: int, place: str) -> Side:
        """What was taken for a field and may stand."""
        side, _ = self._taken.get((conflict, place), (Side.NONE, ""))
        return Side.NONE if self._wrong.get((conflict, place)) else side

    def open_places(self, view: ConflictView) -> int:
        """How many fields of a case are open."""
        return 0 if view.decided else sum(not self.taken(view.id, place.id) for place in view.places)

    # -- inside -----------------------------------------------------------------------------------------------

    def _list(self) -> None:
        lines, tones = [], []
        for view in self.rows:
            left = self.open_places(view)
            words = self.tr("已定，待上报") if view.decided else self.tr("还有 {0} 项").format(left)
            if not left and not view.decided:
                words = self.tr("选好，待确认")
            lines.append((view.number, view.item, view.applicant, view.found, view.reason, words))
            tones.append({5: Tone.SUCCESS if not left else Tone.ERROR})
        self.table.set_lines(lines, tones)

    def _show_conflict(self) -> None:
        view = self.conflict()
        self._list_fields()
        if view is not None:
            at = next((n for n, place in enumerate(view.places) if not self.taken(view.id, place.id)), 0)
            self.fields.selectRow(at)
        self._show_place()

    def _list_fields(self) -> None:
        view = self.conflict()
        words = {
            Side.NONE: self.tr("未定"),
            Side.OURS: self.tr("本窗更正"),
            Side.PLATFORM: self.tr("平台内容"),
            Side.OTHER: self.tr("另填"),
        }
        lines, tones = [], []
        for place in view.places if view is not None else ():
            side = self._side(view, place) if view is not None else Side.NONE
            lines.append((place.title, words[side]))
            tones.append({1: Tone.SUCCESS if side else Tone.ERROR})
        self.fields.set_lines(lines, tones)
        self._offer()

    def _show_place(self) -> None:
        view, place = self.conflict(), self.place()
        if view is None or place is None:
            self.panel.set_place(None, False)
            return
        self.panel.set_place(place, not view.decided)
        side, value = self._taken.get((view.id, place.id), (Side.NONE, ""))
        if view.decided:
            side, value = place.side, place.other
        self.panel.set_taken(side, value, self._wrong.get((view.id, place.id), ""))

    def _take(self, side: Side) -> None:
        """1 or 2."""
        view, place = self.conflict(), self.place()
        if view is None or place is None or view.decided:
            return
        self.set_message("", Tone.NEUTRAL)
        self._wrong.pop((view.id, place.id), None)
        self._taken[view.id, place.id] = (side, "")
        self._steps.append((view.id, place.id))
        self.panel.set_taken(side, "", "")
        self._refreshed()
        self._next_open()

    def _typed(self, words: str) -> None:
        """3 and a text."""
        view, place = self.conflict(), self.place()
        if view is None or place is None or view.decided:
            return
        self._taken[view.id, place.id] = (Side.OTHER, words)
        self._wrong[view.id, place.id] = self.tr("正在检查…")
        self._steps.append((view.id, place.id))
        self.fields.setFocus()
        self.typed.emit(view.id, place.id, words)

    def _side(self, view: ConflictView, place: ContestedView) -> Side:
        return place.side if view.decided else self.taken(view.id, place.id)

    def _refreshed(self) -> None:
        at = self.table.currentRow()
        self._list()
        self.table.selectRow(at)
        self._list_fields()

    def _next_open(self) -> None:
        view = self.conflict()
        if view is None:
            return
        self._refreshed()
        here = self.fields.currentRow()
        order = [*range(here + 1, len(view.places)), *range(here + 1)]
        at = next((n for n in order if not self.taken(view.id, view.places[n].id)), here)
        self.fields.selectRow(at)
        self._show_place()
        self.fields.setFocus()

    def _enter(self) -> None:
        view = self.conflict()
        if view is None or view.decided:
            return
        if self.open_places(view):
            self._next_open()
        else:
            self._decide()

    def _decide(self) -> None:
        view = self.conflict()
        if view is not None and not view.decided and not self.open_places(view):
            taken = {place.id: self._taken[view.id, place.id] for place in view.places}
            self.decided.emit(view.id, taken)

    def _take_back(self) -> None:
        view = self.conflict()
        if view is None:
            return
        if view.decided:
            self.undone.emit(view.id)
            return
        last = next((step for step in reversed(self._steps) if step[0] == view.id), None)
        if last is None:
            return
        self._steps.reverse()
        self._steps.remove(last)
        self._steps.reverse()
        self._taken.pop(last, None)
        self._wrong.pop(last, None)
        self._refreshed()
        self.fields.selectRow(next(n for n, place in enumerate(view.places) if place.id == last[1]))
        self._show_place()

    def _offer(self) -> None:
        view = self.conflict()
        decided = view is not None and view.decided
        self._confirm.setVisible(view is not None and not decided)
        self._confirm.setEnabled(view is not None and not self.open_places(view))
        left = self.open_places(view) if view is not None else 0
        self._confirm.setToolTip(self.tr("还有 {0} 项没有选定").format(left) if left else "")
        can_undo = decided or any(view is not None and step[0] == view.id for step in self._steps)
        self._undo.setVisible(can_undo)
        words = self.tr("以后再定 Esc") if left else self.tr("关闭 Esc")
        self._later.setText(words)
        self._later.setAccessibleName(words)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        # A table would take a digit for the beginning of a word that it should look for.
        if isinstance(a1, QKeyEvent) and a1.type() == QEvent.Type.KeyPress and self._key(a1):
            a1.accept()
            return True
        return super().eventFilter(a0, a1)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and not self.panel.typing() and self._key(a0):
            a0.accept()
            return
        super().keyPressEvent(a0)

    def _key(self, event: QKeyEvent) -> bool:
        """Do what a key means here; False for one that means nothing."""
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in (Qt.Key.Key_1, Qt.Key.Key_2):
            self._take(Side.OURS if key == Qt.Key.Key_1 else Side.PLATFORM)
        elif key == Qt.Key.Key_3:
            self.panel.begin_typing()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and self.rows:
            step = 1 if key == Qt.Key.Key_PageDown else -1
            self.table.selectRow((self.table.currentRow() + step) % len(self.rows))
            self.fields.setFocus()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            return False
        return True
