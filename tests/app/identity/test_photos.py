"""Photographs for documents: the rules with their sources, what is behind the head, the cut; each guard trips."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from app.identity.face.find import FaceFinder, Picture
from app.identity.face.quality import Fault
from app.identity.photo.cut import Miss, cut, encode
from app.identity.photo.rules import PhotoUse, photo_rules
from app.identity.photo.shot import Ground, Shot, look
from devices.emulators.imaging.drawn import face
from devices.emulators.imaging.head import BUILDS, before_wall

WHITE = (246, 246, 246)
SIZE = (1280, 960)
USES = photo_rules().uses


@pytest.fixture(scope="module")
def finder() -> FaceFinder:
    return FaceFinder()


@pytest.fixture(scope="module")
def shot(finder: FaceFinder) -> Shot:
    return look(face(0.0, SIZE, wall=WHITE), finder)


def test_the_published_sizes_and_their_sources() -> None:
    card, travel, driving = (USES[name] for name in ("id_card", "exit_entry", "driving"))
    assert (card.pixels, card.dpi, card.size) == ((358, 441), 350, (26, 32))
    assert card.face is not None
    assert [round(card.px(value)) for value in card.face] == [193, 221]
    assert card.eyes is not None
    assert round(card.px(card.eyes)) == 207
    assert (travel.size, travel.head, travel.chin) == ((33, 48), (28, 33), 7)
    assert (driving.size, driving.pixels, driving.head) == ((22, 32), (260, 378), (19, 22))
    assert USES["residence"].pixels == card.pixels
    assert all(use.source for use in USES.values())


def test_an_items_own_use_goes_before_the_materials() -> None:
    rules = photo_rules()
    passport, guide = "11330500002601176Q300010903400001", "11330500MB1Y06333P300012203700001"
    names = [use.id for use in rules.wanted("portrait_receipt", (passport, guide, passport))]
    assert names == ["exit_entry", "one_inch"]
    assert [use.id for use in rules.wanted("disability_photo", ())] == ["two_inch"]
    assert rules.wanted("floor_plan", (passport,)) == ()


@pytest.mark.parametrize(
    ("wall", "ground"),
    [(WHITE, Ground.WHITE), ((236, 220, 205), Ground.LIGHT), ((196, 188, 186), Ground.LIGHT),
     ((120, 60, 40), Ground.DARK), ((60, 60, 200), Ground.DARK)],
    ids=["white", "light-blue", "light-grey", "blue", "red"],
)  # fmt: skip
def test_an_even_wall_is_called_what_it_is(finder: FaceFinder, wall: tuple[int, int, int], ground: Ground) -> None:
    assert look(face(0.0, SIZE, wall=wall), finder).ground is ground


def _thing(picture: Picture) -> Picture:
    cv2.rectangle(picture, (300, 50), (420, 500), (60, 90, 120), -1)
    return picture


def _shadow(picture: Picture) -> Picture:
    return np.asarray(picture * np.linspace(0.6, 1.0, picture.shape[1])[None, :, None], np.uint8)


def _noise(picture: Picture) -> Picture:
    chance = np.random.default_rng(3).normal(0, 60, picture.shape)
    far = np.ones(picture.shape[:2], bool)
    far[:, 400:880] = False
    noisy = np.clip(picture + cv2.GaussianBlur(chance, (0, 0), 3) * 5, 0, 255).astype(np.uint8)
    picture[far] = noisy[far]
    return picture


@pytest.mark.parametrize("spoil", [_thing, _shadow, _noise], ids=["a-thing", "a-shadow", "a-pattern"])
def test_what_is_not_plain_is_busy(finder: FaceFinder, spoil: object) -> None:
    assert callable(spoil)
    assert look(spoil(face(0.0, SIZE, wall=WHITE)), finder).ground is Ground.BUSY


@pytest.mark.parametrize("use", USES.values(), ids=list(USES))
def test_a_good_shot_keeps_every_rule(shot: Shot, use: PhotoUse) -> None:
    assert not shot.quality.faults
    assert shot.measured, "the hair was seen against the wall"
    made = cut(shot, use)
    assert made.misses == ()
    assert made.picture.shape == (use.pixels[1], use.pixels[0], 3)
    data = encode(made)
    assert len(data) <= use.kilobytes[1] * 1024
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == use.pixels
        assert round(picture.info["dpi"][0]) == use.dpi


@pytest.mark.parametrize("use", USES.values(), ids=list(USES))
def test_the_cut_is_measured_on_the_photograph_itself(shot: Shot, use: PhotoUse) -> None:
    """Not by the numbers that it was cut by: the top of the hair is looked for again, in the finished picture."""
    picture = cut(shot, use).picture.astype(int)
    middle = picture[:, use.pixels[0] * 2 // 5 : use.pixels[0] * 3 // 5]
    hair = int(np.flatnonzero((np.abs(middle - WHITE[0]).max(axis=2) > 40).mean(axis=1) > 0.2)[0])
    least, most = (use.px(value) for value in use.top)
    assert least - 2 <= hair <= most + 2
    red = (picture[:, :, 2] - picture[:, :, 0])[:, use.pixels[0] // 3 : use.pixels[0] * 2 // 3]
    assert red.max() > 20, "there is a face on it"


def test_the_background_is_judged_and_never_changed(finder: FaceFinder) -> None:
    seen = face(0.0, SIZE, wall=(196, 188, 186))
    made = cut(look(seen, finder), USES["id_card"])
    assert made.misses == (Miss.GROUND,)
    assert made.picture[5, 5].tolist() == [196, 188, 186]
    assert Miss.GROUND not in cut(look(seen, finder), USES["exit_entry"]).misses, "light grey is let through there"


def test_who_sits_too_far_aside_or_too_far_away_is_told(finder: FaceFinder) -> None:
    aside = before_wall(BUILDS[0], SIZE, WHITE, (215, 430), 520)
    assert Miss.EDGE in cut(look(aside, finder), USES["exit_entry"]).misses
    far = look(before_wall(BUILDS[0], SIZE, WHITE, (640, 400), 230), finder)
    assert Miss.COARSE in cut(far, USES["exit_entry"]).misses
    assert Fault.SMALL in look(before_wall(BUILDS[0], SIZE, WHITE, (640, 400), 160), finder).hard


def test_an_odd_face_misses_the_width_and_is_told(finder: FaceFinder) -> None:
    narrow = cv2.resize(face(0.0, SIZE, wall=WHITE), None, fx=0.62, fy=1.0, interpolation=cv2.INTER_AREA)
    assert Miss.FACE in cut(look(np.asarray(narrow, np.uint8), finder), USES["driving"]).misses


def test_without_a_face_there_is_no_photograph(finder: FaceFinder) -> None:
    empty = look(np.full((960, 1280, 3), 240, np.uint8), finder)
    assert empty.hard == (Fault.NONE,)
    with pytest.raises(ValueError, match="no face"):
        cut(empty, USES["id_card"])
    assert Fault.TURNED in look(face(0.0, SIZE, wall=WHITE, yaw=28), finder).hard
