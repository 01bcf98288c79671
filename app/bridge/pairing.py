"""Which systems may borrow: paired once by the clerk, by a short code, or admitted with the old interfaces.

A code is for one origin, lives two minutes, and dies at the first right or the fifth wrong try. What it buys is a
token of 256 random bits, bound to the origin and kept as its hash: who steals the store cannot call with it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Protocol

from app.bridge.pace import Pace
from app.bridge.problems import Problem
from app.domain.case import AuditEvent
from app.domain.clock import Clock, isoformat, parse_iso
from app.domain.errors import Refused

KEY = "bridge.paired"
CODE_SECONDS = 120
TRIES = 5
_PACE = 10


class Records(Protocol):
    """The part of the store that is needed. From any thread."""

    def setting(self, key: str) -> str | None: ...
    def set_setting(self, key: str, value: str) -> None: ...
    def append_audit(self, event: AuditEvent) -> None: ...


@dataclass(frozen=True, slots=True)
class PairedSystem:
    """What is kept of a system. token: SHA-256 of its token, hexadecimal; empty: none. old: it may use the interfaces
    of the field, which know no token. at: when the clerk last said so, RFC 3339."""

    origin: str
    token: str = ""
    old: bool = False
    at: str = ""
    clerk: str = ""


@dataclass(slots=True)
class _Code:
    origin: str
    digits: str
    until: dt.datetime
    clerk: str
    tries: int = 0


class Pairings:
    """The list of paired systems and the one code that is open. From any thread; what writes waits for the disk."""

    def __init__(self, records: Records, clock: Clock, origins: Mapping[str, str]) -> None:
        """origins: those of the settings, with their names; whoever is not among them is paired with nothing."""
        self._records = records
        self._clock = clock
        self.origins = origins
        self._code: _Code | None = None
        self._pace = Pace(clock, _PACE, 60)
        self._lock = threading.Lock()
        self._systems = self._read()

    def system(self, origin: str) -> PairedSystem:
        """How an origin stands; one never paired has neither token nor leave."""
        with self._lock:
            return self._systems.get(origin, PairedSystem(origin))

    def offer_code(self, origin: str, clerk: str) -> tuple[str, dt.datetime]:
        """Six digits for a page of this origin to type, and until when. The code before it is void."""
        if origin not in self.origins:
            raise Refused("这个系统不在名单里", origin, "请管理员先在设置的 [bridge] 中登记它的网页来源。")
        digits = f"{secrets.randbelow(10**6):06}"
        until = self._clock.now() + dt.timedelta(seconds=CODE_SECONDS)
        with self._lock:
            self._code = _Code(origin, digits, until, clerk)
        return digits, until

    def withdraw_code(self) -> None:
        """The clerk has closed the screen that showed it."""
        with self._lock:
            self._code = None

    def redeem(self, origin: str, digits: str) -> str:
        """The token for a code. Problem: wrong, too late, for somebody else, too many tries."""
        with self._lock:
            if not self._pace.take(origin):
                raise Problem(429, "too-often", "配对码试得太多", "请稍后再试", 60)
            code = self._code
            if code is None or code.until <= self._clock.now() or code.origin != origin:
                raise Problem(403, "no-code", "没有等待输入的配对码", "请窗口人员打开“浏览器系统”，选中本系统配对")
            code.tries += 1
            if not hmac.compare_digest(code.digits, digits):
                if code.tries >= TRIES:
                    self._code = None
                raise Problem(403, "wrong-code", "配对码不对", "请核对窗口屏幕上的六位数字")
            self._code = None
            token = secrets.token_urlsafe(32)
            known = self._systems.get(origin, PairedSystem(origin))
            self._keep(replace(known, token=_hash(token)), "bridge.paired", code.clerk)
            return token

    def knows(self, origin: str, token: str) -> bool:
        """Is this the origin's own token?"""
        kept = self.system(origin).token
        return origin in self.origins and bool(kept) and hmac.compare_digest(kept, _hash(token))

    def admit_old(self, origin: str, clerk: str) -> None:
        """Let pages of this origin use the old interfaces, which cannot pair."""
        if origin not in self.origins:
            raise Refused("这个系统不在名单里", origin, "请管理员先在设置的 [bridge] 中登记它的网页来源。")
        with self._lock:
            known = self._systems.get(origin, PairedSystem(origin))
            self._keep(replace(known, old=True), "bridge.admitted", clerk)

    def may_use_old(self, origin: str) -> bool:
        return origin in self.origins and self.system(origin).old

    def revoke(self, origin: str, clerk: str) -> bool:
        """Take everything back; False when there was nothing."""
        with self._lock:
            known = self._systems.get(origin)
            if self._code is not None and self._code.origin == origin:
                self._code = None
            if known is None or not (known.token or known.old):
                return False
            self._keep(PairedSystem(origin), "bridge.revoked", clerk)
            return True

    def _keep(self, system: PairedSystem, action: str, clerk: str) -> None:
        at = self._clock.now()
        system = replace(system, at=isoformat(at), clerk=clerk)
        systems = {**self._systems, system.origin: system}
        name = self.origins.get(system.origin, "")
        # Written down first: a pairing that nobody can find in the trail must not hold.
        self._records.append_audit(AuditEvent(at, clerk, action, system.origin, {"system": name}))
        self._records.set_setting(KEY, json.dumps([asdict(each) for each in systems.values()], ensure_ascii=False))
        self._systems = systems

    def _read(self) -> dict[str, PairedSystem]:
        """What was paired before this start. What cannot be read is not paired."""
        try:
            found = [PairedSystem(**each) for each in json.loads(self._records.setting(KEY) or "[]")]
            for system in found:
                parse_iso(system.at)
        except (ValueError, TypeError):
            return {}
        return {system.origin: system for system in found}


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
