"""Shift+F1: this program's version, its licence, and the notices of other people's work in it."""

from __future__ import annotations

import platform
import sys

from PyQt6.QtCore import PYQT_VERSION_STR, QT_VERSION_STR, QCoreApplication

from app.support.notices import notices
from app.version import program_version
from widgets.dialogs.texts import TextView


def about_texts() -> tuple[TextView, ...]:
    """What the about box shows, this program first. Reads a file: for a thread."""
    return (
        TextView(QCoreApplication.translate("Header", "一窗"), _own()),
        *(
            TextView(
                f"{one.name} {one.version}".strip(),
                "\n\n".join((f"{one.name} {one.version}\n{one.licence}\n{one.home}", *one.texts)),
            )
            for one in notices()
        ),
    )


def _own() -> str:
    translate = QCoreApplication.translate
    lines = (
        translate("About", "一窗　综合窗口工作站"),
        translate("About", "版本 {0}").format(program_version()),
        "",
        translate(
            "About", "自由软件，按 GNU 通用公共许可证第 3 版或更高版本发布（GPL-3.0-or-later），不附带任何担保。"
        ),
        translate("About", "左边列出程序用到的其他作品、各自的版本和许可。"),
        "",
        f"Python {platform.python_version()}　Qt {QT_VERSION_STR}　PyQt {PYQT_VERSION_STR}",
        f"{platform.system()} {platform.release()}　{platform.machine()}",
        translate("About", "安装方式：{0}").format(
            translate("About", "打包程序") if getattr(sys, "frozen", False) else translate("About", "源代码")
        ),
    )
    return "\n".join(lines)
