"""Each check of `yichuang doctor` is shown the thing it watches for."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import pytest

from app import doctor
from app.doctor import Check, Machine
from app.documents.fonts import FontChain, load_fonts


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A Linux machine with nothing attached."""
    return Machine(
        profile=tmp_path,
        env={},
        platform="linux",
        root=tmp_path,
        load=lambda name: object(),
        run=lambda command: "",
        groups=frozenset(),
        superuser=False,
        may_use=lambda path: True,
        free_bytes=lambda path: 10 * 1024**3,
    )


def refuse(*missing: str) -> Callable[[str], Any]:
    def load(name: str) -> object:
        if name in missing:
            raise OSError(f"{name}: cannot open shared object file")
        return object()

    return load


def test_every_check_answers_on_this_machine() -> None:
    found = doctor.checks()
    assert len({check.name for check in found}) == len(found) >= 15
    for check in found:
        assert check.detail, check
        assert (check.ok is True) == (check.todo == ""), check
    by_name = {check.name: check for check in found}
    for needed in (
        "Python",
        "Qt 基础库",
        "屏幕字体",
        "文书字体",
        "扫码库 zxing-cpp",
        "扫码库 zbar",
        "图像库 OpenCV",
        "加密数据库",
    ):
        assert by_name[needed].ok, by_name[needed]


def test_the_doctor_starts_no_qt() -> None:
    code = (
        "import sys; from app.doctor import checks; checks();"
        "print(sorted(m for m in sys.modules if m.startswith('PyQt6.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("check", "library", "package"),
    [
        (check, library, package)
        for check, wanted in (
            (doctor.qt_libraries, doctor.QT_LIBRARIES),
            (doctor.xcb_libraries, doctor.XCB_LIBRARIES),
        )
        for library, package in wanted.items()
    ],
)
def test_a_missing_library_names_its_package(
    machine: Machine, check: Callable[[Machine], Check], library: str, package: str
) -> None:
    assert check(machine).ok
    found = check(replace(machine, load=refuse(library)))
    assert not found.ok
    assert library in found.detail
    assert found.todo == f"apt-get install {package}"


def test_every_package_named_is_on_the_list_of_make() -> None:
    listed = Path(__file__).parents[2].joinpath(".ci/apt-packages.txt").read_text("utf-8")
    names = {line.split()[0] for line in listed.splitlines() if line and not line.startswith("#")}
    assert {*doctor.QT_LIBRARIES.values(), *doctor.XCB_LIBRARIES.values()} <= names
    assert {"libzbar0", "fontconfig", "fonts-lxgw-wenkai", "fonts-wqy-microhei", "gnome-keyring", "postgresql"} <= names


def test_libraries_load_for_real() -> None:
    found = doctor.qt_libraries(Machine(load=ctypes.CDLL))
    assert found.ok, found


def test_display(machine: Machine) -> None:
    none = doctor.display(machine)
    assert none.ok is None
    assert none.todo
    assert doctor.display(replace(machine, env={"WAYLAND_DISPLAY": "wayland-0"})).ok
    dead = doctor.display(replace(machine, env={"DISPLAY": ":987"}, load=ctypes.CDLL))
    assert dead.ok is False
    assert ":987" in dead.detail


@pytest.mark.parametrize(
    ("listed", "ok", "said"), [("Noto Sans CJK SC\nLXGW WenKai\n", True, "LXGW WenKai"), ("\n", False, "㛃𠮷䶮𬭚")]
)
def test_screen_fonts(machine: Machine, listed: str, ok: bool, said: str) -> None:
    asked: list[Sequence[str]] = []

    def run(command: Sequence[str]) -> str:
        asked.append(command)
        return listed

    found = doctor.screen_fonts(replace(machine, run=run))
    assert found.ok is ok
    assert said in found.detail
    assert ("fonts-noto-cjk" in found.todo) is not ok
    assert asked[0][-1] == ":charset=36c3 20bb7 4dae 2cb5a"


def test_screen_fonts_without_fontconfig(machine: Machine) -> None:
    def run(command: Sequence[str]) -> str:
        raise FileNotFoundError("fc-list")

    found = doctor.screen_fonts(replace(machine, run=run))
    assert not found.ok
    assert "fontconfig" in found.todo


def test_paper_fonts_lacking_rare_characters() -> None:
    complete = load_fonts()
    assert doctor.judge_paper_fonts(complete).ok
    hei = FontChain([file for file in complete.receipt.files if "wqy" in file.path.name])
    found = doctor.judge_paper_fonts(replace(complete, receipt=hei))
    assert not found.ok
    assert found.detail == "小票缺 㛃𠮷䶮𬭚"
    assert "fonts-lxgw-wenkai" in found.todo


