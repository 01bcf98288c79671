"""The official forms of the items in hand, filled in a worker and shown beside the combined form."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QFileDialog

from app.domain.errors import EnvironmentProblem, YichuangError
from app.domain.material import Page
from app.domain.official import FilledForm
from app.presenters.desk import Desk
from app.presenters.main import MainPresenter
from app.presenters.official_printing import OfficialPrinting
from app.presenters.official_words import note_of
from app.presenters.print_desk import PrintDesk
from app.services.capture_material import CaptureMaterial
from app.services.official_forms import FillOfficial, Wanted
from widgets.i18n import pick
from widgets.official_panel import OfficialPanel
from widgets.views import Tone
from widgets.views_official import OfficialView
from widgets.window import MainWindow

DELAY_MILLISECONDS = 300
"""From the last change of the form to the filling: somebody who types is not followed letter by letter."""
_MATERIAL_DPI = 200.0
_ORDER = "official"
_TAKES_THE_ROOM = frozenset({"read_card", "choose_items", "scan_licence", "capture", "next_visitor", "customer"})
"""Actions that need the room of the visitor, the picture or the materials."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A filled form with its pictures."""

    wanted: Wanted
    titles: tuple[tuple[str, str], ...]
    form: FilledForm
    pages: tuple[QImage, ...]
    material: str | None


