"""What the panel of 人证核对 shows of the newest frame, in words."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.tone import Tone


@dataclass(frozen=True, slots=True)
class FaceView:
    """quality: what keeps the face from being judged, empty when nothing does. likeness: the number and that it decides
    nothing, or why there is none; worth: the same at length. motion: what the person is to do now, or how it ended;
    empty where nobody asked."""

    quality: str = ""
    likeness: str = ""
    worth: str = ""
    motion: str = ""
    motion_tone: Tone = Tone.NEUTRAL
