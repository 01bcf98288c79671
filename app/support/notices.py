"""Notices of other people's work that the program contains, from the installed distributions' own metadata.

Made into resources/notices/notices.json by `python -m app.support.notices`, so that the packaged program, which has no
metadata of most of them, can show them; a test says when it has to be made again.
"""

from __future__ import annotations

import importlib.metadata as metadata
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import resources

FILE = "notices/notices.json"
_TEXT = re.compile(r"(?i)(^|/)(licen[cs]e|copying|notice|copyright|authors)[^/]*$")
_NAMED = re.compile(r"[A-Za-z0-9._-]+")

OTHERS = (
    ("Qt 6", "LGPL-3.0-only", "https://www.qt.io/"),
    ("SQLCipher, SQLite", "BSD-3-Clause, public domain", "https://www.zetetic.net/sqlcipher/"),
    ("Python", "PSF-2.0", "https://www.python.org/"),
    ("PyInstaller (bootloader)", "GPL-2.0-or-later WITH Bootloader-exception", "https://pyinstaller.org/"),
    ("OpenSSL", "Apache-2.0", "https://www.openssl.org/"),
    ("ICU", "Unicode-3.0", "https://icu.unicode.org/"),
    ("libstdc++, libgcc", "GPL-3.0-or-later WITH GCC-exception-3.1", "https://gcc.gnu.org/"),
    ("zlib", "Zlib", "https://zlib.net/"),
    ("Zstandard", "BSD-3-Clause", "https://facebook.github.io/zstd/"),
    ("XZ Utils (liblzma)", "0BSD", "https://tukaani.org/xz/"),
    ("bzip2", "bzip2-1.0.6", "https://sourceware.org/bzip2/"),
    ("Brotli", "MIT", "https://github.com/google/brotli"),
    ("libffi", "MIT", "https://sourceware.org/libffi/"),
    ("libuuid (util-linux)", "BSD-3-Clause", "https://github.com/util-linux/util-linux"),
    ("libjpeg-turbo", "IJG AND BSD-3-Clause AND Zlib", "https://libjpeg-turbo.org/"),
    ("libv4l", "LGPL-2.1-or-later", "https://linuxtv.org/wiki/index.php/V4l-utils"),
    ("libusb", "LGPL-2.1-or-later", "https://libusb.info/"),
    ("libxcb, libxkbcommon", "MIT", "https://www.x.org/"),
    ("LAPACK, BLAS", "BSD-3-Clause", "https://www.netlib.org/lapack/"),
    ("PostgreSQL (libpq)", "PostgreSQL", "https://www.postgresql.org/"),
    ("MIT Kerberos", "MIT", "https://web.mit.edu/kerberos/"),
    ("keyutils, libxcrypt", "LGPL-2.1-or-later", "https://github.com/besser82/libxcrypt"),
    ("OpenLDAP", "OLDAP-2.8", "https://www.openldap.org/"),
    ("Cyrus SASL", "BSD-3-Clause-Attribution", "https://www.cyrusimap.org/sasl/"),
    ("FFmpeg", "LGPL-3.0-or-later", "https://ffmpeg.org/"),
    ("ZBar", "LGPL-2.1-or-later", "https://github.com/mchehab/zbar"),
    ("LXGW WenKai 霞鹜文楷", "OFL-1.1", "https://github.com/lxgw/LxgwWenKai"),
    ("WenQuanYi Micro Hei 文泉驿微米黑", "Apache-2.0 OR GPL-3.0-only", "http://wenq.org/"),
    ("HanaMin 花園明朝", "OFL-1.1", "https://github.com/cjkvi/HanaMinAFDKO"),
    ("PP-OCR models", "Apache-2.0", "https://github.com/PaddlePaddle/PaddleOCR"),
    (
        "YuNet face detector 2023mar",
        "MIT",
        "https://github.com/opencv/opencv_zoo/tree/main/models/face_detection_yunet",
    ),
    ("SFace 2021dec", "Apache-2.0", "https://github.com/opencv/opencv_zoo/tree/main/models/face_recognition_sface"),
)
"""What comes in without a Python distribution of its own; .ci/package/licences.py holds the package against it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One work. licence: as its makers name it. texts: its licence files, whole."""

    name: str
    version: str
    licence: str
    home: str
    texts: tuple[str, ...] = ()


def notices() -> tuple[Notice, ...]:
    """All of them, as the file has them."""
    document = json.loads(resources.path(FILE).read_text("utf-8"))
    texts = document["texts"]
    found = [
        Notice(one["name"], one["version"], one["licence"], one["home"], tuple(texts[at] for at in one["texts"]))
        for one in document["works"]
    ]
    return (*found, *(Notice(name, "", licence, home) for name, licence, home in OTHERS))


def needed(root: str = "yichuang") -> tuple[str, ...]:
    """The distributions that the program needs, directly or not, by their normal names."""
    from packaging.requirements import Requirement

    found: dict[str, None] = {}
    waiting = [root]
    while waiting:
        name = waiting.pop()
        try:
            requires = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        if name != root:
            found[normal(name)] = None
        for text in requires:
            requirement = Requirement(text)
            extras = {"binary", ""} if requirement.name == "psycopg" or name == "psycopg" else {""}
            wanted = requirement.marker is None or any(requirement.marker.evaluate({"extra": e}) for e in extras)
            if wanted and normal(requirement.name) not in found:
                waiting.append(requirement.name)
    return tuple(sorted(found))


def normal(name: str) -> str:
    """PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def collect(names: tuple[str, ...]) -> dict[str, object]:
    """The file's content, of the distributions installed here."""
    texts: list[str] = []
    works = []
    for name in names:
        found = metadata.distribution(name)
        own = []
        for text in _licence_texts(found):
            if text not in texts:
                texts.append(text)
            own.append(texts.index(text))
        works.append(
            {
                "name": found.metadata["Name"],
                "version": found.version,
                "licence": _licence(found.metadata),
                "home": _home(found.metadata),
                "texts": own,
            }
        )
    return {"works": works, "texts": texts}


_SAID = {"sqlcipher3": "Zlib", "python-sane": "HPND"}
"""Of those whose metadata says none: as their licence file has it."""


def _licence(about: metadata.PackageMetadata) -> str:
    said = _said(about, "License-Expression")
    if not said:
        kinds = [text.rpartition("::")[2].strip() for text in about.get_all("Classifier") or [] if "License" in text]
        said = ", ".join(kind for kind in kinds if kind != "OSI Approved")
    if not said:
        said = _said(about, "License").strip().partition("\n")[0]
    return said or _SAID[normal(about["Name"])]


def _said(about: metadata.PackageMetadata, name: str) -> str:
    return str(about[name]) if name in about else ""


def _home(about: metadata.PackageMetadata) -> str:
    if home := _said(about, "Home-page"):
        return home
    urls = [text.partition(",")[2].strip() for text in about.get_all("Project-URL") or []]
    return urls[0] if urls else ""


def _licence_texts(found: metadata.Distribution) -> Iterator[str]:
    for file in sorted(found.files or [], key=str):
        if ".dist-info/" in str(file) and _TEXT.search(str(file)):
            path = Path(str(file.locate()))
            if path.is_file() and path.stat().st_size < 200_000:
                yield path.read_text("utf-8", "replace").replace("\r\n", "\n").strip()


def main() -> int:
    """Write the file."""
    target = resources.path(FILE)
    target.parent.mkdir(parents=True, exist_ok=True)
    document = collect(needed())
    target.write_text(json.dumps(document, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
