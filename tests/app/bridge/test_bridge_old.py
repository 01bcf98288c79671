"""The two loopback conventions of the field (domain facts §5): pages that know nothing of us work unchanged."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
import requests
from bridge_kit import OTHER, PAGE, PERSON, Clerk, Room, id_reader, room
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from app.bridge.consent import Decision
from app.bridge.old_interfaces import PURPOSE
from devices.emulators.people import demo_people
from devices.registry import open_device

CARD = demo_people()[PERSON].card


def camera(there: Room, command: str, body: Any = None, origin: str = PAGE, **headers: str) -> requests.Response:
    url = f"http://127.0.0.1:{there.bridge.ports[1]}/{command}"
    data = None if body is None else json.dumps(body)
    return requests.post(url, data=data, headers={"Origin": origin, **headers}, timeout=30)


def jpeg(text: str) -> bool:
    return base64.b64decode(text).startswith(b"\xff\xd8\xff")


def reader(there: Room, document: Any, origin: str = PAGE) -> dict[str, Any]:
    with connect(f"ws://localhost:{there.bridge.ports[2]}", origin=origin, open_timeout=20) as line:  # type: ignore[arg-type]
        line.send(json.dumps(document))
        said: dict[str, Any] = json.loads(line.recv(20))
        return said


@pytest.mark.parametrize("form", ["?video=grabimage", "video=grabimage"])
def test_the_document_camera_service(world_page: Path, form: str) -> None:
    with room({"document_camera": open_device(f"emulated://camera?clip={world_page}")}, old=True) as there:
        there.bridge.pairings.admit_old(PAGE, "李敏")
        body = {"filepath": "base64", "rotate": "0", "cutpage": "0", "camidx": "0", "ColorMode": "0", "quality": "70"}
        reply = camera(there, form, body, **{"Content-Type": "text/plain"})
        said = reply.json()
        assert said["code"] == "0"
        assert jpeg(said["photoBase64"])
        assert reply.headers["Access-Control-Allow-Origin"] == PAGE
        assert there.clerk.questions[0].wish.purpose == PURPOSE
        [kept] = there.trail("bridge.lent")
        assert (kept["loan"], kept["old"]) == ("page", True)
        assert camera(there, "?video=rotate", {"rotate": 90}).json() == {"code": "0"}
        assert camera(there, "?video=close").json() == {"code": "0"}
        assert camera(there, "?video=zoom").json() == {"code": "1"}


def test_a_turned_picture_lies_across(world_page: Path) -> None:
    import cv2
    import numpy as np

    with room({"document_camera": open_device(f"emulated://camera?clip={world_page}")}, old=True) as there:
        there.bridge.pairings.admit_old(PAGE, "李敏")

        def size() -> tuple[int, int]:
            data = base64.b64decode(camera(there, "?video=grabimage", {}).json()["photoBase64"])
            height, width = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR).shape[:2]
            return width, height

        before = size()
        camera(there, "?video=rotate")
        assert size() == before[::-1]
        camera(there, "?video=close")
        assert size() == before


def test_the_card_of_both_conventions_in_the_names_the_pages_know() -> None:
    with room(old=True, card_names={"number": "certNo"}) as there:
        there.bridge.pairings.admit_old(PAGE, "李敏")
        for said in (camera(there, "?card=idcard").json(), reader(there, {"type": 4})):
            assert said["code"] == "0"
            assert (said["name"], said["certNo"]) == (CARD.name, CARD.number)
        assert [sorted(q.wish.full) == sorted(q.wish.fields) for q in there.clerk.questions] == [True, True]


def test_the_live_picture_and_a_still_out_of_it(world_page: Path) -> None:
    with room({"document_camera": open_device(f"emulated://camera?clip={world_page}")}, old=True) as there:
        there.bridge.pairings.admit_old(PAGE, "李敏")
        url = f"http://127.0.0.1:{there.bridge.ports[1]}/?video=stream&camidx=0"
        # An <img> sends no Origin; its page stands in Referer.
        with requests.get(url, headers={"Referer": PAGE + "/"}, stream=True, timeout=30) as stream:
            assert "multipart/x-mixed-replace" in stream.headers["Content-Type"]
            assert b"image/jpeg" in next(stream.iter_content(400))
            assert there.clerk.questions[0].wish.loan == "view"
            assert jpeg(camera(there, "?video=grabimage", {}).json()["photoBase64"])
            assert camera(there, "?video=close").json() == {"code": "0"}
            for _ in stream.iter_content(1 << 16):
                pass  # ends by itself, or the test's own limit does
        assert requests.get(url, timeout=20).status_code == 403
        assert requests.get(url, headers={"Referer": "https://evil.example/"}, timeout=20).status_code == 403


def test_a_refused_live_picture_stays_empty(world_page: Path) -> None:
    clerk = Clerk(Decision.REFUSED)
    with room({"document_camera": open_device(f"emulated://camera?clip={world_page}")}, clerk=clerk, old=True) as there:
        there.bridge.pairings.admit_old(PAGE, "李敏")
        url = f"http://127.0.0.1:{there.bridge.ports[1]}/?video=stream&camidx=0"
        assert requests.get(url, headers={"Referer": PAGE + "/"}, timeout=30).content == b""
        assert there.trail("bridge.refused")[0]["outcome"] == "refused"


def test_face_and_signature_say_when_there_is_none(world_page: Path) -> None:
    with room({"portrait_camera": open_device(f"emulated://camera?clip={world_page}")}, old=True) as there:
        there.bridge.pairings.admit_old(PAGE, "李敏")
        face = reader(there, {"type": 5})
        assert face["code"] == "0"
        assert jpeg(face["photoBase64"])
        assert reader(there, {"type": 16}) == {"type": 16, "code": "1"}
        assert reader(there, {"type": 99}) == {"type": 99, "code": "1"}


def test_pages_that_were_not_admitted_get_nothing_and_the_clerk_hears_of_them() -> None:
    with room(old=True) as there:
        there.pair(OTHER)  # paired is not admitted: the old interfaces know no token
        assert camera(there, "?card=idcard").status_code == 403
        with pytest.raises(ConnectionClosed):
            reader(there, {"type": 4}, OTHER)
        with pytest.raises(InvalidStatus):
            reader(there, {"type": 4}, "https://evil.example")
        assert camera(there, "?card=idcard", origin="null").status_code == 403
        assert set(there.clerk.strangers) == {PAGE, OTHER}
        there.bridge.pairings.admit_old(PAGE, "李敏")
        assert camera(there, "?card=idcard", Host=f"evil.example:{there.bridge.ports[1]}").status_code == 421
        assert camera(there, "?card=idcard").json()["code"] == "0"
        there.bridge.pairings.revoke(PAGE, "李敏")
        assert camera(there, "?card=idcard").status_code == 403


def test_a_refusal_is_a_failure_to_these_pages() -> None:
    with room({"id_reader": id_reader()}, clerk=Clerk(Decision.REFUSED), old=True) as there:
        there.bridge.pairings.admit_old(PAGE, "李敏")
        assert camera(there, "?card=idcard").json() == {"code": "1"}
        assert there.trail("bridge.refused")[0]["outcome"] == "refused"
