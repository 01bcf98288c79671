"""What goes into the package, on each platform: held here for those that this machine is not."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from contents import (
    EXCLUDED,
    GROUP,
    Stale,
    hidden_imports,
    needed,
    own_libraries,
    registry,
    strippable,
    wanted_binary,
    wanted_data,
)
from running import ROOT

PROJECT = ROOT / "pyproject.toml"
HEAD = f'[project.entry-points."{GROUP}"]\n'


def point(name: str, value: str) -> EntryPoint:
    return EntryPoint(name, value, GROUP)


def test_every_driver_of_the_registry_goes_along_vendors_included(tmp_path: Path) -> None:
    project = tmp_path / "pyproject.toml"
    project.write_text(HEAD + 'sdt = "devices.drivers.identity.sdt:open_driver"\n', "utf-8")
    found = [point("sdt", "devices.drivers.identity.sdt:open_driver"), point("acme", "acme_reader:open_driver")]
    assert registry(project, found) == tuple(found)
    for platform in ("linux", "win32", "darwin"):
        assert {"devices.drivers.identity.sdt", "acme_reader"} <= set(hidden_imports(found, platform))


@pytest.mark.parametrize("installed", [[], [point("sdt", "devices.drivers.old_sdt:open_driver")]])
def test_a_registry_that_lags_behind_the_project_stops_the_build(tmp_path: Path, installed: list[EntryPoint]) -> None:
    project = tmp_path / "pyproject.toml"
    project.write_text(HEAD + 'sdt = "devices.drivers.identity.sdt:open_driver"\n', "utf-8")
    with pytest.raises(Stale, match="sdt"):
        registry(project, installed)


def test_the_installed_registry_is_whole_and_its_modules_are_there() -> None:
    for found in registry(PROJECT):
        assert ROOT.joinpath(*found.module.split(".")).with_suffix(".py").is_file() or found.dist.name != "yichuang"


@pytest.mark.parametrize(
    ("platform", "own", "others"),
    [
        ("linux", "keyring.backends.SecretService", "keyring.backends.Windows"),
        ("win32", "keyring.backends.Windows", "keyring.backends.SecretService"),
        ("darwin", "keyring.backends.macOS", "keyring.backends.Windows"),
    ],
)
def test_each_platform_has_its_own_keyring(platform: str, own: str, others: str) -> None:
    names = hidden_imports([], platform)
    assert own in names
    assert others not in names
    assert not set(names) & set(EXCLUDED)


@pytest.mark.parametrize(
    ("name", "platform", "wanted"),
    [
        ("PyQt6/Qt6/plugins/platforms/libqxcb.so", "linux", True),
        ("PyQt6/Qt6/plugins/platforms/libqoffscreen.so", "linux", True),
        ("PyQt6/Qt6/plugins/platforms/libqvnc.so", "linux", False),
        ("PyQt6/Qt6/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so", "linux", True),
        ("PyQt6/Qt6/plugins/multimedia/libffmpegmediaplugin.so", "linux", False),
        ("PyQt6/Qt6/plugins/egldeviceintegrations/libqeglfs-x11-integration.so", "linux", False),
        ("PyQt6\\Qt6\\plugins\\platforms\\qwindows.dll", "win32", True),
        ("PyQt6\\Qt6\\plugins\\styles\\qmodernwindowsstyle.dll", "win32", True),
        ("PyQt6\\Qt6\\plugins\\multimedia\\ffmpegmediaplugin.dll", "win32", False),
        ("libsane.so.1", "linux", False),
        ("libcups.so.2", "linux", False),
        ("libkrb5.so.3", "linux", False),
        ("psycopg_binary.libs/libkrb5-f18b4d11.so.3.3", "linux", True),
        ("libfreetype.so.6", "linux", False),
        ("pillow.libs/libfreetype-557f805b.so.6.20.6", "linux", True),
        ("libzbar.so.0", "linux", True),
        ("PyQt6/Qt6/lib/libQt6Core.so.6", "linux", True),
        ("cv2/cv2.abi3.so", "linux", True),
        ("shapely.libs/libgeos_c-ac38a227.so.1.20.5", "linux", False),
        ("shapely.libs\\geos_c-a94c4bfd.dll", "win32", False),
    ],
)
def test_plug_ins_that_no_window_needs_stay_out(name: str, platform: str, wanted: bool) -> None:
    assert wanted_binary(name, platform) is wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("PyQt6/Qt6/translations/qtbase_zh_CN.qm", True),
        ("PyQt6/Qt6/translations/qtbase_de.qm", False),
        ("PyQt6\\Qt6\\translations\\qtbase_de.qm", False),
        ("yichuang-0.1.0.dist-info/entry_points.txt", True),
        ("yichuang-0.1.0.dist-info/direct_url.json", False),
        ("yichuang.egg-info/PKG-INFO", True),
        ("yichuang.egg-info/SOURCES.txt", False),
        ("pypinyin/core.pyi", False),
        ("numpy/tests/data/a.npy", False),
        ("resources/i18n/yichuang_en.ts", True),
        ("rapidocr/models/PP-OCRv6_det_small.onnx", True),
        ("shapely.libs\\geos_c-a94c4bfd.dll", False),
    ],
)
def test_data_of_others_tests_and_the_build_machines_paths_stay_out(name: str, wanted: bool) -> None:
    assert wanted_data(name) is wanted


def test_a_library_that_only_a_left_out_plug_in_needs_goes_too() -> None:
    links = {
        "/q/libqxcb.so": ["libQt6XcbQpa.so.6"],
        "/q/libQt6XcbQpa.so.6": ["libQt6Gui.so.6"],
        "/q/libffmpeg.so": ["libavcodec.so.61"],
        "/m/QtGui.abi3.so": ["libQt6Gui.so.6"],
    }
    entries = [
        ("PyQt6/QtGui.abi3.so", "/m/QtGui.abi3.so", "EXTENSION"),
        ("PyQt6/Qt6/plugins/platforms/libqxcb.so", "/q/libqxcb.so", "BINARY"),
        ("PyQt6/Qt6/lib/libQt6XcbQpa.so.6", "/q/libQt6XcbQpa.so.6", "BINARY"),
        ("PyQt6/Qt6/lib/libQt6Gui.so.6", "/q/libQt6Gui.so.6", "BINARY"),
        ("PyQt6/Qt6/lib/libavcodec.so.61", "/q/libavcodec.so.61", "BINARY"),
        ("libQt6Gui.so.6", "PyQt6/Qt6/lib/libQt6Gui.so.6", "SYMLINK"),
        ("libavcodec.so.61", "PyQt6/Qt6/lib/libavcodec.so.61", "SYMLINK"),
        ("libzbar.so.0", "/s/libzbar.so.0", "BINARY"),
    ]
    kept = [entry[0] for entry in needed(entries, lambda file: links.get(file, []))]
    assert kept == [
        "PyQt6/QtGui.abi3.so",
        "PyQt6/Qt6/plugins/platforms/libqxcb.so",
        "PyQt6/Qt6/lib/libQt6XcbQpa.so.6",
        "PyQt6/Qt6/lib/libQt6Gui.so.6",
        "libQt6Gui.so.6",
        "libzbar.so.0",
    ]


def test_windows_libraries_are_found_whatever_their_letters() -> None:
    entries = [
        ("PyQt6\\QtCore.pyd", "QtCore.pyd", "EXTENSION"),
        ("PyQt6\\Qt6\\bin\\Qt6Core.dll", "Qt6Core.dll", "BINARY"),
        ("VCRUNTIME140.dll", "VCRUNTIME140.dll", "BINARY"),
        ("avcodec-61.dll", "avcodec-61.dll", "BINARY"),
    ]
    links = {"QtCore.pyd": ["QT6CORE.dll", "KERNEL32.dll"]}
    kept = [entry[0] for entry in needed(entries, lambda file: links.get(file, []))]
    assert kept == ["PyQt6\\QtCore.pyd", "PyQt6\\Qt6\\bin\\Qt6Core.dll", "VCRUNTIME140.dll"]


def test_libraries_opened_by_name_must_be_there_where_no_wheel_brings_them() -> None:
    assert own_libraries("win32", lambda name: None) == []
    assert own_libraries("linux", "/lib/lib{}.so".format) == [("/lib/libzbar.so", "."), ("/lib/libusb-1.0.so", ".")]
    with pytest.raises(SystemExit, match="zbar"):
        own_libraries("linux", lambda name: None)


def test_only_modules_are_stripped_and_only_on_linux() -> None:
    assert strippable("_sqlite3.cpython-311-x86_64-linux-gnu.so", "linux")
    assert strippable("_sqlite3.cpython-311-aarch64-linux-gnu.so", "linux")
    assert strippable("QtCore.abi3.so", "linux")
    assert strippable("libpython3.11.so.1.0", "linux")
    assert not strippable("libscipy_openblas64_-32a4b2a6.so", "linux")
    assert not strippable("_sqlite3.cpython-311-darwin.so", "darwin")
