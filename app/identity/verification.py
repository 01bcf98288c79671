"""Is the document genuine, is it this person's, do we know the person, do the lists object: four answers, each with
its ground. Pure: what was read, compared and looked up comes in, nothing is looked up here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self

from app.domain.clock import isoformat, parse_iso, shanghai
from app.domain.person import LONG_TERM
from app.identity.chip.verdict import Judgement


class Question(StrEnum):
    """What is asked, in the order in which a clerk reads it."""

    GENUINE = "genuine"
    """The document is what it says it is, and in force."""
    MATCHES = "matches"
    """Who stands at the counter is the person it names."""
    KNOWN = "known"
    """The person was here before. No answer to this one speaks against anybody."""
    LISTS = "lists"
    """No list of lost or revoked documents names it."""


class Answer(StrEnum):
    """OPEN: nobody has established it; never shown as yes nor as no."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


class Ground(StrEnum):
    """What an answer rests on."""

    CHIP_PROVED = "chip-proved"
    """Passive authentication passed, and the chip proved that it is no copy."""
    CHIP_SIGNED = "chip-signed"
    """Passive authentication passed; whether the chip is a copy cannot be told."""
    CHIP_DOUBTFUL = "chip-doubtful"
    CHIP_UNDECIDED = "chip-undecided"
    CHIP_FALSE = "chip-false"
    CARD_READER = "card-reader"
    """The reader's security module and the card's chip proved themselves to each other."""
    NUMBER_WRONG = "number-wrong"
    """The reader gave a number whose check digit is wrong."""
    ZONE_ONLY = "zone-only"
    """Only what is printed was read, which anybody can print."""
    PICTURE_ONLY = "picture-only"
    EXPIRED = "expired"
    REGISTERED = "registered"
    """The document was verified when its holder was registered, and the platform says that the code still counts."""
    REGISTERED_OFFLINE = "registered-offline"
    """The code's signature holds, and this machine's own copy says who it is; the platform was not asked."""
    NOTHING_READ = "nothing-read"
    FACE_SAME = "face-same"
    FACE_DIFFERENT = "face-different"
    FACE_OPEN = "face-open"
    KNOWN_CASES = "known-cases"
    FIRST_TIME = "first-time"
    LISTED_LOST = "listed-lost"
    LISTED_REVOKED = "listed-revoked"
    LISTS_CLEAR = "lists-clear"
    LIST_OLD = "list-old"
    LIST_REFUSED = "list-refused"
    """The newest that was named is forged, broken or older than one that was here; an older one may be."""
    LIST_NONE = "list-none"


class Read(StrEnum):
    """How the document in hand came to be known."""

    CHIP = "chip"
    CARD = "card"
    ZONE = "zone"
    PICTURE = "picture"
    """Of a card, by a camera: as little worth as what is printed."""
    CODE = "code"
    """The personal code of somebody who was registered once; the document itself is not at hand."""


class Conclusion(StrEnum):
    """PASSED: genuine and this person's, and nothing against it. FAILED: something is against it."""

    PASSED = "passed"
    FAILED = "failed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class InHand:
    """Whom the window has before it. Never leaves this machine.

    document: its kind in words (居民身份证, 护照 …). valid_to: YYYY-MM-DD, 长期 or "" when it does not say.
    judgement: of a chip, None otherwise. sound: the number's check digits hold, where it has any.
    """

    read: Read
    document: str
    number: str
    name: str
    nationality: str = ""
    valid_to: str = ""
    judgement: Judgement | None = None
    sound: bool = True
    registered: str = ""
    """Of a personal code: the day of the registration; confirmed: the platform was asked just now."""
    confirmed: bool = False
    issuer: str = ""
    """The state that issued the document, ISO 3166-1 alpha-3; "" where that was not read."""


