"""The clerk's actions, their keys and words: one table for the step strip, the shortcuts, the palette and the help."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QCoreApplication


@dataclass(frozen=True, slots=True)
class Action:
    """One action. id: what `MainWindow.action` says. help: one line for the help.

    strip: it has a button in the strip of steps; the others are reached by their key and by the palette.
    """

    id: str
    key: str
    icon: str
    words: str
    help: str
    strip: bool = True


def actions() -> tuple[Action, ...]:
    """All actions in the order of their keys, in the language in force."""
    translate = QCoreApplication.translate
    return (
        Action("help", "F1", "help", translate("Actions", "帮助"), translate("Actions", "显示本页")),
        Action(
            "read_card",
            "F2",
            "card",
            translate("Actions", "读证件"),
            translate("Actions", "读居民身份证、居住证、永久居留身份证"),
        ),
        Action(
            "choose_items", "F3", "items", translate("Actions", "选事项"), translate("Actions", "搜索并选择要办的事项")
        ),
        Action(
            "scan_licence",
            "F4",
            "scan",
            translate("Actions", "扫证照"),
            translate("Actions", "扫手机上的电子证照二维码"),
        ),
        Action(
            "next_field", "F5", "next", translate("Actions", "下一空项"), translate("Actions", "跳到下一个必填的空项")
        ),
        Action("capture", "F6", "camera", translate("Actions", "拍材料"), translate("Actions", "用高拍仪拍所选的材料")),
        Action(
            "check",
            "F7",
            "check",
            translate("Actions", "核对"),
            translate("Actions", "检查表单和材料，列出将受理的内容"),
        ),
        Action("accept", "F8", "stamp", translate("Actions", "受理打印"), translate("Actions", "受理并打印受理通知书")),
        Action(
            "outbox", "F9", "upload", translate("Actions", "待传清单"), translate("Actions", "查看未上传的办件和原因")
        ),
        Action(
            "next_visitor",
            "F12",
            "person-next",
            translate("Actions", "下一位"),
            translate("Actions", "结束本次办理，接待下一位"),
        ),
        Action(
            "palette",
            "Ctrl+K",
            "search",
            translate("Actions", "命令面板"),
            translate("Actions", "找功能、事项、办件，回车即办"),
            strip=False,
        ),
        Action(
            "my_cases",
            "Ctrl+J",
            "items",
            translate("Actions", "我的办件"),
            translate("Actions", "查本窗口的办件：进展、材料、文书，重印"),
            strip=False,
        ),
        Action(
            "board",
            "F10",
            "bundle",
            translate("Actions", "今日看板"),
            translate("Actions", "今天的件数、时限灯、待办，打印日报"),
            strip=False,
        ),
        Action(
            "messages",
            "F11",
            "info",
            translate("Actions", "消息"),
            translate("Actions", "平台的消息：进展、补正、办结"),
            strip=False,
        ),
        Action(
            "devices",
            "Ctrl+Shift+D",
            "camera",
            translate("Actions", "设备"),
            translate("Actions", "设备状态：怎么办、重新连接、试一试"),
            strip=False,
        ),
        Action(
            "customer",
            "Ctrl+G",
            "person-next",
            translate("Actions", "请群众确认"),
            translate("Actions", "在群众屏上显示表单，请申请人核对签字"),
            strip=False,
        ),
        Action(
            "pause_service",
            "Ctrl+Shift+G",
            "info",
            translate("Actions", "暂停服务"),
            translate("Actions", "群众屏显示暂停服务，再按一次恢复"),
            strip=False,
        ),
    )
