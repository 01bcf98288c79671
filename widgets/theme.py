"""Putting a look in force: fonts, the style sheet made from the tokens, and every widget brought to it."""

from __future__ import annotations

import re
from dataclasses import replace
from string import Template
from typing import Any

from PyQt6 import sip
from PyQt6.QtCore import QByteArray, QLocale, QSize, Qt
from PyQt6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QGridLayout,
    QHeaderView,
    QLabel,
    QLayout,
    QProxyStyle,
    QWidget,
)

import resources
from widgets.icons import pixmap
from widgets.look import Look, keep_look, look, px
from widgets.tone import Tone

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


SIGN = "sign"
"""On a label: the icon it shows, as (name, colour token, size at 100 %)."""

KEEPS_SIZE = "keeps_size"
"""On a window: it takes the theme and not the scale; its own style sheet lies over the program's (`set_own_scale`)."""

OWN_SCALE = "own_scale"
"""On a window that keeps its size: the scale it stands at, 100 % while it has none."""

GIVEN_WIDTHS = "given_widths"
"""A table's header with this property was given the widths of its columns, at 100 %: they follow the scale."""

_AT = "at_scale"
_WIDEST_SECTION = 100_000
_UNBOUND = 16_777_215
"""Qt's QWIDGETSIZE_MAX: no maximum was set."""


def style_sheet(look: Look = Look()) -> str:
    """resources/qss/yichuang.qss with its $tokens filled in and its px at look's scale.

    Hairlines stay hairlines: 1 px becomes 2 px at 200 % only. KeyError for a token that does not exist.
    """
    icons = resources.path("icons").as_posix()
    text = resources.path("qss/yichuang.qss").read_text(encoding="utf-8")
    tokens = look.palette.tokens()
    tick = "white" if tokens["on_accent"] == "#FFFFFF" else "black"  # a picture has no tokens

    def scaled(found: re.Match[str]) -> str:
        size = int(found[1])
        return f"{int(size * look.scale) if size == 1 else look.px(size)}px"

    return re.sub(r"\b(\d+)px", scaled, Template(text).substitute(tokens, icons=icons, tick=tick))


def apply_theme(app: QApplication, language: str = "zh", new: Look = Look()) -> None:
    """Give app our fonts, colours and style sheet; call it before the first window is shown.

    language ("zh" or "en") sets the locale, which decides the shape of shared Han characters and of numbers.
    """
    QLocale.setDefault(QLocale("en_US" if language == "en" else "zh_CN"))
    own_fonts(app)
    app.setStyle(_Style())
    set_look(app, new)


def set_look(app: QApplication, new: Look) -> None:
    """Change theme and scale of everything there is, and of all that will be built."""
    keep_look(app, new)
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(new.px(BASE_PX))
    app.setFont(font)
    palette = new.palette
    shades = QPalette()
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
        shades.setColor(which, QColor(colour))
    app.setPalette(shades)
    app.setStyleSheet(style_sheet(new))  # polishes every widget again, and so brings each to the new look
    for widget in app.allWidgets():
        # While one follows, another may go, and Python is not told when it was Qt that made it: the class is asked, for
        # an attribute of the widget itself is looked up at Qt's side.
        follow = getattr(type(widget), "look_changed", None)
        if follow is not None and not sip.isdeleted(widget):
            follow(widget)
    for window in app.topLevelWidgets():
        window.update()


def system_theme(app: QGuiApplication) -> str:
    """What the desktop prefers, as a key of PALETTES."""
    hints = app.styleHints()
    return "dark" if hints is not None and hints.colorScheme() is Qt.ColorScheme.Dark else "light"


FAMILY_OF = {
    "LXGWWenKai-Regular.ttf": "LXGW WenKai",
    "LXGWWenKai-Bold.ttf": "LXGW WenKai",
    "wqy-microhei.ttc": "WenQuanYi Micro Hei",
    "HanaMinA.ttf": "HanaMinA",
    "HanaMinB.ttf": "HanaMinB",
}
"""The families of the fonts that a packaged program brings for its papers (resources/documents/fonts.yaml)."""


def own_fonts(app: QApplication) -> None:
    """Load the fonts that come with the program and that the system lacks, once; the system's stand behind them.

    Reading one that is there anyway would cost its tens of megabytes at every start.
    """
    if app.property("own_fonts"):
        return
    app.setProperty("own_fonts", True)
    # Asked before the first is loaded: two files may be one family.
    there = set(QFontDatabase.families())
    for file in sorted(resources.path("fonts").iterdir()):
        if file.suffix.lower() in (".ttf", ".otf", ".ttc") and FAMILY_OF.get(file.name) not in there:
            QFontDatabase.addApplicationFont(str(file))
    # Packed ones take half a second each: only where the system has nothing to write Chinese with.
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        for name, file in sorted(resources.font_files([resources.path("fonts")], "*.tt[cf]").items()):
            if file.suffix == resources.PACKED and FAMILY_OF.get(name) not in there:
                QFontDatabase.addApplicationFontFromData(QByteArray(resources.content(file)))


class _Style(QProxyStyle):
    """Fusion: the same on every desktop, and the one style that style sheets cover fully.

    Qt polishes each widget before it is first shown and again when the style sheet changes: the moments to bring it
    to the look in force.
    """

    def __init__(self) -> None:
        super().__init__("Fusion")

    def polish(self, a0: Any) -> Any:  # three overloads in one
        result = super().polish(a0)
        if isinstance(a0, QWidget):
            follow_look(a0)
        return result


