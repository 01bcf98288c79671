"""Pages are found where they lie, and not where there is none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from page_scenes import MARK, Picture, Scene, corners_of, draw

from app.domain.errors import BadInput
from app.materials.page import A4, encode_page, find_page, load_picture, warnings

SCENES = [
    Scene(),
    Scene(angle=-18, seed=2),
    Scene(angle=24, height=820, seed=3),
    Scene(tilt=0.15, seed=4),
    Scene(desk=150, seed=5),
    Scene(desk=185, noise=9, seed=6),
    Scene(noise=14, shade=0.5, seed=7),
    Scene(height=620, centre=(600, 500), seed=8),
    Scene(page=(1414, 1000), height=760, angle=6, seed=9),
]


@pytest.mark.parametrize("scene", SCENES, ids=lambda s: f"seed{s.seed}")
def test_a_page_is_found_to_a_few_pixels(scene: Scene) -> None:
    found = find_page(draw(scene))
    assert found is not None
    assert found.corners.shape == (4, 2)
    assert np.abs(found.corners - corners_of(scene)).max() < 4
    assert 0.5 <= found.confidence <= 1


@pytest.mark.parametrize("scene", SCENES, ids=lambda s: f"seed{s.seed}")
def test_the_page_is_straightened_to_a4_as_it_lies(scene: Scene) -> None:
    found = find_page(draw(scene))
    assert found is not None
    height, width = found.picture.shape[:2]
    across = scene.page[0] > scene.page[1]
    assert (width / height if across else height / width) == pytest.approx(A4, rel=0.005)
    # The mark stands in the top left corner, where the page has it, and the corners show paper, not desk.
    unit = width / 50
    x, y = round(2.5 * unit), round(2.5 * unit * (height / width) * scene.page[0] / scene.page[1])
    assert np.abs(found.picture[y, x].astype(int) - np.array(MARK) * 0.8).max() < 75
    for y, x in ((6, 6), (6, -7), (-7, 6), (-7, -7)):
        patch = found.picture[y - 2 : y + 3 or None, x - 2 : x + 3 or None]
        assert patch.mean() > scene.desk * 0.9 + 20


def test_a_folded_corner_is_where_the_sides_meet() -> None:
    scene = Scene(angle=7, seed=11)
    corners = corners_of(scene)
    picture = draw(scene).copy()
    along, down = corners[1] - corners[0], corners[3] - corners[0]
    ear = np.array([corners[0] - 8, corners[0] + 0.06 * along, corners[0] + 0.04 * down])
    cv2.fillPoly(picture, [np.rint(ear).astype(np.int32)], (60, 60, 60))
    found = find_page(picture)
    assert found is not None
    assert np.abs(found.corners - corners).max() < 4


def plain(value: int = 60) -> Picture:
    return np.full((1200, 1600, 3), value, np.uint8)


def _circle() -> Picture:
    return np.asarray(cv2.circle(plain(), (800, 600), 420, (230, 230, 230), -1), np.uint8)


def _triangle() -> Picture:
    return np.asarray(
        cv2.fillPoly(plain(), [np.array([[300, 1000], [800, 100], [1300, 1000]])], (230, 230, 230)), np.uint8
    )


def _cut_off() -> Picture:
    return np.asarray(cv2.rectangle(plain(), (400, 300), (900, 1300), (230, 230, 230), -1), np.uint8)


def _note() -> Picture:
    return np.asarray(cv2.rectangle(plain(), (700, 500), (900, 700), (230, 230, 230), -1), np.uint8)


def _dark_sheet_on_light_desk() -> Picture:
    return np.asarray(cv2.rectangle(plain(220), (500, 200), (1000, 900), (60, 60, 60), -1), np.uint8)


@pytest.mark.parametrize(
    "picture",
    [
        draw(Scene(height=0)),
        plain(),
        plain(235),
        np.random.default_rng(1).integers(0, 255, (1200, 1600, 3), np.uint8),
        _circle(),
        _triangle(),
        _cut_off(),
        _note(),
        _dark_sheet_on_light_desk(),
        np.zeros((1, 1, 3), np.uint8),
    ],
    ids=["desk", "dark", "white", "noise", "circle", "triangle", "cut-off", "note", "dark-sheet", "one-pixel"],
)
def test_where_there_is_no_page_none_is_found(picture: Picture) -> None:
    assert find_page(picture) is None


def test_other_paper_keeps_its_own_ratio() -> None:
    found = find_page(draw(Scene(page=(1000, 2200), height=1000, tilt=0.02)))
    assert found is not None
    assert found.picture.shape[0] / found.picture.shape[1] == pytest.approx(2.2, rel=0.03)


def test_grey_pictures_are_taken_too() -> None:
    grey = np.asarray(cv2.cvtColor(draw(Scene()), cv2.COLOR_BGR2GRAY), np.uint8)
    found = find_page(grey)
    assert found is not None
    assert found.picture.ndim == 2


@pytest.fixture(scope="module")
def page() -> Picture:
    found = find_page(draw(Scene(angle=5)))
    assert found is not None
    return found.picture


def _glare(page: Picture) -> Picture:
    rows, columns = np.mgrid[: page.shape[0], : page.shape[1]]
    spot = 400 * np.exp(-(((columns - 350) / 60) ** 2 + ((rows - 500) / 80) ** 2))
    return np.clip(page + spot[:, :, None], 0, 255).astype(np.uint8)


def test_a_good_page_gets_no_warning(page: Picture) -> None:
    assert warnings(page) == ()
    assert warnings(np.full((1414, 1000, 3), 225, np.uint8)) == ()


def test_each_fault_is_named(page: Picture) -> None:
    blurred = np.asarray(cv2.GaussianBlur(page, (0, 0), 4), np.uint8)
    assert [w[:5] for w in warnings(blurred)] == ["画面不清晰"]
    assert [w[:5] for w in warnings(_glare(page))] == ["画面有反光"]
    assert [w[:4] for w in warnings((page * 0.3).astype(np.uint8))] == ["画面偏暗"]
    assert [w[:4] for w in warnings(np.clip(page * 1.6, 0, 255).astype(np.uint8))] == ["画面过曝"]


def test_a_page_is_encoded_without_metadata_and_comes_back(page: Picture) -> None:
    data = encode_page(page)
    back = load_picture(data)
    assert back.shape == page.shape
    assert np.abs(back.astype(int) - page).mean() < 4
    place, markers = 2, []
    while data[place + 1] != 0xDA:
        markers.append(data[place + 1])
        place += 2 + int.from_bytes(data[place + 2 : place + 4])
    # APP0 is JFIF itself; APP1–APP15 and COM would be metadata.
    assert not [m for m in markers if 0xE1 <= m <= 0xEF or m == 0xFE]


@pytest.mark.parametrize("picture", [np.zeros((0, 0, 3), np.uint8), np.zeros((2, 70_000, 3), np.uint8)])
def test_what_jpeg_cannot_hold_is_refused(picture: Picture) -> None:
    with pytest.raises(BadInput, match="图片不能保存"):
        encode_page(picture)
