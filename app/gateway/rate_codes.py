"""评价码 at the gateway: whose code it is, what it may still do, and the one rating that it is good for."""

from __future__ import annotations

import base64
import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from stdnum.cn import uscc

from app.domain.case import Case
from app.domain.clock import Clock, isoformat, shanghai
from app.domain.matter import PREFIXES, Matter, MatterKind, Scope
from app.domain.numbering import LAST_COUNTER, provisional_number, uuid7
from app.domain.rating import Channel, Grade, Opinion, Rater
from app.gateway.database import Database, bump
from app.gateway.matters import MatterDesk
from app.gateway.paper_keys import PaperKeyDesk
from app.gateway.problems import Problem
from app.gateway.ratings import RatingDesk
from app.gateway.tables import case_numbers, cases, ratings
from app.licences.paper_certificate import BadCertificate, PaperCertificate, read_certificate
from app.licences.rating_code import BadRatingCode, RatingCode, fits, open_code
from app.licences.snapshot import pin_of
from app.server.matter_wire import open_document
from app.server.wire import rating_document, read_case

NOBODY = "匿名"
LONGEST_WORDS = 500
"""Characters of writingEvaluation."""
_NAMESPACE = uuid.UUID("6b1d2f0a-9c53-4f3e-8a57-07d4f7a0e6c1")
_WEB = "WEB"
"""Stands for the window in the numbers of what was found fault with on a phone."""


class Worth(StrEnum):
    """What a code is good for now."""

    READY = "ready"
    RATED = "rated"
    """It was used."""
    RATED_THERE = "rated_there"
    """The service was rated at the window already."""
    EXPIRED = "expired"
    FORGED = "forged"
    """No window of ours signed it, or it was altered."""
    STOPPED = "stopped"
    """The window's key was revoked."""
    OTHER = "other"
    """Signed by a window of ours; person, matter or window are not those of the case."""
    NOT_YET = "not_yet"
    """The window has not sent the case."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What is behind a code. code, device: where its signature holds; cases: of the visit, where they fit it."""

    worth: Worth
    code: RatingCode | None = None
    device: str = ""
    cases: tuple[Case, ...] = ()


