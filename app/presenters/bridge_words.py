"""What is lent, in the clerk's words."""

from __future__ import annotations

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.bridge.consent import Question
from app.bridge.loans import CARD_FIELDS, LISTS, Loan, Wish
from app.bridge.pairing import PairedSystem
from app.domain.clock import parse_iso, shanghai
from app.licences.shown import shown
from widgets.views import Tone
from widgets.views_bridge import ConsentView, SystemRow

translate = QCoreApplication.translate

_LOANS = {
    Loan.ID_CARD: QT_TRANSLATE_NOOP("Bridge", "读身份证"),
    Loan.PASSPORT: QT_TRANSLATE_NOOP("Bridge", "读护照或通行证"),
    Loan.CODE: QT_TRANSLATE_NOOP("Bridge", "扫证照二维码"),
    Loan.VERIFY: QT_TRANSLATE_NOOP("Bridge", "核验证照"),
    Loan.IDENTITY: QT_TRANSLATE_NOOP("Bridge", "来访人的核验结论（Shift+F7）"),
    Loan.PAGE: QT_TRANSLATE_NOOP("Bridge", "用高拍仪拍一页"),
    Loan.PORTRAIT: QT_TRANSLATE_NOOP("Bridge", "拍人像"),
    Loan.VIEW: QT_TRANSLATE_NOOP("Bridge", "看高拍仪的画面"),
    Loan.SIGNATURE: QT_TRANSLATE_NOOP("Bridge", "请来访者签字"),
    Loan.PRINT: QT_TRANSLATE_NOOP("Bridge", "打印文件"),
    Loan.RECEIPT: QT_TRANSLATE_NOOP("Bridge", "打印凭条"),
    Loan.CALL: QT_TRANSLATE_NOOP("Bridge", "叫号"),
    Loan.RATING: QT_TRANSLATE_NOOP("Bridge", "请来访者评价"),
}
_FIELDS = {
    "type": QT_TRANSLATE_NOOP("Bridge", "证件种类"),
    "name": QT_TRANSLATE_NOOP("Bridge", "姓名"),
    "name_en": QT_TRANSLATE_NOOP("Bridge", "英文姓名"),
    "sex": QT_TRANSLATE_NOOP("Bridge", "性别"),
    "nation": QT_TRANSLATE_NOOP("Bridge", "民族"),
    "birth": QT_TRANSLATE_NOOP("Bridge", "出生日期"),
    "address": QT_TRANSLATE_NOOP("Bridge", "住址"),
    "number": QT_TRANSLATE_NOOP("Bridge", "证件号码"),
    "issuer": QT_TRANSLATE_NOOP("Bridge", "签发机关"),
    "valid_from": QT_TRANSLATE_NOOP("Bridge", "有效期起"),
    "valid_to": QT_TRANSLATE_NOOP("Bridge", "有效期止"),
    "nationality": QT_TRANSLATE_NOOP("Bridge", "国籍"),
    "pass_number": QT_TRANSLATE_NOOP("Bridge", "通行证号码"),
    "issue_count": QT_TRANSLATE_NOOP("Bridge", "签发次数"),
    "photo": QT_TRANSLATE_NOOP("Bridge", "证件照片"),
    "lines": QT_TRANSLATE_NOOP("Bridge", "机读区"),
    "kind": QT_TRANSLATE_NOOP("Bridge", "码的种类"),
    "verdict": QT_TRANSLATE_NOOP("Bridge", "核验结论"),
    "reason": QT_TRANSLATE_NOOP("Bridge", "理由"),
    "holder": QT_TRANSLATE_NOOP("Bridge", "持证人"),
    "licence": QT_TRANSLATE_NOOP("Bridge", "证照"),
    "expires": QT_TRANSLATE_NOOP("Bridge", "到期时间"),
    "claims": QT_TRANSLATE_NOOP("Bridge", "证照内容"),
    "text": QT_TRANSLATE_NOOP("Bridge", "码的原文"),
    "picture": QT_TRANSLATE_NOOP("Bridge", "笔迹图片"),
    "strokes": QT_TRANSLATE_NOOP("Bridge", "笔迹数据"),
    "conclusion": QT_TRANSLATE_NOOP("Bridge", "核验结论"),
    "genuine": QT_TRANSLATE_NOOP("Bridge", "证件真伪"),
    "matches": QT_TRANSLATE_NOOP("Bridge", "是否本人"),
    "known": QT_TRANSLATE_NOOP("Bridge", "是否来过"),
    "lists": QT_TRANSLATE_NOOP("Bridge", "是否挂失"),
    "document": QT_TRANSLATE_NOOP("Bridge", "证件种类"),
    "read": QT_TRANSLATE_NOOP("Bridge", "读取方式"),
    "subject": QT_TRANSLATE_NOOP("Bridge", "号码摘要"),
    "at": QT_TRANSLATE_NOOP("Bridge", "核验时间"),
    "record": QT_TRANSLATE_NOOP("Bridge", "记录编号"),
}


def consent_view(question: Question, seconds: int, more: int) -> ConsentView:
    """A question as the bar shows it. The purpose is the page's word: made harmless, and said to be the page's."""
    title = translate("Bridge", "{0} 要{1}{2}").format(
        question.system, translate("Bridge", _LOANS[question.wish.loan]), _what(question.wish)
    )
    detail = translate("Bridge", "用途：{0}　{1}").format(shown(question.wish.purpose), question.origin)
    return ConsentView(question.id, title, detail, seconds, more)


def _what(wish: Wish) -> str:
    """What of it leaves this window: in full first, the rest is masked."""
    if not wish.fields or wish.loan in (Loan.SIGNATURE, Loan.VERIFY):
        return ""
    if wish.loan is Loan.IDENTITY:
        return translate("Bridge", "：{0}；不含姓名、号码和照片").format(
            _names(wish, full=False) or _names(wish, full=True)
        )
    if set(wish.fields) == set(wish.full) and len(wish.fields) > len(CARD_FIELDS) // 2:
        return translate("Bridge", "：证件上的全部内容，不遮挡")
    full = _names(wish, full=True)
    masked = _names(wish, full=False)
    if full and masked:
        return translate("Bridge", "：{0}（完整），{1}（遮挡）").format(full, masked)
    return (
        translate("Bridge", "：{0}（完整）").format(full)
        if full
        else translate("Bridge", "：{0}（遮挡）").format(masked)
    )


def _names(wish: Wish, *, full: bool) -> str:
    # What a list says has no half of it that could be masked.
    chosen = [name for name in wish.fields if (name in wish.full or name == LISTS) is full]
    comma = translate("Bridge", "、")
    return comma.join(translate("Bridge", _FIELDS.get(name, name)) for name in chosen)


def system_row(system: PairedSystem, name: str, used: str) -> SystemRow:
    """How a system of the list stands."""
    if system.token and system.old:
        state, tone = translate("Bridge", "已配对，也准许旧接口"), Tone.SUCCESS
    elif system.token:
        state, tone = translate("Bridge", "已配对"), Tone.SUCCESS
    elif system.old:
        state, tone = translate("Bridge", "准许旧接口"), Tone.SUCCESS
    else:
        state, tone = translate("Bridge", "未配对"), Tone.NEUTRAL
    kept = bool(system.token or system.old)
    since = f"{shanghai(parse_iso(system.at)):%Y-%m-%d}" if kept and system.at else ""
    return SystemRow(system.origin, name, state, tone, since, used, kept, system.old)
