"""亮证 on the citizen's screen: the holder takes the code of a licence along."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPixmap
from PyQt6.QtWidgets import QLabel, QWidget

from widgets.bits import column, row, text
from widgets.symbol import symbol_picture
from widgets.views_issued import CodeOnScreen

_CODE = 400
"""Pixels of the symbol's side at most on the smallest screen."""


class CodePage(QWidget):
    """One large code with whose it is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("citizen_licence")
        self._title = text(role="citizen_title", name="citizen_licence_title", wrap=True)
        self._who = text(role="citizen_heading", name="citizen_licence_who", wrap=True)
        self._words = text(role="citizen_soft", name="citizen_licence_words", wrap=True)
        self.code = QLabel()
        self.code.setObjectName("citizen_licence_code")
        self.code.setAccessibleName(self.tr("电子证照二维码"))
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        whole = row(column(None, self._title, self._who, self._words, None, gap=20), gap=32)
        whole.addLayout(column(None, self.code, None, gap=0))
        whole.setStretch(0, 1)
        whole.setContentsMargins(48, 32, 48, 32)
        self.setLayout(whole)

    def set_view(self, view: CodeOnScreen | None) -> None:
        """Show a code; None: nothing of the last one stays."""
        shown = view or CodeOnScreen("", "", "", ())
        self._title.setText(shown.title)
        self._who.setText(shown.who)
        self._words.setText(shown.words)
        self.code.setPixmap(symbol_picture(shown.modules, _CODE) if shown.modules else QPixmap())
        self.setAccessibleName(shown.title)
