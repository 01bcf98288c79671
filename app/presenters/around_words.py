"""Cases, messages, figures and devices in the clerk's words."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.amendment import Standing
from app.domain.case import CaseState, Operation, OperationKind, OutboxState
from app.domain.clock import shanghai
from app.domain.person import mask, mask_name
from app.presenters.double_words import double_words
from app.presenters.express_words import parcel_facts
from app.presenters.issued_words import issued_facts
from app.presenters.kept_words import kept_words, material_note, prints_words
from app.presenters.region_words import territory_facts
from app.presenters.words import outbox_row, status_words
from app.services.day_board import STAGES, Board
from app.services.messages import Message, MessageKind
from app.services.my_cases import CaseDetail, Days, Light, light_of
from offline_db.audit import AuditEntry
from offline_db.case_list import CaseLine
from offline_db.sending import CaseHead
from widgets.i18n import core_words, pick
from widgets.views import OutboxRow, Tone
from widgets.views_around import BoardView, CaseRow, CaseView, FigureView, MessageRow, PaperRow

translate = QCoreApplication.translate

_STAGES = {
    "": QT_TRANSLATE_NOOP("Words", "待平台回执"),
    "1": QT_TRANSLATE_NOOP("Words", "收件"),
    "2": QT_TRANSLATE_NOOP("Words", "受理"),
    "3": QT_TRANSLATE_NOOP("Words", "审核"),
    "4": QT_TRANSLATE_NOOP("Words", "办结"),
    "11": QT_TRANSLATE_NOOP("Words", "补齐补正"),
    "12": QT_TRANSLATE_NOOP("Words", "挂起"),
    "99": QT_TRANSLATE_NOOP("Words", "其他"),
}
_STATES = {
    CaseState.ACCEPTED_LOCAL: (QT_TRANSLATE_NOOP("Words", "本窗口已受理，待上传"), Tone.NEUTRAL),
    CaseState.SENDING: (QT_TRANSLATE_NOOP("Words", "正在上传"), Tone.INFO),
    CaseState.ACKED: (QT_TRANSLATE_NOOP("Words", "平台已收"), Tone.SUCCESS),
    CaseState.DURABLE: (QT_TRANSLATE_NOOP("Words", "平台已收，已备份"), Tone.SUCCESS),
    CaseState.NEEDS_ATTENTION: (QT_TRANSLATE_NOOP("Words", "被退回，需处理"), Tone.ERROR),
    CaseState.WITHDRAWN: (QT_TRANSLATE_NOOP("Words", "已撤回"), Tone.NEUTRAL),
}
_LOST = QT_TRANSLATE_NOOP("Words", "平台缺失，需处理")
_LIGHTS = {
    Light.GREEN: ("", Tone.NEUTRAL),
    Light.YELLOW: (QT_TRANSLATE_NOOP("Words", "将到期"), Tone.WARNING),
    Light.RED: (QT_TRANSLATE_NOOP("Words", "已逾期"), Tone.ERROR),
    Light.ODD: (QT_TRANSLATE_NOOP("Words", "需处理"), Tone.ERROR),
    Light.STOPPED: (QT_TRANSLATE_NOOP("Words", "时限暂停"), Tone.INFO),
    Light.DONE: (QT_TRANSLATE_NOOP("Words", "已办结"), Tone.SUCCESS),
}
_ACTIONS = {
    "card.read": QT_TRANSLATE_NOOP("Words", "读取证件"),
    "booking.taken": QT_TRANSLATE_NOOP("Words", "带入预约"),
    "booking.made": QT_TRANSLATE_NOOP("Words", "约下次来的时间"),
    "booking.moved": QT_TRANSLATE_NOOP("Words", "预约改期"),
    "booking.cancelled": QT_TRANSLATE_NOOP("Words", "取消预约"),
    "express.ordered": QT_TRANSLATE_NOOP("Words", "寄递下单"),
    "express.step": QT_TRANSLATE_NOOP("Words", "寄递有进展"),
    "express.cancelled": QT_TRANSLATE_NOOP("Words", "取消寄递"),
    "express.refused": QT_TRANSLATE_NOOP("Words", "承运方不收"),
    "face.compared": QT_TRANSLATE_NOOP("Words", "人证核对"),
    "photo.used": QT_TRANSLATE_NOOP("Words", "用上证件照"),
    "photo.kept": QT_TRANSLATE_NOOP("Words", "同意保存证件照"),
    "photo.withdrawn": QT_TRANSLATE_NOOP("Words", "撤回同意，删除证件照"),
    "photo.fetched": QT_TRANSLATE_NOOP("Words", "取用平台的证件照"),
    "photo.ended": QT_TRANSLATE_NOOP("Words", "平台已撤回，删除证件照"),
    "identity.verified": QT_TRANSLATE_NOOP("Words", "身份核验"),
    "form.keyed": QT_TRANSLATE_NOOP("Words", "申请人在密码键盘上输入"),
    "social_card.read": QT_TRANSLATE_NOOP("Words", "读取社保卡"),
    "social_card.pin": QT_TRANSLATE_NOOP("Words", "验证社保卡密码"),
    "payment.refund_asked": QT_TRANSLATE_NOOP("Words", "要求退款"),
    "payment.refunded": QT_TRANSLATE_NOOP("Words", "退款"),
    "payment.not_refunded": QT_TRANSLATE_NOOP("Words", "没有退款"),
    "chip.read": QT_TRANSLATE_NOOP("Words", "读取证件芯片"),
    "card.captured": QT_TRANSLATE_NOOP("Words", "拍照识别证件"),
    "zone.read": QT_TRANSLATE_NOOP("Words", "读取护照机读码"),
    "licence.shown": QT_TRANSLATE_NOOP("Words", "亮出签发的电子证照"),
    "licence.printed": QT_TRANSLATE_NOOP("Words", "打印电子证照凭条"),
    "licence.scanned": QT_TRANSLATE_NOOP("Words", "扫描电子证照"),
    "items.chosen": QT_TRANSLATE_NOOP("Words", "选择事项"),
    "material.reused": QT_TRANSLATE_NOOP("Words", "沿用以前的材料"),
    "case.accepted": QT_TRANSLATE_NOOP("Words", "受理"),
    "paper.made": QT_TRANSLATE_NOOP("Words", "出具受理通知书"),
    "paper.reprinted": QT_TRANSLATE_NOOP("Words", "重印文书"),
    "material.completed": QT_TRANSLATE_NOOP("Words", "补交材料"),
    "case.exported": QT_TRANSLATE_NOOP("Words", "导出归档包"),
    "case.amended": QT_TRANSLATE_NOOP("Words", "更正办件内容"),
    "amendment.decided": QT_TRANSLATE_NOOP("Words", "核对更正，决定采用的内容"),
    "amendment.undone": QT_TRANSLATE_NOOP("Words", "撤销核对的决定"),
    "promise.checked": QT_TRANSLATE_NOOP("Words", "核查承诺"),
    "form.signed": QT_TRANSLATE_NOOP("Words", "申请人确认签字"),
    "form.unsigned": QT_TRANSLATE_NOOP("Words", "未在屏上签字"),
    "case.rated": QT_TRANSLATE_NOOP("Words", "群众已评价"),
    "matter.opened": QT_TRANSLATE_NOOP("Words", "登记企业事项"),
    "matter.step": QT_TRANSLATE_NOOP("Words", "处理企业事项"),
    "roster.absent": QT_TRANSLATE_NOOP("Words", "驻点请假"),
    "outbox.resend": QT_TRANSLATE_NOOP("Words", "重新发送"),
    "outbox.withdraw": QT_TRANSLATE_NOOP("Words", "撤回"),
    "double.settled": QT_TRANSLATE_NOOP("Words", "疑似重复已核对"),
    "retention.settled": QT_TRANSLATE_NOOP("Words", "平台缺失已联系处理"),
    "upload.pause": QT_TRANSLATE_NOOP("Words", "暂停上传"),
    "upload.resume": QT_TRANSLATE_NOOP("Words", "继续上传"),
    "packet.export": QT_TRANSLATE_NOOP("Words", "导出数据包"),
    "packet.answer": QT_TRANSLATE_NOOP("Words", "导入平台回执"),
}
_KINDS = {
    MessageKind.STAGE: (QT_TRANSLATE_NOOP("Words", "进展"), Tone.NEUTRAL),
    MessageKind.CORRECTION: (QT_TRANSLATE_NOOP("Words", "要补正"), Tone.ERROR),
    MessageKind.RESULT: (QT_TRANSLATE_NOOP("Words", "已办结"), Tone.SUCCESS),
    MessageKind.NOTICE: (QT_TRANSLATE_NOOP("Words", "通知"), Tone.INFO),
}
_SENT = {
    OperationKind.CASE: QT_TRANSLATE_NOOP("Words", "办件"),
    OperationKind.FILE: QT_TRANSLATE_NOOP("Words", "材料影像"),
    OperationKind.AUDIT: QT_TRANSLATE_NOOP("Words", "操作记录"),
    OperationKind.AMEND: QT_TRANSLATE_NOOP("Words", "更正"),
    OperationKind.RATING: QT_TRANSLATE_NOOP("Words", "群众评价"),
    OperationKind.MATTER: QT_TRANSLATE_NOOP("Words", "企业事项"),
    OperationKind.ROSTER: QT_TRANSLATE_NOOP("Words", "请假"),
    OperationKind.PHOTO: QT_TRANSLATE_NOOP("Words", "证件照"),
}
_GRADES = {
    5: QT_TRANSLATE_NOOP("Words", "非常满意"),
    4: QT_TRANSLATE_NOOP("Words", "满意"),
    3: QT_TRANSLATE_NOOP("Words", "基本满意"),
    2: QT_TRANSLATE_NOOP("Words", "不满意"),
    1: QT_TRANSLATE_NOOP("Words", "非常不满意"),
}


def stage_words(stage: str) -> str:
    """办理环节 as people say it; an unknown one is 其他."""
    return translate("Words", _STAGES.get(stage, _STAGES["99"]))


def light_words(light: Light) -> tuple[str, Tone]:
    """A light in a word and its tone; a green one says nothing."""
    words, tone = _LIGHTS[light]
    return (translate("Words", words) if words else "", tone)


def case_row(line: CaseLine, days: Days, double: bool = False) -> CaseRow:
    """A case in the list. double: another window may have accepted the same, and nobody has looked yet."""
    light = light_of(line.state, line.stage, line.due, days, line.due_at)
    words, tone = light_words(light)
    if double and tone is not Tone.ERROR:
        words, tone = translate("Words", "疑似重复"), Tone.WARNING
    at = shanghai(line.accepted_at)
    accepted = f"{at:%H:%M}" if at.date() == days.today else f"{at:%m-%d %H:%M}"
    if at.year != days.today.year:
        accepted = f"{at:%Y-%m-%d}"
    return CaseRow(
        id=line.case_id,
        number=line.provisional_no,
        item=core_words(line.item_name),
        applicant=mask_name(line.applicant_name) or translate("Words", "已清除"),
        accepted=accepted,
        stage=stage_words(line.stage),
        due=due_words(line.due, line.due_at, days.today, bool(words)) if light is not Light.DONE else "",
        light=tone,
        light_words=words,
        clerk=line.clerk,
    )


def due_words(due: dt.date | None, due_at: dt.datetime | None, today: dt.date, lit: bool = False) -> str:
    """Until when, as a list says it: the day, and the time of limits that end at a moment. "": no limit. lit: the
    light's word follows in the same cell, so that it is said shortly."""
    if due_at is None:
        return f"{due:%m-%d}" if due else ""
    at = shanghai(due_at)
    if at.date() == today:
        said = translate("Words", "今天 {0}") if lit else translate("Words", "今天 {0} 前")
        return said.format(f"{at:%H:%M}")
    return f"{at:%m-%d %H:%M}" if lit else translate("Words", "{0} 前").format(f"{at:%m-%d %H:%M}")


