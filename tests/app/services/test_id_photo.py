"""One photograph for all items: cut for each use, kept with consent only, found again, taken back, forgotten."""

from __future__ import annotations

import datetime as dt

import cv2
import numpy as np
import pytest
from desk_parts import Parts
from photo_kit import USES, shared_nowhere

from app.domain.clock import shanghai
from app.domain.errors import Refused
from app.domain.material import MaterialStatus
from app.domain.retention import GATEWAY_NOW, RetentionRules
from app.identity.photo.rules import photo_rules
from app.identity.photo.shot import Shot
from app.services.compare_face import CompareFace, verdict_of
from app.services.id_photo import KEPT, IdPhotos
from app.services.retention import Retention
from app.services.visit import Visit
from devices.emulators.imaging.drawn import face, page


@pytest.fixture
def photos(parts: Parts) -> IdPhotos:
    return IdPhotos(parts.store, parts.vault, parts.clock, parts.counter.duty, photo_rules(), shared_nowhere(parts))


def asking(parts: Parts, person: str = "zhang-wei") -> Visit:
    """Items of two uses, which share one material."""
    visit = parts.identified(parts.begin(), person)
    for start in USES.values():
        visit = parts.choose.add(visit, min(code for code in parts.catalog.items if code.startswith(start)))
    assert [m.use.id for m in visit.checklist.materials if m.use.id == "portrait_receipt"]
    return visit


def taken(photos: IdPhotos) -> Shot:
    return photos.shoot(face(0.0, (1280, 960), wall=(246, 246, 246)))


def today(parts: Parts) -> dt.date:
    return shanghai(parts.clock.now()).date()


def test_one_shot_settles_every_use_of_the_visit(parts: Parts, photos: IdPhotos) -> None:
    visit = asking(parts)
    [uses] = photos.uses(visit).values()
    assert {use.id for use in uses} == set(USES)
    ready = photos.prepare(visit, taken(photos), today(parts))
    visit = photos.apply(visit, ready, "test:")
    line = visit.checklist.material("portrait_receipt")
    assert line.status is MaterialStatus.CAPTURED
    assert {(page.width, page.height) for page in line.pages} == {use.pixels for use in uses}
    for sealed in line.pages:
        picture = cv2.imdecode(np.frombuffer(parts.vault.open(sealed.sha256), np.uint8), cv2.IMREAD_COLOR)
        assert picture is not None
        assert picture.shape[:2] == (sealed.height, sealed.width)
    [used] = [event for event in visit.events if event.action == "photo.used"]
    assert set(used.details["uses"]) == set(USES)
    assert photos.apply(visit, ready, "test:") is visit, "what is settled is left alone"
    assert parts.store.settings_under(KEPT) == {}, "nobody agreed to keep it"


def test_kept_with_consent_and_used_at_a_later_visit(parts: Parts, photos: IdPhotos) -> None:
    photos.keep(asking(parts), taken(photos))
    assert "110101" not in str(parts.store.settings_under(KEPT)), "no number in the open"
    later = asking(parts)
    kept = photos.kept(later)
    assert kept is not None
    assert kept.until == today(parts) + dt.timedelta(days=180)
    shot = photos.open(kept)
    later = photos.apply(later, photos.prepare(later, shot, kept.taken), "kept")
    assert later.checklist.material("portrait_receipt").status is MaterialStatus.CAPTURED
    assert photos.kept(asking(parts, "wang-ji")) is None, "somebody else's is nobody's business"
    assert [entry.action for entry in parts.store.audit_entries() if entry.action.startswith("photo.")] == [
        "photo.kept"
    ]


def test_consent_taken_back_deletes_it_and_leaves_the_visits_pages(parts: Parts, photos: IdPhotos) -> None:
    visit = asking(parts)
    kept = photos.keep(visit, taken(photos))
    visit = photos.apply(visit, photos.prepare(visit, photos.open(kept), kept.taken), "kept")
    photos.withdraw(visit)
    assert photos.kept(visit) is None
    assert not parts.vault.exists(kept.sealed)
    assert all(parts.vault.exists(one.sha256) for one in visit.checklist.material("portrait_receipt").pages)
    assert [entry.action for entry in parts.store.audit_entries()][-1] == "photo.withdrawn"


def test_a_new_photograph_takes_the_old_ones_place(parts: Parts, photos: IdPhotos) -> None:
    visit = asking(parts)
    first = photos.keep(visit, taken(photos))
    second = photos.keep(visit, photos.shoot(face(0.4, (1280, 960), wall=(246, 246, 246))))
    assert first.sealed != second.sealed
    assert not parts.vault.exists(first.sealed)
    assert photos.kept(visit) == second
    again = photos.keep(visit, photos.open(second))
    assert parts.vault.exists(again.sealed)


def test_nobody_knows_whose_it_is_without_a_card(parts: Parts, photos: IdPhotos) -> None:
    with pytest.raises(Refused):
        photos.keep(parts.begin(), taken(photos))
    assert photos.kept(parts.begin()) is None


def test_what_is_of_no_use_or_too_old_is_refused(parts: Parts, photos: IdPhotos) -> None:
    visit = asking(parts)
    for bad in (page(1), face(0.0, (1280, 960), yaw=28)):
        with pytest.raises(Refused, match="照片"):
            photos.prepare(visit, photos.shoot(bad), today(parts))
    with pytest.raises(Refused, match="照片"):
        photos.prepare(visit, taken(photos), today(parts) - dt.timedelta(days=181))


def test_kept_photographs_go_when_their_days_are_over(parts: Parts, photos: IdPhotos) -> None:
    visit = asking(parts)
    kept = photos.keep(visit, taken(photos))
    retention = Retention(
        parts.store, parts.vault, parts.drafts, parts.clock, parts.store.profile.folder, RetentionRules()
    )
    assert kept.sealed in parts.store.known_files(), "it is no orphan"
    for days, left in ((180, True), (2, False)):
        parts.clock.advance(dt.timedelta(days=days))
        parts.store.set_setting(GATEWAY_NOW, parts.clock.now().isoformat())
        assert retention.plan().photos == (not left)
        assert retention.run().photos == (not left)
        assert parts.vault.exists(kept.sealed) is left
    assert photos.kept(visit) is None


# ------------------------------------------------------------------------------------------ the document's portrait


def test_the_portrait_comes_from_a_captured_page(parts: Parts) -> None:
    service = CompareFace(parts.capture, parts.clock, parts.counter.duty)
    visit = parts.choose.add(parts.identified(parts.begin()), "open-a-barber-shop")
    assert service.document(visit) is None
    sheet = page(1, 150)
    sheet[700:940, 200:520] = cv2.resize(face(0.0), (320, 240), interpolation=cv2.INTER_AREA)
    visit = parts.capture.keep(visit, "identity_document", parts.capture.take_drawn(sheet))
    found = service.document(visit)
    assert found is not None
    assert found.source == "page"
    judged = service.judged(visit, True, "test:", found.source, "")
    assert verdict_of(judged) is True
    assert "likeness" not in str(judged.events[-1].details)
