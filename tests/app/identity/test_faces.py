"""Faces: found, judged, compared and asked to turn, on heads that were never anybody's. Each guard trips."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import cv2
import numpy as np
import pytest

import app.identity.face.find as find_module
from app.identity.face.alike import FaceComparer, alike
from app.identity.face.find import COMPARER, FINDER, Face, FaceFinder, Picture, model_bytes
from app.identity.face.motion import SECONDS, Challenge, End, Step, steps
from app.identity.face.portrait import portrait_on
from app.identity.face.quality import DOCUMENT, LIVE, Fault, Quality, judge
from devices.emulators.imaging.drawn import page
from devices.emulators.imaging.head import BUILDS, before_wall

WALL = (196, 188, 176)
SIZE = (640, 480)


@pytest.fixture(scope="module")
def finder() -> FaceFinder:
    return FaceFinder()


def head(yaw: int = 0, pitch: int = 0, who: int = 0, high: int = 260) -> Picture:
    return before_wall(BUILDS[who], SIZE, WALL, (320, 220), high, yaw, pitch)


def judged(finder: FaceFinder, picture: Picture) -> Quality:
    return judge(picture, finder.find(picture), LIVE)


def test_a_face_is_found_where_it_is(finder: FaceFinder) -> None:
    for who in range(len(BUILDS)):
        [face] = finder.find(head(who=who))
        left, upper, wide, high = face.box
        assert left < 320 < left + wide
        assert upper < 220 < upper + high
        apart = BUILDS[who].eyes * 260 / 1.12
        assert face.eyes == pytest.approx(apart, rel=0.2)
        assert abs(face.turn) < 0.1
        assert abs(face.tilt) < 6


def test_points_are_in_pixels_of_the_whole_picture(finder: FaceFinder) -> None:
    small, large = head(), cv2.resize(head(), None, fx=3, fy=3)
    [one], [other] = finder.find(small), finder.find(np.asarray(large, np.uint8))
    assert np.allclose(np.array(other.points) / 3, one.points, atol=6)


def test_no_face_is_seen_on_a_page_or_a_wall(finder: FaceFinder) -> None:
    assert finder.find(np.full((480, 640, 3), WALL, np.uint8)) == []
    assert judged(finder, page(1)).faults == (Fault.NONE,)


def _dim(picture: Picture) -> Picture:
    return np.asarray(picture * 0.25, np.uint8)


def _glaring(picture: Picture) -> Picture:
    return np.asarray(np.clip(picture.astype(float) * 0.25 + 195, 0, 255), np.uint8)


def _from_the_side(picture: Picture) -> Picture:
    light = np.clip(np.linspace(3.4, -1.4, picture.shape[1]), 0.25, 1.1)
    return np.asarray(np.clip(picture * light[None, :, None], 0, 255), np.uint8)


def _blurred(picture: Picture) -> Picture:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 6), np.uint8)


def _leaning(picture: Picture) -> Picture:
    return np.asarray(cv2.warpAffine(picture, cv2.getRotationMatrix2D((320, 220), 30, 1), SIZE), np.uint8)


@pytest.mark.parametrize(
    ("picture", "fault"),
    [
        (lambda: np.hstack([head(), head(who=1)]), Fault.SEVERAL),
        (lambda: head(high=90), Fault.SMALL),
        (lambda: np.ascontiguousarray(head()[160:]), Fault.CUT),
        (lambda: head(yaw=28), Fault.TURNED),
        (lambda: head(yaw=-28), Fault.TURNED),
        (lambda: _leaning(head()), Fault.TILTED),
        (lambda: _dim(head()), Fault.DARK),
        (lambda: _glaring(head()), Fault.BRIGHT),
        (lambda: _from_the_side(head()), Fault.UNEVEN),
        (lambda: _blurred(head()), Fault.BLURRED),
    ],
    ids=["several", "small", "cut", "left", "right", "leaning", "dark", "bright", "side-light", "blurred"],
)
def test_each_fault_is_named_and_a_good_face_has_none(finder: FaceFinder, picture: object, fault: Fault) -> None:
    assert callable(picture)
    assert judged(finder, head()).good
    assert fault in judged(finder, picture()).faults


def test_a_ghost_picture_beside_a_portrait_is_no_second_person(finder: FaceFinder) -> None:
    two = np.asarray(np.hstack([head(), cv2.resize(head(), SIZE)]), np.uint8)
    assert judge(two, finder.find(two), DOCUMENT).good


def test_the_same_picture_is_most_alike_and_the_number_is_a_cosine(finder: FaceFinder) -> None:
    comparer = FaceComparer()
    one, two = (comparer.features(picture, finder.find(picture)[0]) for picture in (head(), head(who=1)))
    smaller = np.asarray(cv2.resize(head(), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    again = comparer.features(smaller, finder.find(smaller)[0])
    assert alike(one, one) == pytest.approx(1.0)
    assert alike(one, again) > alike(one, two)


@pytest.mark.parametrize("wide", [640, 333], ids=["as it is", "odd size"])
def test_faces_and_features_are_those_that_opencv_finds(finder: FaceFinder, wide: int) -> None:
    """The wheel's OpenCV has the same nets' own readers; the packaged one has not."""
    picture = np.asarray(cv2.resize(head(yaw=20), (wide, wide * 3 // 4), interpolation=cv2.INTER_AREA), np.uint8)
    none = np.empty(0, np.uint8)
    scale = min(1.0, 480 / wide)
    small = cv2.resize(picture, (round(wide * scale), round(wide * 3 // 4 * scale)), interpolation=cv2.INTER_AREA)
    net = np.frombuffer(model_bytes(FINDER), np.uint8)
    theirs = cv2.FaceDetectorYN.create("onnx", net, none, (small.shape[1], small.shape[0]), 0.7, 0.3, 50).detect(small)[
        1
    ]
    [ours] = finder.find(picture)
    assert len(theirs) == 1
    flat = [*ours.box, *(value for point in ours.points for value in point)]
    assert np.allclose(np.array(flat) * scale, theirs[0][:14], atol=0.05)
    assert ours.score == pytest.approx(float(theirs[0][14]), abs=1e-3)
    comparer = cv2.FaceRecognizerSF.create("onnx", np.frombuffer(model_bytes(COMPARER), np.uint8), none)
    raw = comparer.feature(comparer.alignCrop(picture, np.array([*flat, ours.score], np.float32))).ravel()
    assert alike(FaceComparer().features(picture, ours), raw / np.linalg.norm(raw)) > 0.999


def test_the_portrait_is_cut_from_a_page(finder: FaceFinder) -> None:
    sheet = page(1, 150)
    small = np.asarray(cv2.resize(head(), (320, 240), interpolation=cv2.INTER_AREA), np.uint8)
    sheet[700:940, 200:520] = small
    cut = portrait_on(sheet)
    assert cut is not None
    assert cut.shape[0] < 240
    assert len(finder.find(cut)) == 1
    assert portrait_on(page(2, 150)) is None


def test_another_file_is_not_taken_for_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(find_module.SHA256, FINDER, "0" * 64)
    with pytest.raises(ValueError, match="not the model"):
        model_bytes(FINDER)
    monkeypatch.undo()
    assert len(model_bytes(FINDER)) > 100_000


# --------------------------------------------------------------------------------------------- turning the head


def seen(finder: FaceFinder, yaws: Sequence[int], mirrored: bool = False) -> list[Sequence[Face]]:
    pictures = [head(yaw=yaw) for yaw in yaws]
    return [finder.find(np.ascontiguousarray(one[:, ::-1]) if mirrored else one) for one in pictures]


def play(challenge: Challenge, frames: Sequence[Sequence[Face]], every: float = 0.2) -> End | None:
    for number, faces in enumerate(frames):
        challenge.look(faces, number * every)
    return challenge.progress.end


WANTED = (Step.AHEAD, Step.LEFT, Step.AHEAD, Step.RIGHT)
TURNED = (0, 0, 14, 28, 28, 28, 10, 0, 0, 0, -14, -28, -28, -28)


@pytest.mark.parametrize("mirrored", [False, True], ids=["as-it-is", "mirrored"])
def test_who_turns_the_head_as_asked_is_done(finder: FaceFinder, mirrored: bool) -> None:
    assert play(Challenge(WANTED, mirrored), seen(finder, TURNED, mirrored)) is End.DONE
    assert play(Challenge(WANTED, not mirrored), seen(finder, TURNED, mirrored)) is None, "to the wrong side"


def test_a_still_picture_is_not_done(finder: FaceFinder) -> None:
    still = seen(finder, [0])
    assert play(Challenge(WANTED, False), still * 60) is End.TIMEOUT
    assert SECONDS < 60 * 0.2


def test_a_picture_carried_about_and_swung_a_little_is_not_done(finder: FaceFinder) -> None:
    """Flat things grow narrow; the nose does not leave the middle of the eyes. (Swung far enough, the finder's points
    stray: the challenge is no proof, and is not called one.)"""
    flat = head()
    frames = []
    for narrow in (1.0, 0.9, 0.8, 0.9):
        wide = round(640 * narrow)
        made = np.full((480, 640, 3), WALL, np.uint8)
        made[:, (640 - wide) // 2 : (640 - wide) // 2 + wide] = cv2.resize(flat, (wide, 480))
        frames.append(finder.find(made))
    assert play(Challenge(WANTED, False), frames * 15) is End.TIMEOUT


def test_another_face_in_its_place_ends_it(finder: FaceFinder) -> None:
    [face] = finder.find(head())
    away = dataclasses.replace(face, box=(face.box[0] + 400, *face.box[1:]))
    challenge = Challenge(WANTED, False)
    assert play(challenge, [[face]] * 3 + [[away]] * 8) is End.LOST
    assert challenge.look([face], 9.0).end is End.LOST, "what ended has ended"
    assert play(Challenge(WANTED, False), [[face]] * 3 + [[]] * 8) is End.LOST
    assert play(Challenge(WANTED, False), [[]] * 60) is End.TIMEOUT, "nobody came"


def test_what_is_asked_for_is_drawn_anew() -> None:
    drawn = iter((Step.RIGHT, Step.LEFT))
    assert steps(lambda _: next(drawn)) == (Step.AHEAD, Step.RIGHT, Step.AHEAD, Step.LEFT)
