"""Every word on the screen can be read in English, and none is written past the translator."""

from __future__ import annotations

import ast
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import gallery
import pytest
from PyQt6.lupdate import lupdate
from PyQt6.QtCore import QCoreApplication
from PyQt6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import app.presenters
import resources
import widgets
from app.domain.errors import EnvironmentProblem
from widgets.i18n import TsTranslator, install_translator, language, pick
from widgets.window import MainWindow

ENGLISH = resources.path("i18n/yichuang_en.ts")
SOURCES = [Path(widgets.__file__).parent, Path(app.presenters.__file__).parent]
FILES = sorted(file for folder in SOURCES for file in folder.rglob("*.py"))
HAN = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff01-\uff60]")


def entries(file: Path) -> dict[tuple[str, str], str]:
    """(context, source) -> translation; "" where it is unfinished."""
    found = {}
    for context in ET.parse(file).getroot().iter("context"):  # noqa: S314
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            done = translation.get("type") is None
            key = context.findtext("name", ""), message.findtext("source", "")
            found[key] = (translation.text or "") if done else ""
    return found


def test_every_text_has_its_english(tmp_path: Path) -> None:
    """What pylupdate6 finds in the sources now is what the file translates, no more and no less."""
    fresh = tmp_path / "fresh.ts"
    lupdate([str(folder) for folder in SOURCES], [str(fresh)], no_obsolete=True, no_summary=True)
    known = entries(ENGLISH)
    assert len(known) > 280
    assert set(entries(fresh)) == set(known)
    assert [key for key, text in known.items() if not text.strip()] == []


def test_an_untranslated_text_would_be_found(tmp_path: Path) -> None:
    shutil.copy(ENGLISH, tmp_path / "en.ts")
    (tmp_path / "more.py").write_text(
        'class Some:\n    def f(self):\n        return self.tr("新的词")\n', encoding="utf-8"
    )
    lupdate([str(tmp_path / "more.py")], [str(tmp_path / "en.ts")], no_summary=True)
    assert entries(tmp_path / "en.ts")["Some", "新的词"] == ""


def test_translations_are_english_and_keep_their_places() -> None:
    for (_, source), text in entries(ENGLISH).items():
        assert not HAN.search(text), text
        assert sorted(re.findall(r"\{\d\}", source)) == sorted(re.findall(r"\{\d\}", text)), source


def stray_texts(code: str) -> list[str]:
    """Chinese string literals that are no argument of tr() or translate(), and no docstring."""
    tree = ast.parse(code)
    allowed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in (
            "tr",
            "translate",
            "partition",
            "removesuffix",
            "QT_TRANSLATE_NOOP",
            "EnvironmentProblem",  # said before any translation could be read
        ):
            allowed |= {id(part) for argument in node.args for part in ast.walk(argument)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            allowed.add(id(node.value))
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and HAN.search(node.value)
        and id(node) not in allowed
    ]


SPEAKS_TO_AUTHORS = ("player.py", "player_hands.py")
"""Says what is wrong in a scenario, to who writes it."""
BEFORE_ANY_TRANSLATION = ("opening.py",)
"""Painted before a translation could be loaded: the name alone."""


@pytest.mark.parametrize(
    "file",
    [f for f in FILES if f.name not in (*SPEAKS_TO_AUTHORS, *BEFORE_ANY_TRANSLATION)],
    ids=lambda file: file.name,
)
def test_no_text_goes_past_the_translator(file: Path) -> None:
    stray = stray_texts(file.read_text(encoding="utf-8"))
    if file.parent.name == "presenters":
        # Messages of the core are joined by Chinese punctuation and translated together.
        stray = [text for text in stray if text not in ("、", "；", "：")]
    assert stray == []


def test_a_text_past_the_translator_would_be_found() -> None:
    assert stray_texts('label.setText("未译")') == ["未译"]
    assert stray_texts('label.setText(f"共 {n} 件，未译")') == ["共 ", " 件，未译"]
    assert stray_texts('label.setText(self.tr("已译"))') == []


@pytest.fixture
def english(qapp: QApplication):  # type: ignore[no-untyped-def]
    translator = install_translator(qapp, "en")
    yield
    qapp.removeTranslator(translator)


def words_on(top: QWidget) -> list[str]:
    """Every word a reader or a screen reader could meet."""
    found = []
    for widget in [top, *top.findChildren(QWidget)]:
        found += [widget.accessibleName(), widget.toolTip(), widget.windowTitle()]
        if isinstance(widget, QLabel):
            found.append(widget.text())
        elif isinstance(widget, QLineEdit):
            found.append(widget.placeholderText())
        elif hasattr(widget, "text"):
            found.append(widget.text())
    return [words for words in found if HAN.search(words)]


def test_no_chinese_is_left_in_the_english_window(english: None, qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    assert words_on(window) == []
    for dialog in gallery.dialogs().values():
        qtbot.addWidget(dialog)
    from widgets.dialogs.help import HelpDialog
    from widgets.dialogs.outbox import OutboxDialog
    from widgets.dialogs.paper import PaperPreviewDialog

    for made in (HelpDialog(), OutboxDialog(), PaperPreviewDialog()):
        qtbot.addWidget(made)
        assert words_on(made) == []


def test_titles_follow_the_language(english: None, qtbot: QtBot) -> None:
    assert language() == "en"
    assert pick("姓名", "Name") == "Name"
    assert pick("姓名", "") == "姓名"


def test_chinese_is_the_source(qapp: QApplication) -> None:
    translator = install_translator(qapp, "zh")
    try:
        assert language() == "zh"
        assert pick("姓名", "Name") == "姓名"
        assert QCoreApplication.translate("Actions", "帮助") == "帮助"
        line = QLineEdit()
        menu = line.createStandardContextMenu()
        assert menu is not None
        assert all(HAN.search(action.text()) for action in menu.actions() if not action.isSeparator())
    finally:
        qapp.removeTranslator(translator)


def test_children_use_their_parents_texts() -> None:
    """PyQt6 asks under the name of the run-time class."""
    translator = TsTranslator(ENGLISH)
    assert translator.translate("ChildOfNoticeBar", "知道了 Esc") == "OK  Esc"
    assert translator.translate("Actions", "没有这个词") is None
    assert not translator.isEmpty()


def test_a_broken_file_says_what_to_do(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ts"
    broken.write_text("<TS><context>", encoding="utf-8")
    for file in (broken, tmp_path / "absent.ts"):
        with pytest.raises(EnvironmentProblem) as told:
            TsTranslator(file)
        assert told.value.todo


def test_no_other_language(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="fr"):
        install_translator(qapp, "fr")
