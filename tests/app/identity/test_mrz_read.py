"""Reading zones off pictures: any turn, all layouts, nothing accepted that was not seen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from mrz_pictures import frame, made

from app.identity.mrz.decide import decide
from app.identity.mrz.layout import Format
from app.identity.mrz.live import ZoneWatch, agreed
from app.identity.mrz.net import line_net
from app.identity.mrz.parse import parse
from app.identity.mrz.read import ReadZone, Verdict, ZoneReader
from app.identity.mrz.strip import ALPHABET

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def reader() -> ZoneReader:
    return ZoneReader(line_net())


@pytest.mark.parametrize("kind", Format)
def test_every_layout_is_read_to_the_letter(reader: ZoneReader, kind: Format) -> None:
    lines = made(kind)
    zone = reader.read(frame(lines, kind), TODAY)
    assert zone is not None
    assert (zone.mrz.lines, zone.mrz.format) == (lines, kind)
    assert zone.verdict is Verdict.ACCEPTED


@pytest.mark.parametrize("turn", [17, 90, 151, 180, 270, 305])
def test_any_turn(reader: ZoneReader, turn: float) -> None:
    lines = made(number="XK0O81B5S")
    zone = reader.read(frame(lines, Format.TD3, turn=turn, size=(1200, 1200)), TODAY)
    assert zone is not None
    assert zone.mrz.lines == lines


def test_a_page_without_a_zone_and_an_empty_desk_give_nothing(reader: ZoneReader) -> None:
    assert reader.read(np.full((800, 1280), 120, np.uint8), TODAY) is None
    noise = np.random.default_rng(4).integers(0, 255, (800, 1280)).astype(np.uint8)
    assert reader.read(noise, TODAY) is None
    words = frame(("LOREM<IPSUM<DOLOR<SIT" + "<" * 23, "1234" * 11), Format.TD3)[:560]
    assert reader.read(words, TODAY) is None


def test_what_is_blurred_away_is_reviewed_or_not_read_but_never_accepted_wrong(reader: ZoneReader) -> None:
    lines = made(number="O0QD8B5S1", surname="OQDOCUMENT", given_names="VUYKX")
    for blur in (2.0, 3.0, 4.5):
        zone = reader.read(frame(lines, Format.TD3, blur=blur, noise=12, width=700), TODAY)
        assert zone is None or zone.verdict is Verdict.REVIEW or zone.mrz.lines == lines


def test_wrong_digits_are_never_accepted_and_their_stretch_is_marked(reader: ZoneReader) -> None:
    first, second = made(number="AB1234567")
    wrong = (first, second[:9] + str((int(second[9]) + 3) % 10) + second[10:])
    zone = reader.read(frame(wrong, Format.TD3), TODAY)
    assert zone is not None
    assert zone.verdict is Verdict.REVIEW
    assert any(line == 1 and column < 10 for line, column in zone.doubtful)
    crop = zone.crop(*zone.doubtful[0])
    assert min(crop.shape) > 60


def test_the_next_frame_is_looked_for_where_the_last_was(reader: ZoneReader) -> None:
    lines = made()
    picture = frame(lines, Format.TD3)
    zone = reader.read(picture, TODAY)
    assert zone is not None
    elsewhere = np.full_like(picture, 90)
    left, top, right, bottom = zone.place.box(4.0)
    elsewhere[max(top, 0) : bottom, max(left, 0) : right] = picture[max(top, 0) : bottom, max(left, 0) : right]
    again = reader.read(elsewhere, TODAY, zone.place)
    assert again is not None
    assert again.mrz.lines == lines
    moved = np.roll(picture, 90, axis=0)
    found = reader.read(moved, TODAY, zone.place)
    assert found is not None
    assert found.mrz.lines == lines, "what has moved away is found in the whole picture"


def _zone(lines: tuple[str, ...], verdict: Verdict = Verdict.REVIEW, margin: float = 3.0) -> ReadZone:
    margins = tuple(np.full(len(line), margin) for line in lines)
    return ReadZone(parse(lines, TODAY), verdict, (), (), margins, (), None, ())  # type: ignore[arg-type]


def test_two_of_three_that_agree_are_taken() -> None:
    right, other = made(), made(surname="MUELLEP<WEISS")
    assert agreed([_zone(right)]) is None
    taken = agreed([_zone(right), _zone(other), _zone(right)])
    assert taken is not None
    assert taken.lines == right
    assert agreed([_zone(right, margin=1.0), _zone(right, margin=1.0)]) is None, "together they must be sure"
    assert agreed([replace(_zone(right), forced=((1, 2),)), _zone(right)]) is None, "what a digit forced does not vote"
    sure = _zone(other, Verdict.ACCEPTED)
    assert agreed([_zone(right, Verdict.ACCEPTED), sure]) is None, "two sure readings that differ"


def test_zones_that_do_not_pass_cannot_agree() -> None:
    first, second = made()
    wrong = (first, second[:9] + "<" + second[10:])
    assert agreed([_zone(wrong), _zone(wrong), _zone(wrong)]) is None


def test_another_document_does_not_join_the_vote(reader: ZoneReader) -> None:
    watch = ZoneWatch(reader, lambda: TODAY)
    one, two = made(), made(number="ZZ9999999", surname="LI", given_names="NA")
    first = watch.look(frame(one, Format.TD3)).agreed
    second = watch.look(frame(two, Format.TD3)).agreed
    assert first is not None
    assert second is not None
    assert (first.lines, second.lines) == (one, two)


def _scores(lines: tuple[str, ...]) -> list[np.ndarray]:
    out = []
    for line in lines:
        matrix = np.full((len(line), len(ALPHABET)), -12.0)
        matrix[np.arange(len(line)), [ALPHABET.index(char) for char in line]] = 0.0
        out.append(matrix)
    return out


def test_a_doubtful_character_that_digits_settle_is_marked_as_forced() -> None:
    lines = made(number="AB1234567")
    scores = _scores(lines)
    scores[1][3, ALPHABET.index("7")] = 0.5
    decided = decide(Format.TD3, scores)
    assert decided.lines == lines
    assert decided.forced == ((1, 3),)


def test_what_no_digit_protects_is_only_as_sure_as_it_is_seen() -> None:
    lines = made(surname="MULLER", given_names="J")
    scores = _scores(lines)
    scores[0][6, ALPHABET.index("V")] = -0.7
    decided = decide(Format.TD3, scores)
    assert decided.lines == lines
    assert decided.margins[0][6] == pytest.approx(0.7)


def test_a_clear_character_is_not_overruled_by_what_the_layout_expects() -> None:
    first, second = made()
    odd = ("PA" + "Q7Q" + first[5:], second)
    assert decide(Format.TD3, [s * 3 for s in _scores(odd)]).lines[0].startswith("PAQ7Q")


def test_an_unlisted_state_is_read_when_it_is_clear_and_a_listed_one_when_it_is_not() -> None:
    first, second = made(issuer="CHN", nationality="CHN")
    scores = _scores((first, second))
    scores[0][3, ALPHABET.index("N")] = 0.4
    assert decide(Format.TD3, scores).lines[0][2:5] == "CHN"
