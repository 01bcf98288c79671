"""Packets: what goes in comes out, and nothing else ever does."""

from __future__ import annotations

import io
import random
import struct

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.server import packet
from app.server.headers import token_key
from app.server.packet import BadPacket, Counts

TOKEN = "made-up-token-of-a-test-window-0123456789"
GATEWAY = X25519PrivateKey.from_private_bytes(bytes(range(32)))
DEVICE_KEY = packet.public_text(packet.device_key(TOKEN))
Frames = list[tuple[dict[str, object], bytes]]


def outbox(frames: Frames, gateway: X25519PrivateKey = GATEWAY, token: str = TOKEN) -> io.BytesIO:
    stream = io.BytesIO()
    writer = packet.write_outbox(
        stream,
        packet_id="6f1f4c66-2f0e-4c2e-9a53-5a2d30d9c0a1",
        device_id="window-A01",
        token=token,
        gateway_key=packet.public_text(gateway),
        made_at="2026-11-22T01:00:00.000Z",
        counts=Counts(1, 2, 3),
        more={"clock_offset_ms": 5},
    )
    for head, data in frames:
        writer.frame(head, data)
    writer.finish()
    assert writer.written == len(stream.getvalue())
    return stream


def opened(stream: io.BytesIO, gateway: X25519PrivateKey = GATEWAY, device: str = DEVICE_KEY) -> Frames:
    header = packet.read_header(stream)
    found = packet.open_outbox(stream, header, device, gateway).frames()
    return [({k: v for k, v in head.items() if k != "bytes"}, data) for head, data in found]


SIZES = st.sampled_from([0, 1, 17, packet.CHUNK - 1, packet.CHUNK, packet.CHUNK + 1, 3 * packet.CHUNK + 7])


@settings(max_examples=12)
@given(sizes=st.lists(SIZES, max_size=4), word=st.text(max_size=50).filter(lambda t: t.isprintable()))
def test_what_goes_in_comes_out(sizes: list[int], word: str) -> None:
    frames: Frames = [
        ({"op_id": f"{n}", "name": f"㛃𠮷䶮𬭚{word}"}, bytes([n + 1]) * size) for n, size in enumerate(sizes)
    ]
    assert opened(outbox(frames)) == frames


def test_the_open_part_tells_counts_and_nothing_of_anybody() -> None:
    stream = outbox([({"op_id": "1", "body": {"name": "王㛃", "number": "330199198001010014"}}, b"picture")])
    text = stream.getvalue()
    for secret in ("王㛃".encode(), b"330199198001010014", b"picture", TOKEN.encode(), b"op_id"):
        assert secret not in text
    header = packet.read_header(stream)
    assert (header.device_id, header.counts, header.to) == (
        "window-A01", Counts(1, 2, 3), packet.key_name(packet.public_text(GATEWAY)),
    )  # fmt: skip


