"""What the package holds is named in the about box; what is not stops the build."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from licences import LIBRARIES, Nameless, check_libraries, check_whole, distributions, written

from app.support.notices import OTHERS

OWNERS = {"PIL": ["pillow"], "yaml": ["PyYAML"], "_cffi_backend": ["cffi"]}
NAMED = [*(name for name, _, _ in OTHERS), "pillow", "pypdfium2"]


def test_the_distributions_of_the_modules_are_named() -> None:
    modules = ["app.cli", "json.decoder", "PIL.Image", "yaml", "_cffi_backend", "81d243bd2c__mypyc", "pyimod01_archive"]
    assert distributions(modules, OWNERS) == ("cffi", "pillow", "pyyaml")


def test_a_module_of_nobody_s_stops_the_build() -> None:
    with pytest.raises(Nameless, match="stowaway"):
        distributions(["yaml", "stowaway.inner"], OWNERS)


def test_a_library_without_a_notice_stops_the_build() -> None:
    files = ["libcrypto.so.3", "pillow.libs/libtiff-20b7e810.so.6.3.0", "PyQt6/Qt6/plugins/platforms/libqxcb.so"]
    check_libraries([*files, "cv2/cv2.abi3.so", "PyQt6/Qt6/lib/libicuuc.so.73"], NAMED)
    with pytest.raises(Nameless, match=r"libgmp\.so\.10"):
        check_libraries([*files, "libgmp.so.10"], NAMED)
    with pytest.raises(Nameless, match=r"libcrypto\.so\.3"):
        check_libraries(files, [name for name in NAMED if name != "OpenSSL"])


def test_what_the_program_needs_and_nobody_found_stops_the_build() -> None:
    check_whole(["pillow", "requests"], ["pillow", "requests", "shapely", "pyqt6-qt6"])
    with pytest.raises(Nameless, match="requests"):
        check_whole(["pillow"], ["pillow", "requests"])


def test_every_library_s_work_is_named() -> None:
    assert set(LIBRARIES.values()) <= set(NAMED)


def test_the_package_s_notices_are_those_of_what_it_holds(tmp_path: Path) -> None:
    told = json.loads(written(["requests", "pillow"], tmp_path).read_text("utf-8"))
    assert [work["name"].lower() for work in told["works"]] == ["pillow", "requests"]
    assert all(work["texts"] for work in told["works"])
