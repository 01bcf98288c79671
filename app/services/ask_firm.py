"""Ask other departments' data about a firm outside an item: its profile, its last assessment, a list.

The scenario has a grant without items; the call is refused without one, and stands in the trail like every other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, local

from app.domain.case import AuditEvent
from app.domain.clock import Clock
from app.domain.errors import YichuangError
from app.domain.person import mask
from app.domain.shared_data import FIRM, QueryReply, QueryRequest, Subject
from app.server.errors import Rejected
from app.services.duty import Duty
from app.services.grants import policy_in_force
from app.services.query_data import Keeper, Line


@dataclass(frozen=True, slots=True)
class FirmAnswer:
    """What became of a question. reply: None: why says in words what stood in the way."""

    reply: QueryReply | None
    why: str = ""


class AskFirm:
    """Blocks on store and network. connect: makes a client; each thread that asks has its own."""

    def __init__(self, store: Keeper, clock: Clock, duty: Duty, connect: Callable[[], Line]) -> None:
        self._store = store
        self._clock = clock
        self._duty = duty
        self._connect = connect
        self._lines: list[Line] = []
        self._own = local()
        self._lock = Lock()

    def ask(self, source: str, scenario: str, purpose: str, firm_number: str) -> FirmAnswer:
        """One source about one firm. Never raises for what the network or the gateway does; EnvironmentProblem: the
        trail cannot be written."""
        request = QueryRequest(source, scenario, purpose, Subject(FIRM, firm_number), self._duty.clerk, ())
        refusal = policy_in_force(self._store).refusal(scenario, source, purpose, ())
        if refusal:
            return self._audited(FirmAnswer(None, refusal), request, "refused")
        try:
            reply = self._line().query(request)
        except Rejected as error:
            return self._audited(FirmAnswer(None, error.detail or error.title), request, "refused")
        except YichuangError as error:
            return self._audited(FirmAnswer(None, error.what or error.title), request, "unreachable")
        return self._audited(FirmAnswer(reply), request, "found" if reply.found else "none")

    def close(self) -> None:
        """Give the connections back."""
        with self._lock:
            for line in self._lines:
                line.close()
            self._lines.clear()

    def _line(self) -> Line:
        found: Line | None = getattr(self._own, "line", None)
        if found is None:
            found = self._own.line = self._connect()
            with self._lock:
                self._lines.append(found)
        return found

    def _audited(self, answer: FirmAnswer, request: QueryRequest, outcome: str) -> FirmAnswer:
        details = {
            "about": mask(request.subject.number), "items": [], "scenario": request.scenario,
            "purpose": request.purpose, "outcome": outcome, "reference": answer.reply.reference if answer.reply else "",
        }  # fmt: skip
        event = AuditEvent(self._clock.now(), self._duty.clerk, "data.queried", request.source, details)
        self._store.append_audit(event)
        return answer
