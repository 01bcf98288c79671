"""A signature is bound to what was shown: what was changed since is told by name, a swapped file is told as such."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_parts import Parts

from app.domain.case import Case
from app.domain.errors import Refused
from app.domain.signature import SIGNATURE_MATERIAL, Lack, Point, Signature
from app.services.check_signature import CheckSignature, SignatureState
from app.services.confirm_form import ConfirmForm, picture_of
from app.services.signed_answers import answer_digests, changed_answers, read_answers
from devices.kinds.biometric import Fingerprint

SIGNATURE = Signature((tuple(Point(20.0 * n, 40.0 + n, 0.5, 10 * n) for n in range(20)),), 640, 200, "pen")


class Cases:
    """The store with one case in another shape."""

    def __init__(self, parts: Parts, case: Case) -> None:
        self._parts, self._case = parts, case

    def case(self, case_id: str) -> Case | None:
        return self._case

    def find(self, text: str, limit: int = 50) -> list[Case]:
        return [self._case]

    def trail_of(self, subject: str, action: str):  # type: ignore[no-untyped-def]
        return self._parts.store.trail_of(subject, action)


def accepted(parts: Parts, finger: bool = False) -> Case:
    confirm = ConfirmForm(parts.vault, parts.clock, parts.counter.duty)
    visit = parts.ready()
    pressed = Fingerprint(b"template", "test", 77)
    given = confirm.pressed(visit, pressed) if finger else confirm.signed(visit, SIGNATURE)
    return parts.accept.accept(confirm.take(visit, given)).cases[0]


def check(parts: Parts, case: Case):  # type: ignore[no-untyped-def]
    return CheckSignature(Cases(parts, case), parts.vault, parts.catalog).of_case(case.case_id)


def test_an_untouched_case_stands_as_it_was_signed(parts: Parts) -> None:
    case = accepted(parts)
    found = CheckSignature(parts.store, parts.vault, parts.catalog).by_number(case.provisional_no)
    assert (found.state, found.points, found.finger, found.changed) == (SignatureState.HOLDS, 20, False, ())
    assert found.at is not None


def test_a_finger_stands_likewise(parts: Parts) -> None:
    found = check(parts, accepted(parts, finger=True))
    assert (found.state, found.finger, found.quality) == (SignatureState.HOLDS, True, 77)


def test_a_changed_answer_is_told_by_name(parts: Parts) -> None:
    case = accepted(parts)
    key = "applicant.name"
    assert key in case.form
    found = check(parts, replace(case, form={**case.form, key: "李四"}))
    assert (found.state, found.changed) == (SignatureState.CHANGED, (parts.catalog.elements["name"].title,))
    added = check(parts, replace(case, form={**case.form, "applicant.email": "x@example.com"}))
    assert added.state is SignatureState.CHANGED


def test_a_swapped_file_is_told(parts: Parts) -> None:
    case = accepted(parts)
    data, width, height = picture_of(SIGNATURE, "ab" * 32, "2026-11-22T00:00:00.000Z", {"key": "00"})
    sha = parts.vault.seal(data, "image/png").sha256
    materials = tuple(
        replace(m, pages=tuple(replace(p, sha256=sha, size=len(data), width=width, height=height) for p in m.pages))
        if m.use.id == SIGNATURE_MATERIAL
        else m
        for m in case.materials
    )
    assert check(parts, replace(case, materials=materials)).state is SignatureState.ALTERED


def test_nobody_signed_and_no_such_case(parts: Parts) -> None:
    case = parts.accept.accept(parts.ready()).cases[0]
    assert check(parts, case).state is SignatureState.NONE
    with pytest.raises(Refused, match="没有这个办件"):
        CheckSignature(parts.store, parts.vault, parts.catalog).by_number("NOSUCH")


def test_digests_are_of_their_own_key_and_say_nothing_by_themselves(parts: Parts) -> None:
    visit = parts.ready()
    one, two = answer_digests(visit), answer_digests(visit)
    assert one["applicant.name"] != two["applicant.name"]
    assert changed_answers(one, visit.form.values()) == ()
    assert set(changed_answers({**one, "key": two["key"]}, visit.form.values())) == set(visit.form.values())
    with pytest.raises(ValueError, match="not a signature"):
        read_answers(b"no picture")


def test_what_lacks_of_a_signature_is_told_apart(parts: Parts) -> None:
    dot = Signature(((Point(1, 1, 0.5, 0),),), 640, 200)
    short = Signature((tuple(Point(1.0 * n, 1, 0.5, n) for n in range(8)),), 640, 200)
    assert [Signature((), 640, 200).lack, dot.lack, short.lack, SIGNATURE.lack] == [
        Lack.EMPTY, Lack.TOO_FEW_POINTS, Lack.TOO_SHORT, None,
    ]  # fmt: skip
    confirm = ConfirmForm(parts.vault, parts.clock, parts.counter.duty)
    with pytest.raises(Refused, match="还没有签字") as refusal:
        confirm.signed(parts.ready(), short)
    assert "太短" in refusal.value.what
