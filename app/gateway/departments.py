"""Plays the deciding departments for the demo: cases move on by themselves, one asks for a correction now and then."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

from app.domain.clock import Clock, shanghai
from app.domain.matter import ROLE_NAMES, Act, MatterKind, Side
from app.gateway.amendments import AmendDesk
from app.gateway.cases import CaseDesk, Decision, Stage
from app.gateway.matters import MatterDesk

log = logging.getLogger(__name__)

PACE = dt.timedelta(minutes=2)
"""How long a case rests in each stage."""
_EACH = 4
"""Every so many cases a correction is asked for."""
_DAYS = 5
_CORRECTION = "请补充一份有效期内的证明材料，原材料的有效期不足一个月。"
OFFICE = "示范区审批部门"
"""Who corrects a case in the demo."""
FIRM_PACE = dt.timedelta(seconds=3)
"""How long a matter of a firm rests before the demo's offices take their next step."""
_SAID = {
    Act.ASSIGN: ("助企服务专班（演练）", "治安管理大队"),
    Act.HANDLE: ("治安管理大队（演练）", "已联系企业并办理完毕。"),
    Act.SUPERVISE: ("督察科（演练）", "已电话核实，情况属实。"),
    Act.ANSWER: ("助企服务专班（演练）", "会审通过，意见已汇总。"),
    Act.RATE: ("", "按期完成，成果合格。"),
    Act.CLOSE: ("助企服务专班（演练）", "核查通过，予以销号。"),
}
"""Who acts, and what is said, in the demo. Of an assignment the words are the unit it goes to."""
_SAID_OF = {
    (MatterKind.EVENT, Act.ANSWER): ("治安管理大队（演练）", "自评已核，同意按告知承诺申请。"),
    (MatterKind.CHECKUP, Act.ANSWER): ("助企服务专班（演练）", "体检报告收到，改进建议已送企业。"),
    (MatterKind.FAULT, Act.ASSIGN): ("政务服务中心（演练）", "大厅管理科"),
    (MatterKind.FAULT, Act.HANDLE): ("大厅管理科（演练）", "情况属实，已整改。"),
    (MatterKind.FAULT, Act.ANSWER): ("政务服务中心（演练）", "已整改，谢谢您指出来。"),
}
"""The same where a kind of matter has words of its own."""
_SUSPENDED = "需要现场核查，核查期间办理时限暂停计算。"


class Departments:
    """Moves cases: 受理 → 审核 → 办结; every fourth is asked for a correction, or is suspended, on the way.

    Which ones follows from the case's own number, so that a lesson plays the same way twice.
    """

    def __init__(
        self,
        desk: Callable[[], CaseDesk | None],
        clock: Clock,
        pace: dt.timedelta = PACE,
        office: Callable[[], AmendDesk | None] = lambda: None,
        matters: Callable[[], MatterDesk | None] = lambda: None,
    ) -> None:
        """desk: where the cases are now; office: where they are corrected; matters: where firms'
        matters are; None while the gateway is down."""
        self._desk = desk
        self._clock = clock
        self._pace = pace
        self._office = office
        self._matters = matters
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def work(self) -> int:
        """Move every case on whose time has come, one stage each. How many."""
        desk = self._desk()
        if desk is None:
            return 0
        due = self._clock.now() - self._pace
        moved = 0
        # The late stages first, so that no case takes two in one go.
        for stage in (Stage.CORRECTION, Stage.SUSPENDED, Stage.UNDER_REVIEW, Stage.ACCEPTED):
            for case_id in desk.standing(stage, due):
                desk.advance(case_id, *self._next(stage, case_id))
                moved += 1
        return moved

    def serve_firms(self) -> int:
        """The offices' next step in every matter of a firm that has rested for a moment. How many."""
        desk = self._matters()
        if desk is None:
            return 0
        moved = 0
        for matter in desk.unrested(self._clock.now() - FIRM_PACE):
            act = matter.may(Side.OFFICE)[0]
            if act in matter.may(Side.WINDOW):
                continue  # the window's turn: in a lesson the learner does it
            unit, words = _SAID_OF.get((matter.kind, act), _SAID[act])
            if act is Act.RATE:
                role = matter.unrated(Side.OFFICE)[0]
                desk.act(matter.matter_id, act, ROLE_NAMES[role], words, role=role, stars=4)
            else:
                desk.act(matter.matter_id, act, unit, words)
            moved += 1
        return moved

    def correct(self, case_id: str, changes: Mapping[str, str], words: str) -> None:
        """Put something right in a case by itself, as a back office does that found a slip. words: for the window.
        Nothing while the gateway is down; KeyError: no such case."""
        if (office := self._office()) is not None:
            office.correct(case_id, changes, OFFICE, words)

    def _next(self, stage: Stage, case_id: str) -> tuple[Stage, Decision]:
        turn = int(case_id[-4:], 16) % _EACH
        if stage is Stage.ACCEPTED:
            return Stage.UNDER_REVIEW, Decision()
        if stage is Stage.UNDER_REVIEW and turn == 1:
            due = shanghai(self._clock.now()).date() + dt.timedelta(days=_DAYS)
            return Stage.CORRECTION, Decision(_CORRECTION, due)
        if stage is Stage.UNDER_REVIEW and turn == 2:
            return Stage.SUSPENDED, Decision(_SUSPENDED)
        return Stage.DECIDED, Decision(result="准予许可")

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._run, name="departments", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join(10)

    def _run(self) -> None:
        while not self._ended.wait(min(self._pace.total_seconds() / 12, FIRM_PACE.total_seconds())):
            try:
                self.work()
                self.serve_firms()
            except Exception:
                # Only the demo's own play: it must not take the gateway with it.
                log.exception("the demo's departments stumbled")
