"""What a printer says of itself and of a job over IPP (RFC 8011 §5.3.7, §5.4.11, §5.4.12), in the clerk's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from devices.drivers.output.ipp_wire import Read, number, texts
from devices.outcome import Outcome, Reply


class JobState(IntEnum):
    """RFC 8011 §5.3.7. From CANCELED on a job has ended."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


STOPPED = 5
"""The printer's own state, §5.4.11: it prints nothing until somebody has been there."""

Troubles = Mapping[str, tuple[Outcome, str]]
"""A reason without its severity -> what it means and what to do."""

_BOTH: Troubles = {
    "paused": (Outcome.FAULT, "打印队列已暂停，请在打印机或系统的打印设置中恢复"),
    "moving-to-paused": (Outcome.FAULT, "打印队列正在暂停，请在打印机或系统的打印设置中恢复"),
    "shutdown": (Outcome.DISCONNECTED, "打印机已关机，请打开电源"),
    "offline": (Outcome.DISCONNECTED, "打印机未连接，请检查电源和网线"),
    "timed-out": (Outcome.DISCONNECTED, "打印机没有应答，请检查电源和网线"),
    "cover-open": (Outcome.FAULT, "打印机盖板未合上"),
    "door-open": (Outcome.FAULT, "打印机盖板未合上"),
    "interlock-open": (Outcome.FAULT, "打印机盖板未合上"),
    "output-area-full": (Outcome.FAULT, "出纸口已满，请取走打印好的纸"),
    "input-tray-missing": (Outcome.FAULT, "纸盒未装好，请推到底"),
    "spool-area-full": (Outcome.FAULT, "打印机存储已满，请在打印机上清除旧任务"),
    "hold-new-jobs": (Outcome.FAULT, "打印队列设为保留任务，请在打印设置中恢复"),
}
PAGE_TROUBLES: Troubles = {
    **_BOTH,
    "media-empty": (Outcome.OUT_OF_PAPER, "打印机缺纸，请加纸"),
    "media-needed": (Outcome.OUT_OF_PAPER, "打印机没有这种规格的纸，请装入后再打"),
    "media-jam": (Outcome.FAULT, "打印机卡纸，请取出卡住的纸"),
    "toner-empty": (Outcome.FAULT, "碳粉已用完，请更换"),
    "marker-supply-empty": (Outcome.FAULT, "碳粉或墨水已用完，请更换"),
    "marker-waste-full": (Outcome.FAULT, "废粉盒已满，请更换"),
    "opc-life-over": (Outcome.FAULT, "硒鼓已到寿命，请更换"),
    "fuser-over-temp": (Outcome.FAULT, "打印机过热，请稍候"),
}
CARD_TROUBLES: Troubles = {
    **_BOTH,
    "media-empty": (Outcome.OUT_OF_PAPER, "证卡打印机没有卡片，请装入空白卡"),
    "media-needed": (Outcome.OUT_OF_PAPER, "证卡打印机没有这种规格的卡片"),
    "media-jam": (Outcome.FAULT, "卡片卡在打印机里，请打开上盖取出"),
    "marker-supply-empty": (Outcome.OUT_OF_PAPER, "色带已用完，请更换色带"),
    "marker-supply-missing": (Outcome.OUT_OF_PAPER, "没有装色带，请装好色带"),
}
_REMARKS = {
    "media-low": "纸将用完",
    "toner-low": "碳粉将用完",
    "marker-supply-low": "耗材将用完",
    "marker-waste-almost-full": "废粉盒将满",
}


@dataclass(frozen=True, slots=True)
class PrinterState:
    """What is wrong, as a reply; None when nothing is. remark: what will be wanted soon. accepting: takes jobs."""

    name: str
    trouble: Reply[str] | None
    remark: str
    accepting: bool
    formats: tuple[str, ...]
    operations: tuple[int, ...]

    @property
    def spooler(self) -> bool:
        """A CUPS server before the printer: it knows when a job began, but seldom how many pages are out."""
        return 0x4002 in self.operations


def printer_state(attributes: Read, troubles: Troubles) -> PrinterState:
    """Read a printer's attributes. A reason of severity report or warning stops nothing, unless the printer stands."""
    reasons = texts(attributes, "printer-state-reasons")
    stands = number(attributes, "printer-state") == STOPPED
    trouble = _trouble(reasons, stands, troubles)
    if trouble is None and stands:
        said = "".join(texts(attributes, "printer-state-message"))[:60]
        trouble = Reply(Outcome.FAULT, detail=f"打印机已停止{f'（{said}）' if said else ''}，请查看打印机")
    remarks = [_REMARKS[base] for base in map(_base, reasons) if base in _REMARKS]
    name = "".join(texts(attributes, "printer-make-and-model")) or "".join(texts(attributes, "printer-name"))
    operations = [value for value in attributes.get("operations-supported", []) if isinstance(value, int)]
    return PrinterState(
        name[:80],
        trouble,
        "，".join(dict.fromkeys(remarks)),
        attributes.get("printer-is-accepting-jobs", [True])[:1] != [False],
        tuple(texts(attributes, "document-format-supported")),
        tuple(operations),
    )


def _trouble(reasons: list[str], stands: bool, troubles: Troubles) -> Reply[str] | None:
    # Paper before everything else: a printer without it often also calls itself paused.
    for base in sorted(map(_base, reasons), key=lambda name: not name.startswith(("media", "marker", "cover"))):
        if base in troubles and (stands or any(reason in (base, f"{base}-error") for reason in reasons)):
            outcome, words = troubles[base]
            return Reply(outcome, detail=words)
    return None


def _base(reason: str) -> str:
    for severity in ("-error", "-warning", "-report"):
        reason = reason.removesuffix(severity)
    return reason


@dataclass(frozen=True, slots=True)
class JobReport:
    """Where a job stands. pages: sides that are out, None when the printer does not count. begun: was it begun at
    all; None when the printer does not say."""

    state: int
    reasons: tuple[str, ...]
    pages: int | None
    begun: bool | None = None

    @property
    def ended(self) -> bool:
        return self.state >= JobState.CANCELED

    @property
    def stopping(self) -> bool:
        """Ended by name, while a sheet may still be on its way."""
        return "processing-to-stop-point" in self.reasons


def job_report(attributes: Read) -> JobReport | None:
    """Read a job's attributes; None when they do not say where it stands."""
    state = number(attributes, "job-state")
    if state is None:
        return None
    counts = [number(attributes, name) for name in ("job-impressions-completed", "job-media-sheets-completed")]
    known = [count for count in counts if count is not None]
    began = attributes.get("time-at-processing")
    begun = None if began is None else number(attributes, "time-at-processing") is not None
    return JobReport(state, tuple(texts(attributes, "job-state-reasons")), max(known, default=None), begun)
