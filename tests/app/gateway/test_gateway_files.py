"""tus uploads and the seal: every byte arrives, and is looked at again."""

from __future__ import annotations

import concurrent.futures
import dataclasses
import datetime as dt
import hashlib
import socket

from gateway_kit import DEVICE, SQLITE_ONLY, TOKEN, Raw, make_case, new_key, page_bytes
from requests import Response
from sqlalchemy import select

from app.domain.clock import FixedClock
from app.domain.item import MaterialUse
from app.domain.material import Material, MaterialStatus
from app.gateway.server import GatewayServer
from app.gateway.tables import pages
from app.server import headers as h
from app.server.wire import case_document

DATA = page_bytes(7, 10_000)
HASH = hashlib.sha256(DATA).hexdigest()


def create(raw: Raw, key: str, data: bytes = DATA, length: int | None = None) -> Response:
    metadata = h.upload_metadata({"sha256": hashlib.sha256(data).hexdigest(), "media_type": "image/jpeg"})
    size = str(len(data) if length is None else length)
    return raw("POST", "/v1/files", key=key, Tus_Resumable="1.0.0", Upload_Length=size, Upload_Metadata=metadata)


def patch(raw: Raw, location: str, offset: int, data: bytes, **more: str) -> Response:
    return raw(
        "PATCH", location, data=data, Tus_Resumable="1.0.0", Upload_Offset=str(offset), Content_Type=h.OFFSET_TYPE,
        **more,
    )  # fmt: skip


def head(raw: Raw, location: str) -> int:
    reply = raw("HEAD", location, Tus_Resumable="1.0.0")
    assert (reply.status_code, reply.headers["Cache-Control"]) == (200, "no-store")
    return int(reply.headers["Upload-Offset"])


def seal(raw: Raw, key: str, case_id: str, data: bytes = DATA, material: str = "lease", size: int = -1) -> Response:
    body = {
        "case_id": case_id,
        "sha256": hashlib.sha256(data).hexdigest(),
        "media_type": "image/jpeg",
        "size": len(data) if size < 0 else size,
    }
    return raw("POST", f"/v1/materials/{material}:seal", body, key=key)


def post_case(raw: Raw, *data: bytes, serial: int = 1) -> str:
    case = make_case(serial, data or (DATA,))
    assert raw("POST", "/v1/cases", case_document(case), key=new_key()).status_code == 201
    return case.case_id


def test_a_page_goes_from_bytes_to_sealed_and_moves_the_case_on(server: GatewayServer, raw: Raw) -> None:
    case_id, key = post_case(raw), new_key()
    created = create(raw, key)
    assert (created.status_code, created.headers["Upload-Offset"]) == (201, "0")
    location = created.headers["Location"]
    assert patch(raw, location, 0, DATA[:4000]).headers["Upload-Offset"] == "4000"
    assert head(raw, location) == 4000
    assert patch(raw, location, 4000, DATA[4000:]).headers["Upload-Offset"] == "10000"
    sealed = seal(raw, key, case_id)
    assert (sealed.status_code, sealed.json()["case_rev"]) == (200, 2)
    assert server.gateway.files.path(HASH).read_bytes() == DATA
    row = raw("GET", "/v1/feeds/cases").json()["items"][0]
    assert (row["case_id"], row["stage"], row["rev"]) == (case_id, 2, 2)


