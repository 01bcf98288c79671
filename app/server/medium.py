"""Files that a person takes along: on a stick, whole or not at all, with words for what a medium does."""

from __future__ import annotations

import contextlib
import errno
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from app.domain.errors import BadInput, EnvironmentProblem
from app.server.whole_file import whole_file

_SPARE = 4 << 20


def need_room(folder: Path, size: int) -> None:
    """EnvironmentProblem when the medium has not so many bytes left."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise medium_problem(error) from error
    if free < size + _SPARE:
        raise _full(f"需要约 {-(-size // 1_000_000)} MB，只剩 {free // 1_000_000} MB。")


@contextlib.contextmanager
def written_whole(target: Path) -> Iterator[BinaryIO]:
    """`whole_file`, with EnvironmentProblem for what the medium refuses."""
    try:
        with whole_file(target) as stream:
            yield stream
    except OSError as error:
        raise medium_problem(error) from error


@contextlib.contextmanager
def opened(source: Path) -> Iterator[BinaryIO]:
    """A file to read from. BadInput when it cannot be."""
    try:
        with source.open("rb") as stream:
            yield stream
    except OSError as error:
        raise BadInput("读不了文件", f"{error.strerror}", "请重新插好 U 盘，再选一次文件。") from error


def medium_problem(error: OSError) -> EnvironmentProblem:
    """What a failed write means to the clerk. Names no path: paths can hold a person's name."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full("写到一半盘满了，没有留下文件。")
    if error.errno == errno.EFBIG:
        return EnvironmentProblem(
            "文件太大，目标盘放不下", "这种格式的盘（FAT32）单个文件最大 4 GB。", "请换一个 exFAT 或 NTFS 格式的盘。"
        )
    return EnvironmentProblem(
        "写不进目标盘", f"系统报告：{error.strerror}", "请检查 U 盘是否插好、写保护是否打开，或换一个再导出。"
    )


def _full(what: str) -> EnvironmentProblem:
    return EnvironmentProblem("目标盘空间不够", what, "请换一个 U 盘，或清出空间后再导出。")
