"""The official form beside the combined one: what is typed there shows here, in the form's own boxes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt6.QtCore import QEvent, QObject, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.official import FilledBox
from widgets.bits import TONE_ICONS, ElidedLabel, Panel, button, clear, row, rule, set_text, text
from widgets.icons import icon
from widgets.official_page import OfficialPage
from widgets.theme import scaled
from widgets.tokens import TONE_INKS
from widgets.views import Tone
from widgets.views_official import OfficialNote, OfficialView

ZOOMS = (1.0, 1.25, 1.5, 2.0, 3.0)
"""Of the panel's width."""
_NOTES_SHOWN = 3


class OfficialPanel(Panel):
    """Shows what `set_view` is handed.

    Keys on the page: ↑ ↓ from box to box, Enter to the box's field, Page keys, + − 0 zoom, S material, P print,
    O pre-printed, E file, Esc back to the form. Signals: field_chosen(key), form_chosen(index), save_requested(),
    print_requested(), preprinted_requested(), export_requested(), left() on Esc, close_requested().
    """

    field_chosen = pyqtSignal(str)
    form_chosen = pyqtSignal(int)
    save_requested = pyqtSignal()
    print_requested = pyqtSignal()
    preprinted_requested = pyqtSignal()
    export_requested = pyqtSignal()
    left = pyqtSignal()
    close_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("official", "", parent)
        self.setAccessibleName(self.tr("官方表样"))
        self._view: OfficialView | None = None
        self._pages: list[OfficialPage] = []
        self._key = ""
        self._current = -1
        self._veils: Mapping[str, tuple[str, str]] = {}
        self._zoom = 1.0
        self._title = ElidedLabel(self.tr("官方表样"), "title")
        self._title.setObjectName("official_title")
        self._forms = QComboBox()
        self._forms.setObjectName("official_forms")
        self._forms.setAccessibleName(self.tr("选择表样"))
        self._forms.activated.connect(self.form_chosen)
        self._state = ElidedLabel(role="soft")
        self._state.setObjectName("official_state")
        self._place = text(role="soft", name="official_place")
        self._notes = QListWidget()
        self._notes.setObjectName("official_notes")
        self._notes.setAccessibleName(self.tr("要手写或核对的栏目"))
        self._notes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._notes.itemActivated.connect(self._note_chosen)
        self._notes.itemClicked.connect(self._note_chosen)
        self._sheet = QWidget()
        self._sheet.setObjectName("official_sheet")
        self._column = QVBoxLayout(self._sheet)
        self._column.setContentsMargins(8, 8, 8, 8)
        self._column.setSpacing(8)
        self.area = QScrollArea()
        self.area.setObjectName("official_area")
        self.area.setAccessibleName(self.tr("表样各页"))
        self.area.setWidgetResizable(True)
        self.area.setWidget(self._sheet)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.installEventFilter(self)
        bar = self.area.verticalScrollBar()
        if bar is not None:
            bar.valueChanged.connect(lambda _: self._say_place())
            bar.rangeChanged.connect(lambda *_: self._say_place())  # pages just built have no places yet
        self._save = self._button(self.tr("存为材料 S"), "official_save", self.save_requested.emit)
        self._print = self._button(self.tr("打印 P"), "official_print", self.print_requested.emit)
        self._preprinted = self._button(self.tr("套打 O"), "official_preprinted", self.preprinted_requested.emit)
        self._export = self._button(self.tr("另存 PDF E"), "official_export", self.export_requested.emit)
        self._close = self._button(self.tr("收起 Ctrl+T"), "official_close", self.close_requested.emit)
        self._lay_out()
        self._show_notes()

    def _button(self, words: str, name: str, act: Callable[[], object]) -> QPushButton:
        made = button(words, "small", name)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda _=False: act())
        return made

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(6)
        titles = row(gap=10)
        titles.addWidget(self._title, 1)
        titles.addWidget(self._forms, 1)
        titles.addWidget(self._close)
        head.addLayout(titles)
        states = row(gap=10)
        states.addWidget(self._state, 1)
        states.addWidget(self._place)
        head.addLayout(states)
        head.addWidget(self._notes)
        foot = row(self._save, self._print, self._preprinted, self._export, None, gap=6)
        foot.setContentsMargins(16, 6, 16, 8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(rule())
        whole.addWidget(self.area, 1)
        whole.addWidget(rule())
        whole.addLayout(foot)

    # -- setters ----------------------------------------------------------------------------------------------

    def set_view(self, view: OfficialView) -> None:
        """Show a form. The same form filled anew keeps its place on the screen."""
        before, self._view = self._view, view
        same = (
            before is not None
            and (before.titles, before.index) == (view.titles, view.index)
            and [page.size() for page in before.pages] == [page.size() for page in view.pages]
        )
        several = len(view.titles) > 1
        self._title.setVisible(not several)
        self._forms.setVisible(several)
        if not same:
            self._title.setText(view.titles[view.index])
            self._forms.clear()
            self._forms.addItems(view.titles)
            self._forms.setCurrentIndex(view.index)
            self._current = -1
            self._build()
        else:
            for number, page in enumerate(self._pages):
                page.set_image(view.pages[number], self._boxes_of(number))
        self._current = min(self._current, len(view.boxes) - 1)
        set_text(self._state, view.state, view.tone)
        self._state.setVisible(True)
        self._save.setEnabled(not view.save_why)
        self._save.setToolTip(view.save_why)
        for printing in (self._print, self._preprinted):
            printing.setEnabled(not view.print_why)
            printing.setToolTip(view.print_why)
        self._show_notes()
        self._mark()
        self._say_place()

    def clear(self) -> None:
        """Show nothing: nobody finds the visitor before him here."""
        self._view, self._pages, self._veils, self._key, self._current = None, [], {}, "", -1
        clear(self._column)
        self._forms.clear()
        self._title.setText(self.tr("官方表样"))
        self._state.clear()
        self._place.clear()
        self._show_notes()

    def set_busy(self, words: str) -> None:
        """Say that the form is being made; what is shown stays until then."""
        set_text(self._state, words, Tone.NEUTRAL)
        self._state.setVisible(True)

    def set_field(self, key: str) -> None:
        """Mark the boxes of the field in hand, and bring the first of them into view."""
        self._key = key
        self._mark()
        hits = [number for number, box in enumerate(self._boxes()) if key and key in box.keys]
        if hits and not any(self._in_view(number) for number in hits):
            self._bring_into_view(hits[0])

    def set_veils(self, veils: Mapping[str, tuple[str, str]]) -> None:
        """What the combined form masks is masked here too: field -> (its value, how it reads). The field in hand is
        readable, as it is there."""
        self._veils = veils
        self._mark()

    def pages_width(self) -> int:
        """How wide a page is drawn, device pixels: for who renders it."""
        return round(self._page_width() * self.devicePixelRatioF())

    def focus_page(self) -> None:
        """Put the keyboard on the page, at the box of the field in hand."""
        hits = [number for number, box in enumerate(self._boxes()) if self._key and self._key in box.keys]
        self._current = hits[0] if hits else max(self._current, 0)
        self.area.setFocus()
        self._mark()

    @property
    def view(self) -> OfficialView | None:
        return self._view

    def state_words(self) -> str:
        """What is said of the form now."""
        return self._state.text()

    # -- inside -----------------------------------------------------------------------------------------------

    def _boxes(self) -> tuple[FilledBox, ...]:
        return self._view.boxes if self._view is not None else ()

    def _boxes_of(self, page: int) -> list[tuple[int, FilledBox]]:
        return [(number, box) for number, box in enumerate(self._boxes()) if box.page == page]

    def _build(self) -> None:
        clear(self._column)
        assert self._view is not None  # noqa: S101 - set by the only caller
        count = len(self._view.pages)
        self._pages = [OfficialPage(page, self._boxes_of(n), n, count) for n, page in enumerate(self._view.pages)]
        for page in self._pages:
            page.chosen.connect(self._choose)
            self._column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self._draw()

    def _page_width(self) -> int:
        viewport = self.area.viewport()
        return round(max((viewport.width() if viewport is not None else 600) - 18, 200) * self._zoom)

    def _draw(self) -> None:
        policy = Qt.ScrollBarPolicy
        self.area.setHorizontalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if self._zoom == 1.0 else policy.ScrollBarAsNeeded
        )
        for page in self._pages:
            page.set_width(self._page_width())

    def zoom(self, by: int) -> None:
        """One step larger (1) or smaller (-1); 0 fits the width."""
        at = ZOOMS.index(self._zoom)
        self._zoom = ZOOMS[min(max(at + by, 0), len(ZOOMS) - 1)] if by else ZOOMS[0]
        self._draw()

    def _mark(self) -> None:
        boxes = self._boxes()
        marked = frozenset(n for n, box in enumerate(boxes) if self._key and self._key in box.keys)
        wrong_names = {note.box for note in (self._view.notes if self._view else ()) if note.tone is not Tone.INFO}
        wrong = frozenset(n for n, box in enumerate(boxes) if box.name in wrong_names)
        current = self._current if self.area.hasFocus() else -1
        veils = {
            number: box.text.replace(self._veils[key][0], self._veils[key][1])
            for number, box in enumerate(boxes)
            for key in box.keys
            if key in self._veils and self._veils[key][0] in box.text
        }
        for page in self._pages:
            page.set_veils(veils)
            page.set_marks(marked, wrong, current)

    def _show_notes(self) -> None:
        notes = self._view.notes if self._view is not None else ()
        self._notes.clear()
        for note in notes:
            entry = QListWidgetItem(icon(TONE_ICONS[note.tone], TONE_INKS[note.tone]), note.words)
            entry.setToolTip(note.words)
            self._notes.addItem(entry)
        self._notes.setVisible(bool(notes))
        line = max(self._notes.sizeHintForRow(0), scaled(self._notes, 24)) if notes else 0
        self._notes.setFixedHeight(line * min(len(notes), _NOTES_SHOWN) + 6)

    def _note_chosen(self, entry: QListWidgetItem) -> None:
        note: OfficialNote = self._view.notes[self._notes.row(entry)] if self._view else OfficialNote("", Tone.INFO)
        number = next((n for n, box in enumerate(self._boxes()) if box.name == note.box), -1)
        if number >= 0:
            self._bring_into_view(number)
        if note.key:
            self.field_chosen.emit(note.key)

    def _choose(self, number: int) -> None:
        """A click, or Enter, on a box."""
        self._current = number
        keys = self._boxes()[number].keys
        # A box may join several fields: the one in hand stays, else the first that the form has.
        if keys:
            self.field_chosen.emit(self._key if self._key in keys else keys[0])
        self._mark()

    def _step(self, by: int) -> None:
        boxes = self._boxes()
        if boxes:
            self._current = min(max(self._current + by, 0), len(boxes) - 1)
            self._bring_into_view(self._current)
            self._mark()
            self.area.setAccessibleDescription(f"{boxes[self._current].label} {boxes[self._current].text}".strip())

    def _spot(self, number: int) -> QRectF | None:
        box = self._boxes()[number]
        if not 0 <= box.page < len(self._pages):
            return None
        page = self._pages[box.page]
        return page.place(box).translated(page.pos().x(), page.pos().y())

    def _in_view(self, number: int) -> bool:
        spot, bar, viewport = self._spot(number), self.area.verticalScrollBar(), self.area.viewport()
        if spot is None or bar is None or viewport is None:
            return False
        return bar.value() <= spot.top() and spot.bottom() <= bar.value() + viewport.height()

    def _bring_into_view(self, number: int) -> None:
        spot = self._spot(number)
        if spot is not None:
            self.area.ensureVisible(round(spot.center().x()), round(spot.center().y()), 60, 90)

    def _say_place(self) -> None:
        bar = self.area.verticalScrollBar()
        if bar is None or not self._pages:
            self._place.clear()
            return
        middle = bar.value() + self.area.height() // 2
        now = sum(page.pos().y() <= middle for page in self._pages)
        self._place.setText(self.tr("第 {0}/{1} 页").format(max(now, 1), len(self._pages)))

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        """The page's keys come before the scroll area's own."""
        if isinstance(a1, QKeyEvent) and a1.type() == QEvent.Type.KeyPress and self._on_key(a1):
            return True
        if a1 is not None and a1.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._mark()
        return super().eventFilter(a0, a1)

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        key_of = Qt.Key
        acts: dict[Qt.Key, Callable[[], object]] = {
            key_of.Key_Down: lambda: self._step(1),
            key_of.Key_Up: lambda: self._step(-1),
            key_of.Key_Return: lambda: self._choose(self._current) if self._current >= 0 else None,
            key_of.Key_Enter: lambda: self._choose(self._current) if self._current >= 0 else None,
            key_of.Key_Plus: lambda: self.zoom(1),
            key_of.Key_Equal: lambda: self.zoom(1),
            key_of.Key_Minus: lambda: self.zoom(-1),
            key_of.Key_0: lambda: self.zoom(0),
            key_of.Key_S: self._save.click,
            key_of.Key_P: self._print.click,
            key_of.Key_O: self._preprinted.click,
            key_of.Key_E: self._export.click,
            key_of.Key_Escape: self.left.emit,
        }
        act = acts.get(Qt.Key(event.key()))
        if act is None:
            return False
        act()
        event.accept()
        return True

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._draw()
