"""Lessons, results and the coach with made-up data, for the gallery."""

from __future__ import annotations

from PyQt6.QtCore import QRect
from PyQt6.QtWidgets import QWidget

from widgets.coach import Balloon, Ring
from widgets.dialogs.save_lesson import SaveLessonDialog
from widgets.lesson_bar import LessonBar
from widgets.lessons import LessonsWindow
from widgets.views import LessonView, MistakeView, ResultView, Tone
from widgets.window import MainWindow

LESSONS = (
    LessonView("", "自由练习", "没有提示，不计成绩；随便试，接着上次的练习数据。"),
    LessonView(
        "a",
        "我要开理发店",
        "一件事三个部门：个体工商户设立登记、公共场所卫生许可、户外招牌设置备案，一张表、一次办。",
        "12 步 · 约 6 分钟",
        (),
        "上次 95 分 ★★★★★　11-20",
        Tone.SUCCESS,
    ),
    LessonView("b", "读卡器掉线", "先看灯，再查连线。", "5 步 · 约 2 分钟", ("故障演练",), "上次做到第 3 步　11-21"),
    LessonView("c", "㛃老师的理发店", "", "14 步", ("自编",), "上次 62 分 ★★☆☆☆　11-21", Tone.WARNING),
)
RESULT = ResultView(
    "我要开理发店：成绩",
    82,
    3,
    "基本会了，再练一次会更稳。",
    Tone.INFO,
    (
        ("学员", "王㛃"),
        ("方式", "有提示的练习"),
        ("完成", "12/12 步"),
        ("用时", "6 分 40 秒（目标 6 分钟），超时扣 3 分"),
    ),
    (
        MistakeView("读身份证", "按了 F4（扫证照）", "请来访者把身份证放在读卡器上，按 F2。", "−2"),
        MistakeView("补填空项", "“联系电话”填的内容不合要求：请填 11 位手机号", "本课填：13857200011", "−3"),
        MistakeView(
            "核对",
            "材料还没有落实就按了 F7：公共场所平面布局图、招牌设置效果图",
            "先逐份拍摄（F6）、容缺（T）或承诺（P）",
            "−8",
        ),
        MistakeView("告知承诺", "看了演示", "自己做一遍，不看演示", "−10"),
    ),
)


def coach(window: MainWindow, exam: bool = False) -> None:
    """A lesson in the window: its bar, and a hint at the strip of steps unless it is an examination."""
    bar = LessonBar()
    window.add_bar(bar)
    bar.set_lesson(
        "考核" if exam else "练习", Tone.WARNING if exam else Tone.INFO, "我要开理发店", "交卷" if exam else "结束"
    )
    bar.offer(hints=not exam, restart=True)
    bar.set_step("第 6/12 步" if exam else "第 6/12 步　拍材料")
    bar.set_time("2:05 / 6:00")
    if exam:
        return
    balloon, ring = Balloon(window), Ring(window)
    step = window.findChild(QWidget, "step_capture")
    assert step is not None
    where = QRect(step.mapTo(window, step.rect().topLeft()), step.size())
    balloon.say("第 6/12 步　拍材料", "把平面布局图放在高拍仪下，按 F6 打开预览，再按 F6 拍下。")
    balloon.point_at(where)
    ring.surround(where)


def windows() -> dict[str, QWidget]:
    """The pages of the training room, and what asks for a recorded lesson's name."""
    listed, waiting, judged = LessonsWindow(), LessonsWindow(), LessonsWindow()
    listed.page.set_lessons(LESSONS, "课程文件 开店.yaml 不能用：第 3 步写错了")
    listed.page.select("a")
    listed.page.set_can_export(True)
    waiting.show_wait("正在准备“我要开理发店”…\n第一次使用要先生成演示画面，请稍等。")
    judged.result.set_result(RESULT)
    judged.result.say("已保存 练习成绩单.pdf")
    judged.show_result()
    return {
        "t-lessons": listed,
        "t-waiting": waiting,
        "t-result": judged,
        "t-save": SaveLessonDialog(12, 2),
    }
