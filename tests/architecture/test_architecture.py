"""The shape of the tree: what a reader may rely on without looking."""

from __future__ import annotations

import configparser
import importlib.metadata
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PACKAGES = {"app", "widgets", "devices", "offline_db", "resources"}
LINES = 420
"""About 400; twenty lines of grace, or the last reviewer of a file would cut reasons out of its comments."""

LONGER: dict[str, str] = {
    "app/presenters/screen.py": "the window's composition root: what is made and who hears whom is seen in one place",
    "widgets/actions.py": "one table of all that a clerk can do: keys that collide are seen side by side",
}
"""Files above that and why each is still one thing."""

# Written in pieces, so that this file does not find itself.
_HOSTS = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "deb" + ".debian.org", "snapshot" + ".debian.org")
FORBIDDEN = {
    "a registry's host": re.compile("|".join(map(re.escape, _HOSTS))),
    "an index option": re.compile("--(extra-)?" + "index-url|--find" + "-links"),
    "a package file's address": re.compile(r"https?://[^ \"'>)]+\.(whl|tar\.gz|tgz|deb)\b"),
    "a path of one machine": re.compile(r"(^|[^A-Za-z0-9._~$}/-])/(root|home|work|opt)" + "/"),
}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=60,
    ).stdout.decode()
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def pyproject() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def offences(name: str, text: str) -> list[str]:
    """Lines that bind the tree to one machine or one registry."""
    return [
        f"{name}:{number}: {what}: {line.strip()[:80]}"
        for number, line in enumerate(text.splitlines(), 1)
        for what, pattern in FORBIDDEN.items()
        if pattern.search(line)
    ]


def test_no_file_is_too_long() -> None:
    counts = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in tracked()
        if path.suffix == ".py"
    }
    long = {name: lines for name, lines in counts.items() if lines > LINES and name not in LONGER}
    assert not long, "split these, or say in LONGER why each is still one thing"
    settled = {name for name in LONGER if counts.get(name, LINES + 1) <= LINES}
    assert not settled, "these need no exception any more"


def test_no_registry_host_or_machine_path() -> None:
    found = []
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data[:8000]:
            found += offences(str(path.relative_to(ROOT)), data.decode("utf-8", "replace"))
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("--" + "index-url http://x", True),
        ("https://example.org/a-1.0" + ".whl", True),
        ("see https://" + _HOSTS[0] + "/project/x", True),
        ("open('/" + "home/me/x')", True),
        ("cd /" + "work/main", True),
        ("https://www.w3.org/TR/did-core/", False),
        ("tests/work/x, $HOME/root/x, ./opt/x", False),
    ],
)
def test_the_search_finds_what_it_is_for(line: str, found: bool) -> None:
    assert bool(offences("x", line)) is found


def test_no_other_import_package_at_the_top() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in tracked() if path.suffix == ".py"}
    assert {name for name in top if not name.startswith(".")} == PACKAGES | {"tests"}


def test_every_part_of_app_has_a_layer() -> None:
    rules = configparser.ConfigParser()
    rules.read(ROOT / ".importlinter", "utf-8")
    placed = set(re.findall(r"app\.(\w+)", rules["importlinter:contract:layers"]["layers"]))
    parts = {module.name for module in pkgutil.iter_modules([str(ROOT / "app")])}
    assert parts <= placed, "give each a place in .importlinter"


def test_every_entry_point_resolves() -> None:
    project = pyproject()["project"]
    assert isinstance(project, dict)
    points = [
        importlib.metadata.EntryPoint(name, value, group)
        for group, named in {"scripts": project["scripts"], **project["entry-points"]}.items()
        for name, value in named.items()
    ]
    assert len(points) >= 10
    for point in points:
        assert callable(point.load()), point


def pins(*files: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in files:
        for line in (ROOT / file).read_text("utf-8").splitlines():
            if line and not line.startswith(("#", "-r ")):
                assert re.fullmatch(r"[a-z0-9.-]+==[^ =]+", line), f"{file}: {line}"
                name, version = line.split("==")
                found[canonicalize_name(name)] = version
    return found


def test_every_dependency_is_pinned_to_a_version_that_fits() -> None:
    project = pyproject()["project"]
    assert isinstance(project, dict)
    for wanted, files in (
        (project["dependencies"], ["requirements.txt"]),
        (project["optional-dependencies"]["dev"], ["requirements.txt", "requirements-dev.txt"]),
    ):
        pinned = pins(*files)
        for requirement in map(Requirement, wanted):
            version = pinned.get(canonicalize_name(requirement.name))
            assert version, f"{requirement.name} is not pinned"
            assert requirement.specifier.contains(version), requirement


def test_the_pins_are_complete() -> None:
    """What a pinned package needs is pinned as well: nothing is left to the day of the installation."""
    for files in (["requirements.txt"], ["requirements.txt", "requirements-dev.txt"]):
        pinned = pins(*files)
        for name in pinned:
            for requirement in map(Requirement, importlib.metadata.requires(name) or []):
                needed = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
                assert not needed or canonicalize_name(requirement.name) in pinned, f"{name} needs {requirement}"


def test_one_opencv() -> None:
    assert [name for name in pins("requirements.txt", "requirements-dev.txt") if "opencv" in name] == [
        "opencv-python-headless"
    ]


def test_the_core_imports_without_qt() -> None:
    """All of app but the parts that are Qt's, and devices and offline_db, on a machine that has no Qt."""
    code = """
import importlib, pkgutil, sys
class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "PyQt6":
            raise ImportError("no Qt here: " + name)
sys.meta_path.insert(0, NoQt())
migrations = ("app.gateway.migrations", "offline_db.migrations")
skipped = ("app.presenters", "app.workers", "app.cli", "app.__main__", "app.bootstrap", *migrations)
count = 0
for top in ("app", "devices", "offline_db", "resources"):
    for module in pkgutil.walk_packages(importlib.import_module(top).__path__, top + "."):
        if not module.name.startswith(skipped):
            importlib.import_module(module.name)
            count += 1
print(count)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 20


def test_no_two_test_files_have_one_name() -> None:
    """pytest collects them as top-level modules, of which there can be one by each name."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []
