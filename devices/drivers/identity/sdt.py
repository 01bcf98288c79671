"""Resident-ID readers with a SAM module (GA/T 467-2019): `sdt:///dev/ttyUSB0?baud=115200`; over USB: sdt_usb."""

from __future__ import annotations

import struct
import time
from collections.abc import Callable
from dataclasses import dataclass

from devices.base import DeviceKind
from devices.discovery import Found, found_on_ports
from devices.drivers.identity.sdt_frames import Damage, Response
from devices.drivers.identity.sdt_line import FIND, READ, SAM_ID, SELECT, STATUS, Command, Garbled, SamLine, Silent
from devices.drivers.identity.sdt_port import SamPort, SerialSamPort
from devices.drivers.identity.sdt_text import BLOCK, TextBlockError, parse_text
from devices.drivers.links.guarded import GuardedDevice
from devices.drivers.links.serial_port import open_port
from devices.failure import NOT_OPEN, Failure, cancelled
from devices.kinds.identity import CardReading, IdReader
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri

BAUDS = (115200, 57600, 38400, 19200, 9600)

_READ_SLICE = 0.05
_NO_CARD = 0x80

# SW3 -> how the call ends. Where a card is at fault the clerk can try again; where the reader is, a person must come.
_STATES: dict[int, tuple[Outcome, str]] = {
    0x10: (Outcome.FAULT, "读卡器收到的命令校验和错误，请检查连接线"),
    0x11: (Outcome.FAULT, "读卡器收到的命令长度错误，请检查连接线"),
    0x21: (Outcome.FAULT, "读卡器不支持此命令"),
    0x23: (Outcome.FAULT, "读卡器无权执行此命令"),
    0x24: (Outcome.FAULT, "读卡器报告未知错误"),
    0x31: (Outcome.UNREADABLE, "证件拒绝了读卡器的安全模块，请重新放置证件"),
    0x32: (Outcome.UNREADABLE, "读卡器的安全模块不认可此证件，请核对证件真伪"),
    0x33: (Outcome.UNREADABLE, "证件信息验证未通过，请重新放置证件"),
    0x40: (Outcome.UNREADABLE, "无法识别的证件类型"),
    0x41: (Outcome.UNREADABLE, "读取证件失败，请平放证件，不要移动"),
    0x47: (Outcome.FAULT, "读卡器取随机数失败"),
    0x60: (Outcome.FAULT, "读卡器自检失败，请断电后重试"),
    0x66: (Outcome.FAULT, "读卡器的安全模块未经授权"),
    0x81: (Outcome.UNREADABLE, "选取证件失败，请平放证件，不要移动"),
    0x91: (Outcome.UNREADABLE, "证件中没有所需内容"),
}
_GARBLED = {
    Damage.CHECKSUM: "读卡器的答复多次校验和错误，请检查连接线",
    Damage.LENGTH: "读卡器的答复多次不完整或长度错误，请检查连接线",
}


@dataclass(frozen=True, slots=True)
class Pace:
    """Times of the dialogue in seconds: between two finds, to wait for a short answer, to wait for a card's content;
    and how often a step is tried."""

    poll: float = 0.2
    command: float = 1.0
    read: float = 5.0
    tries: int = 3


