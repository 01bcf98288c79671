"""核验文书 on the screen: a PDF, a pasted code; genuine, altered, foreign; and a character given its shape."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk_parts import Parts, counter
from PIL import Image, ImageDraw
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from app.demo.world import DemoWorld
from app.documents.code import modules
from app.documents.compose import compose, fill_micro
from app.documents.content import body_of
from app.documents.fonts import load_fonts
from app.documents.format import Format
from app.documents.missing import MissingGlyph
from app.documents.paint import PdfInfo, paint
from app.documents.render import PaperRenderer
from app.documents.trust import PaperTrust
from app.domain.document import PaperKind, RenderedPaper
from app.domain.signature import Point, Signature
from app.presenters.desk import Desk
from app.presenters.shapes import ShapesPresenter
from app.presenters.verify_papers import VerifyPapersPresenter
from app.services.check_papers import CheckPapers
from app.services.shapes import Shape, Shapes
from app.services.sign_paper import CheckPaperSignature, SignPaper
from app.workers.tasks import TaskRunner
from widgets.theme import apply_theme
from widgets.window import MainWindow

WAIT = 30_000
NOWHERE = "\U00032ffd"


def picture() -> bytes:
    drawn = Image.new("L", (300, 260), 240)
    ImageDraw.Draw(drawn).rectangle((60, 40, 240, 80), fill=0)
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


class Bench:
    def __init__(self, parts: Parts, window: MainWindow, tasks: TaskRunner, qtbot: QtBot, folder: Path) -> None:
        self.parts, self.window, self.qtbot = parts, window, qtbot
        self.desk = Desk(parts.clock, tasks, window.notice)
        self.signer = parts.counter.renderer._signer
        self.trust = PaperTrust(lambda kid: [self.signer] if kid == self.signer.kid else [])
        self.scanned: list[bool] = []
        checks = CheckPapers(lambda: self.trust, CheckPaperSignature(parts.store, parts.vault))
        self.verify = VerifyPapersPresenter(window, self.desk, checks, lambda: self.scanned.append(True))
        self.renderer = PaperRenderer(self.signer, "大厅", glyphs=folder / "glyphs")
        self.service = Shapes(self.renderer, parts.store, parts.clock, parts.counter.duty)
        self.shapes = ShapesPresenter(window, self.desk, self.service)

    def label(self, name: str) -> str:
        dialog = self.verify.dialog
        assert dialog is not None
        found = dialog.findChild(QLabel, name)
        return found.text() if found is not None and not found.isHidden() else ""

    def verdict(self) -> str:
        self.qtbot.waitUntil(lambda: bool(self.label("verify_verdict")), timeout=WAIT)
        return self.label("verify_verdict")

    def rows(self) -> str:
        dialog = self.verify.dialog
        assert dialog is not None
        return " ".join(label.text() for label in dialog.findChildren(QLabel))


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, tmp_path: Path, world: DemoWorld) -> Iterator[Bench]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    with counter(tmp_path / "profile", world) as parts:
        window = MainWindow()
        window.show()
        tasks = TaskRunner()
        yield Bench(parts, window, tasks, qtbot, tmp_path)
        tasks.wait()
        tasks.close()
        window.close()


@pytest.fixture
def notice(bench: Bench) -> RenderedPaper:
    return bench.parts.accept.accept(bench.parts.ready()).notice


def test_a_genuine_pdf_is_told_so_with_what_was_signed(bench: Bench, notice: RenderedPaper, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(notice.pdf)
    bench.verify.open()
    bench.verify.check_file(tmp_path / "a.pdf")
    assert bench.verdict() == "窗口出具，未经改动"
    said = bench.rows()
    assert notice.paper.number in said
    assert "还没有经平台认证" in said
    assert notice.paper.cases[0].applicant_name not in said, "masked on the screen"


def test_an_altered_pdf_names_what_was_altered(bench: Bench, notice: RenderedPaper, tmp_path: Path) -> None:
    """Another name on the page, under the code of the genuine one."""
    cases = tuple(replace(case, applicant_name="李四") for case in notice.paper.cases)
    fonts = load_fonts()
    pages = fill_micro(compose(body_of(replace(notice.paper, cases=cases)), Format.A4, fonts), "X.00 ", fonts)
    info = PdfInfo("x", "x", "x", notice.qr_text, bench.parts.clock.now())
    (tmp_path / "b.pdf").write_bytes(paint(pages, fonts, modules(notice.qr_text), info))
    bench.verify.open()
    bench.verify.check_file(tmp_path / "b.pdf")
    assert bench.verdict() == "窗口出具，但已被改动"
    assert "“申请人”缺少" in bench.rows()


def test_a_code_from_the_scanner_is_checked_with_enter(bench: Bench, notice: RenderedPaper) -> None:
    bench.verify.open()
    dialog = bench.verify.dialog
    assert dialog is not None
    dialog.line.setText(notice.qr_text)
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert bench.verdict() == "防伪码有效"
    assert "逐项核对" in bench.rows()
    dialog.line.setText(notice.qr_text[:-4] + "0000")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: bench.label("verify_verdict") == "不能确认由窗口出具", timeout=WAIT)


def test_a_revoked_key_is_told_with_the_facts(bench: Bench, notice: RenderedPaper) -> None:
    bench.trust = replace(bench.trust, revoked={bench.signer.kid.hex(): bench.parts.clock.now()})
    bench.verify.open()
    bench.verify.check_code(notice.qr_text)
    assert bench.verdict() == "不能确认由窗口出具"
    assert "吊销" in bench.rows()
    assert notice.paper.number in bench.rows()


def test_a_file_that_cannot_be_read_is_told_in_the_dialog(bench: Bench, tmp_path: Path) -> None:
    bench.verify.open()
    bench.verify.check_file(tmp_path / "gone.pdf")
    assert bench.verdict() == "文件打不开"


def test_the_camera_is_one_key_away(bench: Bench) -> None:
    bench.verify.open()
    dialog = bench.verify.dialog
    assert dialog is not None
    scan = dialog.findChild(QPushButton, "verify_scan")
    assert scan is not None
    scan.click()
    assert bench.scanned == [True]


def test_a_character_without_a_glyph_is_given_a_shape(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Shapes, "find", lambda self, char: (Shape(picture(), "Some Font Regular"),))
    bench.desk.tasks.run(lambda: bench.renderer.require(f"张{NOWHERE}", "申请人"), lambda _: None)
    bench.qtbot.waitUntil(lambda: bench.shapes.dialog is not None, timeout=WAIT)
    dialog = bench.shapes.dialog
    assert dialog is not None
    shapes = dialog.findChild(QListWidget, "shape_list")
    assert shapes is not None
    bench.qtbot.waitUntil(lambda: shapes.count() == 1, timeout=WAIT)
    with bench.qtbot.waitSignal(bench.shapes.added, timeout=WAIT):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    bench.renderer.require(f"张{NOWHERE}", "申请人")
    assert "已补字形" in bench.window.notice.title()


def test_a_picture_without_a_shape_is_refused_in_the_dialog(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Shapes, "find", lambda self, char: ())
    (tmp_path / "blank.png").write_bytes(b"no picture")
    (tmp_path / "good.png").write_bytes(picture())
    bench.shapes.offer(NOWHERE, "申请人")
    dialog = bench.shapes.dialog
    assert dialog is not None
    said = dialog.findChild(QLabel, "shape_said")
    assert said is not None
    bench.shapes.take_file(NOWHERE, tmp_path / "blank.png")
    bench.qtbot.waitUntil(lambda: "图片无法使用" in said.text(), timeout=WAIT)
    with pytest.raises(MissingGlyph):
        bench.renderer.require(NOWHERE, "申请人")
    with bench.qtbot.waitSignal(bench.shapes.added, timeout=WAIT):
        bench.shapes.take_file(NOWHERE, tmp_path / "good.png")


def test_what_shows_nothing_is_not_offered_a_shape(bench: Bench) -> None:
    bench.desk.tasks.run(lambda: bench.renderer.require("张\u202e", "申请人"), lambda _: None)
    bench.qtbot.waitUntil(lambda: bench.window.notice.title() == "文书无法打印", timeout=WAIT)
    assert bench.shapes.dialog is None


def test_a_signature_that_does_not_stand_is_told_with_its_reason(bench: Bench, tmp_path: Path) -> None:
    issue = bench.parts.issue_paper()
    sign = SignPaper(bench.parts.counter, issue)
    subject = issue.about_cases(bench.parts.accept.accept(bench.parts.ready()).cases)
    ink = Signature((tuple(Point(20.0 * n, 40.0, 0.5, 10 * n) for n in range(20)),), 640, 200, "pen")
    signed = sign.sign(subject, sign.show(PaperKind.MATERIAL_RECEIPT, subject), ink)
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed.pdf)
    bench.verify.open()
    bench.verify.check_file(file)
    assert bench.verdict() == "窗口出具，未经改动"
    assert "看过这份文书后所签" in bench.rows()
    file.write_bytes(signed.pdf + b"%")
    bench.verify.check_file(file)
    bench.qtbot.waitUntil(lambda: bench.label("verify_verdict") == "文书的签字不成立", timeout=WAIT)
    assert "不是当事人" in bench.rows()
