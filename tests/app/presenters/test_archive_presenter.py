"""Archive packages on the screen: from My cases out onto a stick, and checked, with what may go wrong on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from archive_kit import PASSWORD, members, rewritten
from desk_parts import Parts
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.archive.check import PackageCheck
from app.archive.errors import Cancelled, WrongPassword
from app.domain.case import Case
from app.domain.clerk import Clerk
from app.domain.errors import EnvironmentProblem, Refused
from app.licences.cose import SigningKey
from app.presenters.archive import ArchivePresenter
from app.presenters.cases import CasesPresenter
from app.presenters.desk import Desk
from app.presenters.player_figures import packaged
from app.presenters.print_desk import PrintDesk
from app.services.archive_case import ArchiveCase, Archived
from app.settings import PrintRules
from app.workers.tasks import TaskRunner
from widgets.dialogs.archive import ArchiveDialog
from widgets.dialogs.packet import PacketDialog
from widgets.window import MainWindow

K = Qt.Key
WAIT = 30_000


@dataclass
class Room:
    """My cases with one accepted case selected. ended: what came of each work."""

    parts: Parts
    case: Case
    cases: CasesPresenter
    archive: ArchivePresenter
    ended: list[object]

    def last(self, qtbot: QtBot, count: int) -> object:
        qtbot.waitUntil(lambda: len(self.ended) == count, timeout=WAIT)
        return self.ended[-1]


@pytest.fixture
def room(qtbot: QtBot, parts: Parts) -> Iterator[Room]:
    cases = parts.accept.accept(parts.ready()).cases
    case = next(case for case in cases if any(material.pages for material in case.materials))
    window, tasks = MainWindow(), TaskRunner()
    qtbot.addWidget(window)
    desk = Desk(parts.clock, tasks, window.notice)
    mine, duty, signer = parts.my_cases(), parts.counter.duty, parts.counter.renderer._signer

    def find(kid: bytes) -> Sequence[SigningKey]:
        return [signer] if kid == signer.kid else []

    printing = PrintDesk(desk, parts.papers, {}, parts.store, PrintRules())
    listed = CasesPresenter(window, desk, mine, parts.store, printing, True, duty)
    service = ArchiveCase(
        parts.store, parts.vault, parts.catalog, mine, signer, find, parts.clock, duty, "W03-01", True  # type: ignore[arg-type]
    )  # fmt: skip
    archive = ArchivePresenter(window, listed.dialog, desk, service)
    ended: list[object] = []
    archive.ended.connect(ended.append)
    window.show()
    listed.open_number(case.provisional_no)
    qtbot.waitUntil(lambda: listed.dialog.detail.case_id() == case.case_id, timeout=WAIT)
    yield Room(parts, case, listed, archive, ended)
    archive.stop()
    tasks.close()


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def result() -> str:
    """What the dialog of the work that ended says."""
    (shown,) = (top for top in QApplication.topLevelWidgets() if isinstance(top, PacketDialog) and top.isVisible())
    return said(shown)


def asked(qtbot: QtBot, room: Room) -> ArchiveDialog:
    room.cases.dialog.archive_requested.emit(room.case.case_id)
    qtbot.waitUntil(lambda: room.archive.ask is not None, timeout=WAIT)
    dialog = room.archive.ask
    assert dialog is not None
    return dialog


def test_out_by_keys_alone_and_checked(
    qtbot: QtBot, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, offered = tmp_path / "a.zip", []

    def save(_: QWidget, __: str, start: Path, ___: str, chosen: Callable[[Path], None]) -> None:
        offered.append(start.name)
        chosen(target.with_suffix(""))

    monkeypatch.setattr("app.presenters.archive.save_where", save)
    dialog = asked(qtbot, room)
    assert "文书 1 份、材料 1 份" in said(dialog)
    assert room.case.provisional_no in said(dialog)
    QTest.keyClick(dialog, K.Key_Return)
    shown = room.archive.dialog
    assert shown is not None
    assert isinstance(room.last(qtbot, 1), Archived)
    assert offered == [f"归档包-{room.case.provisional_no}.zip"]
    assert shown.windowTitle() == "归档包已导出"
    assert "已签名" in said(shown)
    assert room.case.applicant_name not in said(shown)
    QTest.keyClick(shown, K.Key_Return)
    monkeypatch.setattr("app.presenters.archive.open_which", lambda *a: a[-1](target))
    room.cases.dialog.check_requested.emit()
    answer = room.last(qtbot, 2)
    assert isinstance(answer, PackageCheck)
    assert answer.unaltered
    assert "本系统导出，未经改动。" in result()
    assert room.archive.checked is answer
    assert packaged(answer)["受理通知书"] == 1


def test_what_is_wrong_with_a_package_is_listed_by_name(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    target = tmp_path / "a.zip"
    room.archive.write(room.case.case_id, target, "移交档案")
    room.last(qtbot, 1)
    inside = members(target)
    del inside["目录.pdf"]
    inside["目录.xml"] = b"x"
    inside.update({f"多余{n}.txt": b"" for n in range(12)})
    rewritten(target, inside)
    for top in QApplication.topLevelWidgets():
        if isinstance(top, PacketDialog) and top.isVisible():
            top.accept()
    room.archive.check(target)
    room.last(qtbot, 2)
    words = result()
    assert room.archive.checked is not None
    assert packaged(room.archive.checked) == {}, "what an altered package holds counts for nothing"
    for part in ("已被改动", "缺少 1 个文件：目录.pdf", "被改动 1 个文件：目录.xml", "多出 12 个文件：", "等"):
        assert part in words
    assert "多余9.txt" not in words, "a list that does not fit is cut"


def test_a_sealed_package_asks_again_after_a_wrong_password(qtbot: QtBot, room: Room, tmp_path: Path) -> None:
    target = tmp_path / "a.ycarchive"
    room.archive.write(room.case.case_id, target, "移交档案", PASSWORD)
    room.last(qtbot, 1)
    room.archive.check(target)
    qtbot.waitUntil(lambda: room.archive.password is not None, timeout=WAIT)
    first = room.archive.password
    assert first is not None
    QTest.keyClicks(first.password, "another password")
    QTest.keyClick(first.password, K.Key_Return)
    assert isinstance(room.last(qtbot, 2), WrongPassword)
    again = room.archive.password
    assert again is not None
    assert again is not first
    assert "口令不对" in said(again)
    again.password.setText(PASSWORD)
    QTest.keyClick(again.password, K.Key_Return)
    answer = room.last(qtbot, 3)
    assert isinstance(answer, PackageCheck)
    assert answer.unaltered


def test_a_weak_password_and_a_place_not_chosen_leave_the_question_open(qtbot: QtBot, room: Room) -> None:
    dialog = asked(qtbot, room)
    dialog.seal.click()
    dialog.password.setText("aaaaaaaa")
    dialog.again.setText("aaaaaaaa")
    QTest.keyClick(dialog, K.Key_Return)
    assert "口令太容易猜" in said(dialog)
    dialog.password.setText(PASSWORD)
    dialog.again.setText(PASSWORD)
    QTest.keyClick(dialog, K.Key_Return)
    (asking,) = dialog.findChildren(QFileDialog)
    qtbot.waitUntil(asking.isVisible, timeout=WAIT)
    assert [Path(name).suffix for name in asking.selectedFiles()] == [".ycarchive"]
    QTest.keyClick(asking, K.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.findChildren(QFileDialog), timeout=WAIT)
    assert (dialog.isVisible(), room.ended) == (True, [])


def test_trouble_and_cancel_are_told_where_the_clerk_looks(
    qtbot: QtBot, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path, __: int) -> None:
        raise EnvironmentProblem("目标盘空间不够", "只剩 1 MB。", "请换一个 U 盘，或清出空间后再导出。")

    with monkeypatch.context() as patch:
        patch.setattr("app.services.archive_case.need_room", full)
        room.archive.write(room.case.case_id, tmp_path / "a.zip", "移交档案")
        shown = room.archive.dialog
        assert shown is not None
        assert isinstance(room.last(qtbot, 1), EnvironmentProblem)
        assert shown.windowTitle() == "目标盘空间不够"
        assert "请换一个 U 盘" in said(shown)
        shown.accept()
    room.archive.write(room.case.case_id, tmp_path / "a.zip", "移交档案")
    shown = room.archive.dialog
    assert shown is not None
    QTest.keyClick(shown, K.Key_Escape)
    assert isinstance(room.last(qtbot, 2), Cancelled)
    assert shown.windowTitle() == "已取消"
    assert not (tmp_path / "a.zip").exists()


def test_who_may_not_export_is_told_so(qtbot: QtBot, room: Room) -> None:
    room.parts.counter.duty.holder = Clerk("0002", "李敏")
    room.cases.dialog.archive_requested.emit(room.case.case_id)
    qtbot.waitUntil(lambda: "要由负责人导出" in said(room.cases.dialog), timeout=WAIT)
    assert room.archive.ask is None
    with pytest.raises(Refused):
        room.archive._service.plan(room.case.case_id)
