"""The PC/SC calls that the driver makes, by the names and numbers of the standard (PC/SC Workgroup part 5, winscard.h).

On Linux they end in pcscd through pcsc-lite, on Windows in the system's own service. What answers is passed to the
driver's constructor, as pyusb's back ends are: an emulated service needs no daemon.
"""

from __future__ import annotations

from typing import Any, Protocol, cast

from devices.failure import Failure
from devices.outcome import Outcome

SCOPE_USER = 0
SHARE_EXCLUSIVE, SHARE_SHARED = 1, 2
PROTOCOL_T0, PROTOCOL_T1 = 1, 2
LEAVE_CARD, RESET_CARD = 0, 1

STATE_UNAWARE = 0x0000
STATE_CHANGED = 0x0002
STATE_UNKNOWN = 0x0004
STATE_UNAVAILABLE = 0x0008
STATE_EMPTY = 0x0010
STATE_PRESENT = 0x0020
STATE_EXCLUSIVE = 0x0080
STATE_INUSE = 0x0100
STATE_MUTE = 0x0200

OK = 0
E_INVALID_HANDLE = 0x80100003
E_UNKNOWN_READER = 0x80100009
E_TIMEOUT = 0x8010000A
E_SHARING_VIOLATION = 0x8010000B
E_NO_SMARTCARD = 0x8010000C
E_PROTO_MISMATCH = 0x8010000F
E_NOT_TRANSACTED = 0x80100016
E_READER_UNAVAILABLE = 0x80100017
E_NO_SERVICE = 0x8010001D
E_SERVICE_STOPPED = 0x8010001E
E_NO_READERS_AVAILABLE = 0x8010002E
W_UNSUPPORTED_CARD = 0x80100065
W_UNRESPONSIVE_CARD = 0x80100066
W_UNPOWERED_CARD = 0x80100067
W_RESET_CARD = 0x80100068
W_REMOVED_CARD = 0x80100069

SERVICE_LOST = frozenset({E_NO_SERVICE, E_SERVICE_STOPPED, 0x80100013, E_INVALID_HANDLE})
"""The service went away, F_COMM_ERROR towards it included; a new context is needed."""

_NO_SERVICE = (Outcome.DISCONNECTED, "读卡服务（pcscd）没有运行，请管理员启动后重试")
_NO_READER = (Outcome.DISCONNECTED, "找不到读卡器，请检查连接线")
_REFUSED = (Outcome.UNREADABLE, "卡没有应答，请检查卡的方向，擦净芯片后重新插入或放置")
_MEANINGS: dict[int, tuple[Outcome, str]] = {
    **dict.fromkeys(SERVICE_LOST, _NO_SERVICE),
    **dict.fromkeys((E_UNKNOWN_READER, E_READER_UNAVAILABLE, E_NO_READERS_AVAILABLE), _NO_READER),
    **dict.fromkeys((W_UNSUPPORTED_CARD, W_UNRESPONSIVE_CARD, W_UNPOWERED_CARD, E_PROTO_MISMATCH), _REFUSED),
    **dict.fromkeys((E_NO_SMARTCARD, W_REMOVED_CARD), (Outcome.NOT_PRESENT, "读卡器上没有卡")),
    E_NOT_TRANSACTED: _REFUSED,
    0x8010002F: _REFUSED,  # E_COMM_DATA_LOST
    E_SHARING_VIOLATION: (Outcome.BUSY, "读卡器正被其他程序独占，请先关闭该程序"),
    W_RESET_CARD: (Outcome.UNREADABLE, "卡被其他程序复位，请重新读卡"),
    E_TIMEOUT: (Outcome.TIMEOUT, "读卡器没有应答，请重新插拔读卡器后重试"),
}


class Winscard(Protocol):
    """As pyscard's smartcard.scard: each call gives its code first. After a code other than 0 the rest is rubbish:
    pyscard then returns memory that it never filled."""

    SCARD_PCI_T0: Any
    SCARD_PCI_T1: Any

    def SCardEstablishContext(self, scope: int, /) -> Any: ...
    def SCardReleaseContext(self, context: Any, /) -> Any: ...
    def SCardListReaders(self, context: Any, groups: list[str], /) -> Any: ...
    def SCardGetStatusChange(self, context: Any, milliseconds: int, states: list[tuple[str, int]], /) -> Any: ...
    def SCardConnect(self, context: Any, reader: str, share: int, protocols: int, /) -> Any: ...
    def SCardReconnect(self, card: Any, share: int, protocols: int, initialisation: int, /) -> Any: ...
    def SCardDisconnect(self, card: Any, disposition: int, /) -> Any: ...
    def SCardBeginTransaction(self, card: Any, /) -> Any: ...
    def SCardEndTransaction(self, card: Any, disposition: int, /) -> Any: ...
    def SCardStatus(self, card: Any, /) -> Any: ...
    def SCardTransmit(self, card: Any, pci: Any, command: list[int], /) -> Any: ...


def system_api() -> Winscard:
    """The system's PC/SC. Failure (FAULT) when pyscard or the system's library is missing."""
    try:
        from smartcard import scard
    except ImportError as error:
        raise Failure(
            Outcome.FAULT, "缺少读卡支持库，请管理员安装 pcscd 和 libpcsclite1，并重新安装一窗（pyscard）"
        ) from error
    return cast(Winscard, scard)


def failure(code: int) -> Failure:
    """What a code means for the clerk."""
    outcome, words = _MEANINGS.get(code, (Outcome.FAULT, "读卡器报告错误"))
    return Failure(outcome, f"{words}（{code:08X}）" if code not in _MEANINGS else words)


def checked(result: Any) -> tuple[Any, ...]:
    """The values behind an OK code. Failure otherwise; pyscard gives some codes as negative numbers."""
    code, *values = result if isinstance(result, (list, tuple)) else [result]
    if code != OK:
        raise failure(int(code) & 0xFFFFFFFF)
    return tuple(values)
