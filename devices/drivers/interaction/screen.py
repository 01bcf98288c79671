"""The second screen: `screen:2`, `screen:HDMI-1`, `screen:window`. Screens belong to the window's program, so the
driver only hands on: the program `attach`es what shows."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import unquote

from devices.base import Picture
from devices.failure import NOT_OPEN
from devices.kinds.interaction import CustomerScreen
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri

IN_A_WINDOW = "window"


class ScreenHost(Protocol):
    """What shows, used from the device's thread: it must be safe from any."""

    def screen_name(self) -> str:
        """The screen in use; empty while none of the wanted is there."""
        ...

    def show_picture(self, picture: Picture) -> None: ...

    def show_lines(self, lines: tuple[str, ...]) -> None: ...


class SecondScreen(CustomerScreen):
    """wanted: a number counted from 1 as the system lists screens, a name, or IN_A_WINDOW."""

    def __init__(self, uri: str, wanted: str) -> None:
        super().__init__(uri)
        self.wanted = wanted
        self._host: ScreenHost | None = None
        self._opened = False

    @property
    def hosted(self) -> bool:
        """Does somebody show its pages?"""
        return self._host is not None

    def attach(self, host: ScreenHost) -> None:
        self._host = host

    def open(self) -> Reply[str]:
        reply = self._look()
        self._opened = reply.ok
        return reply

    def close(self) -> None:
        self._opened = False

    def probe(self) -> Reply[str]:
        return self._look() if self._opened else Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)

    def show_picture(self, picture: Picture) -> Reply[str]:
        reply = self.probe()
        if reply.ok and self._host is not None:
            self._host.show_picture(picture)
        return reply

    def show_lines(self, lines: tuple[str, ...]) -> Reply[str]:
        reply = self.probe()
        if reply.ok and self._host is not None:
            self._host.show_lines(lines)
        return reply

    def _look(self) -> Reply[str]:
        if self._host is None:
            return Reply(Outcome.DISCONNECTED, detail="群众屏由办理窗口的程序使用，请打开窗口后查看")
        name = self._host.screen_name()
        if not name:
            return Reply(Outcome.DISCONNECTED, detail="没有接上群众屏，请检查显示器的连接线和电源")
        return Reply(Outcome.OK, f"群众屏 {name}")


def open_driver(uri: str) -> SecondScreen:
    """The driver of a `screen:` URI. BadInput when it is malformed."""
    parsed = DeviceUri.parse(uri)
    wanted = unquote(parsed.path).strip("/") or parsed.host
    if not wanted or (wanted.isdecimal() and not 1 <= int(wanted) <= 16):
        raise bad_uri(uri, "应写明屏幕", "例如 screen:2（第二个屏幕）、screen:HDMI-1、screen:window。")
    return SecondScreen(uri, wanted)
