"""What the event loop ends with."""

from __future__ import annotations

RESTART = 75
"""The program is to be opened anew."""
