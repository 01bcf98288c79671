"""What is lent: only what was asked for, masked unless in full, agreed to, written down, and called off in time."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bridge_kit import OTHER, PAGE, PERSON, PURPOSE, Clerk, Room, id_reader, room
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from app.bridge.consent import Decision
from app.domain.clock import FixedClock
from app.domain.errors import EnvironmentProblem
from devices.emulators.people import demo_people
from devices.registry import open_device

CARD = demo_people()[PERSON].card


def wait(what: object, seconds: float = 20.0) -> None:
    """Until a callable says yes."""
    end = time.monotonic() + seconds
    while not what():  # type: ignore[operator]
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def test_a_page_gets_only_what_it_asked_for_masked() -> None:
    with room() as there:
        page = there.page()
        said = page.card(("name", "number", "birth", "photo", "nation")).json()
        assert said["outcome"] == "OK"
        assert (
            said["data"]
            == {
                "name": CARD.name[:1] + "*" * (len(CARD.name) - 1),  # type: ignore[index, arg-type]
                "number": CARD.number[:4] + "*" * 10 + CARD.number[-4:],  # type: ignore[index]
                "birth": f"{CARD.birth[:4]}-**-**",  # type: ignore[index]
                "photo": None,
                "nation": CARD.nation,
            }
        )
        assert said["masked"] == ["name", "number", "birth", "photo"]
        full = page.card(("name", "number"), full=["number"]).json()
        assert full["data"]["number"] == CARD.number
        assert full["data"]["name"] != CARD.name


def test_every_loan_is_on_record_masked() -> None:
    with room() as there:
        there.page().card(full=["number"])
        question = there.clerk.questions[0]
        assert (question.system, question.origin, question.wish.purpose) == ("婚姻登记系统", PAGE, PURPOSE)
        [kept] = there.trail("bridge.lent")
    assert kept["purpose"] == PURPOSE
    assert (kept["loan"], kept["device"], kept["consent"], kept["outcome"]) == ("id-card", "id_reader", "once", "OK")
    assert kept["full"] == ["number"]
    everything = json.dumps(kept, ensure_ascii=False)
    assert CARD.number not in everything  # type: ignore[operator]
    assert CARD.name not in everything  # type: ignore[operator]
    assert there.memory.trail[-1].clerk == "李敏"


def test_what_cannot_be_written_down_is_not_handed_over() -> None:
    with room() as there:
        page = there.page()
        there.memory.broken = EnvironmentProblem("磁盘已满")
        reply = page.card()
    assert reply.status_code == 503
    assert CARD.number not in reply.text  # type: ignore[operator]


def test_a_refusal_reaches_the_page_and_nagging_does_not_reach_the_clerk() -> None:
    clock = FixedClock(dt.datetime.now(dt.UTC))
    with room(clerk=Clerk(Decision.REFUSED), clock=clock) as there:
        page = there.page()
        assert page.card().json()["type"].endswith(":refused")
        again = page.card()
        assert (again.status_code, again.headers["Retry-After"]) == (429, "10")
        assert len(there.clerk.questions) == 1
        clock.advance(dt.timedelta(seconds=11))
        assert page.card().status_code == 403
        assert len(there.clerk.questions) == 2
        assert [kept["outcome"] for kept in there.trail("bridge.refused")] == ["refused", "refused-before", "refused"]
        assert not there.trail("bridge.lent")


def test_silence_is_a_refusal() -> None:
    with room(clerk=Clerk(None), consent_seconds=1) as there:
        reply = there.page().card()
        assert reply.status_code == 403
        assert reply.json()["type"].endswith("no-answer")
        assert there.clerk.withdrawn == [there.clerk.questions[0].id]


def test_for_this_visit_means_this_visit_this_purpose_and_these_fields() -> None:
    with room(clerk=Clerk(Decision.VISIT)) as there:
        page = there.page()
        assert [page.card().status_code for _ in range(3)] == [200] * 3
        assert len(there.clerk.questions) == 1
        page.card(full=["number"])
        page.card(("name",))
        page("POST", "/v1/id-card", {"purpose": "别的用途", "fields": ["name", "number"]})
        there.page(OTHER).card()
        assert len(there.clerk.questions) == 5
        there.bridge.desk.end_visit()
        page.card()
        assert len(there.clerk.questions) == 6


def test_once_is_once() -> None:
    with room() as there:
        page = there.page()
        page.card()
        page.card()
        assert len(there.clerk.questions) == 2


def in_background(call: object) -> tuple[object, list[object]]:
    import threading

    answers: list[object] = []
    thread = threading.Thread(target=lambda: answers.append(call()))  # type: ignore[operator]
    thread.start()
    return thread, answers


@pytest.mark.parametrize("end", ["visit", "revoked"])
def test_what_runs_is_called_off_when_the_visitor_goes(end: str) -> None:
    """Else it would read the next one's card."""
    device = open_device("emulated://id-reader")
    with room({"id_reader": device}) as there:
        page = there.page()
        thread, answers = in_background(lambda: page.card(seconds=15))
        wait(lambda: there.bridge.desk._running and there.clerk.questions)
        wait(lambda: there.devices["id_reader"]._driver is not None)  # type: ignore[attr-defined]
        if end == "visit":
            there.bridge.desk.end_visit()
        else:
            there.bridge.pairings.revoke(PAGE, "李敏")
            there.bridge.desk.revoked(PAGE)
        device.emulator.place(CARD)  # type: ignore[attr-defined]
        thread.join(20)  # type: ignore[attr-defined]
        [reply] = answers
        assert reply.json()["type"].endswith("called-off")  # type: ignore[attr-defined]
        assert not there.trail("bridge.lent")


