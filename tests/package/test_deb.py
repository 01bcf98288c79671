"""The Debian package: what it asks for, what it says, and that it lets data lie."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from deb import POSTRM, RECOMMENDED, Unnamed, depends, lay_out, lay_out_reading, linked_outside, manual, settle
from parts import main as parts_main
from parts import part_of, sizes
from running import ROOT

from app.cli import build_parser
from app.identity.face.find import COMPARER, FINDER

LINUX = ROOT / "resources/linux"


def test_a_library_that_is_linked_and_not_brought_is_asked_for_by_its_package() -> None:
    needs = {
        "yichuang": ["libc.so.6", "libdl.so.2"],
        "_internal/PyQt6/Qt6/lib/libQt6Gui.so.6": ["libEGL.so.1", "libQt6Core.so.6", "ld-linux-x86-64.so.2"],
        "_internal/PyQt6/Qt6/lib/libQt6Core.so.6": ["libpthread.so.0"],
        "_internal/_sane.so": ["libsane.so.1"],
    }
    outside = linked_outside(needs)
    assert set(outside) == {"libEGL.so.1", "libsane.so.1"}
    assert depends(outside, "2.36") == ["libc6 (>= 2.36)", "fontconfig", "libegl1"]
    assert "libsane1" in RECOMMENDED


def test_a_library_of_nobody_stops_the_build() -> None:
    with pytest.raises(Unnamed, match="libodd"):
        depends({"libodd.so.3": "_internal/odd.so"}, "2.36")


def test_everything_lies_where_the_desktop_looks(tmp_path: Path) -> None:
    program = tmp_path / "yichuang"
    (program / "_internal/resources/fonts").mkdir(parents=True)
    for name in ("yichuang", "_internal/resources/fonts/HanaMinA.ttf.xz", "_internal/resources/fonts/wqy-microhei.ttc"):
        (program / name).write_bytes(b"x")
    (program / "yichuang").chmod(0o700)
    tree = tmp_path / "tree"
    lay_out(program, tree, "0.1.0")
    tree.chmod(0o700)
    settle(tree, 1_000_000_000)
    assert (tree / "usr/bin/yichuang").readlink() == Path("/usr/lib/yichuang/yichuang")
    assert (tree / "usr/lib/yichuang/_internal/resources/fonts/wqy-microhei.ttc").is_file()
    assert not (tree / "usr/lib/yichuang/_internal/resources/fonts/HanaMinA.ttf.xz").exists()
    assert (tree / "lib/udev/rules.d/70-yichuang.rules").is_file()
    # Whoever built it with whatever umask: the same modes and times.
    assert stat.S_IMODE(tree.stat().st_mode) == 0o755
    assert stat.S_IMODE((tree / "usr/lib/yichuang/yichuang").stat().st_mode) == 0o755
    assert stat.S_IMODE((tree / "usr/share/applications/yichuang.desktop").stat().st_mode) == 0o644
    assert {path.lstat().st_mtime for path in tree.rglob("*")} == {1_000_000_000}


def test_the_reading_of_papers_is_a_package_beside_the_first_and_both_together_are_the_folder(tmp_path: Path) -> None:
    program = tmp_path / "program"
    first = (
        "yichuang",
        "_internal/rapidocr/config.yaml",
        "_internal/onnxruntime/capi/state.so",
        f"_internal/resources/{FINDER}",
    )
    reading = (
        "_internal/rapidocr/models/a_rec_b.onnx",
        "_internal/pyclipper/_pyclipper.so",
        f"_internal/resources/{COMPARER}",
    )
    for name in (*first, *reading):
        (program / name).parent.mkdir(parents=True, exist_ok=True)
        (program / name).write_text(name)
    lay_out(program, tmp_path / "one", "0.1.0")
    lay_out_reading(program, tmp_path / "two")
    lib = "usr/lib/yichuang"
    one, two = (
        {
            path.relative_to(tree / lib).as_posix()
            for path in (tree / lib).rglob("*")
            if path.is_symlink() or path.is_file()
        }
        for tree in (tmp_path / "one", tmp_path / "two")
    )
    assert one == set(first)
    assert two == set(reading)
    assert "yichuang-reading" in RECOMMENDED


def test_the_manual_names_every_command() -> None:
    page = manual(build_parser(), "0.1.0")
    for command in ("run", "demo", "doctor", "gateway", "document"):
        assert re.search(rf"^\.B yichuang {command}\b", page, re.M), command
    assert ".TH YICHUANG 1" in page


@pytest.mark.parametrize("name", ["yichuang.desktop", "yichuang-training.desktop"])
def test_the_desktop_entries_start_commands_that_exist(name: str) -> None:
    lines = dict(
        line.split("=", 1) for line in (LINUX / name).read_text("utf-8").splitlines() if "=" in line and line[0] != "#"
    )
    words = lines["Exec"].split()
    assert words[0] == "yichuang"
    assert callable(build_parser().parse_args(words[1:]).function)
    assert (LINUX / f"{lines['Icon']}.svg").is_file()
    assert lines["Name[zh_CN]"]


def test_the_metadata_says_this_version() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    metadata = (LINUX / "internal.yichuang.workstation.metainfo.xml").read_text("utf-8")
    assert version is not None
    assert f'<release version="{version[1]}"' in metadata
    if shutil.which("appstreamcli"):
        file = str(LINUX / "internal.yichuang.workstation.metainfo.xml")
        subprocess.run(["appstreamcli", "validate", "--no-net", file], check=True, capture_output=True)


def test_a_purge_lets_profiles_lie_unless_told_otherwise(tmp_path: Path) -> None:
    """The script's own words, run on homes of made-up users."""
    tools = tmp_path / "tools"
    tools.mkdir()
    homes = {name: tmp_path / name for name in ("zhang", "li")}
    for home in homes.values():
        (home / ".local/share").mkdir(parents=True)
    (homes["zhang"] / ".local/share/yichuang/work").mkdir(parents=True)
    # A link laid there must not lead anywhere.
    precious = tmp_path / "precious"
    precious.mkdir()
    (homes["li"] / ".local/share/yichuang").symlink_to(precious)
    listing = "".join(f"{name}:x:1000:1000::{home}:/bin/sh\n" for name, home in homes.items())
    for name, script in (("getent", f"cat <<'X'\n{listing}X\n"), ("runuser", 'shift 3\nexec "$@"\n')):
        (tools / name).write_text(f"#!/bin/sh\n{script}", "utf-8")
        (tools / name).chmod(0o755)
    script = tmp_path / "postrm"
    script.write_text(POSTRM, "utf-8")
    env = {"PATH": f"{tools}:{os.environ['PATH']}", "LANG": "C.UTF-8"}

    def run(action: str, **more: str) -> str:
        done = subprocess.run(["sh", script, action], env=env | more, capture_output=True, text=True, check=True)
        return done.stdout

    data = homes["zhang"] / ".local/share/yichuang"
    assert "已删除" not in run("remove", YICHUANG_PURGE_DATA="yes")
    assert f"保留 {data}" in run("purge")
    assert data.is_dir()
    assert f"已删除 {data}" in run("purge", YICHUANG_PURGE_DATA="yes")
    assert not data.exists()
    assert precious.is_dir()


def test_parts_are_counted_with_what_their_wheels_bring() -> None:
    assert part_of("yichuang") == "the program and its Python modules"
    assert part_of("_internal/opencv_python_headless.libs/libavcodec-57aca189.so.62") == part_of("_internal/cv2/a.so")
    assert part_of("_internal/numpy.libs/x.so") == part_of("_internal/numpy/y.so") == "numpy"
    assert part_of("_internal/libX11.so.6") == "system libraries"
    assert part_of("_internal/resources/fonts/a.ttf") == "resources/fonts"
    assert sizes([("_internal/a/x", 1), ("_internal/b/y", 5), ("_internal/a/z", 2)]) == [("b", 5), ("a", 3)]


def test_a_package_that_grew_is_noticed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "yichuang").write_bytes(bytes(2_000_000))
    assert parts_main(tmp_path, 3) == 0
    assert parts_main(tmp_path, 1) == 1
    assert "2.0 MB  in 1 files" in capsys.readouterr().out
