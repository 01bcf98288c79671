"""A signature under a paper stands for the bytes that were shown, and each way of cheating has its own name."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from desk_parts import Parts

from app.documents.format import Format
from app.documents.trust import PaperTrust
from app.domain.document import Language, PaperKind, RenderedPaper
from app.domain.errors import BadInput, Refused
from app.domain.signature import Point, Signature
from app.services.check_papers import CheckPapers
from app.services.confirm_form import picture_of, read_picture
from app.services.finger_mark import LEAST_QUALITY, picture_of_finger, read_finger
from app.services.paper_subject import ISSUED, SHOWN, Subject
from app.services.sign_paper import SIGNED, CheckPaperSignature, PaperSignatureState, SignPaper
from devices.kinds.biometric import Fingerprint

K = PaperKind.MATERIAL_RECEIPT
S = PaperSignatureState


def lines(shift: float = 0.0) -> Signature:
    return Signature((tuple(Point(20.0 * n, 40.0 + n + shift, 0.5, 10 * n) for n in range(20)),), 640, 200, "pen")


def finger(feature: int = 7, quality: int = 82) -> Fingerprint:
    return Fingerprint(bytes([feature]) * 512, "iso19794-2", quality)


class Files:
    """The vault with some files in place of others, as whoever has the disk could try."""

    def __init__(self, parts: Parts, swapped: dict[str, bytes]) -> None:
        self._vault, self._swapped = parts.vault, swapped

    def open(self, sha256: str) -> bytes:
        return self._swapped.get(sha256) or self._vault.open(sha256)


class Paper:
    """how: what it was signed with."""

    def __init__(self, parts: Parts, how: tuple[Signature | None, Fingerprint | None] | None = None) -> None:
        self.parts = parts
        self.issue = parts.issue_paper()
        self.service = SignPaper(parts.counter, self.issue)
        self.subject: Subject = self.issue.about_cases(parts.accept.accept(parts.ready()).cases)
        self.shown: RenderedPaper = self.service.show(K, self.subject)
        self.signed: RenderedPaper = self.service.sign(self.subject, self.shown, *(how or (lines(), None)))
        self.number = self.signed.paper.number

    @property
    def file(self) -> str:
        """Where the signature lies."""
        entry = self.parts.store.trail_of(self.number, SIGNED)[-1]
        return str(json.loads(entry.details)["sealed"])

    def state(self, pdf: bytes | None = None, swapped: dict[str, bytes] | None = None) -> PaperSignatureState:
        return CheckPaperSignature(self.parts.store, Files(self.parts, swapped or {})).check(self.number, pdf).state


@pytest.fixture
def paper(parts: Parts) -> Paper:
    return Paper(parts)


def test_it_holds_under_what_was_shown_and_under_what_was_made_of_it(paper: Paper) -> None:
    assert paper.shown.pdf != paper.signed.pdf
    assert paper.shown.paper.number == paper.number
    for pdf in (None, paper.shown.pdf, paper.signed.pdf):
        assert paper.state(pdf) is S.HOLDS
    data = paper.parts.vault.open(paper.file)
    signature, given_for = read_picture(data)
    assert (signature.points, given_for) == (20, hashlib.sha256(paper.shown.pdf).hexdigest())
    found = CheckPaperSignature(paper.parts.store, paper.parts.vault).check(paper.number)
    assert (found.points, found.shown, found.at is not None) == (20, given_for, True)


def test_changed_bytes(paper: Paper) -> None:
    for pdf in (paper.shown.pdf, paper.signed.pdf):
        assert paper.state(pdf[:-9] + b"%" + pdf[-9:]) is S.PAPER_CHANGED


def test_the_signature_of_another_paper(paper: Paper) -> None:
    other = Paper(paper.parts)
    assert other.number != paper.number
    swapped = {paper.file: paper.parts.vault.open(other.file)}
    assert paper.state(swapped=swapped) is S.OTHER_PAPER
    assert paper.state(other.signed.pdf) is S.PAPER_CHANGED


def test_changed_strokes(paper: Paper) -> None:
    shown = hashlib.sha256(paper.shown.pdf).hexdigest()
    forged, _, _ = picture_of(lines(shift=3.0), shown, "2026-11-21T01:00:00.000Z")
    assert paper.state(swapped={paper.file: forged}) is S.STROKES_CHANGED
    assert paper.state(swapped={paper.file: b"no picture"}) is S.STROKES_CHANGED


def test_nobody_signed_and_a_file_that_was_cleared(paper: Paper) -> None:
    check = CheckPaperSignature(paper.parts.store, paper.parts.vault)
    assert check.check("nobody").state is S.NONE
    paper.parts.vault.remove(paper.file)
    assert check.check(paper.number).state is S.GONE


def test_what_was_only_shown_was_not_issued_and_is_shown_again(parts: Parts) -> None:
    issue = parts.issue_paper()
    service = SignPaper(parts.counter, issue)
    subject = issue.about_cases(parts.accept.accept(parts.ready()).cases)
    first = service.show(K, subject)
    assert service.show(K, subject).pdf == first.pdf
    assert parts.store.trail_of(subject.key, ISSUED) == []
    signed = service.sign(subject, first, lines())
    assert len(parts.store.trail_of(subject.key, ISSUED)) == 1
    assert service.show(K, subject).paper.number != signed.paper.number
    assert len(parts.store.trail_of(subject.key, SHOWN)) == 2


def test_a_touch_is_no_signature_and_some_papers_have_no_place_for_one(paper: Paper) -> None:
    empty = replace(lines(), strokes=((Point(1, 1, 0.5, 0),),))
    with pytest.raises(Refused, match="没有签字"):
        paper.service.sign(paper.subject, paper.shown, empty)
    with pytest.raises(Refused, match="不能在屏上签字"):
        paper.service.show(PaperKind.SHIFT_HANDOVER, paper.subject)


def test_a_file_is_checked_with_its_signature(paper: Paper, tmp_path: Path) -> None:
    key = paper.parts.counter.renderer._signer
    trust = PaperTrust(lambda kid: [key] if kid == key.kid else [])
    checks = CheckPapers(lambda: trust, CheckPaperSignature(paper.parts.store, paper.parts.vault))
    file = tmp_path / "paper.pdf"
    file.write_bytes(paper.signed.pdf)
    answer = checks.file(file)
    assert answer.unaltered
    assert checks.signature(answer, file).state is S.HOLDS
    assert checks.signature(checks.code(paper.signed.qr_text)).state is S.HOLDS
    again = paper.issue.reprint(paper.signed)
    file.write_bytes(again.pdf)
    assert checks.signature(checks.file(file), file).state is S.HOLDS
    file.write_bytes(paper.signed.pdf[:-9] + b"%" + paper.signed.pdf[-9:])
    assert checks.signature(checks.file(file), file).state is S.PAPER_CHANGED
    with pytest.raises(BadInput):
        checks.signature(answer, tmp_path / "none.pdf")


@pytest.fixture
def pressed(parts: Parts) -> Paper:
    return Paper(parts, (None, finger()))


def told(paper: Paper) -> dict[str, object]:
    entry = paper.parts.store.trail_of(paper.number, SIGNED)[-1]
    return dict(json.loads(entry.details))


def test_a_finger_holds_under_what_was_shown_and_its_template_lies_in_the_sealed_file_alone(pressed: Paper) -> None:
    for pdf in (None, pressed.shown.pdf, pressed.signed.pdf):
        assert pressed.state(pdf) is S.HOLDS
    details = told(pressed)
    assert "sealed" not in details
    kept, given_for = read_finger(pressed.parts.vault.open(str(details["finger"])))
    assert (kept, given_for) == (finger(), hashlib.sha256(pressed.shown.pdf).hexdigest())
    found = CheckPaperSignature(pressed.parts.store, pressed.parts.vault).check(pressed.number)
    assert (found.finger, found.quality, found.points) == (True, 82, 0)
    said = "".join(entry.details for entry in pressed.parts.store.audit_entries(limit=5000))
    assert base64.b64encode(kept.template).decode() not in said
    assert kept.template not in pressed.signed.pdf


def test_the_paper_says_that_a_finger_was_pressed_and_which(pressed: Paper) -> None:
    with pypdfium2.PdfDocument(pressed.signed.pdf) as document:
        words = "".join(page.get_textpage().get_text_range() for page in document)
    assert "指纹仪按指纹" in words
    assert f"指纹质量 82 分，摘要 {hashlib.sha256(finger().template).hexdigest()[:16]}" in words
    with pypdfium2.PdfDocument(pressed.shown.pdf) as document:
        assert "指纹" not in "".join(page.get_textpage().get_text_range() for page in document)
    key = pressed.parts.counter.renderer._signer
    trust = PaperTrust(lambda kid: [key] if kid == key.kid else [])
    checks = CheckPapers(lambda: trust, CheckPaperSignature(pressed.parts.store, pressed.parts.vault))
    answer = checks.data(pressed.signed.pdf)
    assert answer.ours
    assert answer.unaltered
    assert checks.signature(answer).state is S.HOLDS


def test_each_way_of_cheating_with_a_finger_has_its_name(pressed: Paper) -> None:
    file, shown = str(told(pressed)["finger"]), str(told(pressed)["shown"])
    for pdf in (pressed.shown.pdf, pressed.signed.pdf):
        assert pressed.state(pdf[:-9] + b"%" + pdf[-9:]) is S.PAPER_CHANGED
    forged, _, _ = picture_of_finger(finger(8), shown, "2026-11-21T01:00:00.000Z", about="paper")
    assert pressed.state(swapped={file: forged}) is S.MARK_CHANGED
    assert pressed.state(swapped={file: b"no picture"}) is S.MARK_CHANGED
    signature, _, _ = picture_of(lines(), shown, "2026-11-21T01:00:00.000Z")
    assert pressed.state(swapped={file: signature}) is S.MARK_CHANGED, "a signature is no finger"
    other = Paper(pressed.parts, (None, finger()))
    assert pressed.state(swapped={file: pressed.parts.vault.open(str(told(other)["finger"]))}) is S.OTHER_PAPER
    pressed.parts.vault.remove(file)
    assert pressed.state() is S.GONE


def test_a_finger_beside_a_signature_counts_as_much(parts: Parts) -> None:
    both = Paper(parts, (lines(), finger()))
    assert both.state() is S.HOLDS
    found = CheckPaperSignature(parts.store, parts.vault).check(both.number)
    assert (found.finger, found.points) == (True, 20)
    details = told(both)
    forged, _, _ = picture_of_finger(finger(8), str(details["shown"]), "2026-11-21T01:00:00.000Z", about="paper")
    assert both.state(swapped={str(details["finger"]): forged}) is S.MARK_CHANGED
    strokes, _, _ = picture_of(lines(3.0), str(details["shown"]), "2026-11-21T01:00:00.000Z")
    assert both.state(swapped={str(details["sealed"]): strokes}) is S.STROKES_CHANGED


def test_a_faint_print_and_nothing_at_all_sign_no_paper(paper: Paper) -> None:
    shown = paper.service.show(K, paper.subject)
    with pytest.raises(Refused, match="指纹不清楚"):
        paper.service.sign(paper.subject, shown, None, finger(quality=LEAST_QUALITY - 1))
    with pytest.raises(Refused, match="没有签字"):
        paper.service.sign(paper.subject, shown, None)
    assert paper.parts.store.trail_of(shown.paper.number, SIGNED) == []
    assert paper.service.sign(paper.subject, shown, None, finger(quality=LEAST_QUALITY)).paper.finger is not None


@pytest.mark.parametrize("language", ["zh", "zh-en"])
def test_a_finger_has_its_place_on_a_strip_and_in_two_languages(parts: Parts, language: Language) -> None:
    issue = parts.issue_paper()
    service = SignPaper(parts.counter, issue)
    subject = issue.about_cases(parts.accept.accept(parts.ready()).cases)
    made = service.sign(subject, service.show(K, subject, language=language), None, finger())
    strip = issue.in_format(made.paper, Format.STRIP_80)
    for pdf in (made.pdf, strip.pdf):
        with pypdfium2.PdfDocument(pdf) as document:
            words = "".join(page.get_textpage().get_text_range() for page in document)
        assert hashlib.sha256(finger().template).hexdigest()[:16] in words.replace("\r\n", "")
