"""What the package has in place of what wheels bring: joined twins, halved nets, smaller fonts, our own OpenCV."""

from __future__ import annotations

import importlib.util
import io
import lzma
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
import onnx
import onnxruntime
import opencv
import pytest
import sqlcipher
from contents import Entry
from fonts import characters, only, packed, write_packed
from fontTools.ttLib import TTFont
from nets import BIG, halve
from onnx import TensorProto, helper, numpy_helper
from running import ROOT
from twins import joined

from app.documents.fonts import find_fonts

ENTRIES: list[Entry] = [
    ("libcrypto.so.3", "/s/libcrypto.so.3", "BINARY"),
    ("libssl.so.3", "/s/libssl.so.3", "BINARY"),
    ("psycopg_binary.libs/libcrypto-3a0647ea.so.3", "/p/libcrypto", "BINARY"),
    ("psycopg_binary.libs/libssl-6a9b88ec.so.3", "/p/libssl", "BINARY"),
    ("psycopg_binary.libs/libpq-e9b5c9ac.so.5.18", "/p/libpq", "BINARY"),
]
NEEDS = {
    "/p/libpq": ["libssl-6a9b88ec.so.3", "libcrypto-3a0647ea.so.3", "libc.so.6"],
    "/p/libssl": ["libcrypto-3a0647ea.so.3"],
}
OFFERED = {
    "/s/libcrypto.so.3": {"EVP_sha256@OPENSSL_3.0.0"},
    "/s/libssl.so.3": {"SSL_new@OPENSSL_3.0.0"},
    "/p/libcrypto": {"EVP_sha256@OPENSSL_3.0.0", "OSSL_sleep@OPENSSL_3.2.0"},
    "/p/libssl": {"SSL_new@OPENSSL_3.0.0"},
}


def joined_when(asked: set[str]) -> dict[str, tuple[str, str]]:
    wanted = {"/p/libpq": asked, "/p/libssl": {"OSSL_sleep@OPENSSL_3.2.0"}}
    made = joined(
        ENTRIES, lambda file: NEEDS.get(file, []), lambda file, own: (OFFERED if own else wanted).get(file, set())
    )
    return {name: (file, kind) for name, file, kind in made}


def test_a_library_with_a_twin_becomes_a_link() -> None:
    made = joined_when({"SSL_new@OPENSSL_3.0.0", "EVP_sha256@OPENSSL_3.0.0", "malloc@GLIBC_2.2.5"})
    assert made["psycopg_binary.libs/libcrypto-3a0647ea.so.3"] == ("../libcrypto.so.3", "SYMLINK")
    assert made["psycopg_binary.libs/libssl-6a9b88ec.so.3"] == ("../libssl.so.3", "SYMLINK")
    assert made["libcrypto.so.3"] == ("/s/libcrypto.so.3", "BINARY")


def test_a_function_that_the_twin_lacks_keeps_both() -> None:
    made = joined_when({"SSL_new@OPENSSL_3.0.0", "OSSL_sleep@OPENSSL_3.2.0"})
    assert {kind for _, kind in made.values()} == {"BINARY"}


def test_a_halved_net_is_half_the_size_and_answers_alike(tmp_path: Path) -> None:
    weights = np.random.default_rng(2).normal(0, 0.1, (64, 256)).astype(np.float32)
    small = np.ones(BIG - 1, np.float32)
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "w"], ["y"]), helper.make_node("Identity", ["s"], ["z"])],
        "net",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 64])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in ("y", "z")],
        [numpy_helper.from_array(weights, "w"), numpy_helper.from_array(small, "s")],
    )
    net = tmp_path / "net.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)], ir_version=8), str(net))
    made = halve(net, tmp_path / "out")
    assert made.stat().st_size < 0.6 * net.stat().st_size
    assert made.read_bytes() == halve(net, tmp_path / "again").read_bytes()
    x = np.random.default_rng(3).normal(0, 1, (1, 64)).astype(np.float32)
    was, now = (onnxruntime.InferenceSession(str(file)).run(None, {"x": x}) for file in (net, made))
    assert np.abs(was[0] - now[0]).max() < 2e-3
    assert np.array_equal(was[1], now[1]), "small weights are left alone"


