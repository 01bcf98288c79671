"""A document that another system had read and that a list names: the clerk at the window is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from PyQt6.QtCore import QObject, pyqtSignal
from pytestqt.qtbot import QtBot

from app.domain.clock import SystemClock
from app.identity.verification import Answer, Ground, Line, Question
from app.presenters.bridge import BridgePresenter
from app.presenters.desk import Desk
from app.workers.tasks import TaskRunner
from widgets.views import Tone
from widgets.window import MainWindow

WAIT = 20_000


class Duty(QObject):
    began = pyqtSignal()
    locked = pyqtSignal()
    ended = pyqtSignal()


@pytest.fixture
def presenter(qtbot: QtBot) -> Iterator[tuple[BridgePresenter, MainWindow]]:
    window, tasks = MainWindow(), TaskRunner()
    qtbot.addWidget(window)
    nothing: Any = SimpleNamespace()
    duty: Any = Duty()
    made = BridgePresenter(
        window, Desk(SystemClock(), tasks, window.notice), nothing, {}, duty, lambda slot: False, lambda: False
    )
    yield made, window
    tasks.close()


@pytest.mark.parametrize(
    ("ground", "words"), [(Ground.LISTED_LOST, "已挂失"), (Ground.LISTED_REVOKED, "已作废")], ids=["lost", "revoked"]
)
def test_the_clerk_reads_whose_loan_it_was_and_why(
    presenter: tuple[BridgePresenter, MainWindow], qtbot: QtBot, ground: Ground, words: str
) -> None:
    made, window = presenter
    said = Line(Question.LISTS, Answer.NO, ground, "2026-11-22")
    telling = threading.Thread(target=lambda: made.listed("婚姻登记系统", said))  # as from the bridge's own thread
    telling.start()
    qtbot.waitUntil(lambda: words in window.notice.title(), timeout=WAIT)
    telling.join()
    assert "婚姻登记系统" in window.notice.title()
    assert window.notice.property("tone") == Tone.ERROR
