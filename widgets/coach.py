"""The coach: a balloon with an arrow to the very widget, and a ring around it. Neither takes focus, keys or room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from widgets.bits import button, row, set_text, text
from widgets.look import colours, px

ARROW = 12
"""Length of the arrow, and the margin around the balloon that it may stand in, logical pixels."""
WIDTH = 320
_GAP = 3
_CORNER = 8
_HIDING = 1_000_000
"""What it costs to hide the very thing spoken of: more than anything else could."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A place on the screen that a balloon had better leave free. weight: how much a pixel of it counts."""

    rect: QRect
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a balloon stands: its whole rectangle, arrow included, and the arrow's tip; both in its parent."""

    rect: QRect
    tip: QPoint


def place(size: QSize, target: QRect, bounds: QRect, covered: Sequence[Covered] = ()) -> Place:
    """The place beside, above or below the target that covers least. All in one widget's coordinates.

    size: of the whole balloon. Where nothing fits it is pushed inside the bounds.
    """
    best: tuple[float, Place] | None = None
    for rect, tip in _candidates(size, target):
        inside = QRect(rect)
        inside.moveLeft(max(bounds.left(), min(rect.left(), bounds.right() - size.width() + 1)))
        inside.moveTop(max(bounds.top(), min(rect.top(), bounds.bottom() - size.height() + 1)))
        moved = abs(inside.left() - rect.left()) + abs(inside.top() - rect.top())
        cost = sum(_area(inside, one.rect) * one.weight for one in covered)
        # What it points at must stay in sight, else the arrow has nothing to reach for.
        cost += moved * 30 + (_HIDING + _area(inside, target) * 50 if inside.intersects(target) else 0)
        if best is None or cost < best[0] - 1:
            best = cost, Place(inside, tip)
    assert best is not None  # noqa: S101 - there are always candidates
    return best[1]


def _candidates(size: QSize, target: QRect) -> list[tuple[QRect, QPoint]]:
    wide, high = size.width(), size.height()
    middle = target.center()
    # The ends of a wide one serve as well: its middle is where its words are.
    ends = (target.right() - 24, target.left() + 24) if target.width() > wide else ()
    found = []
    for share in (0.5, 0.12, 0.88):  # where along the balloon's edge the arrow stands
        across, down = round(wide * share), round(high * share)
        for x in (middle.x(), *ends):
            for y, tip in (
                (target.bottom() + _GAP, target.bottom() + _GAP),
                (target.top() - _GAP - high, target.top() - _GAP),
            ):
                found.append((QRect(QPoint(x - across, y), size), QPoint(x, tip)))
        for x, tip in (
            (target.right() + _GAP, target.right() + _GAP),
            (target.left() - _GAP - wide, target.left() - _GAP),
        ):
            found.append((QRect(QPoint(x, middle.y() - down), size), QPoint(tip, middle.y())))
    return found


def _area(one: QRect, other: QRect) -> int:
    both = one.intersected(other)
    return max(both.width(), 0) * max(both.height(), 0)


class Balloon(QWidget):
    """Step, words, and a button that has the step shown. Signals: show_me()."""

    show_me = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("coach")
        self.setAccessibleName(self.tr("课程提示"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tip: QPoint | None = None
        self._step = text(name="coach_step")
        self._words = text(name="coach_words", wrap=True)
        self._task = text(name="coach_task", wrap=True)
        self._show = button(self.tr("演示给我看 Ctrl+Shift+Y"), "coach", "coach_show")
        self._show.setShortcut("Ctrl+Shift+Y")
        self._show.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._show.clicked.connect(self.show_me)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(ARROW + 14, ARROW + 10, ARROW + 14, ARROW + 10)
        inside.setSpacing(4)
        inside.addWidget(self._step)
        inside.addWidget(self._words)
        inside.addWidget(self._task)
        inside.addLayout(row(None, self._show))
        self.hide()

    def say(self, step: str, words: str, task: str = "", *, can_show: bool = True) -> None:
        """What to say. step: e.g. 第 3/12 步 选事项. task: what exactly to type, set off from the words."""
        self._step.setText(step)
        self._words.setText(words)
        set_text(self._task, task)
        self._show.setVisible(can_show)
        self.setAccessibleDescription(" ".join(part for part in (step, words, task) if part))
        self.setFixedWidth(px(WIDTH) + 2 * ARROW)
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(layout.heightForWidth(self.width()))

    def words(self) -> str:
        """All that is said now."""
        return self.accessibleDescription()

    def point_at(self, target: QRect | None, covered: Sequence[Covered] = ()) -> None:
        """Stand beside target, a rectangle in the parent; None: in the lower middle, without an arrow."""
        parent = self.parentWidget()
        bounds = parent.rect() if parent is not None else QRect()
        if target is None:
            where = QRect(QPoint(0, 0), self.size())
            where.moveCenter(bounds.center())
            where.moveBottom(bounds.bottom() - 40)
            self._tip = None
        else:
            found = place(self.size(), target, bounds, covered)
            where, self._tip = found.rect, found.tip - found.rect.topLeft()
        self.setGeometry(where)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(ARROW, ARROW, -ARROW, -ARROW)
        shape = QPainterPath()
        shape.addRoundedRect(box, _CORNER, _CORNER)
        if self._tip is not None:
            shape = shape.united(_arrow(QPointF(self._tip), box))
        painter.setPen(QPen(QColor(colours().on_film), 1))
        painter.setBrush(QColor(colours().film))
        painter.drawPath(shape)


def _arrow(tip: QPointF, box: QRectF) -> QPainterPath:
    """A triangle from the box's nearest edge to the tip."""
    root = QPointF(
        min(max(tip.x(), box.left() + _CORNER + ARROW), box.right() - _CORNER - ARROW),
        min(max(tip.y(), box.top() + _CORNER + ARROW), box.bottom() - _CORNER - ARROW),
    )
    upright = tip.y() < box.top() or tip.y() > box.bottom()
    side = QPointF(ARROW * 0.8, 0) if upright else QPointF(0, ARROW * 0.8)
    if upright:
        root.setY(box.top() + 1 if tip.y() < box.top() else box.bottom() - 1)
    else:
        root.setX(box.left() + 1 if tip.x() < box.left() else box.right() - 1)
    path = QPainterPath(tip)
    path.lineTo(root + side)
    path.lineTo(root - side)
    path.closeSubpath()
    return path


class Ring(QWidget):
    """A line around the widget that the hint speaks of. Clicks go through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("coach_ring")
        self.setAccessibleName(self.tr("提示所指"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def surround(self, target: QRect | None) -> None:
        """Stand around a rectangle in the parent; None hides it."""
        if target is None:
            self.hide()
            return
        around = target.adjusted(-4, -4, 4, 4)
        if around != self.geometry():
            self.setGeometry(around)
        self.show()
        self.raise_()

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Light outside dark: seen on every ground.
        for width, colour in ((4.0, colours().surface), (2.0, colours().warning)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 7, 7)
