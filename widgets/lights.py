"""The lights of the devices: one a device while they are few, else one a category with fixed places.

A category says its name while all is well. What is wrong is said in words in its place: the device and its state, at
most three at a time, the worst first; more keep their sign and a count, so that the line fits a small window.
"""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QWidget

from widgets.bits import row
from widgets.lamp import LampButton
from widgets.views import LightView, Tone

MOST_SINGLE = 7
"""So many devices have a light each; a fuller counter has one a category."""
MOST_SPEAKING = 3
_RANK = {"warning": 0, "off": 1, "unknown": 2, "busy": 3, "ok": 4}
_TROUBLE = ("warning", "off")


class Lights(QWidget):
    """Signals: clicked(device id): of a category's light the id of its worst device."""

    clicked = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lights")
        self.setAccessibleName(self.tr("设备灯"))
        self._said: dict[str, LightView] = {}
        self._lamps: dict[str, LampButton] = {}
        self._groups: dict[str, LampButton] = {}
        self._folded = False
        self._line = row(gap=2)
        self.setLayout(self._line)

    @property
    def grouped(self) -> bool:
        """Is there one light a category?"""
        return len(self._said) > MOST_SINGLE

    def set_light(self, light: LightView) -> None:
        """Add or change one device's light."""
        grouped = self.grouped
        self._said[light.id] = light
        if light.id not in self._lamps:
            lamp = self._lamps[light.id] = LampButton(f"light_{light.id}")
            lamp.clicked.connect(lambda _=False, name=light.id: self.clicked.emit(name))
            self._line.addWidget(lamp)
            lamp.setVisible(not self.grouped)
        self._say(light)
        self._regroup(grouped)

    def drop_light(self, name: str) -> None:
        """A device's place is empty now."""
        grouped = self.grouped
        if self._said.pop(name, None) is not None:
            lamp = self._lamps.pop(name)
            lamp.hide()
            lamp.deleteLater()
            self._regroup(grouped)

    def set_folded(self, on: bool) -> None:
        """In a narrow window the lights of ready devices show their names only."""
        if on != self._folded:
            self._folded = on
            for light in tuple(self._said.values()):
                self._say(light)

    def words(self, name: str) -> str:
        """What a device's light says, whether it has a lamp of its own or not. KeyError for an unknown one."""
        return self._lamps[name].words()

    def group_words(self, group: str) -> str:
        """What a category's light says. KeyError when there is none."""
        return self._groups[group].words()

    def _say(self, light: LightView) -> None:
        words = light.words or self._state(light)
        tone = Tone.WARNING if light.state == "warning" else Tone.NEUTRAL
        whole = self.tr("{0} {1}").format(light.name, words)
        lamp = self._lamps[light.id]
        # Its sign alone says that a device is ready; what is not ready keeps its words.
        lamp.say(light.state, light.name if self._folded and light.state == "ok" else whole, tone)
        lamp.setAccessibleName(whole)
        lamp.setToolTip(light.detail)
        lamp.setAccessibleDescription(light.detail)

    def _state(self, light: LightView) -> str:
        return {
            "ok": self.tr("就绪"),
            "busy": self.tr("使用中"),
            "warning": self.tr("异常"),
            "off": self.tr("未连接"),
        }.get(light.state, self.tr("未知"))

    def _regroup(self, before: bool) -> None:
        grouped = self.grouped
        if grouped != before:
            for lamp in self._lamps.values():
                lamp.setVisible(not grouped)
            for lamp in self._groups.values():
                lamp.setVisible(grouped)
        if not grouped:
            return
        members: dict[str, list[LightView]] = {}
        for light in self._said.values():
            members.setdefault(light.group, []).append(light)
        for lights in members.values():
            lights.sort(key=lambda light: _RANK.get(light.state, 2))
        troubled = [group for group in sorted(members) if members[group][0].state in _TROUBLE]
        troubled.sort(key=lambda group: _RANK[members[group][0].state])
        speaking = troubled[:MOST_SPEAKING]
        for place, group in enumerate(sorted(members)):
            self._say_group(place, group, members[group], group in speaking)
        for group in set(self._groups) - set(members):
            self._groups.pop(group).deleteLater()

    def _say_group(self, place: int, group: str, lights: list[LightView], speaking: bool) -> None:
        lamp = self._groups.get(group)
        if lamp is None:
            lamp = self._groups[group] = LampButton(f"light_group_{group}")
            lamp.clicked.connect(lambda _=False, name=group: self._clicked(name))
            self._line.insertWidget(place, lamp)
            lamp.show()
        worst, name = lights[0], lights[0].group_name
        bad = [light for light in lights if light.state in _TROUBLE]
        said = self.tr("{0} {1}").format(worst.name, worst.words or self._state(worst))
        if speaking and len(bad) > 1:
            words = self.tr("{0} 等 {1} 台").format(said, len(bad))
        elif speaking:
            words = said
        else:
            words = self.tr("{0} {1}").format(name, len(bad)) if bad else name
        state = worst.state
        # Among a row of green ones a grey sign is overlooked: what should work and does not has the colour too.
        lamp.say(state, words, Tone.WARNING if bad else Tone.NEUTRAL)
        each = [self.tr("{0} {1}").format(light.name, light.words or self._state(light)) for light in lights]
        lamp.setAccessibleName(self.tr("{0}：{1}").format(name, said if bad else self.tr("{0} 台").format(len(lights))))
        lamp.setToolTip("\n".join(each))
        lamp.setAccessibleDescription("\n".join(each))

    def _clicked(self, group: str) -> None:
        lights = [light for light in self._said.values() if light.group == group]
        if lights:
            self.clicked.emit(min(lights, key=lambda light: _RANK.get(light.state, 2)).id)
