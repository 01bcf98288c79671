"""Something that notes in which thread it dies."""

from __future__ import annotations

import threading


class Mortal:
    """Notes in which thread it died."""

    def __init__(self, deaths: list[int]) -> None:
        self.deaths = deaths

    def __del__(self) -> None:
        self.deaths.append(threading.get_ident())
