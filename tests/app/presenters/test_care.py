"""Look, privacy and help as the presenters answer them, on the real window."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from PyQt6.QtCore import QSize, Qt, QUrl
from PyQt6.QtGui import QTextDocument
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import resources
from app.domain.case import AuditEvent, Window
from app.domain.clerk import Clerk
from app.domain.errors import EnvironmentProblem
from app.domain.person import CardType, IdCard
from app.presenters.desk import Desk
from app.presenters.help import TOPIC_OF, HelpPresenter, topics
from app.presenters.look import SCALE_SETTING, THEME_SETTING, LookPresenter, remembered_look, scales_for
from app.presenters.privacy import PrivacyPresenter
from app.presenters.words import person_view
from app.services.duty import Duty
from app.workers.tasks import TaskRunner
from widgets.actions import actions
from widgets.dialogs.base import BaseDialog
from widgets.dialogs.help import KEYS
from widgets.look import Look, look
from widgets.theme import apply_theme, set_look
from widgets.watermark import Watermark
from widgets.window import MainWindow

NUMBER = "33050219900307402X"
CARD = IdCard(CardType.RESIDENT, name="沈㛃", number=NUMBER)
CLERK = Clerk("01", "李敏")
NOW = dt.datetime(2026, 11, 21, 2, 0, tzinfo=dt.UTC)


class Noon:
    def now(self) -> dt.datetime:
        return NOW


@dataclass
class Kept:
    """A store's settings and audit trail. broken: nothing can be written."""

    texts: dict[str, str] = field(default_factory=dict)
    events: list[AuditEvent] = field(default_factory=list)
    broken: bool = False

    def setting(self, key: str) -> str | None:
        return self.texts.get(key)

    def set_setting(self, key: str, value: str) -> None:
        self.texts[key] = value

    def append_audit(self, event: AuditEvent) -> None:
        if self.broken:
            raise EnvironmentProblem("磁盘已满", "写不进审计记录。", "清理磁盘后再试。")
        self.events.append(event)


@dataclass
class Bench:
    window: MainWindow
    desk: Desk
    kept: Kept

    def settle(self) -> None:
        self.desk.tasks.wait()
        for _ in range(3):
            QApplication.processEvents()

    def number(self) -> str:
        label = self.window.who.findChild(QLabel, "person_number")
        assert label is not None
        return label.text()


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication) -> Iterator[Bench]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    window = MainWindow()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = Bench(window, Desk(Noon(), TaskRunner(), window.notice), Kept())
    made.desk.begin()
    yield made
    made.settle()
    if look() != Look():
        set_look(qapp, Look())


# -- look -----------------------------------------------------------------------------------------------------


def test_themes_go_round_and_the_choice_is_kept(bench: Bench, qapp: QApplication) -> None:
    presenter = LookPresenter(bench.window, bench.desk, bench.kept)  # type: ignore[arg-type]
    seen = []
    for _ in range(3):
        presenter.next_theme()
        bench.settle()
        seen.append((look().theme, bench.kept.texts[THEME_SETTING]))
    assert seen == [("dark", "dark"), ("contrast", "contrast"), ("light", "light")]
    bench.kept.texts[THEME_SETTING] = "contrast"
    assert remembered_look(bench.kept, qapp).theme == "contrast"  # type: ignore[arg-type]


