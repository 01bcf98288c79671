"""Packets: what would go over the line, carried on a stick instead. One format for both ways.

    YCPK 01 | length of the header, 4 bytes | header, JSON | chunks | YCPE | length of all before, 8 bytes | proof

The header is open and shows counts, the sender and the time, no more. The chunks are AES-256-GCM over 256 KB each,
under a key of this packet alone; the nonce counts and marks the last one (the STREAM construction, Hoang et al. 2015),
and the header's hash stands behind every chunk. Inside are frames: a JSON head and, of a file, its bytes.

outbox packets (window to gateway): the key is sealed to the gateway's X25519 key with HPKE (RFC 9180, base mode,
HKDF-SHA256, AES-256-GCM); the proof is the device's Ed25519 signature. The device's key follows from its token
(HKDF-SHA256), and the gateway keeps its public half since it gave the token out, so nothing else must be exchanged.
answer packets (gateway to window): the key and the proof (HMAC-SHA-256) follow from the hash of the token, which only
these two have, and a salt.
archive packages (app.archive.sealed): the key and the proof (HMAC-SHA-256) follow from a password.

The proof is checked over the whole file before a byte of it is used. Everything streams: a packet may be larger than
the memory.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.errors import BadInput
from app.server.checking import JsonObject
from app.server.headers import MAX_FILE, MAX_JSON, canonical

MAGIC, END = b"YCPK\x01", b"YCPE"
FORMAT = "yichuang-packet/1"
OUTBOX, ANSWER, ARCHIVE = "outbox", "answer", "archive"
CHUNK = 256 << 10
OVERHEAD = 16
_MAX_HEADER = 8192
_MAX_HEAD = MAX_JSON + 4096
_PROOF = {OUTBOX: 64, ANSWER: 32, ARCHIVE: 32}
_TAIL = len(END) + 8
_SIGNED = b"yichuang/1/packet/signature\x00"
_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)

Proof = Callable[[bytes], bytes]
"""Makes the proof over a digest of the whole."""


class BadPacket(BadInput):
    """The file is no packet, or not a whole, genuine one for us. Nothing of it was used."""


def _bad(what: str, todo: str = "请重新导出，再拷贝一次。") -> BadPacket:
    return BadPacket("数据包不能用", what, todo)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a packet holds. bytes: of its files."""

    records: int
    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Header:
    """The open part. kind: OUTBOX or ANSWER. to: which gateway key it is sealed for, or, in an answer, empty.

    packet_id: in an answer, of the packet that it answers. more: the fields of one kind only.
    """

    kind: str
    packet_id: str
    device_id: str
    made_at: str
    counts: Counts
    to: str
    key: str
    more: JsonObject

    def to_bytes(self) -> bytes:
        return canonical(self._document())

    def context(self) -> bytes:
        """What the sealed key is bound to: everything else in the header."""
        return MAGIC + canonical({**self._document(), "key": ""})

    def _document(self) -> JsonObject:
        counts = {"records": self.counts.records, "files": self.counts.files, "bytes": self.counts.bytes}
        return {
            "format": FORMAT, "kind": self.kind, "packet_id": self.packet_id, "device_id": self.device_id,
            "made_at": self.made_at, "counts": counts, "to": self.to, "key": self.key, "more": self.more,
        }  # fmt: skip


# ------------------------------------------------------------------------------------------------------- keys


def device_key(token: str) -> Ed25519PrivateKey:
    """The device's signing key; a new token makes a new one."""
    return Ed25519PrivateKey.from_private_bytes(_derive(token.encode(), b"device-signing"))


def public_text(key: Ed25519PrivateKey | X25519PrivateKey) -> str:
    """The public half, 64 hexadecimal digits."""
    return key.public_key().public_bytes_raw().hex()


def key_name(public: str) -> str:
    """How a packet names the key that it is sealed for."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:16]


def read_gateway_key(text: str) -> X25519PublicKey:
    """A gateway's public key from settings or its feed. BadInput when it is none."""
    try:
        return X25519PublicKey.from_public_bytes(bytes.fromhex(text))
    except ValueError as error:
        raise BadInput("平台收件公钥不对", "应为 64 位十六进制数字", "请核对平台登记时给出的 packet_key。") from error


def _derive(secret: bytes, purpose: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"yichuang/1/packet/" + purpose).derive(secret)


def _answer_keys(token_key: str, header: Header) -> tuple[bytes, bytes]:
    """The key of an answer's chunks and of its proof."""
    try:
        salt = base64.b64decode(header.key, validate=True)
    except binascii.Error as error:
        raise _bad("文件头损坏") from error
    secret = token_key.encode()
    return _derive(secret, b"answer", salt), _derive(secret, b"answer-proof", salt)


# ---------------------------------------------------------------------------------------------------- writing


