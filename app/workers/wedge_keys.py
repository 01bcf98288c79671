"""Hands the window's keys to scanners and readers that type, before anything else of the program hears of them.

On X11 a key is taken from Qt's native events, which come before an input method's (ibus, fcitx) and say when the key
was pressed. A person's key goes on its way a moment later, as the event that the server sends once more, so that the
input method gets it as ever. Elsewhere Qt's own key events are all there is: there an input method that is composing
takes a scanner's keys first (docs/devices.md).
"""

from __future__ import annotations

import ctypes
import ctypes.util
import logging
import struct
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PyQt6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QEvent, QObject, Qt, QTimer
from PyQt6.QtGui import QGuiApplication, QKeyEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget
from PyQt6.sip import voidptr

from devices.drivers.entry.us_keys import ALTS, MODIFIERS, X11_OFFSET, alt_bytes, keypad_digit, typed
from devices.drivers.entry.wedge_share import Typed, WedgeShare
from devices.drivers.entry.wedge_timing import Ended

log = logging.getLogger(__name__)

_PRESS, _RELEASE, _SENT = 2, 3, 0x80
_SHIFT, _LOCK, _CONTROL, _ALT, _SUPER = 1, 2, 4, 8, 64
_SLACK_MILLISECONDS = 5


class WedgeKeys(QObject):
    """Listens while one of these devices is open. `close` lets go of the keyboard.

    devices: in the order in which they are asked whose a burst is. again: sends one native event once more; given by
    tests, otherwise the X server is asked.
    """

    def __init__(
        self,
        devices: Sequence[Typed],
        parent: QObject | None = None,
        again: Callable[[bytes], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._gate = _Gate(WedgeShare(devices), self)
        self._native: _NativeKeys | None = None
        application = QCoreApplication.instance()
        if application is None:
            return
        if again is None and QGuiApplication.platformName() == "xcb":
            try:
                again = _Server().send
            except OSError:
                log.exception("keys cannot be sent again: the scanner is told from typing behind the input method")
        if again is not None:
            self._native = _NativeKeys(self._gate, again)
            application.installNativeEventFilter(self._native)
        else:
            self._events = _EventKeys(self._gate)
            application.installEventFilter(self)

    def close(self) -> None:
        """Keys are the window's alone again."""
        application = QCoreApplication.instance()
        if application is not None:
            if self._native is not None:
                application.removeNativeEventFilter(self._native)
            application.removeEventFilter(self)
        self._gate.settle()

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        return isinstance(a1, QKeyEvent) and a0 is not None and self._events.takes(a0, a1)


class _Gate(QObject):
    """Holds keys until it is known whose they are. `replay` of each held key is called when they are a person's."""

    def __init__(self, keys: WedgeShare, parent: QObject) -> None:
        super().__init__(parent)
        self.keys = keys
        self._held: list[Callable[[], None]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._quiet)
        self._looked = False

    def press(self, char: str, at: float, replay: Callable[[], None], raw: bytes = b"") -> bool:
        """A key. Is it held?"""
        keys = self.keys
        if not keys.listening:
            self.settle()
            return False
        if keys.over(at):
            self.settle()
        if not keys.press(char, at, raw):
            return False
        self._held.append(replay)
        self._looked = False
        if not char and not keys.certain:
            # Nothing of a scanner's: it and what it came after go on at once.
            self.settle()
        else:
            self._timer.start(round(keys.patience * 1000) + _SLACK_MILLISECONDS)
        return True

    def join(self, replay: Callable[[], None]) -> None:
        """What belongs to a held key (its release) is held with it."""
        self._held.append(replay)

    @property
    def holding(self) -> bool:
        return bool(self._held)

    def settle(self) -> None:
        """The burst is over: a code goes to the scanner's reader, typing where it was meant to go."""
        self._timer.stop()
        held, self._held = self._held, []
        if self.keys.holding and self.keys.end() is Ended.TYPED:
            for replay in held:
                replay()

    def _quiet(self) -> None:
        # A loop that was late has keys waiting that were pressed in time: they come first.
        if not self._looked:
            self._looked = True
            self._timer.start(1)
            return
        self.settle()


class _NativeKeys(QAbstractNativeEventFilter):
    """Core key events of X11 (xproto, KeyPress and KeyRelease), as Qt's xcb platform gets them."""

    def __init__(self, gate: _Gate, again: Callable[[bytes], None]) -> None:
        super().__init__()
        self._gate = gate
        self._again = again
        self._down: set[int] = set()
        self._held: set[int] = set()
        self._alt = ""
        self._on_their_way = 0

    def nativeEventFilter(
        self,
        eventType: QByteArray | bytes | bytearray | memoryview[int],  # noqa: N803 - Qt's name
        message: voidptr | None,
    ) -> tuple[bool, Any]:
        if message is None or eventType != b"xcb_generic_event_t":
            return False, 0
        kind = ctypes.c_uint8.from_address(int(message)).value
        # Sent events are those that were held before, or another program's: nobody's hands, and no scanner.
        if kind in (_PRESS | _SENT, _RELEASE | _SENT):
            self._on_their_way = max(self._on_their_way - 1, 0)
        if kind not in (_PRESS, _RELEASE):
            return False, 0
        event = ctypes.string_at(int(message), 32)
        if self.takes(event):
            return True, 0
        if self._on_their_way:
            # What was pressed before it is still on its way back from the server: it must not overtake that.
            self._resend(event)
            return True, 0
        return False, 0

    def _resend(self, event: bytes) -> None:
        self._on_their_way += 1
        self._again(event)

    def takes(self, event: bytes) -> bool:
        """Is this key event kept from Qt?"""
        kind, keycode, stamp, state = event[0], event[1], *struct.unpack_from("=4xI20xH", event)
        code = keycode - X11_OFFSET
        if code in MODIFIERS:
            if kind == _RELEASE and code in ALTS and self._alt:
                digits, self._alt = self._alt, ""
                raw = alt_bytes(digits, self._gate.keys.alt)
                self._gate.press("?", stamp / 1000, lambda: None, raw)
            # A code's Shift without its letters is a tap of Shift, by which input methods change to English.
            if self._gate.holding:
                self._gate.join(lambda: self._resend(event))
                return True
            return False
        if kind == _RELEASE:
            self._down.discard(keycode)
            if keycode in self._held:
                self._held.discard(keycode)
                if self._gate.holding:
                    self._gate.join(lambda: self._resend(event))
                    return True
            return False
        repeated = keycode in self._down
        self._down.add(keycode)
        if state & _ALT and self._gate.holding and (digit := keypad_digit(code)):
            self._alt += digit
            return True
        char = ""
        if not repeated and not state & (_ALT | _SUPER):
            char = typed(code, bool(state & _SHIFT), bool(state & _LOCK), bool(state & _CONTROL))
        if not self._gate.press(char, stamp / 1000, lambda: self._resend(event)):
            return False
        self._held.add(keycode)
        return True


class _Server:
    """A connection of its own to the X server, over which a held key is sent once more to the window it was for."""

    def __init__(self) -> None:
        """OSError: there is no libxcb, or no server."""
        self._xcb = ctypes.CDLL(ctypes.util.find_library("xcb") or "libxcb.so.1")
        self._xcb.xcb_connect.restype = ctypes.c_void_p
        self._xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
        self._xcb.xcb_send_event.argtypes = [
            ctypes.c_void_p, ctypes.c_uint8, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_char_p,
        ]  # fmt: skip
        self._xcb.xcb_flush.argtypes = [ctypes.c_void_p]
        self._xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
        self._connection = self._xcb.xcb_connect(None, None)
        if self._xcb.xcb_connection_has_error(self._connection):
            raise OSError("no X server")

    def send(self, event: bytes) -> None:
        window = int.from_bytes(event[12:16], "little")
        # With no mask an event goes to the client that made the window: this program.
        self._xcb.xcb_send_event(self._connection, 0, window, 0, event)
        self._xcb.xcb_flush(self._connection)


@dataclass
class _Last:
    """The key that Qt is carrying from widget to widget."""

    key: int = -1
    text: str = ""
    at: float = -1.0
    widget: QObject | None = None
    held: bool = False


class _EventKeys:
    """Qt's own key events. Each comes first as ShortcutOverride, to the widget in focus and then to its parents."""

    def __init__(self, gate: _Gate) -> None:
        self._gate = gate
        self._last = _Last()
        self._replaying = False

    def takes(self, target: QObject, event: QKeyEvent) -> bool:
        """Is this key event kept from whom it was for?"""
        if self._replaying or not isinstance(target, QWidget):
            return False
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride:
            if not self._same(target, event):
                self._last = _Last(event.key(), event.text(), 0.0, target)
                self._last.held = self._press(event)
            else:
                self._last.widget = target
            if self._last.held:
                event.accept()
            return self._last.held
        if kind == QEvent.Type.KeyPress:
            return self._last.held and event.key() == self._last.key
        return kind == QEvent.Type.KeyRelease and self._last.held and event.key() == self._last.key

    def _same(self, target: QWidget, event: QKeyEvent) -> bool:
        last = self._last
        return (
            isinstance(last.widget, QWidget)
            and not last.held
            and last.widget is not target
            and (last.key, last.text) == (event.key(), event.text())
            and target.isAncestorOf(last.widget)
        )

    def _press(self, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIER_KEYS:
            return False
        char = "" if event.isAutoRepeat() else _char(event)
        # The platform says when the key was pressed; a loop that was late must not make a run of somebody's keys.
        at = event.timestamp() / 1000 if event.spontaneous() and event.timestamp() else time.monotonic()
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        return self._gate.press(char, at, lambda: self._replay(key, modifiers, char))

    def _replay(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, char: str) -> None:
        target = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
        if target is None:
            return
        self._replaying = True
        try:
            # The one way by which shortcuts hear of it too.
            if "!" <= char <= "~":
                QTest.keyClick(target, char, modifiers)  # type: ignore[call-overload]
            else:
                QTest.keyClick(target, key, modifiers)  # type: ignore[call-overload]
        finally:
            self._replaying = False


_MODIFIER_KEYS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr,
                  Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock)  # fmt: skip
_CHORDS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def _char(event: QKeyEvent) -> str:
    if event.modifiers() & _CHORDS:
        return ""
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return "\r"
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return chr(event.key() & 0x1F) if Qt.Key.Key_A <= event.key() <= Qt.Key.Key_BracketRight else ""
    text = event.text()
    # Backspace, Delete and Esc have texts too; none is a scanner's.
    return text if text == "\t" or text.isprintable() else ""
