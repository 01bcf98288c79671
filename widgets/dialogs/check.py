"""The last look before accepting: what will be accepted, with what, and what stands against it."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from widgets.bits import badge, button, column, row, text, tone_icon
from widgets.dialogs.base import BaseDialog
from widgets.look import look, px
from widgets.views import CheckView, Tone


class CheckDialog(BaseDialog):
    """Shows a CheckView. Enter accepts when nothing stands against it; otherwise there is only the way back.

    Accepted means: take it in. A click on nothing else is needed. notice_requested: the visitor leaves, and is to be
    told on paper what lacks; the dialog closes with it.
    """

    notice_requested = pyqtSignal()

    def __init__(self, check: CheckView, parent: QWidget | None = None) -> None:
        super().__init__("check", check.title, parent)
        self.set_title(check.title, " · ".join(p for p in (check.applicant, check.filled) if p))
        self.setMinimumWidth(560)
        page = QWidget()
        page.setObjectName("page")
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(16)
        for words, tone in ((check.blockers, Tone.ERROR), (check.warnings, Tone.WARNING)):
            if words:
                inside.addWidget(self._lines(words, tone))
        inside.addLayout(self._cases(check))
        inside.addLayout(self._materials(check))
        inside.addStretch(1)
        area = QScrollArea()
        area.setObjectName("check_area")
        area.setAccessibleName(self.tr("核对内容"))
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        self.add(area, 1)
        # As tall as what it shows, within the lowest screen: nobody should scroll to see what is accepted.
        tall = round(inside.heightForWidth(px(760 - 60)) / look().scale)
        self.resize(760, min(tall + 190, 660))
        if check.blockers:
            back = button(self.tr("返回修改 Enter"), "primary", "check_back")
            back.clicked.connect(self.reject)
            notice = button(self.tr("一次性告知书 G"), name="check_notice")
            notice.setShortcut("G")
            notice.clicked.connect(self._ask_notice)
            self.add_buttons(notice, None, back, default=back)
        else:
            if check.online_words:
                self.add(text(check.online_words, "soft", "check_online", wrap=True))
            accept = button(self.tr("受理打印 Enter"), "primary", "check_accept")
            accept.setShortcut("F8")  # the key that brought many a clerk here works on
            accept.clicked.connect(self.accept)
            back = button(self.tr("返回 Esc"), name="check_back")
            back.clicked.connect(self.reject)
            self.add_buttons(None, back, accept, default=accept)

    def _ask_notice(self) -> None:
        self.notice_requested.emit()
        self.reject()

    def _lines(self, words: Sequence[str], tone: Tone) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "callout")
        frame.setProperty("tone", tone.value)
        lines = column(gap=6)
        lines.setContentsMargins(12, 10, 12, 10)
        for line in words:
            label = text(line, wrap=True)
            line_row = row(column(tone_icon(tone, 16), None), gap=8)
            line_row.addWidget(label, 1)
            lines.addLayout(line_row)
        frame.setLayout(lines)
        frame.setAccessibleName(" ".join(words))
        return frame

    def _cases(self, check: CheckView) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for line, case in enumerate(check.cases):
            grid.addWidget(text(case.item, "strong", wrap=True), line, 0)
            grid.addWidget(text(case.department, "soft", wrap=True), line, 1)
            grid.addWidget(text(case.promise, "soft"), line, 2)
        return column(text(self.tr("将受理 {0} 件").format(len(check.cases)), "heading"), grid, gap=8)

    def _materials(self, check: CheckView) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(2, 3)
        for line, material in enumerate(check.materials):
            grid.addWidget(text(material.name, wrap=True), line, 0)
            grid.addWidget(badge(material.status_words, material.tone), line, 1)
            grid.addWidget(text(material.note, "soft", wrap=True), line, 2)
        return column(text(self.tr("材料 {0} 份").format(len(check.materials)), "heading"), grid, gap=8)
