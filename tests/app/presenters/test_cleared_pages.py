"""A page that was cleared meanwhile: the viewer says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import cv2
import pytest
from desk_parts import BUNDLE, Parts
from pytestqt.qtbot import QtBot
from scanning_kit import Counter, scanning

from app.domain.case import AuditEvent
from app.presenters.page_viewer import PageViewerPresenter
from app.services.capture_material import CaptureMaterial


@pytest.fixture
def desk_(qtbot: QtBot, parts: Parts) -> Iterator[Counter]:
    with scanning(qtbot, parts) as made:
        yield made


def test_the_viewer_says_that_a_page_was_cleared(desk_: Counter, qtbot: QtBot, parts: Parts) -> None:
    capture = CaptureMaterial(parts.vault, parts.clock, parts.store.file_gone)
    picture = cv2.imread(str(parts.world.page_picture("floor-plan")))
    taken = capture.take(picture)
    visit = capture.keep(parts.choose.add(desk_.desk.visit, BUNDLE), "floor_plan", taken)
    desk_.desk.change(visit)
    at = dt.datetime(2027, 2, 19, 17, tzinfo=dt.UTC)
    with parts.store._db.write() as connection:
        event = AuditEvent(at, "系统", "retention.files", "", {})
        parts.store._give_up(connection, [taken.page.sha256], at, event)
    viewer = PageViewerPresenter(desk_.window, desk_.desk, capture)
    qtbot.addWidget(viewer.viewer)
    viewer.open("floor_plan")
    qtbot.waitUntil(viewer.viewer.isVisible, timeout=20_000)
    assert viewer.viewer._picture.pixmap().width() > 0, "given up, and still here: it is shown"
    viewer.viewer.reject()
    parts.vault.remove(taken.page.sha256)
    viewer.open("floor_plan")
    qtbot.waitUntil(viewer.viewer.isVisible, timeout=20_000)
    assert viewer.viewer._picture.text() == "已移交平台保存，本机于 2027-02-20 清除", "the legal day"
    viewer.viewer.reject()
