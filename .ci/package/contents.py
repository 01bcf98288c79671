"""What goes into the packaged program, per platform; build.spec asks here. Functions without PyInstaller in them, so
that the tests hold what Windows and arm64 get against what they should get, on a machine that is neither.

platform: as sys.platform says it. Names inside the package use "/" here, whatever the platform.
"""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

GROUP = "yichuang.devices"
Entry = tuple[str, str, str]
"""PyInstaller's: the name inside the package, the file, its kind."""


class Stale(SystemExit):
    """The installed metadata is not what pyproject.toml says; the package would lack drivers."""


def registry(project: Path, points: Iterable[EntryPoint] | None = None) -> tuple[EntryPoint, ...]:
    """The device drivers that are installed, vendors' packages included. Stale: pyproject.toml names others."""
    found = tuple(entry_points(group=GROUP) if points is None else points)
    named = tomllib.loads(project.read_text("utf-8"))["project"]["entry-points"][GROUP]
    installed = {point.name: point.value for point in found}
    lacking = sorted(name for name, value in named.items() if installed.get(name) != value)
    if lacking:
        raise Stale(f"安装信息已过期，缺少驱动：{'、'.join(lacking)}。请先运行 make setup。")
    return found


def hidden_imports(points: Iterable[EntryPoint], platform: str) -> list[str]:
    """Modules that no import statement names: drivers by their schemes, what libraries choose by a word at run time."""
    keyrings = {"linux": "SecretService", "win32": "Windows", "darwin": "macOS"}
    return sorted(
        {
            *(point.module for point in points),
            f"keyring.backends.{keyrings[platform]}",
            "logging.config",
            "pyzbar.pyzbar",
            # Named by settings of uvicorn's.
            "uvicorn.protocols.websockets.websockets_sansio_impl",
        }
    )


EXCLUDED = (
    # Hooks of libraries that merely can use them would pull them in.
    *(
        "tkinter",
        "curses",
        "readline",
        "IPython",
        "matplotlib",
        "pytest",
        "_pytest",
        "setuptools",
        "pkg_resources",
        "PyQt5",
        "PySide6",
    ),
    # Engines that rapidocr can use instead of onnxruntime, none of which is installed.
    *(f"rapidocr.inference_engine.{name}" for name in ("mnn", "openvino", "paddle", "pytorch", "tensorrt")),
    # A picture format that no office sends, at 8 MB; and a bridge to a toolkit that is not ours.
    *("PIL._avif", "PIL.AvifImagePlugin", "PIL._imagingtk", "PIL.ImageTk"),
    *("numpy.f2py", "numpy.testing", "numpy.distutils", "cv2.gapi"),
    # The tests' tools, where the build machine has them.
    *(
        "mypy",
        "hypothesis",
        "schemathesis",
        "werkzeug",
        "graphql",
        "pygments",
        "rich",
        "rapidfuzz",
        "tongsuopy",
        "ofdkit",
        "escpos",
        "cwt",
        "jpype",
        # The build's own.
        "fontTools",
        "onnx",
        "ml_dtypes",
    ),
)

PLUGINS: Mapping[str, frozenset[str]] = {
    # offscreen: demo mode without a display.
    "platforms": frozenset({"qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"}),
    "platforminputcontexts": frozenset({"qibus", "ibus", "fcitx", "fcitx5", "compose"}),
    "platformthemes": frozenset({"qxdgdesktopportal"}),
    "xcbglintegrations": frozenset({"qxcb-glx-integration", "qxcb-egl-integration"}),
    "wayland-shell-integration": frozenset({"xdg-shell"}),
    "wayland-decoration-client": frozenset({"adwaita", "bradient"}),
    "wayland-graphics-integration-client": frozenset({"qt-plugin-wayland-egl"}),
    "imageformats": frozenset({"qjpeg", "qsvg", "qico", "qgif", "qwebp", "qtiff"}),
    "iconengines": frozenset({"qsvgicon"}),
    "printsupport": frozenset({"cupsprintersupport"}),
    "styles": frozenset({"qmodernwindowsstyle", "qmacstyle"}),
    # Our short sounds are plain WAV, which Qt plays itself; on Windows its own small back end serves.
    "multimedia": frozenset({"windowsmediaplugin", "darwinmediaplugin"}),
}
"""Qt's plug-ins that are used, by folder. One that is not here (a frame buffer, VNC, FFmpeg) is left out."""

OF_THE_SYSTEM = (
    # Talk to a service of this very system, or load parts of it: another version's copy would not find them.
    *("libsane.so", "libcups.so", "libpulse", "libdbus-1.so", "libsystemd.so", "libudev.so", "libpcsclite.so"),
    # Fonts are the desktop's: its cache and its configuration have the format of its own library, which links FreeType.
    *("libfontconfig.so", "libfreetype.so"),
    # Kerberos reads the system's configuration; the system's CUPS brings it along anyhow.
    *("libgssapi_krb5.so", "libkrb5.so", "libk5crypto.so", "libkrb5support.so", "libcom_err.so", "libkeyutils.so"),
    # Part of every desktop, and compatible for twenty years.
    *("libX11.so", "libX11-xcb.so", "libglib-2.0.so", "libgthread-2.0.so", "libpcre2-8.so"),
)
"""Libraries that a Linux desktop has and that must be its own; the .deb names their packages."""

