"""What to have done: tiles, a search by everyday words or pinyin initials, and the guide's questions."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from widgets.bits import ElidedLabel, button, column, name_clear_button, row, set_icon, text
from widgets.self_service.keypad import LETTERS, Keypad
from widgets.self_service.views import AskView, TileView

COLUMNS = 3
ROWS, ROWS_WITH_KEYS = 4, 2
TILE_HIGH = 70


class Tile(QPushButton):
    """A large touch target of two lines: what it is, and what it brings."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("self_tile")
        self.setProperty("kind", "touch_tile")
        self.setCheckable(True)
        self.setMinimumHeight(TILE_HIGH)
        self.setAutoDefault(False)
        self.code = ""
        self._name = ElidedLabel(role="touch_name")
        self._note = ElidedLabel(role="touch_note")
        self._tick = QLabel()
        set_icon(self._tick, "check", "accent", 28)
        lines = column(self._name, self._note, gap=2)
        inside = row(gap=8)
        inside.addLayout(lines, 1)
        inside.addWidget(self._tick)
        inside.setContentsMargins(16, 8, 16, 8)
        self.setLayout(inside)
        for part in (self._name, self._note, self._tick):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_view(self, view: TileView) -> None:
        self.code = view.code
        self._name.setText(view.name)
        self._note.setText(view.note)
        self._note.setVisible(bool(view.note))
        self._tick.setVisible(view.chosen)
        self.setChecked(view.chosen)
        self.setAccessibleName(view.name)
        self.setAccessibleDescription(self.tr("已选") if view.chosen else view.note)

    def sizeHint(self) -> QSize:
        return QSize(240, TILE_HIGH)


class ChoosePage(QWidget):
    """Signals: searched(words); toggled(code)."""

    searched = pyqtSignal(str)
    toggled = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("self_choose")
        self.setAccessibleName(self.tr("选要办的事"))
        self._tiles: tuple[TileView, ...] = ()
        self._at = 0
        self.search = QLineEdit()
        self.search.setObjectName("self_search")
        self.search.setProperty("kind", "touch")
        self.search.setPlaceholderText(self.tr("说说要办什么，如 开理发店，或拼音首字母 klfd"))
        self.search.setAccessibleName(self.tr("搜索要办的事"))
        name_clear_button(self.search, self.tr("清空"))
        self.search.textChanged.connect(self._typed)
        self._keys = button(self.tr("拼音键盘"), "citizen", "self_letters")
        self._keys.setCheckable(True)
        self._keys.toggled.connect(self._show_keys)
        self._before = button(self.tr("前面的"), "citizen", "self_tiles_before")
        self._after = button(self.tr("看更多"), "citizen", "self_tiles_after")
        self._before.setAccessibleName(self.tr("前面的事项"))
        self._after.setAccessibleName(self.tr("后面的事项"))
        self._before.clicked.connect(lambda _=False: self._turn(-1))
        self._after.clicked.connect(lambda _=False: self._turn(1))
        for press in (self._keys, self._before, self._after):
            press.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self.tiles = [Tile() for _ in range(ROWS * COLUMNS)]
        for at, tile in enumerate(self.tiles):
            tile.clicked.connect(lambda _=False, one=tile: self.toggled.emit(one.code))
            self._grid.addWidget(tile, at // COLUMNS, at % COLUMNS)
        for column_ in range(COLUMNS):
            self._grid.setColumnStretch(column_, 1)
        self._none = text(self.tr("没有找到，换个说法试试；也可以请工作人员帮忙。"), "citizen", "self_none", wrap=True)
        self.pad = Keypad(LETTERS, wide=76)
        self.pad.hide()
        self._cart = ElidedLabel(role="citizen_soft")
        self._cart.setObjectName("self_cart")
        top = row(gap=12)
        top.addWidget(self.search, 1)
        for press in (self._keys, self._before, self._after):
            top.addWidget(press)
        whole = column(top, self._grid, self._none, None, gap=14)
        whole.addWidget(self.pad, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addWidget(self._cart)
        self.setLayout(whole)
        self.set_tiles(())

    def begin(self) -> None:
        """Empty for the next applicant, the cursor in the search."""
        self._keys.setChecked(False)
        self.search.clear()
        self._at = 0

    def set_tiles(self, tiles: Sequence[TileView], cart: str = "") -> None:
        """What is offered; cart: what is chosen so far, in one line."""
        if [tile.code for tile in tiles] != [tile.code for tile in self._tiles]:
            self._at = 0
        self._tiles = tuple(tiles)
        self._cart.setText(cart)
        self._show()

    def _typed(self, words: str) -> None:
        self._at = 0
        self.searched.emit(words)

    def _turn(self, by: int) -> None:
        self._at = max(0, min(self._at + by, self._pages() - 1))
        self._show()

    def _room(self) -> int:
        return COLUMNS * (ROWS_WITH_KEYS if self._keys.isChecked() else ROWS)

    def _pages(self) -> int:
        return max(1, -(-len(self._tiles) // self._room()))

    def _show_keys(self, on: bool) -> None:
        self.pad.setVisible(on)
        self._at = 0
        self._show()
        self.search.setFocus()

    def _show(self) -> None:
        room = self._room()
        self._at = min(self._at, self._pages() - 1)
        shown = self._tiles[self._at * room : (self._at + 1) * room]
        for at, tile in enumerate(self.tiles):
            tile.setVisible(at < len(shown))
            if at < len(shown):
                tile.set_view(shown[at])
        self._none.setVisible(not self._tiles)
        self._before.setEnabled(self._at > 0)
        self._after.setEnabled(self._at + 1 < self._pages())


class GuidePage(QWidget):
    """A question of the guide, an answer a button. answered(value)."""

    answered = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("self_guide")
        self.setAccessibleName(self.tr("先问清情形"))
        self._title = text(role="citizen_soft", name="self_guide_title")
        self._question = text(role="citizen_title", name="self_question", wrap=True)
        self._options = QVBoxLayout()
        self._options.setSpacing(12)
        inside = QWidget()
        inside.setLayout(column(self._options, None))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = column(self._title, self._question, scroll, gap=16)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def set_view(self, view: AskView) -> None:
        """Ask this."""
        self._title.setText(view.title)
        self._question.setText(view.question)
        while (item := self._options.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for value, words, chosen in view.options:
            press = button(words, "touch_option", "self_option")
            press.setCheckable(True)
            press.setChecked(chosen)
            press.clicked.connect(lambda _=False, said=value: self.answered.emit(said))
            self._options.addWidget(press)
