"""Amendments on their way: made on one revision, merged when the platform has another.

The key rule. An op_id stands for one body, the revision that it was made on included, from the moment it may have been
sent. What has to be merged becomes another body and goes under a new op_id; the entry keeps its place in the queue. The
old op_id took no effect: the gateway answers a repetition of what it took before it looks at the revision, so a 412 is
always the word on something it does not have.

An entry whose revision is None has never left: it is put on what the platform has as far as this machine knows when its
turn comes, since the amendments before it may have been merged meanwhile.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from app.domain.amendment import Amendment, Change, Content, Contested, amended_content
from app.domain.case import Operation
from app.forms.merge import Merged, MergeRules, fitted, merge
from app.server.amendment_wire import amendment_document, body_of, read_current
from app.server.checking import BadDocument, JsonObject
from app.server.client import CaseReply
from app.server.errors import Outdated, Rejected, Unreachable

CONFLICT = "更正与平台不一致，待核对"
"""Reason under which an amendment is parked that a person has to decide on."""
_NOT_FOUND = 404


class Stored(Protocol):
    """An amendment as the store keeps it."""

    @property
    def amendment(self) -> Amendment: ...
    @property
    def base(self) -> Mapping[str, str]: ...


class AmendStore(Protocol):
    """What is needed of offline_db.store.Store; the meanings are given there."""

    def amendment_of(self, op_id: str) -> Stored | None: ...
    def content(self, case_id: str) -> Content | None: ...
    def ready_amendment(self, op_id: str, body: Mapping[str, Any], base: Content, amendment: Amendment) -> None: ...
    def rebase_amendment(
        self, op_id: str, new_op_id: str, body: Mapping[str, Any], base: Content, amendment: Amendment
    ) -> None: ...
    def acknowledge_amendment(self, op_id: str, rev: int) -> None: ...
    def amendment_needless(self, op_id: str, base: Content) -> None: ...
    def contest_amendment(
        self, op_id: str, theirs: Content, trail: Sequence[Change], contested: Sequence[Contested], reason: str
    ) -> None: ...
    def wanted_contents(self, limit: int = 50) -> list[str]: ...
    def refresh_content(self, case_id: str, now: Content) -> None: ...


class AmendClient(Protocol):
    """What is needed of app.server.client.GatewayClient."""

    def amend_case(self, op_id: str, rev: int, document: JsonObject, local_seq: int = 0) -> CaseReply: ...
    def case(self, case_id: str) -> JsonObject: ...


class Settled(Exception):
    """The entry was settled without being taken: it goes again in another form, or waits for a person."""


class Amendments:
    """Sends amendments, merges them, and fetches what the platform changed by itself. rules: the catalogue's."""

    def __init__(
        self,
        store: AmendStore,
        client: AmendClient,
        rules: MergeRules,
        new_id: Callable[[], uuid.UUID] = uuid.uuid4,
    ) -> None:
        self._store = store
        self._client = client
        self._rules = rules
        self._new_id = new_id

    def deliver(self, operation: Operation) -> CaseReply | None:
        """Send one amendment and write down what became of it. A refused reply is left to the caller; None: done.

        Settled: merged and queued again, or a person has to decide. Network errors are the client's.
        """
        stored = self._store.amendment_of(operation.op_id)
        if stored is None:
            raise ValueError("an amendment's entry without its amendment")
        rev, document = operation.body["rev"], operation.body["document"]
        if rev is None:
            known = self._store.content(operation.case_id)
            if known is None:
                raise ValueError("an amendment of a case that is not here")
            found = self._merged(stored, known)
            if found.contested:
                # What came in while the clerk wrote. A person who decides must also see who changed it there.
                self._meet(operation, self._client.case(operation.case_id))
                return None
            amendment = fitted(stored.amendment, known, found.values)
            if not amendment.changes:
                self._store.amendment_needless(operation.op_id, known)
                return None
            rev, document = known.rev, amendment_document(amendment)
            self._store.ready_amendment(operation.op_id, body_of(rev, amendment), known, amendment)
        try:
            reply = self._client.amend_case(operation.op_id, rev, document, operation.local_seq)
        except Outdated as outdated:
            self._meet(operation, outdated.current)
            return None
        if reply.accepted:
            self._store.acknowledge_amendment(operation.op_id, reply.rev)
            return None
        return reply

    def run(self) -> bool:
        """Fetch the content of cases that the platform has changed; whether any was. The client's errors are raised."""
        wanted = self._store.wanted_contents()
        for case_id in wanted:
            try:
                now, _ = read_current(self._client.case(case_id))
            except Rejected as error:
                if error.status != _NOT_FOUND:
                    raise
                continue  # a gateway that lost the case: reconciling brings it back
            self._store.refresh_content(case_id, now)
        return bool(wanted)

    def _meet(self, operation: Operation, current: JsonObject) -> None:
        """The platform has something else by now."""
        stored = self._store.amendment_of(operation.op_id)
        if stored is None:
            raise ValueError("an amendment's entry without its amendment")
        try:
            theirs, trail = read_current(current)
        except BadDocument as error:
            raise Unreachable("平台返回的办件内容不完整") from error
        found = self._merged(stored, theirs)
        if found.contested:
            self._contest(operation, stored, theirs, trail, found)
        amendment = fitted(stored.amendment, theirs, found.values)
        if not amendment.changes:
            self._store.amendment_needless(operation.op_id, theirs)
            return
        body = body_of(theirs.rev, amendment)
        self._store.rebase_amendment(operation.op_id, str(self._new_id()), body, theirs, amendment)
        raise Settled

    def _merged(self, stored: Stored, theirs: Content) -> Merged:
        mine, _ = amended_content(stored.base, (), stored.amendment.changes, ())
        return merge(stored.base, mine, theirs.form, self._rules)

    def _contest(
        self, operation: Operation, stored: Stored, theirs: Content, trail: Sequence[Change], found: Merged
    ) -> None:
        self._store.contest_amendment(operation.op_id, theirs, trail, found.contested, CONFLICT)
        raise Settled
