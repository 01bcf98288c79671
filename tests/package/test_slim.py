"""The small libraries that stand in for big ones: the same answers, from a tenth of the bytes."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from slim import plain, small_blas, small_icu, symbols, trim_icu, wanted_item

linux = pytest.mark.skipif(sys.platform != "linux" or not shutil.which("gcc"), reason="Linux packages only")


def _package(name: str) -> Path:
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _with(library: Path, code: str) -> str:
    """What code prints when the small library was loaded before; the loader then takes it for the wheel's."""
    env = os.environ | {"LD_PRELOAD": str(library)}
    shown = f"print(sum({library.name!r} in line for line in open('/proc/self/maps')) > 0)"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{shown}"], env=env, capture_output=True, text=True, check=True
    )
    said, _, loaded = done.stdout.strip().rpartition("\n")
    assert loaded == "True"
    assert done.stderr == ""
    return said


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [
        ("scipy_cblas_dgemm64_", ("cblas_dgemm", True)),
        ("scipy_cblas_zdotu_sub64_", ("cblas_zdotu_sub", True)),
        ("scipy_dgesv_64_", ("dgesv_", True)),
        ("dgesv_", ("dgesv_", False)),
        ("cblas_sgemm", ("cblas_sgemm", False)),
    ],
)
def test_names_of_the_wheels(symbol: str, expected: tuple[str, bool]) -> None:
    assert plain(symbol) == expected


ALGEBRA = """
import numpy as np
r = np.random.default_rng(7)
for kind in (np.float32, np.float64, np.complex64, np.complex128):
    a = r.standard_normal((40, 40)).astype(kind)
    a = a + 1j * a.T if np.iscomplexobj(a) else a
    a = a.astype(kind)
    near = 2e-2 if a.real.dtype == np.float32 else 1e-8
    h = a @ a.conj().T + np.eye(40, dtype=kind)
    u, s, v = np.linalg.svd(a)
    assert np.allclose(u * s @ v, a, atol=near)
    w, z = np.linalg.eigh(h)
    assert np.allclose(z * w @ z.conj().T, h, atol=near * 10)
    w, z = np.linalg.eig(a)
    assert np.allclose(a @ z, z * w, atol=near)
    q, t = np.linalg.qr(a)
    assert np.allclose(q @ t, a, atol=near)
    c = np.linalg.cholesky(h)
    assert np.allclose(c @ c.conj().T, h, atol=near * 10)
    b = r.standard_normal((40, 2)).astype(kind)
    assert np.allclose(h @ np.linalg.solve(h, b), b, atol=near)
    assert np.allclose(h @ np.linalg.lstsq(h, b, rcond=None)[0], b, atol=near)
    assert np.allclose(a @ b, [[sum(x * y for x, y in zip(row, column)) for column in b.T] for row in a], atol=near)
    assert np.allclose(a[0] @ a[1], (a[0] * a[1]).sum(), atol=near)
    assert np.allclose(np.vdot(a[0], a[1]), (a[0].conj() * a[1]).sum(), atol=near)
    assert np.allclose(a @ a[0], (a * a[0]).sum(1), atol=near)
"""


@linux
def test_numpys_algebra_on_the_small_library(tmp_path: Path) -> None:
    home = _package("numpy")
    big = next(home.with_name("numpy.libs").glob("libscipy_openblas*"))
    small = small_blas(big, sorted(home.rglob("*.so")), tmp_path)
    assert (small.name, small.stat().st_size < 3e6) == (big.name, True)
    assert _with(small, ALGEBRA) == ""


