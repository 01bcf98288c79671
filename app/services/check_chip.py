"""Read a passport's chip at the counter, and take over what it says as far as it is to be believed."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.clock import Clock
from app.domain.person import mask
from app.identity.chip.checked import CheckedChip
from app.identity.chip.facts import LABELS, chip_facts, zone_of
from app.identity.chip.keeper import IssuerKeeper
from app.identity.chip.transport import LineTorn, ReadingCancelled, Response
from app.identity.chip.verdict import Check, Result
from app.identity.facts import of_holder
from app.services.duty import Duty
from app.services.visit import Visit
from devices.kinds.identity import ChipReader
from devices.outcome import Outcome, Reply

if TYPE_CHECKING:
    from app.identity.chip.password import Password
    from app.identity.chip.read import Told

_PLACE_SECONDS = 8.0
_ANSWER_SECONDS = 5.0
"""The slowest command of real chips, a signature by RSA, takes about one."""


class ReaderTransport:
    """The way to a chip through a device. stop: set to end the reading, from any thread."""

    def __init__(self, reader: ChipReader, stop: threading.Event) -> None:
        self._reader = reader
        self._stop = stop

    def transmit(self, command: bytes) -> Response:
        # The driver's own cancel belongs to one command; between two of them nobody would hear it.
        if self._stop.is_set():
            raise ReadingCancelled
        reply = self._reader.transmit(command, _ANSWER_SECONDS)
        if reply.ok:
            answer = reply.unwrap()
            return Response(answer.data, answer.status)
        if reply.outcome is Outcome.CANCELLED:
            raise ReadingCancelled
        raise LineTorn(reply.detail)


class CheckChip:
    """`read` runs on the device's thread, `apply` on the event loop."""

    def __init__(self, clock: Clock, duty: Duty, issuers: IssuerKeeper) -> None:
        self.issuers = issuers
        self._clock = clock
        self._duty = duty

    def warm(self) -> None:
        """Load what the first passport would wait for: the states' certificates, curves, the readers of pictures. Not
        for the event loop."""
        import app.identity.chip.read  # noqa: F401
        from app.identity.chip.groups import Portrait
        from app.identity.chip.picture import shown

        _ = self.issuers.current
        shown(Portrait(b"", ""))

    def read(
        self,
        reader: ChipReader,
        password: Password,
        zone: Sequence[str],
        stop: threading.Event,
        told: Told,
        seconds: float = _PLACE_SECONDS,
    ) -> Reply[CheckedChip]:
        """Wait for the document, read its chip, judge it. zone: the printed lines, () when unknown. Not OK: no chip was
        there, or the reader is out of order; whatever a chip does is a verdict."""
        # Curves, certificates, pictures: loaded when the first passport comes, not when the window opens.
        from app.identity.chip.picture import shown
        from app.identity.chip.read import Wanted, read_chip

        placed = reader.connect_card(seconds)
        if not placed.ok:
            return Reply(placed.outcome, detail=placed.detail)
        at = self._clock.now()
        try:
            wanted = Wanted(password, self.issuers.current, at, zone)
            reading = read_chip(ReaderTransport(reader, stop), wanted, told)
        except ReadingCancelled:
            return Reply(Outcome.CANCELLED)
        finally:
            reader.release_card()
        portrait = shown(reading.portrait) if reading.portrait is not None else None
        return Reply(Outcome.OK, CheckedChip(reading, portrait, at))

    def apply(self, visit: Visit, checked: CheckedChip, device: str) -> Visit:
        """The visit with this chip in place of an earlier one. device: the reader's URI, for the audit trail."""
        facts = of_holder(chip_facts(checked.reading, checked.at), visit.card)
        earlier = [fact for fact in visit.form.facts if fact.source.label in LABELS]
        form = visit.form.withdraw(earlier).add(facts)
        verdict = checked.reading.verdict
        zone = zone_of(checked.reading, checked.at)
        failed = [line.check.value for line in verdict.lines if line.result is Result.FAILED]
        return replace(visit, form=form, chip=checked).with_event(
            checked.at,
            self._duty.clerk,
            "chip.read",
            mask(zone.number) if zone is not None else "",
            judgement=verdict.judgement.value,
            reason=verdict.reason.value,
            failed=failed,
            opened_by=checked.reading.opened_by,
            signer=checked.reading.signer,
            clone_proof=verdict.line(Check.CHIP).result is Result.PASSED
            or verdict.line(Check.ACTIVE).result is Result.PASSED,
            device=device,
        )
