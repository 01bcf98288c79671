"""Who in the local network offers a service: one question by multicast DNS (RFC 6762, RFC 6763), IPv4.

A one-shot question from a port of our own (RFC 6762 §5.1): whoever offers the service answers to that port directly.
Nothing is announced, nothing listens afterwards. It does not pass routers: devices in another net are named by hand.
"""

from __future__ import annotations

import socket
import struct
import time
from dataclasses import dataclass, field

GROUP = ("224.0.0.251", 5353)
_A, _PTR, _TXT, _SRV = 1, 12, 16, 33
_IN = 1
_MOST_BYTES = 9000
_MOST_LABELS = 128
"""Of one name, pointers counted: a ring of pointers must end."""


@dataclass(frozen=True, slots=True)
class Service:
    """name: the device's own; host: its IPv4 address; txt: what it says of itself, keys in lower case."""

    name: str
    host: str
    port: int
    txt: dict[str, str] = field(default_factory=dict)


def ask(kinds: tuple[str, ...], seconds: float = 1.5, group: tuple[str, int] = GROUP) -> dict[str, list[Service]]:
    """Who offers each kind (`_uscan._tcp`), in the order of the answers. Blocks so many seconds. Never raises: where
    there is no network there is nobody. What is no answer is passed over."""
    heard = _Heard()
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
            line.sendto(_question(kinds), group)
            until = time.monotonic() + seconds
            while (left := until - time.monotonic()) > 0:
                line.settimeout(left)
                heard.take(*line.recvfrom(_MOST_BYTES))
    except OSError:
        pass  # no network, or the time is over
    return {kind: heard.services(f"{kind}.local") for kind in kinds}


class _Heard:
    """What answers say, put together: names point to services, services to hosts, hosts to addresses."""

    def __init__(self) -> None:
        self._named: dict[str, list[str]] = {}
        self._at: dict[str, tuple[str, int, str]] = {}
        self._txt: dict[str, dict[str, str]] = {}
        self._address: dict[str, str] = {}

    def take(self, packet: bytes, sender: tuple[str, int]) -> None:
        try:
            for name, kind, start, end in _records(packet):
                self._record(packet, name, kind, start, end, sender[0])
        except (ValueError, IndexError, struct.error):
            return  # what stood before the damage counts

    def _record(self, packet: bytes, name: str, kind: int, start: int, end: int, sender: str) -> None:
        if kind == _PTR:
            named = self._named.setdefault(name.lower(), [])
            if (target := _name(packet, start)[0]) not in named:
                named.append(target)
        elif kind == _SRV:
            (port,) = struct.unpack_from(">H", packet, start + 4)
            self._at[name] = (_name(packet, start + 6)[0], port, sender)
        elif kind == _TXT:
            self._txt[name] = _texts(packet[start:end])
        elif kind == _A and end - start == 4:
            self._address[name.lower()] = socket.inet_ntoa(packet[start:end])

    def services(self, kind: str) -> list[Service]:
        found = []
        for name in self._named.get(kind.lower(), []):
            if name in self._at:
                host, port, sender = self._at[name]
                # One that leaves its address out is where its answer came from.
                address = self._address.get(host.lower(), sender)
                label = name.removesuffix(f".{kind}")
                found.append(Service(label, address, port, self._txt.get(name, {})))
        return found


def _question(kinds: tuple[str, ...]) -> bytes:
    head = struct.pack(">6H", 0, 0, len(kinds), 0, 0, 0)
    asked = b""
    for kind in kinds:
        for label in (*kind.split("."), "local"):
            asked += bytes((len(label),)) + label.encode()
        asked += b"\0" + struct.pack(">HH", _PTR, _IN)
    return head + asked


def _records(packet: bytes) -> list[tuple[str, int, int, int]]:
    """Of each record: name, type, where its data begin and end. ValueError: this is a question, or damaged."""
    _, flags, questions, *counts = struct.unpack_from(">6H", packet)
    if not flags & 0x8000:
        raise ValueError("a question")
    at = 12
    for _ in range(questions):
        at = _name(packet, at)[1] + 4
    found = []
    for _ in range(sum(counts)):
        name, at = _name(packet, at)
        kind, _, _, size = struct.unpack_from(">HHIH", packet, at)
        at += 10
        if at + size > len(packet):
            raise ValueError("cut off")
        found.append((name, kind, at, at + size))
        at += size
    return found


def _name(packet: bytes, at: int) -> tuple[str, int]:
    """The name that begins here, and where what follows it begins (RFC 1035 §4.1.4)."""
    labels: list[str] = []
    after = -1
    for _ in range(_MOST_LABELS):
        size = packet[at]
        if size >= 0xC0:
            after = at + 2 if after < 0 else after
            at = (size & 0x3F) << 8 | packet[at + 1]
        elif size == 0:
            return ".".join(labels), at + 1 if after < 0 else after
        else:
            labels.append(packet[at + 1 : at + 1 + size].decode("utf-8", "replace"))
            at += 1 + size
    raise ValueError("a name without end")


def _texts(data: bytes) -> dict[str, str]:
    said: dict[str, str] = {}
    while data:
        size = data[0]
        key, _, value = data[1 : 1 + size].decode("utf-8", "replace").partition("=")
        said.setdefault(key.lower(), value)
        data = data[1 + size :]
    return said
