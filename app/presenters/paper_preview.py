"""A paper on the screen before it is printed: its pages, its strip, and where it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QWidget

from app.domain.document import RenderedPaper
from app.domain.printing import PrintTarget
from app.presenters.print_desk import PrintDesk, Wish
from app.presenters.print_words import output_view
from app.services.print_choices import Output, sheet_size
from app.services.print_papers import Sheet
from devices.base import Picture
from widgets.dialogs.paper import PaperPreviewDialog
from widgets.i18n import core_words

DPI = 110.0
_HEAD_DPI = 96.0
_STRIP_DPI = 203.0
"""Of thermal heads."""
Print = Callable[[tuple[PrintTarget, ...]], object]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is looked at. widths: of each page in millimetres. size: of the sheets, "" when there are none."""

    pages: list[QImage]
    widths: list[float]
    size: str


class PaperPreview(QObject):
    """One dialog for one owner. Pages are drawn off the event loop."""

    def __init__(self, parent: QWidget, printing: PrintDesk) -> None:
        super().__init__()
        self._printing = printing
        self._kind = ""
        self._outputs: tuple[Output, ...] = ()
        self._print: Print | None = None
        self._paper: RenderedPaper | None = None
        self._asked_for = 0
        self.dialog = PaperPreviewDialog(parent)
        self.dialog.print_requested.connect(self._asked)
        self.dialog.outputs.shape_changed.connect(self._reshape)

    def show(
        self,
        draw: Callable[[], Shown],
        kind: str,
        title: str,
        below: str,
        print_: Print | None,
        paper: RenderedPaper | None = None,
    ) -> None:
        """Look at a paper. draw: makes its pictures, off the loop (`draw_pdf`, `draw_sheet`). print_: prints to the
        targets that were chosen; None where it cannot be printed. paper: it can be had on other sheets too; then it
        is shown on the one chosen last, and draw is not asked."""
        if paper is not None and print_ is not None:
            sheet = self._printing.choices.shape(kind)

            draw = partial(self.draw, paper, sheet)

        def shown(found: Shown) -> None:
            self._kind, self._print, self._paper = kind, print_, paper
            size = "A4" if paper is not None else found.size
            self._outputs = self._printing.choices.outputs(kind, size) if print_ is not None else ()
            self.dialog.set_title(title, below)
            self.dialog.set_pages(found.pages, found.widths)
            views = [output_view(output, self._printing.name, paper is not None) for output in self._outputs]
            self.dialog.set_outputs(views, self._printing.choices.preview(kind))
            self.dialog.set_can_print(print_ is not None)
            self.dialog.open()

        self._printing.desk.tasks.run(draw, shown)

    def look_first(self, wish: Wish) -> None:
        """A paper that is printed only when the clerk has looked at it."""
        paper = wish.paper
        number = paper.paper.number
        title = f"{core_words(str(paper.paper.kind))} {number}"
        below = self.tr("还没有打印，看过按 Enter 打印") if not paper.paper.reprint else self.tr("补打，纸上已标明")

        def go(targets: tuple[PrintTarget, ...]) -> None:
            self.dialog.accept()
            self._printing.queue(wish, targets)

        self.show(lambda: self.draw(paper), str(paper.paper.kind), title, below, go, paper)

    def draw(self, paper: RenderedPaper, size: str = "A4") -> Shown:
        """A paper's pages on this sheet, and its strip when there is a receipt printer. Not for the event loop."""
        dots = max(self._printing.widths.values(), default=0)
        papers = self._printing.papers
        return draw_pdf(papers.pdf_of(paper, size), papers.strip_of(paper, dots) if dots else None)

    def _reshape(self, size: str) -> None:
        paper = self._paper
        if paper is None:
            return
        self._asked_for += 1
        asked = self._asked_for

        def shown(found: Shown) -> None:
            if asked == self._asked_for and paper is self._paper:
                self.dialog.set_pages(found.pages, found.widths)

        self._printing.desk.tasks.run(lambda: self.draw(paper, size), shown)

    def _asked(self) -> None:
        if self._print is None:
            return
        views = {view.size: view for view in self.dialog.outputs.outputs()}
        chosen = tuple(
            replace(
                output,
                chosen=views[output.size].chosen,
                copies=views[output.size].copies,
                shape=views[output.size].shape,
            )
            for output in self._outputs
        )
        self._printing.remember(self._kind, chosen, self.dialog.outputs.look_first())
        self._print(tuple(one.target if self._paper else one.whole for one in chosen if one.chosen))


def draw_pdf(pdf: bytes, strip: Picture | None = None) -> Shown:
    """The pages of a PDF, and the strip that goes with it. BadInput: no PDF."""
    from app.documents.preview import pages_as_pictures  # the window starts without these

    pages = [_image(page) for page in pages_as_pictures(pdf, DPI)]
    widths = [page.width() / DPI * 25.4 for page in pages]
    if strip is not None:
        drawn = draw_sheet(Sheet(strip=strip))
        pages, widths = [*pages, *drawn.pages], [*widths, *drawn.widths]
    return Shown(pages, widths, sheet_size(pdf))


def draw_sheet(sheet: Sheet) -> Shown:
    """What a job sends: pages, or a strip."""
    if sheet.strip is None:
        return draw_pdf(sheet.pdf)
    page = _image(sheet.strip)
    return Shown([page], [page.width() / _STRIP_DPI * 25.4], "")


def head_of(sheet: Sheet) -> QImage:
    """The first page of what a job sends, small."""
    if sheet.strip is not None:
        return draw_sheet(sheet).pages[0]
    from app.documents.preview import pages_as_pictures

    return _image(pages_as_pictures(sheet.pdf, _HEAD_DPI)[0])


def _image(picture: Picture) -> QImage:
    high, wide = picture.shape[:2]
    return QImage(picture.tobytes(), wide, high, 3 * wide, QImage.Format.Format_BGR888).copy()
