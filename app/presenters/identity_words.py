"""The check of identity in the clerk's words."""

from __future__ import annotations

import datetime as dt

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.clock import shanghai
from app.domain.person import mask
from app.identity.leaving import LEAVES, STAYS
from app.identity.verification import Answer, Conclusion, Ground, InHand, Line, Question, Read, Verification
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_identity import AnswerLine, AnswerMark, IdentityView

_QUESTIONS = {
    Question.GENUINE: QT_TRANSLATE_NOOP("Identity", "证件是真的吗"),
    Question.MATCHES: QT_TRANSLATE_NOOP("Identity", "是本人吗"),
    Question.KNOWN: QT_TRANSLATE_NOOP("Identity", "以前来过吗"),
    Question.LISTS: QT_TRANSLATE_NOOP("Identity", "挂失、作废了吗"),
}
_ANSWERS = {
    (Question.GENUINE, Answer.YES): QT_TRANSLATE_NOOP("Identity", "真实有效"),
    (Question.GENUINE, Answer.NO): QT_TRANSLATE_NOOP("Identity", "不能采用"),
    (Question.GENUINE, Answer.OPEN): QT_TRANSLATE_NOOP("Identity", "没有核验"),
    (Question.MATCHES, Answer.YES): QT_TRANSLATE_NOOP("Identity", "是本人"),
    (Question.MATCHES, Answer.NO): QT_TRANSLATE_NOOP("Identity", "不是本人"),
    (Question.MATCHES, Answer.OPEN): QT_TRANSLATE_NOOP("Identity", "没有核对"),
    (Question.KNOWN, Answer.YES): QT_TRANSLATE_NOOP("Identity", "来过"),
    (Question.KNOWN, Answer.OPEN): QT_TRANSLATE_NOOP("Identity", "没有记录"),
    (Question.LISTS, Answer.YES): QT_TRANSLATE_NOOP("Identity", "没有"),
    (Question.LISTS, Answer.NO): QT_TRANSLATE_NOOP("Identity", "在名单上"),
    (Question.LISTS, Answer.OPEN): QT_TRANSLATE_NOOP("Identity", "没有核对"),
}
_GROUNDS = {
    Ground.CHIP_PROVED: QT_TRANSLATE_NOOP("Identity", "芯片签名经签发国证书核验，防复制检查通过"),
    Ground.CHIP_SIGNED: QT_TRANSLATE_NOOP("Identity", "芯片签名经签发国证书核验；证件没有防复制功能"),
    Ground.CHIP_DOUBTFUL: QT_TRANSLATE_NOOP("Identity", "芯片的签发证书存疑，请对照资料页，必要时请出入境部门协助"),
    Ground.CHIP_UNDECIDED: QT_TRANSLATE_NOOP("Identity", "芯片未能核验，请对照资料页人工核对"),
    Ground.CHIP_FALSE: QT_TRANSLATE_NOOP("Identity", "芯片核验不通过，请按本单位规定上报"),
    Ground.CARD_READER: QT_TRANSLATE_NOOP("Identity", "读卡器的安全模块与卡内芯片互相认证"),
    Ground.NUMBER_WRONG: QT_TRANSLATE_NOOP("Identity", "读到的号码校验位不对，请换一台读卡器再读"),
    Ground.ZONE_ONLY: QT_TRANSLATE_NOOP("Identity", "只读了机读码，谁都能印；请按 Ctrl+F2 读芯片"),
    Ground.PICTURE_ONLY: QT_TRANSLATE_NOOP("Identity", "只从图像识读；请按 F2 用读卡器读"),
    Ground.EXPIRED: QT_TRANSLATE_NOOP("Identity", "有效期已过：{0}"),
    Ground.REGISTERED: QT_TRANSLATE_NOOP("Identity", "凭服务码；证件在 {0} 登记时核验过芯片，平台确认仍有效"),
    Ground.REGISTERED_OFFLINE: QT_TRANSLATE_NOOP("Identity", "凭服务码，{0} 登记；平台没有应答，请查验证件或重扫"),
    Ground.NOTHING_READ: QT_TRANSLATE_NOOP("Identity", "还没有读证件；身份证按 F2，护照按 Ctrl+F2"),
    Ground.FACE_SAME: QT_TRANSLATE_NOOP("Identity", "窗口人员当面比对证件照片"),
    Ground.FACE_DIFFERENT: QT_TRANSLATE_NOOP("Identity", "窗口人员当面比对证件照片，不是同一人"),
    Ground.FACE_OPEN: QT_TRANSLATE_NOOP("Identity", "请按 Alt+F 对着现场画面看证件照片"),
    Ground.KNOWN_CASES: QT_TRANSLATE_NOOP("Identity", "本窗口有同一号码的办件 {0} 件"),
    Ground.FIRST_TIME: QT_TRANSLATE_NOOP("Identity", "本窗口没有这个号码的办件；不影响结论"),
    Ground.LISTED_LOST: QT_TRANSLATE_NOOP("Identity", "名单（{0}）上已挂失；不要凭它办理，请按本单位规定上报"),
    Ground.LISTED_REVOKED: QT_TRANSLATE_NOOP("Identity", "名单（{0}）上已作废；不要凭它办理，请按本单位规定上报"),
    Ground.LISTS_CLEAR: QT_TRANSLATE_NOOP("Identity", "不在名单（{0}）上"),
    Ground.LIST_OLD: QT_TRANSLATE_NOOP("Identity", "本机的名单（{0}）已过期，不能说明没有挂失；联网后自动更新"),
    Ground.LIST_REFUSED: QT_TRANSLATE_NOOP(
        "Identity", "平台新给的名单不可信，没有采用；请联系平台管理员，并到签发机关的系统查询"
    ),
    Ground.LIST_NONE: QT_TRANSLATE_NOOP("Identity", "平台没有下发名单，请到签发机关的系统查询"),
}
_CONCLUSIONS = {
    Conclusion.PASSED: (QT_TRANSLATE_NOOP("Identity", "核验通过"), Tone.SUCCESS),
    Conclusion.FAILED: (QT_TRANSLATE_NOOP("Identity", "核验不通过"), Tone.ERROR),
    Conclusion.OPEN: (QT_TRANSLATE_NOOP("Identity", "还没有核验完"), Tone.WARNING),
}
_READS = {
    Read.CHIP: QT_TRANSLATE_NOOP("Identity", "证件芯片"),
    Read.CARD: QT_TRANSLATE_NOOP("Identity", "读卡器"),
    Read.ZONE: QT_TRANSLATE_NOOP("Identity", "机读码"),
    Read.PICTURE: QT_TRANSLATE_NOOP("Identity", "证件图像"),
    Read.CODE: QT_TRANSLATE_NOOP("Identity", "来访人服务码"),
}
_NAMES = {
    "conclusion": QT_TRANSLATE_NOOP("Identity", "核验结论"),
    "document": QT_TRANSLATE_NOOP("Identity", "证件种类、读取方式"),
    "answers": QT_TRANSLATE_NOOP("Identity", "四项结论和依据"),
    "subject": QT_TRANSLATE_NOOP("Identity", "号码的密钥摘要"),
    "record": QT_TRANSLATE_NOOP("Identity", "核验时间、记录编号"),
}
_STAYS = {
    "name": QT_TRANSLATE_NOOP("Identity", "姓名"),
    "number": QT_TRANSLATE_NOOP("Identity", "证件号码"),
    "birth": QT_TRANSLATE_NOOP("Identity", "出生日期"),
    "nationality": QT_TRANSLATE_NOOP("Identity", "国籍"),
    "address": QT_TRANSLATE_NOOP("Identity", "住址"),
    "portrait": QT_TRANSLATE_NOOP("Identity", "证件照片"),
    "face": QT_TRANSLATE_NOOP("Identity", "现场画面"),
}
if set(_STAYS) != set(STAYS):  # the screen must not leave out what it promises to keep
    raise AssertionError("stays")


