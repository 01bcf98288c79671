"""One photograph for all windows: two windows, one real gateway, the queue, the feed, and lines that break."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_parts import Parts
from fault_proxy import FaultProxy
from gateway_kit import DEVICE, OTHER_DEVICE
from photo_kit import WALL, Hall, hall

from app.domain.case import OperationKind, OutboxState
from app.domain.errors import EnvironmentProblem, Refused
from app.domain.material import MaterialStatus
from app.identity.photo.shot import Shot
from app.services.id_photo import KEPT
from app.services.shared_photos import SharedPhotos
from devices.emulators.imaging.drawn import face, page


class FirstAnswerLost(FaultProxy):
    """Each kind of request takes effect at the platform the first time, and its answer never arrives."""

    def __init__(self, upstream: int) -> None:
        super().__init__(upstream, 0.0, 1)
        self._lost: set[str] = set()

    def choose(self, endpoint: str) -> str:
        if endpoint in self._lost or "photos" not in endpoint:
            return "pass"
        self._lost.add(endpoint)
        return "drop_answer"


@pytest.fixture
def two(tmp_path: Path, parts: Parts) -> Iterator[Hall]:
    with hall(tmp_path, parts) as made:
        yield made


def taken(hall: Hall, shade: float = 0.0) -> Shot:
    return hall.a.photos.shoot(face(shade, (1280, 960), wall=WALL))


def test_taken_at_a_used_at_b_withdrawn_at_b_gone_at_a(two: Hall) -> None:
    visit = two.a.visitor()
    kept = two.a.photos.keep(visit, taken(two), share=True)
    assert two.kept() == [], "it goes with the queue"
    assert two.a.engine.run_once().pushed == 1
    assert [state for state, _ in two.kept()] == ["kept"]
    at_b = two.b.visitor()
    found = two.b.photos.find(at_b)
    assert found is not None
    assert (found.photo_id, found.place) == (kept.photo_id, "示范大厅 1 号窗口")
    shot = two.b.photos.open_shared(at_b, found)
    at_b = two.b.photos.apply(at_b, two.b.photos.prepare(at_b, shot, kept.taken), "platform")
    assert at_b.checklist.material("portrait_receipt").status is MaterialStatus.CAPTURED
    assert two.b.parts.store.settings_under(KEPT) == {}, "a copy is not spread"
    assert two.b.photos.find(two.b.visitor("wang-ji")) is None, "somebody else's is nobody's business"
    assert two.b.photos.withdraw(at_b, found) is True
    assert two.kept() == [("withdrawn", 0)]
    assert two.a.photos.kept(visit) is not None, "not yet heard of"
    two.a.engine.run_once()
    assert two.a.photos.kept(visit) is None
    assert not two.a.parts.vault.exists(kept.sealed)
    assert two.a.actions() == ["photo.kept", "photo.ended"]
    assert two.b.actions() == ["photo.fetched", "photo.withdrawn"]
    assert all(two.b.parts.vault.exists(one.sha256) for one in at_b.checklist.material("portrait_receipt").pages)
    assert {(deed, device) for deed, _, device, _ in two.log()} == {
        ("keep", DEVICE), ("find", OTHER_DEVICE), ("open", OTHER_DEVICE), ("withdraw", OTHER_DEVICE),
    }  # fmt: skip
    with pytest.raises(Refused, match="没有取到"):
        two.b.photos.open_shared(at_b, found)
    assert two.b.engine.run_once().refused == 0, "what the queue says once more changes nothing"
    assert two.kept() == [("withdrawn", 0)]


def test_not_shared_unless_agreed_and_no_longer_once_agreed_to_less(two: Hall) -> None:
    visit = two.a.visitor()
    two.a.photos.keep(visit, taken(two))
    two.a.engine.run_once()
    assert two.kept() == []
    two.a.photos.keep(visit, taken(two), share=True)
    two.a.engine.run_once()
    assert [state for state, _ in two.kept()] == ["kept"]
    two.clock.advance(dt.timedelta(minutes=1))
    here = two.a.photos.keep(visit, taken(two, 0.4))
    two.a.engine.run_once()
    assert two.kept() == [("withdrawn", 0)]
    assert two.a.photos.kept(visit) == here, "the one that was agreed to stays"


def test_neither_queue_nor_trail_holds_number_or_picture(two: Hall) -> None:
    visit = two.a.visitor()
    two.a.photos.keep(visit, taken(two), share=True)
    [entry] = two.a.parts.store.outbox()
    assert entry.kind is OperationKind.PHOTO
    assert visit.card is not None
    assert visit.card.number not in json.dumps(entry.body)
    assert len(json.dumps(entry.body)) < 300
    assert visit.card.number not in str(list(two.a.parts.store.audit_entries()))


def test_taken_back_before_it_left_it_never_leaves(two: Hall) -> None:
    two.server.stop()
    visit = two.a.visitor()
    two.a.photos.keep(visit, taken(two), share=True)
    assert two.a.photos.withdraw(visit) is False, "the platform does not answer"
    assert two.a.photos.kept(visit) is None
    states = [entry.state for entry in two.a.parts.store.outbox()]
    assert states == [OutboxState.WITHDRAWN, OutboxState.PENDING]
    two.server.start()
    two.clock.advance(dt.timedelta(minutes=10))
    two.a.engine.run_once()
    assert two.kept() == [("withdrawn", 0)], "only that one of this id was taken back"
    assert [deed for deed, *_ in two.log()] == ["withdraw"]


def test_offline_taken_it_goes_up_when_the_line_is_back(two: Hall) -> None:
    two.server.stop()
    visit = two.a.visitor()
    two.a.photos.keep(visit, taken(two), share=True)
    assert two.a.engine.run_once().waiting == 1
    with pytest.raises(EnvironmentProblem, match="平台连接不上"):
        two.b.photos.find(two.b.visitor())
    assert two.a.photos.kept(visit) is not None, "here it is offered all the same"
    two.server.start()
    two.clock.advance(dt.timedelta(hours=1))
    assert two.a.engine.run_once().pushed == 1
    found = two.b.photos.find(two.b.visitor())
    assert found is not None
    assert found.taken < two.clock.now() - dt.timedelta(minutes=59), "of when it was taken, not of when it came"


def test_a_lost_answer_doubles_nothing(tmp_path: Path, parts: Parts) -> None:
    with hall(tmp_path, parts, FirstAnswerLost) as two:
        visit = two.a.visitor()
        two.a.photos.keep(visit, taken(two), share=True)
        two.a.engine.run_once()
        assert [state for state, _ in two.kept()] == ["kept"]
        assert two.a.parts.store.counts().waiting == 1, "nobody told the window"
        two.clock.advance(dt.timedelta(hours=1))
        two.a.engine.run_once()
        assert two.a.parts.store.counts().waiting == 0
        assert [state for state, _ in two.kept()] == ["kept"]
        assert [deed for deed, *_ in two.log()] == ["keep"], "the repetition got the first answer"
        assert two.a.photos.withdraw(visit) is False, "it took effect, and its answer was lost"
        assert two.kept() == [("withdrawn", 0)]
        two.clock.advance(dt.timedelta(hours=1))
        two.a.engine.run_once()
        assert two.a.parts.store.counts().waiting == 0
        assert [deed for deed, *_ in two.log()] == ["keep", "withdraw"]


def test_a_restored_platform_hears_again_that_one_was_taken_back(two: Hall) -> None:
    visit = two.a.visitor()
    kept = two.a.photos.keep(visit, taken(two), share=True)
    two.a.engine.run_once()
    from sqlalchemy import delete, update

    from app.gateway.photo_tables import photos
    from app.gateway.tables import operations

    two.clock.advance(dt.timedelta(minutes=1))
    assert two.a.photos.withdraw(visit) is True
    two.a.engine.run_once()
    database = two.server.gateway.database
    with database.write() as connection:  # as the backup of before has it
        connection.execute(update(photos).values(state="kept", picture=b"as it was", ended_at=None))
        withdrawing = [e.op_id for e in two.a.parts.store.outbox() if "withdraw" in e.body]
        connection.execute(delete(operations).where(operations.c.op_id.in_(withdrawing)))
    database.begin_new_epoch()
    two.clock.advance(dt.timedelta(minutes=1))
    two.a.engine.run_once()
    assert two.kept() == [("withdrawn", 0)]
    assert not two.a.parts.vault.exists(kept.sealed)


def test_expired_photographs_are_found_nowhere(two: Hall) -> None:
    visit = two.a.visitor()
    two.a.photos.keep(visit, taken(two), share=True)
    two.a.engine.run_once()
    for clock in (two.clock, two.b.parts.clock):
        clock.advance(dt.timedelta(days=181))
    assert two.b.photos.find(two.b.visitor()) is None
    assert two.a.photos.kept(visit) is None


class Liar:
    """A platform that answers with something else than a photograph of ours."""

    def __init__(self, jpeg: bytes) -> None:
        self.jpeg = jpeg

    def open(self, *_: object) -> bytes:
        return self.jpeg


@pytest.mark.parametrize("jpeg", [b"", b"\xff\xd8\xff", b"MZ" * 100], ids=["empty", "torn", "program"])
def test_what_comes_is_looked_at_before_it_is_decoded(two: Hall, jpeg: bytes) -> None:
    visit = two.a.visitor()
    two.a.photos.keep(visit, taken(two), share=True)
    two.a.engine.run_once()
    found = two.b.photos.find(two.b.visitor())
    assert found is not None
    parts = two.b.parts
    lied_to = SharedPhotos(parts.store, Liar(jpeg), parts.clock, parts.counter.duty, parts.counter.window)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="不能用"):
        lied_to.open(found, "330502199003150512", "visit-1")
    assert two.b.actions() == []


def test_a_shot_of_nobody_is_not_kept_for_others(two: Hall) -> None:
    with pytest.raises(Refused):
        two.a.photos.keep(two.a.visitor(), two.a.photos.shoot(page(1)), share=True)
    assert two.a.parts.store.outbox() == []
