"""Domain values in the applicant's words: what the self-service pages are handed."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QCoreApplication

from app.catalog.guide import Guide
from app.catalog.search import Hit
from app.domain.form import Problem
from app.domain.item import Catalog
from app.domain.material import Material, MaterialStatus
from app.presenters.customer_words import shown_value
from app.presenters.words import answer_text, cart_view, guide_view, hit_view
from app.services.choose_items import Suggestion
from app.services.question_pages import KnownField, left_open
from app.services.self_service import HandedOver
from app.services.visit import Visit
from widgets.i18n import core_words, pick
from widgets.self_service.views import AskView, DoneView, KnownLine, MaterialStep, TileView
from widgets.views import HitView

translate = QCoreApplication.translate

_POINTS = 3


def steps() -> tuple[str, ...]:
    """The steps that an applicant goes through, in words."""
    return (
        translate("SelfService", "放身份证"),
        translate("SelfService", "选要办的事"),
        translate("SelfService", "看一看，填一填"),
        translate("SelfService", "拍材料"),
        translate("SelfService", "核对签字"),
    )


def step_words(number: int) -> str:
    """Where the applicant is. number: from 1."""
    said = steps()
    return translate("SelfService", "第 {0} 步，共 {1} 步　{2}").format(number, len(said), said[number - 1])


def chosen_as(catalog: Catalog, visit: Visit, code: str) -> str:
    """The code in the cart that an offered code stands for; "" when it is not chosen."""
    if code in visit.codes:
        return code
    main = catalog.mains.get(code)
    return next((c for c in visit.codes if main is not None and c in main.items), "")


def suggested_tiles(catalog: Catalog, visit: Visit, offered: Sequence[Suggestion]) -> list[TileView]:
    """What is offered before anything is typed: what is pinned and lately chosen at this window comes first."""
    return [_tile(catalog, visit, cart_view(catalog, one.code)) for one in offered]


def found_tiles(catalog: Catalog, visit: Visit, hits: Sequence[Hit]) -> list[TileView]:
    """What was found by the applicant's words."""
    return [_tile(catalog, visit, hit_view(hit)) for hit in hits]


def _tile(catalog: Catalog, visit: Visit, view: HitView) -> TileView:
    note = "　".join(part for part in (view.department, view.note) if part)
    return TileView(view.code, view.name, note, bool(chosen_as(catalog, visit, view.code)))


def cart_line(catalog: Catalog, visit: Visit) -> str:
    """What is chosen so far, in one line; "" for nothing."""
    if not visit.codes:
        return ""
    names = "、".join(cart_view(catalog, code).name for code in visit.codes)
    return translate("SelfService", "已选 {0} 件：{1}").format(len(visit.codes), names)


def ask_view(guide: Guide, answers: dict[str, str], at: int) -> AskView:
    """A question of the guide."""
    step = guide.steps(answers)[at]
    view = guide_view(guide, answers, at)
    said = answer_text(step)
    options = tuple((option.value, option.text, option.text == said) for option in view.options)
    return AskView(view.title, view.question, options)


def known_lines(known: Sequence[KnownField]) -> list[KnownLine]:
    """What is known already, masked where a machine read it and it is personal."""
    return [
        KnownLine(
            entry.field.key,
            pick(entry.field.title, entry.field.title_en),
            shown_value(entry.field, entry.state),
            change=not entry.firm,
        )
        for entry in known
    ]


def problem_words(problems: Sequence[Problem], missing: bool) -> dict[str, str]:
    """Field -> what is wrong. missing: say also what is merely empty."""
    return {p.key: core_words(p.message) for p in problems if not p.warning and (missing or not p.missing)}


def material_step(material: Material, where: tuple[int, int], camera: bool) -> MaterialStep:
    """One paper. where: which one of how many."""
    use = material.use
    promised = material.status is MaterialStatus.PROMISED
    tolerated = material.status is MaterialStatus.TOLERATED
    promise = (
        translate("SelfService", "已承诺代替") if promised else translate("SelfService", "没有这份材料，书面承诺代替")
    )
    tolerate = translate("SelfService", "已定以后补交") if tolerated else translate("SelfService", "现在没有，以后补交")
    return MaterialStep(
        name=pick(use.name, use.name_en),
        where=translate("SelfService", "第 {0} 份，共 {1} 份").format(*where),
        points=tuple(core_words(point) for point in use.acceptance_points[:_POINTS]),
        pages=len(material.pages),
        promise=promise if use.promise else "",
        # What hangs on a check is the clerk's to decide.
        tolerate=tolerate if use.tolerable and not use.tolerance_needs else "",
        camera=camera,
    )


def done_view(handed: HandedOver, problems: Sequence[Problem], where: str) -> DoneView:
    """The number, where to go, and what the counter will still ask for."""
    visit = handed.visit
    fields = [pick(field.title, field.title_en) for field in left_open(visit, problems)]
    papers = [pick(m.use.name, m.use.name_en) for m in visit.checklist.unsettled()]
    card = [] if visit.card is not None else [translate("SelfService", "身份证")]
    place = translate("SelfService", "请到 {0} 等候叫号").format(where)
    return DoneView(handed.ticket, place, (*card, *fields, *papers))
