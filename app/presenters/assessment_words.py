"""Assessments in words for their dialog."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication

from app.domain.assessment import Assessment, Point, Sheet
from app.services.assess import About, Draft, said
from widgets.views import Tone
from widgets.views_assessment import (
    AnswerWords,
    FormChoice,
    GroupView,
    MeasureView,
    PointView,
    ResultView,
    StartView,
)

_TONES = {"success": Tone.SUCCESS, "warning": Tone.WARNING, "error": Tone.ERROR}


def form_choice(form: Assessment) -> FormChoice:
    """A form to begin. Its words are the data's own: forms exist in Chinese only."""
    translate = QCoreApplication.translate
    counted = translate("Assessment", "{0}：{1}，{2} 项")
    routes = tuple(
        (route.id, counted.format(route.words, route.about, len(form.points(route.id)))) for route in form.routes
    )
    return FormChoice(form.id, form.title, routes, form.phrases.subject, form.asks)


def start_view(form: str, about: About, route: str = "") -> StartView:
    """What is known before the first page."""
    return StartView(
        form, route, about.firm, about.firm_number, about.subject, about.contact, about.phone, dict(about.asked)
    )


def about_of(view: StartView) -> About:
    """What was typed on the first page."""
    return About(view.firm, view.firm_number, view.subject, view.contact, view.phone, view.asked)


def answer_words(form: Assessment) -> AnswerWords:
    """What the form calls its answers."""
    return AnswerWords(form.phrases.met, form.phrases.unmet, form.phrases.none)


def groups(sheet: Sheet) -> tuple[GroupView, ...]:
    """The dimensions with their points as they stand."""
    return tuple(
        GroupView(
            dimension.name,
            sum(point.id in sheet.answers for point in dimension.points),
            tuple(_point(sheet, point) for point in dimension.points),
        )
        for dimension in sheet.assessment.dimensions_of(sheet.route)
    )


def standing(draft: Draft) -> str:
    """How far it is, in one line."""
    translate = QCoreApplication.translate
    sheet = draft.sheet
    total, left = len(sheet.points), len(sheet.open)
    words = translate("Assessment", "{0} · 已答 {1}/{2}").format(draft.about.firm, total - left, total)
    if draft.before:
        words += translate("Assessment", " · 沿用 {0} 项").format(len(sheet.kept))
    if (score := sheet.score) is not None:
        words += translate("Assessment", " · 目前 {0} 分").format(score)
    if sheet.blockers:
        words += translate("Assessment", " · 一票否决 {0} 项").format(len(sheet.blockers))
    return words


def result_view(draft: Draft) -> ResultView:
    """What it came to."""
    translate = QCoreApplication.translate
    form, sheet, listed = draft.form, draft.sheet, draft.listed
    score, grade = sheet.score, sheet.grade
    blocked = bool(form.promise and sheet.blockers)
    tones = {None: Tone.WARNING, True: Tone.ERROR, False: Tone.SUCCESS}
    promise = translate("Assessment", "告知承诺：{0}").format(form.promise) if draft.promising else ""
    if form.promise and not draft.promising and not blocked:
        promise = translate("Assessment", "名单没有查清，或者在名单上：这次不适用告知承诺，按一般程序办理。")
    return ResultView(
        score=translate("Assessment", "{0} 分").format(score) if score is not None else "—",
        grade=grade.words if grade else translate("Assessment", "各项均不涉及"),
        tone=Tone.ERROR if blocked else _TONES[grade.tone] if grade else Tone.NEUTRAL,
        conclusion=form.phrases.passed if sheet.passed else form.phrases.failed,
        rows=tuple((_starred(point), "；".join(measures)) for point, measures in sheet.lacking),
        dimensions=tuple(
            (one.name, str(points) if points is not None else "—") for one, points in sheet.dimension_scores()
        ),
        listed=translate("Assessment", "名单核查：{0}").format(listed.words) if listed else "",
        listed_tone=tones[listed.on_it] if listed else Tone.NEUTRAL,
        promise=promise,
        ready=not blocked,
    )


def _starred(point: Point) -> str:
    return f"★ {point.text}" if point.blocking else point.text


def _point(sheet: Sheet, point: Point) -> PointView:
    translate = QCoreApplication.translate
    answer = sheet.answers.get(point.id)
    notes = []
    if point.blocking:
        notes.append(translate("Assessment", "★ 一票否决"))
    if point.weight > 1:
        notes.append(translate("Assessment", "权重 {0}").format(point.weight))
    if point.id in sheet.kept:
        notes.append(translate("Assessment", "沿用上次"))
    tone = Tone.NEUTRAL
    if answer is not None and answer.applies:
        tone = Tone.SUCCESS if sheet.whole(point) else Tone.WARNING if answer.done else Tone.ERROR
    measures = tuple(
        MeasureView(words, None if answer is None else answer.applies and at in answer.done)
        for at, words in enumerate(point.measures)
    )
    return PointView(point.id, point.text, said(sheet, point), tone, point.blocking, tuple(notes), measures)
