"""The client against a real gateway, and against everything that may stand in its place."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from fault_proxy import FATES, PORTAL, FaultProxy, message, read_message
from gateway_kit import (
    DEVICE,
    DEVICES,
    ITEM,
    NOW,
    OTHER_DEVICE,
    TOKEN,
    UNKNOWN_ITEM,
    make_case,
    new_key,
    page_bytes,
    with_form,
)

from app.domain.clock import FixedClock
from app.domain.errors import BadInput
from app.gateway.cases import Stage
from app.gateway.server import GatewayServer
from app.server import headers as h
from app.server.client import BatchEntry, CaseReply, GatewayClient
from app.server.errors import CursorExpired, Rejected, TryLater, Unreachable
from app.server.transport import _retry_after
from app.server.wire import FileBody, audit_hash, case_document


@pytest.fixture
def server(tmp_path: Path) -> Iterator[GatewayServer]:
    with GatewayServer(
        db_url=f"sqlite:///{tmp_path}/g.db",
        files_folder=tmp_path / "files",
        item_codes={ITEM},
        clock=FixedClock(NOW),
        devices=DEVICES,
    ) as running:
        yield running


@pytest.fixture
def connect() -> Iterator[Callable[..., GatewayClient]]:
    """Makes clients and closes them."""
    made: list[GatewayClient] = []

    def make(url: str, device: str = DEVICE, token: str = TOKEN, **more: object) -> GatewayClient:
        more = {"timeout": (5.0, 20.0), "clock": FixedClock(NOW)} | more
        made.append(GatewayClient(url, device, token, **more))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for client in made:
        client.close()


@contextmanager
def answering(answer: bytes, close: bool = True) -> Iterator[str]:
    """A server that gives every request the same bytes."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve() -> None:
        while True:
            line, _ = listener.accept()
            with line:
                if stop.is_set():
                    return
                read_message(line)
                line.sendall(answer)
                if not close:
                    stop.wait(5)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        stop.set()
        with socket.create_connection(listener.getsockname()):
            thread.join(6)
        listener.close()


def file_body(case_id: str, data: bytes) -> FileBody:
    return FileBody(case_id, "lease", hashlib.sha256(data).hexdigest(), "image/jpeg", len(data))


def test_the_probe_measures_the_clock(server: GatewayServer, connect: Callable[..., GatewayClient]) -> None:
    slow = FixedClock(NOW - dt.timedelta(minutes=7))
    time = connect(server.url, clock=slow).time()
    assert (time.now, time.offset) == (NOW, dt.timedelta(minutes=7))
    assert time.epoch == server.gateway.epoch()


def test_a_case_and_its_replay(server: GatewayServer, connect: Callable[..., GatewayClient]) -> None:
    client, key, document = connect(server.url), new_key(), case_document(make_case())
    first, second = client.submit_case(key, document, 5), client.submit_case(key, document, 5)
    assert first.accepted
    assert (first.case_no, first.rev, first.stage, first.time_suspect) == (f"{ITEM[:31]}202611210001", 1, 2, False)
    assert (first.replayed, second.replayed, second.case_no) == (False, True, first.case_no)


def test_a_business_refusal_is_an_answer_not_an_error(
    server: GatewayServer, connect: Callable[..., GatewayClient]
) -> None:
    reply = connect(server.url).submit_case(new_key(), case_document(make_case(item=UNKNOWN_ITEM)))
    assert not reply.accepted
    assert [(flaw.field, flaw.message) for flaw in reply.reasons] == [("item/code", "平台未开通此事项")]


def test_a_permanent_refusal_says_what_the_gateway_says(
    server: GatewayServer, connect: Callable[..., GatewayClient]
) -> None:
    client, key, case = connect(server.url), new_key(), make_case()
    client.submit_case(key, case_document(case))
    with pytest.raises(Rejected) as caught:
        client.submit_case(key, case_document(with_form(case, x="1")))
    assert (caught.value.status, caught.value.title) == (422, "幂等键已用于其他内容")
    assert not caught.value.about_the_device


