"""An issued e-licence on both screens, for the gallery."""

from __future__ import annotations

from app.documents.code import modules
from widgets.dialogs.issued import IssuedDialog
from widgets.views import Tone
from widgets.views_issued import CodeOnScreen, IssuedView

CODE = modules("YC1:" + "6BFOXN4T$GL%" * 50)
WHO = "王*　3305**********0421"
ROWS = (
    ("签发机关", "湖州市公安局"),
    ("住址", "浙江省湖州市吴兴区衣裳街88号1幢…"),
    ("证照编号", "3305***********0015"),
    ("有效期至", "2027-11-23"),
    ("办件", "Y03202611230002C"),
    ("本机核验", "离线核验：签名有效（信任名单 2026-11-22）"),
)
ON_SCREEN = CodeOnScreen(
    "电子居住证", WHO, "请用手机拍下或扫描，存入卡包。\n有效期至 2027-11-23。办事时出示，窗口验签。", CODE
)


def shown() -> IssuedDialog:
    dialog = IssuedDialog()
    dialog.show_licence(IssuedView("电子居住证", WHO, ROWS, CODE, on_screen=True))
    return dialog


def printed() -> IssuedDialog:
    dialog = IssuedDialog()
    dialog.show_licence(IssuedView("电子居住证", WHO, ROWS, CODE))
    dialog.set_message("没有可用的页式打印机，请持证人用手机拍下。", Tone.WARNING)
    return dialog
