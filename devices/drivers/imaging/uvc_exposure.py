"""The exposure of a UVC camera through Video4Linux2 (the kernel's "Camera Control Reference", V4L2_CID_EXPOSURE_…)."""

from __future__ import annotations

import cv2

MANUAL = 1.0
"""V4L2_EXPOSURE_MANUAL."""


class UvcExposure:
    """Sets one opened capture's exposure; remembers how it was."""

    def __init__(self) -> None:
        self._mode: float | None = None
        self._own = 0.0

    def __call__(self, capture: cv2.VideoCapture, stops: float) -> bool:
        """Expose by so many stops otherwise than the camera did; 0: as it did. False: it has no such controls."""
        if stops == 0:
            return self._restore(capture)
        if self._mode is None:
            mode, own = capture.get(cv2.CAP_PROP_AUTO_EXPOSURE), capture.get(cv2.CAP_PROP_EXPOSURE)
            # What a camera does not have, OpenCV gives as 0 or -1.
            if own <= 0 or mode < 0 or not capture.set(cv2.CAP_PROP_AUTO_EXPOSURE, MANUAL):
                return False
            self._mode, self._own = mode, own
        if capture.set(cv2.CAP_PROP_EXPOSURE, float(max(1, round(self._own * 2**stops)))):
            return True
        self._restore(capture)
        return False

    def _restore(self, capture: cv2.VideoCapture) -> bool:
        if self._mode is None:
            return True
        mode, self._mode = self._mode, None
        # Back in its own hands, the camera finds its exposure itself; a site that fixed it gets it back.
        return (mode != MANUAL or capture.set(cv2.CAP_PROP_EXPOSURE, self._own)) and capture.set(
            cv2.CAP_PROP_AUTO_EXPOSURE, mode
        )
