"""Short sounds that say how something ended, for a clerk whose eyes are on the visitor."""

from __future__ import annotations

import logging
from typing import Protocol

from PyQt6.QtCore import QLoggingCategory, QObject, QUrl

import resources
from offline_db.store import Store
from widgets.views import Tone

log = logging.getLogger(__name__)

NAMES = ("ok", "look", "wrong")
_OF_TONE = {Tone.SUCCESS: "ok", Tone.INFO: "ok", Tone.WARNING: "look", Tone.ERROR: "wrong"}
_SETTING = "sounds.muted"


class Speaker(Protocol):
    """Whatever makes a sound heard. Never raises and never waits."""

    def play(self, name: str) -> None: ...


class NoSpeaker:
    """Where there is nobody to hear: headless, tests, a machine without sound libraries."""

    def play(self, name: str) -> None:
        return


class CardSpeaker(QObject):
    """The machine's sound card, through Qt Multimedia."""

    def __init__(self, parent: QObject | None = None) -> None:
        """ImportError when the libraries behind Qt Multimedia are missing (libpulse0)."""
        # It tells of every video library that it does not find; nobody here shows videos.
        QLoggingCategory.setFilterRules("qt.multimedia.*=false")
        from PyQt6.QtMultimedia import QSoundEffect

        super().__init__(parent)
        self._effects: dict[str, QSoundEffect] = {}
        for name in NAMES:
            effect = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(resources.path(f"sounds/{name}.wav"))))
            self._effects[name] = effect

    def play(self, name: str) -> None:
        """Play one of NAMES; without a sound card nothing is heard. Qt plays on a thread of its own."""
        self._effects[name].play()


def speaker(parent: QObject | None = None) -> Speaker:
    """The sound card, or silence where sound cannot be had."""
    try:
        return CardSpeaker(parent)
    except ImportError as missing:
        log.warning("no sounds: %s", missing)
        return NoSpeaker()


class Sounds:
    """`play` by tone; whether they are muted is remembered in the store. Reads and writes there are for a thread."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self.muted = False

    def play(self, tone: Tone) -> None:
        """Say how something ended. NEUTRAL says nothing."""
        name = _OF_TONE.get(tone)
        if name is not None and not self.muted:
            self._speaker.play(name)

    def use(self, speaker: Speaker) -> None:
        """Be heard through another speaker from now on."""
        self._speaker = speaker


def load_muted(store: Store) -> bool:
    """Was the sound off when the window was last open?"""
    return store.setting(_SETTING) == "1"


def save_muted(store: Store, muted: bool) -> None:
    """Remember whether the sound is off."""
    store.set_setting(_SETTING, "1" if muted else "0")
