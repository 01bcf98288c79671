"""What the clerk reads of a chip: the judgement, each check, and why."""

from __future__ import annotations

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.person import mask
from app.identity.chip.checked import CheckedChip
from app.identity.chip.facts import holder_name, zone_of
from app.identity.chip.verdict import Check, ChipVerdict, Judgement, Line, Reason, Result
from app.identity.travel import document_of
from widgets.i18n import core_words
from widgets.views import PersonView, Tone
from widgets.views_chip import ChipLine, ChipView, Mark

_JUDGEMENTS = {
    Judgement.GENUINE: (QT_TRANSLATE_NOOP("Chip", "核验通过"), Tone.SUCCESS),
    Judgement.GENUINE_COPY_POSSIBLE: (QT_TRANSLATE_NOOP("Chip", "内容真实"), Tone.SUCCESS),
    Judgement.UNDECIDED: (QT_TRANSLATE_NOOP("Chip", "未能核验"), Tone.WARNING),
    Judgement.DOUBTFUL: (QT_TRANSLATE_NOOP("Chip", "证书存疑"), Tone.WARNING),
    Judgement.FALSE: (QT_TRANSLATE_NOOP("Chip", "不通过"), Tone.ERROR),
}
_NOTES = {
    Judgement.GENUINE_COPY_POSSIBLE: QT_TRANSLATE_NOOP("Chip", "此证件不支持防复制检查，请对照照片和本人核对。"),
    Judgement.UNDECIDED: QT_TRANSLATE_NOOP("Chip", "芯片内容须对照资料页人工核对。"),
    Judgement.DOUBTFUL: QT_TRANSLATE_NOOP("Chip", "芯片内容须对照资料页人工核对，必要时请出入境部门协助。"),
    Judgement.FALSE: QT_TRANSLATE_NOOP("Chip", "芯片内容没有采用。请按本单位规定上报。"),
}
_CHECKS = {
    Check.ACCESS: QT_TRANSLATE_NOOP("Chip", "打开芯片"),
    Check.CONTENT: QT_TRANSLATE_NOOP("Chip", "芯片内容"),
    Check.SIGNATURE: QT_TRANSLATE_NOOP("Chip", "签发签名"),
    Check.SIGNER: QT_TRANSLATE_NOOP("Chip", "签发国证书"),
    Check.ZONE: QT_TRANSLATE_NOOP("Chip", "资料页机读码"),
    Check.ACTIVE: QT_TRANSLATE_NOOP("Chip", "防复制：主动认证"),
    Check.CHIP: QT_TRANSLATE_NOOP("Chip", "防复制：芯片认证"),
}
_REASONS = {
    Reason.ACCESS_DENIED: QT_TRANSLATE_NOOP("Chip", "录入或读到的号码打不开这个芯片，请核对是不是同一本证件"),
    Reason.CAN_NOT_TAKEN: QT_TRANSLATE_NOOP("Chip", "这本证件不用卡面号码，请用资料页的机读码"),
    Reason.BLOCKED: QT_TRANSLATE_NOOP("Chip", "芯片已锁定，不再接受号码"),
    Reason.NOT_SUPPORTED: QT_TRANSLATE_NOOP("Chip", "芯片使用的协议不受支持"),
    Reason.NO_APPLICATION: QT_TRANSLATE_NOOP("Chip", "这不是护照或旅行证件的芯片"),
    Reason.TORN: QT_TRANSLATE_NOOP("Chip", "读取中断，请放稳证件后重新读取"),
    Reason.ALTERED: QT_TRANSLATE_NOOP("Chip", "传输内容被改动，请换一台读卡器再试"),
    Reason.DAMAGED: QT_TRANSLATE_NOOP("Chip", "芯片内容不完整或不合规范"),
    Reason.ZONE_DIFFERS: QT_TRANSLATE_NOOP("Chip", "资料页与芯片不一致，资料页可能被改动"),
    Reason.CONTENT_DIFFERS: QT_TRANSLATE_NOOP("Chip", "内容与签发时不同，已被改动"),
    Reason.CONTENT_MISSING: QT_TRANSLATE_NOOP("Chip", "签发时有的内容现在没有，可能是复制的芯片"),
    Reason.NOT_SIGNED: QT_TRANSLATE_NOOP("Chip", "有签发时没有的内容"),
    Reason.SIGNATURE_WRONG: QT_TRANSLATE_NOOP("Chip", "签名不正确"),
    Reason.SIGNER_UNKNOWN: QT_TRANSLATE_NOOP("Chip", "名单中没有为签名担保的签发国证书"),
    Reason.SIGNER_EXPIRED: QT_TRANSLATE_NOOP("Chip", "签名所用的证书已过期"),
    Reason.SIGNER_TOO_EARLY: QT_TRANSLATE_NOOP("Chip", "签名所用的证书尚未生效，请核对本机日期"),
    Reason.SIGNER_REVOKED: QT_TRANSLATE_NOOP("Chip", "签名所用的证书已被签发国吊销"),
    Reason.SIGNER_OF_ANOTHER_STATE: QT_TRANSLATE_NOOP("Chip", "由另一个国家的证书签名"),
    Reason.LIST_EMPTY: QT_TRANSLATE_NOOP("Chip", "本机还没有导入签发国证书名单"),
    Reason.CLONED: QT_TRANSLATE_NOOP("Chip", "芯片不能证明自己，是复制的芯片"),
    Reason.NOT_OFFERED: QT_TRANSLATE_NOOP("Chip", "证件没有此项"),
    Reason.UNKNOWN_METHOD: QT_TRANSLATE_NOOP("Chip", "证件所用的方法不受支持"),
}
_WITH_DETAIL = frozenset({Reason.CONTENT_DIFFERS, Reason.CONTENT_MISSING, Reason.NOT_SIGNED})
_GRAVE = frozenset(
    {
        Reason.ALTERED, Reason.DAMAGED, Reason.ZONE_DIFFERS, Reason.CONTENT_DIFFERS, Reason.CONTENT_MISSING,
        Reason.NOT_SIGNED, Reason.SIGNATURE_WRONG, Reason.SIGNER_REVOKED, Reason.SIGNER_OF_ANOTHER_STATE, Reason.CLONED,
    }
)  # fmt: skip


