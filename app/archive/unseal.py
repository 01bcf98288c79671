"""A sealed package as the ZIP that it would have been without the password."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from app.archive.check import Progress, Stopped
from app.archive.container import ZipSink, is_sealed, open_source
from app.archive.errors import BadArchive, Cancelled
from app.domain.clock import SHANGHAI
from app.server.medium import need_room, written_whole


def unseal(
    path: Path,
    password: str,
    target: Path,
    progress: Progress = lambda done, total: None,
    stopped: Stopped = lambda: False,
) -> int:
    """Write the ZIP; how many files are in it. Nothing half-written stays.

    BadArchive: not sealed, or not whole; WrongPassword; EnvironmentProblem: the medium is full or broken; Cancelled.
    """
    if not is_sealed(path):
        raise BadArchive("这个归档包没有用口令加密", "可以直接用解压软件打开。")
    with open_source(path, password) as source:
        size = path.stat().st_size
        need_room(target.parent, size)
        done = files = 0
        at = dt.datetime.fromtimestamp(os.stat(path).st_mtime, SHANGHAI)
        with written_whole(target) as stream:
            sink = ZipSink(stream, at)
            for name, parts in source.files():
                files += 1
                # How large it will be is not known before its end; the whole package is an upper bound.
                with sink.file(name, size) as member:
                    for part in parts:
                        if stopped():
                            raise Cancelled
                        member.write(part)
                        done += len(part)
                        progress(min(done, size), size)
            sink.close()
    return files