def test_an_upload_may_be_created_with_its_first_bytes(server: GatewayServer, raw: Raw) -> None:
    case_id, key = post_case(raw), new_key()
    metadata = h.upload_metadata({"sha256": HASH, "media_type": "image/jpeg"})

    def begin(data: bytes, **more: str) -> Response:
        headers = {"Content_Type": h.OFFSET_TYPE, **more}
        return raw(
            "POST", "/v1/files", data=data, key=key, Tus_Resumable="1.0.0", Upload_Length=str(len(DATA)),
            Upload_Metadata=metadata, **headers,
        )  # fmt: skip

    assert begin(DATA[:4000], Content_Type="text/plain").status_code == 415
    assert begin(DATA[:4000], Content_Digest=h.content_digest(b"other")).status_code == 400
    created = begin(DATA[:4000])
    assert (created.status_code, created.headers["Upload-Offset"]) == (201, "4000")
    again = begin(DATA[:6000])
    assert (again.headers[h.REPLAYED], again.headers["Upload-Offset"]) == ("true", "4000"), "passed over"
    patch(raw, created.headers["Location"], 4000, DATA[4000:])
    assert seal(raw, key, case_id).status_code == 200
    assert server.gateway.files.path(HASH).read_bytes() == DATA
    key = new_key()
    known = begin(DATA[:4000])
    assert (known.status_code, known.headers["Upload-Offset"]) == (201, str(len(DATA))), "born complete"
    key = new_key()
    metadata = h.upload_metadata({"sha256": "0" * 64, "media_type": "image/jpeg"})
    assert begin(DATA + b"x").status_code == 413


def test_sealing_again_gives_the_same_answer(raw: Raw) -> None:
    case_id, key = post_case(raw), new_key()
    location = create(raw, key).headers["Location"]
    patch(raw, location, 0, DATA)
    first, second = seal(raw, key, case_id), seal(raw, key, case_id)
    assert (second.status_code, second.json()) == (200, first.json())
    assert second.headers[h.REPLAYED] == "true"
    assert seal(raw, key, case_id, material="id-copy").status_code == 422


def test_creating_again_finds_the_upload(raw: Raw, stranger: Raw) -> None:
    key = new_key()
    location = create(raw, key).headers["Location"]
    patch(raw, location, 0, DATA[:100])
    again = create(raw, key)
    assert (again.headers["Location"], again.headers["Upload-Offset"]) == (location, "100")
    assert again.headers[h.REPLAYED] == "true"
    assert create(raw, key, b"something else").status_code == 422
    assert create(stranger, key).status_code == 422
    assert stranger("HEAD", location, Tus_Resumable="1.0.0").status_code == 404


def test_bytes_at_the_wrong_place_are_refused(raw: Raw) -> None:
    location = create(raw, new_key()).headers["Location"]
    assert patch(raw, location, 0, DATA[:100]).status_code == 204
    for offset, data in ((0, DATA[:100]), (99, b"x"), (101, b"x")):
        reply = patch(raw, location, offset, data)
        assert (reply.status_code, reply.headers["Upload-Offset"]) == (409, "100")
    assert patch(raw, location, 100, DATA).status_code == 413
    assert head(raw, location) == 100


def test_the_same_bytes_at_once_are_written_once(raw: Raw) -> None:
    case_id, key = post_case(raw), new_key()
    location = create(raw, key).headers["Location"]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        statuses = [r.status_code for r in pool.map(lambda _: patch(raw, location, 0, DATA), range(6))]
    assert sorted(statuses) == [204, 409, 409, 409, 409, 409]
    assert seal(raw, key, case_id).status_code == 200


