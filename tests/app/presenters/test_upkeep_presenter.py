"""Settings, updates and support on the screen of a demo: what the keys do, and that no visitor is ever interrupted."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from demo_screen import demo_screen
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.config.layers import Origin, Sources
from app.domain.errors import BadInput, Refused
from app.presenters.application_codes import RESTART
from app.presenters.screen import Screen
from app.services.updates import Stage, UpdateState

LONG = 30_000


@pytest.fixture(scope="module")
def screen(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    folder = tmp_path_factory.mktemp("upkeep")
    with demo_screen(qapp, folder / "profile", folder / "paper") as made:
        yield made


def file_of(screen: Screen) -> Path:
    assert screen.station.upkeep is not None
    return screen.station.upkeep.settings.path


def test_a_setting_is_found_changed_applied_and_taken_back(screen: Screen, qtbot: QtBot) -> None:
    presenter, before = screen.upkeep.settings, file_of(screen).read_text("utf-8")
    screen.window.action.emit("settings")
    qtbot.waitUntil(lambda: presenter.dialog is not None and bool(presenter.dialog.rows), timeout=LONG)
    dialog = presenter.dialog
    assert dialog is not None
    QTest.keyClicks(dialog.search, "lock.minutes")
    assert [row.id for row in dialog._shown] == ["lock.minutes"]
    row = dialog.selected()
    assert row is not None
    assert (row.text, row.origin) == ("5", "本机设置")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.line, "999")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert "应为 0–240" in dialog._said.text()
    dialog.line.setText("7")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert "1 项待保存" in dialog._said.text()
    assert file_of(screen).read_text("utf-8") == before, "nothing is written before it is applied"
    dialog._apply.click()
    qtbot.waitUntil(lambda: "现在就生效" in dialog._said.text(), timeout=LONG)
    assert tomllib.loads(file_of(screen).read_text("utf-8"))["lock"]["minutes"] == 7
    assert screen.duty._idle.interval() == 7 * 60_000
    dialog._undo.click()
    qtbot.waitUntil(lambda: "已恢复" in dialog._said.text(), timeout=LONG)
    assert file_of(screen).read_text("utf-8") == before
    assert screen.duty._idle.interval() == 5 * 60_000
    dialog.reject()


def test_what_the_policy_locks_cannot_be_changed_here(screen: Screen, qtbot: QtBot, tmp_path: Path) -> None:
    assert screen.station.upkeep is not None
    edit, presenter = screen.station.upkeep.settings, screen.upkeep.settings
    policy = tmp_path / "policy.toml"
    policy.write_text('contact = "信息中心"\n[lock]\nminutes = 3\n', "utf-8")
    plain, edit._sources = edit._sources, Sources(policy)
    try:
        presenter.open()
        qtbot.waitUntil(lambda: presenter.dialog is not None, timeout=LONG)
        dialog = presenter.dialog
        assert dialog is not None
        dialog.search.setText("lock.minutes")
        row = dialog.selected()
        assert row is not None
        assert (row.text, row.origin) == ("3", "站点策略（锁定）")
        assert "信息中心" in dialog._help.text()
        assert not dialog.editor.isEnabled()
        dialog.reject()
        with pytest.raises(Refused, match="锁定"):
            edit.apply({"lock.minutes": 9})
        with pytest.raises(BadInput):
            edit.apply({"devices.printer": "x"})
        assert edit.read().values()["lock.minutes"].origin is Origin.POLICY
    finally:
        edit._sources = plain


def test_only_the_manager_changes(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    assert screen.station.upkeep is not None
    monkeypatch.setattr(screen.station.duty, "holder", None)
    with pytest.raises(Refused, match="负责人"):
        screen.station.upkeep.settings.apply({"lock.minutes": 9})


def test_a_visit_in_hand_is_never_interrupted_by_an_update(
    screen: Screen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case open: no restart, whoever asks for it; parked or finished: the clerk is asked, and may say later."""
    upkeep, left = screen.upkeep, []
    monkeypatch.setattr(QApplication, "exit", lambda code=0: left.append(code))
    asked: list[bool] = []
    monkeypatch.setattr("app.presenters.upkeep.confirm", lambda *_, **__: asked.append(True) or len(asked) > 1)
    desk = screen.desk
    code = next(iter(screen.station.catalog.bundles))
    desk.change(screen.station.services.choose.add(desk.visit, code))
    assert not desk.visit.empty
    upkeep._looked(UpdateState(Stage.READY, "0.2.0", "更快", "Faster"))
    assert upkeep._told == ""
    upkeep.update()
    upkeep.restart()
    assert (left, asked) == ([], [])
    desk.begin()
    assert upkeep._told == "0.2.0", "between two visitors is the moment to say it"
    upkeep.update()
    assert (left, asked) == ([], [True]), "and later is an answer"
    upkeep.update()
    assert left == [RESTART]
    monkeypatch.setattr(upkeep, "_self_service", lambda: True)
    upkeep.restart()
    assert left == [RESTART], "a citizen at the screen is somebody as well"


def test_the_bundle_is_shown_before_it_is_saved(screen: Screen, qtbot: QtBot, tmp_path: Path) -> None:
    screen.window.action.emit("support")
    qtbot.waitUntil(lambda: screen.upkeep.dialog is not None and screen.upkeep.dialog.list.count() > 0, timeout=LONG)
    dialog = screen.upkeep.dialog
    assert dialog is not None
    names = [dialog.list.item(at).text() for at in range(dialog.list.count())]  # type: ignore[union-attr]
    assert names[0].startswith("README.txt")
    assert any(name.startswith("logs/") for name in names)
    dialog.list.setCurrentRow(1)
    assert "yichuang" in dialog.body.toPlainText()
    assert screen.station.upkeep is not None
    target = tmp_path / "bundle.zip"
    screen.upkeep.save_to(target, screen.station.upkeep.support.bundle({}))
    qtbot.waitUntil(lambda: "已保存" in dialog._said.text(), timeout=LONG)
    assert target.stat().st_size > 500
    dialog.reject()


def test_about_names_versions_and_other_peoples_work(screen: Screen, qtbot: QtBot) -> None:
    screen.window.action.emit("about")
    qtbot.waitUntil(lambda: screen.upkeep.dialog is not None and screen.upkeep.dialog.list.count() > 60, timeout=LONG)
    dialog = screen.upkeep.dialog
    assert dialog is not None
    assert "GPL-3.0-or-later" in dialog.body.toPlainText()
    QTest.keyClicks(dialog.search, "sqlalchemy")
    assert "MIT" in dialog.body.toPlainText()
    dialog.reject()


def test_a_crash_report_goes_only_when_somebody_says_so(
    screen: Screen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert screen.station.upkeep is not None
    support = screen.station.upkeep.support
    sent: list[str] = []
    monkeypatch.setattr(support, "_ask", True)
    monkeypatch.setattr(support, "_send", lambda report: sent.append(report.report_id))
    for text, button, count in (("first fault", "keep", 0), ("second fault", "send", 1)):
        support.crashes._seen.clear()
        support.crashes.take("exception", text)
        screen.upkeep.ask_to_send(support.to_ask())
        dialog = screen.upkeep.dialog
        assert dialog is not None
        assert text in dialog.body.toPlainText(), "all of it is shown"
        dialog.buttons[button].click()
        qtbot.waitUntil(lambda: support.to_ask() == (), timeout=LONG)
        assert len(sent) == count
