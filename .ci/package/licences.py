"""Whose work is in the package, held against what the about box names: what has no notice stops the build."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.support.notices import collect, normal

OWN = frozenset({"app", "devices", "widgets", "offline_db", "resources", "yichuang"})

OF_PYTHON = ("pyi", "_pyi", "__main__", "_sysconfigdata")
"""PyInstaller's own and Python's, besides the standard library."""

LIBRARIES: Mapping[str, str] = {
    r"libpython3\..*": "Python",
    r"lib(crypto|ssl)[-.].*": "OpenSSL",
    r"libicu.*": "ICU",
    r"libQt6.*": "Qt 6",
    r"lib(stdc\+\+|gcc_s)\.so.*": "libstdc++, libgcc",
    r"libsqlite3\.so.*": "SQLCipher, SQLite",
    r"libz\.so.*": "zlib",
    r"libzstd[-.].*": "Zstandard",
    r"liblzma[-.].*": "XZ Utils (liblzma)",
    r"libbz2\.so.*": "bzip2",
    r"libbrotli.*": "Brotli",
    r"libffi\.so.*": "libffi",
    r"libuuid\.so.*": "libuuid (util-linux)",
    r"libjpeg[-.].*": "libjpeg-turbo",
    r"libv4l.*": "libv4l",
    r"libusb-1\.0\.so.*": "libusb",
    r"libzbar\.so.*": "ZBar",
    r"libx(cb|kbcommon).*": "libxcb, libxkbcommon",
    r"libXau.*": "libxcb, libxkbcommon",
    r"libscipy_openblas.*": "LAPACK, BLAS",
    r"libpq-.*": "PostgreSQL (libpq)",
    r"lib(com_err|gssapi_krb5|k5crypto|krb5|krb5support)-.*": "MIT Kerberos",
    r"libkeyutils-.*": "keyutils, libxcrypt",
    r"libcrypt-.*": "keyutils, libxcrypt",
    r"lib(ldap|lber)-.*": "OpenLDAP",
    r"libsasl2-.*": "Cyrus SASL",
    r"libpdfium\.so": "pypdfium2",
    r"lib(avif|freetype|harfbuzz|lcms2|openjp2|png16|sharpyuv|tiff|webp|webpdemux|webpmux)-.*": "pillow",
}
"""The work that a library belongs to, by its file's name; the last two have their words in the wheel's own texts."""


class Nameless(SystemExit):
    """Something goes along whose makers the about box does not name."""


def distributions(modules: Iterable[str], owners: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The Python distributions (normal names) of the modules in the package. owners: by top-level module, as
    importlib.metadata.packages_distributions gives them. Nameless: a module of nobody's."""
    found: set[str] = set()
    unknown: set[str] = set()
    for name in {module.partition(".")[0] for module in modules}:
        # mypyc lays a helper of a random name beside the module that it serves.
        if name in OWN or name in sys.stdlib_module_names or name.startswith(OF_PYTHON) or name.endswith("__mypyc"):
            continue
        if name in owners:
            found.update(normal(owner) for owner in owners[name])
        else:
            unknown.add(name)
    if unknown:
        raise Nameless(f".ci/package/licences.py 不知道这些模块是谁的：{'、'.join(sorted(unknown))}")
    return tuple(sorted(found))


NOT_SHIPPED = frozenset({"protobuf", "flatbuffers", "pycparser", "shapely"})
"""Needed by what is needed, as its metadata says, and called by nothing of ours."""
LIBRARY_ONLY = frozenset({"pyqt6-qt6"})
"""Without a module; named as the libraries that it holds."""


def check_whole(shipped: Iterable[str], needed: Iterable[str]) -> None:
    """Is everything that the program needs among what the modules told? Nameless: else the notices lack it."""
    lacking = set(needed) - set(shipped) - NOT_SHIPPED - LIBRARY_ONLY
    if lacking:
        raise Nameless(f"打包结果里没有找到：{'、'.join(sorted(lacking))}")


def written(names: Iterable[str], work: Path) -> Path:
    """The notices of these distributions, as the about box reads them; work: where the file is written."""
    work.mkdir(parents=True, exist_ok=True)
    made = work / "notices.json"
    made.write_text(json.dumps(collect(tuple(sorted(names))), ensure_ascii=False, indent=0) + "\n", "utf-8")
    return made


def check_libraries(files: Iterable[str], named: Iterable[str]) -> None:
    """Has every library (its path in the package) a work that is named? Nameless."""
    works = {name.lower() for name in named}
    lacking = []
    for path in sorted(files):
        file = path.rpartition("/")[2]
        # Modules and plug-ins are their distributions'.
        if not re.match(r"lib[^/]*\.so", file) or "/plugins/" in path or ".cpython-" in file:
            continue
        work = next((work for pattern, work in LIBRARIES.items() if re.fullmatch(pattern, file)), None)
        if work is None or work.lower() not in works:
            lacking.append(file)
    if lacking:
        raise Nameless(f"关于窗口没有写明这些库的许可（app/support/notices.py）：{'、'.join(lacking)}")
