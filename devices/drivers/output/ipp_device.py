"""What page and card printers over IPP share: opening, looking, and printing a job once."""

from __future__ import annotations

from devices.base import Device
from devices.done_jobs import DoneJobs
from devices.drivers.output.ipp_link import Place
from devices.drivers.output.ipp_queue import Document, IppQueue, Pace
from devices.drivers.output.ipp_state import Troubles
from devices.drivers.output.ipp_wire import Attributes
from devices.failure import NOT_OPEN, Failure
from devices.outcome import Outcome, Reply


class IppDevice(Device):
    """A call lasts until the printer says how the job ended. What `cancel` interrupts is taken back from the printer:
    CANCELLED when it says that nothing had come out, else UNKNOWN. A job id that ended in OK is not printed again.
    """

    mime: str
    """What it is sent. A printer that does not take it is FAULT at `open`, with the words of no_mime."""
    no_mime: str
    done_before: str
    """The remark when a job is not printed again."""

    def __init__(self, uri: str, place: Place, troubles: Troubles, pace: Pace | None) -> None:
        super().__init__(uri)
        self._queue = IppQueue(place, troubles, self._cancelled, pace or Pace())
        self._opened = False
        self._done = DoneJobs()

    def open(self) -> Reply[str]:
        """A printer that is well or only wants paper, cards or a ribbon opens; FAULT when it takes no `mime`."""
        self._cancelled.clear()
        try:
            state = self._queue.state()
        except Failure as failure:
            return failure.reply
        finally:
            self._queue.close()
        if state.formats and self.mime not in state.formats:
            return Reply(Outcome.FAULT, detail=self.no_mime)
        trouble = state.trouble
        self._opened = trouble is None or trouble.outcome is Outcome.OUT_OF_PAPER
        if trouble is not None and not self._opened:
            return trouble
        return Reply(Outcome.OK, state.name or self._queue.place.uri, trouble.detail if trouble else state.remark)

    def close(self) -> None:
        self._opened = False
        self._queue.close()

    def probe(self) -> Reply[str]:
        if not self._opened:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        self._cancelled.clear()
        try:
            state = self._queue.state(timeout=1.0, connect=0.7)
        except Failure as failure:
            return failure.reply
        return state.trouble or Reply(Outcome.OK, state.name or self._queue.place.uri, state.remark)

    def cancel(self) -> None:
        super().cancel()
        self._queue.interrupt()

    def _print(self, data: bytes, job_id: str, title: str, wishes: Attributes) -> Reply[str]:
        """Print `data` of type `mime` once."""
        if not self._opened:
            return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)
        if job_id in self._done:
            return Reply(Outcome.OK, "", self.done_before)
        self._cancelled.clear()
        reply = self._queue.print(Document(data, self.mime, job_id, title), wishes)
        if reply.ok:
            self._done.add(job_id)
        return reply
