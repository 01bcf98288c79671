"""Frames of the portrait camera, judged for a photograph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.base import Picture

if TYPE_CHECKING:
    from app.identity.face.find import FaceFinder
    from app.identity.photo.shot import Shot


class PhotoCamera:
    """Looks at one frame after the other, on one thread; the net is loaded there at the first frame."""

    def __init__(self) -> None:
        self._finder: FaceFinder | None = None

    def look(self, picture: Picture) -> Shot:
        """What a frame (BGR) would be worth as a photograph."""
        from app.identity.photo.shot import look

        if self._finder is None:
            from app.identity.face.find import FaceFinder

            self._finder = FaceFinder()
        return look(picture, self._finder)
