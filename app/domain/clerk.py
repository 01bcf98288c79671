"""Clerks of a window 窗口人员, and what their PINs must be like."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from app.domain.errors import BadInput

PIN_LEAST, PIN_MOST = 6, 12
"""Digits of a PIN: typed with one hand, before every visitor if need be."""

FREE_TRIES = 3
"""So many wrong PINs in a row cost nothing."""

FIRST_WAIT = dt.timedelta(seconds=30)
LONGEST_WAIT = dt.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who may work at the window. number: the staff number 工号. manager: may add others and give them a new PIN."""

    number: str
    name: str
    manager: bool = False


@dataclass(frozen=True, slots=True)
class Tries:
    """How often a PIN was wrong. failures: since the last right one. tried_at: the last wrong one."""

    failures: int = 0
    tried_at: dt.datetime | None = None

    def missed(self, now: dt.datetime) -> Tries:
        """One wrong one more."""
        return Tries(self.failures + 1, now)

    def wait(self, now: dt.datetime) -> dt.timedelta:
        """How long the next try must wait: 30 s after the third wrong one, then twice as long each, at most 30 min.

        A clock that was set back does not make it longer than that, nor set forward by a second shorter than nothing.
        """
        if self.failures < FREE_TRIES or self.tried_at is None:
            return dt.timedelta()
        # The exponent is bounded too: a thousand wrong tries must not overflow.
        whole = min(FIRST_WAIT * (1 << min(self.failures - FREE_TRIES, 10)), LONGEST_WAIT)
        return max(dt.timedelta(), min(whole, whole - (now - self.tried_at)))


@dataclass(frozen=True, slots=True)
class ClerkRecord:
    """What the store keeps of a clerk. pin_hash: an Argon2 string; empty where the PIN opens a slot of the key file.

    failures, tried_at: see Tries. must_change: the PIN was given by somebody else. active: False once they have left.
    """

    clerk: Clerk
    pin_hash: str
    failures: int = 0
    tried_at: dt.datetime | None = None
    must_change: bool = False
    active: bool = True

    @property
    def tries(self) -> Tries:
        return Tries(self.failures, self.tried_at)

    def wait(self, now: dt.datetime) -> dt.timedelta:
        """How long the next try must wait."""
        return self.tries.wait(now)


def check_new_clerk(number: str, name: str) -> None:
    """BadInput unless both are there and the number is 1–20 letters or digits."""
    if not number.isascii() or not number.isalnum() or len(number) > 20:
        raise BadInput("工号有误", "工号应为 1–20 位字母或数字。", "请重新输入工号。")
    if not name.strip() or len(name) > 50:
        raise BadInput("姓名有误", "姓名应为 1–50 个字。", "请重新输入姓名。")


def check_pin(pin: str, number: str) -> None:
    """BadInput, saying which rule it breaks, for a PIN that others would guess first."""
    if not pin.isascii() or not pin.isdigit() or not PIN_LEAST <= len(pin) <= PIN_MOST:
        raise BadInput("口令不符合要求", f"口令应为 {PIN_LEAST}–{PIN_MOST} 位数字。", "请换一个口令。")
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    if len(steps) == 1 and steps <= {-1, 0, 1}:
        raise BadInput("口令太容易猜", "口令不能是同一个数字，也不能是连续的数字。", "请换一个口令。")
    if (len(number) >= PIN_LEAST and number in pin) or pin in number:
        raise BadInput("口令太容易猜", "口令不能含有工号。", "请换一个口令。")
