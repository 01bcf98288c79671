"""URIs of devices: every accepted form, and a refusal for every malformed one."""

from __future__ import annotations

import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from devices.uri import DeviceUri, redacted


def test_serial_path_and_options() -> None:
    parsed = DeviceUri.parse("SDT:///dev/ttyUSB0?baud=9600", ["baud"])
    assert (parsed.scheme, parsed.file, parsed.integer("baud", 1, 1, 10000)) == ("sdt", "/dev/ttyUSB0", 9600)


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:clip.avi", "clip.avi"),
        ("file:/tmp/a.avi", "/tmp/a.avi"),
        ("file:///tmp/a.avi", "/tmp/a.avi"),
        ("file://localhost/tmp/a.avi", "/tmp/a.avi"),
        ("file:///C:/剪辑/a.avi", "C:/剪辑/a.avi"),
        ("sdt:COM3", "COM3"),
        ("file:剪辑 一.avi", "剪辑 一.avi"),
        ("file:%E5%89%AA%E8%BE%91%20%E4%B8%80.avi", "剪辑 一.avi"),
        ("file:a%23b%3Fc.avi", "a#b?c.avi"),
        ("file:a#b.avi", "a#b.avi"),
    ],
)
def test_file_forms(uri: str, path: str) -> None:
    assert DeviceUri.parse(uri).file == path


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0/\\"), min_size=1).filter(lambda t: t.strip("./")))
def test_any_encoded_name_survives(name: str) -> None:
    assert DeviceUri.parse("file:///x/" + urllib.parse.quote(name, safe="")).file == f"/x/{name}"


@pytest.mark.parametrize(
    "uri", ["", "nix", "//host", ":", "1x:y", "sdt:///dev/a\n", "a\0:b", "file:%ff", "x://h:99999", "file:%00"]
)
def test_malformed_uris_are_refused(uri: str) -> None:
    with pytest.raises(BadInput):
        DeviceUri.parse(uri)


@pytest.mark.parametrize("uri", ["file:", "file:///", "sdt://", "file://host/a"])
def test_missing_paths_are_refused(uri: str) -> None:
    with pytest.raises(BadInput):
        _ = DeviceUri.parse(uri).file


@pytest.mark.parametrize("uri", ["socket:", "socket:///x", "socket://h/x", "socket://h:0"])
def test_bad_addresses_are_refused(uri: str) -> None:
    with pytest.raises(BadInput):
        DeviceUri.parse(uri).address(9100)


def test_address_with_default_port() -> None:
    assert DeviceUri.parse("socket://printer").address(9100) == ("printer", 9100)
    assert DeviceUri.parse("socket://[::1]:9200/").address(9100) == ("::1", 9200)


@pytest.mark.parametrize("value", ["", "x", "-1", "11", "1.5", "٣", "1e1"])
def test_bad_integers_are_refused(value: str) -> None:
    with pytest.raises(BadInput):
        DeviceUri.parse("a:b?n=" + urllib.parse.quote(value), ["n"]).integer("n", 1, 0, 10)


def test_numbers_and_flags() -> None:
    parsed = DeviceUri.parse("a:b?n=2.5&yes=1&no=0&odd=2", ["n", "yes", "no", "odd"])
    assert parsed.number("n", 0, 0, 3) == 2.5
    assert (parsed.flag("yes"), parsed.flag("no", True), parsed.flag("absent", True)) == (True, False, True)
    with pytest.raises(BadInput):
        parsed.flag("odd")


def test_unknown_option_names_the_known_ones() -> None:
    with pytest.raises(BadInput, match="bau") as caught:
        DeviceUri.parse("sdt:///dev/x?bau=1", ["baud"])
    assert "baud" in caught.value.todo


def test_passwords_are_not_repeated() -> None:
    assert redacted("http://clerk:geheim@cam/x") == "http://***@cam/x"
    with pytest.raises(BadInput) as caught:
        DeviceUri.parse("http://clerk:geheim@cam:99999/x")
    assert "geheim" not in str(caught.value)
