"""Registering a foreign resident, for the gallery."""

from __future__ import annotations

from PyQt6.QtGui import QImage

from app.documents.code import modules
from app.documents.wording import load_wording
from devices.emulators.imaging.drawn import face
from widgets.dialogs.resident import ResidentDialog
from widgets.views_resident import MadeCodeView, ResidentView

ROWS = (
    ("中文姓名", "穆约翰㛃𠮷"),
    ("姓名", "MUELLER LUEDENSCHEIDT JOHANN SEBASTIAN"),
    ("性别", "男"),
    ("出生日期", "1979-11-05"),
    ("国籍", "DEU"),
    ("证件种类", "护照"),
    ("证件号码", "E0*****05"),
    ("证件有效期至", "2031-01-01"),
    ("证件照片", "有，缩小保存"),
)


def offered() -> ResidentDialog:
    drawn = face(0.0, (240, 320))
    picture = QImage(drawn.tobytes(), 240, 320, 3 * 240, QImage.Format.Format_BGR888).copy()
    dialog = ResidentDialog()
    who = "穆约翰㛃𠮷　护照　E0*****05"
    dialog.offer(ResidentView(who, ROWS, picture, load_wording("resident_code").text("consent")))
    return dialog


def made() -> ResidentDialog:
    dialog = offered()
    rows = (("码号", "1C1EF66D"), ("有效期至", "2027-11-23"), ("平台流水号", "P20261123BDEF11E9C6E2"))
    dialog.show_code(MadeCodeView(modules("YCR1:" + "6BFOXN 4T$GL" * 20), rows))
    return dialog
