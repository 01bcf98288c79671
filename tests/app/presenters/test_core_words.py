"""Everything the core says to a clerk has its English, and the English says the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_parts import shipped
from PyQt6.QtCore import QCoreApplication
from PyQt6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

import app
from app.domain.clock import SystemClock
from app.domain.errors import EnvironmentProblem, Refused
from app.domain.item import Catalog
from app.presenters import core_words as module
from app.presenters.core_words import CoreWords, catalogue_names, install_core_words, load_templates
from app.presenters.desk import Desk
from app.workers.tasks import TaskRunner
from widgets.i18n import core_words, install_translator
from widgets.notice import NoticeBar
from widgets.views import Tone

ROOT = Path(app.__file__).parents[1]
HAN = re.compile(r"[\u3400-\u9fff]")
PLACE = re.compile(r"\{\d*\}")
SPEAKING = (
    "app/domain",
    "app/forms",
    "app/identity",
    "app/licences",
    "app/materials",
    "app/server",
    "app/services",
    "app/sync",
    "app/workers",
    "devices",
    "offline_db",
)
"""What speaks to the clerk. app.documents writes papers, which are Chinese; the rest speaks to administrators."""

UPDATES = ("app/updates/manifest.py", "app/updates/stage.py")

ARCHIVES = tuple(f"app/archive/{name}.py" for name in ("check", "container", "errors", "sealed", "unseal"))
"""What of the archive packages speaks to the clerk; the rest writes them, which are Chinese."""

PAPER_TROUBLE = (
    "app/documents/content.py",
    "app/documents/fonts.py",
    "app/documents/glyphs.py",
    "app/documents/missing.py",
    "app/documents/painter.py",
    "app/documents/preview.py",
    "app/documents/official/blank.py",
    "app/documents/official/forms.py",
)
"""What of the papers' making may go wrong before the clerk's eyes."""

OF_A_MIXED_FOLDER = (
    "app/batch/check.py",
    "app/batch/session.py",
    "app/batch/source.py",
    "app/catalog/guide.py",
    "app/catalog/search.py",
    "app/catalog/search_words.py",
)
"""Speaks to the clerk, while its neighbours write a Chinese workbook or speak to the catalogue's authors."""

CODE_TITLES = re.compile(r"01\w+ 02\w+ .*")
"""A code list, 01汉 02蒙古 …: titles of codes stay Chinese."""


def sources() -> list[Path]:
    found = [file for folder in SPEAKING for file in (ROOT / folder).rglob("*.py")]
    found += [ROOT / name for name in PAPER_TROUBLE + ARCHIVES + UPDATES + OF_A_MIXED_FOLDER]
    return sorted(f for f in found if "emulators" not in f.parts)


def messages(code: str) -> Iterator[str]:
    """The Chinese literals of a source as templates: what an f-string puts in becomes {0}, {1} …

    Docstrings and regular expressions are no messages.
    """
    tree = ast.parse(code)
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            passed |= {id(part) for part in node.values}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            passed |= {id(part) for part in ast.walk(node)}
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.JoinedStr):
            places = iter(range(len(node.values)))
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else f"{{{next(places)}}}" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        if id(node) not in passed and HAN.search(text) and not CODE_TITLES.match(text):
            yield text


def test_every_message_of_the_core_has_its_english() -> None:
    """Add what this lists to resources/i18n/core_en.yaml."""
    templates = load_templates()
    said = [(file, text) for file in sources() for text in messages(file.read_text(encoding="utf-8"))]
    assert len(said) > 450
    assert [f"{file.relative_to(ROOT)}: {text}" for file, text in said if text not in templates] == []


def test_a_message_without_english_would_be_found() -> None:
    code = '"""文档。"""\nimport re\nx = re.compile("年")\nraise Refused("新的错", f"有 {len(n)} 处“{a}”不对")\n'
    assert list(messages(code)) == ["新的错", "有 {0} 处“{1}”不对"]
    assert not {"新的错", "有 {0} 处“{1}”不对"} & set(load_templates())


def test_the_english_is_english_and_keeps_its_places() -> None:
    for chinese, english in load_templates().items():
        assert english.strip(), chinese
        assert not re.search(r"[\u3001-\u303f\uff01-\uff60]", english), english
        # 长期 is what stands in the field.
        assert not HAN.search(english.replace("长期", "")), english
        assert sorted(PLACE.findall(chinese)) == sorted(PLACE.findall(english)), chinese
        # Between two places side by side nothing tells where one ends: they must stay together.
        for pair in re.findall(r"(?=(\{\d\}\{\d\}))", chinese):
            assert pair in english, chinese


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return shipped()[0]


