"""Theme and scale: chosen by key, remembered in the profile, the system's until something was chosen."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtCore import QObject, QSize
from PyQt6.QtWidgets import QApplication

from app.presenters.desk import Desk
from offline_db.store import Store
from widgets.look import SCALES, Look, look
from widgets.theme import set_look, system_theme
from widgets.tokens import PALETTES
from widgets.views import Tone
from widgets.window import LEAST, MainWindow

THEME_SETTING, SCALE_SETTING = "look.theme", "look.scale"


def remembered_look(store: Store, app: QApplication) -> Look:
    """What was chosen last in this profile; where nothing was, the system's theme at 100 %.

    A value that this version does not know counts as not chosen, and so does a scale too large for the screen.
    """
    theme = store.setting(THEME_SETTING) or ""
    scale = store.setting(SCALE_SETTING) or ""
    screen = app.primaryScreen()
    scales = {str(s): s for s in scales_for(screen.availableSize())} if screen is not None else {}
    return Look(theme if theme in PALETTES else system_theme(app), scales.get(scale, 1.0))


def scales_for(screen: QSize) -> tuple[float, ...]:
    """The scales at which a window of the screen's size still shows everything; 100 % is always one."""
    return tuple(
        s for s in SCALES if s == 1.0 or (screen.width() >= LEAST.width() * s and screen.height() >= LEAST.height() * s)
    )


class LookPresenter(QObject):
    """Answers the actions theme, larger, smaller and normal_size."""

    def __init__(self, window: MainWindow, desk: Desk, store: Store) -> None:
        super().__init__()
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - there is a window
        self._app = app
        self._window = window
        self._desk = desk
        self._store = store
        self._chosen = store.setting(THEME_SETTING) in PALETTES
        hints = app.styleHints()
        if hints is not None:
            hints.colorSchemeChanged.connect(self._system_changed)

    def next_theme(self) -> None:
        """Light, dark, high contrast, and round again."""
        themes = list(PALETTES)
        self._chosen = True
        self._take(replace(look(), theme=themes[(themes.index(look().theme) + 1) % len(themes)]))

    def larger(self) -> None:
        """One step larger, as far as the screen has room."""
        possible = scales_for(self._screen())
        above = [s for s in possible if s > look().scale]
        if above:
            self._take(replace(look(), scale=above[0]))
            return
        what = self.tr("已是 {0}%，屏幕放不下更大的。").format(round(look().scale * 100))
        self._desk.tell(Tone.INFO, self.tr("不能再放大"), what)

    def smaller(self) -> None:
        """One step smaller; 100 % is the least."""
        below = [s for s in SCALES if s < look().scale]
        if below:
            self._take(replace(look(), scale=below[-1]))

    def normal_size(self) -> None:
        """Back to 100 %."""
        self._take(replace(look(), scale=1.0))

    def _screen(self) -> QSize:
        screen = self._window.screen()
        return screen.availableSize() if screen is not None else self._window.size()

    def _system_changed(self) -> None:
        if not self._chosen:
            set_look(self._app, replace(look(), theme=system_theme(self._app)))

    def _take(self, new: Look) -> None:
        if new == look():
            return
        set_look(self._app, new)
        chosen = {SCALE_SETTING: str(new.scale)} | ({THEME_SETTING: new.theme} if self._chosen else {})

        def keep() -> None:
            for name, value in chosen.items():
                self._store.set_setting(name, value)

        self._desk.tasks.run(keep, lambda _: None, order="settings")
