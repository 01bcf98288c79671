"""Codes in a live picture: a cheap pass on each frame, and more on the next ones while nothing is read.

A frame without a code costs little more than the cheap pass. Where finder patterns are seen but the code is not read,
the hard work (qr_deep) goes on beside the frames, on the sharpest look at the code so far, and never holds one up.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from app.domain.licence import ScannedCode
from app.licences.decode import STAGES, Picture, as_gray, plain_other, plain_qr, read_deep
from app.licences.qr_deep import Looks
from app.licences.qr_find import Finder, nested, triples

EXTRA_EVERY = 3
"""Of so many frames without a code, one takes another stage: two of three cost the cheap pass only."""
DEEP_SECONDS = 0.8
"""CPU time of one deep reading."""
_FAST = tuple(name for name, _ in STAGES if name in ("half", "global", "smooth"))


@dataclass(frozen=True, slots=True)
class _Deep:
    codes: list[ScannedCode]
    frame: int


class LiveDecoder:
    """Reads the codes of one camera, frame by frame. Call `read` from one thread; `close` at the end."""

    def __init__(self) -> None:
        self._frame = 0
        self._unread = 0
        self._other = 0
        self._stage = 0
        self._deep: Future[_Deep] | None = None
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="deep-code")
        self._closed = threading.Event()
        self._looks = Looks()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the work beside the frames; waits for at most one deep reading."""
        self._closed.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def settle(self) -> None:
        """Wait until the work beside the frames has ended; the next `read` hands its result on."""
        if self._deep is not None:
            self._deep.exception()

    def read(self, picture: Picture) -> list[ScannedCode]:
        """The codes of this frame, or those that an earlier frame of the last second turned out to hold.

        picture: uint8; gray, BGR or BGRA.
        """
        gray = as_gray(picture)
        self._frame += 1
        if codes := plain_qr(gray):
            self._unread = 0
            return codes
        self._unread += 1
        if codes := self._deeper():
            self._unread = 0
            return codes
        if self._unread % EXTRA_EVERY:
            return []
        codes = self._extra(gray)
        if codes:
            self._unread = 0
        return codes

    def _extra(self, gray: Picture) -> list[ScannedCode]:
        """One stage more, by turns: the other formats, the quick stages for QR, a look for finder patterns."""
        turn = self._unread // EXTRA_EVERY
        if turn % 2:
            self._other += 1
            return plain_other(gray, self._other)
        if self._deep is None and not self._closed.is_set() and _promising(nested(gray, 0, 31)):
            frame = self._frame
            self._deep = self._pool.submit(lambda: _Deep(read_deep(gray, DEEP_SECONDS, self._looks), frame))
            return []
        self._stage += 1
        name = _FAST[self._stage % len(_FAST)]
        return dict(STAGES)[name](gray)

    def _deeper(self) -> list[ScannedCode]:
        """What the work beside the frames has found since; too old is as good as nothing."""
        if self._deep is None or not self._deep.done():
            return []
        done, self._deep = self._deep.result(), None
        return done.codes if self._frame - done.frame <= 45 else []


def _promising(finders: list[Finder]) -> bool:
    return bool(triples(finders))
