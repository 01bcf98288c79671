"""What of a person's data stays out of sight until it is asked for (docs/design.md, 'Personal data on the screen')."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QStylePainter

from app.domain.item import Element, ElementType
from app.domain.person import mask
from widgets.look import px

_DISTRICT = 9
"""Characters of an address that stay readable: province, city and district mostly (浙江省湖州市吴兴区)."""


def veil_of(element: Element, value: str) -> str:
    """How a value reads while it is kept out of sight; "" when there is nothing to hide."""
    if not value:
        return ""
    if element.type in (ElementType.ID_NUMBER, ElementType.PHONE):
        return mask(value)
    if element.type is ElementType.TEXT and element.personal and "address" in element.id and len(value) > _DISTRICT:
        return value[:_DISTRICT] + "***"
    return ""


def paint_veiled(line: QLineEdit, words: str) -> None:
    """Paint a line with other words than it holds: its text, its value and what is typed into it stay what they are."""
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    painter = QStylePainter(line)
    painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option)
    style = line.style()
    room = style.subElementRect(QStyle.SubElement.SE_LineEditContents, option, line) if style else line.rect()
    room = room.marginsRemoved(line.textMargins()).adjusted(px(2), 0, -px(2), 0)
    shown = line.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.setPen(option.palette.text().color())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
