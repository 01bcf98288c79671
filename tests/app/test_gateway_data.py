"""`yichuang gateway --data`: a city's own grants, records and bookings; and the client against odd answers."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from app.bootstrap_gateway import enrol, load_shared_data
from app.cli import build_parser, main
from app.domain.clock import SystemClock, shanghai
from app.domain.errors import BadInput
from app.domain.shared_data import PERSON, QueryRequest, Subject
from app.gateway.core import open_gateway
from app.gateway.server import GatewayServer
from app.server import headers as h
from app.server.errors import Unreachable
from app.server.shared_client import SharedDataClient

NUMBER = "330503195809230421"
ITEM = "11330500002601184K300051100300002"
TODAY = dt.date(2026, 11, 22)
BOOKINGS = f"""
- code: YY-0001-0001
  name: 王𠮷
  number: "{NUMBER}"
  day: "2026-11-22"
  time: "09:30"
  items: ["{ITEM}"]
  made_at: "2026-11-20T01:00:00.000Z"
"""
REQUEST = QueryRequest("disability", "civil-welfare", "verify_material", Subject(PERSON, NUMBER, "王𠮷"), "7", (ITEM,))


def folder(at: Path) -> Path:
    (at / "records").mkdir(parents=True)
    (at / "records" / "disability.yaml").write_text(
        f'source: disability\nrecords: [{{number: "{NUMBER}", name: 王𠮷, facts: {{disability_grade: "2"}}}}]\n',
        "utf-8",
    )
    (at / "bookings.yaml").write_text(BOOKINGS, "utf-8")
    return at


def test_the_bounds_of_retention_go_to_the_windows(tmp_path: Path) -> None:
    db, files = f"sqlite:///{tmp_path}/gateway.db", tmp_path / "files"
    data = folder(tmp_path / "data")
    for wrong, said in (
        ("files: [9, 5]", "files"),
        ("pictures: [1, 5]", "pictures"),
        ("files: 5", "files"),
        ("- x", ""),
    ):
        (data / "retention.yaml").write_text(wrong + "\n", "utf-8")
        with pytest.raises(BadInput, match=f"retention.yaml.*{said}") as refused:
            load_shared_data(db, files, data)
        assert refused.value.todo
    (data / "retention.yaml").write_text("files: [7, 60]\nlogs: [30, 90]\n", "utf-8")
    load_shared_data(db, files, data)
    gateway = open_gateway(db, files, SystemClock())
    assert gateway.feeds.current("policies", "retention") == {"id": "retention", "files": [7, 60], "logs": [30, 90]}
    gateway.close()


VISITS = """
- id: WF-0001
  day: "2026-11-22"
  time: "14:30"
  title: 𠮷祥㛃理发店
  items: [open-a-barber-shop]
