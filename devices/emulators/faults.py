"""Faults that an emulator can be told to show."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from app.domain.errors import BadInput

ALWAYS = -1


class Faults:
    """Switches, each off, on, or on for the next n times. Safe to use from several threads."""

    def __init__(self, known: Iterable[str]) -> None:
        self.known = frozenset(known)
        self._lock = threading.Lock()
        self._left: dict[str, int] = {}

    def set(self, name: str, times: int = ALWAYS) -> None:
        """Switch a fault on, for ever or a number of times; 0 switches it off. BadInput when it is unknown."""
        if name not in self.known:
            raise BadInput("未知的模拟故障", f"没有名为“{name[:40]}”的故障", "可用：" + "、".join(sorted(self.known)))
        with self._lock:
            self._left[name] = times

    def set_all(self, words: str) -> None:
        """Switch on from text: `split,bad-checksum:1`. BadInput when it is malformed."""
        for word in filter(None, words.split(",")):
            name, _, times = word.partition(":")
            if times and not (times.isascii() and times.isdecimal() and len(times) < 6):
                raise BadInput("模拟故障的次数不正确", f"“{word[:60]}”", "写作 名称 或 名称:次数。")
            self.set(name, int(times) if times else ALWAYS)

    def clear(self) -> None:
        """Everything works again."""
        with self._lock:
            self._left.clear()

    def on(self, name: str) -> bool:
        """Does the fault show now? Uses up one time of a counted fault."""
        with self._lock:
            left = self._left.get(name, 0)
            if left > 0:
                self._left[name] = left - 1
            return left != 0
