"""Read the zone of a picture: locate, straighten, score, decide. No reading rather than a guess."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from app.identity.mrz.align import Aligned, align
from app.identity.mrz.cut import MARGIN, Levels, Track, centred, cut
from app.identity.mrz.decide import Decided, decide, disputed
from app.identity.mrz.layout import Format
from app.identity.mrz.locate import Line, Place, find
from app.identity.mrz.net import LineNet
from app.identity.mrz.parse import Mrz, Oddity, parse, unlisted
from app.identity.mrz.strip import ALPHABET, HEIGHT, PITCH, STEP, Gray, normalise

SURE = 5.5
"""A character is sure when what is given is so much likelier (natural logarithm) than anything else."""
SUSPECT = 12.0
"""How sure characters must be when a digit that covers them does not hold (one of them is wrong), or when one of the
looks at the picture would say otherwise."""
UNSURE = 1.0
MOST_DOUBTFUL = 10
"""With more characters whose margin is below UNSURE a zone would be typed faster than confirmed: it is no reading."""
LEGIBLE = -0.45
"""The least fit (see align.Aligned) of lines that are read at all."""
GLIMPSE = -1.6
"""The least fit and legibility of the middle of what is worth reading."""
PLAIN = -0.3
"""The same where nobody said that there is a zone: other print comes to -0.5 at most, zones of difficult pictures to
0.0 at least (measured on pages of the demo and on a development set)."""
_CLOSE = 2
"""Characters' room at the ends once these are known."""
_CLEAR = -0.1
_CLEARLY = 25.0
"""By so much one count of characters must explain the lines better than the other."""
_MISSED = 1.5
"""What a character that was located and is not read weighs against a count, or the other way round."""
_LONGEST = 45
_ROUNDS = 2
"""So often the lines are cut anew where their characters were found elsewhere than thought."""
_HARDLY = 0.1
"""By so much less a line may be legible where it begins below the others."""
_UNEVEN = 0.06
"""Characters further or less far apart than thought by this share are cut anew."""
_FEW = 4
"""Places looked at on a page of any kind, besides those that are completed by a card's third line."""
_GLANCE = 16
"""So many characters from the middle of each line tell which way up it is, and how far apart they stand."""
_TOO_ODD = 3
"""With so many oddities and a digit that does not hold it is no reading: lines of another length, or no zone at all."""
_DOUBLE_LOOK = 7.0
"""Below this margin the zone is cut again, more exactly, and both looks count."""


class Verdict(StrEnum):
    """What may be done with a reading."""

    ACCEPTED = "accepted"
    """Its digits hold, nothing was forced, every character is sure."""
    REVIEW = "review"
    """A person has to look at the doubtful characters."""


@dataclass(frozen=True, slots=True)
class ReadZone:
    """A zone as read from one picture.

    doubtful: (line, column) of characters a person has to confirm. forced: those among them that only a check digit
    made what they are. margins: how sure each is (see decide.Decided).
    strips: the lines as seen, straightened, PITCH pixels a character after two of them. place: where it was.
    """

    mrz: Mrz
    verdict: Verdict
    doubtful: tuple[tuple[int, int], ...]
    forced: tuple[tuple[int, int], ...]
    margins: tuple[NDArray[np.float64], ...]
    strips: tuple[Gray, ...]
    place: Place
    seen: tuple[NDArray[np.float64], ...]
    """Characters × 37 a line: logarithms of probabilities of what was seen, whatever the layout expects there."""

    def candidates(self, line: int, column: int, most: int = 4) -> tuple[str, ...]:
        """What the character may be, the likeliest by the picture first; what was read is always among them."""
        order = [ALPHABET[k] for k in np.argsort(-self.seen[line][column])[:most]]
        read = self.mrz.lines[line][column]
        return tuple(order if read in order else [*order[: most - 1], read])

    def crop(self, line: int, column: int, around: int = 2) -> Gray:
        """The picture of a character between its neighbours, large enough to be looked at."""
        strip = self.strips[line]
        first = round((column - around + _CLOSE) * PITCH)
        last = round((column + around + 1 + _CLOSE) * PITCH)
        piece = strip[:, max(first, 0) : last]
        return np.asarray(cv2.resize(piece, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC), np.uint8)


