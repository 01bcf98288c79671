"""Printing once more: with a reason, where the settings want one."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtWidgets import QWidget

from app.presenters.print_desk import PrintDesk
from widgets.dialogs.print_reason import PrintReasonDialog


def ask_reason(printing: PrintDesk, paper: str, then: Callable[[str], object], parent: QWidget) -> None:
    """Go on with the reason, or with none where none is wanted. Whoever gives none prints nothing."""
    if not printing.rules.reprint_reason:
        then("")
        return
    dialog = PrintReasonDialog(paper, parent)
    dialog.given.connect(then)
    dialog.open_once()