SOLVING = """
import cv2, numpy as np
r = np.random.default_rng(7)
for kind, near in ((np.float32, 5e-2), (np.float64, 1e-8)):
    a = r.standard_normal((150, 150)).astype(kind)
    h = (a @ a.T + np.eye(150)).astype(kind)
    b = r.standard_normal((150, 2)).astype(kind)
    for how, matrix in ((cv2.DECOMP_LU, a), (cv2.DECOMP_SVD, a), (cv2.DECOMP_QR, a), (cv2.DECOMP_CHOLESKY, h)):
        good, x = cv2.solve(matrix, b, flags=how)
        assert good and np.allclose(matrix @ x, b, atol=near), how
    w, u, v = cv2.SVDecomp(a)
    assert np.allclose(u * w[:, 0] @ v, a, atol=near)
    assert np.allclose(cv2.gemm(a, h, 1, None, 0), a @ h, rtol=near)
"""


@linux
def test_opencvs_large_matrices_on_the_small_library(tmp_path: Path) -> None:
    home = _package("cv2")
    big = next(home.with_name("opencv_python_headless.libs").glob("libopenblas*"))
    small = small_blas(big, [home / "cv2.abi3.so"], tmp_path)
    assert (small.name, small.stat().st_size < 2e6) == (big.name, True)
    assert _with(small, SOLVING) == ""


@linux
def test_a_library_that_nobody_asks_for_anything_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="0 functions"):
        small_blas(next(_package("numpy").with_name("numpy.libs").glob("libscipy*")), [], tmp_path)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("zh_Hans_CN.res", True),
        ("coll/zh.res", True),
        ("en_001.res", True),
        ("root.res", True),
        ("gb18030.cnv", True),
        ("zoneinfo64.res", True),
        ("coll/res_index.res", True),
        ("de.res", False),
        ("zone/fr_CA.res", False),
        ("sr_Latn_BA.res", False),
        ("ca_ES_VALENCIA.res", False),
        ("brkitr/thaidict.dict", False),
        ("translit/el.res", False),
    ],
)
def test_which_of_icus_data_stay(name: str, wanted: bool) -> None:
    assert wanted_item(name) is wanted


def _icu(items: dict[str, bytes]) -> bytes:
    """A package of ICU data as its tools write it."""
    header = struct.pack("<HBBHHBBBB", 32, 0xDA, 0x27, 20, 0, 0, 0, 2, 0) + b"CmnD" + bytes(16)
    names = b"".join(f"icudt73l/{name}".encode() + b"\0" for name in items)
    at, table, body = 4 + 8 * len(items), b"", b""
    start = at + len(names) + (-(at + len(names)) % 16)
    for name, item in items.items():
        table += struct.pack("<II", at, start + len(body))
        at += len(f"icudt73l/{name}") + 1
        body += item + bytes(-len(item) % 16)
    head = struct.pack("<I", len(items)) + table + names
    return header[:32] + head + bytes(start - len(head)) + body


def test_a_package_of_icu_without_other_languages_is_one() -> None:
    zh, root = b"zh" * 20, b"root" * 7
    assert trim_icu(_icu({"de.res": b"x" * 100, "root.res": root, "zh.res": zh})) == _icu(
        {"root.res": root, "zh.res": zh}
    )
    with pytest.raises(ValueError, match="ICU"):
        trim_icu(b"\x7fELF" + bytes(60))


WORDS = """
from PyQt6.QtCore import QByteArray, QCollator, QLocale, QStringDecoder
for name in ("zh_CN", "en_US"):
    locale = QLocale(name)
    order = QCollator(locale)
    print(sorted(["王", "李", "张", "赵", "阿", "𠮷", "a", "B"], key=order.sortKey), locale.toUpper("straße"))
print(QStringDecoder("GB18030")(QByteArray("㛃𠮷䶮𬭚".encode("gb18030"))))
"""


@linux
def test_the_screens_languages_on_icus_small_data(tmp_path: Path) -> None:
    big = _package("PyQt6") / "Qt6/lib/libicudata.so.73"
    small = small_icu(big, tmp_path)
    assert small.stat().st_size < 12e6
    assert symbols(small, True) == symbols(big, True)
    said = _with(small, WORDS)
    assert said == _with(big, WORDS)
    assert "'阿', '李', '王', '张', '赵'" in said
    assert "㛃𠮷䶮𬭚" in said