def test_a_yes_that_comes_with_the_next_visitor_counts_for_nothing() -> None:
    with room(clerk=Clerk(None)) as there:
        page = there.page()
        thread, answers = in_background(page.card)
        wait(there.clerk.asked.is_set)
        there.bridge.desk.end_visit()
        there.clerk.answers[0](Decision.VISIT)
        thread.join(20)  # type: ignore[attr-defined]
        assert answers[0].status_code == 409  # type: ignore[attr-defined]
        assert not there.bridge.desk.agreed(PAGE, there.clerk.questions[0].wish)


def test_a_page_that_goes_away_takes_its_question_and_its_call_along() -> None:
    with room({"id_reader": open_device("emulated://id-reader")}, clerk=Clerk(None)) as there:
        page = there.page()
        body = json.dumps({"purpose": PURPOSE, "fields": ["name"]}).encode()
        for step in ("asked", "reading"):
            there.clerk.dropped.clear()
            there.clerk.asked.clear()
            line = socket.create_connection(("127.0.0.1", there.bridge.ports[0]))
            head = (
                f"POST /v1/id-card HTTP/1.1\r\nHost: 127.0.0.1:{there.bridge.ports[0]}\r\nOrigin: {PAGE}\r\n"
                f"Authorization: Bearer {page.token}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            line.sendall(head.encode() + body)
            assert there.clerk.asked.wait(20)
            if step == "reading":
                there.clerk.answers[-1](Decision.ONCE)
            line.close()
            assert there.clerk.dropped.wait(20)
            wait(lambda: not there.bridge.desk._running)
        # The reader is free again for whoever comes next.
        there.devices["id_reader"].emulator.place(CARD)  # type: ignore[attr-defined]
        there.clerk.says = Decision.ONCE
        assert page.card().json()["outcome"] == "OK"


def test_a_closed_window_lends_nothing() -> None:
    with room() as there:
        page = there.page()
        there.clerk.shut = "窗口已锁屏"
        reply = page.card()
        assert (reply.status_code, reply.json()["detail"]) == (503, "窗口已锁屏")
        assert page("GET", "/v1/devices").json()["closed"] == "窗口已锁屏"
        assert not there.clerk.questions


def test_a_device_answers_for_itself() -> None:
    with room({"id_reader": open_device("emulated://id-reader")}) as there:
        page = there.page()
        said = page.card(seconds=1).json()
        assert (said["outcome"], said["data"]) == ("NOT_PRESENT", None)
        missing = page("POST", "/v1/signature", {"purpose": PURPOSE, "fields": ["picture"]}).json()
        assert missing["outcome"] == "DISCONNECTED"
        assert missing["detail"]


def test_one_system_waits_for_the_other_on_one_device() -> None:
    with room({"id_reader": open_device("emulated://id-reader")}) as there:
        page, other = there.page(), there.page(OTHER)
        thread, _ = in_background(lambda: page.card(seconds=3))
        wait(lambda: there.bridge.desk._slots and any(lock.locked() for lock in there.bridge.desk._slots.values()))
        reply = other.card()
        assert (reply.status_code, reply.json()["type"].rpartition(":")[2]) == (409, "busy")
        assert len(there.clerk.questions) == 1
        thread.join(20)  # type: ignore[attr-defined]


def test_too_often_is_told_so() -> None:
    with room({}, clock=FixedClock(dt.datetime.now(dt.UTC))) as there:
        page = there.page()
        verify = {"purpose": PURPOSE, "fields": ["verdict"], "text": "x"}
        codes = [page("POST", "/v1/verify", verify).status_code for _ in range(62)]
        assert codes == [200] * 60 + [429] * 2
        assert there.page(OTHER)("POST", "/v1/verify", verify).status_code == 200


@pytest.mark.parametrize(
    ("path", "document", "status"),
    [
        ("id-card", {"purpose": PURPOSE}, 422),
        ("id-card", {"fields": ["name"]}, 422),
        ("id-card", {"purpose": PURPOSE, "fields": ["pin"]}, 422),
        ("id-card", {"purpose": PURPOSE, "fields": ["name"], "full": ["number"]}, 422),
        ("id-card", {"purpose": PURPOSE, "fields": ["name"], "seconds": 600}, 422),
        ("id-card", {"purpose": PURPOSE, "fields": ["name"], "device": "/dev/ttyUSB0"}, 422),
        ("id-card", {"purpose": "看\u202e起来", "fields": ["name"]}, 422),
        ("id-card", {"purpose": "用途\n第二行", "fields": ["name"]}, 422),
        ("id-card", {"purpose": "长" * 61, "fields": ["name"]}, 422),
        ("print", {"purpose": PURPOSE, "pdf": base64.b64encode(b"GIF89a....").decode()}, 422),
        ("print", {"purpose": PURPOSE, "pdf": "!!!!!!!!!!!!"}, 422),
        ("pin", {"purpose": PURPOSE}, 404),
        ("pin-pad", {"purpose": PURPOSE}, 404),
        ("view", {"purpose": PURPOSE}, 404),
    ],
)
def test_what_is_not_of_the_contract_is_refused(strict: Room, path: str, document: object, status: int) -> None:
    assert strict.page()("POST", f"/v1/{path}", document).status_code == status


@pytest.fixture(scope="module")
def strict():  # type: ignore[no-untyped-def]
    with room({}) as there:
        there.bridge.desk._pace._most = there.bridge.pairings._pace._most = 10_000
        yield there


def test_bodies_have_a_size_and_a_kind(strict: Room) -> None:
    import requests

    page = strict.page()
    headers = {"Origin": PAGE, "Authorization": f"Bearer {page.token}"}
    url = f"{strict.url}/v1/id-card"
    plain = requests.post(url, data=b"{}", headers={**headers, "Content-Type": "text/plain"}, timeout=20)
    assert plain.status_code == 415
    json_type = {**headers, "Content-Type": "application/json"}
    assert requests.post(url, data=io.BytesIO(b" " * (65 << 10)), headers=json_type, timeout=20).status_code == 413
    assert requests.post(url, data=b"{", headers=json_type, timeout=20).status_code == 400
    assert requests.post(url, data=b"[" * 50_000, headers=json_type, timeout=20).status_code == 400


def test_a_code_is_judged_and_its_holder_masked(strict: Room) -> None:
    page = strict.page()
    asked = {"purpose": PURPOSE, "fields": ["verdict", "holder", "licence", "claims", "text"], "text": "YC1:GOOD"}
    said = page("POST", "/v1/verify", asked).json()
    assert said["data"]["verdict"] == "SIGNATURE_VALID"
    assert said["data"]["holder"] == {"name": "𠮷**", "id_number": "1101**********0011"}
    assert (said["data"]["claims"], said["data"]["text"]) == (None, None)
    assert "110101199003070011" not in json.dumps(said)
    full = page("POST", "/v1/verify", {**asked, "full": ["holder", "text"]}).json()
    assert full["data"]["holder"]["name"] == "𠮷祥㛃"
    assert full["data"]["text"] == "YC1:GOOD"


def test_the_state_of_the_devices_names_no_hardware() -> None:
    with room() as there:
        wait(lambda: there.page()("GET", "/v1/devices").json()["devices"][0]["outcome"] == "OK")
        said = there.page()("GET", "/v1/devices").json()
        assert said == {
            "window": "综合窗口 03",
            "closed": "",
            "devices": [{"slot": "id_reader", "kind": "id_reader", "outcome": "OK", "loans": ["id-card"]}],
        }


def test_printing_and_a_page_on_emulated_hardware(tmp_path: Path, world_page: Path) -> None:
    devices = {
        "receipt_printer": open_device(f"emulated://receipt-printer?out={tmp_path / 'strips'}"),
        "printer": open_device(f"emulated://printer?out={tmp_path / 'pages'}"),
        "document_camera": open_device(f"emulated://camera?clip={world_page}"),
        "portrait_camera": open_device(f"emulated://camera?clip={world_page}"),
    }
    with room(devices) as there:
        page = there.page()
        strip = {"purpose": PURPOSE, "title": "取号凭条", "lines": ["𠮷祥㛃 䶮 𬭚", "A012"], "job": "take-0001"}
        assert page("POST", "/v1/receipt", strip).json()["outcome"] == "OK"
        assert page("POST", "/v1/receipt", strip).json()["outcome"] == "OK"  # the page lost the answer and asks again
        assert len(list((tmp_path / "strips").rglob("*.png"))) == 1
        pdf = base64.b64encode(made_pdf()).decode()
        assert page("POST", "/v1/print", {"purpose": PURPOSE, "pdf": pdf, "title": "证明"}).json()["outcome"] == "OK"
        wait(lambda: len(list((tmp_path / "pages").rglob("*.pdf"))) == 1)
        taken = page("POST", "/v1/page", {"purpose": PURPOSE}).json()
        assert base64.b64decode(taken["data"]["jpeg"]).startswith(b"\xff\xd8\xff")
        assert "cut" in taken["data"]
        shot = page("POST", "/v1/portrait", {"purpose": PURPOSE}).json()
        assert shot["outcome"] == "OK"


def made_pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 720, "made up")
    canvas.save()
    return out.getvalue()


