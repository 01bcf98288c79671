"""Commands as bytes: the cases of ISO 7816-3 §12.1.3."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.drivers.identity.apdu import Shape, command, get_response, shape, with_le, without_le


@pytest.mark.parametrize(
    ("text", "data", "le", "extended"),
    [
        ("00840000", b"", None, False),
        ("0084000008", b"", 8, False),
        ("00B2010400", b"", 256, False),
        ("00A4020002EF05", b"\xef\x05", None, False),
        ("00A4020002EF0500", b"\xef\x05", 256, False),
        ("00B00000000400", b"", 1024, True),
        ("00B00000000000", b"", 65536, True),
        ("00D6000000000201FF", b"\x01\xff", None, True),
        ("00D6000000000201FF0100", b"\x01\xff", 256, True),
    ],
)
def test_cases(text: str, data: bytes, le: int | None, extended: bool) -> None:
    assert shape(bytes.fromhex(text)) == Shape(data, le, extended)


@given(st.binary(max_size=300), st.one_of(st.none(), st.integers(1, 65536)))
def test_what_is_built_is_taken_apart(data: bytes, le: int | None) -> None:
    known = shape(command(0xA4, 4, 0, data, le))
    assert (known.data, known.le) == (data, le)
    assert known.extended is (len(data) > 255 or (le or 0) > 256)


@pytest.mark.parametrize("text", ["", "0084", "00A4040005AABB", "00A4040001AABBCC", "00D6000000000001", "00D600000000"])
def test_what_is_no_command(text: str) -> None:
    with pytest.raises(ValueError, match=r"command|length"):
        shape(bytes.fromhex(text))


@pytest.mark.parametrize(("data", "le"), [(bytes(65536), None), (b"", 0), (b"", 65537)])
def test_what_no_command_can_say(data: bytes, le: int | None) -> None:
    with pytest.raises(ValueError, match="longer"):
        command(0xB0, 0, 0, data, le)


def test_rewriting() -> None:
    select = bytes.fromhex("00A4020002EF0500")
    assert without_le(select) == bytes.fromhex("00A4020002EF05")
    assert without_le(bytes.fromhex("00B2010400")) == bytes.fromhex("00B2010400")
    assert with_le(bytes.fromhex("00B2010400"), 0x14) == bytes.fromhex("00B2010414")
    assert get_response(bytes.fromhex("0CB2010400"), 256) == bytes.fromhex("00C0000000")
    assert get_response(bytes.fromhex("01B2010400"), 0x14) == bytes.fromhex("01C0000014")
