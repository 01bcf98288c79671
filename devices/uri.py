"""A device's URI, taken apart: `scheme://host:port/path?option=value`.

Forms: `sdt:///dev/ttyUSB0?baud=115200`, `sdt:COM3`, `file:clips/手机%20一.avi`, `socket://192.0.2.7:9100`.
Paths may be percent-encoded UTF-8 or written plainly.
"""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.domain.errors import BadInput

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DRIVE = re.compile(r"/[A-Za-z]:[/\\]")


def bad_uri(uri: str, what: str, todo: str = "请在设置中更正设备地址。") -> BadInput:
    """The error for an unusable URI. A password in it is not repeated."""
    return BadInput("设备地址不正确", f"“{redacted(uri)}”{what}。", todo)


def redacted(uri: str) -> str:
    """The URI without user name and password, cut to a length that fits a message."""
    return re.sub(r"(?<=://)[^/?#]*@", "***@", uri)[:200]


def scheme_of(uri: str) -> str:
    """The URI's scheme, lower case. BadInput when there is none or when it holds control characters."""
    match = _SCHEME.match(uri)
    if not match or any(not char.isprintable() for char in uri):
        raise bad_uri(uri, "不是有效的设备地址", "设备地址形如 sdt:///dev/ttyUSB0?baud=115200。")
    return match.group()[:-1].lower()


@dataclass(frozen=True, slots=True)
class DeviceUri:
    """The parts. host is "" when absent, port None; path is decoded; options keeps each option's last value."""

    text: str
    scheme: str
    host: str
    port: int | None
    path: str
    options: dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str, options: Iterable[str] = ()) -> DeviceUri:
        """Take a URI apart. BadInput when it is malformed or has an option not among `options` (a typing error in
        the settings must not pass silently)."""
        scheme = scheme_of(text)
        try:
            parts = urllib.parse.urlsplit(text, allow_fragments=False)
            host, port = parts.hostname or "", parts.port
            path = urllib.parse.unquote(parts.path, errors="strict")
            given = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True, errors="strict"))
        except ValueError as error:
            raise bad_uri(text, "无法解析") from error
        if "\0" in path or any("\0" in value for value in given.values()):
            raise bad_uri(text, "含有空字符")
        known = set(options)
        for name in given:
            if name not in known:
                listed = "、".join(sorted(known)) or "无"
                raise bad_uri(text, f"含有未知参数 {name[:40]}", f"可用参数：{listed}。")
        return cls(text, scheme, host, port, path, given)

    @property
    def file(self) -> str:
        """The path as a file or device name: `/C:/x` becomes `C:/x`. BadInput when empty or on another host."""
        if self.host not in ("", "localhost"):
            raise bad_uri(self.text, "指向其他计算机", "本机设备写作 scheme:///dev/名称。")
        path = self.path[1:] if _DRIVE.match(self.path) else self.path
        if not path.strip("/"):
            raise bad_uri(self.text, "缺少设备或文件路径")
        return path

    def address(self, default_port: int) -> tuple[str, int]:
        """Host and port of a network device. BadInput when the host is missing or a path is given."""
        if not self.host or self.path not in ("", "/"):
            raise bad_uri(self.text, "应为“主机:端口”", f"例如 {self.scheme}://192.168.1.50:{default_port}。")
        if self.port == 0:
            raise bad_uri(self.text, "端口不能为 0")
        return self.host, self.port or default_port

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        """A whole-number option within low..high. BadInput otherwise."""
        return int(self._number(name, default, low, high, whole=True))

    def number(self, name: str, default: float, low: float, high: float) -> float:
        """A decimal option within low..high. BadInput otherwise."""
        return self._number(name, default, low, high, whole=False)

    def flag(self, name: str, default: bool = False) -> bool:
        """A yes/no option, written 1 or 0. BadInput otherwise."""
        value = self.options.get(name)
        if value is None:
            return default
        if value not in ("0", "1"):
            raise bad_uri(self.text, f"的参数 {name} 应为 0 或 1")
        return value == "1"

    def _number(self, name: str, default: float, low: float, high: float, whole: bool) -> float:
        text = self.options.get(name)
        if text is None:
            return default
        shape = r"\d{1,9}" if whole else r"\d{1,9}(\.\d{1,6})?"
        value = float(text) if re.fullmatch(shape, text, re.ASCII) else None
        if value is None or not low <= value <= high:
            raise bad_uri(self.text, f"的参数 {name} 应在 {low}–{high} 之间")
        return value
