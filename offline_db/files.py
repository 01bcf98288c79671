"""Writing files so that a power cut leaves either the old one or the new one, never half of one."""

from __future__ import annotations

import errno
import os
import secrets
import sys
from pathlib import Path

from app.domain.errors import EnvironmentProblem


def disk_problem(error: OSError) -> EnvironmentProblem:
    """What a failed file operation means to the clerk. Names no path: paths can hold a person's name."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return EnvironmentProblem(
            "磁盘已满", "本机存储空间不足，刚才的内容没有保存。", "请清理磁盘或联系运维人员，然后再试一次。"
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return EnvironmentProblem(
            "没有写入权限", "系统不允许写入本机数据文件夹，刚才的内容没有保存。", "请联系运维人员检查数据文件夹的权限。"
        )
    return EnvironmentProblem(
        "磁盘读写出错",
        f"系统报告磁盘错误（{errno.errorcode.get(error.errno or 0, '未知')}），刚才的内容没有保存。",
        "请再试一次；若仍然出错，请停止受理并联系运维人员检查硬盘。",
    )


def fsync_folder(folder: Path) -> None:
    """Make a rename or unlink inside the folder durable. Windows does this by itself and offers no call for it."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Create the folder for its owner only, durably. Raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    fsync_folder(folder.parent)


def write_whole(target: Path, data: bytes, temp_folder: Path | None = None) -> None:
    """Write data to target, readable by its owner only: temporary file, fsync, rename, fsync of the folder.

    temp_folder must lie on the same file system; default: the target's own folder. Nothing is left behind on
    failure. Raises OSError.
    """
    temp = (temp_folder or target.parent) / f".{secrets.token_hex(8)}.tmp"
    # O_BINARY exists on Windows only; without it line ends would be rewritten there.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(temp, flags, 0o600)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        os.replace(temp, target)
    except BaseException:
        temp.unlink(missing_ok=True)
        raise
    fsync_folder(target.parent)
