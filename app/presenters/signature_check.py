"""Ctrl+G in My cases: does the applicant's signature stand under what the case says now?"""

from __future__ import annotations

from PyQt6.QtCore import QObject

from app.domain.clock import shanghai
from app.domain.errors import YichuangError
from app.presenters.desk import Desk, error_line
from app.services.check_signature import CheckSignature, SignatureCheck, SignatureState
from widgets.dialogs.cases import CasesDialog
from widgets.i18n import core_words
from widgets.views import Tone

_SHOWN = 4
"""Titles of changed answers that are told; the rest are counted."""


class SignatureCheckPresenter(QObject):
    """The answer stands at the foot of the case."""

    def __init__(self, dialog: CasesDialog, desk: Desk, service: CheckSignature) -> None:
        super().__init__()
        self._dialog = dialog
        self._desk = desk
        self._service = service
        dialog.signature_requested.connect(self.check)

    def check(self, case_id: str) -> None:
        """Look, and say."""

        def look() -> SignatureCheck | YichuangError:
            try:
                return self._service.of_case(case_id)
            except YichuangError as error:
                return error

        def show(found: SignatureCheck | YichuangError) -> None:
            if isinstance(found, YichuangError):
                self._dialog.set_message(error_line(found), Tone.WARNING)
            else:
                self._dialog.set_message(*self.words(found))

        self._desk.tasks.run(look, show)

    def words(self, found: SignatureCheck) -> tuple[str, Tone]:
        """A check in a sentence."""
        at = f"{shanghai(found.at):%Y-%m-%d %H:%M}" if found.at else ""
        if found.state is SignatureState.HOLDS:
            how = self.tr("指纹") if found.finger else self.tr("签字")
            return self.tr("{0}有效：{1} 确认的内容没有改动。").format(how, at), Tone.SUCCESS
        if found.state is SignatureState.CHANGED:
            titles = self.tr("、").join(core_words(title) for title in found.changed[:_SHOWN])
            more = self.tr("等 {0} 项").format(len(found.changed)) if len(found.changed) > _SHOWN else ""
            return self.tr("确认（{0}）以后改动过：{1}{2}。改动须由申请人重新确认。").format(
                at, titles, more
            ), Tone.ERROR
        if found.state is SignatureState.ALTERED:
            return self.tr("签字文件不是当时保存的那一份，不能采用。请报告负责人。"), Tone.ERROR
        if found.state is SignatureState.GONE:
            return self.tr("签字文件已按规定清除，或者打不开。请到平台调取。"), Tone.WARNING
        if found.state is SignatureState.OLD:
            return self.tr("签字（{0}）保存完好；旧版本没有逐项记录所签的内容，不能比对。").format(at), Tone.WARNING
        return self.tr("这个办件没有在屏上签字或按指纹。"), Tone.INFO
