"""The printers' memory of what is printed."""

from __future__ import annotations

from devices.done_jobs import DoneJobs


def test_the_last_256_are_remembered() -> None:
    done = DoneJobs()
    for number in range(257):
        done.add(f"job-{number}")
    assert "job-0" not in done
    assert "job-1" in done
    assert "job-256" in done