translate = QCoreApplication.translate


def _say(words: str) -> str:
    return QCoreApplication.translate("Identity", words)


def identity_view(
    person: InHand | None,
    made: Verification,
    *,
    kept: Verification | None,
    judged: bool,
    may_compare: bool,
    may_register: bool = False,
) -> IdentityView:
    """A check as the panel shows it. kept: the one on record, None while there is none. judged: somebody looked at the
    face since the document was read."""
    words, tone = _CONCLUSIONS[made.conclusion]
    who = ""
    if person is not None:
        who = "　".join(part for part in (person.name, core_words(person.document), mask(person.number)) if part)
    may_keep = person is not None and (judged or made.conclusion is Conclusion.FAILED)
    why = ""
    if person is None:
        why = translate("Identity", "读到证件、核对本人以后，才能记录和出反馈单。")
    elif not may_keep:
        why = translate("Identity", "核对本人以后，才能记录和出反馈单。")
    record = ""
    if kept is not None:
        record = translate("Identity", "已记录：{0}，编号 {1}").format(
            f"{shanghai(kept.at):%H:%M:%S}", kept.record_id[:8]
        )
    nothing = translate("Identity", "没有读证件"), translate("Identity", "没有内容")
    return IdentityView(
        who=who,
        title=_say(words),
        tone=tone,
        lines=tuple(_line(line, made.at) for line in made.lines),
        leaves=_leaves(made, kept) if person is not None else (nothing,),
        stays=translate("Identity", "、").join(_say(_STAYS[name]) for name in STAYS),
        record=record,
        may_keep=may_keep,
        may_compare=may_compare,
        may_register=may_register,
        why=why,
    )


