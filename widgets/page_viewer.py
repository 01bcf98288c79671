"""The pages of one material, large enough to read: zoom, turn, order, delete, undo, save as PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PyQt6.QtCore import QEvent, QObject, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QDropEvent, QIcon, QImage, QKeyEvent, QPixmap, QResizeEvent, QShowEvent, QWheelEvent
from PyQt6.QtWidgets import QAbstractItemView, QLabel, QListView, QListWidget, QListWidgetItem, QScrollArea, QWidget

from widgets.bits import button, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.views import Tone

_THUMB = QSize(96, 128)
_STEP = 1.25
_MOST, _LEAST = 6.0, 0.1
"""Bounds of the zoom, as a share of the picture's own pixels."""


class PageList(QListWidget):
    """The pages as small pictures; dragging one elsewhere tells `moved` and leaves the list to its owner."""

    moved = pyqtSignal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("viewer_pages")
        self.setIconSize(_THUMB)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Snap)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFixedWidth(_THUMB.width() + 48)
        self.setSpacing(4)

    def dropEvent(self, event: QDropEvent | None) -> None:
        """Only say what is wanted: the order belongs to the checklist, which shows the pages anew."""
        if event is None:
            return
        place = event.position().toPoint()
        event.ignore()
        start = self.currentRow()
        over = self.itemAt(place)
        end = self.row(over) if over is not None else self.count() - 1
        if start >= 0 and end >= 0 and start != end:
            self.moved.emit(start, end)


