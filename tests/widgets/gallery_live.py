"""States of the window with a live picture."""

from __future__ import annotations

from dataclasses import replace

import form_samples as fs
import widget_samples as s
from PyQt6.QtGui import QImage

from devices.emulators.imaging.drawn import face, page
from widgets.views import Tone
from widgets.views_face import FaceView
from widgets.window import MainWindow


def enable(window: MainWindow, *actions: str) -> None:
    """Let these steps be possible and no others."""
    for name in ("next_field", "capture", "check", "accept", "next_visitor"):
        window.set_action_enabled(name, name in actions)


def scanning(window: MainWindow) -> None:
    window.set_step("scan_licence")
    enable(window, "next_field", "capture", "check", "next_visitor")
    window.who.set_person(s.PERSON)
    window.show_form()
    window.form.set_title("我要开理发店")
    window.form.set_form(fs.barber_form())
    states = {k: v for k, v in fs.filled_states().items() if k.startswith("applicant")}
    window.form.set_states(states)
    window.form.set_problems(fs.problems(states))
    window.materials.set_materials(s.MATERIALS_START)
    frame, points = s.camera_frame()
    window.preview.set_title("手机二维码")
    window.preview.set_frame(frame)
    window.preview.set_outline(points, Tone.SUCCESS)
    window.preview.set_message("已识别，请收回手机", Tone.SUCCESS)


def looking(window: MainWindow) -> None:
    """Live, nothing read yet: the tools are there, the outline follows."""
    scanning(window)
    frame, points = s.camera_frame()
    window.preview.set_title("扫电子证照")
    window.preview.set_frame(frame, at=1.0)
    window.preview.set_outline(None)
    window.preview.follow(points, Tone.INFO, 1.0)
    window.preview.set_tools(live=True, several=True, frozen=True)
    window.preview.set_tunable(True)
    window.preview.set_message("请来访者亮出手机上的证照二维码（Esc 停止）", Tone.INFO)


def comparing(window: MainWindow) -> None:
    """The person beside the card: the clerk says yes or no."""
    scanning(window)
    window.preview.clear()
    seen = face(1.0, infrared=False)
    live = QImage(seen.tobytes(), seen.shape[1], seen.shape[0], seen.strides[0], QImage.Format.Format_BGR888)
    window.who.face.begin("请看照片、证件和本人是否同一人（Esc 先不核对）")
    window.who.face.set_document(QImage(), "")
    window.who.face.set_live(live.copy())
    window.who.face.set_seen(FaceView("离镜头太远，请靠近一些"))


def advised(window: MainWindow) -> None:
    """The chip's portrait beside the person; what was measured advises."""
    scanning(window)
    window.preview.clear()
    panel = window.who.face
    panel.begin("请看照片、证件和本人是否同一人（Esc 先不核对）")
    for seen, put in (
        (face(0.0, (360, 400), wall=(240, 240, 240)), lambda image: panel.set_document(image, "芯片照片")),
        (face(1.0), panel.set_live),
    ):
        image = QImage(seen.tobytes(), seen.shape[1], seen.shape[0], seen.strides[0], QImage.Format.Format_BGR888)
        put(image.copy())
    likeness = "相似度 0.62，只供参考，由您判定"
    panel.set_seen(FaceView("", likeness, "", "请对方：慢慢把头转向自己的左边（2/4）", Tone.INFO))


def compared(window: MainWindow) -> None:
    scanning(window)
    window.preview.clear()
    window.who.set_person(replace(s.PERSON, note="人证不一致！（窗口核对）", note_tone=Tone.ERROR))
    todo = "请先不要受理：问明情况，请本人带本人证件来办，或按代办核对授权。"
    window.notice.show(Tone.ERROR, "人证不一致", "已记入办理记录。", todo)


def read(window: MainWindow) -> None:
    """The moment of the acknowledgement."""
    scanning(window)
    window.preview.set_tools(live=True, several=True)
    window.preview.set_message("不动产权证书：电子签章有效", Tone.SUCCESS)
    window.preview.film.tone, window.preview.film.flashing = Tone.SUCCESS, True


def paper_scan(window: MainWindow) -> None:
    """Pages come in from the feeder."""
    scanning(window)
    window.set_step("capture")
    window.materials.set_scanner(True)
    window.materials.set_materials(s.MATERIALS_DONE)
    window.materials.select("plan")
    sheet = page(2, 100)
    image = QImage(sheet.tobytes(), sheet.shape[1], sheet.shape[0], sheet.strides[0], QImage.Format.Format_BGR888)
    window.preview.clear()
    window.preview.set_title("扫描：公共场所平面布局图")
    window.preview.set_frame(image.copy())
    window.preview.set_message("第 2 页已保存，正在扫描第 3 页…（Esc 取消）", Tone.INFO)


def paper_jam(window: MainWindow) -> None:
    paper_scan(window)
    window.preview.set_message("前 2 页已经保存。", Tone.WARNING)
    window.notice.show(
        Tone.WARNING,
        "没有扫完",
        "送纸器卡纸：请打开盖子取出卡住的纸，再继续扫描。前 2 页已经保存。",
        "处理好后按 Shift+F6，从第 3 页接着扫描。",
    )


def broken_off(window: MainWindow) -> None:
    looking(window)
    window.preview.set_tools(live=True, several=True)
    window.preview.set_broken("画面中断")
    window.notice.show(
        Tone.WARNING,
        "扫码摄像头画面中断",
        "摄像头画面中断，请检查连接",
        "接好后画面自动恢复，也可以按 Ctrl+Shift+C 换镜头。",
    )
