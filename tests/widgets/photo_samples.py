"""证件照: live, shot, and a shot that is no good; for the gallery and the dialog's tests."""

from __future__ import annotations

import cv2
import numpy as np
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QWidget

from devices.base import Picture
from devices.emulators.imaging.drawn import face
from widgets.dialogs.id_photo import IdPhotoDialog
from widgets.views import Tone
from widgets.views_photo import CheckView, CutView

_WHITE = (246, 246, 246)
CHECKS = [CheckView(title, "合格", Tone.SUCCESS) for title in ("人像", "姿态", "光线")]
CHECKS.append(CheckView("背景", "白色，干净", Tone.SUCCESS))
WRONG = [
    CheckView("人像", "离镜头太远，请靠近一些", Tone.WARNING),
    CheckView("姿态", "没有正对镜头，请看着镜头", Tone.WARNING),
    CheckView("光线", "脸上一边亮一边暗，请避开侧面的光", Tone.WARNING),
    CheckView("背景", "有影子或杂物，请换干净的白墙", Tone.WARNING),
]


def photo_live(wrong: bool = False, known: bool = True) -> IdPhotoDialog:
    dialog = IdPhotoDialog()
    dialog.set_terms(180, known)
    dialog.begin("这次要用：居民身份证、出入境证件、机动车驾驶证")
    dialog.set_kept("平台存有 2026-10-08 在 湖州市政务服务中心 3 号窗口 拍的照片。" if known else "", known)
    dialog.set_live(_image(face(1.0, wall=(120, 130, 140) if wrong else _WHITE)))
    dialog.set_checks(WRONG if wrong else CHECKS)
    return dialog


def photo_shot() -> IdPhotoDialog:
    dialog = photo_live(known=False)
    seen = face(0.0, (640, 480), wall=_WHITE)
    cuts = []
    for title, size, words, tone in (
        ("居民身份证　26×32 毫米", (358, 441), "符合规格", Tone.SUCCESS),
        ("出入境证件　33×48 毫米", (390, 567), "符合规格", Tone.SUCCESS),
        ("机动车驾驶证　22×32 毫米", (260, 378), "脸部宽度不合；背景不合", Tone.WARNING),
    ):
        part = np.ascontiguousarray(seen[60:400, 190:450])
        cuts.append(CutView(_image(np.asarray(cv2.resize(part, size), np.uint8)), title, words, tone))
    dialog.show_shot(_image(seen), cuts, True)
    dialog.set_note("有不合规格的地方，部门可能退回；能重拍的请重拍。", Tone.WARNING)
    return dialog


def dialogs() -> dict[str, QWidget]:
    return {
        "photo-live": photo_live(),
        "photo-wrong": photo_live(wrong=True, known=False),
        "photo-shot": photo_shot(),
    }


def _image(seen: Picture) -> QImage:
    packed = np.ascontiguousarray(seen)
    return QImage(
        packed.tobytes(), packed.shape[1], packed.shape[0], packed.strides[0], QImage.Format.Format_BGR888
    ).copy()