class PageViewer(BaseDialog):
    """Shows what `set_pages` is handed; changes nothing itself.

    Keys: ↑ ↓ page, Ctrl+↑ ↓ move the page, R turn, Delete, Ctrl+Z undo, + − 0 zoom (0: whole page), Ctrl+S save as PDF,
    Esc closes. Signals: moved(from, to), turned(page), dropped(page), undone(), saved().
    """

    moved = pyqtSignal(int, int)
    turned = pyqtSignal(int)
    dropped = pyqtSignal(int)
    undone = pyqtSignal()
    saved = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("page_viewer", "", parent)
        self.setAccessibleName(self.tr("查看材料"))
        self._images: tuple[QImage, ...] = ()
        self._zoom = 0.0  # 0: the whole page
        self._editable = True
        self._cleared: dict[int, str] = {}
        self.list = PageList()
        self.list.setAccessibleName(self.tr("页"))
        self.list.currentRowChanged.connect(lambda _: self._show())
        self.list.moved.connect(self._move)
        self._picture = QLabel()
        self._picture.setObjectName("viewer_picture")
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area = QScrollArea()
        self.area.setObjectName("viewer_area")
        self.area.setAccessibleName(self.tr("页面"))
        self.area.setWidget(self._picture)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        both = row(self.list, gap=10)
        both.addWidget(self.area, 1)
        self.add(both, 1)
        self._message = text(role="soft", name="viewer_message", wrap=True)
        self.add(self._message)
        self._turn = button(self.tr("转 90° R"), "small", "viewer_turn")
        self._up = button(self.tr("前移 Ctrl+↑"), "small", "viewer_up")
        self._down = button(self.tr("后移 Ctrl+↓"), "small", "viewer_down")
        self._drop = button(self.tr("删除 Del"), "small", "viewer_drop")
        self._undo = button(self.tr("撤销 Ctrl+Z"), "small", "viewer_undo")
        self._bigger = button(self.tr("放大 +"), "small", "viewer_bigger")
        self._smaller = button(self.tr("缩小 −"), "small", "viewer_smaller")
        self._whole = button(self.tr("整页 0"), "small", "viewer_whole")
        self._save = button(self.tr("存为 PDF Ctrl+S"), "small", "viewer_save")
        close = button(self.tr("关闭 Esc"), "primary", "viewer_close")
        for made, act in (
            (self._turn, self._ask_turn),
            (self._up, lambda: self._shift(-1)),
            (self._down, lambda: self._shift(1)),
            (self._drop, self._ask_drop),
            (self._undo, self.undone.emit),
            (self._bigger, lambda: self.zoom(_STEP)),
            (self._smaller, lambda: self.zoom(1 / _STEP)),
            (self._whole, lambda: self.zoom(0)),
            (self._save, self.saved.emit),
            (close, self.accept),
        ):
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.clicked.connect(lambda _=False, act=act: act())
        self.add_buttons(
            self._turn, self._up, self._down, self._drop, self._undo, None,
            self._smaller, self._bigger, self._whole, self._save, close, default=close,
        )  # fmt: skip
        self.resize(1160, 640)

    @property
    def current(self) -> int:
        """The page on show, from 0; -1 when there is none."""
        return self.list.currentRow()

    def set_pages(
        self,
        name: str,
        images: Sequence[QImage],
        current: int = 0,
        editable: bool = True,
        cleared: Mapping[int, str] | None = None,
    ) -> None:
        """Show the pages of a material. editable: False for pages of an earlier case, which nobody may change.
        cleared: number of a page without a picture, from 0 -> why, in words."""
        self._images, self._editable, self._cleared = tuple(images), editable, dict(cleared or {})
        self.set_title(name, "" if editable else self.tr("沿用以前办件的材料，只能查看"))
        self.setWindowTitle(name)
        self.list.blockSignals(True)
        self.list.clear()
        for number, image in enumerate(self._images, 1):
            small = QPixmap()
            if not image.isNull():
                fitted = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                small = QPixmap.fromImage(image.scaled(_THUMB, *fitted))
            words = self.tr("第 {0} 页") if number - 1 not in self._cleared else self.tr("第 {0} 页\n本机已清除")
            entry = QListWidgetItem(QIcon(small), words.format(number))
            entry.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.list.addItem(entry)
        self.list.blockSignals(False)
        self.list.setDragEnabled(editable)
        self.list.setCurrentRow(min(max(current, 0), len(self._images) - 1))
        self.list.setFocus()
        self._show()

    def set_message(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """One line under the page, e.g. what was saved where."""
        set_text(self._message, words, tone)

    def zoom(self, factor: float) -> None:
        """Multiply the zoom; 0 fits the whole page."""
        self._zoom = min(max(self._scale() * factor, _LEAST), _MOST) if factor else 0.0
        self._show()

    def _scale(self) -> float:
        if self._zoom or not 0 <= self.current < len(self._images):
            return self._zoom or 1.0
        image, room = self._images[self.current], self._room()
        return min(room.width() / max(image.width(), 1), room.height() / max(image.height(), 1))

    def _room(self) -> QSize:
        return self.area.maximumViewportSize() - QSize(4, 4)

    def _show(self) -> None:
        several, some = len(self._images) > 1, bool(self._images)
        seen = some and self.current not in self._cleared
        for zooming in (self._bigger, self._smaller, self._whole):
            zooming.setEnabled(seen)
        for made, possible in (
            (self._turn, seen and self._editable),
            (self._drop, some and self._editable),
            (self._undo, self._editable),
            (self._up, several and self._editable and self.current > 0),
            (self._down, several and self._editable and self.current < len(self._images) - 1),
            (self._save, some and not self._cleared),
        ):
            made.setEnabled(possible)
        if not 0 <= self.current < len(self._images):
            self._picture.clear()
            return
        if not seen:
            self._picture.setText(self._cleared[self.current])
            self._picture.setAccessibleName(self._cleared[self.current])
            self._picture.resize(self._room())
            return
        image = self._images[self.current]
        ratio = self.devicePixelRatioF()
        size = image.size() * (self._scale() * ratio)
        shown = QPixmap.fromImage(
            image.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
        shown.setDevicePixelRatio(ratio)
        self._picture.setPixmap(shown)
        self._picture.resize(shown.deviceIndependentSize().toSize())
        self._picture.setAccessibleName(self.tr("第 {0} 页，共 {1} 页").format(self.current + 1, len(self._images)))

    def _ask_turn(self) -> None:
        if self._turn.isEnabled():
            self.turned.emit(self.current)

    def _ask_drop(self) -> None:
        if self._drop.isEnabled():
            self.dropped.emit(self.current)

    def _shift(self, by: int) -> None:
        self._move(self.current, self.current + by)

    def _move(self, start: int, end: int) -> None:
        if self._editable and 0 <= start < len(self._images) and 0 <= end < len(self._images):
            self.moved.emit(start, end)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        """Keys typed in the list of pages reach the viewer first: the list would search for page names."""
        if isinstance(a1, QKeyEvent) and a1.type() == QKeyEvent.Type.KeyPress and self._on_key(a1):
            return True
        return super().eventFilter(a0, a1)

    def showEvent(self, a0: QShowEvent | None) -> None:
        super().showEvent(a0)
        self.list.installEventFilter(self)
        self._show()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._show()

    def wheelEvent(self, a0: QWheelEvent | None) -> None:
        if a0 is not None and a0.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_STEP if a0.angleDelta().y() > 0 else 1 / _STEP)
            a0.accept()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and not self._on_key(a0):
            super().keyPressEvent(a0)

    def _on_key(self, event: QKeyEvent) -> bool:
        key, key_of = event.key(), Qt.Key
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            acts = {
                key_of.Key_Up: lambda: self._shift(-1),
                key_of.Key_Down: lambda: self._shift(1),
                key_of.Key_Z: self._undo.click,
                key_of.Key_S: self._save.click,
            }
        else:
            acts = {
                key_of.Key_R: self._ask_turn,
                key_of.Key_Delete: self._ask_drop,
                key_of.Key_Plus: lambda: self.zoom(_STEP),
                key_of.Key_Equal: lambda: self.zoom(_STEP),
                key_of.Key_Minus: lambda: self.zoom(1 / _STEP),
                key_of.Key_0: lambda: self.zoom(0),
            }
        act = acts.get(Qt.Key(key))
        if act is None:
            return False
        act()
        event.accept()
        return True
