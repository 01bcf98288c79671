"""Ctrl+G in My cases: the answer in words at the foot of the case."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import Refused
from app.presenters.signature_check import SignatureCheckPresenter
from app.services.check_signature import SignatureCheck, SignatureState
from widgets.dialogs.cases import CasesDialog
from widgets.views import Tone

AT = dt.datetime(2026, 11, 22, 2, 0, tzinfo=dt.UTC)
_CASES = [
    (SignatureCheck(SignatureState.HOLDS, AT), "签字有效", Tone.SUCCESS),
    (SignatureCheck(SignatureState.HOLDS, AT, finger=True), "指纹有效", Tone.SUCCESS),
    (SignatureCheck(SignatureState.CHANGED, AT, ("姓名",)), "改动过：姓名。", Tone.ERROR),
    (SignatureCheck(SignatureState.CHANGED, AT, tuple("甲乙丙丁戊")), "等 5 项", Tone.ERROR),
    (SignatureCheck(SignatureState.ALTERED, AT), "不能采用", Tone.ERROR),
    (SignatureCheck(SignatureState.GONE, AT), "清除", Tone.WARNING),
    (SignatureCheck(SignatureState.OLD, AT), "不能比对", Tone.WARNING),
    (SignatureCheck(SignatureState.NONE), "没有在屏上签字", Tone.INFO),
]


class Answers:
    def __init__(self, answer: SignatureCheck | None) -> None:
        self.answer = answer

    def of_case(self, case_id: str) -> SignatureCheck:
        if self.answer is None:
            raise Refused("没有这个办件", "本机没有保存这个办件。", "")
        return self.answer


def asked(qtbot: QtBot, answer: SignatureCheck | None) -> list[tuple[str, Tone]]:
    dialog = CasesDialog()
    qtbot.addWidget(dialog)
    said: list[tuple[str, Tone]] = []
    dialog.set_message = lambda words, tone: said.append((words, tone))  # type: ignore[method-assign]
    desk: Any = SimpleNamespace(tasks=SimpleNamespace(run=lambda work, then: then(work())))
    presenter = SignatureCheckPresenter(dialog, desk, Answers(answer))  # type: ignore[arg-type]
    dialog.signature_requested.emit("case")
    assert presenter is not None
    return said


@pytest.mark.parametrize(("found", "words", "tone"), _CASES, ids=[f"{n}-{c[0].state}" for n, c in enumerate(_CASES)])
def test_each_state_is_said(qtbot: QtBot, found: SignatureCheck, words: str, tone: Tone) -> None:
    said = asked(qtbot, found)
    assert len(said) == 1
    assert words in said[0][0]
    assert said[0][1] is tone


def test_a_case_that_is_not_here_is_said_too(qtbot: QtBot) -> None:
    assert "没有这个办件" in asked(qtbot, None)[0][0]
