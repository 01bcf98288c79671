"""Keeps the list of the states' certificates in a profile: a file, and its hash in the encrypted store, so that nobody
slips another list in between two runs."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.domain.clock import Clock
from app.domain.errors import EnvironmentProblem, Refused

if TYPE_CHECKING:
    from app.identity.chip.csca import CscaList
    from app.identity.chip.master import Offer

FILE_NAME = "passport-issuers.json"
KEPT = "passport-issuers.sha256"
"""Setting: the hash of the file as it was written last."""


class Memory(Protocol):
    """What remembers the hash; offline_db.store.Store does."""

    def setting(self, key: str) -> str | None: ...
    def set_setting(self, key: str, value: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did. added: certificates that are new; total: in force now."""

    offer: Offer
    added: int
    total: int


class IssuerKeeper:
    """One a profile; any thread. `current` is read at first use: 500 certificates take a second, and what reads them
    is not loaded before."""

    def __init__(
        self, folder: Path, clock: Clock, memory: Memory | None = None, base: Callable[[], CscaList] | None = None
    ) -> None:
        """memory: the open store; None to look only, without the check of the hash. base: what is known besides the
        file (the demo's states)."""
        self._file = folder / FILE_NAME
        self._clock = clock
        self._memory = memory
        self._make_base = base or _nobody
        self._lock = threading.Lock()
        self._list: CscaList | None = None
        self.problem = ""
        """Why the file is not in force, in words for the clerk; "" when all is well."""

    @property
    def current(self) -> CscaList:
        """The list in force. Reads the file at first use: not for the event loop."""
        with self._lock:
            if self._list is None:
                self._list = self._load()
            return self._list

    def look(self, data: bytes, name: str) -> Offer:
        """What a file would bring. BadInput: none of the kinds."""
        from app.identity.chip.master import read_offer

        return read_offer(data, name, self.current, self._clock.now())

    def take(self, data: bytes, name: str, accepted: str = "") -> Taken:
        """Take a file in. accepted: the fingerprint that a person compared with what the publisher made known; needed
        until somebody whom the list knows vouches for the file.

        BadInput: none of the kinds. Refused: nobody vouches for it and its fingerprint was not accepted.
        EnvironmentProblem: the disk.
        """
        offer = self.look(data, name)
        wanted = accepted.replace(":", "").replace(" ", "").casefold()
        if not offer.vouched and wanted != offer.fingerprint:
            raise Refused(
                "尚不能确认名单的来源" if not wanted else "指纹不一致",
                f"{name} 的指纹（SHA-256）是 {offer.fingerprint}",
                "请与发布机构公布的指纹核对，一致后用 --accept 填写该指纹再导入。",
            )
        before = self.current
        with self._lock:
            after = before.with_roots(offer.roots).with_revoked(offer.revoked)
            self._write(after)
            self._list, self.problem = after, ""
        return Taken(offer, len(after.roots) - len(before.roots), len(after.roots))

    def _load(self) -> CscaList:
        from app.identity.chip.csca import CscaList

        base = self._make_base()
        try:
            text = self._file.read_text(encoding="utf-8")
        except FileNotFoundError:
            if self._memory is not None and self._memory.setting(KEPT):
                self.problem = "签发国证书名单文件不见了，请重新导入"
            return base
        except (OSError, UnicodeDecodeError) as error:
            self.problem = f"签发国证书名单无法读取（{type(error).__name__}），请重新导入"
            return base
        kept = self._memory.setting(KEPT) if self._memory is not None else None
        if self._memory is not None and kept != _hash(text):
            self.problem = "签发国证书名单文件被改动过，未启用，请重新导入"
            return base
        try:
            found = CscaList.from_json(text, base.states)
        except ValueError:
            self.problem = "签发国证书名单文件已损坏，请重新导入"
            return base
        return found.with_roots(base.roots)

    def _write(self, whole: CscaList) -> None:
        text = whole.as_json()
        part = self._file.with_suffix(".part")
        try:
            with part.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            # The hash first: a crash between the two leaves a list that is refused, never one that nobody took in.
            if self._memory is not None:
                self._memory.set_setting(KEPT, _hash(text))
            os.replace(part, self._file)
        except OSError as error:
            with contextlib.suppress(OSError):
                part.unlink()
            raise EnvironmentProblem(
                "签发国证书名单写不进磁盘", str(error.strerror or error), "检查磁盘空间和权限，再导入一次。"
            ) from error


def _nobody() -> CscaList:
    from app.identity.chip.csca import CscaList, state_codes

    return CscaList(states=state_codes())


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
