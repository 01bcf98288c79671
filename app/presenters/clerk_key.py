"""The clerk's hardware key at this window: whose is plugged in, its PIN, its signatures, and when it is pulled out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import cast

from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal

from app.domain.clerk import Clerk
from app.domain.errors import YichuangError
from app.presenters.desk import Desk, error_line
from app.services.clerk_key import Challenge, ClerkKeys, SeenKey
from app.workers.device_thread import DeviceThread
from devices.kinds.clerk_key import ClerkKey, Entered, PinAnswer, Tries
from devices.outcome import Outcome, Reply
from widgets.dialogs.sign_in import KeyView
from widgets.i18n import core_words
from widgets.views import Tone

_AGAIN = 500
SIGN_SECONDS = 25.0
"""How long a call for shared data waits for its signature: a key with a button waits for the clerk."""


@dataclass
class _Job:
    key: SeenKey
    data: bytes
    done: threading.Event = field(default_factory=threading.Event)
    signature: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Plugged:
    certificates: tuple[tuple[bytes, bytes], ...]
    tries: Tries


@dataclass(frozen=True, slots=True)
class _Tried:
    entered: Entered
    signature: bytes = b""


class KeyPresenter(QObject):
    """Lives on the event loop. `changed`: `view` says something else now. `gone`: the key that is signed in was pulled
    out. hint: the PIN, said in the demo only, whose key is no secret."""

    changed = pyqtSignal()
    gone = pyqtSignal()
    _wanted = pyqtSignal(object)

    def __init__(self, desk: Desk, keys: ClerkKeys, place: DeviceThread, hint: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._keys = keys
        self._place = place
        self._hint = self.tr("演示钥匙口令 {0}").format(hint) if hint else ""
        self._found: _Plugged | None = None
        self._seen: SeenKey | None = None
        self._tries = Tries.FINE
        self._refused = ""
        self._pulled = False
        self._looking = 0
        place.light.connect(self._light)
        keys.sign = self._sign
        self._wanted.connect(self._sign_now, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]

    @property
    def required(self) -> bool:
        """Does this site let nobody in without a key?"""
        return self._keys.required

    def view(self) -> KeyView | None:
        """What the sign-in says of keys; None: nothing, a PIN is typed as everywhere."""
        if self._seen is not None:
            who = self.tr("{0}的钥匙　工号 {1}").format(self._seen.holder.name, self._seen.holder.number)
            if self._tries is Tries.LOCKED:
                return KeyView(self._locked(), False, self.required, Tone.ERROR)
            said = {Tries.LOW: self.tr("钥匙口令输错过"), Tries.LAST: self.tr("再输错一次钥匙就会锁死")}
            words = [who, core_words(self._seen.remark), said.get(self._tries, "")]
            warned = bool(words[1] or words[2])
            text = self.tr("；").join(part for part in words if part)
            return KeyView(text, True, self.required, Tone.WARNING if warned else Tone.NEUTRAL, self._hint)
        if self._refused:
            return KeyView(self._refused, False, self.required, Tone.ERROR)
        if self.required and self._place.absent:
            return KeyView(self.tr("本窗口要用钥匙登录，还没有配置钥匙：请找运维人员。"), False, True, Tone.ERROR)
        if self._pulled:
            pulled = self.tr("钥匙已拔出，屏幕随即锁定。插回后输入钥匙口令。")
            either = self.tr("钥匙已拔出，屏幕随即锁定。插回后输入钥匙口令，或直接输入自己的口令。")
            return KeyView(pulled if self.required else either, False, self.required, Tone.WARNING)
        return KeyView(self.tr("请插上您的钥匙"), False, True, Tone.INFO) if self.required else None

    def enter(self, pin: str, then: Callable[[Clerk], None], refused: Callable[[str], None]) -> None:
        """Try the key's PIN, have it sign, and put its holder on duty. refused: told in words, to be shown there."""
        seen = self._seen
        if seen is None:
            refused(self.tr("钥匙没有插好：请插上钥匙再试。"))
            return
        asked = self._keys.challenge(seen)

        def admitted(clerk: Clerk) -> None:
            self._pulled = False
            then(clerk)

        def wrong(error: YichuangError) -> None:
            self._pulled = False
            self.release()
            refused(error_line(error))

        def tried(reply: Reply[_Tried]) -> None:
            if not reply.ok or reply.value is None:
                refused(self.tr("钥匙没有完成核验：{0}").format(core_words(reply.detail)))
                return
            self._tries = reply.value.entered.tries
            if reply.value.entered.answer is not PinAnswer.RIGHT:
                refused(self._wrong(reply.value.entered))
                return
            signature = reply.value.signature
            self._desk.tasks.attempt(lambda: self._keys.admit(asked, signature), admitted, wrong, order="duty")

        self._place.call(partial(_enter, pin=pin, asked=asked), tried)

    def release(self) -> None:
        """Nothing is signed any more until the PIN was entered again."""
        self._keys.drop()
        if not self._place.absent:
            self._place.call(lambda device: cast(ClerkKey, device).leave(), lambda _: None)

    # ------------------------------------------------------------------------------------------------------ the key

    def _light(self, reply: Reply[str]) -> None:
        if reply.ok:
            self._look()
            return
        self._looking += 1  # what is still being read is of a key that is gone
        had = self._seen is not None or bool(self._refused)
        self._found, self._seen, self._refused, self._tries = None, None, "", Tries.FINE
        if self._keys.signed_in is not None:
            self._keys.drop()
            self._pulled = True
            self.gone.emit()
        if had:
            self.changed.emit()

    def judge_again(self) -> None:
        """Called when the platform told something: its authorities, or its list of revoked keys, may be others now."""
        if self._found is not None:
            self._judge(self._found)

    def _look(self) -> None:
        self._looking += 1
        turn = self._looking

        def looked(reply: Reply[_Plugged]) -> None:
            if turn != self._looking:
                return
            if not reply.ok or reply.value is None:
                # The light says that the socket is well: a key that comes before its next turn would not be noticed.
                QTimer.singleShot(_AGAIN, lambda: self._look() if turn == self._looking else None)
                return
            self._found = reply.value
            self._tries = reply.value.tries
            self._judge(reply.value)

        self._place.call(_plugged, looked)

    def _judge(self, found: _Plugged) -> None:
        turn = self._looking

        def judged(seen: SeenKey) -> None:
            if turn == self._looking:
                self._seen, self._refused = seen, ""
                self.changed.emit()

        def wrong(error: YichuangError) -> None:
            if turn != self._looking:
                return
            self._seen, self._refused = None, error_line(error)
            if self._keys.signed_in is not None:  # revoked while its holder works
                self._keys.drop()
                self.gone.emit()
            self.changed.emit()

        self._desk.tasks.attempt(lambda: self._keys.inspect(found.certificates), judged, wrong, order="clerk_key")

    def _locked(self) -> str:
        return self.tr("钥匙已锁死：口令输错次数太多。请到发证机构解锁，其间请负责人安排。")

    def _wrong(self, entered: Entered) -> str:
        if entered.answer is PinAnswer.LOCKED:
            return self._locked()
        if entered.tries is Tries.LAST:
            return self.tr("钥匙口令不对：只剩最后一次，再输错钥匙就会锁死。想不起来请先找发证机构。")
        return self.tr("钥匙口令不对：请重新输入。错的次数由钥匙记着，多次输错会锁死。")

    # -------------------------------------------------------------------------------------------------- signatures

    def _sign(self, key: SeenKey, data: bytes) -> bytes | None:
        """On the thread of whoever asks for shared data."""
        job = _Job(key, data)
        self._wanted.emit(job)
        return job.signature if job.done.wait(SIGN_SECONDS) else None

    def _sign_now(self, job: _Job) -> None:
        def signed(reply: Reply[bytes]) -> None:
            job.signature = reply.value if reply.ok else None
            job.done.set()

        ident, data = job.key.ident, job.data
        self._place.call(lambda device: cast(ClerkKey, device).sign(ident, data), signed)


def _plugged(device: ClerkKey) -> Reply[_Plugged]:
    token = device.token()
    found = device.certificates()
    if not token.ok or token.value is None or not found.ok or found.value is None:
        bad = token if not token.ok else found
        return Reply(bad.outcome, detail=bad.detail)
    return Reply(Outcome.OK, _Plugged(tuple((one.id, one.der) for one in found.value), token.value.tries))


def _enter(device: ClerkKey, *, pin: str, asked: Challenge) -> Reply[_Tried]:
    """On the key's own thread: the PIN, and at once the signature, before another key could take its place."""
    entered = device.enter(pin)
    if not entered.ok or entered.value is None:
        return Reply(entered.outcome, detail=entered.detail)
    if entered.value.answer is not PinAnswer.RIGHT:
        return Reply(Outcome.OK, _Tried(entered.value))
    signature = device.sign(asked.key.ident, asked.data)
    if not signature.ok or signature.value is None:
        return Reply(signature.outcome, detail=signature.detail)
    return Reply(Outcome.OK, _Tried(entered.value, signature.value))
