"""Ctrl+Shift+I: light and focus of the camera on show, by hand or automatic, kept for each camera; which head looks."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace

from PyQt6.QtCore import QCoreApplication, QObject

from app.presenters.desk import Desk
from app.presenters.screen_devices import SLOT_NAMES
from app.workers.camera_source import CameraSource
from app.workers.exposure import AUTOMATIC, LEAST, MOST, Tuning
from devices.base import Capability
from offline_db.store import Store
from widgets.preview import PreviewPanel
from widgets.tuning import TuningPopup, TuningView

KEY = "live.tuning"
MOST_KNOWN = 24
"""Cameras that are remembered; the one set longest ago goes."""


class TuningPresenter(QObject):
    """Ties each preview to the camera it shows. Lives on the event loop."""

    def __init__(
        self,
        shown: Sequence[tuple[str, PreviewPanel, CameraSource]],
        desk: Desk,
        store: Store,
        use: Callable[[CameraSource, str], None],
    ) -> None:
        """shown: as of LivePresenter. use: changes a source to the camera of a slot."""
        super().__init__()
        self._shown = tuple(shown)
        self._desk = desk
        self._store = store
        self._use = use
        self._known: dict[str, Tuning] = {}
        """By the camera's address: another camera at the same place is another lens in another light."""
        self._source: CameraSource | None = None
        self.popup: TuningPopup | None = None
        for _, preview, source in self._shown:
            preview.tune_requested.connect(self.open)
            source.frame.connect(lambda *_, preview=preview, source=source: self._offer(preview, source))
            source.changed.connect(self._changed)
            source.ended.connect(self._ended)
        desk.tasks.run(lambda: store.setting(KEY), self._restore)

    def open(self) -> None:
        """Show what can be set; nothing happens without a live picture."""
        found = next(((preview, source) for _, preview, source in self._shown if source.streaming), None)
        if found is None:
            return
        preview, self._source = found
        if self.popup is None:
            self.popup = TuningPopup(preview.window())
            self.popup.exposure_set.connect(lambda stops: self._set(exposure=stops))
            self.popup.focus_set.connect(lambda distance: self._set(focus=distance))
            self.popup.head_chosen.connect(self._choose_head)
        self.popup.show_view(self._view(self._source))
        self.popup.open_above(preview)

    def _view(self, source: CameraSource) -> TuningView:
        able, tuning = source.capabilities, source.tuning
        heads = tuple((slot, _name(slot)) for slot in source.slots)
        return TuningView(
            _name(source.slot),
            tuning.exposure,
            tuning.focus,
            Capability.EXPOSURE in able,
            Capability.FOCUS in able,
            heads if len(heads) > 1 else (),
            source.slot,
        )

    def _offer(self, preview: PreviewPanel, source: CameraSource) -> None:
        able = source.capabilities
        preview.set_tunable(source.several or Capability.EXPOSURE in able or Capability.FOCUS in able)
        kept = self._known.get(source.uri, AUTOMATIC)
        if source.tuning != kept:  # another camera stands at this place now
            source.tune(kept)

    def _set(self, **changed: float | None) -> None:
        source = self._source
        if source is None or not source.streaming:
            return
        tuning = replace(source.tuning, **changed)
        source.tune(tuning)
        self._known.pop(source.uri, None)
        if tuning != AUTOMATIC:
            self._known[source.uri] = tuning
        while len(self._known) > MOST_KNOWN:
            self._known.pop(next(iter(self._known)))
        text = json.dumps({uri: asdict(one) for uri, one in self._known.items()})
        self._desk.tasks.run(lambda: self._store.set_setting(KEY, text), lambda _: None, order="settings")

    def _choose_head(self, slot: str) -> None:
        source = self._source
        if source is None or not source.streaming:
            return
        if slot != source.slot:
            self._use(source, slot)
        self._changed()

    def _changed(self) -> None:
        if self.popup is not None and self.popup.isVisible() and self._source is not None:
            self.popup.show_view(self._view(self._source))

    def _ended(self, _: object) -> None:
        if self.popup is not None:
            self.popup.hide()

    def _restore(self, kept: str | None) -> None:
        try:
            self._known = {str(uri): _read(one) for uri, one in dict(json.loads(kept or "{}")).items()}
        except (ValueError, TypeError, AttributeError):
            return  # what cannot be read is set anew
        for _, _, source in self._shown:
            source.tune_all(self._known)


def _name(slot: str) -> str:
    return QCoreApplication.translate("StatusPresenter", SLOT_NAMES[slot])


def _read(one: dict[str, float | None]) -> Tuning:
    exposure, focus = one.get("exposure"), one.get("focus")
    return Tuning(
        None if exposure is None else min(max(float(exposure), LEAST), MOST),
        None if focus is None else min(max(float(focus), 0.0), 1.0),
    )
