"""The checklist of materials: one list, each material once, and what to do with the selected one."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QKeyEvent, QPainter
from PyQt6.QtWidgets import (
    QFrame,
    QGridLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from widgets.bits import Panel, button, clear, row, rule, set_text, text
from widgets.icons import pixmap
from widgets.look import colours, px
from widgets.theme import restyle, scaled
from widgets.views import MaterialView, Tone

TONES = {
    "missing": Tone.WARNING,
    "waived": Tone.SUCCESS,
    "captured": Tone.SUCCESS,
    "tolerated": Tone.INFO,
    "promised": Tone.INFO,
    "optional": Tone.NEUTRAL,
}


class MaterialModel(QAbstractListModel):
    """The materials in their order."""

    MATERIAL = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.materials: tuple[MaterialView, ...] = ()

    def set_materials(self, materials: Sequence[MaterialView]) -> None:
        self.beginResetModel()
        self.materials = tuple(materials)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.materials)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.materials):
            return None
        material = self.materials[index.row()]
        if role == self.MATERIAL:
            return material
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(p for p in (material.name, material.status_words, material.reason, material.hint) if p)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(p for p in (material.name, material.reason, material.hint) if p)
        return None


class MaterialDelegate(QStyledItemDelegate):
    """Name and status chip; the reason below, when there is one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        material = index.data(MaterialModel.MATERIAL)
        below = isinstance(material, MaterialView) and (material.hint or material.reason)
        return QSize(px(120), px(50 if below else 34))

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        material = index.data(MaterialModel.MATERIAL)
        if painter is None or not isinstance(material, MaterialView):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(px(4), 1, -px(4), -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_Selected:
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setBrush(QColor(colours().accent_soft))
            if focused:
                painter.setPen(QColor(colours().accent))
            painter.drawRoundedRect(rect, px(5), px(5))
        tone = TONES.get(material.status, Tone.NEUTRAL)
        ground = colours().surface if option.state & QStyle.StateFlag.State_Selected else colours().soft_of(tone)
        chip = self._chip(painter, rect, material, tone, ground)
        sign = {Tone.SUCCESS: "success", Tone.WARNING: "page", Tone.INFO: "info"}.get(tone, "page")
        colour = colours().ink_of(tone) if tone is not Tone.NEUTRAL else colours().ink_faint
        ratio = option.widget.devicePixelRatioF() if option.widget else 1.0
        painter.drawPixmap(rect.left() + px(8), rect.top() + px(8), pixmap(sign, px(16), colour, ratio))
        left = rect.left() + px(32)
        room = chip.left() - left - px(8)
        painter.setPen(QColor(colours().ink))
        painter.setFont(option.font)
        name = option.fontMetrics.elidedText(material.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, rect.top() + px(5), room, px(22)), _MIDDLE, name)
        if below := material.hint or material.reason:
            font = painter.font()
            font.setPixelSize(px(12))
            painter.setFont(font)
            painter.setPen(QColor(colours().ink_of(Tone.WARNING) if material.hint else colours().ink_soft))
            room = rect.width() - px(32 + 10)
            reason = painter.fontMetrics().elidedText(below, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, rect.top() + px(27), room, px(18)), _MIDDLE, reason)
        painter.restore()

    def _chip(self, painter: QPainter, rect: QRect, material: MaterialView, tone: Tone, ground: str) -> QRect:
        font = painter.font()
        font.setPixelSize(px(12))
        painter.setFont(font)
        words = material.status_words
        width = painter.fontMetrics().horizontalAdvance(words) + px(14)
        chip = QRect(rect.right() - width - px(7), rect.top() + px(6), width, px(20))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(chip, px(4), px(4))
        painter.setPen(QColor(colours().ink_of(tone)))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)
        return chip


_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class MaterialList(QListView):
    """The list. Its keys act on the selected material."""

    key = pyqtSignal(str)

    def keyPressEvent(self, e: QKeyEvent | None) -> None:
        plain = e is not None and not e.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if e is not None and plain and Qt.Key.Key_1 <= e.key() <= Qt.Key.Key_9:
            self.key.emit(f"tick{e.key() - Qt.Key.Key_1}")
            e.accept()
            return
        words = (
            {
                Qt.Key.Key_Return: "capture",
                Qt.Key.Key_Enter: "capture",
                Qt.Key.Key_T: "tolerate",
                Qt.Key.Key_P: "promise",
                Qt.Key.Key_Delete: "drop",
                Qt.Key.Key_A: "tick_all",
                Qt.Key.Key_U: "reuse",
                Qt.Key.Key_V: "view",
                Qt.Key.Key_O: "file",
                Qt.Key.Key_S: "scan",
            }.get(Qt.Key(e.key()))
            if e is not None and plain
            else None
        )
        if e is not None and words:
            self.key.emit(words)
            e.accept()
        else:
            super().keyPressEvent(e)


