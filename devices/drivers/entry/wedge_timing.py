"""Tells a scanner that types from a person who types, by the time between keys.

Sources. Keyboard wedges send a character every 1–20 ms (USB HID polls every 1–10 ms; makers' manuals let an
"intercharacter delay" of 0–99 ms be set, 0 as delivered). People: in Dhakal et al., "Observations on Typing from 136
Million Keystrokes" (CHI 2018), the mean interval is 239 ms and 120 ms for the fastest group; single pairs of keys of
two hands fall well below 60 ms, whole runs of them do not.

So a key is held for `gap` seconds. What follows within that time belongs to the same burst; when a burst ends, it was a
code if it is long enough and ends as the scanner ends codes. Once it is too long for any hand, it is never typing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from devices.drivers.entry.scanned_text import AUTO

LEAST = 6
"""Keys without a pause that no hand types."""


class Ended(Enum):
    """What a burst was."""

    TYPED = auto()
    """A person's keys: they must go where they were meant to go."""
    CODE = auto()
    TORN = auto()
    """A scanner's keys, and no whole code: they go nowhere."""


@dataclass(frozen=True, slots=True)
class WedgeRules:
    """How this scanner types. prefix, suffix: around each code; suffix may be empty. gap: longest seconds between two
    of its keys, below 0.06. certain_gap: the same once a burst can be nobody's hands; a busy bus delays single keys."""

    prefix: str = ""
    suffix: str = "\r"
    gap: float = 0.035
    certain_gap: float = 0.15
    least: int = LEAST
    encoding: str = AUTO
    aim: bool | None = None
    alt: str = "gb18030"


@dataclass(slots=True)
class WedgeTiming:
    """The burst under way. Times are seconds of one clock, the keys' own where the system gives it."""

    rules: WedgeRules
    _keys: list[str] = field(default_factory=list)
    _content: bytearray = field(default_factory=bytearray)
    _last: float = 0.0
    _spoiled: bool = False

    @property
    def holding(self) -> bool:
        return bool(self._keys)

    @property
    def certain(self) -> bool:
        """Can no hand have typed this?"""
        rules = self.rules
        if rules.prefix:
            begun = "".join(self._keys[: len(rules.prefix) + 1])
            return len(begun) > len(rules.prefix) and begun.startswith(rules.prefix) and not self._spoiled
        return len(self._keys) >= rules.least and not self._spoiled

    @property
    def patience(self) -> float:
        """Seconds of silence that end the burst."""
        return self.rules.certain_gap if self.certain else self.rules.gap

    def over(self, at: float) -> bool:
        """Is a key of this time not of the burst any more?"""
        return self.holding and not 0 <= at - self._last <= self.patience

    def press(self, char: str, at: float, raw: bytes = b"") -> bool:
        """A key. Is it held? char: what it types, "" for a key that types nothing (an arrow, F2, a held key's repeat).
        raw: its bytes where they are known better than char (Alt codes). Ask `over` first."""
        if not self.holding and not self._may_begin(char):
            return False
        # What comes after a held key must not overtake it, whatever it is.
        if not char:
            self._spoiled = self._spoiled or not self.certain
        self._keys.append(char)
        self._content += raw or char.encode()
        self._last = at
        return True

    def end(self) -> tuple[Ended, bytes]:
        """The burst is over: what it was, and a code's content."""
        rules, certain, spoiled = self.rules, self.certain, self._spoiled
        content = bytes(self._content)
        self._keys, self._content, self._spoiled = [], bytearray(), False
        if spoiled or not certain:
            return Ended.TYPED, b""
        content = content[len(rules.prefix.encode()) :]
        suffix = rules.suffix.encode()
        if suffix and not content.endswith(suffix):
            return Ended.TORN, b""
        content = content[: len(content) - len(suffix)] if suffix else content
        return (Ended.CODE, content) if content else (Ended.TORN, b"")

    def _may_begin(self, char: str) -> bool:
        if self.rules.prefix:
            return char == self.rules.prefix[0]
        # Codes begin with a character that can be seen: Enter, Tab and Space alone are somebody's.
        return len(char) == 1 and "!" <= char <= "~"
