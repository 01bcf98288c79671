"""Which of a SANE back end's options mean what we ask for.

Names of options are standard (SANE Standard 1.06, "Well-Known Options": resolution, mode, source, tl-x …); their values
are not. These rules follow what the back ends of the SANE project call theirs. Pure functions: no library is touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from devices.kinds.imaging import ScanColour, ScanSource

LONGEST_SHEET = 432.0
"""mm; feeders that take whole rolls would else wait for one. A3 is 420."""

Settings = tuple[tuple[str, str], ...]
"""Options to set, in this order."""


def sources_of(options: dict[str, Any]) -> dict[ScanSource, Settings]:
    """What a scanner can take pages from, and what to set for each. options: python-sane's Option by name."""
    named = _strings(options, "source")
    found: dict[ScanSource, Settings] = {}
    for name in named:
        found.setdefault(_source(name), (("source", name),))
    if not named:
        # Sheet-fed scanners and plain flat beds have nothing to choose.
        only = ScanSource.FEEDER if "batch_scan" in options or "adf_mode" in options else ScanSource.GLASS
        found[only] = ()
    if ScanSource.FEEDER in found and ScanSource.FEEDER_DUPLEX not in found:
        both = _both_sides(options)
        if both:
            found[ScanSource.FEEDER_DUPLEX] = (*found[ScanSource.FEEDER], both)
    if ScanSource.FEEDER_DUPLEX in found and ScanSource.FEEDER not in found:
        found[ScanSource.FEEDER] = found[ScanSource.FEEDER_DUPLEX]
    return {source: found[source] for source in ScanSource if source in found}


def mode_for(options: dict[str, Any], colour: ScanColour) -> str | None:
    """The back end's name of a mode, or of the next richer one that it has; None: it has no choice."""
    names = _strings(options, "mode")
    wanted = {
        ScanColour.LINE_ART: ("lineart", "line art", "black", "binary", "1-bit"),
        ScanColour.GREY: ("gray", "grey"),
        ScanColour.COLOUR: ("color", "colour"),
    }
    richer = {ScanColour.LINE_ART: [ScanColour.LINE_ART, ScanColour.GREY], ScanColour.GREY: [ScanColour.GREY]}
    for kind in [*richer.get(colour, []), ScanColour.COLOUR]:
        for name in names:
            if any(word in name.lower() for word in wanted[kind]):
                return name
    return names[0] if names else None


def nearest(constraint: object, wanted: float) -> float | None:
    """The nearest value that a constraint allows: (least, most, step), a list, or None for any."""
    if isinstance(constraint, tuple) and len(constraint) == 3:
        least, most, step = (float(part) for part in constraint)
        inside = min(max(wanted, least), most)
        return least + round((inside - least) / step) * step if step > 0 else inside
    if isinstance(constraint, Sequence) and not isinstance(constraint, str):
        numbers = [float(value) for value in constraint if isinstance(value, int | float)]
        return min(numbers, key=lambda value: abs(value - wanted)) if numbers else None
    return wanted if constraint is None else None


def _source(name: str) -> ScanSource:
    lowered = name.lower()
    fed = any(word in lowered for word in ("adf", "feeder", "automatic", "sheet"))
    if not fed:
        return ScanSource.GLASS
    return ScanSource.FEEDER_DUPLEX if any(word in lowered for word in ("duplex", "both")) else ScanSource.FEEDER


def _both_sides(options: dict[str, Any]) -> tuple[str, str] | None:
    """Where a back end chooses both sides beside its source."""
    for option in ("adf_mode", "duplex", "sides"):
        if option in options:
            for name in _strings(options, option):
                if name.lower() in ("duplex", "both", "yes"):
                    return option, name
            if options[option].constraint is None and option == "duplex":
                return option, "1"
    return None


def _strings(options: dict[str, Any], name: str) -> list[str]:
    option = options.get(name)
    values: Iterable[object] = option.constraint if option is not None and isinstance(option.constraint, list) else ()
    return [value for value in values if isinstance(value, str)]