class MaterialsPanel(Panel):
    """The checklist, and below it the selected material: its acceptance points, its pages, what can be done.

    Keys in the list: ↑ ↓, Enter (or F6) captures, S scans where there is a scanner, O takes a file, T tolerates,
    P promises, U takes an earlier case's pages over, 1–9 and A confirm acceptance points, V views, Delete drops the
    last page. Ctrl+B: what is still to come.
    Signals: capture_requested(id), file_requested(id), tolerate_requested(id), promise_requested(id),
    reuse_requested(id), tick_requested(id, point index, or -1 for all), drop_requested(id, page index),
    page_requested(id, page index), scan_requested(id), scan_options_requested(), due_requested(),
    selected_changed(id or "").
    """

    capture_requested = pyqtSignal(str)
    tolerate_requested = pyqtSignal(str)
    promise_requested = pyqtSignal(str)
    drop_requested = pyqtSignal(str, int)
    page_requested = pyqtSignal(str, int)
    selected_changed = pyqtSignal(str)
    file_requested = pyqtSignal(str)
    reuse_requested = pyqtSignal(str)
    tick_requested = pyqtSignal(str, int)
    due_requested = pyqtSignal()
    scan_requested = pyqtSignal(str)
    scan_options_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("materials", "", parent)
        self.setAccessibleName(self.tr("材料清单"))
        self._has_scanner = False
        self._title = text(self.tr("材料"), "heading", "materials_title")
        self._count = text(role="soft", name="materials_count")
        self._model = MaterialModel(self)
        self.list = MaterialList()
        self.list.setObjectName("materials_list")
        self.list.setAccessibleName(self.tr("材料清单"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(MaterialDelegate(self.list))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(84)
        self.list.key.connect(self._on_key)
        self.list.doubleClicked.connect(lambda _: self._on_key("capture"))
        if (selection := self.list.selectionModel()) is not None:
            selection.currentChanged.connect(lambda *_: self._show_selected())
        self._empty = text(self.tr("选定事项后，这里列出要收的材料"), "soft", "materials_empty", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._detail = self._build_detail()
        self._due = button(self.tr("补交 Ctrl+B"), "small", "materials_due")
        self._due.setShortcut("Ctrl+B")
        self._due.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._due.clicked.connect(self.due_requested)
        self._due_words = text(role="soft", name="materials_due_words", wrap=True)
        self._due_words.setContentsMargins(12, 0, 12, 4)
        self._due_words.hide()
        head = row(self._title, self._count, None, self._due)
        head.setContentsMargins(12, 10, 12, 4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._due_words)
        whole.addWidget(self._empty, 1)
        whole.addWidget(self.list, 1)
        whole.addWidget(self._detail)
        self.set_materials(())

    def _build_detail(self) -> QFrame:
        detail = QFrame()
        detail.setObjectName("material_detail")
        detail.setAccessibleName(self.tr("所选材料"))
        self._points = QGridLayout()
        self._points.setContentsMargins(0, 0, 0, 0)
        self._points.setHorizontalSpacing(6)
        self._points.setVerticalSpacing(1)
        self._points.setColumnStretch(1, 1)
        self._points_title = text(self.tr("收件要点"), "faint", "material_points_title")
        self._all = button(self.tr("全部确认 A"), "small", "material_tick_all")
        self._offer = text(role="soft", name="material_offer", wrap=True)
        self._hint = text(role="soft", name="material_hint", wrap=True)
        self._reuse = button(self.tr("沿用 U"), "small", "material_reuse")
        self._view = button(self.tr("看 V"), "small", "material_view")
        self._capture = button(self.tr("拍 Enter"), "small", "material_capture")
        self._scan = button(self.tr("扫描 S"), "small", "material_scan")
        self._scan.setToolTip(self.tr("用扫描仪扫进这份材料（Shift+F6）；右键或 Ctrl+F6 选扫描方式"))
        self._scan.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._scan.customContextMenuRequested.connect(self.scan_options_requested)
        self._scan.hide()
        self._tolerate = button(self.tr("容缺 T"), "small", "material_tolerate")
        self._promise = button(self.tr("承诺 P"), "small", "material_promise")
        self._drop = button(self.tr("删页 Del"), "small", "material_drop")
        for made, what in (
            (self._capture, "capture"),
            (self._scan, "scan"),
            (self._tolerate, "tolerate"),
            (self._promise, "promise"),
            (self._drop, "drop"),
            (self._all, "tick_all"),
            (self._reuse, "reuse"),
            (self._view, "view"),
        ):
            made.clicked.connect(lambda _=False, what=what: self._on_key(what))
        inside = QVBoxLayout(detail)
        inside.setContentsMargins(12, 0, 12, 10)
        inside.setSpacing(2)
        inside.addWidget(rule())
        inside.addSpacing(4)
        inside.addLayout(row(self._points_title, None, self._all))
        inside.addLayout(self._points)
        offer = row(gap=6)
        offer.addWidget(self._offer, 1)
        offer.addWidget(self._reuse)
        inside.addLayout(offer)
        inside.addWidget(self._hint)
        inside.addSpacing(4)
        inside.addLayout(row(self._capture, self._scan, self._tolerate, self._promise, None, gap=6))
        inside.addLayout(row(self._view, self._drop, None, gap=6))
        return detail

    def set_folded(self, on: bool) -> None:
        """Keep one and a half lines of the list instead of two, for a low window."""
        self.list.setMinimumHeight(scaled(self.list, 52 if on else 84))

    def set_scanner(self, there: bool) -> None:
        """Has this counter a scanner?"""
        self._has_scanner = there
        self._scan.setVisible(there)

    def set_due(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """What falls due, under the key that lists it; empty when nothing does."""
        set_text(self._due_words, words, tone)

    def set_materials(self, materials: Sequence[MaterialView]) -> None:
        """Show the checklist. The selection stays on the same material."""
        before = self.selected()
        was_missing = self._status(before) == "missing"
        self._model.set_materials(materials)
        self._empty.setVisible(not materials)
        self.list.setVisible(bool(materials))
        settled = sum(m.status != "missing" for m in materials)
        words = self.tr("已落实 {0}/{1}").format(settled, len(materials)) if materials else ""
        set_text(self._count, words, Tone.SUCCESS if materials and settled == len(materials) else Tone.NEUTRAL)
        settled_itself = was_missing and self._status(before) == "waived"  # a licence came: on to what is left
        if before is None or settled_itself or not self.select(before):
            first = next((m.id for m in materials if m.status == "missing"), materials[0].id if materials else "")
            self.select(first)
        self._show_selected()

    def select(self, material: str) -> bool:
        """Select a material. False when it is not on the list."""
        for index, known in enumerate(self._model.materials):
            if known.id == material:
                self.list.setCurrentIndex(self._model.index(index))
                return True
        return False

    def selected(self) -> str | None:
        """The id of the selected material."""
        material = self._selected()
        return material.id if material else None

    def focus_list(self) -> None:
        """Give the keys to the list."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def select_next_missing(self) -> bool:
        """Select the next material still to be settled. False when there is none."""
        missing = next((m.id for m in self._model.materials if m.status == "missing"), None)
        return missing is not None and self.select(missing)

    def _status(self, material: str | None) -> str:
        return next((m.status for m in self._model.materials if m.id == material), "")

    def _selected(self) -> MaterialView | None:
        material = self.list.currentIndex().data(MaterialModel.MATERIAL)
        return material if isinstance(material, MaterialView) else None

    def _show_selected(self) -> None:
        material = self._selected()
        self._detail.setVisible(material is not None)
        if material is None:
            self.selected_changed.emit("")
            return
        clear(self._points)
        for line, point in enumerate(material.points):
            self._add_point(line, point, line < len(material.ticked) and material.ticked[line])
        self._points_title.setVisible(bool(material.points))
        self._all.setVisible(bool(material.points) and not material.all_ticked)
        set_text(self._offer, material.offer, Tone.INFO if material.can_reuse else Tone.NEUTRAL)
        set_text(self._hint, material.hint, Tone.WARNING)
        self._reuse.setVisible(material.can_reuse)
        self._view.setVisible(material.pages > 0)
        self._view.setText(self.tr("看 {0} 页 V").format(material.pages))
        self._tolerate.setVisible(material.can_tolerate)
        self._promise.setVisible(material.can_promise)
        self._drop.setVisible(material.pages > 0)
        self.selected_changed.emit(material.id)

    def _add_point(self, line: int, point: str, ticked: bool) -> None:
        chip = button(("✓" if ticked else "") + (str(line + 1) if line < 9 else "·"), "chip", f"tick_{line}")
        words = (self.tr("已确认：{0}") if ticked else self.tr("确认：{0}")).format(point)
        chip.setToolTip(words)
        chip.setAccessibleName(words)
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chip.clicked.connect(lambda _=False: self._on_key(f"tick{line}"))
        self._points.addWidget(chip, line, 0, Qt.AlignmentFlag.AlignTop)
        label = text(point, "soft", f"material_point_{line}", wrap=True)
        restyle(label, tone=Tone.SUCCESS if ticked else Tone.NEUTRAL)
        self._points.addWidget(label, line, 1)

    def _on_key(self, what: str) -> None:
        material = self._selected()
        if material is None:
            return
        if what == "capture":
            self.capture_requested.emit(material.id)
        elif what == "scan" and self._has_scanner:
            self.scan_requested.emit(material.id)
        elif what == "tolerate" and material.can_tolerate:
            self.tolerate_requested.emit(material.id)
        elif what == "promise" and material.can_promise:
            self.promise_requested.emit(material.id)
        elif what == "drop" and material.pages:
            self.drop_requested.emit(material.id, material.pages - 1)
        elif what == "file":
            self.file_requested.emit(material.id)
        elif what == "reuse" and material.can_reuse:
            self.reuse_requested.emit(material.id)
        elif what == "view" and material.pages:
            self.page_requested.emit(material.id, 0)
        elif what == "tick_all" and material.points:
            self.tick_requested.emit(material.id, -1)
        elif what.startswith("tick") and what[4:].isdigit() and int(what[4:]) < len(material.points):
            self.tick_requested.emit(material.id, int(what[4:]))
