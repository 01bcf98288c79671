"""Hands on the real widgets: keys, clicks by widget name, typed text and input-method commits."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QCoreApplication, QEventLoop, QModelIndex, QPoint, Qt
from PyQt6.QtGui import QInputMethodEvent, QKeySequence
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QWidget,
)

from app.demo.scenario import Action
from app.demo.tables import table_file
from app.domain.clock import shanghai
from app.presenters.player_conditions import Conditions
from app.presenters.screen import Screen
from widgets.customer.pad import SignaturePad
from widgets.customer.screen import CustomerScreen
from widgets.self_service.screen import SelfServiceScreen

POLL_MILLISECONDS = 15


class ScenarioFailed(Exception):
    """A step's condition did not come true in its time, or an action found nothing to act on."""


class Hands:
    """Does what a lesson's actions say, as a clerk would.

    pace: seconds before each key, click and word, so that a learner can follow; 0 for none. pointing: told the widget
    that is acted on next. aside: within it a look at the screen is not counted as the program's own work.
    """

    def __init__(
        self,
        screen: Screen,
        conditions: Conditions,
        pace: float = 0.0,
        pointing: Callable[[QWidget], None] = lambda _: None,
        aside: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._screen = screen
        self._conditions = conditions
        self._pace = pace
        self._pointing = pointing
        self._aside = aside
        self.effort: Counter[str] = Counter()
        """What a clerk's hands have done: keys (those that are no text), characters typed, clicks."""
        self.stopped = False
        """Set it from the event loop to end what is being done: ScenarioFailed is raised inside."""

    def act(self, action: Action, deadline: float) -> None:
        """Do one action. deadline: by time.monotonic. ScenarioFailed when it cannot be done by then."""
        match action.verb:
            case "key":
                self.press(str(action.argument))
            case "type":
                self.type(self.dated(str(action.argument)))
            case "wait":
                self.wait(str(action.argument), deadline)
            case "click":
                self.click(action.argument, deadline)
            case "choose":
                self._choose(action.argument, deadline)
            case "fill":
                self._fill({str(k): v for k, v in action.argument.items()}, deadline)
            case "open":
                self._open(str(action.argument), deadline)
            case "save":
                self._file(self._saved(str(action.argument)), deadline)
            case "sign":
                self._sign(deadline)
            case "rate":
                self._rate(int(action.argument), deadline)

    def press(self, name: str) -> None:
        """A key by its name, with modifiers: F2, Ctrl+B."""
        target = self._target()
        self._linger(target)
        combination = QKeySequence(name)[0]
        self.effort["keys"] += 1
        # PyQt6's stubs take these static functions for methods.
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())  # type: ignore[call-overload]

    def type(self, text: str) -> None:
        """ASCII by keys; everything else as an input method commits it."""
        target = self._target()
        self._linger(target)
        self.effort["characters"] += len(text)
        if text.isascii():
            QTest.keyClicks(target, text)  # type: ignore[call-arg,arg-type]
            return
        composing = QInputMethodEvent(text[:1], [])
        QCoreApplication.sendEvent(target, composing)
        committed = QInputMethodEvent()
        committed.setCommitString(text)
        QCoreApplication.sendEvent(target, committed)

    def click(self, argument: str | dict[str, Any], deadline: float) -> None:
        """A widget by its name; an entry of a list by its words. It is scrolled into view, as the wheel would."""
        wanted = {"widget": argument} if isinstance(argument, str) else argument
        name, nth, item = str(wanted["widget"]), int(wanted.get("nth", 1)), wanted.get("item")
        self.until(lambda: clickable(self.find(name, nth)), f"没有可以点的 {name}", deadline)
        widget = self.find(name, nth)
        if widget is None:
            raise ScenarioFailed(f"没有可以点的 {name}")
        into_view(widget)
        self._linger(widget)
        at = QPoint()
        if item is not None:
            if not isinstance(widget, QAbstractItemView):
                raise ScenarioFailed(f"{name} 不是列表")
            view: QAbstractItemView = widget
            self.until(lambda: index_of(view, str(item)) is not None, f"{name} 里没有“{item}”", deadline)
            index = index_of(view, str(item)) or QModelIndex()
            view.scrollTo(index)
            at = view.visualRect(index).center()
            widget = view.viewport() or view
        self.effort["clicks"] += 1
        # Without a place the click goes to the middle.
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)  # type: ignore[call-overload]

    def find(self, name: str, nth: int = 1) -> QWidget | None:
        """The nth visible widget of a name, in the open dialog if there is one, else in the window."""
        top = QApplication.activeModalWidget() or self._screen.window
        if top.objectName() == name:
            return top
        found = [widget for widget in top.findChildren(QWidget, name) if widget.isVisible()]
        return found[nth - 1] if len(found) >= nth else None

    def wait(self, condition: str, deadline: float) -> None:
        """Until a condition of app.demo.conditions is true."""

        def holds() -> bool:
            try:
                return self._conditions.holds(condition)
            except ValueError as exc:
                raise ScenarioFailed(str(exc)) from exc

        self.until(holds, f"没有等到：{condition}", deadline)

    def until(self, check: Callable[[], bool], message: str, deadline: float) -> None:
        """Let the event loop run until check is true; ScenarioFailed(message) after the deadline."""
        while not self._asked(check):
            if time.monotonic() > deadline:
                raise ScenarioFailed(message)
            self.settle(POLL_MILLISECONDS)

    def _asked(self, check: Callable[[], bool]) -> bool:
        with self._aside():
            return check()

    def settle(self, milliseconds: int = 50) -> None:
        """Let the event loop run for at least this long."""
        end = time.perf_counter() + milliseconds / 1000
        while True:
            if self.stopped:
                raise ScenarioFailed("已停止")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            left = end - time.perf_counter()
            if left <= 0:
                return
            time.sleep(min(0.005, left))

    def dated(self, text: str) -> str:
        """today+30 as the digits a clerk would type."""
        ahead = re.fullmatch(r"today([+-]\d+)", text)
        if ahead is None:
            return text
        today = shanghai(self._screen.station.clock.now()).date()
        return f"{today + dt.timedelta(days=int(ahead[1])):%Y%m%d}"

    def _target(self) -> QWidget:
        """Where a key goes now: an open dialog, else the focus, else the window."""
        active = QApplication.activeWindow()
        dialog = QApplication.activeModalWidget()
        if active is None or not active.isVisible() or (dialog is not None and active is not dialog):
            # A window manager hands the focus to what opens, and back when it closes; the offscreen platform has none,
            # and a dialog that is not active hears no shortcut of its own (Alt+5).
            (dialog or self._screen.window).activateWindow()
            self.settle()
        dialog = QApplication.activeModalWidget()
        return (dialog and (dialog.focusWidget() or dialog)) or QApplication.focusWidget() or self._screen.window

    def _linger(self, widget: QWidget) -> None:
        if self._pace:
            self._pointing(widget)
            self.settle(round(self._pace * 1000))

    def _choose(self, wanted: str | dict[str, Any], deadline: float) -> None:
        """The first hit of some words; answers: to its guide, the digits; more: another follows, so stay there."""
        wish = {"words": wanted} if isinstance(wanted, str) else wanted
        picker, guide, before = self._screen.window.picker, self._screen.window.guide, self._screen.desk.visit.codes
        self.type(str(wish["words"]))
        self.until(lambda: picker.current() is not None, f"“{wish['words']}”没有搜到事项", deadline)
        self.press("Return")
        for answer in wish.get("answers", []):
            self.until(guide.isVisible, "没有要问的情形", deadline)
            self.press(str(answer))
            self.settle()
        self.until(lambda: self._screen.desk.visit.codes != before, "事项没有加入", deadline)
        if not wish.get("more"):
            self.press("Return")

    def _fill(self, texts: dict[str, Any], deadline: float) -> None:
        """F5 leads to the first empty field, Enter from each to the next; never the mouse."""
        if self._screen.self_service.on:
            self._answer(texts, deadline)
            return
        form = self._screen.window.form
        # Half of it may have been done by a learner's own hands.
        left = {key: text for key, text in texts.items() if not self._conditions.is_field(key)}
        if left:
            self.press("F5")
        while left:
            # Enter leads on to the next empty field; F5 is for getting back to the form, and round to its beginning.
            for _ in self._screen.desk.visit.form.asked():
                if form.current_field() in left:
                    break
                self.press("F5")
            key = form.current_field()
            if key is None or key not in left:
                raise ScenarioFailed(f"F5 到了没有要填的字段 {key}；还剩 {'、'.join(left)}")
            value = left.pop(key)
            if isinstance(value, list):
                self._fill_table(key, value)
            else:
                self.type(self.dated(str(value)))
                self.press("Return")
            self.until(partial(self._conditions.is_field, key), f"{key} 没有填上", deadline)

    def _answer(self, texts: dict[str, Any], deadline: float) -> None:
        """An applicant's own hands: Enter from question to question, and from the last to the next page."""
        turned = self._screen.self_service.presenter
        if turned is None:
            raise ScenarioFailed("自助屏没有打开")
        left = dict(texts)
        while left:
            fields = turned.screen.questions.fields
            field = next((f for f in fields if f.isAncestorOf(QApplication.focusWidget())), None)
            if field is None or field.key not in left:
                raise ScenarioFailed(f"自助屏没有问到 {'、'.join(left)}")
            key = field.key
            self.type(self.dated(str(left.pop(key))))
            self.press("Return")
            self.until(partial(self._conditions.is_field, key), f"{key} 没有填上", deadline)

    def _open(self, name: str, deadline: float) -> None:
        """A table of the world, or a file that was saved before."""
        saved = self._saved(name)
        world = self._screen.station.store.profile.folder / "world"
        self._file(saved if saved.exists() else table_file(name, world / "tables"), deadline)

    def _saved(self, name: str) -> Path:
        folder = self._screen.station.store.profile.folder / "saved"
        folder.mkdir(exist_ok=True)
        return folder / name

    def _file(self, path: Path, deadline: float) -> None:
        """Type the file's path into the dialog that asks for a file."""
        self.until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog), "没有请选文件", deadline)
        dialog = QApplication.activeModalWidget()
        line = dialog.findChild(QLineEdit, "fileNameEdit") if dialog is not None else None
        if line is None:
            raise ScenarioFailed("选文件的窗口里没有文件名一栏")
        line.setFocus()
        line.clear()
        self.type(str(path))
        self.press("Return")

    def _citizen(self) -> CustomerScreen | SelfServiceScreen:
        if self._screen.self_service.presenter is not None and self._screen.self_service.on:
            return self._screen.self_service.presenter.screen
        if self._screen.customer is None:
            raise ScenarioFailed("这个演练没有群众屏")
        return self._screen.customer.screen

    def _touch(self, name: str, deadline: float) -> None:
        """A finger on one of the citizen's buttons."""
        screen = self._citizen()

        def ready() -> bool:
            found = screen.findChild(QPushButton, name)
            return found is not None and found.isVisible() and found.isEnabled()

        self.until(ready, f"群众屏上没有 {name}", deadline)
        QTest.mouseClick(screen.findChild(QPushButton, name), Qt.MouseButton.LeftButton)  # type: ignore[call-overload]

    def _sign(self, deadline: float) -> None:
        turned = self._citizen()
        if isinstance(turned, SelfServiceScreen) and turned.page == "proof":
            self._write(turned.proof.panel.pad)
            self._touch("paper_sign", deadline)
            return
        confirm = self._citizen().confirm
        self.until(lambda: self._citizen().page == "confirm", "群众屏没有请申请人核对", deadline)
        while confirm.where[0] < confirm.where[1]:
            self._touch("citizen_next", deadline)
        self._write(confirm.pad)
        self._touch("citizen_sign", deadline)

    def _write(self, pad: SignaturePad) -> None:
        for line in range(3):
            at = QPoint(90 + 120 * line, 40)
            QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=at)  # type: ignore[call-overload]
            for n in range(1, 16):
                at = QPoint(90 + 120 * line + 6 * n, 40 + 6 * n + (n % 4) * 9)
                QTest.mouseMove(pad, at)  # type: ignore[call-overload]
            QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=at)  # type: ignore[call-overload]

    def _rate(self, grade: int, deadline: float) -> None:
        self._touch(f"grade_{grade}", deadline)
        self._touch("rating_send", deadline)

    def _fill_table(self, key: str, rows: list[dict[str, Any]]) -> None:
        """Rows, column -> text, cell by cell; Enter leads from each to the next and out of the empty last row."""
        form = self._screen.window.form
        columns = next(f for f in self._screen.desk.visit.form.definition.fields if f.key == key).columns
        for row in rows:
            if unknown := row.keys() - {column.id for column in columns}:
                raise ScenarioFailed(f"{key} 没有这些列：{'、'.join(sorted(unknown))}")
            for column in columns:
                text = self.dated(str(row.get(column.id, "")))
                # The first character opens the cell's own line, which has the cursor from then on.
                for part in text if text.isascii() else (text,):
                    self.type(part)
                self.press("Return")
                self.settle(1)
        if form.current_field() == key:
            self.press("Return")


def clickable(widget: QWidget | None) -> bool:
    """Would a click on it do something now?"""
    return widget is not None and widget.isVisible() and widget.isEnabled()


def into_view(widget: QWidget) -> None:
    """Scroll each area around the widget until it shows."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget, 0, 24)
        parent = parent.parentWidget()


def index_of(view: QAbstractItemView, words: str) -> QModelIndex | None:
    """The entry with these words, else the first that begins with them."""
    model = view.model()
    if model is None:
        return None
    root = view.rootIndex()
    columns = model.columnCount(root) if isinstance(view, QTableView) else 1  # a list's model has no such question
    entries = [model.index(row, column, root) for row in range(model.rowCount(root)) for column in range(columns)]
    texts = [(index, str(index.data() or "")) for index in entries]
    exact = [index for index, text in texts if text == words]
    begun = exact or [index for index, text in texts if text.startswith(words)]
    return begun[0] if begun else None
