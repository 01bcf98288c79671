"""Lets things go wrong in a lesson, by the real emulators and the demo's own gateway."""

from __future__ import annotations

from collections.abc import Callable

from app.demo.scenario import GATEWAY, Fault, Scenario
from app.presenters.screen import Screen
from devices.emulators.emulated import EmulatedDevice


class FaultDriver:
    """Follows a lesson's steps. Each change runs in the screen's tasks: pulling a cable may take a while."""

    def __init__(self, screen: Screen, scenario: Scenario) -> None:
        self._screen = screen
        self._scenario = scenario
        self._under_way = 0
        self.active: tuple[Fault, ...] = ()
        """What is out of order now."""

    @property
    def settled(self) -> bool:
        """Has every fault asked for taken effect?"""
        return self._under_way == 0

    def start(self) -> None:
        """What is out of order from the beginning."""
        self._switch(on=[fault for fault in self._scenario.faults if not fault.at], off=[])

    def step(self, name: str) -> None:
        """A step begins: end what ends with it, then begin what begins with it."""
        self._switch(
            on=[fault for fault in self._scenario.faults if fault.at == name],
            off=[fault for fault in self.active if fault.until == name],
        )

    def _switch(self, on: list[Fault], off: list[Fault]) -> None:
        if not on and not off:
            return
        self.active = (*(fault for fault in self.active if fault not in off), *on)
        jobs = [self._job(fault, False) for fault in off] + [self._job(fault, True) for fault in on]
        self._under_way += 1

        def work() -> None:
            for job in jobs:
                job()

        self._screen.tasks.run(work, lambda _: self._done())

    def _done(self) -> None:
        self._under_way -= 1
        # A pulled or mended line is noticed when something is sent; a learner should not have to wait for that.
        self._screen.sync_thread.kick(urgent=True)

    def _job(self, fault: Fault, on: bool) -> Callable[[], None]:
        if fault.what == GATEWAY:
            gateway = self._screen.station.gateway
            if gateway is None:
                raise ValueError("no gateway of our own to stop")
            return gateway.stop if on else gateway.start
        thread = self._screen.devices[fault.what]
        device = thread.device
        if not isinstance(device, EmulatedDevice):
            raise ValueError(f"{fault.what} is a real device")
        return lambda: device.drill(fault.kind, on)
