"""A Chinese font for the pictures of the demo world, wherever this machine keeps one."""

from __future__ import annotations

import io
import os
from functools import cache
from pathlib import Path

from PIL import ImageFont

import resources
from app.domain.errors import EnvironmentProblem
from resources import PACKED

_PREFERRED = (
    "NotoSansCJK-Regular.ttc",
    "LXGWWenKai-Regular.ttf",
    "LXGWWenKai-Medium.ttf",
    "wqy-microhei.ttc",
    "msyh.ttc",
)
_BOLD = ("NotoSansCJK-Bold.ttc", "LXGWWenKai-Bold.ttf", "LXGWWenKai-Medium.ttf", "msyhbd.ttc")


def font_folders() -> list[Path]:
    """Where fonts may lie: shipped ones, the user's, the system's."""
    data = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    folders = [resources.path("fonts"), Path.home() / ".local/share/fonts"]
    folders += [Path(part) / "fonts" for part in data.split(":") if part]
    if windows := os.environ.get("WINDIR"):
        folders.append(Path(windows) / "Fonts")
    return folders


@cache
def find_font(bold: bool = False) -> Path:
    """The best Chinese font file there is, maybe packed (PACKED). EnvironmentProblem when there is none."""
    files = resources.font_files(font_folders(), "*.tt[cf]")
    for name in (*_BOLD, *_PREFERRED) if bold else _PREFERRED:
        if name in files:
            return files[name]
    raise EnvironmentProblem(
        "缺少中文字体", "演示画面需要中文字体，本机未找到", "请安装 fonts-noto-cjk 或 fonts-lxgw-wenkai 后重试。"
    )


@cache
def _unpacked(path: Path) -> bytes:
    return resources.content(path)


@cache
def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels."""
    path = find_font(bold)
    # In Noto's collection the third face is the simplified-Chinese one (JP, KR, SC, TC, HK).
    source = io.BytesIO(_unpacked(path)) if path.suffix == PACKED else path
    return ImageFont.truetype(source, size, index=2 if path.name.startswith("NotoSansCJK") else 0)