def _font(name: str) -> Path:
    found = subprocess.run(["fc-list", "-f", "%{file}\n"], capture_output=True, text=True, check=False).stdout
    files = [Path(line) for line in found.splitlines() if Path(line).name == name]
    if not files:
        pytest.skip(f"{name} is not installed")
    return files[0]


@pytest.mark.skipif(sys.platform != "linux", reason="fonts of Debian")
def test_a_font_keeps_the_wanted_letters_as_they_were_drawn() -> None:
    font = _font("DejaVuSans.ttf")
    wanted = {ord(char) for char in "Añ√"}
    with TTFont(io.BytesIO(only(font, wanted))) as made, TTFont(str(font)) as was:
        assert set(made.getBestCmap()) == wanted
        for point in wanted:
            one, other = (f["glyf"][f.getBestCmap()[point]].getCoordinates(f["glyf"])[0] for f in (was, made))
            assert list(one) == list(other)
        assert made["hmtx"][made.getBestCmap()[ord("A")]] == was["hmtx"][was.getBestCmap()[ord("A")]]
    assert only(font, wanted) == only(font, wanted)


@pytest.mark.skipif(sys.platform != "linux", reason="fonts of Debian")
def test_a_packed_font_is_found_and_is_the_same(tmp_path: Path) -> None:
    font = _font("DejaVuSans.ttf")
    [made] = write_packed([(font, 0)], tmp_path)
    assert made.name == "DejaVuSans.ttf.xz"
    assert lzma.decompress(made.read_bytes()) == font.read_bytes()
    assert packed(b"x" * 100) == packed(b"x" * 100)
    [found] = find_fonts([{"file": "DejaVuSans.ttf"}], [tmp_path])
    assert found.path == made
    assert len(characters(font)) > 5000


# ------------------------------------------------------------------------------------------------------ Shapely

STANDIN = ROOT / ".ci/package/instead"


