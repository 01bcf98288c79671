"""The results of the search: a list of two lines each, what fitted set off."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt
from PyQt6.QtGui import QColor, QFontMetrics, QPainter
from PyQt6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from widgets.icons import pixmap
from widgets.look import colours, px
from widgets.views import HitView

Spans = tuple[tuple[int, int], ...]


class HitModel(QAbstractListModel):
    """The results, best first."""

    HIT = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hits: tuple[HitView, ...] = ()
        self._chosen: frozenset[str] = frozenset()

    def set_hits(self, hits: Sequence[HitView]) -> None:
        self.beginResetModel()
        self._hits = tuple(hits)
        self.endResetModel()

    def set_chosen(self, codes: frozenset[str]) -> None:
        self._chosen = codes
        if self._hits:
            self.dataChanged.emit(self.index(0), self.index(len(self._hits) - 1))

    def is_chosen(self, code: str) -> bool:
        return code in self._chosen

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._hits):
            return None
        hit = self._hits[index.row()]
        if role == self.HIT:
            return hit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{hit.name} {hit.department} {hit.note}".strip()
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (hit.name, hit.department, hit.note, hit.code) if part)
        return None


class HitDelegate(QStyledItemDelegate):
    """Two lines a result: name; department, note and what fitted. What fitted is coloured, and said in words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(px(200), px(54))

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        hit, model = index.data(HitModel.HIT), index.model()
        if painter is None or not isinstance(hit, HitView) or not isinstance(model, HitModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(px(4), px(2), -px(4), -px(2))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours().accent_soft))
            painter.drawRoundedRect(rect, px(6), px(6))
            painter.setBrush(QColor(colours().accent))
            painter.drawRoundedRect(QRect(rect.left(), rect.top() + px(8), px(3), rect.height() - px(16)), 1.5, 1.5)
        ratio = option.widget.devicePixelRatioF() if option.widget else 1.0
        sign = pixmap("bundle" if hit.kind == "bundle" else "licence", px(20), colours().accent, ratio)
        painter.drawPixmap(rect.left() + px(14), rect.top() + px(15), sign)
        right = rect.right() - px(14)
        for words, colour in self._right(hit, model):
            painter.setPen(QColor(colour))
            width = option.fontMetrics.horizontalAdvance(words)
            painter.drawText(QRect(right - width, rect.top(), width, rect.height()), _MIDDLE, words)
            right -= width + px(12)
        room = QRect(rect.left() + px(46), rect.top() + px(4), right - rect.left() - px(46), px(22))
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        draw_marked(painter, room, hit.name, hit.name_spans, colours().ink)
        font.setBold(False)
        font.setPixelSize(px(13))
        painter.setFont(font)
        below = " · ".join(part for part in (hit.department, hit.note, self._why(hit)) if part)
        spans: Spans = ()
        if hit.matched:
            start = below.rindex("“") + 1
            spans = tuple((start + first, start + last) for first, last in hit.matched_spans)
        draw_marked(painter, room.translated(0, px(22)), below, spans, colours().ink_soft)
        painter.restore()

    def _right(self, hit: HitView, model: HitModel) -> list[tuple[str, str]]:
        marks = {
            "pinned": (self.tr("置顶"), colours().accent),
            "recent": (self.tr("常办"), colours().ink_faint),
            "at_once": (self.tr("立等可取"), colours().success),
            "related": (self.tr("可一起办"), colours().accent),
        }
        found = [(self.tr("已选"), colours().success)] if model.is_chosen(hit.code) else []
        return [*found, marks[hit.mark]] if hit.mark else found

    def _why(self, hit: HitView) -> str:
        matched = f"“{hit.matched}”" if hit.matched else ""
        return f"{hit.why} {matched}".strip()


def draw_marked(painter: QPainter, room: QRect, words: str, spans: Spans, ink: str) -> None:
    """One line of words, elided where it does not fit, the spans (start, end) in the accent's colour."""
    metrics = QFontMetrics(painter.font())
    fits = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    marked = [any(start <= at < end for start, end in spans) and at < len(words) for at in range(len(fits))]
    at = 0
    while at < len(fits):
        end = at
        while end < len(fits) and marked[end] == marked[at]:
            end += 1
        painter.setPen(QColor(colours().accent if marked[at] else ink))
        # Measured from the beginning, so that kerning between the parts is the line's own.
        left = metrics.horizontalAdvance(fits[:at])
        painter.drawText(room.adjusted(left, 0, 0, 0), _MIDDLE, fits[at:end])
        at = end


_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
