"""Above the fields, in an assisted visit: how much is known already, and from where; a press shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QWidget

from widgets.bits import ElidedLabel, button, row
from widgets.form_body import FormBody
from widgets.i18n import core_words


class TuckedLine(QWidget):
    """Signals: pressed() to show what is folded, or to fold it again."""

    pressed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("form_tucked")
        self._words = ElidedLabel(role="soft")
        self._words.setObjectName("form_tucked_words")
        self._press = button("", "small", "form_tucked_press")
        self._press.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._press.clicked.connect(self.pressed)
        line = row(self._words, self._press, gap=8)
        line.setStretch(0, 1)
        line.setContentsMargins(16, 6, 12, 6)
        self.setLayout(line)
        self.set_known(0, (), False)

    def set_known(self, count: int, sources: Sequence[str], shown: bool) -> None:
        """How many fields, from which sources; 0 takes the line away. shown: they stand on the form now."""
        self.setVisible(count > 0)
        words = self.tr("已有 {0} 项，来自{1}").format(count, self.tr("、").join(sources))
        self._words.setText(words)
        press = self.tr("收起 Alt+Z") if shown else self.tr("展开 Alt+Z")
        self._press.setText(press)
        self._press.setAccessibleName(press)
        self._press.setToolTip(self.tr("光标不动；F5 和 Enter 只走还空着的"))
        self.setAccessibleName(words)


class KnownFold:
    """Folds what is known away from a form's page. held: the field that has, or last had, the cursor; "" for none."""

    def __init__(self, body: FormBody, held: Callable[[], str]) -> None:
        self._body = body
        self.line = TuckedLine()
        self._held = held
        self.line.pressed.connect(self.turn)
        self._on = self._shown = False

    def set_on(self, on: bool, held: str) -> None:
        """Fold what is known, or show the whole form again."""
        self._on, self._shown = on, False
        self.refresh(held)

    @property
    def filled(self) -> bool:
        """Is anything known, so that it can be folded?"""
        return self._on and any(slot.known for slot in self._body.slots.values())

    def turn(self) -> None:
        """Show what is folded, or fold it again; the cursor stays."""
        self._open(not self._shown, self._held())

    def unfold(self, held: str) -> None:
        """Somebody goes to what is folded."""
        self._open(True, held)

    def _open(self, shown: bool, held: str) -> None:
        self._shown = shown
        self.refresh(held)

    def refresh(self, held: str) -> None:
        """After a change of what is known."""
        known = {key: slot for key, slot in self._body.slots.items() if slot.known} if self._on else {}
        # What has the cursor does not go from under it.
        in_hand = self._body.slots[held].row if held in self._body.slots else None
        busy = held if in_hand is not None and in_hand.has_cursor() else ""
        self._body.tuck(() if self._shown else known.keys() - {busy}, held)
        facts = [slot.state.fact for slot in known.values() if slot.state.fact is not None]
        labels = dict.fromkeys(core_words(fact.source.label) for fact in facts)
        self.line.set_known(len(known), list(labels), self._shown)
