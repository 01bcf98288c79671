"""What the workstation needs from the machine it runs on: `yichuang doctor`.

Each check tries the thing itself (loads the library, asks the font, opens the display) instead of reading a package
list, so that it holds on any distribution and in the packaged program. Nothing here imports Qt, and libraries are
imported inside the checks: a doctor that needs what it looks for finds nothing.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.metadata
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.errors import YichuangError

if TYPE_CHECKING:
    from app.documents.fonts import PaperFonts

RARE_CHARACTERS = "㛃𠮷䶮𬭚"
"""Given names hold these; a machine that cannot show them turns people away."""
SQLITE_NEEDED = (3, 51, 3)
"""Older ones can corrupt a WAL database when a checkpoint races a writer (sqlite.org, WAL-reset bug)."""
FREE_SPACE_NEEDED = 2 * 1024**3
"""Bytes: a month of captured pages of a busy window."""

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libX11.so.6": "libx11-6",
}
XCB_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One prerequisite. detail: what was found. todo: how to get it, empty when ok.

    ok None: it lacks, and the main job works without it; `yichuang doctor` then does not say no.
    """

    name: str
    ok: bool | None
    detail: str
    todo: str = ""


def _run(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout


def _groups() -> frozenset[str]:
    if sys.platform == "win32":
        return frozenset()
    import grp

    names = set()
    for gid in os.getgroups():
        try:
            names.add(grp.getgrgid(gid).gr_name)
        except KeyError:
            continue
    return frozenset(names)


@dataclass(frozen=True)
class Machine:
    """How the checks reach the machine; tests hand in another one. root: where /dev and /usr are looked for."""

    profile: Path = field(default_factory=Path.home)
    env: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    platform: str = sys.platform
    root: Path = Path("/")
    load: Callable[[str], Any] = ctypes.CDLL
    run: Callable[[Sequence[str]], str] = _run
    groups: frozenset[str] = field(default_factory=_groups)
    superuser: bool = field(default_factory=lambda: hasattr(os, "geteuid") and os.geteuid() == 0)
    may_use: Callable[[Path], bool] = lambda path: os.access(path, os.R_OK | os.W_OK)
    free_bytes: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free


def checks(machine: Machine | None = None) -> list[Check]:
    """Every prerequisite in the order in which a person would mend them. Takes about two seconds; raises nothing."""
    machine = machine or Machine()
    return [_guarded(check, machine) for check in _ALL]


def all_well(found: Iterable[Check]) -> bool:
    """Can the main job be done on this machine?"""
    return all(check.ok is not False for check in found)


def _guarded(check: Callable[[Machine], Check], machine: Machine) -> Check:
    # One broken check must not hide the others: a doctor that dies finds nothing.
    try:
        return check(machine)
    except YichuangError as error:
        return Check((check.__doc__ or check.__name__).rstrip("."), False, error.what or error.title, error.todo)
    except Exception as error:
        name = (check.__doc__ or check.__name__).rstrip(".")
        return Check(name, False, f"检查时出错：{type(error).__name__}: {error}", "请把这一行连同日志交给技术支持")


def _apt(packages: Iterable[str]) -> str:
    return "apt-get install " + " ".join(sorted(set(packages)))


def python(machine: Machine) -> Check:
    """Python"""
    version = ".".join(map(str, sys.version_info[:3]))
    ok = sys.version_info >= (3, 11) and sys.maxsize > 2**32
    return Check(
        "Python", ok, f"{version}，{'64' if sys.maxsize > 2**32 else '32'} 位", "" if ok else _apt(["python3.11"])
    )


def encoding(machine: Machine) -> Check:
    """文字编码"""
    found = sys.getfilesystemencoding()
    ok = found.lower().replace("-", "") == "utf8"
    return Check("文字编码", ok, found, "" if ok else "设置环境变量 LANG=C.UTF-8 后重新启动")


def qt_libraries(machine: Machine) -> Check:
    """Qt 基础库"""
    return _libraries("Qt 基础库", QT_LIBRARIES, machine)


def xcb_libraries(machine: Machine) -> Check:
    """Qt 窗口库"""
    return _libraries("Qt 窗口库（X11）", XCB_LIBRARIES, machine)


def _libraries(name: str, wanted: Mapping[str, str], machine: Machine) -> Check:
    if machine.platform != "linux":
        return Check(name, True, "本系统不需要")
    missing = {}
    for library, package in wanted.items():
        try:
            machine.load(library)
        except OSError:
            missing[library] = package
    if missing:
        return Check(name, False, "缺少 " + "、".join(missing), _apt(missing.values()))
    return Check(name, True, f"{len(wanted)} 个库齐全")


def display(machine: Machine) -> Check:
    """屏幕"""
    if machine.platform != "linux":
        return Check("屏幕", True, "由系统提供")
    if machine.env.get("WAYLAND_DISPLAY"):
        return Check("屏幕", True, f"Wayland {machine.env['WAYLAND_DISPLAY']}")
    name = machine.env.get("DISPLAY")
    if not name:
        return Check("屏幕", None, "没有图形会话", "在桌面里启动；无屏幕时用 yichuang demo --headless")
    x11 = machine.load("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    connection = x11.XOpenDisplay(name.encode())
    if not connection:
        return Check("屏幕", False, f"X11 {name} 无法连接", "检查 DISPLAY 与 xauth 授权，或重新登录桌面")
    x11.XCloseDisplay(ctypes.c_void_p(connection))
    return Check("屏幕", True, f"X11 {name}")


def screen_fonts(machine: Machine) -> Check:
    """屏幕字体"""
    if machine.platform != "linux":
        return Check("屏幕字体", True, "由系统提供")
    code_points = " ".join(f"{ord(char):x}" for char in RARE_CHARACTERS)
    try:
        listed = machine.run(["fc-list", "--format", "%{family[0]}\n", f":charset={code_points}"])
    except (OSError, subprocess.SubprocessError) as error:
        return Check("屏幕字体", False, f"无法列出字体：{error}", _apt(["fontconfig", "fonts-noto-cjk"]))
    found = sorted(set(listed.split("\n")) - {""})
    if not found:
        return Check("屏幕字体", False, f"没有字体能显示 {RARE_CHARACTERS}", _apt(["fonts-noto-cjk"]))
    return Check("屏幕字体", True, "、".join(found[:4]))


def paper_fonts(machine: Machine) -> Check:
    """文书字体"""
    from app.documents.fonts import load_fonts

    return judge_paper_fonts(load_fonts())


def judge_paper_fonts(fonts: PaperFonts) -> Check:
    """Can the papers and the receipt draw the rare characters of names?"""
    chains = {"文书": fonts.regular, "文书粗体": fonts.bold, "小票": fonts.receipt}
    lacking = [
        f"{name}缺 {missing}"
        for name, chain in chains.items()
        if (missing := "".join(char for char in RARE_CHARACTERS if chain.index_of(char) is None))
    ]
    if lacking:
        return Check("文书字体", False, "；".join(lacking), _apt(["fonts-lxgw-wenkai", "fonts-wqy-microhei"]))
    files = {file.path.stem for chain in chains.values() for file in chain.files}
    return Check("文书字体", True, "、".join(sorted(files)))


def zbar(machine: Machine) -> Check:
    """扫码库 zbar"""
    try:
        importlib.import_module("pyzbar.pyzbar")
    except (ImportError, OSError) as error:
        # The packaged program brings libzbar but not the X libraries that it links; Debian's package brings both.
        return Check("扫码库 zbar", False, str(error), _apt(["libzbar0"]))
    return Check("扫码库 zbar", True, "可用")


def zxing(machine: Machine) -> Check:
    """扫码库 zxing-cpp"""
    import io

    import segno
    import zxingcpp
    from PIL import Image

    picture = io.BytesIO()
    segno.make("一窗" + RARE_CHARACTERS).save(picture, kind="png", scale=4)
    codes = zxingcpp.read_barcodes(Image.open(picture).convert("L"))
    ok = [code.text for code in codes] == ["一窗" + RARE_CHARACTERS]
    version = importlib.metadata.version("zxing-cpp")
    return Check(
        "扫码库 zxing-cpp", ok, f"{version}，试读{'正确' if ok else '失败'}", "" if ok else "重新运行 make setup"
    )


def reading(machine: Machine) -> Check:
    """材料文字识别"""
    from app.materials.text_reader import HOW_TO_INSTALL, lacking

    names = "、".join(lacking())
    said = f"没有安装：{names}" if names else "可用"
    return Check("材料文字识别", None if names else True, said, HOW_TO_INSTALL if names else "")


def opencv(machine: Machine) -> Check:
    """图像库 OpenCV"""
    import cv2

    version = str(cv2.__version__)
    gui = next(
        (x.split(":")[1].strip() for x in cv2.getBuildInformation().splitlines() if x.strip().startswith("GUI:")), ""
    )
    installed = sorted(
        {str(d.name).lower() for d in importlib.metadata.distributions() if "opencv" in str(d.name).lower()}
    )
    ok = version.startswith("4.") and gui in ("NONE", "") and len(installed) <= 1
    # Its GUI builds bring their own Qt 5 and set Qt's search paths, which breaks the window. The package's own has not
    # even the module of windows and says nothing of them.
    todo = "" if ok else "只保留 opencv-python-headless 4.x：删除 .venv 后运行 make setup"
    return Check("图像库 OpenCV", ok, f"{version}，界面 {gui or 'NONE'}，已装 {'、'.join(installed) or '内置'}", todo)


def sqlcipher(machine: Machine) -> Check:
    """加密数据库"""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(":memory:")
    try:
        row = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return judge_sqlite(tuple(dbapi2.sqlite_version_info), str(row[0]) if row else "")


def judge_sqlite(version: tuple[int, ...], cipher: str) -> Check:
    """Is this SQLite encrypted and new enough? cipher: SQLCipher's version, empty for a plain SQLite."""
    ok = version >= SQLITE_NEEDED and bool(cipher)
    detail = f"SQLite {'.'.join(map(str, version))}，SQLCipher {cipher or '无'}"
    needed = ".".join(map(str, SQLITE_NEEDED))
    return Check(
        "加密数据库", ok, detail, "" if ok else f"需要带 SQLCipher 的 SQLite {needed} 以上：重新运行 make setup"
    )


def keyring(machine: Machine) -> Check:
    """系统密钥环"""
    import keyring as library

    return judge_keyring(library.get_keyring())


def judge_keyring(backend: object) -> Check:
    """Would a key given to this back end be kept safe? A chain is judged by all that it may write to."""
    name = f"{type(backend).__module__.removeprefix('keyring.backends.')}.{type(backend).__name__}"
    links = [backend, *getattr(backend, "backends", [])]
    kinds = [f"{type(link).__module__}.{type(link).__name__}".lower() for link in links]
    todo = "在登录桌面的会话里运行；" + _apt(["gnome-keyring", "dbus-x11"])
    if any("plaintext" in kind for kind in kinds):
        return Check("系统密钥环", False, f"{name} 会把密钥明文存盘", "卸载 keyrings.alt；" + todo)
    if all(".fail." in kind or ".null." in kind or ".chainer." in kind for kind in kinds):
        return Check("系统密钥环", False, "没有可用的密钥环（演示模式不需要）", todo)
    return Check("系统密钥环", True, name)


def drivers(machine: Machine) -> Check:
    """设备驱动"""
    found = importlib.metadata.entry_points(group="yichuang.devices")
    broken = []
    for point in found:
        if point.value.startswith("app.workers."):
            continue  # of Qt, which has a line of its own
        try:
            point.load()
        except Exception as error:
            broken.append(f"{point.name}（{error}）")
    if broken or not found:
        return Check(
            "设备驱动", False, "无法载入：" + "、".join(broken) if broken else "没有登记任何驱动", "重新安装本程序"
        )
    return Check("设备驱动", True, "、".join(sorted(found.names)))


def serial_ports(machine: Machine) -> Check:
    """串口权限"""
    if machine.platform != "linux":
        return Check("串口权限", True, "本系统不需要")
    ports = sorted(p for kind in ("ttyUSB*", "ttyACM*") for p in (machine.root / "dev").glob(kind))
    closed = [port.name for port in ports if not machine.may_use(port)]
    todo = "usermod -aG dialout 用户名，然后重新登录"
    if closed:
        return Check("串口权限", False, "无权使用 " + "、".join(closed), todo)
    if ports:
        return Check("串口权限", True, "、".join(port.name for port in ports))
    if machine.superuser or "dialout" in machine.groups:
        return Check("串口权限", True, "未接串口设备，权限已有")
    return Check("串口权限", None, "未接串口设备；当前用户不在 dialout 组", todo)


def cameras(machine: Machine) -> Check:
    """摄像头"""
    if machine.platform != "linux":
        return Check("摄像头", True, "由系统提供")
    found = sorted((machine.root / "dev").glob("video*"))
    if not found:
        return Check("摄像头", None, "没有找到摄像头", "接好高拍仪或摄像头；演示模式不需要")
    closed = [camera.name for camera in found if not machine.may_use(camera)]
    if closed:
        return Check("摄像头", False, "无权使用 " + "、".join(closed), "usermod -aG video 用户名，然后重新登录")
    return Check("摄像头", True, "、".join(camera.name for camera in found))


def disk_space(machine: Machine) -> Check:
    """磁盘空间"""
    folder = machine.profile
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    free = machine.free_bytes(folder)
    ok = free >= FREE_SPACE_NEEDED
    todo = "" if ok else f"至少留出 {FREE_SPACE_NEEDED // 1024**3} GB"
    return Check("磁盘空间", ok, f"剩余 {free / 1024**3:.1f} GB", todo)


def postgresql(machine: Machine) -> Check:
    """PostgreSQL"""
    programs = sorted((machine.root / "usr/lib/postgresql").glob("*/bin/postgres"))
    if not programs:
        return Check("PostgreSQL", None, "未安装，仅独立网关需要", _apt(["postgresql"]))
    return Check("PostgreSQL", True, programs[-1].parent.parent.name)


def policy_check(path: Path) -> Check:
    """站点策略: is there one, and can nobody but the machine's administrator change it?"""
    name = "站点策略"
    if not path.exists():
        return Check(name, True, "没有")
    if sys.platform == "win32":
        return Check(name, True, str(path))
    if path.stat().st_uid != 0 or any(place.stat().st_mode & 0o022 for place in (path, path.parent)):
        return Check(name, False, f"{path} 普通用户可以改动", f"chown root:root {path}；chmod 644 {path}")
    return Check(name, True, str(path))


_ALL: tuple[Callable[[Machine], Check], ...] = (
    python,
    encoding,
    qt_libraries,
    xcb_libraries,
    display,
    screen_fonts,
    paper_fonts,
    zxing,
    zbar,
    opencv,
    reading,
    sqlcipher,
    keyring,
    drivers,
    serial_ports,
    cameras,
    disk_space,
    postgresql,
)
