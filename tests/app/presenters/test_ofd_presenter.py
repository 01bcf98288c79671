"""An e-licence file at the window: chosen or dropped, shown, judged, taken over, and told when it cannot be opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import ofd_kit
import pytest
from desk_parts import BUNDLE, Parts, counter
from ofd_kit import Files, Firm, SealPlan, business_licence, pack, sealed
from PyQt6.QtCore import QMimeData, QPointF, Qt, QUrl
from PyQt6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PyQt6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from test_licence_detail import Main, Signals

from app.demo.world import DemoWorld
from app.domain.fact import SourceKind, Verdict
from app.licences.trust import AgePolicy, TrustList
from app.licences.trust_keeper import TrustKeeper
from app.presenters.desk import Desk
from app.presenters.licence_detail import LicenceDetailPresenter
from app.presenters.ofd import OfdPresenter
from app.services.open_ofd import OpenOfd
from app.services.scan_licence import ScanLicence
from app.services.use_licence import UseLicence
from app.workers.tasks import TaskRunner
from widgets.views import Tone
from widgets.window import MainWindow


class Silence:
    def __init__(self) -> None:
        self.played: list[Tone] = []

    def play(self, tone: Tone) -> None:
        self.played.append(tone)


@dataclass
class Counter:
    parts: Parts
    window: MainWindow
    desk: Desk
    main: Main
    ofd: OfdPresenter
    panel: LicenceDetailPresenter
    sounds: Silence
    folder: Path
    site: Path

    def write(self, files: Files, name: str = "licence.ofd") -> Path:
        path = self.folder / name
        path.write_bytes(pack(files))
        return path

    def said(self) -> str:
        return "\n".join(label.text() for label in self.window.preview.findChildren(QLabel))

    def notice(self) -> str:
        return "\n".join(label.text() for label in self.window.notice.findChildren(QLabel))


@pytest.fixture
def at(tmp_path: Path, world: DemoWorld, qtbot: QtBot) -> Iterator[Counter]:
    with counter(tmp_path / "profile", world) as parts:
        window = MainWindow()
        qtbot.addWidget(window)
        runner = TaskRunner()
        desk = Desk(parts.clock, runner, window.notice)
        main, signals, sounds = Main(), Signals(), Silence()
        trust = TrustList.load(ofd_kit.world().trust(tmp_path / "trust"))
        trust = replace(trust, date=parts.clock.now().date())
        keeper = TrustKeeper(tmp_path, trust, parts.clock, policy=AgePolicy(0, 0))
        duty = parts.scan._duty
        scan = ScanLicence(parts.clock, duty, keeper)
        site = tmp_path / "ofd.yaml"
        ofd = OfdPresenter(
            window, desk, OpenOfd(parts.clock, keeper, site), scan, main, sounds,  # type: ignore[arg-type]
        )  # fmt: skip
        panel = LicenceDetailPresenter(
            window, desk, UseLicence(parts.clock, duty), keeper, main,  # type: ignore[arg-type]
            codes=signals, status=signals, store=parts.store, duty=duty,  # type: ignore[arg-type]
        )  # fmt: skip
        panel.file_of = ofd.shown
        window.show()
        desk.begin(parts.choose.add(parts.identified(parts.begin(), "zhang-wei"), BUNDLE))
        yield Counter(parts, window, desk, main, ofd, panel, sounds, tmp_path, site)
        runner.close()


def drop(window: MainWindow, *paths: str) -> tuple[bool, bool]:
    """Whether the pointer said yes, and whether the files were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    place, keys, buttons = QPointF(300, 300), Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(place.toPoint(), Qt.DropAction.CopyAction, data, buttons, keys)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    fall = QDropEvent(place, Qt.DropAction.CopyAction, data, buttons, keys)
    fall.ignore()
    QApplication.sendEvent(window, fall)
    return enter.isAccepted(), fall.isAccepted()


OWN = Firm(person="张伟")


def test_file_fills_the_form_and_shows_its_page(at: Counter, qtbot: QtBot) -> None:
    path = at.write(sealed(business_licence(OWN)))
    with qtbot.waitSignal(at.ofd.opened, timeout=30_000):
        at.ofd.take(path)
    (entry,) = at.desk.visit.licences
    assert entry.reading.verdict is Verdict.SIGNATURE_VALID, entry.reading.reason
    assert entry.text.startswith("OFD:")
    facts = [fact for fact in at.desk.visit.form.in_force().values() if fact.source.kind is SourceKind.LICENCE]
    assert {fact.value for fact in facts} >= {OWN.name, OWN.address}
    assert {fact.verdict for fact in facts} == {Verdict.SIGNATURE_VALID}
    assert "印章有效" in at.said()
    assert at.window.preview.is_live()
    assert at.sounds.played == [Tone.SUCCESS]
    at.main.routes["licence_detail"][0]()
    QApplication.processEvents()
    panel = "\n".join(label.text() for label in at.panel.dialog.findChildren(QLabel) if label.isVisible())
    for words in ("营业执照", "印章有效", "湖州演示制章有限公司", "2024-05-06 10:30", "法定代表人"):
        assert words in panel, words
    assert at.panel.dialog._sheet.isVisible()


