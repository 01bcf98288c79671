"""The frame codec against the standard's own bytes, and against a hostile line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.drivers.identity.sdt_frames import (
    MAX_LENGTH,
    PREAMBLE,
    REQUEST_MIN,
    Damage,
    FrameDecoder,
    Request,
    Response,
    checksum,
    frame,
)

bodies = st.binary(min_size=3, max_size=200)


@pytest.mark.parametrize(
    ("command", "parameter", "wire"),
    [
        (0x10, 0xFF, "00 03 10 FF EC"),
        (0x11, 0xFF, "00 03 11 FF ED"),
        (0x12, 0xFF, "00 03 12 FF EE"),
        (0x20, 0x01, "00 03 20 01 22"),
        (0x20, 0x02, "00 03 20 02 21"),
        (0x30, 0x01, "00 03 30 01 32"),
        (0x30, 0x10, "00 03 30 10 23"),
        (0x30, 0x03, "00 03 30 03 30"),
    ],
)
def test_requests_are_those_of_the_standard(command: int, parameter: int, wire: str) -> None:
    expected = bytes.fromhex("AA AA AA 96 69" + wire)
    assert Request(command, parameter).encode() == expected
    (body,) = FrameDecoder(REQUEST_MIN).feed(expected)
    assert isinstance(body, bytes)
    assert Request.from_body(body) == Request(command, parameter)


def test_lengths_are_those_of_the_standard() -> None:
    assert len(Response(0x9F, bytes(4)).encode()) == 15
    assert len(Response(0x90, bytes(8)).encode()) == 19
    read = Response(0x90, bytes(4 + 256 + 1024)).encode()
    assert (len(read), read[5:7].hex()) == (1295, "0508")
    assert [len(Response(0x90, bytes(6 + 1280 + n)).encode()) for n in (0, 512, 1024)] == [1297, 1809, 2321]


def test_a_body_that_is_too_long_is_refused() -> None:
    assert len(frame(bytes(MAX_LENGTH - 1))) == MAX_LENGTH + 7
    with pytest.raises(ValueError, match="longer"):
        frame(bytes(MAX_LENGTH))


@given(st.lists(bodies, max_size=5), st.data())
def test_frames_come_out_whole_however_they_are_cut(sent: list[bytes], data: st.DataObject) -> None:
    wire = b"".join(frame(body) for body in sent)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(wire)), max_size=20)))
    decoder, got = FrameDecoder(), []
    for start, end in zip([0, *cuts], [*cuts, len(wire)], strict=True):
        got += decoder.feed(wire[start:end])
    assert got == sent
    assert not decoder.pending


# Without the preamble's first byte noise can neither be nor begin a frame.
noise = st.binary(max_size=40).map(lambda data: data.replace(b"\xaa", b"\x55"))


@given(st.lists(st.tuples(noise, bodies), max_size=4), noise)
def test_noise_before_between_and_after_is_dropped(sent: list[tuple[bytes, bytes]], tail: bytes) -> None:
    decoder = FrameDecoder()
    got = decoder.feed(b"".join(garbage + frame(body) for garbage, body in sent) + tail)
    assert got == [body for _, body in sent]


@pytest.mark.parametrize("garbage", [PREAMBLE[:n] for n in range(1, 5)] + [b"\xaa" * 7, PREAMBLE[:4] + b"\xaa"])
def test_half_preambles_do_not_hide_a_frame(garbage: bytes) -> None:
    assert FrameDecoder().feed(garbage + frame(b"abc")) == [b"abc"]


@given(bodies, st.data())
def test_a_flipped_byte_is_noticed(body: bytes, data: st.DataObject) -> None:
    wire = bytearray(frame(body))
    at = data.draw(st.integers(len(PREAMBLE) + 2, len(wire) - 1))
    wire[at] ^= data.draw(st.integers(1, 255))
    got = FrameDecoder().feed(bytes(wire))
    assert got[0] is Damage.CHECKSUM
    assert body not in got


def test_a_good_frame_is_found_behind_a_damaged_one() -> None:
    bad = bytearray(frame(b"first"))
    bad[-1] ^= 1
    assert FrameDecoder().feed(bytes(bad) + frame(b"second")) == [Damage.CHECKSUM, b"second"]


def test_a_frame_swallowed_by_a_wrong_length_is_found() -> None:
    wire = PREAMBLE + b"\x00\x20" + b"xyz" + frame(b"second")
    wire += bytes(0x20 - (len(wire) - 7))
    assert FrameDecoder().feed(wire) == [Damage.CHECKSUM, b"second"]


@pytest.mark.parametrize("length", [0, 1, 3, MAX_LENGTH + 1, 0xFFFF])
def test_impossible_lengths_are_not_waited_for(length: int) -> None:
    wire = PREAMBLE + length.to_bytes(2, "big")
    assert FrameDecoder().feed(wire + frame(b"good")) == [Damage.LENGTH, b"good"]


def test_pending_and_reset() -> None:
    decoder = FrameDecoder()
    decoder.feed(frame(b"abc")[:-1])
    assert decoder.pending
    decoder.reset()
    assert not decoder.pending
    assert decoder.feed(frame(b"abc")[-1:] + frame(b"new")) == [b"new"]


@given(st.lists(st.binary(max_size=60), max_size=20))
def test_garbage_neither_raises_nor_piles_up(pieces: list[bytes]) -> None:
    decoder = FrameDecoder()
    for piece in pieces:
        for found in decoder.feed(piece):
            assert isinstance(found, Damage) or len(found) >= 3
    assert decoder.feed(bytes(MAX_LENGTH + 7) + frame(b"end"))[-1] == b"end"


def test_checksum_is_xor() -> None:
    assert checksum(bytes.fromhex("0003 20 01")) == 0x22
