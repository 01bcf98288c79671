"""Several gateways on one PostgreSQL: it matters to nobody which of them answers."""

from __future__ import annotations

import contextlib
import hashlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from gateway_kit import DEVICES, ITEM, NOW, OTHER_DEVICE, Raw, make_case, new_key, page_bytes, with_form
from postgres_kit import cluster
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from app.domain.clock import FixedClock
from app.gateway import health
from app.gateway.core import Gateway
from app.gateway.database import Database
from app.gateway.problems import Problem, in_progress
from app.gateway.server import GatewayServer
from app.gateway.tables import cases, operations
from app.server import headers as h
from app.server.wire import case_document


@pytest.fixture(scope="module")
def halls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[GatewayServer, GatewayServer]]:
    """Two gateways with one database and one folder of files."""
    db_url, folder = cluster().new_database(), tmp_path_factory.mktemp("hall")
    with contextlib.ExitStack() as stack:
        yield tuple(  # type: ignore[misc]
            stack.enter_context(
                GatewayServer(
                    db_url=db_url, files_folder=folder, item_codes={ITEM}, clock=FixedClock(NOW), devices=DEVICES
                )
            )
            for _ in range(2)
        )


@pytest.fixture
def pair(halls: tuple[GatewayServer, GatewayServer]) -> tuple[Raw, Raw]:
    with halls[0].gateway.database.write() as connection:
        for name in ("pages", "cases", "operations", "uploads", "files", "feed_rows"):
            connection.execute(text(f"DELETE FROM {name}"))  # noqa: S608
    return Raw(halls[0].url), Raw(halls[1].url)


