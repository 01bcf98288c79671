"""A paper stopped by a character without a glyph: offer to give it a shape, then to print."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QFileDialog

from app.documents.missing import MissingGlyph
from app.domain.errors import YichuangError
from app.presenters.desk import Desk, error_line
from app.services.shapes import Shape, Shapes
from widgets.dialogs.shape import ShapeDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_verify import ShapeView
from widgets.window import MainWindow


class ShapesPresenter(QObject):
    """Listens to what goes wrong anywhere. added: a character has a shape from now on."""

    added = pyqtSignal(str)

    def __init__(self, window: MainWindow, desk: Desk, shapes: Shapes) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._shapes = shapes
        self._folder = ""
        self._found: tuple[Shape, ...] = ()
        self.dialog: ShapeDialog | None = None
        desk.tasks.failed.connect(self._failed)

    def _failed(self, error: YichuangError) -> None:
        if isinstance(error, MissingGlyph) and error.can_be_drawn and self.dialog is None:
            self.offer(error.char, error.about)

    def offer(self, char: str, where: str) -> None:
        """Ask for the shape of a character. where: what text it stands in."""
        dialog = ShapeDialog(char, core_words(where), self._window)
        dialog.chosen.connect(lambda number: self._take(char, self._found[number].picture))
        dialog.file_asked.connect(lambda: self._ask_file(char))
        dialog.destroyed.connect(self._gone)
        self.dialog, self._found = dialog, ()
        dialog.open_once()

        def show(found: tuple[Shape, ...]) -> None:
            if self.dialog is dialog:
                self._found = found
                dialog.set_shapes([ShapeView(shape.picture, shape.source) for shape in found])

        self._desk.tasks.run(lambda: self._shapes.find(char), show)

    def take_file(self, char: str, path: Path) -> None:
        """Use the picture in a file."""
        self._folder = str(path.parent)
        self._run(char, lambda: self._shapes.take_file(char, path))

    def _ask_file(self, char: str) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self.dialog or self._window,
            self.tr("选择字形图片"),
            self._folder,
            self.tr("图片 (*.png *.jpg *.jpeg *.bmp)"),
        )
        if name:
            self.take_file(char, Path(name))

    def _take(self, char: str, picture: bytes) -> None:
        self._run(char, lambda: self._shapes.take(char, picture))

    def _run(self, char: str, work: Callable[[], None]) -> None:
        dialog = self.dialog

        def attempt() -> YichuangError | None:
            try:
                work()
            except YichuangError as error:
                return error  # told in the dialog, where another picture can be chosen
            return None

        def over(error: YichuangError | None) -> None:
            if error is not None:
                if dialog is not None and self.dialog is dialog:
                    dialog.say(error_line(error), Tone.ERROR)
                return
            if dialog is not None and self.dialog is dialog:
                dialog.accept()
            todo = self.tr("请再打印一次（受理按 F8），并核对纸面上的字。")
            self._desk.tell(Tone.SUCCESS, self.tr("“{0}”已补字形").format(char), "", todo)
            self.added.emit(char)

        self._desk.tasks.run(attempt, over, order="shape")

    def _gone(self) -> None:
        self.dialog = None
