"""约下次来的时间: two weeks of days, the slots of one, and what the visitor has booked already."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from widgets.bits import button, column, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import Lines, select_row
from widgets.views import Tone
from widgets.views_booking import DayView, MineView, SlotView


class BookAheadDialog(BaseDialog):
    """Days at the left, slots in the middle, the visitor's bookings and telephone at the right.

    Keys: ↓ ↑ choose, → ← between days and slots; Enter books, or moves what is being moved; Alt+M moves the marked
    booking, Alt+X cancels it, Alt+P prints its slip; Alt+N and Alt+B turn to the next and the last two weeks; Alt+R
    reads anew. Signals: booked(day, time, phone, moved code or ""), cancelled(code), print_requested(code),
    turned(+1 or -1), reread().
    """

    booked = pyqtSignal(str, str, str, str)
    cancelled = pyqtSignal(str)
    print_requested = pyqtSignal(str)
    turned = pyqtSignal(int)
    reread = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("book_ahead", "", parent)
        self._head = self.tr("约下次来的时间")
        self.set_title(self._head)
        self.setWindowTitle(self._head)
        self.setAccessibleName(self._head)
        self.days: tuple[DayView, ...] = ()
        self.mine: tuple[MineView, ...] = ()
        self._moving = ""
        self._busy = False
        self.day_table = Lines("book_days", self.tr("日期"), (self.tr("日期"), self.tr("余号")), [190, 110], 0)
        self.slot_table = Lines(
            "book_slots", self.tr("时段"), (self.tr("时段"), self.tr("余号"), ""), [130, 80, 90], 0
        )  # fmt: skip
        self.mine_table = Lines(
            "book_mine", self.tr("已有的预约"), (self.tr("已约的时间"), self.tr("办理内容")), [170, 130], 1
        )  # fmt: skip
        self.day_table.itemSelectionChanged.connect(self._show_slots)
        self.slot_table.itemSelectionChanged.connect(self._show_choice)
        self.mine_table.itemSelectionChanged.connect(self._show_mine)
        self.slot_table.setMinimumWidth(270)
        for table in (self.day_table, self.slot_table):
            table.opened.connect(lambda _: self._book())
            table.installEventFilter(self)
        self.phone = QLineEdit()
        self.phone.setObjectName("book_phone")
        self.phone.setAccessibleName(self.tr("联系电话"))
        self.phone.setPlaceholderText(self.tr("改时间时找得到人"))
        self.phone.setMaxLength(24)
        self.phone.textChanged.connect(self._show_choice)
        parts = row(gap=16)
        parts.addLayout(self._make_days(), 5)
        parts.addWidget(self.slot_table, 5)
        parts.addLayout(self._make_side(), 6)
        self.add(parts, 1)
        self._choice = text(role="strong", name="book_choice", wrap=True)
        self.add(self._choice)
        self._said = text(role="soft", name="book_said", wrap=True)
        self._said.setMinimumHeight(20)
        self.add(self._said)
        self._again = button(self.tr("重新读取 Alt+R"), name="book_again")
        self._again.setShortcut("Alt+R")
        self._again.clicked.connect(self.reread)
        close = button(self.tr("关闭 Esc"), name="book_close")
        close.clicked.connect(self.reject)
        self._go = button(self.tr("预约 Enter"), "primary", "book_go")
        self._go.clicked.connect(self._book)
        self.add_buttons(self._again, None, close, self._go, default=self._go)
        self.resize(1120, 600)
        self.set_mine(())
        self.set_days(())

    # --------------------------------------------------------------------------------------------- what is shown

    def start(self, below: str, phone: str) -> None:
        """For another visitor: nothing is chosen yet. below: who, and what for."""
        self.set_title(self._head, below)
        self._moving = ""
        self.phone.setText(phone)
        self.set_days(())
        self.set_mine(())
        self.say("")
        self.day_table.setFocus()

    def set_days(self, days: Sequence[DayView], *, earlier: bool = False, later: bool = False) -> None:
        """Show these days; the chosen day and slot stay chosen while they are there. earlier, later: there are more."""
        kept, slot = self._day(), self.chosen()
        self.days = tuple(days)
        self._earlier.setEnabled(earlier)
        self._later.setEnabled(later)
        tones = [{1: Tone.SUCCESS if day.free else Tone.NEUTRAL} for day in days]
        self.day_table.set_lines([(day.words, day.state) for day in days], tones, [day.free for day in days])
        wanted = kept.id if kept is not None else ""
        first = next((n for n, day in enumerate(days) if day.free), 0)
        select_row(self.day_table, next((n for n, day in enumerate(days) if day.id == wanted), first))
        day = self._day()
        stays = slot is not None and day is not None and slot[0] == day.id
        self._show_slots(slot[1] if stays and slot is not None else "")

    def set_mine(self, mine: Sequence[MineView], marked: str = "") -> None:
        """What the visitor has booked. marked: the code of the one to mark."""
        before = self._marked()
        self.mine = tuple(mine)
        wanted = marked or (before.code if before is not None else "")
        if self._moving not in [one.code for one in mine]:
            self._moving = ""
        tones = [{1: Tone.WARNING} if one.outside else {} for one in mine]
        closed = self.tr("窗口不开放：{0}")
        about = [closed.format(one.about) if one.outside else one.about for one in mine]
        self.mine_table.set_lines([(one.words, what) for one, what in zip(mine, about, strict=True)], tones)
        select_row(self.mine_table, next((n for n, one in enumerate(mine) if one.code == wanted), 0))
        self._show_mine()

    def set_busy(self, busy: bool) -> None:
        """Something is asked: nothing is asked beside it."""
        self._busy = busy
        self._again.setEnabled(not busy)
        self._show_choice()
        self._show_mine()

    def say(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """What happened and what to do."""
        set_text(self._said, words, tone)
        self._said.setVisible(True)

    def chosen(self) -> tuple[str, str] | None:
        """Day and time; None while no place is marked."""
        day, slot = self._day(), self._slot()
        return (day.id, slot.time) if day is not None and slot is not None and slot.left else None

    # ------------------------------------------------------------------------------------------------- the hands

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        """→ from a day to its slots, ← back."""
        if isinstance(a1, QKeyEvent) and a1.type() == QEvent.Type.KeyPress:
            to = {Qt.Key.Key_Right: self.slot_table, Qt.Key.Key_Left: self.day_table}.get(Qt.Key(a1.key()))
            if to is not None and a0 in (self.day_table, self.slot_table):
                to.setFocus()
                return True
        return super().eventFilter(a0, a1)

    def _book(self) -> None:
        chosen = self.chosen()
        if chosen is not None and not self._busy:
            self.booked.emit(*chosen, self.phone.text().strip(), self._moving)

    def _move(self, on: bool) -> None:
        marked = self._marked()
        self._moving = marked.code if on and marked is not None else ""
        self._show_choice()
        (self.day_table if on else self.mine_table).setFocus()

    def _cancel(self) -> None:
        marked = self._marked()
        if marked is not None and not self._busy:
            self.cancelled.emit(marked.code)

    def _print(self) -> None:
        marked = self._marked()
        if marked is not None and not self._busy:
            self.print_requested.emit(marked.code)

    # -------------------------------------------------------------------------------------------------- redrawing

    def _show_slots(self, wanted: str = "") -> None:
        day = self._day()
        slots = day.slots if day is not None else ()
        tones = [{1: Tone.NEUTRAL if not slot.left else Tone.SUCCESS, 2: Tone.INFO} for slot in slots]
        full, extended = self.tr("约满"), self.tr("延时服务")
        lines = [
            (slot.words, str(slot.left) if slot.left else full, extended if slot.extended else "") for slot in slots
        ]
        self.slot_table.set_lines(lines, tones)
        first = next((n for n, slot in enumerate(slots) if slot.left), 0)
        select_row(self.slot_table, next((n for n, slot in enumerate(slots) if slot.time == wanted), first))
        self._show_choice()

    def _show_choice(self) -> None:
        day, slot, chosen = self._day(), self._slot(), self.chosen()
        moving = next((one for one in self.mine if one.code == self._moving), None)
        self._moves.blockSignals(True)
        self._moves.setChecked(moving is not None)
        self._moves.blockSignals(False)
        self._go.setText(self.tr("改到这个时间 Enter") if moving is not None else self.tr("预约 Enter"))
        self._go.setEnabled(chosen is not None and not self._busy)
        if chosen is None or day is None or slot is None:
            words = self.tr("这个时段没有号了，请选别的时间") if slot is not None else ""
        else:
            words = self.tr("{0} {1}").format(day.words, slot.words)
            if slot.extended:
                words = self.tr("{0}（延时服务）").format(words)
            if moving is not None:
                words = self.tr("改期：{0} → {1}").format(moving.words, words)
            else:
                words = self.tr("要约的时间：{0}").format(words)
        self._choice.setText(words)

    def _show_mine(self) -> None:
        usable = self._marked() is not None and not self._busy
        for one in (self._moves, self._cancels, self._prints):
            one.setEnabled(usable)
        marked = self._marked()
        if self._moving and marked is not None and marked.code != self._moving:
            self._moving = ""
            self._show_choice()

    def _day(self) -> DayView | None:
        at = self.day_table.currentRow()
        return self.days[at] if 0 <= at < len(self.days) else None

    def _slot(self) -> SlotView | None:
        day, at = self._day(), self.slot_table.currentRow()
        return day.slots[at] if day is not None and 0 <= at < len(day.slots) else None

    def _marked(self) -> MineView | None:
        at = self.mine_table.currentRow()
        return self.mine[at] if 0 <= at < len(self.mine) else None

    # ----------------------------------------------------------------------------------------------- how it is made

    def _make_days(self) -> QVBoxLayout:
        self._earlier = button(self.tr("前两周 Alt+B"), name="book_earlier")
        self._earlier.setShortcut("Alt+B")
        self._earlier.clicked.connect(lambda: self.turned.emit(-1))
        self._later = button(self.tr("后两周 Alt+N"), name="book_later")
        self._later.setShortcut("Alt+N")
        self._later.clicked.connect(lambda: self.turned.emit(1))
        return column(self.day_table, row(self._earlier, self._later, None), gap=8)

    def _make_side(self) -> QVBoxLayout:
        self._moves = button(self.tr("改期 Alt+M"), name="book_move")
        self._moves.setShortcut("Alt+M")
        self._moves.setCheckable(True)
        self._moves.toggled.connect(self._move)
        self._cancels = button(self.tr("取消预约 Alt+X"), name="book_cancel")
        self._cancels.setShortcut("Alt+X")
        self._cancels.clicked.connect(self._cancel)
        self._prints = button(self.tr("打印预约单 Alt+P"), name="book_print")
        self._prints.setShortcut("Alt+P")
        self._prints.clicked.connect(self._print)
        label = text(self.tr("联系电话"), "soft")
        label.setBuddy(self.phone)
        self.mine_table.setMinimumWidth(270)
        return column(
            label, self.phone, text(self.tr("这位来访者已有的预约"), "soft"), self.mine_table,
            row(self._moves, self._cancels, None), row(self._prints, None), gap=8,
        )  # fmt: skip
