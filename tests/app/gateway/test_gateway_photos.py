"""Photographs for all windows at the gateway: kept once, found, opened with the number, taken back; all logged."""

from __future__ import annotations

import base64
import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import pytest
from gateway_kit import DEVICE, NOW, OTHER_DEVICE, OTHER_TOKEN, SQLITE_ONLY, TOKEN, Raw, id_number, new_key
from sqlalchemy import select

from app.domain.clock import FixedClock, isoformat
from app.domain.photo import ENDED
from app.gateway.photo_tables import photo_log, photos
from app.gateway.photos import MOST_A_DAY
from app.gateway.server import GatewayServer
from app.server.photo_schemas import MAX_JPEG
from devices.emulators.imaging.drawn import face

NUMBER, OTHER = id_number(1), id_number(2)
BY = {"clerk": "0007", "place": "示范大厅 1 号窗口", "visit": "visit-1"}
CONSENT = "本人同意平台保存这张照片，各窗口办理时可以使用。"


@cache
def jpeg(shade: int = 0, size: tuple[int, int] = (600, 800)) -> bytes:
    picture = face(shade / 10, size, wall=(246, 246, 246))
    return cv2.imencode(".jpg", picture)[1].tobytes()


def body(photo_id: str, data: bytes | None = None, **changed: Any) -> dict[str, Any]:
    said = {"photo_id": photo_id, "number": NUMBER, "taken": isoformat(NOW), "consent": CONSENT}
    return {**BY, **said, "jpeg": base64.b64encode(data or jpeg()).decode()} | changed


def keep(raw: Raw, photo_id: str, key: str | None = None, data: bytes | None = None, **changed: Any) -> Any:
    return raw("POST", "/v1/photos:keep", body(photo_id, data, **changed), key=key or new_key())


def find(raw: Raw, number: str = NUMBER) -> Any:
    return raw("POST", "/v1/photos:find", {**BY, "number": number})


def opened(raw: Raw, photo_id: str, number: str = NUMBER) -> Any:
    return raw("POST", "/v1/photos:open", {**BY, "number": number, "photo_id": photo_id})


def withdraw(raw: Raw, photo_id: str, key: str | None = None) -> Any:
    return raw("POST", "/v1/photos:withdraw", {**BY, "photo_id": photo_id}, key=key or new_key())


@pytest.fixture
def other(server: GatewayServer) -> Raw:
    return Raw(server.url, OTHER_DEVICE, OTHER_TOKEN)


def rows(server: GatewayServer) -> list[Any]:
    with server.gateway.database.read() as connection:
        return list(connection.execute(select(photos).order_by(photos.c.taken_at)).all())


def ended(raw: Raw) -> list[str]:
    page = raw("GET", "/v1/feeds/policies").json()
    return [item["photo_id"] for item in page["items"] if item["id"].startswith(ENDED)]


def test_kept_at_one_window_found_and_opened_at_another(server: GatewayServer, raw: Raw, other: Raw) -> None:
    photo_id = new_key()
    assert keep(raw, photo_id).json()["standing"] == "kept"
    found = find(other).json()["photo"]
    until = (NOW + dt.timedelta(hours=8)).date() + dt.timedelta(days=180)
    assert found == {
        "photo_id": photo_id, "taken": isoformat(NOW), "until": until.isoformat(), "place": BY["place"],
    }  # fmt: skip
    answer = opened(other, photo_id).json()
    assert (answer["standing"], base64.b64decode(answer["jpeg"])) == ("kept", jpeg())
    assert find(other, OTHER).json()["photo"] is None
    log = server.gateway.photos.log()
    assert {(entry["deed"], entry["outcome"], entry["device_id"], entry["visit_id"]) for entry in log} == {
        ("keep", "kept", DEVICE, "visit-1"), ("find", "kept", OTHER_DEVICE, "visit-1"),
        ("open", "kept", OTHER_DEVICE, "visit-1"), ("find", "unknown", OTHER_DEVICE, "visit-1"),
    }  # fmt: skip
    assert NUMBER not in str(log)