class ZoneReader:
    """Reads zones from pictures; one thread at a time."""

    def __init__(self, net: LineNet, *, page: bool = False) -> None:
        """page: pictures may be of any paper; only what plainly is a zone is read: there it costs little when there is
        none."""
        self._net = net
        self._page = page

    def read(self, gray: Gray, today: dt.date, near: Place | None = None) -> ReadZone | None:
        """The zone of a picture (brightness, at least 600 pixels wide); None when none is legible.

        near: where it was on the picture before: looked at first, which costs a fraction.
        """
        levels = Levels(gray)
        best: ReadZone | None = None
        for place in self._places(gray, near):
            found = self._read_place(levels, place, today)
            if found is None or sum(int((line < UNSURE).sum()) for line in found.margins) > MOST_DOUBTFUL:
                continue
            if found.verdict is Verdict.ACCEPTED or found.mrz.valid:
                return found
            if best is None or _sureness(found) > _sureness(best):
                best = found
        return best

    def _places(self, gray: Gray, near: Place | None) -> Iterable[Place]:
        if near is not None:
            # A document that lies still needs no search: the lines are brought to their middle anyway.
            yield near
            left, top, right, bottom = near.box(3.0)
            left, top = max(left, 0), max(top, 0)
            window = np.ascontiguousarray(gray[top:bottom, left:right])
            if min(window.shape) > 16:
                for place in find(window, 2, max(gray.shape)):
                    yield place.moved((left, top))
        yield from find(gray, _FEW) if self._page else find(gray)

    def _read_place(self, levels: Levels, place: Place, today: dt.date) -> ReadZone | None:
        tracks = self._glimpsed(levels, place)
        if tracks is None:
            return None
        tracks = _foreshortened(tracks)
        best, clear = self._aligned(levels, tracks)
        for _ in range(_ROUNDS):
            if not any(_askew(track, line) for track, line in zip(tracks, best, strict=True)):
                break
            moved = [centred(levels, _settled(track, line)) for track, line in zip(tracks, best, strict=True)]
            again, clearly = self._aligned(levels, moved)
            if _quality(again) <= _quality(best):
                break
            tracks, best, clear = moved, again, clearly
        if astray := _staggered(tracks, best):
            moved = [
                centred(levels, _begun(track, start, len(line.columns)) if k in astray else _settled(track, line))
                for k, (track, line, start) in enumerate(zip(tracks, best, _starts(tracks, best), strict=True))
            ]
            again, clearly = self._aligned(levels, moved)
            if not _staggered(moved, again) and _quality(again) > _quality(best) - _HARDLY:
                tracks, best, clear = moved, again, clearly
        fits = [line.fit for line in best]
        if min(fits) < 2 * LEGIBLE or sum(fits) / len(fits) < LEGIBLE:
            return None
        return self._decide(levels, tracks, best, today, clear)

    def _aligned(self, levels: Levels, tracks: list[Track]) -> tuple[list[Aligned], bool]:
        """The characters along the tracks, and whether their count is clear."""
        # What was located may be the clear half of the lines.
        margin = max(MARGIN, _LONGEST - tracks[0].count)
        scores = self._net.scores([normalise(cut(levels, track, margin=margin)) for track in tracks])
        best: list[Aligned] = []
        most = -np.inf
        clear = True
        for count in (30,) if len(tracks) == 3 else (44, 36):
            seen = [align(line, count, margin=margin) for line in scores]
            # Fillers under glare are seen by the locating alone.
            said = sum(
                line.total + count * line.legible - _MISSED * abs(_located(track, line) - count)
                for track, line in zip(tracks, seen, strict=True)
            )
            clear = abs(said - most) > _CLEARLY
            if said > most:
                best, most = seen, said
        return _together(tracks, scores, best), clear

    def _glimpsed(self, levels: Levels, place: Place) -> list[Track] | None:
        """The lines with the right distance of characters and the right way up, by a look at their middle."""
        best, chosen = PLAIN if self._page else GLIMPSE, None
        for count in _counts(place)[: 2 if self._page else None]:
            tracks = [centred(levels, Track.along(line, count)) for line in place.lines]
            strips = [_middle(normalise(cut(levels, track, margin=0))) for track in tracks]
            both = strips + [np.ascontiguousarray(strip[::-1, ::-1]) for strip in strips]
            found = [align(scores, _GLANCE - 4) for scores in self._net.scores(both)]
            for turned in (False, True):
                part = found[len(strips) :] if turned else found[: len(strips)]
                quality = sum(line.fit + line.legible + line.fillers for line in part) / len(part)
                if quality > best:
                    best, chosen = quality, [t.turned() for t in reversed(tracks)] if turned else tracks
            if best > _CLEAR:
                break
        return chosen

    def _decide(
        self, levels: Levels, tracks: list[Track], seen: list[Aligned], today: dt.date, clear: bool
    ) -> ReadZone | None:
        count, lines = len(seen[0].columns), len(seen)
        staggered = _staggered(tracks, seen)
        tracks = [_settled(track, line) for track, line in zip(tracks, seen, strict=True)]
        chars = [line.chars for line in seen]
        looks = [chars]
        decided = _decided(count, lines, chars)
        if decided.forced or decided.least < _DOUBLE_LOOK:
            tracks = [centred(levels, track) for track in tracks]
            for stretch, soft in _LOOKS:
                strips = [_softened(cut(levels, track, stretch=stretch, margin=_CLOSE), soft) for track in tracks]
                again = [align(scores, count) for scores in self._net.scores([normalise(strip) for strip in strips])]
                looks.append([line.chars for line in again])
            chars = [np.mean(each, axis=0) * _TRUST for each in zip(*looks, strict=True)]
            decided = _decided(count, lines, chars)
        mrz = parse(decided.lines, today)
        if not mrz.valid and len(mrz.oddities) >= _TOO_ODD:
            return None
        doubtful = {
            (line, int(at)) for line, margins in enumerate(decided.margins) for at in np.flatnonzero(margins < SURE)
        } | set(decided.forced)
        suspect = decided.suspect | disputed(mrz.format, decided.lines, looks)
        doubtful |= {(line, at) for line, at in suspect if decided.margins[line][at] < SUSPECT}
        if not clear:
            # A longer or shorter kind of document explains the picture nearly as well: where it ends is doubtful.
            doubtful |= {(line, count - 1) for line in range(lines)}
        if Oddity.IRREGULAR_CODE in mrz.oddities:
            # No document begins so: glare may have hidden the first character, and all others are one place off.
            staggered.add(0)
        if Oddity.UNKNOWN_STATE in mrz.oddities and not mrz.valid and not mrz.variant:
            # No such state and no such digits: read at another length than it has, and so all in the wrong places.
            staggered |= set(range(lines))
        # One of the letters of a state that there is not is wrong, however sure each may be.
        doubtful |= {(line, at) for line, first, end in unlisted(mrz) for at in range(first, end)}
        doubtful |= {(line, at) for line in staggered for at in range(count)}
        for check in mrz.checks:
            if not check.ok:
                doubtful |= {(line, at) for line, first, end in check.covers for at in range(first, end)}
        accepted = mrz.valid and mrz.ordinary and not doubtful
        points = [np.stack(track.at(np.linspace(-0.5, count - 0.5, 9))[:2], 1) for track in tracks]
        place = Place(tuple(Line(p, track.pitch * 0.95) for p, track in zip(points, tracks, strict=True)))
        return ReadZone(
            mrz,
            Verdict.ACCEPTED if accepted else Verdict.REVIEW,
            tuple(sorted(doubtful)),
            decided.forced,
            decided.margins,
            tuple(cut(levels, track, HEIGHT + 8, margin=_CLOSE) for track in tracks),
            place,
            tuple(chars),
        )


