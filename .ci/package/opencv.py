"""OpenCV's library with what the program calls, built from the sources of the wheel's own version (Linux only).

The wheel's weighs 117 MB with what it links: Intel's kernels, modules for panoramas and machine learning, an FFmpeg
with every codec, encoders of AV1 and VP9 among them. This one takes the place of `cv2.abi3.so` alone; the Python files
beside it stay the wheel's. FFmpeg (Debian's source) is linked into it with what cameras and clips hold: LGPL, no
encoder but MJPEG's.

It takes two cores half an hour, so it is done once: `python .ci/package/opencv.py` prints the file, which lies in
$YICHUANG_BUILD_CACHE (by default yichuang-build in the user's cache) under a key made of this recipe and the compiler.
The result does not depend on the folder or the time of the build.
"""

from __future__ import annotations

import hashlib
import os
import platform
import py_compile
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

NAME = "opencv-python-headless"
SOURCES = {"4.14.0.94": "4afa2ea1214453648be88259f035712454faa9039b686de7753569ba8eec1577"}
"""The source archive's SHA-256, by the wheel's version in requirements.txt."""

TOOLS = ("cmake", "ninja", "gcc", "g++", "nasm", "pkg-config", "apt-get", "dpkg-source")

MODULES = ("core", "imgproc", "imgcodecs", "videoio", "python3")
"""tests/architecture holds that the program calls no function of another one."""

OFF = (
    *("IPP", "ITT", "OPENCL", "LAPACK", "EIGEN", "ADE", "PROTOBUF", "FLATBUFFERS", "KLEIDICV"),
    *("OPENEXR", "AVIF", "JASPER", "GTK", "QT", "GSTREAMER", "1394", "VA", "VA_INTEL", "OBSENSOR", "VTK", "DIRECTX"),
)
"""What OpenCV could use besides: tuned kernels, picture formats no office sends, windows, other ways to cameras."""
BROUGHT = ("ZLIB", "JPEG", "PNG", "TIFF", "WEBP", "OPENJPEG")
"""Libraries that OpenCV's archive holds and that are linked into it, whatever the build machine has."""

CODECS = ("mjpeg", "h264", "hevc", "mpeg4", "h263", "mpeg1video", "mpeg2video", "vp8", "vp9", "rawvideo", "png", "bmp")
CONTAINERS = (
    "avi",
    "mov",
    "matroska",
    "mpegts",
    "mpegps",
    "flv",
    "mjpeg",
    "mpjpeg",
    "h264",
    "hevc",
    "m4v",
    "hls",
    "rtsp",
    "rtp",
    "sdp",
)
PARSERS = ("mjpeg", "h264", "hevc", "mpeg4video", "mpegvideo", "h263", "vp8", "vp9", "png")
PROTOCOLS = ("file", "http", "https", "tcp", "tls", "udp", "rtp", "crypto")
FILTERS = ("h264_mp4toannexb", "hevc_mp4toannexb", "extract_extradata", "mpeg4_unpack_bframes", "vp9_superframe_split")
"""FFmpeg's bit stream filters, which its readers of those formats call."""


UNCHECKED = py_compile.PycInvalidationMode.UNCHECKED_HASH


class CannotBuild(SystemExit):
    """A tool or a source is not to be had; says what would help."""


def _run(command: Sequence[str], where: Path, log: Path, **more: str) -> None:
    """CannotBuild: the command failed; its last words are told."""
    with log.open("ab") as file:
        done = subprocess.run(command, cwd=where, env={**os.environ, **more}, stdout=file, stderr=file, check=False)
    if done.returncode:
        tail = "\n".join(log.read_text("utf-8", "replace").splitlines()[-30:])
        raise CannotBuild(
            f"{tail}\n{command[0]} 失败（{done.returncode}）；不自己编译而用 wheel 自带的库：OPENCV=wheel make package"
        )


def ffmpeg_options() -> list[str]:
    """What FFmpeg is configured with."""
    chosen = {"decoder": CODECS, "demuxer": CONTAINERS, "parser": PARSERS, "protocol": PROTOCOLS, "bsf": FILTERS}
    return [
        *("--prefix=/ffmpeg", "--disable-everything", "--disable-autodetect", "--disable-programs", "--disable-doc"),
        *("--disable-avdevice", "--disable-avfilter", "--disable-postproc", "--disable-shared", "--enable-static"),
        *("--enable-pic", "--enable-zlib", "--enable-openssl", "--enable-version3", "--disable-debug"),
        *(f"--enable-{kind}={','.join(names)}" for kind, names in chosen.items()),
        # What the demo's clips are written with.
        *("--enable-encoder=mjpeg", "--enable-muxer=avi"),
    ]


