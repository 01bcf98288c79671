"""What the print desk's dialogs show: plain values, already in words for people."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.views import Tone


@dataclass(frozen=True, slots=True)
class OutputView:
    """One size in which a paper can come out. printers: slot and name; chosen: a slot, "" for none. shapes: sheets to
    choose from, value and words; shape: the one."""

    size: str
    words: str
    printers: tuple[tuple[str, str], ...]
    chosen: str
    copies: int = 1
    shapes: tuple[tuple[str, str], ...] = ()
    shape: str = ""


@dataclass(frozen=True, slots=True)
class PrintRow:
    """One print job. state: a PrintState. detail: what the printer said. others: printers that could take it instead,
    slot and name."""

    id: str
    time: str
    paper: str
    number: str
    who: str
    printer: str
    state: str
    state_words: str
    tone: Tone = Tone.NEUTRAL
    detail: str = ""
    others: tuple[tuple[str, str], ...] = ()

    @property
    def open(self) -> bool:
        """May it still be changed?"""
        return self.state in ("waiting", "held")


@dataclass(frozen=True, slots=True)
class BatchPaperRow:
    """A paper that a batch may print. printed: it would come out as a reprint."""

    number: str
    who: str
    accepted: str
    cases: str
    printed: bool


@dataclass(frozen=True, slots=True)
class BatchRunView:
    """A batch under way or ended. done, total: papers. words: how far and how long; lines: the summary, when ended."""

    title: str
    state: str
    done: int
    total: int
    words: str
    trouble: str = ""
    lines: tuple[tuple[str, Tone], ...] = ()
