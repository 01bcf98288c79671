"""What the coach says: the trainer's words where there are some, else words made from the step's own actions."""

from __future__ import annotations

import re
from collections.abc import Callable

from PyQt6.QtCore import QCoreApplication

from app.demo.scenario import Action, Step
from widgets.actions import actions
from widgets.i18n import language


def step_title(step: Step) -> str:
    """A step's title; trainers write Chinese, so in English it is made from the first action."""
    if language() == "zh" or not step.actions:
        return step.title if language() == "zh" else QCoreApplication.translate("CoachWords", "看一看")
    return _action_words(step.actions[0], lambda name: name)


def step_words(step: Step, name_of: Callable[[str], str] = lambda name: name) -> str:
    """What to do. name_of: a widget's name for people by its object name."""
    if step.hint and language() == "zh":
        return step.hint
    parts = [words for action in step.actions if (words := _action_words(action, name_of))]
    if not parts:
        return QCoreApplication.translate("CoachWords", "看一看屏幕，等它就绪。")
    comma = QCoreApplication.translate("CoachWords", "，再")
    return comma.join(parts) + QCoreApplication.translate("CoachWords", "。")


def _action_words(action: Action, name_of: Callable[[str], str]) -> str:
    translate = QCoreApplication.translate
    by_key = {known.key: known.words for known in actions()}
    argument = action.argument
    if action.verb == "key" and argument in by_key:
        return translate("CoachWords", "按 {0}（{1}）").format(argument, by_key[argument])
    if action.verb == "key":
        return translate("CoachWords", "按 {0}").format(key_words(str(argument)))
    if action.verb == "choose":
        words = argument["words"] if isinstance(argument, dict) else argument
        return translate("CoachWords", "输入“{0}”，回车选中，再回车开始填表").format(words)
    if action.verb == "fill":
        return translate("CoachWords", "逐项填好空着的内容，每项按回车")
    if action.verb == "type":
        return translate("CoachWords", "输入“{0}”").format(told_text(str(argument)))
    if action.verb == "click":
        item = argument.get("item") if isinstance(argument, dict) else None
        widget = argument["widget"] if isinstance(argument, dict) else argument
        return translate("CoachWords", "点“{0}”").format(item or name_of(str(widget)))
    if action.verb == "open":
        return translate("CoachWords", "选择文件")
    if action.verb == "save":
        return translate("CoachWords", "选好位置保存")
    if action.verb == "sign":
        return translate("CoachWords", "请申请人在群众屏上逐页核对、签字")
    if action.verb == "rate":
        return translate("CoachWords", "请申请人在群众屏上评价")
    return ""


def key_words(key: str) -> str:
    """A key as it stands on the keyboard."""
    return {"Return": "Enter", "Enter": "Enter", "Delete": "Del", "Backtab": "Shift+Tab"}.get(key, key)


def told_text(text: str) -> str:
    """A text to type, for people: today+30 in words."""
    ahead = re.fullmatch(r"today([+-]\d+)", text)
    if ahead is None:
        return text
    days = int(ahead[1])
    later = QCoreApplication.translate("CoachWords", "{0} 天后的日期")
    earlier = QCoreApplication.translate("CoachWords", "{0} 天前的日期")
    return (later if days >= 0 else earlier).format(abs(days))
