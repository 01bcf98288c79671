"""Shapes for characters that no font of the papers has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.documents.render import PaperRenderer
from app.domain.case import AuditEvent
from app.domain.clock import Clock
from app.domain.errors import BadInput
from app.services.duty import Duty
from offline_db.store import Store

_MOST = 20_000_000


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape that may stand for a character. picture: PNG, dark on light; source: the font's name."""

    picture: bytes
    source: str


class Shapes:
    """Blocks on fonts, files and store."""

    def __init__(self, renderer: PaperRenderer, store: Store, clock: Clock, duty: Duty) -> None:
        self._renderer = renderer
        self._store = store
        self._clock = clock
        self._duty = duty

    def find(self, char: str) -> tuple[Shape, ...]:
        """What other fonts of this machine draw for it, at most three; takes seconds."""
        from app.documents.other_fonts import candidates  # the window starts without the libraries behind it

        return tuple(Shape(found.picture, found.font) for found in candidates(char))

    def take(self, char: str, picture: bytes) -> None:
        """Draw the character so from now on. BadInput: no shape to be seen; EnvironmentProblem: the disk."""
        self._renderer.add_picture(char, picture)
        # A character says nothing about a person; who drew it is worth knowing.
        detail = {"char": f"U+{ord(char):04X}"}
        self._store.append_audit(AuditEvent(self._clock.now(), self._duty.clerk, "paper.shape_added", "", detail))

    def take_file(self, char: str, path: Path) -> None:
        """The same from a picture in a file. BadInput also: it cannot be read."""
        try:
            with path.open("rb") as file:
                data = file.read(_MOST + 1)
        except OSError as error:
            raise BadInput("文件打不开", f"{path.name}：{error.strerror}", "请检查文件后重新选择。") from error
        self.take(char, data)
