"""Does everything stand here that comparing faces before self-service collection needs? A part of `yichuang doctor`.

Without one of them the terminal sends everybody to the counter: safe, and of no use to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.doctor import Check
from app.identity.face.alike import installed
from devices.drivers.identity.card_photo import CardPhotos

_CAMERAS = ("devices.face_camera", "devices.portrait_camera")


def face_check(settings: Mapping[str, object]) -> Check | None:
    """自助领取比对人脸; None where the settings do not ask for it. settings: by their names."""
    if settings.get("face.collect") is not True:
        return None
    program = str(settings.get("face.card_photo") or "")
    lacking = {
        "没有看人的摄像头": "设置 devices.face_camera 或 devices.portrait_camera"
        if not any(settings.get(name) for name in _CAMERAS)
        else "",
        "显示证件照片的程序不能用": "向读卡器厂商要这个程序，装好后写入 face.card_photo"
        if not CardPhotos(program).present
        else "",
        "没有安装人脸比对": "安装软件包 yichuang-reading" if not installed() else "",
    }
    lacking = {what: todo for what, todo in lacking.items() if todo}
    if lacking:
        what = "、".join(lacking)
        return Check("自助领取比对人脸", False, f"{what}，领取的人都会请到窗口", "；".join(lacking.values()))
    return Check("自助领取比对人脸", True, program)
