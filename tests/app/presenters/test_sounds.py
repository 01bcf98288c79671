"""Sounds: which for what, muted, without a sound card, and the files themselves."""

import builtins
import runpy
import wave
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import resources
from app.presenters.sounds import NAMES, NoSpeaker, Sounds, speaker
from widgets.views import Tone

ROOT = Path(__file__).resolve().parents[3]


class Ear:
    def __init__(self) -> None:
        self.heard: list[str] = []

    def play(self, name: str) -> None:
        self.heard.append(name)


def test_each_end_has_its_sound_and_neutral_has_none() -> None:
    ear = Ear()
    sounds = Sounds(ear)
    for tone in (Tone.SUCCESS, Tone.WARNING, Tone.ERROR, Tone.NEUTRAL):
        sounds.play(tone)
    assert ear.heard == ["ok", "look", "wrong"]


def test_muted_is_silent_until_it_is_not() -> None:
    ear = Ear()
    sounds = Sounds(ear)
    sounds.muted = True
    sounds.play(Tone.ERROR)
    assert not ear.heard
    sounds.muted = False
    sounds.play(Tone.ERROR)
    assert ear.heard == ["wrong"]


def test_without_the_libraries_the_window_is_silent_and_works(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = builtins.__import__

    def missing(name: str, *arguments: Any, **named: Any) -> Any:
        if name == "PyQt6.QtMultimedia":
            raise ImportError("libpulse.so.0: cannot open shared object file")
        return real(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    found = speaker()
    assert isinstance(found, NoSpeaker)
    found.play("ok")
    assert "libpulse" in caplog.text


@pytest.mark.qt_log_ignore("PulseAudio|qt.multimedia|[Aa]udio|QSoundEffect", extend=True)
def test_a_sound_without_a_sound_card_hurts_nothing(qtbot: QtBot, qapp: QApplication) -> None:
    pytest.importorskip("PyQt6.QtMultimedia", exc_type=ImportError)
    found = speaker(qapp)
    for name in NAMES:
        found.play(name)
    qtbot.wait(50)


def test_the_files_are_short_and_are_what_our_script_draws(tmp_path: Path) -> None:
    script = runpy.run_path(str(ROOT / ".ci/make_sounds.py"))
    script["draw"](tmp_path)
    for name in NAMES:
        kept = resources.path(f"sounds/{name}.wav")
        assert kept.read_bytes() == (tmp_path / f"{name}.wav").read_bytes()
        with wave.open(str(kept)) as file:
            assert file.getnframes() / file.getframerate() <= 0.25