def test_what_one_received_the_other_repeats(pair: tuple[Raw, Raw]) -> None:
    one, other = pair
    key, document = new_key(), case_document(make_case())
    first = one("POST", "/v1/cases", document, key=key)
    again = other("POST", "/v1/cases", document, key=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers[h.REPLAYED] == "true"
    assert other("POST", "/v1/cases", case_document(with_form(make_case(), x="1")), key=key).status_code == 422
    assert other("POST", "/v1/ops:reconcile", {"op_ids": [key, new_key()]}).json()["known"] == [key]


def test_in_progress_at_one_is_409_at_the_other(
    pair: tuple[Raw, Raw], halls: tuple[GatewayServer, GatewayServer]
) -> None:
    case = make_case()
    key = new_key()
    for claim in (f"op:{key}", f"case:{case.case_id}"):
        with halls[0].gateway.database.write(claim):
            reply = pair[1]("POST", "/v1/cases", case_document(case), key=key)
            assert (reply.status_code, reply.headers["Retry-After"]) == (409, "1")
    assert pair[1]("POST", "/v1/cases", case_document(case), key=key).status_code == 201


def test_a_page_begun_at_one_is_continued_and_sealed_at_the_other(pair: tuple[Raw, Raw]) -> None:
    one, other = pair
    page = page_bytes(1, 3000)
    case = make_case(1, (page,))
    assert one("POST", "/v1/cases", case_document(case), key=new_key()).json()["stage"] == 1
    upload, sha256 = new_key(), hashlib.sha256(page).hexdigest()
    tus = {"Tus_Resumable": "1.0.0"}
    metadata = h.upload_metadata({"sha256": sha256})
    made = one("POST", "/v1/files", key=upload, Upload_Length="3000", Upload_Metadata=metadata, **tus)
    assert made.status_code == 201
    at = {"Content_Type": h.OFFSET_TYPE, **tus}
    path = f"/v1/files/{upload}"
    assert one("PATCH", path, data=page[:1000], Upload_Offset="0", **at).headers["Upload-Offset"] == "1000"
    assert other("HEAD", path, **tus).headers["Upload-Offset"] == "1000"
    assert other("PATCH", path, data=page[1000:], Upload_Offset="1000", **at).status_code == 204
    body = {"case_id": case.case_id, "sha256": sha256, "media_type": "image/jpeg", "size": 3000}
    assert one("POST", "/v1/materials/lease:seal", body, key=upload).status_code == 200
    assert other("POST", "/v1/materials/lease:seal", body, key=upload).headers[h.REPLAYED] == "true"
    assert other("GET", "/v1/feeds/cases").json()["items"][0]["stage"] == 2


def test_a_cursor_of_one_serves_at_the_other(pair: tuple[Raw, Raw]) -> None:
    one, other = pair
    seen: list[str] = []
    cursor = ""
    sent = [make_case(n + 1) for n in range(6)]
    for n, case in enumerate(sent):
        one("POST", "/v1/cases", case_document(case), key=new_key())
        page = (one if n % 2 else other)("GET", f"/v1/feeds/cases{cursor}").json()
        seen += [row["case_id"] for row in page["items"]]
        cursor = f"?after={page['next']}"
    assert seen == [case.case_id for case in sent]


def test_a_device_put_out_at_one_is_out_at_the_other(
    pair: tuple[Raw, Raw], halls: tuple[GatewayServer, GatewayServer]
) -> None:
    stranger = Raw(halls[1].url, OTHER_DEVICE, DEVICES[OTHER_DEVICE])
    assert stranger("GET", "/v1/feeds/cases").status_code == 200
    halls[0].gateway.devices.disable(OTHER_DEVICE)
    assert stranger("GET", "/v1/feeds/cases").status_code == 403
    halls[0].enrol(OTHER_DEVICE, DEVICES[OTHER_DEVICE])


def test_the_same_case_at_both_at_once_counts_once(
    pair: tuple[Raw, Raw], halls: tuple[GatewayServer, GatewayServer]
) -> None:
    documents = [case_document(make_case(n + 1)) for n in range(12)]
    keys = [new_key() for _ in documents]
    answers: list[tuple[str, int]] = []

    def send(raw: Raw) -> None:
        for key, document in zip(keys, documents, strict=True):
            reply = raw("POST", "/v1/cases", document, key=key)
            while reply.status_code == 409:
                reply = raw("POST", "/v1/cases", document, key=key)
            answers.append((reply.json()["case_no"], reply.status_code))

    threads = [threading.Thread(target=send, args=(raw,)) for raw in (*pair, *pair)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 48
    assert {status for _, status in answers} == {201}
    assert len({number for number, _ in answers}) == 12
    with halls[0].gateway.database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(cases)) == 12
        assert set(connection.scalars(select(operations.c.op_id))) == set(keys)


def test_one_statement_and_the_careful_way_write_the_same(
    halls: tuple[GatewayServer, GatewayServer], pair: tuple[Raw, Raw], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The quick way must not drift from the other: same rows in every table, but for what numbers them."""
    gateway = halls[0].gateway
    tables = ("cases", "pages", "operations", "feed_rows")

    def rows() -> list[list[dict[str, object]]]:
        with gateway.database.write() as connection:
            found = []
            for name in tables:
                statement = text(f"DELETE FROM {name} RETURNING *")  # noqa: S608
                rows = [dict(row) for row in connection.execute(statement).mappings()] if name != "cases" else []
                found.append(sorted(rows, key=str))
            left = connection.execute(text("DELETE FROM cases RETURNING *")).mappings()
            found[0] = [dict(row) for row in left]
            connection.execute(text("DELETE FROM case_numbers"))
        for row in found[3]:
            del row["xid"], row["seq"]
        return found

    rows()
    key = new_key()
    document = case_document(make_case(3, (page_bytes(1), page_bytes(2))))
    assert pair[0]("GET", "/v1/feeds/cases").status_code == 200
    assert pair[0]("POST", "/v1/cases", document, key=key).status_code == 201
    on_the_loop = rows()
    gateway.devices._met.clear()
    assert pair[0]("POST", "/v1/cases", document, key=key).status_code == 201
    in_a_thread = rows()
    gateway.devices._met.clear()
    monkeypatch.setattr(gateway.database, "at_once", lambda *asked: None)
    assert pair[0]("POST", "/v1/cases", document, key=key).status_code == 201
    careful = rows()
    assert on_the_loop == in_a_thread == careful
    assert [len(part) for part in careful] == [1, 2, 1, 1]


# ------------------------------------------------------------------------------------------------- health, trouble


def test_health_is_for_anybody_and_says_whether_there_is_a_primary(db_url: str, tmp_path: Path) -> None:
    with GatewayServer(db_url=db_url, files_folder=tmp_path) as server:
        raw = Raw(server.url)
        reply = raw("GET", "/v1/health", drop=("Authorization", h.DEVICE_ID))
        assert (reply.status_code, reply.json()) == (200, {"status": "ready"})


def test_a_gateway_whose_database_is_gone_is_not_ready() -> None:
    watched = health.Health("postgresql://nobody@127.0.0.1:9/x")
    assert not watched.ready()
    watched.close()


def test_health_asks_once_a_second_however_many_ask(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    now = [100.0]
    monkeypatch.setattr(health.time, "monotonic", lambda: now[0])
    watched = health.Health(f"sqlite:///{tmp_path}/g.db")
    assert watched.ready()
    watched._question = text("SELECT 0")
    assert watched.ready()
    now[0] += 1.5
    assert not watched.ready()
    watched.close()


@pytest.fixture
def all_in_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """No case is taken in on the event loop, where a device that was met once needs no thread."""
    monkeypatch.setattr(Database, "line", lambda database: None)


@pytest.mark.usefixtures("all_in_threads")
def test_health_answers_while_every_worker_is_taken(db_url: str, tmp_path: Path) -> None:
    with GatewayServer(db_url=db_url, files_folder=tmp_path, devices=DEVICES, connections=2) as server:
        raw = Raw(server.url)
        release = threading.Event()
        taken = threading.Semaphore(0)

        def held(*arguments: object) -> bool:
            taken.release()
            return release.wait(20)

        server.gateway.cases.submit = held  # type: ignore[method-assign,assignment]
        threads = [
            threading.Thread(
                target=lambda: requests.post(server.url + "/v1/cases", data=b"{}", timeout=30, headers=_headers(b"{}"))
            )
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        try:
            assert all(taken.acquire(timeout=20) for _ in range(2))
            assert raw("GET", "/v1/health").status_code == 200
        finally:
            release.set()
            for thread in threads:
                thread.join()


@pytest.mark.usefixtures("all_in_threads")
def test_who_would_wait_too_long_is_told_to_come_again(
    db_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.gateway.app.MAX_WAITING", 2)
    release = threading.Event()
    with GatewayServer(db_url=db_url, files_folder=tmp_path, devices=DEVICES, connections=1) as server:
        original = server.gateway.cases.submit

        def slowly(*arguments: object) -> object:
            release.wait(60)
            return original(*arguments)  # type: ignore[arg-type]

        server.gateway.cases.submit = slowly  # type: ignore[method-assign,assignment]
        documents = [case_document(make_case(n + 1)) for n in range(8)]
        replies: list[requests.Response] = []
        data = [h.canonical(document) for document in documents]
        threads = [
            threading.Thread(
                target=lambda body=body: replies.append(  # type: ignore[misc]
                    requests.post(server.url + "/v1/cases", data=body, timeout=90, headers=_headers(body))
                )
            )
            for body in data
        ]
        for thread in threads:
            thread.start()
        end = time.monotonic() + 50
        while len(replies) < 5 and time.monotonic() < end:  # one is worked on, two wait
            time.sleep(0.02)
        turned_away = list(replies)
        release.set()
        for thread in threads:
            thread.join()
    assert [reply.status_code for reply in turned_away] == [503] * 5
    assert all(2 <= int(reply.headers["Retry-After"]) <= 10 for reply in turned_away)
    assert all(reply.headers[h.API_HEADER] == h.API for reply in turned_away)
    assert [reply.status_code for reply in replies[5:]] == [201] * 3


def _headers(body: bytes) -> dict[str, str]:
    device, token = next(iter(DEVICES.items()))
    return {
        "Authorization": f"Bearer {token}",
        h.DEVICE_ID: device,
        h.IDEMPOTENCY_KEY: new_key(),
        h.CONTENT_DIGEST: h.content_digest(body),
        "Content-Type": "application/json",
    }


def test_a_gateway_stays_tidy_for_as_long_as_it_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    troubles: list[Exception] = [OperationalError("", None, Exception()), in_progress()]
    done = threading.Event()

    def tidy(gateway: Gateway) -> None:
        if troubles:
            raise troubles.pop(0)
        done.set()

    monkeypatch.setattr("app.gateway.app._TIDY_EVERY", 0.01)
    monkeypatch.setattr(Gateway, "tidy", tidy)
    with GatewayServer(db_url=f"sqlite:///{tmp_path}/g.db", files_folder=tmp_path):
        assert done.wait(20)
    assert "tidying was put off: OperationalError" in caplog.text


def test_one_gateway_tidies_at_a_time(halls: tuple[GatewayServer, GatewayServer]) -> None:
    feeds = halls[0].gateway.feeds
    with halls[1].gateway.database.write("purge tombstones"), pytest.raises(Problem, match="409"):
        feeds.purge_tombstones("2026-01-01T00:00:00.000Z")
    assert feeds.purge_tombstones("2026-01-01T00:00:00.000Z") == 0