def test_forged_file_fills_nothing_and_is_marked(at: Counter, qtbot: QtBot) -> None:
    files = sealed(business_licence(OWN))
    name = "Doc_0/Pages/Page_0/Content.xml"
    files[name] = files[name].replace("张伟".encode(), "李伟".encode())
    with qtbot.waitSignal(at.ofd.opened, timeout=30_000):
        at.ofd.take(at.write(files))
    (entry,) = at.desk.visit.licences
    assert entry.reading.verdict is Verdict.INVALID
    assert not [f for f in at.desk.visit.form.in_force().values() if f.source.kind is SourceKind.LICENCE]
    assert "盖章后文件被改动" in at.said()
    assert at.sounds.played == [Tone.ERROR]
    shown = at.ofd.shown(entry.text)
    assert shown is not None
    assert reds(shown.picture) > 0.005


def reds(picture: QImage) -> float:
    """The share of reddish pixels in the empty lower left, where the page itself has none."""
    left = [picture.pixelColor(x, y) for x in range(100, 700, 5) for y in range(600, 900, 5)]
    return sum(color.red() - color.green() > 40 for color in left) / len(left)


def test_dropped_on_the_window(at: Counter, qtbot: QtBot) -> None:
    path = at.write(sealed(business_licence(OWN)), "UPPER.OFD")
    with qtbot.waitSignal(at.ofd.opened, timeout=30_000):
        assert drop(at.window, str(path), str(at.folder / "other.exe")) == (True, True)
    assert len(at.desk.visit.licences) == 1
    assert drop(at.window, str(at.folder / "other.exe")) == (False, False)


def test_chosen_among_files(at: Counter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    path = at.write(business_licence(OWN))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(at.ofd.opened, timeout=30_000):
        at.main.routes["open_ofd"][0]()
    assert at.desk.visit.licences[0].reading.verdict is Verdict.CAPTURED_UNVERIFIED
    assert "没有电子印章" in at.said()


def test_hostile_file_is_told_and_leaves_nothing(at: Counter, qtbot: QtBot) -> None:
    path = at.folder / "bad.ofd"
    path.write_bytes(b"PK not really")
    before = at.desk.visit
    at.ofd.take(path)
    qtbot.waitUntil(lambda: "OFD 文件不能打开" in at.notice(), timeout=30_000)
    assert at.desk.visit is before
    assert "正在核验" not in at.said()


def test_file_of_the_visitor_before_is_dropped(at: Counter, qtbot: QtBot) -> None:
    first = at.write(sealed(business_licence(OWN)))
    with qtbot.waitSignal(at.ofd.opened, timeout=30_000):
        at.ofd.take(first)
    code = at.desk.visit.licences[0].text
    at.ofd.take(first)
    at.desk.begin()
    with qtbot.waitSignal(at.ofd.opened, timeout=30_000):
        at.ofd.take(at.write(sealed(business_licence(OWN), plan=SealPlan(id="X")), "second.ofd"))
    assert [entry.text == code for entry in at.desk.visit.licences] == [False]
    assert at.ofd.shown(code) is None


def test_only_some_pictures_are_kept(at: Counter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.presenters.ofd.KEPT", 1)
    files = business_licence(OWN)
    for number in range(2):
        with qtbot.waitSignal(at.ofd.opened, timeout=30_000):
            at.ofd.take(at.write(files | {"note.txt": str(number).encode()}))
    assert [at.ofd.shown(entry.text) is not None for entry in at.desk.visit.licences] == [False, True]


def test_broken_local_templates_are_told_and_the_shipped_ones_used(at: Counter, qtbot: QtBot) -> None:
    at.site.write_text("templates: [{id: 1}]", "utf-8")
    with qtbot.waitSignal(at.ofd.opened, timeout=30_000):
        at.ofd.take(at.write(sealed(business_licence(OWN))))
    entry = at.desk.visit.licences[0]
    assert entry.reading.licence["title"] == "营业执照"
    shown = at.ofd.shown(entry.text)
    assert shown is not None
    assert "模板有误" in dict(shown.lines)["提示"]
