"""Lessons and results in words for the list and the result page."""

from __future__ import annotations

from collections.abc import Iterable

from PyQt6.QtCore import QCoreApplication

from app.demo.lessons import Lessons
from app.demo.scenario import Scenario
from app.demo.score import POINTS, SHOWN_POINTS, Result
from app.domain.clock import shanghai
from widgets.i18n import language, pick
from widgets.views import LessonView, MistakeView, ResultView, Tone

GOOD, FAIR = 85, 70
"""From so many percent on a result reads as good, as fair."""


def practice_view() -> LessonView:
    """Free practice: no hints, no score."""
    translate = QCoreApplication.translate
    return LessonView(
        "",
        translate("Training", "自由练习"),
        translate("Training", "没有提示，不计成绩；随便试，接着上次的练习数据。"),
        tags=(),
    )


def lesson_views(lessons: Lessons, results: Iterable[Result]) -> list[LessonView]:
    """Free practice first, then every lesson with its last result."""
    last = {result.lesson: result for result in results}
    return [practice_view(), *(_lesson_view(lesson, lessons, last.get(lesson.name)) for lesson in lessons.all)]


def _lesson_view(lesson: Scenario, lessons: Lessons, result: Result | None) -> LessonView:
    translate = QCoreApplication.translate
    length = translate("Training", "{0} 步").format(len(lesson.steps))
    if lesson.minutes:
        length += translate("Training", " · 约 {0} 分钟").format(f"{lesson.minutes:g}")
    tags = []
    if lesson.drill:
        tags.append(translate("Training", "故障演练"))
    if lesson.name in lessons.own:
        tags.append(translate("Training", "自编"))
    last = ""
    tone = Tone.NEUTRAL
    if result is not None:
        day = f"{shanghai(result.at):%m-%d}"
        if result.finished:
            last = translate("Training", "上次 {0} 分 {1}　{2}").format(result.percent, stars(result.stars), day)
            tone = score_tone(result)
        else:
            last = translate("Training", "上次做到第 {0} 步　{1}").format(result.done, day)
    purpose = pick(lesson.purpose, lesson.purpose_en)
    return LessonView(lesson.name, pick(lesson.title, lesson.title_en), purpose, length, tuple(tags), last, tone)


def stars(count: int) -> str:
    return "★" * count + "☆" * (5 - count)


def score_tone(result: Result) -> Tone:
    return Tone.SUCCESS if result.percent >= GOOD else Tone.INFO if result.percent >= FAIR else Tone.WARNING


def bad_words(lessons: Lessons) -> str:
    """Which files of the trainer's were left out, and why; "" when none was."""
    line = QCoreApplication.translate("Training", "课程文件 {0} 不能用：{1}")
    what = [line.format(bad.file, bad.what if language() == "zh" else bad.file) for bad in lessons.bad[:3]]
    return "\n".join(what)


def result_view(result: Result, lesson: Scenario | None) -> ResultView:
    """A result for its page. lesson: None when its file is gone, so that it cannot be repeated."""
    translate = QCoreApplication.translate
    title = pick(lesson.title, lesson.title_en) if lesson is not None else result.title
    if not result.finished:
        verdict = translate("Training", "做到第 {0} 步，共 {1} 步。").format(result.done, result.steps)
        tone = Tone.WARNING
    elif result.percent >= GOOD:
        verdict, tone = translate("Training", "很熟练，可以上岗。"), Tone.SUCCESS
    elif result.percent >= FAIR:
        verdict, tone = translate("Training", "基本会了，再练一次会更稳。"), Tone.INFO
    else:
        verdict, tone = translate("Training", "还要再练，先带着提示做一遍。"), Tone.WARNING
    mistakes = [MistakeView(one.step, one.what, one.right, f"−{POINTS[one.kind]}") for one in result.mistakes]
    seen = translate("Training", "看了演示")
    own = translate("Training", "自己做一遍，不看演示")
    mistakes += [MistakeView(step, seen, own, f"−{SHOWN_POINTS}") for step in result.shown]
    return ResultView(
        title=translate("Training", "{0}：成绩").format(title),
        percent=result.percent,
        stars=result.stars,
        verdict=verdict,
        tone=tone,
        facts=_facts(result),
        mistakes=tuple(mistakes),
        can_repeat=lesson is not None,
    )


def _facts(result: Result) -> tuple[tuple[str, str], ...]:
    translate = QCoreApplication.translate
    seconds = round(result.seconds)
    time = translate("Training", "{0} 分 {1} 秒").format(seconds // 60, seconds % 60)
    if result.minutes:
        time += translate("Training", "（目标 {0} 分钟）").format(f"{result.minutes:g}")
    if result.overtime_points:
        time += translate("Training", "，超时扣 {0} 分").format(result.overtime_points)
    way = translate("Training", "有提示的练习") if result.hints else translate("Training", "考核，不带提示")
    return (
        (translate("Training", "学员"), result.learner or translate("Training", "未填")),
        (translate("Training", "方式"), way),
        (translate("Training", "完成"), translate("Training", "{0}/{1} 步").format(result.done, result.steps)),
        (translate("Training", "用时"), time),
    )
