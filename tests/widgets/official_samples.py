"""The official form beside the combined one, for the gallery and the widgets' tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import form_samples as fs
from official_kit import HAIR, MAIN, NAME, filling, shipped_forms
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QWidget

from app.documents.official.fill import OfficialFiller
from app.documents.preview import pages_as_png
from app.domain.official import FilledForm, Shift
from app.presenters.official_words import note_of
from widgets.dialogs.preprinted import PreprintedDialog
from widgets.official_panel import OfficialPanel
from widgets.views import Tone
from widgets.views_official import OfficialView
from widgets.window import MainWindow

Fill = Callable[[MainWindow], None]


@cache
def filler() -> OfficialFiller:
    return OfficialFiller()


def form_of(name: str, item: str, **more: str) -> FilledForm:
    """A form filled with what the gallery's combined form shows; more: on top, "__" for the dot."""
    values = {key: state.value for key, state in fs.filled_states().items() if state.value}
    values |= {key.replace("__", "."): value for key, value in more.items()}
    return filler().fill(shipped_forms().form(name), filling(values, item), flatten=True)


def view_of(
    form: FilledForm, titles: tuple[str, ...], index: int = 0, dpi: float = 150, save_why: str = ""
) -> OfficialView:
    hand = len(form.by_hand)
    return OfficialView(
        titles,
        index,
        tuple(QImage.fromData(page) for page in pages_as_png(form.pdf, dpi)),
        form.boxes,
        tuple(note_of(finding, lambda key: True) for finding in form.findings),
        f"共 {form.pages} 页" + (f"；{hand} 处要补填或手写" if hand else ""),
        Tone.WARNING if hand else Tone.NEUTRAL,
        save_why,
    )


def _shown(window: MainWindow, view: OfficialView, key: str) -> OfficialPanel:
    panel = OfficialPanel(window)
    window.show_beside(panel, True)
    panel.set_view(view)
    window.form.focus_field(key)
    panel.set_field(key)
    panel.set_veils(window.form.veils())
    return panel


def states(filling_in: Fill) -> Mapping[str, Fill]:
    """filling_in: the window with a form half filled."""

    def beside(window: MainWindow) -> None:
        filling_in(window)
        form = form_of("individual-registration", f"{MAIN}01", applicant__name=NAME)
        _shown(window, view_of(form, ("个体工商户登记（备案）申请书",)), "business.name")

    def troubled(window: MainWindow) -> None:
        """Several forms, one of them with what does not fit and what goes to a continuation sheet."""
        filling_in(window)
        long = {
            "premises__address": "浙江省湖州市吴兴区爱山街道红旗路158号" * 14,
            "business__name": "𠮷祥㛃理发店" * 14,
        }
        form = form_of("hygiene-permit", HAIR, **long)
        titles = ("个体工商户登记（备案）申请书", "公共场所卫生许可申请书")
        view = view_of(form, titles, 1, save_why="所选事项的材料清单上没有这份申请书")
        panel = _shown(window, view, "premises.address")
        panel.focus_page()

    return {"o-official": beside, "o-official-troubled": troubled}


def dialogs() -> Mapping[str, QWidget]:
    return {"d-preprinted": PreprintedDialog("公共场所卫生许可申请书", Shift(3, -12))}
