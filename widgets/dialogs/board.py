"""The day's board 今日看板."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QPushButton, QWidget

from widgets.bars import Bars
from widgets.bits import TONE_ICONS, ElidedLabel, Panel, button, clear, column, row, set_icon, set_text, text, tone_icon
from widgets.dialogs.base import BaseDialog
from widgets.lines import Lines
from widgets.theme import restyle
from widgets.tokens import TONE_INKS
from widgets.views import Tone
from widgets.views_around import BoardView, FigureView


class FigureCard(QPushButton):
    """One figure, large; pressed, it leads to the cases behind it."""

    def __init__(self, view: FigureView) -> None:
        super().__init__()
        self.id = view.id
        self.setObjectName(f"figure_{view.id}")
        self.setProperty("kind", "figure")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if view.id else Qt.FocusPolicy.NoFocus)
        self._title, self._figure = text(role="soft"), text(role="figure")
        self._note = ElidedLabel(role="faint")
        self._sign = tone_icon(view.tone, 18)
        policy = self._sign.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # all figures on one line, with a sign or without
        self._sign.setSizePolicy(policy)
        parts = (self._title, self._figure, self._note, self._sign)
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        top = row(self._title, None, self._sign, gap=4)
        inside = column(top, self._figure, self._note, gap=0)
        inside.setContentsMargins(12, 8, 12, 8)
        self.setLayout(inside)
        self.show_figure(view)

    def show_figure(self, view: FigureView) -> None:
        """Change what it says."""
        self._title.setText(view.title)
        self._figure.setText(view.figure)
        self._note.setText(view.note)
        restyle(self._figure, tone=view.tone)
        set_icon(self._sign, TONE_ICONS[view.tone], TONE_INKS[view.tone], 18)
        self._sign.setVisible(view.tone is not Tone.NEUTRAL)
        self.setAccessibleName(" ".join(part for part in (view.title, view.figure, view.note) if part))


class BoardDialog(BaseDialog):
    """Figures on top, below them stages, items, clerks and ratings.

    Keys: Tab to a figure, Enter opens its cases; P prints the day's report, E saves it; Esc closes.
    Signals: opened(figure id); print_requested(); export_requested().
    """

    opened = pyqtSignal(str)
    print_requested = pyqtSignal()
    export_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("board", "", parent)
        self._head = self.tr("今日看板")
        self.set_title(self._head)
        self.setWindowTitle(self._head)
        self.setAccessibleName(self._head)
        self._cards: list[FigureCard] = []
        self._figures = row(gap=10)
        self.stages = Bars("board_stages", self.tr("今日受理到了哪一步"))
        self.items = Bars("board_items", self.tr("今日事项"), 220)
        self.ratings = Bars("board_ratings", self.tr("好差评"), least=5)
        self.clerks = Lines(
            "board_clerks",
            self.tr("窗口人员"),
            # The part's heading says whose; at 1366 a column has no room to say it again.
            (self.tr("姓名"), self.tr("人次"), self.tr("件数"), self.tr("办结")),
            (90, 74, 64, 78),
            0,
        )
        self.clerks.setMinimumHeight(112)
        if (side := self.clerks.verticalHeader()) is not None:
            side.setDefaultSectionSize(30)
        self._rated = self._part(self.tr("好差评"), self.ratings)
        right = column(self._part(self.tr("窗口人员"), self.clerks), self._rated, gap=12)
        below = row(gap=12)
        below.addWidget(self._part(self.tr("今日受理到了哪一步"), self.stages), 30)
        below.addWidget(self._part(self.tr("今日事项"), self.items), 40)
        below.addLayout(right, 30)
        self._empty = text(self.tr("今天还没有受理办件。受理后这里会自己更新。"), "soft", "board_empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message = text(role="soft", name="board_message", wrap=True)
        self.add(self._figures)
        self._below = QWidget()
        self._below.setObjectName("board_below")
        self._below.setLayout(below)
        self.add(self._below, 1)
        self.add(self._empty, 1)
        self.add(self._message)
        self._print = button(self.tr("打印日报 P"), "primary", "board_print")
        self._print.setShortcut("P")
        self._export = button(self.tr("导出日报 E"), name="board_export")
        self._export.setShortcut("E")
        close = button(self.tr("关闭 Esc"), name="board_close")
        self._print.clicked.connect(self.print_requested)
        self._export.clicked.connect(self.export_requested)
        close.clicked.connect(self.reject)
        self.add_buttons(self._export, None, close, self._print, default=self._print)
        self.resize(1120, 640)
        self.set_view(None)

    def set_view(self, view: BoardView | None) -> None:
        """Show a day; None: it is being counted."""
        counted = view is not None
        self._print.setVisible(counted)
        self._export.setVisible(counted)
        if view is None:
            self.set_title(self._head, self.tr("正在统计…"))
            self._below.hide()
            self._empty.hide()
            return
        self.set_title(view.title, view.below)
        self._set_figures(view.figures)
        busy = bool(view.stages)
        self._below.setVisible(busy)
        self._empty.setVisible(not busy)
        self.stages.set_counts(view.stages)
        self.items.set_counts(view.items)
        self.clerks.set_lines(view.clerks)
        self.ratings.set_counts(view.ratings)
        self._rated.setVisible(bool(view.ratings))

    def set_message(self, words: str, tone: Tone) -> None:
        """What became of printing or saving."""
        set_text(self._message, words, tone)

    def _set_figures(self, views: Sequence[FigureView]) -> None:
        if [card.id for card in self._cards] == [view.id for view in views]:
            for card, view in zip(self._cards, views, strict=True):
                card.show_figure(view)
            return
        clear(self._figures)
        self._cards = []
        for view in views:
            card = FigureCard(view)
            card.clicked.connect(lambda _=False, name=view.id: self._open(name))
            self._cards.append(card)
            self._figures.addWidget(card, 1)
        for card in self._cards:
            card.show()  # what is not shown yet takes no focus
        if self._cards:
            self._cards[0].setFocus()

    def _open(self, name: str) -> None:
        if name:
            self.opened.emit(name)

    def _part(self, title: str, inside: QWidget) -> Panel:
        part = Panel(f"{inside.objectName()}_panel", title)
        whole = column(text(title, "heading"), gap=8)
        whole.addWidget(inside, 1)
        whole.setContentsMargins(14, 10, 14, 10)
        part.setLayout(whole)
        return part

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            # The figures stand side by side: the arrows walk along them as Tab does.
            self.focusNextPrevChild(a0.key() == Qt.Key.Key_Right)
            a0.accept()
            return
        super().keyPressEvent(a0)