@contextmanager
def socket_of(there: Room, origin: str = PAGE, token: str = "") -> Iterator[ClientConnection]:
    url = f"ws://localhost:{there.bridge.ports[0]}/v1/socket"
    with connect(url, origin=origin, open_timeout=20) as made:  # type: ignore[arg-type]
        if token:
            made.send(json.dumps({"token": token}))
            assert json.loads(made.recv(20))["status"] == 200
        yield made


def test_over_a_socket_the_page_hears_how_far_it_is() -> None:
    with room() as there, socket_of(there, token=there.pair(PAGE)) as line:
        line.send(
            json.dumps({"id": "1", "loan": "id-card", "purpose": PURPOSE, "fields": ["number"], "full": ["number"]})
        )
        heard = [json.loads(line.recv(20)) for _ in range(3)]
        assert [said.get("state") for said in heard] == ["consent", "device", None]
        assert heard[-1]["data"] == {"number": CARD.number}
        line.send(json.dumps({"id": "2", "loan": "pin-pad", "purpose": PURPOSE}))
        assert json.loads(line.recv(20))["status"] == 404


def test_a_wish_is_called_off_over_the_socket() -> None:
    with room(clerk=Clerk(None)) as there, socket_of(there, token=there.pair(PAGE)) as line:
        line.send(json.dumps({"id": "1", "loan": "id-card", "purpose": PURPOSE, "fields": ["name"]}))
        assert json.loads(line.recv(20))["state"] == "consent"
        line.send(json.dumps({"id": "1", "cancel": True}))
        assert json.loads(line.recv(20))["status"] == 499
        assert there.clerk.dropped.wait(20)


