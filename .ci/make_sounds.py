"""Draws the three sounds of resources/sounds anew: `python .ci/make_sounds.py [FOLDER]`.

Heard over a hall: short (under 0.2 s), between 600 and 1,800 Hz, soft at both ends, and told apart by their course and
not by their pitch: up is done, one tone asks for a look, down is wrong.
"""

import math
import struct
import sys
import wave
from pathlib import Path

RATE = 22_050
SOUNDS = {
    "ok": ((988, 0.06), (1480, 0.11)),
    "look": ((880, 0.07), (0, 0.03), (880, 0.07)),
    "wrong": ((740, 0.08), (494, 0.16)),
}
"""Each a series of (Hz, seconds); 0 Hz is silence."""
LOUDNESS = 0.5
EDGE = 0.006
"""Seconds in which a tone comes and goes; a hard edge clicks."""


def samples(tones):
    for pitch, seconds in tones:
        count = round(seconds * RATE)
        for n in range(count):
            edge = min(1.0, n / (EDGE * RATE), (count - n) / (EDGE * RATE))
            # A touch of the octave carries over the noise of a hall where a pure tone would drown.
            tone = 0.8 * math.sin(2 * math.pi * pitch * n / RATE) + 0.2 * math.sin(4 * math.pi * pitch * n / RATE)
            yield round(32767 * LOUDNESS * edge * tone) if pitch else 0


def draw(folder):
    for name, tones in SOUNDS.items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples(tones)))


if __name__ == "__main__":
    draw(Path(sys.argv[1] if len(sys.argv) > 1 else "resources/sounds"))