def follow_look(widget: QWidget) -> None:
    """Bring a widget to the look in force.

    Widgets are built in pixels at 100 %: minimum, maximum and fixed sizes, margins, gaps, icon sizes. Here they are
    multiplied; the factor a widget stands at is kept on it. What is set after that goes through `px()`.
    A widget that keeps colours or measures it computed has a method `look_changed()`; `set_look` calls it when all
    others stand.
    """
    window = widget.window()
    own = window is not None and window.property(KEEPS_SIZE)
    scale_to(widget, (window.property(OWN_SCALE) or 1.0) if window is not None and own else look().scale)
    if widget.property(SIGN):
        draw_sign(widget)


def set_own_scale(window: QWidget, scale: float) -> None:
    """Bring a window that keeps its size (KEEPS_SIZE) to a scale of its own: type, buttons, gaps."""
    window.setProperty(OWN_SCALE, scale)
    window.setStyleSheet("" if look().scale == scale else style_sheet(replace(look(), scale=scale)))
    for widget in (window, *window.findChildren(QWidget)):
        follow_look(widget)


def scale_to(widget: QWidget, new: float) -> None:
    """Multiply a widget's own measures, those of its layouts included, from the scale it is at to a new one."""
    old = widget.property(_AT) or 1.0
    if old == new == 1.0:
        return

    def at(size: int) -> int:
        # At 100 % or more, rounding back finds the size that was written, so nothing drifts from change to change.
        return round(round(size / old) * new)

    if old != new:
        widget.setProperty(_AT, new)
        least, most = widget.minimumSize(), widget.maximumSize()
        wide = most.width() if most.width() >= _UNBOUND else at(most.width())
        high = most.height() if most.height() >= _UNBOUND else at(most.height())
        widget.setMinimumSize(min(at(least.width()), wide), min(at(least.height()), high))
        widget.setMaximumSize(wide, high)
        if isinstance(widget, QAbstractButton | QAbstractItemView):
            sign = widget.iconSize()
            if sign.isValid():
                widget.setIconSize(QSize(at(sign.width()), at(sign.height())))
        if isinstance(widget, QHeaderView):
            widths = [widget.sectionSize(n) for n in range(widget.count())] if _given_widths(widget) else []
            widget.setDefaultSectionSize(at(widget.defaultSectionSize()))
            for n, width in enumerate(widths):
                if widget.sectionResizeMode(n) is not QHeaderView.ResizeMode.Stretch:
                    widget.resizeSection(n, at(width))
            if widget.maximumSectionSize() < _WIDEST_SECTION:
                widget.setMaximumSectionSize(at(widget.maximumSectionSize()))
        if isinstance(widget, QDialog) and widget.testAttribute(Qt.WidgetAttribute.WA_Resized):
            screen = widget.screen()
            room = screen.availableSize() if screen is not None else QSize(_UNBOUND, _UNBOUND)
            widget.resize(QSize(at(widget.width()), at(widget.height())).boundedTo(room))
    inside = widget.layout()
    if inside is not None:
        _scale_layout(inside, new)


def _given_widths(head: QHeaderView) -> bool:
    """Were its columns given widths, at 100 %? Rows are many and all alike; other columns measure themselves."""
    return bool(head.property(GIVEN_WIDTHS))


def _scale_layout(layout: QLayout, new: float) -> None:
    old = layout.property(_AT) or 1.0

    def at(size: int) -> int:
        return round(round(size / old) * new)

    items = [item for n in range(layout.count()) if (item := layout.itemAt(n)) is not None]
    if old != new:
        layout.setProperty(_AT, new)
        edges = layout.contentsMargins()
        layout.setContentsMargins(at(edges.left()), at(edges.top()), at(edges.right()), at(edges.bottom()))
        if isinstance(layout, QGridLayout):
            layout.setHorizontalSpacing(at(layout.horizontalSpacing()))
            layout.setVerticalSpacing(at(layout.verticalSpacing()))
        elif layout.spacing() >= 0:
            layout.setSpacing(at(layout.spacing()))
        for item in items:
            space = item.spacerItem()
            if space is not None:
                size, policy = space.sizeHint(), space.sizePolicy()
                space.changeSize(
                    at(size.width()), at(size.height()), policy.horizontalPolicy(), policy.verticalPolicy()
                )
        layout.invalidate()
    for item in items:
        inner = item.layout()
        if inner is not None:
            _scale_layout(inner, new)


def scaled(thing: QWidget | QLayout, size: int) -> int:
    """size, in pixels at 100 %, for a measure set on something that may have been brought to the scale already."""
    return round(size * (thing.property(_AT) or 1.0))


def draw_sign(label: QWidget) -> None:
    """Draw the icon that a label's SIGN property names, in the look in force."""
    if isinstance(label, QLabel):
        name, ink, size = label.property(SIGN)
        colour = str(getattr(look().palette, ink))
        label.setPixmap(pixmap(name, px(size), colour, label.devicePixelRatioF()))
        label.setFixedSize(scaled(label, size), scaled(label, size))


def restyle(widget: QWidget, **properties: object) -> None:
    """Set properties that the style sheet looks at, and let it look again if one changed."""
    changed = False
    for name, value in properties.items():
        text = value.value if isinstance(value, Tone) else value
        if widget.property(name) != text:
            widget.setProperty(name, text)
            changed = True
    style = widget.style()
    # What was never shown is styled when it is, with what it says by then.
    if changed and style is not None and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style.unpolish(widget)
        style.polish(widget)