def case_view(detail: CaseDetail) -> CaseView:
    """One case in full, masked."""
    case, stage = detail.case, detail.stored.stage
    words, _ = light_words(detail.light)
    state, tone = _STATES.get(case.state, ("", Tone.NEUTRAL))
    if detail.kept.keeping.lost_at is not None:
        state = _LOST
    due = f"{case.due:%Y-%m-%d}" if case.due else translate("Words", "以平台核定为准")
    if case.due_at is not None:
        due = translate("Words", "{0} 前").format(f"{shanghai(case.due_at):%Y-%m-%d %H:%M}")
    accepted = f"{shanghai(case.accepted_at):%Y-%m-%d %H:%M}"
    kept, kept_tone = kept_words(detail.kept)
    applicant = f"{mask_name(case.applicant_name)}　{mask(case.applicant_number)}".strip("　")
    facts = (
        (translate("Words", "申请人"), applicant or translate("Words", "已清除")),
        (translate("Words", "受理部门"), core_words(case.department)),
        (translate("Words", "受理"), f"{accepted}　{case.clerk}"),
        (translate("Words", "办结期限"), f"{due}　{words}".strip("　")),
        (translate("Words", "办件编码"), case.case_no or translate("Words", "待平台回执")),
        (translate("Words", "上传"), translate("Words", state) if state else ""),
        *territory_facts(case.territory, detail.handover),
        *parcel_facts(detail.parcel),
        *issued_facts(detail.issued),
        *([(translate("Words", "更正"), amended_words(detail.amended))] if detail.amended else []),
        *((translate("Words", "重复"), double_words(double)) for double in detail.doubles),
    )
    return CaseView(
        id=case.case_id,
        title=core_words(case.item_name),
        number=translate("Words", "受理流水号 {0}").format(case.provisional_no),
        state=stage_words(stage),
        tone=_stage_tone(stage, tone),
        facts=facts,
        form=tuple(_answers(detail)),
        materials=tuple(
            (
                pick(material.use.name, material.use.name_en),
                status_words(material),
                material_note(core_words(material.reason), material, detail.kept),
            )
            for material in case.materials
        ),
        papers=tuple(
            PaperRow(
                id=paper.number,
                name=core_words(str(paper.kind)),
                number=paper.number,
                made=f"{shanghai(paper.made_at):%Y-%m-%d %H:%M}",
                prints=prints_words(paper),
                gone=paper.gone,
                again=paper.again,
            )
            for paper in detail.papers
        ),
        trail=tuple(_trail(entry) for entry in reversed(detail.stored.trail)),
        kept=kept,
        kept_tone=kept_tone,
        lost=detail.kept.keeping.lost_at is not None,
        can_amend=case.state is not CaseState.WITHDRAWN and stage != "4" and bool(case.form),
        double=detail.open_double is not None,
        licence=detail.issued is not None,
    )


