"""Where to go 办事地图: the places of a matter, the way there, a code for the visitor's phone."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHeaderView, QLabel, QScrollArea, QVBoxLayout, QWidget

from widgets.bits import button, clear, column, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import Lines
from widgets.look import px
from widgets.map_sheet import MapSheet
from widgets.symbol import symbol_picture
from widgets.views import Tone
from widgets.views_places import StopView

_SYMBOL = 132


class PlacesDialog(BaseDialog):
    """The list at the left, the sheet in the middle, the way and the code at the right.

    Keys: ↓ ↑ choose; P prints the way; A all places or those of the matter; Esc closes. Signals: print_requested(id),
    all_requested(on).
    """

    print_requested = pyqtSignal(str)
    all_requested = pyqtSignal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("places", "", parent)
        self._head = self.tr("办事地图")
        self.set_title(self._head)
        self.setWindowTitle(self._head)
        self.setAccessibleName(self._head)
        self.stops: tuple[StopView, ...] = ()
        self.table = Lines(
            "places_table", self.tr("办事地点"), (self.tr("地点"), self.tr("路程")), [210, 90], 0
        )  # fmt: skip
        if (head := self.table.horizontalHeader()) is not None:
            head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.table.setMinimumWidth(px(270))
        self.table.itemSelectionChanged.connect(self._show)
        self.table.opened.connect(lambda _: self._print_marked())
        self.sheet = MapSheet()
        line = row(gap=16)
        line.addWidget(self.table, 3)
        line.addWidget(self.sheet, 6)
        line.addWidget(self._make_panel(), 4)
        self.add(line, 1)
        self._said = text(role="soft", name="places_said", wrap=True)
        self._said.setMinimumHeight(20)
        self.add(self._said)
        self._all = button(self.tr("全部地点 A"), name="places_all")
        self._all.setShortcut("A")
        self._all.setCheckable(True)
        self._all.toggled.connect(self.all_requested)
        close = button(self.tr("关闭 Esc"), name="places_close")
        close.clicked.connect(self.reject)
        self._print = button(self.tr("打印指引 P"), "primary", "places_print")
        self._print.setShortcut("P")
        self._print.clicked.connect(self._print_marked)
        self.add_buttons(self._all, None, close, self._print, default=self._print)
        self.resize(1240, 640)
        self.set_stops(())

    def set_stops(self, stops: Sequence[StopView], below: str = "", all_: bool = False) -> None:
        """below: what it is about. all_: these are all places there are."""
        self.set_title(self._head, below)
        self._all.blockSignals(True)
        self._all.setChecked(all_)
        self._all.blockSignals(False)
        self.stops = tuple(stops)
        self.table.set_lines([(stop.name, stop.far) for stop in stops])
        self.table.setFocus()
        self._show()

    def say(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """One line under the sheet."""
        set_text(self._said, words, tone)
        self._said.setVisible(True)

    def marked(self) -> StopView | None:
        """The place on show."""
        at = self.table.currentRow()
        return self.stops[at] if 0 <= at < len(self.stops) else None

    def _print_marked(self) -> None:
        stop = self.marked()
        if stop is not None:
            self.print_requested.emit(stop.id)

    def _show(self) -> None:
        stop = self.marked()
        self._print.setEnabled(stop is not None)
        clear(self._lines)
        set_text(self._name, stop.name if stop else self.tr("没有登记地点"))
        set_text(self._window, stop.window if stop else "")
        self._symbol.setVisible(stop is not None)
        self._symbol_words.setVisible(stop is not None)
        if stop is None:
            self.sheet.set_sketch(None)
            return
        self.sheet.set_sketch(stop.sketch, self.tr("；").join(stop.way))
        for label, words in stop.facts:
            self._lines.addWidget(text(self.tr("{0}：{1}").format(label, words), "soft", wrap=True))
        for number, words in enumerate(stop.way, 1):
            self._lines.addWidget(text(f"{number}. {words}" if len(stop.way) > 1 else words, wrap=True))
        ratio = self.devicePixelRatioF()
        picture = symbol_picture(stop.modules, round(px(_SYMBOL) * ratio))
        picture.setDevicePixelRatio(ratio)
        self._symbol.setPixmap(picture)

    def _make_panel(self) -> QWidget:
        inside = QWidget()
        inside.setObjectName("page")
        self._name = text(role="strong", name="places_name", wrap=True)
        self._window = text(name="places_window", wrap=True)
        self._window.setProperty("tone", Tone.SUCCESS.value)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        whole = column(self._name, self._window, gap=8)
        whole.addLayout(self._lines)
        whole.addStretch(1)
        whole.setContentsMargins(0, 0, 8, 0)
        inside.setLayout(whole)
        panel = QScrollArea()
        panel.setObjectName("places_panel")
        panel.setAccessibleName(self.tr("怎么走"))
        panel.setWidgetResizable(True)
        panel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        panel.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        panel.setWidget(inside)
        self._symbol = QLabel()
        self._symbol.setObjectName("places_symbol")
        self._symbol.setAccessibleName(self.tr("地图码：手机扫码打开地图"))
        self._symbol_words = text(self.tr("手机扫码，打开地图"), "soft", wrap=True)
        side = QWidget()
        side.setLayout(column(panel, row(self._symbol, None), self._symbol_words, gap=6))
        return side
