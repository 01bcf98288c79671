"""Messages: what the gateway tells this window about its cases."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from app.domain.clock import parse_iso
from app.domain.errors import BadInput
from app.server.checking import check_against
from app.server.message_schemas import MESSAGE
from offline_db.messages import StoredMessage
from offline_db.store import Store

log = logging.getLogger(__name__)


class MessageKind(StrEnum):
    """What a message wants of its reader."""

    STAGE = "stage"
    """A case has moved on: nothing to do."""
    CORRECTION = "correction"
    """补齐补正: the applicant must hand in or put right something."""
    RESULT = "result"
    """It was decided; the result can be fetched."""
    NOTICE = "notice"
    """Something else to know, e.g. 挂起."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message. stage: the 办理环节 that the case has reached. words: the department's own. due: legal time.

    item, applicant: of the case as this machine knows it, the name not masked; empty when it does not hold the case.
    """

    message_id: str
    kind: MessageKind
    case_id: str
    case_no: str
    provisional_no: str
    stage: str
    at: dt.datetime
    words: str
    due: dt.date | None
    result: str
    unread: bool
    item: str = ""
    applicant: str = ""


class Messages:
    """Reads the store; not for the event loop."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def newest(self, limit: int = 500) -> list[Message]:
        """The newest first. What breaks the contract is left out, and logged by its id."""
        found = [message for stored in self._store.messages(limit) if (message := _read(stored)) is not None]
        return self._with_cases(found)

    def unread(self) -> int:
        """How many nobody has read."""
        return self._store.unread_messages()

    def read(self, message_ids: Iterable[str] | None = None) -> None:
        """Somebody has read these; None: all."""
        self._store.mark_read(None if message_ids is None else list(message_ids))

    def _with_cases(self, found: list[Message]) -> list[Message]:
        known = self._store.case_names({message.case_id for message in found})
        names = [known.get(message.case_id, ("", "")) for message in found]
        return [
            replace(message, item=item, applicant=applicant)
            for message, (item, applicant) in zip(found, names, strict=True)
        ]


def _read(stored: StoredMessage) -> Message | None:
    document: dict[str, Any] = stored.document
    try:
        check_against(MESSAGE, document)
        return Message(
            message_id=stored.message_id,
            kind=MessageKind(document["kind"]),
            case_id=document["case_id"],
            case_no=document["case_no"],
            provisional_no=document["provisional_no"],
            stage=str(document["stage"]),
            at=parse_iso(document["at"]),
            words=document["words"],
            due=dt.date.fromisoformat(document["due"]) if document["due"] else None,
            result=document["result"],
            unread=stored.unread,
        )
    except (BadInput, ValueError):
        log.warning("message %s breaks the contract", stored.message_id[:60])
        return None
