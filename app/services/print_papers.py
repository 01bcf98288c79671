"""Print a paper at most once, whatever fails in between."""

from __future__ import annotations

from collections.abc import Callable

from devices.outcome import Outcome, Reply
from offline_db.store import Store


class PrintPapers:
    """The store remembers each job: one that ended is not sent again, one that may have printed asks the clerk."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def print_once(self, job_id: str, number: str, send: Callable[[], Reply[str]]) -> Reply[str]:
        """Run send() unless this job already printed. Runs on the printer's own thread.

        UNKNOWN without sending: an earlier try ended without an answer, and only a person can look at the paper;
        `forget` then allows another try.
        """
        before = self._store.print_outcome(job_id)
        if before == Outcome.OK:
            return Reply(Outcome.OK, "", "此件已打印过，未重复打印")
        if before in (Outcome.UNKNOWN, "started"):
            return Reply(Outcome.UNKNOWN, detail="上次打印没有收到打印机答复，请先查看是否已出纸")
        self._store.print_started(job_id, number)
        reply = send()
        self._store.print_ended(job_id, str(reply.outcome))
        return reply

    def confirm(self, job_id: str) -> None:
        """The clerk looked: the paper is there."""
        self._store.print_ended(job_id, str(Outcome.OK))

    def forget(self, job_id: str) -> None:
        """The clerk looked: no paper came out. The job may be sent again."""
        self._store.print_ended(job_id, str(Outcome.CANCELLED))