def _softened(strip: Gray, sigma: float) -> Gray:
    return np.asarray(cv2.GaussianBlur(strip, (0, 0), sigma), np.uint8) if sigma else strip


def _middle(strip: NDArray[np.float32]) -> NDArray[np.float32]:
    half = round(_GLANCE * PITCH / 2)
    middle = strip.shape[1] // 2
    return np.ascontiguousarray(strip[:, middle - half : middle + half])


_LOOKS = ((1.0, 0.0), (1.08, 0.0), (1.0, 0.8), (0.94, 1.2))
"""Stretch of the strip's height, and blur against noise, of the looks at what is in doubt."""
_TRUST = 1.4
"""Several looks at one picture say more than one, and less than several pictures."""


def _counts(place: Place) -> tuple[int, ...]:
    """How many characters may stand along the lines as located, the likeliest first: by their length and distance."""
    if len(place.lines) == 3:
        return (30, 34, 26)
    upper, lower = place.lines
    apart = float(np.hypot(*(lower.points.mean(0) - upper.points.mean(0))))
    likely = (44, 36) if (upper.length + lower.length) / 2 / apart > 16.2 else (36, 44)
    # Print beside the zone makes its lines longer than they are, glare shorter.
    return (*likely, 50, 40, 31, 27, 22)


def _located(track: Track, line: Aligned) -> float:
    """How many characters there were room for on the line as it was located."""
    numbers = line.numbers
    return track.count * (len(numbers) - 1) / float(numbers[-1] - numbers[0])