def test_a_wrong_token_speaks_of_the_device(server: GatewayServer, connect: Callable[..., GatewayClient]) -> None:
    for client in (connect(server.url, token="x" * 40), connect(server.url, device=OTHER_DEVICE)):
        with pytest.raises(Rejected) as caught:
            client.time()
        assert caught.value.about_the_device


def test_an_operation_in_progress_is_to_be_tried_later(
    server: GatewayServer, connect: Callable[..., GatewayClient]
) -> None:
    key = new_key()
    with server.gateway.database.write(f"op:{key}"), pytest.raises(TryLater) as caught:
        connect(server.url).submit_case(key, case_document(make_case()))
    assert (caught.value.status, caught.value.retry_after) == (409, 1.0)


def test_a_batch_is_halved_until_it_fits(server: GatewayServer, connect: Callable[..., GatewayClient]) -> None:
    big = {f"note{n}": "长" * 4000 for n in range(30)}  # 360 KB a case: three do not fit in one request
    entries = [BatchEntry(new_key(), case_document(with_form(make_case(n), **big)), n) for n in range(1, 6)]
    giant = BatchEntry(new_key(), case_document(with_form(make_case(9), **{f"n{n}": "长" * 4000 for n in range(90)})))
    refused = BatchEntry(new_key(), case_document(make_case(8, item=UNKNOWN_ITEM)))
    results = connect(server.url).submit_batch([*entries, giant, refused])
    accepted = [results[entry.op_id] for entry in entries]
    assert all(isinstance(result, CaseReply) and result.accepted for result in accepted)
    assert len(server.gateway.cases.numbers()) == 5
    too_big = results[giant.op_id]
    assert isinstance(too_big, Rejected)
    assert too_big.status == 413
    answer = results[refused.op_id]
    assert isinstance(answer, CaseReply)
    assert not answer.accepted


def test_more_than_fifty_go_in_parts(server: GatewayServer, connect: Callable[..., GatewayClient]) -> None:
    entries = [BatchEntry(new_key(), case_document(make_case(n))) for n in range(1, 61)]
    client = connect(server.url)
    assert len(client.submit_batch(entries)) == 60
    again = client.submit_batch(entries)
    assert all(isinstance(result, CaseReply) and result.accepted for result in again.values())
    assert len(server.gateway.cases.numbers()) == 60
    asked = [entry.op_id for entry in entries] + [new_key() for _ in range(600)]
    answer = client.reconcile(asked)
    assert (len(answer.known), len(answer.unknown), answer.epoch) == (60, 600, server.gateway.epoch())


def test_a_page_is_resumed_where_it_was_cut(server: GatewayServer, connect: Callable[..., GatewayClient]) -> None:
    data, key = page_bytes(3, 50_000), new_key()
    case = make_case(1, (data,))
    client = connect(server.url, chunk_size=8192)
    client.submit_case(new_key(), case_document(case))
    body = file_body(case.case_id, data)
    sent: list[int] = []

    def cut(done: int, total: int) -> None:
        sent.append(done)
        if len(sent) == 4:
            raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        client.upload(key, body, data, cut)
    sealed = connect(server.url, chunk_size=8192).upload(key, body, data, lambda done, _: sent.append(done))
    # Each call first tells what was there before it.
    assert sent == [0, 8192, 16384, 24576, 24576, 32768, 40960, 49152, 50000]
    assert (sealed.sha256, sealed.case_rev) == (body.sha256, 2)
    assert server.gateway.files.path(body.sha256).read_bytes() == data
    # Once more, as after a lost answer: nothing travels.
    assert client.upload(key, body, data, lambda done, _: sent.append(done)).case_rev == 2
    assert sent[9:] == [50000]


def test_a_feed_is_read_with_its_cursor(server: GatewayServer, connect: Callable[..., GatewayClient]) -> None:
    client, case = connect(server.url), make_case()
    client.submit_case(new_key(), case_document(case))
    page = client.feed("cases", None)
    assert [item["case_id"] for item in page.items] == [case.case_id]
    server.advance(case.case_id, Stage.DECIDED)
    assert [item["stage"] for item in client.feed("cases", page.next).items] == [4]
    server.gateway.database.begin_new_epoch()
    with pytest.raises(CursorExpired):
        client.feed("cases", page.next)


