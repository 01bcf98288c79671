"""Why this stands here: all sources of one field, with their words, times and verdicts."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QScrollArea, QWidget

from app.domain.clock import shanghai
from app.domain.fact import Fact
from app.domain.form import FieldTrail
from widgets.bits import badge, button, column, row, text
from widgets.dialogs.base import BaseDialog
from widgets.i18n import core_words
from widgets.sources import SourceMark, tone_of, verdict_words
from widgets.views import Tone


class TrailDialog(BaseDialog):
    """One field's sources, the one in force first. Signals: reopened() when a settled matter shall be open again."""

    reopened = pyqtSignal()

    def __init__(
        self, title: str, trail: FieldTrail, show_of: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        super().__init__("trail", "", parent)
        words = self.tr("{0} · 来源").format(title)
        self.setWindowTitle(words)
        self.setAccessibleName(words)
        count = len(trail.others) + (trail.fact is not None)
        self.set_title(
            words, self.tr("{0} 个来源说到这一项").format(count) if count else self.tr("还没有来源说到这一项")
        )
        self.setMinimumWidth(520)
        self.setMaximumWidth(720)
        page = QWidget()
        page.setObjectName("page")
        cards = [self._card(trail.fact, show_of, True)] if trail.fact is not None else []
        cards += [self._card(fact, show_of, False) for fact in trail.others]
        page.setLayout(column(*cards, None, gap=8))
        area = QScrollArea()
        area.setObjectName("trail_area")
        area.setAccessibleName(words)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        area.setMinimumHeight(min(84 * max(count, 1), 400))
        self.add(area, 1)
        if trail.settled:
            reason = trail.reason or self.tr("未写理由")
            self.add(text(self.tr("窗口已选定。理由：{0}").format(reason), "soft", "trail_reason", wrap=True))
        close = button(self.tr("关闭 Esc"), "primary", "trail_close")
        close.clicked.connect(self.reject)
        again = button(self.tr("重新选择 R"), name="trail_again")
        again.setShortcut("R")
        again.clicked.connect(self._again)
        if trail.settled:
            self.add_buttons(again)
        self.add_buttons(None, close, default=close)

    def _card(self, fact: Fact, show_of: Callable[[str], str], in_force: bool) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        mark = SourceMark()
        mark.set_fact(fact)
        value = text(show_of(fact.value) or self.tr("（空）"), "strong", wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        said = " · ".join(part for part in (core_words(fact.source.label), fact.source.ref) if part)
        at = f"{shanghai(fact.at):%Y-%m-%d %H:%M}"
        state = badge(self.tr("采用"), Tone.SUCCESS) if in_force else None
        parts = [mark, text(said, "soft", wrap=False), None, *([state] if state is not None else [])]
        verdict = badge(verdict_words(fact.verdict), tone_of(fact.verdict))
        inside = column(row(*parts), value, row(verdict, text(at, "faint"), None), gap=4)
        inside.setContentsMargins(12, 8, 12, 8)
        card.setLayout(inside)
        # One sentence for those who hear the screen.
        card.setAccessibleName(f"{said} {show_of(fact.value)} {verdict_words(fact.verdict)} {at}")
        return card

    def _again(self) -> None:
        self.accept()
        self.reopened.emit()