"""


def test_visits_are_taken_in_and_what_is_wrong_is_named(tmp_path: Path) -> None:
    db, files = f"sqlite:///{tmp_path}/gateway.db", tmp_path / "files"
    data = folder(tmp_path / "data")
    (data / "visits.yaml").write_text(VISITS, "utf-8")
    assert load_shared_data(db, files, data)["visits"] == 1
    (data / "visits.yaml").write_text(VISITS.replace("14:30", "half past two"), "utf-8")
    with pytest.raises(BadInput, match="第 1 次外出服务"):
        load_shared_data(db, files, data)
    (data / "visits.yaml").write_text(VISITS.replace("2026-11-22", "2026-02-30"), "utf-8")
    with pytest.raises(BadInput, match="第 1 次外出服务"):
        load_shared_data(db, files, data)
    (data / "visits.yaml").write_text("id: one", "utf-8")
    with pytest.raises(BadInput, match="列表"):
        load_shared_data(db, files, data)


def test_a_device_is_ordered_wiped_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db, files = f"sqlite:///{tmp_path}/gateway.db", tmp_path / "files"
    enrol(db, files, "w1")
    common = ["gateway", "--db", db, "--files", str(files), "--wipe", "w1"]
    assert main(common) == 0
    assert json.loads(capsys.readouterr().out)["orders"][0]["kind"] == "return"
    assert main([*common, "--stolen"]) == 0
    (order,) = json.loads(capsys.readouterr().out)["orders"]
    assert (order["kind"], order["confirmed_at"]) == ("stolen", None)
    assert main([*common, "--cancel"]) == 0
    assert json.loads(capsys.readouterr().out)["orders"] == []
    assert main([*common, "--cancel"]) == 2
    assert "没有可撤销的清除指令" in capsys.readouterr().err


def test_a_folder_is_taken_in_and_answered_from(tmp_path: Path) -> None:
    db, files = f"sqlite:///{tmp_path}/gateway.db", tmp_path / "files"
    data = folder(tmp_path / "data")
    assert build_parser().parse_args(["gateway", "--data", str(data)]).data == str(data)
    taken = load_shared_data(db, files, data)
    assert taken["records"] == taken["bookings"] == 1
    token, trust_keys = enrol(db, files, "w1")
    assert trust_keys == ()
    with GatewayServer(db_url=db, files_folder=files) as server:
        client = SharedDataClient(server.url, "w1", token)
        reply = client.query(REQUEST)
        assert (reply.found, dict(reply.facts)) == (True, {"disability_grade": "2"})
        (booking,) = client.bookings_of(NUMBER, TODAY)
        assert booking == client.booking("YY-0001-0001")
        assert client.booking("YY-0001-0002") is None
        assert client.booking("../cases") is None, "a scanned text stays one part of the address"
        client.close()


def test_a_wrong_file_takes_nothing_in(tmp_path: Path) -> None:
    data = folder(tmp_path / "data")
    (data / "bookings.yaml").write_text("- {code: x}", "utf-8")
    with pytest.raises(BadInput):
        load_shared_data(f"sqlite:///{tmp_path}/gateway.db", tmp_path / "files", data)
    assert not (tmp_path / "gateway.db").exists()


class Odd(BaseHTTPRequestHandler):
    """Answers with our marks and something that is no answer."""

    body: object = {}

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        data = h.canonical(type(self).body)
        self.send_response(200)
        for name, value in (
            (h.API_HEADER, h.API), (h.CONTENT_DIGEST, h.content_digest(data)), ("Content-Length", str(len(data)))
        ):  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = _answer  # noqa: N815 - the library's names

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def odd() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Odd)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


GOOD = {
    "source": "disability", "asked_at": "2026-11-22T01:00:00.000Z", "found": True, "reference": "Q1",
    "facts": [], "proves": True, "note": "", "valid_until": None,
}  # fmt: skip


@pytest.mark.parametrize(
    "body", [{}, [], {**GOOD, "source": "tax"}, {**GOOD, "valid_until": "2026-13-45"}, {**GOOD, "facts": "all"}]
)
def test_an_answer_that_breaks_the_contract_is_no_answer(
    odd: str, body: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Odd, "body", json.loads(json.dumps(body)))
    client = SharedDataClient(odd, "w1", "made-up-token-of-a-window")
    with pytest.raises(Unreachable):
        client.query(REQUEST)
    with pytest.raises(Unreachable):
        client.booking("YY-0001-0001")
    with pytest.raises(Unreachable):
        client.bookings_of(NUMBER, TODAY)
    client.close()


def test_the_hours_of_a_desk_are_written_once(tmp_path: Path) -> None:
    db, files = f"sqlite:///{tmp_path}/gateway.db", tmp_path / "files"
    data = folder(tmp_path / "data")
    day = shanghai(SystemClock().now()).date() + dt.timedelta(days=1)
    hours = f'[window]\nname = "3"\n[hours]\nweek = "1-5 09:00-12:00"\ndays = "{day} 18:00-19:00"\n'
    (tmp_path / "settings.toml").write_text(hours, "utf-8")
    (data / "booking-hours.yaml").write_text("settings: ../settings.toml\nminutes: 60\ncapacity: 3\n", "utf-8")
    load_shared_data(db, files, data)
    gateway = open_gateway(db, files, SystemClock())
    evening = gateway.bookings.slots(day)[-1]
    gateway.close()
    assert evening == {"time": "18:00", "until": "19:00", "extended": True, "left": 3}


@pytest.mark.parametrize(
    ("calendar", "settings", "said"),
    [
        ("settings: none.toml", "", "读不了"),
        ("settings: settings.toml", "[hours", "不是有效的设置文件"),
        ("settings: settings.toml", "hours = 5", "没有 \\[hours\\]"),
        ("settings: settings.toml", "[window]", "没有写开放时间"),
        ("settings: settings.toml", '[hours]\nweek = "1-9 09:00-12:00"', "week 读不懂"),
        ("settings: settings.toml\nweek: 1-5 09:00-12:00", "", "不能再写 week"),
        ("settings: settings.toml\ncapacity: 0", '[hours]\nweek = "1-5 09:00-12:00"', "capacity 应为"),
    ],
    ids=["no-file", "no-toml", "no-table", "no-hours", "wrong-week", "twice", "capacity"],
)
def test_wrong_hours_of_a_desk_take_nothing_in(tmp_path: Path, calendar: str, settings: str, said: str) -> None:
    data = folder(tmp_path / "data")
    (data / "booking-hours.yaml").write_text(calendar + "\n", "utf-8")
    if settings:
        (data / "settings.toml").write_text(settings + "\n", "utf-8")
    with pytest.raises(BadInput, match=said):
        load_shared_data(f"sqlite:///{tmp_path}/gateway.db", tmp_path / "files", data)
    assert not (tmp_path / "gateway.db").exists()