@pytest.fixture(scope="module")
def words(catalog: Catalog) -> CoreWords:
    return CoreWords(load_templates(), catalogue_names(catalog))


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("还没有选择事项（F3）", "No item has been chosen (F3)"),
        ("请填写使用面积", "Please fill in: Area"),
        ("使用面积不能小于 10 平方米", "Area: must not be less than 10 m²"),
        ("材料未交：公共场所平面布局图", "Material missing: Floor plan of the public place"),
        (
            "材料未交：公共场所平面布局图；还没有选择事项（F3）",
            "Material missing: Floor plan of the public place; No item has been chosen (F3)",
        ),
        (
            "湖州市市场监督管理局、湖州市卫生健康委员会",
            "Huzhou Administration for Market Regulation, Huzhou Health Commission",
        ),
        (
            "已核验《不动产权证书》电子证照，签发：Somebody，签名有效（离线，信任名单 2026-11-21）",
            'Verified e-licence "Real estate certificate", issued by Somebody, '
            "signature valid (offline, trust list of 2026-11-21)",
        ),
        (
            "20 个工作日内补交，最迟 2026-12-18（2027 年放假安排尚未发布，暂按周一至周五推算）",
            "To follow within 20 working days, by 2026-12-18 "
            "(the holidays of 2027 are not yet announced; Monday to Friday assumed)",
        ),
        ("找不到设备 /dev/ttyUSB0，请检查连接线和电源", "device /dev/ttyUSB0 not found; check its cable and power"),
        ("“x://y”的参数 baud 应在 1–2 之间。", '"x://y" needs a value within 1–2 for its option baud.'),
        ("签发者不在信任名单（密钥标识 ab12）", "The issuer is not on the trust list (key identifier ab12)"),
    ],
)
def test_messages_in_english(words: CoreWords, chinese: str, english: str) -> None:
    assert words.say(chinese) == english


@pytest.mark.parametrize(
    "text", ["张伟", "㛃𠮷䶮𬭚", "彩色效果图，反映招牌与所在建筑立面、相邻招牌的关系", "Ready", ""]
)
def test_what_has_no_english_stays_as_it_is(words: CoreWords, text: str) -> None:
    assert words.say(text) == text


def test_data_in_a_message_stay_as_they_are(words: CoreWords) -> None:
    assert words.say("“𠮷祥店”可以指甲，请选定一项") == '"𠮷祥店" may mean 甲; choose one'


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text", ["、：（）；" * 400, "已核验《" * 500, "（信任名单 " * 300 + "）" * 300, "第 行：" * 500]
)
def test_a_hostile_text_takes_no_time(words: CoreWords, text: str) -> None:
    """A licence's title comes from a stranger's phone."""
    assert words.say(text)


def test_a_name_means_one_thing(catalog: Catalog) -> None:
    """Names of departments, items, bundles and materials are looked up by themselves: no two English for one."""
    named: dict[str, set[str]] = {}
    for thing in (*catalog.items.values(), *catalog.bundles.values(), *catalog.departments.values()):
        named.setdefault(thing.name, set()).add(thing.name_en)
    for item in catalog.items.values():
        for use in item.materials:
            named.setdefault(use.name, set()).add(use.name_en)
    assert {name: english for name, english in named.items() if len(english) > 1 or "" in english} == {}


@pytest.fixture
def english(qapp: QApplication, catalog: Catalog) -> Iterator[None]:
    translators = [install_translator(qapp, "en"), install_core_words(qapp, catalog)]
    yield
    for translator in translators:
        qapp.removeTranslator(translator)


def test_asked_through_qt(english: None) -> None:
    assert core_words("户外招牌设置备案") == "Filing of an outdoor signboard"
    assert core_words("") == ""
    assert QCoreApplication.translate("Words", "就绪") == "ready", "other contexts are other translators' business"


def test_the_notice_tells_what_happened_from_what_to_do(english: None, qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    desk = Desk(SystemClock(), TaskRunner(), bar)
    desk.show_error(Refused("还不能受理", "还没有选择事项（F3）", "补齐后再按 F8。"))
    assert bar.title() == "Not ready to accept"
    assert bar.words() == "No item has been chosen (F3). Complete it and press F8 again."
    desk.tell(Tone.INFO, "还有问题没有回答", "《7》要先问清情形")
    assert bar.words() == 'The situation must be known for "7"'


def test_a_chinese_window_says_what_the_core_says(qapp: QApplication) -> None:
    assert core_words("户外招牌设置备案") == "户外招牌设置备案"


def test_qts_own_texts_stay(english: None, qtbot: QtBot) -> None:
    """An empty answer of a translator would blank them."""
    line = QLineEdit()
    qtbot.addWidget(line)
    menu = line.createStandardContextMenu()
    assert menu is not None
    assert all(action.text() for action in menu.actions() if not action.isSeparator())
    menu.deleteLater()


def test_a_broken_table_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.resources, "path", lambda name: tmp_path / name)
    (tmp_path / "i18n").mkdir()
    for broken in ("- a list", "{", None):
        if broken is not None:
            (tmp_path / "i18n/core_en.yaml").write_text(broken, encoding="utf-8")
        else:
            (tmp_path / "i18n/core_en.yaml").unlink()
        with pytest.raises(EnvironmentProblem) as told:
            load_templates()
        assert told.value.todo
