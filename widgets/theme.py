"""The look: fonts and the style sheet made from the tokens."""

from __future__ import annotations

from string import Template

from PyQt6.QtCore import QLocale
from PyQt6.QtGui import QColor, QFont, QPalette
from PyQt6.QtWidgets import QApplication, QWidget

import resources
from widgets.tokens import LIGHT, Palette
from widgets.views import Tone

FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "PingFang SC",
    "LXGW WenKai",  # draws names with rare characters (㛃 𠮷 䶮 𬭚) where the others lack them
    "WenQuanYi Micro Hei",
    "sans-serif",
)
BASE_PX = 14


def style_sheet(palette: Palette = LIGHT) -> str:
    """resources/qss/yichuang.qss with its $tokens filled in. KeyError for a token that does not exist."""
    icons = resources.path("icons").as_posix()
    text = resources.path("qss/yichuang.qss").read_text(encoding="utf-8")
    return Template(text).substitute(palette.tokens(), icons=icons)


def apply_theme(app: QApplication, language: str = "zh", palette: Palette = LIGHT) -> None:
    """Give app our fonts, colours and style sheet; call it before the first window is shown.

    language ("zh" or "en") sets the locale, which decides the shape of shared Han characters and of numbers.
    """
    QLocale.setDefault(QLocale("en_US" if language == "en" else "zh_CN"))
    app.setStyle("Fusion")  # the same on every desktop, and the one style that style sheets cover fully
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(BASE_PX)
    app.setFont(font)
    colours = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, palette.ground),
        (role.Base, palette.surface),
        (role.AlternateBase, palette.sunken),
        (role.Text, palette.ink),
        (role.WindowText, palette.ink),
        (role.ButtonText, palette.ink),
        (role.Button, palette.surface),
        (role.Highlight, palette.accent),
        (role.HighlightedText, palette.on_accent),
        (role.PlaceholderText, palette.ink_faint),
        (role.ToolTipBase, palette.film),
        (role.ToolTipText, palette.on_film),
    ):
        colours.setColor(which, QColor(colour))
    app.setPalette(colours)
    app.setStyleSheet(style_sheet(palette))


def restyle(widget: QWidget, **properties: object) -> None:
    """Set properties that the style sheet looks at, and let it look again if one changed."""
    changed = False
    for name, value in properties.items():
        text = value.value if isinstance(value, Tone) else value
        if widget.property(name) != text:
            widget.setProperty(name, text)
            changed = True
    style = widget.style()
    if changed and style is not None:
        style.unpolish(widget)
        style.polish(widget)
