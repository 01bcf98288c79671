"""A long upload in words: how far, how fast, how long still."""

from __future__ import annotations

import datetime as dt

from PyQt6.QtCore import QCoreApplication

from app.domain.clock import shanghai
from app.sync.progress import Pace, rough

translate = QCoreApplication.translate

_MEGA = 1_000_000


def size_words(count: float) -> str:
    """Bytes as people say them."""
    if count < _MEGA:
        return f"{max(round(count / 1000), 1) if count else 0} KB"
    if count < 1000 * _MEGA:
        return f"{count / _MEGA:.1f} MB"
    return f"{count / 1000 / _MEGA:.1f} GB"


def left_words(pace: Pace) -> str:
    """How long it still takes; empty while nobody can say."""
    if pace.seconds_left is None:
        return ""
    number, unit = rough(pace.seconds_left)
    if unit == "hours":
        return translate("Words", "约 {0} 小时").format(number)
    if unit == "minutes":
        return translate("Words", "约 {0} 分钟").format(number)
    return translate("Words", "不到 1 分钟")


def pace_words(pace: Pace) -> str:
    """The whole line: records, files, bytes, speed, time left."""
    done, left = pace.drain.done, pace.drain.left
    parts = []
    if done.records or left.records:
        parts.append(translate("Words", "办件 {0}/{1}").format(done.records, done.records + left.records))
    if done.files or left.files:
        parts.append(translate("Words", "材料 {0}/{1}").format(done.files, done.files + left.files))
    if done.bytes or left.bytes:
        total = size_words(done.bytes + left.bytes)
        parts.append(translate("Words", "{0} / {1}").format(size_words(done.bytes), total))
    if pace.per_second and left.bytes:
        parts.append(translate("Words", "每秒 {0}").format(size_words(pace.per_second)))
    if left.entries:
        parts.append(left_words(pace) or translate("Words", "正在估算剩余时间"))
    return "　".join(parts)


def permille(pace: Pace) -> int:
    """How far the bar stands, 0–1000: by bytes once there are any, else by entries."""
    done, left = pace.drain.done, pace.drain.left
    # A record counts as 20 KB, so that the bar moves while records go and does not jump when the files begin.
    ahead = left.bytes + 20_000 * left.entries
    behind = done.bytes + 20_000 * done.entries
    return round(1000 * behind / (behind + ahead)) if behind + ahead else 0


def since_words(at: dt.datetime) -> str:
    """A point in time, legal time."""
    return f"{shanghai(at):%m-%d %H:%M}"
