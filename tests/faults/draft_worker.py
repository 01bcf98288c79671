"""A window at work that its test kills: opens the demo's real store, begins a visit, and goes on typing for ever."""

from __future__ import annotations

import sys
from pathlib import Path

from PyQt6.QtCore import QCoreApplication

from app.bootstrap_demo import open_demo
from app.demo.scenario import load_scenario
from app.presenters.application import application
from app.presenters.screen import Screen
from app.services.visit import Visit


def main(folder: Path) -> None:
    """Prints `saved NUMBER` once the text number NUMBER is promised to be on the disk."""
    with open_demo(folder, load_scenario("open-a-barber-shop"), out=folder) as station:
        app = application("zh", station.catalog)
        screen = Screen(station)
        screen.window.show()
        actions = station.services
        visit: Visit = actions.identify.apply(screen.desk.visit, _card(station), "test:")
        screen.desk.change(actions.choose.add(visit, "open-a-barber-shop"))
        number = 0

        def say() -> None:
            nonlocal number
            print(f"saved {number}", flush=True)
            number += 1
            form = screen.window.form
            screen.desk.change(actions.fill.type(screen.desk.visit, "business.name", f"𠮷祥㛃{number}"))
            # Half-typed, not yet entered: that is kept as well.
            editor = form.field_editor("applicant.phone")
            editor.setText(f"138{number}")  # type: ignore[attr-defined]
            editor.textEdited.emit(f"138{number}")  # type: ignore[attr-defined]

        screen.drafts.saved.connect(say)
        app.exec()
        QCoreApplication.quit()


def _card(station):  # type: ignore[no-untyped-def]
    from app.demo.world import DemoWorld

    return DemoWorld(station.store.profile.folder / "world", station.clock).person("zhang-wei").card


if __name__ == "__main__":
    main(Path(sys.argv[1]))
