"""Documents that are known not to follow the standard: named, shown as printed, never "corrected"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """A national layout or habit.

    name: what the clerk reads. foreign_layout: the places of the fields differ as well, so that reading them by the
    standard would give nonsense.
    """

    name: str
    name_en: str
    of: Callable[[Lines], bool]
    foreign_layout: bool = False


def _starts(*heads: str) -> Callable[[Lines], bool]:
    return lambda lines: lines[0].startswith(heads)


VARIANTS = (
    Variant(
        "法国旧版国民身份证（1988 年版，两行 36 位，自有格式）",
        "French national identity card of 1988",
        lambda lines: len(lines) == 2 and len(lines[0]) == 36 and lines[0].startswith("IDFRA"),
        foreign_layout=True,
    ),
    Variant(
        "俄罗斯国内护照（姓名以数字代替部分俄文字母）",
        "Russian internal passport: names spelt with digits",
        _starts("PNRUS"),
    ),
    Variant("加拿大永久居民卡（证件类别以 R 开头）", "Canadian permanent resident card", _starts("RCCAN")),
    Variant("爱沙尼亚居留证（证件类别以 R 开头）", "Estonian residence permit", _starts("RPEST")),
    Variant("欧洲驾驶证或者车辆证件的机读行", "European driving licence", _starts("D1", "D<")),
)


def variant(lines: Lines) -> Variant | None:
    """The national variant that these lines are, if it is one that is known."""
    return next((known for known in VARIANTS if known.of(lines)), None)
