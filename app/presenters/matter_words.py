"""Firms' matters in words for the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from PyQt6.QtCore import QCoreApplication

from app.domain.agency import AGENCY, PACKAGE, Standing
from app.domain.clock import shanghai
from app.domain.matter import (
    ACT_NAMES,
    KIND_NAMES,
    ROLE_NAMES,
    SCOPE_DAYS,
    SCOPE_NAMES,
    STAGE_NAMES,
    Act,
    Matter,
    MatterKind,
    Scope,
    Side,
    Step,
)
from app.services.firm_data import Agencies
from app.services.matters import MatterLine
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_matter import ActView, ExtraView, KindView, MatterRow

_TONES = {"green": Tone.SUCCESS, "yellow": Tone.WARNING, "red": Tone.ERROR, "": Tone.NEUTRAL}


def matter_row(line: MatterLine, now: dt.datetime) -> MatterRow:
    """A line of the list."""
    translate = QCoreApplication.translate
    matter = line.matter
    warning = (
        translate("Matters", "平台退回：{0}。在待传清单（F9）里处理。").format(line.refused) if line.refused else ""
    )
    stage = core_words(STAGE_NAMES[matter.stage])
    if line.waiting and not line.refused:
        stage = translate("Matters", "{0}（待传）").format(stage)
    return MatterRow(
        id=matter.matter_id,
        number=matter.number,
        kind=core_words(KIND_NAMES[matter.kind]),
        firm=matter.firm,
        subject=matter.subject,
        stage=stage,
        due=due_words(matter, now),
        tone=_TONES[line.light],
        facts=_facts(matter),
        log=tuple((f"{shanghai(step.at):%m-%d %H:%M}", _step_words(step)) for step in matter.steps),
        acts=_acts(matter),
        warning=warning,
    )


def due_words(matter: Matter, now: dt.datetime) -> str:
    """How long it may still last."""
    translate = QCoreApplication.translate
    if not matter.running:
        rating = matter.rating
        return translate("Matters", "已停表") if rating is None else "★" * round(rating)
    if matter.due is None:
        return ""
    if now >= matter.due:
        return translate("Matters", "已超时")
    left = matter.due - now
    if left < dt.timedelta(hours=24):
        return translate("Matters", "还剩 {0} 小时").format(max(1, int(left.total_seconds() // 3600)))
    return translate("Matters", "{0} 前").format(f"{shanghai(matter.due - dt.timedelta(seconds=1)):%m-%d}")


def kinds(agencies: Agencies, standings: Mapping[str, Standing]) -> tuple[KindView, ...]:
    """What can be opened at the list; self-assessments have a dialog of their own. standings: of intermediaries."""
    translate = QCoreApplication.translate
    about = {
        MatterKind.DEMAND: translate(
            "Matters", "企业提出的诉求：简单的 1 个、一个部门 3 个、多个部门 5 个工作日内答复。"
        ),
        MatterKind.CONTACT: translate("Matters", "企业与联系民警之间逐件编号、逐件销号。"),
        MatterKind.INSPECTION: translate("Matters", "先发证、后核查：告知承诺后 24 小时内现场核查。"),
        MatterKind.REVIEW: translate("Matters", "展会、赛事：多部门一次联合查验，5 个工作日内出意见。"),
        MatterKind.AGENCY: translate("Matters", "选套餐和中介机构；办完后业主 50%、主管部门 30%、中心 20% 评价。"),
        MatterKind.FAULT: translate("Matters", "群众觉得哪里不好办：5 个工作日内整改答复，回访后销号；可以不留姓名。"),
    }
    departments = ExtraView(translate("Matters", "会审部门"))
    extras = {
        MatterKind.REVIEW: (departments, ExtraView(translate("Matters", "联合查验时间"))),
        MatterKind.INSPECTION: (ExtraView(translate("Matters", "核查要点")),),
        MatterKind.AGENCY: (
            ExtraView(core_words(PACKAGE), tuple((p.words, p.words) for p in agencies.packages), PACKAGE),
            ExtraView(core_words(AGENCY), tuple((n, _agency(n, standings)) for n in agencies.names), AGENCY),
        ),
    }
    scoped = (MatterKind.DEMAND, MatterKind.CONTACT)
    return tuple(
        KindView(
            kind.value,
            core_words(KIND_NAMES[kind]),
            words,
            kind in scoped,
            extras.get(kind, ()),
            kind is MatterKind.FAULT,
        )
        for kind, words in about.items()
    )


def _agency(name: str, standings: Mapping[str, Standing]) -> str:
    """An intermediary with its stars over all its jobs."""
    translate = QCoreApplication.translate
    standing = standings.get(name)
    if standing is None:
        return translate("Matters", "{0}  尚无评价").format(name)
    return translate("Matters", "{0}  {1:.2f} ★（{2} 件）").format(name, standing.stars, standing.jobs)


def scopes() -> tuple[tuple[str, str], ...]:
    """The clocks of a slip."""
    words = QCoreApplication.translate("Matters", "{0}（{1} 个工作日）")
    return tuple((s.value, words.format(core_words(SCOPE_NAMES[s]), SCOPE_DAYS[s])) for s in Scope)


def act_view(act: Act, matter: Matter) -> ActView:
    """One step that can be taken, with what to write."""
    translate = QCoreApplication.translate
    hints = {
        Act.ANSWER: translate("Matters", "告诉企业的答复"),
        Act.CLOSE: translate("Matters", "企业是否满意、结果怎样"),
        Act.RETURN: translate("Matters", "为什么要重办"),
        Act.HANDLE: translate("Matters", "办理或核查的情况"),
        Act.RATE: translate("Matters", "评价说明（可不填）"),
    }
    return ActView(act.value, core_words(ACT_NAMES[act]), hints.get(act, ""), act is Act.RATE)


def _acts(matter: Matter) -> tuple[ActView, ...]:
    return tuple(act_view(act, matter) for act in matter.may(Side.WINDOW))


def _facts(matter: Matter) -> tuple[tuple[str, str], ...]:
    translate = QCoreApplication.translate
    person = " ".join(part for part in (matter.contact, matter.phone) if part)
    scope = matter.scope if matter.kind in (MatterKind.CONTACT, MatterKind.DEMAND) else None
    who = translate("Matters", "反映人") if matter.kind is MatterKind.FAULT else translate("Matters", "企业")
    rating = matter.rating
    pairs: Sequence[tuple[str, str]] = (
        (who, " ".join(part for part in (matter.firm, matter.firm_number) if part)),
        (translate("Matters", "联系"), person),
        (translate("Matters", "事由"), matter.subject),
        (translate("Matters", "内容"), matter.words),
        (translate("Matters", "类别"), core_words(SCOPE_NAMES[scope]) if scope else ""),
        (translate("Matters", "交办给"), core_words(matter.stationed)),
        *((core_words(label), words) for label, words in matter.told.items()),
        (translate("Matters", "登记"), f"{shanghai(matter.opened_at):%Y-%m-%d %H:%M} {matter.opened_by}"),
        (
            translate("Matters", "时限"),
            f"{shanghai(matter.due - dt.timedelta(seconds=1)):%Y-%m-%d %H:%M}" if matter.due else "",
        ),
        (translate("Matters", "得分"), f"{rating} ★" if rating is not None else ""),
    )
    return tuple((label, words) for label, words in pairs if words)


def _step_words(step: Step) -> str:
    graded = f" {core_words(ROLE_NAMES[step.role])} {step.stars} ★" if step.role else ""
    said = f"：{step.words}" if step.words else ""
    return f"{core_words(ACT_NAMES[step.act])}{graded} {step.by}{said}"
