"""What stops an archive package on its way out leaves nothing behind; a large one needs no large memory."""

from __future__ import annotations

import errno
import io
import os
import shutil
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from archive_kit import PASSWORD
from archived_case import accepted, names_in, noise, service, with_pages
from desk_parts import Parts

from app.archive.errors import Cancelled
from app.domain.errors import EnvironmentProblem
from app.server import medium, whole_file
from offline_db.vault import Vault

LARGE = 400_000_000 if os.environ.get("FAULTS") == "nightly" else 45_000_000
"""Bytes of the scans of the large case."""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where packages go: apart from the profile."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize(
    ("trouble", "words"),
    [(errno.ENOSPC, "目标盘空间不够"), (errno.EFBIG, "文件太大"), (errno.EIO, "写不进目标盘")],
)
def test_a_full_or_broken_stick_is_said_and_nothing_half_stays(
    parts: Parts, out: Path, monkeypatch: pytest.MonkeyPatch, sealed: bool, trouble: int, words: str
) -> None:
    """The medium refuses in the middle, behind the room that it said it had."""
    case = accepted(parts)
    target = out / "a.zip"
    target.write_bytes(b"of yesterday")
    plain = Path.open

    class Stick(io.FileIO):
        def write(self, data: object, /) -> int:
            if self.tell() > 60_000:
                raise OSError(trouble, os.strerror(trouble))
            return super().write(data)  # type: ignore[arg-type]

    def opened(path: Path, mode: str = "r", *args: object, **kwargs: object) -> object:
        return Stick(path, mode) if path.suffix == ".part" else plain(path, mode, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(whole_file.Path, "open", opened)
    with pytest.raises(EnvironmentProblem, match=words):
        service(parts).export(case.case_id, target, "移交档案", PASSWORD if sealed else None)
    monkeypatch.undo()
    assert names_in(out) == ["a.zip"]
    assert target.read_bytes() == b"of yesterday"
    assert not [one for one in parts.store.audit_entries() if one.action == "case.exported"]


def test_no_room_is_said_before_anything_is_written(parts: Parts, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = accepted(parts)
    tight = shutil._ntuple_diskusage(10, 9, 100_000)  # type: ignore[attr-defined]
    monkeypatch.setattr(medium.shutil, "disk_usage", lambda _: tight)
    with pytest.raises(EnvironmentProblem, match="目标盘空间不够"):
        service(parts).export(case.case_id, out / "a.zip", "移交档案")
    monkeypatch.undo()
    with pytest.raises(EnvironmentProblem, match="写不进目标盘"):
        service(parts).export(case.case_id, out / "gone" / "a.zip", "移交档案")


def test_stopped_in_the_middle_nothing_stays(parts: Parts, out: Path) -> None:
    case = accepted(parts)
    archive = service(parts)
    full = archive.export(case.case_id, out / "full.zip", "移交档案")
    (out / "full.zip").unlink()
    done = [0]
    for share in (0.0, 0.3, 0.6, 0.9):
        limit = share * full.bytes
        done[0] = 0
        with pytest.raises(Cancelled):
            archive.export(
                case.case_id,
                out / "a.zip",
                "移交档案",
                progress=lambda now, _: done.__setitem__(0, now),
                stopped=partial(lambda at: done[0] >= at, limit),
            )
        assert names_in(out) == []


def test_a_large_case_needs_no_large_memory(parts: Parts, out: Path) -> None:
    scan = noise(1)
    pages = [(scan + number.to_bytes(4), "image/jpeg") for number in range(LARGE // len(scan) + 1)]
    case = with_pages(parts, accepted(parts), pages)
    del pages
    archive = service(parts)
    archive.plan(case.case_id)
    for name, password in (("a.zip", None), ("a.ycarchive", PASSWORD)):
        tracemalloc.start()
        try:
            made = archive.export(case.case_id, out / name, "移交档案", password)
            checked = archive.check(out / name, password)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert checked.unaltered
        assert made.bytes > LARGE
        print(f"\n{name} of {made.bytes / 1e6:.0f} MB: at most {peak / 1e6:.0f} MB of memory")
        # The sheets' fonts and a few pages; not the scans.
        assert peak < 40_000_000


def test_hundreds_of_pages_go_through_one_by_one(parts: Parts, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 400 MB of scans one page is held at a time; here 40 pages, and the open ones are counted."""
    page = noise(1, 200)
    case = with_pages(parts, accepted(parts), [(page, "image/jpeg")] * 40)
    opened: list[str] = []
    plain: Callable[[Vault, str], bytes] = Vault.open
    written: list[int] = []

    def counted(vault: Vault, sha256: str) -> bytes:
        opened.append(sha256)
        return plain(vault, sha256)

    monkeypatch.setattr(Vault, "open", counted)
    service(parts).export(case.case_id, out / "a.zip", "移交档案", progress=lambda done, _: written.append(len(opened)))
    # The first page is in the file before the third is read.
    mine = [number for number, sha in enumerate(opened, 1) if sha == case.materials[-1].pages[0].sha256]
    assert len(mine) == 40
    assert any(mine[0] <= count < mine[2] for count in written)