def test_cut_anywhere_it_is_refused_as_torn() -> None:
    whole = outbox([({"op_id": "1"}, bytes(600_000))]).getvalue()
    for length in [0, 3, 4, 5, 8, 9, 200, 1000, len(whole) // 2, len(whole) - 77, len(whole) - 76, len(whole) - 1]:
        with pytest.raises(BadPacket) as caught:
            opened(io.BytesIO(whole[:length]))
        assert "不完整" in caught.value.what or (length < 4 and "不是一窗" in caught.value.what)
    with pytest.raises(BadPacket, match="不完整"):
        opened(io.BytesIO(whole + b"x"))


def test_a_changed_bit_is_found_wherever_it_is() -> None:
    whole = bytearray(outbox([({"op_id": "1"}, bytes(3000))]).getvalue())
    rng = random.Random(5)
    for place in {*range(0, 12), *rng.sample(range(len(whole)), 60), len(whole) - 1}:
        whole[place] ^= 1 << rng.randrange(8)
        with pytest.raises(BadPacket):
            opened(io.BytesIO(bytes(whole)))
        whole = bytearray(outbox([({"op_id": "1"}, bytes(3000))]).getvalue())


def test_only_this_device_and_only_this_gateway() -> None:
    stream = outbox([({"op_id": "1"}, b"")])
    with pytest.raises(BadPacket, match="签名不符"):
        opened(stream, device=packet.public_text(packet.device_key("another-token-0123456789")))
    with pytest.raises(BadPacket, match="不是给本平台的"):
        opened(stream, gateway=X25519PrivateKey.generate())
    assert opened(stream) == [({"op_id": "1"}, b"")]
    # The header's own words are bound to the key: another name in it opens nothing, even signed anew.
    header = packet.read_header(stream)
    other = packet.Header(**{**{f: getattr(header, f) for f in packet.Header.__slots__}, "device_id": "window-B02"})
    sealed = io.BytesIO()
    signer = packet.device_key(TOKEN)
    writer = packet.PacketWriter(sealed, other, bytes(32), lambda digest: signer.sign(packet._SIGNED + digest))
    writer.finish()
    with pytest.raises(BadPacket, match="密钥打不开"):
        opened(sealed)


def test_it_is_said_when_the_file_is_something_else_or_newer() -> None:
    with pytest.raises(BadPacket, match="不是一窗"):
        packet.read_header(io.BytesIO(b"PK\x03\x04" + bytes(100)))
    newer = bytearray(outbox([]).getvalue())
    newer[4] = 2
    with pytest.raises(BadPacket, match="更新版本"):
        packet.read_header(io.BytesIO(bytes(newer)))
    huge = packet.MAGIC + struct.pack(">I", 1 << 30) + bytes(100)
    with pytest.raises(BadPacket, match="不完整"):
        packet.read_header(io.BytesIO(huge))
    with pytest.raises(BadInput, match="收件公钥不对"):
        packet.read_gateway_key("zz")


def answer(token: str = TOKEN) -> io.BytesIO:
    stream = io.BytesIO()
    writer = packet.write_answer(
        stream, packet_id="p", device_id="window-A01", token_key=token_key(token), made_at="t",
        counts=Counts(0, 0, 0), more={"epoch": "e"},
    )  # fmt: skip
    writer.frame({"op_id": "1", "status": 201, "body": {}})
    writer.finish()
    return stream


def test_an_answer_is_believed_from_the_own_gateway_only() -> None:
    stream = answer()
    header = packet.read_header(stream)
    reader = packet.open_answer(stream, header, token_key(TOKEN))
    assert [head["op_id"] for head, _ in reader.frames()] == ["1"]
    with pytest.raises(BadPacket, match="校验不符"):
        packet.open_answer(stream, header, token_key("another-token-0123456789"))
    changed = bytearray(answer().getvalue())
    changed[-40] ^= 1
    with pytest.raises(BadPacket):
        packet.open_answer(io.BytesIO(bytes(changed)), packet.read_header(io.BytesIO(bytes(changed))), token_key(TOKEN))
    made = outbox([])
    with pytest.raises(BadPacket, match="不是平台的回执"):
        packet.open_answer(made, packet.read_header(made), token_key(TOKEN))
    with pytest.raises(BadPacket):
        packet.open_outbox(stream, header, DEVICE_KEY, GATEWAY)


def test_a_file_changed_after_it_was_proved_is_found() -> None:
    stream = outbox([({"op_id": f"{n}"}, bytes(200_000)) for n in range(5)])
    header = packet.read_header(stream)
    reader = packet.open_outbox(stream, header, DEVICE_KEY, GATEWAY)
    frames = reader.frames()
    next(frames)
    whole = bytearray(stream.getvalue())
    whole[-5000] ^= 1
    place = stream.tell()
    stream.seek(0)
    stream.write(bytes(whole))
    stream.seek(place)
    with pytest.raises(BadPacket, match="内容损坏"):
        list(frames)
