"""A question to the network, and what answers are worth; the packets are laid out after RFC 1035 and RFC 6763."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator

import pytest

from devices.drivers.links.mdns import Service, ask

KIND = "_uscan._tcp"


def name(text: str) -> bytes:
    return b"".join(bytes((len(part.encode()),)) + part.encode() for part in text.split(".")) + b"\0"


def record(owner: bytes, kind: int, data: bytes) -> bytes:
    return owner + struct.pack(">HHIH", kind, 0x8001, 120, len(data)) + data


def answer(label: str, host: str, port: int, txt: dict[str, str], address: bytes | None) -> bytes:
    """As a device sends it: the service's name once, then by pointers to it."""
    head = struct.pack(">6H", 0, 0x8400, 0, 1, 0, 3 if address else 2)
    service = name(f"{KIND}.local")
    kind_at = struct.pack(">H", 0xC000 | 12)
    own = bytes((len(label.encode()),)) + label.encode() + kind_at
    pointer = record(service, 12, own)
    own_at = struct.pack(">H", 0xC000 | 12 + len(service) + 10)
    texts = b"".join(bytes((len(f"{k}={v}".encode()),)) + f"{k}={v}".encode() for k, v in txt.items())
    server = record(own_at, 33, struct.pack(">HHH", 0, 0, port) + name(host))
    return head + pointer + server + record(own_at, 16, texts) + (record(name(host), 1, address) if address else b"")


class Network:
    """Whoever is asked at this address answers with these packets."""

    def __init__(self, *packets: bytes) -> None:
        self._packets = packets
        self._line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._line.bind(("127.0.0.1", 0))
        self._line.settimeout(20)
        self.asked = b""
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def address(self) -> tuple[str, int]:
        host, port = self._line.getsockname()
        return host, port

    def _serve(self) -> None:
        self.asked, who = self._line.recvfrom(2000)
        for packet in self._packets:
            self._line.sendto(packet, who)

    def close(self) -> None:
        self._thread.join(20)
        self._line.close()


SCANNER = answer("大厅扫描仪", "scan-1.local", 8080, {"rs": "eSCL", "TY": "Acme = S1"}, bytes((192, 0, 2, 7)))


@pytest.fixture
def network(request: pytest.FixtureRequest) -> Iterator[Network]:
    made = Network(*request.param)
    yield made
    made.close()


@pytest.mark.parametrize("network", [[SCANNER, SCANNER]], indirect=True)
def test_a_service_is_put_together_from_its_records(network: Network) -> None:
    found = ask((KIND, "_ipp._tcp"), 0.5, network.address)
    texts = {"rs": "eSCL", "ty": "Acme = S1"}
    assert found == {KIND: [Service("大厅扫描仪", "192.0.2.7", 8080, texts)], "_ipp._tcp": []}
    _, flags, questions, *others = struct.unpack_from(">6H", network.asked)
    assert (flags, questions, others) == (0, 2, [0, 0, 0])
    assert network.asked.count(b"\x05local\0\0\x0c\0\x01") == 2


@pytest.mark.parametrize("network", [[answer("S", "x.local", 80, {}, None)]], indirect=True)
def test_without_an_address_it_is_where_the_answer_came_from(network: Network) -> None:
    assert ask((KIND,), 0.5, network.address)[KIND] == [Service("S", "127.0.0.1", 80, {})]


RING = struct.pack(">6H", 0, 0x8400, 0, 1, 0, 0) + b"\xc0\x0c" + struct.pack(">HHIH", 12, 1, 0, 2) + b"\xc0\x0c"
DAMAGED = [b"", b"\0" * 11, RING, struct.pack(">6H", 0, 0x8400, 0, 9, 9, 9), struct.pack(">6H", 0, 0, 1, 0, 0, 0)]
CUT = [SCANNER[:size] for size in range(0, len(SCANNER) - 1, 3)]


@pytest.mark.parametrize("network", [[*DAMAGED, *CUT, SCANNER]], indirect=True)
def test_damaged_answers_are_passed_over(network: Network) -> None:
    (found,) = ask((KIND,), 0.5, network.address)[KIND]
    assert (found.name, found.port) == ("大厅扫描仪", 8080)


def test_where_there_is_no_network_there_is_nobody() -> None:
    assert ask((KIND,), 0.2, ("127.0.0.1", 0)) == {KIND: []}
