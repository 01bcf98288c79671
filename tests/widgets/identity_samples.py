"""Checks of identity, for the gallery."""

from __future__ import annotations

from widgets.dialogs.identity import IdentityDialog
from widgets.views import Tone
from widgets.views_identity import AnswerLine, AnswerMark, IdentityView

Y, N, O = AnswerMark.YES, AnswerMark.NO, AnswerMark.OPEN  # noqa: E741 - as in a form
_WHO = "㛃伟　居民身份证　3305**********1236"
_LEAVES = (
    ("核验结论", "核验通过"),
    ("四项结论和依据", "见上"),
    ("证件种类、读取方式", "居民身份证 · 读卡器"),
    ("号码的密钥摘要", "8c1f02aa…"),
    ("核验时间、记录编号", "2026-11-23 10:15 · 5f0c1e77"),
)
_STAYS = "姓名、证件号码、出生日期、国籍、住址、证件照片、现场画面"


def _lines(*pairs: tuple[AnswerMark, str, str]) -> tuple[AnswerLine, ...]:
    asked = ("证件是真的吗", "是本人吗", "以前来过吗", "挂失、作废了吗")
    return tuple(AnswerLine(question, *pair) for question, pair in zip(asked, pairs, strict=True))


PASSED = IdentityView(
    _WHO,
    "核验通过",
    Tone.SUCCESS,
    _lines(
        (Y, "真实有效", "读卡器的安全模块与卡内芯片互相认证"),
        (Y, "是本人", "窗口人员当面比对证件照片"),
        (Y, "来过", "本窗口有同一号码的办件 3 件"),
        (Y, "没有", "不在 2026-11-20 的名单上"),
    ),
    _LEAVES,
    _STAYS,
    "已记录：10:15:22，编号 5f0c1e77",
    may_keep=True,
    may_compare=True,
)
FAILED = IdentityView(
    "ANNA MARIA ERIKSSON　护照　L8*****C3",
    "核验不通过",
    Tone.ERROR,
    _lines(
        (N, "不能采用", "芯片核验不通过，请按本单位规定上报"),
        (N, "不是本人", "窗口人员当面比对证件照片，不是同一人"),
        (O, "没有记录", "本窗口没有这个号码的办件；不影响结论"),
        (N, "在名单上", "2026-11-20 的名单上已挂失，请按本单位规定上报"),
    ),
    (("核验结论", "核验不通过"), *_LEAVES[1:2], ("证件种类、读取方式", "护照 · 证件芯片"), *_LEAVES[3:]),
    _STAYS,
    may_keep=True,
    may_compare=True,
)
EMPTY = IdentityView(
    "",
    "还没有核验完",
    Tone.WARNING,
    _lines(
        (O, "没有核验", "还没有读证件；身份证按 F2，护照按 Ctrl+F2"),
        (O, "没有核对", "请按 Alt+F 对着现场画面看证件照片"),
        (O, "没有记录", "本窗口没有这个号码的办件；不影响结论"),
        (O, "没有核对", "平台没有下发名单，请到签发机关的系统查询"),
    ),
    leaves=(("没有读证件", "没有内容"),),
    stays=_STAYS,
    why="读到证件、核对本人以后，才能记录和出反馈单。",
)


def identity(view: IdentityView, message: str = "") -> IdentityDialog:
    dialog = IdentityDialog()
    dialog.set_view(view)
    dialog.set_message(message, Tone.SUCCESS)
    return dialog
