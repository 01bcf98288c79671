"""Light and focus of the camera on show, and which head it is: a small window above the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QPoint, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFrame, QGridLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from widgets.bits import button, row, text
from widgets.look import px
from widgets.theme import restyle

STOPS = (-4.0, 2.0)
"""Darkest and brightest, in stops from the camera's own choice."""
_PER_STOP = 4
_PER_FOCUS = 50


@dataclass(frozen=True, slots=True)
class TuningView:
    """name: of the camera. exposure, focus: as set by hand, None automatic. can_…: what the camera has to set.

    heads: (slot, words) of the cameras to choose from, those of one counter; head: the slot of the one in use.
    """

    name: str
    exposure: float | None
    focus: float | None
    can_expose: bool
    can_focus: bool
    heads: tuple[tuple[str, str], ...] = ()
    head: str = ""


class _Slide(QSlider):
    """Left and right change it; up and down belong to the window, which goes from line to line."""

    def keyPressEvent(self, ev: QKeyEvent | None) -> None:
        if ev is not None and ev.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            ev.ignore()
            return
        super().keyPressEvent(ev)


class _Line:
    """One thing to set: automatic, or by hand."""

    def __init__(self, name: str, words: str, ends: tuple[str, str], least: int, most: int, usual: int) -> None:
        self.usual = usual
        self.caption = text(words, "label")
        self.auto = button("", "choice", f"tuning_{name}_auto")
        self.auto.setCheckable(True)
        self.slide = _Slide(Qt.Orientation.Horizontal)
        self.slide.setObjectName(f"tuning_{name}")
        self.slide.setAccessibleName(words)
        self.slide.setRange(least, most)
        self.slide.setPageStep(4)
        self.value = text("", "soft", f"tuning_{name}_value")
        self.caption.setBuddy(self.slide)
        self.parts: tuple[QWidget, ...] = (
            self.caption,
            text(ends[0], "faint"),
            self.slide,
            text(ends[1], "faint"),
            self.value,
            self.auto,
        )


