"""Opening a serial port, with the operating system's refusals in the clerk's words."""

from __future__ import annotations

import errno

import serial

from devices.failure import Failure
from devices.outcome import Outcome

_REFUSALS = {
    errno.ENOENT: (Outcome.DISCONNECTED, "找不到设备 {}，请检查连接线和电源"),
    errno.ENXIO: (Outcome.DISCONNECTED, "设备 {} 没有响应，请检查连接线和电源"),
    errno.ENODEV: (Outcome.DISCONNECTED, "设备 {} 没有响应，请检查连接线和电源"),
    errno.EIO: (Outcome.DISCONNECTED, "设备 {} 没有响应，请检查连接线和电源"),
    errno.EACCES: (Outcome.DISCONNECTED, "没有权限使用 {}，请管理员把当前用户加入 dialout 组后重新登录"),
    errno.EPERM: (Outcome.DISCONNECTED, "没有权限使用 {}，请管理员把当前用户加入 dialout 组后重新登录"),
    errno.EBUSY: (Outcome.BUSY, "{} 正被其他程序占用，请先关闭该程序"),
    errno.EAGAIN: (Outcome.BUSY, "{} 正被其他程序占用，请先关闭该程序"),
}


def open_port(name: str, baud: int, read_slice: float) -> serial.Serial:
    """Open a port 8N1 for this program alone. Failure: DISCONNECTED, BUSY.

    read_slice: seconds after which `read` gives up, so that a wait can be cancelled. Neither DTR nor RTS is touched
    after opening: pyserial forgives a line without them (a pseudo-terminal answers ENOTTY) only while it opens.
    """
    try:
        return serial.Serial(name, baud, timeout=read_slice, write_timeout=2.0, exclusive=True)
    except OSError as error:
        outcome, words = _REFUSALS.get(error.errno or 0, (Outcome.DISCONNECTED, "{} 不是可用的串口"))
        raise Failure(outcome, words.format(name)) from error
    except ValueError as error:
        raise Failure(Outcome.DISCONNECTED, f"{name} 不支持速率 {baud}") from error


def drain(port: serial.Serial) -> None:
    """Wait until everything written has left. OSError when the line is gone: pyserial lets the system's own error
    through, which is none (termios.error)."""
    try:
        port.flush()
    except OSError:
        raise
    except Exception as error:
        raise OSError(*error.args) from error