class PacketWriter:
    """Writes one packet to a stream. `frame` as often as there is something, then `finish` once."""

    def __init__(self, stream: BinaryIO, header: Header, key: bytes, prove: Proof) -> None:
        self._stream = stream
        self._cipher = AESGCM(key)
        self._prove = prove
        self._hash = hashlib.sha256()
        self._buffer = bytearray()
        self._index = 0
        self.written = 0
        head = header.to_bytes()
        self._context = hashlib.sha256(head).digest()
        self._put(MAGIC + struct.pack(">I", len(head)) + head)

    def frame(self, head: JsonObject, data: bytes = b"") -> None:
        """One operation, or one answer. data: a file's bytes."""
        text = canonical({**head, "bytes": len(data)})
        self._buffer += struct.pack(">I", len(text)) + text
        view = memoryview(data)
        while view:
            room = max(CHUNK - len(self._buffer), 1)
            self._buffer += view[:room]
            view = view[room:]
            self._flush()
        self._flush()

    def finish(self) -> None:
        """The last chunk and the proof. The stream is not closed."""
        self._chunk(bytes(self._buffer), last=True)
        self._buffer.clear()
        self._put(END + struct.pack(">Q", self.written))
        proof = self._prove(self._hash.digest())
        self._stream.write(proof)
        self.written += len(proof)

    def _flush(self) -> None:
        # The last chunk must not be empty-handed of its mark, so one byte at least is always kept back.
        while len(self._buffer) > CHUNK:
            self._chunk(bytes(self._buffer[:CHUNK]), last=False)
            del self._buffer[:CHUNK]

    def _chunk(self, plain: bytes, *, last: bool) -> None:
        self._put(self._cipher.encrypt(_nonce(self._index, last), plain, self._context))
        self._index += 1

    def _put(self, data: bytes) -> None:
        self._hash.update(data)
        self._stream.write(data)
        self.written += len(data)


def write_outbox(
    stream: BinaryIO, *, packet_id: str, device_id: str, token: str, gateway_key: str, made_at: str, counts: Counts,
    more: JsonObject,
) -> PacketWriter:  # fmt: skip
    """Begin a packet from a window. gateway_key: the gateway's public key, hexadecimal."""
    public = read_gateway_key(gateway_key)
    header = Header(OUTBOX, packet_id, device_id, made_at, counts, key_name(gateway_key), "", more)
    content_key = AESGCM.generate_key(256)
    sealed = _SUITE.encrypt(content_key, public, header.context())
    header = Header(
        OUTBOX, packet_id, device_id, made_at, counts, header.to, base64.b64encode(sealed).decode(), more
    )  # fmt: skip
    signer = device_key(token)
    return PacketWriter(stream, header, content_key, lambda digest: signer.sign(_SIGNED + digest))


def write_answer(
    stream: BinaryIO, *, packet_id: str, device_id: str, token_key: str, made_at: str, counts: Counts, more: JsonObject
) -> PacketWriter:
    """Begin a gateway's answer. token_key: app.server.headers.token_key of the device's token."""
    salt = base64.b64encode(os.urandom(32)).decode()
    header = Header(ANSWER, packet_id, device_id, made_at, counts, "", salt, more)
    key, proof_key = _answer_keys(token_key, header)
    return PacketWriter(stream, header, key, lambda digest: hmac.digest(proof_key, digest, "sha256"))


# ---------------------------------------------------------------------------------------------------- reading


def read_header(stream: BinaryIO) -> Header:
    """The open part of a packet; nothing of it is proved yet. BadPacket when it is none, or not a whole one."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    start = stream.read(len(MAGIC) + 4)
    if start[:4] != MAGIC[:4]:
        raise _bad("这不是一窗的数据包", "请选择一窗导出的文件。")
    if len(start) < len(MAGIC) + 4:
        raise _torn()
    if start[:5] != MAGIC:
        raise _bad("数据包由更新版本的一窗写成", "请升级后再导入。")
    length = struct.unpack(">I", start[5:])[0]
    text = stream.read(length) if 0 < length <= _MAX_HEADER else b""
    if not text or len(text) < length:
        raise _torn()
    header = _header_of(text)
    stream.seek(max(size - _PROOF[header.kind] - _TAIL, 0))
    tail = stream.read(_TAIL)
    if tail != END + struct.pack(">Q", size - _PROOF[header.kind] - _TAIL):
        raise _torn()
    return header


def _torn() -> BadPacket:
    return _bad("数据包不完整，可能拷贝没有完成", "请重新拷贝；仍不行请重新导出。")


def _header_of(text: bytes) -> Header:
    try:
        raw = json.loads(text)
        counts = raw["counts"]
        numbers = [counts[name] for name in ("records", "files", "bytes")]
        words = [raw[name] for name in ("kind", "packet_id", "device_id", "made_at", "to", "key")]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _bad("文件头损坏") from error
    if raw.get("format") != FORMAT or raw["kind"] not in _PROOF:
        raise _bad("数据包由更新版本的一窗写成", "请升级后再导入。")
    if not all(type(n) is int and n >= 0 for n in numbers) or not all(isinstance(w, str) for w in words):
        raise _bad("文件头损坏")
    more = raw.get("more")
    kind, packet_id, device_id, made_at, to, key = words
    more = more if isinstance(more, dict) else {}
    header = Header(kind, packet_id, device_id, made_at, Counts(*numbers), to, key, more)
    if header.to_bytes() != text:
        raise _bad("文件头损坏")
    return header


def open_outbox(stream: BinaryIO, header: Header, device_public: str, gateway_key: X25519PrivateKey) -> PacketReader:
    """Prove a window's packet and open it. BadPacket: not signed by this device, or not sealed for this gateway."""
    digest, proof = _digest(stream, header)
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(device_public)).verify(proof, _SIGNED + digest)
    except InvalidSignature as error:
        raise _bad("签名不符：内容被改动过，或不是这台设备导出的") from error
    if header.kind != OUTBOX or header.to != key_name(public_text(gateway_key)):
        raise _bad("这个数据包不是给本平台的", "请交给导出时登记的平台。")
    try:
        sealed = base64.b64decode(header.key, validate=True)
        key = _SUITE.decrypt(sealed, gateway_key, Header.context(header))
    except (InvalidTag, ValueError) as error:
        raise _bad("数据包的密钥打不开") from error
    return PacketReader(stream, header, key)