@dataclass(frozen=True, slots=True)
class Line:
    """One answer. detail: what belongs to its ground: a count, the day of a list; no personal data."""

    question: Question
    answer: Answer
    ground: Ground
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """A check of a person, de-identified. at: UTC. number: masked. read: how the document was read. record_id: of the
    record in the trail; "" while it is not kept. subject: the keyed hash that stands for the number in that record."""

    at: dt.datetime
    document: str
    read: Read | None
    number: str
    lines: tuple[Line, ...]
    record_id: str = ""
    subject: str = ""

    def line(self, question: Question) -> Line:
        return next(line for line in self.lines if line.question is question)

    @property
    def conclusion(self) -> Conclusion:
        """A list that is not there or too old hides nothing: its line stays open, and a person has to ask elsewhere."""
        if any(line.answer is Answer.NO for line in self.lines):
            return Conclusion.FAILED
        needed = (self.line(Question.GENUINE), self.line(Question.MATCHES))
        return Conclusion.PASSED if all(line.answer is Answer.YES for line in needed) else Conclusion.OPEN

    def document_of(self) -> dict[str, Any]:
        """As the trail keeps it."""
        return {
            "record": self.record_id,
            "at": isoformat(self.at),
            "document": self.document,
            "read": self.read.value if self.read is not None else "",
            "number": self.number,
            "subject": self.subject,
            "conclusion": self.conclusion.value,
            "lines": [[line.question.value, line.answer.value, line.ground.value, line.detail] for line in self.lines],
        }

    @classmethod
    def from_document(cls, kept: Mapping[str, Any]) -> Self:
        """Read `document_of`'s output. ValueError for anything else."""
        try:
            lines = tuple(Line(Question(q), Answer(a), Ground(g), str(d)) for q, a, g, d in kept["lines"])
            if [line.question for line in lines] != list(Question):
                raise ValueError("not all questions")
            read = Read(kept["read"]) if kept["read"] else None
            return cls(
                parse_iso(kept["at"]), str(kept["document"]), read, str(kept["number"]), lines,
                str(kept["record"]), str(kept["subject"]),
            )  # fmt: skip
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError("not a verification") from error

    def kept(self, record_id: str, subject: str) -> Verification:
        """The same as it is put on record."""
        return replace(self, record_id=record_id, subject=subject)


_CHIP: Mapping[Judgement, tuple[Answer, Ground]] = {
    Judgement.GENUINE: (Answer.YES, Ground.CHIP_PROVED),
    Judgement.GENUINE_COPY_POSSIBLE: (Answer.YES, Ground.CHIP_SIGNED),
    Judgement.DOUBTFUL: (Answer.OPEN, Ground.CHIP_DOUBTFUL),
    Judgement.UNDECIDED: (Answer.OPEN, Ground.CHIP_UNDECIDED),
    Judgement.FALSE: (Answer.NO, Ground.CHIP_FALSE),
}


def genuine(person: InHand | None, at: dt.datetime) -> Line:
    """Is the document genuine and in force? at: now, UTC."""
    if person is None:
        return Line(Question.GENUINE, Answer.OPEN, Ground.NOTHING_READ)
    answer, ground = _ground_of(person)
    detail = person.registered if person.read is Read.CODE else ""
    ends = person.valid_to
    over = bool(ends) and ends != LONG_TERM and ends < shanghai(at).date().isoformat()
    if answer is not Answer.NO and over:
        return Line(Question.GENUINE, Answer.NO, Ground.EXPIRED, ends)
    return Line(Question.GENUINE, answer, ground, detail)


def _ground_of(person: InHand) -> tuple[Answer, Ground]:
    match person.read:
        case Read.CHIP:
            return _CHIP[person.judgement] if person.judgement is not None else (Answer.OPEN, Ground.CHIP_UNDECIDED)
        case Read.CARD:
            return (Answer.YES, Ground.CARD_READER) if person.sound else (Answer.NO, Ground.NUMBER_WRONG)
        case Read.PICTURE:
            return Answer.OPEN, Ground.PICTURE_ONLY
        case Read.CODE:
            if person.confirmed:
                return Answer.YES, Ground.REGISTERED
            return Answer.OPEN, Ground.REGISTERED_OFFLINE
        case Read.ZONE:
            return Answer.OPEN, Ground.ZONE_ONLY


def matches(same: bool | None) -> Line:
    """same: what the clerk said of the face since this document was read; None: nobody looked."""
    if same is None:
        return Line(Question.MATCHES, Answer.OPEN, Ground.FACE_OPEN)
    if same:
        return Line(Question.MATCHES, Answer.YES, Ground.FACE_SAME)
    return Line(Question.MATCHES, Answer.NO, Ground.FACE_DIFFERENT)


def known(cases: int) -> Line:
    """cases: earlier ones under this number at this window."""
    if cases:
        return Line(Question.KNOWN, Answer.YES, Ground.KNOWN_CASES, str(cases))
    return Line(Question.KNOWN, Answer.OPEN, Ground.FIRST_TIME)