@SQLITE_ONLY
def test_what_arrives_before_a_cut_is_kept(server: GatewayServer, raw: Raw) -> None:
    location = create(raw, new_key()).headers["Location"]
    request = (
        f"PATCH {location} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n{h.DEVICE_ID}: {DEVICE}\r\n"
        f"Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: {h.OFFSET_TYPE}\r\nContent-Length: 10000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(request.encode() + DATA[:6000])
    for _ in range(100):
        if head(raw, location):
            break
    assert head(raw, location) == 6000
    assert patch(raw, location, 6000, DATA[6000:]).status_code == 204


def test_damaged_bytes_are_seen_and_asked_for_again(server: GatewayServer, raw: Raw) -> None:
    case_id, key = post_case(raw), new_key()
    location = create(raw, key).headers["Location"]
    assert patch(raw, location, 0, DATA, Content_Digest=h.content_digest(b"other")).status_code == 400
    damaged = DATA[:-1] + bytes([DATA[-1] ^ 1])
    patch(raw, location, 0, damaged)
    reply = seal(raw, key, case_id)
    assert (reply.status_code, reply.json()["type"]) == (409, h.PROBLEM + "hash-mismatch")
    assert head(raw, location) == 0
    assert not server.gateway.files.path(HASH).exists()
    patch(raw, location, 0, DATA)
    assert seal(raw, key, case_id).status_code == 200


def test_an_incomplete_upload_is_not_sealed(raw: Raw) -> None:
    case_id, key = post_case(raw), new_key()
    location = create(raw, key).headers["Location"]
    patch(raw, location, 0, DATA[:-1])
    reply = seal(raw, key, case_id)
    assert (reply.status_code, reply.headers["Upload-Offset"]) == (409, "9999")
    assert seal(raw, new_key(), case_id).status_code == 404
    patch(raw, location, 9999, DATA[-1:])
    assert seal(raw, key, case_id, size=9999).status_code == 422
    assert seal(raw, key, case_id).status_code == 200


@SQLITE_ONLY
def test_only_declared_pages_are_sealed(server: GatewayServer, raw: Raw, stranger: Raw) -> None:
    case_id, key = post_case(raw, page_bytes(8)), new_key()
    location = create(raw, key).headers["Location"]
    patch(raw, location, 0, DATA)
    for reply in (seal(raw, key, case_id), seal(raw, key, new_key())):
        assert (reply.status_code, reply.json()["type"]) == (422, h.PROBLEM + "undeclared")
    # Another device may not seal into this case even with a page that it declares.
    mine = post_case(raw, serial=2)
    other = new_key()
    patch(stranger, create(stranger, other).headers["Location"], 0, DATA)
    assert seal(stranger, other, mine).status_code == 422
    with server.gateway.database.read() as connection:
        assert not list(connection.scalars(select(pages.c.sha256).where(pages.c.sealed_at.is_not(None))))


def test_bytes_known_from_this_device_travel_once(raw: Raw, stranger: Raw) -> None:
    first, key = post_case(raw), new_key()
    patch(raw, create(raw, key).headers["Location"], 0, DATA)
    seal(raw, key, first)
    second, key = post_case(raw, serial=2), new_key()
    assert create(raw, key).headers["Upload-Offset"] == "10000"
    assert seal(raw, key, second).status_code == 200
    # A hash alone opens no door to another device.
    assert create(stranger, new_key()).headers["Upload-Offset"] == "0"


def test_sealing_goes_on_where_a_crash_left_it(server: GatewayServer, raw: Raw) -> None:
    """The file was renamed to its place and the commit never came."""
    case_id, key = post_case(raw), new_key()
    patch(raw, create(raw, key).headers["Location"], 0, DATA)
    place = server.gateway.files.path(HASH)
    place.parent.mkdir()
    (place.parent.parent.parent / "uploads" / key).rename(place)
    assert seal(raw, key, case_id).status_code == 200


def test_empty_files_and_limits(raw: Raw) -> None:
    case_id, key = post_case(raw, b""), new_key()
    create(raw, key, b"")
    assert seal(raw, key, case_id, b"").status_code == 200
    assert create(raw, new_key(), length=h.MAX_FILE + 1).status_code == 413
    location = create(raw, new_key(), length=h.MAX_FILE).headers["Location"]
    assert patch(raw, location, 0, bytes(h.MAX_CHUNK + 1)).status_code == 413


@SQLITE_ONLY
def test_tus_is_spoken_as_written(server: GatewayServer, raw: Raw) -> None:
    options = raw("OPTIONS", "/v1/files", drop=("Authorization",))
    assert (options.status_code, options.headers["Tus-Version"]) == (204, "1.0.0")
    assert options.headers["Tus-Extension"] == "creation,creation-with-upload"
    bad = raw("POST", "/v1/files", key=new_key(), Upload_Length="1", Upload_Metadata="")
    assert (bad.status_code, bad.headers["Tus-Version"]) == (412, "1.0.0")
    location = create(raw, new_key()).headers["Location"]
    assert raw("PATCH", location, data=b"x", Tus_Resumable="1.0.0", Upload_Offset="0").status_code == 415
    for length, metadata in (("x", ""), ("-1", ""), ("1", "sha256 %%%"), ("1", "sha256 " + "QUJD"), ("", "")):
        reply = raw("POST", "/v1/files", key=new_key(), Tus_Resumable="1.0.0", Upload_Length=length,
                    Upload_Metadata=metadata)  # fmt: skip
        assert reply.status_code == 400, (length, metadata)
    for path in ("/v1/files/..%2f..%2fetc", "/v1/files/x", f"/v1/files/{new_key()}"):
        assert raw("HEAD", path, Tus_Resumable="1.0.0").status_code == 404


def test_uploads_left_alone_for_a_month_are_forgotten(server: GatewayServer, raw: Raw, clock: FixedClock) -> None:
    location = create(raw, new_key()).headers["Location"]
    patch(raw, location, 0, DATA)
    clock.advance(dt.timedelta(days=29))
    server.gateway.tidy()
    assert head(raw, location) == 10_000
    clock.advance(dt.timedelta(days=2))
    server.gateway.tidy()
    assert raw("HEAD", location, Tus_Resumable="1.0.0").status_code == 404
    uploads = server.gateway.files.path(HASH).parent.parent.parent / "uploads"
    assert not list(uploads.iterdir())


def tolerated_case(raw: Raw, status: MaterialStatus = MaterialStatus.TOLERATED, serial: int = 31) -> str:
    """A case accepted with a material that is to come later."""
    case = make_case(serial, (DATA,))
    later = Material(MaterialUse("report", "检测报告"), (case.item_code,), status, due=dt.date(2026, 12, 18))
    case = dataclasses.replace(case, materials=(*case.materials, later))
    assert raw("POST", "/v1/cases", case_document(case), key=new_key()).status_code == 201
    return case.case_id


def supplement(raw: Raw, key: str, case_id: str, data: bytes, material: str = "report") -> Response:
    patch(raw, create(raw, key, data).headers["Location"], 0, data)
    body = {
        "case_id": case_id,
        "sha256": hashlib.sha256(data).hexdigest(),
        "media_type": "image/jpeg",
        "size": len(data),
        "supplement": True,
    }
    return raw("POST", f"/v1/materials/{material}:seal", body, key=key)


def test_a_tolerated_material_is_completed_later_page_by_page(server: GatewayServer, raw: Raw) -> None:
    case_id, key, late = tolerated_case(raw), new_key(), page_bytes(8, 3000)
    assert seal(raw, new_key(), case_id, late, "report").status_code == 404
    first = supplement(raw, key, case_id, late)
    assert first.status_code == 200
    assert supplement(raw, key, case_id, late).json() == first.json()
    assert supplement(raw, new_key(), case_id, page_bytes(9, 3000)).status_code == 200
    with server.gateway.database.read() as connection:
        rows = connection.execute(
            select(pages).where(pages.c.case_id == case_id, pages.c.material_id == "report")
        ).all()
    assert len(rows) == 2
    assert all(row.sealed_at for row in rows)


def test_a_supplement_to_anything_else_is_refused(raw: Raw, stranger: Raw) -> None:
    case_id = tolerated_case(raw)
    assert supplement(raw, new_key(), case_id, page_bytes(10, 900), "lease").status_code == 422
    assert supplement(raw, new_key(), case_id, page_bytes(11, 900), "unheard-of").status_code == 422
    assert supplement(stranger, new_key(), case_id, page_bytes(12, 900)).status_code == 422
    missing = tolerated_case(raw, MaterialStatus.PROMISED, 32)
    assert supplement(raw, new_key(), missing, page_bytes(13, 900)).status_code == 422