def conclusion_words(conclusion: Conclusion) -> tuple[str, Tone]:
    """The conclusion in a few words."""
    words, tone = _CONCLUSIONS[conclusion]
    return _say(words), tone


def _line(line: Line, at: dt.datetime) -> AnswerLine:
    answer = _say(_ANSWERS[line.question, line.answer])
    return AnswerLine(
        _say(_QUESTIONS[line.question]),
        AnswerMark(line.answer.value),
        answer,
        _say(_GROUNDS[line.ground]).format(_dated(line, at)),
    )


def _dated(line: Line, at: dt.datetime) -> str:
    """A line's detail; of a list, its day with its age."""
    if line.question is not Question.LISTS or not line.detail:
        return line.detail
    days = (at.date() - dt.date.fromisoformat(line.detail)).days
    words = translate("Identity", "{0}，{1} 天前") if days > 0 else translate("Identity", "{0}，今天")
    return words.format(line.detail, days)


def _leaves(made: Verification, kept: Verification | None) -> tuple[tuple[str, str], ...]:
    """By the names of LEAVES; the four answers stand above and are not said again."""
    how = _say(_READS[made.read]) if made.read is not None else ""
    subject = kept.subject[:8] + "…" if kept is not None else translate("Identity", "记录时产生，每个系统各不相同")
    at = f"{shanghai(made.at):%Y-%m-%d %H:%M}"
    values = {
        "conclusion": conclusion_words(made.conclusion)[0],
        "answers": translate("Identity", "见上"),
        "document": " · ".join(part for part in (core_words(made.document), how) if part),
        "subject": subject,
        "record": at + (f" · {kept.record_id[:8]}" if kept is not None else ""),
    }
    return tuple((_say(_NAMES[name]), value) for name, value in values.items())


SHOWN = {"conclusion": "conclusion", "document": "document", "read": "document", "subject": "subject",
         "at": "record", "record": "record", **{question.value: "answers" for question in Question}}  # fmt: skip
"""Under which line of the panel each thing that leaves is shown."""
if set(SHOWN) != set(LEAVES):
    raise AssertionError("leaves")