def amended_words(standing: Standing | None) -> str:
    """How the latest correction of a case stands."""
    return {
        Standing.WAITING: translate("Words", "已在本窗更正，待平台确认"),
        Standing.CONFLICT: translate("Words", "与平台不一致，请按 Ctrl+H 核对"),
        Standing.DONE: translate("Words", "已更正，平台已确认"),
    }.get(standing or Standing.DROPPED, "")


def _answers(detail: CaseDetail) -> Iterator[tuple[str, str, str]]:
    titles = Counter(line.title for line in detail.form)
    for line in detail.form:
        title = core_words(line.title)
        if titles[line.title] > 1:  # 姓名 of whom?
            title = translate("Words", "{0} {1}").format(core_words(line.section), title)
        yield title, line.value, core_words(line.source)


def _stage_tone(stage: str, state: Tone) -> Tone:
    if state is Tone.ERROR or stage == "11":
        return Tone.ERROR if state is Tone.ERROR else Tone.WARNING
    return {"4": Tone.SUCCESS, "12": Tone.INFO}.get(stage, Tone.NEUTRAL)


def _trail(entry: AuditEntry) -> tuple[str, str, str]:
    at = shanghai(dt.datetime.fromisoformat(entry.at))
    words = translate("Words", _ACTIONS.get(entry.action, QT_TRANSLATE_NOOP("Words", "其他操作")))
    if entry.action == "paper.reprinted":
        words = translate("Words", "{0}（第 {1} 次）").format(words, json.loads(entry.details).get("reprint", ""))
    return f"{at:%m-%d %H:%M}", entry.clerk, words