def test_no_paper_font_at_all(machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("app.documents.fonts.load_fonts", lambda: load_fonts([tmp_path]))
    found = next(check for check in doctor.checks(machine) if check.name == "文书字体")
    assert found.ok is False
    assert "字体" in found.detail
    assert "fonts-lxgw-wenkai" in found.todo


@pytest.mark.parametrize(
    "error", [ImportError("Unable to find zbar shared library"), OSError("libxcb.so.1: not found")]
)
def test_zbar_that_cannot_be_loaded(machine: Machine, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(name: str) -> None:
        raise error

    assert doctor.zbar(machine).ok
    monkeypatch.setattr("importlib.import_module", fail)
    assert doctor.zbar(machine) == Check("扫码库 zbar", False, str(error), "apt-get install libzbar0")


@pytest.mark.parametrize(
    ("version", "gui", "packages"),
    [
        ("5.0.0", "NONE", ["opencv-python-headless"]),
        ("4.14.0", "QT5", ["opencv-python-headless"]),
        ("4.14.0", "NONE", ["opencv-python", "opencv-python-headless"]),
    ],
)
def test_a_wrong_opencv_is_found(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, version: str, gui: str, packages: list[str]
) -> None:
    monkeypatch.setattr(cv2, "__version__", version)
    monkeypatch.setattr(cv2, "getBuildInformation", lambda: f"  GUI:          {gui}\n")
    monkeypatch.setattr(
        "importlib.metadata.distributions", lambda: [SimpleNamespace(name=name) for name in ("pip", *packages)]
    )
    found = doctor.opencv(machine)
    assert not found.ok
    assert "opencv-python-headless" in found.todo


def test_the_package_s_opencv_without_any_windows_is_well(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv2, "__version__", "4.14.0")
    monkeypatch.setattr(cv2, "getBuildInformation", lambda: "  Media I/O:\n")
    monkeypatch.setattr("importlib.metadata.distributions", lambda: [SimpleNamespace(name="opencv-python-headless")])
    assert doctor.opencv(machine).ok


def test_sqlite() -> None:
    assert doctor.judge_sqlite((3, 51, 3), "4.19.0 community").ok
    assert not doctor.judge_sqlite((3, 51, 2), "4.19.0 community").ok
    assert not doctor.judge_sqlite((3, 53, 4), "").ok


def backend(module: str, name: str, **attributes: object) -> object:
    return type(name, (), {"__module__": module, **attributes})()


def test_keyring() -> None:
    secret_service = backend("keyring.backends.SecretService", "Keyring")
    plaintext = backend("keyrings.alt.file", "PlaintextKeyring")
    assert doctor.judge_keyring(secret_service).ok
    assert doctor.judge_keyring(backend("keyring.backends.chainer", "ChainerBackend", backends=[secret_service])).ok
    for unsafe in (
        backend("keyring.backends.fail", "Keyring"),
        backend("keyring.backends.null", "Keyring"),
        backend("keyring.backends.chainer", "ChainerBackend", backends=[]),
        plaintext,
        backend("keyring.backends.chainer", "ChainerBackend", backends=[secret_service, plaintext]),
    ):
        found = doctor.judge_keyring(unsafe)
        assert not found.ok, found
        assert found.todo
    assert "明文" in doctor.judge_keyring(plaintext).detail


def test_a_broken_driver_is_named(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ImportError("no vendor library")

    points = [
        SimpleNamespace(name="sdt", value="a:b", load=lambda: None),
        SimpleNamespace(name="vendor", value="c:d", load=fail),
    ]

    class Points(list[SimpleNamespace]):
        @property
        def names(self) -> set[str]:
            return {point.name for point in self}

    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: Points(points))
    found = doctor.drivers(machine)
    assert not found.ok
    assert "vendor" in found.detail
    assert "sdt" not in found.detail
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: Points())
    assert not doctor.drivers(machine).ok


def test_serial_ports(machine: Machine) -> None:
    idle = doctor.serial_ports(machine)
    assert idle.ok is None
    assert doctor.serial_ports(replace(machine, groups=frozenset({"dialout"}))).ok
    assert doctor.serial_ports(replace(machine, superuser=True)).ok
    (machine.root / "dev").mkdir()
    (machine.root / "dev" / "ttyUSB0").touch()
    assert doctor.serial_ports(machine).detail == "ttyUSB0"
    closed = doctor.serial_ports(replace(machine, may_use=lambda path: False))
    assert closed.ok is False
    assert "ttyUSB0" in closed.detail
    assert "dialout" in closed.todo


def test_cameras(machine: Machine) -> None:
    assert doctor.cameras(machine).ok is None
    (machine.root / "dev").mkdir()
    (machine.root / "dev" / "video0").touch()
    assert doctor.cameras(machine).ok
    closed = doctor.cameras(replace(machine, may_use=lambda path: False))
    assert closed.ok is False
    assert "video" in closed.todo


def test_disk_space(machine: Machine) -> None:
    # The profile's folder may not be there yet: its nearest parent is asked.
    asked: list[Path] = []

    def free(folder: Path) -> int:
        asked.append(folder)
        return doctor.FREE_SPACE_NEEDED

    assert doctor.disk_space(replace(machine, profile=machine.root / "a" / "b", free_bytes=free)).ok
    assert asked == [machine.root]
    full = doctor.disk_space(replace(machine, free_bytes=lambda path: doctor.FREE_SPACE_NEEDED - 1))
    assert not full.ok
    assert "2 GB" in full.todo


def test_postgresql(machine: Machine) -> None:
    absent = doctor.postgresql(machine)
    assert (absent.ok, absent.todo) == (None, "apt-get install postgresql")
    program = machine.root / "usr/lib/postgresql/15/bin/postgres"
    program.parent.mkdir(parents=True)
    program.touch()
    assert doctor.postgresql(machine).detail == "15"


def test_a_check_that_breaks_hides_no_other(machine: Machine) -> None:
    def run(command: Sequence[str]) -> str:
        raise RuntimeError("out of order")

    found = doctor.checks(replace(machine, run=run))
    broken = [check for check in found if "out of order" in check.detail]
    assert [(check.name, check.ok) for check in broken] == [("屏幕字体", False)]
    assert len(found) == len(doctor.checks(machine))


def test_only_what_is_needed_makes_it_say_no() -> None:
    good, bad = Check("a", True, "x"), Check("b", False, "x", "y")
    assert doctor.all_well([good, replace(bad, ok=None)])
    assert not doctor.all_well([good, bad])