def test_nobody_there(connect: Callable[..., GatewayClient]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unreachable, match="连接中断或被拒绝"):
        connect(f"http://127.0.0.1:{port}").time()


def test_every_fault_of_the_line_is_to_be_tried_again(
    server: GatewayServer, connect: Callable[..., GatewayClient]
) -> None:
    for fate in (fate for fate in FATES if fate != "duplicate"):
        with FaultProxy(server.port, 1.0, 1, (fate,)) as proxy:
            client = connect(proxy.url, timeout=(5.0, 0.3) if fate == "delay" else (5.0, 20.0))
            kind = TryLater if fate.startswith("error") else Unreachable
            with pytest.raises(kind):
                client.time()
            with pytest.raises(kind):
                client.submit_case(new_key(), case_document(make_case()))
            with pytest.raises(kind):
                client.feed("cases", None)
            assert sum(proxy.met.values()) == 3, fate


def test_a_portal_is_told_from_the_gateway_by_what_only_ours_can_say(connect: Callable[..., GatewayClient]) -> None:
    html = message("200 OK", PORTAL, "text/html")
    ours = f"{h.API_HEADER}: {h.API}\r\n"
    document = (
        b'{"api":"yichuang/1","epoch":"e","nonce":"n","now":"2026-11-21T01:02:03.456Z","proof":"' + b"0" * 64 + b'"}'
    )
    digest = f"{h.CONTENT_DIGEST}: {h.content_digest(document)}\r\n"
    for answer in (
        html,
        message("200 OK", document),  # right words, no marks
        message("200 OK", document, extra=ours),  # no digest
        message("200 OK", document[:-9], extra=ours + digest),  # not whole
        message("200 OK", document, extra=ours + digest),  # all marks, but the token is not known
        message("404 Not Found", PORTAL, "text/html"),  # a 4xx that is not ours parks nothing
        message("403 Forbidden", PORTAL, "text/html"),
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"",
    ):
        with answering(answer) as url, pytest.raises(Unreachable):
            connect(url).time()


def test_our_reply_with_other_fields_is_no_success(connect: Callable[..., GatewayClient]) -> None:
    for body in (b"[]", b"{}", b'{"outcome":"maybe"}', b'{"outcome":"accepted","case_no":7,"rev":1,"stage":1}'):
        marks = f"{h.API_HEADER}: {h.API}\r\n{h.CONTENT_DIGEST}: {h.content_digest(body)}\r\n"
        with answering(message("200 OK", body, extra=marks)) as url, pytest.raises(Unreachable):
            connect(url).submit_case(new_key(), case_document(make_case()))


def test_a_fresh_upload_saves_a_round_trip_and_tells_its_own_bytes(
    server: GatewayServer, connect: Callable[..., GatewayClient]
) -> None:
    data = page_bytes(3, 5000)
    case = make_case(1, (data,))
    with FaultProxy(server.port, 0.0, 1) as proxy:
        client = connect(proxy.url, chunk_size=2048)
        client.submit_case(new_key(), case_document(case))
        told: list[int] = []
        body = file_body(case.case_id, data)
        client.upload(new_key(), body, data, lambda done, _: told.append(done), fresh=True)
        assert told == [0, 2048, 4096, 5000]
        assert proxy.met["PATCH /v1/files/{id}", "pass"] == 2
        # Known by now: what is said first is what was there, and nothing travels.
        told.clear()
        client.upload(new_key(), body, data, lambda done, _: told.append(done))
        assert told == [5000]
        assert proxy.met["PATCH /v1/files/{id}", "pass"] == 2


def test_an_upload_is_never_led_elsewhere(connect: Callable[..., GatewayClient]) -> None:
    for location in ("http://127.0.0.1:9/v1/files/x", "//127.0.0.1:9/v1/files/x", "/v2/other", ""):
        marks = f"{h.API_HEADER}: {h.API}\r\n{h.CONTENT_DIGEST}: {h.content_digest(b'')}\r\nUpload-Offset: 0\r\n"
        reply = message("201 Created", b"", extra=marks + f"Location: {location}\r\n")
        with answering(reply) as url, pytest.raises(Unreachable, match="其他地址"):
            connect(url).upload(new_key(), file_body(new_key(), b"data"), b"data")