def open_answer(stream: BinaryIO, header: Header, token_key: str) -> PacketReader:
    """Prove a gateway's answer and open it. BadPacket: not for this device, or not from its gateway."""
    if header.kind != ANSWER:
        raise _bad("这不是平台的回执", "请选择平台导入后给出的回执文件。")
    key, proof_key = _answer_keys(token_key, header)
    return _proved(stream, header, key, proof_key, "校验不符：内容被改动过，或不是本窗口登记的平台给出的")


def open_archive(stream: BinaryIO, header: Header, key: bytes, proof_key: bytes) -> PacketReader:
    """Prove an archive package and open it. BadPacket: changed since it was sealed."""
    return _proved(stream, header, key, proof_key, "校验不符：内容被改动过")


def _proved(stream: BinaryIO, header: Header, key: bytes, proof_key: bytes, otherwise: str) -> PacketReader:
    digest, proof = _digest(stream, header)
    if not hmac.compare_digest(hmac.digest(proof_key, digest, "sha256"), proof):
        raise _bad(otherwise)
    return PacketReader(stream, header, key)


def _digest(stream: BinaryIO, header: Header) -> tuple[bytes, bytes]:
    """The digest of everything before the proof, and the proof."""
    left = stream.seek(0, os.SEEK_END) - _PROOF[header.kind]
    stream.seek(0)
    digest = hashlib.sha256()
    while left > 0:
        block = stream.read(min(left, 1 << 20))
        if not block:
            raise _torn()
        digest.update(block)
        left -= len(block)
    return digest.digest(), stream.read(_PROOF[header.kind])


class PacketReader:
    """The frames of a proved packet, one after the other."""

    def __init__(self, stream: BinaryIO, header: Header, key: bytes) -> None:
        self.header = header
        self._stream = stream
        self._cipher = AESGCM(key)
        head = header.to_bytes()
        self._context = hashlib.sha256(head).digest()
        self._start = len(MAGIC) + 4 + len(head)
        self._end = stream.seek(0, os.SEEK_END) - _PROOF[header.kind] - _TAIL
        self._buffer = bytearray()

    @property
    def size(self) -> int:
        """Bytes of the whole file, about; `position` runs up to it."""
        return self._end

    @property
    def position(self) -> int:
        return self._stream.tell()

    def frames(self) -> Iterator[tuple[JsonObject, bytes]]:
        """(head, data) from the first. BadPacket when the file changed since it was proved."""
        self._stream.seek(self._start)
        self._index = 0
        self._ended = False
        self._buffer.clear()
        while True:
            length = self._take(4, may_end=True)
            if not length:
                return
            size = struct.unpack(">I", length)[0]
            if size > _MAX_HEAD:
                raise _bad("内容损坏")
            head = self._head(self._take(size))
            data = self._take(head["bytes"])
            yield head, data

    @staticmethod
    def _head(text: bytes) -> JsonObject:
        try:
            head: Any = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise _bad("内容损坏") from error
        if not isinstance(head, dict) or type(head.get("bytes")) is not int or not 0 <= head["bytes"] <= MAX_FILE:
            raise _bad("内容损坏")
        return head

    def _take(self, count: int, *, may_end: bool = False) -> bytes:
        while len(self._buffer) < count and not self._ended:
            self._next_chunk()
        if may_end and not self._buffer:
            return b""
        if len(self._buffer) < count:
            raise _bad("内容损坏")
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    def _next_chunk(self) -> None:
        left = self._end - self._stream.tell()
        sealed = self._stream.read(min(left, CHUNK + OVERHEAD))
        self._ended = left <= CHUNK + OVERHEAD
        try:
            self._buffer += self._cipher.decrypt(_nonce(self._index, self._ended), sealed, self._context)
        except InvalidTag as error:
            raise _bad("内容损坏") from error
        self._index += 1


def _nonce(index: int, last: bool) -> bytes:
    return bytes(7) + index.to_bytes(4, "big") + bytes([last])


def sealed_size(plain: int) -> int:
    """About how many bytes a packet over this many takes, the frames included; never less than it will."""
    return plain + (plain // CHUNK + 2) * OVERHEAD + _MAX_HEADER
