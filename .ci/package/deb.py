"""A Debian package of the folder that PyInstaller made: `python .ci/package/deb.py dist/yichuang dist`.

The program goes to its own folder under usr/lib, the desktop's files where the desktop looks. The same input gives the
same bytes: names sorted, times clamped to SOURCE_DATE_EPOCH, no build user.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from contents import elf_needs
from fonts import RARE

ROOT = Path(__file__).resolve().parents[2]
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64", "loongarch64": "loong64"}

READING = ("rapidocr/models/", "pyclipper/", "resources/models/face/sface.onnx")
"""What only the reading of papers and the likeness of faces need, by its place in _internal: a package of its own,
recommended by the first."""

LEFT_OUT = tuple(f"{name}.xz" for name in RARE)
"""Fonts of the folder that Debian and its relatives have as a package of their own."""

PACKAGES: Mapping[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libfontconfig.so.1": "libfontconfig1",
    "libpulse.so.0": "libpulse0",
    "libsystemd.so.0": "libsystemd0",
    "libudev.so.1": "libudev1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libkrb5.so.3": "libkrb5-3",
}
"""The package of each library that the program links and does not bring."""
LATE = {"libsane.so.1": "libsane1"}
"""Linked by a module that is loaded when such a device is used: recommended, not demanded."""
LIBC = re.compile(r"^(ld-linux.*|lib(c|dl|m|pthread|resolv|rt|util)\.so\.\d+)$")

ALSO_NEEDED = ("fontconfig",)
"""Besides what is linked: the font cache, without which every start reads all fonts."""
RECOMMENDED = (
    "yichuang-reading",  # text of papers and cards, likeness of faces; without it they are typed and looked at
    *("fonts-noto-cjk", "fonts-hanazono"),  # the screen's letters; names of GB 18030-2022 level 3 on papers
    *("gnome-keyring | libsecret-1-0", "dbus-user-session | dbus-x11"),  # where the store's key is kept
    *("pcscd", "libsane1", "cups-client | cups"),  # smart cards, scanners, printers
)
SUGGESTED = ("espeak-ng", "ibus-libpinyin | fcitx5-chinese-addons")


class Unnamed(SystemExit):
    """A library is needed for which nobody is named; on another machine the program would not start."""


def linked_outside(needs: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Each library that is linked (file -> names) and not in the package -> one of the files that link it."""
    own = {name.rpartition("/")[2] for name in needs}
    outside: dict[str, str] = {}
    for file, names in sorted(needs.items()):
        for name in names:
            if name not in own and not LIBC.match(name):
                outside.setdefault(name, file)
    return outside


def depends(outside: Mapping[str, str], libc: str) -> list[str]:
    """The Depends of the package. Unnamed: a library whose package PACKAGES does not say."""
    unknown = sorted(f"{name} ({file})" for name, file in outside.items() if name not in PACKAGES and name not in LATE)
    if unknown:
        raise Unnamed(f".ci/package/deb.py 没有写明这些库属于哪个软件包：{'、'.join(unknown)}")
    return [f"libc6 (>= {libc})", *sorted({PACKAGES[name] for name in outside if name in PACKAGES} | {*ALSO_NEEDED})]


def needs_of(folder: Path) -> dict[str, list[str]]:
    """What every program and library under folder links, file by file."""
    needs = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.open("rb").read(4) == b"\x7fELF":
            needs[file.relative_to(folder).as_posix()] = elf_needs(file)
    return needs


