"""One licence in full: what it is and whose, how far it can be trusted and why, what it would fill and spare."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QImage, QKeyEvent
from PyQt6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from widgets.bits import badge, button, clear, column, row, rule, set_text, text, tone_icon
from widgets.dialogs.base import BaseDialog
from widgets.page_sheet import PageSheet
from widgets.views import Tone
from widgets.views_licence import LicenceDetail, LicenceFactRow

_PLAIN, _WITH_PAGE = (720, 620), (1180, 660)
"""Pixels, at first."""


class LicenceDialog(BaseDialog):
    """Keys: ↑ ↓ and Space tick what is taken over, Enter takes it; V shows the holder; N the next licence; Page ↓ ↑
    scrolls; P shows a file's page alone, and the details again; Esc closes.
    For somebody else's licence: number keys take a usual reason, or it is typed, and Enter relies on it.

    Signals: chosen(form keys) those to take over; relied(reason); reveal_asked(); next_asked().
    """

    chosen = pyqtSignal(list)
    relied = pyqtSignal(str)
    reveal_asked = pyqtSignal()
    next_asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("licence", "", parent)
        words = self.tr("证照详情")
        self.setWindowTitle(words)
        self.setAccessibleName(words)
        self._detail: LicenceDetail | None = None
        self._ticks: dict[str, QCheckBox] = {}
        self._holder = text(role="strong", name="licence_holder", wrap=True)
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(0, 0, 8, 0)
        self._inside.setSpacing(8)
        page = QWidget()
        page.setObjectName("page")
        page.setLayout(self._inside)
        area = QScrollArea()
        area.setObjectName("licence_area")
        area.setAccessibleName(words)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        self._area = area
        self.reason = QLineEdit()
        self.reason.setObjectName("licence_reason")
        self.reason.setAccessibleName(self.tr("采用他人证照的理由"))
        self.reason.setPlaceholderText(self.tr("写明为什么可以采用，会留下记录"))
        self.reason.setMaxLength(100)
        self.reason.textChanged.connect(self._offer)
        self.reason.installEventFilter(self)
        self._why = text(
            self.tr("持有人不是来访人，现在什么也不填、不免交。确需采用须写明理由："), name="licence_why", wrap=True
        )
        self._usual = row(gap=8)
        self._error = text(name="licence_error", wrap=True)
        self._ask = QWidget()
        self._ask.setObjectName("licence_ask")
        asked = column(self._why, self._usual, self.reason, self._error, gap=8)
        self._ask.setLayout(asked)
        self._sheet = PageSheet()
        self._sheet.setVisible(False)
        self._sides = row(gap=16)
        self._sides.addWidget(self._sheet, 5)
        self._sides.addWidget(area, 4)
        beside = QWidget()
        beside.setLayout(self._sides)
        self.add(beside, 1)
        self.add(self._ask)
        self._next = button(self.tr("下一张 N"), name="licence_next")
        self._next.setShortcut("N")
        self._reveal = button(self.tr("显示持有人 V"), name="licence_reveal")
        self._reveal.setShortcut("V")
        self._close = button(self.tr("关闭 Esc"), name="licence_close")
        self._go = button("", "primary", "licence_go")
        self._large = button(self.tr("看大图 P"), name="licence_large")
        self._large.setShortcut("P")
        self._large.setCheckable(True)
        self._large.toggled.connect(lambda on: self._area.setVisible(not on))
        self._large.setVisible(False)
        self._next.clicked.connect(self.next_asked)
        self._reveal.clicked.connect(self.reveal_asked)
        self._close.clicked.connect(self.reject)
        self._go.clicked.connect(self._lead_on)
        self.add_buttons(self._reveal, self._next, self._large, None, self._close, self._go, default=self._go)
        self.resize(*_PLAIN)

    def set_picture(self, picture: QImage | None) -> None:
        """The page of a licence that came as a file, beside what it says; None for a scanned code."""
        had = self._sheet.isVisibleTo(self)
        self._sheet.set_picture(picture)
        self._sheet.setVisible(picture is not None)
        self._large.setVisible(picture is not None)
        if picture is None:
            self._large.setChecked(False)
        if (picture is not None) != had:
            self.resize(*(_WITH_PAGE if picture is not None else _PLAIN))

    def set_detail(self, detail: LicenceDetail) -> None:
        """Show a licence. What was typed as a reason stays while the same one needs it."""
        before, self._detail = self._detail, detail
        self.set_title(detail.title, detail.place)
        clear(self._inside)
        self._ticks = {}
        self._holder = text(detail.holder, "strong", "licence_holder", wrap=True)
        badges = row(badge(detail.verdict, detail.tone))
        if detail.relied:
            badges.addWidget(badge(self.tr("他人的，已写明理由"), Tone.INFO))
        elif detail.match_tone is Tone.ERROR:
            # A green verdict must not be all that a quick eye sees.
            badges.addWidget(badge(self.tr("不是来访人的"), Tone.ERROR))
        badges.addStretch(1)
        self._inside.addLayout(badges)
        self._inside.addWidget(text(detail.reason, "soft", "licence_why_verdict", wrap=True))
        self._inside.addLayout(self._lines(detail))
        if detail.facts or detail.more:
            self._inside.addWidget(rule())
            self._inside.addWidget(text(self.tr("填入表单"), "heading"))
            self._inside.addLayout(self._facts(detail))
        if detail.waives:
            self._inside.addWidget(rule())
            self._inside.addWidget(text(self.tr("免交材料"), "heading"))
            self._inside.addWidget(text(detail.waives, name="licence_waives", wrap=True))
        self._inside.addStretch(1)
        self._next.setVisible(bool(detail.place))
        if before is None or (before.title, before.lines) != (detail.title, detail.lines) or not detail.needs_reason:
            self.reason.clear()
        self._show_reasons(detail)
        self._offer()
        if detail.needs_reason:
            self.reason.setFocus()
        elif self._go.isVisibleTo(self):
            self._go.setFocus()
        else:
            self._close.setFocus()

    def set_holder(self, words: str) -> None:
        """The holder in the open, or masked again."""
        self._holder.setText(words)

    def set_error(self, words: str) -> None:
        """Why the reason was not taken."""
        set_text(self._error, words, Tone.ERROR)

    def ticked(self) -> list[str]:
        """The form keys to take over; those that cannot be chosen now are as they were."""
        facts = self._detail.facts if self._detail else ()
        return [f.key for f in facts if (self._ticks[f.key].isChecked() if f.key in self._ticks else f.ticked)]

    def _lines(self, detail: LicenceDetail) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, 72)
        grid.setColumnStretch(1, 1)
        match = text(detail.match, "soft", "licence_match", wrap=True)
        match.setProperty("tone", detail.match_tone.value)
        whose = row(column(tone_icon(detail.match_tone, 16), None, gap=0), gap=6)
        whose.addWidget(match, 1)
        top = Qt.AlignmentFlag.AlignTop
        place = 0
        if detail.holder:
            grid.addWidget(text(self.tr("持有人"), "label"), place, 0, top)
            grid.addWidget(self._holder, place, 1)
            place += 1
        if detail.match:
            grid.addWidget(text(self.tr("与来访人"), "label"), place, 0, top)
            grid.addLayout(whose, place, 1)
            place += 1
        lines = [*detail.lines, (self.tr("采用理由"), detail.relied)]
        for title, words in lines:
            if words:
                grid.addWidget(text(title, "label"), place, 0, top)
                value = text(words, wrap=True)
                value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.addWidget(value, place, 1)
                place += 1
        if detail.list_words:
            note = text(detail.list_words, name="licence_list", wrap=True)
            note.setProperty("tone", detail.list_tone.value)
            grid.addWidget(text(self.tr("信任名单"), "label"), place, 0, top)
            grid.addWidget(note, place, 1)
        return grid

    def _facts(self, detail: LicenceDetail) -> QVBoxLayout:
        whole = column(gap=4)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, 150)
        grid.setColumnStretch(1, 1)
        for place, fact in enumerate(detail.facts):
            self._add_fact(grid, place, fact)
        whole.addLayout(grid)
        if detail.more:
            whole.addWidget(text(detail.more, "faint", "licence_more", wrap=True))
        return whole

    def _add_fact(self, grid: QGridLayout, place: int, fact: LicenceFactRow) -> None:
        spoken = " ".join(part for part in (fact.title, fact.value, fact.state) if part)
        if fact.can_tick:
            tick = QCheckBox(fact.title)
            tick.setObjectName(f"licence_tick_{fact.key}")
            tick.setAccessibleName(spoken)
            tick.setChecked(fact.ticked)
            tick.toggled.connect(self._offer)
            self._ticks[fact.key] = tick
            grid.addWidget(tick, place, 0, Qt.AlignmentFlag.AlignTop)
        else:
            name = text(fact.title, "label")
            name.setAccessibleName(spoken)
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text(fact.value, wrap=True), place, 1)
        if fact.state:
            grid.addWidget(badge(fact.state, fact.tone), place, 2, Qt.AlignmentFlag.AlignRight)

    def _show_reasons(self, detail: LicenceDetail) -> None:
        clear(self._usual)
        set_text(self._error, "")
        self._ask.setVisible(detail.needs_reason)
        for number, words in enumerate(detail.reasons, 1):
            choice = button(f"{number}  {words}", "choice", f"licence_reason_{number}")
            choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            choice.clicked.connect(lambda _=False, words=words: self._take_usual(words))
            self._usual.addWidget(choice)
        self._usual.addStretch(1)

    def _take_usual(self, words: str) -> None:
        self.reason.setText(words)
        self.reason.setFocus()

    def _changed(self) -> bool:
        facts = self._detail.facts if self._detail else ()
        return self.ticked() != [fact.key for fact in facts if fact.ticked]

    def _offer(self) -> None:
        """The button that leads on: for what is to be decided, else there is none and Enter closes."""
        needs = self._detail is not None and self._detail.needs_reason
        words = self.tr("写明理由并采用 Enter") if needs else self.tr("采用所选 Enter")
        self._go.setText(words)
        self._go.setAccessibleName(words)
        self._go.setVisible(needs or bool(self._ticks))
        self._go.setEnabled(bool(self.reason.text().strip()) if needs else True)

    def _lead_on(self) -> None:
        if self._detail is not None and self._detail.needs_reason:
            self.relied.emit(self.reason.text())
            return
        keys, changed = self.ticked(), self._changed()
        self.accept()
        if changed:
            self.chosen.emit(keys)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        # A reason never begins with a figure: there it chooses among the usual ones.
        if a0 is self.reason and isinstance(a1, QKeyEvent) and a1.type() == QEvent.Type.KeyPress:
            return not self.reason.text() and self._take_by_key(a1.key())
        return super().eventFilter(a0, a1)

    def _take_by_key(self, key: int) -> bool:
        reasons = self._detail.reasons if self._detail is not None and self._detail.needs_reason else ()
        place = key - Qt.Key.Key_1
        if not 0 <= place < len(reasons):
            return False
        self._take_usual(reasons[place])
        return True

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        key = a0.key() if a0 is not None else 0
        typing = self.reason.hasFocus()
        if a0 is not None and key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not typing:
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
            a0.accept()
        elif a0 is not None and key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            bar = self._area.verticalScrollBar()
            if bar is not None:
                bar.setValue(bar.value() + bar.pageStep() * (1 if key == Qt.Key.Key_PageDown else -1))
            a0.accept()
        elif a0 is not None and not typing and self._take_by_key(key):
            a0.accept()
        elif a0 is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._go.isVisible():
            focused = self.focusWidget()
            (focused if isinstance(focused, QPushButton) else self._close).click()
            a0.accept()
        else:
            super().keyPressEvent(a0)