def test_neither_number_nor_picture_lies_in_the_open(server: GatewayServer, raw: Raw) -> None:
    keep(raw, new_key())
    (row,) = rows(server)
    assert NUMBER not in str(row)
    assert jpeg()[:200] not in row.picture
    assert row.picture != jpeg()
    folder = Path(server.gateway.photos._folder)
    assert (folder / "secret.key").stat().st_mode & 0o077 == 0


def test_whoever_does_not_say_the_number_gets_no_picture(raw: Raw) -> None:
    photo_id = new_key()
    keep(raw, photo_id)
    for answer in (opened(raw, photo_id, OTHER), opened(raw, new_key())):
        assert (answer.json()["standing"], answer.json()["jpeg"]) == ("unknown", None)


def test_the_same_twice_is_there_once(server: GatewayServer, raw: Raw) -> None:
    key, photo_id = new_key(), new_key()
    first, again = keep(raw, photo_id, key), keep(raw, photo_id, key)
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert keep(raw, photo_id).json()["standing"] == "kept", "under a new key, once the old one is forgotten"
    assert len(rows(server)) == 1
    assert keep(raw, photo_id, key, number=OTHER).status_code == 422
    assert keep(raw, photo_id, number=OTHER).json()["type"].endswith("photo-known")


def test_a_newer_one_takes_the_place_and_the_first_window_hears_of_it(
    server: GatewayServer, raw: Raw, other: Raw
) -> None:
    old, new = new_key(), new_key()
    keep(raw, old)
    later = isoformat(NOW + dt.timedelta(minutes=5))
    server.gateway.photos._clock.advance(dt.timedelta(minutes=10))  # type: ignore[attr-defined]
    assert keep(other, new, data=jpeg(4), taken=later).json()["standing"] == "kept"
    assert find(raw).json()["photo"]["photo_id"] == new
    assert opened(raw, old).json()["standing"] == "replaced"
    assert ended(raw) == [old]
    assert ended(other) == [], "nobody else is told"
    assert [(row.state, bool(row.picture)) for row in rows(server)] == [("replaced", False), ("kept", True)]
    late = new_key()
    assert keep(raw, late, taken=isoformat(NOW)).json()["standing"] == "replaced", "an older one that comes only now"
    assert set(ended(raw)) == {old, late}


def test_taken_back_at_any_window_it_is_gone_at_once(server: GatewayServer, raw: Raw, other: Raw) -> None:
    photo_id, key = new_key(), new_key()
    keep(raw, photo_id)
    assert withdraw(other, photo_id, key).json()["standing"] == "withdrawn"
    assert withdraw(other, photo_id, key).headers["Idempotency-Replayed"] == "true"
    assert find(raw).json()["photo"] is None
    assert opened(raw, photo_id).json()["standing"] == "withdrawn"
    assert [(row.state, row.picture) for row in rows(server)] == [("withdrawn", b"")]
    assert ended(raw) == [photo_id]


def test_what_was_taken_before_the_consent_was_taken_back_is_not_kept_after(
    server: GatewayServer, raw: Raw, other: Raw, clock: FixedClock
) -> None:
    first, late, never = new_key(), new_key(), new_key()
    keep(raw, first)
    clock.advance(dt.timedelta(minutes=10))
    withdraw(other, first)
    withdraw(other, never)
    clock.advance(dt.timedelta(minutes=10))
    slow = isoformat(clock.now() - dt.timedelta(hours=3))
    taken = isoformat(clock.now() - dt.timedelta(hours=3, minutes=15))
    answer = raw("POST", "/v1/photos:keep", body(late, taken=taken), key=new_key(), X_Client_Time=slow)
    assert answer.json()["standing"] == "withdrawn", "by the platform's clock, not by one that is three hours slow"
    assert keep(raw, never, taken=isoformat(clock.now())).json()["standing"] == "withdrawn", "its end came first"
    assert set(ended(raw)) == {first, late, never}
    assert all(row.picture == b"" for row in rows(server))
    assert keep(raw, new_key(), taken=isoformat(clock.now())).json()["standing"] == "kept", "a new consent is a new one"


