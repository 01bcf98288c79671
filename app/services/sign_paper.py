"""Signatures and fingers under papers: given for the very bytes that were shown, and checked later against them.

What was shown is a PDF without the signature, kept as it was. The signature's file holds strokes, time and the digest
of that PDF, a finger's its template; its own digest and the PDFs' stand in the trail. So a paper that was exchanged,
bytes that were changed, a signature of another paper and strokes or a template that were touched are told apart.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Protocol

from app.domain.case import AuditEvent
from app.domain.clock import isoformat, parse_iso
from app.domain.document import Language, PaperKind, RenderedPaper
from app.domain.errors import Refused, YichuangError
from app.domain.signature import Lack, Signature
from app.services.confirm_form import LACKS, picture_of, read_picture
from app.services.counter import Counter
from app.services.finger_mark import check_finger, finger_mark, picture_of_finger, read_finger
from app.services.issue_paper import IssuePaper
from app.services.paper_asks import Answers
from app.services.paper_subject import Subject
from devices.kinds.biometric import Fingerprint
from offline_db.audit import AuditEntry

SIGNED = "paper.signed"
"""In the trail; its subject is the paper's number, its details hold the digests of what was shown (`shown`), of the
signature's file (`sealed`, which is also where it lies) and of the paper with the signature (`signed`). A finger's file
is `finger`, with its `quality`; one of the two files at least is there."""
_MEDIA_TYPE = "image/png"


class PaperSignatureState(StrEnum):
    """How a signature under a paper stands. Only HOLDS is a yes."""

    HOLDS = "holds"
    NONE = "none"
    """Nobody signed this paper, or pressed a finger for it, at this machine."""
    PAPER_CHANGED = "paper-changed"
    """The file is neither what was shown nor what was made of it with the signature."""
    OTHER_PAPER = "other-paper"
    """The signature or the finger was given for another paper."""
    STROKES_CHANGED = "strokes-changed"
    """The signature's file is not the one that was made when the person signed."""
    MARK_CHANGED = "mark-changed"
    """The finger's file is not the one that was made when the person pressed it."""
    GONE = "gone"
    """The signature's or the finger's file was cleared in its time, or cannot be opened."""


@dataclass(frozen=True, slots=True)
class PaperSignature:
    """at: UTC. points: of the signature. shown: SHA-256 of the PDF that was shown, hexadecimal. finger: was one
    pressed? quality: of it, 0–100."""

    state: PaperSignatureState
    at: dt.datetime | None = None
    points: int = 0
    shown: str = ""
    finger: bool = False
    quality: int = 0


class SignPaper:
    """Renders, seals and audits: not for the event loop."""

    def __init__(self, counter: Counter, issue: IssuePaper) -> None:
        self._counter = counter
        self._issue = issue

    def show(
        self, kind: PaperKind, subject: Subject, answers: Answers | None = None, language: Language = "zh"
    ) -> RenderedPaper:
        """The paper as whoever is to sign it sees it. Errors as IssuePaper.issue."""
        return self._issue.to_be_signed(kind, subject, answers, language)

    def sign(
        self,
        subject: Subject,
        shown: RenderedPaper,
        signature: Signature | None,
        finger: Fingerprint | None = None,
    ) -> RenderedPaper:
        """The paper with the signature, or the finger of somebody who cannot write, or both, as given for what `show`
        gave; its number is the same. Refused: the lines are no signature, or the print is too poor.
        EnvironmentProblem: the disk refuses; then it was not signed."""
        if signature is not None or finger is None:
            _check_lines(signature)
        if finger is not None:
            check_finger(finger)
        counter, paper = self._counter, shown.paper
        at, digest = counter.clock.now(), _sha256(shown.pdf)
        mark = finger_mark(finger) if finger is not None else None
        made = counter.renderer.render(replace(paper, signature=signature, finger=mark))
        details: dict[str, Any] = {
            "kind": paper.kind.name,
            "at": isoformat(at),
            "shown": digest,
            "signed": _sha256(made.pdf),
        }
        if signature is not None:
            data, _, _ = picture_of(signature, digest, isoformat(at))
            details["sealed"] = counter.vault.seal(data, _MEDIA_TYPE).sha256
        if finger is not None:
            data, _, _ = picture_of_finger(finger, digest, isoformat(at), about="paper")
            details["finger"] = counter.vault.seal(data, _MEDIA_TYPE).sha256
            details["quality"] = finger.quality
        counter.store.append_audit(AuditEvent(at, counter.duty.clerk, SIGNED, paper.number, details))
        self._issue.keep_signed(subject, made)
        return made


class Trail(Protocol):
    """The part of the store that is needed."""

    def trail_of(self, subject: str, action: str) -> list[AuditEntry]: ...


class Files(Protocol):
    """The part of the vault that is needed."""

    def open(self, sha256: str) -> bytes: ...


class CheckPaperSignature:
    """Reads store and vault: not for the event loop."""

    def __init__(self, store: Trail, vault: Files) -> None:
        self._store = store
        self._vault = vault

    def check(self, number: str, pdf: bytes | None = None, *, reprint: bool = False) -> PaperSignature:
        """Of the paper of this number. pdf: the file in hand; None: what lies here. reprint: it was marked as one more
        print and its own code holds: its bytes are not those that were signed, its words are."""
        entries = self._store.trail_of(number, SIGNED)
        if not entries:
            return PaperSignature(PaperSignatureState.NONE)
        told = json.loads(entries[-1].details)
        state, points = self._state(told, pdf, reprint)
        quality = int(told.get("quality", 0))
        return PaperSignature(state, parse_iso(told["at"]), points, str(told["shown"]), "finger" in told, quality)

    def _state(self, told: dict[str, Any], pdf: bytes | None, reprint: bool) -> tuple[PaperSignatureState, int]:
        try:
            files = {key: self._vault.open(told[key]) for key in _CHANGED if key in told}
            paper = pdf if pdf is not None else self._vault.open(told["signed"])
        except YichuangError:
            return PaperSignatureState.GONE, 0
        points = 0
        for key, data in files.items():
            try:
                written, given_for = _read(key, data)
            except ValueError:
                return _CHANGED[key], points
            points += written
            if given_for != told["shown"]:
                return PaperSignatureState.OTHER_PAPER, points
            if _sha256(data) != told[key]:
                return _CHANGED[key], points
        if not reprint and _sha256(paper) not in (told["shown"], told["signed"]):
            return PaperSignatureState.PAPER_CHANGED, points
        return PaperSignatureState.HOLDS, points


_CHANGED = {"sealed": PaperSignatureState.STROKES_CHANGED, "finger": PaperSignatureState.MARK_CHANGED}
"""The files that a paper can have been signed with, and what it is called when one is not what it was."""


def _read(key: str, data: bytes) -> tuple[int, str]:
    """Points that were written, and the digest of the paper they, or the finger, were given for. ValueError: another
    file."""
    if key == "finger":
        return 0, read_finger(data)[1]
    signature, given_for = read_picture(data)
    return signature.points, given_for


def _check_lines(signature: Signature | None) -> None:
    """Refused: this is no signature."""
    lack = signature.lack if signature is not None else Lack.EMPTY
    if lack is not None or signature is None or not signature.strokes:
        words = LACKS[lack] if lack is not None else "签字板没有给出笔迹。"
        raise Refused("没有签字", words, "请当事人重新签字。")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
