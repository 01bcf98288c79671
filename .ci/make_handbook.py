"""Takes the handbook's pictures by playing the scenarios that its chapters name. `make handbook`.

A picture shows the window as it stands at the end of a step, once nothing moves any more, or the part of it that the
chapter names by its object name. Each scenario is played in a process of its own, as the command line plays it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from PyQt6.QtCore import QPoint, QRect  # noqa: E402
from PyQt6.QtGui import QPixmap  # noqa: E402
from PyQt6.QtWidgets import QApplication, QWidget  # noqa: E402

from app.bootstrap_demo import open_demo  # noqa: E402
from app.demo.scenario import DEFAULT_LESSON, Scenario, Step, load_scenario  # noqa: E402
from app.handbook.blocks import PictureRef  # noqa: E402
from app.handbook.books import load_books  # noqa: E402
from app.presenters.demonstration import play_scenario  # noqa: E402
from app.presenters.player import Player  # noqa: E402
from widgets.watermark import Watermark  # noqa: E402

FOLDER = ROOT / "resources/handbook/pictures"
TRAINING = "training"
"""Not a scenario: the list of lessons and a lesson with its hints, which no player sees."""
_SETTLE_SECONDS = 2.0
_LOOK_SECONDS = 0.25
_PLAY_SECONDS = 150
_MARGIN = 8
_COLOURS = 128


class Photographer(Player):
    """A player that also takes the pictures that chapters ask for."""

    wanted: tuple[PictureRef, ...] = ()

    def _picture(self, step: Step) -> QPixmap:
        mark = self._screen.window.findChild(Watermark)
        if mark is not None:
            mark.hide()  # it names place and hour of the play, and lies over the words
        whole = settled(lambda: super(Photographer, self)._picture(step))
        for ref in self.wanted:
            if ref.step == step.id:
                keep(part(ref, whole, self._screen.window), ref)
        return whole


def settled(look) -> QPixmap:  # type: ignore[no-untyped-def]
    """The picture once two looks are alike; after two seconds as it is, for a camera's picture never stands still."""
    end = time.monotonic() + _SETTLE_SECONDS
    before = look()
    while time.monotonic() < end:
        until = time.monotonic() + _LOOK_SECONDS
        while time.monotonic() < until:
            QApplication.processEvents()
            time.sleep(0.01)
        now = look()
        if now.toImage() == before.toImage():
            break
        before = now
    return before


def part(ref: PictureRef, whole: QPixmap, window: QWidget) -> QPixmap:
    """The whole picture, or one widget of it with a little of what is around."""
    if not ref.widget:
        return whole
    dialog = QApplication.activeModalWidget()
    for top in (dialog, window):
        if top is None:
            continue
        found = top if top.objectName() == ref.widget else top.findChild(QWidget, ref.widget)
        if found is not None and found.isVisible():
            area = QRect(found.mapTo(top, QPoint(0, 0)), found.size())
            return top.grab(area.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN) & top.rect())
    raise SystemExit(f"{ref.file}: nothing named {ref.widget} is on show")


def keep(picture: QPixmap, ref: PictureRef) -> None:
    """As a small PNG: a screen has few colours, and no counter's Qt lacks the format."""
    file = FOLDER / ref.file
    picture.save(str(file), "PNG")
    with Image.open(file) as image:
        small = image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    small.save(file, "PNG", optimize=True)


def photograph(name: str, wanted: tuple[PictureRef, ...]) -> None:
    """Play one scenario in this process."""
    with TemporaryDirectory() as scratch:
        out = Path(scratch)
        if name == TRAINING:
            photograph_training(out, wanted)
            return
        scenario = load_scenario(name, out)
        Photographer.wanted = wanted
        with open_demo(out / "profile", scenario, fresh=True, out=out) as station:
            summary = play_scenario(station, scenario, out, Photographer)
            if not summary["ok"]:
                told = [f"{step['id']}: {step['reason']}" for step in summary["steps"] if not step["ok"]]
                raise SystemExit(f"{name}: {told or summary['goal']}")


def photograph_training(folder: Path, wanted: tuple[PictureRef, ...]) -> None:
    """The list of lessons (lessons), and the first lesson with its hint (coach)."""
    from app.presenters.application import application
    from app.presenters.player_summary import window_picture
    from app.presenters.station import Workstation
    from app.presenters.training import TrainingRoom

    app = application("zh")

    def opener(lesson: Scenario, fresh: bool) -> Workstation:
        return open_demo(folder, lesson, fresh=fresh)

    room = TrainingRoom(folder, opener)
    room.window.resize(1366, 768)
    room.window.show()
    room.start()

    def wait(until) -> None:  # type: ignore[no-untyped-def]
        end = time.monotonic() + 60
        while not until():
            app.processEvents()
            time.sleep(0.01)
            if time.monotonic() > end:
                raise SystemExit(f"{TRAINING}: nothing came")

    wait(lambda: room.window.page.list.model().rowCount() > 3)
    for ref in wanted:  # the list first: the lesson takes its place
        if ref.step == "lessons":
            keep(settled(room.window.grab), ref)
            continue
        room.begin(DEFAULT_LESSON, True)
        wait(lambda: room.screen is not None and room.screen.window.isVisible())
        window = room.screen.window
        window.resize(1366, 768)
        window.findChild(Watermark).hide()
        begun = time.monotonic()
        wait(lambda begun=begun: time.monotonic() > begun + 6)  # the devices get ready, and the first real hint stands
        keep(settled(lambda: window_picture(room.screen)), ref)
    room.close()


def again(name: str) -> None:
    """Play it in a process of its own, up to three times: on a busy machine a device may come too late for a step."""
    for left in (2, 1, 0):
        try:
            done = subprocess.run([sys.executable, __file__, "--scenario", name], cwd=ROOT, timeout=_PLAY_SECONDS)
            if done.returncode == 0:
                return
        except subprocess.TimeoutExpired:
            print(f"{name}: {_PLAY_SECONDS} s", file=sys.stderr)
        if not left:
            raise SystemExit(f"{name}: 没有演完")


def main(words: list[str]) -> int:
    wanted: dict[str, set[PictureRef]] = defaultdict(set)
    for book in load_books():
        for chapter in book.chapters:
            for picture in chapter.pictures:
                wanted[picture.ref.scenario].add(picture.ref)
    if words[:1] == ["--scenario"]:
        photograph(words[1], tuple(sorted(wanted[words[1]], key=lambda ref: (ref.step == "coach", ref.file))))
        return 0
    FOLDER.mkdir(exist_ok=True)
    files = {ref.file for refs in wanted.values() for ref in refs}
    for old in FOLDER.glob("*.png"):
        if old.name not in files:
            old.unlink()
    for name in [word for word in words if word in wanted] or sorted(wanted):
        print(f"{name} …", flush=True)
        again(name)
    size = sum(file.stat().st_size for file in FOLDER.glob("*.png"))
    print(f"{len(files)} 张图，共 {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