class TuningPopup(QFrame):
    """Keys: up and down choose the line, left and right change it, A automatic or by hand, digits the head, Esc closes.

    Signals: exposure_set(float or None), focus_set(float or None), head_chosen(slot).
    """

    exposure_set = pyqtSignal(object)
    focus_set = pyqtSignal(object)
    head_chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("tuning")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._showing = False
        self._heads: list[QPushButton] = []
        self._title = text("", "heading", "tuning_title")
        self._head_line = row(gap=6)
        self._exposure = _Line(
            "exposure",
            self.tr("亮度"),
            (self.tr("暗"), self.tr("亮")),
            round(STOPS[0] * _PER_STOP),
            round(STOPS[1] * _PER_STOP),
            0,
        )
        self._focus = _Line("focus", self.tr("对焦"), (self.tr("远"), self.tr("近")), 0, _PER_FOCUS, _PER_FOCUS // 2)
        self._exposure.slide.valueChanged.connect(lambda _: self._moved(self._exposure))
        self._focus.slide.valueChanged.connect(lambda _: self._moved(self._focus))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        for line, one in enumerate((self._exposure, self._focus)):
            one.auto.clicked.connect(lambda on=False, one=one: self._automatic(one, on))
            for place, part in enumerate(one.parts):
                grid.addWidget(part, line, place)
            one.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._exposure.auto.setText(self.tr("自动 A"))
        self._exposure.auto.setAccessibleName(self.tr("亮度自动"))
        self._focus.auto.setText(self.tr("自动 A"))
        self._focus.auto.setAccessibleName(self.tr("对焦自动"))
        self._none = text(self.tr("这个摄像头的亮度和对焦由它自己调节。"), "soft", "tuning_none", wrap=True)
        self._hint = text(self.tr("↑↓ 换行　←→ 调节　A 自动　Esc 关闭；本机记住每台摄像头"), "faint", "tuning_hint")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 10, 14, 10)
        whole.setSpacing(8)
        whole.addWidget(self._title)
        whole.addLayout(self._head_line)
        whole.addLayout(grid)
        whole.addWidget(self._none)
        whole.addWidget(self._hint)

    def show_view(self, view: TuningView) -> None:
        """Show what can be set of this camera, and how it is."""
        self._showing = True
        self._title.setText(self.tr("画面调节：{0}").format(view.name))
        self.setAccessibleName(self._title.text())
        self._show_heads(view.heads, view.head)
        self._show_line(self._exposure, view.can_expose, view.exposure, _PER_STOP)
        self._show_line(self._focus, view.can_focus, view.focus, _PER_FOCUS)
        self._none.setVisible(not (view.can_expose or view.can_focus))
        self._hint.setVisible(view.can_expose or view.can_focus)
        self._showing = False
        self._say(self._exposure)
        self._say(self._focus)
        if self.isVisible():
            self.adjustSize()

    def open_above(self, anchor: QWidget) -> None:
        """Show it with its lower right corner at the anchor's upper right one: the picture below stays in sight."""
        self.setMinimumWidth(px(400))
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), -self.height() - px(6)))
        screen = anchor.screen()
        if screen is not None:
            room = screen.availableGeometry()
            corner.setX(min(max(corner.x(), room.left()), room.right() - self.width()))
            corner.setY(max(corner.y(), room.top()))
        self.move(corner)
        self.show()
        first = next((line.slide for line in self._lines()), None)
        (first or (self._heads[0] if self._heads else self)).setFocus()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is None:
            return
        lines = self._lines()
        here = next((at for at, line in enumerate(lines) if self.focusWidget() in line.parts), 0)
        number = a0.key() - Qt.Key.Key_1
        if a0.key() == Qt.Key.Key_A and lines:
            lines[here].auto.click()
        elif a0.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and lines:
            step = 1 if a0.key() == Qt.Key.Key_Down else -1
            lines[(here + step) % len(lines)].slide.setFocus()
        elif 0 <= number < len(self._heads):
            self._heads[number].click()
        else:
            super().keyPressEvent(a0)
            return
        a0.accept()

    def _lines(self) -> list[_Line]:
        return [line for line in (self._exposure, self._focus) if not line.slide.isHidden()]

    def _show_heads(self, heads: Sequence[tuple[str, str]], used: str) -> None:
        while (taken := self._head_line.takeAt(0)) is not None:
            if (widget := taken.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._heads = []
        if len(heads) < 2:
            return
        self._head_line.addWidget(text(self.tr("镜头"), "label"))
        for number, (slot, words) in enumerate(heads, 1):
            choice = button(self.tr("{0} {1}").format(words, number), "choice", f"tuning_head_{slot}")
            choice.setCheckable(True)
            choice.setChecked(slot == used)
            restyle(choice, current="true" if slot == used else "false")
            choice.clicked.connect(lambda _=False, slot=slot: self.head_chosen.emit(slot))
            self._heads.append(choice)
            self._head_line.addWidget(choice)
        self._head_line.addStretch(1)

    def _show_line(self, line: _Line, can: bool, value: float | None, per: int) -> None:
        for part in line.parts:
            part.setVisible(can)
        line.auto.setChecked(value is None)
        line.slide.setValue(line.usual if value is None else round(value * per))

    def _moved(self, line: _Line) -> None:
        """Whoever moves it wants it by hand."""
        if not self._showing:
            line.auto.setChecked(False)
            self._tell(line)

    def _automatic(self, line: _Line, on: bool) -> None:
        if on:
            self._showing = True
            line.slide.setValue(line.usual)
            self._showing = False
        self._tell(line)

    def _tell(self, line: _Line) -> None:
        self._say(line)
        by_hand = not line.auto.isChecked()
        if line is self._exposure:
            self.exposure_set.emit(line.slide.value() / _PER_STOP if by_hand else None)
        else:
            self.focus_set.emit(line.slide.value() / _PER_FOCUS if by_hand else None)

    def _say(self, line: _Line) -> None:
        value = line.slide.value()
        automatic = "true" if line.auto.isChecked() else "false"
        restyle(line.auto, current=automatic)
        restyle(line.slide, automatic=automatic)
        if line.auto.isChecked():
            words = ""
        elif line is self._exposure:
            words = self.tr("{0:+.2f} 档").format(value / _PER_STOP)
        else:
            words = self.tr("{0}%").format(round(100 * value / _PER_FOCUS))
        line.value.setText(words)
        line.value.setMinimumWidth(line.value.fontMetrics().horizontalAdvance(self.tr("+0.00 档")) + px(4))
        line.slide.setAccessibleDescription(words or self.tr("自动"))
