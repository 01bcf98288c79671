"""Two regions' platforms, each with a database and a key of its own: received here, decided there, told here."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests
from fault_proxy import FaultProxy
from gateway_kit import DEVICE, DEVICES, ITEM, NOW, SQLITE_ONLY, TOKEN, Raw, make_case, new_key, page_bytes
from sqlalchemy import func, select

from app.domain.case import Case
from app.domain.clock import FixedClock
from app.domain.errors import BadInput
from app.domain.territory import HandoverState, Territory
from app.gateway.cases import Decision, Stage
from app.gateway.problems import Problem
from app.gateway.region_tables import handovers
from app.gateway.regions import DEVICE as REGION_DEVICE
from app.gateway.server import GatewayServer
from app.gateway.tables import cases, pages
from app.licences.cose import Algorithm, SigningKey
from app.licences.region_seal import BadSeal, make_seal, open_seal
from app.licences.snapshot import pin_of
from app.server import headers as h
from app.server.client import GatewayClient
from app.server.wire import FileBody, case_document

HERE, THERE = Territory("330503", "湖州市南浔区"), Territory("310118", "上海市青浦区")
ELSEWHERE = Territory("320509", "苏州市吴江区")


@dataclasses.dataclass
class Two:
    """Both platforms. window: a line to the one here."""

    here: GatewayServer
    there: GatewayServer
    clock: FixedClock
    window: GatewayClient
    token: str

    def receive(self, serial: int = 1, files: tuple[bytes, ...] = (), to: Territory = THERE) -> Case:
        """A case for another region, whole."""
        case = dataclasses.replace(make_case(serial, files), territory=to)
        assert self.window.submit_case(new_key(), case_document(case)).accepted
        for material in case.materials:
            for page, data in zip(material.pages, files, strict=False):
                body = FileBody(case.case_id, material.use.id, page.sha256, page.media_type, page.size)
                self.window.upload(new_key(), body, data)
        return case

    def work(self) -> int:
        """A pass of the platform here, whatever was put off."""
        self.clock.advance(dt.timedelta(hours=1))
        return self.here.gateway.handovers.work()

    def state(self, case: Case) -> str:
        with self.here.gateway.database.read() as connection:
            query = select(handovers.c.state).where(handovers.c.case_id == case.case_id)
            return str(connection.scalar(query))

    def told(self) -> list[dict[str, object]]:
        return [dict(row) for row in self.window.feed("messages", None).items]


def stage(server: GatewayServer, case: Case) -> int:
    with server.gateway.database.read() as connection:
        return int(connection.scalar(select(cases.c.stage).where(cases.c.case_id == case.case_id)) or 0)


def held(server: GatewayServer) -> int:
    with server.gateway.database.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(cases)) or 0)


def join(here: GatewayServer, there: GatewayServer, url: str = "") -> str:
    """Let the one hand over to the other; the token."""
    key = here.gateway.regions.name_own(HERE)
    theirs = there.gateway.regions.name_own(THERE)
    token = there.gateway.regions.admit(HERE, key)
    here.gateway.regions.add_partner(THERE, theirs, url or there.url, token)
    return token


@pytest.fixture
def open_two(kind: str, db_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Two]]:
    # Passes are made by the tests, one by one.
    monkeypatch.setattr("app.gateway.app._HAND_OVER_EVERY", 3600.0)
    with ExitStack() as stack:

        def made() -> Two:
            clock = FixedClock(NOW)
            other = f"sqlite:///{tmp_path}/there.db"
            here = stack.enter_context(
                GatewayServer(
                    db_url=db_url, files_folder=tmp_path / "here", item_codes={ITEM}, clock=clock, devices=DEVICES
                )
            )
            there = stack.enter_context(
                GatewayServer(db_url=other, files_folder=tmp_path / "there", item_codes={ITEM}, clock=clock)
            )
            window = GatewayClient(here.url, DEVICE, TOKEN, clock=clock)
            stack.callback(window.close)
            return Two(here, there, clock, window, join(here, there))

        yield made


def test_received_here_decided_there_told_here(open_two: Callable[[], Two]) -> None:
    two = open_two()
    data = (page_bytes(1), page_bytes(2, 70_000))
    case = two.receive(1, data)
    assert stage(two.here, case) == Stage.RECEIVED  # who decides has not accepted it yet
    assert two.work() == 2  # sealed, and handed over
    assert (stage(two.here, case), stage(two.there, case)) == (Stage.ACCEPTED, Stage.ACCEPTED)
    assert [two.there.gateway.files.path(page.sha256).read_bytes() for page in case.materials[1].pages] == list(data)
    number = two.there.gateway.cases.numbers()[case.case_id]
    handed = two.told()[-1]["handover"]
    assert (handed["state"], handed["number"], handed["territory"]["code"]) == ("handed", number, THERE.code)  # type: ignore[index]
    two.there.advance(case.case_id, Stage.UNDER_REVIEW)
    two.there.advance(case.case_id, Stage.DECIDED, Decision("已办结。", result="准予许可"))
    assert two.work() == 2
    assert stage(two.here, case) == Stage.DECIDED
    last = two.told()[-1]
    assert (last["kind"], last["result"], last["handover"]) == ("result", "准予许可", handed)
    assert two.work() == 0
    assert [row["stage"] for row in two.told()] == [1, 2, 3, 4]


def test_the_seal_is_the_regions_over_this_very_case(open_two: Callable[[], Two]) -> None:
    two = open_two()
    case = two.receive()
    two.work()
    text = str(two.told()[-1]["handover"]["seal"])  # type: ignore[index]
    ours = [(HERE.code, pin_of(two.here.gateway.regions.signing_key()))]
    seal = open_seal(text, ours)
    assert (seal.region, seal.to, seal.case_id, seal.provisional_no) == (HERE, THERE, case.case_id, case.provisional_no)
    assert seal.digest == h.sha256_hex(h.canonical(case_document(case)))
    with pytest.raises(BadSeal):
        open_seal(text, [(HERE.code, pin_of(two.there.gateway.regions.signing_key()))])
    with pytest.raises(BadSeal):
        open_seal(text, [(THERE.code, ours[0][1])])  # the right key under another region's name
    with pytest.raises(BadSeal):
        open_seal(text[:-3] + "000", ours)


@SQLITE_ONLY
def test_the_other_region_is_down_and_nothing_is_lost(open_two: Callable[[], Two]) -> None:
    two = open_two()
    two.there.stop()
    case = two.receive(1, (page_bytes(1),))
    two.work()
    two.work()
    assert two.state(case) == HandoverState.WAITING
    (row,) = two.here.gateway.handovers.waiting()
    assert (row.case_id, row.region, row.attempts) == (case.case_id, THERE.code, 2)
    assert "待转办" in str(two.told()[-1]["words"])
    two.there.start()
    assert two.work() == 1
    assert two.state(case) == HandoverState.HANDED
    assert two.here.gateway.handovers.waiting() == []
    # Down again before it has said anything: it is asked again later.
    two.there.advance(case.case_id, Stage.DECIDED, Decision(result="准予许可"))
    two.there.stop()
    assert two.work() == 0
    two.there.start()
    assert two.work() == 1
    assert stage(two.here, case) == Stage.DECIDED


@SQLITE_ONLY
@pytest.mark.parametrize("fate", ["drop_answer", "duplicate", "error_502_after", "truncate_answer"])
def test_handed_over_once_although_answers_are_lost_or_requests_doubled(open_two: Callable[[], Two], fate: str) -> None:
    two = open_two()
    with FaultProxy(two.there.port, 1.0, 3, (fate,)) as proxy:
        join(two.here, two.there, proxy.url)
        case = two.receive(1, (page_bytes(1),))
        for _ in range(4):
            two.work()
        assert proxy.met
    join(two.here, two.there)
    two.work()
    assert two.state(case) == HandoverState.HANDED
    assert held(two.there) == 1
    with two.there.gateway.database.read() as connection:
        assert connection.execute(select(pages.c.sealed_at)).scalars().all() != [None]
        assert connection.scalar(select(func.count()).select_from(pages)) == 1
    assert sum(row["stage"] == Stage.ACCEPTED for row in two.told()) == 1


@SQLITE_ONLY
def test_a_forged_seal_opens_no_door(open_two: Callable[[], Two]) -> None:
    two = open_two()
    case = dataclasses.replace(make_case(7), territory=THERE)
    document = case_document(case)

    def sealed(key: SigningKey, digest: str = "", to: Territory = THERE, region: Territory = HERE) -> str:
        return make_seal(
            key, region, to, case_id=case.case_id, case_no="1", provisional_no=case.provisional_no,
            item_code=case.item_code, digest=digest or h.sha256_hex(h.canonical(document)), received_at=NOW,
        )  # fmt: skip

    right, stranger = two.here.gateway.regions.signing_key(), SigningKey.generate(Algorithm.EDDSA)
    forged = {
        "no seal": "",
        "a stranger's": sealed(stranger),
        "of another document": sealed(right, digest="ab" * 32),
        "for another region": sealed(right, to=ELSEWHERE),
        "another region's name": sealed(right, region=ELSEWHERE),
    }
    raw = Raw(two.there.url, REGION_DEVICE + HERE.code, two.token)
    for what, seal in forged.items():
        answer = raw("POST", "/v1/cases", document, key=new_key(), **{h.REGION_SEAL: requests.utils.quote(seal)})
        assert answer.status_code == 403, what
    assert held(two.there) == 0
    good = requests.utils.quote(sealed(right), safe=":")
    assert raw("POST", "/v1/cases", document, key=new_key(), **{h.REGION_SEAL: good}).status_code == 201


@SQLITE_ONLY
def test_another_regions_platform_may_hand_over_and_nothing_else(open_two: Callable[[], Two]) -> None:
    two = open_two()
    raw = Raw(two.there.url, REGION_DEVICE + HERE.code, two.token)
    assert raw("GET", "/v1/feeds/messages").status_code == 200
    assert raw("POST", "/v1/ops:reconcile", {"op_ids": []}).status_code == 403
    batch = {"operations": [{"op_id": new_key(), "case": case_document(make_case(3))}]}
    assert raw("POST", "/v1/cases:batch", batch).status_code == 403
    assert raw("GET", "/v1/visits").status_code in (403, 404, 405)


@SQLITE_ONLY
def test_only_who_decides_decides_and_corrects(open_two: Callable[[], Two]) -> None:
    two = open_two()
    case = two.receive()
    two.work()
    with pytest.raises(Problem, match="decided-elsewhere"):
        two.here.advance(case.case_id, Stage.DECIDED)
    assert two.here.gateway.cases.standing(Stage.ACCEPTED, two.clock.now()) == []
    with pytest.raises(Problem, match="decided-elsewhere"):
        two.here.gateway.amendments.correct(case.case_id, {"premises.address": "别处"}, "部门", "改")


@SQLITE_ONLY
def test_a_region_that_nobody_joined_is_refused_at_once(open_two: Callable[[], Two]) -> None:
    two = open_two()
    case = dataclasses.replace(make_case(1), territory=ELSEWHERE)
    reply = two.window.submit_case(new_key(), case_document(case))
    assert not reply.accepted
    assert "联通" in reply.reasons[0].message
    own = dataclasses.replace(make_case(2), territory=HERE)
    assert two.window.submit_case(new_key(), case_document(own)).stage == Stage.ACCEPTED
    with pytest.raises(BadInput):
        two.here.gateway.regions.name_own(Territory("33", "浙江"))


@SQLITE_ONLY
def test_what_the_other_region_refuses_comes_back_with_its_reason(
    open_two: Callable[[], Two], monkeypatch: pytest.MonkeyPatch
) -> None:
    two = open_two()
    monkeypatch.setattr(two.there.gateway.cases, "_item_codes", frozenset())
    case = two.receive()
    two.work()
    assert two.state(case) == HandoverState.REFUSED
    last = two.told()[-1]
    assert (last["handover"]["state"], last["kind"]) == ("refused", "notice")  # type: ignore[index]
    assert "未开通" in str(last["words"])
    assert two.work() == 0