def _say(words: str) -> str:
    return QCoreApplication.translate("Chip", words)


def judgement_words(verdict: ChipVerdict) -> tuple[str, Tone]:
    """The judgement in a few words."""
    words, tone = _JUDGEMENTS[verdict.judgement]
    return _say(words), tone


def reason_words(reason: Reason) -> str:
    """Why; "" when nothing is wrong."""
    return _say(_REASONS[reason]) if reason in _REASONS else ""


def chip_view(checked: CheckedChip) -> ChipView:
    """All checks of a chip."""
    verdict = checked.reading.verdict
    words, tone = judgement_words(verdict)
    return ChipView(words, tone, tuple(_line(line, checked) for line in verdict.lines), note_words(verdict))


def note_words(verdict: ChipVerdict) -> str:
    """What to do now; "" when nothing."""
    note = _NOTES.get(verdict.judgement, "")
    return _say(note) if note else ""


def _line(line: Line, checked: CheckedChip) -> ChipLine:
    words = _say(_CHECKS[line.check])
    if line.result is Result.PASSED:
        why = ""
        if line.check is Check.SIGNER:
            why = " · ".join(part for part in (checked.reading.signer, checked.reading.trust_source) if part)
        return ChipLine(Mark.PASSED, words, why)
    why = reason_words(line.reason)
    if line.reason in _WITH_DETAIL and line.detail:
        why = QCoreApplication.translate("Chip", "{0}（{1}）").format(why, line.detail)
    if line.result is Result.NOT_DONE:
        # Said once, by the check that failed: the rest was not come to.
        return ChipLine(Mark.OPEN, words, "" if line.reason is Reason.NOT_REACHED else why)
    return ChipLine(Mark.FAILED, words, why, Tone.ERROR if line.reason in _GRAVE else Tone.WARNING)


def chip_person(checked: CheckedChip, read_at: str) -> PersonView | None:
    """Whom the chip names, number masked; None when it named nobody or is false."""
    zone = zone_of(checked.reading, checked.at)
    if zone is None or checked.reading.verdict.judgement is Judgement.FALSE:
        return None
    latin = " ".join(part for part in (zone.surname, zone.given_names) if part)
    name = holder_name(checked.reading) or latin
    translate = QCoreApplication.translate
    sexes = {"M": translate("Words", "男"), "F": translate("Words", "女")}
    kind = core_words(document_of(zone, checked.at.date()).kind.label)
    return PersonView(
        name=name,
        card_type=f"{kind} {latin}" if name != latin else kind,
        number=mask(zone.number),
        sex=sexes.get(zone.sex, ""),
        nation=zone.nationality,
        birth=zone.birth.text,
        validity=translate("Chip", "至 {0}").format(zone.expiry.text) if zone.expiry.complete else "",
        source=translate("Chip", "证件芯片 {0}").format(read_at),
        photo=checked.portrait,
    )
