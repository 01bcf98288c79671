"""The whole screen: which action is open now, and who answers it."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject

from app.presenters.accept import AcceptPresenter
from app.presenters.codes import CodePresenter
from app.presenters.desk import Desk
from app.presenters.form import FormPresenter
from app.presenters.items import ItemsPresenter
from app.presenters.materials import MaterialsPresenter
from app.presenters.status import StatusPresenter
from app.presenters.who import WhoPresenter
from widgets.dialogs.confirm import ask
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.window import MainWindow


class MainPresenter(QObject):
    """Routes the window's actions and marks where the clerk is."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        *,
        who: WhoPresenter,
        codes: CodePresenter,
        items: ItemsPresenter,
        form: FormPresenter,
        materials: MaterialsPresenter,
        accept: AcceptPresenter,
        status: StatusPresenter,
    ) -> None:
        super().__init__()
        self.window = window
        self.desk = desk
        self.who, self.codes, self.items, self.form = who, codes, items, form
        self.materials, self.accept, self.status = materials, accept, status
        self.other_looks: list[Callable[[], object]] = []
        """What else looks through a camera, or may: each ends it."""
        self.business_done: Callable[[], bool] = lambda: False
        """Is the visitor's business done although nothing was accepted? Then nobody is asked before they go."""
        self._possible: dict[str, Callable[[], bool]] = {}
        self._routes: dict[str, Callable[[], object]] = {
            "read_card": who.read_card,
            "choose_items": items.open,
            "scan_licence": self.scan,
            "next_field": self._next_field,
            "capture": self._capture,
            "check": accept.check,
            "accept": accept.accept,
            "outbox": status.outbox.open,
            "next_visitor": self._next_visitor,
        }
        window.action.connect(self._act)
        desk.changed.connect(self.enable)
        accept.state_changed.connect(self.enable)
        window.escaped.connect(self.stop_cameras)
        window.form.complete.connect(self._form_complete)
        window.view_changed.connect(self.enable)
        self.enable()

    def add(self, action: str, run: Callable[[], object], possible: Callable[[], bool] = lambda: True) -> None:
        """Let another part of the screen answer an action of widgets.actions. possible: asked after each change."""
        self._routes[action] = run
        self._possible[action] = possible
        self.enable()

    @property
    def open_now(self) -> bool:
        """May the visit still be changed? Not while it is being accepted, nor after."""
        return not self.accept.accepted and not self.desk.accepting

    def _act(self, action: str) -> None:
        route = self._routes.get(action)
        if route is not None:
            self.window.notice.dismiss()
            route()

    def scan(self) -> None:
        """Open the camera for codes, or close it."""
        self.materials.stop()
        self._end_other_looks()
        self.codes.toggle()

    def _capture(self) -> None:
        if self.codes.active:
            self.codes.stop()
        self._end_other_looks()
        self.materials.capture_next()

    def _end_other_looks(self) -> None:
        for end in self.other_looks:
            end()

    def _next_field(self) -> None:
        self.window.show_form()
        if not self.window.form.focus_next_missing():
            self.desk.tell(Tone.SUCCESS, self.tr("必填项已全部填好"), "", self.tr("按 F7 核对。"))

    def _form_complete(self) -> None:
        """Enter in the last field: on to the materials that lack, or to the check."""
        unsettled = self.accept.quick_check().unsettled
        if not unsettled:
            self.accept.check()
            return
        names = core_words("、".join(material.use.name for material in unsettled))
        title = self.tr("表单已填好，还有 {0} 份材料").format(len(unsettled))
        self.desk.tell(Tone.INFO, title, names, self.tr("F6 拍摄；清单上 T 容缺、P 承诺。"))
        self.window.materials.select_next_missing()
        self.window.materials.list.setFocus()

    def _next_visitor(self) -> None:
        if self.desk.accepting:
            return
        visit = self.desk.visit
        if visit.empty or self.accept.accepted or self.business_done():
            self._end_visit()
            return

        def end() -> None:
            # Asked about this visitor only, and a citizen's screen may have gone on meanwhile.
            if self.desk.still(visit.visit_id) and not self.accept.accepted and not self.desk.accepting:
                self._end_visit()

        # Not waited for: whoever pressed the key (a lesson's player too) goes on, and answers like anybody.
        ask(
            self.window,
            self.tr("这位来访者还没有受理"),
            self.tr("结束后，已读取和填写的内容会被清除；还要接着办的，请按 Ctrl+P 挂起。"),
            self.tr("结束本次"),
            self.tr("继续办理"),
            end,
            danger=True,
        )

    def _end_visit(self) -> None:
        self.stop_cameras()
        self.accept.close_visit()
        self.window.show_form()

    def stop_cameras(self) -> None:
        """Close whichever live picture is open."""
        self.codes.stop()
        self.materials.stop()
        self._end_other_looks()

    def enable(self) -> None:
        """Ask anew what can be done now."""
        visit = self.desk.visit
        open_ = self.open_now
        has_items = bool(visit.items)
        why = self._why()
        for action, possible in {
            "read_card": open_,
            "choose_items": open_,
            "scan_licence": open_,
            "next_field": open_ and has_items,
            "capture": open_ and has_items,
            "check": open_ and has_items,
            # Once accepted, the same key shows the notice for another print.
            "accept": has_items and not self.desk.accepting,
            "next_visitor": not visit.empty,
        }.items():
            self.window.set_action_enabled(action, possible, why)
        for action, asked in self._possible.items():
            self.window.set_action_enabled(action, asked(), why)
        self.window.form.set_locked(not open_)
        self.window.materials.setEnabled(open_)
        self.window.set_step(self._step())

    def _why(self) -> str:
        """What stands in the way of what cannot be done now."""
        if self.desk.accepting:
            return self.tr("正在受理")
        if self.accept.accepted:
            return self.tr("已受理，按 F12 接待下一位")
        return self.tr("先选事项 F3") if not self.desk.visit.empty else self.tr("还没有来访者")

    def _step(self) -> str:
        """What the clerk most likely does next."""
        visit = self.desk.visit
        if self.accept.accepted:
            return "next_visitor"
        if visit.card is None:
            return "read_card"
        if not visit.items:
            return "choose_items"
        check = self.accept.quick_check()
        if any(problem.missing for problem in check.problems):
            return "next_field"
        if check.unsettled:
            return "capture"
        return "check" if not self.accept.checked else "accept"