class SdtReader(GuardedDevice, IdReader):
    """Speaks to a SAM module over whatever `connect` opens.

    A line that dies closes the driver: the call says DISCONNECTED, and so does every other until `open` succeeds.
    """

    def __init__(self, uri: str, connect: Callable[[], SamPort], pace: Pace | None = None) -> None:
        """connect: opens the way to the SAM; Failure when it cannot (DISCONNECTED, BUSY, FAULT)."""
        super().__init__(uri)
        self._connect = connect
        self._pace = pace or Pace()
        self._line: SamLine | None = None
        self._sam_id = ""

    def open(self) -> Reply[str]:
        """The value names the reader with its SAM number."""
        if self._line:
            return Reply(Outcome.OK, self._name)
        return self._call(self._open)

    def close(self) -> None:
        line, self._line = self._line, None
        if line:
            line.close()

    def probe(self) -> Reply[str]:
        return self._call(self._probe)

    def read_card(self, timeout: float = 5.0) -> Reply[CardReading]:
        """As IdReader. A card found in time is read to its end, up to Pace.read seconds a try beyond timeout."""
        return self._call(lambda: self._read_card(timeout))

    @property
    def _name(self) -> str:
        return f"居民身份证阅读机 SAM {self._sam_id}"

    def _open(self) -> str:
        self._line = SamLine(self._connect(), self._cancelled)
        try:
            self._expect(STATUS)
            self._sam_id = format_sam_id(self._expect(SAM_ID).data)
        except Failure:
            self.close()
            raise
        return self._name

    def _probe(self) -> str:
        self._expect(STATUS, 0.8, tries=2)
        return self._name

    def _read_card(self, timeout: float) -> CardReading:
        deadline = time.monotonic() + timeout
        refusal: Failure | None = None
        refusals = 0
        while True:
            # Even the shortest wait gives the reader a second chance to answer.
            patience = max(deadline, time.monotonic() + 1.5 * self._pace.command)
            found = self._ask(FIND, self._pace.command, patience)
            if found.sw3 == FIND.success:
                try:
                    return self._read_found()
                except Failure as failure:
                    if failure.outcome is not Outcome.UNREADABLE:
                        raise
                    refusal, refusals = failure, refusals + 1
                    if refusals >= self._pace.tries:
                        raise
            elif found.sw3 != _NO_CARD:
                raise _state_failure(found.sw3)
            if time.monotonic() >= deadline:
                # A card that came and was taken away too early did come.
                raise refusal or Failure(Outcome.NOT_PRESENT, "读卡区没有证件")
            if self._cancelled.wait(self._pace.poll):
                raise cancelled()

    def _read_found(self) -> CardReading:
        self._expect(SELECT)
        text, photo = _payload(self._expect(READ, self._pace.read).data)
        try:
            card = parse_text(text)
        except TextBlockError as error:
            raise Failure(Outcome.UNREADABLE, "证件内容无法解析，请重新放置证件") from error
        return CardReading(card, photo, self._sam_id)

    def _expect(self, command: Command, timeout: float = 0.0, tries: int = 0) -> Response:
        """Ask, and take anything but success as the end of the call."""
        timeout = timeout or self._pace.command
        # A content that does not come in its long time is not asked for again; a damaged one is, within that time.
        deadline = time.monotonic() + timeout if command is READ else None
        response = self._ask(command, timeout, deadline, tries)
        if response.sw3 != command.success:
            raise _state_failure(response.sw3)
        return response

    def _ask(self, command: Command, timeout: float, deadline: float | None = None, tries: int = 0) -> Response:
        """Ask until an answer comes undamaged; no new try after the deadline."""
        if self._line is None:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        failure = Failure(Outcome.TIMEOUT, "读卡器没有应答，请检查电源后重试")
        for _ in range(tries or self._pace.tries):
            try:
                response = self._line.ask(command, timeout)
            except Garbled as garbled:
                failure = Failure(Outcome.FAULT, _GARBLED[garbled.damage])
            except Silent:
                failure = Failure(Outcome.TIMEOUT, "读卡器没有应答，请检查电源后重试")
            else:
                if response.sw3 not in (0x10, 0x11):  # our own frame arrived damaged: say it again
                    return response
                failure = _state_failure(response.sw3)
            if deadline is not None and time.monotonic() >= deadline:
                break
        raise failure


def _state_failure(sw3: int) -> Failure:
    outcome, words = _STATES.get(sw3, (Outcome.FAULT, "读卡器报告了协议之外的状态"))
    return Failure(outcome, f"{words}（状态码 {sw3:02X}）")


def _payload(data: bytes) -> tuple[bytes, bytes]:
    """Text and photo of a 30 01 answer: textLen(2) photoLen(2) text photo."""
    text_length, photo_length = struct.unpack_from(">HH", data)
    if text_length != BLOCK or len(data) != 4 + text_length + photo_length:
        raise Failure(Outcome.UNREADABLE, "证件内容不完整，请重新放置证件")
    return data[4 : 4 + text_length], data[4 + text_length :]


def format_sam_id(raw: bytes) -> str:
    """The SAM's 16 bytes as vendors print them: two 16-bit and three 32-bit numbers, little-endian."""
    return "{:02d}.{:02d}-{:08d}-{:010d}-{:010d}".format(*struct.unpack("<HHIII", raw))


def serial_connection(port: str, baud: int = BAUDS[0]) -> Callable[[], SamPort]:
    """How to reach a SAM on a serial port."""
    return lambda: SerialSamPort(open_port(port, baud, _READ_SLICE))


def open_driver(uri: str) -> SdtReader:
    """The driver of an `sdt:` URI. BadInput when it is malformed. Options: baud."""
    parsed = DeviceUri.parse(uri, ["baud"])
    if parsed.port is not None:
        raise bad_uri(uri, "不应有端口号")
    baud = parsed.integer("baud", BAUDS[0], BAUDS[-1], BAUDS[0])
    if baud not in BAUDS:
        raise bad_uri(uri, "的速率不被阅读机支持", "可用速率：" + "、".join(map(str, BAUDS)) + "。")
    return SdtReader(uri, serial_connection(parsed.file, baud))


def discover(kind: DeviceKind) -> list[Found]:
    """Every serial port could have a reader behind it: only reading a card tells."""
    if kind is not DeviceKind.ID_READER:
        return []
    return found_on_ports("sdt", "串口读卡器")