def test_a_scale_alone_does_not_pin_the_systems_theme(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    presenter = LookPresenter(bench.window, bench.desk, bench.kept)  # type: ignore[arg-type]
    monkeypatch.setattr(presenter, "_screen", lambda: QSize(1920, 1040))
    presenter.larger()
    bench.settle()
    assert bench.kept.texts == {SCALE_SETTING: "1.1"}
    monkeypatch.setattr("app.presenters.look.system_theme", lambda _: "dark")
    presenter._system_changed()
    assert look() == Look("dark", 1.1)
    presenter.next_theme()
    presenter._system_changed()
    assert look() == Look("contrast", 1.1)  # chosen: the system has no say any more


def test_the_screen_limits_the_scale_and_says_so(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    presenter = LookPresenter(bench.window, bench.desk, bench.kept)  # type: ignore[arg-type]
    monkeypatch.setattr(presenter, "_screen", lambda: QSize(1366, 728))
    for _ in range(5):
        presenter.larger()
    assert look().scale == 1.25
    assert bench.window.notice.title() == "不能再放大"
    presenter.smaller()
    assert look().scale == 1.1
    presenter.larger()
    presenter.normal_size()
    assert look().scale == 1.0
    presenter.smaller()
    assert look().scale == 1.0


@pytest.mark.parametrize(
    ("screen", "most"), [((1366, 728), 1.25), ((1920, 1040), 2.0), ((1024, 600), 1.0), ((640, 480), 1.0)]
)
def test_the_largest_scale_of_a_screen(screen: tuple[int, int], most: float) -> None:
    assert scales_for(QSize(*screen))[-1] == most


@pytest.mark.parametrize("value", ["pink", ""])
def test_what_this_version_does_not_know_counts_as_not_chosen(qapp: QApplication, value: str) -> None:
    kept = Kept({THEME_SETTING: value, SCALE_SETTING: value})
    assert remembered_look(kept, qapp) == Look()  # type: ignore[arg-type]


# -- privacy --------------------------------------------------------------------------------------------------


def privacy(bench: Bench, watermark: bool = True) -> PrivacyPresenter:
    place = Window("Y03", "综合窗口 03", "政务服务中心", "330503")
    made = PrivacyPresenter(bench.window, bench.desk, bench.kept, Duty(CLERK), place, watermark)  # type: ignore[arg-type]
    bench.window.status.set_clock("11-21 10:32")
    bench.desk.change(replace(bench.desk.visit, card=CARD))
    bench.window.who.set_person(person_view(CARD, "10:30"))
    return made


def test_a_number_is_shown_for_a_while_and_each_showing_is_written_down(bench: Bench) -> None:
    presenter = privacy(bench)
    assert bench.number() == "3305**********402X"
    presenter.toggle()
    bench.settle()
    assert bench.number() == NUMBER
    assert [(e.action, e.clerk, e.subject) for e in bench.kept.events] == [
        ("numbers.shown", "李敏", bench.desk.visit.visit_id)
    ]
    assert NUMBER not in repr(bench.kept.events)
    assert presenter._timer.isActive()
    assert presenter._timer.interval() == 10_000
    presenter._timer.timeout.emit()
    assert bench.number() == "3305**********402X"
    presenter.toggle()
    bench.settle()
    presenter.toggle()  # once more hides at once, and needs no line
    assert bench.number() == "3305**********402X"
    assert len(bench.kept.events) == 2


def test_nothing_is_shown_when_it_cannot_be_written_down(bench: Bench) -> None:
    presenter = privacy(bench)
    bench.kept.broken = True
    presenter.toggle()
    bench.settle()
    assert bench.number() == "3305**********402X"
    assert bench.window.notice.title() == "磁盘已满"


def test_the_next_visitor_finds_everything_masked(bench: Bench) -> None:
    presenter = privacy(bench)
    presenter.toggle()
    bench.settle()
    bench.desk.begin()
    assert not presenter.shown
    bench.window.who.set_person(person_view(CARD, "10:40"))
    assert bench.number() == "3305**********402X"


def test_a_late_answer_shows_nothing_of_the_next_visitor(bench: Bench) -> None:
    presenter = privacy(bench)
    presenter.toggle()
    bench.desk.begin()
    bench.settle()
    assert not presenter.shown


def test_there_must_be_something_to_show(bench: Bench) -> None:
    presenter = privacy(bench)
    assert presenter.possible()
    bench.desk.begin()
    assert not presenter.possible()


def test_the_watermark_follows_the_clock_and_the_setting(bench: Bench) -> None:
    presenter = privacy(bench)
    mark = bench.window.findChild(Watermark)
    assert mark is not None
    assert mark.words == "李敏  Y03  综合窗口 03  11-21 10:32"
    bench.window.status.set_clock("11-21 10:33")
    assert mark.words.endswith("10:33")
    presenter.deleteLater()
    without = privacy(bench, watermark=False)
    assert mark.isHidden()
    assert not without.shown


# -- help -----------------------------------------------------------------------------------------------------


@pytest.fixture
def helped(bench: Bench) -> HelpPresenter:
    presenter = HelpPresenter(bench.window, bench.desk)
    bench.window.action.connect(lambda name: presenter.open() if name == "help" else None)
    return presenter


def opened(bench: Bench, presenter: HelpPresenter) -> str:
    bench.settle()
    assert presenter.dialog is not None
    assert presenter.dialog.isVisible()
    chapter = presenter.dialog.current()
    presenter.dialog.reject()
    bench.settle()
    return chapter


def test_f1_opens_the_page_of_the_part_in_focus(bench: Bench, helped: HelpPresenter) -> None:
    window = bench.window
    window.show_picker()
    QTest.keyClick(window.picker.search, Qt.Key.Key_F1)
    assert opened(bench, helped) == "clerk/items"
    window.activateWindow()
    window.materials.list.setVisible(True)
    window.materials.list.setFocus()
    bench.settle()
    QTest.keyClick(window.materials.list, Qt.Key.Key_F1)
    assert opened(bench, helped) == "clerk/materials"


@pytest.mark.parametrize(
    ("step", "chapter"), [("scan_licence", "clerk/licences"), ("accept", "clerk/accept"), ("", KEYS)]
)
def test_where_nothing_has_the_focus_the_step_decides(
    bench: Bench, helped: HelpPresenter, step: str, chapter: str
) -> None:
    bench.window.show_form()
    desk = bench.window.centralWidget()
    assert desk is not None
    desk.setFocus()
    bench.window.set_step(step)
    QTest.keyClick(bench.window, Qt.Key.Key_F1)
    assert opened(bench, helped) == chapter


def test_f1_works_in_a_dialog_over_the_window(bench: Bench, helped: HelpPresenter) -> None:
    outbox = BaseDialog("outbox", "待传清单", bench.window)
    outbox.open()
    QTest.keyClick(outbox, Qt.Key.Key_F1)
    assert opened(bench, helped) == "clerk/offline"
    outbox.reject()


def test_pages_are_found_by_their_words(bench: Bench, helped: HelpPresenter) -> None:
    helped.open()
    bench.settle()
    dialog = helped.dialog
    assert dialog is not None
    dialog.search.setText("容缺 补交")
    found = dialog.found()
    assert "clerk/materials" in found
    assert "admin/trust" not in found
    assert len(found) < dialog.pages.count()  # the books' headings stand between them
    before = dialog.current()
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.current() == found[found.index(before) + 1]
    dialog.search.setText("飞船")
    assert dialog.current() == ""
    dialog.search.setText("ctrl+shift+v")
    assert "mobile/pack" in dialog.found()
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.isHidden()


def test_a_link_is_followed_by_keys_and_back(bench: Bench, helped: HelpPresenter) -> None:
    helped.open()
    bench.settle()
    dialog = helped.dialog
    assert dialog is not None
    dialog.show_topic("clerk/trouble")
    dialog.page.setFocus()
    QTest.keyClick(dialog.page, Qt.Key.Key_Tab)  # to the first link of the page
    QTest.keyClick(dialog.page, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.current() == "clerk/printing"
    QTest.keyClick(dialog.page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert dialog.current() == "clerk/trouble"
    assert dialog.back.isHidden()
    dialog.page.followed.emit("https://example.org/")  # leads nowhere
    assert dialog.current() == "clerk/trouble"
    dialog.reject()


def test_pictures_of_a_chapter_are_drawn_and_nothing_else_is_read(bench: Bench, helped: HelpPresenter) -> None:
    helped.open()
    bench.settle()
    dialog = helped.dialog
    assert dialog is not None
    dialog.show_topic("clerk/first")
    page = dialog.page
    kind = QTextDocument.ResourceType.ImageResource.value
    drawn = page.loadResource(kind, QUrl("open-a-barber-shop.start.png")).value()
    assert 200 < drawn.width() <= page.width()
    for elsewhere in ("../../../LICENSE", "https://example.org/x.png", "file:///etc/hostname"):
        assert page.loadResource(kind, QUrl(elsewhere)).value().isNull()
    for kind in (QTextDocument.ResourceType.HtmlResource.value, QTextDocument.ResourceType.StyleSheetResource.value):
        assert not page.loadResource(kind, QUrl("file:///etc/hostname")).value()
    dialog.reject()


def test_every_part_has_its_page_in_both_languages() -> None:
    chinese, english = topics("zh"), topics("en")
    short = [file.stem.partition("-")[2] for file in sorted(resources.path("help/zh").glob("*.md"))]
    assert [t.id for t in english] == short
    answered = [topic for t in chinese for topic in t.answers]
    assert sorted(answered) == sorted(short)
    assert set(TOPIC_OF.values()) <= set(answered)
    assert all(t.title and t.html.startswith(f"<h1>{html.escape(t.title)}</h1>") for t in (*chinese, *english))
    assert not [t.id for t in english if re.search(r"[\u4e00-\u9fff]{2}", t.words)]


def test_pages_name_no_key_that_does_not_exist() -> None:
    known = {a.key for a in actions()} | {f"Ctrl+{n}" for n in range(1, 10)} | {"Ctrl+Z"}  # Qt's own, and a row of them
    code = "".join(p.read_text(encoding="utf-8") for p in (resources.path("").parent / "widgets").rglob("*.py"))
    pages = {file.stem: file.read_text("utf-8") for file in resources.path("help/zh").glob("*.md")}
    for name, body in pages.items():
        for key in re.findall(r"\*\*(F\d+|Ctrl\+[^*]+)\*\*", body):
            assert key in known or key in code, (name, key)
    assert "**F4**" in pages["50-licences"]
