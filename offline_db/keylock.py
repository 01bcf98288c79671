"""What stands between a working profile and its root secret: the key file, the system's keyring, and a PIN.

The root is held in memory from the moment a PIN opened it until `forget`: a manager makes slots for others with it.
Every change is safe against being killed at any step: first the new secret in the keyring, then the key file (twice),
then what it replaces is destroyed, and what is left of that is destroyed at the next opening.
"""

from __future__ import annotations

import hmac
import logging
import secrets
import threading
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from app.domain.errors import Defect, EnvironmentProblem, Refused, YichuangError
from offline_db.keys import SystemKeyring, missing_key
from offline_db.profile import Profile, ProfileKind
from offline_db.slots import ROOT_BYTES, Bound, Cost, Owner, Slot, SlotBook, SlotFile, unwrap, wrap

log = logging.getLogger(__name__)


class LockState(StrEnum):
    NEW = "new"
    """Nothing was ever kept here: the first clerk makes the root."""
    PLAIN = "plain"
    """The root itself lies in the keyring, as before there were slots: converted at the next sign-in."""
    SLOTS = "slots"
    """A PIN is needed."""


class KeyLock:
    """The lock of one working profile, which must be open. May be called from any thread.

    At construction: EnvironmentProblem when the keyring is no safe one, the key is lost or the key file is damaged;
    Refused when the key file is another profile's.
    """

    kind = ProfileKind.WORK

    def __init__(self, profile: Profile, keyring: SystemKeyring, cost: Cost | None = None) -> None:
        self._profile = profile
        self._keyring = keyring
        self._cost = cost or Cost()
        self._file = SlotFile(profile.folder)
        self._root: bytearray | None = None
        self._changing = threading.RLock()
        self._book = self._file.load()
        if self._book is not None:
            if (self._book.profile_id, self._book.kind) != (profile.id, profile.kind):
                raise Refused(
                    "密钥与数据不符",
                    "数据文件夹里放的是另一份数据的密钥文件。",
                    "请联系运维人员恢复原来的数据文件夹。",
                )
            self._state = LockState.SLOTS
        elif keyring.read(profile.id) is not None:
            self._state = LockState.PLAIN
        elif profile.has_data:
            raise missing_key()
        else:
            self._state = LockState.NEW

    @property
    def state(self) -> LockState:
        return self._state

    @property
    def is_open(self) -> bool:
        """Is the root in memory?"""
        return self._root is not None

    @property
    def owners(self) -> tuple[Owner, ...]:
        """Who may sign in, by number; those who wait for a slot included."""
        return self._book.owners if self._book is not None else ()

    @property
    def has_recovery(self) -> bool:
        return self._book is not None and self._book.recovery is not None

    def owner(self, number: str) -> Owner | None:
        """Who that is; None when unknown."""
        return next((owner for owner in self.owners if owner.number == number), None)

    def has_slot(self, number: str) -> bool:
        return self._book is not None and self._book.slot(number) is not None

    def root(self, *, create: bool) -> bytes:
        """The root secret, for offline_db.keys.keyset; never made here. Defect while it is locked."""
        return bytes(self._held())

    # -- opening ------------------------------------------------------------------------------------------------

    def open_plain(self) -> None:
        """PLAIN: take the root out of the keyring."""
        with self._changing:
            found = self._keyring.read(self._profile.id)
            if found is None:
                raise missing_key()
            self._hold(bytearray(found))

    def fits(self, number: str, pin: str) -> bool:
        """Hold a PIN against the clerk's slot (some tenths of a second, by design); a right one opens.

        Defect when there is no such slot. EnvironmentProblem when its secret is not in the keyring.
        """
        with self._changing:
            slot = self._book.slot(number) if self._book is not None else None
            if slot is None:
                raise Defect("口令不能核对", "本机没有这位窗口人员的密钥。")
            secret = self._keyring.read(self._entry(slot.entry))
            if secret is None:
                raise EnvironmentProblem(
                    "系统密钥环里没有本机密钥",
                    "与口令配合使用的密钥不在系统密钥环中（可能换了系统用户或重装了系统）。",
                    "请用原来的系统用户登录；找不回来时，请管理员用恢复码登录。",
                )
            root = unwrap(slot.wrapped, pin, secret, self._bound(slot.number, slot.must_change))
            if root is None:
                return False
            self._hold(root)
            self._tidy()
            return True

    def fits_code(self, code: str) -> bool:
        """Hold a recovery code (app.domain.recovery_code) against its slot; the right one opens. Refused: no slot."""
        with self._changing:
            if self._book is None or self._book.recovery is None:
                raise Refused("没有恢复码", "本机还没有生成过恢复码。", "请由其他窗口人员登录，再由负责人重设口令。")
            root = unwrap(self._book.recovery, code, b"", self._bound())
            if root is None:
                return False
            self._hold(root)
            self._tidy()
            return True

    def forget(self) -> None:
        """Take the root out of memory, as far as Python lets us: copies that libraries made are not reached."""
        with self._changing:
            if self._root is not None:
                self._root[:] = bytes(len(self._root))
                self._root = None

    # -- changing; the root must be held ------------------------------------------------------------------------

    def begin(self, number: str, name: str, pin: str) -> None:
        """NEW: make the root, and the first clerk's slot. Refused when there is a root already."""
        with self._changing:
            if self._state is not LockState.NEW:
                raise Refused("人员已经登记", "本窗口已有窗口人员。", "请由负责人登录后登记。")
            self._hold(bytearray(secrets.token_bytes(ROOT_BYTES)))
            self._put(self._empty(), number, name, pin, must_change=False)

    def convert(self, number: str, name: str, pin: str, *, must_change: bool, others: Iterable[Owner]) -> None:
        """PLAIN: put the root into slots, then take it out of the keyring. others: who has no slot yet."""
        with self._changing:
            if self._state is not LockState.PLAIN:
                raise Defect("密钥转换出错", "本机密钥已经转换过。")
            waiting = tuple(replace(owner, waiting=True) for owner in others if owner.number != number)
            self._put(replace(self._empty(), waiting=waiting), number, name, pin, must_change=must_change)

    def put(self, number: str, name: str, pin: str, *, must_change: bool) -> None:
        """A clerk's slot, new or in the place of the old one. The others are not touched."""
        with self._changing:
            self._put(self._written(), number, name, pin, must_change=must_change)

    def renew(self, number: str, pin: str) -> None:
        """Wrap again where the slot was made at another cost than today's. pin: must be the right one."""
        with self._changing:
            slot = self._written().slot(number)
            if slot is not None and slot.wrapped.cost != self._cost:
                self._put(self._written(), number, slot.name, pin, must_change=slot.must_change)

    def remove(self, number: str) -> None:
        """Destroy a clerk's slot: out of both files, and its secret out of the keyring."""
        with self._changing:
            book = self._written()
            slot = book.slot(number)
            kept = tuple(other for other in book.slots if other.number != number)
            waiting = tuple(owner for owner in book.waiting if owner.number != number)
            discard = (*book.discard, *((slot.entry,) if slot is not None else ()))
            self._save(replace(book, slots=kept, waiting=waiting, discard=discard))

    def put_recovery(self, code: str) -> None:
        """A recovery slot, in the place of the one before, whose code opens nothing from now on."""
        with self._changing:
            book = self._written()
            wrapped = wrap(self._held(), code, b"", self._bound(), self._cost)
            self._save(replace(book, recovery=wrapped))

    def entries(self) -> tuple[str, ...]:
        """The names, in the keyring's service, of every secret that helps to open the profile besides its id's."""
        with self._changing:
            book = self._book
            found = [slot.entry for slot in book.slots] + list(book.discard) if book is not None else []
            return tuple(map(self._entry, found))

    # -- inside -------------------------------------------------------------------------------------------------

    def _put(self, book: SlotBook, number: str, name: str, pin: str, *, must_change: bool) -> None:
        root, entry, secret = self._held(), secrets.token_hex(8), secrets.token_bytes(32)
        wrapped = wrap(root, pin, secret, self._bound(number, must_change), self._cost)
        self._keyring.write(self._entry(entry), secret)
        old = book.slot(number)
        slots = (*(s for s in book.slots if s.number != number), Slot(number, name, entry, must_change, wrapped))
        waiting = tuple(owner for owner in book.waiting if owner.number != number)
        discard = (*book.discard, *((old.entry,) if old is not None else ()))
        self._save(replace(book, slots=slots, waiting=waiting, discard=discard))

    def _save(self, book: SlotBook) -> None:
        self._file.save(book)
        self._book, self._state = book, LockState.SLOTS
        self._tidy()

    def _tidy(self) -> None:
        """Destroy what is replaced. What cannot be destroyed now is tried again at the next opening: the clerk's work
        does not wait for it."""
        book = self._written()
        try:
            plain = self._keyring.read(self._profile.id)
            if plain is not None:
                if hmac.compare_digest(plain, bytes(self._held())):
                    self._keyring.remove(self._profile.id)
                else:
                    log.error("the keyring holds another root than the key file: left alone")
            if book.discard:
                for entry in book.discard:
                    self._keyring.remove(self._entry(entry))
                book = replace(book, discard=())
                self._file.save(book)
                self._book = book
        except YichuangError as error:
            log.warning("old key material is still there: %s", error.title)

    def _hold(self, root: bytearray) -> None:
        if len(root) != ROOT_BYTES:
            raise Defect("密钥出错", "本机密钥的长度不对。")
        self.forget()
        self._root = root

    def _held(self) -> bytearray:
        if self._root is None:
            raise Defect("数据还没有解锁", "要先输入口令，才能打开数据库。")
        return self._root

    def _written(self) -> SlotBook:
        if self._book is None:
            raise Defect("密钥出错", "本机还没有密钥文件。")
        return self._book

    def _empty(self) -> SlotBook:
        return SlotBook(self._profile.id, self._profile.kind)

    def _bound(self, number: str = "", must_change: bool = False) -> Bound:
        return Bound(self._profile.id, self._profile.kind, number, must_change)

    def _entry(self, entry: str) -> str:
        return f"{self._profile.id}:{entry}"
