"""Answers of a check and shapes of a character, for the gallery."""

from __future__ import annotations

import identity_samples
import issued_samples
import resident_samples
from PyQt6.QtCore import QBuffer, QIODevice, Qt
from PyQt6.QtGui import QFont, QImage, QPainter
from PyQt6.QtWidgets import QWidget

from widgets.dialogs.shape import ShapeDialog
from widgets.dialogs.verify_paper import VerifyPaperDialog
from widgets.views import Tone
from widgets.views_verify import ShapeView, VerdictView

ROWS = (
    ("文书", "受理通知书　WX0320261121N0021"),
    ("申请人", "㛃*　3305**********1236"),
    ("事由", "我要开理发店"),
    ("出具", "2026-11-21 11:04　湖州市吴兴区政务服务中心3号综合窗口"),
    ("事项", "3 项：公共场所卫生许可（理发店、美容店）新办、个体工商户设立登记、户外招牌设置备案"),
    ("材料", "5 项"),
    ("微缩文字", "WX0320261121N0021.F8C37384"),
)
GENUINE = VerdictView(Tone.SUCCESS, "窗口出具，未经改动", ROWS)
ALTERED = VerdictView(
    Tone.ERROR,
    "窗口出具，但已被改动",
    ROWS,
    ("“申请人”签发时为“㛃伟”，现为“李伟”", "第 1 页的微缩文字缺失或与签发时不同"),
    "以下为出具时的内容，请以此为准；改动过的文书不要采用。",
)
FOREIGN = VerdictView(Tone.ERROR, "不能确认由窗口出具", (), (), "不能确认由本系统出具：签发密钥不在信任名单中。")


def dialogs() -> dict[str, QWidget]:
    """Answers about papers and about people, by the names of their pictures."""
    return {
        "identity-empty": identity_samples.identity(identity_samples.EMPTY),
        "identity-passed": identity_samples.identity(identity_samples.PASSED, "已记录：核验通过。"),
        "identity-failed": identity_samples.identity(identity_samples.FAILED),
        "resident-offer": resident_samples.offered(),
        "resident-code": resident_samples.made(),
        "issued-shown": issued_samples.shown(),
        "issued-no-printer": issued_samples.printed(),
        "verify-empty": verify(None),
        "verify-genuine": verify(GENUINE),
        "verify-altered": verify(ALTERED),
        "verify-foreign": verify(FOREIGN, "YCP1:6BFOXN"),
    }


def verify(view: VerdictView | None, code: str = "") -> VerifyPaperDialog:
    dialog = VerifyPaperDialog()
    dialog.line.setText(code)
    if view is not None:
        dialog.set_verdict(view)
    return dialog


def shape(sources: tuple[str, ...]) -> ShapeDialog:
    dialog = ShapeDialog("𠮷", "申请人")
    dialog.set_shapes([ShapeView(_drawn(), source) for source in sources])
    return dialog


def _drawn() -> bytes:
    image = QImage(400, 400, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    font = QFont("Noto Sans CJK SC")
    font.setPixelSize(320)
    painter.setFont(font)
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, "𠮷")
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data())
