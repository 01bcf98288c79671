"""The diagnostics bundle: everything support asks for first, every file of it harmless, shown before it is saved."""

from __future__ import annotations

import json
import os
import platform
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import EnvironmentProblem
from app.server.whole_file import whole_file

MOST_OF_A_LOG = 2 << 20
"""Bytes of one log file: its end is what is wanted."""
README = """一窗支持信息

这里没有个人信息：姓名、证件号码、电话、住址在写入前已经去掉，中文只保留程序自己的用语，其余写作〔n 字〕。
请在发送前看一遍；发送给谁由您决定，程序不会自己发送。

versions.json：程序和系统的版本
checks.jsonl：运行条件的检查结果
settings.jsonl：每项设置的值和来源
state.json：待传件数等数字
logs/：运行日志
crashes/：故障报告
"""


@dataclass(frozen=True, slots=True)
class BundleFile:
    """One file of the bundle, as it will be written."""

    name: str
    text: str

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.text.encode("utf-8", "replace"))


def gather(
    folder: Path,
    redact: Callable[[str], str],
    *,
    version: str,
    checks: Sequence[Mapping[str, object]],
    settings: Sequence[Mapping[str, object]],
    state: Mapping[str, object],
) -> tuple[BundleFile, ...]:
    """The files, harmless. folder: the profile's. For a thread. A log that cannot be read is named, not left out."""
    raw: list[tuple[str, str]] = [
        ("versions.json", _json(versions(version))),
        ("checks.jsonl", "\n".join(json.dumps(check, ensure_ascii=False) for check in checks)),
        ("settings.jsonl", "\n".join(json.dumps(value, ensure_ascii=False) for value in settings)),
        ("state.json", _json(state)),
    ]
    raw += [(f"logs/{path.name}", _end_of(path)) for path in sorted((folder / "logs").glob("*.log*"))]
    raw += [(f"crashes/{path.name}", _end_of(path)) for path in sorted((folder / "crashes").glob("*.json"))]
    # One place, and nothing passes beside it: file names as well as contents.
    made = [BundleFile(redact(name), redact(text)) for name, text in raw]
    return (BundleFile("README.txt", README), *made)


def write_bundle(target: Path, files: Sequence[BundleFile]) -> None:
    """Write the ZIP, whole or not at all. EnvironmentProblem: it cannot be written."""
    try:
        with whole_file(target) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                archive.writestr(file.name, file.text.encode("utf-8", "replace"))
    except OSError as error:
        raise EnvironmentProblem("没有保存", f"写不了文件（{error.strerror}）。", "换一个位置再试。") from error


def versions(version: str) -> dict[str, object]:
    """This program, Python and the system; nothing that names the machine or its user."""
    qt = sys.modules.get("PyQt6.QtCore")
    return {
        "yichuang": version,
        "python": platform.python_version(),
        "system": platform.system(),
        "release": platform.release(),
        "machine": platform.machine(),
        "qt": getattr(qt, "QT_VERSION_STR", None),
        "packaged": bool(getattr(sys, "frozen", False)),
        "processors": os.cpu_count(),
    }


def _json(document: Mapping[str, object]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1)


def _end_of(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            stream.seek(0, os.SEEK_END)
            start = max(stream.tell() - MOST_OF_A_LOG, 0)
            stream.seek(start)
            data = stream.read()
    except OSError as error:
        return f"({error.strerror})"
    text = data.decode("utf-8", "replace")
    # Half a line could begin in the middle of a number, which would then not be known for one.
    return text.partition("\n")[2] if start else text