def opencv_options(python: str = sys.executable) -> list[str]:
    """What CMake is told about OpenCV."""
    import numpy

    x86 = platform.machine() == "x86_64"
    return [
        *(
            "-DCMAKE_BUILD_TYPE=Release",
            "-DCMAKE_C_FLAGS_RELEASE=-O2 -DNDEBUG",
            "-DCMAKE_CXX_FLAGS_RELEASE=-O2 -DNDEBUG",
        ),
        *(
            "-DBUILD_SHARED_LIBS=OFF",
            f"-DBUILD_LIST={','.join(MODULES)}",
            "-DBUILD_opencv_apps=OFF",
            "-DBUILD_JAVA=OFF",
        ),
        *("-DBUILD_TESTS=OFF", "-DBUILD_PERF_TESTS=OFF", "-DBUILD_DOCS=OFF", "-DBUILD_EXAMPLES=OFF", "-DCV_TRACE=OFF"),
        *(f"-DWITH_{name}=OFF" for name in OFF),
        *(f"-DBUILD_{name}=ON" for name in BROUGHT),
        *(
            "-DWITH_V4L=ON",
            "-DWITH_FFMPEG=ON",
            "-DOPENCV_FFMPEG_ENABLE_LIBAVDEVICE=OFF",
            "-DOPENCV_FFMPEG_SKIP_BUILD_CHECK=ON",
        ),
        # Without -Bsymbolic FFmpeg's assembly cannot be part of a shared library.
        "-DCMAKE_MODULE_LINKER_FLAGS=-Wl,-Bsymbolic -Wl,--exclude-libs,ALL -Wl,--gc-sections -Wl,--build-id=none -s",
        *(("-DCPU_BASELINE=SSE3", "-DCPU_DISPATCH=SSE4_1,AVX2") if x86 else ()),
        *("-DBUILD_INFO_SKIP_SYSTEM_VERSION=ON", "-DBUILD_INFO_SKIP_EXTRA_VERSION=ON", "-DENABLE_CCACHE=OFF"),
        *(f"-DPYTHON3_EXECUTABLE={python}", f"-DPYTHON_DEFAULT_EXECUTABLE={python}", "-DPYTHON3_LIMITED_API=ON"),
        f"-DPYTHON3_INCLUDE_DIR={sysconfig.get_paths()['include']}",
        f"-DPYTHON3_NUMPY_INCLUDE_DIRS={numpy.get_include()}",
        *("-DBUILD_opencv_python2=OFF", "-DOPENCV_SKIP_PYTHON_LOADER=ON", "-DOPENCV_PYTHON3_INSTALL_PATH=python"),
    ]


