"""The lessons that a learner can choose from: those shipped, and the trainer's own in the profile."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.demo.scenario import Scenario, read_scenario, shipped_folder
from app.domain.errors import BadInput

OWN_FOLDER = "lessons"
"""Inside the demo profile; kept when the profile starts afresh."""


@dataclass(frozen=True, slots=True)
class BadLesson:
    """A file of the trainer's that cannot be used. what, todo: for the trainer."""

    file: str
    what: str
    todo: str


@dataclass(frozen=True, slots=True)
class Lessons:
    """own: names of the trainer's. bad: files that were left out."""

    all: tuple[Scenario, ...]
    own: frozenset[str] = frozenset()
    bad: tuple[BadLesson, ...] = ()

    def named(self, name: str) -> Scenario:
        """KeyError when there is none."""
        for lesson in self.all:
            if lesson.name == name:
                return lesson
        raise KeyError(name)


def load_lessons(own: Path) -> Lessons:
    """Shipped lessons, those without a fault first, then the trainer's, who can put one in a shipped one's place.

    A file that cannot be read never hides the others.
    """
    found: dict[str, Scenario] = {}
    names: set[str] = set()
    bad: list[BadLesson] = []
    for folder in (shipped_folder(), own):
        for path in sorted(folder.glob("*.yaml")):
            try:
                lesson = read_scenario(path)
            except BadInput as error:
                bad.append(BadLesson(path.name, error.what, error.todo))
                continue
            found[lesson.name] = lesson
            if folder is own:
                names.add(lesson.name)
    order = sorted(found.values(), key=lambda lesson: (lesson.name in names, lesson.drill, lesson.name))
    return Lessons(tuple(order), frozenset(names), tuple(bad))