def _starts(tracks: list[Track], seen: list[Aligned]) -> list[float]:
    """The number of each track that lies below (or above) the first character of the clearest line."""
    clearest = max(range(len(seen)), key=lambda k: seen[k].total)
    x, y, dx, dy = (float(v[0]) for v in tracks[clearest].at(seen[clearest].numbers[:1]))
    out = []
    for track, line in zip(tracks, seen, strict=True):
        numbers = np.arange(-line.margin, track.count, 0.1)
        there_x, there_y, _, _ = track.at(numbers)
        out.append(float(numbers[np.abs((there_x - x) * dx + (there_y - y) * dy).argmin()]))
    return out


def _begun(track: Track, start: float, count: int) -> Track:
    """The track as that of a line whose first character is at its number start: print beside the zone was located with
    it, and its end was not."""
    return track.renumbered(start + np.arange(count, dtype=float), 3)


def _together(tracks: list[Track], scores: list[NDArray[np.float32]], seen: list[Aligned]) -> list[Aligned]:
    """The lines of a zone begin below one another: the clearest says where, unless that does not fit another at all."""
    out = []
    for start, line, matrix in zip(_starts(tracks, seen), seen, scores, strict=True):
        column = (start + line.margin + 0.5) * PITCH / STEP
        apart = abs(float(line.columns[0]) - column)
        below = line if apart <= _BELOW else align(matrix, len(line.columns), column, line.margin)
        out.append(below if below.total > line.total - _MISFIT else line)
    return out


_BELOW = 3
"""Columns by which the lines of a zone begin apart, at most (see align._APART)."""
_MISFIT = 5.0
"""By so much worse a line must fit where the clearest one begins to be left where it fits best."""


def _staggered(tracks: list[Track], seen: list[Aligned]) -> set[int]:
    """Lines that do not begin below the clearest: a character too many or too few, all of them one place off."""
    clearest = max(range(len(seen)), key=lambda k: seen[k].total)
    x, y, dx, dy = (float(v[0]) for v in tracks[clearest].at(seen[clearest].numbers[:1]))
    out = set()
    for k, (track, line) in enumerate(zip(tracks, seen, strict=True)):
        there_x, there_y, step_x, step_y = (float(v[0]) for v in track.at(line.numbers[:1]))
        away = ((there_x - x) * dx + (there_y - y) * dy) / np.hypot(dx, dy) / np.hypot(step_x, step_y)
        if abs(away) > _OFF:
            out.add(k)
    return out


_OFF = 0.75
"""Characters by which a line may begin beside the clearest."""


def _decided(count: int, lines: int, chars: list[NDArray[np.float64]]) -> Decided:
    if lines == 3:
        return decide(Format.TD1, chars)
    visa = chars[0][0].argmax() == 31  # V
    kind = {(44, True): Format.MRVA, (44, False): Format.TD3, (36, True): Format.MRVB}.get((count, visa), Format.TD2)
    return decide(kind, chars)


def _foreshortened(tracks: list[Track]) -> list[Track]:
    """Characters stand closer where the lines do: a page seen at an angle."""
    first, last = tracks[0], tracks[-1]
    ends = np.array([-0.5, first.count - 0.5])
    (ax, ay, dx, dy), (bx, by, _, _) = first.at(ends), last.at(ends)
    gaps = np.abs((bx - ax) * dy - (by - ay) * dx) / np.hypot(dx, dy)
    if gaps.min() < 1:
        return tracks
    ratio = float(np.clip(gaps[1] / gaps[0], 0.7, 1.4))
    share = (np.arange(first.count) + 0.5) / first.count
    where = share / (ratio + (1 - ratio) * share)
    return [track.renumbered(where * track.count - 0.5, 3) for track in tracks]


def _askew(track: Track, line: Aligned) -> bool:
    """Whether the characters stand so unlike the track that it should be cut anew."""
    count = len(line.columns)
    shape = np.polyfit(np.arange(count), line.numbers, 3)
    apart = np.diff(np.polyval(shape, np.arange(count)))
    return bool(np.abs(apart - 1).max() > _UNEVEN)


def _quality(lines: list[Aligned]) -> float:
    return sum(line.fit + line.legible for line in lines) / len(lines)


def _settled(track: Track, line: Aligned) -> Track:
    """The track with its characters where the net saw them, in one smooth row."""
    numbers = line.numbers
    every = np.arange(len(numbers), dtype=float)
    shape = np.polyfit(every, numbers, 3)
    return track.renumbered(np.polyval(shape, every), 3)


def _sureness(zone: ReadZone) -> float:
    return float(np.mean([np.minimum(margins, SURE).mean() for margins in zone.margins]))