REPLACED = ("shapely/", "shapely.libs/")
"""What .ci/package/instead stands in for; PyInstaller's hook would bring the libraries all the same."""

BLAS = re.compile(r"lib(scipy_)?openblas.*\.so")
"""The libraries that slim.small_blas makes anew."""

METADATA_KEPT = ("METADATA", "PKG-INFO", "entry_points.txt")
"""Of a distribution's metadata: its version and its entry points. The rest holds paths of the build machine."""


def _plugin(name: str) -> tuple[str, str] | None:
    """The folder and the name of a Qt plug-in, None for anything else: libqxcb.so, qwindows.dll."""
    parts = name.replace("\\", "/").split("/")
    if "plugins" not in parts[:-2]:
        return None
    stem = parts[-1].partition(".")[0]
    return parts[-2], stem.removeprefix("lib")


def wanted_binary(name: str, platform: str) -> bool:
    """Does this library or plug-in go along, as far as its name says? What only others needed falls out by `needed`."""
    if name.replace("\\", "/").startswith(REPLACED):
        return False
    plugin = _plugin(name)
    if plugin is not None:
        folder, stem = plugin
        allowed = PLUGINS.get(folder, frozenset())
        return stem in allowed or stem.removesuffix("platforminputcontextplugin") in allowed
    return not (platform == "linux" and name.rpartition("/")[2].startswith(OF_THE_SYSTEM))


def wanted_data(name: str) -> bool:
    """Does this data file go along? Not: Qt in others' languages, numbers of other countries, others' tests, the build
    machine's paths."""
    path = name.replace("\\", "/")
    file = path.rpartition("/")[2]
    if path.startswith(REPLACED):
        return False
    if "Qt6/translations/" in path:
        return file.endswith(("_zh_CN.qm", "_en.qm"))
    if ".dist-info/" in path or ".egg-info/" in path:
        return file in METADATA_KEPT
    parts = path.split("/")
    if parts[0] == "stdnum" and file.endswith(".dat"):
        return parts[1] == "cn"
    return not ("tests" in parts or (file.endswith((".pyi", "py.typed", ".ts", ".qrc")) and parts[0] != "resources"))


def needed(entries: Iterable[Entry], imports: Callable[[str], Iterable[str]]) -> list[Entry]:
    """The entries without the libraries that nobody (any more) needs.

    imports: the base names of the libraries that a file links. Modules and plug-ins stay; so does what is named
    otherwise than a library, for it is loaded by its name.
    """
    entries = list(entries)
    by_name: dict[str, list[Entry]] = {}
    roots = []
    for entry in entries:
        name = _base(entry[0])
        by_name.setdefault(name, []).append(entry)
        if entry[2] == "EXTENSION" or _plugin(entry[0]) or not _library(name) or name.startswith(LOADED_BY_NAME):
            roots.append(entry)
    kept: set[str] = set()
    waiting = roots
    while waiting:
        entry = waiting.pop()
        if entry[0] in kept:
            continue
        kept.add(entry[0])
        if entry[2] == "SYMLINK":
            # A link at the top points to the library's own place.
            waiting += [other for other in by_name[_base(entry[0])] if other[2] != "SYMLINK"]
            continue
        for name in imports(entry[1]):
            waiting += by_name.get(name.lower(), [])
    return [entry for entry in entries if entry[0] in kept]


def elf_needs(file: str | Path) -> list[str]:
    """Base names of the libraries that an ELF file itself links (ldd would tell those of its libraries too)."""
    said = subprocess.run(["readelf", "-d", str(file)], capture_output=True, text=True, check=True).stdout
    return re.findall(r"\(NEEDED\).*\[(.+)\]", said)


LOADED_BY_NAME = (
    "libpython",
    "python3",
    "libzbar",
    "libiconv",
    "libpdfium",
    "pdfium",
    "libusb-1.0",
    "zbar",
    "vcruntime",
)
"""Libraries that are opened by name instead of linked (ctypes), and Python itself."""


def _base(name: str) -> str:
    """The name to compare by: Windows' programs link Qt6Core.dll and qt6core.dll alike."""
    return name.replace("\\", "/").rpartition("/")[2].lower()


def _library(name: str) -> bool:
    return ".so" in name or name.endswith((".dll", ".dylib"))


def own_libraries(platform: str, find: Callable[[str], str | None]) -> list[tuple[str, str]]:
    """Libraries opened by name that go along: (file, folder inside the package). Windows' wheels bring their own.

    find: the file of a library by its short name; None where it is not installed. SystemExit then.
    """
    if platform == "win32":
        return []
    found = []
    for name in ("zbar", "usb-1.0"):
        file = find(name)
        if file is None:
            raise SystemExit(f"lib{name} is not installed")
        found.append((file, "."))
    return found


def strippable(name: str, platform: str) -> bool:
    """May debugging symbols be cut from this file? Only from Python and its modules on Linux: libraries that a wheel's
    maker has rearranged (numpy.libs …) break under strip."""
    module = name.endswith(".so") and (".cpython-" in name or ".abi3." in name)
    return platform == "linux" and (module or name.startswith("libpython3."))
