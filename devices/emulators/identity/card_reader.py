"""An emulated PC/SC reader: its slot, and how the real `pcsc` driver reaches it.

Either through CardService, which stands in for pcscd in this process: the driver's calls end there instead of in
pyscard; no daemon and no root are needed, and Windows has it too. Or through a running vpcd and the system's pcscd.
"""

from __future__ import annotations

from typing import Any

from devices.drivers.identity.pcsc_api import system_api
from devices.emulators.identity import card_service, card_slot
from devices.emulators.identity.card_slot import CardSlot
from devices.emulators.identity.cards import Chip
from devices.emulators.identity.vpcd import VpcdCard

READER = "一窗演示读卡器 00 00"
VPCD_READER = "Virtual PCD 00 00"
FAULTS = card_slot.FAULTS | card_service.FAULTS

_NO_VPCD = "没有找到虚拟读卡器 vpcd（端口 {}），请安装 vsmartcard-vpcd 并启动 pcscd，或去掉参数 vpcd"


class CardReaderEmulator:
    """A reader with a slot. place and remove move cards while it runs. faults: those of the slot, and without vpcd
    those of the service."""

    def __init__(self, vpcd: int | None = None, more_faults: frozenset[str] = frozenset()) -> None:
        """vpcd: the port of a running vpcd that carries the card; None: a service in this process."""
        self.slot = CardSlot(more_faults | (card_service.FAULTS if vpcd is None else frozenset()))
        self.faults = self.slot.faults
        self._vpcd = VpcdCard(self.slot, vpcd) if vpcd is not None else None
        self._port = vpcd
        self.service = card_service.CardService(self.slot, READER)
        self.service.plugged = False

    @property
    def which(self) -> str:
        """The reader's name, as the driver looks for it."""
        return VPCD_READER if self._vpcd else READER

    def api(self) -> Any:
        """The PC/SC that the driver calls."""
        return system_api() if self._vpcd else self.service

    def start(self) -> None:
        """Plug it in. OSError when there should be a vpcd and is none. Starting twice is harmless."""
        self.slot.stopping.clear()
        if self._vpcd is None:
            self.service.plugged = True
            return
        try:
            self._vpcd.start()
        except OSError as error:
            raise OSError(error.errno, _NO_VPCD.format(self._port)) from error

    def stop(self) -> None:
        """Pull it out (with vpcd: the card). The card stays placed for the next start."""
        self.slot.stopping.set()
        self.service.plugged = False
        if self._vpcd:
            self._vpcd.stop()

    def place(self, chip: Chip, after: float = 0.0) -> None:
        """Lay a card on it, after so many seconds."""
        self.slot.place(chip, after)

    def remove(self) -> None:
        """Take the card away."""
        self.slot.remove()
