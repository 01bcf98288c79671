"""Errors that a person can act on.

Each says three things: a short title, what happened, and what to do. `EnvironmentProblem` means that something
outside the program is wrong (a cable, a disk, a network, a bad file); `Defect` means that we are.
"""

from __future__ import annotations


class YichuangError(Exception):
    """Base of every error that reaches a person.

    title: a few words, shown in bold. what: one sentence on what happened. todo: what the clerk can do now.
    Texts are Chinese; none may hold an unmasked personal number.
    """

    def __init__(self, title: str, what: str = "", todo: str = "") -> None:
        super().__init__(f"{title}：{what}" if what else title)
        self.title = title
        self.what = what
        self.todo = todo


class EnvironmentProblem(YichuangError):
    """Something outside the program is wrong: device, disk, network, settings, a missing prerequisite."""


class BadInput(YichuangError):
    """What was handed in cannot be used: a hostile code, a torn picture, a form with errors."""


class Refused(YichuangError):
    """A rule forbids the action: not granted, not allowed in this state."""


class Defect(YichuangError):
    """The program itself is wrong. The log holds the details."""