class OfficialPresenter(QObject):
    """Ctrl+T opens the panel, and closes it; Alt+T puts the keyboard on its page."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        service: FillOfficial,
        capture: CaptureMaterial,
        printing: PrintDesk,
        main: MainPresenter,
    ) -> None:
        super().__init__()
        self._window, self._desk, self._service = window, desk, service
        self._capture, self._main = capture, main
        self._printing = OfficialPrinting(window, desk, service, printing)
        self.panel = OfficialPanel(window)
        self.panel.hide()
        self._index = 0
        self._made: _Made | None = None
        self._asked: object = None
        self._busy = self._stale = False
        self._saved: dict[str, tuple[Page, ...]] = {}
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(DELAY_MILLISECONDS)
        self._wait.timeout.connect(self._fill)
        main.add("official_forms", self.toggle, self.possible)
        main.add("official_page", self.focus_page, self.possible)
        panel = self.panel
        panel.field_chosen.connect(self._go_to)
        panel.form_chosen.connect(self._choose)
        panel.save_requested.connect(self.save)
        panel.print_requested.connect(self.print)
        panel.preprinted_requested.connect(self.preprinted)
        panel.export_requested.connect(self._ask_export)
        panel.left.connect(self._back_to_form)
        panel.close_requested.connect(self.close)
        window.form.focused.connect(self._focused)
        window.form.opened.connect(self._veil)
        window.action.connect(self._acted)
        window.view_changed.connect(lambda: None if window.form_shown else self.close())
        desk.changed.connect(self._changed)
        desk.replaced.connect(self._forget)
        desk.tasks.failed.connect(self._failed)

    @property
    def shown(self) -> bool:
        return self.panel.isVisibleTo(self._window)

    def possible(self) -> bool:
        """Does an item in hand name an official form?"""
        return bool(self._wanted())

    def toggle(self) -> None:
        """Open the panel beside the form, or close it."""
        if self.shown:
            self.close()
            return
        if not self.possible():
            return
        self._window.show_form()
        self._window.show_beside(self.panel, True)
        key = self._window.form.current_field()
        self.panel.set_field(key or "")
        self._asked = None
        self._fill()

    def close(self) -> None:
        """Give the room back."""
        if not self.shown:
            return
        had = self.panel.area.hasFocus()
        self._wait.stop()
        self._window.show_beside(self.panel, False)
        if had:
            self._back_to_form()

    def focus_page(self) -> None:
        """Put the keyboard on the page; open it first where it is closed."""
        if not self.shown:
            self.toggle()
        self.panel.focus_page()

    # -- filling ----------------------------------------------------------------------------------------------

    def _wanted(self) -> tuple[Wanted, ...]:
        return self._service.wanted(self._desk.visit.items)

    def _changed(self) -> None:
        if not self.shown:
            return
        if not self.possible():
            self.close()
            return
        self._wait.start()

    def _fill(self) -> None:
        """Fill the form anew, unless nothing it stands on has changed. One at a time: what changed meanwhile is filled
        when that one is done."""
        if not self.shown:
            return
        if self._busy:
            self._stale = True
            return
        visit, every = self._desk.visit, self._wanted()
        if not every:
            return
        self._index = min(self._index, len(every) - 1)
        wanted, values = every[self._index], visit.form.values()
        asked = (visit.visit_id, every, self._index, values, self.panel.pages_width())
        if asked == self._asked:
            self._show()
            return
        self._asked, self._busy, self._stale = asked, True, False
        self.panel.set_busy(self.tr("正在填写…"))
        width, service = self.panel.pages_width(), self._service

        def make() -> _Made:
            form = service.make(wanted, values)
            titles = tuple(service.title(one) for one in every)
            return _Made(wanted, titles, form, _pictures(form.pdf, width), service.material_of(visit, wanted))

        def show(made: _Made) -> None:
            self._busy = False
            if self._desk.still(visit.visit_id):
                self._made = made
                self._show()
            if self._stale or not self._desk.still(visit.visit_id):
                self._stale = False
                self._wait.start()

        self._desk.tasks.run(make, show, order=_ORDER)

    def _show(self) -> None:
        made = self._made
        if made is None or not self.shown:
            return
        form = made.form
        elsewhere = self._window.form
        notes = tuple(note_of(finding, elsewhere.has_field) for finding in form.findings)
        by_hand = len(form.by_hand)
        state = self.tr("共 {0} 页").format(form.pages)
        if form.continuation:
            state = self.tr("共 {0} 页，含附页 {1} 页").format(form.pages, form.continuation)
        if by_hand:
            state += self.tr("；{0} 处要补填或手写").format(by_hand)
        why = "" if made.material else self.tr("所选事项的材料清单上没有这份申请书")
        if self._main.accept.accepted:
            why = self.tr("已受理，材料不能再改")
        self.panel.set_view(
            OfficialView(
                tuple(pick(*title) for title in made.titles),
                self._index,
                made.pages,
                form.boxes,
                notes,
                state,
                Tone.WARNING if by_hand else Tone.NEUTRAL,
                why,
                "" if self._printing.possible else self.tr("没有配置打印机"),
            )
        )
        self._veil()
        self.panel.set_field(self._window.form.current_field() or "")

    def _veil(self) -> None:
        if self.shown:
            self.panel.set_veils(self._window.form.veils())

    def _failed(self, _: YichuangError) -> None:
        """Some task failed: it may have been ours, and then nobody would fill any more."""
        if self._busy:
            self._busy = False
            self._asked = None
            self.panel.set_busy(self.tr("这份表样没有填成，原因见下方提示"))

    def _choose(self, index: int) -> None:
        self._index = index
        self._fill()

    def _acted(self, action: str) -> None:
        if action in _TAKES_THE_ROOM:
            self.close()

    def _forget(self) -> None:
        self.close()
        self.panel.clear()
        self._made = self._asked = None
        self._index = 0
        self._saved = {}

    def _focused(self, key: str) -> None:
        if self.shown:
            self.panel.set_field(key)

    def _go_to(self, key: str) -> None:
        if self._window.form.has_field(key):
            self._window.form.focus_field(key)
        else:
            self._desk.tell(Tone.INFO, self.tr("这一栏不在申请表里"), "", self.tr("由系统填写，或者打印后手写。"))

    def _back_to_form(self) -> None:
        key = self._window.form.current_field()
        if key is not None and self._window.form.has_field(key):
            self._window.form.focus_field(key)
        else:
            self._window.form.focus_next_missing()

    # -- what is done with it ---------------------------------------------------------------------------------

    def _now(self) -> tuple[Wanted, Mapping[str, str]] | None:
        """The form on show and the values as they stand, what was just typed included."""
        self._window.form.commit()
        made = self._made
        return (made.wanted, self._desk.visit.form.values()) if made is not None else None

    def save(self) -> None:
        """The filled form as a material of the checklist; done again, it replaces what was handed in before."""
        now, made = self._now(), self._made
        if now is None or made is None or made.material is None or not self._main.open_now:
            return
        (wanted, values), material, visit_id = now, made.material, self._desk.visit.visit_id
        service, capture = self._service, self._capture

        def make() -> tuple[Page, ...]:
            pictures = _pages(service.make(wanted, values).pdf, _MATERIAL_DPI)
            return tuple(capture.take_drawn(_array(picture)).page for picture in pictures)

        def keep(pages: tuple[Page, ...]) -> None:
            if not self._desk.still(visit_id) or not self._main.open_now:
                return
            try:
                before = self._saved.get(material, ())
                self._desk.change(service.hand_in(self._desk.visit, material, pages, before))
            except YichuangError as error:
                self._desk.show_error(error)
                return
            self._saved[material] = pages
            use = self._desk.visit.checklist.material(material).use
            self._desk.tell(
                Tone.SUCCESS,
                self.tr("已存为材料“{0}”").format(pick(use.name, use.name_en)),
                self.tr("共 {0} 页").format(len(pages)),
                self.tr("要本人签字的，打印签字后用 F6 拍下代替。"),
            )

        self._desk.tasks.run(make, keep, order=_ORDER)

    def print(self) -> None:
        """Print the filled form; each time asked is one more copy."""
        now = self._now()
        if now is not None:
            wanted, values = now
            self._printing.print(wanted, lambda: self._service.make(wanted, values).pdf)

    def preprinted(self) -> None:
        """Print the values alone onto pre-printed paper, with this printer's offset."""
        now = self._now()
        if now is not None and self._made is not None:
            self._printing.preprinted(*now, pick(*self._made.titles[self._index]))

    def _ask_export(self) -> None:
        made = self._made
        if made is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("另存 PDF"), f"{made.form.title}.pdf", self.tr("PDF 文件 (*.pdf)")
        )
        if name:
            self.export(Path(name))

    def export(self, path: Path) -> None:
        """The form as a PDF whose fields can still be filled in."""
        now = self._now()
        if now is None:
            return
        wanted, values = now
        title, todo = self.tr("表样没有存成"), self.tr("请换一个文件夹再存。")

        def write() -> None:
            data = self._service.make(wanted, values, flatten=False).pdf
            try:
                path.write_bytes(data)
            except OSError as error:
                raise EnvironmentProblem(title, error.strerror or "", todo) from error

        def told(_: None) -> None:
            self._desk.tell(Tone.SUCCESS, self.tr("已存为 {0}").format(path.name))

        self._desk.tasks.run(write, told, order=_ORDER)


def _pages(pdf: bytes, dpi: float) -> list[bytes]:
    from app.documents.preview import pages_as_png

    return pages_as_png(pdf, dpi)


def _pictures(pdf: bytes, width: int) -> tuple[QImage, ...]:
    """Pages as wide as they are shown, so that small print stays sharp."""
    dpi = min(max(width / 8.27, 72.0), 300.0)  # A4 is 8.27 inches wide
    return tuple(QImage.fromData(page) for page in _pages(pdf, dpi))


def _array(png: bytes) -> np.ndarray:
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        # OpenCV, which codes the page, has its colours the other way round.
        return np.ascontiguousarray(np.asarray(picture.convert("RGB"), np.uint8)[:, :, ::-1])
