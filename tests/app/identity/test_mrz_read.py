"""Reading zones off pictures: any turn, all layouts, nothing accepted that was not seen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import cv2
import numpy as np
import pytest
from mrz_pictures import frame, made

from app.identity.mrz.align import Aligned
from app.identity.mrz.cut import Track
from app.identity.mrz.decide import decide, disputed
from app.identity.mrz.layout import Format
from app.identity.mrz.live import ZoneWatch, agreed
from app.identity.mrz.locate import _joined, _Piece
from app.identity.mrz.net import line_net
from app.identity.mrz.parse import parse
from app.identity.mrz.read import SURE, ReadZone, Verdict, ZoneReader, _staggered
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


def test_print_on_the_desk_that_its_lines_run_into_and_that_looks_like_zones(reader: ZoneReader) -> None:
    rng = np.random.default_rng(6)
    desk = np.full((1080, 1920), 120, np.uint8)
    for _ in range(40):
        words = "".join(chr(code) for code in rng.integers(65, 122, 70))
        at = int(rng.integers(-200, 300)), int(rng.integers(0, 1080))
        cv2.putText(desk, words, at, 0, rng.uniform(0.5, 1.1), 70, 1, cv2.LINE_AA)
    lines = made()
    desk[200:1030, 720:1900] = frame(lines, Format.TD3, width=1200, turn=2.0, size=(1180, 830), seed=6)
    zone = reader.read(desk, TODAY)
    assert zone is not None
    assert zone.mrz.lines == lines


def test_no_line_is_joined_that_bends_more_than_a_page_does() -> None:
    """Marks that lead away from a line: a crease, a shadow's edge."""

    def piece(u: float, sag: float) -> _Piece:
        slope = 2 * sag * (u - 240) / 240**2
        along = np.array([1.0, slope]) / np.hypot(1, slope)
        middle = np.array([u, sag * ((u - 240) / 240) ** 2])
        return _Piece(
            middle, along, 40.0 if u == 240 else 36.0, 9.0, np.stack([middle - 18 * along, middle + 18 * along])
        )

    for sag, joined in ((5.0, True), (26.0, False)):
        lines = _joined([piece(u, sag) for u in range(0, 481, 40)])
        assert any(line.length > 450 for line in lines) is joined
        assert all(np.ptp(line.points[:, 1]) < 0.03 * line.length for line in lines if line.length > 450)


def test_a_line_that_begins_a_character_beside_the_others_is_not_taken_for_sure() -> None:
    def line(y: float) -> Track:
        return Track(np.array([20.0, 100.0]), np.array([0.0, y]), 44)

    def seen(first: int, total: float) -> Aligned:
        columns = first + 5 * np.arange(44)
        return Aligned(columns, np.zeros((44, 37)), 0.0, 9, total)

    tracks = [line(100.0), line(150.0)]
    assert _staggered(tracks, [seen(46, -1.0), seen(46, -2.0)]) == set()
    assert _staggered(tracks, [seen(51, -9.0), seen(46, -2.0)]) == {0}


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


def test_a_line_that_begins_as_no_document_does_is_marked_whole(reader: ZoneReader) -> None:
    first, second = made()
    zone = reader.read(frame((first[1:] + "<", second), Format.TD3), TODAY)
    assert zone is not None
    assert zone.verdict is Verdict.REVIEW
    assert {(0, at) for at in range(44)} <= set(zone.doubtful)


def test_a_zone_of_no_known_state_whose_digits_do_not_hold_is_marked_whole(reader: ZoneReader) -> None:
    first, second = made(number="AB1234567")
    wrong = ("P<QQQ" + first[5:], second[:9] + str((int(second[9]) + 3) % 10) + second[10:])
    zone = reader.read(frame(wrong, Format.TD3), TODAY)
    assert zone is not None
    assert {(line, at) for line in (0, 1) for at in range(44)} <= set(zone.doubtful)


def test_a_state_that_there_is_not_is_marked_whole_though_all_digits_hold(reader: ZoneReader) -> None:
    first, second = made()
    zone = reader.read(frame(("P<QQQ" + first[5:], second), Format.TD3), TODAY)
    assert zone is not None
    assert zone.mrz.valid
    assert zone.verdict is Verdict.REVIEW
    assert set(zone.doubtful) == {(0, 2), (0, 3), (0, 4)}


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