class RateCodeDesk:
    """Reads codes, takes the rating that each is good for, and what visitors find fault with."""

    def __init__(
        self, database: Database, keys: PaperKeyDesk, rated: RatingDesk, matters: MatterDesk, clock: Clock
    ) -> None:
        self._database, self._keys, self._rated, self._matters, self._clock = database, keys, rated, matters, clock

    def look(self, text: str) -> Looked:
        """What a code is good for. The rating itself marks it as used."""
        stopped = False
        signers: list[PaperCertificate] = []

        def find(kid: bytes) -> Sequence[PaperCertificate]:
            nonlocal stopped
            entry = self._keys.entry(kid)
            if entry is None:
                return ()
            try:
                roots = [pin_of(self._keys.signing_key())]
                signers.append(read_certificate(base64.b64decode(entry["certificate"]), roots))
            except (BadCertificate, ValueError):
                return ()
            stopped = bool(entry["revoked_at"])
            return signers

        try:
            code = open_code(text, find)
        except BadRatingCode:
            return Looked(Worth.FORGED)
        device = signers[0].device
        if stopped:
            return Looked(Worth.STOPPED, code, device)
        found = self._visit(code, device)
        if not found:
            late = self._clock.now() >= code.until
            return Looked(Worth.EXPIRED if late else Worth.NOT_YET, code, device)
        if not fits(code, found[0]):
            return Looked(Worth.OTHER, code, device)
        # Used up is said before run out: who comes back wants to know that the first time counted.
        channel = self._channel(found[0].case_id)
        if channel is not None:
            worth = Worth.RATED if channel == Channel.QR else Worth.RATED_THERE
        elif self._clock.now() >= code.until:
            worth = Worth.EXPIRED
        else:
            worth = Worth.READY
        return Looked(worth, code, device, found)

    def rate(self, text: str, grade: Grade, details: Sequence[str], words: str) -> Looked:
        """Take the one rating; how the code stood before. Anything but READY: nothing was taken."""
        looked = self.look(text)
        if looked.worth is not Worth.READY:
            return looked
        opinion = Opinion(grade, self._clock.now(), tuple(details))
        # The case that the code names comes last: it says whether the code was used, whatever breaks off before.
        for case in reversed(looked.cases):
            if self._channel(case.case_id) is not None:
                continue
            rater = Rater.ENTITY if uscc.is_valid(case.applicant_number) else Rater.PERSON
            document = rating_document(case, opinion, Channel.QR, rater, "")
            document["writingEvaluation"] = words[:LONGEST_WORDS]
            try:
                self._rated.submit(str(uuid.uuid5(_NAMESPACE, case.case_id)), document, looked.device)
            except Problem:
                # The window's own rating came in between: the first counts.
                return self.look(text)
        return looked

    def find_fault(self, words: str, name: str, phone: str, once: str, text: str = "") -> Matter:
        """我要找茬 from a phone. once: of the form, so that it sent twice is one. text: the code whose page it was, so
        that its window follows it up; without one only the back office sees it."""
        looked = self.look(text) if text else Looked(Worth.FORGED)
        now = self._clock.now()
        matter_id = str(uuid.uuid5(_NAMESPACE, once)) if once else uuid7(now)
        try:
            return self._matters.matter(matter_id)
        except KeyError:
            pass
        code, cases_ = looked.code, looked.cases
        place = cases_[0].window if cases_ else None
        details = {"来源": "手机页面"}
        if place is not None:
            details["窗口"] = f"{place.hall} {place.name}"
        elif code is not None:
            details["窗口"] = code.window
        matter = Matter(
            matter_id=matter_id,
            kind=MatterKind.FAULT,
            number=PREFIXES[MatterKind.FAULT] + self._number(now),
            opened_at=now,
            opened_by="来访人",
            firm=name or NOBODY,
            firm_number="",
            subject=words.splitlines()[0][:40],
            words=words,
            scope=Scope.SIMPLE,
            contact=name,
            phone=phone,
            details=details,
        )
        self._matters.open(str(uuid.uuid4()), open_document(matter), looked.device)
        return self._matters.matter(matter_id)

    # ------------------------------------------------------------------------------------------------- inside

    def _visit(self, code: RatingCode, device: str) -> tuple[Case, ...]:
        """The code's case and the others of its visit; none: the window has not sent it."""
        columns = select(cases.c.provisional_no, cases.c.document).where(cases.c.device_id == device)
        # Window and day: the counter's four digits and the check character end the number.
        day = code.number[:-5]
        with self._database.read() as connection:
            first = connection.scalar(
                select(cases.c.document).where(cases.c.device_id == device, cases.c.provisional_no == code.number)
            )
            if first is None or not day:
                return ()
            rows = connection.execute(columns.where(cases.c.provisional_no.startswith(day, autoescape=True))).all()
        visit = json.loads(first)["visit_id"]
        later = sorted((row.provisional_no, row.document) for row in rows if row.provisional_no > code.number)
        documents = (json.loads(text) for _, text in later)
        together = [document for document in documents if document["visit_id"] == visit]
        return (read_case(json.loads(first)), *(read_case(document) for document in together))

    def _channel(self, case_id: str) -> int | None:
        """Where the case was rated; None: it was not."""
        with self._database.read() as connection:
            text = connection.scalar(select(ratings.c.document).where(ratings.c.case_id == case_id))
        return None if text is None else int(json.loads(text)["pf"])

    def _number(self, at: dt.datetime) -> str:
        prefix = f"fault-{shanghai(at):%Y%m%d}"
        with self._database.write() as connection:
            taken = bump(self._database.rules, connection, case_numbers, {"prefix": prefix}, "last")
        if taken > LAST_COUNTER:
            raise Problem(503, "full", "今天反映的太多", isoformat(at))
        return provisional_number(_WEB, at, taken)