def message_row(message: Message) -> MessageRow:
    """A message of the platform."""
    kind, tone = _KINDS[message.kind]
    words = message.words
    if message.kind is MessageKind.RESULT:
        words = "；".join(part for part in (core_words(message.result), core_words(words)) if part)
    words = core_words(words) or translate("Words", "进入“{0}”环节").format(stage_words(message.stage))
    todo = ""
    if message.kind is MessageKind.CORRECTION:
        todo = translate("Words", "请通知申请人补正，补来的材料按 Ctrl+B 拍摄。")
        if message.due:
            todo = translate("Words", "请通知申请人在 {0} 前补正，补来的材料按 Ctrl+B 拍摄。").format(
                message.due.isoformat()
            )
        todo += translate("Words", "填写的内容要改的，按 Ctrl+U 更正。")
    elif message.kind is MessageKind.RESULT:
        todo = translate("Words", "可以通知申请人领取办理结果。")
    return MessageRow(
        id=message.message_id,
        at=f"{shanghai(message.at):%m-%d %H:%M}",
        kind=translate("Words", kind),
        number=message.provisional_no,
        item=core_words(message.item),
        applicant=mask_name(message.applicant),
        words=words,
        todo=todo,
        tone=tone,
        unread=message.unread,
        can_amend=message.kind is MessageKind.CORRECTION and bool(message.item),
    )