def _zone(lines: tuple[str, ...], verdict: Verdict = Verdict.REVIEW, margin: float = 4.0) -> ReadZone:
    """A reading each of whose characters beats every other by so much."""
    margins = tuple(np.full(len(line), margin) for line in lines)
    seen = tuple(scores * margin / 12 for scores in _scores(lines))
    return ReadZone(parse(lines, TODAY), verdict, (), (), margins, (), None, seen)  # type: ignore[arg-type]


def _misread(zone: ReadZone, line: int, column: int, char: str, by: float) -> ReadZone:
    """The same with another character seen, likelier by so much than the right one."""
    seen = [scores.copy() for scores in zone.seen]
    seen[line][column, ALPHABET.index(char)] = seen[line][column].max() + by
    text = list(zone.mrz.lines)
    text[line] = text[line][:column] + char + text[line][column + 1 :]
    margins = [row.copy() for row in zone.margins]
    margins[line][column] = by
    return replace(zone, mrz=parse(tuple(text), TODAY), seen=tuple(seen), margins=tuple(margins))


def test_frames_are_weighed_together_character_by_character() -> None:
    right = _zone(made(surname="MULLER"))
    assert agreed([right], TODAY) is None, "one that is not sure by itself"
    blurred = [_misread(right, 0, 6, "V", 0.5), _misread(right, 0, 8, "I", 0.5), right]
    taken = agreed(blurred, TODAY)
    assert taken is not None, "each frame shows what another does not"
    assert taken.lines == right.mrz.lines
    weak = _zone(right.mrz.lines, margin=1.0)
    assert agreed([weak, weak], TODAY) is None, "together they must be sure"
    assert agreed([_misread(right, 0, 6, "V", 6.0), right, right], TODAY) is None, "one frame is sure of another"
    forced = _misread(right, 1, 3, "Z", 0.5)
    assert agreed([forced, forced], TODAY) is None, "what a digit forced does not vote"


def test_two_sure_readings_that_differ_agree_on_nothing() -> None:
    right, other = made(), made(surname="MUELLEP<WEISS")
    assert agreed([_zone(right, Verdict.ACCEPTED)], TODAY) is not None
    assert agreed([_zone(right, Verdict.ACCEPTED), _zone(other, Verdict.ACCEPTED)], TODAY) is None


def test_zones_that_do_not_pass_cannot_agree() -> None:
    first, second = made()
    wrong = (first, second[:9] + "<" + second[10:])
    assert agreed([_zone(wrong), _zone(wrong), _zone(wrong)], TODAY) is None


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


def test_where_a_digit_does_not_hold_all_that_it_covers_is_suspect() -> None:
    first, second = made(number="AB1234567")
    broken = (first, second[:9] + str((int(second[9]) + 3) % 10) + second[10:])
    decided = decide(Format.TD3, _scores(broken))
    assert {(1, at) for at in range(10)} <= decided.suspect
    assert not decide(Format.TD3, _scores((first, second))).suspect


def test_a_letter_that_only_the_layout_makes_one_is_for_a_person() -> None:
    lines = made(surname="OLSEN")
    scores = _scores(lines)
    scores[0][5, ALPHABET.index("0")] = 10.0
    decided = decide(Format.TD3, scores)
    assert decided.lines == lines, "OCR-B tells O and 0 apart by their width alone"
    assert decided.margins[0][5] < SURE


def test_a_character_that_one_look_sees_otherwise_is_disputed() -> None:
    lines = made(surname="MULLER")
    same, other = _scores(lines), _scores(lines)
    assert not disputed(Format.TD3, lines, [same, same])
    other[0][6, ALPHABET.index("V")] = 1.0
    other[1][3, ALPHABET.index("<")] = 0.5
    assert disputed(Format.TD3, lines, [same, other]) == {(0, 6), (1, 3)}
    other[0][7, ALPHABET.index("1")] = 1.0
    assert (0, 7) not in disputed(Format.TD3, lines, [other]), "no digit stands in a name"


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
