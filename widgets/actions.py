"""The clerk's actions, their keys and words: the one table that the step strip, the shortcuts and the help read."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QCoreApplication


@dataclass(frozen=True, slots=True)
class Action:
    """One action. id: what `MainWindow.action` says. help: one line for the help."""

    id: str
    key: str
    icon: str
    words: str
    help: str


def actions() -> tuple[Action, ...]:
    """All actions in the order of their keys, in the language in force."""
    say = QCoreApplication.translate
    return (
        Action("help", "F1", "help", say("Actions", "帮助"), say("Actions", "显示本页")),
        Action(
            "read_card",
            "F2",
            "card",
            say("Actions", "读证件"),
            say("Actions", "读居民身份证、居住证、永久居留身份证"),
        ),
        Action("choose_items", "F3", "items", say("Actions", "选事项"), say("Actions", "搜索并选择要办的事项")),
        Action("scan_licence", "F4", "scan", say("Actions", "扫证照"), say("Actions", "扫手机上的电子证照二维码")),
        Action("next_field", "F5", "next", say("Actions", "下一空项"), say("Actions", "跳到下一个必填的空项")),
        Action("capture", "F6", "camera", say("Actions", "拍材料"), say("Actions", "用高拍仪拍所选的材料")),
        Action("check", "F7", "check", say("Actions", "核对"), say("Actions", "检查表单和材料，列出将受理的内容")),
        Action("accept", "F8", "stamp", say("Actions", "受理打印"), say("Actions", "受理并打印受理通知书")),
        Action("outbox", "F9", "upload", say("Actions", "待传清单"), say("Actions", "查看未上传的办件和原因")),
        Action(
            "next_visitor",
            "F12",
            "person-next",
            say("Actions", "下一位"),
            say("Actions", "结束本次办理，接待下一位"),
        ),
    )
