"""What is said of a face before the camera."""

from __future__ import annotations

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.workers.face_camera import FaceSeen
from widgets.views import Tone
from widgets.views_face import FaceView

FAULTS = {
    "none": QT_TRANSLATE_NOOP("Face", "没有看到人脸，请对方面向镜头"),
    "several": QT_TRANSLATE_NOOP("Face", "画面里不止一个人，请旁人让开"),
    "small": QT_TRANSLATE_NOOP("Face", "离镜头太远，请靠近一些"),
    "cut": QT_TRANSLATE_NOOP("Face", "脸没有照全，请坐到画面中间"),
    "turned": QT_TRANSLATE_NOOP("Face", "没有正对镜头，请看着镜头"),
    "tilted": QT_TRANSLATE_NOOP("Face", "头偏了，请坐正"),
    "dark": QT_TRANSLATE_NOOP("Face", "脸上太暗，请开灯或换个方向"),
    "bright": QT_TRANSLATE_NOOP("Face", "脸上太亮，请避开强光"),
    "uneven": QT_TRANSLATE_NOOP("Face", "脸上一边亮一边暗，请避开侧面的光"),
    "blurred": QT_TRANSLATE_NOOP("Face", "画面模糊，请坐稳，或者擦一擦镜头"),
}
"""By app.identity.face.quality.Fault."""
SOURCES = {
    "chip": QT_TRANSLATE_NOOP("Face", "芯片照片"),
    "reader": QT_TRANSLATE_NOOP("Face", "证件照片"),
    "register": QT_TRANSLATE_NOOP("Face", "登记时的证件照片"),
    "page": QT_TRANSLATE_NOOP("Face", "材料上的照片"),
    "": QT_TRANSLATE_NOOP("Face", "证件照片"),
}
_STEPS = {
    "ahead": QT_TRANSLATE_NOOP("Face", "请对方：看着镜头"),
    "left": QT_TRANSLATE_NOOP("Face", "请对方：慢慢把头转向自己的左边"),
    "right": QT_TRANSLATE_NOOP("Face", "请对方：慢慢把头转向自己的右边"),
}
_ENDS = {
    "done": (QT_TRANSLATE_NOOP("Face", "已按要求转头，不是静止照片；视频、面具仍能骗过"), Tone.NEUTRAL),
    "timeout": (QT_TRANSLATE_NOOP("Face", "没有按要求转头。可以按 T 再来一次。"), Tone.WARNING),
    "lost": (QT_TRANSLATE_NOOP("Face", "中间脸不见了或者换了位置，请按 T 重来。"), Tone.WARNING),
}


def face_view(seen: FaceSeen) -> FaceView:
    """A frame in words. The number comes with what it is worth, and without a colour: it decides nothing."""
    translate = QCoreApplication.translate
    quality = translate("Face", FAULTS[seen.quality.faults[0].value]) if seen.quality.faults else ""
    motion, tone = "", Tone.NEUTRAL
    if seen.motion is not None and seen.motion.step is not None:
        words = translate("Face", _STEPS[seen.motion.step.value])
        motion = translate("Face", "{0}（{1}/{2}）").format(words, seen.motion.number + 1, seen.motion.steps)
        tone = Tone.INFO
    elif seen.motion is not None and seen.motion.end is not None:
        words, tone = _ENDS[seen.motion.end.value]
        motion = translate("Face", words)
    likeness, worth = _likeness(seen)
    return FaceView(quality, likeness, worth, motion, tone)


def _likeness(seen: FaceSeen) -> tuple[str, str]:
    from app.identity.face.alike import AUTHORS_LINE

    translate = QCoreApplication.translate
    if seen.document is None:
        return "", ""
    if seen.document.face is None:
        return translate("Face", "证件照片上没有找到人脸，不给相似度"), ""
    if not seen.comparable:
        return translate("Face", "本机没有安装人脸相似度，请看照片判定"), ""
    if seen.likeness is None:
        return "", ""
    worth = translate("Face", "模型作者的参考线是 {0:.2f}，没有用窗口的照片检验过，不能据此判定是不是本人。")
    words = translate("Face", "相似度 {0:.2f}，只供参考，由您判定")
    return words.format(seen.likeness), worth.format(AUTHORS_LINE)
