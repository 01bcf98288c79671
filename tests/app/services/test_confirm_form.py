"""The signature as a file, on paper, and what it is worth."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from desk_parts import Parts
from PIL import Image
from pypdfium2 import PdfDocument

from app.domain.errors import Refused
from app.domain.rating import Channel, Grade, Rater
from app.domain.signature import Point, Signature, Stroke
from app.services.confirm_form import (
    ON_PAPER,
    ConfirmForm,
    form_digest,
    picture_of,
    read_picture,
    signature_material,
)
from app.services.finger_mark import LEAST_QUALITY, read_finger
from app.services.rate import Rate
from app.services.visit_file import read_visit, visit_document
from devices.kinds.biometric import Fingerprint

STROKES = tuple(
    tuple(Point(20.0 + 4 * n, 30.0 + 25 * line + (n % 5), 0.1 + 0.02 * n, 10 * n + 500 * line) for n in range(40))
    for line in range(3)
)
SIGNATURE = Signature(STROKES, 640, 200)


@pytest.fixture
def confirm(parts: Parts) -> ConfirmForm:
    return ConfirmForm(parts.vault, parts.clock, parts.counter.duty)


def test_the_picture_holds_pen_and_form() -> None:
    data, width, height = picture_of(SIGNATURE, "ab" * 32, "2026-11-22T00:00:00.000Z")
    assert read_picture(data) == (SIGNATURE, "ab" * 32)
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.width, picture.height) == (width, height) == (1280, 400)
        dark = sum(picture.histogram()[:64])
    assert 500 < dark < width * height / 10
    assert len(data) < 60_000


def test_pressing_harder_draws_thicker() -> None:
    def ink(pressure: float) -> int:
        firm = tuple(tuple(replace(p, pressure=pressure) for p in stroke) for stroke in STROKES)
        data, _, _ = picture_of(Signature(firm, 640, 200), "", "")
        with Image.open(io.BytesIO(data)) as picture:
            return sum(picture.histogram()[:64])

    assert ink(1.0) > 1.5 * ink(0.0)


@pytest.mark.parametrize("data", [b"", b"not a picture", picture_of(SIGNATURE, "", "")[0][:200]])
def test_another_file_is_no_signature(data: bytes) -> None:
    with pytest.raises(ValueError, match="signature"):
        read_picture(data)


@pytest.mark.parametrize(
    "strokes",
    [(), ((Point(1, 1, 1, 0),),), (tuple(Point(5.0 + n / 10, 5, 1, n) for n in range(50)),)],
    ids=["nothing", "a dot", "a touch"],
)
def test_a_touch_in_passing_is_refused(parts: Parts, confirm: ConfirmForm, strokes: tuple[Stroke, ...]) -> None:
    with pytest.raises(Refused):
        confirm.signed(parts.ready(), Signature(strokes, 640, 200))


def test_it_is_refused_for_a_form_that_was_changed_meanwhile(parts: Parts, confirm: ConfirmForm) -> None:
    visit = parts.ready()
    given = confirm.signed(visit, SIGNATURE)
    changed = parts.fill.type(visit, "applicant.phone", "13857200099")
    with pytest.raises(Refused):
        confirm.take(changed, given)
    assert form_digest(changed) != given.form_sha256 == form_digest(visit)


def test_a_promise_is_not_skipped_by_word_of_mouth(parts: Parts, confirm: ConfirmForm) -> None:
    visit = parts.ready()
    with pytest.raises(Refused, match="必须签字"):
        confirm.skip(visit, "代办人办理，已核对授权")
    with pytest.raises(Refused):
        confirm.skip(visit, "  ")
    assert confirm.skip(visit, ON_PAPER).confirmed is not None
    plain = parts.choose.add(parts.identified(parts.begin()), "open-a-barber-shop")
    assert confirm.skip(plain, "群众手部受伤").confirmed is not None


def test_the_signature_is_accepted_printed_and_printed_again(parts: Parts, confirm: ConfirmForm) -> None:
    visit = parts.ready()
    visit = confirm.take(visit, confirm.signed(visit, SIGNATURE))
    accepted = parts.accept.accept(visit)
    with PdfDocument(accepted.notice.pdf) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "电子屏签字" in text
    assert "申请人确认签字" in text
    cases = parts.my_cases()
    detail = cases.detail(accepted.cases[0].case_id)
    again = cases.reprint(detail, detail.papers[0], True)
    assert again.paper.signature == SIGNATURE


def test_an_entity_is_told_from_a_person(parts: Parts) -> None:
    rate = Rate(parts.store, parts.catalog, parts.clock, Channel.HALL_TABLET)
    case = parts.accept.accept(parts.ready()).cases[0]
    rate.give([case], Grade.GOOD)
    sent = next(op.body for op in parts.store.outbox() if op.kind == "rating")
    assert sent["userProp"] == Rater.PERSON
    code = next(e.id for e in parts.catalog.elements.values() if e.type == "uscc")
    firm = replace(case, case_id="0", form={**case.form, f"unit.{code}": "91330100MA27XXXX0X"})
    assert rate._rater(firm) is Rater.ENTITY


def test_a_finger_holds_for_this_form_and_survives_being_put_aside(parts: Parts, confirm: ConfirmForm) -> None:
    visit = parts.ready()
    with pytest.raises(Refused, match="指纹"):
        confirm.pressed(visit, Fingerprint(b"\1" * 512, "GA/T 1012", LEAST_QUALITY - 1))
    pressed = Fingerprint(b"\2" * 512, "GA/T 1012", 86)
    given = confirm.pressed(visit, pressed)
    signed = confirm.take(visit, given)
    assert signed.confirmed is given
    assert given.page is not None
    assert read_finger(parts.vault.open(given.page.sha256)) == (pressed, form_digest(visit))
    assert signature_material(given, "x").use.name == "申请人按指纹确认"
    document = json.loads(json.dumps(visit_document(signed, parts.catalog)))
    again = read_visit(document, parts.catalog, parts.clock.now()).visit.confirmation
    assert again is not None
    assert replace(again, at=given.at) == given