def test_a_silent_server_does_not_hold_the_window_up(connect: Callable[..., GatewayClient]) -> None:
    with answering(b"", close=False) as url, pytest.raises(Unreachable, match="等待应答超时"):
        connect(url, timeout=(5.0, 0.2)).time()


def test_retry_after_in_both_forms() -> None:
    def seconds(value: str | None) -> float | None:
        return _retry_after(value, NOW)

    assert (seconds("7"), seconds(None), seconds("soon"), seconds("-4")) == (7.0, None, None, 0.0)
    assert seconds("Sat, 21 Nov 2026 01:03:03 GMT") == pytest.approx(59.544)
    assert seconds("Sat, 21 Nov 2020 01:03:03 GMT") == 0.0
    assert seconds("999999999") == 3600.0


def test_the_token_never_travels_in_the_clear(connect: Callable[..., GatewayClient]) -> None:
    for url in ("http://gateway.example", "http://10.0.0.8:8470", "ftp://127.0.0.1", "gateway", "https://u:p@host"):
        with pytest.raises(BadInput):
            connect(url)
    for device, token in (("窗口", TOKEN), ("", TOKEN), (DEVICE, "a\r\nX-Evil: 1"), (DEVICE, "")):
        with pytest.raises(BadInput):
            connect("https://gateway.example", device, token)
    for url in ("https://gateway.example", "http://localhost:1", "http://[::1]:1", "http://127.0.0.1:1/"):
        connect(url)


def test_neither_environment_nor_netrc_change_where_the_token_goes(
    server: GatewayServer, connect: Callable[..., GatewayClient], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert connect(server.url).time().now == NOW


def test_no_message_holds_a_token_or_a_number(
    connect: Callable[..., GatewayClient], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "app")
    case = make_case()
    with answering(message("200 OK", PORTAL, "text/html")) as url, pytest.raises(Unreachable) as caught:
        connect(url).submit_case(new_key(), case_document(case))
    text = f"{caught.value} {caught.value.todo} {caplog.text}"
    for secret in (TOKEN, h.token_key(TOKEN), case.applicant_number, case.applicant_name):
        assert secret not in text


def certificate(folder: Path, host: str) -> tuple[Path, Path]:
    """A self-signed certificate and its key for 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    certfile, keyfile = folder / "cert.pem", folder / "key.pem"
    certfile.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    keyfile.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certfile, keyfile


def test_tls_with_the_halls_own_authority(tmp_path: Path, connect: Callable[..., GatewayClient]) -> None:
    certfile, keyfile = certificate(tmp_path, "localhost")
    with GatewayServer(
        "127.0.0.1",
        db_url=f"sqlite:///{tmp_path}/g.db",
        files_folder=tmp_path / "files",
        clock=FixedClock(NOW),
        devices=DEVICES,
        certfile=certfile,
        keyfile=keyfile,
    ) as server:
        url = f"https://localhost:{server.port}"
        trusting = connect(url, ca_file=str(certfile))
        assert trusting.time().now == NOW
        trusting.close()  # a TLS server waits for its clients' goodbye when it stops
        with pytest.raises(Unreachable, match="安全证书"):
            connect(url).time()
        with pytest.raises(Unreachable, match="安全证书"):  # the certificate does not name this address
            connect(server.url, ca_file=str(certfile)).time()
        with pytest.raises(Unreachable):
            connect(f"http://127.0.0.1:{server.port}").time()


def test_the_audit_trail(server: GatewayServer, connect: Callable[..., GatewayClient]) -> None:
    entry: dict[str, object] = {"seq": 1, "at": "2026-11-21T01:02:03.456Z", "clerk": "0007", "action": "a"}
    entry |= {"subject": "s", "details": "{}", "previous": "0" * 64}
    entry["hash"] = audit_hash(entry)
    client = connect(server.url)
    assert client.audit_through("p") == 0
    assert client.send_audit("p", [entry]) == client.audit_through("p") == 1
    with pytest.raises(Rejected):
        client.send_audit("p", [{**entry, "clerk": "x"}])
