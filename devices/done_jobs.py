"""What keeps a paper from coming out twice: printers remember which jobs ended well."""

from __future__ import annotations

from collections import deque

_REMEMBERED = 256


class DoneJobs:
    """The ids of the last 256 jobs of a printer that ended in OK."""

    def __init__(self) -> None:
        self._ids: deque[str] = deque(maxlen=_REMEMBERED)

    def add(self, job_id: str) -> None:
        self._ids.append(job_id)

    def __contains__(self, job_id: str) -> bool:
        return job_id in self._ids
