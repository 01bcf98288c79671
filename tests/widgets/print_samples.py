"""The gallery's states of the print desk: list, question, preview with its printers, batch."""

from __future__ import annotations

from collections.abc import Callable

import widget_samples as s
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QWidget

from widgets.dialogs.paper import PaperPreviewDialog
from widgets.dialogs.print_ask import PrintAskDialog
from widgets.dialogs.print_batch import PrintBatchDialog, PrintRunDialog
from widgets.dialogs.print_reason import PrintReasonDialog
from widgets.dialogs.prints import PrintsDialog
from widgets.views import Tone
from widgets.views_print import BatchPaperRow, BatchRunView, OutputView, PrintRow
from widgets.window import MainWindow

Fill = Callable[[MainWindow], None]
_JAM = "打印机报告故障，请检查切刀和卡纸"
_OTHER = (("receipt_printer_2", "备用凭条打印机"),)
ASKED = PrintRow(
    "u", "10:31", "受理通知书", "A03202611220012K", "张*", "打印机", "unknown", "待确认", Tone.ERROR,
    "文件已发送，打印机没有确认，可能已经打印，请到打印机处查看",
)  # fmt: skip
ROWS = (
    PrintRow(
        "w", "10:33", "受理通知书", "A03202611220014M", "𬭚*", "凭条打印机", "waiting", "等打印机", Tone.WARNING,
        _JAM, _OTHER,
    ),
    PrintRow("x", "10:33", "受理通知书", "A03202611220014M", "𬭚*", "打印机", "sending", "正在打印", Tone.INFO),
    PrintRow("h", "10:32", "一次性告知书", "GZA03202611220003Q", "", "打印机", "held", "未放行", Tone.WARNING),
    ASKED,
    PrintRow(
        "p", "10:20", "受理通知书 · 补打 1", "A03202611220009X", "欧阳*", "打印机", "printed", "已打印",
        Tone.SUCCESS,
    ),
    PrintRow("q", "09:58", "受理通知书", "A032026112200087", "𠮷*", "凭条打印机", "printed", "已打印", Tone.SUCCESS),
    PrintRow("c", "09:40", "日报", "2026-11-21", "", "打印机", "cancelled", "已取消"),
)  # fmt: skip
OUTPUTS = (
    OutputView("A4", "纸张", (("printer", "打印机"), ("printer_2", "备用打印机")), "printer", 2,
               (("A4", "A4"), ("A4-large", "A4 大字"), ("A5", "A5"), ("A5-large", "A5 大字")), "A5"),
    OutputView("80mm", "80 毫米凭条", (("receipt_printer", "凭条打印机"),), "receipt_printer"),
)  # fmt: skip


def strip_page() -> QImage:
    """A paper page cut to a strip's proportions."""
    return s.paper_page().scaled(576, 900)


def prints(selected: int, *, trouble: str = "", only: str = "") -> PrintsDialog:
    dialog = PrintsDialog()
    dialog.which.set_value(only)
    dialog.set_rows([row for row in ROWS if not only or row.state != "printed"], "今天已打印 2 份，待处理 4 份")
    dialog.set_trouble(trouble)
    dialog.table.selectRow(selected)
    dialog.set_picture(ROWS[selected].id, s.paper_page() if ROWS[selected].printer == "打印机" else strip_page())
    return dialog


def preview(strip: bool) -> PaperPreviewDialog:
    dialog = PaperPreviewDialog()
    dialog.set_title("受理通知书 A03202611220014M", "还没有打印，看过按 Enter 打印")
    pages, widths = [s.paper_page(), s.paper_page()], [210.0, 210.0]
    dialog.set_pages([*pages, strip_page()] if strip else pages, [*widths, 72.0])
    dialog.set_outputs(OUTPUTS, look_first=True)
    return dialog


def batch() -> PrintBatchDialog:
    dialog = PrintBatchDialog()
    which = (("", "我的办件列出的 128 件"), ("0", "今天"), ("1", "昨天"), ("7", "7 天内"))
    printers = (("printer", "打印机"), ("receipt_printer", "凭条打印机"), ("printer_2", "备用打印机"))
    dialog.set_choices(which, "0", printers)
    rows = [
        BatchPaperRow(
            f"A0320261122{n:04d}{'KMX7'[n % 4]}", "欧阳*" if n % 5 else "𠮷*", f"11-22 09:{n:02d}", f"{n % 3 + 1} 件",
            n < 4,
        )
        for n in range(1, 41)
    ]  # fmt: skip
    dialog.set_papers(rows)
    return dialog


def run(state: str, *, trouble: str = "", unknown: bool = False) -> PrintRunDialog:
    dialog = PrintRunDialog()
    done = 300 if state in ("done", "stopped") else 124
    lines = (
        (("已打印 298 份", Tone.SUCCESS), ("2 份不知是否打出：选中它，看过打印机后按 Y 或 N。", Tone.ERROR))
        if unknown
        else (("已打印 300 份", Tone.SUCCESS),)
        if state == "done"
        else ()
    )
    words = (
        "已打 298/300 份"
        if unknown
        else "已打 124/300 份，约还需 6 分钟"
        if state == "running"
        else f"已打 {done}/300 份"
    )
    dialog.set_view(BatchRunView("10:05 开始，凭条打印机，共 300 份", state, done, 300, words, trouble, lines))
    rows = []
    for n in range(1, 301):
        printed = n <= done
        kind, said, tone = ("printed", "已打印", Tone.SUCCESS) if printed else ("waiting", "排队中", Tone.NEUTRAL)
        if unknown and n in (120, 121):
            kind, said, tone = "unknown", "待确认", Tone.ERROR
        rows.append(
            PrintRow(str(n), "10:05", str(n), f"A0320261122{n:04d}K", "欧阳*", "凭条打印机", kind, said, tone,
                     "打印机收到内容后没有应答，可能已经打印，请查看打印机" if kind == "unknown" else "")
        )  # fmt: skip
    dialog.set_rows(rows)
    if unknown:
        dialog.table.selectRow(119)
    return dialog


def dialogs() -> dict[str, QWidget]:
    """name -> dialog, filled."""
    return {
        "p-prints": prints(0, trouble=f"凭条打印机：{_JAM}"),
        "p-prints-unknown": prints(3),
        "p-prints-printed": prints(4),
        "p-prints-none": PrintsDialog(),
        "p-ask": PrintAskDialog(ASKED, s.paper_page()),
        "p-reason": PrintReasonDialog("受理通知书 A03202611220012K"),
        "p-preview": preview(strip=False),
        "p-preview-strip": preview(strip=True),
        "p-batch": batch(),
        "p-run": run("running"),
        "p-run-trouble": run("running", trouble=f"凭条打印机：{_JAM}。处理好后自动接着打。"),
        "p-run-paused": run("paused"),
        "p-run-unknown": run("done", unknown=True),
        "p-run-done": run("done"),
    }


def states(empty: Fill) -> dict[str, Fill]:
    """name -> what fills the window."""

    def waiting(window: MainWindow) -> None:
        empty(window)
        window.status.set_prints(2, 0, 1, blocked=True)
        todo = "内容已保存。处理好打印机后自动接着打，不用再按；要换打印机按 Shift+F8。"
        window.notice.show(Tone.ERROR, "凭条打印机没有打印", _JAM, todo)

    def under_way(window: MainWindow) -> None:
        empty(window)
        window.status.set_prints(1, 0, 0, "批量打印 124/300")

    return {"p-printer-waits": waiting, "p-batch-runs": under_way}