def standin() -> ModuleType:
    spec = importlib.util.spec_from_file_location("standin", STANDIN / "shapely/geometry.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_polygon_in_shapely_s_place_measures_as_shapely_does() -> None:
    from shapely.geometry import Polygon

    chance = np.random.default_rng(7)
    for _ in range(200):
        # Found lines are leaning rectangles; corners turned either way.
        box = cv2.boxPoints(((300.0, 200.0), tuple(chance.uniform(1, 400, 2)), float(chance.uniform(0, 90))))
        for corners in (box, box[::-1], box.tolist()):
            ours, theirs = standin().Polygon(corners), Polygon(corners)
            assert ours.area == pytest.approx(theirs.area, rel=1e-6)
            assert ours.length == pytest.approx(theirs.length, rel=1e-6)


def test_rapidocr_asks_no_more_of_shapely() -> None:
    spec = importlib.util.find_spec("rapidocr")
    assert spec is not None
    assert spec.origin is not None
    said = {
        f"{file.name}: {line.strip()}"
        for file in Path(spec.origin).parent.rglob("*.py")
        for line in file.read_text("utf-8").splitlines()
        if re.search(r"shapely|Polygon\(|\bpoly\.", line) and "pytorch" not in str(file)
    }
    assert said == {
        "utils.py: from shapely.geometry import Polygon",
        "utils.py: poly = Polygon(box)",
        "utils.py: distance = poly.area * unclip_ratio / poly.length",
    }


# ------------------------------------------------------------------------------------------------------ OpenCV

NOT_BUILT = re.compile(
    r"cv2\.(dnn|ml|detail|FaceDetector|FaceRecognizer|QRCode|Cascade|HOG|barcode|aruco|estimateAffine|findHomography|solvePnP|"
    r"calibrate|undistort|ORB|SIFT|BFMatcher|Flann|createBackground|inpaint|fastNl|Stitcher|findEssential|findChessboard)"
)


def test_the_program_calls_no_module_that_the_package_s_opencv_lacks() -> None:
    used = [
        f"{file.relative_to(ROOT)}: {found[0]}"
        for folder in ("app", "devices", "widgets", "offline_db")
        for file in (ROOT / folder).rglob("*.py")
        for found in NOT_BUILT.finditer(file.read_text("utf-8"))
    ]
    assert used == []
    assert NOT_BUILT.search("cv2.findHomography(a, b)")


def test_the_recipe_knows_the_pinned_version() -> None:
    pinned = re.search(r"^opencv-python-headless==(.+)$", (ROOT / "requirements.txt").read_text("utf-8"), re.M)
    assert pinned is not None
    assert pinned[1] in opencv.SOURCES


def test_the_names_that_the_program_uses_are_read_from_its_sources() -> None:
    names = opencv.names_used([ROOT / "devices", ROOT / "app"])
    assert {"VideoCapture", "imdecode", "CAP_V4L2", "CAP_FFMPEG"} <= names


def test_a_library_in_the_cache_is_taken_and_another_recipe_is_another_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("YICHUANG_BUILD_CACHE", str(tmp_path))
    monkeypatch.setattr(opencv, "build", lambda work, jobs: pytest.fail("built again"))
    kept = tmp_path / f"opencv-{opencv.key()}" / "cv2.abi3.so"
    kept.parent.mkdir()
    kept.write_bytes(b"library")
    assert opencv.library() == kept
    key = opencv.key()
    monkeypatch.setattr(opencv, "version", lambda name: "0.0.0.1")
    assert opencv.key() != key


def test_modules_are_compiled_alike_whenever_they_were_copied(tmp_path: Path) -> None:
    made = []
    for folder, moment in (("one", 1_000_000_000), ("two", 1_500_000_000)):
        source = tmp_path / folder / "cv2/utils/__init__.py"
        source.parent.mkdir(parents=True)
        source.write_text("NAME = 'a'\n\n\ndef told() -> str:\n    return NAME\n", "utf-8")
        os.utime(source, (moment, moment))
        opencv.compiled(tmp_path / folder)
        made.append({file.name: file.read_bytes() for file in source.parent.glob("__pycache__/*.pyc")})
    assert len(made[0]) == 1
    assert made[0] == made[1]


def test_a_look_at_the_library_leaves_nothing_in_the_package(tmp_path: Path) -> None:
    (tmp_path / "package/cv2").mkdir(parents=True)
    (tmp_path / "package/cv2/__init__.py").write_text("imread = 1\n", "utf-8")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/a.py").write_text("cv2.imread\n", "utf-8")
    opencv.check(tmp_path / "package", [tmp_path / "sources"])
    assert [path.name for path in (tmp_path / "package/cv2").iterdir()] == ["__init__.py"]


def test_another_archive_is_not_built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def download(command: object, where: Path, log: Path, **more: str) -> None:
        (where / "opencv_python_headless-4.tar.gz").write_bytes(b"another")

    monkeypatch.setattr(opencv, "_run", download)
    with pytest.raises(opencv.CannotBuild, match="SOURCES"):
        opencv._opencv_source(tmp_path, tmp_path / "log")


# ------------------------------------------------------------------------------------------------------ SQLCipher


def test_sqlcipher_s_recipe_knows_the_pinned_version_and_takes_no_other_archive(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pinned = re.search(r"^sqlcipher3==(.+)$", (ROOT / "requirements.txt").read_text("utf-8"), re.M)
    assert pinned is not None
    assert pinned[1] in sqlcipher.SOURCES

    def download(command: object, cwd: Path, **more: object) -> subprocess.CompletedProcess[str]:
        (cwd / "sqlcipher3-9.tar.gz").write_bytes(b"another")
        return subprocess.CompletedProcess([], 0, "", "")

    monkeypatch.setattr(sqlcipher.subprocess, "run", download)
    with pytest.raises(sqlcipher.CannotBuild, match="SOURCES"):
        sqlcipher._source(tmp_path)


def test_a_sqlcipher_in_the_cache_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YICHUANG_BUILD_CACHE", str(tmp_path))
    monkeypatch.setattr(sqlcipher, "build", lambda work: pytest.fail("built again"))
    kept = tmp_path / f"sqlcipher-{sqlcipher.key()}" / "_sqlite3.so"
    kept.parent.mkdir()
    kept.write_bytes(b"module")
    assert sqlcipher.library() == kept


def test_another_sqlcipher_than_the_wheel_s_stops_the_build(tmp_path: Path) -> None:
    from sqlcipher3 import _sqlite3 as wheel

    sqlcipher.check(Path(wheel.__file__), Path(wheel.__file__))
    # The system's SQLite answers under the same names and encrypts nothing.
    import _sqlite3 as plain

    with pytest.raises(sqlcipher.CannotBuild, match="与 wheel 的不同"):
        sqlcipher.check(Path(plain.__file__), Path(wheel.__file__))