def manual(parser: argparse.ArgumentParser, version: str) -> str:
    """yichuang(1), from the command line's own words."""

    def plain(text: str) -> str:
        return text.replace("\\", "\\\\").replace("-", "\\-").replace("\n.", "\n\\&.")

    lines = [
        f'.TH YICHUANG 1 "" "Yichuang {version}" "User Commands"',
        ".SH NAME",
        f"yichuang \\- {plain(parser.description or '')}",
        ".SH SYNOPSIS",
        ".B yichuang",
        "[\\-\\-profile \\fIDIR\\fR] \\fICOMMAND\\fR [\\fIARGUMENT\\fR ...]",
        ".SH DESCRIPTION",
        "What can be done without a screen prints JSON on standard output and messages on standard error.",
        "Exit status: 0 yes or done, 1 the answer is no, 2 bad use or environment.",
        ".SH COMMANDS",
    ]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, command in action.choices.items():
                usage = " ".join(command.format_usage().removeprefix("usage: ").split())
                lines += [".TP", f".B {plain(usage)}", plain(helps.get(name, ""))]
    lines += [
        ".SH FILES",
        ".TP",
        ".I ~/.local/share/yichuang",
        "The profiles: settings, the encrypted store, papers. Removing or purging the package leaves them alone,",
        "unless the administrator purges it with YICHUANG_PURGE_DATA=yes in the environment.",
    ]
    return "\n".join(lines) + "\n"


POSTINST = """#!/bin/sh
set -e
if [ "$1" = configure ] && command -v udevadm >/dev/null && [ -d /run/udev ]; then
    udevadm control --reload || true
    udevadm trigger --action=change --subsystem-match=usb --subsystem-match=tty || true
fi
"""
POSTRM = """#!/bin/sh
set -e
if [ "$1" = remove ] && command -v udevadm >/dev/null && [ -d /run/udev ]; then
    udevadm control --reload || true
fi
[ "$1" = purge ] || exit 0
# Cases that were never sent may lie in a profile: it goes only when that was asked for, and as its owner, so that
# a link laid there leads nowhere the owner could not go.
getent passwd | while IFS=: read -r user _ _ _ _ home _; do
    data="$home/.local/share/yichuang"
    [ -d "$data" ] && [ ! -L "$data" ] || continue
    if [ "${YICHUANG_PURGE_DATA:-}" = yes ]; then
        runuser -u "$user" -- rm -rf -- "$data" && echo "已删除 $data"
    else
        echo "保留 $data；要一并删除，请用 YICHUANG_PURGE_DATA=yes apt-get purge yichuang"
    fi
done
"""


def of_reading(name: str) -> bool:
    """Does a file of the program's folder belong to the package that reads papers?"""
    return name.removeprefix("_internal/").startswith(READING)


def lay_out_reading(program: Path, tree: Path) -> None:
    """Copy what reads papers to where the program looks for it."""
    for file in sorted(program.rglob("*")):
        name = file.relative_to(program).as_posix()
        if of_reading(name) and (file.is_symlink() or file.is_file()):
            place = tree / "usr/lib/yichuang" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, place, follow_symlinks=False)
    about = tree / "usr/share/doc/yichuang-reading"
    about.mkdir(parents=True)
    shutil.copyfile(ROOT / "LICENSE", about / "copyright")
    _zip(about / "changelog.gz", (ROOT / "CHANGELOG.md").read_text("utf-8"))


def lay_out(program: Path, tree: Path, version: str) -> None:
    """Copy everything else to where it will lie under /."""

    def elsewhere(folder: str, names: list[str]) -> set[str]:
        inside = Path(folder).relative_to(program).as_posix()
        places = {name: (name if inside == "." else f"{inside}/{name}") for name in names}
        return {
            name for name, place in places.items() if name in LEFT_OUT or of_reading(place) or of_reading(f"{place}/")
        }

    shutil.copytree(program, tree / "usr/lib/yichuang", symlinks=True, ignore=elsewhere)
    linux = ROOT / "resources/linux"
    for file, place in (
        ("yichuang.desktop", "usr/share/applications"),
        ("yichuang-training.desktop", "usr/share/applications"),
        ("yichuang.svg", "usr/share/icons/hicolor/scalable/apps"),
        ("internal.yichuang.workstation.metainfo.xml", "usr/share/metainfo"),
        ("70-yichuang.rules", "lib/udev/rules.d"),
    ):
        (tree / place).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(linux / file, tree / place / file)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/yichuang").symlink_to("/usr/lib/yichuang/yichuang")
    about = tree / "usr/share/doc/yichuang"
    about.mkdir(parents=True)
    shutil.copyfile(ROOT / "LICENSE", about / "copyright")
    _zip(about / "changelog.gz", (ROOT / "CHANGELOG.md").read_text("utf-8"))
    sys.path.insert(0, str(ROOT))
    from app.cli import build_parser

    pages = tree / "usr/share/man/man1"
    pages.mkdir(parents=True)
    _zip(pages / "yichuang.1.gz", manual(build_parser(), version))