def test_after_its_days_it_is_found_no_more_and_then_gone(server: GatewayServer, raw: Raw, clock: FixedClock) -> None:
    photo_id = new_key()
    keep(raw, photo_id)
    clock.advance(dt.timedelta(days=180))
    assert find(raw).json()["photo"]["photo_id"] == photo_id
    assert server.gateway.photos.tidy() == 0
    clock.advance(dt.timedelta(days=1))
    assert find(raw).json()["photo"] is None
    assert opened(raw, photo_id).json()["standing"] == "expired"
    assert server.gateway.photos.tidy() == 1
    assert rows(server) == []
    assert keep(raw, new_key(), taken=isoformat(NOW)).json()["standing"] == "expired"


@SQLITE_ONLY
def test_a_foreign_token_opens_nothing(server: GatewayServer, raw: Raw) -> None:
    photo_id = new_key()
    keep(raw, photo_id)
    for device, token in ((DEVICE, "f" * 40), (OTHER_DEVICE, TOKEN), ("region-310118", OTHER_TOKEN)):
        foreign = Raw(server.url, device, token)
        asked = find(foreign), opened(foreign, photo_id), withdraw(foreign, photo_id), keep(foreign, new_key())
        assert {answer.status_code for answer in asked} <= {401, 403}
    assert len(rows(server)) == 1
    assert rows(server)[0].state == "kept"


@SQLITE_ONLY
@pytest.mark.parametrize(
    "data",
    [
        b"<svg onload=alert(1)>",
        jpeg()[:3000],
        jpeg() + b"PK\x03\x04 something behind it",
        jpeg()[:2] + b"\xff\xe1\x00\x10Exif\0\0GPS-here" + jpeg()[2:],
        jpeg()[:2] + b"\xff\xfe\x00\x0fa number here" + jpeg()[2:],
        jpeg(0, (120, 160)),
        jpeg(0, (3000, 400)),
        jpeg() + b"\0" * (MAX_JPEG - len(jpeg()) + 1),
    ],
    ids=["no-jpeg", "torn", "more-behind", "place-in-it", "comment", "tiny", "huge-side", "too-large"],
)
def test_hostile_and_oversized_pictures_are_refused(server: GatewayServer, raw: Raw, data: bytes) -> None:
    assert keep(raw, new_key(), data=data).status_code == 422
    assert rows(server) == []


@SQLITE_ONLY
def test_a_decoder_s_bomb_is_refused_by_its_header(server: GatewayServer, raw: Raw) -> None:
    """A small file that says it is 65,500 pixels wide."""
    data = bytearray(jpeg())
    start = data.index(b"\xff\xc0")
    data[start + 7 : start + 9] = (65_500).to_bytes(2)
    assert keep(raw, new_key(), data=bytes(data)).json()["detail"] == "照片的尺寸不合要求"


@SQLITE_ONLY
def test_more_than_a_request_may_hold_is_refused(raw: Raw) -> None:
    assert keep(raw, new_key(), data=jpeg() + b"\0" * 1_000_000).status_code == 413


@SQLITE_ONLY
def test_numbers_are_not_to_be_tried_out(server: GatewayServer, raw: Raw, other: Raw, clock: FixedClock) -> None:
    at = isoformat(clock.now())
    tried = [
        {"reference": str(n), "at": at, "device_id": DEVICE, "place": "", "clerk": "", "visit_id": "", "deed": "find",
         "photo_id": "", "outcome": "unknown"}
        for n in range(MOST_A_DAY - 1)
    ]  # fmt: skip
    with server.gateway.database.write() as connection:
        connection.execute(photo_log.insert(), tried)
    assert find(raw).status_code == 200
    refused = find(raw)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"]
    assert find(other).status_code == 200, "another window works on"
    clock.advance(dt.timedelta(days=1, seconds=1))
    assert find(raw).status_code == 200


@SQLITE_ONLY
def test_with_another_secret_a_stolen_database_tells_nothing(server: GatewayServer, raw: Raw) -> None:
    photo_id = new_key()
    keep(raw, photo_id)
    key = Path(server.gateway.photos._folder) / "secret.key"
    key.rename(key.with_name("elsewhere"))
    try:
        assert find(raw).json()["photo"] is None
        assert opened(raw, photo_id).json()["jpeg"] is None
    finally:
        key.unlink(missing_ok=True)
        key.with_name("elsewhere").rename(key)
    assert find(raw).json()["photo"]["photo_id"] == photo_id
