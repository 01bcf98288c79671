"""All devices fail at random: no crash, no leak, no stuck light. FAULTS=nightly: 30 minutes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import standins
from device_soak import DeviceSoak
from PyQt6.QtWidgets import QApplication

from app.workers import ownership
from app.workers.back_off import BackOff

NIGHTLY = os.environ.get("FAULTS") == "nightly"
SECONDS = float(os.environ.get("SOAK_SECONDS", 1800 if NIGHTLY else 8))


@pytest.mark.timeout(SECONDS + 300)
def test_devices_that_fail_at_random_leave_nothing_behind(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ownership, "GRACE_SECONDS", 0.5)
    with standins.registered(tmp_path / "registry"):
        soak = DeviceSoak(qapp, tmp_path / "devices", seed=8)
        try:
            report = soak.run(SECONDS)
        finally:
            soak.close()
    print(f"\n{report}")
    assert report.faults > SECONDS
    assert report.stuck == []
    # Threads: 25 owners, what emulators need, and those that hang until they are let go.
    assert report.threads[-1] <= report.threads[0] + 8
    # After the first quarter, when every fault has been met: 15 % by night; a few seconds only fill caches.
    assert report.resident[-1] < report.resident[1] * (1.15 if NIGHTLY else 1.35)


def test_the_soak_sees_a_light_that_is_stuck(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutant: a device that failed once is never tried again."""
    monkeypatch.setattr(BackOff, "next", lambda self, outcome=None: 1000.0)
    monkeypatch.setattr("device_soak.HEAL_SECONDS", 4.0)
    with standins.registered(tmp_path / "registry"):
        soak = DeviceSoak(qapp, tmp_path / "devices", seed=8)
        try:
            soak.lose("pin_pad")
            report = soak.run(0.5)
        finally:
            soak.close()
    assert "pin_pad" in report.stuck