def _zip(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def settle(tree: Path, moment: int) -> None:
    """Modes and times that do not depend on who built it where."""
    # The tree itself is the package's "./": with a narrow umask it would shut the root of whoever installs it.
    for path in (*sorted(tree.rglob("*"), reverse=True), tree):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)


def _control(name: str, version: str, architecture: str, kib: int, fields: Mapping[str, str], about: str) -> str:
    more = "".join(f"{key}: {value}\n" for key, value in fields.items() if value)
    return (
        f"Package: {name}\nVersion: {version}\nArchitecture: {architecture}\nSection: misc\nPriority: optional\n"
        f"Maintainer: The Yichuang authors <yichuang@localhost>\nInstalled-Size: {kib}\n{more}Description: {about}\n"
    )


def _packed(tree: Path, made: Path, control: Callable[[int], str], scripts: Mapping[str, str]) -> Path:
    """Write the package of a tree. control: its control file, by the KiB that it takes when it is installed."""
    files = sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    told = tree / "DEBIAN"
    told.mkdir()
    (told / "control").write_text(control(sum(file.stat().st_size for file in files) // 1024), "utf-8")
    (told / "md5sums").write_text(
        "".join(
            f"{hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()}  {file.relative_to(tree)}\n"
            for file in files
        ),
        "utf-8",
    )
    for name, text in scripts.items():
        (told / name).write_text(text, "utf-8")
        (told / name).chmod(0o755)
    settle(tree, int(os.environ["SOURCE_DATE_EPOCH"]))
    # Two threads, whatever the machine has: xz cuts its blocks by that. none: for a trial, in seconds.
    how = os.environ.get("DEB_COMPRESSION", "xz")
    best = ("-z9", "-Sextreme") if how == "xz" else ()
    command = ["dpkg-deb", "--root-owner-group", f"-Z{how}", *best, "--threads-max=2", "--build", str(tree), str(made)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return made


def build(program: Path, out: Path) -> list[Path]:
    """Write out/yichuang_VERSION_ARCH.deb and out/yichuang-reading_VERSION_ARCH.deb."""
    version: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    architecture = ARCHITECTURES[platform.machine()]
    outside = linked_outside(needs_of(program))
    fields = {
        "Depends": ", ".join(depends(outside, platform.libc_ver()[1])),
        "Recommends": ", ".join(RECOMMENDED),
        "Suggests": ", ".join(SUGGESTED),
    }
    about = (
        "window-clerk workstation (综合窗口工作站 一窗)\n"
        " One screen for the clerk of a Chinese comprehensive window: reads ID cards and e-licences,\n"
        " fills one combined form for many items, prints the papers, works offline and syncs later."
    )
    about_reading = (
        "reading of papers for yichuang (一窗 材料文字识别)\n"
        " The nets that read the text of photographed papers and cards, and the one that tells how alike faces are.\n"
        " Without it papers are typed and faces are compared by eye alone."
    )
    made = []
    with tempfile.TemporaryDirectory() as folder:
        trees = {name: Path(folder) / name for name in ("yichuang", "yichuang-reading")}
        for tree in trees.values():
            tree.mkdir(mode=0o755)
        lay_out(program, trees["yichuang"], version)
        lay_out_reading(program, trees["yichuang-reading"])
        for name, tree in trees.items():
            own = name == "yichuang"
            asked = fields if own else {"Depends": f"yichuang (= {version})"}
            said = about if own else about_reading
            control = partial(_control, name, version, architecture, fields=asked, about=said)
            scripts = {"postinst": POSTINST, "postrm": POSTRM} if own else {}
            made.append(_packed(tree, out / f"{name}_{version}_{architecture}.deb", control, scripts))
    return made


if __name__ == "__main__":
    for package in build(Path(sys.argv[1]), Path(sys.argv[2])):
        print(f"{package}: {package.stat().st_size / 1e6:.0f} MB")