@pytest.mark.parametrize("hello", ["{}", '{"token": "made-up"}', "[]", "nothing", "x" * 70_000])
def test_a_socket_without_a_token_is_closed(strict: Room, hello: str) -> None:
    with socket_of(strict) as line:
        line.send(hello)
        with pytest.raises(ConnectionClosed):
            line.recv(20)


def test_a_stranger_gets_no_socket(strict: Room) -> None:
    with pytest.raises(InvalidStatus), socket_of(strict, "https://evil.example"):
        pass


def test_a_revoked_token_ends_the_socket() -> None:
    with room() as there, socket_of(there, token=there.pair(PAGE)) as line:
        there.bridge.pairings.revoke(PAGE, "李敏")
        line.send(json.dumps({"id": "1", "loan": "id-card", "purpose": PURPOSE, "fields": ["name"]}))
        with pytest.raises(ConnectionClosed):
            line.recv(20)
        assert not there.clerk.questions


def test_a_taken_port_is_said_so() -> None:
    with room({}) as there:
        from app.bridge.server import _listen

        with pytest.raises(EnvironmentProblem, match="端口"):
            _listen(there.bridge.ports[0])


def test_only_the_loopback_listens() -> None:
    with room({}, old=True) as there:
        from app.bridge.server import LOOPBACK

        assert LOOPBACK == ("127.0.0.1", "::1")
        outside = [info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
        for address in set(outside) - {"127.0.0.1", "127.0.1.1"}:
            for port in there.bridge.ports:
                with pytest.raises(OSError, match=r".*"):
                    socket.create_connection((address, port), 2).close()


def test_the_pin_pad_is_never_lent() -> None:
    from app.bridge.loans import TERMS

    assert not any("pin" in slot for terms in TERMS.values() for slot in terms.slots)
    assert id_reader().kind == "id_reader"
