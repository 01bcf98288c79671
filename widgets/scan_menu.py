"""How to scan: where the pages lie, colour, sharpness. A menu, since it is chosen once and then stays."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

from PyQt6.QtCore import QPoint, pyqtSignal
from PyQt6.QtGui import QAction, QActionGroup
from PyQt6.QtWidgets import QMenu, QWidget


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """source: "" takes the feeder if something lies in it, else the glass. dpi: dots an inch."""

    source: str = ""
    colour: str = "colour"
    dpi: int = 300


class ScanMenu(QMenu):
    """`chosen` carries the whole of ScanOptions after each choice."""

    chosen = pyqtSignal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("scan_menu")
        self.setAccessibleName(self.tr("扫描方式"))
        self._options = ScanOptions()
        self._actions: dict[tuple[str, object], QAction] = {}
        self._group(
            "source",
            self.tr("从哪里扫描"),
            {
                "": self.tr("自动：有进纸先扫进纸，没有扫平板(&A)"),
                "glass": self.tr("平板(&G)"),
                "feeder": self.tr("进纸，单面(&F)"),
                "feeder_duplex": self.tr("进纸，双面(&D)"),
            },
        )
        self._group("colour", self.tr("颜色"), {"colour": self.tr("彩色(&C)"), "grey": self.tr("灰度(&H)")})
        dpis = {
            200: self.tr("200 dpi，文件小(&2)"),
            300: self.tr("300 dpi，标准(&3)"),
            600: self.tr("600 dpi，小字、印章(&6)"),
        }
        self._group("dpi", self.tr("清晰度"), dpis)

    def choices(self) -> list[ScanOptions]:
        """All that can be chosen."""
        parts = [[value for name, value in self._actions if name == wanted] for wanted in ("source", "colour", "dpi")]
        return [ScanOptions(str(s), str(c), int(str(d))) for s, c, d in itertools.product(*parts)]

    def open_at(self, options: ScanOptions) -> None:
        """Show it with these chosen, over its owner's lower edge."""
        self._options = options
        for (name, value), action in self._actions.items():
            action.setChecked(getattr(options, name) == value)
        owner = self.parentWidget()
        if owner is not None:
            size = self.sizeHint()
            corner = owner.mapToGlobal(QPoint(owner.width() - size.width(), owner.height() - size.height()))
            self.popup(corner)

    def _group(self, name: str, title: str, values: dict[str, str] | dict[int, str]) -> None:
        self.addSection(title)
        group = QActionGroup(self)
        for value, words in values.items():
            action = QAction(words, self)
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, value=value: self._choose(name, value))
            group.addAction(action)
            self.addAction(action)
            self._actions[(name, value)] = action

    def _choose(self, name: str, value: object) -> None:
        self._options = replace(self._options, **{name: value})  # type: ignore[arg-type]
        self.chosen.emit(self._options)
