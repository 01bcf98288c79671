"""Data files of the workstation: catalogue, fonts, icons, style sheets, scenarios, translations."""

from __future__ import annotations

from pathlib import Path


def path(name: str) -> Path:
    """The place of a data file, e.g. path("catalog/elements.yaml"); from the tree, a wheel or a frozen program."""
    return Path(__file__).resolve().parent / name