def board_view(board: Board) -> BoardView:
    """The day's board."""
    figures, lights, outbox = board.figures, board.figures.lights, board.outbox
    late, odd = lights.late, lights.refused
    cards = [
        FigureView(
            "today",
            translate("Words", "今日受理"),
            str(figures.accepted),
            translate("Words", "{0} 人次，延时 {1} 件").format(figures.visits, board.extended)
            if board.extended
            else translate("Words", "{0} 人次").format(figures.visits),
        ),
        FigureView("late", translate("Words", "已逾期"), str(late), "", Tone.ERROR if late else Tone.NEUTRAL),
        FigureView(
            "near",
            translate("Words", "将到期"),
            str(lights.near),
            translate("Words", "{0} 及以前").format(f"{board.days.near:%m-%d}"),
            Tone.WARNING if lights.near else Tone.NEUTRAL,
        ),
        FigureView("running", translate("Words", "时限正常"), str(lights.calm), "", Tone.SUCCESS),
        FigureView(
            "refused",
            translate("Words", "需处理"),
            str(odd),
            translate("Words", "平台退回的办件"),
            Tone.ERROR if odd else Tone.NEUTRAL,
        ),
        FigureView(
            "outbox",
            translate("Words", "待上传"),
            str(outbox.waiting + outbox.parked),
            translate("Words", "最早 {0}").format(f"{shanghai(outbox.oldest):%m-%d %H:%M}") if outbox.oldest else "",
        ),
        FigureView(
            "owed",
            translate("Words", "容缺待补"),
            str(figures.tolerated_late + figures.tolerated_near),
            translate("Words", "其中逾期 {0} 份").format(figures.tolerated_late) if figures.tolerated_late else "",
            Tone.ERROR if figures.tolerated_late else Tone.WARNING if figures.tolerated_near else Tone.NEUTRAL,
        ),
    ]
    if board.orders:
        late_orders = translate("Words", "其中逾期 {0} 件").format(board.orders_late) if board.orders_late else ""
        tone = Tone.ERROR if board.orders_late else Tone.WARNING
        cards.append(FigureView("orders", translate("Words", "整改工单"), str(board.orders), late_orders, tone))
    known = [(stage_words(key), figures.stages[key]) for key in STAGES if key in figures.stages]
    other = sum(count for key, count in figures.stages.items() if key not in STAGES)
    return BoardView(
        title=translate("Words", "今日看板"),
        below=translate("Words", "{0}，{1} 更新；时限灯按本窗口全部在办办件").format(
            board.day.isoformat(), f"{shanghai(board.at):%H:%M:%S}"
        ),
        figures=tuple(cards),
        stages=(*known, *([(stage_words("99"), other)] if other else [])),
        items=tuple((core_words(name), count) for name, _, count in figures.items),
        clerks=tuple((c.clerk, str(c.visits), str(c.cases), str(c.decided)) for c in figures.clerks),
        ratings=rating_counts(board.ratings),
    )


def rating_counts(ratings: Mapping[int, int]) -> tuple[tuple[str, int], ...]:
    """Grades from the best down; nothing while nobody has rated."""
    if not any(ratings.values()):
        return ()
    return tuple((translate("Words", words), ratings.get(grade, 0)) for grade, words in _GRADES.items())


def waiting_row(operation: Operation, case: CaseHead | None, held: Collection[OperationKind] = ()) -> OutboxRow:
    """One entry of the outbox: what it is, how often it was tried, when again, and what can be done. held: the kinds
    that the clerk holds back."""
    todo = ""
    if operation.kind in held and operation.state is not OutboxState.PARKED:
        row = outbox_row(replace(operation, next_at=None), case)
        every = len(held) == len(OperationKind)
        words = translate("Words", "已暂停") if every else translate("Words", "等好网络")
        kind = translate("Words", _SENT[operation.kind])
        return replace(row, state_words=words, tone=Tone.WARNING, kind=kind, tries=operation.attempts, next_try="")
    if operation.state is OutboxState.PARKED:
        todo = translate("Words", "核对原因后，平台那边已改好的选“重新发送”；不再办理的选“撤回”。")
        if operation.kind is OperationKind.AMEND:
            todo = translate("Words", "与平台不一致的按 Ctrl+H 核对；这次更正不要了的选“撤回”，办件恢复平台的内容。")
    elif operation.state is OutboxState.RETRY:
        todo = translate("Words", "不用处理，到时间会自动再传；着急可按“立即上传”。")
    return replace(
        outbox_row(operation, case),
        kind=translate("Words", _SENT[operation.kind]),
        tries=operation.attempts,
        next_at=operation.next_at.timestamp() if operation.next_at else None,
        todo=todo,
    )
