"""An archive package of a case with much scanned material, written and checked.

The peer in the same run is a bare zipfile with a SHA-256 of the same pages, from plain files: no vault, no PDF, no
manifest. Run with -s to see MB/s.
"""

from __future__ import annotations

import hashlib
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from archive_kit import PASSWORD
from desk_parts import Parts, counter

from app.archive.check import check_package
from app.demo.world import DemoWorld
from app.domain.case import Case
from app.domain.clock import SystemClock
from app.domain.item import MaterialUse
from app.domain.material import Material, MaterialStatus, Page
from app.licences.cose import SigningKey
from app.materials.page import encode_page
from app.services.archive_case import ArchiveCase

PAGES = 240


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with counter(tmp_path / "profile", DemoWorld(tmp_path / "world", SystemClock())) as made:
        yield made


def large_case(parts: Parts, folder: Path) -> tuple[Case, list[Path]]:
    """A case with PAGES scans of about 500 KB, and the same as plain files."""
    case = parts.accept.accept(parts.ready()).cases[0]
    rng = np.random.default_rng(7)
    base = rng.integers(0, 255, (820, 820, 3), np.uint8)
    pages, files = [], []
    for number in range(PAGES):
        base[:4, :4] = number % 256
        data = encode_page(base, 88)
        sealed = parts.vault.seal(data + number.to_bytes(4), "image/jpeg")
        pages.append(Page(sealed.sha256, "image/jpeg", sealed.size, 820, 820))
        files.append(folder / f"{number}.jpg")
        files[-1].write_bytes(data + number.to_bytes(4))
    many = tuple(
        Material(MaterialUse(f"m{n}", f"材料{n}"), ("x",), MaterialStatus.CAPTURED, pages=tuple(pages[n::8]))
        for n in range(8)
    )
    made = replace(case, case_id=case.case_id[:-3] + "fff", visit_id="v", provisional_no="X", materials=many)
    parts.store.accept([made], [], [])
    return made, files


def bare(files: list[Path], target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in files:
            data = path.read_bytes()
            hashlib.sha256(data).hexdigest()
            archive.writestr(path.name, data)


def test_a_large_package_against_a_bare_zip(parts: Parts, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.mkdir()
    case, files = large_case(parts, plain)
    size = sum(path.stat().st_size for path in files) / 1e6
    signer = parts.counter.renderer._signer

    def find(kid: bytes) -> list[SigningKey]:
        return [signer] if kid == signer.kid else []

    archive = ArchiveCase(
        parts.store, parts.vault, parts.catalog, parts.my_cases(), signer, find, parts.clock, parts.counter.duty,  # type: ignore[arg-type]
        "W03-01", True,
    )  # fmt: skip
    archive.export(case.case_id, tmp_path / "warm.zip", "x")
    took: dict[str, float] = {}
    for name, work in {
        "bare": lambda: bare(files, tmp_path / "bare.zip"),
        "package": lambda: archive.export(case.case_id, tmp_path / "a.zip", "x"),
        "check": lambda: check_package(tmp_path / "a.zip", find),
        "sealed": lambda: archive.export(case.case_id, tmp_path / "a.ycarchive", "x", PASSWORD),
        "check sealed": lambda: check_package(tmp_path / "a.ycarchive", find, PASSWORD),
    }.items():
        runs = []
        for _ in range(3):
            start = time.process_time()
            work()
            runs.append(time.process_time() - start)
        took[name] = min(runs)
    for name, seconds in took.items():
        ratio = seconds / took["bare"]
        print(f"\n{name}: {size:.0f} MB in {seconds:.2f} s CPU, {size / seconds:.0f} MB/s, {ratio:.1f} x bare", end="")
    assert took["package"] < 6 * took["bare"]
    assert took["check"] < 3 * took["bare"]
    assert took["sealed"] < 10 * took["bare"]
