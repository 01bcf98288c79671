"""What a TCP connection to a printer can and cannot know about the fate of its bytes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from devices.drivers.links.tcp import Lost, TcpWire
from devices.emulators.links.tcp import hang_up_hard
from devices.failure import Failure
from devices.outcome import Outcome

JOB = bytes(200_000)


class Peer:
    """A printer's end with a small buffer, so that most of a job stays on the way until it is read."""

    def __init__(self) -> None:
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen()
        self.address = self._listener.getsockname()

    def accept(self) -> socket.socket:
        return self._listener.accept()[0]

    def close(self) -> None:
        self._listener.close()


@pytest.fixture
def peer() -> Iterator[Peer]:
    peer = Peer()
    yield peer
    peer.close()


@pytest.fixture
def wire(peer: Peer) -> Iterator[TcpWire]:
    wire = TcpWire(peer.address, 3.0, threading.Event())
    yield wire
    wire.close()


def later(action: Callable[[], object]) -> threading.Timer:
    timer = threading.Timer(0.3, action)
    timer.start()
    return timer


def test_read_to_the_end_and_hung_up(peer: Peer, wire: TcpWire) -> None:
    with peer.accept() as theirs:
        got = bytearray()

        def read() -> None:
            while data := theirs.recv(4096):
                got.extend(data)
            theirs.close()

        timer = later(read)
        wire.send(JOB)
        assert wire.finish(10) is True
        timer.join()
    assert bytes(got) == JOB
    assert wire.sent == len(JOB)


def test_hanging_up_in_order_with_bytes_on_the_way_is_a_loss(peer: Peer, wire: TcpWire) -> None:
    with peer.accept() as theirs:
        wire.send(JOB)
        timer = later(lambda: theirs.shutdown(socket.SHUT_WR))
        with pytest.raises(Lost, match="未收完"):
            wire.finish(10)
        timer.join()


def test_a_reset_is_a_loss(peer: Peer, wire: TcpWire) -> None:
    theirs = peer.accept()
    wire.send(JOB)
    timer = later(lambda: hang_up_hard(theirs))
    with pytest.raises(Lost):
        wire.finish(10)
    timer.join()


def test_not_hanging_up_is_no_answer(peer: Peer, wire: TcpWire) -> None:
    with peer.accept():
        wire.send(b"x")
        assert wire.finish(0.3) is False


def test_a_printer_that_takes_nothing_more_is_lost(peer: Peer, wire: TcpWire) -> None:
    with peer.accept(), pytest.raises(Lost, match="停止接收"):
        wire.send(bytes(50_000_000), stall=0.3)


def test_answers_and_their_end(peer: Peer, wire: TcpWire) -> None:
    with peer.accept() as theirs:
        assert wire.receive(0.05) == b""
        theirs.sendall(b"\x12")
        assert wire.receive(5) == b"\x12"
    with pytest.raises(Lost):
        wire.receive(5)


def test_cancel_ends_each_wait(peer: Peer) -> None:
    cancelled = threading.Event()
    wire = TcpWire(peer.address, 3.0, cancelled)
    with peer.accept():
        for wait in (lambda: wire.receive(60), lambda: wire.finish(60)):
            cancelled.clear()
            timer = later(cancelled.set)
            with pytest.raises(Failure) as caught:
                wait()
            assert caught.value.outcome is Outcome.CANCELLED
            timer.join()
    wire.close()
