"""What is said of a photograph: while it is taken, and of each that was cut."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.identity.photo.rules import PhotoUse
from app.presenters.face_words import FAULTS
from app.workers.camera_thread import as_image
from widgets.i18n import pick
from widgets.views import Tone
from widgets.views_photo import CheckView, CutView

if TYPE_CHECKING:
    from app.identity.photo.cut import Cut
    from app.identity.photo.shot import Shot

_CHECKS = (
    (QT_TRANSLATE_NOOP("IdPhoto", "人像"), ("none", "several", "small", "cut", "blurred")),
    (QT_TRANSLATE_NOOP("IdPhoto", "姿态"), ("turned", "tilted")),
    (QT_TRANSLATE_NOOP("IdPhoto", "光线"), ("dark", "bright", "uneven")),
)
_GROUNDS = {
    "white": (QT_TRANSLATE_NOOP("IdPhoto", "白色，干净"), Tone.SUCCESS),
    "light": (QT_TRANSLATE_NOOP("IdPhoto", "浅色：出入境证件可以，其他证件要白色"), Tone.WARNING),
    "dark": (QT_TRANSLATE_NOOP("IdPhoto", "颜色不合要求，请换白色背景"), Tone.WARNING),
    "busy": (QT_TRANSLATE_NOOP("IdPhoto", "有影子或杂物，请换干净的白墙"), Tone.WARNING),
}
_MISSES = {
    "head": QT_TRANSLATE_NOOP("IdPhoto", "头部大小不合"),
    "face": QT_TRANSLATE_NOOP("IdPhoto", "脸部宽度不合"),
    "top": QT_TRANSLATE_NOOP("IdPhoto", "头顶留白不合"),
    "eyes": QT_TRANSLATE_NOOP("IdPhoto", "眼睛位置偏低"),
    "chin": QT_TRANSLATE_NOOP("IdPhoto", "下巴离下边太近"),
    "edge": QT_TRANSLATE_NOOP("IdPhoto", "画面不够大，边上是补出来的，请往中间坐"),
    "coarse": QT_TRANSLATE_NOOP("IdPhoto", "离镜头太远，照片发虚"),
    "ground": QT_TRANSLATE_NOOP("IdPhoto", "背景不合"),
}


def checks(shot: Shot) -> list[CheckView]:
    """Four lines, always the same."""
    translate = QCoreApplication.translate
    faults = [fault.value for fault in shot.quality.faults]
    made = []
    for title, group in _CHECKS:
        wrong = next((fault for fault in faults if fault in group), None)
        if wrong is not None:
            words, tone = translate("Face", FAULTS[wrong]), Tone.WARNING
        elif shot.head is None:
            words, tone = translate("IdPhoto", "等待人像"), Tone.NEUTRAL
        else:
            words, tone = translate("IdPhoto", "合格"), Tone.SUCCESS
        made.append(CheckView(translate("IdPhoto", title), words, tone))
    if shot.ground is None:
        ground, tone = translate("IdPhoto", "等待人像"), Tone.NEUTRAL
    else:
        source, tone = _GROUNDS[shot.ground.value]
        ground = translate("IdPhoto", source)
    return [*made, CheckView(translate("IdPhoto", "背景"), ground, tone)]


def cut_view(made: Cut) -> CutView:
    """A finished photograph with what it does not keep. Slow: makes a picture."""
    translate = QCoreApplication.translate
    words = translate("IdPhoto", "；").join(translate("IdPhoto", _MISSES[miss.value]) for miss in made.misses)
    tone = Tone.WARNING if words else Tone.SUCCESS
    return CutView(as_image(made.picture), use_words(made.use), words or translate("IdPhoto", "符合规格"), tone)


def use_words(use: PhotoUse) -> str:
    """What a photograph is for, with its size."""
    words = QCoreApplication.translate("IdPhoto", "{0}　{1:g}×{2:g} 毫米")
    return words.format(pick(use.name, use.name_en), *use.size)


def names_of(uses: Iterable[PhotoUse]) -> str:
    names = dict.fromkeys(pick(use.name, use.name_en) for use in uses)
    return QCoreApplication.translate("IdPhoto", "、").join(names)
