"""Each import rule is broken once, in a copy of the tree, and lint-imports must name it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("app", "widgets", "devices", "offline_db", "resources")

LAYERS = "Layers of the workstation"
CIRCLES = "No circles between the parts of a package"
DOMAIN = "app.domain sees the standard library only"
WIDGETS = "widgets sees Qt, app.domain and resources only"
DEVICES = "devices knows nothing of the workstation"
STORE = "offline_db knows nothing of the workstation"
RESOURCES = "resources holds data, found through the standard library"
QT = "Qt only in widgets, presenters, workers and the start of the CLI"
SQL = "SQL only in the store and in the reference gateway"
HARDWARE = "Hardware only through devices"


def copy_to(tree: Path) -> Path:
    """The Python files of the packages and the rules, nothing else."""
    for package in PACKAGES:
        for source in (ROOT / package).rglob("*.py"):
            target = tree / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    shutil.copy(ROOT / ".importlinter", tree)
    rules = tree / "tests" / "architecture"
    rules.mkdir(parents=True)
    shutil.copy(ROOT / "tests/architecture/only_contract.py", rules)
    return tree


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([program], cwd=tree, capture_output=True, text=True, timeout=100, check=False)


def broken_rules(done: subprocess.CompletedProcess[str]) -> set[str]:
    return set(re.findall(r"^(.+?) BROKEN\b", done.stdout, re.M))


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy for all: the tool reads only what changed since it read it last."""
    return copy_to(tmp_path_factory.mktemp("copy"))


@pytest.fixture(scope="module")
def untouched(tree: Path) -> subprocess.CompletedProcess[str]:
    """What the tool says of the tree as it is."""
    return lint(tree)


@pytest.fixture
def copy(tree: Path, untouched: subprocess.CompletedProcess[str]) -> Iterator[Path]:
    """The copy, to be broken; put in order again afterwards."""
    before = {file: file.read_bytes() for file in tree.rglob("*.py")}
    yield tree
    for file in tree.rglob("*.py"):
        if file not in before:
            file.unlink()
        elif file.read_bytes() != before[file]:
            file.write_bytes(before[file])
    for folder in sorted((f for f in tree.rglob("*") if f.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def add(tree: Path, module: str, text: str) -> None:
    """Write a module and the packages above it."""
    file = tree / (module.replace(".", "/") + ".py")
    for folder in reversed(file.relative_to(tree).parents[:-1]):
        (tree / folder).mkdir(exist_ok=True)
        (tree / folder / "__init__.py").touch()
    file.write_text(text + "\n", "utf-8")


def test_the_tree_keeps_the_rules(untouched: subprocess.CompletedProcess[str]) -> None:
    assert untouched.returncode == 0, untouched.stdout
    assert "0 broken" in untouched.stdout


@pytest.mark.parametrize(
    ("modules", "broken"),
    [
        # Upwards.
        ({"app.domain.zz": "import app.forms.zz", "app.forms.zz": ""}, {LAYERS, DOMAIN}),
        ({"app.forms.zz": "import app.services.zz", "app.services.zz": ""}, {LAYERS}),
        ({"app.services.zz": "import app.presenters.zz", "app.presenters.zz": ""}, {LAYERS}),
        ({"app.presenters.zz": "import app.bootstrap", "app.bootstrap": ""}, {LAYERS}),
        # Sideways where siblings do not see each other.
        ({"app.services.zz": "import app.workers.zz", "app.workers.zz": ""}, {LAYERS}),
        ({"app.services.zz": "import widgets.zz", "widgets.zz": ""}, {LAYERS}),
        ({"app.server.zz": "import devices.zz", "devices.zz": ""}, {LAYERS}),
        ({"offline_db.zz": "import devices.zz", "devices.zz": ""}, {LAYERS, STORE}),
        # Siblings that may see each other, but not in a circle.
        ({"app.documents.zz": "import app.licences.zz", "app.licences.zz": ""}, set()),
        (
            {
                "app.materials.zz": "import app.identity.zz",
                "app.identity.zz": "import app.materials.yy",
                "app.materials.yy": "",
            },
            {CIRCLES},
        ),
        ({"devices.yy.a": "import devices.zz.a", "devices.zz.a": "import devices.yy.b", "devices.yy.b": ""}, {CIRCLES}),
        # What a package may see at all.
        ({"app.domain.zz": "import numpy"}, {DOMAIN}),
        ({"app.domain.zz": "import resources"}, {DOMAIN}),
        ({"app.domain.zz": "from __future__ import annotations\nimport sqlite3"}, set()),
        ({"widgets.zz": "import app.forms.zz", "app.forms.zz": ""}, {WIDGETS}),
        ({"widgets.zz": "import devices.base"}, {WIDGETS}),
        ({"widgets.zz": "import offline_db"}, {WIDGETS}),
        ({"widgets.zz": "import app.server.zz", "app.server.zz": ""}, {WIDGETS}),
        ({"widgets.zz": "import sqlalchemy"}, {WIDGETS, SQL}),
        ({"widgets.zz": "import PyQt6.QtCore\nimport app.domain.case\nimport resources"}, set()),
        ({"devices.zz": "def f():\n    import app.forms.zz", "app.forms.zz": ""}, {DEVICES, LAYERS}),
        ({"devices.zz": "import app.domain.person\nimport cv2\nimport resources"}, set()),
        ({"offline_db.zz": "import app.forms.zz", "app.forms.zz": ""}, {STORE, LAYERS}),
        ({"resources.zz": "import yaml"}, {RESOURCES}),
        # Who may use a library.
        ({"app.services.zz": "from PyQt6.QtCore import QObject"}, {QT}),
        ({"app.catalog.zz": "import PyQt6"}, {QT}),
        ({"app.workers.zz": "import PyQt6.QtCore", "app.presenters.zz": "import PyQt6.QtCore"}, set()),
        ({"app.services.zz": "import sqlalchemy.orm"}, {SQL}),
        ({"app.sync.zz": "import sqlcipher3"}, {SQL}),
        ({"app.services.zz": "import serial"}, {HARDWARE}),
        ({"app.identity.zz": "import smartcard"}, {HARDWARE}),
        ({"app.services.zz": "import usb"}, {HARDWARE}),
    ],
    ids=lambda value: (
        "; ".join(f"{name}: {text[-40:]}" for name, text in value.items()) if isinstance(value, dict) else ""
    ),
)
def test_a_broken_rule_is_named(
    copy: Path, untouched: subprocess.CompletedProcess[str], modules: dict[str, str], broken: set[str]
) -> None:
    for name, text in modules.items():
        add(copy, name, text)
    done = lint(copy)
    named = broken_rules(done)
    assert broken <= named, done.stdout
    # Nothing else may break either, or the case would prove less than it says; an import upwards may close a circle.
    also = {CIRCLES} if LAYERS in broken else set()
    assert named <= broken | also | broken_rules(untouched), done.stdout
    assert done.returncode == (1 if named else 0)