def key() -> str:
    """Names a result: other options, another version, compiler or processor make another library."""
    compiler = subprocess.run(["gcc", "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
    options = [option for option in opencv_options("") if not option.startswith("-DPYTHON")]
    parts = (*ffmpeg_options(), *options, version(NAME), SOURCES.get(version(NAME), ""), compiler, platform.machine())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def cache() -> Path:
    """Where results are kept, outside the tree: `make clean` costs no half hour."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("YICHUANG_BUILD_CACHE") or Path(home) / "yichuang-build")


def _ffmpeg_source(work: Path, log: Path) -> Path:
    """Debian's FFmpeg with Debian's patches, from the mirrors that this system uses (apt checks the signatures)."""
    parts, own = work / "parts", Path("/etc/apt")
    parts.mkdir()
    for file in (own / "sources.list", *sorted((own / "sources.list.d").glob("*"))):
        if file.suffix in (".list", ".sources") and file.is_file():
            text = re.sub(r"(?m)^deb ", "deb-src ", file.read_text("utf-8"))
            (parts / file.name).write_text(re.sub(r"(?m)^Types:.*", "Types: deb-src", text), "utf-8")
    for folder in ("lists/partial", "cache/archives/partial"):
        (work / folder).mkdir(parents=True)
    places = {
        "Etc::sourcelist": "/dev/null",
        "Etc::sourceparts": parts,
        "State::lists": work / "lists",
        "Cache": work / "cache",
    }
    apt = ["apt-get", "-qq", *(f"-oDir::{name}={place}" for name, place in places.items()), "-oAPT::Sandbox::User="]
    _run([*apt, "update"], work, log)
    _run([*apt, "source", "ffmpeg"], work, log)
    return next(path for path in sorted(work.glob("ffmpeg-*")) if path.is_dir())


def _opencv_source(work: Path, log: Path) -> Path:
    """OpenCV as the wheel's makers hand it out. CannotBuild: another archive than the one whose sum is known."""
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", NAME, f"{NAME}=={version(NAME)}"]
    _run(pip, work, log)
    archive = next(work.glob("opencv*.tar.gz"))
    if hashlib.sha256(archive.read_bytes()).hexdigest() != SOURCES.get(version(NAME)):
        raise CannotBuild(f"{archive.name} 不是认得的源码：请在 .ci/package/opencv.py 的 SOURCES 里核对后写明")
    with tarfile.open(archive) as tar:
        tar.extractall(work, filter="data")
    archive.unlink()
    return next(work.glob("opencv_python_headless-*")) / "opencv"


def _say_nothing_of_here(build: Path, *places: str) -> None:
    """Takes this machine's folders out of what the library can tell about its build."""
    for told in (build / "modules/core/version_string.inc", build / "opencv_data_config.hpp"):
        text = told.read_text("utf-8")
        for place in sorted(places, key=len, reverse=True):
            text = text.replace(place, "…")
        told.write_text(text, "utf-8")


def build(work: Path, jobs: int) -> Path:
    """The library, built under work. CannotBuild: tools, sources or a step are missing."""
    lacking = [tool for tool in TOOLS if shutil.which(tool) is None]
    if lacking:
        raise CannotBuild(f"编译 OpenCV 缺少 {'、'.join(lacking)}：请运行 .ci/apt package")
    log = work / "log"
    flags = f"-ffile-prefix-map={work}=. -Wa,--debug-prefix-map={work}=."
    fixed = {"SOURCE_DATE_EPOCH": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", "CFLAGS": flags, "CXXFLAGS": flags}
    ffmpeg, opencv = _ffmpeg_source(work, log), _opencv_source(work, log)
    # The recipe: the folder's name is part of what FFmpeg's objects are named by.
    _run(["./configure", *ffmpeg_options()], ffmpeg, log, **fixed)
    _run(["make", f"-j{jobs}"], ffmpeg, log, **fixed)
    _run(["make", "install", f"DESTDIR={work}"], ffmpeg, log, **fixed)
    for file in (work / "ffmpeg/lib/pkgconfig").glob("*.pc"):
        text = (
            file.read_text("utf-8").replace("prefix=/ffmpeg", f"prefix={work}/ffmpeg", 1).replace("Libs.private:", "#")
        )
        file.write_text(text.replace("=/ffmpeg/", f"={work}/ffmpeg/"), "utf-8")
    made = work / "build"
    fixed["PKG_CONFIG_PATH"] = str(work / "ffmpeg/lib/pkgconfig")
    fixed["LDFLAGS"] = f"-L{work}/ffmpeg/lib"
    also = "-DOPENCV_LINKER_LIBS=ssl;crypto;z"
    _run(["cmake", "-G", "Ninja", "-S", str(opencv), "-B", str(made), *opencv_options(), also], work, log, **fixed)
    if "FFMPEG:                      YES" not in (made / "modules/core/version_string.inc").read_text("utf-8"):
        raise CannotBuild("OpenCV 没有找到刚编译的 FFmpeg")
    _say_nothing_of_here(made, str(work), sys.prefix, sys.base_prefix)
    _run(["ninja", f"-j{jobs}", "opencv_python3"], made, log, **fixed)
    return next((made / "lib").rglob("cv2.abi3.so"))


def library() -> Path:
    """The library from the cache, built now when it is not there. CannotBuild."""
    place = cache() / f"opencv-{key()}"
    kept = place / "cv2.abi3.so"
    if not kept.exists():
        print(f"编译 OpenCV（一次约半小时，结果存在 {place}）…", file=sys.stderr, flush=True)
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place) as folder:
            made = build(Path(folder).resolve(), len(os.sched_getaffinity(0)))
            # Whole or not at all: a build that was broken off leaves nothing behind that looks done.
            made.rename(place / "part")
        (place / "part").rename(kept)
    return kept


def names_used(folders: Iterable[Path]) -> set[str]:
    """Every cv2.NAME in Python files under the folders."""
    files = [file for folder in folders for file in sorted(folder.rglob("*.py"))]
    return {name for file in files for name in re.findall(r"\bcv2\.([A-Za-z]\w*)", file.read_text("utf-8"))}


def check(package: Path, folders: Iterable[Path]) -> None:
    """Has the library in a folder `cv2` all that the sources name? CannotBuild: names what it lacks."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import cv2\n"
        "print(*[name for name in sys.argv[2:] if not hasattr(cv2, name)])"
    )
    names = sorted(names_used(folders) - {"typing", "abi3"})
    # -B: compiled modules of the moment, with the time of the copy in them, would stay in the package.
    command = [sys.executable, "-I", "-B", "-c", code, str(package), *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or done.stdout.strip():
        raise CannotBuild(f"自己编译的 OpenCV 缺少程序用到的功能：{done.stdout.strip()}{done.stderr[-500:]}")


def compiled(package: Path) -> None:
    """Compile the Python files of a folder `cv2`, which lie as sources; the same files give the same bytes, whenever
    and wherever they were copied."""
    for file in sorted((package / "cv2").rglob("*.py")):
        name = file.relative_to(package).as_posix()
        py_compile.compile(str(file), dfile=name, doraise=True, invalidation_mode=UNCHECKED)


def again() -> bool:
    """Builds once more, in another folder: the same bytes as those in the cache?"""
    with tempfile.TemporaryDirectory() as folder:
        made = build(Path(folder).resolve(), len(os.sched_getaffinity(0)))
        return made.read_bytes() == library().read_bytes()


if __name__ == "__main__":
    if "--again" in sys.argv:
        sys.exit(0 if again() else "两次编译的 OpenCV 不同")
    print(library())
