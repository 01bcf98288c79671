"""A damaged write-ahead log is noticed before SQLite opens it.

After a crash SQLite plays back the log up to the first frame whose check sum is wrong and forgets the rest without a
word: right for a write that the power cut tore, wrong for a bit that rotted in a case accepted before it. The two can
be told apart. With synchronous=FULL a transaction is begun only when the one before it is on the disk, so a torn frame
can lie in the LAST transaction only: a bad frame that a later transaction follows is damage. What stays undetected is
damage inside the last transaction, which looks like a torn write.

Format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
"""

from __future__ import annotations

import struct
from pathlib import Path

from app.domain.errors import EnvironmentProblem
from offline_db.files import disk_problem

_HEADER = struct.Struct(">8I")
_FRAME = struct.Struct(">6I")
_MAGIC = (0x377F0682, 0x377F0683)


def _sum(data: bytes, big_endian: bool, start: tuple[int, int]) -> tuple[int, int]:
    first, second = start
    words = struct.unpack(f"{'>' if big_endian else '<'}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second


def check_wal(database: Path) -> None:
    """EnvironmentProblem when the database's log is damaged in a place that a torn write cannot explain."""
    wal = database.with_name(database.name + "-wal")
    try:
        blob = wal.read_bytes() if wal.exists() else b""
    except OSError as error:
        raise disk_problem(error) from error
    if _is_damaged(blob):
        raise EnvironmentProblem(
            "数据库日志已损坏",
            "最近保存的一部分内容所在的日志文件校验不符；继续打开会丢失这些内容，因此没有打开。",
            "请停止受理，不要删除任何文件，联系运维人员处理。",
        )


def _is_damaged(blob: bytes) -> bool:
    if len(blob) <= _HEADER.size or not any(blob[: _HEADER.size]):
        return False
    magic, _, page_size, _, salt1, salt2, sum1, sum2 = _HEADER.unpack_from(blob)
    big_endian = magic == _MAGIC[1]
    if magic not in _MAGIC or _sum(blob[:24], big_endian, (0, 0)) != (sum1, sum2):
        # Smaller than a disk sector and synced before any frame is written, so never torn.
        return True
    step = _FRAME.size + page_size
    starts = range(_HEADER.size, len(blob) - step + 1, step)
    # Frames of an earlier round of the log have other salts and lie behind this round's last one.
    ours = [at for at in starts if _FRAME.unpack_from(blob, at)[2:4] == (salt1, salt2)]
    if not ours:
        return False
    running = (sum1, sum2)
    for at in starts:
        body = blob[at : at + 8] + blob[at + _FRAME.size : at + step]
        running = _sum(body, big_endian, running)
        if _FRAME.unpack_from(blob, at)[2:] != (salt1, salt2, *running):
            # Bad. Does its own transaction's commit frame come later, and then one more transaction's frame?
            commits = [later for later in ours if later >= at and _FRAME.unpack_from(blob, later)[1]]
            return bool(commits) and ours[-1] > commits[0]
    return False
