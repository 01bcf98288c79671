"""Spoiling a catalogue at one place."""

from __future__ import annotations

from pathlib import Path


def spoil(folder: Path, name: str, old: str, new: str) -> int:
    """Replace a text that occurs in the file; the line on which the new text begins."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} not in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
